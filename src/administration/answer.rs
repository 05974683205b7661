//! Answers: what was given, and what it means once the gates are known.

/// What was given for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Answer {
    /// The option at this place in printed order, counted from 0.
    Chosen(usize),
    /// The person preferred not to answer.
    Declined,
    /// Nothing was given.
    #[default]
    NotReached,
}

/// The state of an item on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerState {
    /// Answered with the option at this place in printed order, counted from 0.
    Answered(usize),
    /// The person preferred not to answer; not a no.
    Declined,
    /// Nothing was given; not a no.
    NotReached,
    /// Its gate is closed, so it was rightly not asked.
    NotApplicable,
}

impl AnswerState {
    /// The word for it in JSON and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::Declined => "declined",
            Self::NotReached => "not-reached",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// Whether an answer is wanting.
    #[must_use]
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Declined | Self::NotReached)
    }
}
