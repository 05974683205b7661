//! Reading records: nothing is handed out before the whole chain was found right.

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::{
    RecordId, Result, Seq, Unlocked, VaultError,
    append::place_of,
    chain::{self, Head, Link},
    envelope,
    format::{Kind, record_aad},
    keys::Keys,
    seal,
};

/// A record that was opened; the payload is wiped on drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place.
    pub seq: Seq,
    /// Its name.
    pub id: RecordId,
    /// What was saved.
    pub payload: Zeroizing<Vec<u8>>,
}

/// A record as [`Unlocked::for_each`] shows it, for as long as the call lasts.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'row> {
    /// Its place.
    pub seq: Seq,
    /// Its name.
    pub id: RecordId,
    /// What was saved.
    pub payload: &'row [u8],
}

/// What there is under an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The record.
    Record(Record),
    /// The record was erased; its place is known.
    Erased(Seq),
    /// There never was such a record.
    Absent,
}

const BY_PLACE: &str = "SELECT seq, kind, tag, leaf, body FROM rec NOT INDEXED WHERE seq = ?1";

impl Unlocked {
    /// The newest records, newest first; all of them without a `limit`. Erased ones are left out.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] or [`VaultError::Tampered`] when count, order, a leaf or the chain
    /// of the *whole* vault is wrong; [`VaultError::Busy`], [`VaultError::Io`].
    pub fn newest(&mut self, limit: Option<usize>) -> Result<Vec<Record>> {
        let keys = &self.keys;
        self.locked.container.read(|vault| {
            chain::check(vault, keys, |_| Ok(()))?;
            let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1);
            let mut statement = vault.prepare_cached(
                "SELECT seq, kind, tag, leaf, body FROM rec NOT INDEXED \
                 WHERE kind = 0 AND body IS NOT NULL ORDER BY seq DESC LIMIT ?1",
            )?;
            let mut rows = statement.query([limit])?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                records.extend(open(keys, &Link::read(row)?)?);
            }
            Ok(records)
        })
    }

    /// Shows every record that is not erased to `each`, oldest first, after the whole chain was
    /// found right, all from one state of the vault. Memory does not grow with the vault.
    ///
    /// # Errors
    /// As [`Self::newest`], and whatever `each` returns, which ends the walk.
    pub fn for_each<E: From<VaultError>>(&mut self, mut each: impl FnMut(Entry<'_>) -> Result<(), E>) -> Result<(), E> {
        let keys = &self.keys;
        self.locked.container.read_for(|vault| {
            chain::check(vault, keys, |_| Ok(()))?;
            let sql = |error: rusqlite::Error| E::from(error.into());
            let mut statement = vault.prepare_cached("SELECT seq, kind, tag, leaf, body FROM rec NOT INDEXED ORDER BY seq").map_err(sql)?;
            let mut rows = statement.query([]).map_err(sql)?;
            while let Some(row) = rows.next().map_err(sql)? {
                if let Some(record) = open(keys, &Link::read(row)?)? {
                    each(Entry { seq: record.seq, id: record.id, payload: &record.payload })?;
                }
            }
            Ok(())
        })
    }

    /// The record with this id.
    ///
    /// A record that is there proves itself by its seal; that one is absent or erased is only
    /// believed after the whole chain was found right.
    ///
    /// # Errors
    /// As [`Self::newest`].
    pub fn get(&mut self, id: &RecordId) -> Result<Found> {
        let keys = &self.keys;
        self.locked.container.read(|vault| {
            let head = Head::load(vault, keys)?;
            let tag = keys.tag(id);
            match place_of(vault, &tag)? {
                Some(place) => found(vault, keys, &head, place, &tag),
                None => absent(vault, keys, &tag),
            }
        })
    }
}

fn found(vault: &Connection, keys: &Keys, head: &Head, place: i64, tag: &[u8; 16]) -> Result<Found> {
    const LOST: VaultError = VaultError::Damaged { what: "index of records" };
    let mut statement = vault.prepare_cached(BY_PLACE)?;
    let mut rows = statement.query([place])?;
    let link = Link::read(rows.next()?.ok_or(LOST)?)?;
    if link.tag != *tag || link.seq > head.count || link.kind != Kind::Record {
        return Err(LOST);
    }
    if let Some(record) = open_alone(keys, &link)? {
        return Ok(Found::Record(record));
    }
    chain::check(vault, keys, |_| Ok(()))?;
    Ok(Found::Erased(Seq::new(link.seq)))
}

/// The index may be damaged on its own: the rows themselves are asked.
fn absent(vault: &Connection, keys: &Keys, tag: &[u8; 16]) -> Result<Found> {
    let mut missed = false;
    chain::check(vault, keys, |link| {
        missed |= link.tag == *tag;
        Ok(())
    })?;
    if missed { Err(VaultError::Damaged { what: "index of records" }) } else { Ok(Found::Absent) }
}

/// As [`open`], for a row that no walk along the chain has compared with its leaf.
pub(super) fn open_alone(keys: &Keys, link: &Link<'_>) -> Result<Option<Record>> {
    if link.body.is_some_and(|body| chain::leaf(body) != link.leaf) {
        return Err(VaultError::Damaged { what: "record" });
    }
    open(keys, link)
}

/// Opens a row, or `None` for an erased record and for an erasure note.
pub(super) fn open(keys: &Keys, link: &Link<'_>) -> Result<Option<Record>> {
    let (Kind::Record, Some(body)) = (link.kind, link.body) else {
        return Ok(None);
    };
    let aad = record_aad(&keys.vault, link.kind, link.seq, &link.tag);
    let plain = seal::open(&keys.record, &aad, body).ok_or(VaultError::Tampered { what: "record" })?;
    let (id, payload) = envelope::unpack(&plain)?;
    if keys.tag(&id) != link.tag {
        return Err(VaultError::Tampered { what: "record" });
    }
    Ok(Some(Record { seq: Seq::new(link.seq), id, payload: Zeroizing::new(payload.to_vec()) }))
}
