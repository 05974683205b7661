//! Names of records: random, chosen before the save, so that saving twice is saving once.

use std::{fmt, str::FromStr};

use super::{Result, VaultError, base32, random::random};

/// The random 128-bit name of a record, shown as 26 lower-case letters of Crockford base 32.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 16]);

impl RecordId {
    /// A new name.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] when the system gives no random bytes.
    pub fn random() -> Result<Self> {
        random().map(Self)
    }

    /// The name with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes of the name.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.0);
        // 26 letters hold 130 bits: the first letter carries the highest three.
        for place in (0..26).rev() {
            fmt::Write::write_char(f, base32::letter((number >> (place * 5) & 31) as u8))?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not the name of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record id has 26 letters and digits")
    }
}

impl std::error::Error for NotAnId {}

impl FromStr for RecordId {
    type Err = NotAnId;

    /// Reads 26 letters in any case, with look-alikes.
    fn from_str(text: &str) -> std::result::Result<Self, NotAnId> {
        if text.len() != 26 {
            return Err(NotAnId);
        }
        let mut number = 0_u128;
        for letter in text.chars() {
            let bits = base32::value(letter).ok_or(NotAnId)?;
            if number >> 123 != 0 {
                return Err(NotAnId);
            }
            number = number << 5 | u128::from(bits);
        }
        Ok(Self(number.to_be_bytes()))
    }
}

impl TryFrom<&[u8]> for RecordId {
    type Error = VaultError;

    fn try_from(bytes: &[u8]) -> Result<Self> {
        bytes.try_into().map(Self).map_err(|_| VaultError::Damaged { what: "record id" })
    }
}

/// The place of a record in the vault, from 1, in the order of saving, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(u64);

impl Seq {
    pub(super) const fn new(place: u64) -> Self {
        Self(place)
    }

    /// The place as a number, from 1.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}
