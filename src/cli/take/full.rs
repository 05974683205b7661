//! The full screen: alternate, drawn row by row, blank when left.

use console::Term;
use dialoguer::Confirm;

use super::front::{Front, Reviewed, Step};
use crate::cli::context::{Chosen, Context};
use crate::cli::vault;
use crate::error::{Error, Result};
use crate::report::{Page, Style};
use crate::safety::Region;
use crate::terminal::item::{self, ItemScreen, View};
use crate::terminal::list::{self, List};
use crate::terminal::pager::{self, Pager};
use crate::terminal::prompt;
use crate::terminal::{Event, Keys, Screen, show};
use crate::vault::Locked;

/// The terminal, taken for a sitting or for the menu.
pub(in crate::cli) struct Full<'c> {
    context: &'c Context,
    keys: Keys,
    screen: Screen,
}

impl<'c> Full<'c> {
    pub(in crate::cli) fn enter(context: &'c Context) -> Result<Self> {
        let keys = Keys::listen().map_err(|error| Error::io("The keyboard cannot be listened to", &error))?;
        Ok(Self { context, keys, screen: Screen::enter(context.painter)? })
    }

    /// Shows a page until it is read; a letter among `letters` ends it too.
    pub(in crate::cli) fn read(&mut self, page: Page, keys: &str, letters: &[char]) -> Result<Option<char>> {
        let mut pager = Pager::new(page, self.context.words.text(keys), self.context.words.text("page-more"));
        loop {
            match show(&self.screen, &mut self.keys, &mut pager)? {
                pager::Action::Done => return Ok(None),
                pager::Action::Letter(letter) if letters.contains(&letter) => return Ok(Some(letter)),
                pager::Action::Letter(_) | pager::Action::Stay => {}
            }
        }
    }

    /// Lets the person choose a line; `None` if they press Escape. Not a `dialoguer` list: that one has no quick exit.
    pub(in crate::cli) fn select(&mut self, prompt: &str, lines: &[String]) -> Result<Option<usize>> {
        let keys = self.context.words.text("list-keys");
        let mut list = List::new(vec![prompt.to_owned(), String::new()], lines.to_vec(), keys, 0).by_letter();
        loop {
            match show(&self.screen, &mut self.keys, &mut list)? {
                list::Action::Chosen(place) => return Ok(Some(place)),
                list::Action::Back | list::Action::Stop => return Ok(None),
                list::Action::Stay => {}
            }
        }
    }

    /// Lets the person choose a country, or none; `None` if they press Escape. The locale only sorts the list; it never selects.
    pub(in crate::cli) fn choose_region(&mut self) -> Result<Option<Chosen>> {
        let lines = Context::lines()?;
        let near = self.context.environment.locale_region.clone();
        let mut regions: Vec<(&String, &String)> = lines.regions.iter().map(|(code, region)| (&region.name, code)).collect();
        regions.sort();
        regions.sort_by_key(|(_, code)| near.as_ref() != Some(*code));
        let mut names: Vec<String> =
            regions.iter().map(|(name, code)| if *code == "GB" { format!("{name} (GB/UK)") } else { format!("{name} ({code})") }).collect();
        names.insert(0, self.context.words.text("region-skip"));
        let chosen = self.select(&self.context.words.text("region-prompt"), &names)?;
        let region = |place: usize| place.checked_sub(1).and_then(|place| regions.get(place)).and_then(|(_, code)| Region::new(code));
        Ok(chosen.map(|place| region(place).map_or(Chosen::RatherNotSay, Chosen::Region)))
    }

    /// Runs prompts that edit lines, on a blank screen.
    pub(in crate::cli) fn prompt<T>(&self, prompts: impl FnOnce() -> Result<T>) -> Result<T> {
        self.screen.prompt(prompts)
    }

    /// Asks whether to stop; any key but y goes on.
    fn stops(&mut self) -> Result<bool> {
        let mut page = Page::default();
        page.text(Style::Strong, self.context.words.text("sitting-stop"));
        let mut question = Question(Pager::new(page, String::new(), String::new()));
        show(&self.screen, &mut self.keys, &mut question)
    }
}

/// A question that one key answers.
struct Question(Pager);

impl crate::terminal::Panel for Question {
    type Action = bool;

    fn frame(&mut self, size: crate::terminal::screen::Size) -> Vec<crate::terminal::screen::Row> {
        self.0.frame(size)
    }

    fn handle(&mut self, event: Event, _: crate::terminal::screen::Size) -> Option<bool> {
        Some(matches!(event, Event::Letter('y' | 'Y')))
    }
}

impl Front for Full<'_> {
    fn blanks(&self) -> bool {
        true
    }

    fn region(&mut self) -> Result<Option<Region>> {
        self.choose_region()?.map(Chosen::region).ok_or_else(Error::set_aside)
    }

    fn introduction(&mut self, page: Page) -> Result<()> {
        self.read(page, "intro-start", &[]).map(drop)
    }

    fn item(&mut self, view: View) -> Result<Step> {
        let mut item = ItemScreen::new(&self.context.words, view);
        loop {
            match show(&self.screen, &mut self.keys, &mut item)? {
                item::Action::Answer(answer) => return Ok(Step::Give(answer)),
                item::Action::Back => return Ok(Step::Back),
                item::Action::Forward => return Ok(Step::Forward),
                item::Action::Help => {
                    let mut page = Page::titled(self.context.words.text("sitting-help-title"));
                    page.text(Style::Plain, self.context.words.text("sitting-help"));
                    self.read(page, "sitting-continue", &[])?;
                }
                item::Action::Stop if self.stops()? => return Ok(Step::Stop),
                item::Action::Stop | item::Action::Stay => {}
            }
        }
    }

    fn review(&mut self, title: &str, mut lines: Vec<String>) -> Result<Reviewed> {
        let words = &self.context.words;
        let last = lines.len();
        lines.push(words.text("sitting-finish"));
        let titles = vec![format!("{title}: {}", words.text("sitting-review-title")), words.text("sitting-review")];
        let mut list = List::new(titles, lines, words.text("sitting-review-keys"), last);
        loop {
            match show(&self.screen, &mut self.keys, &mut list)? {
                list::Action::Chosen(place) if place == last => return Ok(Reviewed::Accept),
                list::Action::Chosen(place) => return Ok(Reviewed::Change(place)),
                list::Action::Back => return Ok(Reviewed::Back),
                list::Action::Stop if self.stops()? => return Ok(Reviewed::Stop),
                list::Action::Stop | list::Action::Stay => {}
            }
        }
    }

    fn page(&mut self, page: Page) -> Result<()> {
        self.read(page, "page-keys", &[]).map(drop)
    }

    fn confirm(&mut self, about: &str, question: &str) -> Result<bool> {
        self.screen.clear()?;
        let term = Term::stdout();
        for line in textwrap::wrap(about, self.screen.size().width.max(10)).iter().filter(|line| !line.is_empty()) {
            term.write_line(line).map_err(|error| Error::io("The screen cannot be written", &error))?;
        }
        match Confirm::new().with_prompt(question).default(false).report(false).interact_on_opt(&Term::stdout()) {
            Ok(answer) => Ok(answer == Some(true)),
            Err(error) => {
                crate::terminal::screen::give_back();
                Err(prompt::failed("The question cannot be asked", error))
            }
        }
    }

    fn create_vault(&mut self) -> Result<Locked> {
        let context = self.context;
        self.screen.prompt(|| vault::create(context, None))
    }

    fn closing(&mut self, page: Page, with_numbers: Option<Page>) -> Result<()> {
        let Some(numbers) = with_numbers else {
            return self.read(page, "leave-keys", &[]).map(drop);
        };
        match self.read(page, "page-keys-numbers", &['n'])? {
            None => Ok(()),
            Some(_) => self.read(numbers, "page-keys", &[]).map(drop),
        }
    }
}
