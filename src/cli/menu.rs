//! The program without a command: a short calm menu on a terminal, else one screen of help with the way to the numbers.

use super::context::Context;
use super::take::{self, Front, Full};
use super::{output, store, vault};
use crate::error::{Error, Kind, Result};
use crate::report::{Page, Style, card, course};
use crate::safety::Card;
use crate::terminal::screen;

/// A line of the menu.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Take,
    Help,
    Resume,
    Earlier,
    Passphrase,
    Erase,
    About,
    Leave,
}

impl Choice {
    fn message(self) -> &'static str {
        match self {
            Self::Take => "menu-take",
            Self::Help => "menu-help",
            Self::Resume => "menu-resume",
            Self::Earlier => "menu-earlier",
            Self::Passphrase => "menu-passphrase",
            Self::Erase => "menu-erase",
            Self::About => "menu-about",
            Self::Leave => "menu-leave",
        }
    }
}

pub(super) fn run(context: &Context, help: &str) -> Result<()> {
    if context.environment.plain || !screen::is_terminal() {
        return output::text(help);
    }
    let mut full = Full::enter(context)?;
    let words = &context.words;
    loop {
        let choices = choices(context);
        let lines: Vec<String> = choices.iter().map(|choice| words.text(choice.message())).collect();
        let chosen = full.select(&words.text("menu-title"), &lines)?.and_then(|place| choices.get(place).copied());
        let outcome = match chosen.unwrap_or(Choice::Leave) {
            Choice::Leave => return Ok(()),
            Choice::Take => match take::choose(context, &mut full)? {
                Some(name) => take::from_menu(context, &name, &mut full),
                None => Ok(()),
            },
            Choice::Help => help_now(context, &mut full),
            Choice::About => full.read(about(context), "sitting-continue", &[]).map(drop),
            Choice::Earlier => earlier(context, &mut full),
            Choice::Resume => take::resume_from_menu(context, &mut full),
            Choice::Passphrase => full.prompt(|| vault::run(context, &vault::Command::Passphrase { recovery: false })),
            Choice::Erase => erase(context, &mut full),
        };
        if let Err(error) = outcome {
            told(&error, &mut full)?;
        }
    }
}

/// What is about kept results is only there where something is kept.
fn choices(context: &Context) -> Vec<Choice> {
    let mut choices = vec![Choice::Take, Choice::Help];
    if let Ok(Some(mut vault)) = store::open(context) {
        if vault.draft_count().is_ok_and(|drafts| drafts > 0) {
            choices.push(Choice::Resume);
        }
        choices.extend([Choice::Earlier, Choice::Passphrase, Choice::Erase]);
    }
    choices.extend([Choice::About, Choice::Leave]);
    choices
}

/// An error in the menu is read and the menu goes on; only leaving leaves.
fn told(error: &Error, full: &mut Full<'_>) -> Result<()> {
    if error.ends_at_once() {
        return Err(error.clone());
    }
    if error.kind() == Kind::Stopped {
        return Ok(());
    }
    let mut page = Page::default();
    for line in error.to_string().lines() {
        page.text(Style::Plain, line);
    }
    full.read(page, "sitting-continue", &[]).map(drop)
}

/// Earlier results, alerts first, as a small calm course in words and bars.
fn earlier(context: &Context, full: &mut Full<'_>) -> Result<()> {
    let folder = store::folder(context)?;
    let kept = full.prompt(|| store::newest(&mut store::unlock(context)?, &folder, None))?;
    let reliable = |id: &str| {
        let (questionnaire, _) = context.catalogue.find(id).ok()?;
        let total = questionnaire.scales().iter().find(|scale| scale.id == *"total")?;
        total.change.as_ref().map(|(points, _)| *points)
    };
    let lines = Context::lines()?;
    let help = Card::new(&lines, context.settings.region.as_ref(), &context.day());
    full.read(course::page(&context.words, &kept, &help, &reliable), "sitting-continue", &[]).map(drop)
}

fn erase(context: &Context, full: &mut Full<'_>) -> Result<()> {
    if !full.confirm("", &context.words.text("vault-destroy"))? {
        return Ok(());
    }
    full.prompt(|| vault::destroy(context, true))?;
    let mut page = Page::default();
    page.text(Style::Plain, context.words.text("vault-destroyed"));
    full.read(page, "sitting-continue", &[]).map(drop)
}

/// What holds everywhere at once; the numbers of a country one key further.
fn help_now(context: &Context, full: &mut Full<'_>) -> Result<()> {
    let lines = Context::lines()?;
    let mut region = context.settings.region.clone();
    loop {
        let help = Card::new(&lines, region.as_ref(), &context.day());
        match full.read(card::page(&context.words, &help), "help-keys", &['c'])? {
            None => return Ok(()),
            Some(_) => {
                if let Some(chosen) = full.choose_region()? {
                    region = chosen.region();
                }
            }
        }
    }
}

fn about(context: &Context) -> Page {
    let words = &context.words;
    let mut page = Page::titled(words.text("about-title"));
    for id in ["about-1", "about-2", "about-3"] {
        page.text(Style::Plain, words.text(id));
        page.gap();
    }
    page
}
