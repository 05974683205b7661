//! `vault`: make, look at, check, change and destroy the encrypted store.

use std::fs::OpenOptions;
use std::io::{IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use console::Term;
use dialoguer::{Confirm, Input};
use zeroize::Zeroizing;

use super::context::Context;
use super::{change, output, store};
use crate::error::{Error, Kind, Result};
use crate::terminal::{Screen, prompt, screen};
use crate::vault::{self, KdfParameters, Locked, Passphrase, RecoveryCode, Unlocked};

/// Make, check, change and destroy the encrypted store
#[derive(Debug, Subcommand)]
#[command(after_help = "Examples:
  periscreen vault create
  periscreen vault create --passphrase-fd 3 --recovery-to none 3< FILE      in a script
  periscreen vault verify")]
pub(super) enum Command {
    /// Make a vault, with a passphrase and a recovery code
    Create {
        /// Where the recovery code is written: a new file, or none for no recovery code
        #[arg(long, value_name = "FILE|none")]
        recovery_to: Option<PathBuf>,
    },
    /// Say what is there, without a passphrase
    Status,
    /// Check every byte that counts; status 0 only when all is well
    Verify,
    /// Change the passphrase; with --recovery, let the recovery code open the vault first
    Passphrase {
        /// Use the recovery code in place of the forgotten passphrase
        #[arg(long)]
        recovery: bool,
    },
    /// Make a new recovery code; an earlier one stops working
    Recovery {
        /// Where the recovery code is written: a new file, or none to take it away
        #[arg(long, value_name = "FILE|none")]
        recovery_to: Option<PathBuf>,
    },
    /// Erase the vault with everything in it
    Destroy {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

pub(super) fn run(context: &Context, command: &Command) -> Result<()> {
    match command {
        Command::Create { recovery_to } => {
            on_blank_screen(context, || create(context, recovery_to.as_deref()).map(drop))?;
            output::note(&context.words.with("vault-created", &[("folder", &store::folder(context)?.display().to_string())]))
        }
        Command::Status => status(context),
        Command::Verify => verify(context),
        Command::Passphrase { recovery } => passphrase(context, *recovery),
        Command::Recovery { recovery_to } => {
            let mut vault = store::unlock(context)?;
            on_blank_screen(context, || recovery(context, &mut vault, recovery_to.as_deref()))
        }
        Command::Destroy { yes } => destroy(context, *yes),
    }
}

/// What is shown and typed in between is gone from the window afterwards: the recovery code must not stay readable.
fn on_blank_screen<T>(context: &Context, prompts: impl FnOnce() -> Result<T>) -> Result<T> {
    if context.passphrases.borrow().is_terminal() && screen::is_terminal() {
        prompt::guard().map_err(|error| Error::io("The keyboard cannot be listened to", &error))?;
        return Screen::enter(context.painter)?.prompt(prompts);
    }
    prompts()
}

/// Makes a vault; the recovery code is shown, or written, and asked back before it counts.
pub(super) fn create(context: &Context, recovery_to: Option<&Path>) -> Result<Locked> {
    let folder = store::folder(context)?;
    if matches!(Locked::open(&folder), Ok(_) | Err(vault::VaultError::Refused { .. })) {
        let error = Locked::open(&folder).err().unwrap_or(vault::VaultError::AlreadyExists);
        return Err(store::told(&error, &folder));
    }
    if !context.passphrases.borrow().is_terminal() && recovery_to.is_none() {
        return Err(
            Error::new(Kind::Usage, "Without a terminal, --recovery-to says where the recovery code goes.").next("A new file, or none.")
        );
    }
    let passphrase = fresh(context)?;
    let told = |error: vault::VaultError| store::told(&error, &folder);
    let Some(file) = recovery_to.filter(|path| *path != Path::new("none")) else {
        let mut vault = vault::create_without_recovery(&folder, &passphrase, &KdfParameters::DEFAULT).map_err(told)?;
        recovery(context, &mut vault, recovery_to)?;
        return Ok(vault.lock());
    };
    // The file comes first: a code that cannot be written must not leave a vault behind, nor a vault that fails a code.
    let code = RecoveryCode::random().map_err(told)?;
    write_code(file, &code)?;
    match vault::create_without_recovery(&folder, &passphrase, &KdfParameters::DEFAULT) {
        Ok(mut vault) => {
            vault.set_recovery_code(&code).map_err(told)?;
            Ok(vault.lock())
        }
        Err(error) => {
            let _ = std::fs::remove_file(file);
            Err(told(error))
        }
    }
}

/// A new passphrase, typed twice, with an estimate of its strength: said, not enforced.
fn fresh(context: &Context) -> Result<Passphrase> {
    let words = ["vault-new-passphrase", "vault-again", "vault-differ"].map(|id| context.words.text(id));
    let [prompt, again, differ] = &words;
    if context.passphrases.borrow().is_terminal() {
        output::note(&context.words.text("vault-advice"))?;
    }
    let (passphrase, strength) = context.passphrases.borrow_mut().fresh(prompt, again, differ)?;
    if context.passphrases.borrow().is_terminal() {
        output::note(&context.words.text(strength.message()))?;
    }
    Ok(passphrase)
}

fn recovery(context: &Context, vault: &mut Unlocked, to: Option<&Path>) -> Result<()> {
    let folder = store::folder(context)?;
    let told = |error: vault::VaultError| store::told(&error, &folder);
    match to {
        Some(path) if path == Path::new("none") => vault.remove_recovery_code().map(drop).map_err(told),
        Some(path) => {
            let code = RecoveryCode::random().map_err(told)?;
            write_code(path, &code)?;
            vault.set_recovery_code(&code).map_err(told)
        }
        None if screen::is_terminal() && stderr().is_terminal() => {
            let code = RecoveryCode::random().map_err(told)?;
            if ask_back(context, &code)? {
                vault.set_recovery_code(&code).map_err(told)?;
                output::note(&context.words.text("recovery-kept"))
            } else {
                output::note(&context.words.text("recovery-none"))
            }
        }
        None => {
            Err(Error::new(Kind::Usage, "Without a terminal, --recovery-to says where the recovery code goes.")
                .next("A new file, or none."))
        }
    }
}

/// Writes the code to a new file for the owner alone; an existing file is never touched.
fn write_code(path: &Path, code: &RecoveryCode) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let cannot = |error: std::io::Error| {
        let told = Error::io("The file for the recovery code cannot be made", &error);
        Error::new(Kind::CannotCreate, told.to_string()).path(path)
    };
    let mut file = options.open(path).map_err(cannot)?;
    let text = Zeroizing::new(format!("{}\n", code.text().as_str()));
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(cannot)
}

/// Shows the code once and asks two of its groups back; an empty line means that none is wanted.
fn ask_back(context: &Context, code: &RecoveryCode) -> Result<bool> {
    let words = &context.words;
    let text = code.text();
    let groups: Vec<&str> = text.split('-').collect();
    output::note(&words.text("recovery-show"))?;
    output::note(&format!("\n    {}\n", text.as_str()))?;
    output::note(&words.text("recovery-check"))?;
    for place in [3_usize, 9] {
        let prompt = words.with("recovery-ask", &[("group", &place.to_string())]);
        loop {
            let typed: String = Input::new()
                .with_prompt(&prompt)
                .allow_empty(true)
                .report(false)
                .interact_text_on(&Term::stderr())
                .map_err(|error| prompt::failed("The keyboard cannot be read", error))?;
            if typed.trim().is_empty() {
                if confirmed(&words.text("recovery-without"))? {
                    return Ok(false);
                }
                continue;
            }
            if groups.get(place - 1).is_some_and(|group| group.eq_ignore_ascii_case(typed.trim())) {
                break;
            }
            output::note(&words.text("recovery-differs"))?;
        }
    }
    Ok(true)
}

/// Asks; no unless the person says yes.
fn confirmed(question: &str) -> Result<bool> {
    Confirm::new()
        .with_prompt(question)
        .default(false)
        .report(false)
        .interact_on(&Term::stderr())
        .map_err(|error| prompt::failed("The keyboard cannot be read", error))
}

fn status(context: &Context) -> Result<()> {
    let folder = store::folder(context)?;
    let told = |error: vault::VaultError| store::told(&error, &folder);
    let status = Locked::open(&folder).and_then(|mut vault| vault.status()).map_err(told)?;
    let recovery = if status.recovery { "yes" } else { "no" };
    let mut text = format!("folder: {}\nformat: {}\nentries: {}\n", folder.display(), status.format, status.rows);
    text.push_str(&format!("waiting to be taken in at the next unlock: {}\n", status.inbox));
    text.push_str(&format!("unfinished sittings: {}\nput aside as unreadable: {}\n", status.drafts, status.quarantine));
    text.push_str(&format!("recovery code: {recovery}\nsize: {} bytes\n", status.bytes));
    output::text(&text)
}

fn verify(context: &Context) -> Result<()> {
    let mut vault = store::unlock(context)?;
    let folder = store::folder(context)?;
    let watched = !context.quiet && stderr().is_terminal();
    let report = vault.verify(|done, all| {
        if watched {
            let _ = write!(stderr().lock(), "\r\x1b[2K{done} of {all} entries checked");
        }
    });
    if watched {
        let _ = write!(stderr().lock(), "\r\x1b[2K");
    }
    let report = report.map_err(|error| store::told(&error, &folder))?;
    if report.is_clean() {
        return output::text(&format!("All is well. Head, to note down elsewhere: {}\n", report.head));
    }
    let mut text = String::new();
    for fault in &report.faults {
        let place = fault.seq.map(|seq| format!("entry {seq}: ")).unwrap_or_default();
        text.push_str(&format!("{place}{}\n", fault.verdict));
    }
    for (count, what) in [
        (report.inbox_bad, "waiting entries do not open"),
        (report.drafts_bad, "unfinished sittings do not open"),
        (report.quarantine, "entries were put aside as unreadable"),
    ] {
        if count > 0 {
            text.push_str(&format!("{count} {what}\n"));
        }
    }
    output::text(&text)?;
    Err(Error::new(Kind::Io, "Not all is well with the vault.").path(&folder).next("Keep the file as it is; do not rely on what it holds."))
}

fn passphrase(context: &Context, with_recovery: bool) -> Result<()> {
    let folder = store::folder(context)?;
    let mut vault = if with_recovery { by_recovery(context, &folder)? } else { store::unlock(context)? };
    let new = fresh(context)?;
    vault.change_passphrase(&new, &KdfParameters::DEFAULT).map_err(|error| store::told(&error, &folder))?;
    output::note(&context.words.text("vault-passphrase-changed"))
}

fn by_recovery(context: &Context, folder: &Path) -> Result<Unlocked> {
    let locked = Locked::open(folder).map_err(|error| store::told(&error, folder))?;
    let typed = context.passphrases.borrow_mut().secret(&context.words.text("recovery-prompt"))?;
    let code = typed.parse::<RecoveryCode>().map_err(|error| store::told(&error, folder))?;
    locked.unlock_with_recovery(&code).map_err(|error| store::told(&error, folder))
}

/// Erases everything after a clear question.
pub(super) fn destroy(context: &Context, yes: bool) -> Result<()> {
    let folder = store::folder(context)?;
    if !yes {
        change::confirm(&context.words.text("vault-destroy"))?;
    }
    let done = vault::destroy(&folder).map_err(|error| store::told(&error, &folder))?;
    output::note(&context.words.text("vault-destroyed"))?;
    if done.foreign > 0 { output::note(&context.words.text("vault-foreign")) } else { Ok(()) }
}
