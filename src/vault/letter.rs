//! Letters: HPKE (RFC 9180) to the vault's public key, so that saving needs no secret.
//!
//! Base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, one message a context.

use std::convert::Infallible;

use hpke::{
    Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable,
    aead::ChaCha20Poly1305,
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    rand_core::{TryCryptoRng, TryRng},
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{
    RecordId, Result, VaultError, envelope,
    format::{Purpose, VaultId, letter_aad, letter_info},
    random::random,
};

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

const BAD_KEY: VaultError = VaultError::Damaged { what: "public key" };

/// A sealed record on its way: encapsulated key (32 bytes) and ciphertext.
pub(super) struct Letter {
    pub(super) enc: Vec<u8>,
    pub(super) body: Vec<u8>,
}

/// The public half: whoever has it can write letters and read none.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) vault: VaultId,
    pub(super) public: [u8; 32],
}

impl Address {
    pub(super) fn seal(&self, purpose: Purpose, id: &RecordId, payload: &[u8]) -> Result<Letter> {
        let public = PublicKey::from_bytes(&self.public).map_err(|_| BAD_KEY)?;
        let plain = envelope::pack(id, payload)?;
        let mut drawn = Drawn::new()?;
        let sealed = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            &letter_info(&self.vault, purpose),
            &plain,
            &letter_aad(id),
            &mut drawn,
        );
        // More was asked for than was drawn: the key would not be random.
        if drawn.exhausted {
            return Err(VaultError::Randomness);
        }
        let (enc, body) = sealed.map_err(|_| BAD_KEY)?;
        Ok(Letter { enc: enc.to_bytes().to_vec(), body })
    }
}

/// The private half, wiped on drop.
pub(super) struct Mailbox {
    private: PrivateKey,
    vault: VaultId,
}

impl Mailbox {
    /// A new pair of keys.
    pub(super) fn random(vault: VaultId) -> Result<Self> {
        let seed = Zeroizing::new(random::<32>()?);
        let (private, _) = X25519HkdfSha256::derive_keypair(seed.as_ref());
        Ok(Self { private, vault })
    }

    pub(super) fn from_bytes(vault: VaultId, bytes: &[u8]) -> Result<Self> {
        let private = PrivateKey::from_bytes(bytes).map_err(|_: HpkeError| VaultError::Damaged { what: "private key" })?;
        Ok(Self { private, vault })
    }

    pub(super) fn bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.private.to_bytes().into())
    }

    pub(super) fn address(&self) -> Address {
        let public = X25519HkdfSha256::sk_to_pk(&self.private).to_bytes().into();
        Address { vault: self.vault, public }
    }

    /// The payload of a letter, or why it does not open, in fixed words.
    pub(super) fn open(&self, purpose: Purpose, id: &RecordId, enc: &[u8], body: &[u8]) -> Result<Zeroizing<Vec<u8>>, &'static str> {
        let enc = EncappedKey::from_bytes(enc).map_err(|_| "key of wrong length")?;
        let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private,
            &enc,
            &letter_info(&self.vault, purpose),
            body,
            &letter_aad(id),
        )
        .map(Zeroizing::new)
        .map_err(|_| "does not open with this vault's key")?;
        match envelope::unpack(&plain) {
            Ok((inner, payload)) if inner == *id => Ok(Zeroizing::new(payload.to_vec())),
            _ => Err("wrong envelope"),
        }
    }
}

/// Random bytes drawn in advance, because HPKE's own source panics when the system has none.
#[derive(Zeroize, ZeroizeOnDrop)]
struct Drawn {
    bytes: [u8; 32],
    used: usize,
    exhausted: bool,
}

impl Drawn {
    fn new() -> Result<Self> {
        Ok(Self { bytes: random()?, used: 0, exhausted: false })
    }
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut word = [0; 4];
        self.try_fill_bytes(&mut word)?;
        Ok(u32::from_le_bytes(word))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut word = [0; 8];
        self.try_fill_bytes(&mut word)?;
        Ok(u64::from_le_bytes(word))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Infallible> {
        let end = self.used.saturating_add(target.len());
        match self.bytes.get(self.used..end) {
            Some(source) => target.copy_from_slice(source),
            None => self.exhausted = true,
        }
        self.used = end;
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

#[cfg(test)]
mod tests {
    use super::{Drawn, TryRng};

    #[test]
    fn bytes_that_were_not_drawn_are_noticed() {
        let mut drawn = Drawn::new().unwrap();
        let (mut first, mut second, mut third) = ([0; 16], [0; 16], [0; 1]);
        let Ok(()) = drawn.try_fill_bytes(&mut first);
        let Ok(()) = drawn.try_fill_bytes(&mut second);
        assert!(!drawn.exhausted && first != second);
        let Ok(()) = drawn.try_fill_bytes(&mut third);
        assert!(drawn.exhausted);
    }
}
