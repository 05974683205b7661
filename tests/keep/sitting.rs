//! `take` where a vault is, and `resume`.

use std::io::{BufRead, BufReader, Read, Write};

use serde_json::json;

use crate::vault_kit::home::{Home, PASSPHRASE};

/// Runs `resume` with the passphrase on descriptor 3 and these lines.
fn resume(home: &Home, arguments: &[&str], lines: &str) -> crate::vault_kit::home::Said {
    home.read_with(PASSPHRASE, &[&["resume", "--plain"][..], arguments].concat(), lines)
}

#[test]
fn a_sitting_keeps_itself_where_a_vault_is() {
    let home = Home::new();
    let page = home.run(&["take", "phq-2", "--plain"], "a\nb\n\n").ok();
    assert!(page.contains("Nothing was kept"), "{page}");
    assert!(!home.vault().exists());
    home.read(&["vault", "create", "--recovery-to", "none"]).ok();
    let page = home.run(&["take", "phq-2", "--plain", "--no-save"], "a\nb\n\n").ok();
    assert!(page.contains("Nothing was kept"), "{page}");
    assert_eq!(home.ids().len(), 0);
    let page = home.run(&["take", "phq-2", "gad-2", "--plain"], "a\nb\n\nc\nd\n\n").ok();
    assert!(page.contains("Kept, encrypted."), "{page}");
    let list = home.read(&["list", "--json"]).json();
    let of = |name: &str| list.as_array().unwrap().iter().rev().map(|row| row[name].clone()).collect::<Vec<_>>();
    assert_eq!((of("questionnaire"), of("mode")), (vec![json!("phq-2"), json!("gad-2")], vec![json!("self"), json!("self")]));
    home.run(&["take", "epds", "--plain", "--mode", "paper", "--taken-on", "2026-03-09"], &("a\n".repeat(10) + "\n")).ok();
    let list = home.read(&["list", "--json", "--newest", "1"]).json();
    assert_eq!((&list[0]["taken_on"], &list[0]["mode"]), (&json!("2026-03-09"), &json!("paper")));
    assert!(home.run(&["vault", "status"], "").ok().contains("unfinished sittings: 0\n"));
    home.verify();
}

#[test]
fn a_stop_keeps_a_draft_and_resume_goes_on_at_the_right_place() {
    let home = Home::with_vault();
    assert!(resume(&home, &[], "").err.contains("No sitting is unfinished"));
    let said = home.run(&["take", "gad-7", "--plain"], "a\nb\nc\nq\n");
    assert!(said.out.contains("kept, encrypted"), "{said:?}");
    assert_eq!(said.status, Some(130));
    assert_eq!(home.ids().len(), 0, "unfinished is not kept");
    assert!(home.read(&["list"]).ok().contains("1 sitting is unfinished"));
    // A wrong passphrase loses nothing.
    home.read_with("wrong", &["resume", "--plain"], "d\n").failed(77);
    let said = resume(&home, &[], "d\n");
    assert!(said.out.contains("question 4 of 7"), "{said:?}");
    assert_eq!(said.status, Some(130), "stopped again by the end of input");
    let said = resume(&home, &[], "a\na\na\n\n");
    assert!(said.out.contains("question 5 of 7") && said.out.contains("Kept, encrypted."), "{said:?}");
    said.ok();
    assert!(home.run(&["vault", "status"], "").ok().contains("unfinished sittings: 0\n"));
    let id = home.ids().remove(0);
    let shown = home.read(&["show", "--json", &id]).json();
    let scored = home.run(&["score", "gad-7", "--json"], "a,b,c,d,a,a,a").json();
    assert_eq!((&shown["answers"], &shown["scales"]), (&scored["answers"], &scored["scales"]));
    assert!(resume(&home, &[], "").err.contains("No sitting is unfinished"));
}

#[test]
fn several_unfinished_are_named_by_id() {
    let home = Home::with_vault();
    for name in ["phq-2", "gad-2"] {
        assert_eq!(home.run(&["take", name, "--plain"], "a\n").status, Some(130));
    }
    let said = resume(&home, &[], "b\n\n");
    let listed: Vec<String> = said.out.lines().map(str::to_owned).collect();
    said.failed(64);
    let id = listed.iter().find(|line| line.contains("GAD-2")).unwrap().split(' ').next().unwrap().to_owned();
    resume(&home, &["00000000000000000000000000"], "b\n\n").failed(66);
    resume(&home, &[&id], "b\n\n").ok();
    assert_eq!(home.ids(), [id], "the draft's id becomes the record's");
    resume(&home, &[], "b\n\n").ok();
    assert_eq!(home.ids().len(), 2);
}

#[test]
fn an_endorsed_item_is_sealed_at_once_and_shown_first() {
    let home = Home::with_vault();
    let mut running = home.command(&["take", "phq-9", "--plain"]).spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    input.write_all("a\n".repeat(8).as_bytes()).unwrap();
    input.write_all(b"b\n").unwrap();
    // The card is shown only after the answer is sealed: then the end comes without any word.
    let mut out = BufReader::new(running.stdout.take().unwrap());
    let mut seen = String::new();
    while !seen.contains("Help now") {
        assert!(out.read_line(&mut seen).unwrap() > 0, "{seen}");
    }
    running.kill().unwrap();
    running.wait().unwrap();
    drop((out.read_to_string(&mut seen), input));

    let page = home.read(&["list"]).ok();
    assert!(page.contains("ENDORSED") && page.contains("1 sitting is unfinished"), "the alert of a draft is an alert: {page}");
    let said = resume(&home, &[], "");
    let place = |text: &str| said.out.find(text).unwrap_or_else(|| panic!("{text}: {said:?}"));
    assert!(place("ENDORSED") < place("Going on"), "{said:?}");
    assert!(said.out.contains("question 10 of 10"), "{said:?}");
}

#[test]
fn an_alert_of_a_draft_is_shown_even_where_its_questionnaire_is_gone() {
    let home = Home::with_vault();
    let folder = home.beside("own");
    let copy = folder.join("other-phq");
    std::fs::create_dir_all(&copy).unwrap();
    for file in ["questionnaire.json", "cases.json", "en.json"] {
        let text = std::fs::read_to_string(format!("{}/questionnaires/phq-9/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        std::fs::write(copy.join(file), text.replace("\"id\": \"phq-9\"", "\"id\": \"other-phq\"")).unwrap();
    }
    let lines = "a\n".repeat(8) + "b\n";
    let said = home.run(&["take", "other-phq", "--plain", "--questionnaires", folder.to_str().unwrap()], &lines);
    assert_eq!(said.status, Some(130), "{said:?}");
    assert_eq!(home.run(&["take", "phq-2", "--plain"], "a\n").status, Some(130));
    assert!(home.read(&["list"]).ok().contains("ENDORSED"));
    // The other one goes on all the same, after the alert.
    let said = resume(&home, &[], "b\n\n");
    assert!(said.out.contains("ENDORSED"), "{said:?}");
    said.ok();
    assert_eq!(home.ids().len(), 1);
}

#[test]
fn a_sitting_that_cannot_be_kept_never_says_that_it_is() {
    let home = Home::with_vault();
    let mut running = home.command(&["take", "phq-2", "gad-2", "--plain"]).spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    let mut out = BufReader::new(running.stdout.take().unwrap());
    let mut until = |text: &str| {
        let mut seen = String::new();
        while !seen.contains(text) {
            assert!(out.read_line(&mut seen).unwrap() > 0, "{text}: {seen}");
        }
        seen
    };
    input.write_all(b"a\nb\n").unwrap();
    until("An empty line accepts");
    // The disk goes away under the first sitting and is back for the second.
    let (file, away) = (home.vault().join("vault.db"), home.vault().join("away"));
    std::fs::rename(&file, &away).unwrap();
    input.write_all(b"\n").unwrap();
    until("could not be kept");
    std::fs::rename(&away, &file).unwrap();
    input.write_all(b"n\nc\nd\n\n").unwrap();
    drop(input);
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    let status = running.wait().unwrap();
    let list = home.read(&["list", "--json"]).json();
    let kept: Vec<&str> = list.as_array().unwrap().iter().map(|row| row["questionnaire"].as_str().unwrap()).collect();
    assert_eq!(kept, ["gad-2"], "the second is kept, under an id of its own");
    assert!(!rest.contains("Kept, encrypted."), "one of the two is lost: {status} {rest}");
}
