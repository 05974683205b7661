//! What is refused, and what an error leaves behind.
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
#![cfg(unix)]

mod vault_kit;

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use periscreen::vault::{self, Locked, RecordId, Refusal, VaultError};
use vault_kit::{FLOOR, Folder, filled, pass};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn refusal(folder: &Path) -> Option<Refusal> {
    match Locked::open(folder) {
        Err(VaultError::Refused { why }) => Some(why),
        Err(other) => panic!("{other}"),
        Ok(_) => None,
    }
}

#[test]
fn made_for_the_owner_alone_with_nothing_else_in_it() {
    let folder = Folder::new();
    let deep = folder.path().join("a/b");
    drop(vault::create(&deep, &pass("p"), &FLOOR).unwrap());
    for made in [folder.path(), &folder.path().join("a"), &deep] {
        assert_eq!(mode(made), 0o700);
    }
    let mut names: Vec<_> = fs::read_dir(&deep).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["vault.db", "vault.lock"]);
    assert_eq!((mode(&deep.join("vault.db")), mode(&deep.join("vault.lock"))), (0o600, 0o600));
}

#[test]
fn an_existing_vault_is_not_touched() {
    let (folder, open) = filled(2);
    drop(open);
    let before = fs::read(folder.path().join("vault.db")).unwrap();
    assert_eq!(vault::create(folder.path(), &pass("q"), &FLOOR).err(), Some(VaultError::AlreadyExists));
    let locked = Locked::open(folder.path()).unwrap();
    // In use by this very process: still the same answer or busy, never a second vault.
    assert!(matches!(vault::create(folder.path(), &pass("q"), &FLOOR).err(), Some(VaultError::AlreadyExists | VaultError::Busy)));
    drop(locked);
    assert_eq!(fs::read(folder.path().join("vault.db")).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_failed_creation_leaves_nothing() {
    let folder = Folder::new();
    fs::create_dir(folder.path()).unwrap();
    chmod(folder.path(), 0o755);
    assert_eq!(vault::create(folder.path(), &pass("p"), &FLOOR).err(), Some(Refusal::Shared.into()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    chmod(folder.path(), 0o700);
    // A folder where the file belongs: the vault is not made, the new lock goes again.
    fs::create_dir(folder.path().join("vault.db")).unwrap();
    assert_eq!(vault::create(folder.path(), &pass("p"), &FLOOR).err(), Some(VaultError::AlreadyExists));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::write(folder.path().join("file"), "").unwrap();
    assert!(vault::create(&folder.path().join("file/v"), &pass("p"), &FLOOR).is_err());
}

#[test]
fn shared_linked_foreign_and_empty_are_told_apart() {
    let (folder, open) = filled(1);
    drop(open);
    let (dir, file) = (folder.path(), folder.path().join("vault.db"));
    assert_eq!(refusal(dir), None);
    for bits in [0o710, 0o704, 0o770] {
        chmod(dir, bits);
        assert_eq!(refusal(dir), Some(Refusal::Shared));
    }
    chmod(dir, 0o700);
    for bits in [0o640, 0o604, 0o666] {
        chmod(&file, bits);
        assert_eq!(refusal(dir), Some(Refusal::Shared));
    }
    chmod(&file, 0o600);
    let other = dir.join("other");
    fs::hard_link(&file, &other).unwrap();
    assert_eq!(refusal(dir), Some(Refusal::Linked));
    fs::remove_file(&other).unwrap();
    fs::rename(&file, &other).unwrap();
    symlink(&other, &file).unwrap();
    assert_eq!(refusal(dir), Some(Refusal::Linked));
    fs::remove_file(&file).unwrap();
    assert_eq!(Locked::open(dir).err(), Some(VaultError::NotFound));
    fs::create_dir(&file).unwrap();
    chmod(&file, 0o700);
    assert_eq!(refusal(dir), Some(Refusal::NotRegular));
    fs::remove_dir(&file).unwrap();
    for (content, why) in [("", Refusal::EmptyFile), ("some text", Refusal::ForeignFile), (&"x".repeat(5000), Refusal::ForeignFile)] {
        fs::write(&file, content).unwrap();
        chmod(&file, 0o600);
        assert_eq!(refusal(dir), Some(why));
    }
    fs::remove_file(&file).unwrap();
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE t(x)").unwrap();
    chmod(&file, 0o600);
    assert_eq!(refusal(dir), Some(Refusal::ForeignFile));
    fs::remove_file(&file).unwrap();
    fs::rename(&other, &file).unwrap();
    assert_eq!(refusal(dir), None);
    let link = dir.with_extension("link");
    symlink(dir, &link).unwrap();
    assert_eq!(refusal(&link), Some(Refusal::Linked));
    assert_eq!(Locked::open(&dir.join("nowhere")).err(), Some(VaultError::NotFound));
}

#[test]
fn another_users_vault_is_refused() {
    let (folder, open) = filled(1);
    drop(open);
    let file = folder.path().join("vault.db");
    // Only root can give files away; elsewhere there is nothing to try.
    if std::os::unix::fs::chown(&file, Some(12345), None).is_ok() {
        assert_eq!(refusal(folder.path()), Some(Refusal::ForeignOwner));
    }
}

#[test]
fn a_writer_waits_and_then_says_busy() {
    let (folder, open) = filled(1);
    drop(open);
    let other = rusqlite::Connection::open(folder.path().join("vault.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut locked = Locked::open(folder.path()).unwrap();
    let started = std::time::Instant::now();
    let id = RecordId::random().unwrap();
    assert_eq!(locked.save(&id, b"x").err(), Some(VaultError::Busy));
    assert!(started.elapsed().as_secs() >= 9);
    other.execute_batch("COMMIT").unwrap();
    locked.save(&id, b"x").unwrap();
}

#[test]
fn destroyed_to_the_last_file_but_nothing_else() {
    let (folder, open) = filled(3);
    assert_eq!(vault::destroy(folder.path()).err(), Some(VaultError::Busy));
    drop(open);
    fs::write(folder.path().join("letter.txt"), "mine").unwrap();
    fs::write(folder.path().join("vault.new-0123abcd"), "left over").unwrap();
    fs::write(folder.path().join("vault.new-thing"), "not ours").unwrap();
    // A name that keeps the bytes reachable after the removal: they must be overwritten.
    let kept = folder.path().parent().unwrap().join("kept-open");
    let file = fs::File::open(folder.path().join("vault.db")).unwrap();
    let done = vault::destroy(folder.path()).unwrap();
    assert_eq!((done.folder_removed, done.foreign), (false, 2));
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut &file, &mut bytes).unwrap();
    assert!(bytes.len() >= 8192 && bytes.iter().all(|byte| *byte == 0));
    assert!(!kept.exists());
    assert_eq!(vault::destroy(folder.path()).err(), Some(VaultError::NotFound));
    let (folder, open) = filled(1);
    drop(open);
    assert!(vault::destroy(folder.path()).unwrap().folder_removed);
    assert!(!folder.path().exists());
}

#[test]
fn destroy_leaves_a_foreign_file_alone_and_takes_a_damaged_vault() {
    let (folder, open) = filled(1);
    drop(open);
    let file = folder.path().join("vault.db");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, "somebody else's notes").unwrap();
    assert_eq!(vault::destroy(folder.path()).err(), Some(Refusal::ForeignFile.into()));
    assert_eq!(fs::read(&file).unwrap(), b"somebody else's notes");
    fs::write(&file, &whole[..4200]).unwrap();
    assert!(vault::destroy(folder.path()).unwrap().folder_removed);
}

#[test]
fn no_plaintext_in_any_file() {
    const CANARY: &[u8] = b"CANARY-epds-item-ten-3f9a";
    let folder = Folder::new();
    let (mut open, code) = vault::create(folder.path(), &pass("CANARY-epds-item-ten-3f9a"), &FLOOR).unwrap();
    let id = RecordId::random().unwrap();
    for n in 0..30 {
        open.append(&RecordId::random().unwrap(), CANARY).unwrap();
        open.as_locked().save(&RecordId::random().unwrap(), &CANARY.repeat(n)).unwrap();
        open.as_locked().save_draft(&id, CANARY).unwrap();
    }
    let look = || {
        for entry in fs::read_dir(folder.path()).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            for needle in [CANARY, &CANARY[..8], code.text().as_bytes()] {
                assert!(!bytes.windows(needle.len()).any(|window| window == needle));
            }
        }
    };
    look();
    open.absorb().unwrap();
    open.drafts().unwrap();
    look();
    // Nor in what errors and debug output say.
    let debug = format!("{:?} {code:?} {:?}", pass("CANARY"), open.absorbed());
    assert!(!debug.contains("CANARY") && !debug.contains(&code.text()[..9]));
}

#[test]
fn a_full_inbox_of_bad_letters_is_put_aside_and_can_be_cleared() {
    let (folder, open) = filled(2);
    let mut locked = open.lock();
    let good = RecordId::random().unwrap();
    locked.save(&RecordId::random().unwrap(), b"will be changed").unwrap();
    locked.save(&good, b"stays").unwrap();
    rusqlite::Connection::open(folder.path().join("vault.db"))
        .unwrap()
        .execute_batch("UPDATE inbox SET body = zeroblob(300) WHERE n = 1")
        .unwrap();
    let mut open = locked.unlock_with(&pass("p")).unwrap();
    assert_eq!((open.absorbed().taken, open.absorbed().quarantined), (1, 1));
    assert_eq!(open.newest(Some(1)).unwrap()[0].id, good);
    let report = open.verify(|_, _| {}).unwrap();
    assert!(!report.is_clean() && report.quarantine == 1 && report.faults.is_empty());
    assert_eq!(open.clear_quarantine().unwrap(), 1);
    assert!(open.verify(|_, _| {}).unwrap().is_clean());
}

#[test]
fn verify_names_the_records_that_are_affected() {
    let (folder, open) = filled(9);
    let locked = open.lock();
    rusqlite::Connection::open(folder.path().join("vault.db"))
        .unwrap()
        .execute_batch("UPDATE rec SET body = zeroblob(296) WHERE seq IN (3, 8)")
        .unwrap();
    let mut open = locked.unlock_with(&pass("p")).unwrap();
    assert_eq!(open.newest(Some(1)).err(), Some(VaultError::Damaged { what: "record" }));
    let report = open.verify(|_, _| {}).unwrap();
    assert_eq!(report.records, 7);
    assert_eq!(report.faults.iter().filter_map(|fault| fault.seq).collect::<Vec<_>>(), [3, 8]);
    assert!(report.head.is_empty());
}

#[test]
fn a_record_that_is_missing_is_not_called_absent() {
    let (folder, mut open) = filled(6);
    let ids: Vec<_> = open.newest(None).unwrap().iter().map(|record| record.id).collect();
    let rows = rusqlite::Connection::open(folder.path().join("vault.db")).unwrap();
    rows.execute_batch("DELETE FROM rec WHERE seq = 3").unwrap();
    assert_eq!(open.get(&ids[3]).err(), Some(VaultError::Tampered { what: "order of records" }));
    assert!(matches!(open.get(&ids[0]), Ok(vault::Found::Record(_))));
}

#[test]
fn an_index_that_lost_a_record_is_named() {
    let (folder, mut open) = filled(6);
    let ids: Vec<_> = open.newest(None).unwrap().iter().map(|record| record.id).collect();
    let file = folder.path().join("vault.db");
    let rows = rusqlite::Connection::open(&file).unwrap();
    let tag: Vec<u8> = rows.query_row("SELECT tag FROM rec WHERE seq = 3", [], |row| row.get(0)).unwrap();
    let page: usize =
        rows.query_row("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_rec_1'", [], |row| row.get(0)).unwrap();
    drop(rows);
    let mut bytes = fs::read(&file).unwrap();
    let index = &mut bytes[(page - 1) * 4096..page * 4096];
    let at = index.windows(16).position(|window| window == tag).unwrap();
    index[at..at + 16].fill(0);
    fs::write(&file, &bytes).unwrap();
    open = Locked::open(folder.path()).unwrap().unlock_with(&pass("p")).unwrap();
    assert_eq!(open.get(&ids[3]).err(), Some(VaultError::Damaged { what: "index of records" }));
    assert!(!open.verify(|_, _| {}).unwrap().is_clean());
}

#[test]
fn a_letter_too_long_to_be_ours_keeps_nobody_from_reading() {
    let (folder, open) = filled(2);
    let mut locked = open.lock();
    locked.save(&RecordId::random().unwrap(), b"waits").unwrap();
    rusqlite::Connection::open(folder.path().join("vault.db"))
        .unwrap()
        .execute_batch("INSERT INTO inbox(id, enc, body) VALUES(randomblob(16), zeroblob(32), zeroblob(3000000))")
        .unwrap();
    let mut open = locked.unlock_with(&pass("p")).unwrap();
    assert!(open.absorbed().inbox_damaged);
    assert_eq!(open.absorbed().waiting, 2);
    assert_eq!(open.newest(None).unwrap().len(), 2);
    assert!(!open.verify(|_, _| {}).unwrap().is_clean());
}

#[test]
fn a_vault_that_lost_its_newest_record_takes_no_letters_in() {
    let (folder, open) = filled(4);
    let mut locked = open.lock();
    locked.save(&RecordId::random().unwrap(), b"would take the empty place").unwrap();
    let rows = rusqlite::Connection::open(folder.path().join("vault.db")).unwrap();
    rows.execute_batch("DELETE FROM rec WHERE seq = 4").unwrap();
    assert_eq!(locked.unlock_with(&pass("p")).err(), Some(VaultError::Tampered { what: "number of records" }));
    assert_eq!(locked.status().unwrap().inbox, 1);
}
