//! Where passphrases come from: the terminal without echo, or a file descriptor for scripts. Never an argument, never the environment.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, stderr, stdin};

use console::Term;
use dialoguer::Password;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::{Error, Kind, Result};
use crate::terminal::prompt;
use crate::vault::Passphrase;

/// Longest line that is read, bytes.
const LONGEST: u64 = 4096;

/// One source for all passphrases of a run.
pub(super) enum Source {
    /// Asked on the terminal.
    Terminal,
    /// Lines of standard input, each one passphrase; not locked between them, so that a sheet can follow.
    Input,
    /// Lines of a file descriptor, each one passphrase.
    Lines(BufReader<File>),
}

impl Source {
    pub(super) fn new(descriptor: Option<u32>) -> Result<Self> {
        match descriptor {
            None => Ok(Self::Terminal),
            Some(0) => Ok(Self::Input),
            Some(number) => {
                let file = File::open(format!("/dev/fd/{number}")).map_err(|error| {
                    let told = Error::io("The passphrase cannot be read from there", &error);
                    Error::new(Kind::Passphrase, told.to_string())
                        .place("--passphrase-fd")
                        .next("Example: periscreen list --passphrase-fd 3 3< FILE")
                })?;
                Ok(Self::Lines(BufReader::new(file)))
            }
        }
    }

    /// Asks for an existing passphrase.
    pub(super) fn existing(&mut self, prompt: &str) -> Result<Passphrase> {
        let typed = match self {
            Self::Terminal => ask(Password::new().with_prompt(prompt).report(false))?,
            Self::Input => line(&mut stdin().lock())?,
            Self::Lines(lines) => line(lines)?,
        };
        checked(&typed)
    }

    /// Asks for a recovery code, without echo.
    pub(super) fn secret(&mut self, prompt: &str) -> Result<Zeroizing<String>> {
        match self {
            Self::Terminal => ask(Password::new().with_prompt(prompt).report(false)),
            Self::Input => line(&mut stdin().lock()),
            Self::Lines(lines) => line(lines),
        }
    }

    /// Asks for a new passphrase, twice on a terminal.
    pub(super) fn fresh(&mut self, prompt: &str, again: &str, differ: &str) -> Result<(Passphrase, Strength)> {
        let typed = match self {
            Self::Terminal => ask(Password::new().with_prompt(prompt).with_confirmation(again, differ).report(false))?,
            Self::Input => line(&mut stdin().lock())?,
            Self::Lines(lines) => line(lines)?,
        };
        let strength = Strength::of(&typed);
        Ok((checked(&typed)?, strength))
    }

    /// Whether a person is asked.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal)
    }
}

/// How long a passphrase would hold against guessing, estimated by zxcvbn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// Found soon by somebody who has the file.
    Weak,
    /// Holds against casual guessing.
    Fair,
    /// Holds.
    Strong,
}

impl Strength {
    fn of(typed: &str) -> Self {
        // The estimate takes time that grows with the length, and what is longer than this is strong.
        let beginning: String = typed.chars().take(72).collect();
        match u8::from(zxcvbn::zxcvbn(&Zeroizing::new(beginning), &[]).score()) {
            0..=2 => Self::Weak,
            3 => Self::Fair,
            _ => Self::Strong,
        }
    }

    /// Id of the sentence that says so.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Weak => "vault-weak",
            Self::Fair => "vault-fair",
            Self::Strong => "vault-strong",
        }
    }
}

/// The same word typed on another keyboard is the same passphrase: one Unicode form (NFC).
fn checked(typed: &Zeroizing<String>) -> Result<Passphrase> {
    let composed = Zeroizing::new(typed.nfc().collect::<String>());
    Passphrase::new(composed.as_bytes().to_vec())
        .map_err(|_| Error::new(Kind::Passphrase, "A passphrase has 1 to 1,024 bytes.").next("Nothing was changed; try again."))
}

fn ask(asked: Password<'_>) -> Result<Zeroizing<String>> {
    if !stderr().is_terminal() || !stdin().is_terminal() {
        return Err(Error::new(Kind::NoTerminal, "A passphrase is needed, and there is no terminal to ask on.")
            .next("Scripts hand it over with --passphrase-fd N. Example: periscreen list --passphrase-fd 3 3< FILE"));
    }
    prompt::guard().map_err(|error| Error::io("The keyboard cannot be listened to", &error))?;
    match asked.interact_on(&Term::stderr()) {
        Ok(typed) => Ok(Zeroizing::new(typed)),
        Err(error) => Err(prompt::failed("The passphrase cannot be read", error)),
    }
}

fn line(lines: &mut impl BufRead) -> Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    let read = lines.take(LONGEST).read_line(&mut line);
    let bytes = read.map_err(|error| Error::io("The passphrase cannot be read", &error))?;
    if bytes == 0 {
        return Err(Error::new(Kind::Passphrase, "The passphrase was expected, and the input had ended."));
    }
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}
