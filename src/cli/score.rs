//! `score`: one sheet from letters or JSON, or a whole file of sheets.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Read, Write, stderr, stdin, stdout};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tempfile::NamedTempFile;

use super::context::Context;
use super::output;
use crate::administration::entry;
use crate::bulk::coding::MissingCodes;
use crate::bulk::{BadRow, Coding, Counts, Plan};
use crate::catalogue::Origin;
use crate::error::{Error, Kind, Result};
use crate::interpret::Reading;
use crate::questionnaire::json_text::LARGEST;
use crate::report::clinician::{self, Circumstances};
use crate::report::json::Document;
use crate::safety::Card;

/// Score one sheet, or a CSV file with one sheet per row
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  printf 'a,a,b,-,x,a,a,a,a' | periscreen score phq-9          letters as printed; - not reached, x declined
  printf '{\"answers\":{\"1\":\"several-days\"}}' | periscreen score phq-9 --json
  periscreen score epds --input visits.csv --output scored.csv --coding positions-from-1 --missing NA")]
pub(super) struct Arguments {
    /// Questionnaire, for example phq-9
    questionnaire: String,
    /// File with one sheet; - or nothing is standard input
    #[arg(value_name = "FILE", conflicts_with = "input")]
    file: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long, conflicts_with = "input")]
    json: bool,
    /// CSV file with one sheet per row; - is standard input
    #[arg(long, value_name = "F.csv")]
    input: Option<PathBuf>,
    /// Where the scored file goes; - or nothing is standard output
    #[arg(long, value_name = "G.csv", requires = "input")]
    output: Option<PathBuf>,
    /// What the cells hold; there is no default, because guessing scores sheets the wrong way round
    #[arg(long, value_enum, requires = "input")]
    coding: Option<CodingName>,
    /// Columns in item order, if they are not named q1, item1 and so on
    #[arg(long, value_delimiter = ',', value_name = "A,B,…", requires = "input")]
    columns: Option<Vec<String>>,
    /// A cell that means "not reached", besides an empty one; repeatable
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, requires = "input")]
    missing: Vec<String>,
    /// A cell that means "declined"; repeatable
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, requires = "input")]
    declined: Vec<String>,
    /// Replace the output file if it exists
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CodingName {
    /// The points printed beside the chosen option
    Points,
    /// Place of the chosen option, top to bottom, the first is 0
    #[value(name = "positions-from-0")]
    PositionsFrom0,
    /// Place of the chosen option, top to bottom, the first is 1
    #[value(name = "positions-from-1")]
    PositionsFrom1,
    /// Option id or printed words
    Labels,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<()> {
    match &arguments.input {
        Some(input) => many(context, arguments, input),
        None => one(context, arguments),
    }
}

fn one(context: &Context, arguments: &Arguments) -> Result<()> {
    let (questionnaire, origin) = context.questionnaire(&arguments.questionnaire)?;
    let text = sheet_text(arguments.file.as_deref())?;
    let sheet =
        entry::sheet(&questionnaire, &text).map_err(|bad| Error::new(Kind::Data, bad.to_string()).next("See: periscreen score --help"))?;
    let reading = Reading::of(&questionnaire, sheet);
    if arguments.json {
        let notice = context.words.text("notice");
        return output::json(&Document::new(&reading, &notice));
    }
    let lines = Context::lines()?;
    let help = Card::new(&lines, context.region(None)?.as_ref(), &context.day());
    let how = Circumstances { mode: None, day: &context.day(), language: &context.language, verified: origin == Origin::Builtin };
    output::page(&clinician::page(&context.words, &reading, &help, &how), context.painter)
}

/// Reads one sheet, at most 1 MiB. The file's name is not repeated: somebody may have typed the answers in its place.
pub(super) fn sheet_text(file: Option<&Path>) -> Result<String> {
    let mut text = String::new();
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let read = match file.filter(|file| *file != Path::new("-")) {
        Some(file) => File::open(file).and_then(|file| file.take(limit).read_to_string(&mut text)),
        None if stdin().is_terminal() => {
            return Err(Error::new(Kind::Usage, "The sheet is read from standard input, and nothing is there.")
                .next("Example: printf 'a,a,b,a,a,a,a,a,a' | periscreen score phq-9"));
        }
        None => stdin().lock().take(limit).read_to_string(&mut text),
    };
    read.map_err(|error| {
        let error = if error.kind() == std::io::ErrorKind::InvalidData {
            return Error::new(Kind::Data, "The sheet is not UTF-8 text.");
        } else {
            Error::io("The sheet cannot be read", &error)
        };
        error.next("Answers go to standard input, never onto the command line: printf 'a,b,…' | periscreen score phq-9")
    })?;
    Ok(text)
}

fn many(context: &Context, arguments: &Arguments, input: &Path) -> Result<()> {
    let (questionnaire, _) = context.questionnaire(&arguments.questionnaire)?;
    let coding = match arguments.coding {
        Some(CodingName::Points) => Coding::Points,
        Some(CodingName::PositionsFrom0) => Coding::PositionsFrom0,
        Some(CodingName::PositionsFrom1) => Coding::PositionsFrom1,
        Some(CodingName::Labels) => Coding::Labels,
        None => {
            return Err(Error::new(
                Kind::Usage,
                "--coding is needed: it says what the cells hold, and a guess would score sheets the wrong way round.",
            )
            .next("One of: points, positions-from-0, positions-from-1, labels. See: periscreen score --help"));
        }
    };
    let plan = Plan {
        wording: questionnaire.wording(&context.language),
        coding,
        codes: MissingCodes { not_reached: arguments.missing.clone(), declined: arguments.declined.clone() },
        columns: arguments.columns.clone(),
        questionnaire: &questionnaire,
    };
    let reader: Box<dyn Read> = if input == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        Box::new(File::open(input).map_err(|error| Error::io("The input cannot be read", &error).path(input))?)
    };
    if let Some(output) = &arguments.output
        && input.canonicalize().is_ok_and(|input| output.canonicalize().is_ok_and(|output| input == output))
    {
        return Err(Error::new(Kind::CannotCreate, "Input and output are the same file.")
            .path(output)
            .next("Choose another name for the output."));
    }
    let counts = match arguments.output.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => to_file(context, &plan, reader, path, arguments.force)?,
        None => plan.run(reader, BufWriter::new(stdout().lock()), |_| {}).map_err(told)?,
    };
    // Nothing mutes an alert, --quiet neither.
    output::note(&format!("Rows: {}. Alerts: {} endorsed, {} unknown.", counts.rows, counts.endorsed, counts.unknown))
}

/// Writes beside the target, syncs, then renames: the file appears only when all is well.
fn to_file(context: &Context, plan: &Plan<'_>, reader: Box<dyn Read>, path: &Path, force: bool) -> Result<Counts> {
    let exists = || {
        Error::new(Kind::CannotCreate, "The output file exists already.")
            .path(path)
            .next("Choose another name, or add --force to replace it.")
    };
    if path.exists() && !force {
        return Err(exists());
    }
    let cannot = |error: std::io::Error| {
        let told = Error::io("The output cannot be created", &error);
        Error::new(Kind::CannotCreate, told.to_string()).path(path)
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = NamedTempFile::new_in(folder).map_err(cannot)?;
    let counts = plan.run(reader, BufWriter::new(beside.as_file_mut()), |rows| progress(context, rows)).map_err(told)?;
    if !context.quiet && stderr().is_terminal() {
        let _ = write!(stderr().lock(), "\r\x1b[2K");
    }
    beside.as_file().sync_all().map_err(|error| Error::io("The output cannot be written", &error).path(path))?;
    if force {
        beside.persist(path).map_err(|error| cannot(error.error))?;
    } else {
        beside
            .persist_noclobber(path)
            .map_err(|error| if error.error.kind() == std::io::ErrorKind::AlreadyExists { exists() } else { cannot(error.error) })?;
    }
    Ok(counts)
}

fn progress(context: &Context, rows: u64) {
    if !context.quiet && stderr().is_terminal() {
        let _ = write!(stderr().lock(), "\r\x1b[2K{rows} rows scored");
    }
}

fn told(bad: BadRow) -> Error {
    match bad {
        BadRow::Data(reason) if reason.starts_with("Row") => {
            Error::new(Kind::Data, reason).next("Rows are counted without the header. With --output no file is written; else nothing after this row. See: periscreen score --help")
        }
        BadRow::Data(reason) => Error::new(Kind::Data, reason).next("Nothing was scored. See: periscreen score --help"),
        BadRow::Read(error) => Error::io("The input cannot be read", &error),
        BadRow::Write(error) => Error::io("The output cannot be written", &error),
    }
}
