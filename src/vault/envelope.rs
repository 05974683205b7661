//! Padding: what is sealed says its id and length and is filled up to whole buckets of 256 bytes.

use zeroize::Zeroizing;

use super::{RecordId, Refusal, Result, VaultError};

/// The largest payload in bytes (1 MiB).
pub const MAX_PAYLOAD: usize = 1 << 20;
/// Id and length before the payload.
pub(super) const HEADER: usize = 20;
const BUCKET: usize = 256;
const BROKEN: VaultError = VaultError::Damaged { what: "record envelope" };

/// Id, length (32 bit, big endian), payload, zeros up to the next multiple of 256 bytes.
pub(super) fn pack(id: &RecordId, payload: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let len = u32::try_from(payload.len()).map_err(|_| Refusal::PayloadTooLarge)?;
    if payload.len() > MAX_PAYLOAD {
        return Err(Refusal::PayloadTooLarge.into());
    }
    let full = (HEADER + payload.len()).next_multiple_of(BUCKET);
    // The whole capacity at once: a vector that grows leaves unwiped copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(full));
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(&len.to_be_bytes());
    bytes.extend_from_slice(payload);
    bytes.resize(full, 0);
    Ok(bytes)
}

/// The id and the payload inside an opened envelope.
pub(super) fn unpack(bytes: &[u8]) -> Result<(RecordId, &[u8])> {
    let (id, rest) = bytes.split_first_chunk::<16>().ok_or(BROKEN)?;
    let (len, rest) = rest.split_first_chunk::<4>().ok_or(BROKEN)?;
    let len = usize::try_from(u32::from_be_bytes(*len)).map_err(|_| BROKEN)?;
    let (payload, padding) = rest.split_at_checked(len).ok_or(BROKEN)?;
    let full = (HEADER + len).next_multiple_of(BUCKET);
    if len > MAX_PAYLOAD || bytes.len() != full || padding.iter().any(|&byte| byte != 0) {
        return Err(BROKEN);
    }
    Ok((RecordId::from_bytes(*id), payload))
}
