//! Every vector of `tests/vault/vectors/`, written without this program, gets the expected verdict.
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

use std::{fs, io::Write, os::unix::fs::PermissionsExt, path::Path};

use periscreen::vault::{Locked, Refusal, Unlocked, VaultError};
use serde_json::Value;
use vault_kit::pass;

fn word(error: &VaultError) -> &'static str {
    match error {
        VaultError::WrongPassphrase => "wrong-passphrase",
        VaultError::WrongRecoveryCode => "wrong-recovery-code",
        VaultError::MistypedCode => "mistyped-code",
        VaultError::NoRecoveryCode => "no-recovery-code",
        VaultError::Damaged { .. } => "damaged",
        VaultError::Tampered { .. } => "tampered",
        VaultError::Newer { .. } => "newer",
        VaultError::Refused { why: Refusal::ForeignFile } => "foreign-file",
        VaultError::Refused { why: Refusal::EmptyFile } => "empty-file",
        VaultError::Refused { .. } => "refused",
        _ => "other",
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn apply(file: &Path, change: &Value) {
    if let Some(sql) = change.as_str() {
        rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap();
        return;
    }
    let mut target = fs::OpenOptions::new().write(true).open(file).unwrap();
    if let Some(length) = change["length"].as_u64() {
        target.set_len(length).unwrap();
    } else {
        std::io::Seek::seek(&mut target, std::io::SeekFrom::Start(change["at"].as_u64().unwrap())).unwrap();
        target.write_all(&hex(change["bytes"].as_str().unwrap())).unwrap();
    }
}

fn unlock(folder: &Path, how: &str, secret: &str) -> Result<Unlocked, VaultError> {
    let locked = Locked::open(folder)?;
    if how.ends_with("recovery") { locked.unlock_with_recovery(&secret.parse()?) } else { locked.unlock_with(&pass(secret)) }
}

fn list(vault: &mut Unlocked) -> Result<Vec<(String, String)>, VaultError> {
    let mut all = Vec::new();
    vault.for_each(|entry| {
        all.push((to_hex(entry.id.as_bytes()), to_hex(entry.payload)));
        Ok::<_, VaultError>(())
    })?;
    Ok(all)
}

fn pairs(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    value.as_array().into_iter().flatten().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

fn try_vector(folder: &Path, whole: &Value, vector: &Value) -> Result<(), VaultError> {
    let how = vector["unlock"].as_str().unwrap_or("passphrase");
    let mut vault = unlock(folder, how, whole["secrets"][how].as_str().unwrap())?;
    let records = list(&mut vault)?;
    let missing: Vec<_> = vector["missing"].as_array().into_iter().flatten().map(|id| id.as_str().unwrap()).collect();
    let mut wanted = pairs(&whole["records"]);
    wanted.retain(|(id, _)| !missing.contains(&id.as_str()));
    wanted.extend(pairs(&vector["extra"]));
    assert_eq!(records, wanted, "{}", vector["name"]);
    let number = |name: &str| vector[name].as_u64().unwrap_or(0);
    assert_eq!(vault.absorbed().quarantined, number("inbox_bad"), "{}", vector["name"]);
    assert_eq!(vault.absorbed().repeated, number("repeated"), "{}", vector["name"]);
    assert_eq!(vault.drafts()?.bad as u64, number("drafts_bad"), "{}", vector["name"]);
    // Listing and verifying agree about a whole vault, once the faults put aside are counted.
    let report = vault.verify(|_, _| {})?;
    let slot_fault = vector["name"] == "slot-other-flipped";
    assert_eq!(report.faults.is_empty(), !slot_fault, "{}: {report:?}", vector["name"]);
    Ok(())
}

#[test]
fn every_vector_gets_its_verdict() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vault/vectors");
    let whole: Value = serde_json::from_slice(&fs::read(home.join("vectors.json")).unwrap()).unwrap();
    let vectors = whole["vectors"].as_array().unwrap();
    assert!(vectors.len() >= 60);
    let mut wrong = Vec::new();
    for vector in vectors {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let file = folder.path().join("vault.db");
        fs::copy(home.join("good.db"), &file).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        vector["changes"].as_array().unwrap().iter().for_each(|change| apply(&file, change));
        let said = try_vector(folder.path(), &whole, vector).map_or_else(|error| word(&error), |()| "ok");
        if said != vector["verdict"] {
            wrong.push(format!("{}: expected {}, got {said}", vector["name"], vector["verdict"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
