//! From the bytes of a folder to a checked questionnaire and its golden cases, or to every fault at once.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value as Node;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::case::{CaseFile, CasesFile};
use super::check::{self, Place};
use super::file::{MissingKind, QuestionnaireFile, WordingRights};
use super::json_text::JsonText;
use super::model::{AnswerOption, Band, CriticalItem, CutOff, Gate, Item, Method, NextStep, Outcome, Questionnaire, Scale};
use super::shape::Shape;
use super::wording::{Wording, WordingFile};
use super::{Fault, Id, Rule, hash, schema};

const DEFINITION: &str = "questionnaire.json";
const CASES: &str = "cases.json";

/// Reads one questionnaire from the files of its folder.
///
/// # Errors
///
/// Every fault of every file, in the order of the files and of their places.
pub fn parse(folder: &str, files: &[(String, Vec<u8>)]) -> Result<(Questionnaire, Vec<CaseFile>), Vec<Fault>> {
    let mut faults = Vec::new();
    let find = |name: &str| files.iter().find(|(file, _)| file == name).map(|(_, bytes)| bytes.as_slice());
    let Some(bytes) = find(DEFINITION) else {
        return Err(vec![Fault::of_file(Rule::MissingFile, DEFINITION, "The file is missing.", "Every questionnaire has one.")]);
    };
    let file = read(DEFINITION, bytes, &mut faults, |file, place| check::questionnaire(folder, file, place));
    // Words and cases are compared with a definition that is sound; otherwise one fault would be told many times.
    let sound = file.as_ref().filter(|_| faults.is_empty());
    let mut wordings = BTreeMap::new();
    for (name, bytes) in files.iter().filter(|(name, _)| is_wording(name)) {
        let checked =
            |words: &WordingFile, place: Place<'_, '_>| sound.map_or_else(Vec::new, |file| check::wording(file, words, name, place));
        if let Some(words) = read(name, bytes, &mut faults, checked) {
            wordings.insert(words.language.clone(), Wording::checked(words));
        }
    }
    let cases = if let Some(bytes) = find(CASES) {
        let checked = |cases: &CasesFile, place: Place<'_, '_>| sound.map_or_else(Vec::new, |file| check::cases(file, cases, place));
        read(CASES, bytes, &mut faults, checked).map(|file| file.cases)
    } else {
        faults.push(Fault::of_file(Rule::MissingFile, CASES, "The file is missing.", "No questionnaire without golden cases."));
        None
    };
    let worded = files.iter().any(|(name, _)| is_wording(name));
    if sound.is_some_and(|file| !worded && file.rights.wording == WordingRights::Bundled) {
        faults.extend(no_words(bytes));
    }
    let built = file.and_then(|file| build(&file, wordings)).zip(cases);
    built.filter(|_| faults.is_empty()).ok_or_else(|| sorted(faults))
}

/// The fault of a definition whose words ship, as its rights say, but are not there.
fn no_words(bytes: &[u8]) -> Option<Fault> {
    let text = JsonText::new(DEFINITION, bytes).ok()?;
    let root = text.parse().ok()?;
    let message = "The rights say that the words ship, but there is no wording file.";
    Some(text.fault_at(&root, Rule::RightsContradict, "/rights/wording", message, "Add en.json, or write \"bring-your-own\"."))
}

/// Reads one file: caps, JSON, hostile content, shape, then the rules; `None` where its shape is broken.
fn read<T, F>(name: &str, bytes: &[u8], faults: &mut Vec<Fault>, check: F) -> Option<T>
where
    T: DeserializeOwned + JsonSchema,
    F: FnOnce(&T, Place<'_, '_>) -> Vec<Fault>,
{
    let text = JsonText::new(name, bytes).map_err(|fault| faults.push(*fault)).ok()?;
    let root = text.parse().map_err(|fault| faults.push(*fault)).ok()?;
    let before = faults.len();
    text.hostile(&root, "", faults);
    if let Some(newer) = newer_format(text, &root) {
        // Everything else in it may be right, in a format that is not known here.
        faults.push(newer);
        return None;
    }
    match serde_json::from_str(text.text()) {
        Ok(typed) if faults.len() == before => {
            faults.extend(check(&typed, Place { text, root: &root }));
            return Some(typed);
        }
        Ok(_) => faults.extend(shape_faults::<T>(text, &root)),
        Err(error) => {
            faults.extend(shape_faults::<T>(text, &root));
            if faults.len() == before {
                // Half a surrogate pair, for example: the place is all that is known of it.
                let mut fault = Fault::of_file(Rule::NotJson, name, "The file could not be read.", "Compare it with the schema.");
                let before = text.text().lines().nth(error.line().saturating_sub(1)).and_then(|line| line.get(..error.column()));
                (fault.line, fault.column) = (error.line(), before.map_or(error.column(), |before| before.chars().count()));
                faults.push(fault);
            }
        }
    }
    None
}

/// The fault of a file that says it has another format than 1.
fn newer_format(text: JsonText<'_>, root: &Node<'_>) -> Option<Fault> {
    let Node::Object(object) = root else { return None };
    let format = object.properties.iter().find(|property| property.name.as_str() == "format");
    let Some(Node::NumberLit(number)) = format.map(|property| &property.value) else { return None };
    let other = number.value.parse::<i32>().is_ok_and(|format| format != 1);
    let suggestion = "Write 1, or use a newer periscreen.";
    other.then(|| text.fault(Rule::NewerFormat, "/format", number.range, "Only format 1 is known here.", suggestion))
}

fn shape_faults<T: JsonSchema>(text: JsonText<'_>, root: &Node<'_>) -> Vec<Fault> {
    let schema = schema::of::<T>();
    Shape::faults(text, &schema, root)
}

fn is_wording(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|stem| !stem.is_empty()) && name != DEFINITION && name != CASES
}

fn sorted(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by(|left, right| (&left.file, left.line, left.column, left.rule).cmp(&(&right.file, right.line, right.column, right.rule)));
    faults
}

/// Builds the model; `None` only where a rule was broken, which the checker has told.
fn build(file: &QuestionnaireFile, wordings: BTreeMap<String, Wording>) -> Option<Questionnaire> {
    let mut questionnaire = Questionnaire {
        id: Id::new(&file.id)?,
        edition: file.edition.clone(),
        title: file.title.clone(),
        full_title: file.full_title.clone(),
        topic: file.topic.clone(),
        minutes: file.minutes,
        recall_days: file.recall_days,
        items: items(file)?,
        scales: file.scales.iter().map(scale).collect::<Option<_>>()?,
        critical_items: critical_items(file)?,
        outcomes: outcomes(file)?,
        next_steps: next_steps(file)?,
        sources: file.sources.iter().map(|(id, source)| Some((Id::new(id)?, source.clone()))).collect::<Option<_>>()?,
        rights: file.rights.clone(),
        definition_sha256: String::new(),
        wordings,
    };
    questionnaire.definition_sha256 = hash::definition_sha256(&questionnaire)?;
    Some(questionnaire)
}

fn items(file: &QuestionnaireFile) -> Option<Vec<Item>> {
    let build = |item: &super::file::ItemFile| {
        let options = file.option_sets.get(&item.options)?;
        let gate = match &item.gate {
            None => None,
            Some(gate) => Some(Gate {
                when: gate.when.checked()?,
                when_unknown: gate.when_unknown,
                points_when_not_applicable: gate.points_when_not_applicable,
            }),
        };
        Some(Item {
            id: Id::new(&item.id)?,
            topic: item.topic.clone(),
            option_set: Id::new(&item.options)?,
            options: options
                .iter()
                .map(|option| Some(AnswerOption { id: Id::new(&option.id)?, points: option.points }))
                .collect::<Option<_>>()?,
            healthiest: Id::new(&item.healthiest)?,
            scored: item.scored,
            gate,
        })
    };
    file.items.iter().map(build).collect()
}

fn scale(file: &super::file::ScaleFile) -> Option<Scale> {
    let bands = file.bands.iter().map(|band| {
        Some(Band { id: Id::new(&band.id)?, name: band.name.clone(), from: band.from, to: band.to, source: Id::new(&band.source)? })
    });
    let mut bands: Vec<Band> = bands.collect::<Option<_>>()?;
    bands.sort_by_key(|band| band.from);
    let mut cut_offs: Vec<CutOff> = file.cut_offs.iter().map(cut_off).collect::<Option<_>>()?;
    cut_offs.sort_by_key(|cut_off| cut_off.at_least);
    Some(Scale {
        id: Id::new(&file.id)?,
        title: file.title.clone(),
        items: file.items.iter().map(|id| Id::new(id)).collect::<Option<_>>()?,
        method: Method {
            kind: file.method.kind,
            multiplier: file.method.multiplier.unwrap_or(1),
            at_least: file.method.at_least.unwrap_or(0),
        },
        range: (file.range[0], file.range[1]),
        max_missing: if file.missing.rule == MissingKind::Prorate { file.missing.max_missing.unwrap_or(0) } else { 0 },
        refusal_points: file.refusal.as_ref().map(|refusal| refusal.points),
        exploratory: file.exploratory,
        bands,
        cut_offs,
        change: match &file.change {
            None => None,
            Some(change) => Some((change.reliable, Id::new(&change.source)?)),
        },
    })
}

fn cut_off(file: &super::file::CutOffFile) -> Option<CutOff> {
    Some(CutOff {
        id: Id::new(&file.id)?,
        at_least: file.at_least,
        default: file.default,
        reason: file.reason.clone(),
        context: file.context.clone(),
        finds: file.finds.clone(),
        source: Id::new(&file.source)?,
        sensitivity: file.sensitivity,
        specificity: file.specificity,
    })
}

fn critical_items(file: &QuestionnaireFile) -> Option<Vec<CriticalItem>> {
    let build = |critical: &super::file::CriticalItemFile| {
        Some(CriticalItem {
            item: Id::new(&critical.item)?,
            kind: critical.kind,
            endorsed_by: critical.endorsed_by.iter().map(|id| Id::new(id)).collect::<Option<_>>()?,
            action: critical.action.text.clone(),
            source: Id::new(&critical.action.source)?,
        })
    };
    file.critical_items.iter().map(build).collect()
}

fn outcomes(file: &QuestionnaireFile) -> Option<Vec<Outcome>> {
    let build = |outcome: &super::file::OutcomeFile| {
        Some(Outcome {
            id: Id::new(&outcome.id)?,
            title: outcome.title.clone(),
            when: outcome.when.checked()?,
            source: Id::new(&outcome.source)?,
        })
    };
    file.outcomes.iter().map(build).collect()
}

fn next_steps(file: &QuestionnaireFile) -> Option<Vec<NextStep>> {
    let build = |step: &super::file::NextStepFile| {
        Some(NextStep {
            id: Id::new(&step.id)?,
            scale: Id::new(&step.scale)?,
            at_least: step.at_least,
            text: step.text.clone(),
            repeat_in_weeks: step.repeat_in_weeks.map(|[from, to]| (from, to)),
            source: Id::new(&step.source)?,
        })
    };
    file.next_steps.iter().map(build).collect()
}
