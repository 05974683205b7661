//! `amend`, `void` and `delete`: putting right appends, and only deleting takes away.

use std::io::{IsTerminal, stderr, stdin};
use std::path::PathBuf;

use clap::ValueEnum;
use console::Term;
use dialoguer::Confirm;

use super::context::Context;
use super::{output, score, show, store};
use crate::administration::entry;
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::interpret::Reading;
use crate::record::entry::{Administration, Circumstances, Entry, Progress, VoidReason};
use crate::terminal::prompt;
use crate::vault::{RecordId, Unlocked};

/// Put a kept sitting right: another sheet, another day; what was kept before stays
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  printf 'a,b,a,a,a,a,a,a,a' | periscreen amend RECORD        the sheet as it should have been
  periscreen amend RECORD --taken-on 2026-03-09               only the day")]
pub(super) struct AmendArguments {
    /// Id of the record, from the list
    record: String,
    /// File with the whole sheet, as letters or JSON; - is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Day it was filled in, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    taken_on: Option<String>,
}

/// Say that a kept sitting does not count; it stays, marked
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  periscreen void RECORD --reason wrong-person")]
pub(super) struct VoidArguments {
    /// Id of the record, from the list
    record: String,
    /// Why it does not count
    #[arg(long, value_enum)]
    reason: Reason,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reason {
    /// Another sheet was meant
    #[value(name = "wrong-sheet")]
    Sheet,
    /// It was filled in on another day
    #[value(name = "wrong-day")]
    Day,
    /// It is about somebody else
    #[value(name = "wrong-person")]
    Person,
}

impl From<Reason> for VoidReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Sheet => Self::WrongSheet,
            Reason::Day => Self::WrongDay,
            Reason::Person => Self::WrongPerson,
        }
    }
}

/// Erase a kept sitting for good
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  periscreen delete RECORD\n\nBackups made elsewhere still hold it.")]
pub(super) struct DeleteArguments {
    /// Id of the record, from the list
    record: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

pub(super) fn amend(context: &Context, arguments: &AmendArguments) -> Result<()> {
    let id = store::id(&arguments.record)?;
    let folder = store::folder(context)?;
    let mut vault = store::unlock(context)?;
    let before = show::find(&mut vault, &folder, id)?.0.administration;
    let of = before.id.clone();
    let taken_on = match arguments.taken_on.as_deref() {
        Some(text) => clock::past_day(text, context.today)?.format("%Y-%m-%d").to_string(),
        None => before.taken_on.clone(),
    };
    let day_only = arguments.file.is_none() && arguments.taken_on.is_some();
    // Another day is no reason to score anew: the definition may have changed since.
    let after = if day_only { Administration { taken_on, ..before } } else { sheet(context, arguments, before, taken_on)? };
    append(&mut vault, &folder, &Entry::Amendment { of, entered_at: clock::now(), administration: Box::new(after) })?;
    output::note(&context.words.text("change-amended"))
}

/// The sitting with another sheet, read and scored as it comes.
fn sheet(context: &Context, arguments: &AmendArguments, before: Administration, taken_on: String) -> Result<Administration> {
    if arguments.file.is_none() && stdin().is_terminal() {
        return Err(Error::new(Kind::Usage, "What should be put right? The sheet comes on standard input, the day with --taken-on.")
            .next("Example: printf 'a,b,a,a,a,a,a,a,a' | periscreen amend RECORD"));
    }
    let (questionnaire, _) = context.questionnaire(&before.questionnaire)?;
    let text = score::sheet_text(arguments.file.as_deref())?;
    let sheet = entry::sheet(&questionnaire, &text).map_err(|bad| Error::new(Kind::Data, bad.to_string()))?;
    let how = Circumstances {
        id: before.id,
        mode: before.mode,
        language: before.language,
        taken_on,
        entered_at: before.entered_at,
        timing: before.timing,
        status: Progress::Completed,
    };
    Ok(Administration::of(&Reading::of(&questionnaire, sheet), how))
}

pub(super) fn void(context: &Context, arguments: &VoidArguments) -> Result<()> {
    let id = store::id(&arguments.record)?;
    let folder = store::folder(context)?;
    let mut vault = store::unlock(context)?;
    let before = show::find(&mut vault, &folder, id)?.0.administration;
    append(&mut vault, &folder, &Entry::Void { of: before.id, entered_at: clock::now(), reason: arguments.reason.into() })?;
    output::note(&context.words.text("change-voided"))
}

pub(super) fn delete(context: &Context, arguments: &DeleteArguments) -> Result<()> {
    let id = store::id(&arguments.record)?;
    let folder = store::folder(context)?;
    let mut vault = store::unlock(context)?;
    let (kept, corrections) = show::find(&mut vault, &folder, id)?;
    if !arguments.yes {
        let values = [("title", kept.administration.title.as_str()), ("day", &kept.administration.taken_on)];
        confirm(&context.words.with("change-delete", &values))?;
    }
    // What was appended to put it right goes with it.
    let ids: Vec<RecordId> = corrections.into_iter().chain([id]).collect();
    let erased = vault.erase_many(&ids).map_err(|error| store::told(&error, &folder))?;
    output::note(&context.words.text("change-deleted"))?;
    if erased.compacted { Ok(()) } else { output::note(&context.words.text("change-not-compacted")) }
}

fn append(vault: &mut Unlocked, folder: &std::path::Path, entry: &Entry) -> Result<()> {
    let payload = store::payload(entry)?;
    vault.append(&store::fresh_id()?, &payload).map(drop).map_err(|error| store::told(&error, folder))
}

/// Asks on the terminal; without one, --yes is needed.
pub(super) fn confirm(question: &str) -> Result<()> {
    if !stderr().is_terminal() || !stdin().is_terminal() {
        return Err(Error::new(Kind::NoTerminal, "This takes something away for good, and there is no terminal to ask on.")
            .next("Add --yes if it is meant."));
    }
    match Confirm::new().with_prompt(question).default(false).report(false).interact_on_opt(&Term::stderr()) {
        Ok(Some(true)) => Ok(()),
        Ok(_) => Err(Error::new(Kind::Stopped, String::new())),
        Err(error) => Err(prompt::failed("The question cannot be asked", error)),
    }
}
