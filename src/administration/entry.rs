//! Reads one filled-in sheet from letters or JSON (docs/contract.md §3 and §4). Errors name the item, never the answer.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::{Answer, Sheet};
use crate::questionnaire::case::AnswerFile;
use crate::questionnaire::json_text::JsonText;
use crate::questionnaire::{Fault, Id, Item, Questionnaire, Rule};

/// Why a sheet is not one of this questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSheet {
    message: String,
}

impl BadSheet {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    fn at(item: &Item, what: &str) -> Self {
        Self::new(format!("Item {}: {what}", item.id))
    }
}

impl fmt::Display for BadSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

/// What a letter means for an item; `None` where it means nothing.
#[must_use]
pub fn letter(item: &Item, letter: char) -> Option<Answer> {
    match letter.to_ascii_lowercase() {
        '-' => Some(Answer::NotReached),
        'x' => Some(Answer::Declined),
        letter @ 'a'..='w' => {
            let place = usize::try_from(u32::from(letter) - u32::from('a')).ok()?;
            (place < item.options.len()).then_some(Answer::Chosen(place))
        }
        _ => None,
    }
}

/// The letter of the option at a place in printed order, counted from 0.
#[must_use]
pub fn letter_of(place: usize) -> char {
    let offset = u8::try_from(place.min(22)).unwrap_or(22);
    char::from(b'a' + offset)
}

/// Reads a sheet, from JSON where the text starts with a brace, else from letters.
///
/// # Errors
///
/// The text is not a sheet of this questionnaire.
pub fn sheet(questionnaire: &Questionnaire, text: &str) -> Result<Sheet, BadSheet> {
    if text.trim_start().starts_with('{') { from_json(questionnaire, text) } else { from_letters(questionnaire, text) }
}

/// Reads comma-separated letters in item order.
///
/// # Errors
///
/// A wrong number of letters, an unknown letter, or an answer behind a closed gate.
pub fn from_letters(questionnaire: &Questionnaire, text: &str) -> Result<Sheet, BadSheet> {
    let items = questionnaire.items();
    let letters: Vec<&str> = text.trim().split(',').map(str::trim).collect();
    let fewest = items.iter().rposition(|item| item.gate.is_none()).map_or(0, |last| last + 1);
    if !(fewest..=items.len()).contains(&letters.len()) || text.trim().is_empty() {
        let given = if text.trim().is_empty() { 0 } else { letters.len() };
        let wanted = if fewest == items.len() { fewest.to_string() } else { format!("{fewest} to {}", items.len()) };
        return Err(BadSheet::new(format!("{} takes {wanted} letters, separated by commas; {given} were given.", questionnaire.title())));
    }
    let mut answers = Vec::with_capacity(items.len());
    for (item, given) in items.iter().zip(&letters) {
        let mut characters = given.chars();
        let answer = match (characters.next(), characters.next()) {
            (Some(only), None) => letter(item, only),
            _ => None,
        };
        let last = letter_of(item.options.len().saturating_sub(1));
        answers.push(
            answer
                .ok_or_else(|| BadSheet::at(item, &format!("write one letter from a to {last}, or - (not reached), or x (declined).")))?,
        );
    }
    resolved(questionnaire, &answers)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetFile {
    #[serde(default)]
    answers: Option<BTreeMap<String, AnswerFile>>,
    #[serde(default)]
    points: Option<BTreeMap<String, i32>>,
}

/// Reads `{"answers": {…}}` or `{"points": {…}}`.
///
/// # Errors
///
/// Not JSON, unknown items or options, points no single option has, or an answer behind a closed gate.
pub fn from_json(questionnaire: &Questionnaire, text: &str) -> Result<Sheet, BadSheet> {
    let shape = "A sheet is {\"answers\": {\"1\": \"option-id\", …}} or {\"points\": {\"1\": 0, …}}.";
    let checked = JsonText::new("sheet", text.as_bytes()).map_err(|fault| BadSheet::new(fault.message))?;
    let root =
        checked.parse().map_err(|fault| BadSheet::new(format!("Line {}, column {}: this is not JSON.", fault.line, fault.column)))?;
    let mut faults = Vec::new();
    checked.hostile(&root, "", &mut faults);
    if let Some(fault) = faults.first() {
        return Err(BadSheet::new(format!("Line {}, column {}: {}", fault.line, fault.column, unsaid(fault))));
    }
    let file: SheetFile = serde_json::from_str(text).map_err(|_| BadSheet::new(shape))?;
    if file.answers.is_some() == file.points.is_some() {
        return Err(BadSheet::new(shape));
    }
    let (given, points) = (file.answers.unwrap_or_default(), file.points.unwrap_or_default());
    for id in given.keys().chain(points.keys()) {
        if questionnaire.item(id).is_none() {
            // A key that could not be the id of an item is not repeated: it may be an answer in the wrong place.
            let named = Id::new(id).map_or_else(|| "of this name".to_owned(), |id| format!("\"{id}\""));
            return Err(BadSheet::new(format!("{} has no item {named}.", questionnaire.title())));
        }
    }
    let by_id = |item: &Item| match given.get(item.id.as_str()) {
        Some(answer) => by_option(item, answer),
        None => points.get(item.id.as_str()).map_or(Ok(Answer::NotReached), |points| by_points(item, *points)),
    };
    let answers = questionnaire.items().iter().map(by_id).collect::<Result<Vec<_>, _>>()?;
    resolved(questionnaire, &answers)
}

/// What is wrong with a sheet's text, without the text: a key may be an answer, or a name, in the wrong place.
#[must_use]
pub fn unsaid(fault: &Fault) -> &'static str {
    match fault.rule {
        Rule::DuplicateKey => "a key stands twice.",
        Rule::TextTooLong => "a text is longer than 4 KiB.",
        _ => "a text holds a character that could hide or turn what is shown.",
    }
}

fn by_option(item: &Item, answer: &AnswerFile) -> Result<Answer, BadSheet> {
    match answer {
        AnswerFile::Option(option) => match item.option(option) {
            Some((place, _)) => Ok(Answer::Chosen(place)),
            None => Err(BadSheet::at(item, "this is not one of its option ids.")),
        },
        AnswerFile::Missing(missing) if missing.declined && !missing.not_reached => Ok(Answer::Declined),
        AnswerFile::Missing(missing) if missing.not_reached && !missing.declined => Ok(Answer::NotReached),
        AnswerFile::Missing(_) => Err(BadSheet::at(item, "set exactly one of declined and not_reached to true.")),
    }
}

/// Points name an option only where exactly one option has them.
pub(crate) fn by_points(item: &Item, points: i32) -> Result<Answer, BadSheet> {
    let mut with = item.options.iter().enumerate().filter(|(_, option)| option.points == points);
    match (with.next(), with.next()) {
        (Some((place, _)), None) => Ok(Answer::Chosen(place)),
        (None, _) => Err(BadSheet::at(item, "no option has these points.")),
        (Some(_), Some(_)) => Err(BadSheet::at(item, "several options have these points; write the option id.")),
    }
}

fn resolved(questionnaire: &Questionnaire, answers: &[Answer]) -> Result<Sheet, BadSheet> {
    Sheet::resolve(questionnaire, answers).map_err(|contradiction| {
        BadSheet::new(format!(
            "Item {}: it is answered, but the answers before it say that it is not asked. Write - there.",
            contradiction.item
        ))
    })
}
