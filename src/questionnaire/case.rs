//! Golden cases: answers in words and the score the publication gives.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// `cases.json` as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "periscreen cases.json")]
pub struct CasesFile {
    /// Where editors find this schema; not read by the program.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// Version of this file format: 1.
    pub format: i32,
    /// The cases.
    pub cases: Vec<CaseFile>,
}

/// One golden case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What the case shows.
    pub name: String,
    /// Publication the expected values follow from.
    pub source: String,
    /// Answers by item; items left out are not reached.
    pub answers: BTreeMap<String, AnswerFile>,
    /// Expected scores by scale.
    #[serde(default)]
    pub scales: BTreeMap<String, ExpectedScore>,
    /// Expected screens by cut-off.
    #[serde(default)]
    pub screens: BTreeMap<String, String>,
    /// Expected outcomes.
    #[serde(default)]
    pub outcomes: BTreeMap<String, String>,
    /// Expected alert states by critical item.
    #[serde(default)]
    pub alerts: BTreeMap<String, String>,
}

/// One answer: an option id, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AnswerFile {
    /// Id of the chosen option.
    Option(String),
    /// No option chosen.
    Missing(MissingAnswerFile),
}

/// Why an item has no option chosen: exactly one of the two is true.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingAnswerFile {
    /// The person preferred not to answer.
    #[serde(default)]
    pub declined: bool,
    /// The item was not reached.
    #[serde(default)]
    pub not_reached: bool,
}

/// What a scale is expected to give: points, or bounds.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedScore {
    /// Points of a complete or prorated score.
    #[serde(default)]
    pub points: Option<f64>,
    /// Lowest possible points.
    #[serde(default)]
    pub lowest: Option<f64>,
    /// Highest possible points.
    #[serde(default)]
    pub highest: Option<f64>,
    /// Status: complete, prorated or incomplete.
    #[serde(default)]
    pub status: Option<String>,
    /// Band.
    #[serde(default)]
    pub band: Option<String>,
}
