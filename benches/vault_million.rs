//! One million records: how long saving, unlocking, listing and verifying take, and how much
//! memory each needs. Every act runs in a process of its own, so that its peak memory is its own.
//!
//! `cargo bench --bench vault_million`; `VAULT_RECORDS=100000` for a smaller one,
//! `VAULT_BENCH_DIR=...` for another disk.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use periscreen::vault::{self, Found, KdfParameters, Locked, Passphrase, RecordId, Unlocked, VaultError};

const SAVES: usize = 50;

fn main() {
    let mut args = env::args().skip(1).filter(|arg| arg != "--bench");
    match (args.next(), args.next()) {
        (Some(act), Some(dir)) => child(&act, Path::new(&dir)),
        _ => parent(),
    }
}

fn records() -> usize {
    env::var("VAULT_RECORDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000)
}

fn parent() {
    let base = env::var("VAULT_BENCH_DIR").map_or_else(|_| env::temp_dir(), PathBuf::from);
    let outer = tempfile::Builder::new().prefix("vault-bench").tempdir_in(base).unwrap();
    let dir = outer.path().join("v");
    println!("{} records of about 250 bytes", records());
    println!("{:<10} {:>44} {:>12}", "act", "time", "peak memory");
    for act in ["fill", "save", "unlock", "absorb", "newest", "get", "miss", "walk", "verify", "erase"] {
        let out = Command::new(env::current_exe().unwrap()).arg(act).arg(&dir).output().unwrap();
        print!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    }
    let size = fs::metadata(dir.join("vault.db")).unwrap().len();
    println!("file: {} MB", size / 1_000_000);
}

fn pass() -> Passphrase {
    Passphrase::new(b"a passphrase for the benchmark".to_vec()).unwrap()
}

/// A payload like a record: 220 to 279 bytes that differ.
fn payload(n: usize) -> Vec<u8> {
    let mut bytes = format!("{{\"n\":{n},\"answers\":[").into_bytes();
    bytes.resize(220 + n % 60, b'0' + u8::try_from(n % 10).unwrap_or(0));
    bytes
}

fn name(n: usize) -> RecordId {
    RecordId::from_bytes(((n as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)).to_be_bytes())
}

fn open(dir: &Path) -> Unlocked {
    Locked::open(dir).unwrap().unlock_with(&pass()).unwrap()
}

fn child(act: &str, dir: &Path) {
    let started = Instant::now();
    let words = match act {
        "fill" => fill(dir, started),
        "save" => save(dir),
        "unlock" => {
            let vault = Locked::open(dir).unwrap();
            // Saves wait in the inbox; measured without them first, by status, then with them.
            let waiting = vault.unlock_with(&pass()).unwrap().absorbed().taken;
            format!("{} with {waiting} letters", ms(started.elapsed()))
        }
        "absorb" => {
            drop(open(dir));
            format!("{} unlock, empty inbox", ms(started.elapsed()))
        }
        "newest" => {
            let mut vault = open(dir);
            let started = Instant::now();
            assert_eq!(vault.newest(Some(50)).unwrap().len(), 50);
            ms(started.elapsed())
        }
        "get" | "miss" => {
            let mut vault = open(dir);
            let started = Instant::now();
            let wanted = if act == "get" { 777 } else { records() + 12_345_678 };
            let found = vault.get(&name(wanted)).unwrap();
            assert_eq!(matches!(found, Found::Record(_)), act == "get");
            ms(started.elapsed())
        }
        "walk" => {
            let mut vault = open(dir);
            let started = Instant::now();
            let mut bytes = 0;
            vault
                .for_each(|entry| {
                    bytes += entry.payload.len();
                    Ok::<_, VaultError>(())
                })
                .unwrap();
            format!("{} for {} MB", ms(started.elapsed()), bytes / 1_000_000)
        }
        "verify" => {
            let mut vault = open(dir);
            let started = Instant::now();
            let report = vault.verify(|_, _| {}).unwrap();
            assert!(report.is_clean());
            format!("{} for {}", ms(started.elapsed()), report.records)
        }
        _ => {
            let mut vault = open(dir);
            let started = Instant::now();
            let done = vault.erase(&name(5)).unwrap();
            assert_eq!(done.erased, 1);
            format!("{} compacted {}", ms(started.elapsed()), done.compacted)
        }
    };
    println!("{act:<10} {words:>44} {:>9} MB", peak_kib() / 1000);
}

fn fill(dir: &Path, started: Instant) -> String {
    let mut vault = vault::create_without_recovery(dir, &pass(), &KdfParameters::DEFAULT).unwrap();
    let all = records();
    for start in (0..all).step_by(10_000) {
        let batch: Vec<_> = (start..all.min(start + 10_000)).map(|n| (name(n), payload(n))).collect();
        vault.append_many(&batch).unwrap();
    }
    ms(started.elapsed())
}

fn save(dir: &Path) -> String {
    let mut vault = Locked::open(dir).unwrap();
    let mut times: Vec<_> = (0..SAVES)
        .map(|n| {
            let started = Instant::now();
            vault.save(&RecordId::random().unwrap(), &payload(n)).unwrap();
            started.elapsed()
        })
        .collect();
    times.sort();
    format!("median {}, slowest of {SAVES} {}", ms(times[SAVES / 2]), ms(times[SAVES - 1]))
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}
