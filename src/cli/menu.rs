//! The program without a command: a short calm menu on a terminal, else one screen of help with the way to the numbers.

use super::context::Context;
use super::output;
use super::take::{self, Front, Full};
use crate::error::Result;
use crate::report::{Page, Style, card};
use crate::safety::Card;
use crate::terminal::screen;

pub(super) fn run(context: &Context, help: &str) -> Result<()> {
    if context.environment.plain || !screen::is_terminal() {
        return output::text(help);
    }
    let mut full = Full::enter(context)?;
    let words = &context.words;
    let lines = ["menu-take", "menu-help", "menu-about", "menu-leave"].map(|id| words.text(id));
    loop {
        match full.select(&words.text("menu-title"), &lines)? {
            Some(0) => {
                if let Some(name) = take::choose(context, &mut full)? {
                    take::from_menu(context, &name, &mut full)?;
                }
            }
            Some(1) => help_now(context, &mut full)?,
            Some(2) => {
                full.read(about(context), "sitting-continue", &[])?;
            }
            _ => return Ok(()),
        }
    }
}

/// What holds everywhere at once; the numbers of a country one key further.
fn help_now(context: &Context, full: &mut Full<'_>) -> Result<()> {
    let lines = context.lines()?;
    let mut region = context.settings.region.clone();
    loop {
        let help = Card::new(&lines, region.as_ref(), &context.day());
        match full.read(card::page(&context.words, &help), "help-keys", &['c'])? {
            None => return Ok(()),
            Some(_) => region = full.region()?,
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
