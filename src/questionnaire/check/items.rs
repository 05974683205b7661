//! Option sets, items and gates.

use std::collections::BTreeSet;

use super::Checker;
use crate::questionnaire::Rule;
use crate::questionnaire::json_text::escaped;

/// Letters a to w choose an option; x declines.
const MOST_OPTIONS: usize = 23;

impl Checker<'_, '_, '_> {
    pub(super) fn option_sets(&mut self) {
        let file = self.file;
        for (name, options) in &file.option_sets {
            let pointer = format!("/option_sets/{}", escaped(name));
            self.id(&mut BTreeSet::new(), name, &pointer);
            if options.is_empty() {
                self.fault(Rule::EmptyList, &pointer, "This list is empty.", "Name the options in printed order.");
            }
            if options.len() > MOST_OPTIONS {
                self.fault(Rule::TooManyOptions, &pointer, "More than 23 options.", "Letters a to w choose; x declines.");
            }
            let mut seen = BTreeSet::new();
            for (at, option) in options.iter().enumerate() {
                self.id(&mut seen, &option.id, &format!("{pointer}/{at}/id"));
            }
            if !file.items.iter().any(|item| item.options == *name) {
                self.fault(Rule::UnusedOptionSet, &pointer, &format!("No item uses the option set \"{name}\"."), "Use it or remove it.");
            }
        }
    }

    pub(super) fn items(&mut self) {
        let file = self.file;
        for (place, item) in file.items.iter().enumerate() {
            let pointer = format!("/items/{place}");
            if !file.option_sets.contains_key(&item.options) {
                let known = file.option_sets.keys().map(String::as_str);
                self.unknown(Rule::UnknownOptionSet, &format!("{pointer}/options"), "option set", &item.options, known);
                continue;
            }
            if !self.options(item).iter().any(|option| option.id == item.healthiest) {
                let known: Vec<String> = self.options(item).iter().map(|option| option.id.clone()).collect();
                let at = format!("{pointer}/healthiest");
                self.unknown(Rule::UnknownHealthiest, &at, "option", &item.healthiest, known.iter().map(String::as_str));
            }
            if let Some(gate) = &item.gate {
                let earlier: Vec<&str> = file.items.iter().take(place).map(|item| item.id.as_str()).collect();
                self.condition(&gate.when, &format!("{pointer}/gate/when"), Some(&earlier));
            }
        }
    }
}
