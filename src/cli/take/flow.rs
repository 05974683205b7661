//! The flow of a sitting, the same on a full screen and in plain text.

use super::front::{Front, Reviewed, Step};
use super::{Mode, Plan, views};
use crate::administration::{AnswerState, Sitting};
use crate::catalogue::Origin;
use crate::cli::context::Context;
use crate::error::{Error, Result};
use crate::interpret::Reading;
use crate::questionnaire::{Item, Questionnaire};
use crate::report::clinician::{self, Circumstances};
use crate::report::{Page, Style, card, person};
use crate::safety::alert::{self, Alert, AlertState};
use crate::safety::{Card, Region};

/// Takes every questionnaire of a plan and shows what the answers say.
pub(super) fn run(context: &Context, plan: &Plan, named: Option<Region>, front: &mut dyn Front) -> Result<()> {
    let region = match named {
        Some(region) => Some(region),
        None => front.region()?,
    };
    let lines = context.lines()?;
    let help = Card::new(&lines, region.as_ref(), &context.day());
    let desk = Desk { context, plan, help };
    front.introduction(views::introduction(context, plan, front.blanks()))?;
    let mut readings = Vec::new();
    for (questionnaire, _) in &plan.questionnaires {
        let sitting = match desk.sitting(questionnaire, front)? {
            Sat::Finished(sitting) => sitting,
            Sat::Stopped(sitting) => return desk.stopped(&readings, &sitting, front),
        };
        readings.push(Reading::of(questionnaire, sitting.sheet()));
    }
    desk.closing(&readings, front)
}

struct Desk<'c> {
    context: &'c Context,
    plan: &'c Plan,
    help: Card<'c>,
}

enum Sat<'q> {
    Finished(Sitting<'q>),
    Stopped(Sitting<'q>),
}

impl Desk<'_> {
    fn sitting<'q>(&self, questionnaire: &'q Questionnaire, front: &mut dyn Front) -> Result<Sat<'q>> {
        let mut sitting = Sitting::new(questionnaire);
        loop {
            let Some(item) = sitting.item() else {
                let places: Vec<usize> = sitting.asked().collect();
                match front.review(questionnaire.title(), views::review(self.context, &sitting))? {
                    Reviewed::Accept => return Ok(Sat::Finished(sitting)),
                    Reviewed::Change(line) => places.get(line).into_iter().for_each(|place| sitting.go_to(*place)),
                    Reviewed::Back => drop(sitting.back()),
                    Reviewed::Stop => return Ok(Sat::Stopped(sitting)),
                }
                continue;
            };
            match front.item(views::item(self.context, &sitting, item, self.plan.mode))? {
                Step::Give(answer) => {
                    sitting.give(answer);
                    if views::deserves_card(questionnaire, item, answer) {
                        self.alert(&sitting, item, front)?;
                    }
                }
                Step::Back => drop(sitting.back()),
                Step::Forward => sitting.forward(),
                Step::Stop => return Ok(Sat::Stopped(sitting)),
            }
        }
    }

    /// The card, at the answer: it waits for no total.
    fn alert(&self, sitting: &Sitting<'_>, item: &Item, front: &mut dyn Front) -> Result<()> {
        let questionnaire = sitting.questionnaire();
        let mut alerts = alert::alerts(questionnaire, &sitting.sheet());
        alerts.retain(|alert| alert.item == item.id);
        match self.card(questionnaire, &alerts) {
            Some(page) => front.page(page),
            None => Ok(()),
        }
    }

    fn card(&self, questionnaire: &Questionnaire, alerts: &[Alert]) -> Option<Page> {
        let words = &self.context.words;
        if self.plan.mode == Mode::Own {
            return card::for_person(words, &self.help, alerts);
        }
        let action = alerts.iter().find_map(|alert| questionnaire.critical(&alert.item)).map_or("", |critical| &critical.action);
        card::for_clinician(words, &self.help, alerts, action)
    }

    /// Stopping shows every alert that was raised, then ends with the status of a stop.
    fn stopped(&self, finished: &[Reading<'_>], sitting: &Sitting<'_>, front: &mut dyn Front) -> Result<()> {
        let here = Reading::of(sitting.questionnaire(), sitting.sheet());
        for reading in finished.iter().chain([&here]) {
            let raised = |alert: &&Alert| {
                let state = reading.sheet.item(reading.questionnaire, &alert.item).map(|(_, state, _)| state);
                alert.state == AlertState::Endorsed || state == Some(AnswerState::Declined)
            };
            let alerts: Vec<Alert> = reading.alerts.iter().filter(raised).cloned().collect();
            if let Some(page) = self.card(reading.questionnaire, &alerts) {
                front.page(page)?;
            }
        }
        Err(Error::stopped())
    }

    fn closing(&self, readings: &[Reading<'_>], front: &mut dyn Front) -> Result<()> {
        let words = &self.context.words;
        if self.plan.mode == Mode::Own {
            let page = |numbers| {
                let mut page = person::page(words, readings, &self.help, numbers);
                page.text(Style::Quiet, words.text("person-kept"));
                page
            };
            let with_numbers = (!self.plan.numbers).then(|| page(true));
            return front.closing(page(self.plan.numbers), with_numbers);
        }
        let mut pages = Page::default();
        for (reading, (_, origin)) in readings.iter().zip(&self.plan.questionnaires) {
            let how = Circumstances {
                mode: self.plan.mode.as_str(),
                day: &self.plan.day,
                language: &self.context.language,
                verified: *origin == Origin::Builtin,
            };
            pages.append(clinician::page(words, reading, &self.help, &how));
        }
        front.closing(pages, None)
    }
}
