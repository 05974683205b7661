//! The recovery code: 160 random bits on paper, with a checksum against typing errors.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Result, VaultError, base32, format::RECOVERY_CHECK, random::random};

/// Letters that carry the code, and letters of the checksum after them.
const CODE_LETTERS: usize = 32;
const CHECK_LETTERS: usize = 4;

/// The second way into a vault, for a forgotten passphrase: 160 random bits, wiped on drop.
///
/// Shown as nine groups of four letters of Crockford base 32, the last group being the checksum.
/// [`FromStr`] takes any case, spaces, hyphens, and O for 0, I or L for 1.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 20]);

impl RecoveryCode {
    /// A new code.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] when the system gives no random bytes.
    pub fn random() -> Result<Self> {
        random().map(Self)
    }

    /// The code as a person writes it down: nine groups of four, joined by hyphens. Wiped on drop.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let letters = Zeroizing::new(base32::encode(&self.0));
        let check: String = self.check().iter().map(|&value| base32::letter(value)).collect();
        let mut text = Zeroizing::new(String::with_capacity(44));
        for (place, letter) in letters.chars().chain(check.chars()).enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(letter.to_ascii_uppercase());
        }
        text
    }

    pub(super) const fn bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The first 20 bits of a hash of the code, as four five-bit values.
    fn check(&self) -> [u8; CHECK_LETTERS] {
        let hash = Sha256::new().chain_update(RECOVERY_CHECK).chain_update(self.0).finalize();
        let mut bits = hash.iter().take(3).fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) >> 4;
        let mut check = [0; CHECK_LETTERS];
        for value in check.iter_mut().rev() {
            *value = (bits & 31) as u8;
            bits >>= 5;
        }
        check
    }
}

impl PartialEq for RecoveryCode {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for RecoveryCode {}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

impl FromStr for RecoveryCode {
    type Err = VaultError;

    fn from_str(text: &str) -> Result<Self> {
        let mut values = Zeroizing::new(Vec::with_capacity(CODE_LETTERS + CHECK_LETTERS));
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
            if values.len() == CODE_LETTERS + CHECK_LETTERS {
                return Err(VaultError::MistypedCode);
            }
            values.push(base32::value(letter).ok_or(VaultError::MistypedCode)?);
        }
        let (code, check) = values.split_at_checked(CODE_LETTERS).ok_or(VaultError::MistypedCode)?;
        let bytes = Zeroizing::new(base32::pack(code));
        let code = Self(bytes.as_slice().try_into().map_err(|_| VaultError::MistypedCode)?);
        if code.check() != check {
            return Err(VaultError::MistypedCode);
        }
        Ok(code)
    }
}
