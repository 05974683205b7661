//! Key slots: the master key wrapped once for the passphrase and once for the recovery code.

use chacha20poly1305::XChaCha20Poly1305;
use hkdf::Hkdf;
use sha2::{Digest, Sha256};

use super::{
    KdfParameters, Passphrase, RecoveryCode, Result, VaultError,
    format::{INFO_RECOVERY, VaultId, slot_aad},
    keys::{MasterKey, aead, expand},
    random::random,
    seal,
};

const DAMAGED: VaultError = VaultError::Damaged { what: "key slot" };
/// The first byte of the parameters: which recipe the rest is for.
const ARGON2ID: u8 = 1;
const HKDF_SHA256: u8 = 1;

/// What opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SlotKind {
    Passphrase,
    Recovery,
}

impl SlotKind {
    pub(super) const ALL: [Self; 2] = [Self::Passphrase, Self::Recovery];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
        }
    }

    /// The row of the slot; each kind has one.
    pub(super) const fn id(self) -> i64 {
        match self {
            Self::Passphrase => 1,
            Self::Recovery => 2,
        }
    }
}

/// A row of the table `slot`.
pub(super) struct Slot {
    pub(super) id: i64,
    pub(super) kind: String,
    pub(super) params: Vec<u8>,
    pub(super) wrapped: Vec<u8>,
    pub(super) sum: Vec<u8>,
}

impl Slot {
    /// Wraps the master key for a passphrase.
    pub(super) fn for_passphrase(vault: &VaultId, master: &MasterKey, passphrase: &Passphrase, cost: KdfParameters) -> Result<Self> {
        let salt = random::<16>()?;
        let mut params = vec![ARGON2ID];
        for number in [cost.memory_kib(), cost.passes(), cost.lanes()] {
            params.extend_from_slice(&number.to_be_bytes());
        }
        params.extend_from_slice(&salt);
        let cipher = aead(&cost.derive(passphrase, &salt)?);
        Self::wrap(vault, SlotKind::Passphrase, params, master, &cipher)
    }

    /// Wraps the master key for a recovery code.
    pub(super) fn for_recovery(vault: &VaultId, master: &MasterKey, code: &RecoveryCode) -> Result<Self> {
        let salt = random::<16>()?;
        let mut params = vec![HKDF_SHA256];
        params.extend_from_slice(&salt);
        Self::wrap(vault, SlotKind::Recovery, params, master, &recovery_cipher(code, &salt)?)
    }

    fn wrap(vault: &VaultId, kind: SlotKind, params: Vec<u8>, master: &MasterKey, cipher: &XChaCha20Poly1305) -> Result<Self> {
        let aad = slot_aad(vault, kind.id(), kind.text(), &params);
        let wrapped = seal::seal(cipher, &aad, master.bytes())?;
        let mut slot = Self { id: kind.id(), kind: kind.text().into(), params, wrapped, sum: Vec::new() };
        slot.sum = slot.sum_of(vault).to_vec();
        Ok(slot)
    }

    /// Whether the bytes are the ones that were written, as far as accidents go.
    pub(super) fn is_whole(&self, vault: &VaultId) -> bool {
        self.sum == self.sum_of(vault)
    }

    fn sum_of(&self, vault: &VaultId) -> [u8; 32] {
        let aad = slot_aad(vault, self.id, &self.kind, &self.params);
        Sha256::new().chain_update(aad).chain_update(&self.wrapped).finalize().into()
    }

    /// What a guess of the passphrase costs here.
    pub(super) fn cost(&self) -> Result<KdfParameters> {
        let (numbers, _) = self.argon2id()?;
        let [memory, passes, lanes] = numbers;
        KdfParameters::new(memory, passes, lanes)
    }

    /// The master key, if the passphrase is right; the limits are checked before any work.
    pub(super) fn open_with(&self, vault: &VaultId, passphrase: &Passphrase) -> Result<MasterKey> {
        let cost = self.cost()?;
        let (_, salt) = self.argon2id()?;
        self.unwrap_with(vault, &aead(&cost.derive(passphrase, &salt)?), VaultError::WrongPassphrase)
    }

    /// The master key, if the recovery code is right.
    pub(super) fn open_with_recovery(&self, vault: &VaultId, code: &RecoveryCode) -> Result<MasterKey> {
        let (recipe, salt) = self.params.split_first().ok_or(DAMAGED)?;
        let salt: [u8; 16] = salt.try_into().map_err(|_| DAMAGED)?;
        if *recipe != HKDF_SHA256 {
            return Err(DAMAGED);
        }
        self.unwrap_with(vault, &recovery_cipher(code, &salt)?, VaultError::WrongRecoveryCode)
    }

    fn unwrap_with(&self, vault: &VaultId, cipher: &XChaCha20Poly1305, wrong: VaultError) -> Result<MasterKey> {
        let aad = slot_aad(vault, self.id, &self.kind, &self.params);
        MasterKey::from_bytes(&seal::open(cipher, &aad, &self.wrapped).ok_or(wrong)?)
    }

    /// Memory, passes, lanes, and the salt.
    fn argon2id(&self) -> Result<([u32; 3], [u8; 16])> {
        let (recipe, rest) = self.params.split_first().ok_or(DAMAGED)?;
        let (numbers, salt) = rest.split_first_chunk::<12>().ok_or(DAMAGED)?;
        let salt = salt.try_into().map_err(|_| DAMAGED)?;
        if *recipe != ARGON2ID {
            return Err(DAMAGED);
        }
        let mut found = [0; 3];
        for (to, from) in found.iter_mut().zip(numbers.chunks_exact(4)) {
            *to = from.iter().fold(0, |number, &byte| number << 8 | u32::from(byte));
        }
        Ok((found, salt))
    }
}

/// The code has 160 random bits: no slow derivation is needed.
fn recovery_cipher(code: &RecoveryCode, salt: &[u8; 16]) -> Result<XChaCha20Poly1305> {
    let source = Hkdf::<Sha256>::new(Some(salt), code.bytes());
    Ok(aead(&expand(&source, INFO_RECOVERY)?))
}

/// Refuses a slot whose bytes changed by accident before anything is derived from it.
pub(super) fn whole(slot: Slot, vault: &VaultId) -> Result<Slot> {
    if slot.is_whole(vault) { Ok(slot) } else { Err(DAMAGED) }
}
