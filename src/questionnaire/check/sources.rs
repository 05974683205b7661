//! Every number has a publication, and every publication listed is used.

use std::collections::BTreeSet;

use super::Checker;
use crate::questionnaire::Rule;
use crate::questionnaire::json_text::escaped;

impl Checker<'_, '_, '_> {
    pub(super) fn sources(&mut self) {
        let file = self.file;
        let mut named: Vec<(String, &str)> = vec![("/rights/source".to_owned(), &file.rights.source)];
        for (place, scale) in file.scales.iter().enumerate() {
            let pointer = format!("/scales/{place}");
            named.extend(scale.missing.source.iter().map(|id| (format!("{pointer}/missing/source"), id.as_str())));
            named.extend(scale.refusal.iter().map(|refusal| (format!("{pointer}/refusal/source"), refusal.source.as_str())));
            named.extend(scale.change.iter().map(|change| (format!("{pointer}/change/source"), change.source.as_str())));
            for (at, band) in scale.bands.iter().enumerate() {
                named.push((format!("{pointer}/bands/{at}/source"), &band.source));
            }
            for (at, cut_off) in scale.cut_offs.iter().enumerate() {
                named.push((format!("{pointer}/cut_offs/{at}/source"), &cut_off.source));
            }
        }
        for (place, critical) in file.critical_items.iter().enumerate() {
            named.push((format!("/critical_items/{place}/action/source"), &critical.action.source));
        }
        for (place, outcome) in file.outcomes.iter().enumerate() {
            named.push((format!("/outcomes/{place}/source"), &outcome.source));
        }
        for (place, step) in file.next_steps.iter().enumerate() {
            named.push((format!("/next_steps/{place}/source"), &step.source));
        }
        let used: BTreeSet<&str> = named.iter().map(|(_, id)| *id).collect();
        for (pointer, id) in named {
            if !file.sources.contains_key(id) {
                self.unknown(Rule::UnknownSource, &pointer, "source", id, file.sources.keys().map(String::as_str));
            }
        }
        for id in file.sources.keys().filter(|id| !used.contains(id.as_str())) {
            self.fault(
                Rule::UnusedSource,
                &format!("/sources/{}", escaped(id)),
                &format!("Nothing refers to the source \"{id}\"."),
                "Use it or remove it.",
            );
        }
    }
}
