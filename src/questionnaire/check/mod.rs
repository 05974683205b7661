//! The rules of docs/contract.md §9 that go beyond the shape of a file. Every rule runs; every fault is reported.

mod cases;
mod conditions;
mod critical;
mod ids;
mod items;
mod scales;
mod sources;
mod wording;

use std::collections::BTreeSet;

use jsonc_parser::ast::Value;

use super::case::CasesFile;
use super::file::{ItemFile, OptionFile, QuestionnaireFile};
use super::json_text::JsonText;
use super::shape::nearest;
use super::text::visible;
use super::wording::WordingFile;
use super::{Fault, Id, Rule};

/// Every fault of a `questionnaire.json` whose shape is right.
pub(super) fn questionnaire(folder: &str, file: &QuestionnaireFile, place: Place<'_, '_>) -> Vec<Fault> {
    let mut checker = Checker { place, file, faults: Vec::new() };
    checker.ids(folder);
    checker.texts();
    checker.option_sets();
    checker.items();
    checker.scales();
    checker.critical_items();
    checker.outcomes();
    checker.next_steps();
    checker.sources();
    checker.columns();
    checker.faults
}

/// Every fault of a wording file whose shape is right.
pub(super) fn wording(file: &QuestionnaireFile, words: &WordingFile, name: &str, place: Place<'_, '_>) -> Vec<Fault> {
    let mut checker = Checker { place, file, faults: Vec::new() };
    checker.wording(words, name);
    checker.faults
}

/// Every fault of a `cases.json` whose shape is right, short of running the cases.
pub(super) fn cases(file: &QuestionnaireFile, cases: &CasesFile, place: Place<'_, '_>) -> Vec<Fault> {
    let mut checker = Checker { place, file, faults: Vec::new() };
    checker.cases(cases);
    checker.faults
}

/// A file's text and its parsed form, from which places of faults are read.
#[derive(Clone, Copy)]
pub(super) struct Place<'a, 'n> {
    pub(super) text: JsonText<'a>,
    pub(super) root: &'n Value<'a>,
}

struct Checker<'a, 'n, 'f> {
    place: Place<'a, 'n>,
    file: &'f QuestionnaireFile,
    faults: Vec<Fault>,
}

impl Checker<'_, '_, '_> {
    fn fault(&mut self, rule: Rule, pointer: &str, message: &str, suggestion: &str) {
        let fault = self.place.text.fault_at(self.place.root, rule, pointer, &visible(message), &visible(suggestion));
        self.faults.push(fault);
    }

    /// Says that a name refers to nothing, with the nearest known one.
    fn unknown<'k>(&mut self, rule: Rule, pointer: &str, what: &str, name: &str, known: impl Iterator<Item = &'k str>) {
        let suggestion =
            nearest(name, known).map_or_else(|| "Name one that exists.".to_owned(), |near| format!("Did you mean \"{near}\"?"));
        self.fault(rule, pointer, &format!("There is no {what} \"{name}\"."), &suggestion);
    }

    fn item(&self, id: &str) -> Option<&ItemFile> {
        self.file.items.iter().find(|item| item.id == id)
    }

    fn options(&self, item: &ItemFile) -> &[OptionFile] {
        self.file.option_sets.get(&item.options).map_or(&[], Vec::as_slice)
    }

    /// Checks one id and remembers where it stood.
    fn id(&mut self, seen: &mut BTreeSet<String>, id: &str, pointer: &str) {
        if Id::new(id).is_none() {
            self.fault(
                Rule::BadId,
                pointer,
                &format!("\"{id}\" is not an id."),
                "Use lower-case letters, digits and single hyphens, 1 to 40 characters.",
            );
        } else if !seen.insert(id.to_owned()) {
            self.fault(Rule::DuplicateId, pointer, &format!("The id \"{id}\" stands twice."), "Give each its own id.");
        }
    }
}
