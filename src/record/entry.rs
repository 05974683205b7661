//! The entries of a vault as JSON, from the first version on: docs/contract.md §11.

use serde::{Deserialize, Serialize};

use crate::administration::{Answer, AnswerState};
use crate::interpret::Reading;
use crate::questionnaire::Questionnaire;

/// Version of the payload.
pub const FORMAT: u8 = 1;

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Entry {
    /// A sitting, finished or not.
    Administration(Box<Administration>),
    /// A sitting put right: what it replaces stays.
    Amendment {
        /// Id of the sitting.
        of: String,
        /// When it was put right, RFC 3339.
        entered_at: String,
        /// The sitting as it should have been.
        administration: Box<Administration>,
    },
    /// A sitting that does not count: wrong sheet, wrong day, wrong person.
    Void {
        /// Id of the sitting.
        of: String,
        /// When it was voided, RFC 3339.
        entered_at: String,
        /// Why.
        reason: VoidReason,
    },
}

/// Why a sitting does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoidReason {
    /// Another sheet was meant.
    WrongSheet,
    /// It was filled in on another day.
    WrongDay,
    /// It is about somebody else.
    WrongPerson,
}

/// How far a sitting went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// All that was asked is answered or declined.
    Completed,
    /// It goes on later, or never.
    InProgress,
}

/// One sitting of one questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Administration {
    /// Version of this format: 1.
    pub format: u8,
    /// Id of the record.
    pub id: String,
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Its title, so that a list needs no definition.
    pub title: String,
    /// Its published edition.
    pub edition: String,
    /// Fingerprint of the definition it was scored with.
    pub definition_sha256: String,
    /// `self`, `interview`, `paper` or `handover`.
    pub mode: String,
    /// Language of the words.
    pub language: String,
    /// Who answered, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// Day it was filled in, `YYYY-MM-DD`.
    pub taken_on: String,
    /// When it was entered, RFC 3339.
    pub entered_at: String,
    /// Weeks of pregnancy or after birth, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
    /// Who entered it, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// How far it went.
    pub status: Progress,
    /// Items in printed order.
    pub answers: Vec<StoredAnswer>,
    /// Scores as they were shown.
    pub scores: Vec<StoredScore>,
    /// Outcomes as they were shown: id and state.
    #[serde(default)]
    pub outcomes: Vec<(String, String)>,
    /// Alerts as they were shown, endorsed first.
    pub alerts: Vec<StoredAlert>,
}

/// Where in pregnancy or after birth: exactly one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timing {
    /// Completed weeks of pregnancy, 0 to 45.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks_pregnant: Option<u8>,
    /// Completed weeks after birth, 0 to 520.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks_after_birth: Option<u16>,
}

/// The state of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// Id of the item.
    pub item: String,
    /// `answered`, `declined`, `not-reached` or `not-applicable`.
    pub state: String,
    /// Id of the chosen option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
}

/// The score of one scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredScore {
    /// Id of the scale.
    pub id: String,
    /// `complete`, `prorated` or `incomplete`.
    pub status: String,
    /// Points, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<f64>,
    /// Lowest possible points.
    pub lowest: f64,
    /// Highest possible points.
    pub highest: f64,
    /// Range of the scale, points.
    pub range: (i32, i32),
    /// Id of the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Each cut-off: id, threshold (≥), side, whether it is the default.
    pub screens: Vec<(String, i32, String, bool)>,
}

/// What one critical item said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAlert {
    /// Id of the item.
    pub item: String,
    /// Kind of alert.
    pub kind: String,
    /// `endorsed`, `unknown` or `denied`.
    pub state: String,
}

/// What is known of a sitting besides its answers.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// Id of the record.
    pub id: String,
    /// `self`, `interview` or `paper`.
    pub mode: String,
    /// Language of the words.
    pub language: String,
    /// Day it was filled in, `YYYY-MM-DD`.
    pub taken_on: String,
    /// When it is entered, RFC 3339.
    pub entered_at: String,
    /// Weeks of pregnancy or after birth, where known.
    pub timing: Option<Timing>,
    /// How far it went.
    pub status: Progress,
}

impl Administration {
    /// What is kept of a reading.
    #[must_use]
    pub fn of(reading: &Reading<'_>, how: Circumstances) -> Self {
        let questionnaire = reading.questionnaire;
        Self {
            format: FORMAT,
            id: how.id,
            questionnaire: questionnaire.id().to_string(),
            title: questionnaire.title().to_owned(),
            edition: questionnaire.edition().to_owned(),
            definition_sha256: questionnaire.definition_sha256().to_owned(),
            mode: how.mode,
            language: how.language,
            respondent: None,
            taken_on: how.taken_on,
            entered_at: how.entered_at,
            timing: how.timing,
            operator: None,
            status: how.status,
            answers: reading.sheet.items(questionnaire).map(|(item, state, _)| answer(item, state)).collect(),
            scores: reading.scales.iter().map(score).collect(),
            outcomes: reading.outcomes.iter().map(|(outcome, state)| (outcome.id.to_string(), state.as_str().to_owned())).collect(),
            alerts: reading
                .alerts
                .iter()
                .map(|alert| StoredAlert {
                    item: alert.item.to_string(),
                    kind: alert.kind.as_str().to_owned(),
                    state: alert.state.as_str().to_owned(),
                })
                .collect(),
        }
    }

    /// The answers in printed order of a questionnaire; what it does not know is not reached.
    #[must_use]
    pub fn answers_for(&self, questionnaire: &Questionnaire) -> Vec<Answer> {
        let given = |item: &crate::questionnaire::Item| {
            let stored = self.answers.iter().find(|stored| item.id == *stored.item.as_str())?;
            match (stored.state.as_str(), &stored.option) {
                ("answered", Some(option)) => item.option(option).map(|(place, _)| Answer::Chosen(place)),
                ("declined", _) => Some(Answer::Declined),
                _ => None,
            }
        };
        questionnaire.items().iter().map(|item| given(item).unwrap_or_default()).collect()
    }

    /// Whether any alert is in this state.
    #[must_use]
    pub fn has_alert(&self, state: &str) -> bool {
        self.alerts.iter().any(|alert| alert.state == state)
    }

    /// The score of the main scale.
    #[must_use]
    pub fn total(&self) -> Option<&StoredScore> {
        self.scores.iter().find(|score| score.id == "total")
    }
}

fn answer(item: &crate::questionnaire::Item, state: AnswerState) -> StoredAnswer {
    let option = match state {
        AnswerState::Answered(place) => item.options.get(place).map(|option| option.id.to_string()),
        _ => None,
    };
    StoredAnswer { item: item.id.to_string(), state: state.as_str().to_owned(), option }
}

fn score(reading: &crate::interpret::ScaleReading<'_>) -> StoredScore {
    let screens = reading.screens.iter();
    StoredScore {
        id: reading.scale.id.to_string(),
        status: reading.score.status.as_str().to_owned(),
        points: reading.score.points.map(crate::scoring::Points::as_f64),
        lowest: reading.score.lowest.as_f64(),
        highest: reading.score.highest.as_f64(),
        range: reading.scale.range,
        band: reading.band.map(|band| band.id.to_string()),
        screens: screens
            .map(|(cut_off, screen)| (cut_off.id.to_string(), cut_off.at_least, screen.as_str().to_owned(), cut_off.default))
            .collect(),
    }
}
