//! The constants of format 1 and the associated data that binds every sealed thing to its place.

use super::RecordId;

/// The format this program writes, and the newest it reads.
pub(super) const FORMAT: u32 = 1;
/// `application_id` in the SQLite header: the letters `PsVt`.
pub(super) const APPLICATION_ID: u32 = 0x5073_5674;
/// The file inside the vault's folder.
pub(super) const VAULT_FILE: &str = "vault.db";
/// SQLite's journal of that file, present only during a commit.
pub(super) const JOURNAL_FILE: &str = "vault.db-journal";
/// Held shared by everyone who uses the vault, alone by whoever makes or destroys it.
pub(super) const LOCK_FILE: &str = "vault.lock";
/// How the name of a vault in the making starts; eight hexadecimal digits follow.
pub(super) const NEW_PREFIX: &str = "vault.new-";

/// Labels; each ends in a zero byte, so that none is the beginning of another.
pub(super) const INFO_RECORD: &[u8] = b"periscreen key record\0";
pub(super) const INFO_CHAIN: &[u8] = b"periscreen key chain\0";
pub(super) const INFO_META: &[u8] = b"periscreen key meta\0";
pub(super) const INFO_TAG: &[u8] = b"periscreen key tag\0";
pub(super) const INFO_RECOVERY: &[u8] = b"periscreen key recovery\0";
pub(super) const RECOVERY_CHECK: &[u8] = b"periscreen recovery check\0";
const LABEL_RECORD: &[u8] = b"periscreen record\0";
const LABEL_PRIVATE: &[u8] = b"periscreen private\0";
const LABEL_SLOT: &[u8] = b"periscreen slot\0";
pub(super) const LABEL_META: &[u8] = b"periscreen meta\0";
pub(super) const LABEL_LINK: &[u8] = b"periscreen link\0";
pub(super) const LABEL_HEAD: &[u8] = b"periscreen head\0";
pub(super) const LABEL_TAG: &[u8] = b"periscreen tag\0";
const LABEL_INBOX: &[u8] = b"periscreen inbox\0";
const LABEL_DRAFT: &[u8] = b"periscreen draft\0";

/// The random 16 bytes that name a vault and go into every key and every seal.
pub(super) type VaultId = [u8; 16];

/// What a row of `rec` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Record = 0,
    /// The sealed note that an earlier record was erased.
    Erasure = 1,
}

impl Kind {
    pub(super) fn from_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Self::Record),
            1 => Some(Self::Erasure),
            _ => None,
        }
    }

    pub(super) const fn byte(self) -> u8 {
        self as u8
    }
}

/// What a letter is sealed for; a letter for one does not open as the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Inbox,
    Draft,
}

fn start(label: &[u8], vault: &VaultId) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(96);
    bytes.extend_from_slice(label);
    bytes.extend_from_slice(&FORMAT.to_be_bytes());
    bytes.extend_from_slice(vault);
    bytes
}

/// Associated data of a body: label, format, vault, kind, place, tag.
pub(super) fn record_aad(vault: &VaultId, kind: Kind, seq: u64, tag: &[u8; 16]) -> Vec<u8> {
    let mut bytes = start(LABEL_RECORD, vault);
    bytes.push(kind.byte());
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(tag);
    bytes
}

/// Associated data of the sealed private key: label, format, vault, public key.
pub(super) fn private_aad(vault: &VaultId, public: &[u8; 32]) -> Vec<u8> {
    let mut bytes = start(LABEL_PRIVATE, vault);
    bytes.extend_from_slice(public);
    bytes
}

/// Associated data of a slot: label, format, vault, row id, kind, parameters, each with its length.
pub(super) fn slot_aad(vault: &VaultId, id: i64, kind: &str, params: &[u8]) -> Vec<u8> {
    let mut bytes = start(LABEL_SLOT, vault);
    bytes.extend_from_slice(&id.to_be_bytes());
    for part in [kind.as_bytes(), params] {
        let len = u32::try_from(part.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&len.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// HPKE `info` of a letter: label, format, vault.
pub(super) fn letter_info(vault: &VaultId, purpose: Purpose) -> Vec<u8> {
    match purpose {
        Purpose::Inbox => start(LABEL_INBOX, vault),
        Purpose::Draft => start(LABEL_DRAFT, vault),
    }
}

/// HPKE associated data of a letter: the id of the record.
pub(super) fn letter_aad(id: &RecordId) -> [u8; 16] {
    *id.as_bytes()
}
