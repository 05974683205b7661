//! kill -9 at random moments of a save, and at every step of a change of passphrase.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    can_trace, cheap_vault, random, sheet,
    vault_kit::home::{Home, PASSPHRASE, number},
};

/// Feeds `enter` until it is killed; the ids it has acknowledged with a whole line.
fn killed_stream(home: &Home, lines: &VecDeque<(String, String)>, waits: bool) -> Vec<String> {
    let mut running = home.command(&["enter", "phq-2"]).stderr(Stdio::null()).spawn().unwrap();
    let (mut input, out) = (running.stdin.take().unwrap(), running.stdout.take().unwrap());
    let (turn, next) = std::sync::mpsc::channel();
    let (first, begun) = std::sync::mpsc::channel();
    thread::scope(|scope| {
        let fed: Vec<&String> = lines.iter().map(|(line, _)| line).collect();
        scope.spawn(move || {
            for line in fed {
                if input.write_all(line.as_bytes()).is_err() || (waits && next.recv().is_err()) {
                    break;
                }
            }
            // It stays open, so that the program does not end by itself.
            while next.recv().is_ok() {}
        });
        let reader = scope.spawn(move || {
            let (mut out, mut ids) = (BufReader::new(out), Vec::new());
            let mut line = String::new();
            // A line that was cut off was never an acknowledgement.
            while out.read_line(&mut line).is_ok_and(|read| read > 0) && line.ends_with('\n') {
                ids.push(line.trim_end().to_owned());
                line.clear();
                let _ = (turn.send(()), first.send(()));
            }
            ids
        });
        // Mostly while it saves; now and then before the first id.
        if random(8) > 0 {
            let _ = begun.recv_timeout(Duration::from_secs(10));
        }
        thread::sleep(Duration::from_micros(random(40_000)));
        running.kill().unwrap();
        running.wait().unwrap();
        reader.join().unwrap()
    })
}

#[test]
fn killed_while_entering() {
    let home = Home::with_vault();
    let kills = number("PERISCREEN_KILLS", 30);
    let (mut sent, mut acknowledged) = (BTreeSet::new(), BTreeSet::new());
    let (mut hot, mut waiting) = (0, VecDeque::new());
    for kill in 0..kills {
        while waiting.len() < 600 {
            let (line, id) = sheet(kill as u64);
            sent.insert(id.clone());
            waiting.push_back((line, id));
        }
        // What was not acknowledged is sent again, with the same ids: it may be there already.
        let ids = killed_stream(&home, &waiting, kill % 2 == 0);
        hot += usize::from(home.vault().join("vault.db-journal").exists());
        for id in ids {
            assert_eq!(waiting.pop_front().unwrap().1, id, "acknowledged in the order of the lines");
            acknowledged.insert(id);
        }
        if kill % 50 == 49 {
            // From here on some are in the chain and no longer in the inbox.
            home.ids();
        }
    }
    let listed = home.ids();
    let there: BTreeSet<_> = listed.iter().cloned().collect();
    let lost = acknowledged.difference(&there).count();
    let unknown = there.difference(&sent).count();
    println!(
        "{kills} kills, {hot} with a journal left, {} acknowledged, {} there, {lost} lost, {} twice, {unknown} unknown",
        acknowledged.len(),
        there.len(),
        listed.len() - there.len()
    );
    assert!(acknowledged.len() > 2 * kills, "hardly anything was acknowledged: the campaign proves nothing");
    assert_eq!((lost, listed.len() - there.len(), unknown), (0, 0, 0));
    home.verify();
}

/// Which of the two passphrases opens; exactly one must.
fn opens(home: &Home, ids: &[String]) -> usize {
    let said = [PASSPHRASE, "second"].map(|passphrase| home.read_with(passphrase, &["list", "--ids"], ""));
    let works: Vec<usize> = (0..2).filter(|place| said[*place].status == Some(0)).collect();
    assert_eq!(works.len(), 1, "{said:?}");
    assert_eq!(said[1 - works[0]].status, Some(77), "{said:?}");
    assert_eq!(said[works[0]].out.lines().collect::<Vec<_>>(), ids);
    works[0]
}

#[test]
fn killed_while_the_passphrase_changes() {
    let home = cheap_vault();
    let ids = home.enter("phq-2", "a,b\nb,b\n");
    let started = Instant::now();
    home.read_with(&format!("{PASSPHRASE}\nsecond"), &["vault", "passphrase"], "").ok();
    let usual = started.elapsed();
    let (mut now, mut changed) = (1, 0);
    let kills = number("PERISCREEN_KILLS", 30).div_ceil(5);
    for _ in 0..kills {
        let names = [PASSPHRASE, "second"];
        let mut running = home.command(&["vault", "passphrase", "--passphrase-fd", "0"]).spawn().unwrap();
        running.stdin.as_mut().unwrap().write_all(format!("{}\n{}\n", names[now], names[1 - now]).as_bytes()).unwrap();
        thread::sleep(Duration::from_micros(random(usual.as_micros() as u64 * 3 / 2)));
        let _ = running.kill();
        running.wait().unwrap();
        let after = opens(&home, &ids);
        changed += usize::from(after != now);
        now = after;
    }
    println!("{kills} kills of a change of passphrase at random moments: {changed} had changed, exactly one passphrase opens");
}

/// The system calls of one change of passphrase and how often each is made.
fn calls(home: &Home, input: &str) -> BTreeMap<String, usize> {
    let trace = home.beside("trace");
    let mut counts = BTreeMap::new();
    traced(home, &["-o", trace.to_str().unwrap()], input);
    for line in std::fs::read_to_string(&trace).unwrap().lines() {
        if let Some((name, _)) = line.split_once('(') {
            *counts.entry(name.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ').to_owned()).or_default() += 1;
        }
    }
    counts
}

fn traced(home: &Home, options: &[&str], input: &str) {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_periscreen"));
    command.args(["vault", "passphrase", "--passphrase-fd", "0"]).env_clear().env("HOME", home.path());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    crate::vault_kit::home::finish_quietly(command.spawn().unwrap(), input);
}

#[test]
#[ignore = "a campaign that needs strace: some minutes"]
fn killed_at_every_step_of_a_change_of_passphrase() {
    if !can_trace() {
        return;
    }
    let home = cheap_vault();
    let ids = home.enter("phq-2", "a,b\nb,b\n");
    home.ids();
    let names = [PASSPHRASE, "second"];
    let input = |now: usize| format!("{}\n{}\n", names[now], names[1 - now]);
    let counts = calls(&home, &input(0));
    let mut now = opens(&home, &ids);
    let (mut steps, mut changed) = (0, 0);
    // Every call that reaches a file; the others change nothing that outlives the process.
    let touching = ["openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "fcntl", "flock", "close", "lseek"];
    for (call, count) in counts.iter().filter(|(call, _)| touching.contains(&call.as_str())) {
        for when in 1..=*count {
            traced(&home, &["-o", "/dev/null", "-e", &format!("inject={call}:signal=SIGKILL:when={when}")], &input(now));
            steps += 1;
            let after = opens(&home, &ids);
            changed += usize::from(after != now);
            now = after;
        }
    }
    println!("{steps} steps of a change of passphrase, killed at each: {changed} had changed, exactly one passphrase opened each time");
    assert!(steps > 30 && changed > 0 && changed < steps);
}
