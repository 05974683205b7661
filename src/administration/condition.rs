//! Evaluates conditions in three values over whatever facts are known.

use super::Truth;
use crate::questionnaire::{Condition, Id};

/// What a condition may ask.
pub trait Facts {
    /// Whether an item's points are at or above a threshold.
    fn item_at_least(&self, item: &Id, points: i32) -> Truth;
    /// Whether an item is answered with an option.
    fn item_equals(&self, item: &Id, option: &Id) -> Truth;
    /// Whether a scale's score is at or above a threshold.
    fn scale_at_least(&self, scale: &Id, points: i32) -> Truth;
}

/// Evaluates a condition.
#[must_use]
pub fn evaluate(condition: &Condition, facts: &dyn Facts) -> Truth {
    let parts = || condition.parts().iter().map(|part| evaluate(part, facts));
    match condition {
        Condition::ItemAtLeast { item, at_least } => facts.item_at_least(item, *at_least),
        Condition::ItemEquals { item, equals } => facts.item_equals(item, equals),
        Condition::ScaleAtLeast { scale, at_least } => facts.scale_at_least(scale, *at_least),
        Condition::All { all } => Truth::at_least(all.len(), parts()),
        Condition::Any { .. } => Truth::at_least(1, parts()),
        Condition::Count { at_least, .. } => Truth::at_least(usize::try_from(*at_least).unwrap_or(0), parts()),
    }
}
