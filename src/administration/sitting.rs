//! Where a sitting stands: which item is asked, what was given, and where back and forward lead.

use super::condition::evaluate;
use super::sheet::ItemFacts;
use super::{Answer, Sheet, Truth};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::file::WhenUnknown;
use crate::questionnaire::model::Item;

/// One sitting of one questionnaire.
#[derive(Debug, Clone)]
pub struct Sitting<'q> {
    questionnaire: &'q Questionnaire,
    answers: Vec<Answer>,
    place: Option<usize>,
}

impl<'q> Sitting<'q> {
    /// Starts at the first item, with nothing answered.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire) -> Self {
        Self { questionnaire, answers: vec![Answer::NotReached; questionnaire.items().len()], place: Some(0) }
    }

    /// Goes on where earlier answers end: at the first item that is asked and has none.
    #[must_use]
    pub fn resumed(questionnaire: &'q Questionnaire, answers: &[Answer]) -> Self {
        let mut sitting = Self::new(questionnaire);
        for (slot, answer) in sitting.answers.iter_mut().zip(answers) {
            *slot = *answer;
        }
        sitting.place =
            (0..sitting.answers.len()).find(|&place| sitting.is_asked(place) && sitting.answers.get(place) == Some(&Answer::NotReached));
        sitting
    }

    /// The questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.questionnaire
    }

    /// The item asked now; `None` when all are done.
    #[must_use]
    pub fn item(&self) -> Option<&'q Item> {
        self.questionnaire.items().get(self.place?)
    }

    /// What was given for the item asked now.
    #[must_use]
    pub fn answer(&self) -> Answer {
        self.place.and_then(|place| self.answers.get(place)).copied().unwrap_or_default()
    }

    /// Everything given so far, in printed order.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Records an answer to the item asked now and goes to the next one.
    pub fn give(&mut self, answer: Answer) {
        let Some(place) = self.place else { return };
        if let Some(slot) = self.answers.get_mut(place) {
            *slot = answer;
        }
        self.forget_closed();
        self.place = self.after(place);
    }

    /// Goes to the next item without changing what was given; stays where nothing was given yet.
    pub fn forward(&mut self) {
        if let Some(place) = self.place.filter(|_| self.answer() != Answer::NotReached) {
            self.place = self.after(place);
        }
    }

    /// Goes back one item; says whether there was one.
    pub fn back(&mut self) -> bool {
        let here = self.place.unwrap_or(self.answers.len());
        let before = (0..here).rev().find(|&place| self.is_asked(place));
        if before.is_some() {
            self.place = before;
        }
        before.is_some()
    }

    /// Goes to an item that was already asked.
    pub fn go_to(&mut self, place: usize) {
        if place < self.answers.len() && self.is_asked(place) {
            self.place = Some(place);
        }
    }

    /// Goes to the first item that is asked and has nothing given, else to the end.
    pub fn go_to_open(&mut self) {
        self.place = self.open();
    }

    fn open(&self) -> Option<usize> {
        (0..self.answers.len()).find(|&place| self.is_asked(place) && self.answers.get(place) == Some(&Answer::NotReached))
    }

    /// Goes to the end, where the answers are reviewed.
    pub fn go_to_end(&mut self) {
        self.place = None;
    }

    /// How far along: the number of the item asked now among those asked, and how many are asked as far as is known.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let asked = |places: std::ops::Range<usize>| places.filter(|&place| self.is_asked(place)).count();
        let total = asked(0..self.answers.len());
        (self.place.map_or(total, |place| asked(0..place) + 1), total)
    }

    /// The sheet as it stands. Closed gates were emptied, so nothing contradicts itself.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        Sheet::resolve(self.questionnaire, &self.answers).unwrap_or_else(|_| self.empty())
    }

    /// Places, in printed order, that are asked as far as is known.
    pub fn asked(&self) -> impl Iterator<Item = usize> {
        (0..self.answers.len()).filter(|&place| self.is_asked(place))
    }

    fn after(&self, place: usize) -> Option<usize> {
        (place + 1..self.answers.len()).find(|&place| self.is_asked(place))
    }

    fn is_asked(&self, place: usize) -> bool {
        let gate = self.questionnaire.items().get(place).and_then(|item| item.gate.as_ref());
        gate.is_none_or(|gate| {
            let sheet = self.sheet();
            match evaluate(&gate.when, &ItemFacts { questionnaire: self.questionnaire, sheet: &sheet }) {
                Truth::True => true,
                Truth::False => false,
                Truth::Unknown => gate.when_unknown == WhenUnknown::Ask,
            }
        })
    }

    /// An answer behind a gate that has closed since is not an answer any more; the others stay.
    fn forget_closed(&mut self) {
        while let Err(contradiction) = Sheet::resolve(self.questionnaire, &self.answers) {
            let Some((place, _)) = self.questionnaire.item(contradiction.item.as_str()) else { break };
            self.forget(place);
        }
        let closed: Vec<usize> = (0..self.answers.len()).filter(|&place| !self.is_asked(place)).collect();
        for place in closed {
            self.forget(place);
        }
    }

    fn forget(&mut self, place: usize) {
        if let Some(slot) = self.answers.get_mut(place) {
            *slot = Answer::NotReached;
        }
    }

    fn empty(&self) -> Sheet {
        Sheet::resolve(self.questionnaire, &[]).unwrap_or_else(|_| Sheet::default())
    }
}
