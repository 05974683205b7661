//! Rules that are not points, in three values.

use super::ScaleScore;
use crate::administration::condition::{Facts, evaluate};
use crate::administration::sheet::ItemFacts;
use crate::administration::{Sheet, Truth};
use crate::questionnaire::{Id, Questionnaire};

/// Whether the rule of an outcome holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeState {
    /// It holds, whatever the missing answers would be.
    Met,
    /// It does not hold, whatever the missing answers would be.
    NotMet,
    /// It depends on missing answers.
    Unknown,
}

impl OutcomeState {
    /// The word for it in JSON and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
        }
    }
}

/// The state of each outcome, in the order of the file.
pub(super) fn states(questionnaire: &Questionnaire, sheet: &Sheet, scales: &[ScaleScore]) -> Vec<OutcomeState> {
    let facts = SheetFacts { items: ItemFacts { questionnaire, sheet }, scales };
    let state = |outcome: &crate::questionnaire::model::Outcome| match evaluate(&outcome.when, &facts) {
        Truth::True => OutcomeState::Met,
        Truth::False => OutcomeState::NotMet,
        Truth::Unknown => OutcomeState::Unknown,
    };
    questionnaire.outcomes().iter().map(state).collect()
}

/// What outcomes may ask: items and scales.
struct SheetFacts<'s> {
    items: ItemFacts<'s>,
    scales: &'s [ScaleScore],
}

impl Facts for SheetFacts<'_> {
    fn item_at_least(&self, item: &Id, points: i32) -> Truth {
        self.items.item_at_least(item, points)
    }

    fn item_equals(&self, item: &Id, option: &Id) -> Truth {
        self.items.item_equals(item, option)
    }

    fn scale_at_least(&self, scale: &Id, points: i32) -> Truth {
        let mut named = self.items.questionnaire.scales().iter().zip(self.scales);
        let Some((_, score)) = named.find(|(known, _)| known.id == *scale) else { return Truth::Unknown };
        if score.lowest.at_least(points) {
            Truth::True
        } else if score.highest.at_least(points) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}
