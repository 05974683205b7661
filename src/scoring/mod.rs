//! Pure scoring: a closed list of methods, missing rules, bounds and three-valued outcomes. No clinical number stands here.

pub mod outcome;
pub mod points;
pub mod scale;

pub use outcome::OutcomeState;
pub use points::Points;
pub use scale::{ScaleScore, Status};

use crate::administration::Sheet;
use crate::questionnaire::Questionnaire;

/// Everything a sheet scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// One per scale, in the order of the file.
    pub scales: Vec<ScaleScore>,
    /// One per outcome, in the order of the file.
    pub outcomes: Vec<OutcomeState>,
}

/// Scores a sheet.
#[must_use]
pub fn score(questionnaire: &Questionnaire, sheet: &Sheet) -> Scores {
    let scales: Vec<ScaleScore> = questionnaire.scales().iter().map(|scale| scale::score(questionnaire, scale, sheet)).collect();
    let outcomes = outcome::states(questionnaire, sheet, &scales);
    Scores { scales, outcomes }
}
