//! Everything a sheet says, put together once; every page, file and record is made from this.

use super::Screen;
use super::screen::band;
use crate::administration::Sheet;
use crate::questionnaire::model::{Band, NextStep, Outcome};
use crate::questionnaire::{CutOff, Questionnaire, Scale};
use crate::safety::alert::{self, Alert, AlertState};
use crate::scoring::{self, OutcomeState, ScaleScore};

/// What a sheet says.
#[derive(Debug, Clone)]
pub struct Reading<'q> {
    /// The questionnaire.
    pub questionnaire: &'q Questionnaire,
    /// The sheet.
    pub sheet: Sheet,
    /// One per scale, in the order of the file.
    pub scales: Vec<ScaleReading<'q>>,
    /// One per outcome, in the order of the file.
    pub outcomes: Vec<(&'q Outcome, OutcomeState)>,
    /// Every critical item: endorsed first, then unknown, then denied.
    pub alerts: Vec<Alert>,
}

/// What one scale says.
#[derive(Debug, Clone)]
pub struct ScaleReading<'q> {
    /// The scale.
    pub scale: &'q Scale,
    /// Its score.
    pub score: ScaleScore,
    /// The band in which both bounds lie.
    pub band: Option<&'q Band>,
    /// Each cut-off with its side, lowest first.
    pub screens: Vec<(&'q CutOff, Screen)>,
}

impl<'q> Reading<'q> {
    /// Scores and interprets a sheet.
    #[must_use]
    pub fn of(questionnaire: &'q Questionnaire, sheet: Sheet) -> Self {
        let scores = scoring::score(questionnaire, &sheet);
        let scales = questionnaire.scales().iter().zip(scores.scales).map(|(scale, score)| ScaleReading {
            scale,
            score,
            band: band(scale, &score),
            screens: scale.cut_offs.iter().map(|cut_off| (cut_off, Screen::of(cut_off, &score))).collect(),
        });
        Self {
            questionnaire,
            scales: scales.collect(),
            outcomes: questionnaire.outcomes().iter().zip(scores.outcomes).collect(),
            alerts: alert::alerts(questionnaire, &sheet),
            sheet,
        }
    }

    /// The main scale.
    #[must_use]
    pub fn total(&self) -> Option<&ScaleReading<'q>> {
        self.scales.iter().find(|reading| reading.scale.id == *"total")
    }

    /// The side of the main scale's default cut-off; `None` where no cut-off is published.
    #[must_use]
    pub fn screen(&self) -> Option<Screen> {
        self.total()?.screens.iter().find(|(cut_off, _)| cut_off.default).map(|(_, screen)| *screen)
    }

    /// The most pressing alert state; `None` without critical items.
    #[must_use]
    pub fn alert(&self) -> Option<AlertState> {
        self.alerts.iter().map(|alert| alert.state).min()
    }

    /// The published next step whose threshold the lowest possible score reaches; the highest such one.
    #[must_use]
    pub fn next_step(&self) -> Option<&'q NextStep> {
        let reached = |step: &&NextStep| {
            let scale = self.scales.iter().find(|reading| reading.scale.id == step.scale);
            scale.is_some_and(|reading| reading.score.lowest.at_least(step.at_least))
        };
        self.questionnaire.next_steps().iter().filter(reached).max_by_key(|step| step.at_least)
    }
}
