//! Every byte of a small vault changed in turn: the right answer or a named verdict; never silent,
//! wrong, crashed or hanging.
//!
//! By default every 61st byte; `VAULT_DAMAGE=full` for all (minutes), `VAULT_DAMAGE=n` for every
//! n-th.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

mod vault_kit;

use std::{collections::BTreeMap, env, fs, path::Path};

use periscreen::vault::{self, Found, Locked, Passphrase, RecordId, RecoveryCode, Unlocked, VaultError};
use vault_kit::{FLOOR, Folder, pass};

/// What a whole vault holds.
struct Truth {
    chained: Vec<(RecordId, Vec<u8>)>,
    letters: Vec<(RecordId, Vec<u8>)>,
    drafts: usize,
    code: RecoveryCode,
    passphrase: Passphrase,
}

fn make(folder: &Path) -> Truth {
    let passphrase = pass("p");
    let (mut vault, code) = vault::create(folder, &passphrase, &FLOOR).unwrap();
    let some =
        |count: usize| -> Vec<_> { (0..count).map(|n| (RecordId::random().unwrap(), format!("payload {n}").into_bytes())).collect() };
    let mut chained = some(7);
    vault.append_many(&chained).unwrap();
    vault.erase(&chained.remove(2).0).unwrap();
    let letters = some(3);
    vault.as_locked().save_many(&letters).unwrap();
    for (id, payload) in some(2) {
        vault.as_locked().save_draft(&id, &payload).unwrap();
    }
    Truth { chained, letters, drafts: 2, code, passphrase }
}

/// A named verdict that fits damage: a changed byte must never look like a mistake of the person.
fn fits(error: &VaultError) -> Result<&'static str, String> {
    match error {
        VaultError::Damaged { .. } => Ok("damaged"),
        VaultError::Tampered { .. } => Ok("tampered"),
        VaultError::Newer { .. } => Ok("newer"),
        VaultError::Refused { .. } => Ok("refused"),
        other => Err(format!("verdict {other}")),
    }
}

fn judge(folder: &Path, truth: &Truth, by_passphrase: bool) -> Result<&'static str, String> {
    match look(folder, truth, by_passphrase) {
        Ok(word) => word,
        Err(error) => fits(&error),
    }
}

fn look(folder: &Path, truth: &Truth, by_passphrase: bool) -> Result<Result<&'static str, String>, VaultError> {
    let locked = Locked::open(folder)?;
    let mut vault = if by_passphrase { locked.unlock_with(&truth.passphrase)? } else { locked.unlock_with_recovery(&truth.code)? };
    let seen = list(&mut vault)?;
    let absorbed = vault.absorbed().clone();
    let lost = usize::try_from(absorbed.quarantined).unwrap_or(usize::MAX);
    let named = lost > 0 || absorbed.inbox_damaged;
    let whole: Vec<_> = truth.chained.iter().chain(&truth.letters).cloned().collect();
    if !seen.starts_with(&truth.chained) || !seen.iter().all(|record| whole.contains(record)) {
        return Ok(Err(format!("wrong list of {}", seen.len())));
    }
    if !absorbed.inbox_damaged && seen.len() + lost != whole.len() {
        return Ok(Err(format!("silent loss: {} listed, {lost} put aside", seen.len())));
    }
    for (id, payload) in &truth.chained {
        match vault.get(id)? {
            Found::Record(record) if *record.payload == *payload => {}
            other => return Ok(Err(format!("get: {}", matches!(other, Found::Absent)))),
        }
    }
    let drafts = vault.drafts()?;
    if drafts.drafts.len() + drafts.bad != truth.drafts && !drafts.table_damaged {
        return Ok(Err("a draft is missing".into()));
    }
    let clean = vault.verify(|_, _| {})?.is_clean();
    if named && clean {
        return Ok(Err("verify is silent".into()));
    }
    Ok(Ok(match (named, clean && drafts.bad == 0) {
        (true, _) => "named when unlocking",
        (false, true) => "right and whole",
        (false, false) => "right, and verify names it",
    }))
}

fn list(vault: &mut Unlocked) -> Result<Vec<(RecordId, Vec<u8>)>, VaultError> {
    let mut all = Vec::new();
    vault.for_each(|entry| {
        all.push((entry.id, entry.payload.to_vec()));
        Ok::<_, VaultError>(())
    })?;
    Ok(all)
}

#[test]
fn every_changed_byte_is_harmless_or_named() {
    let folder = Folder::new();
    let truth = make(folder.path());
    let file = folder.path().join("vault.db");
    let whole = fs::read(&file).unwrap();
    let step = match env::var("VAULT_DAMAGE").as_deref() {
        Ok("full") => 1,
        Ok(step) => step.parse().unwrap(),
        Err(_) => 61,
    };
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut bad = Vec::new();
    for place in (0..whole.len()).step_by(step) {
        // One bit, all bits, and zero: a count that shrinks, a pointer that strays, a type that ends.
        for change in [1 << (place % 8), 0xff, whole[place]] {
            if change == 0 {
                continue;
            }
            let mut bytes = whole.clone();
            bytes[place] ^= change;
            fs::write(&file, &bytes).unwrap();
            let _ = fs::remove_file(folder.path().join("vault.db-journal"));
            let by_passphrase = (4096..8192).contains(&place) && whole[place] != 0;
            match judge(folder.path(), &truth, by_passphrase) {
                Ok(word) => *counts.entry(word).or_default() += 1,
                Err(what) => bad.push(format!("byte {place} ^ {change:#04x}: {what}")),
            }
        }
    }
    println!("{} bytes, every {step}: {counts:#?}", whole.len());
    assert!(bad.is_empty(), "{} bad: {bad:#?}", bad.len());
}

#[test]
fn every_length_is_right_or_named() {
    let folder = Folder::new();
    let truth = make(folder.path());
    let file = folder.path().join("vault.db");
    let whole = fs::read(&file).unwrap();
    for length in (0..whole.len()).step_by(509) {
        fs::write(&file, &whole[..length]).unwrap();
        // The last page may end in unused bytes: only there may a shorter file still be right.
        let word = judge(folder.path(), &truth, false).unwrap();
        let unused = length > whole.len() - 4096;
        assert!(unused || ["damaged", "tampered", "refused"].contains(&word), "{length}: {word}");
    }
}

#[test]
fn pages_of_an_older_state_are_named() {
    let folder = Folder::new();
    let truth = make(folder.path());
    let file = folder.path().join("vault.db");
    let older = fs::read(&file).unwrap();
    let mut vault = Locked::open(folder.path()).unwrap().unlock_with_recovery(&truth.code).unwrap();
    for n in 0..9 {
        vault.append(&RecordId::random().unwrap(), format!("newer {n}").as_bytes()).unwrap();
    }
    let now = list(&mut vault).unwrap();
    drop(vault);
    let whole = fs::read(&file).unwrap();
    let mut named = 0;
    for page in 0..older.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].copy_from_slice(&older[page * 4096..(page + 1) * 4096]);
        fs::write(&file, &bytes).unwrap();
        let outcome =
            Locked::open(folder.path()).and_then(|locked| locked.unlock_with_recovery(&truth.code)).and_then(|mut vault| list(&mut vault));
        match outcome {
            // A page of the empty inbox put back brings letters back: they are repetitions.
            Ok(seen) => assert_eq!(seen, now, "page {page}"),
            Err(error) => {
                fits(&error).unwrap();
                named += 1;
            }
        }
    }
    assert!(named > 0);
}

#[test]
fn a_page_that_forgets_its_last_row_is_named() {
    let folder = Folder::new();
    let truth = make(folder.path());
    let file = folder.path().join("vault.db");
    let whole = fs::read(&file).unwrap();
    for table in ["inbox", "draft"] {
        fs::write(&file, &whole).unwrap();
        let page: usize = rusqlite::Connection::open(&file)
            .unwrap()
            .query_row("SELECT rootpage FROM sqlite_master WHERE name = ?1", [table], |row| row.get(0))
            .unwrap();
        let mut bytes = whole.clone();
        // The low byte of the number of cells in the header of a page.
        bytes[(page - 1) * 4096 + 4] -= 1;
        fs::write(&file, &bytes).unwrap();
        let mut vault = Locked::open(folder.path()).unwrap().unlock_with_recovery(&truth.code).unwrap();
        assert_eq!(vault.absorbed().inbox_damaged, table == "inbox");
        assert_eq!(vault.drafts().unwrap().table_damaged, table == "draft");
        assert_eq!(list(&mut vault).unwrap().len(), truth.chained.len() + if table == "inbox" { 0 } else { 3 });
        assert!(!vault.verify(|_, _| {}).unwrap().is_clean());
    }
}
