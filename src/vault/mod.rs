//! The encrypted store: sealed records in one SQLite file.
//!
//! The vault knows records, not meaning: a payload is opaque bytes. A vault that is [`Locked`] can
//! be written to and not read; [`Locked::unlock_with`] turns it into an [`Unlocked`] one. The file
//! format is described byte by byte in `docs/vault-format.md`.

mod absorb;
mod append;
mod base32;
mod chain;
mod change;
mod container;
mod create;
mod destroy;
mod draft;
mod envelope;
mod erase;
mod error;
mod format;
mod id;
mod inbox;
mod kdf;
mod keys;
mod letter;
mod list;
mod locked;
mod meta;
mod passphrase;
mod place;
mod random;
mod recovery;
mod schema;
mod seal;
mod slot;
mod slot_table;
mod status;
mod unlocked;
mod verify;

pub use absorb::Absorbed;
pub use create::{create, create_without_recovery};
pub use destroy::{Destroyed, destroy};
pub use draft::{Draft, Drafts};
pub use envelope::MAX_PAYLOAD;
pub use erase::Erased;
pub use error::{Refusal, VaultError};
pub use id::{NotAnId, RecordId, Seq};
pub use inbox::Saved;
pub use kdf::KdfParameters;
pub use list::{Entry, Found, Record};
pub use locked::Locked;
pub use passphrase::Passphrase;
pub use recovery::RecoveryCode;
pub use status::Status;
pub use unlocked::Unlocked;
pub use verify::{Fault, Report};

/// What every act on a vault returns.
pub type Result<T, E = VaultError> = std::result::Result<T, E>;
