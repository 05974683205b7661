//! `list`: what is kept, newest first, alerts before everything else.

use comfy_table::{ContentArrangement, Table, presets};

use super::context::Context;
use super::{output, store};
use crate::error::{Error, Result};
use crate::record::entry::{Administration, StoredScore, Timing};
use crate::record::{Entry, Kept};
use crate::report::{Page, Style};
use crate::vault::VaultError;

/// How many sittings are shown unless all are asked for.
const USUAL: usize = 50;

/// List what is kept, alerts first
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  periscreen list\n  periscreen list --newest 10 --json\n  periscreen list --ids --passphrase-fd 3 3< FILE"
)]
pub(super) struct Arguments {
    /// Print ids only, one a line, oldest first
    #[arg(long, conflicts_with = "json")]
    ids: bool,
    /// Print one JSON array
    #[arg(long)]
    json: bool,
    /// How many of the newest to show
    #[arg(long, value_name = "N", default_value_t = USUAL)]
    newest: usize,
    /// Show all
    #[arg(long)]
    all: bool,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<()> {
    let folder = store::folder(context)?;
    let mut vault = store::unlock(context)?;
    if arguments.ids {
        ids(&mut vault, &folder)?;
        return store::complete(&vault, &folder);
    }
    let limit = (!arguments.all).then_some(arguments.newest);
    let kept = store::newest(&mut vault, &folder, limit)?;
    if arguments.json {
        output::json(&kept.iter().map(row).collect::<Vec<_>>())?;
        return store::complete(&vault, &folder);
    }
    let drafts = vault.drafts().map_err(|error| store::told(&error, &folder))?;
    // Of what is unfinished only what was endorsed: the rest is merely not reached yet.
    let unfinished: Vec<Administration> = drafts.drafts.iter().filter_map(|draft| sitting(&draft.payload)).collect();
    let unfinished = unfinished.iter().filter(|sitting| sitting.has_alert("endorsed"));
    let counting = kept.iter().filter(|kept| kept.voided.is_none()).map(|kept| &kept.administration);
    let mut page = alerts(context, &unfinished.chain(counting).collect::<Vec<_>>());
    if !drafts.drafts.is_empty() {
        page.text(Style::Plain, context.words.count("list-drafts", drafts.drafts.len(), &[]));
    }
    if drafts.bad > 0 {
        page.text(Style::Strong, context.words.count("list-bad-drafts", drafts.bad, &[]));
    }
    if kept.is_empty() {
        page.text(Style::Plain, context.words.text("list-empty"));
    }
    output::page(&page, context.painter)?;
    if !kept.is_empty() {
        output::text(&(table(&kept) + "\n"))?;
    }
    if drafts.table_damaged {
        return Err(store::told(&VaultError::Damaged { what: "unfinished sittings" }, &folder));
    }
    store::complete(&vault, &folder)
}

/// The sitting of a draft; `None` where this version cannot read it.
fn sitting(payload: &[u8]) -> Option<Administration> {
    match store::entry(payload) {
        Ok(Entry::Administration(sitting)) => Some(*sitting),
        _ => None,
    }
}

/// Ids of all sittings that count, oldest first. They are printed after the walk, each remembered in 16 bytes: a reader that
/// stops reading must not hold the vault, and nothing is printed of a vault in which something is wrong.
fn ids(vault: &mut crate::vault::Unlocked, folder: &std::path::Path) -> Result<()> {
    let (mut voided, mut sittings) = (std::collections::BTreeSet::new(), Vec::new());
    let walked = vault.for_each(|record| match store::entry(record.payload).map_err(Walk::Told)? {
        Entry::Administration(_) => {
            sittings.push(record.id);
            Ok(())
        }
        Entry::Void { of, .. } => {
            voided.extend(store::id(&of).ok());
            Ok(())
        }
        Entry::Amendment { .. } => Ok(()),
    });
    walked.map_err(|error| match error {
        Walk::Vault(error) => store::told(&error, folder),
        Walk::Told(error) => error,
    })?;
    sittings.retain(|id| !voided.contains(id));
    for some in sittings.chunks(1024) {
        let lines: Vec<String> = some.iter().map(ToString::to_string).collect();
        output::text(&(lines.join("\n") + "\n"))?;
    }
    Ok(())
}

/// Why a walk through the vault ended early.
enum Walk {
    Vault(VaultError),
    Told(Error),
}

impl From<VaultError> for Walk {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

/// Alerts that are not denied, endorsed first, before the list.
pub(super) fn alerts(context: &Context, sittings: &[&Administration]) -> Page {
    let mut page = Page::default();
    for state in ["endorsed", "unknown"] {
        for sitting in sittings {
            let Some(alert) = sitting.alerts.iter().find(|alert| alert.state == state) else { continue };
            let kind = context.words.text(&format!("kind-{}", alert.kind));
            let values = [("day", sitting.taken_on.as_str()), ("title", &sitting.title), ("kind", &kind), ("id", &sitting.id)];
            page.text(Style::Strong, context.words.with(&format!("list-alert-{state}"), &values));
        }
    }
    page.gap();
    page
}

fn table(kept: &[Kept]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["day", "timing", "questionnaire", "score", "screen", "alert"]);
    for kept in kept {
        let sitting = &kept.administration;
        let total = sitting.total();
        let mut title = sitting.title.clone();
        if kept.amended > 0 {
            title.push_str(" (amended)");
        }
        if kept.voided.is_some() {
            title.push_str(" (void)");
        }
        table.add_row([
            sitting.taken_on.clone(),
            sitting.timing.map_or_else(|| "-".to_owned(), timing),
            title,
            total.map_or_else(|| "-".to_owned(), score),
            total.and_then(screen).unwrap_or_else(|| "-".to_owned()),
            alert(sitting).to_owned(),
        ]);
    }
    // The id stands below its row, so that a row fits into 80 columns; the first line is the header.
    let ids = [None].into_iter().chain(kept.iter().map(|kept| Some(&kept.administration.id)));
    let rows = table.lines().zip(ids).flat_map(|(row, id)| [Some(row.trim_end().to_owned()), id.map(|id| format!("   record {id}"))]);
    rows.flatten().collect::<Vec<_>>().join("\n")
}

fn timing(timing: Timing) -> String {
    match (timing.weeks_pregnant, timing.weeks_after_birth) {
        (Some(weeks), _) => format!("{weeks} wk preg."),
        (None, Some(weeks)) => format!("birth +{weeks} wk"),
        (None, None) => "-".to_owned(),
    }
}

/// Points, an estimate, or bounds: never a number that hides a gap.
pub(super) fn score(score: &StoredScore) -> String {
    match (score.points, score.status.as_str()) {
        (Some(points), "prorated") => format!("~{points:.1} ({} to {})", score.lowest, score.highest),
        (Some(points), _) => format!("{points}"),
        (None, _) => format!("{} to {}", score.lowest, score.highest),
    }
}

fn screen(score: &StoredScore) -> Option<String> {
    let (_, at_least, side, _) = score.screens.iter().find(|screen| screen.3)?;
    Some(format!("{side} ≥{at_least}"))
}

fn alert(sitting: &Administration) -> &'static str {
    if sitting.has_alert("endorsed") {
        "ENDORSED"
    } else if sitting.has_alert("unknown") {
        "unanswered"
    } else if sitting.alerts.is_empty() {
        "-"
    } else {
        "denied"
    }
}

#[derive(serde::Serialize)]
struct Row<'k> {
    id: &'k str,
    questionnaire: &'k str,
    taken_on: &'k str,
    entered_at: &'k str,
    mode: &'k str,
    status: crate::record::Progress,
    timing: Option<Timing>,
    amended: usize,
    void: Option<crate::record::entry::VoidReason>,
    scores: &'k [StoredScore],
    alerts: &'k [crate::record::entry::StoredAlert],
}

fn row(kept: &Kept) -> Row<'_> {
    let sitting = &kept.administration;
    Row {
        id: &sitting.id,
        questionnaire: &sitting.questionnaire,
        taken_on: &sitting.taken_on,
        entered_at: &sitting.entered_at,
        mode: &sitting.mode,
        status: sitting.status,
        timing: sitting.timing,
        amended: kept.amended,
        void: kept.voided,
        scores: &sitting.scores,
        alerts: &sitting.alerts,
    }
}
