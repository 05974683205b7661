//! An error at every system call of one `enter`: no false acknowledgement, always a message, and the next save works.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::{Command, Stdio},
};

use crate::{
    can_trace, cheap_vault, sheet,
    vault_kit::home::{Home, Said, finish},
};

/// Calls that are not of files: the loader and the runtime make them before our first line, and may end the process in their own
/// way. `geteuid` cannot fail; a library relies on that.
const OF_THE_SYSTEM: [&str; 17] = [
    "arch_prctl",
    "brk",
    "geteuid",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "poll",
    "prlimit64",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "set_robust_list",
    "set_tid_address",
    "sigaltstack",
];

/// Enters one sheet under strace.
fn enter(home: &Home, line: &str, options: &[&str]) -> Said {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_periscreen")).args(["enter", "phq-2"]);
    command.env_clear().env("HOME", home.path());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    finish(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap(), line)
}

/// The name of the call in a line of a trace, with or without a process number before it.
fn name(line: &str) -> Option<&str> {
    let (before, _) = line.split_once('(')?;
    before.rsplit(' ').next().filter(|name| !name.is_empty())
}

/// Whether a letter with this id waits in the inbox, seen without the program.
fn there(home: &Home, id: &str) -> bool {
    let id: periscreen::vault::RecordId = id.parse().unwrap();
    let file = rusqlite::Connection::open(home.vault().join("vault.db")).unwrap();
    file.query_row("SELECT count(*) FROM inbox WHERE id = ?1", [id.as_bytes()], |row| row.get::<_, i64>(0)).unwrap() > 0
}

#[derive(Debug, Default)]
struct Tally {
    faults: usize,
    saved: usize,
    told: usize,
    yet_stored: usize,
    before_us: usize,
    by_status: BTreeMap<Option<i32>, usize>,
}

/// One fault: what was said must fit what is there.
fn judge(home: &Home, call: &str, said: &Said, id: &str, tally: &mut Tally) -> Result<(), String> {
    let (stored, acknowledged) = (there(home, id), said.out.lines().any(|line| line == id));
    *tally.by_status.entry(said.status).or_default() += 1;
    tally.faults += 1;
    if acknowledged && !stored {
        return Err("a false acknowledgement".into());
    }
    if said.status == Some(0) && !acknowledged {
        return Err("status 0 without an id".into());
    }
    if said.status == Some(0) {
        tally.saved += 1;
        return Ok(());
    }
    tally.yet_stored += usize::from(stored);
    let ours = matches!(said.status, Some(64..=78));
    if ours && !said.err.is_empty() {
        tally.told += 1;
        return Ok(());
    }
    // A fault in the loader has its own message and status; it had not come to our first line, so nothing is stored.
    let loader = said.status == Some(127) && said.err.contains("error while loading");
    if (loader || OF_THE_SYSTEM.contains(&call)) && !stored {
        tally.before_us += 1;
        return Ok(());
    }
    // The message itself was what could not be written.
    if ours && call == "write" {
        return Ok(());
    }
    Err("no message, or no status of ours".into())
}

#[test]
#[ignore = "a campaign that needs strace: some minutes"]
fn a_fault_at_every_system_call_of_one_save() {
    if !can_trace() {
        return;
    }
    let home = cheap_vault();
    let trace = home.beside("trace");
    let trace = trace.to_str().unwrap();
    let (line, first) = sheet(1);
    enter(&home, &line, &["-o", trace]).ok();
    let text = fs::read_to_string(trace).unwrap();
    let calls: BTreeSet<&str> = text.lines().filter_map(name).filter(|call| !["execve", "exit_group"].contains(call)).collect();
    let (mut tally, mut bad, mut sent) = (Tally::default(), Vec::new(), BTreeSet::from([first]));
    for call in &calls {
        for error in ["EIO", "ENOSPC"] {
            for when in 1..2000 {
                let (line, id) = sheet(when);
                let said = enter(&home, &line, &["-o", trace, "-e", &format!("inject={call}:error={error}:when={when}")]);
                if !fs::read_to_string(trace).unwrap().contains("(INJECTED)") {
                    // There are no more calls of this kind: an ordinary save.
                    assert_eq!(said.out.trim(), id, "{call} {error} {when}: {said:?}");
                    sent.insert(id);
                    break;
                }
                if let Err(what) = judge(&home, call, &said, &id, &mut tally) {
                    bad.push(format!("{call} {error} {when}: {what}: {said:?}"));
                }
                assert_eq!(
                    home.run(&["enter", "phq-2"], &line).lines(),
                    std::slice::from_ref(&id),
                    "the next save of the same: {call} {error} {when}"
                );
                sent.insert(id);
            }
        }
    }
    let listed = home.ids();
    println!("{} kinds of calls, {tally:?}", calls.len());
    assert!(bad.is_empty(), "{} bad: {bad:#?}", bad.len());
    assert_eq!(listed.len(), sent.len(), "none twice");
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), sent);
    home.verify();
}
