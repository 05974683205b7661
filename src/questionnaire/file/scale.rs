//! The scales of `questionnaire.json` as they are written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A scale.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleFile {
    /// Id; the main scale is `total`.
    pub id: String,
    /// Title for the clinician.
    pub title: String,
    /// Items scored together.
    pub items: Vec<String>,
    /// How points become a score.
    pub method: MethodFile,
    /// Lowest and highest possible score, points.
    pub range: [i32; 2],
    /// What happens when items are missing.
    pub missing: MissingFile,
    /// What a refusal adds, where the publication says so.
    #[serde(default)]
    pub refusal: Option<RefusalFile>,
    /// Evidence is thin; shown as such.
    #[serde(default)]
    pub exploratory: bool,
    /// Published names of intervals.
    #[serde(default)]
    pub bands: Vec<BandFile>,
    /// Thresholds.
    #[serde(default)]
    pub cut_offs: Vec<CutOffFile>,
    /// Smallest reliable change.
    #[serde(default)]
    pub change: Option<ChangeFile>,
}

/// How the points of the items become a score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodFile {
    /// The kind.
    pub kind: MethodKind,
    /// Factor for `sum` and `mean`, 1 or more; 1 if absent.
    #[serde(default)]
    pub multiplier: Option<i32>,
    /// Threshold for `count`, points (≥).
    #[serde(default)]
    pub at_least: Option<i32>,
}

/// The closed list of methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// Sum of the points, times the multiplier.
    Sum,
    /// Mean of the points, times the multiplier.
    Mean,
    /// How many items are at or above a threshold.
    Count,
}

/// What happens when items of a scale are missing.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingFile {
    /// The rule.
    pub rule: MissingKind,
    /// Most items that may be missing for `prorate`.
    #[serde(default)]
    pub max_missing: Option<i32>,
    /// Publication of the prorating rule.
    #[serde(default)]
    pub source: Option<String>,
}

/// The closed list of missing rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKind {
    /// No score unless every item is answered.
    Complete,
    /// Mean of the answered items stands in for the missing ones.
    Prorate,
}

/// What a refusal adds to a scale.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalFile {
    /// Points a declined item adds.
    pub points: i32,
    /// Publication that says so.
    pub source: String,
}

/// A published name of an interval of a score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BandFile {
    /// Id.
    pub id: String,
    /// Published name.
    pub name: String,
    /// Lowest score, points (included).
    pub from: i32,
    /// Highest score, points (included).
    pub to: i32,
    /// Publication.
    pub source: String,
}

/// A threshold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutOffFile {
    /// Id, unique in the questionnaire.
    pub id: String,
    /// Threshold, points (≥).
    pub at_least: i32,
    /// The one the person's page goes by.
    #[serde(default)]
    pub default: bool,
    /// Why this one is the default.
    #[serde(default)]
    pub reason: Option<String>,
    /// In whom it was studied.
    pub context: ContextFile,
    /// What it was compared with.
    pub finds: String,
    /// Publication.
    pub source: String,
    /// Share of people with the condition who are at or above, 0 to 1.
    #[serde(default)]
    pub sensitivity: Option<AccuracyFile>,
    /// Share of people without the condition who are below, 0 to 1.
    #[serde(default)]
    pub specificity: Option<AccuracyFile>,
}

/// In whom a cut-off was studied.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextFile {
    /// Pregnancy, weeks after birth, or general.
    #[serde(default)]
    pub timing: Option<String>,
    /// Mothers, partners, adults.
    #[serde(default)]
    pub respondent: Option<String>,
    /// Languages or countries.
    #[serde(default)]
    pub language: Option<String>,
    /// Setting and size of the study.
    #[serde(default)]
    pub setting: Option<String>,
}

/// A share with its 95 % confidence interval, each 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccuracyFile {
    /// Estimate.
    pub value: f64,
    /// Lower end of the 95 % confidence interval.
    #[serde(default)]
    pub low: Option<f64>,
    /// Upper end of the 95 % confidence interval.
    #[serde(default)]
    pub high: Option<f64>,
}

/// Smallest change that is larger than measurement error.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFile {
    /// Points (≥).
    pub reliable: i32,
    /// Publication.
    pub source: String,
}
