//! Keeping and reading over the built program: docs/contract.md §10, in an empty home with an empty environment.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

mod vault_kit;

#[path = "keep/enter.rs"]
mod enter;
#[path = "keep/privacy.rs"]
mod privacy;
#[path = "keep/reading.rs"]
mod reading;
#[path = "keep/sitting.rs"]
mod sitting;
#[path = "keep/vaults.rs"]
mod vaults;
