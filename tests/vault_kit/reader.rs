//! The Python reader of `tests/vault/`, run on a vault.
//!
//! Needs the packages of `tests/vault/requirements.txt` and sets them up below the build folder; `VAULT_PYTHON` names another
//! interpreter that has them; `PERISCREEN_NO_PYTHON=1` leaves its tests out, saying so.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    sync::Mutex,
};

use serde_json::Value;

/// One test at a time sets the packages up.
static SETTING_UP: Mutex<()> = Mutex::new(());

/// An interpreter with the packages: the one `VAULT_PYTHON` names, else one set up below the build folder on first use.
pub fn python() -> Option<String> {
    if let Ok(python) = env::var("VAULT_PYTHON") {
        return Some(python);
    }
    if env::var_os("PERISCREEN_NO_PYTHON").is_some() {
        return None;
    }
    let _alone = SETTING_UP.lock();
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

/// What the reader says of a vault, one value a line; the last is the verdict.
pub fn read(python: &str, folder: &Path, flags: &[&str], secret: &str) -> Vec<Value> {
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vault/reader.py");
    let mut running =
        Command::new(python).arg(reader).args(flags).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(format!("{secret}\n").as_bytes()).unwrap();
    let out = running.wait_with_output().unwrap();
    out.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).unwrap()).collect()
}
