//! Campaigns over the built program: killed, crowded, damaged, and failed by the system. Small by default; docs/reliability.md has
//! the commands of full size and what they found.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]
#![cfg(target_os = "linux")]

mod vault_kit;

#[path = "campaigns/crowd.rs"]
mod crowd;
#[path = "campaigns/damage.rs"]
mod damage;
#[path = "campaigns/faults.rs"]
mod faults;
#[path = "campaigns/kills.rs"]
mod kills;

use vault_kit::home::Home;

/// Set up by the library with the lowest cost of a guess that is allowed: campaigns unlock often.
fn cheap_vault() -> Home {
    let home = Home::new();
    std::fs::create_dir_all(home.vault().parent().unwrap()).unwrap();
    let passphrase = vault_kit::pass(vault_kit::home::PASSPHRASE);
    drop(periscreen::vault::create_without_recovery(&home.vault(), &passphrase, &vault_kit::FLOOR).unwrap());
    home
}

/// A sheet with an id of its own, and that id as the program prints it.
fn sheet(points: u64) -> (String, String) {
    let id = periscreen::vault::RecordId::random().unwrap().to_string();
    (format!("{{\"id\":\"{id}\",\"points\":{{\"1\":{},\"2\":0}}}}\n", points % 4), id)
}

fn random(below: u64) -> u64 {
    let id = periscreen::vault::RecordId::random().unwrap();
    u64::from_be_bytes(id.as_bytes()[..8].try_into().unwrap()) % below
}

/// Whether strace is there and may trace.
fn can_trace() -> bool {
    let tried = std::process::Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    let can = tried.is_ok_and(|out| out.status.success());
    if !can {
        println!("skipped: strace is not there, or may not trace");
    }
    can
}
