//! Golden cases: known names only, and the ones every questionnaire must bring. Whether they hold is proved in `catalogue`.

use std::collections::BTreeMap;

use super::Checker;
use crate::questionnaire::Rule;
use crate::questionnaire::case::{AnswerFile, CaseFile, CasesFile};
use crate::questionnaire::file::ItemFile;
use crate::questionnaire::json_text::escaped;

impl Checker<'_, '_, '_> {
    pub(super) fn cases(&mut self, cases: &CasesFile) {
        for (place, case) in cases.cases.iter().enumerate() {
            self.case_names(case, &format!("/cases/{place}"));
        }
        let missing: Vec<String> =
            self.wanted().into_iter().filter(|(_, found)| !cases.cases.iter().any(found)).map(|(name, _)| name).collect();
        for name in missing {
            self.fault(Rule::CaseMissing, "/cases", &format!("There is no case for: {name}."), "Add one with the published result.");
        }
    }

    fn case_names(&mut self, case: &CaseFile, pointer: &str) {
        let file = self.file;
        if !file.sources.contains_key(&case.source) {
            let known = file.sources.keys().map(String::as_str);
            self.unknown(Rule::UnknownSource, &format!("{pointer}/source"), "source", &case.source, known);
        }
        for (id, answer) in &case.answers {
            let at = format!("{pointer}/answers/{}", escaped(id));
            let Some(item) = self.item(id).cloned() else {
                self.unknown(Rule::CaseUnknown, &at, "item", id, file.items.iter().map(|item| item.id.as_str()));
                continue;
            };
            match answer {
                AnswerFile::Option(option) if !self.options(&item).iter().any(|known| known.id == *option) => {
                    let known: Vec<String> = self.options(&item).iter().map(|known| known.id.clone()).collect();
                    self.unknown(Rule::CaseUnknown, &at, &format!("option of item {id} called"), option, known.iter().map(String::as_str));
                }
                AnswerFile::Missing(missing) if missing.declined == missing.not_reached => {
                    self.fault(
                        Rule::CaseUnknown,
                        &at,
                        "The answer is neither declined nor not reached.",
                        "Set exactly one of the two to true.",
                    );
                }
                AnswerFile::Option(_) | AnswerFile::Missing(_) => {}
            }
        }
        let scales: Vec<&str> = file.scales.iter().map(|scale| scale.id.as_str()).collect();
        let cut_offs: Vec<&str> = file.scales.iter().flat_map(|scale| &scale.cut_offs).map(|cut_off| cut_off.id.as_str()).collect();
        let outcomes: Vec<&str> = file.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
        let alerts: Vec<&str> = file.critical_items.iter().map(|critical| critical.item.as_str()).collect();
        self.names(&case.scales, &scales, &format!("{pointer}/scales"), "scale");
        self.names(&case.screens, &cut_offs, &format!("{pointer}/screens"), "cut-off");
        self.names(&case.outcomes, &outcomes, &format!("{pointer}/outcomes"), "outcome");
        self.names(&case.alerts, &alerts, &format!("{pointer}/alerts"), "critical item");
        let nothing = case.scales.is_empty() && case.screens.is_empty() && case.outcomes.is_empty() && case.alerts.is_empty();
        if nothing {
            self.fault(Rule::CaseUnknown, pointer, "The case expects nothing.", "Say what the publication gives.");
        }
    }

    fn names<T>(&mut self, written: &BTreeMap<String, T>, known: &[&str], pointer: &str, what: &str) {
        for name in written.keys().filter(|name| !known.contains(&name.as_str())) {
            self.unknown(Rule::CaseUnknown, &format!("{pointer}/{}", escaped(name)), what, name, known.iter().copied());
        }
    }

    /// The cases every questionnaire must bring, each with the test that recognises it.
    fn wanted(&self) -> Vec<(String, Recogniser)> {
        let file = self.file;
        let mut wanted: Vec<(String, Recogniser)> = Vec::new();
        let scored: Vec<ItemFile> = file.items.iter().filter(|item| item.scored).cloned().collect();
        let best: Vec<(String, Vec<String>)> = scored.iter().map(|item| (item.id.clone(), self.at_points(item, true))).collect();
        let worst: Vec<(String, Vec<String>)> = scored.iter().map(|item| (item.id.clone(), self.at_points(item, false))).collect();
        let gated: Vec<String> = scored.iter().filter(|item| item.gate.is_some()).map(|item| item.id.clone()).collect();
        for (name, sheet) in [("best everywhere", best), ("worst everywhere", worst)] {
            let gated = gated.clone();
            wanted
                .push((name.to_owned(), Box::new(move |case| sheet.iter().all(|(item, options)| is_one_of(case, item, options, &gated)))));
        }
        for scale in &file.scales {
            let step = self.step(scale);
            for cut_off in &scale.cut_offs {
                let at_least = f64::from(cut_off.at_least);
                for (from, side, words) in [(at_least, "positive", "at it"), (at_least - step, "negative", "one below it")] {
                    let (id, scale) = (cut_off.id.clone(), scale.id.clone());
                    let name = format!("cut-off {id}, {words}");
                    wanted.push((name, Box::new(move |case| has_side(case, &id, side) && is_within(case, &scale, from, step))));
                }
            }
        }
        for critical in &file.critical_items {
            for option in &critical.endorsed_by {
                let (item, chosen) = (critical.item.clone(), AnswerFile::Option(option.clone()));
                let name = format!("critical item {item} answered {option}");
                wanted.push((name, Box::new(move |case| case.answers.get(&item) == Some(&chosen) && case.alerts.contains_key(&item))));
            }
            let item = critical.item.clone();
            let name = format!("critical item {item} declined");
            wanted.push((name, Box::new(move |case| is_declined(case, &item) && case.alerts.contains_key(&item))));
        }
        let total = file.scales.iter().map(|scale| scale.id.clone()).collect::<Vec<_>>();
        wanted.push((
            "an incomplete sheet with its bounds".to_owned(),
            Box::new(move |case| {
                total.iter().any(|id| {
                    case.scales.get(id).is_some_and(|score| score.points.is_none() && score.lowest.is_some() && score.highest.is_some())
                })
            }),
        ));
        wanted
    }

    /// Options with the fewest (or most) points, by which the best (or worst) sheet is recognised.
    fn at_points(&self, item: &ItemFile, healthiest: bool) -> Vec<String> {
        let options = self.options(item);
        if healthiest {
            return vec![item.healthiest.clone()];
        }
        let most = options.iter().map(|option| option.points).max();
        options.iter().filter(|option| Some(option.points) == most).map(|option| option.id.clone()).collect()
    }
}

type Recogniser = Box<dyn Fn(&CaseFile) -> bool>;

fn is_one_of(case: &CaseFile, item: &str, options: &[String], gated: &[String]) -> bool {
    match case.answers.get(item) {
        Some(AnswerFile::Option(option)) => options.contains(option),
        Some(AnswerFile::Missing(_)) => false,
        None => gated.iter().any(|id| id == item),
    }
}

fn has_side(case: &CaseFile, cut_off: &str, side: &str) -> bool {
    case.screens.get(cut_off).is_some_and(|expected| expected == side)
}

/// Whether a case lies on the first step from there on. A millionth makes room for fractions written as decimals.
fn is_within(case: &CaseFile, scale: &str, from: f64, step: f64) -> bool {
    let reached = |points: f64| points > from - 1e-6 && points < from + step - 1e-6;
    case.scales.get(scale).and_then(|score| score.points).is_some_and(reached)
}

fn is_declined(case: &CaseFile, item: &str) -> bool {
    matches!(case.answers.get(item), Some(AnswerFile::Missing(missing)) if missing.declined)
}
