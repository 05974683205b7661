//! Erasing: the body goes, its place in the chain stays, a sealed note says so.

use rusqlite::Connection;

use super::{
    RecordId, Result, Saved, Unlocked, VaultError,
    absorb::absorb,
    append::{add, place_of},
    chain::{self, Head},
    format::Kind,
    keys::Keys,
};

/// What an erasure did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Records erased now.
    pub erased: u64,
    /// Ids under which there was no record, or that were erased before.
    pub absent: u64,
    /// Whether the file was rewritten, so that no copy is left in unused space. Where it was not,
    /// [`Unlocked::compact`] does it later.
    pub compacted: bool,
}

impl Unlocked {
    /// Erases one record for good.
    ///
    /// # Errors
    /// As [`Self::erase_many`].
    pub fn erase(&mut self, id: &RecordId) -> Result<Erased> {
        self.erase_many(std::slice::from_ref(id))
    }

    /// Erases records for good: the whole vault is checked, the inbox taken in, the bodies are
    /// removed in one transaction, and the file is rewritten. Backups are not touched, and a disk
    /// may keep old blocks. Rewriting needs memory of about the size of the file.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] or [`VaultError::Tampered`] before anything is changed;
    /// [`VaultError::Busy`], [`VaultError::Full`], [`VaultError::Io`].
    pub fn erase_many(&mut self, ids: &[RecordId]) -> Result<Erased> {
        let (keys, mailbox) = (&self.keys, &self.mailbox);
        let mut done = self.locked.container.write(|vault| {
            chain::check(vault, keys, |_| Ok(()))?;
            absorb(vault, keys, mailbox)?;
            erase(vault, keys, ids)
        })?;
        if done.erased > 0 {
            done.compacted = self.compact().is_ok();
        }
        Ok(done)
    }

    /// Rewrites the file without gaps. Needs memory of about the size of the file.
    ///
    /// # Errors
    /// [`VaultError::Busy`], [`VaultError::Full`], [`VaultError::Io`], [`VaultError::Memory`];
    /// the vault is as it was then.
    pub fn compact(&mut self) -> Result<()> {
        self.locked.container.compact()
    }
}

fn erase(vault: &Connection, keys: &Keys, ids: &[RecordId]) -> Result<Erased> {
    let mut head = Head::load(vault, keys)?;
    let mut done = Erased::default();
    for id in ids {
        let Some(place) = place_of(vault, &keys.tag(id))? else {
            done.absent += 1;
            continue;
        };
        let emptied =
            vault.prepare_cached("UPDATE rec SET body = NULL WHERE seq = ?1 AND kind = 0 AND body IS NOT NULL")?.execute([place])?;
        if emptied == 0 {
            done.absent += 1;
            continue;
        }
        let note = RecordId::random()?;
        match add(vault, keys, &mut head, Kind::Erasure, &note, &place.to_be_bytes())? {
            Saved::New => done.erased += 1,
            // Two random names alike: the transaction is given up rather than a note left out.
            Saved::AlreadyThere => return Err(VaultError::Randomness),
        }
    }
    head.store(vault, keys)?;
    Ok(done)
}
