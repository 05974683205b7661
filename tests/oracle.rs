//! The independent oracle (Python, typed from the publications) judges what the program scores: every complete EPDS sheet, every
//! PHQ-9 symptom sheet, and 100,000 random sheets with gaps and refusals of each questionnaire. Needs python3, nothing else.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test starts other programs and stops at the first surprise"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn oracle(arguments: &[&str]) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/oracle.py");
    let output =
        Command::new("python3").arg("-B").arg(script).args(arguments).output().expect("python3 is needed for the independent oracle");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "oracle {arguments:?}:\n{said}");
    said
}

fn judge(set: &str, questionnaire: &str, rows: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("oracle-{set}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the sheets");
    let path = |name: &str| -> PathBuf { folder.join(name) };
    let (sheets, scored) = (path("sheets.csv").display().to_string(), path("scored.csv").display().to_string());
    oracle(&["make", set, &sheets]);
    let status = Command::new(env!("CARGO_BIN_EXE_periscreen"))
        .args(["score", questionnaire, "--input", &sheets, "--output", &scored, "--coding", "positions-from-0", "--declined", "R"])
        .env("HOME", &folder)
        .status()
        .expect("the program runs");
    assert!(status.success(), "{set}: {status}");
    let said = oracle(&["check", set, &scored]);
    assert!(said.contains(rows), "{set}: expected {rows} rows, the oracle said: {said}");
    std::fs::remove_dir_all(&folder).expect("the folder goes again");
}

#[test]
fn every_complete_epds_sheet_scores_as_published() {
    judge("epds-all", "epds", "1,048,576 rows");
}

#[test]
fn every_phq_9_symptom_sheet_scores_as_published() {
    judge("phq-9-all", "phq-9", "262,144 rows");
}

#[test]
fn random_sheets_with_gaps_and_refusals_score_as_published() {
    for (set, questionnaire) in [
        ("epds-gaps", "epds"),
        ("phq-9-gaps", "phq-9"),
        ("core-10-gaps", "core-10"),
        ("gad-7-gaps", "gad-7"),
        ("phq-2-gaps", "phq-2"),
        ("gad-2-gaps", "gad-2"),
    ] {
        judge(set, questionnaire, "100,000 rows");
    }
}

#[test]
fn the_oracle_sees_every_planted_fault() {
    let said = oracle(&["selftest"]);
    assert!(said.to_lowercase().contains("planted"), "{said}");
}
