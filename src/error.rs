//! Errors for people: what, where, what next. Kinds become exit statuses in one table; no clinical result is ever a status.

use std::fmt;
use std::io;
use std::path::Path;

use crate::questionnaire::text::visible;

/// What sort of thing went wrong; each has one exit status (docs/contract.md §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command line makes no sense.
    Usage,
    /// A sheet, file or definition is wrong.
    Data,
    /// Something named is not there.
    NotFound,
    /// A terminal is needed and there is none.
    NoTerminal,
    /// A fault of the program itself.
    Bug,
    /// Something cannot be created, or is already there.
    CannotCreate,
    /// Damaged, or the disk or pipe does not take it.
    Io,
    /// Somebody else is using it.
    Busy,
    /// A passphrase or recovery code does not fit.
    Passphrase,
    /// Settings cannot be used, or are of a newer format.
    Settings,
    /// The person stopped.
    Stopped,
}

impl Kind {
    /// The exit status.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::Usage => 64,
            Self::Data => 65,
            Self::NotFound => 66,
            Self::NoTerminal => 69,
            Self::Bug => 70,
            Self::CannotCreate => 73,
            Self::Io => 74,
            Self::Busy => 75,
            Self::Passphrase => 77,
            Self::Settings => 78,
            Self::Stopped => 130,
        }
    }
}

/// One error: at most four lines, sentence case, no blame, and never an answer, a name or a passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    what: String,
    place: Option<String>,
    next: Option<String>,
}

impl Error {
    /// An error that says what happened, as a full sentence.
    #[must_use]
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: None, next: None }
    }

    /// A failed read or write; `what` is a sentence without its full stop.
    #[must_use]
    pub fn io(what: &str, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => Kind::NotFound,
            io::ErrorKind::AlreadyExists => Kind::CannotCreate,
            _ => Kind::Io,
        };
        Self::new(kind, format!("{what}: {}.", reason(error)))
    }

    /// The person stopped; there is nothing to explain.
    #[must_use]
    pub fn stopped() -> Self {
        Self::new(Kind::Stopped, String::new())
    }

    /// The person stopped a sitting in the ordinary way: the menu, if there is one, goes on.
    #[must_use]
    pub fn set_aside() -> Self {
        Self::new(Kind::Stopped, "The sitting was set aside.")
    }

    /// Whether the program must end at once and say nothing.
    #[must_use]
    pub fn ends_at_once(&self) -> bool {
        self.kind == Kind::Stopped && self.what.is_empty()
    }

    /// Adds where it happened.
    #[must_use]
    pub fn place(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Adds the path where it happened, made safe to print.
    #[must_use]
    pub fn path(self, path: &Path) -> Self {
        let path = visible(&path.display().to_string());
        self.place(path)
    }

    /// Adds what to do next.
    #[must_use]
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "access is not allowed".to_owned(),
        io::ErrorKind::AlreadyExists => "it exists already".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::BrokenPipe => "the reader has gone".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => visible(&error.to_string()),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)?;
        for line in [&self.place, &self.next].into_iter().flatten() {
            write!(out, "\n{line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// What every command returns.
pub type Result<T> = std::result::Result<T, Error>;
