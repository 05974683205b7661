//! From a passphrase to a key: Argon2id within limits, so that a forged slot is no memory bomb.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::{Passphrase, Refusal, Result, VaultError};

/// How much work one guess of the passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfParameters {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KdfParameters {
    /// The least that is accepted: 19 MiB, two passes.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// What a new vault gets: 64 MiB, three passes, one lane.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The most that is accepted: 1 GiB, ten passes, four lanes.
    pub const CAP: Self = Self { memory_kib: 1024 * 1024, passes: 10, lanes: 4 };

    /// Parameters within [`Self::FLOOR`] and [`Self::CAP`]: memory in KiB, passes, lanes.
    ///
    /// # Errors
    /// [`Refusal::KdfOutOfRange`] outside those limits.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self> {
        let within = (Self::FLOOR.memory_kib..=Self::CAP.memory_kib).contains(&memory_kib)
            && (Self::FLOOR.passes..=Self::CAP.passes).contains(&passes)
            && (Self::FLOOR.lanes..=Self::CAP.lanes).contains(&lanes);
        if within { Ok(Self { memory_kib, passes, lanes }) } else { Err(Refusal::KdfOutOfRange.into()) }
    }

    /// Memory for one derivation, in KiB.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over that memory.
    #[must_use]
    pub const fn passes(self) -> u32 {
        self.passes
    }

    /// Lanes of that memory.
    #[must_use]
    pub const fn lanes(self) -> u32 {
        self.lanes
    }

    /// Argon2id, version 0x13, 32 bytes out.
    pub(super) fn derive(self, secret: &Passphrase, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| Refusal::KdfOutOfRange)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret.bytes(), salt, key.as_mut())
            .map_err(|_| VaultError::Memory)?;
        Ok(key)
    }
}

impl Default for KdfParameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}
