//! The vault's own facts: its id, its public key, its sealed private key.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::{
    Result, VaultError,
    format::{FORMAT, LABEL_META, VaultId, private_aad},
    keys::Keys,
    letter::{Address, Mailbox},
    seal,
};

/// What the table `meta` says without any key, its checksum found right.
pub(super) struct Facts {
    pub(super) address: Address,
    private: Vec<u8>,
}

impl Facts {
    /// Seals a new vault's private key.
    pub(super) fn new(keys: &Keys, mailbox: &Mailbox) -> Result<Self> {
        let address = mailbox.address();
        let aad = private_aad(&address.vault, &address.public);
        let private = seal::seal(&keys.meta, &aad, mailbox.bytes().as_ref())?;
        Ok(Self { address, private })
    }

    /// Reads the facts and checks their sum: it finds accidents, not forgery.
    pub(super) fn load(connection: &Connection) -> Result<Self> {
        let format = u32::from_be_bytes(value(connection, "format")?);
        if format > FORMAT {
            return Err(VaultError::Newer { found: format, known: FORMAT });
        }
        let vault: VaultId = value(connection, "vault")?;
        let public = value(connection, "public")?;
        let private = value::<72>(connection, "private")?.to_vec();
        let facts = Self { address: Address { vault, public }, private };
        if format != FORMAT || value(connection, "sum")? != facts.sum() {
            return Err(VaultError::Damaged { what: "vault facts" });
        }
        Ok(facts)
    }

    pub(super) fn store(&self, connection: &Connection) -> Result<()> {
        put(connection, "format", &FORMAT.to_be_bytes())?;
        put(connection, "vault", &self.address.vault)?;
        put(connection, "public", &self.address.public)?;
        put(connection, "private", &self.private)?;
        put(connection, "sum", &self.sum())
    }

    /// Opens the private key and compares its public half with the one letters are sealed to.
    pub(super) fn mailbox(&self, keys: &Keys) -> Result<Mailbox> {
        const SWAPPED: VaultError = VaultError::Tampered { what: "public key" };
        let aad = private_aad(&self.address.vault, &self.address.public);
        let private = seal::open(&keys.meta, &aad, &self.private).ok_or(SWAPPED)?;
        let mailbox = Mailbox::from_bytes(self.address.vault, &private)?;
        if mailbox.address().public == self.address.public { Ok(mailbox) } else { Err(SWAPPED) }
    }

    fn sum(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(LABEL_META)
            .chain_update(FORMAT.to_be_bytes())
            .chain_update(self.address.vault)
            .chain_update(self.address.public)
            .chain_update(&self.private)
            .finalize()
            .into()
    }
}

/// A value of exactly `N` bytes.
pub(super) fn value<const N: usize>(connection: &Connection, key: &'static str) -> Result<[u8; N]> {
    let bytes: Option<Vec<u8>> =
        connection.prepare_cached("SELECT v FROM meta WHERE k = ?1")?.query_row([key], |row| row.get(0)).optional()?;
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(VaultError::Damaged { what: "vault facts" })
}

pub(super) fn put(connection: &Connection, key: &'static str, value: &[u8]) -> Result<()> {
    connection.prepare_cached("INSERT INTO meta(k, v) VALUES(?1, ?2) ON CONFLICT(k) DO UPDATE SET v = ?2")?.execute((key, value))?;
    Ok(())
}
