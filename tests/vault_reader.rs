//! The Python reader, written from docs/vault-format.md alone, reads what this program wrote.
//!
//! Needs the packages of `tests/vault/requirements.txt` and sets them up below the build folder; `VAULT_PYTHON` names another
//! interpreter that has them; `PERISCREEN_NO_PYTHON=1` leaves the test out, saying so.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

mod vault_kit;

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use periscreen::vault::{self, RecordId};
use serde_json::Value;
use vault_kit::{FLOOR, Folder, pass};

/// An interpreter with the packages: the one `VAULT_PYTHON` names, else one set up below the build folder on first use.
fn python() -> Option<String> {
    if let Ok(python) = env::var("VAULT_PYTHON") {
        return Some(python);
    }
    if env::var_os("PERISCREEN_NO_PYTHON").is_some() {
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vault-python");
    let python = folder.join("bin/python").display().to_string();
    let requirements = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vault/requirements.txt");
    let run = |program: &str, arguments: &[&str]| {
        let status =
            Command::new(program).args(arguments).status().unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
        assert!(status.success(), "{program} {arguments:?}: the packages of tests/vault/requirements.txt could not be set up");
    };
    let has = || {
        Command::new(&python)
            .args(["-c", "import argon2, cryptography, nacl"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !has() {
        run("python3", &["-m", "venv", "--clear", &folder.display().to_string()]);
        run(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]);
        assert!(has(), "the packages of tests/vault/requirements.txt do not import");
    }
    Some(python)
}

fn read(python: &str, folder: &Path, flags: &[&str], secret: &str) -> Vec<Value> {
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vault/reader.py");
    let mut running =
        Command::new(python).arg(reader).args(flags).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(format!("{secret}\n").as_bytes()).unwrap();
    let out = running.wait_with_output().unwrap();
    out.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).unwrap()).collect()
}

fn hex(id: &RecordId) -> String {
    id.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_python_reader_agrees() {
    let Some(python) = python() else {
        println!("skipped: PERISCREEN_NO_PYTHON is set");
        return;
    };
    let folder = Folder::new();
    let (mut open, code) = vault::create(folder.path(), &pass("wörd"), &FLOOR).unwrap();
    let mut ids: Vec<_> = (0..12).map(|_| RecordId::random().unwrap()).collect();
    let payload = |n: usize| format!("payload number {n} {}", "x".repeat(n * 97));
    for (n, id) in ids.iter().enumerate().take(8) {
        open.append(id, payload(n).as_bytes()).unwrap();
    }
    open.erase(&ids[4]).unwrap();
    for (n, id) in ids.iter().enumerate().skip(8) {
        open.as_locked().save(id, payload(n).as_bytes()).unwrap();
    }
    open.as_locked().save_draft(&ids[0], b"a draft").unwrap();
    let head = open.verify(|_, _| {}).unwrap().head;
    drop(open);
    ids.remove(4);
    for (flags, secret) in [(&[][..], "wörd".to_owned()), (&["--recovery"], code.text().to_lowercase())] {
        let lines = read(&python, folder.path(), flags, &secret);
        let (verdict, records) = lines.split_last().unwrap();
        assert_eq!((&verdict["verdict"], &verdict["head"]), (&"ok".into(), &head.clone().into()));
        assert_eq!((&verdict["drafts"], &verdict["drafts_bad"], &verdict["inbox_bad"]), (&1.into(), &0.into(), &0.into()));
        assert_eq!(
            records.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>(),
            ids.iter().map(hex).collect::<Vec<_>>()
        );
    }
    assert_eq!(read(&python, folder.path(), &[], "word")[0]["verdict"], "wrong-passphrase");
}
