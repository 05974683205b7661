//! Making a vault: complete and under its name, or not at all.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
};

use rusqlite::TransactionBehavior;

use super::{
    KdfParameters, Locked, Passphrase, RecoveryCode, Result, Unlocked, VaultError,
    chain::Head,
    container,
    destroy::remove_unfinished,
    format::{APPLICATION_ID, FORMAT, JOURNAL_FILE, LOCK_FILE, NEW_PREFIX, VAULT_FILE},
    keys::{Keys, MasterKey},
    letter::Mailbox,
    meta::Facts,
    place,
    random::random,
    schema,
    slot::Slot,
    slot_table,
};

/// Makes a vault in `dir`, with a recovery code that is shown this once.
///
/// The folder and missing folders above it are made for the owner alone (0700). After an error
/// nothing that was made is left.
///
/// # Errors
/// [`VaultError::AlreadyExists`] where there is a vault; [`VaultError::Refused`] where the folder
/// is shared, linked or foreign; [`VaultError::Busy`] while another process makes one there.
pub fn create(dir: &Path, passphrase: &Passphrase, cost: &KdfParameters) -> Result<(Unlocked, RecoveryCode)> {
    let code = RecoveryCode::random()?;
    let vault = make(dir, passphrase, *cost, Some(&code))?;
    Ok((vault, code))
}

/// Makes a vault in `dir` that only the passphrase opens.
///
/// # Errors
/// As [`create`].
pub fn create_without_recovery(dir: &Path, passphrase: &Passphrase, cost: &KdfParameters) -> Result<Unlocked> {
    make(dir, passphrase, *cost, None)
}

fn make(dir: &Path, passphrase: &Passphrase, cost: KdfParameters, code: Option<&RecoveryCode>) -> Result<Unlocked> {
    container::new_enough(rusqlite::version_number())?;
    let mut undo = Undo::default();
    undo.make_folders(dir)?;
    let real = place::folder(dir)?;
    let file = real.join(VAULT_FILE);
    let lock = undo.lock(&real)?;
    if fs::symlink_metadata(&file).is_ok() {
        return Err(VaultError::AlreadyExists);
    }
    // A journal without its vault is a left-over: SQLite would play it into the new file.
    remove_if_there(&real.join(JOURNAL_FILE))?;
    remove_unfinished(&real)?;
    let draft = undo.new_file(&real)?;
    let master = MasterKey::random()?;
    fill(&draft, &master, passphrase, cost, code)?;
    // The lock keeps every other maker out between the look above and this rename.
    undo.files.push(file.clone());
    fs::rename(&draft, &file)?;
    place::flush_folder(&real)?;
    for folder in &undo.folders {
        folder.parent().map_or(Ok(()), place::flush_folder)?;
    }
    drop(lock);
    let vault = Unlocked::with_master(Locked::open(&real)?, master)?;
    undo.keep();
    Ok(vault)
}

/// Writes the whole vault into an empty file, in one transaction.
fn fill(file: &Path, master: &MasterKey, passphrase: &Passphrase, cost: KdfParameters, code: Option<&RecoveryCode>) -> Result<()> {
    let vault = random::<16>()?;
    let keys = Keys::derive(master, vault)?;
    let facts = Facts::new(&keys, &Mailbox::random(vault)?)?;
    let mut slots = vec![Slot::for_passphrase(&vault, master, passphrase, cost)?];
    if let Some(code) = code {
        slots.push(Slot::for_recovery(&vault, master, code)?);
    }
    let mut connection = container::connect(file)?;
    connection.execute_batch(&format!(
        "PRAGMA page_size=4096; PRAGMA auto_vacuum=NONE; PRAGMA encoding='UTF-8'; \
         PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={FORMAT}"
    ))?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::make(&transaction)?;
    facts.store(&transaction)?;
    for slot in &slots {
        slot_table::put(&transaction, slot)?;
    }
    Head::EMPTY.store(&transaction, &keys)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| VaultError::from(error))?;
    File::open(file)?.sync_all()?;
    Ok(())
}

/// What was made so far, removed again unless all went well.
#[derive(Default)]
struct Undo {
    /// Outermost first.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Undo {
    fn make_folders(&mut self, dir: &Path) -> Result<()> {
        let missing: Vec<_> = dir
            .ancestors()
            .filter(|folder| !folder.as_os_str().is_empty())
            .take_while(|folder| fs::symlink_metadata(folder).is_err())
            .collect();
        for folder in missing.into_iter().rev() {
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder)?;
            self.folders.push(folder.to_path_buf());
        }
        Ok(())
    }

    fn lock(&mut self, dir: &Path) -> Result<Option<File>> {
        let path = dir.join(LOCK_FILE);
        let was_there = fs::symlink_metadata(&path).is_ok();
        let lock = place::lock_file(dir)?;
        if let Some(file) = &lock {
            file.try_lock().map_err(std::io::Error::from)?;
        }
        if !was_there {
            self.files.push(path);
        }
        Ok(lock)
    }

    fn new_file(&mut self, dir: &Path) -> Result<PathBuf> {
        let name = format!("{NEW_PREFIX}{:08x}", u32::from_be_bytes(random()?));
        let path = dir.join(&name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        place::owner_only(&mut options);
        options.open(&path)?;
        self.files.push(dir.join(format!("{name}-journal")));
        self.files.push(path.clone());
        Ok(path)
    }

    fn keep(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        // The error that led here is the one to report; what cannot be removed stays.
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

pub(super) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
