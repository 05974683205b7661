//! A full disk and a read-only one, on small file systems in memory.
//!
//! `cargo test --test vault_disk -- --ignored`; needs the right to mount.
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
#![cfg(target_os = "linux")]

mod vault_kit;

use std::{fs, path::Path, process::Command};

use periscreen::vault::{self, Locked, RecordId, VaultError};
use vault_kit::{FLOOR, pass};

/// A file system of one MiB, unmounted at the end.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        mount(&["-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs"], dir.path());
        Self(dir)
    }

    fn remount(&self, how: &str) {
        mount(&["-o", &format!("remount,{how}")], self.0.path());
    }
}

fn mount(args: &[&str], at: &Path) {
    assert!(Command::new("mount").args(args).arg(at).status().unwrap().success());
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
#[ignore = "needs the right to mount"]
fn full_read_only_and_free_again() {
    let disk = Disk::new();
    let dir = disk.0.path().join("v");
    let (open, _) = vault::create(&dir, &pass("p"), &FLOOR).unwrap();
    let mut locked = open.lock();
    let mut saved = 0;
    for round in 0..20 {
        let ballast = disk.0.path().join("ballast");
        let mut size = 1 << 20;
        // Fill the disk to the last block.
        while size >= 512 {
            let mut all = fs::read(&ballast).unwrap_or_default();
            all.resize(all.len() + size, 1);
            if fs::write(&ballast, &all).is_err() {
                size /= 2;
            }
        }
        let id = RecordId::random().unwrap();
        let payload = vec![round; 9000];
        assert_eq!(locked.save(&id, &payload).err(), Some(VaultError::Full), "round {round}");
        let mut open = locked.unlock_with(&pass("p")).unwrap();
        assert_eq!(open.newest(None).unwrap().len() as u64 + open.absorbed().waiting, saved);
        assert!(open.verify(|_, _| {}).unwrap().is_clean());
        drop(open);
        fs::remove_file(&ballast).unwrap();
        locked.save(&id, &payload).unwrap();
        saved += 1;
    }
    drop(locked);
    disk.remount("ro");
    let mut locked = Locked::open(&dir).unwrap();
    assert!(matches!(locked.save(&RecordId::random().unwrap(), b"x"), Err(VaultError::Io { .. })));
    let mut open = locked.unlock_with(&pass("p")).unwrap();
    assert_eq!(open.newest(None).unwrap().len() as u64 + open.absorbed().waiting, saved);
    assert!(open.verify(|_, _| {}).unwrap().is_clean());
    drop(open);
    disk.remount("rw");
    let open = locked.unlock_with(&pass("p")).unwrap();
    println!("20 rounds; {} taken in at the end", open.absorbed().taken);
    assert_eq!(open.absorbed().waiting, 0);
    // A vault that cannot be made leaves nothing.
    fs::write(disk.0.path().join("ballast"), vec![1; 1 << 20]).ok();
    let outcome = vault::create(&disk.0.path().join("w"), &pass("p"), &FLOOR);
    assert_eq!(outcome.err(), Some(VaultError::Full));
    assert!(!disk.0.path().join("w").exists());
}
