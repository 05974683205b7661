//! `take`: one or several questionnaires in a row, with one introduction and one closing page.

mod flow;
mod front;
mod full;
mod keep;
mod plain;
mod resume;
mod views;

use clap::ValueEnum;

use super::context::Context;
use crate::administration::Answer;
use crate::catalogue::Origin;
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::questionnaire::Questionnaire;
use crate::terminal::screen;
use keep::Keeper;

pub(super) use front::Front;
pub(super) use full::Full;
pub(super) use resume::{ResumeArguments, resume, resume_from_menu};

/// Take a check: yourself, read aloud to somebody, or typed in from a paper form
#[derive(Debug, Clone, Default, clap::Args)]
#[command(after_help = "Examples:
  periscreen take phq-9                      on yourself, in private
  periscreen take phq-9 gad-7 --mode interview
  periscreen take epds --mode paper          type in a printed form
  printf 'a\\na\\n' | periscreen take phq-2 --plain")]
pub(super) struct Arguments {
    /// One or several questionnaires; without any, a list is shown
    #[arg(value_name = "QUESTIONNAIRE")]
    pub(super) names: Vec<String>,
    /// Who reads the questions
    #[arg(long, value_enum, default_value_t = Mode::Own)]
    mode: Mode,
    /// Two letters of your country; selects the numbers to call
    #[arg(long, value_name = "XX")]
    region: Option<String>,
    /// Linear text, one line an answer: for screen readers, braille lines, pipes and scripts
    #[arg(long)]
    plain: bool,
    /// Show the numbers on the closing page too
    #[arg(long)]
    numbers: bool,
    /// Day a paper form was filled in, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DATE")]
    taken_on: Option<String>,
    /// Keep nothing, and do not ask
    #[arg(long)]
    no_save: bool,
}

/// Who reads the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Mode {
    /// The person herself, on the screen
    #[default]
    #[value(name = "self")]
    Own,
    /// A clinician reads them aloud
    Interview,
    /// A clinician types in a filled-in form
    Paper,
}

impl Mode {
    /// The mode a record names.
    fn named(name: &str) -> Self {
        match name {
            "interview" => Self::Interview,
            "paper" => Self::Paper,
            _ => Self::Own,
        }
    }

    /// The word for it in files and on pages.
    fn as_str(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Interview => "interview",
            Self::Paper => "paper",
        }
    }
}

/// What will be taken and how.
pub(super) struct Plan {
    questionnaires: Vec<(Questionnaire, Origin)>,
    mode: Mode,
    day: String,
    numbers: bool,
    no_save: bool,
    /// Answers given before, when a sitting goes on.
    begun: Option<Vec<Answer>>,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<()> {
    let plain = arguments.plain || context.environment.plain;
    if !plain && !screen::is_terminal() {
        return Err(Error::new(Kind::NoTerminal, "A sitting needs a terminal, and there is none.")
            .next("Without one, add --plain: one line is one answer. Example: periscreen take phq-9 --plain"));
    }
    let named = context.region(arguments.region.as_deref())?;
    if plain {
        let plan = plan(context, arguments, &arguments.names)?;
        let mut keeper = Keeper::new(context, plan.no_save)?;
        return flow::run(context, &plan, named, &mut plain::Plain::new(context)?, &mut keeper);
    }
    let listed: Vec<String>;
    let names = if arguments.names.is_empty() {
        let mut full = Full::enter(context)?;
        let Some(chosen) = choose(context, &mut full)? else { return Ok(()) };
        listed = vec![chosen];
        &listed
    } else {
        &arguments.names
    };
    let mut arguments = arguments.clone();
    if arguments.names.is_empty() {
        arguments.mode = listed_mode(context, names, arguments.mode)?;
    }
    let plan = plan(context, &arguments, names)?;
    let mut keeper = Keeper::new(context, plan.no_save)?;
    flow::run(context, &plan, named, &mut Full::enter(context)?, &mut keeper)
}

/// Takes one questionnaire on a screen that is already ours: from the menu.
pub(super) fn from_menu(context: &Context, name: &str, full: &mut Full<'_>) -> Result<()> {
    let names = [name.to_owned()];
    let arguments = Arguments { mode: listed_mode(context, &names, Mode::Own)?, ..Arguments::default() };
    let plan = plan(context, &arguments, &names)?;
    let mut keeper = Keeper::new(context, false)?;
    flow::run(context, &plan, context.settings.region.clone(), full, &mut keeper)
}

/// From a list, a questionnaire without words is taken from its printed form.
fn listed_mode(context: &Context, names: &[String], mode: Mode) -> Result<Mode> {
    for name in names {
        if context.questionnaire(name)?.0.wording(&context.language).is_none() {
            return Ok(Mode::Paper);
        }
    }
    Ok(mode)
}

fn plan(context: &Context, arguments: &Arguments, names: &[String]) -> Result<Plan> {
    if names.is_empty() {
        return Err(Error::new(Kind::Usage, "Which questionnaire? In plain mode it is named on the command line.")
            .place(format!("Known here: {}.", context.catalogue.names()?.join(", ")))
            .next("Example: periscreen take phq-9 --plain"));
    }
    let questionnaires = names.iter().map(|name| context.questionnaire(name)).collect::<Result<Vec<_>>>()?;
    for (questionnaire, _) in questionnaires.iter().filter(|_| arguments.mode != Mode::Paper) {
        if questionnaire.wording(&context.language).is_none() {
            return Err(no_wording(context, questionnaire));
        }
    }
    let day = match arguments.taken_on.as_deref() {
        None => context.day(),
        Some(_) if arguments.mode != Mode::Paper => {
            return Err(Error::new(Kind::Usage, "Only a paper form has a day of its own; other sittings are today.")
                .next("Add --mode paper, or leave --taken-on out."));
        }
        Some(text) => clock::past_day(text, context.today)?.format("%Y-%m-%d").to_string(),
    };
    Ok(Plan { questionnaires, mode: arguments.mode, day, numbers: arguments.numbers, no_save: arguments.no_save, begun: None })
}

/// Why the words are not here, and what works at once.
fn no_wording(context: &Context, questionnaire: &Questionnaire) -> Error {
    let words = &context.words;
    let languages: Vec<&str> = questionnaire.languages().collect();
    if !languages.is_empty() {
        return Error::new(Kind::NotFound, format!("{} is not here in this language.", questionnaire.title()))
            .next(format!("Here: {}. Choose with --lang.", languages.join(", ")));
    }
    let values = [("title", questionnaire.title()), ("id", questionnaire.id().as_str())];
    Error::new(Kind::NotFound, words.with("no-wording-what", &values))
        .place(words.with("no-wording-paper", &values))
        .next(words.with("no-wording-instead", &values))
}

/// Lets the person choose one questionnaire from a list; `None` if they would rather not.
pub(super) fn choose(context: &Context, full: &mut Full<'_>) -> Result<Option<String>> {
    let mut names = Vec::new();
    let mut lines = Vec::new();
    for name in context.catalogue.names()? {
        let Ok((questionnaire, _)) = context.catalogue.find(&name) else { continue };
        let minutes = context.words.count("minutes", usize::try_from(questionnaire.minutes()).unwrap_or(0), &[]);
        let items = context.words.count("items", questionnaire.items().len(), &[]);
        let mut line = format!("{}: {}, {items}, {minutes}", questionnaire.title(), questionnaire.topic());
        if questionnaire.wording(&context.language).is_none() {
            line = format!("{}: {} ({})", questionnaire.title(), questionnaire.topic(), context.words.text("list-paper"));
        }
        lines.push(line);
        names.push(name);
    }
    lines.push(context.words.text("menu-back"));
    let chosen = full.select(&context.words.text("menu-which"), &lines)?;
    Ok(chosen.and_then(|place| names.into_iter().nth(place)))
}
