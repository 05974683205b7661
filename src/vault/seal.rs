//! XChaCha20-Poly1305 with a random nonce in front: nonce (24), ciphertext, tag (16).

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use super::{Result, VaultError, random::random};

/// Seals `plain`, bound to `aad`.
pub(super) fn seal(cipher: &XChaCha20Poly1305, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    seal_with_nonce(cipher, random::<24>()?, aad, plain)
}

pub(super) fn seal_with_nonce(cipher: &XChaCha20Poly1305, nonce: [u8; 24], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad }).map_err(|_| VaultError::Memory)?;
    let mut bytes = Vec::with_capacity(nonce.len() + sealed.len());
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

/// What `sealed` holds, or `None` when key, `aad` or a single bit differ.
pub(super) fn open(cipher: &XChaCha20Poly1305, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    let plain = cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad }).ok()?;
    Some(Zeroizing::new(plain))
}
