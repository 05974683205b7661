//! The README is true: its commands run and show what it says, its two set-up commands are there, and every command of the program is told somewhere.
//!
//! In a block marked `console`, `$ ` starts a command and what follows is its output, standard error after standard output; `…` alone on a line stands
//! for any lines, `…` within a line for any text; `[status N]` closes a command that does not end with 0. In a block marked `sh` every line is a command
//! and only has to end well. Each block runs in an empty home and an empty folder of its own. Commands that need a person are left out: see [`needs_a_person`].
#![cfg(unix)]
// A test starts programs and stops at the first thing that is not as it should be.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const README: &str = include_str!("../README.md");
/// Commands that ask for a passphrase or another answer unless it is given on a file descriptor.
const ASKING: [&str; 7] = ["vault", "resume", "list", "show", "delete", "amend", "void"];

/// One fenced block of the README.
struct Block {
    mark: String,
    line: usize,
    lines: Vec<String>,
}

/// One command with what the README shows of it.
struct Shown {
    line: usize,
    command: String,
    output: Vec<String>,
    status: i32,
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (number, line) in README.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(mark) => {
                inside = true;
                blocks.push(Block { mark: mark.to_owned(), line: number + 1, lines: Vec::new() });
            }
            None if inside => blocks.last_mut().expect("a block is open").lines.push(line.to_owned()),
            None => {}
        }
    }
    assert!(!inside, "a block of the README is not closed");
    blocks
}

fn commands(block: &Block) -> Vec<Shown> {
    let mut commands: Vec<Shown> = Vec::new();
    for (number, line) in block.lines.iter().enumerate() {
        let line_number = block.line + number + 1;
        let command = if block.mark == "sh" { Some(line.as_str()) } else { line.strip_prefix("$ ") };
        if let Some(command) = command {
            commands.push(Shown { line: line_number, command: command.to_owned(), output: Vec::new(), status: 0 });
            continue;
        }
        let shown = commands.last_mut().unwrap_or_else(|| panic!("README line {line_number}: output without a command"));
        match line.strip_prefix("[status ").and_then(|rest| rest.strip_suffix(']')) {
            Some(status) => shown.status = status.parse().expect("a status is a number"),
            None => shown.output.push(line.clone()),
        }
    }
    commands
}

/// The arguments of the `periscreen` in a command line, as far as words without quoting go.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let before_comment = command.split(" #").next().unwrap_or(command);
    let ours = before_comment.split('|').map(str::trim).find(|part| *part == "periscreen" || part.starts_with("periscreen "))?;
    Some(ours.split_whitespace().skip(1).collect())
}

fn is_ours(command: &str) -> bool {
    command.starts_with("printf ") || arguments(command).is_some_and(|_| command.starts_with("periscreen"))
}

/// A menu, a sitting on a terminal, a passphrase that is asked for, or a word in capitals that stands for something of the reader's.
fn needs_a_person(command: &str) -> bool {
    let Some(arguments) = arguments(command) else { return false };
    let Some(first) = arguments.first() else { return true };
    let piped = command.contains('|') || command.contains('<');
    let asks = ASKING.contains(first) && !arguments.contains(&"--passphrase-fd");
    asks || (*first == "take" && !piped)
        || arguments.iter().any(|word| word.len() > 2 && word.chars().all(|letter| letter.is_ascii_uppercase()))
}

fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_periscreen"))
}

fn run(command: &str, home: &Path) -> Output {
    let folder = binary().parent().expect("the program has a folder").to_owned();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).env_clear().env("PATH", path).env("HOME", home).current_dir(home).stdin(Stdio::null());
    shell.output().expect("a shell runs")
}

/// Compares a text with a pattern in which `…` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('…') {
        None => pattern == text,
        Some((before, rest)) => {
            let Some(text) = text.strip_prefix(before) else { return false };
            text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| text.get(at..).is_some_and(|text| fits(rest, text)))
        }
    }
}

/// The first line of the pattern that finds no place; `None` where all fit.
fn misfit<'p>(pattern: &'p [String], lines: &[&str]) -> Option<&'p str> {
    // How many lines of a run fit from a place on.
    let fitting = |run: &[String], at: usize| run.iter().zip(lines.iter().skip(at)).take_while(|(line, text)| fits(line, text)).count();
    let mut at = 0;
    let mut open = false;
    for (number, run) in pattern.split(|line| line == "…").enumerate() {
        // Only the first run has to begin where the output begins.
        let starts = if number == 0 { 0..=0 } else { at..=lines.len() };
        match starts.clone().find(|&start| fitting(run, start) == run.len()) {
            Some(start) => at = start + run.len(),
            None => return run.get(starts.map(|start| fitting(run, start)).max().unwrap_or(0)).map(String::as_str),
        }
        open = number > 0 && run.is_empty();
    }
    (!open && at < lines.len()).then_some("(the end of the output)")
}

#[test]
fn every_command_that_needs_nobody_runs_and_shows_what_the_readme_says() {
    let mut ran = 0;
    for block in blocks().iter().filter(|block| ["console", "sh"].contains(&block.mark.as_str())) {
        let home = tempfile::tempdir().expect("a temporary folder");
        for shown in commands(block) {
            let command = shown.command.as_str();
            if !is_ours(command) || needs_a_person(command) {
                assert!(block.mark == "sh", "README line {}: a block marked console holds a command that is not run", shown.line);
                continue;
            }
            let output = run(command, home.path());
            let told = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
            let told = String::from_utf8(told).expect("output is UTF-8");
            assert_eq!(output.status.code(), Some(shown.status), "README line {}: {command}\n{told}", shown.line);
            if block.mark == "console" {
                let lines: Vec<&str> = told.lines().collect();
                if let Some(line) = misfit(&shown.output, &lines) {
                    panic!("README line {}: {command}\nhas no place for this line: {line}\nThe output is:\n{told}", shown.line);
                }
            }
            ran += 1;
        }
    }
    assert!(ran >= 10, "only {ran} commands of the README were run");
}

#[test]
fn the_scores_in_the_table_for_researchers_are_those_of_the_file() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let console: Vec<Block> = blocks().into_iter().filter(|block| block.mark == "console").collect();
    for shown in console.iter().flat_map(commands).filter(|shown| shown.command.contains("visits.csv")) {
        assert!(run(&shown.command, home.path()).status.success(), "{}", shown.command);
    }
    let scored = std::fs::read_to_string(home.path().join("scored.csv")).expect("the README's command writes it");
    let mut scored = scored.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = scored.next().expect("a header");
    let table = README.lines().skip_while(|line| !line.starts_with("| id | phq_2_total")).take_while(|line| line.starts_with('|'));
    let mut table = table.map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    let columns = table.next().expect("the table stands in the README");
    let table: Vec<_> = table.skip(1).collect();
    let rows: Vec<Vec<&str>> = scored
        .map(|row| {
            columns.iter().map(|column| *row.get(header.iter().position(|name| name == column).expect(column)).expect(column)).collect()
        })
        .collect();
    assert_eq!(rows, table);
}

#[test]
fn every_command_of_the_program_is_told_in_the_readme_or_the_docs() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut told = README.to_owned();
    for entry in std::fs::read_dir(docs).expect("docs are there") {
        told += &std::fs::read_to_string(entry.expect("docs are listed").path()).expect("docs are text");
    }
    let mut open = vec![String::new()];
    let mut found = 0;
    while let Some(parent) = open.pop() {
        for name in subcommands(&parent) {
            let full = format!("{parent} {name}").trim().to_owned();
            let (first, last) = (full.split(' ').next().unwrap_or_default(), full.split(' ').next_back().unwrap_or_default());
            // A list such as `vault create|status|verify` tells of each of its words.
            let listed = told.lines().any(|line| line.contains(&format!("{first} ")) && line.contains('|') && line.contains(last));
            assert!(told.contains(&full) || listed, "`periscreen {full}` stands neither in README.md nor in docs/");
            found += 1;
            open.push(full);
        }
    }
    assert!(found >= 5, "only {found} commands were found in the help");
}

/// The commands below a command, from its help.
fn subcommands(parent: &str) -> Vec<String> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let help = run(&format!("periscreen {parent} --help"), home.path());
    let help = String::from_utf8(help.stdout).expect("help is UTF-8");
    let section = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "));
    let named = section.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    named.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn the_two_set_up_commands_are_there_and_ci_takes_the_second_from_here() {
    let first = "cargo run --release --locked -- take phq-9";
    let second = "cargo test --locked";
    let block = blocks().into_iter().find(|block| block.mark == "sh").expect("a block of commands");
    assert_eq!(block.lines, [first, second], "the first block of commands sets up a fresh machine, and nothing else");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown = Command::new("bash").args([".ci/run", "--show-test-command"]).current_dir(root).stdin(Stdio::null()).output();
    let shown = shown.expect("bash runs");
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    assert_eq!(String::from_utf8_lossy(&shown.stdout).trim_end(), second);
}

#[test]
fn every_file_and_folder_that_the_readme_links_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for target in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|target| !target.contains("://")) {
        // The page of the vault's format comes with the vault.
        assert!(root.join(target).exists(), "the README links to {target}");
    }
}

#[test]
fn the_comparison_of_this_test_sees_a_difference() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let text = ["one", "two", "three", "four"];
    assert_eq!(misfit(&lines("one\ntwo\nthree\nfour"), &text), None);
    assert_eq!(misfit(&lines("one\n…\nfour"), &text), None);
    assert_eq!(misfit(&lines("…\nthr…\n…"), &text), None);
    assert_eq!(misfit(&lines("one\ntwo"), &text), Some("(the end of the output)"));
    assert_eq!(misfit(&lines("one\n…\nfive"), &text), Some("five"));
    assert_eq!(misfit(&lines("two\n…"), &text), Some("two"));
    assert!(needs_a_person("periscreen take phq-9") && needs_a_person("periscreen") && needs_a_person("periscreen vault create"));
    assert!(!needs_a_person("printf 'a' | periscreen take phq-2 --plain") && !needs_a_person("periscreen crisis --region GB        # who"));
}
