//! Killed at random moments, written by several at once: nothing acknowledged is lost.
//!
//! By default 25 kills of each kind; `VAULT_KILLS=1000` for the campaign, `VAULT_WRITES=500` for
//! the writers.
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

use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use periscreen::vault::{self, Found, Locked, RecordId, Saved, VaultError};
use vault_kit::{FLOOR, Folder, pass};

fn number(name: &str, default: usize) -> usize {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// This test binary again, running one of the `child_` tests on a vault.
fn child(test: &str, dir: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env("VAULT_CHILD", dir);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn random(below: u64) -> u64 {
    let id = RecordId::random().unwrap();
    u64::from_be_bytes(id.as_bytes()[..8].try_into().unwrap()) % below
}

#[test]
fn child_saves() {
    let Some(dir) = env::var_os("VAULT_CHILD") else {
        return;
    };
    let mut vault = Locked::open(dir.as_ref()).unwrap();
    loop {
        let id = RecordId::random().unwrap();
        vault.save(&id, id.as_bytes()).unwrap();
        println!("saved {id}");
    }
}

#[test]
fn child_changes_the_passphrase() {
    let Some(dir) = env::var_os("VAULT_CHILD") else {
        return;
    };
    let vault = Locked::open(dir.as_ref()).unwrap();
    for n in 0.. {
        let (old, new) = (["one", "two"][n % 2], ["one", "two"][(n + 1) % 2]);
        match vault.unlock_with(&pass(old)) {
            Ok(mut open) => {
                println!("changing");
                open.change_passphrase(&pass(new), &FLOOR).unwrap();
            }
            Err(VaultError::WrongPassphrase) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn child_makes_and_destroys() {
    let Some(dir) = env::var_os("VAULT_CHILD") else {
        return;
    };
    loop {
        println!("changing");
        match vault::create(dir.as_ref(), &pass("p"), &FLOOR) {
            Ok(_) | Err(VaultError::AlreadyExists) => {}
            Err(other) => panic!("{other}"),
        }
        vault::destroy(dir.as_ref()).unwrap();
    }
}

#[test]
fn killed_while_made_or_destroyed() {
    let folder = Folder::new();
    for _ in 0..number("VAULT_KILLS", 25) {
        kill_at_random("child_makes_and_destroys", folder.path(), Duration::from_millis(60));
        match Locked::open(folder.path()) {
            // Whole, or half destroyed: both can be destroyed, and then made anew.
            Ok(vault) => drop(vault.unlock_with(&pass("p"))),
            Err(VaultError::NotFound | VaultError::Damaged { .. } | VaultError::Refused { .. }) => {}
            Err(other) => panic!("{other}"),
        }
        match patiently(|| vault::destroy(folder.path())) {
            Ok(done) => assert_eq!(done.foreign, 0),
            Err(VaultError::NotFound) => {}
            Err(other) => panic!("{other}"),
        }
        drop(patiently(|| vault::create(folder.path(), &pass("p"), &FLOOR)).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        Locked::open(folder.path()).unwrap().unlock_with(&pass("p")).unwrap();
    }
}

/// Tries again while busy: a child that another test of this process is just starting holds a copy of our lock until it has started.
fn patiently<T>(mut act: impl FnMut() -> vault::Result<T>) -> vault::Result<T> {
    for _ in 0..100 {
        match act() {
            Err(VaultError::Busy) => std::thread::sleep(Duration::from_millis(20)),
            other => return other,
        }
    }
    act()
}

/// Runs a child, kills it a random while after its first word, and returns what it said.
fn kill_at_random(test: &str, dir: &Path, within: Duration) -> Vec<String> {
    let mut running = child(test, dir).spawn().unwrap();
    let mut said = Vec::new();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
    for line in lines.by_ref() {
        let line = line.unwrap();
        if line.contains("saved ") || line.contains("changing") {
            said.push(line);
            break;
        }
    }
    thread::sleep(Duration::from_micros(random(within.as_micros() as u64)));
    running.kill().unwrap();
    running.wait().unwrap();
    // A line that was cut off was never an acknowledgement.
    said.extend(lines.map_while(Result::ok));
    said
}

#[test]
fn killed_while_saving() {
    let folder = Folder::new();
    let (open, code) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let locked = open.lock();
    let (mut acknowledged, mut hot) = (Vec::new(), 0);
    let kills = number("VAULT_KILLS", 25);
    for _ in 0..kills {
        for line in kill_at_random("child_saves", folder.path(), Duration::from_millis(30)) {
            let id = line.split("saved ").nth(1).and_then(|id| id.parse::<RecordId>().ok());
            acknowledged.extend(id);
        }
        hot += usize::from(folder.path().join("vault.db-journal").exists());
    }
    let mut open = locked.unlock_with_recovery(&code).unwrap();
    let all = open.newest(None).unwrap();
    let mut ids: Vec<_> = all.iter().map(|record| record.id).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "a record is there twice");
    assert!(all.iter().all(|record| *record.payload == record.id.as_bytes()));
    let lost = acknowledged.iter().filter(|id| ids.binary_search(id).is_err()).count();
    println!("{kills} kills, {hot} with a journal left, {} acknowledged, {count} there, {lost} lost", acknowledged.len());
    assert_eq!(lost, 0);
    assert!(open.verify(|_, _| {}).unwrap().is_clean());
}

#[test]
fn killed_while_the_passphrase_changes() {
    let folder = Folder::new();
    let (mut open, _) = vault::create(folder.path(), &pass("one"), &FLOOR).unwrap();
    open.append(&RecordId::random().unwrap(), b"kept").unwrap();
    let locked = open.lock();
    for _ in 0..number("VAULT_KILLS", 25) {
        kill_at_random("child_changes_the_passphrase", folder.path(), Duration::from_millis(60));
        let outcomes = [locked.unlock_with(&pass("one")), locked.unlock_with(&pass("two"))];
        let wrong = outcomes.iter().filter(|o| matches!(o, Err(VaultError::WrongPassphrase))).count();
        assert_eq!((wrong, outcomes.iter().filter(|o| o.is_ok()).count()), (1, 1));
    }
}

#[test]
fn several_writers_and_readers() {
    let folder = Folder::new();
    let (open, _) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let locked = open.lock();
    let each = number("VAULT_WRITES", 25);
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut vault = Locked::open(folder.path()).unwrap();
                for _ in 0..each {
                    let id = RecordId::random().unwrap();
                    assert_eq!(vault.save(&id, b"x").unwrap(), Saved::New);
                }
            });
        }
        for _ in 0..2 {
            scope.spawn(|| {
                let mut vault = Locked::open(folder.path()).unwrap().unlock_with(&pass("p")).unwrap();
                for _ in 0..each {
                    vault.absorb().unwrap();
                    vault.newest(Some(5)).unwrap();
                }
            });
        }
    });
    let mut open = locked.unlock_with(&pass("p")).unwrap();
    assert_eq!(open.newest(None).unwrap().len(), 8 * each);
    assert!(open.verify(|_, _| {}).unwrap().is_clean());
    println!("8 x {each} saves with 2 readers: {:?}", started.elapsed());
}

#[test]
fn an_unlocked_vault_sees_what_another_erased() {
    let folder = Folder::new();
    let (mut one, _) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let id = RecordId::random().unwrap();
    one.append(&id, b"x").unwrap();
    let mut two = Locked::open(folder.path()).unwrap().unlock_with(&pass("p")).unwrap();
    two.erase(&id).unwrap();
    assert!(matches!(one.get(&id).unwrap(), Found::Erased(_)));
    one.append(&RecordId::random().unwrap(), b"y").unwrap();
    assert!(two.verify(|_, _| {}).unwrap().is_clean());
}
