//! Adding a record to the chain.

use rusqlite::{Connection, OptionalExtension};

use super::{
    RecordId, Result, Saved, Unlocked, VaultError,
    chain::{Head, leaf},
    envelope,
    format::{Kind, record_aad},
    keys::Keys,
    seal,
};

impl Unlocked {
    /// Saves a record straight into the chain. Durable on return; saving an id again, even one
    /// that was erased, changes nothing.
    ///
    /// # Errors
    /// As [`super::Locked::save`], and [`VaultError::Tampered`] when the head fails its check.
    pub fn append(&mut self, id: &RecordId, payload: &[u8]) -> Result<Saved> {
        let keys = &self.keys;
        self.locked.container.write(|vault| {
            let mut head = Head::load(vault, keys)?;
            let saved = add(vault, keys, &mut head, Kind::Record, id, payload)?;
            head.store(vault, keys)?;
            Ok(saved)
        })
    }

    /// Saves several records in one transaction: all of them or none. One answer a record.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_many(&mut self, records: &[(RecordId, Vec<u8>)]) -> Result<Vec<Saved>> {
        let keys = &self.keys;
        self.locked.container.write(|vault| {
            let mut head = Head::load(vault, keys)?;
            let saved =
                records.iter().map(|(id, payload)| add(vault, keys, &mut head, Kind::Record, id, payload)).collect::<Result<_>>()?;
            head.store(vault, keys)?;
            Ok(saved)
        })
    }
}

/// Adds a row after `head` and moves `head`; the caller stores it in the same transaction.
pub(super) fn add(vault: &Connection, keys: &Keys, head: &mut Head, kind: Kind, id: &RecordId, payload: &[u8]) -> Result<Saved> {
    let tag = keys.tag(id);
    if place_of(vault, &tag)?.is_some() {
        return Ok(Saved::AlreadyThere);
    }
    let seq = head.count + 1;
    let row = i64::try_from(seq).map_err(|_| VaultError::Full)?;
    let body = seal::seal(&keys.record, &record_aad(&keys.vault, kind, seq, &tag), &envelope::pack(id, payload)?)?;
    let leaf = leaf(&body);
    vault.prepare_cached("INSERT INTO rec(seq, kind, tag, leaf, body) VALUES(?1, ?2, ?3, ?4, ?5)")?.execute((
        row,
        kind.byte(),
        tag,
        leaf,
        body,
    ))?;
    head.extend(keys, kind, &tag, &leaf);
    Ok(Saved::New)
}

/// Where the row with this tag is, by the index.
pub(super) fn place_of(vault: &Connection, tag: &[u8; 16]) -> Result<Option<i64>> {
    Ok(vault.prepare_cached("SELECT seq FROM rec WHERE tag = ?1")?.query_row([tag], |row| row.get(0)).optional()?)
}
