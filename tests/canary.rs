//! Answers go nowhere but to the screen: not into arguments, the environment, error texts, file names or files.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
// Helpers of a test fail as the test does; clippy's own exception covers only the test functions themselves.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(target_os = "linux")]

#[path = "house/glass.rs"]
mod glass;
mod house;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use glass::Glass;
use house::{House, Outcome};

/// Values that stand nowhere else; the second is an answer a hurried person might type in words.
const CANARIES: [&str; 3] = ["kanarienvogel", "NEARLY_EVERY_KANARI", "4711815"];

/// Whether a text holds an answer that was typed, whatever its case.
fn sings(text: &str) -> bool {
    let text = text.to_lowercase();
    CANARIES.iter().any(|canary| text.contains(&canary.to_lowercase()))
}

fn quiet(outcome: &Outcome, arguments: &[&str]) {
    assert!(!sings(&outcome.err), "{arguments:?} repeats an answer: {}", outcome.err);
}

/// Nothing in the house changed, and nothing in it sings.
#[track_caller]
fn unchanged(house: &House, before: &BTreeMap<PathBuf, Vec<u8>>, arguments: &[&str]) {
    let after = house.files();
    let names: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert!(names.is_empty(), "{arguments:?} left {names:?}");
    assert_eq!(&after, before, "{arguments:?} changed a file");
}

#[test]
fn no_answer_is_repeated_or_kept_by_any_command() {
    let house = House::new();
    for canary in CANARIES {
        house.write("sheet.txt", &format!("a,{canary}"));
        house.write("sheet.csv", &format!("id,1,2\np1,0,0\np2,{canary},1\n"));
        let before = house.files();
        let sheets = [
            format!("a,{canary}"),
            format!("{canary},{canary}"),
            canary.to_owned(),
            format!("{{\"answers\": {{\"1\": \"{canary}\"}}}}"),
            format!("{{\"answers\": {{\"1\": {{\"{canary}\": true}}}}}}"),
            format!("{{\"points\": {{\"1\": \"{canary}\"}}}}"),
            format!("{{\"points\": {{\"1\": 4711815}}, \"x\": \"{canary}\"}}"),
            format!("{{\"answers\": {{\"1\": \"{canary}"),
            format!("{{\"answers\": {{\"1\": {canary}}}}}"),
            format!("{{\"answers\": {{\"1\": \"{canary}\u{202e}\"}}}}"),
            format!("{{\"answers\": {{\"1\": \"{}\"}}}}", canary.repeat(1000)),
        ];
        for sheet in &sheets {
            for arguments in [&["score", "phq-2"][..], &["score", "phq-2", "--json"], &["score", "phq-2", "-"]] {
                let outcome = house.run(arguments, sheet).ends_with(65);
                quiet(&outcome, arguments);
                assert!(!sings(&outcome.out), "{}", outcome.out);
                unchanged(&house, &before, arguments);
            }
        }
        for coding in ["points", "positions-from-0", "positions-from-1", "labels"] {
            for arguments in [
                &["score", "phq-2", "--input", "sheet.csv", "--coding", coding][..],
                &["score", "phq-2", "--input", "sheet.csv", "--coding", coding, "--output", "out.csv"],
            ] {
                let outcome = house.run(arguments, "").ends_with(65);
                quiet(&outcome, arguments);
                unchanged(&house, &before, arguments);
            }
            // A file without a header: the answers stand where the names should be.
            let arguments = ["score", "phq-2", "--input", "-", "--coding", coding];
            quiet(&house.run(&arguments, &format!("p1,{canary},{canary}\np2,0,0\n")).ends_with(65), &arguments);
            quiet(&house.run(&arguments, &format!("1,2\n0,0\n{canary}\n")).ends_with(65), &arguments);
            quiet(&house.run(&arguments, &format!("1,2\n0,0\n\"{canary}\n")).ends_with(65), &arguments);
        }
        let arguments = ["score", "phq-2", "sheet.txt"];
        quiet(&house.run(&arguments, "").ends_with(65), &arguments);
        for arguments in [
            &["take", "phq-2", "--plain"][..],
            &["take", "phq-9", "gad-7", "--plain", "--mode", "interview"],
            &["take", "epds", "--plain", "--mode", "paper"],
        ] {
            let outcome = house.run(arguments, &format!("{canary}\na\n{canary}{canary}\n<\n{canary}\nq\n")).ends_with(130);
            quiet(&outcome, arguments);
            assert!(!sings(&outcome.out), "what was typed is not repeated: {}", outcome.out);
            unchanged(&house, &before, arguments);
        }
    }
}

#[test]
fn an_answer_typed_onto_the_command_line_is_not_repeated() {
    let house = House::new();
    let before = house.files();
    for canary in CANARIES {
        let cases: [&[&str]; 9] = [
            &["score", "phq-2", canary],
            &["score", "phq-2", canary, canary],
            &[canary],
            &["score", "phq-2", "--json", "--", canary],
            &["score", "phq-2", &format!("--{canary}")],
            &["score", "phq-2", "--input", "-", "--coding", canary],
            &["take", "phq-2", "--mode", canary],
            &["take", "phq-2", "--plain", "--region", canary],
            &["take", "phq-2", "--plain", "--mode", "paper", "--taken-on", canary],
        ];
        for arguments in cases {
            let outcome = house.run(arguments, "");
            assert!([64, 66].contains(&outcome.status), "{arguments:?}: {}", outcome.err);
            quiet(&outcome, arguments);
            unchanged(&house, &before, arguments);
        }
    }
}

/// What the system shows of a process to everybody: its arguments, its environment, its name.
fn seen_from_outside(pid: u32) -> Vec<Vec<u8>> {
    ["cmdline", "environ", "comm"].iter().map(|part| fs::read(format!("/proc/{pid}/{part}")).unwrap_or_default()).collect()
}

/// Waits until a program sleeps: it has read what there is and waits for more.
fn wait_until_asleep(child: &Child) {
    let start = Instant::now();
    loop {
        let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).expect("the program runs");
        let wait = fs::read_to_string(format!("/proc/{}/wchan", child.id())).unwrap_or_default();
        let asleep = stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('S'));
        if asleep && (wait.contains("pipe") || start.elapsed() > Duration::from_millis(400)) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "the program never waits");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn arguments_and_environment_of_a_running_program_hold_no_answer() {
    let house = House::new();
    let mut wanted: Vec<String> = house.environment().iter().map(|(name, value)| format!("{name}={value}")).collect();
    wanted.sort();
    let cases: [(&[&str], String); 5] = [
        (&["take", "phq-9", "--plain"], format!("b\nb\n{}\nd\n", CANARIES[0])),
        (&["take", "phq-2", "gad-2", "--plain", "--mode", "interview"], format!("d\nd\n\n{}\n", CANARIES[1])),
        (&["take", "epds", "--plain", "--mode", "paper"], format!("d\nd\n{}\n", CANARIES[2])),
        (&["score", "phq-2", "--json"], format!("{{\"answers\": {{\"1\": \"{}\"", CANARIES[0])),
        (&["score", "phq-2", "--input", "-", "--coding", "points"], format!("1,2\n0,0\n{}", CANARIES[0])),
    ];
    for (arguments, input) in cases {
        let mut child = house.command(arguments).spawn().expect("the program starts");
        let before = house.files();
        let mut pipe = child.stdin.take().expect("standard input is piped");
        pipe.write_all(input.as_bytes()).and_then(|()| pipe.flush()).expect("the program reads");
        wait_until_asleep(&child);
        let [words, environ, name] = <[Vec<u8>; 3]>::try_from(seen_from_outside(child.id())).expect("three");
        let mut given = vec![house::PROGRAM];
        given.extend(arguments);
        assert_eq!(texts(&words), given, "the program changed its arguments");
        let mut found = texts(&environ);
        found.sort();
        assert_eq!(found, wanted, "the program changed its environment");
        assert!(!sings(&String::from_utf8_lossy(&name)));
        unchanged(&house, &before, arguments);
        child.stdin = Some(pipe);
        let outcome = house::finish(child, b"");
        quiet(&outcome, arguments);
    }
}

/// The texts of a list that ends each with a zero byte.
fn texts(bytes: &[u8]) -> Vec<String> {
    let parts = bytes.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

#[test]
fn a_sitting_on_the_full_screen_leaves_no_file_and_no_trace_of_itself_outside() {
    let house = House::new();
    let before = house.files();
    let arguments = ["take", "phq-9", "--region", "US"];
    let mut glass = Glass::start(&house, (40, 80), &arguments);
    glass.sees("Before you start");
    glass.types_and_sees("\r", "PHQ-9 · 1 of");
    for place in 2..=9 {
        glass.types_and_sees("d", &format!("PHQ-9 · {place} of"));
    }
    glass.types_and_sees("d", "Thank you for saying");
    let open = fs::read_dir(format!("/proc/{}/fd", glass.pid())).expect("open files");
    for file in open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok()) {
        let name = file.display().to_string();
        assert!(["/dev/pts/", "pipe:", "socket:", "/dev/ptmx", "/dev/tty"].iter().any(|kind| name.starts_with(kind)), "{name} is open");
    }
    let seen = seen_from_outside(glass.pid());
    assert!(!seen.iter().any(|part| String::from_utf8_lossy(part).contains("several")));
    unchanged(&house, &before, &arguments);
    glass.reads_on_to("PHQ-9 · 10 of");
    glass.types("\u{3}");
    glass.ends_with(130);
    unchanged(&house, &before, &arguments);
}

#[test]
fn only_settings_and_an_asked_for_output_write_anything() {
    let house = House::new();
    house.long_questionnaire();
    house.write("in.csv", "1,2\n0,3\n");
    let before = house.files();
    let cases: [(&[&str], &str); 17] = [
        (&[], ""),
        (&["--version"], ""),
        (&["--help"], ""),
        (&["crisis"], ""),
        (&["crisis", "--region", "DE"], ""),
        (&["settings"], ""),
        (&["questionnaire", "list"], ""),
        (&["questionnaire", "schema"], ""),
        (&["questionnaire", "check", "made/long-two"], ""),
        (&["score", "phq-9"], "a,a,a,a,a,a,a,a,b"),
        (&["score", "phq-9", "--json"], "a,a,a,a,a,a,a,a,x"),
        (&["score", "phq-2", "--input", "in.csv", "--coding", "points"], ""),
        (&["take", "phq-9", "--plain"], "b\nb\nb\nb\nb\nb\nb\nb\nb\na\n\n"),
        (&["take", "phq-2", "gad-2", "--plain", "--numbers", "--no-save"], "b\nb\n\nb\nb\n\n"),
        (&["take", "phq-9", "--plain", "--mode", "interview"], "b\nb\nb\nb\nb\nb\nb\nb\nb\na\n\n"),
        (&["take", "epds", "--plain", "--mode", "paper", "--taken-on", "2026-01-01"], "a\na\na\na\na\na\na\na\na\na\n"),
        (&["take", "long-two", "--plain", "--questionnaires", "made"], "w\nw\n"),
    ];
    for (arguments, input) in cases {
        house.run(arguments, input).ends_with(0);
        unchanged(&house, &before, arguments);
    }
    house.run(&["score", "phq-2", "--input", "in.csv", "--output", "out.csv", "--coding", "points"], "").ends_with(0);
    let new: Vec<_> = house.files().into_keys().filter(|path| !before.contains_key(path)).collect();
    assert_eq!(new, [house.here().join("out.csv")], "the output and nothing beside it");
    let before = house.files();
    house.run(&["settings", "region", "US"], "").ends_with(0);
    let new: Vec<_> = house.files().into_iter().filter(|(path, _)| !before.contains_key(path) && path.is_file()).collect();
    let [(path, content)] = new.as_slice() else { panic!("settings are one file: {new:?}") };
    assert!(path.ends_with("settings.json") && path.starts_with(house.root().join("config")));
    assert_eq!(String::from_utf8_lossy(content).split_whitespace().collect::<String>(), r#"{"format":1,"region":"US"}"#);
}
