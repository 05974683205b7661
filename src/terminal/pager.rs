//! A page that scrolls: the result, the card, the introduction.

use super::keys::Event;
use super::screen::{Row, Size};
use crate::report::{Line, Page, Style};

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Draw again.
    Stay,
    /// The page was read.
    Done,
    /// A letter the page itself does not know.
    Letter(char),
}

/// The state of a page on the screen.
pub struct Pager {
    page: Page,
    keys: String,
    more: String,
    scroll: usize,
}

impl Pager {
    /// Shows a page with a line of keys below it; `more` are the keys while something lies below the edge.
    #[must_use]
    pub fn new(page: Page, keys: String, more: String) -> Self {
        Self { page, keys, more, scroll: 0 }
    }

    /// What a key leads to.
    pub fn handle(&mut self, event: Event, size: Size) -> Action {
        let window = window(size);
        let last = self.page.lines(size.width).len().saturating_sub(window);
        match event {
            Event::Up => self.scroll = self.scroll.saturating_sub(1),
            Event::Down => self.scroll = (self.scroll + 1).min(last),
            Event::PageUp => self.scroll = self.scroll.saturating_sub(window),
            Event::PageDown => self.scroll = (self.scroll + window).min(last),
            Event::Home => self.scroll = 0,
            Event::End => self.scroll = last,
            // Enter reads on to the end before it leaves, so that nothing below the edge is missed.
            Event::Enter if self.scroll < last => self.scroll = (self.scroll + window).min(last),
            Event::Enter => return Action::Done,
            Event::Letter(letter) => return Action::Letter(letter.to_ascii_lowercase()),
            _ => {}
        }
        Action::Stay
    }

    /// The frame at a size.
    pub fn frame(&mut self, size: Size) -> Vec<Row> {
        let lines = self.page.lines(size.width);
        let window = window(size);
        self.scroll = self.scroll.min(lines.len().saturating_sub(window));
        let below = lines.len().saturating_sub(self.scroll + window);
        let mut rows: Vec<Row> = lines.into_iter().skip(self.scroll).take(window).map(Row::Line).collect();
        rows.resize(window, Row::Line(Line { style: Style::Plain, text: String::new() }));
        let keys = if below > 0 { format!("↓ {below} · {}", self.more) } else { self.keys.clone() };
        rows.push(Row::Line(Line { style: Style::Quiet, text: console::truncate_str(&keys, size.width, "…").into_owned() }));
        rows
    }
}

fn window(size: Size) -> usize {
    size.height.saturating_sub(1).max(1)
}
