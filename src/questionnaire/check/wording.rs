//! A wording holds every item and option of its questionnaire, and nothing else.

use std::collections::BTreeSet;

use super::Checker;
use crate::questionnaire::Rule;
use crate::questionnaire::json_text::escaped;
use crate::questionnaire::wording::WordingFile;

impl Checker<'_, '_, '_> {
    pub(super) fn wording(&mut self, words: &WordingFile, name: &str) {
        let file = self.file;
        if format!("{}.json", words.language) != name {
            self.fault(Rule::FolderName, "/language", "The language is not the file's name.", "Make them the same.");
        }
        let items: BTreeSet<&str> = file.items.iter().map(|item| item.id.as_str()).collect();
        self.same(&items, &words.items.keys().map(String::as_str).collect(), "/items", "item");
        let sets: BTreeSet<&str> = file.option_sets.keys().map(String::as_str).collect();
        self.same(&sets, &words.option_sets.keys().map(String::as_str).collect(), "/option_sets", "option set");
        for (set, options) in &file.option_sets {
            if let Some(written) = words.option_sets.get(set) {
                let wanted: BTreeSet<&str> = options.iter().map(|option| option.id.as_str()).collect();
                let pointer = format!("/option_sets/{}", escaped(set));
                self.same(&wanted, &written.keys().map(String::as_str).collect(), &pointer, "option");
            }
        }
        let mut texts: Vec<(String, &str)> = vec![
            ("/title".to_owned(), &words.title),
            ("/source".to_owned(), &words.source),
            ("/rights_line".to_owned(), &words.rights_line),
        ];
        texts.extend(words.items.iter().map(|(id, item)| (format!("/items/{}/text", escaped(id)), item.text.as_str())));
        for (set, options) in &words.option_sets {
            texts.extend(options.iter().map(|(id, text)| (format!("/option_sets/{}/{}", escaped(set), escaped(id)), text.as_str())));
        }
        for (pointer, text) in texts {
            if text.trim().is_empty() {
                self.fault(Rule::EmptyText, &pointer, "This text is empty.", "A wording is complete or it is not here.");
            }
        }
    }

    fn same(&mut self, wanted: &BTreeSet<&str>, written: &BTreeSet<&str>, pointer: &str, what: &str) {
        for missing in wanted.difference(written) {
            let message = format!("The words of {what} \"{missing}\" are missing.");
            self.fault(Rule::WordingIncomplete, pointer, &message, "A scale is asked whole or not at all.");
        }
        for extra in written.difference(wanted) {
            let at = format!("{pointer}/{}", escaped(extra));
            self.unknown(Rule::WordingUnknown, &at, what, extra, wanted.iter().copied());
        }
    }
}
