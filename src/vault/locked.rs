//! A vault without its keys: it can be written to, and not read.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{
    Passphrase, RecoveryCode, Result, Unlocked, VaultError, container::Container, letter::Address, meta::Facts, slot::SlotKind, slot_table,
};

/// An open vault whose content is out of reach: it holds no secret.
pub struct Locked {
    pub(super) container: Container,
    pub(super) address: Address,
    dir: PathBuf,
}

impl Locked {
    /// Opens the vault in `dir` for saving.
    ///
    /// # Errors
    /// [`VaultError::NotFound`]; [`VaultError::Refused`] when it is shared, linked, foreign, empty
    /// or no regular file; [`VaultError::Newer`]; [`VaultError::Damaged`]; [`VaultError::Busy`].
    pub fn open(dir: &Path) -> Result<Self> {
        let mut container = Container::open(dir)?;
        let facts = container.read(|vault| Facts::load(vault))?;
        Ok(Self { container, address: facts.address, dir: dir.to_path_buf() })
    }

    /// Unlocks with the passphrase and takes in what waits in the inbox.
    ///
    /// The locked vault stays usable, whether this succeeds or not.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`]; [`VaultError::Damaged`] when the slot is not whole;
    /// [`super::Refusal::KdfOutOfRange`] before any work; [`VaultError::Tampered`] when the public
    /// key or the head fails its check.
    pub fn unlock_with(&self, passphrase: &Passphrase) -> Result<Unlocked> {
        let mut vault = Self::open(&self.dir)?;
        let slot = vault
            .container
            .read(|rows| slot_table::find(rows, SlotKind::Passphrase, &self.address.vault))?
            .ok_or(VaultError::Damaged { what: "key slot" })?;
        let master = slot.open_with(&vault.address.vault, passphrase)?;
        Unlocked::with_master(vault, master)
    }

    /// Unlocks with the recovery code and takes in what waits in the inbox.
    ///
    /// # Errors
    /// As [`Self::unlock_with`], but [`VaultError::WrongRecoveryCode`], and
    /// [`VaultError::NoRecoveryCode`] when the vault has none.
    pub fn unlock_with_recovery(&self, code: &RecoveryCode) -> Result<Unlocked> {
        let mut vault = Self::open(&self.dir)?;
        let slot = vault
            .container
            .read(|rows| slot_table::find(rows, SlotKind::Recovery, &self.address.vault))?
            .ok_or(VaultError::NoRecoveryCode)?;
        let master = slot.open_with_recovery(&vault.address.vault, code)?;
        Unlocked::with_master(vault, master)
    }
}

impl fmt::Debug for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Locked(..)")
    }
}
