//! The house stands as ARCHITECTURE.md says: which room may know which, how long things may be, what is nowhere.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/wording.rs"]
mod wording;

use std::path::{Path, PathBuf};

use source::rust_files;
use walkdir::WalkDir;
use wording::Fingerprints;

/// Which rooms a room may know besides itself. Innermost first; a room may name only rooms above it.
const ARROWS: &[(&str, &[&str])] = &[
    ("questionnaire", &[]),
    ("messages", &[]),
    // Only its `text` module, which makes a foreign text safe to print.
    ("error", &["questionnaire::text"]),
    ("clock", &["error"]),
    ("administration", &["questionnaire"]),
    ("scoring", &["questionnaire", "administration"]),
    ("safety", &["questionnaire", "administration"]),
    ("interpret", &["questionnaire", "administration", "scoring", "safety"]),
    // What is kept of a sitting; to come.
    ("record", &["questionnaire", "administration", "scoring", "safety", "interpret", "error"]),
    ("report", &["questionnaire", "administration", "scoring", "safety", "interpret", "messages", "record"]),
    ("bulk", &["questionnaire", "administration", "scoring", "safety", "interpret"]),
    ("catalogue", &["questionnaire", "administration", "scoring", "safety", "interpret", "error"]),
    // Shows frames and reads keys; it never knows what they mean.
    ("terminal", &["administration", "messages", "report", "error"]),
    // Rooms to come. The vault knows sealed records, not what they mean.
    ("vault", &["error"]),
    ("sandbox", &["error"]),
    ("research", &["questionnaire", "administration", "scoring", "safety", "interpret", "error"]),
    ("clinic", &["questionnaire", "administration", "scoring", "safety", "interpret", "error"]),
    ("fhir", &["questionnaire", "administration", "scoring", "safety", "interpret", "error"]),
    (
        "cli",
        &[
            "questionnaire",
            "messages",
            "error",
            "clock",
            "administration",
            "scoring",
            "safety",
            "interpret",
            "report",
            "bulk",
            "catalogue",
            "terminal",
            "vault",
            "sandbox",
            "record",
            "research",
            "clinic",
            "fhir",
        ],
    ),
    ("main", &["cli"]),
];

/// What lies outside the program, and the rooms that may touch it; the others get it as an argument.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("std::fs", &["catalogue", "vault", "sandbox", "cli"]),
    ("std::env", &["cli"]),
    ("std::time::SystemTime", &["clock"]),
    ("std::time::Instant", &["clock"]),
    ("std::thread", &["terminal"]),
    // A day may be passed on; only the clock asks for it.
    ("chrono::Local", &["clock"]),
    ("chrono::Utc", &["clock"]),
    ("chrono", &["clock", "cli"]),
    ("std::io::stdin", &["terminal", "cli"]),
    ("std::io::stdout", &["terminal", "cli"]),
    ("std::io::stderr", &["terminal", "cli"]),
    ("console", &["terminal", "cli"]),
    ("dialoguer", &["terminal", "cli"]),
    ("rustix", &["terminal", "vault", "sandbox"]),
    ("signal_hook", &["terminal"]),
    ("directories", &["cli"]),
    ("tempfile", &["vault", "cli"]),
    ("clap", &["cli"]),
    ("fluent_bundle", &["messages"]),
    ("unic_langid", &["messages"]),
];

/// Longest file, median of all files and longest function, lines.
const LONGEST_FILE: usize = 400;
const MEDIAN_FILE: usize = 120;
const LONGEST_FUNCTION: usize = 60;

/// Runs a rule over every file of `src` and fails with all complaints.
fn every_file(rule: impl Fn(&Path, &str) -> Vec<String>) {
    let complaints: Vec<String> = rust_files("src").iter().flat_map(|(path, text)| rule(path, text)).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn arrows_point_inwards_only() {
    every_file(|path, text| rules::arrows(ARROWS, path, text));
}

#[test]
fn the_table_of_arrows_has_no_circle_and_knows_every_room() {
    for (place, (room, known)) in ARROWS.iter().enumerate() {
        for name in *known {
            let inner = name.split("::").next().unwrap_or(name);
            assert!(ARROWS[..place].iter().any(|(above, _)| *above == inner), "{room} may know {name}, which does not stand above it");
        }
    }
}

#[test]
fn the_outside_comes_in_as_arguments() {
    every_file(|path, text| rules::outside(OUTSIDE, path, text));
}

#[test]
fn files_and_functions_are_short() {
    let files = rust_files("src");
    let mut lengths: Vec<usize> = files.iter().map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MEDIAN_FILE, "the median file has {median} lines, {MEDIAN_FILE} are allowed");
    every_file(|path, text| {
        let lines = text.lines().count();
        let mut complaints = rules::long_functions(LONGEST_FUNCTION, path, text);
        complaints.extend((lines > LONGEST_FILE).then(|| format!("{}: {lines} lines, {LONGEST_FILE} are allowed", path.display())));
        complaints
    });
}

#[test]
fn names_say_something() {
    for folder in ["src", "tests", "benches"] {
        let complaints: Vec<String> = rust_files(folder).iter().flat_map(|(path, text)| rules::empty_names(path, text)).collect();
        assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    }
}

#[test]
fn what_is_banned_is_nowhere() {
    every_file(rules::bans);
}

#[test]
fn no_clinical_number_stands_in_rust() {
    every_file(rules::clinical_numbers);
}

#[test]
fn every_rule_can_fail() {
    let plant = |rule: &dyn Fn(&Path, &str) -> Vec<String>, path: &str, text: &str, expected: usize| {
        let complaints = rule(Path::new(path), text);
        assert_eq!(complaints.len(), expected, "{path}: {text}\n{}", complaints.join("\n"));
    };
    let arrows = |path: &Path, text: &str| rules::arrows(ARROWS, path, text);
    plant(&arrows, "src/scoring/scale.rs", "use crate::administration::Sheet;", 0);
    plant(&arrows, "src/scoring/scale.rs", "use crate::{administration::Sheet, report::{self, Page}};", 2);
    plant(&arrows, "src/scoring/scale.rs", "fn f() { let x = crate::cli::main(); }", 1);
    plant(&arrows, "src/scoring/scale.rs", "fn f() { g!(\"{}\", h(crate::cli::main())) }", 1);
    plant(&arrows, "src/scoring/scale.rs", "use super::super::report::Page;", 1);
    plant(&arrows, "src/scoring/scale.rs", "mod a { use super::super::super::safety::Card; use super::Points; }", 1);
    plant(&arrows, "src/error.rs", "use crate::questionnaire::text::visible;", 0);
    plant(&arrows, "src/error.rs", "use crate::questionnaire::Id;", 1);
    plant(&arrows, "src/lib.rs", "use crate::report::Page; pub mod attic;", 2);
    plant(&arrows, "src/main.rs", "fn main() { periscreen::cli::main(); periscreen::clock::today(); }", 1);
    plant(&arrows, "src/vault/store.rs", "use crate::report::Page; use crate::*;", 2);
    plant(&arrows, "src/attic/a.rs", "", 1);
    let outside = |path: &Path, text: &str| rules::outside(OUTSIDE, path, text);
    plant(&outside, "src/scoring/scale.rs", "use std::{fs::File, io::Read}; fn f() { std::env::var(\"A\"); }", 2);
    let long = |path: &Path, text: &str| rules::long_functions(2, path, text);
    plant(&long, "src/a.rs", "fn a() {\n}\nimpl A {\n fn b() {\n\n\n }\n}\nfn c() {\n\n\n}", 2);
    plant(&rules::empty_names, "src/scoring/utils.rs", "mod common { }", 2);
    plant(&rules::bans, "src/a.rs", "use std::net::TcpStream; fn f() { Command::new(\"a\"); println!(); a.unwrap(); b.expect(\"c\"); }", 5);
    plant(&rules::bans, "src/a.rs", "fn f() { unsafe { g() } } #[cfg(test)] mod tests { fn f() { a.unwrap(); } }", 1);
    plant(&rules::bans, "src/sandbox/mod.rs", "fn f() { unsafe { g() } }", 0);
    plant(&rules::clinical_numbers, "src/scoring/a.rs", "fn f() { if points >= 13 { } } #[cfg(test)] mod t { const A: i32 = 13; }", 1);
    plant(&rules::clinical_numbers, "src/report/a.rs", "fn f() { width.max(10); if points.at_least(10) { } }", 1);
    plant(&rules::clinical_numbers, "src/report/a.rs", "fn f() { match p { 10..=12 => a, _ => b }; (13..30).contains(&p); 9 < p }", 3);
}

/// Text files of the repository, as a fresh clone has them.
fn texts() -> Vec<(PathBuf, String)> {
    let left_out = [".git", "target", ".venv", "__pycache__"];
    let entries = WalkDir::new(source::root()).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        !left_out.contains(&name.as_ref()) && !name.starts_with("mutants.out")
    });
    let files = entries.map(|entry| entry.expect("the repository can be read")).filter(|entry| entry.file_type().is_file());
    let texts = files.filter_map(|entry| Some((entry.path().to_owned(), std::fs::read_to_string(entry.path()).ok()?)));
    texts.collect()
}

#[test]
fn the_wording_of_the_epds_is_nowhere() {
    let epds = Fingerprints::read(include_str!("data/epds-fingerprints.json"));
    assert_eq!(epds.len(), 10);
    let texts = texts();
    assert!(texts.len() > 100, "only {} text files were found", texts.len());
    for (path, text) in texts {
        let lines = epds.find(&text);
        assert!(lines.is_empty(), "{}: words of the EPDS begin on lines {lines:?}", path.display());
    }
}

#[test]
fn the_search_finds_a_planted_sentence() {
    let planted = Fingerprints::of("a salt of our own", "The kettle hasn't sung for a whole week");
    assert_eq!(planted.len(), 1);
    let found = |text: &str| planted.find(text);
    assert_eq!(found("the kettle hasn't sung for a whole week"), [1]);
    assert_eq!(found("{\n\"1\": {\"text\": \"* The kettle hasn’t sung, for a whole week.\"}\n"), [2]);
    assert_eq!(found("// 3. The KETTLE hasn\\u2019t\n// sung for a whole week\n// and more"), [1]);
    assert_eq!(found("The kettle hasn't sung for a week"), [0; 0]);
    assert_eq!(found("The kettle\nhasn't sung\nfor a whole week"), [0; 0]);
}
