//! Which side of a cut-off a score is on. Bounds decide, so a missing answer never counts as zero.

use crate::questionnaire::model::Band;
use crate::questionnaire::{CutOff, Scale};
use crate::scoring::ScaleScore;

/// The side of a cut-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The lowest possible score is at or above the cut-off.
    Positive,
    /// The highest possible score is below the cut-off.
    Negative,
    /// It depends on missing answers.
    Indeterminate,
}

impl Screen {
    /// The side on which a score is.
    #[must_use]
    pub fn of(cut_off: &CutOff, score: &ScaleScore) -> Self {
        if score.lowest.at_least(cut_off.at_least) {
            Self::Positive
        } else if score.highest.at_least(cut_off.at_least) {
            Self::Indeterminate
        } else {
            Self::Negative
        }
    }

    /// The word for it in JSON and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Indeterminate => "indeterminate",
        }
    }
}

/// The published band in which both bounds lie, if there is one. A fraction between two bands lies in neither.
#[must_use]
pub fn band<'s>(scale: &'s Scale, score: &ScaleScore) -> Option<&'s Band> {
    scale.bands.iter().find(|band| score.lowest.at_least(band.from) && score.highest <= crate::scoring::Points::whole(i64::from(band.to)))
}
