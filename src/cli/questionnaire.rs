//! `questionnaire`: list, check and describe questionnaires, and print the schema of their files.

use std::path::PathBuf;

use clap::Subcommand;

use super::context::Context;
use super::output;
use crate::catalogue::{self, Origin, folder};
use crate::error::{Error, Kind, Result};
use crate::questionnaire::{Fault, schema};

/// List, check and describe questionnaires
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  periscreen questionnaire list\n  periscreen questionnaire check my-folder/my-scale\n  periscreen questionnaire schema > questionnaire.schema.json"
)]
pub(super) enum Command {
    /// List every questionnaire that can be found
    List,
    /// Check one questionnaire's folder and name every fault
    Check {
        /// Folder with questionnaire.json, cases.json and wording files
        path: PathBuf,
        /// Print the faults as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of the files, for editors
    Schema,
}

pub(super) fn run(context: &Context, command: &Command) -> Result<()> {
    match command {
        Command::List => list(context),
        Command::Check { path, json } => check(path, *json),
        Command::Schema => {
            let text = serde_json::to_string_pretty(&schema::all())
                .map_err(|_| Error::new(Kind::Bug, "The schema could not be put into JSON."))?;
            output::text(&(text + "\n"))
        }
    }
}

fn list(context: &Context) -> Result<()> {
    let mut text = String::new();
    for name in context.catalogue.names()? {
        let line = match context.catalogue.find(&name) {
            Ok((questionnaire, origin)) => {
                let languages: Vec<&str> = questionnaire.languages().collect();
                let words = if languages.is_empty() { "paper form only".to_owned() } else { languages.join(" ") };
                let own = if origin == Origin::Builtin { "" } else { " (your folder, not checked by us)" };
                let items = context.words.count("items", questionnaire.items().len(), &[]);
                let minutes = context.words.count("minutes", usize::try_from(questionnaire.minutes()).unwrap_or(0), &[]);
                format!("{name:<12} {:<28} {items:<9} {minutes:<10} {words}{own}", questionnaire.topic())
            }
            Err(refusal) => format!("{name:<12} {}", refusal.into_error(&name, &[]).to_string().lines().next().unwrap_or_default()),
        };
        text.push_str(line.trim_end());
        text.push('\n');
    }
    output::text(&text)
}

fn check(path: &std::path::Path, json: bool) -> Result<()> {
    let path = path.canonicalize().map_err(|error| Error::io("The folder cannot be read", &error).path(path))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let files = folder::read(&path)?;
    let faults: Vec<Fault> = catalogue::load(&name, &files).err().unwrap_or_default();
    if json {
        output::json(&faults)?;
    } else if faults.is_empty() {
        output::text("All is well: every rule holds and every golden case gives the published result.\n")?;
    } else {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        output::text(&(lines.join("\n") + "\n"))?;
    }
    if faults.is_empty() {
        return Ok(());
    }
    let count = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
    Err(Error::new(Kind::Data, format!("{count} found; the questionnaire is refused until they are mended.")))
}
