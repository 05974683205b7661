//! Scores one scale: points where every item is known, else bounds. Missing is not zero.

use super::Points;
use crate::administration::sheet::Span;
use crate::administration::{AnswerState, Sheet, Truth};
use crate::questionnaire::file::MethodKind;
use crate::questionnaire::{Questionnaire, Scale};

/// Whether a score has points, and of which sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every item is known.
    Complete,
    /// The published rule stands in for missing items.
    Prorated,
    /// No points, only bounds.
    Incomplete,
}

impl Status {
    /// The word for it in JSON and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Prorated => "prorated",
            Self::Incomplete => "incomplete",
        }
    }
}

/// The score of one scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleScore {
    /// Whether there are points.
    pub status: Status,
    /// The points; absent when incomplete.
    pub points: Option<Points>,
    /// Lowest score any completion of the sheet could give, points.
    pub lowest: Points,
    /// Highest score any completion of the sheet could give, points.
    pub highest: Points,
    /// How many of its items are answered or rightly not asked.
    pub known: usize,
}

/// Scores one scale of a sheet.
#[must_use]
pub fn score(questionnaire: &Questionnaire, scale: &Scale, sheet: &Sheet) -> ScaleScore {
    let spans: Vec<Span> = spans(questionnaire, scale, sheet).collect();
    let known = spans.iter().filter(|span| span.known).count();
    let lowest = of_points(scale, spans.iter().map(|span| span.lowest));
    let highest = of_points(scale, spans.iter().map(|span| span.highest));
    if known == scale.items.len() {
        return ScaleScore { status: Status::Complete, points: Some(lowest), lowest, highest, known };
    }
    let missing = i32::try_from(scale.items.len() - known).unwrap_or(i32::MAX);
    if missing <= scale.max_missing && may_prorate(questionnaire, scale, sheet) {
        let sum: i64 = spans.iter().filter(|span| span.known).map(|span| i64::from(span.lowest)).sum();
        return ScaleScore { status: Status::Prorated, points: Some(prorated(scale, sum, known)), lowest, highest, known };
    }
    ScaleScore { status: Status::Incomplete, points: None, lowest, highest, known }
}

/// What each item of a scale may add. A refusal adds what the publication says it does, where it says so.
fn spans<'s>(questionnaire: &'s Questionnaire, scale: &'s Scale, sheet: &'s Sheet) -> impl Iterator<Item = Span> {
    scale.items.iter().filter_map(move |id| {
        let (item, state, gate) = sheet.item(questionnaire, id)?;
        Some(match scale.refusal_points {
            // Behind an unknown gate the item may not have been due at all, so a refusal settles nothing yet.
            Some(points) if state == AnswerState::Declined => match item.gate.as_ref().filter(|_| gate == Truth::Unknown) {
                Some(shut) => {
                    let shut = shut.points_when_not_applicable;
                    Span { lowest: points.min(shut), highest: points.max(shut), known: false }
                }
                None => Span { lowest: points, highest: points, known: true },
            },
            _ => Span::of(item, state, gate),
        })
    })
}

/// The closed list of methods, over one point value per item.
fn of_points(scale: &Scale, points: impl Iterator<Item = i32>) -> Points {
    let factor = i64::from(scale.method.multiplier);
    match scale.method.kind {
        MethodKind::Sum => Points::whole(points.map(i64::from).sum::<i64>() * factor),
        MethodKind::Mean => Points::fraction(points.map(i64::from).sum::<i64>() * factor, length(scale)),
        MethodKind::Count => {
            let reached = points.filter(|points| *points >= scale.method.at_least).count();
            Points::whole(i64::try_from(reached).unwrap_or(i64::MAX))
        }
    }
}

/// The mean of the known items stands in for each missing one.
fn prorated(scale: &Scale, sum: i64, known: usize) -> Points {
    let known = i64::try_from(known).unwrap_or(i64::MAX);
    let factor = i64::from(scale.method.multiplier);
    match scale.method.kind {
        MethodKind::Sum => Points::fraction(sum * factor * length(scale), known),
        MethodKind::Mean | MethodKind::Count => Points::fraction(sum * factor, known),
    }
}

fn length(scale: &Scale) -> i64 {
    i64::try_from(scale.items.len()).unwrap_or(i64::MAX)
}

/// Never with a critical item missing, and never while a gate is unknown.
fn may_prorate(questionnaire: &Questionnaire, scale: &Scale, sheet: &Sheet) -> bool {
    scale.items.iter().filter_map(|id| sheet.item(questionnaire, id)).all(|(item, state, gate)| {
        let critical = questionnaire.critical(&item.id).is_some();
        gate != Truth::Unknown && !(critical && state.is_missing())
    })
}
