//! Plain mode: linear text, one line an answer (docs/contract.md §7). For screen readers, braille lines, pipes and scripts.

use std::io::{BufRead, BufReader, IsTerminal, Read, Stdin, stdin, stdout};

use super::front::{Front, Reviewed, Step};
use crate::administration::Answer;
use crate::administration::entry::letter_of;
use crate::cli::context::Context;
use crate::cli::{output, vault};
use crate::error::{Error, Kind, Result};
use crate::report::Page;
use crate::safety::Region;
use crate::terminal::item::View;
use crate::terminal::paint::Painter;
use crate::terminal::prompt;
use crate::vault::Locked;

/// Longest line that is read, bytes.
const LONGEST: u64 = 4096;

/// Stands for a line that means nothing anywhere: lines are trimmed, so none is one blank.
const UNKNOWN: &str = " ";

/// Linear text.
pub(super) struct Plain<'c> {
    context: &'c Context,
    input: BufReader<Stdin>,
}

impl<'c> Plain<'c> {
    pub(super) fn new(context: &'c Context) -> Result<Self> {
        prompt::guard().map_err(|error| Error::io("The keyboard cannot be listened to", &error))?;
        Ok(Self { context, input: BufReader::new(stdin()) })
    }

    fn say_id(&self, id: &str) -> Result<()> {
        say(&self.context.words.text(id))
    }

    /// The next line without its end; `None` at the end of input. An overlong line means nothing, and neither does any part of it.
    fn line(&mut self) -> Result<Option<String>> {
        let unreadable = |error: std::io::Error| Error::io("The input cannot be read", &error);
        let mut bytes = Vec::new();
        self.input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes).map_err(unreadable)?;
        if !bytes.ends_with(b"\n") && bytes.len() >= usize::try_from(LONGEST).unwrap_or(usize::MAX) {
            self.input.skip_until(b'\n').map_err(unreadable)?;
            return Ok(Some(UNKNOWN.to_owned()));
        }
        let line = std::str::from_utf8(&bytes).map_err(|_| Error::new(Kind::Data, "The input is not UTF-8 text."))?;
        Ok((!bytes.is_empty()).then(|| line.trim().to_owned()))
    }

    /// What a line means for an item; `None` where it means nothing.
    fn step(line: &str, options: usize) -> Option<Step> {
        let mut characters = line.chars();
        let only = characters.next().filter(|_| characters.next().is_none()).map(|letter| letter.to_ascii_lowercase());
        if let Some(place) = only.and_then(|letter| (0..options).find(|&place| letter_of(place) == letter)) {
            return Some(Step::Give(Answer::Chosen(place)));
        }
        match line {
            "x" | "X" => Some(Step::Give(Answer::Declined)),
            "<" => Some(Step::Back),
            "q" | "Q" | "stop" => Some(Step::Stop),
            _ => None,
        }
    }

    fn show(&self, view: &View) -> Result<()> {
        output::text("\n")?;
        say(&view.header)?;
        for (_, text) in view.text.iter().filter(|(_, text)| !text.is_empty()) {
            say(text)?;
        }
        for (place, option) in view.options.iter().enumerate() {
            say(&format!("{}: {option}", letter_of(place)))?;
        }
        say(&format!("x: {}", self.context.words.text("sitting-decline")))
    }
}

impl Front for Plain<'_> {
    fn region(&mut self) -> Result<Option<Region>> {
        if !stdin().is_terminal() {
            return Ok(None);
        }
        let lines = Context::lines()?;
        loop {
            self.say_id("region-plain")?;
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => return Ok(None),
                Some(line) => {
                    if let Some(region) = Region::new(&line).filter(|region| lines.region(region).is_some()) {
                        return Ok(Some(region));
                    }
                }
            }
        }
    }

    fn blanks(&self) -> bool {
        false
    }

    fn introduction(&mut self, page: Page) -> Result<()> {
        output::page(&page, Painter::new(false))?;
        output::text("\n")?;
        self.say_id("plain-start")?;
        if stdout().is_terminal() { self.say_id("plain-scrollback") } else { Ok(()) }
    }

    fn item(&mut self, view: View) -> Result<Step> {
        let last = letter_of(view.options.len().saturating_sub(1)).to_string();
        let mut declining = false;
        self.show(&view)?;
        loop {
            if stdin().is_terminal() {
                say(&self.context.words.with("plain-prompt", &[("last", &last)]))?;
            }
            let Some(line) = self.line()? else { return Ok(Step::Stop) };
            match Self::step(&line, view.options.len()) {
                Some(Step::Give(Answer::Declined)) if view.critical && !declining => {
                    declining = true;
                    self.say_id("sitting-confirm-decline")?;
                }
                Some(step) => return Ok(step),
                None if line == "?" => self.show(&view)?,
                None => {
                    declining = false;
                    say(&self.context.words.with("plain-hint", &[("last", &last)]))?;
                }
            }
        }
    }

    fn review(&mut self, title: &str, lines: Vec<String>) -> Result<Reviewed> {
        output::text("\n")?;
        say(&format!("{title}: {}", self.context.words.text("sitting-review-title")))?;
        for line in &lines {
            say(line)?;
        }
        loop {
            self.say_id("plain-accept")?;
            match self.line()?.as_deref() {
                None | Some("") => return Ok(Reviewed::Accept),
                Some("<") => return Ok(Reviewed::Back),
                Some("q" | "Q" | "stop") => return Ok(Reviewed::Stop),
                Some(_) => {}
            }
        }
    }

    fn page(&mut self, page: Page) -> Result<()> {
        output::text("\n")?;
        output::page(&page, Painter::new(false))
    }

    fn confirm(&mut self, about: &str, question: &str) -> Result<bool> {
        if !about.is_empty() {
            say(about)?;
        }
        say(&format!("{question} (y/N)"))?;
        Ok(matches!(self.line()?.as_deref(), Some("y" | "Y" | "yes")))
    }

    fn create_vault(&mut self) -> Result<Locked> {
        vault::create(self.context, None)
    }

    fn closing(&mut self, page: Page, with_numbers: Option<Page>) -> Result<()> {
        self.page(page)?;
        let Some(numbers) = with_numbers.filter(|_| stdin().is_terminal()) else { return Ok(()) };
        self.say_id("plain-numbers")?;
        match self.line()?.as_deref() {
            Some("n" | "N") => self.page(numbers),
            _ => Ok(()),
        }
    }
}

fn say(text: &str) -> Result<()> {
    let mut page = Page::default();
    page.text(crate::report::Style::Plain, text);
    output::page(&page, Painter::new(false))
}
