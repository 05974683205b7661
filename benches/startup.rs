//! Start-up of the whole process, against a program that does nothing.
//!
//! `cargo bench --bench startup [-- ROUNDS]` prints medians in milliseconds. Runs alternate, so that a busy moment of the machine hits
//! every row alike. `take` is timed to the last line of the first item, read from a pipe. It prints and never fails: a time is no test.

// A bench prints, starts programs, and stops at the first thing that is not as it should be.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::expect_used)]

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Rounds without an argument; each runs every row once.
const ROUNDS: usize = 200;
/// The last line of an item in plain mode begins so.
const END_OF_ITEM: &str = "x: ";

/// One row of the table.
struct Row {
    name: &'static str,
    arguments: &'static [&'static str],
    to_first_item: bool,
    times: Vec<Duration>,
}

fn main() {
    let rounds = env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS).max(3);
    let home = tempfile::tempdir().expect("a temporary folder");
    let empty = empty_program(home.path());
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_periscreen"));
    let row = |name, arguments, to_first_item| Row { name, arguments, to_first_item, times: Vec::new() };
    let mut rows = [
        row("empty program", &[][..], false),
        row("periscreen --version", &["--version"], false),
        row("periscreen crisis --region US", &["crisis", "--region", "US"], false),
        row("periscreen take phq-9 --plain, first item", &["take", "phq-9", "--plain"], true),
    ];
    for round in 0..=rounds {
        for step in 0..rows.len() {
            let place = (round + step) % rows.len();
            let Some(row) = rows.get_mut(place) else { continue };
            let program = if place == 0 { &empty } else { &ours };
            let time = run(program, row.arguments, row.to_first_item, home.path());
            // The first round warms the cache.
            if round > 0 {
                row.times.push(time);
            }
        }
    }
    table(&mut rows, rounds);
}

fn empty_program(folder: &Path) -> PathBuf {
    let source = folder.join("empty.rs");
    File::create(&source).and_then(|mut file| file.write_all(b"fn main() {}\n")).expect("the source is written");
    let program = folder.join("empty");
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(rustc).args(["-O", "-C", "strip=symbols", "-o"]).arg(&program).arg(&source).status();
    assert!(status.expect("rustc runs").success(), "the empty program compiles");
    program
}

/// From before the start to the end of the process, or to the end of the first item.
fn run(program: &Path, arguments: &[&str], to_first_item: bool, home: &Path) -> Duration {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("HOME", home).current_dir(home).stderr(Stdio::null());
    if !to_first_item {
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let status = command.status().expect("the program runs");
        let time = start.elapsed();
        assert!(status.success(), "the program ends well");
        return time;
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().expect("the program runs");
    let out = BufReader::new(child.stdout.take().expect("its output is ours"));
    let shown = out.lines().map_while(Result::ok).any(|line| line.starts_with(END_OF_ITEM));
    let time = start.elapsed();
    // Its input ends here, which is a stop.
    drop(child.stdin.take());
    child.wait().expect("it ends");
    assert!(shown, "the first item is shown");
    time
}

fn table(rows: &mut [Row], rounds: usize) {
    println!("{rounds} alternating rounds; milliseconds, whole process");
    println!("{:<44} {:>8} {:>8} {:>8} {:>8} {:>7}", "", "lowest", "median", "95 %", "above", "ratio");
    let mut base = None;
    for row in rows {
        row.times.sort();
        let at = |part: usize| row.times.get(row.times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        let (lowest, median, high) = (at(0), at(50), at(95));
        let empty = *base.get_or_insert(median);
        println!("{:<44} {lowest:>8.2} {median:>8.2} {high:>8.2} {:>8.2} {:>7.2}", row.name, median - empty, median / empty);
    }
}
