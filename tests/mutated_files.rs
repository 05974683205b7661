//! Random edits of every shipped file: never a panic, and never a questionnaire that is accepted and scores a golden case differently.
//!
//! `PERISCREEN_MUTATIONS=100000 cargo test --test mutated_files` tries more; the number is per file. The edits follow from a fixed seed.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so")]

use std::panic::catch_unwind;

use periscreen::administration::{Answer, Sheet};
use periscreen::catalogue::load;
use periscreen::interpret::Reading;
use periscreen::questionnaire::case::{AnswerFile, CaseFile};
use periscreen::questionnaire::{Questionnaire, builtin, parse};
use serde_json::Value;

const DEFINITION: &str = "questionnaire.json";

type Files = Vec<(String, Vec<u8>)>;

/// `SplitMix64`: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.roll() % end).unwrap_or(0)
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

fn mutations() -> usize {
    let wanted = std::env::var_os("PERISCREEN_MUTATIONS").and_then(|number| number.to_str()?.parse().ok());
    wanted.unwrap_or(500)
}

fn shipped() -> Vec<(&'static str, Files)> {
    let files = |files: &[(&str, &str)]| files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    builtin::FOLDERS.iter().map(|(name, folder)| (*name, files(folder))).collect()
}

/// Changes some bytes: what a bad disk, a bad editor or a tired hand does.
fn edit_bytes(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    let mut edited = bytes.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(edited.len());
        let length = dice.below(40).min(edited.len() - at);
        match dice.below(7) {
            0 => edited[at] ^= 1 << dice.below(8),
            1 => edited[at] = *dice.of(b"0123456789-+.eE\"\\{}[],: \n\0\x1b\xff/*ntf"),
            2 => edited.insert(at, *dice.of(b"0123456789-\"\\{}[],:")),
            3 => drop(edited.drain(at..at + length)),
            4 => {
                let copy = edited[at..at + length].to_vec();
                let to = dice.below(edited.len());
                edited.splice(to..to, copy);
            }
            5 => edited.truncate(at),
            _ => {
                // A digit becomes another digit: the edit most likely to be accepted.
                let digits: Vec<usize> = (0..edited.len()).filter(|place| edited[*place].is_ascii_digit()).collect();
                if !digits.is_empty() {
                    edited[*dice.of(&digits)] = *dice.of(b"0123456789");
                }
            }
        }
        if edited.is_empty() {
            return edited;
        }
    }
    edited
}

/// Every pointer of a JSON value below its root.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let pointer = format!("{here}/{}", key.replace('~', "~0").replace('/', "~1"));
        all.push(pointer.clone());
        pointers(value, &pointer, all);
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(at, value)| below(&at.to_string(), value)),
        _ => {}
    }
}

/// Changes the structure: what somebody does who edits a definition and errs.
fn edit_structure(dice: &mut Dice, root: &mut Value) {
    let mut all = Vec::new();
    pointers(root, "", &mut all);
    let pointer = dice.of(&all).clone();
    let other = root.pointer(dice.of(&all).as_str()).cloned().unwrap_or_default();
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    let (parent, key) = (parent.to_owned(), key.replace("~1", "/").replace("~0", "~"));
    match dice.below(6) {
        0 => match root.pointer_mut(&parent) {
            Some(Value::Object(object)) => drop(object.remove(&key)),
            Some(Value::Array(list)) => drop(list.remove(key.parse().unwrap_or(0))),
            _ => {}
        },
        1 => {
            if let Some(Value::Array(list)) = root.pointer_mut(&parent) {
                let (one, two) = (dice.below(list.len()), dice.below(list.len()));
                list.swap(one, two);
            }
        }
        2 => {
            if let Some(Value::Array(list)) = root.pointer_mut(&parent) {
                let copy = dice.of(list).clone();
                list.insert(dice.below(list.len()), copy);
            }
        }
        3 => *root.pointer_mut(&pointer).expect("it was listed") = other,
        _ => edit_value(dice, root.pointer_mut(&pointer).expect("it was listed"), other),
    }
}

fn edit_value(dice: &mut Dice, value: &mut Value, other: Value) {
    match value {
        Value::Number(number) => {
            let whole = number.as_i64().unwrap_or(0);
            let near = whole.saturating_add(i64::try_from(dice.below(7)).unwrap_or(0) - 3);
            let far = [i64::from(i32::MAX), i64::from(i32::MIN), i64::MAX, near, near, near];
            *value = (*dice.of(&far)).into();
        }
        Value::Bool(truth) => *truth = !*truth,
        Value::String(text) if dice.below(3) == 0 => text.push(*dice.of(&['1', ' ', '\u{202e}', '-', 'a'])),
        _ => *value = other,
    }
}

fn mutated(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    if dice.below(3) == 0 {
        return edit_bytes(dice, bytes);
    }
    let mut root: Value = serde_json::from_slice(bytes).expect("shipped files are JSON");
    for _ in 0..=dice.below(2) {
        edit_structure(dice, &mut root);
    }
    serde_json::to_vec(&root).expect("it is JSON")
}

/// What a questionnaire makes of the answers of one golden case, by id: everything but texts.
fn said(questionnaire: &Questionnaire, case: &CaseFile) -> String {
    let answers: Vec<Answer> = questionnaire.items().iter().map(|item| answer(item, case.answers.get(item.id.as_str()))).collect();
    let Ok(sheet) = Sheet::resolve(questionnaire, &answers) else { return "a contradiction".to_owned() };
    let reading = Reading::of(questionnaire, sheet);
    let mut parts: Vec<String> = Vec::new();
    for scale in reading.scales.iter().filter(|scale| case.scales.contains_key(scale.scale.id.as_str()) || scale.scale.id == *"total") {
        let score = &scale.score;
        parts.push(format!("{} {:?} {:?} {:?} {:?}", scale.scale.id, score.status, score.points, score.lowest, score.highest));
        parts.extend(scale.screens.iter().map(|(cut_off, screen)| format!("{} {screen:?}", cut_off.id)));
    }
    parts.extend(reading.alerts.iter().map(|alert| format!("{} {:?}", alert.item, alert.state)));
    parts.extend(reading.outcomes.iter().map(|(outcome, state)| format!("{} {state:?}", outcome.id)));
    parts.sort();
    parts.join(", ")
}

fn answer(item: &periscreen::questionnaire::Item, given: Option<&AnswerFile>) -> Answer {
    match given {
        Some(AnswerFile::Option(option)) => item.option(option).map_or(Answer::NotReached, |(place, _)| Answer::Chosen(place)),
        Some(AnswerFile::Missing(missing)) if missing.declined => Answer::Declined,
        _ => Answer::NotReached,
    }
}

fn with(files: &Files, name: &str, bytes: &[u8]) -> Files {
    files.iter().map(|(file, old)| (file.clone(), if file == name { bytes.to_vec() } else { old.clone() })).collect()
}

#[test]
fn a_mutated_definition_is_refused_or_scores_every_golden_case_as_before() {
    let mut accepted = 0;
    for (number, (name, files)) in shipped().into_iter().enumerate() {
        let (original, cases) = parse::parse(name, &files).expect("it ships");
        let before: Vec<String> = cases.iter().map(|case| said(&original, case)).collect();
        let bytes = files.iter().find(|(file, _)| file == DEFINITION).map(|(_, bytes)| bytes.clone()).expect("it ships");
        let mut dice = Dice(u64::try_from(number).unwrap_or(0));
        for round in 0..mutations() {
            let edited = mutated(&mut dice, &bytes);
            let files = with(&files, DEFINITION, &edited);
            let text = String::from_utf8_lossy(&edited);
            let Ok(found) = catch_unwind(|| load(name, &files)) else { panic!("{name}, round {round}: panicked at\n{text}") };
            let Ok(questionnaire) = found else { continue };
            accepted += 1;
            for (case, before) in cases.iter().zip(&before) {
                let after = said(&questionnaire, case);
                assert!(after == *before, "{name}, round {round}, case {}:\n{before}\n{after}\n{text}", case.name);
            }
        }
    }
    assert!(accepted > 0, "no edit was accepted, so nothing was compared");
}

#[test]
fn mutated_words_and_cases_never_panic_and_never_change_the_score() {
    for (number, (name, files)) in shipped().into_iter().enumerate() {
        let original = load(name, &files).unwrap_or_else(|_| panic!("{name} ships"));
        for (file, bytes) in files.iter().filter(|(file, _)| file != DEFINITION) {
            let mut dice = Dice(1_000 + u64::try_from(number).unwrap_or(0));
            for round in 0..mutations() / 4 {
                let edited = mutated(&mut dice, bytes);
                let files = with(&files, file, &edited);
                let Ok(found) = catch_unwind(|| load(name, &files)) else {
                    panic!("{name}/{file}, round {round}: panicked at\n{}", String::from_utf8_lossy(&edited))
                };
                if let Ok(questionnaire) = found {
                    assert_eq!(questionnaire.definition_sha256(), original.definition_sha256(), "{name}/{file}, round {round}");
                }
            }
        }
    }
}
