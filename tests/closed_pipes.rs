//! A reader that has gone, or a disk that is full, is an error with a status and a word: never a panic, never silence about it.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
// Helpers of a test fail as the test does; clippy's own exception covers only the test functions themselves.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

mod house;

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use house::House;

/// Every command that writes, with its standard input.
fn commands() -> Vec<(Vec<&'static str>, &'static str)> {
    let sheet = "a,a,a,a,a,a,a,a,b";
    vec![
        (vec![], ""),
        (vec!["--help"], ""),
        (vec!["--version"], ""),
        (vec!["take", "--help"], ""),
        (vec!["crisis"], ""),
        (vec!["crisis", "--region", "US"], ""),
        (vec!["score", "phq-9"], sheet),
        (vec!["score", "phq-9", "--json"], sheet),
        (vec!["score", "phq-2", "--input", "-", "--coding", "points"], "1,2\n0,0\n"),
        (vec!["questionnaire", "list"], ""),
        (vec!["questionnaire", "schema"], ""),
        (vec!["questionnaire", "check", "made/long-two"], ""),
        (vec!["questionnaire", "check", "made/long-two", "--json"], ""),
        (vec!["settings"], ""),
        (vec!["take", "phq-2", "--plain"], "a\na\n"),
        (vec!["take", "phq-9", "--plain", "--region", "US"], "a\na\na\na\na\na\na\na\nb\nq\n"),
        (vec!["take", "epds", "--plain", "--mode", "paper"], "a\na\na\na\na\na\na\na\na\na\n"),
        (vec!["take", "phq-9", "gad-7", "--plain", "--mode", "interview"], "a\n"),
    ]
}

fn house() -> House {
    let house = House::new();
    house.long_questionnaire();
    house
}

/// Feeds a program whose standard output nobody reads; its status and what it said.
fn ends(mut child: Child, input: &str) -> (i32, String) {
    let mut pipe = child.stdin.take().expect("standard input is piped");
    let _ = pipe.write_all(input.as_bytes());
    drop(pipe);
    let mut said = String::new();
    if let Some(mut err) = child.stderr.take() {
        err.read_to_string(&mut said).expect("standard error is UTF-8");
    }
    let status = child.wait().expect("the program ends");
    let status = status.code().unwrap_or_else(|| panic!("killed: {status:?}"));
    assert!(!said.contains("panicked") && !said.contains("a fault of its own"), "{said}");
    (status, said)
}

#[test]
fn a_reader_that_has_gone_is_74_and_a_word() {
    let house = house();
    for (arguments, input) in commands() {
        let mut command = house.command(&arguments);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        command.stdout(writer);
        drop(reader);
        let child = command.spawn().expect("the program starts");
        let (status, said) = ends(child, input);
        assert_eq!(status, 74, "{arguments:?}: {said}");
        assert!(said.contains("the reader has gone"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_reader_that_goes_in_the_middle_ends_a_long_run() {
    let house = house();
    let row = "0,1\n".repeat(200_000);
    let arguments = ["score", "phq-2", "--input", "in.csv", "--coding", "points"];
    house.write("in.csv", &format!("1,2\n{row}"));
    let mut child = house.command(&arguments).spawn().expect("the program starts");
    let mut out = child.stdout.take().expect("standard output is piped");
    let mut first = [0_u8; 100];
    out.read_exact(&mut first).expect("the first rows");
    drop(out);
    let (status, said) = ends(child, "");
    assert_eq!(status, 74, "{said}");
    assert!(said.contains("the reader has gone"), "{said}");
}

#[test]
fn a_full_disk_is_74_and_a_word() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let house = house();
    for (arguments, input) in commands() {
        let mut command = house.command(&arguments);
        command.stdout(OpenOptions::new().write(true).open(full).expect("the full disk"));
        let (status, said) = ends(command.spawn().expect("the program starts"), input);
        assert_eq!(status, 74, "{arguments:?}: {said}");
        assert!(said.contains("the disk is full"), "{arguments:?}: {said}");
    }
}

#[test]
fn nowhere_to_write_at_all_is_still_a_status() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let house = house();
    let open = || OpenOptions::new().write(true).open(full).expect("the full disk");
    for (arguments, input) in commands() {
        let mut command = house.command(&arguments);
        command.stdout(open()).stderr(open());
        assert_eq!(ends(command.spawn().expect("the program starts"), input).0, 74, "{arguments:?}");
    }
    // The counts of alerts have nowhere to go: that is no success.
    let mut command = house.command(&["score", "phq-2", "--input", "-", "--coding", "points"]);
    command.stdout(Stdio::null()).stderr(open());
    assert_eq!(ends(command.spawn().expect("the program starts"), "1,2\n0,0\n").0, 74);
    // An error keeps its own status where nobody can be told.
    for (arguments, status) in [(&["frobnicate"][..], 64), (&["score", "phq-2"], 65), (&["score", "nothing"], 66)] {
        let mut command = house.command(arguments);
        command.stderr(open());
        assert_eq!(ends(command.spawn().expect("the program starts"), "").0, status, "{arguments:?}");
    }
}

#[test]
fn no_command_ends_in_a_panic_when_its_streams_are_closed() {
    let house = house();
    for (arguments, _) in commands() {
        let mut command = house.command(&arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().expect("the program starts");
        let output = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && output.status.code() != Some(101), "{arguments:?}: {said}");
        assert!(output.status.code().is_some_and(|status| [0, 65, 130].contains(&status)), "{arguments:?}: {:?}", output.status);
    }
}
