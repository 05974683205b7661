//! The contract's JSON object (docs/contract.md §5).

use serde::Serialize;

use crate::administration::AnswerState;
use crate::interpret::{Reading, ScaleReading};
use crate::questionnaire::{AlertKind, Id};
use crate::scoring::Points;

/// One sheet with everything it says.
#[derive(Debug, Serialize)]
pub struct Document<'r> {
    format: u8,
    questionnaire: &'r Id,
    edition: &'r str,
    definition_sha256: &'r str,
    answers: Vec<Answer<'r>>,
    scales: Vec<ScaleDocument<'r>>,
    outcomes: Vec<OutcomeDocument<'r>>,
    alerts: Vec<AlertDocument<'r>>,
    notice: &'r str,
}

#[derive(Debug, Serialize)]
struct Answer<'r> {
    item: &'r Id,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<&'r Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<i32>,
}

#[derive(Debug, Serialize)]
struct ScaleDocument<'r> {
    id: &'r Id,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<Points>,
    lowest: Points,
    highest: Points,
    range: [i32; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<&'r Id>,
    cut_offs: Vec<CutOffDocument<'r>>,
}

#[derive(Debug, Serialize)]
struct CutOffDocument<'r> {
    id: &'r Id,
    at_least: i32,
    screen: &'static str,
    default: bool,
    source: &'r Id,
}

#[derive(Debug, Serialize)]
struct OutcomeDocument<'r> {
    id: &'r Id,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct AlertDocument<'r> {
    item: &'r Id,
    kind: AlertKind,
    state: &'static str,
}

impl<'r> Document<'r> {
    /// The document of a sheet; `notice` is the sentence that it is no diagnosis.
    #[must_use]
    pub fn new(reading: &'r Reading<'r>, notice: &'r str) -> Self {
        let questionnaire = reading.questionnaire;
        let answers = reading.sheet.items(questionnaire).map(|(item, state, _)| {
            let option = match state {
                AnswerState::Answered(place) => item.options.get(place),
                _ => None,
            };
            Answer {
                item: &item.id,
                state: state.as_str(),
                option: option.map(|option| &option.id),
                points: option.map(|option| option.points),
            }
        });
        Self {
            format: 1,
            questionnaire: questionnaire.id(),
            edition: questionnaire.edition(),
            definition_sha256: questionnaire.definition_sha256(),
            answers: answers.collect(),
            scales: reading.scales.iter().map(scale).collect(),
            outcomes: reading.outcomes.iter().map(|(outcome, state)| OutcomeDocument { id: &outcome.id, state: state.as_str() }).collect(),
            alerts: reading
                .alerts
                .iter()
                .map(|alert| AlertDocument { item: &alert.item, kind: alert.kind, state: alert.state.as_str() })
                .collect(),
            notice,
        }
    }
}

fn scale<'r>(reading: &'r ScaleReading<'r>) -> ScaleDocument<'r> {
    let (scale, score) = (reading.scale, &reading.score);
    let cut_offs = reading.screens.iter().map(|(cut_off, screen)| CutOffDocument {
        id: &cut_off.id,
        at_least: cut_off.at_least,
        screen: screen.as_str(),
        default: cut_off.default,
        source: &cut_off.source,
    });
    ScaleDocument {
        id: &scale.id,
        status: score.status.as_str(),
        points: score.points,
        lowest: score.lowest,
        highest: score.highest,
        range: [scale.range.0, scale.range.1],
        band: reading.band.map(|band| &band.id),
        cut_offs: cut_offs.collect(),
    }
}
