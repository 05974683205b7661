//! `show`: one kept sitting, whole, as it was scored then.

use serde::Serialize;

use super::context::Context;
use super::{output, store};
use crate::administration::Sheet;
use crate::catalogue::Origin;
use crate::error::{Error, Kind, Result};
use crate::interpret::Reading;
use crate::questionnaire::Questionnaire;
use crate::record::entry::{Administration, Timing, VoidReason};
use crate::record::{Entry, History, Kept, Progress};
use crate::report::clinician::{self, Circumstances};
use crate::report::json::Document;
use crate::report::{Page, Style};
use crate::safety::Card;
use crate::vault::{Found, RecordId, Unlocked};

/// Show one kept sitting
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  periscreen show 01ABCDEFGHJKMNPQRSTVWXYZ01\n\nIds: periscreen list")]
pub(super) struct Arguments {
    /// Id of the record, from the list
    record: String,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Shown<'s> {
    id: &'s str,
    taken_on: &'s str,
    entered_at: &'s str,
    mode: &'s str,
    language: &'s str,
    timing: Option<Timing>,
    status: Progress,
    amended: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    void: Option<VoidReason>,
    #[serde(flatten)]
    document: Document<'s>,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<()> {
    let id = store::id(&arguments.record)?;
    let folder = store::folder(context)?;
    let mut vault = store::unlock(context)?;
    let (kept, _) = find(&mut vault, &folder, id)?;
    let sitting = &kept.administration;
    let Some((questionnaire, origin)) = same_definition(context, sitting) else {
        return changed(context, arguments, &kept);
    };
    let sheet = Sheet::resolve(&questionnaire, &sitting.answers_for(&questionnaire)).unwrap_or_default();
    let reading = Reading::of(&questionnaire, sheet);
    if arguments.json {
        let notice = context.words.text("notice");
        let shown = Shown {
            id: &sitting.id,
            taken_on: &sitting.taken_on,
            entered_at: &sitting.entered_at,
            mode: &sitting.mode,
            language: &sitting.language,
            timing: sitting.timing,
            status: sitting.status,
            amended: kept.amended,
            void: kept.voided,
            document: Document::new(&reading, &notice),
        };
        return output::json(&shown);
    }
    let lines = Context::lines()?;
    let help = Card::new(&lines, context.region(None)?.as_ref(), &context.day());
    let how = Circumstances {
        mode: Some(&sitting.mode),
        day: &sitting.taken_on,
        language: &sitting.language,
        verified: origin == Origin::Builtin,
    };
    let mut page = heading(context, &kept);
    page.append(clinician::page(&context.words, &reading, &help, &how));
    output::page(&page, context.painter)
}

/// The sitting with this id as it counts now, and the ids of the later entries that put it right.
pub(super) fn find(vault: &mut Unlocked, folder: &std::path::Path, id: RecordId) -> Result<(Kept, Vec<RecordId>)> {
    let missing = |what: &str| Error::new(Kind::NotFound, what.to_owned()).next("Ids: periscreen list");
    let record = match vault.get(&id).map_err(|error| store::told(&error, folder))? {
        Found::Absent => {
            // It may be among those that could not be taken in: then nobody knows.
            store::complete(vault, folder)?;
            return Err(missing("There is no record with this id."));
        }
        Found::Erased(_) => return Err(missing("This record was erased.")),
        Found::Record(record) => record,
    };
    let sitting = store::entry(&record.payload)?;
    let mut history = History::default();
    let mut ids = Vec::new();
    if matches!(sitting, Entry::Administration(_)) {
        for (id, entry) in store::corrections(vault, folder, id)?.into_iter().rev() {
            ids.push(id);
            history.take(entry);
        }
    }
    let kept = history.take(sitting).ok_or_else(|| missing("This id belongs to a correction, not to a sitting."))?;
    Ok((kept, ids))
}

/// The definition the sitting was scored with, if it is still the one that is here.
fn same_definition(context: &Context, sitting: &Administration) -> Option<(Questionnaire, Origin)> {
    let found = context.catalogue.find(&sitting.questionnaire).ok()?;
    (found.0.definition_sha256() == sitting.definition_sha256).then_some(found)
}

/// A sitting as it was kept, with what puts it right.
#[derive(Serialize)]
struct Stored<'s> {
    #[serde(flatten)]
    administration: &'s Administration,
    amended: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    void: Option<VoidReason>,
    notice: &'s str,
}

/// A sitting whose definition has changed, or is gone, is shown as it was kept; nothing is scored anew.
fn changed(context: &Context, arguments: &Arguments, kept: &Kept) -> Result<()> {
    if arguments.json {
        let notice = context.words.text("notice");
        return output::json(&Stored { administration: &kept.administration, amended: kept.amended, void: kept.voided, notice: &notice });
    }
    let sitting = &kept.administration;
    let mut page = heading(context, kept);
    page.append(Page::titled(context.words.with("clinician-title", &[("title", &sitting.title)])));
    page.text(Style::Strong, context.words.text("show-changed"));
    for alert in &sitting.alerts {
        let kind = context.words.text(&format!("kind-{}", alert.kind));
        let id = format!("clinician-alert-{}", alert.state);
        page.indented(Style::Strong, context.words.with(&id, &[("item", &alert.item), ("kind", &kind)]));
    }
    for score in &sitting.scores {
        page.indented(Style::Strong, format!("{}: {}", score.id, super::list::score(score)));
        for (_, at_least, side, _) in &score.screens {
            page.deeper(Style::Plain, format!("≥ {at_least}: {side}"));
        }
    }
    for answer in &sitting.answers {
        page.indented(Style::Plain, format!("{}: {}", answer.item, answer.option.as_ref().unwrap_or(&answer.state)));
    }
    page.text(Style::Quiet, format!("{} · {}", sitting.edition, sitting.definition_sha256));
    output::page(&page, context.painter)
}

fn heading(context: &Context, kept: &Kept) -> Page {
    let sitting = &kept.administration;
    let mut page = Page::default();
    page.text(Style::Quiet, context.words.with("show-record", &[("id", &sitting.id), ("entered", &sitting.entered_at)]));
    if kept.amended > 0 {
        page.text(Style::Plain, context.words.count("show-amended", kept.amended, &[]));
    }
    if let Some(reason) = kept.voided {
        let id = match reason {
            VoidReason::WrongSheet => "show-void-wrong-sheet",
            VoidReason::WrongDay => "show-void-wrong-day",
            VoidReason::WrongPerson => "show-void-wrong-person",
        };
        page.text(Style::Strong, context.words.text(id));
    }
    page.gap();
    page
}
