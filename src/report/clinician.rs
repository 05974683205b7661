//! The clinician's page: never a naked number. Alerts first, then scores with their cut-offs, evidence and sources.

use super::{Page, Style, card};
use crate::administration::AnswerState;
use crate::interpret::{Reading, ScaleReading, Screen};
use crate::messages::Messages;
use crate::questionnaire::file::AccuracyFile;
use crate::questionnaire::{CutOff, Id, Item, Questionnaire};
use crate::safety::Card;
use crate::safety::alert::AlertState;
use crate::scoring::{OutcomeState, Status};

/// How and when a sheet was filled in.
#[derive(Debug, Clone)]
pub struct Circumstances<'c> {
    /// `self`, `interview`, `paper` or `handover`; `None` for a sheet of which that is not known.
    pub mode: Option<&'c str>,
    /// Day it was filled in, or scored where that is not known, `YYYY-MM-DD`.
    pub day: &'c str,
    /// Language of the words.
    pub language: &'c str,
    /// Whether the definition came with the program.
    pub verified: bool,
}

/// The page of one sheet.
#[must_use]
pub fn page(words: &Messages, reading: &Reading<'_>, help: &Card<'_>, how: &Circumstances<'_>) -> Page {
    let questionnaire = reading.questionnaire;
    let mut page = Page::titled(words.with("clinician-title", &[("title", questionnaire.title())]));
    page.text(Style::Strong, words.text("notice"));
    if !how.verified {
        page.text(Style::Strong, words.text("not-verified"));
    }
    alerts(words, &mut page, reading);
    page.heading(words.text("clinician-scores"));
    for scale in &reading.scales {
        page.gap();
        scale_block(words, &mut page, questionnaire, scale);
    }
    outcomes(words, &mut page, reading);
    next_step(words, &mut page, reading);
    answers(words, &mut page, reading, how);
    page.heading(words.text("person-now-title"));
    page.text(Style::Plain, words.text("help-now"));
    page.text(Style::Quiet, words.text("help-now-source"));
    if reading.alert().is_some_and(|state| state != AlertState::Denied) {
        page.heading(words.text("card-title"));
        page.append(card::body(words, help));
    }
    about(words, &mut page, questionnaire, how);
    page
}

fn alerts(words: &Messages, page: &mut Page, reading: &Reading<'_>) {
    if reading.alerts.is_empty() {
        return;
    }
    page.heading(words.text("clinician-alerts"));
    for alert in &reading.alerts {
        let kind = words.text(&format!("kind-{}", alert.kind.as_str()));
        let style = if alert.state == AlertState::Denied { Style::Plain } else { Style::Strong };
        let id = format!("clinician-alert-{}", alert.state.as_str());
        page.indented(style, words.with(&id, &[("item", alert.item.as_str()), ("kind", &kind)]));
        if alert.state != AlertState::Denied
            && let Some(critical) = reading.questionnaire.critical(&alert.item)
        {
            let source = cited(reading.questionnaire, &critical.source);
            page.deeper(Style::Plain, words.with("clinician-alert-action", &[("action", &critical.action), ("source", &source)]));
        }
    }
}

/// The score of a scale in one sentence: points, an estimate, or bounds.
#[must_use]
pub fn score(words: &Messages, reading: &ScaleReading<'_>) -> String {
    let (scale, score) = (reading.scale, &reading.score);
    let id = match score.status {
        Status::Complete => "clinician-complete",
        Status::Prorated => "clinician-prorated",
        Status::Incomplete => "clinician-incomplete",
    };
    let points = score.points.map(|points| points.to_string()).unwrap_or_default();
    words.with(
        id,
        &[
            ("title", &scale.title),
            ("points", &points),
            ("lowest", &scale.range.0.to_string()),
            ("highest", &scale.range.1.to_string()),
            ("from", &score.lowest.to_string()),
            ("to", &score.highest.to_string()),
            ("known", &score.known.to_string()),
            ("items", &scale.items.len().to_string()),
        ],
    )
}

/// The side of a cut-off in one sentence.
#[must_use]
pub fn side(words: &Messages, cut_off: &CutOff, screen: Screen) -> String {
    let text = words.with(&format!("clinician-{}", screen.as_str()), &[("at_least", &cut_off.at_least.to_string())]);
    if cut_off.default { format!("{text} {}", words.text("clinician-default")) } else { text }
}

fn scale_block(words: &Messages, page: &mut Page, questionnaire: &Questionnaire, reading: &ScaleReading<'_>) {
    page.indented(Style::Strong, score(words, reading));
    if reading.scale.exploratory {
        page.deeper(Style::Plain, words.text("clinician-exploratory"));
    }
    if let Some(band) = reading.band {
        let source = cited(questionnaire, &band.source);
        page.deeper(Style::Plain, words.with("clinician-band", &[("band", &band.name), ("source", &source)]));
    }
    for (cut_off, screen) in &reading.screens {
        page.deeper(Style::Strong, side(words, cut_off, *screen));
        if let Some(accuracy) = accuracy(words, cut_off) {
            page.deeper(Style::Plain, accuracy);
        }
        let source = cited(questionnaire, &cut_off.source);
        let context = &cut_off.context;
        let parts: Vec<&str> =
            [&context.respondent, &context.timing, &context.setting, &context.language].into_iter().flatten().map(String::as_str).collect();
        let values = [("finds", cut_off.finds.as_str()), ("context", &parts.join("; ")), ("source", &source)];
        page.deeper(Style::Quiet, words.with("clinician-for", &values));
        if let Some(reason) = &cut_off.reason {
            page.deeper(Style::Quiet, words.with("clinician-default-reason", &[("reason", reason)]));
        }
    }
    if let Some((points, source)) = &reading.scale.change {
        let source = cited(questionnaire, source);
        page.deeper(Style::Quiet, words.with("clinician-change", &[("points", &points.to_string()), ("source", &source)]));
    }
}

fn accuracy(words: &Messages, cut_off: &CutOff) -> Option<String> {
    let (sensitivity, specificity) = (cut_off.sensitivity?, cut_off.specificity?);
    Some(words.with("clinician-accuracy", &[("sensitivity", &share(sensitivity)), ("specificity", &share(specificity))]))
}

fn share(accuracy: AccuracyFile) -> String {
    match (accuracy.low, accuracy.high) {
        (Some(low), Some(high)) => format!("{:.2} ({low:.2} to {high:.2})", accuracy.value),
        _ => format!("{:.2}", accuracy.value),
    }
}

fn outcomes(words: &Messages, page: &mut Page, reading: &Reading<'_>) {
    if reading.outcomes.is_empty() {
        return;
    }
    page.heading(words.text("clinician-outcomes"));
    for (outcome, state) in &reading.outcomes {
        let id = match state {
            OutcomeState::Met => "clinician-outcome-met",
            OutcomeState::NotMet => "clinician-outcome-not-met",
            OutcomeState::Unknown => "clinician-outcome-unknown",
        };
        let source = cited(reading.questionnaire, &outcome.source);
        page.indented(Style::Plain, words.with(id, &[("title", &outcome.title), ("source", &source)]));
    }
}

fn next_step(words: &Messages, page: &mut Page, reading: &Reading<'_>) {
    page.heading(words.text("clinician-next"));
    let Some(step) = reading.next_step() else {
        return page.indented(Style::Plain, words.text("clinician-next-none"));
    };
    let source = cited(reading.questionnaire, &step.source);
    page.indented(Style::Plain, words.with("clinician-next-step", &[("text", &step.text), ("source", &source)]));
    if let Some((from, to)) = step.repeat_in_weeks {
        page.indented(Style::Plain, words.with("clinician-repeat", &[("from", &from.to_string()), ("to", &to.to_string())]));
    }
}

fn answers(words: &Messages, page: &mut Page, reading: &Reading<'_>, how: &Circumstances<'_>) {
    page.heading(words.text("clinician-answers"));
    for (item, state, _) in reading.sheet.items(reading.questionnaire) {
        let points = match state {
            AnswerState::Answered(place) if item.scored => item.options.get(place).map(|option| format!(" = {}", option.points)),
            _ => None,
        };
        let said = answer(words, reading.questionnaire, item, state, how.language);
        page.indented(Style::Plain, format!("{} {}: {said}{}", item.id, item.topic, points.unwrap_or_default()));
    }
}

/// What was answered, in the words of the questionnaire where they are here, else as the place of the box.
#[must_use]
pub fn answer(words: &Messages, questionnaire: &Questionnaire, item: &Item, state: AnswerState, language: &str) -> String {
    match state {
        AnswerState::Answered(place) => {
            let option = item.options.get(place).map(|option| &option.id);
            let said =
                questionnaire.wording(language).zip(option).map(|(wording, option)| wording.option(&item.option_set, option).to_owned());
            said.unwrap_or_else(|| {
                words.with("answer-box", &[("box", &(place + 1).to_string()), ("boxes", &item.options.len().to_string())])
            })
        }
        AnswerState::Declined => words.text("answer-declined"),
        AnswerState::NotReached => words.text("answer-not-reached"),
        AnswerState::NotApplicable => words.text("answer-not-applicable"),
    }
}

fn about(words: &Messages, page: &mut Page, questionnaire: &Questionnaire, how: &Circumstances<'_>) {
    page.heading(words.text("clinician-about"));
    let edition = [("title", questionnaire.full_title()), ("edition", questionnaire.edition())];
    page.indented(Style::Quiet, words.with("clinician-edition", &edition));
    let recall = match questionnaire.recall_days() {
        0 => words.text("clinician-recall-now"),
        days => words.with("clinician-recall-days", &[("days", &days.to_string())]),
    };
    match how.mode {
        Some(mode) => {
            let mode = words.text(&format!("mode-{mode}"));
            page.indented(Style::Quiet, words.with("clinician-mode", &[("mode", &mode), ("day", how.day), ("recall", &recall)]));
        }
        None => page.indented(Style::Quiet, words.with("clinician-sheet", &[("day", how.day), ("recall", &recall)])),
    }
    page.indented(Style::Quiet, words.with("clinician-hash", &[("hash", questionnaire.definition_sha256())]));
    page.indented(Style::Quiet, questionnaire.rights().citation.clone());
    if let Some(wording) = questionnaire.wording(how.language) {
        page.indented(Style::Quiet, wording.rights_line());
    }
    page.heading(words.text("clinician-sources"));
    for (id, source) in questionnaire.sources() {
        let place =
            source.doi.as_ref().map(|doi| format!(" doi {doi}")).or_else(|| source.pmid.as_ref().map(|pmid| format!(" PMID {pmid}")));
        page.indented(Style::Quiet, format!("{id}: {}{}", source.citation, place.unwrap_or_default()));
    }
}

/// A source by its id where the page lists sources; the id itself is readable (author and year).
fn cited(questionnaire: &Questionnaire, id: &Id) -> String {
    match questionnaire.source(id) {
        Some(_) => id.to_string(),
        None => format!("{id}?"),
    }
}
