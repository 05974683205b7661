//! The plain-language page a person reads after checking themselves. No number stands on it unless it is asked for.

use super::{Page, Style, card, clinician};
use crate::interpret::{Reading, Screen};
use crate::messages::Messages;
use crate::safety::Card;
use crate::safety::alert::{Alert, AlertState};

/// The page for one or several questionnaires taken in a row.
#[must_use]
pub fn page(words: &Messages, readings: &[Reading<'_>], help: &Card<'_>, with_numbers: bool) -> Page {
    let alerts: Vec<Alert> = readings.iter().flat_map(|reading| reading.alerts.clone()).collect();
    let endorsed = alerts.iter().any(|alert| alert.state == AlertState::Endorsed);
    let mut page = Page::default();
    // Help comes before anything else where an answer asks for it.
    let first = card::for_person(words, help, &alerts);
    let card_shown = first.is_some();
    if let Some(first) = first {
        page.append(first);
        page.gap();
    }
    page.append(Page::titled(words.text("person-title")));
    for reading in readings {
        page.text(Style::Plain, meaning(words, reading));
    }
    page.heading(words.text("person-not-title"));
    page.text(Style::Plain, words.text("person-not"));
    page.heading(words.text("person-next-title"));
    let talk = readings.iter().any(|reading| !matches!(reading.screen(), Some(Screen::Negative) | None));
    let next = match (endorsed, talk) {
        (true, _) => "person-next-alert",
        (false, true) => "person-next-above",
        (false, false) => "person-next-below",
    };
    page.text(Style::Plain, words.text(next));
    page.heading(words.text("person-now-title"));
    page.text(Style::Plain, words.text("help-now"));
    page.text(Style::Quiet, words.text("help-now-source"));
    if !card_shown {
        page.heading(words.text("person-call-title"));
        page.append(card::body(words, help));
    }
    if with_numbers {
        page.append(numbers(words, readings));
    }
    page.gap();
    page.text(Style::Plain, words.text("person-thanks"));
    page
}

fn meaning(words: &Messages, reading: &Reading<'_>) -> String {
    let id = match reading.screen() {
        Some(Screen::Negative) if reading.alert() == Some(AlertState::Endorsed) => "person-below-alert",
        Some(Screen::Negative) => "person-below",
        Some(Screen::Positive) => "person-above",
        Some(Screen::Indeterminate) => "person-open",
        None => "person-no-cut-off",
    };
    words.with(id, &[("topic", reading.questionnaire.topic())])
}

/// Scores in numbers, with what they are measured against. Subscales marked exploratory stay with the clinician.
#[must_use]
pub fn numbers(words: &Messages, readings: &[Reading<'_>]) -> Page {
    let mut page = Page::default();
    page.heading(words.text("person-numbers-title"));
    for reading in readings {
        page.text(Style::Plain, reading.questionnaire.title());
        if let Some(total) = reading.total() {
            page.indented(Style::Plain, clinician::score(words, total));
            for (cut_off, screen) in total.screens.iter().filter(|(cut_off, _)| cut_off.default) {
                let id = format!("person-number-{}", screen.as_str());
                page.indented(Style::Plain, words.with(&id, &[("at_least", &cut_off.at_least.to_string())]));
            }
        }
    }
    page.text(Style::Quiet, words.text("notice"));
    page
}
