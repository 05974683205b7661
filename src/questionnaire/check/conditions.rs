//! Conditions of gates and outcomes, and their checked form.

use super::Checker;
use crate::questionnaire::file::ConditionFile;
use crate::questionnaire::{Condition, Id, Rule};

impl ConditionFile {
    /// The checked form; `None` unless exactly one of the allowed forms is written, with ids that are ids.
    pub(in crate::questionnaire) fn checked(&self) -> Option<Condition> {
        let parts = |list: &[ConditionFile]| list.iter().map(Self::checked).collect::<Option<Vec<_>>>();
        Some(match self.form()? {
            Form::ItemAtLeast(item, at_least) => Condition::ItemAtLeast { item: Id::new(item)?, at_least },
            Form::ItemEquals(item, option) => Condition::ItemEquals { item: Id::new(item)?, equals: Id::new(option)? },
            Form::ScaleAtLeast(scale, at_least) => Condition::ScaleAtLeast { scale: Id::new(scale)?, at_least },
            Form::All(list) => Condition::All { all: parts(list)? },
            Form::Any(list) => Condition::Any { any: parts(list)? },
            Form::Count(list, at_least) => Condition::Count { count: parts(list)?, at_least },
        })
    }

    /// Which of the six forms is written; `None` where it is none of them or a mixture.
    fn form(&self) -> Option<Form<'_>> {
        let Self { item, scale, at_least, equals, all, any, count } = self;
        match (item, scale, at_least, equals, all, any, count) {
            (Some(item), None, Some(at_least), None, None, None, None) => Some(Form::ItemAtLeast(item, *at_least)),
            (Some(item), None, None, Some(option), None, None, None) => Some(Form::ItemEquals(item, option)),
            (None, Some(scale), Some(at_least), None, None, None, None) => Some(Form::ScaleAtLeast(scale, *at_least)),
            (None, None, None, None, Some(list), None, None) => Some(Form::All(list)),
            (None, None, None, None, None, Some(list), None) => Some(Form::Any(list)),
            (None, None, Some(at_least), None, None, None, Some(list)) => Some(Form::Count(list, *at_least)),
            _ => None,
        }
    }
}

/// The six forms as written.
enum Form<'f> {
    ItemAtLeast(&'f str, i32),
    ItemEquals(&'f str, &'f str),
    ScaleAtLeast(&'f str, i32),
    All(&'f [ConditionFile]),
    Any(&'f [ConditionFile]),
    Count(&'f [ConditionFile], i32),
}

impl Checker<'_, '_, '_> {
    /// Checks one condition; `earlier` holds the items a gate may look at, `None` stands for an outcome.
    pub(super) fn condition(&mut self, condition: &ConditionFile, pointer: &str, earlier: Option<&[&str]>) {
        for (key, list) in [("all", &condition.all), ("any", &condition.any), ("count", &condition.count)] {
            for (at, part) in list.iter().flatten().enumerate() {
                self.condition(part, &format!("{pointer}/{key}/{at}"), earlier);
            }
            if list.as_ref().is_some_and(Vec::is_empty) {
                self.fault(Rule::EmptyList, &format!("{pointer}/{key}"), "This list is empty.", "Name at least one part.");
            }
        }
        if let Some(item) = &condition.item {
            self.condition_item(condition, item, pointer, earlier);
        }
        if let Some(scale) = &condition.scale {
            self.condition_scale(condition, scale, pointer, earlier.is_some());
        }
        if let (Some(list), Some(at_least)) = (&condition.count, condition.at_least)
            && (at_least < 1 || usize::try_from(at_least).is_ok_and(|wanted| wanted > list.len()))
        {
            let suggestion = format!("Between 1 and {}.", list.len());
            self.fault(Rule::ImpossibleCondition, &format!("{pointer}/at_least"), "So many parts cannot hold.", &suggestion);
        }
        if condition.form().is_none() {
            self.fault(
                Rule::BadCondition,
                pointer,
                "This is not one of the six forms of a condition.",
                "Write item with at_least, item with equals, all, any, count with at_least, or scale with at_least.",
            );
        }
    }

    fn condition_item(&mut self, condition: &ConditionFile, id: &str, pointer: &str, earlier: Option<&[&str]>) {
        let at = format!("{pointer}/item");
        let Some(item) = self.item(id).cloned() else {
            let known: Vec<&str> = self.file.items.iter().map(|item| item.id.as_str()).collect();
            return self.unknown(Rule::UnknownItem, &at, "item", id, known.into_iter());
        };
        if earlier.is_some_and(|earlier| !earlier.contains(&id)) {
            self.fault(
                Rule::GateLooksAhead,
                &at,
                &format!("The gate looks at item {id}, which comes later."),
                "Look at earlier items only.",
            );
        }
        let options = self.options(&item).to_vec();
        let strange = |option: &&str| !options.is_empty() && !options.iter().any(|known| known.id == **option);
        if let Some(option) = condition.equals.as_deref().filter(strange) {
            let known = options.iter().map(|known| known.id.as_str());
            self.unknown(Rule::UnknownOption, &format!("{pointer}/equals"), &format!("option of item {id} called"), option, known);
        }
        if let Some(at_least) = condition.at_least {
            let reachable = options.iter().map(|option| option.points).max().is_some_and(|highest| at_least <= highest);
            if !reachable && !options.is_empty() {
                let message = format!("No option of item {id} has {at_least} points or more.");
                self.fault(Rule::ImpossibleCondition, &format!("{pointer}/at_least"), &message, "Lower the threshold.");
            }
        }
    }

    fn condition_scale(&mut self, condition: &ConditionFile, id: &str, pointer: &str, in_gate: bool) {
        let at = format!("{pointer}/scale");
        if in_gate {
            self.fault(Rule::GateUsesScale, &at, "A gate cannot look at a scale.", "Look at items.");
        }
        let Some(scale) = self.file.scales.iter().find(|scale| scale.id == id) else {
            let known: Vec<&str> = self.file.scales.iter().map(|scale| scale.id.as_str()).collect();
            return self.unknown(Rule::UnknownScale, &at, "scale", id, known.into_iter());
        };
        if let Some(at_least) = condition.at_least.filter(|at_least| i64::from(*at_least) > *self.reach(scale).end()) {
            let message = format!("The scale {id} never reaches {at_least}.");
            self.fault(Rule::ImpossibleCondition, &format!("{pointer}/at_least"), &message, "Lower the threshold.");
        }
    }

    pub(super) fn outcomes(&mut self) {
        let file = self.file;
        for (place, outcome) in file.outcomes.iter().enumerate() {
            self.condition(&outcome.when, &format!("/outcomes/{place}/when"), None);
        }
    }
}
