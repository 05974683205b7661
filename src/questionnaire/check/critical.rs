//! Critical items and next steps.

use super::Checker;
use crate::questionnaire::Rule;

impl Checker<'_, '_, '_> {
    /// Any endorsement counts: every option but the healthiest is named, and the healthiest is not.
    pub(super) fn critical_items(&mut self) {
        let file = self.file;
        for (place, critical) in file.critical_items.iter().enumerate() {
            let pointer = format!("/critical_items/{place}");
            if file.critical_items.iter().take(place).any(|other| other.item == critical.item) {
                let message = format!("Item {} is named twice.", critical.item);
                self.fault(Rule::CriticalItemTwice, &format!("{pointer}/item"), &message, "Name it once, with every option that endorses.");
            }
            let Some(item) = self.item(&critical.item).cloned() else {
                let known = file.items.iter().map(|item| item.id.as_str());
                self.unknown(Rule::UnknownItem, &format!("{pointer}/item"), "item", &critical.item, known);
                continue;
            };
            let options = self.options(&item).to_vec();
            if !options.iter().any(|option| option.id == item.healthiest) {
                continue; // The item itself is broken, which is told there.
            }
            for (at, named) in critical.endorsed_by.iter().enumerate() {
                let here = format!("{pointer}/endorsed_by/{at}");
                if critical.endorsed_by.iter().take(at).any(|earlier| earlier == named) {
                    self.fault(Rule::DuplicateId, &here, &format!("Option \"{named}\" is named twice."), "Name it once.");
                } else if *named == item.healthiest {
                    let message = format!("\"{named}\" is the healthiest option of item {}.", item.id);
                    self.fault(Rule::HealthiestEndorses, &here, &message, "It denies; remove it here.");
                } else if !options.iter().any(|option| option.id == *named) {
                    let known = options.iter().map(|option| option.id.as_str());
                    self.unknown(Rule::UnknownOption, &here, &format!("option of item {} called", item.id), named, known);
                }
            }
            for option in options.iter().filter(|option| option.id != item.healthiest) {
                if !critical.endorsed_by.contains(&option.id) {
                    let message = format!("Option \"{}\" of item {} would raise no alert.", option.id, item.id);
                    self.fault(
                        Rule::EndorsingOptionMissing,
                        &format!("{pointer}/endorsed_by"),
                        &message,
                        "Any endorsement counts: name every option but the healthiest.",
                    );
                }
            }
        }
    }

    pub(super) fn next_steps(&mut self) {
        let file = self.file;
        for (place, step) in file.next_steps.iter().enumerate() {
            let pointer = format!("/next_steps/{place}");
            match file.scales.iter().find(|scale| scale.id == step.scale) {
                None => {
                    let known = file.scales.iter().map(|scale| scale.id.as_str());
                    self.unknown(Rule::UnknownScale, &format!("{pointer}/scale"), "scale", &step.scale, known);
                }
                Some(scale) if !self.reach(scale).contains(&i64::from(step.at_least)) => {
                    let message = format!("{} lies outside the range of the scale.", step.at_least);
                    self.fault(Rule::NextStepOutOfRange, &format!("{pointer}/at_least"), &message, "Correct the threshold (≥).");
                }
                Some(_) => {}
            }
            if step.repeat_in_weeks.is_some_and(|[from, to]| from < 0 || to < from) {
                let at = format!("{pointer}/repeat_in_weeks");
                self.fault(Rule::NextStepOutOfRange, &at, "The weeks run backwards.", "Write the earliest, then the latest.");
            }
            if step.text.trim().is_empty() {
                self.fault(Rule::EmptyText, &format!("{pointer}/text"), "This text is empty.", "Say what to do.");
            }
        }
    }
}
