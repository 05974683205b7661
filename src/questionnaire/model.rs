//! The checked model: whatever holds a [`Questionnaire`] may rely on every rule of docs/contract.md §9.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file::{AccuracyFile, ContextFile, MethodKind, RightsFile, SourceFile, WhenUnknown};
use super::{Condition, Id, Wording};

/// A published measure in one edition.
#[derive(Debug, Clone)]
pub struct Questionnaire {
    pub(super) id: Id,
    pub(super) edition: String,
    pub(super) title: String,
    pub(super) full_title: String,
    pub(super) topic: String,
    pub(super) minutes: i32,
    pub(super) recall_days: i32,
    pub(super) items: Vec<Item>,
    pub(super) scales: Vec<Scale>,
    pub(super) critical_items: Vec<CriticalItem>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) next_steps: Vec<NextStep>,
    pub(super) sources: BTreeMap<Id, SourceFile>,
    pub(super) rights: RightsFile,
    pub(super) definition_sha256: String,
    pub(super) wordings: BTreeMap<String, Wording>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Item {
    /// Id.
    pub id: Id,
    /// Our own one or two words for it.
    pub topic: String,
    /// Name of its option set, by which its words are found.
    pub option_set: Id,
    /// Answers on offer, in printed order; never empty, at most 23.
    pub options: Vec<AnswerOption>,
    /// Id of the healthiest option.
    pub healthiest: Id,
    /// Whether it belongs to a score.
    pub scored: bool,
    /// When it is asked; always, if `None`.
    pub gate: Option<Gate>,
}

/// One answer on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerOption {
    /// Id in words.
    pub id: Id,
    /// What it adds to a scale, points.
    pub points: i32,
}

/// When an item is asked.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Condition over earlier items.
    pub when: Condition,
    /// What happens while it is unknown.
    pub when_unknown: WhenUnknown,
    /// Points the item adds when it is not applicable.
    pub points_when_not_applicable: i32,
}

/// Items scored together.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Id; `total` for the main scale.
    pub id: Id,
    /// Title for the clinician.
    pub title: String,
    /// Its items; never empty.
    pub items: Vec<Id>,
    /// How points become a score.
    pub method: Method,
    /// Lowest and highest possible score, points.
    pub range: (i32, i32),
    /// Most items that may be missing for a prorated score; 0 where none is published.
    pub max_missing: i32,
    /// Points a declined item adds, where the publication says so.
    pub refusal_points: Option<i32>,
    /// Whether the evidence is thin.
    pub exploratory: bool,
    /// Published names of intervals, lowest first.
    pub bands: Vec<Band>,
    /// Thresholds, lowest first.
    pub cut_offs: Vec<CutOff>,
    /// Smallest reliable change, points, with its source.
    pub change: Option<(i32, Id)>,
}

/// How the points of the items become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// The kind.
    pub kind: MethodKind,
    /// Factor for sum and mean; 1 for count.
    pub multiplier: i32,
    /// Threshold for count, points (≥).
    pub at_least: i32,
}

/// A published name of an interval.
#[derive(Debug, Clone)]
pub struct Band {
    /// Id.
    pub id: Id,
    /// Published name.
    pub name: String,
    /// Lowest score, points, included.
    pub from: i32,
    /// Highest score, points, included.
    pub to: i32,
    /// Publication.
    pub source: Id,
}

/// A threshold.
#[derive(Debug, Clone)]
pub struct CutOff {
    /// Id, unique in the questionnaire.
    pub id: Id,
    /// Threshold, points (≥).
    pub at_least: i32,
    /// Whether the person's page goes by it.
    pub default: bool,
    /// Why it is the default.
    pub reason: Option<String>,
    /// In whom it was studied.
    pub context: ContextFile,
    /// What it was compared with.
    pub finds: String,
    /// Publication.
    pub source: Id,
    /// Sensitivity, 0 to 1.
    pub sensitivity: Option<AccuracyFile>,
    /// Specificity, 0 to 1.
    pub specificity: Option<AccuracyFile>,
}

/// What a critical item is about. Each kind has its own card and action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Thoughts of self-harm or suicide.
    SelfHarm,
    /// Thoughts of self-harm or suicide right now.
    SelfHarmAcute,
    /// Thoughts of harm coming to the baby.
    HarmToBaby,
}

impl AlertKind {
    /// The id used in files and, with `_`, in columns.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfHarm => "self-harm",
            Self::SelfHarmAcute => "self-harm-acute",
            Self::HarmToBaby => "harm-to-baby",
        }
    }
}

/// An item that raises an alert alone.
#[derive(Debug, Clone)]
pub struct CriticalItem {
    /// The item.
    pub item: Id,
    /// What it is about.
    pub kind: AlertKind,
    /// Every option that endorses.
    pub endorsed_by: Vec<Id>,
    /// What the clinician does, in our own words.
    pub action: String,
    /// Publication of the action.
    pub source: Id,
}

/// A rule that is not points.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Id.
    pub id: Id,
    /// Title for the clinician.
    pub title: String,
    /// The rule.
    pub when: Condition,
    /// Publication.
    pub source: Id,
}

/// A published next step for the clinician.
#[derive(Debug, Clone)]
pub struct NextStep {
    /// Id.
    pub id: Id,
    /// Scale it looks at.
    pub scale: Id,
    /// Threshold, points (≥).
    pub at_least: i32,
    /// What to do, in our own words.
    pub text: String,
    /// When to repeat, weeks: earliest and latest.
    pub repeat_in_weeks: Option<(i32, i32)>,
    /// Publication.
    pub source: Id,
}

impl Questionnaire {
    /// Id; the name of its folder.
    #[must_use]
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// Published edition.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Short title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Full published title.
    #[must_use]
    pub fn full_title(&self) -> &str {
        &self.full_title
    }

    /// What it is about, in our own words.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Rough time to fill in, minutes, 1 to 120.
    #[must_use]
    pub fn minutes(&self) -> i32 {
        self.minutes
    }

    /// Days the answers refer to, 0 (now) to 366.
    #[must_use]
    pub fn recall_days(&self) -> i32 {
        self.recall_days
    }

    /// Items in printed order; never empty.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Scales in the order of the file; the main one is called `total`.
    #[must_use]
    pub fn scales(&self) -> &[Scale] {
        &self.scales
    }

    /// Critical items in the order of the file.
    #[must_use]
    pub fn critical_items(&self) -> &[CriticalItem] {
        &self.critical_items
    }

    /// Outcomes in the order of the file.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Next steps in the order of the file.
    #[must_use]
    pub fn next_steps(&self) -> &[NextStep] {
        &self.next_steps
    }

    /// A publication by its id.
    #[must_use]
    pub fn source(&self, id: &Id) -> Option<&SourceFile> {
        self.sources.get(id)
    }

    /// Publications by id.
    #[must_use]
    pub fn sources(&self) -> &BTreeMap<Id, SourceFile> {
        &self.sources
    }

    /// Who holds the rights and what they allow.
    #[must_use]
    pub fn rights(&self) -> &RightsFile {
        &self.rights
    }

    /// SHA-256 of what scores, 64 hexadecimal digits.
    #[must_use]
    pub fn definition_sha256(&self) -> &str {
        &self.definition_sha256
    }

    /// The words in a language, if they are here.
    #[must_use]
    pub fn wording(&self, language: &str) -> Option<&Wording> {
        self.wordings.get(language)
    }

    /// Languages whose words are here.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.wordings.keys().map(String::as_str)
    }

    /// An item and its place in printed order, by id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<(usize, &Item)> {
        self.items.iter().enumerate().find(|(_, item)| item.id.as_str() == id)
    }

    /// The critical item that watches an item.
    #[must_use]
    pub fn critical(&self, id: &Id) -> Option<&CriticalItem> {
        self.critical_items.iter().find(|critical| critical.item == *id)
    }

    /// Kinds of alert, each once, in the order of the file.
    #[must_use]
    pub fn alert_kinds(&self) -> Vec<AlertKind> {
        let mut kinds = Vec::new();
        for critical in &self.critical_items {
            if !kinds.contains(&critical.kind) {
                kinds.push(critical.kind);
            }
        }
        kinds
    }
}

impl Item {
    /// The option with this id, with its place in printed order.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<(usize, &AnswerOption)> {
        self.options.iter().enumerate().find(|(_, option)| option.id.as_str() == id)
    }

    /// Lowest and highest points any option adds.
    #[must_use]
    pub fn points_range(&self) -> (i32, i32) {
        let points = || self.options.iter().map(|option| option.points);
        (points().min().unwrap_or(0), points().max().unwrap_or(0))
    }
}
