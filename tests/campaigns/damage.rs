//! Bytes of a small vault changed in turn, seen through `list --ids`: the right answer or a named verdict with its status.

use std::{collections::BTreeMap, fs, io::Write, process::Child, thread, time::Duration};

use crate::{
    cheap_vault,
    vault_kit::home::{Home, PASSPHRASE, Said},
};

/// Longest that a list of a small vault may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lists within [`PATIENCE`]; `None` is a hang.
fn list(home: &Home) -> Option<Said> {
    let mut running: Child = home.command(&["list", "--ids", "--passphrase-fd", "0"]).spawn().unwrap();
    let _ = running.stdin.take().unwrap().write_all(format!("{PASSPHRASE}\n").as_bytes());
    let mut waited = Duration::ZERO;
    while running.try_wait().unwrap().is_none() {
        if waited > PATIENCE {
            running.kill().unwrap();
            running.wait().unwrap();
            return None;
        }
        thread::sleep(Duration::from_millis(3));
        waited += Duration::from_millis(3);
    }
    let out = running.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Some(Said { status: out.status.code(), out: text(out.stdout), err: text(out.stderr) })
}

/// What was seen, in a word; an error is what must never be seen.
fn judge(said: Option<Said>, chained: &[String], all: &[String]) -> Result<&'static str, String> {
    let said = said.ok_or("hangs")?;
    let listed: Vec<&str> = said.out.lines().collect();
    let named = said.err.lines().count() > 0;
    match said.status {
        Some(0) if listed == all && !named => Ok("right"),
        // Only what waited can be missing from a list; then it says so in its status.
        Some(74) if listed == chained && named => Ok("the waiting entries are missing, 74"),
        Some(74) if listed.len() >= chained.len() && listed.iter().all(|id| all.iter().any(|one| one == id)) && named => {
            Ok("a waiting entry is put aside, 74")
        }
        Some(74) if listed.is_empty() && said.err.contains("is damaged") => Ok("damaged, 74"),
        Some(74) if listed.is_empty() && said.err.contains("changed by something other") => Ok("tampered, 74"),
        Some(78) if listed.is_empty() && said.err.contains("newer") => Ok("newer, 78"),
        Some(73) if listed.is_empty() && said.err.contains("refused") => Ok("refused, 73"),
        _ => Err(format!("{said:?}")),
    }
}

#[test]
fn a_changed_byte_is_harmless_or_named() {
    let home = cheap_vault();
    home.enter("phq-2", "a,a\na,b\nb,b\nc,c\n");
    let mut chained = home.ids();
    home.read(&["delete", &chained.remove(1), "--yes"]).ok();
    let all = [chained.clone(), home.enter("phq-2", "d,d\nc,d\n")].concat();
    home.run(&["take", "phq-2", "--plain"], "b\n");
    let file = home.vault().join("vault.db");
    let whole = fs::read(&file).unwrap();
    // A prime step, so that a sample does not always meet the same place of a page.
    let step = match std::env::var("PERISCREEN_DAMAGE").as_deref() {
        Ok("full") => 1,
        Ok(step) => step.parse().unwrap(),
        Err(_) => whole.len() / 100,
    };
    let (mut counts, mut bad) = (BTreeMap::<_, usize>::new(), Vec::new());
    for place in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[place] ^= if whole[place] == 0 { 1 << (place % 8) } else { [0xff, 1 << (place % 8)][place % 2] };
        let _ = fs::remove_file(home.vault().join("vault.db-journal"));
        fs::write(&file, &bytes).unwrap();
        match judge(list(&home), &chained, &all) {
            Ok(word) => *counts.entry(word).or_default() += 1,
            Err(what) => bad.push(format!("byte {place}: {what}")),
        }
    }
    println!("{} bytes, every {step}: {counts:#?}", whole.len());
    assert!(bad.is_empty(), "{} bad: {bad:#?}", bad.len());
}
