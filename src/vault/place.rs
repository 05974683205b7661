//! The folder and the files of a vault: whose they are, who else can reach them, what they are.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::Read,
    path::{Path, PathBuf},
};

use super::{
    Refusal, Result, VaultError,
    format::{APPLICATION_ID, FORMAT, LOCK_FILE, VAULT_FILE},
};

/// SQLite's header is 100 bytes long.
const HEADER: usize = 100;
const DAMAGED: VaultError = VaultError::Damaged { what: "file header" };

/// A vault's folder and file, checked, as real paths without links.
pub(super) struct Place {
    pub(super) dir: PathBuf,
    pub(super) file: PathBuf,
}

impl Place {
    /// Checks folder and file before anything is opened.
    pub(super) fn check(dir: &Path) -> Result<Self> {
        let real = folder(dir)?;
        let file = real.join(VAULT_FILE);
        let facts = fs::symlink_metadata(&file)?;
        ordinary(&facts)?;
        private(&facts)?;
        if facts.len() == 0 {
            return Err(Refusal::EmptyFile.into());
        }
        header(&file)?;
        Ok(Self { dir: real, file })
    }
}

/// The real path of a folder that is a folder, ours, and nobody else's to enter.
pub(super) fn folder(dir: &Path) -> Result<PathBuf> {
    let facts = fs::symlink_metadata(dir)?;
    if facts.is_symlink() {
        return Err(Refusal::Linked.into());
    }
    if !facts.is_dir() {
        return Err(Refusal::NotRegular.into());
    }
    private(&facts)?;
    Ok(fs::canonicalize(dir)?)
}

/// A regular file with one name.
pub(super) fn ordinary(facts: &Metadata) -> Result<()> {
    if facts.is_symlink() {
        return Err(Refusal::Linked.into());
    }
    if !facts.is_file() {
        return Err(Refusal::NotRegular.into());
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(facts) > 1 {
        return Err(Refusal::Linked.into());
    }
    Ok(())
}

/// Ours, and closed to group and others. Other platforms rely on the profile's access list.
#[cfg(unix)]
pub(super) fn private(facts: &Metadata) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    if facts.uid() != rustix::process::geteuid().as_raw() {
        return Err(Refusal::ForeignOwner.into());
    }
    if facts.mode() & 0o077 != 0 {
        return Err(Refusal::Shared.into());
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn private(_facts: &Metadata) -> Result<()> {
    Ok(())
}

/// Reads the header by hand: SQLite would start to change a file whose header says WAL.
fn header(file: &Path) -> Result<()> {
    let mut bytes = [0_u8; HEADER];
    let mut source = File::open(file)?;
    source.read_exact(&mut bytes).map_err(|_| Refusal::ForeignFile)?;
    let field = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    if !bytes.starts_with(b"SQLite format 3\0") || field(68) != Some(APPLICATION_ID) {
        return Err(Refusal::ForeignFile.into());
    }
    let version = field(60).ok_or(DAMAGED)?;
    if version > FORMAT {
        return Err(VaultError::Newer { found: version, known: FORMAT });
    }
    // Page size 4096, rollback journal for writing and reading, no reserved bytes.
    if version != FORMAT || bytes.get(16..21) != Some(&[0x10, 0x00, 1, 1, 0]) {
        return Err(DAMAGED);
    }
    Ok(())
}

/// Opens the lock file, making it where it is missing. A file system that is read-only and has
/// none needs none: nobody can change the vault there.
pub(super) fn lock_file(dir: &Path) -> Result<Option<File>> {
    let path = dir.join(LOCK_FILE);
    match fs::symlink_metadata(&path) {
        Ok(facts) => {
            ordinary(&facts)?;
            private(&facts)?;
            return Ok(Some(File::open(&path)?));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    owner_only(&mut options);
    match options.open(&path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == std::io::ErrorKind::ReadOnlyFilesystem => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Mode 0600 for a file about to be made.
pub(super) fn owner_only(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _ = options;
}

/// Flushes the folder itself, so that a new or removed name survives a power cut.
pub(super) fn flush_folder(dir: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}
