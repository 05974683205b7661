//! Changing what opens the vault: one row in one transaction, so the old or the new works.

use super::{
    KdfParameters, Passphrase, RecoveryCode, Result, Unlocked,
    chain::Head,
    slot::{Slot, SlotKind},
    slot_table,
};

impl Unlocked {
    /// Replaces the passphrase. Interrupted at any moment, either the old or the new one works.
    ///
    /// The records are not sealed anew: who copied the file and knows the old passphrase can read
    /// that copy for ever.
    ///
    /// # Errors
    /// [`super::VaultError::Randomness`], [`super::VaultError::Memory`],
    /// [`super::VaultError::Busy`], [`super::VaultError::Full`], [`super::VaultError::Io`].
    pub fn change_passphrase(&mut self, new: &Passphrase, cost: &KdfParameters) -> Result<()> {
        let slot = Slot::for_passphrase(&self.keys.vault, &self.master, new, *cost)?;
        self.put_slot(&slot)
    }

    /// Makes a new recovery code; an earlier one stops working.
    ///
    /// # Errors
    /// As [`Self::change_passphrase`].
    pub fn new_recovery_code(&mut self) -> Result<RecoveryCode> {
        let code = RecoveryCode::random()?;
        self.set_recovery_code(&code)?;
        Ok(code)
    }

    /// Lets `code` open the vault instead of an earlier one: for a code that was first shown and
    /// asked back.
    ///
    /// # Errors
    /// As [`Self::change_passphrase`].
    pub fn set_recovery_code(&mut self, code: &RecoveryCode) -> Result<()> {
        let slot = Slot::for_recovery(&self.keys.vault, &self.master, code)?;
        self.put_slot(&slot)
    }

    /// Takes the recovery code away; whether there was one.
    ///
    /// # Errors
    /// [`super::VaultError::Busy`], [`super::VaultError::Full`], [`super::VaultError::Io`].
    pub fn remove_recovery_code(&mut self) -> Result<bool> {
        self.locked.container.write(|vault| Ok(vault.execute("DELETE FROM slot WHERE id = ?1", [SlotKind::Recovery.id()])? > 0))
    }

    fn put_slot(&mut self, slot: &Slot) -> Result<()> {
        let keys = &self.keys;
        self.locked.container.write(|vault| {
            // A slot for these keys in a file of other keys would lock everyone out.
            Head::load(vault, keys)?;
            slot_table::put(vault, slot)
        })
    }
}
