//! Commands: what was typed, what it means, calls inward, words outward. One file per command.

mod change;
mod context;
mod crisis;
mod enter;
mod environment;
mod list;
mod menu;
mod output;
mod passphrase;
mod questionnaire;
mod score;
mod settings;
mod settings_file;
mod show;
mod store;
mod take;
mod vault;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::error::{Error, Kind, Result};
use crate::sandbox;
use crate::terminal::screen;
use context::Context;

/// Asks published questionnaires about mental health around pregnancy and birth, adds them up as published,
/// and shows who to call. Works offline, keeps nothing unless asked, gives no diagnosis.
#[derive(Debug, Parser)]
#[command(name = "periscreen", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
}

const AFTER_HELP: &str = "In danger now? Call your local emergency number. Who to call in your country: periscreen crisis --region XX

Examples:
  periscreen take phq-9                 take a check on yourself
  periscreen crisis --region GB         who to call
  printf 'a,a,b,a,a,a,a,a,a' | periscreen score phq-9 --json";

#[derive(Debug, Clone, clap::Args)]
struct Global {
    /// Look for questionnaires in this folder first
    #[arg(long, global = true, value_name = "DIR")]
    questionnaires: Option<PathBuf>,
    /// Keep and read results in this folder instead of your data folder
    #[arg(long, global = true, value_name = "DIR")]
    vault: Option<PathBuf>,
    /// Read passphrases from this file descriptor, one a line (0 is standard input)
    #[arg(long, global = true, value_name = "N")]
    passphrase_fd: Option<u32>,
    /// Language of the questions
    #[arg(long, global = true, value_name = "L", default_value = "en")]
    lang: String,
    /// Whether to write bold and dim text
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Leave out progress and hints; alerts are always shown
    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Take(take::Arguments),
    Resume(take::ResumeArguments),
    Crisis(crisis::Arguments),
    Score(score::Arguments),
    Enter(enter::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Amend(change::AmendArguments),
    Void(change::VoidArguments),
    Delete(change::DeleteArguments),
    #[command(subcommand)]
    Vault(vault::Command),
    #[command(subcommand)]
    Questionnaire(questionnaire::Command),
    Settings(settings::Arguments),
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    sandbox::no_core_dumps();
    screen::on_panic();
    // A fault of our own ends with the status of a bug, after the hook has blanked the screen.
    let status = std::panic::catch_unwind(|| run(std::env::args_os().collect())).unwrap_or(Kind::Bug.status());
    ExitCode::from(status)
}

fn run(typed: Vec<OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(typed) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let urgent = matches!(arguments.command, None | Some(Command::Crisis(_)));
    let outcome = Context::new(&arguments.global, urgent).and_then(|mut context| dispatch(&mut context, arguments.command));
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            output::error(&error);
            error.kind().status()
        }
    }
}

fn dispatch(context: &mut Context, command: Option<Command>) -> Result<()> {
    match command {
        None => menu::run(context, &Arguments::command().render_help().to_string()),
        Some(Command::Take(arguments)) => take::run(context, &arguments),
        Some(Command::Resume(arguments)) => take::resume(context, &arguments),
        Some(Command::Enter(arguments)) => enter::run(context, &arguments),
        Some(Command::List(arguments)) => list::run(context, &arguments),
        Some(Command::Show(arguments)) => show::run(context, &arguments),
        Some(Command::Amend(arguments)) => change::amend(context, &arguments),
        Some(Command::Void(arguments)) => change::void(context, &arguments),
        Some(Command::Delete(arguments)) => change::delete(context, &arguments),
        Some(Command::Vault(command)) => vault::run(context, &command),
        Some(Command::Crisis(arguments)) => crisis::run(context, &arguments),
        Some(Command::Score(arguments)) => score::run(context, &arguments),
        Some(Command::Questionnaire(command)) => questionnaire::run(context, &command),
        Some(Command::Settings(arguments)) => settings::run(context, &arguments),
    }
}

/// Help and version go to standard output; a mistake goes to standard error, without repeating what was typed.
fn usage(error: &clap::Error) -> u8 {
    use clap::error::ErrorKind;
    let shown = error.render().to_string();
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return match output::text(&shown) {
            Ok(()) => 0,
            Err(error) => {
                output::error(&error);
                error.kind().status()
            }
        };
    }
    // clap repeats unknown words; one of them could be an answer or a name, so only the sort of mistake is told.
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => "There is no such command.",
        ErrorKind::UnknownArgument => "There is an option or word here that this command does not know.",
        ErrorKind::MissingRequiredArgument | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "Something is missing from the command."
        }
        ErrorKind::ArgumentConflict => "Two options here exclude each other.",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "The value of an option is not one that it takes.",
        _ => "The command line could not be understood.",
    };
    let mut told = Error::new(Kind::Usage, what);
    if let Some(clap::error::ContextValue::String(option)) = error.get(clap::error::ContextKind::InvalidArg)
        && option.starts_with("--")
        && error.kind() != ErrorKind::UnknownArgument
    {
        told = told.place(option.clone());
    }
    output::error(&told.next("Help with examples: periscreen --help, or periscreen COMMAND --help"));
    Kind::Usage.status()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
