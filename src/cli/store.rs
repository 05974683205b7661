//! The vault as commands use it: where it is, how it opens, and what its verdicts mean to people.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::settings_file::folders;
use crate::error::{Error, Kind, Result};
use crate::record::{Entry, History, Kept};
use crate::vault::{Locked, RecordId, Unlocked, VaultError};

/// Where the vault is: named, else in the data folder of this person.
pub(super) fn folder(context: &Context) -> Result<PathBuf> {
    let own = || folders().map(|folders| folders.data_dir().join("vault"));
    context.vault.clone().or_else(own).ok_or_else(|| {
        Error::new(Kind::NotFound, "There is no home folder in which a vault could be.").next("Name a folder with --vault DIR.")
    })
}

/// Opens the vault for saving; `None` where there is none.
pub(super) fn open(context: &Context) -> Result<Option<Locked>> {
    let Ok(folder) = folder(context) else { return Ok(None) };
    match Locked::open(&folder) {
        Ok(vault) => Ok(Some(vault)),
        Err(VaultError::NotFound) if context.vault.is_none() => Ok(None),
        Err(error) => Err(told(&error, &folder)),
    }
}

/// Opens and unlocks the vault.
pub(super) fn unlock(context: &Context) -> Result<Unlocked> {
    let folder = folder(context)?;
    let vault = Locked::open(&folder).map_err(|error| told(&error, &folder))?;
    let prompt = context.words.text("vault-passphrase");
    let passphrase = context.passphrases.borrow_mut().existing(&prompt)?;
    let unlocked = vault.unlock_with(&passphrase).map_err(|error| told(&error, &folder))?;
    notes(context, &unlocked)?;
    Ok(unlocked)
}

/// What the unlock found that somebody should know.
fn notes(context: &Context, vault: &Unlocked) -> Result<()> {
    let found = vault.absorbed();
    if found.quarantined > 0 {
        super::output::note(&context.words.count("vault-quarantined", usize::try_from(found.quarantined).unwrap_or(usize::MAX), &[]))?;
    }
    if found.waiting > 0 && !found.inbox_damaged {
        super::output::note(&context.words.text("vault-waiting"))?;
    }
    Ok(())
}

/// What the unlock could not read is missing from what was read; a script must see that in the status.
pub(super) fn complete(vault: &Unlocked, folder: &Path) -> Result<()> {
    let found = vault.absorbed();
    let what = if found.inbox_damaged {
        "The vault is damaged where new entries wait; they are missing here."
    } else if found.quarantined > 0 {
        "Entries that could not be opened were put aside; they are missing here."
    } else {
        return Ok(());
    };
    Err(Error::new(Kind::Io, what).path(folder).next("The other entries are whole. Keep the file as it is. See: periscreen vault verify"))
}

/// A verdict of the vault as an error for people: five sentences, five statuses.
pub(super) fn told(error: &VaultError, folder: &Path) -> Error {
    let (kind, what, next) = match error {
        VaultError::WrongPassphrase => {
            (Kind::Passphrase, "This passphrase does not open the vault.", "Nothing was changed; try again, or use the recovery code.")
        }
        VaultError::WrongRecoveryCode => {
            (Kind::Passphrase, "This recovery code does not open the vault.", "Nothing was changed; compare it with your note.")
        }
        VaultError::MistypedCode => {
            (Kind::Passphrase, "There is a typing error in the recovery code.", "It has nine groups of four letters and digits.")
        }
        VaultError::NoRecoveryCode => (Kind::Passphrase, "This vault was made without a recovery code.", "Only the passphrase opens it."),
        VaultError::Damaged { .. } => {
            (Kind::Io, "The vault is damaged.", "Nothing was changed. Keep the file as it is, and restore a backup elsewhere.")
        }
        VaultError::Tampered { .. } => (
            Kind::Io,
            "The vault was changed by something other than this program.",
            "Nothing was changed now. Keep the file as it is; do not rely on what it holds.",
        ),
        VaultError::Newer { .. } => {
            (Kind::Settings, "The vault was made by a newer periscreen.", "Use that version; this one leaves the file alone.")
        }
        VaultError::Busy => (Kind::Busy, "Another periscreen is using the vault.", "Nothing was changed; try again in a moment."),
        VaultError::NotFound => (Kind::NotFound, "There is no vault here.", "Make one with: periscreen vault create"),
        VaultError::AlreadyExists => {
            (Kind::CannotCreate, "There is a vault here already; it was not touched.", "Use it, or name another folder with --vault DIR.")
        }
        VaultError::Refused { .. } => {
            (Kind::CannotCreate, "The vault was refused.", "See SECURITY.md, or name another folder with --vault DIR.")
        }
        VaultError::Full => (Kind::Io, "The disk is full, so nothing was kept.", "Make room, then try again."),
        _ => (Kind::Io, "The vault could not be read or written.", "Try again; a repeated save does not keep anything twice."),
    };
    let detail = match error {
        VaultError::Damaged { .. }
        | VaultError::Tampered { .. }
        | VaultError::Refused { .. }
        | VaultError::Io { .. }
        | VaultError::Newer { .. } => {
            format!("{what} ({error})")
        }
        _ => what.to_owned(),
    };
    Error::new(kind, detail).path(folder).next(next)
}

/// Reads an entry; one that this version cannot read is a newer one.
pub(super) fn entry(payload: &[u8]) -> Result<Entry> {
    serde_json::from_slice(payload).map_err(|_| {
        Error::new(Kind::Settings, "The vault holds an entry that this version cannot read.")
            .next("It was made by a newer periscreen; use that one.")
    })
}

/// The bytes of an entry.
pub(super) fn payload(entry: &Entry) -> Result<Vec<u8>> {
    serde_json::to_vec(entry).map_err(|_| Error::new(Kind::Bug, "The result could not be put into JSON."))
}

/// A fresh random id.
pub(super) fn fresh_id() -> Result<RecordId> {
    RecordId::random().map_err(|_| Error::new(Kind::Io, "The system gave no random bytes, so nothing was kept.").next("Try again."))
}

/// Reads a record id: 26 letters and digits, or 32 hexadecimal digits with or without hyphens.
pub(super) fn id(text: &str) -> Result<RecordId> {
    let text = text.trim();
    if let Ok(id) = text.parse::<RecordId>() {
        return Ok(id);
    }
    let digits: String = text.chars().filter(|letter| *letter != '-').collect();
    let plain = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match u128::from_str_radix(&digits, 16).ok().filter(|_| plain) {
        Some(number) => Ok(RecordId::from_bytes(number.to_be_bytes())),
        None => {
            Err(Error::new(Kind::Data, "This is not the id of a record.")
                .next("An id has 26 letters and digits, as in: periscreen list --ids"))
        }
    }
}

/// The newest sittings, newest first; all of them without a limit. Amendments and voids are worked in.
pub(super) fn newest(vault: &mut Unlocked, folder: &Path, limit: Option<usize>) -> Result<Vec<Kept>> {
    let mut fetch = limit.map(|limit| limit.saturating_mul(2).max(64));
    loop {
        let records = vault.newest(fetch).map_err(|error| told(&error, folder))?;
        let all = fetch.is_none_or(|fetch| records.len() < fetch);
        let mut history = History::default();
        let mut kept = Vec::new();
        for record in &records {
            kept.extend(history.take(entry(&record.payload)?));
        }
        if let Some(limit) = limit.filter(|limit| all || kept.len() >= *limit) {
            kept.truncate(limit);
            return Ok(kept);
        }
        if all {
            return Ok(kept);
        }
        fetch = fetch.map(|fetch| fetch.saturating_mul(4));
    }
}

/// What was appended to put a sitting right, oldest first, each with its own id.
pub(super) fn corrections(vault: &mut Unlocked, folder: &Path, id: RecordId) -> Result<Vec<(RecordId, Entry)>> {
    let name = id.to_string();
    let mut found = Vec::new();
    let mut unreadable = None;
    let walked = vault.for_each(|record| {
        // Most entries do not name the id; only those that do are read.
        if record.id != id && std::str::from_utf8(record.payload).is_ok_and(|text| text.contains(&name)) {
            match entry(record.payload) {
                Ok(entry @ (Entry::Amendment { .. } | Entry::Void { .. })) => found.push((record.id, entry)),
                Ok(Entry::Administration(_)) => {}
                Err(error) => unreadable = Some(error),
            }
        }
        Ok::<(), VaultError>(())
    });
    walked.map_err(|error| told(&error, folder))?;
    unreadable.map_or(Ok(found), Err)
}
