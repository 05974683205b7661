//! Saving without any secret: letters to the vault, in their own order.

use rusqlite::Connection;

use super::{Locked, RecordId, Result, format::Purpose, letter::Letter};

/// What a save found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The record was not there and is now.
    New,
    /// A record with this id was there already; it was left as it is.
    AlreadyThere,
}

impl Locked {
    /// Saves a record. On return it is durable: it survives a power cut.
    ///
    /// Saving the same id again changes nothing. After the first of the two was taken in at an
    /// unlock, this answers [`Saved::New`], and the next unlock drops the repetition.
    ///
    /// # Errors
    /// [`super::Refusal::PayloadTooLarge`] above 1 MiB; [`super::VaultError::Busy`],
    /// [`super::VaultError::Full`] or [`super::VaultError::Io`] from the disk: save again with the
    /// same id.
    pub fn save(&mut self, id: &RecordId, payload: &[u8]) -> Result<Saved> {
        let letter = self.address.seal(Purpose::Inbox, id, payload)?;
        self.container.write(|vault| insert(vault, id, &letter))
    }

    /// Saves several records in one transaction: all of them or none. One answer a record.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn save_many(&mut self, records: &[(RecordId, Vec<u8>)]) -> Result<Vec<Saved>> {
        // Sealing is the slow part: it is done before other writers are shut out.
        let letters =
            records.iter().map(|(id, payload)| Ok((id, self.address.seal(Purpose::Inbox, id, payload)?))).collect::<Result<Vec<_>>>()?;
        self.container.write(|vault| letters.iter().map(|(id, letter)| insert(vault, id, letter)).collect())
    }

    /// Saves a finished record and removes its draft, both or neither.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn save_finishing(&mut self, draft: &RecordId, id: &RecordId, payload: &[u8]) -> Result<Saved> {
        let letter = self.address.seal(Purpose::Inbox, id, payload)?;
        self.container.write(|vault| {
            vault.execute("DELETE FROM draft WHERE id = ?1", [draft.as_bytes()])?;
            insert(vault, id, &letter)
        })
    }
}

fn insert(vault: &Connection, id: &RecordId, letter: &Letter) -> Result<Saved> {
    let rows = vault.prepare_cached("INSERT INTO inbox(id, enc, body) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO NOTHING")?.execute((
        id.as_bytes(),
        &letter.enc,
        &letter.body,
    ))?;
    Ok(if rows == 0 { Saved::AlreadyThere } else { Saved::New })
}
