//! A sheet: the state of every item of one questionnaire, with the gates worked out.

use super::condition::{Facts, evaluate};
use super::{Answer, AnswerState, Truth};
use crate::questionnaire::model::Item;
use crate::questionnaire::{Id, Questionnaire};

/// The state of every item, in printed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    states: Vec<AnswerState>,
    gates: Vec<Truth>,
}

/// A scored item is answered although its gate is closed: the sheet contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The item.
    pub item: Id,
}

impl Sheet {
    /// Works out the gates of a sheet. Answers beyond the given ones count as not reached.
    ///
    /// # Errors
    ///
    /// A scored item is answered although its gate is closed.
    pub fn resolve(questionnaire: &Questionnaire, answers: &[Answer]) -> Result<Self, Contradiction> {
        let mut sheet = Self { states: Vec::with_capacity(answers.len()), gates: Vec::with_capacity(answers.len()) };
        for (place, item) in questionnaire.items().iter().enumerate() {
            let gate = sheet.gate_of(questionnaire, item);
            let state = match (answers.get(place).copied().unwrap_or_default(), gate) {
                (Answer::Chosen(_), Truth::False) if item.scored => return Err(Contradiction { item: item.id.clone() }),
                (Answer::Chosen(option), _) => AnswerState::Answered(option),
                (_, Truth::False) => AnswerState::NotApplicable,
                (Answer::Declined, _) => AnswerState::Declined,
                (Answer::NotReached, _) => AnswerState::NotReached,
            };
            sheet.states.push(state);
            sheet.gates.push(gate);
        }
        Ok(sheet)
    }

    fn gate_of(&self, questionnaire: &Questionnaire, item: &Item) -> Truth {
        item.gate.as_ref().map_or(Truth::True, |gate| evaluate(&gate.when, &ItemFacts { questionnaire, sheet: self }))
    }

    /// States in printed order.
    #[must_use]
    pub fn states(&self) -> &[AnswerState] {
        &self.states
    }

    /// Each item with its state and its gate, in printed order.
    pub fn items<'s>(&'s self, questionnaire: &'s Questionnaire) -> impl Iterator<Item = (&'s Item, AnswerState, Truth)> {
        let known = self.states.iter().copied().zip(self.gates.iter().copied());
        questionnaire.items().iter().zip(known).map(|(item, (state, gate))| (item, state, gate))
    }

    /// One item with its state and its gate, by id.
    #[must_use]
    pub fn item<'q>(&self, questionnaire: &'q Questionnaire, id: &Id) -> Option<(&'q Item, AnswerState, Truth)> {
        let (place, item) = questionnaire.item(id.as_str())?;
        Some((item, *self.states.get(place)?, *self.gates.get(place)?))
    }

    /// How many items are answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.states.iter().filter(|state| matches!(state, AnswerState::Answered(_))).count()
    }
}

/// The lowest and highest points an item may have, and whether that is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Lowest possible points.
    pub lowest: i32,
    /// Highest possible points.
    pub highest: i32,
    /// Whether an answer, or a closed gate, settles them.
    pub known: bool,
}

impl Span {
    /// Works out what an item may add.
    #[must_use]
    pub fn of(item: &Item, state: AnswerState, gate: Truth) -> Self {
        let shut = item.gate.as_ref().map(|gate| gate.points_when_not_applicable);
        let (lowest, highest, answered) = match state {
            AnswerState::NotApplicable => {
                let points = shut.unwrap_or(0);
                return Self { lowest: points, highest: points, known: true };
            }
            AnswerState::Answered(option) => match item.options.get(option) {
                Some(option) => (option.points, option.points, true),
                None => (item.points_range().0, item.points_range().1, false),
            },
            AnswerState::Declined | AnswerState::NotReached => (item.points_range().0, item.points_range().1, false),
        };
        match shut.filter(|_| gate == Truth::Unknown) {
            Some(points) => Self { lowest: lowest.min(points), highest: highest.max(points), known: false },
            None => Self { lowest, highest, known: answered },
        }
    }
}

/// What gates may ask: items only.
pub struct ItemFacts<'s> {
    /// The questionnaire of the sheet.
    pub questionnaire: &'s Questionnaire,
    /// The sheet as far as it is known.
    pub sheet: &'s Sheet,
}

impl Facts for ItemFacts<'_> {
    fn item_at_least(&self, item: &Id, points: i32) -> Truth {
        let Some((item, state, gate)) = self.sheet.item(self.questionnaire, item) else { return Truth::Unknown };
        if state.is_missing() {
            return Truth::Unknown;
        }
        let span = Span::of(item, state, gate);
        if span.lowest >= points {
            Truth::True
        } else if span.highest < points {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    fn item_equals(&self, item: &Id, option: &Id) -> Truth {
        let Some((item, state, gate)) = self.sheet.item(self.questionnaire, item) else { return Truth::Unknown };
        match state {
            AnswerState::Answered(place) => {
                let same = item.options.get(place).is_some_and(|chosen| chosen.id == *option);
                if same && gate == Truth::Unknown { Truth::Unknown } else { same.into() }
            }
            AnswerState::NotApplicable => Truth::False,
            AnswerState::Declined | AnswerState::NotReached => Truth::Unknown,
        }
    }

    fn scale_at_least(&self, _: &Id, _: i32) -> Truth {
        Truth::Unknown
    }
}
