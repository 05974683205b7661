//! `questionnaire.json` exactly as it is written; nothing here is known to make sense yet.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod scale;

pub use scale::{
    AccuracyFile, BandFile, ChangeFile, ContextFile, CutOffFile, MethodFile, MethodKind, MissingFile, MissingKind, RefusalFile, ScaleFile,
};

/// One published questionnaire in one edition.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "periscreen questionnaire.json")]
pub struct QuestionnaireFile {
    /// Where editors find this schema; not read by the program.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// Version of this file format: 1.
    pub format: i32,
    /// Id; the same as the name of the folder.
    pub id: String,
    /// Published edition, as free text.
    pub edition: String,
    /// Short title.
    pub title: String,
    /// Full published title.
    pub full_title: String,
    /// What it is about, in our own calm words; shown in lists.
    pub topic: String,
    /// Rough time to fill in, minutes, 1 to 120.
    pub minutes: i32,
    /// Days the answers refer to, 0 (now) to 366; longer periods stand in the wording.
    pub recall_days: i32,
    /// Lists of options by name, each in printed order.
    pub option_sets: BTreeMap<String, Vec<OptionFile>>,
    /// Items in printed order.
    pub items: Vec<ItemFile>,
    /// What is scored together.
    pub scales: Vec<ScaleFile>,
    /// Items that raise an alert alone.
    #[serde(default)]
    pub critical_items: Vec<CriticalItemFile>,
    /// Rules that are not points.
    #[serde(default)]
    pub outcomes: Vec<OutcomeFile>,
    /// Published next steps for the clinician.
    #[serde(default)]
    pub next_steps: Vec<NextStepFile>,
    /// Publications by id.
    pub sources: BTreeMap<String, SourceFile>,
    /// Who holds the rights and what they allow.
    pub rights: RightsFile,
}

/// One answer on offer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    /// Id in words.
    pub id: String,
    /// What it adds to a scale, points.
    pub points: i32,
}

/// One question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemFile {
    /// Id; a published number where there is one.
    pub id: String,
    /// One or two words of our own, shown where the wording is not here.
    pub topic: String,
    /// Name of an option set.
    pub options: String,
    /// The healthiest option, taken by hand from the publication.
    pub healthiest: String,
    /// Whether the item belongs to a score; true unless said otherwise.
    #[serde(default = "yes")]
    pub scored: bool,
    /// When the item is asked; always, if absent.
    #[serde(default)]
    pub gate: Option<GateFile>,
    /// Codes of other systems, for example `loinc`.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
}

fn yes() -> bool {
    true
}

/// When an item is asked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateFile {
    /// The condition over earlier items.
    pub when: ConditionFile,
    /// What happens while the condition is unknown.
    pub when_unknown: WhenUnknown,
    /// Points the item adds when it is not applicable.
    pub points_when_not_applicable: i32,
}

/// What to do with an item while its gate is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhenUnknown {
    /// Ask it.
    Ask,
    /// Leave it out.
    Skip,
}

/// One condition: exactly one of the forms of docs/contract.md §9.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionFile {
    /// Item the condition looks at.
    #[serde(default)]
    pub item: Option<String>,
    /// Scale the condition looks at.
    #[serde(default)]
    pub scale: Option<String>,
    /// Threshold (≥): points, or how many parts of `count`.
    #[serde(default)]
    pub at_least: Option<i32>,
    /// Option the item must be answered with.
    #[serde(default)]
    pub equals: Option<String>,
    /// Parts that must all hold.
    #[serde(default)]
    pub all: Option<Vec<ConditionFile>>,
    /// Parts of which one must hold.
    #[serde(default)]
    pub any: Option<Vec<ConditionFile>>,
    /// Parts of which `at_least` must hold.
    #[serde(default)]
    pub count: Option<Vec<ConditionFile>>,
}

/// An item that raises an alert alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriticalItemFile {
    /// The item.
    pub item: String,
    /// What it is about.
    pub kind: super::model::AlertKind,
    /// Every option that endorses: all but the healthiest.
    pub endorsed_by: Vec<String>,
    /// What the publication tells the clinician to do.
    pub action: ActionFile,
}

/// A published action, in our own words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionFile {
    /// What to do.
    pub text: String,
    /// Publication.
    pub source: String,
}

/// A rule that is not points.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeFile {
    /// Id.
    pub id: String,
    /// Title for the clinician.
    pub title: String,
    /// The rule.
    pub when: ConditionFile,
    /// Publication.
    pub source: String,
}

/// A published next step.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextStepFile {
    /// Id.
    pub id: String,
    /// Scale it looks at.
    pub scale: String,
    /// Threshold, points (≥).
    pub at_least: i32,
    /// What to do, in our own words.
    pub text: String,
    /// When to repeat, weeks: earliest and latest.
    #[serde(default)]
    pub repeat_in_weeks: Option<[i32; 2]>,
    /// Publication.
    pub source: String,
}

/// A publication.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Authors, year, title, place.
    pub citation: String,
    /// DOI without resolver.
    #[serde(default)]
    pub doi: Option<String>,
    /// `PubMed` id.
    #[serde(default)]
    pub pmid: Option<String>,
    /// Address where it was read.
    #[serde(default)]
    pub url: Option<String>,
}

/// Who holds the rights and what they allow.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RightsFile {
    /// Rights holder.
    pub holder: String,
    /// Terms, as published.
    pub terms: String,
    /// Citation the holder asks for.
    pub citation: String,
    /// Whether the words may be changed.
    pub may_modify: bool,
    /// Whether the words may be translated.
    pub may_translate: bool,
    /// What is known of commercial use.
    pub commercial_use: String,
    /// Whether the words ship.
    pub wording: WordingRights,
    /// Publication of the terms.
    pub source: String,
}

/// Whether the words of a questionnaire ship with its definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordingRights {
    /// They ship.
    Bundled,
    /// The clinic brings its own copy; paper mode works without.
    BringYourOwn,
}
