//! Ids, empty texts and column names.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use crate::questionnaire::json_text::escaped;
use crate::questionnaire::{Id, Rule};

impl Checker<'_, '_, '_> {
    pub(super) fn ids(&mut self, folder: &str) {
        let file = self.file;
        self.id(&mut BTreeSet::new(), &file.id, "/id");
        if file.id != folder && Id::new(&file.id).is_some() {
            self.fault(Rule::FolderName, "/id", &format!("The id is not the folder's name, \"{folder}\"."), "Make them the same.");
        }
        let mut seen = BTreeSet::new();
        for (place, item) in file.items.iter().enumerate() {
            self.id(&mut seen, &item.id, &format!("/items/{place}/id"));
        }
        let mut seen = BTreeSet::new();
        for (place, scale) in file.scales.iter().enumerate() {
            self.id(&mut seen, &scale.id, &format!("/scales/{place}/id"));
        }
        let (mut bands, mut cut_offs) = (BTreeSet::new(), BTreeSet::new());
        for (place, scale) in file.scales.iter().enumerate() {
            for (at, band) in scale.bands.iter().enumerate() {
                self.id(&mut bands, &band.id, &format!("/scales/{place}/bands/{at}/id"));
            }
            for (at, cut_off) in scale.cut_offs.iter().enumerate() {
                self.id(&mut cut_offs, &cut_off.id, &format!("/scales/{place}/cut_offs/{at}/id"));
            }
        }
        let mut seen = BTreeSet::new();
        for (place, outcome) in file.outcomes.iter().enumerate() {
            self.id(&mut seen, &outcome.id, &format!("/outcomes/{place}/id"));
        }
        let mut seen = BTreeSet::new();
        for (place, step) in file.next_steps.iter().enumerate() {
            self.id(&mut seen, &step.id, &format!("/next_steps/{place}/id"));
        }
        for source in file.sources.keys() {
            self.id(&mut BTreeSet::new(), source, &format!("/sources/{}", escaped(source)));
        }
    }

    /// Texts that people read may not be empty; times stay in their ranges.
    pub(super) fn texts(&mut self) {
        let file = self.file;
        let fixed = [
            ("/edition", &file.edition),
            ("/title", &file.title),
            ("/full_title", &file.full_title),
            ("/topic", &file.topic),
            ("/rights/holder", &file.rights.holder),
            ("/rights/terms", &file.rights.terms),
            ("/rights/citation", &file.rights.citation),
        ];
        let mut texts: Vec<(String, &String)> = fixed.iter().map(|(pointer, text)| ((*pointer).to_owned(), *text)).collect();
        texts.extend(file.items.iter().enumerate().map(|(place, item)| (format!("/items/{place}/topic"), &item.topic)));
        texts.extend(file.scales.iter().enumerate().map(|(place, scale)| (format!("/scales/{place}/title"), &scale.title)));
        texts.extend(file.sources.iter().map(|(id, source)| (format!("/sources/{}/citation", escaped(id)), &source.citation)));
        texts.extend(file.outcomes.iter().enumerate().map(|(place, outcome)| (format!("/outcomes/{place}/title"), &outcome.title)));
        for (place, critical) in file.critical_items.iter().enumerate() {
            texts.push((format!("/critical_items/{place}/action/text"), &critical.action.text));
        }
        for (pointer, text) in texts {
            if text.trim().is_empty() {
                self.fault(Rule::EmptyText, &pointer, "This text is empty.", "Write it.");
            }
        }
        for (pointer, days, range) in [("/minutes", file.minutes, 1..=120), ("/recall_days", file.recall_days, 0..=366)] {
            if !range.contains(&days) {
                let suggestion = format!("Between {} and {}.", range.start(), range.end());
                self.fault(Rule::NotAllowedValue, pointer, &format!("{days} is out of range."), &suggestion);
            }
        }
        for (list, pointer) in [(file.items.is_empty(), "/items"), (file.scales.is_empty(), "/scales")] {
            if list {
                self.fault(Rule::EmptyList, pointer, "This list is empty.", "A questionnaire has at least one.");
            }
        }
    }

    /// No two values of a sheet may end up in the same column of an export.
    pub(super) fn columns(&mut self) {
        let file = self.file;
        let mut columns: Vec<(String, String)> = Vec::new();
        for (place, scale) in file.scales.iter().enumerate() {
            for suffix in ["", "-status", "-lowest", "-highest", "-band"] {
                columns.push((format!("{}{suffix}", scale.id), format!("/scales/{place}/id")));
            }
            for (at, cut_off) in scale.cut_offs.iter().enumerate() {
                columns.push((cut_off.id.clone(), format!("/scales/{place}/cut_offs/{at}/id")));
            }
        }
        for (place, outcome) in file.outcomes.iter().enumerate() {
            columns.push((outcome.id.clone(), format!("/outcomes/{place}/id")));
        }
        let mut kinds = Vec::new();
        for (place, critical) in file.critical_items.iter().enumerate() {
            if !kinds.contains(&critical.kind) {
                kinds.push(critical.kind);
                columns.push((critical.kind.as_str().to_owned(), format!("/critical_items/{place}/kind")));
            }
        }
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        // An id that stands twice was told already; what is told here is that ids of two sorts meet.
        let mut told: Vec<String> =
            self.faults.iter().filter(|fault| fault.rule == Rule::DuplicateId).map(|fault| fault.pointer.clone()).collect();
        for (column, pointer) in columns {
            if told.contains(&pointer) {
                continue;
            }
            if Id::new(&column).is_some() && seen.insert(column.clone(), pointer.clone()).is_some() {
                let message = format!("The column of \"{column}\" would stand twice in an export.");
                self.fault(Rule::ColumnsCollide, &pointer, &message, "Rename one of the two.");
                told.push(pointer);
            }
        }
    }
}
