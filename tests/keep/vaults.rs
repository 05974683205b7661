//! `vault …`: made, looked at, checked, changed, destroyed; and what a vault that is not well says.

use std::{fs, fs::File, io::Write, path::Path};

use crate::vault_kit::home::{Home, PASSPHRASE};

#[test]
fn made_once_and_described_without_a_passphrase() {
    let home = Home::new();
    assert_eq!(home.read(&["list"]).status, Some(66), "there is none yet");
    let said = home.read(&["vault", "create", "--recovery-to", "none"]);
    assert!(said.err.contains("The vault is ready"), "{said:?}");
    let before = fs::read(home.vault().join("vault.db")).unwrap();
    home.read_with("another one", &["vault", "create", "--recovery-to", "none"], "").failed(73);
    assert!(before == fs::read(home.vault().join("vault.db")).unwrap(), "a second create changed the vault");
    home.enter("phq-2", "a,b\nc,d\n");
    let status = home.run(&["vault", "status"], "").ok();
    for line in ["format: 1", "entries: 0", "waiting to be taken in at the next unlock: 2", "unfinished sittings: 0", "recovery code: no"] {
        assert!(status.lines().any(|said| said == line), "{line}: {status}");
    }
    home.verify();
    let status = home.run(&["vault", "status"], "").ok();
    assert!(status.contains("entries: 2\nwaiting to be taken in at the next unlock: 0\n"), "{status}");
}

#[test]
fn the_passphrase_changes_and_the_recovery_code_opens() {
    let home = Home::new();
    let (code, newer) = (home.beside("code"), home.beside("newer"));
    home.read(&["vault", "create", "--recovery-to", code.to_str().unwrap()]).ok();
    let ids = home.enter("phq-2", "a,b\n");
    let first = fs::read_to_string(&code).unwrap();
    assert_eq!(first.trim().split('-').map(str::len).collect::<Vec<_>>(), [4; 9]);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&code).unwrap().permissions()) & 0o777, 0o600);

    home.read_with(&format!("{PASSPHRASE}\nsecond"), &["vault", "passphrase"], "").ok();
    home.read(&["list", "--ids"]).failed(77);
    assert_eq!(home.read_with("second", &["list", "--ids"], "").lines(), ids);
    // The code in the place of the old passphrase, typed carelessly.
    let typed = first.trim().to_lowercase().replace('-', " ");
    home.read_with(&format!("{typed}\n{PASSPHRASE}"), &["vault", "passphrase", "--recovery"], "").ok();
    assert_eq!(home.ids(), ids);
    // A new code: a file that is there is not touched, and the earlier code stops working.
    home.read(&["vault", "recovery", "--recovery-to", code.to_str().unwrap()]).failed(73);
    assert_eq!(first, fs::read_to_string(&code).unwrap());
    home.read(&["vault", "recovery", "--recovery-to", newer.to_str().unwrap()]).ok();
    home.read_with(&format!("{}\nthird", first.trim()), &["vault", "passphrase", "--recovery"], "").failed(77);
    let second = fs::read_to_string(&newer).unwrap();
    home.read_with(&format!("{}\n{PASSPHRASE}", second.trim()), &["vault", "passphrase", "--recovery"], "").ok();
    home.read(&["vault", "recovery", "--recovery-to", "none"]).ok();
    assert!(home.run(&["vault", "status"], "").ok().contains("recovery code: no\n"));
    assert_eq!(home.ids(), ids);
    home.verify();
}

#[test]
fn a_create_that_fails_makes_nothing() {
    let home = Home::new();
    let there = home.beside("there");
    fs::write(&there, "mine").unwrap();
    home.read(&["vault", "create", "--recovery-to", there.to_str().unwrap()]).failed(73);
    assert_eq!(fs::read(&there).unwrap(), b"mine");
    home.read(&["list"]).failed(66);
    home.read(&["vault", "create"]).failed(64);
    home.read_with("", &["vault", "create", "--recovery-to", "none"], "").failed(77);
    let code = home.beside("code");
    fs::create_dir_all(home.vault()).unwrap();
    fs::write(home.vault().join("vault.db"), "something else").unwrap();
    home.read(&["vault", "create", "--recovery-to", code.to_str().unwrap()]).failed(73);
    assert!(!code.exists(), "a code for a vault that was not made");
}

#[test]
fn destroyed_after_a_clear_word() {
    let home = Home::with_vault();
    home.enter("phq-2", "a,b\n");
    home.run(&["vault", "destroy"], "").failed(69);
    assert_eq!(home.ids().len(), 1);
    home.run(&["vault", "destroy", "--yes"], "").ok();
    assert!(!home.vault().join("vault.db").exists());
    home.run(&["vault", "destroy", "--yes"], "").failed(66);
    home.run(&["enter", "phq-2"], "a,b\n").failed(66);
}

/// Puts bytes in the place of others in the vault's file.
fn patch(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    change(&mut bytes);
    File::create(file).unwrap().write_all(&bytes).unwrap();
}

fn place_of(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).unwrap()
}

#[test]
fn each_verdict_has_its_own_sentence_and_status() {
    let home = Home::with_vault();
    home.enter("phq-2", "a,b\nb,b\n");
    home.verify();
    let file = home.vault().join("vault.db");
    let whole = fs::read(&file).unwrap();
    let mut sentences = vec![home.read_with("wrong", &["list"], "").failed(77)];

    // A byte of the slot's sum: an accident, not a wrong passphrase.
    let slot: Vec<u8> =
        rusqlite::Connection::open(&file).unwrap().query_row("SELECT sum FROM slot WHERE id = 1", [], |row| row.get(0)).unwrap();
    patch(&file, |bytes| {
        let place = place_of(bytes, &slot);
        bytes[place + 5] ^= 1;
    });
    sentences.push(home.read(&["list"]).failed(74));

    fs::write(&file, &whole).unwrap();
    rusqlite::Connection::open(&file).unwrap().execute("DELETE FROM rec WHERE seq = 2", []).unwrap();
    sentences.push(home.read(&["list"]).failed(74));
    home.read(&["vault", "verify"]).failed(74);

    fs::write(&file, &whole).unwrap();
    patch(&file, |bytes| bytes[63] = 2);
    sentences.push(home.read(&["list"]).failed(78));
    home.run(&["enter", "phq-2"], "a,b\n").failed(78);
    home.run(&["take", "phq-2", "--plain"], "a\na\n").failed(78);

    fs::write(&file, &whole).unwrap();
    let lock = File::open(home.vault().join("vault.lock")).unwrap();
    lock.lock().unwrap();
    sentences.push(home.read(&["list"]).failed(75));
    home.run(&["enter", "phq-2"], "a,b\n").failed(75);
    drop(lock);

    let firsts: std::collections::BTreeSet<_> = sentences.iter().map(|said| said.lines().next().unwrap().to_owned()).collect();
    assert_eq!(firsts.len(), 5, "{sentences:#?}");
    for (said, word) in sentences.iter().zip(["does not open", "damaged", "changed by something other", "newer", "Another periscreen"]) {
        assert!(said.contains(word), "{word}: {said}");
    }
    home.verify();
}

#[test]
fn a_damaged_inbox_is_never_a_short_list_that_looks_whole() {
    let home = Home::with_vault();
    home.enter("phq-2", "a,b\n");
    let chained = home.ids();
    let waiting = home.enter("phq-2", "b,b\n");
    let file = home.vault().join("vault.db");
    let whole = fs::read(&file).unwrap();
    // The index over ids no longer agrees with the table, so the inbox cannot be trusted.
    let page: usize = rusqlite::Connection::open(&file)
        .unwrap()
        .query_row("SELECT rootpage FROM sqlite_master WHERE name = 'inbox'", [], |row| row.get(0))
        .unwrap();
    patch(&file, |bytes| bytes[(page - 1) * 4096 + 4] -= 1);
    for arguments in [&["list", "--ids"][..], &["list"], &["list", "--json"]] {
        let said = home.read(arguments);
        assert!(said.out.contains(&chained[0]), "what can be read is shown: {said:?}");
        assert!(said.failed(74).contains("damaged"));
    }
    // It may be among those that cannot be read: "not there" would be a guess.
    home.read(&["show", &waiting[0]]).failed(74);
    home.read(&["show", &chained[0]]).ok();
    home.read(&["vault", "verify"]).failed(74);

    // A letter that does not open is put aside, and the list says that one is missing.
    fs::write(&file, &whole).unwrap();
    let body: Vec<u8> = rusqlite::Connection::open(&file).unwrap().query_row("SELECT body FROM inbox", [], |row| row.get(0)).unwrap();
    patch(&file, |bytes| {
        let place = place_of(bytes, &body[..64]);
        bytes[place] ^= 1;
    });
    let said = home.read(&["list", "--ids"]);
    assert_eq!(said.out.lines().collect::<Vec<_>>(), chained);
    assert!(said.failed(74).contains("put aside"));
    home.read(&["vault", "verify"]).failed(74);
}
