//! The chain over all records: a link for each, and a head that says how many there are.

use hmac::Mac;
use rusqlite::{Connection, Row, types::ValueRef};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{
    Result, VaultError,
    format::{FORMAT, Kind, LABEL_HEAD, LABEL_LINK, record_aad},
    keys::Keys,
    meta, seal,
};

/// How many rows there are, and the link of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) count: u64,
    pub(super) link: [u8; 32],
}

impl Head {
    pub(super) const EMPTY: Self = Self { count: 0, link: [0; 32] };

    /// The stored head, its MAC found right, and the last row where it says.
    pub(super) fn load(connection: &Connection, keys: &Keys) -> Result<Self> {
        let stored: [u8; 72] = meta::value(connection, "head")?;
        let (count, rest) = stored.split_first_chunk::<8>().ok_or(tampered("head"))?;
        let (link, mac) = rest.split_first_chunk::<32>().ok_or(tampered("head"))?;
        let head = Self { count: u64::from_be_bytes(*count), link: *link };
        head.mac(keys).verify_slice(mac).map_err(|_| tampered("head"))?;
        let last: Option<i64> = connection.prepare_cached("SELECT max(seq) FROM rec")?.query_row([], |row| row.get(0))?;
        if u64::try_from(last.unwrap_or(0)) != Ok(head.count) {
            return Err(tampered("number of records"));
        }
        Ok(head)
    }

    pub(super) fn store(&self, connection: &Connection, keys: &Keys) -> Result<()> {
        let mut bytes = Vec::with_capacity(72);
        bytes.extend_from_slice(&self.count.to_be_bytes());
        bytes.extend_from_slice(&self.link);
        bytes.extend_from_slice(&self.mac(keys).finalize().into_bytes());
        meta::put(connection, "head", &bytes)
    }

    fn mac(&self, keys: &Keys) -> hmac::Hmac<Sha256> {
        keys.chain_mac()
            .chain_update(LABEL_HEAD)
            .chain_update(FORMAT.to_be_bytes())
            .chain_update(keys.vault)
            .chain_update(self.count.to_be_bytes())
            .chain_update(self.link)
    }

    /// Adds a link for the next row.
    pub(super) fn extend(&mut self, keys: &Keys, kind: Kind, tag: &[u8; 16], leaf: &[u8; 32]) {
        self.count += 1;
        self.link = keys
            .chain_mac()
            .chain_update(LABEL_LINK)
            .chain_update(self.count.to_be_bytes())
            .chain_update([kind.byte()])
            .chain_update(self.link)
            .chain_update(tag)
            .chain_update(leaf)
            .finalize()
            .into_bytes()
            .into();
    }
}

/// The leaf of a sealed body.
pub(super) fn leaf(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// A row of `rec` whose shape is right.
pub(super) struct Link<'row> {
    pub(super) seq: u64,
    pub(super) kind: Kind,
    pub(super) tag: [u8; 16],
    pub(super) leaf: [u8; 32],
    pub(super) body: Option<&'row [u8]>,
}

impl<'row> Link<'row> {
    /// Reads the columns `seq, kind, tag, leaf, body`.
    pub(super) fn read(row: &'row Row<'_>) -> Result<Self> {
        const SHAPE: VaultError = VaultError::Damaged { what: "record" };
        Ok(Self {
            seq: u64::try_from(row.get::<_, i64>(0)?).map_err(|_| tampered("order of records"))?,
            kind: Kind::from_number(row.get(1)?).ok_or(SHAPE)?,
            tag: fixed(row.get_ref(2)?).ok_or(SHAPE)?,
            leaf: fixed(row.get_ref(3)?).ok_or(SHAPE)?,
            body: row.get_ref(4)?.as_blob_or_null().map_err(|_| SHAPE)?,
        })
    }
}

fn fixed<const N: usize>(value: ValueRef<'_>) -> Option<[u8; N]> {
    value.as_blob().ok()?.try_into().ok()
}

/// Goes through every row, oldest first, and compares count, order, leaves, links and erasures
/// with the head. `each` sees a row before the whole is known to be right: it may count and
/// remember, not hand out. The table is read, never the index over tags.
pub(super) fn check(connection: &Connection, keys: &Keys, mut each: impl FnMut(&Link<'_>) -> Result<()>) -> Result<Head> {
    let head = Head::load(connection, keys)?;
    let mut found = Head::EMPTY;
    let (mut empty, mut erased) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare_cached("SELECT seq, kind, tag, leaf, body FROM rec NOT INDEXED ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let link = Link::read(row)?;
        if link.seq != found.count + 1 {
            return Err(tampered("order of records"));
        }
        match (link.kind, link.body) {
            (_, Some(body)) if leaf(body) != link.leaf => {
                return Err(VaultError::Damaged { what: "record" });
            }
            (Kind::Erasure, Some(body)) => erased.push(erasure(keys, &link, body)?),
            (Kind::Erasure, None) => return Err(tampered("erasures")),
            (Kind::Record, None) => empty.push(link.seq),
            (Kind::Record, Some(_)) => {}
        }
        found.extend(keys, link.kind, &link.tag, &link.leaf);
        each(&link)?;
    }
    if found.count != head.count {
        return Err(tampered("number of records"));
    }
    if !bool::from(found.link.ct_eq(&head.link)) {
        return Err(tampered("chain"));
    }
    erased.sort_unstable();
    if empty != erased {
        return Err(tampered("erasures"));
    }
    Ok(head)
}

/// The place that an erasure note names.
pub(super) fn erasure(keys: &Keys, link: &Link<'_>, body: &[u8]) -> Result<u64> {
    let aad = record_aad(&keys.vault, Kind::Erasure, link.seq, &link.tag);
    let plain = seal::open(&keys.record, &aad, body).ok_or(tampered("erasures"))?;
    let (_, payload) = super::envelope::unpack(&plain)?;
    payload.try_into().map(u64::from_be_bytes).map_err(|_| tampered("erasures"))
}

const fn tampered(what: &'static str) -> VaultError {
    VaultError::Tampered { what }
}
