//! A passphrase: bytes that are wiped when they go out of use.

use std::fmt;

use zeroize::Zeroizing;

use super::{Refusal, Result};

/// What a person types to unlock a vault. The bytes are wiped on drop and never shown.
///
/// The vault takes the bytes as they are: bring text into one Unicode form (NFC) before, or the
/// same word typed on another keyboard will not open the vault.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<Vec<u8>>);

impl Passphrase {
    /// The longest passphrase in bytes.
    pub const MAX_LEN: usize = 1024;

    /// Takes the bytes over; 1 to 1,024 of them.
    ///
    /// # Errors
    /// [`Refusal::PassphraseLength`] when empty or too long; the bytes are wiped then too.
    pub fn new(bytes: Vec<u8>) -> Result<Self> {
        let bytes = Zeroizing::new(bytes);
        if bytes.is_empty() || bytes.len() > Self::MAX_LEN {
            return Err(Refusal::PassphraseLength.into());
        }
        Ok(Self(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}
