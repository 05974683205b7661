//! `enter`: keeps filled-in sheets without a terminal and without a passphrase: letters, JSON, or a stream of either.
//!
//! Each record id is printed only once that record is durable. Lines that have already arrived are kept together,
//! so that a stream is fast; a producer that waits for each id never waits in vain.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, stdin};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::context::Context;
use super::{output, store};
use crate::administration::entry;
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::interpret::Reading;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::json_text::{JsonText, LARGEST};
use crate::record::entry::{Administration, Circumstances, Entry, Progress, Timing};
use crate::vault::{Locked, RecordId};

/// Most records kept in one step.
const GROUP: usize = 256;

/// Keep filled-in sheets, without a terminal and without a passphrase
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  printf 'a,a,b,a,a,a,a,a,a' | periscreen enter phq-9 --taken-on 2026-03-09
  printf '{\"id\":\"01arz3ndektsv4rrffq69g5fav\",\"taken_on\":\"2026-03-09\",\"answers\":{\"1\":\"several-days\"}}' | periscreen enter phq-9

One line is one sheet, as letters or as a JSON object. Every id printed is safely kept; repeating a line with its id keeps nothing twice.")]
pub(super) struct Arguments {
    /// Questionnaire, for example phq-9
    questionnaire: String,
    /// File with one sheet a line; - or nothing is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Day the sheets were filled in, YYYY-MM-DD; today if left out; a JSON line may say its own
    #[arg(long, value_name = "DATE")]
    taken_on: Option<String>,
}

/// One JSON line. What belongs to the sheet itself is read by the same rules as everywhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'l> {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    taken_on: Option<String>,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    timing: Option<Timing>,
    #[serde(default, borrow)]
    answers: Option<&'l RawValue>,
    #[serde(default, borrow)]
    points: Option<&'l RawValue>,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<()> {
    let (questionnaire, _) = context.questionnaire(&arguments.questionnaire)?;
    let folder = store::folder(context)?;
    let vault = Locked::open(&folder).map_err(|error| store::told(&error, &folder))?;
    let day = match arguments.taken_on.as_deref() {
        Some(text) => clock::past_day(text, context.today)?.format("%Y-%m-%d").to_string(),
        None => context.day(),
    };
    let input: Box<dyn Read> = match arguments.file.as_deref().filter(|file| *file != Path::new("-")) {
        Some(file) => Box::new(File::open(file).map_err(|error| Error::io("The sheets cannot be read", &error))?),
        None if stdin().is_terminal() => {
            return Err(Error::new(Kind::Usage, "The sheets are read from standard input, and nothing is there.")
                .next("See: periscreen enter --help"));
        }
        None => Box::new(stdin().lock()),
    };
    let mut desk = Desk { context, questionnaire, vault, folder, day, group: Vec::new(), alerts: (0, 0) };
    let outcome = desk.stream(BufReader::with_capacity(1 << 16, input));
    let (endorsed, unknown) = desk.alerts;
    if endorsed + unknown > 0 {
        output::note(&format!("Alerts: {endorsed} endorsed, {unknown} unknown. To see them: periscreen list"))?;
    }
    outcome
}

struct Desk<'c> {
    context: &'c Context,
    questionnaire: Questionnaire,
    vault: Locked,
    folder: PathBuf,
    day: String,
    group: Vec<(RecordId, Vec<u8>)>,
    alerts: (u64, u64),
}

impl Desk<'_> {
    /// Reads sheets until the input ends. What came before a bad line is kept, and its ids are printed.
    fn stream(&mut self, mut input: BufReader<Box<dyn Read>>) -> Result<()> {
        let mut number = 0_u64;
        let mut pending = String::new();
        loop {
            let mut line = String::new();
            let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
            let read = input.by_ref().take(limit).read_line(&mut line).map_err(|error| match error.kind() {
                std::io::ErrorKind::InvalidData => Error::new(Kind::Data, format!("Line {}: this is not UTF-8 text.", number + 1)),
                _ => Error::io("The sheets cannot be read", &error),
            });
            let read = match read {
                Ok(read) => read,
                Err(error) => return self.keep().and(Err(error)),
            };
            if read == 0 {
                let last = if pending.trim().is_empty() { Ok(()) } else { self.sheet(&pending, number) };
                return self.keep().and(last);
            }
            number += 1;
            pending.push_str(&line);
            if is_whole(&pending) || pending.len() >= LARGEST {
                let text = std::mem::take(&mut pending);
                if !text.trim().is_empty()
                    && let Err(error) = self.sheet(&text, number)
                {
                    return self.keep().and(Err(error));
                }
            }
            // Only lines that are already here are grouped; nobody is kept waiting for an id, not even while the next object is incomplete.
            if self.group.len() >= GROUP || !input.buffer().contains(&b'\n') {
                self.keep()?;
            }
        }
    }

    fn sheet(&mut self, text: &str, number: u64) -> Result<()> {
        let wrong = |what: String| {
            Error::new(Kind::Data, format!("Line {number}: {what}")).next("Lines before it are kept; nothing after it was read.")
        };
        let json = text.trim_start().starts_with('{');
        let (line, sheet_text) = if json { json_line(text).map_err(wrong)? } else { (None, text.trim().to_owned()) };
        let sheet = entry::sheet(&self.questionnaire, &sheet_text).map_err(|bad| wrong(bad.to_string()))?;
        let line = line.unwrap_or(Known { id: None, taken_on: None, mode: None, timing: None });
        let id = match &line.id {
            Some(id) => store::id(id).map_err(|error| wrong(error.to_string()))?,
            None => store::fresh_id()?,
        };
        let taken_on = match &line.taken_on {
            Some(day) => clock::past_day(day, self.context.today).map_err(|error| wrong(error.to_string()))?.format("%Y-%m-%d").to_string(),
            None => self.day.clone(),
        };
        let reading = Reading::of(&self.questionnaire, sheet);
        match reading.alert().map(crate::safety::AlertState::as_str) {
            Some("endorsed") => self.alerts.0 += 1,
            Some("unknown") => self.alerts.1 += 1,
            _ => {}
        }
        let how = Circumstances {
            id: id.to_string(),
            mode: line.mode.unwrap_or_else(|| "paper".to_owned()),
            language: self.context.language.clone(),
            taken_on,
            entered_at: clock::now(),
            timing: line.timing,
            status: Progress::Completed,
        };
        let payload = store::payload(&Entry::Administration(Box::new(Administration::of(&reading, how))))?;
        self.group.push((id, payload));
        Ok(())
    }

    /// Keeps the group durably, then prints its ids.
    fn keep(&mut self) -> Result<()> {
        if self.group.is_empty() {
            return Ok(());
        }
        self.vault.save_many(&self.group).map_err(|error| store::told(&error, &self.folder))?;
        let ids: Vec<String> = self.group.drain(..).map(|(id, _)| id.to_string()).collect();
        output::text(&(ids.join("\n") + "\n"))
    }
}

/// Takes what is not the sheet out of a JSON line; what is left is a sheet by the rules of docs/contract.md §4.
fn json_line(text: &str) -> std::result::Result<(Option<Known>, String), String> {
    let checked = JsonText::new("line", text.as_bytes()).map_err(|fault| fault.message)?;
    let root = checked.parse().map_err(|_| "this is not JSON.".to_owned())?;
    let mut faults = Vec::new();
    checked.hostile(&root, "", &mut faults);
    if let Some(fault) = faults.first() {
        return Err(entry::unsaid(fault).to_owned());
    }
    let line: Line<'_> = serde_json::from_str(text)
        .map_err(|_| "a line takes id, taken_on, mode, timing, and answers or points, and nothing else.".to_owned())?;
    if line.mode.as_deref().is_some_and(|mode| !["self", "interview", "paper", "handover"].contains(&mode)) {
        return Err("the mode is self, interview, paper or handover.".to_owned());
    }
    if line.timing.is_some_and(|timing| !is_possible(timing)) {
        return Err("the timing is weeks_pregnant (0 to 45) or weeks_after_birth (0 to 520).".to_owned());
    }
    let sheet = match (line.answers, line.points) {
        (Some(answers), None) => format!("{{\"answers\":{}}}", answers.get()),
        (None, Some(points)) => format!("{{\"points\":{}}}", points.get()),
        _ => return Err("a line has either answers or points.".to_owned()),
    };
    Ok((Some(Known { id: line.id, taken_on: line.taken_on, mode: line.mode, timing: line.timing }), sheet))
}

/// What a JSON line says besides its sheet.
#[derive(Default)]
struct Known {
    id: Option<String>,
    taken_on: Option<String>,
    mode: Option<String>,
    timing: Option<Timing>,
}

fn is_possible(timing: Timing) -> bool {
    match (timing.weeks_pregnant, timing.weeks_after_birth) {
        (Some(weeks), None) => weeks <= 45,
        (None, Some(weeks)) => weeks <= 520,
        _ => false,
    }
}

/// Whether a sheet is complete: letters end with their line; a JSON object may go over several, until it ends or breaks.
fn is_whole(text: &str) -> bool {
    let read = serde_json::from_str::<serde::de::IgnoredAny>(text);
    !text.trim_start().starts_with('{') || !read.is_err_and(|error| error.is_eof())
}
