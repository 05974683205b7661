//! Known answers of the primitives, and properties of what is built from them.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

mod vault_kit;

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use hpke::{Deserializable, Kem as _, OpModeR, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::X25519HkdfSha256};
use periscreen::vault::{self, RecordId, RecoveryCode, Unlocked, VaultError};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use vault_kit::{FLOOR, Folder, filled, pass};

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn sha256_hmac_hkdf() {
    assert_eq!(Sha256::digest(b"abc")[..], hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    // RFC 4231, case 2.
    let mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap().chain_update(b"what do ya want for nothing?").finalize();
    assert_eq!(mac.into_bytes()[..], hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    // RFC 5869, case 1.
    let mut out = [0; 42];
    hkdf::Hkdf::<Sha256>::new(Some(&hex("000102030405060708090a0b0c")), &[0x0b; 22])
        .expand(&hex("f0f1f2f3f4f5f6f7f8f9"), &mut out)
        .unwrap();
    assert_eq!(out[..], hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
}

#[test]
fn xchacha20_poly1305() {
    // draft-irtf-cfrg-xchacha-03, A.3.1.
    let key: Vec<u8> = (0x80..=0x9f).collect();
    let nonce: [u8; 24] = hex("404142434445464748494a4b4c4d4e4f5051525354555657").try_into().unwrap();
    let aad = hex("50515253c0c1c2c3c4c5c6c7");
    let msg = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let sealed = XChaCha20Poly1305::new_from_slice(&key).unwrap().encrypt(&XNonce::from(nonce), Payload { msg, aad: &aad }).unwrap();
    assert_eq!(sealed[..16], hex("bd6d179d3e83d43b9576579493c0e939"));
    assert_eq!(sealed[sealed.len() - 16..], hex("c0875924c1c7987947deafd8780acf49"));
}

#[test]
fn argon2id() {
    // RFC 9106, 5.3.
    let params =
        ParamsBuilder::new().m_cost(32).t_cost(3).p_cost(4).data(AssociatedData::new(&[4; 12]).unwrap()).output_len(32).build().unwrap();
    let mut out = [0; 32];
    Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)
        .unwrap()
        .hash_password_into(&[1; 32], &[2; 16], &mut out)
        .unwrap();
    assert_eq!(out[..], hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}

#[test]
fn hpke_base_x25519_chacha() {
    // RFC 9180, A.2.1.1, sequence number 0.
    let private =
        <X25519HkdfSha256 as hpke::Kem>::PrivateKey::from_bytes(&hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"))
            .unwrap();
    let public = hpke::Serializable::to_bytes(&X25519HkdfSha256::sk_to_pk(&private));
    assert_eq!(public[..], hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
    let enc =
        <X25519HkdfSha256 as hpke::Kem>::EncappedKey::from_bytes(&hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"))
            .unwrap();
    let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private,
        &enc,
        b"Ode on a Grecian Urn",
        &hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"),
        b"Count-0",
    )
    .unwrap();
    assert_eq!(plain, b"Beauty is truth, truth beauty");
}

fn all(vault: &mut Unlocked) -> Vec<(RecordId, Vec<u8>)> {
    vault.newest(None).unwrap().into_iter().rev().map(|record| (record.id, record.payload.to_vec())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_saved_is_read_back(payloads in prop::collection::vec((any::<[u8; 16]>(), prop::collection::vec(any::<u8>(), 0..1200), any::<bool>()), 0..12)) {
        let (_folder, mut open) = filled(0);
        let mut wanted: Vec<(RecordId, Vec<u8>)> = Vec::new();
        for (id, payload, straight) in payloads {
            let id = RecordId::from_bytes(id);
            if straight {
                open.append(&id, &payload).unwrap();
            } else {
                open.as_locked().save(&id, &payload).unwrap();
                open.absorb().unwrap();
            }
            if wanted.iter().all(|(known, _)| *known != id) {
                wanted.push((id, payload));
            }
        }
        prop_assert_eq!(all(&mut open), wanted);
    }

    #[test]
    fn ids_and_codes_never_panic(text in ".{0,60}", bytes in any::<[u8; 16]>()) {
        let _ = text.parse::<RecordId>();
        let _ = text.parse::<RecoveryCode>();
        let id = RecordId::from_bytes(bytes);
        prop_assert_eq!(id.to_string().parse::<RecordId>(), Ok(id));
    }
}

#[test]
fn sizes_show_in_steps_of_256_only() {
    let folder = Folder::new();
    let mut open = vault::create_without_recovery(folder.path(), &pass("p"), &FLOOR).unwrap();
    for size in [0, 1, 200, 236, 237, 492, 493] {
        open.append(&RecordId::random().unwrap(), &vec![1; size]).unwrap();
    }
    let rows = rusqlite::Connection::open(folder.path().join("vault.db")).unwrap();
    let sizes: Vec<i64> = rows
        .prepare("SELECT length(body) - 40 FROM rec ORDER BY seq")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(sizes, [256, 256, 256, 256, 512, 512, 768]);
    assert_eq!(open.lock().unlock_with_recovery(&RecoveryCode::random().unwrap()).err(), Some(VaultError::NoRecoveryCode));
}
