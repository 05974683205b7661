//! Alerts: one answer is enough, the mildest too, and no total is waited for.

use crate::administration::{AnswerState, Sheet};
use crate::questionnaire::{AlertKind, CriticalItem, Id, Questionnaire};

/// What a critical item says. The order is the order in which alerts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertState {
    /// Answered with any option but the healthiest.
    Endorsed,
    /// Not answered: ask in person. Never a no.
    Unknown,
    /// Answered with the healthiest option, or rightly not asked.
    Denied,
}

impl AlertState {
    /// The word for it in JSON and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Endorsed => "endorsed",
            Self::Unknown => "unknown",
            Self::Denied => "denied",
        }
    }
}

/// What one critical item says on one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The item.
    pub item: Id,
    /// What it is about.
    pub kind: AlertKind,
    /// What was said.
    pub state: AlertState,
}

/// Every critical item of a sheet, denied ones too; endorsed first, then unknown, then denied.
#[must_use]
pub fn alerts(questionnaire: &Questionnaire, sheet: &Sheet) -> Vec<Alert> {
    let mut alerts: Vec<Alert> = questionnaire
        .critical_items()
        .iter()
        .map(|critical| Alert { item: critical.item.clone(), kind: critical.kind, state: state(questionnaire, critical, sheet) })
        .collect();
    alerts.sort_by_key(|alert| alert.state);
    alerts
}

fn state(questionnaire: &Questionnaire, critical: &CriticalItem, sheet: &Sheet) -> AlertState {
    let Some((item, answer, _)) = sheet.item(questionnaire, &critical.item) else { return AlertState::Unknown };
    match answer {
        AnswerState::Answered(place) => match item.options.get(place) {
            Some(option) if critical.endorsed_by.contains(&option.id) => AlertState::Endorsed,
            Some(_) => AlertState::Denied,
            None => AlertState::Unknown,
        },
        // Only a gate that is certainly closed makes an item not applicable.
        AnswerState::NotApplicable => AlertState::Denied,
        AnswerState::Declined | AnswerState::NotReached => AlertState::Unknown,
    }
}

/// One state per kind: any endorsed is endorsed, else any unknown is unknown, else denied; `None` without critical items of that kind.
#[must_use]
pub fn of_kind(alerts: &[Alert], kind: AlertKind) -> Option<AlertState> {
    alerts.iter().filter(|alert| alert.kind == kind).map(|alert| alert.state).min()
}
