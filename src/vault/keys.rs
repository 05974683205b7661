//! The master key and the keys derived from it, one for each use.

use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{
    RecordId, Result, VaultError,
    format::{INFO_CHAIN, INFO_META, INFO_RECORD, INFO_TAG, LABEL_TAG, VaultId},
    random::random,
};

/// The 32 random bytes that every slot wraps.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct MasterKey([u8; 32]);

impl MasterKey {
    pub(super) fn random() -> Result<Self> {
        random().map(Self)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        bytes.try_into().map(Self).map_err(|_| VaultError::Damaged { what: "key slot" })
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The keys of an unlocked vault; each wipes itself on drop.
pub(super) struct Keys {
    pub(super) vault: VaultId,
    pub(super) record: XChaCha20Poly1305,
    pub(super) meta: XChaCha20Poly1305,
    chain: Hmac<Sha256>,
    tag: Hmac<Sha256>,
}

impl Keys {
    /// HKDF-SHA256 with the vault's id as salt and one label for each key.
    pub(super) fn derive(master: &MasterKey, vault: VaultId) -> Result<Self> {
        let source = Hkdf::<Sha256>::new(Some(&vault), master.bytes());
        Ok(Self {
            vault,
            record: aead(&expand(&source, INFO_RECORD)?),
            meta: aead(&expand(&source, INFO_META)?),
            chain: mac(&expand(&source, INFO_CHAIN)?)?,
            tag: mac(&expand(&source, INFO_TAG)?)?,
        })
    }

    /// A fresh MAC under the chain key.
    pub(super) fn chain_mac(&self) -> Hmac<Sha256> {
        self.chain.clone()
    }

    /// The tag by which a record is found: it says nothing about the id without the key.
    pub(super) fn tag(&self, id: &RecordId) -> [u8; 16] {
        let full = self.tag.clone().chain_update(LABEL_TAG).chain_update(id.as_bytes()).finalize();
        let mut tag = [0; 16];
        for (to, from) in tag.iter_mut().zip(full.into_bytes()) {
            *to = from;
        }
        tag
    }
}

pub(super) fn expand(source: &Hkdf<Sha256>, info: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    // HKDF fails only beyond 255 blocks of output.
    source.expand(info, key.as_mut()).map_err(|_| VaultError::Memory)?;
    Ok(key)
}

pub(super) fn aead(key: &Zeroizing<[u8; 32]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}

fn mac(key: &Zeroizing<[u8; 32]>) -> Result<Hmac<Sha256>> {
    <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_ref()).map_err(|_| VaultError::Memory)
}
