//! What is kept of a sitting: the payload that the vault seals. The vault knows records, not meaning; the meaning is here.
//!
//! Amending and voiding append an entry; what was kept before stays as it was.

pub mod entry;
pub mod history;
pub mod trend;

pub use entry::{Administration, Entry, Progress};
pub use history::{History, Kept};
