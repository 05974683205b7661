//! Everything that can go wrong, as named verdicts that never carry a payload.

use std::{error::Error, fmt, io};

/// Why an act on a vault failed. No variant ever holds a payload, an id, a path or a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VaultError {
    /// The key slot is whole, and this passphrase does not open it.
    WrongPassphrase,
    /// The key slot is whole, and this recovery code does not open it.
    WrongRecoveryCode,
    /// The recovery code was mistyped: wrong length, wrong letter or wrong checksum.
    MistypedCode,
    /// This vault was made without a recovery code.
    NoRecoveryCode,
    /// Bytes are not what they were when they were written; accident is the likely cause.
    Damaged {
        /// The part that is damaged.
        what: &'static str,
    },
    /// A keyed check failed: somebody changed, removed, added or moved something.
    Tampered {
        /// The part that was changed.
        what: &'static str,
    },
    /// The vault was written by a newer version of the program.
    Newer {
        /// The format found in the file.
        found: u32,
        /// The newest format this program reads.
        known: u32,
    },
    /// Another process holds the vault; nothing was changed.
    Busy,
    /// There is no vault at this place.
    NotFound,
    /// There is a vault at this place already; it was not touched.
    AlreadyExists,
    /// The vault was not opened, made or written because that would not be safe.
    Refused {
        /// The reason.
        why: Refusal,
    },
    /// The disk is full.
    Full,
    /// The operating system reported a fault. A write may or may not have happened: repeat it
    /// with the same id.
    Io {
        /// The kind of fault in words, from a closed list.
        kind: String,
    },
    /// The operating system gave no random bytes.
    Randomness,
    /// There is not enough memory to derive the key.
    Memory,
}

/// Why the vault was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The folder or file can be read or written by the group or by everyone.
    Shared,
    /// The folder or file is a symbolic link, or the file has a second name.
    Linked,
    /// The folder or file belongs to another user.
    ForeignOwner,
    /// The file is not a vault of this program.
    ForeignFile,
    /// The file is empty.
    EmptyFile,
    /// The place is not a folder, or the vault is not a regular file.
    NotRegular,
    /// The key slot asks for more or less work than the limits allow.
    KdfOutOfRange,
    /// The passphrase is empty or longer than 1,024 bytes.
    PassphraseLength,
    /// The payload is larger than [`super::MAX_PAYLOAD`].
    PayloadTooLarge,
    /// The SQLite library is older than 3.51.3, which can damage files.
    OldSqlite,
}

impl Refusal {
    fn words(self) -> &'static str {
        match self {
            Self::Shared => "other users of this computer can reach it",
            Self::Linked => "it is a link",
            Self::ForeignOwner => "it belongs to another user",
            Self::ForeignFile => "it was not made by this program",
            Self::EmptyFile => "it is empty",
            Self::NotRegular => "it is not an ordinary file in a folder",
            Self::KdfOutOfRange => "its key slot asks for an amount of work outside the limits",
            Self::PassphraseLength => "the passphrase is empty or too long",
            Self::PayloadTooLarge => "the record is too large",
            Self::OldSqlite => "the SQLite library is too old",
        }
    }
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongPassphrase => f.write_str("the passphrase is wrong"),
            Self::WrongRecoveryCode => f.write_str("the recovery code is wrong"),
            Self::MistypedCode => f.write_str("the recovery code has a typing error"),
            Self::NoRecoveryCode => f.write_str("this vault has no recovery code"),
            Self::Damaged { what } => write!(f, "the vault is damaged: {what}"),
            Self::Tampered { what } => write!(f, "the vault was tampered with: {what}"),
            Self::Newer { found, known } => {
                write!(f, "the vault has format {found}; this program knows format {known}")
            }
            Self::Busy => f.write_str("the vault is in use by another process"),
            Self::NotFound => f.write_str("there is no vault here"),
            Self::AlreadyExists => f.write_str("there is a vault here already"),
            Self::Refused { why } => write!(f, "the vault was refused: {}", why.words()),
            Self::Full => f.write_str("the disk is full"),
            Self::Io { kind } => write!(f, "the operating system reported a fault: {kind}"),
            Self::Randomness => f.write_str("the operating system gave no random bytes"),
            Self::Memory => f.write_str("there is not enough memory"),
        }
    }
}

impl Error for VaultError {}

impl VaultError {
    /// Whether the connection must not be used again after this error: after a failed flush
    /// nobody knows which pages reached the disk, so the next act starts from the file.
    pub(super) fn spoils_connection(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Full | Self::Damaged { .. })
    }
}

impl From<Refusal> for VaultError {
    fn from(why: Refusal) -> Self {
        Self::Refused { why }
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::WouldBlock => Self::Busy,
            // The kind alone: the message of an io::Error may hold a path.
            kind => Self::Io { kind: kind.to_string() },
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, _) = error else {
            // Wrong type in a column, a missing row, text that is not UTF-8.
            return Self::Damaged { what: "table content" };
        };
        match failure.code {
            Code::DatabaseBusy | Code::DatabaseLocked => Self::Busy,
            Code::DiskFull => Self::Full,
            Code::OutOfMemory => Self::Memory,
            Code::NotADatabase => Refusal::ForeignFile.into(),
            Code::SystemIoFailure => Self::Io { kind: io_words(failure.extended_code).into() },
            Code::ReadOnly => Self::Io { kind: "the file is read-only".into() },
            Code::CannotOpen => Self::Io { kind: "the file cannot be opened".into() },
            Code::PermissionDenied => Self::Io { kind: "permission denied".into() },
            Code::FileLockingProtocolFailed => Self::Io { kind: "locking failed".into() },
            _ => Self::Damaged { what: "database file" },
        }
    }
}

/// The extended result code in words; only the ones a person can act on are told apart.
fn io_words(extended: i32) -> &'static str {
    use rusqlite::ffi;
    match extended {
        ffi::SQLITE_IOERR_READ | ffi::SQLITE_IOERR_SHORT_READ => "reading failed",
        ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE => "writing failed",
        ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC => "flushing to disk failed",
        ffi::SQLITE_IOERR_LOCK | ffi::SQLITE_IOERR_UNLOCK | ffi::SQLITE_IOERR_RDLOCK => "locking failed",
        ffi::SQLITE_IOERR_DELETE => "removing the journal failed",
        _ => "input or output failed",
    }
}
