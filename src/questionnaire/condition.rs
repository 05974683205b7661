//! The small language in which gates and outcomes are written. It is evaluated in three values, one room further out.

use serde::Serialize;

use super::Id;

/// A condition over items (and, in outcomes, over scales).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Condition {
    /// The points of an item are at or above a threshold.
    ItemAtLeast {
        /// The item.
        item: Id,
        /// Threshold in points (≥).
        at_least: i32,
    },
    /// An item is answered with this option.
    ItemEquals {
        /// The item.
        item: Id,
        /// The option.
        equals: Id,
    },
    /// All parts hold.
    All {
        /// The parts; never empty.
        all: Vec<Condition>,
    },
    /// At least one part holds.
    Any {
        /// The parts; never empty.
        any: Vec<Condition>,
    },
    /// At least so many parts hold.
    Count {
        /// The parts; never empty.
        count: Vec<Condition>,
        /// How many of them (≥), 1 to the number of parts.
        at_least: i32,
    },
    /// The score of a scale is at or above a threshold.
    ScaleAtLeast {
        /// The scale.
        scale: Id,
        /// Threshold in points (≥).
        at_least: i32,
    },
}

impl Condition {
    /// The parts of a compound condition; empty for a simple one.
    #[must_use]
    pub fn parts(&self) -> &[Condition] {
        match self {
            Self::All { all: parts } | Self::Any { any: parts } | Self::Count { count: parts, .. } => parts,
            Self::ItemAtLeast { .. } | Self::ItemEquals { .. } | Self::ScaleAtLeast { .. } => &[],
        }
    }
}
