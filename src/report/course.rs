//! The person's earlier results: what changed, in words, and a row of bars. No number stands here.

use super::{Page, Style, card};
use crate::messages::Messages;
use crate::record::Kept;
use crate::record::trend::{Change, trends};
use crate::safety::Card;

/// The page. `reliable` gives the smallest reliable change of a questionnaire, points, where one is published.
#[must_use]
pub fn page(words: &Messages, kept: &[Kept], help: &Card<'_>, reliable: &dyn Fn(&str) -> Option<i32>) -> Page {
    let mut page = Page::default();
    let counting = || kept.iter().filter(|kept| kept.voided.is_none());
    if counting().any(|kept| kept.administration.has_alert("endorsed")) {
        page.append(card::page(words, help));
        page.gap();
    }
    page.append(Page::titled(words.text("trend-title")));
    let trends = trends(kept);
    if trends.is_empty() {
        page.text(Style::Plain, words.text("trend-none"));
        return page;
    }
    for trend in &trends {
        let days = || trend.results.iter().map(|kept| kept.administration.taken_on.as_str());
        let (from, to) = (days().next().unwrap_or_default(), days().next_back().unwrap_or_default());
        page.heading(words.count("trend-line", trend.results.len(), &[("title", trend.title), ("from", from), ("to", to)]));
        page.indented(Style::Plain, trend.sparkline());
        let said = trend.change(reliable(trend.questionnaire)).map(|change| match change {
            Change::Higher => "trend-higher",
            Change::Lower => "trend-lower",
            Change::Same => "trend-same",
            Change::NoRule => "trend-no-rule",
            Change::Unknown => "trend-unknown",
        });
        if let Some(id) = said {
            page.indented(Style::Plain, words.text(id));
        }
    }
    page.gap();
    page.text(Style::Quiet, words.text("trend-legend"));
    page.text(Style::Quiet, words.text("trend-not"));
    page
}
