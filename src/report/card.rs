//! The crisis card as a page: emergency first, then crisis lines, then support, marked as such.

use super::{Page, Style};
use crate::messages::Messages;
use crate::safety::Card;
use crate::safety::alert::{Alert, AlertState};
use crate::safety::lines::{Channel, ChannelKind, Line};

/// The card under its title.
#[must_use]
pub fn page(words: &Messages, card: &Card<'_>) -> Page {
    let title = match &card.place {
        Some((_, region)) => format!("{}: {}", words.text("card-title"), region.name),
        None => words.text("card-title"),
    };
    let mut page = Page::titled(title);
    page.append(body(words, card));
    page
}

/// What is said to the person about an endorsed or unknown alert, then the card. `None` where all is denied.
#[must_use]
pub fn for_person(words: &Messages, card: &Card<'_>, alerts: &[Alert]) -> Option<Page> {
    let mut said: Vec<String> = Vec::new();
    for alert in alerts.iter().filter(|alert| alert.state != AlertState::Denied) {
        let id = format!("alert-{}-{}", alert.kind.as_str(), alert.state.as_str());
        if !said.contains(&id) {
            said.push(id);
        }
    }
    if said.is_empty() {
        return None;
    }
    // The emergency number stands at the very top, so that it is seen in the smallest window.
    let mut page = Page::titled(words.text("card-title"));
    page.append(urgent(words, card));
    page.gap();
    for id in said {
        page.text(Style::Plain, words.text(&id));
    }
    page.append(lines(words, card));
    page.text(Style::Plain, words.text("card-offline"));
    Some(page)
}

/// What is said to the clinician at the answer, then the card. `None` where all is denied.
#[must_use]
pub fn for_clinician(words: &Messages, card: &Card<'_>, alerts: &[Alert], action: &str) -> Option<Page> {
    let mut page = Page::titled(words.text("clinician-alerts"));
    let mut any = false;
    for alert in alerts.iter().filter(|alert| alert.state != AlertState::Denied) {
        any = true;
        let kind = words.text(&format!("kind-{}", alert.kind.as_str()));
        let id = format!("alert-interview-{}", alert.state.as_str());
        page.text(Style::Strong, words.with(&id, &[("item", alert.item.as_str()), ("kind", &kind)]));
    }
    page.gap();
    page.text(Style::Plain, action);
    page.append(body(words, card));
    any.then_some(page)
}

/// The lines of the card, without a title.
#[must_use]
pub fn body(words: &Messages, card: &Card<'_>) -> Page {
    let mut page = urgent(words, card);
    page.append(lines(words, card));
    page
}

/// The emergency numbers, or the generic block.
fn urgent(words: &Messages, card: &Card<'_>) -> Page {
    if card.place.is_none() {
        return generic(words, card);
    }
    let mut page = Page::default();
    page.text(Style::Heading, words.text("card-danger"));
    for line in card.emergency() {
        numbers(words, &mut page, line);
    }
    page
}

/// Crisis lines, support lines and dates; nothing where no region is known.
fn lines(words: &Messages, card: &Card<'_>) -> Page {
    let mut page = Page::default();
    let Some((_, region)) = &card.place else { return page };
    page.text(Style::Heading, words.text("card-crisis"));
    if card.crisis().is_empty() {
        page.indented(Style::Plain, words.with("card-no-crisis", &[("region", &region.name)]));
    }
    for line in card.crisis() {
        service(words, &mut page, line);
    }
    if !card.support().is_empty() {
        page.heading(words.text("card-support"));
        for line in card.support() {
            service(words, &mut page, line);
        }
    }
    page.gap();
    page.text(Style::Plain, words.text("card-no-answer"));
    dates(words, &mut page, card);
    page
}

fn generic(words: &Messages, card: &Card<'_>) -> Page {
    let mut page = Page::default();
    if let Some(region) = &card.unlisted {
        page.text(Style::Plain, words.with("card-unlisted", &[("region", region.as_str())]));
        page.gap();
    }
    for line in card.generic {
        page.text(Style::Strong, line);
        page.gap();
    }
    page.text(Style::Plain, words.text("card-region-hint"));
    dates(words, &mut page, card);
    page
}

fn dates(words: &Messages, page: &mut Page, card: &Card<'_>) {
    if let Some(date) = card.newest_source {
        page.text(Style::Quiet, words.with("card-dated", &[("date", date)]));
    }
    if card.is_old {
        page.text(Style::Strong, words.text("card-old"));
    }
}

fn service(words: &Messages, page: &mut Page, line: &Line) {
    let mut name = line.name.clone();
    if let Some(part) = line.subdivision.as_ref().filter(|part| !line.name.contains(part.as_str())) {
        name = format!("{name} ({part})");
    }
    if line.not_a_crisis_line {
        name = format!("{name}: {}", words.text("card-not-crisis"));
    }
    page.indented(Style::Plain, name);
    numbers(words, page, line);
    let mut about = vec![line.hours.clone()];
    about.extend((!line.languages.is_empty()).then(|| line.languages.join(", ")));
    about.extend(line.cost.clone());
    page.deeper(Style::Quiet, about.join(" · "));
    if let Some(day) = &line.verified_on {
        page.deeper(Style::Quiet, words.with("card-verified", &[("date", day)]));
    }
}

/// Each number on a line of its own, so that it can be read out and copied.
fn numbers(words: &Messages, page: &mut Page, line: &Line) {
    for channel in &line.channels {
        let style = if channel.number.is_some() { Style::Strong } else { Style::Plain };
        page.deeper(style, reach(words, channel));
    }
}

fn reach(words: &Messages, channel: &Channel) -> String {
    let number = channel.number.as_deref().unwrap_or_default();
    let url = channel.url.as_deref().unwrap_or_default();
    let mut text = match (channel.kind, &channel.keyword) {
        (ChannelKind::Voice, _) => words.with("card-call", &[("number", number)]),
        (ChannelKind::Sms, Some(word)) => words.with("card-text-word", &[("number", number), ("word", word)]),
        (ChannelKind::Sms, None) => words.with("card-text", &[("number", number)]),
        (ChannelKind::Whatsapp, _) => words.with("card-whatsapp", &[("number", number)]),
        (ChannelKind::Chat, _) => words.with("card-chat", &[("url", url)]),
        (ChannelKind::Web, _) => words.with("card-web", &[("url", url)]),
    };
    if let Some(letters) = &channel.letters {
        text = format!("{text} ({letters})");
    }
    let extra: Vec<&str> = [&channel.menu, &channel.note, &channel.language].into_iter().flatten().map(String::as_str).collect();
    if !extra.is_empty() {
        text = format!("{text}: {}", extra.join("; "));
    }
    text
}
