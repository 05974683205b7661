//! Conditions of gates and outcomes, and their checked form.

use super::Checker;
use crate::questionnaire::file::ConditionFile;
use crate::questionnaire::{Condition, Id, Rule};

impl ConditionFile {
    /// The checked form; `None` unless exactly one of the allowed forms is written.
    pub(in crate::questionnaire) fn checked(&self) -> Option<Condition> {
        let parts = |list: &Vec<ConditionFile>| list.iter().map(Self::checked).collect::<Option<Vec<_>>>();
        let id = |text: &Option<String>| text.as_deref().and_then(Id::new);
        match self {
            Self { item: Some(_), at_least: Some(at_least), scale: None, equals: None, all: None, any: None, count: None } => {
                Some(Condition::ItemAtLeast { item: id(&self.item)?, at_least: *at_least })
            }
            Self { item: Some(_), equals: Some(_), at_least: None, scale: None, all: None, any: None, count: None } => {
                Some(Condition::ItemEquals { item: id(&self.item)?, equals: id(&self.equals)? })
            }
            Self { scale: Some(_), at_least: Some(at_least), item: None, equals: None, all: None, any: None, count: None } => {
                Some(Condition::ScaleAtLeast { scale: id(&self.scale)?, at_least: *at_least })
            }
            Self { all: Some(list), item: None, at_least: None, scale: None, equals: None, any: None, count: None } => {
                Some(Condition::All { all: parts(list)? })
            }
            Self { any: Some(list), item: None, at_least: None, scale: None, equals: None, all: None, count: None } => {
                Some(Condition::Any { any: parts(list)? })
            }
            Self { count: Some(list), at_least: Some(at_least), item: None, scale: None, equals: None, all: None, any: None } => {
                Some(Condition::Count { count: parts(list)?, at_least: *at_least })
            }
            _ => None,
        }
    }
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
            self.condition_scale(scale, &format!("{pointer}/scale"), earlier.is_some());
        }
        if let (Some(list), Some(at_least)) = (&condition.count, condition.at_least)
            && (at_least < 1 || usize::try_from(at_least).is_ok_and(|wanted| wanted > list.len()))
        {
            let suggestion = format!("Between 1 and {}.", list.len());
            self.fault(Rule::ImpossibleCondition, &format!("{pointer}/at_least"), "So many parts cannot hold.", &suggestion);
        }
        let parts_fine = |list: &Option<Vec<ConditionFile>>| list.iter().flatten().all(|part| part.checked().is_some());
        if condition.checked().is_none() && [&condition.all, &condition.any, &condition.count].into_iter().all(parts_fine) {
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
        if let Some(option) = condition.equals.as_deref().filter(|option| !options.iter().any(|known| known.id == **option)) {
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

    fn condition_scale(&mut self, id: &str, pointer: &str, in_gate: bool) {
        if in_gate {
            self.fault(Rule::GateUsesScale, pointer, "A gate cannot look at a scale.", "Look at items.");
        }
        if !self.file.scales.iter().any(|scale| scale.id == id) {
            let known: Vec<&str> = self.file.scales.iter().map(|scale| scale.id.as_str()).collect();
            self.unknown(Rule::UnknownScale, pointer, "scale", id, known.into_iter());
        }
    }

    pub(super) fn outcomes(&mut self) {
        let file = self.file;
        for (place, outcome) in file.outcomes.iter().enumerate() {
            self.condition(&outcome.when, &format!("/outcomes/{place}/when"), None);
        }
    }
}
