//! `resume`: goes on with an unfinished sitting. Drafts are sealed, so the passphrase comes first; then the keys are gone again.

use super::keep::Keeper;
use super::{Front, Full, Mode, Plan, flow, plain, views};
use crate::catalogue::Origin;
use crate::cli::context::Context;
use crate::cli::{output, store};
use crate::error::{Error, Kind, Result};
use crate::questionnaire::Questionnaire;
use crate::record::entry::{Administration, Entry};
use crate::report::Page;
use crate::safety::Region;
use crate::terminal::screen;
use crate::vault::{Locked, RecordId};

/// Go on with an unfinished check
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  periscreen resume\n\nThe passphrase is asked for, because the answers so far are sealed.")]
pub(in crate::cli) struct ResumeArguments {
    /// Id of the unfinished check, if there are several
    #[arg(value_name = "RECORD")]
    record: Option<String>,
    /// Two letters of your country; selects the numbers to call
    #[arg(long, value_name = "XX")]
    region: Option<String>,
    /// Linear text, one line an answer
    #[arg(long)]
    plain: bool,
}

struct Unfinished {
    id: RecordId,
    sitting: Administration,
    questionnaire: Questionnaire,
    origin: Origin,
}

pub(in crate::cli) fn resume(context: &Context, arguments: &ResumeArguments) -> Result<()> {
    let is_plain = arguments.plain || context.environment.plain;
    if !is_plain && !screen::is_terminal() {
        return Err(Error::new(Kind::NoTerminal, "A sitting needs a terminal, and there is none.")
            .next("Without one, add --plain: one line is one answer."));
    }
    let (vault, unfinished) = unfinished(context, |context, sittings| match alerts(context, sittings) {
        None => Ok(()),
        Some(page) if is_plain => output::page(&page, context.painter),
        // On our own screen only: whatever is left behind must be blank.
        Some(page) => Full::enter(context)?.read(page, "page-keys", &[]).map(drop),
    })?;
    let Some(chosen) = choose(context, arguments, unfinished, is_plain)? else { return Ok(()) };
    let named = context.region(arguments.region.as_deref())?;
    if is_plain {
        return go_on(context, vault, chosen, named, &mut plain::Plain::new(context)?);
    }
    go_on(context, vault, chosen, named, &mut Full::enter(context)?)
}

/// From the menu: the newest unfinished sitting, on a screen that is already ours.
pub(in crate::cli) fn resume_from_menu(context: &Context, full: &mut Full<'_>) -> Result<()> {
    let mut page = None;
    let (vault, unfinished) = full.prompt(|| {
        unfinished(context, |context, sittings| {
            page = alerts(context, sittings);
            Ok(())
        })
    })?;
    if let Some(page) = page {
        full.read(page, "page-keys", &[])?;
    }
    let lines: Vec<String> = unfinished.iter().map(|draft| line(context, draft)).collect();
    let Some(place) = full.select(&context.words.text("resume-which"), &lines)? else { return Ok(()) };
    match unfinished.into_iter().nth(place) {
        Some(chosen) => go_on(context, vault, same_definition(chosen)?, context.settings.region.clone(), full),
        None => Ok(()),
    }
}

/// Everything unfinished that can go on, newest first; all of it is told to `tell` before. The keys are gone when this returns.
fn unfinished(context: &Context, tell: impl FnOnce(&Context, &[Administration]) -> Result<()>) -> Result<(Locked, Vec<Unfinished>)> {
    let folder = store::folder(context)?;
    let mut vault = store::unlock(context)?;
    let drafts = vault.drafts().map_err(|error| store::told(&error, &folder))?;
    let (mut ids, mut sittings) = (Vec::new(), Vec::new());
    for draft in &drafts.drafts {
        let Entry::Administration(sitting) = store::entry(&draft.payload)? else { continue };
        ids.push(draft.id);
        sittings.push(*sitting);
    }
    tell(context, &sittings)?;
    let mut unfinished = Vec::new();
    for (id, sitting) in ids.into_iter().zip(sittings) {
        // One whose questionnaire is gone must not keep the others from going on.
        match context.questionnaire(&sitting.questionnaire) {
            Ok((questionnaire, origin)) => unfinished.push(Unfinished { id, sitting, questionnaire, origin }),
            Err(error) => output::note(&format!("{id}: {error}"))?,
        }
    }
    unfinished.sort_by(|left, right| right.sitting.entered_at.cmp(&left.sitting.entered_at));
    Ok((vault.lock(), unfinished))
}

fn go_on(context: &Context, vault: Locked, chosen: Unfinished, named: Option<Region>, front: &mut dyn Front) -> Result<()> {
    let answers = chosen.sitting.answers_for(&chosen.questionnaire);
    let plan = Plan {
        mode: Mode::named(&chosen.sitting.mode),
        day: chosen.sitting.taken_on.clone(),
        numbers: false,
        no_save: false,
        begun: Some(answers),
        questionnaires: vec![(chosen.questionnaire, chosen.origin)],
    };
    let mut keeper = Keeper::resuming(context, vault, chosen.id)?;
    flow::run(context, &plan, named, front, &mut keeper)
}

/// Alerts of unfinished sittings come before anything else; `None` where nothing was endorsed.
fn alerts(context: &Context, unfinished: &[Administration]) -> Option<Page> {
    let endorsed: Vec<&Administration> = unfinished.iter().filter(|sitting| sitting.has_alert("endorsed")).collect();
    (!endorsed.is_empty()).then(|| crate::cli::list::alerts(context, &endorsed))
}

fn choose(context: &Context, arguments: &ResumeArguments, mut unfinished: Vec<Unfinished>, is_plain: bool) -> Result<Option<Unfinished>> {
    if let Some(text) = arguments.record.as_deref() {
        let id = store::id(text)?;
        unfinished.retain(|draft| draft.id == id);
        if unfinished.is_empty() {
            return Err(Error::new(Kind::NotFound, "There is no unfinished check with this id.").next("To see them: periscreen resume"));
        }
    }
    let lines: Vec<String> = unfinished.iter().map(|draft| line(context, draft)).collect();
    let place = match lines.len() {
        0 => {
            output::note(&context.words.text("resume-none"))?;
            return Ok(None);
        }
        1 => Some(0),
        _ if is_plain => {
            let listed = unfinished.iter().zip(&lines).map(|(draft, line)| format!("{}  {line}\n", draft.id));
            output::text(&listed.collect::<String>())?;
            return Err(
                Error::new(Kind::Usage, "Several are unfinished; name one by its id.").next("Example: periscreen resume RECORD --plain")
            );
        }
        _ => Full::enter(context)?.select(&context.words.text("resume-which"), &lines)?,
    };
    let chosen = place.and_then(|place| unfinished.into_iter().nth(place));
    chosen.map(same_definition).transpose()
}

/// A sitting goes on only in the definition it was begun with.
fn same_definition(chosen: Unfinished) -> Result<Unfinished> {
    if chosen.questionnaire.definition_sha256() == chosen.sitting.definition_sha256 {
        return Ok(chosen);
    }
    Err(Error::new(Kind::Data, "The definition of this questionnaire has changed since; the sitting cannot go on.")
        .next("Take it afresh. What was answered stays sealed in the vault."))
}

fn line(context: &Context, draft: &Unfinished) -> String {
    views::unfinished(context, &draft.questionnaire, &draft.sitting.answers_for(&draft.questionnaire), &draft.sitting.taken_on)
}
