//! What is wrong with a file: which rule, where, and what to do about it.

use std::fmt;

use serde::Serialize;

use super::text::visible;

/// Every rule the checker knows. The name in kebab case is what `--json` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the sentences; docs/contract.md §9 explains each rule")]
pub enum Rule {
    TooLarge,
    NotUtf8,
    TooDeep,
    NotJson,
    DuplicateKey,
    ForbiddenCharacter,
    TextTooLong,
    WrongType,
    UnknownKey,
    MissingKey,
    NotAllowedValue,
    WholeNumber,
    NewerFormat,
    MissingFile,
    FolderName,
    BadId,
    DuplicateId,
    EmptyList,
    EmptyText,
    UnknownOptionSet,
    UnusedOptionSet,
    TooManyOptions,
    UnknownHealthiest,
    UnknownItem,
    UnknownOption,
    UnknownScale,
    UnknownSource,
    UnusedSource,
    GateLooksAhead,
    GateUsesScale,
    BadCondition,
    ImpossibleCondition,
    BadMethod,
    BadMissingRule,
    UnscoredItemInScale,
    WrongRange,
    WrongWayRound,
    DefaultCutOff,
    CutOffOutOfRange,
    BandOutOfRange,
    BandsOverlap,
    EndorsingOptionMissing,
    HealthiestEndorses,
    CriticalItemTwice,
    MainScale,
    NextStepOutOfRange,
    AccuracyOutOfRange,
    ColumnsCollide,
    WordingIncomplete,
    WordingUnknown,
    RightsContradict,
    CaseMissing,
    CaseUnknown,
    CaseFails,
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(out)
    }
}

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The rule that is broken.
    pub rule: Rule,
    /// File name inside the questionnaire's folder.
    pub file: String,
    /// JSON pointer (RFC 6901) to the place; empty for the whole file.
    pub pointer: String,
    /// Line, counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, counted from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// What is wrong, in one sentence, safe to print.
    pub message: String,
    /// What to do, in one sentence, safe to print.
    pub suggestion: String,
}

impl Fault {
    /// A fault of a whole file.
    #[must_use]
    pub fn of_file(rule: Rule, file: &str, message: &str, suggestion: &str) -> Self {
        Self {
            rule,
            file: visible(file),
            pointer: String::new(),
            line: 0,
            column: 0,
            message: message.to_owned(),
            suggestion: suggestion.to_owned(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if self.line > 0 {
            write!(out, ":{}:{}", self.line, self.column)?;
        }
        if !self.pointer.is_empty() {
            write!(out, " {}", self.pointer)?;
        }
        write!(out, ": {} {} [{}]", self.message, self.suggestion, self.rule)
    }
}
