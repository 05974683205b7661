//! What several tests of the vault need.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

pub mod home;
pub mod reader;

use periscreen::vault::{self, KdfParameters, Passphrase, RecordId, Unlocked};
use std::path::{Path, PathBuf};

pub const FLOOR: KdfParameters = KdfParameters::FLOOR;

/// A folder for a vault, not yet made, in one that goes away with the test.
pub struct Folder(#[allow(dead_code)] tempfile::TempDir, PathBuf);

impl Folder {
    pub fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("kept");
        Self(outer, inner)
    }

    pub fn path(&self) -> &Path {
        &self.1
    }
}

pub fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.as_bytes().to_vec()).unwrap()
}

/// A vault with `count` records in its chain; passphrase `p`.
pub fn filled(count: u32) -> (Folder, Unlocked) {
    let folder = Folder::new();
    let (mut open, _) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let records: Vec<_> = (0..count).map(|n| (RecordId::random().unwrap(), format!("record {n}").into_bytes())).collect();
    open.append_many(&records).unwrap();
    (folder, open)
}
