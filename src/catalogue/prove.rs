//! Runs the golden cases of a questionnaire through the scoring that people get.

use crate::administration::{Answer, Sheet};
use crate::interpret::Reading;
use crate::questionnaire::case::{AnswerFile, CaseFile, ExpectedScore};
use crate::questionnaire::json_text::JsonText;
use crate::questionnaire::text::visible;
use crate::questionnaire::{Fault, Questionnaire, Rule};
use crate::scoring::Points;

const CASES: &str = "cases.json";

/// One fault for every expectation of a case that does not hold.
#[must_use]
pub fn failures(questionnaire: &Questionnaire, cases: &[CaseFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        let answers: Vec<Answer> = questionnaire.items().iter().map(|item| answer(case, item)).collect();
        let mut fail = |pointer: String, message: String| {
            let name = visible(&case.name);
            let mut fault = Fault::of_file(
                Rule::CaseFails,
                CASES,
                &format!("Case \"{name}\": {message}"),
                "Compare the case and the points with the publication.",
            );
            fault.pointer = format!("/cases/{place}{pointer}");
            faults.push(fault);
        };
        match Sheet::resolve(questionnaire, &answers) {
            Ok(sheet) => compare(case, &Reading::of(questionnaire, sheet), &mut fail),
            Err(contradiction) => fail(String::new(), format!("item {} is answered although its gate is closed.", contradiction.item)),
        }
    }
    faults
}

/// Adds the line and column at which each failing expectation is written.
pub fn locate(faults: &mut [Fault], files: &[(String, Vec<u8>)]) {
    let Some((name, bytes)) = files.iter().find(|(name, _)| name == CASES) else { return };
    let Ok(text) = JsonText::new(name, bytes) else { return };
    let Ok(root) = text.parse() else { return };
    for fault in faults {
        let placed = text.fault_at(&root, fault.rule, &fault.pointer, &fault.message, &fault.suggestion);
        (fault.line, fault.column) = (placed.line, placed.column);
    }
}

fn answer(case: &CaseFile, item: &crate::questionnaire::Item) -> Answer {
    match case.answers.get(item.id.as_str()) {
        Some(AnswerFile::Option(option)) => item.option(option).map_or(Answer::NotReached, |(place, _)| Answer::Chosen(place)),
        Some(AnswerFile::Missing(missing)) if missing.declined => Answer::Declined,
        Some(AnswerFile::Missing(_)) | None => Answer::NotReached,
    }
}

fn compare(case: &CaseFile, reading: &Reading<'_>, fail: &mut impl FnMut(String, String)) {
    for (id, expected) in &case.scales {
        if let Some(found) = reading.scales.iter().find(|found| found.scale.id == **id) {
            compare_score(id, expected, found, fail);
        }
    }
    let screens = || reading.scales.iter().flat_map(|scale| &scale.screens);
    for (id, expected) in &case.screens {
        let found = screens().find(|(cut_off, _)| cut_off.id == **id).map(|(_, screen)| screen.as_str());
        if found != Some(expected) {
            fail(format!("/screens/{id}"), said(id, expected, found));
        }
    }
    for (id, expected) in &case.outcomes {
        let found = reading.outcomes.iter().find(|(outcome, _)| outcome.id == **id).map(|(_, state)| state.as_str());
        if found != Some(expected) {
            fail(format!("/outcomes/{id}"), said(id, expected, found));
        }
    }
    for (id, expected) in &case.alerts {
        let found = reading.alerts.iter().find(|alert| alert.item == **id).map(|alert| alert.state.as_str());
        if found != Some(expected) {
            fail(format!("/alerts/{id}"), said(&format!("the alert of item {id}"), expected, found));
        }
    }
}

fn compare_score(id: &str, expected: &ExpectedScore, found: &crate::interpret::ScaleReading<'_>, fail: &mut impl FnMut(String, String)) {
    let pointer = format!("/scales/{id}");
    let none = |points: Option<Points>| points.map_or_else(|| "none".to_owned(), |points| points.to_string());
    // An expected score without points says that there must be none.
    if !same(expected.points, found.score.points) && (expected.points.is_some() || expected.lowest.is_some()) {
        let wanted = expected.points.map_or_else(|| "none".to_owned(), |points| points.to_string());
        fail(pointer.clone(), format!("{id} has points {}, expected {wanted}.", none(found.score.points)));
    }
    for (name, wanted, got) in [("lowest", expected.lowest, found.score.lowest), ("highest", expected.highest, found.score.highest)] {
        if wanted.is_some() && !same(wanted, Some(got)) {
            let wanted = wanted.map(|points| points.to_string()).unwrap_or_default();
            fail(format!("{pointer}/{name}"), format!("{id} {name} is {got}, expected {wanted}."));
        }
    }
    if let Some(wanted) = &expected.status
        && wanted != found.score.status.as_str()
    {
        fail(format!("{pointer}/status"), said(&format!("the status of {id}"), wanted, Some(found.score.status.as_str())));
    }
    let band = found.band.map(|band| band.id.as_str());
    if let Some(wanted) = &expected.band
        && Some(wanted.as_str()) != band
    {
        fail(format!("{pointer}/band"), said(&format!("the band of {id}"), wanted, band));
    }
}

/// Cases are written as decimals; a fraction such as 100/9 matches within a millionth of a point.
fn same(expected: Option<f64>, found: Option<Points>) -> bool {
    match (expected, found) {
        (Some(expected), Some(found)) => (expected - found.as_f64()).abs() < 1e-6,
        (None, None) => true,
        _ => false,
    }
}

fn said(what: &str, expected: &str, found: Option<&str>) -> String {
    format!("{} is {}, expected {}.", visible(what), found.unwrap_or("absent"), visible(expected))
}
