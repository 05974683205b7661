//! What can be said about a vault without any secret.

use super::{KdfParameters, Locked, Result, absorb::waiting, format::FORMAT, slot::SlotKind, slot_table};

/// Counts and facts that stand in the file for everyone to see. None of it is authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The format of the file.
    pub format: u32,
    /// Rows in the chain: records, erased records, and notes of erasures.
    pub rows: u64,
    /// Saved records that the next unlock takes in.
    pub inbox: u64,
    /// Drafts.
    pub drafts: u64,
    /// Letters that were put aside because they do not open.
    pub quarantine: u64,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// What a guess of the passphrase costs; `None` when the slot is damaged.
    pub cost: Option<KdfParameters>,
    /// Whether a recovery code opens the vault.
    pub recovery: bool,
}

impl Locked {
    /// Looks at the vault.
    ///
    /// # Errors
    /// [`super::VaultError::Damaged`], [`super::VaultError::Busy`], [`super::VaultError::Io`].
    pub fn status(&mut self) -> Result<Status> {
        let bytes = self.container.size()?;
        let id = self.address.vault;
        self.container.read(|vault| {
            let count = |sql: &str| vault.query_row(sql, [], |row| row.get::<_, u64>(0));
            let passphrase = slot_table::find(vault, SlotKind::Passphrase, &id).ok().flatten();
            Ok(Status {
                format: FORMAT,
                rows: count("SELECT ifnull(max(seq), 0) FROM rec")?,
                inbox: waiting(vault)?,
                drafts: count("SELECT count(*) FROM draft")?,
                quarantine: count("SELECT count(*) FROM quarantine")?,
                bytes,
                cost: passphrase.and_then(|slot| slot.cost().ok()),
                recovery: slot_table::find(vault, SlotKind::Recovery, &id).is_ok_and(|slot| slot.is_some()),
            })
        })
    }
}
