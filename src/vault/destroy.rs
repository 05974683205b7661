//! Removing a vault: the keys first, then the rest, and nothing that is not the vault's.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use super::{
    Refusal, Result,
    create::remove_if_there,
    format::{APPLICATION_ID, JOURNAL_FILE, LOCK_FILE, NEW_PREFIX, VAULT_FILE},
    place,
};

/// What is left after a vault was destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroyed {
    /// Whether the folder was empty then and was removed too.
    pub folder_removed: bool,
    /// Things in the folder that are not the vault's, and stayed.
    pub foreign: usize,
}

const PAGE: usize = 4096;

/// Destroys the vault in `dir`: overwrites the pages with the key slots, then everything else,
/// then removes the vault's own files, and the folder if nothing else is in it.
///
/// A damaged vault can be destroyed; a file that never was a vault is left alone. A disk may keep
/// old blocks, and copies elsewhere are not touched.
///
/// # Errors
/// [`super::VaultError::NotFound`]; [`super::VaultError::Busy`] while anybody has the vault open, this process
/// included; [`super::VaultError::Refused`]; [`super::VaultError::Io`]: try again.
pub fn destroy(dir: &Path) -> Result<Destroyed> {
    let real = place::folder(dir)?;
    let file = real.join(VAULT_FILE);
    place::ordinary(&fs::symlink_metadata(&file)?)?;
    let mut target = OpenOptions::new().read(true).write(true).open(&file)?;
    let lock = place::lock_file(&real)?;
    if let Some(lock) = &lock {
        lock.try_lock().map_err(std::io::Error::from)?;
    }
    if !is_ours(&mut target) {
        return Err(Refusal::ForeignFile.into());
    }
    // The journal may hold older pages, and would be played back into what is left.
    if let Ok(mut journal) = OpenOptions::new().write(true).open(real.join(JOURNAL_FILE)) {
        overwrite(&mut journal, 0)?;
    }
    remove_if_there(&real.join(JOURNAL_FILE))?;
    // The header goes last: until then an interrupted destruction can be taken up again.
    overwrite(&mut target, PAGE as u64)?;
    overwrite(&mut target, 0)?;
    drop(target);
    remove_if_there(&file)?;
    remove_unfinished(&real)?;
    remove_if_there(&real.join(LOCK_FILE))?;
    drop(lock);
    place::flush_folder(&real)?;
    let foreign = fs::read_dir(&real)?.count();
    let folder_removed = foreign == 0 && fs::remove_dir(&real).is_ok();
    Ok(Destroyed { folder_removed, foreign })
}

/// A SQLite file with our mark, or one that a destruction has already emptied.
fn is_ours(file: &mut File) -> bool {
    let mut header = [0_u8; 100];
    if file.read_exact(&mut header).is_err() {
        return false;
    }
    let marked = header.starts_with(b"SQLite format 3\0") && header.get(68..72) == Some(&APPLICATION_ID.to_be_bytes());
    marked || header.iter().all(|&byte| byte == 0)
}

/// Zeros from `start` to the end, the first pages (where the slots are) flushed before the rest.
fn overwrite(file: &mut File, start: u64) -> Result<()> {
    const FIRST: u64 = 16 * PAGE as u64;
    let zeros = vec![0_u8; 16 * PAGE];
    let len = file.metadata()?.len();
    let mut place = file.seek(SeekFrom::Start(start))?;
    while place < len {
        let part = usize::try_from(len - place).unwrap_or(usize::MAX).min(zeros.len());
        file.write_all(zeros.get(..part).unwrap_or_default())?;
        if place == start && len > FIRST {
            file.sync_data()?;
        }
        place += part as u64;
    }
    Ok(file.sync_all()?)
}

/// Vaults that were being made when the power went.
pub(super) fn remove_unfinished(dir: &Path) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let unfinished = entry.file_name().to_str().is_some_and(|name| {
            name.strip_prefix(NEW_PREFIX).is_some_and(|rest| {
                let digits = rest.strip_suffix("-journal").unwrap_or(rest);
                digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
        });
        if unfinished && entry.file_type()?.is_file() {
            remove_if_there(&entry.path())?;
        }
    }
    Ok(())
}
