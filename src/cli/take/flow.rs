//! The flow of a sitting, the same on a full screen and in plain text.

use super::front::{Front, Reviewed, Step};
use super::keep::Keeper;
use super::{Mode, Plan, views};
use crate::administration::{Answer, AnswerState, Sitting};
use crate::catalogue::Origin;
use crate::cli::context::{Chosen, Context};
use crate::cli::store;
use crate::error::{Error, Kind, Result};
use crate::interpret::Reading;
use crate::questionnaire::{Item, Questionnaire};
use crate::report::clinician::{self, Circumstances};
use crate::report::{Page, Style, card, person};
use crate::safety::alert::{self, Alert, AlertState};
use crate::safety::{Card, Region};
use crate::terminal::screen;

/// Takes every questionnaire of a plan and shows what the answers say.
pub(super) fn run(context: &Context, plan: &Plan, named: Option<Region>, front: &mut dyn Front, keeper: &mut Keeper<'_>) -> Result<()> {
    let chosen = context.chosen_region.borrow().clone();
    let region = match (named, chosen) {
        (Some(region), _) => Some(region),
        // Asked once in a run of the program, not before every check.
        (None, Some(chosen)) => chosen.region(),
        (None, None) => {
            let region = front.region()?;
            *context.chosen_region.borrow_mut() = Some(region.clone().map_or(Chosen::RatherNotSay, Chosen::Region));
            region
        }
    };
    let lines = Context::lines()?;
    let help = Card::new(&lines, region.as_ref(), &context.day());
    let desk = Desk { context, plan, help };
    match plan.questionnaires.first().zip(plan.begun.as_ref()) {
        Some(((questionnaire, _), answers)) => front.introduction(views::going_on(context, questionnaire, answers, &plan.day))?,
        None => front.introduction(views::introduction(
            context,
            plan,
            desk.help.place.as_ref().map(|(_, region)| region.name.as_str()),
            front.blanks(),
            keeper.has_vault(),
        ))?,
    }
    let mut readings = Vec::new();
    for (questionnaire, _) in &plan.questionnaires {
        let sitting = match desk.sitting(questionnaire, front, keeper)? {
            Sat::Finished(sitting) => sitting,
            Sat::Stopped(sitting) => {
                desk.stopped(&readings, &sitting, front)?;
                if keeper.has_vault() && sitting.answers().iter().any(|answer| *answer != Answer::NotReached) {
                    front.page(one_line(context, "keep-draft"))?;
                }
                return Err(Error::set_aside());
            }
        };
        let reading = Reading::of(questionnaire, sitting.sheet());
        desk.kept(&reading, front, keeper)?;
        readings.push(reading);
    }
    desk.closing(&readings, front, keeper)?;
    desk.offer(front, keeper)
}

fn one_line(context: &Context, id: &str) -> Page {
    let mut page = Page::default();
    page.text(Style::Plain, context.words.text(id));
    page
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
    fn sitting<'q>(&self, questionnaire: &'q Questionnaire, front: &mut dyn Front, keeper: &mut Keeper<'_>) -> Result<Sat<'q>> {
        let mut sitting = match &self.plan.begun {
            Some(answers) => Sitting::resumed(questionnaire, answers),
            None => Sitting::new(questionnaire),
        };
        // Once all was reviewed, a changed answer leads back to the review, not through everything again.
        let mut reviewed = false;
        loop {
            let Some(item) = sitting.item() else {
                let places: Vec<usize> = sitting.asked().collect();
                match front.review(questionnaire.title(), views::review(self.context, &sitting))? {
                    Reviewed::Accept => return Ok(Sat::Finished(sitting)),
                    Reviewed::Change(line) => {
                        places.get(line).into_iter().for_each(|place| sitting.go_to(*place));
                        reviewed = true;
                    }
                    Reviewed::Back => drop(sitting.back()),
                    Reviewed::Stop => return Ok(Sat::Stopped(sitting)),
                }
                continue;
            };
            match front.item(views::item(self.context, &sitting, item, self.plan.mode))? {
                Step::Give(answer) => {
                    sitting.give(answer);
                    if reviewed {
                        sitting.go_to_open();
                    }
                    // An endorsed item is sealed before anything else is shown.
                    self.drafted(&sitting, front, keeper)?;
                    if views::deserves_card(questionnaire, item, answer) {
                        self.alert(&sitting, item, front)?;
                    }
                }
                Step::Back => drop(sitting.back()),
                Step::Forward if reviewed => sitting.go_to_open(),
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
        Ok(())
    }

    /// A draft that cannot be kept is told, and the sitting goes on.
    fn drafted(&self, sitting: &Sitting<'_>, front: &mut dyn Front, keeper: &mut Keeper<'_>) -> Result<()> {
        match keeper.draft(self.plan, sitting) {
            Ok(()) => Ok(()),
            Err(error) => front.page(self.failed(&error)),
        }
    }

    /// Keeps a finished sitting; where that fails, the person may try again, and nothing is lost meanwhile.
    fn kept(&self, reading: &Reading<'_>, front: &mut dyn Front, keeper: &mut Keeper<'_>) -> Result<()> {
        while let Err(error) = keeper.finish(self.plan, reading) {
            front.page(self.failed(&error))?;
            if !front.confirm("", &self.context.words.text("keep-again"))? {
                break;
            }
        }
        Ok(())
    }

    fn failed(&self, error: &Error) -> Page {
        let mut page = Page::default();
        page.text(Style::Strong, self.context.words.with("keep-failed", &[("reason", &error.to_string().replace('\n', " "))]));
        page
    }

    /// Without a vault the person is asked, on a terminal, whether to keep the result; no is the answer unless she says yes.
    fn offer(&self, front: &mut dyn Front, keeper: &mut Keeper<'_>) -> Result<()> {
        let words = &self.context.words;
        if keeper.has_vault() || self.plan.no_save || !screen::is_terminal() {
            return Ok(());
        }
        if !front.confirm(&words.text("keep-about"), &words.text("keep-ask"))? {
            return front.page(one_line(self.context, "person-kept"));
        }
        loop {
            match self.keep_now(front, keeper) {
                Ok(()) => return front.page(one_line(self.context, "keep-done")),
                Err(error) if error.kind() == Kind::Stopped => return Err(error),
                Err(error) => front.page(self.failed(&error))?,
            }
            if !front.confirm("", &words.text("keep-again"))? {
                return Ok(());
            }
        }
    }

    /// Makes a vault unless an earlier try has made it, then keeps.
    fn keep_now(&self, front: &mut dyn Front, keeper: &mut Keeper<'_>) -> Result<()> {
        if !keeper.has_vault() {
            let vault = match store::open(self.context)? {
                Some(vault) => vault,
                None => front.create_vault()?,
            };
            keeper.adopt(vault);
        }
        keeper.keep_finished()
    }

    fn closing(&self, readings: &[Reading<'_>], front: &mut dyn Front, keeper: &Keeper<'_>) -> Result<()> {
        let words = &self.context.words;
        if self.plan.mode == Mode::Own {
            let mut page = person::page(words, readings, &self.help, self.plan.numbers);
            if keeper.has_vault() {
                page.text(Style::Quiet, words.text("keep-done"));
            } else if self.plan.no_save || !screen::is_terminal() {
                page.text(Style::Quiet, words.text("person-kept"));
            }
            let numbers = (!self.plan.numbers).then(|| person::numbers(words, readings));
            return front.closing(page, numbers);
        }
        let mut pages = Page::default();
        for (reading, (_, origin)) in readings.iter().zip(&self.plan.questionnaires) {
            let how = Circumstances {
                mode: Some(self.plan.mode.as_str()),
                day: &self.plan.day,
                language: &self.context.language,
                verified: *origin == Origin::Builtin,
            };
            pages.append(clinician::page(words, reading, &self.help, &how));
        }
        front.closing(pages, None)
    }
}
