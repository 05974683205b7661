//! An error at every system call of one save, injected with strace: no false acknowledgement, no
//! panic in the vault, and the next save of the same id works.
//!
//! `cargo test --test vault_faults -- --ignored`; needs strace and the right to trace (minutes).
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
#![cfg(target_os = "linux")]

mod vault_kit;

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use periscreen::vault::{self, Locked, RecordId};
use vault_kit::{FLOOR, Folder, pass};

const CALLS: [&str; 18] = [
    "openat",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "lseek",
    "close",
    "fstat",
    "newfstatat",
    "fcntl",
    "flock",
    "getrandom",
    "statx",
    "readlink",
];

#[test]
fn child_saves_one() {
    let Some(dir) = env::var_os("VAULT_CHILD") else {
        return;
    };
    let id: RecordId = env::var("VAULT_ID").unwrap().parse().unwrap();
    // The file rather than the standard output: a fault there would be the harness's, not ours.
    let outcome = Locked::open(dir.as_ref()).and_then(|mut vault| vault.save(&id, b"one save"));
    let text = match outcome {
        Ok(_) => "saved".to_owned(),
        Err(error) => format!("error: {error}"),
    };
    fs::write(env::var_os("VAULT_SAID").unwrap(), text).unwrap();
}

struct Trial<'a> {
    dir: &'a Path,
    said: &'a Path,
    trace: &'a Path,
}

impl Trial<'_> {
    /// What the child said, and whether a fault was injected.
    fn run(&self, id: &RecordId, inject: Option<&str>) -> (String, bool, Output) {
        let _ = fs::remove_file(self.said);
        let me = env::current_exe().unwrap();
        let mut command = match inject {
            Some(inject) => {
                let mut strace = Command::new("strace");
                strace.args(["-f", "-qq", "-o"]).arg(self.trace).args(["-e", inject]).arg(me);
                strace
            }
            None => Command::new(me),
        };
        let out = command
            .args(["child_saves_one", "--exact", "--test-threads=1"])
            .env("VAULT_CHILD", self.dir)
            .env("VAULT_ID", id.to_string())
            .env("VAULT_SAID", self.said)
            .output()
            .unwrap();
        let injected = inject.is_some() && fs::read_to_string(self.trace).unwrap_or_default().contains("(INJECTED)");
        (fs::read_to_string(self.said).unwrap_or_default(), injected, out)
    }
}

#[test]
#[ignore = "a campaign of some minutes that needs strace"]
fn a_fault_at_every_system_call_of_a_save() {
    let folder = Folder::new();
    let (open, code) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let locked = open.lock();
    let outer = folder.path().parent().unwrap();
    let trial = Trial { dir: folder.path(), said: &outer.join("said"), trace: &outer.join("trace") };
    let (mut trials, mut saved, mut stored_anyway, mut ids) = (0, 0, 0, Vec::new());
    let mut silent = Vec::new();
    let there = |id: &RecordId| -> bool {
        let rows = rusqlite::Connection::open(folder.path().join("vault.db")).unwrap();
        rows.query_row("SELECT count(*) FROM inbox WHERE id = ?1", [id.as_bytes()], |row| row.get::<_, i64>(0)).unwrap() > 0
    };
    for call in CALLS {
        for error in ["EIO", "ENOSPC"] {
            for when in 1.. {
                let id = RecordId::random().unwrap();
                let (said, injected, out) = trial.run(&id, Some(&format!("inject={call}:error={error}:when={when}")));
                ids.push(id);
                if !injected {
                    // There are no more calls of this kind: an ordinary save.
                    assert_eq!(said, "saved");
                    break;
                }
                trials += 1;
                let stderr = format!("{}{}", String::from_utf8_lossy(&out.stderr), String::from_utf8_lossy(&out.stdout));
                assert!(!stderr.contains("src/vault/"), "{call} {error} {when}: {stderr}");
                if said == "saved" {
                    saved += 1;
                    assert!(there(&id), "{call} {error} {when}: acknowledged and not there");
                } else if said.is_empty() {
                    // The fault hit the loader or the test harness, before or after the vault.
                    silent.push(format!("{call}:{when}"));
                } else if there(&id) {
                    stored_anyway += 1;
                }
                let (again, _, _) = trial.run(&id, None);
                assert_eq!(again, "saved", "{call} {error} {when}");
            }
        }
    }
    let mut open = locked.unlock_with_recovery(&code).unwrap();
    let mut found: Vec<_> = open.newest(None).unwrap().into_iter().map(|record| record.id).collect();
    found.sort();
    ids.sort();
    assert!(found == ids, "{} saved, {} found", ids.len(), found.len());
    assert!(open.verify(|_, _| {}).unwrap().is_clean());
    println!("{trials} faults: {saved} saved all the same, {stored_anyway} reported yet stored, {} outside the vault", silent.len());
}
