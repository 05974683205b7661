//! What a cell means. There is no default: guessing is how sheets get scored the wrong way round.

use crate::administration::Answer;
use crate::administration::entry::by_points;
use crate::questionnaire::{Item, Wording};

/// How cells name the chosen option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// The points printed beside the option.
    Points,
    /// The place of the option, top to bottom; the first is 0.
    PositionsFrom0,
    /// The place of the option, top to bottom; the first is 1.
    PositionsFrom1,
    /// The option id, or its printed words.
    Labels,
}

/// Which cells hold no chosen option; an empty cell always is not reached.
#[derive(Clone, Debug, Default)]
pub struct MissingCodes {
    /// Codes for not reached.
    pub not_reached: Vec<String>,
    /// Codes for declined.
    pub declined: Vec<String>,
}

impl MissingCodes {
    fn answer(&self, cell: &str) -> Option<Answer> {
        if cell.is_empty() || self.not_reached.iter().any(|code| code == cell) {
            Some(Answer::NotReached)
        } else if self.declined.iter().any(|code| code == cell) {
            Some(Answer::Declined)
        } else {
            None
        }
    }
}

impl Coding {
    /// What a cell says about an item, or why it says nothing. The reason never holds the cell.
    ///
    /// # Errors
    ///
    /// The cell names no option of the item.
    pub fn answer(self, item: &Item, wording: Option<&Wording>, codes: &MissingCodes, cell: &str) -> Result<Answer, String> {
        let cell = cell.trim();
        if let Some(answer) = codes.answer(cell) {
            return Ok(answer);
        }
        match self {
            Self::Points => {
                let points = cell.parse::<i32>().map_err(|_| "this is not a whole number of points".to_owned())?;
                by_points(item, points).map_err(|_| "no single option has these points".to_owned())
            }
            Self::PositionsFrom0 => position(item, cell, 0),
            Self::PositionsFrom1 => position(item, cell, 1),
            Self::Labels => label(item, wording, cell),
        }
    }
}

fn position(item: &Item, cell: &str, first: usize) -> Result<Answer, String> {
    let place = cell.parse::<usize>().ok().and_then(|place| place.checked_sub(first));
    match place.filter(|place| *place < item.options.len()) {
        Some(place) => Ok(Answer::Chosen(place)),
        None => Err(format!("this is not a position from {first} to {}", item.options.len() - 1 + first)),
    }
}

fn label(item: &Item, wording: Option<&Wording>, cell: &str) -> Result<Answer, String> {
    let same = |words: &str| words.trim().to_lowercase() == cell.to_lowercase();
    let found = item.options.iter().position(|option| {
        option.id.as_str() == cell.to_lowercase() || wording.is_some_and(|wording| same(wording.option(&item.option_set, &option.id)))
    });
    found.map(Answer::Chosen).ok_or_else(|| "this is no option id and no printed answer of this item".to_owned())
}
