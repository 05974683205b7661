//! A list from which one line is chosen: the review of all answers.

use super::keys::Event;
use super::screen::{Row, Size};
use crate::report::{Line, Style};

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Draw again.
    Stay,
    /// The line at this place was chosen.
    Chosen(usize),
    /// Back.
    Back,
    /// Ask whether to stop.
    Stop,
}

/// The state of a list on the screen.
pub struct List {
    title: Vec<String>,
    lines: Vec<String>,
    keys: String,
    highlight: usize,
    /// Whether a letter goes to the next line that begins with it.
    by_letter: bool,
    /// What was typed so far, in lower case.
    typed: String,
}

impl List {
    /// Shows lines under a title; the line at `highlight` is the one that Enter chooses first.
    #[must_use]
    pub fn new(title: Vec<String>, lines: Vec<String>, keys: String, highlight: usize) -> Self {
        Self { title, lines, keys, highlight, by_letter: false, typed: String::new() }
    }

    /// The same list, in which a letter goes to the next line that begins with it.
    #[must_use]
    pub fn by_letter(mut self) -> Self {
        self.by_letter = true;
        self
    }

    /// Goes to the line whose code in brackets, or whose beginning, is what was typed so far.
    fn jump(&mut self, letter: char) {
        self.typed.extend(letter.to_lowercase());
        if !self.go_to_typed() {
            self.typed = letter.to_lowercase().collect();
            self.go_to_typed();
        }
    }

    fn go_to_typed(&mut self) -> bool {
        let coded = |line: &String| {
            let code = line.rsplit_once('(').map(|(_, code)| code.trim_end_matches(')').to_lowercase());
            code.is_some_and(|code| code.split('/').any(|code| code == self.typed))
        };
        let begins = |line: &String| line.to_lowercase().starts_with(&self.typed);
        let place = self.lines.iter().position(coded).or_else(|| self.lines.iter().position(begins));
        self.highlight = place.unwrap_or(self.highlight);
        place.is_some()
    }

    /// What a key leads to.
    pub fn handle(&mut self, event: Event, size: Size) -> Action {
        if !matches!(event, Event::Letter(_)) {
            self.typed.clear();
        }
        let last = self.lines.len().saturating_sub(1);
        let page = size.height.saturating_sub(4).max(1);
        match event {
            Event::Up => self.highlight = self.highlight.saturating_sub(1),
            Event::Down => self.highlight = (self.highlight + 1).min(last),
            Event::PageUp => self.highlight = self.highlight.saturating_sub(page),
            Event::PageDown => self.highlight = (self.highlight + page).min(last),
            Event::Home => self.highlight = 0,
            Event::End => self.highlight = last,
            Event::Enter => return Action::Chosen(self.highlight),
            Event::Letter(letter) if self.by_letter => self.jump(letter),
            Event::Left | Event::Letter('<') => return Action::Back,
            Event::Escape | Event::Letter('q' | 'Q') => return Action::Stop,
            _ => {}
        }
        Action::Stay
    }

    /// The frame at a size; the highlighted line is always on it.
    #[must_use]
    pub fn frame(&self, size: Size) -> Vec<Row> {
        let width = size.width.max(10);
        let mut rows: Vec<Row> = Vec::new();
        for (place, text) in self.title.iter().enumerate() {
            let style = if place == 0 { Style::Title } else { Style::Plain };
            rows.extend(textwrap::wrap(text, width).into_iter().map(|line| Row::Line(Line { style, text: line.into_owned() })));
        }
        let window = size.height.saturating_sub(rows.len() + 1).max(1);
        let wrapped: Vec<(usize, String)> =
            self.lines.iter().enumerate().flat_map(|(place, text)| self.wrapped(place, text, width)).collect();
        let at = wrapped.iter().position(|(place, _)| *place == self.highlight).unwrap_or(0);
        let skip = at.saturating_sub(window / 2).min(wrapped.len().saturating_sub(window));
        let below = wrapped.len().saturating_sub(skip + window);
        for (place, text) in wrapped.into_iter().skip(skip).take(window) {
            rows.push(if place == self.highlight { Row::Highlighted(text) } else { Row::Line(Line { style: Style::Plain, text }) });
        }
        rows.resize(size.height.saturating_sub(1).max(1), Row::Line(Line { style: Style::Plain, text: String::new() }));
        let keys = if below > 0 { format!("↓ {below} · {}", self.keys) } else { self.keys.clone() };
        rows.push(Row::Line(Line { style: Style::Quiet, text: console::truncate_str(&keys, width, "…").into_owned() }));
        rows
    }

    fn wrapped(&self, place: usize, text: &str, width: usize) -> Vec<(usize, String)> {
        let mark = if place == self.highlight { "> " } else { "  " };
        let options = textwrap::Options::new(width).initial_indent(mark).subsequent_indent("    ");
        textwrap::wrap(text, options).into_iter().map(|line| (place, line.into_owned())).collect()
    }
}
