//! Random bytes from the operating system, with an error instead of a panic.

use super::{Result, VaultError};

/// `N` random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::Randomness)?;
    Ok(bytes)
}
