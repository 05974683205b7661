//! The item screen: one question, its answers by letter or arrow, nothing preselected, no points shown.
//!
//! Key → action → state → frame; nothing here reads a key or writes to the terminal.

use textwrap::Options;

use super::keys::Event;
use super::screen::{Row, Size};
use crate::administration::Answer;
use crate::administration::entry::letter_of;
use crate::messages::Messages;
use crate::report::{Line, Style};

/// What is shown of an item.
#[derive(Clone, Debug)]
pub struct View {
    /// Title of the questionnaire and progress, one line.
    pub header: String,
    /// Text above the answers: instruction, stem, or topic.
    pub text: Vec<(Style, String)>,
    /// Answers in printed order.
    pub options: Vec<String>,
    /// What was given before.
    pub given: Answer,
    /// Whether declining must be confirmed.
    pub critical: bool,
}

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Stay on this screen and draw it again.
    Stay,
    /// Take this answer.
    Answer(Answer),
    /// Back one item.
    Back,
    /// On, with the answer given before.
    Forward,
    /// Show the keys.
    Help,
    /// Ask whether to stop.
    Stop,
}

/// The state of the screen of one item.
pub struct ItemScreen<'w> {
    words: &'w Messages,
    view: View,
    highlight: Option<usize>,
    scroll: usize,
    seen: Seen,
    note: Option<String>,
    declining: bool,
}

/// How much of the body has been on the screen. Rows count from the top and without a gap: what was jumped over was not seen.
#[derive(Default)]
struct Seen {
    rows: usize,
    width: usize,
    all: bool,
}

impl Seen {
    /// Notes a drawing. Rows of one width say nothing about rows of another; what was seen whole stays seen.
    fn note(&mut self, width: usize, scroll: usize, window: usize, total: usize) {
        if width != self.width {
            (self.width, self.rows) = (width, 0);
        }
        if scroll <= self.rows {
            self.rows = self.rows.max((scroll + window).min(total));
        }
        self.all |= self.rows >= total;
    }
}

/// The body of the screen, wrapped, and where each answer stands in it.
struct Body {
    rows: Vec<(Line, Option<usize>)>,
    window: usize,
}

impl<'w> ItemScreen<'w> {
    /// A fresh screen.
    #[must_use]
    pub fn new(words: &'w Messages, view: View) -> Self {
        Self { words, view, highlight: None, scroll: 0, seen: Seen::default(), note: None, declining: false }
    }

    /// What a key leads to. Keys that are no use here only bring a hint.
    pub fn handle(&mut self, event: Event, size: Size) -> Action {
        self.note = None;
        let declining = std::mem::take(&mut self.declining);
        let last = self.view.options.len();
        match event {
            Event::Letter(letter) => return self.letter(letter, declining, size),
            Event::Up => self.move_to(self.highlight.map_or(last, |place| place.saturating_sub(1)), size),
            Event::Down => self.move_to(self.highlight.map_or(0, |place| (place + 1).min(last)), size),
            Event::Home => self.scroll = 0,
            Event::End => self.scroll_to_end(size),
            Event::PageUp => self.scroll = self.scroll.saturating_sub(self.body(size).window),
            Event::PageDown => self.scroll = self.last_scroll(size).min(self.scroll + self.body(size).window.max(1)),
            Event::Left => return Action::Back,
            Event::Right if self.view.given != Answer::NotReached => return Action::Forward,
            Event::Enter => return self.enter(declining, size),
            Event::Escape => return Action::Stop,
            _ => self.note = Some(self.words.text("sitting-unknown-key")),
        }
        Action::Stay
    }

    fn letter(&mut self, letter: char, declining: bool, size: Size) -> Action {
        let letter = letter.to_ascii_lowercase();
        let place = (0..self.view.options.len()).find(|&place| letter_of(place) == letter);
        match (letter, place) {
            (_, Some(place)) => self.choose(Answer::Chosen(place), size),
            ('x', None) => self.decline(declining),
            ('q', None) => Action::Stop,
            ('?', None) => Action::Help,
            ('<', None) => Action::Back,
            _ => {
                self.note = Some(self.words.text("sitting-unknown-key"));
                Action::Stay
            }
        }
    }

    /// An answer counts only once every answer has been on the screen.
    fn choose(&mut self, answer: Answer, size: Size) -> Action {
        if !self.seen.all {
            self.scroll = self.seen.rows.min(self.last_scroll(size));
            self.note = Some(self.words.text("sitting-not-shown"));
            return Action::Stay;
        }
        Action::Answer(answer)
    }

    fn decline(&mut self, confirmed: bool) -> Action {
        if self.view.critical && !confirmed {
            self.declining = true;
            self.note = Some(self.words.text("sitting-confirm-decline"));
            return Action::Stay;
        }
        Action::Answer(Answer::Declined)
    }

    fn enter(&mut self, declining: bool, size: Size) -> Action {
        match self.highlight {
            Some(place) if place < self.view.options.len() => self.choose(Answer::Chosen(place), size),
            Some(_) => self.decline(declining),
            None if self.view.given != Answer::NotReached => Action::Forward,
            None => {
                self.note = Some(self.words.text("sitting-unknown-key"));
                Action::Stay
            }
        }
    }

    fn move_to(&mut self, place: usize, size: Size) {
        self.highlight = Some(place);
        let body = self.body(size);
        let mut rows = body.rows.iter().enumerate().filter(|(_, (_, option))| *option == Some(place)).map(|(row, _)| row);
        let first = rows.next().unwrap_or(0);
        let last = rows.next_back().unwrap_or(first);
        self.scroll = self.scroll.min(first).max((last + 1).saturating_sub(body.window));
    }

    fn scroll_to_end(&mut self, size: Size) {
        self.scroll = self.last_scroll(size);
    }

    fn last_scroll(&self, size: Size) -> usize {
        let body = self.body(size);
        body.rows.len().saturating_sub(body.window)
    }

    /// The frame at a size. Remembers what has been shown.
    pub fn frame(&mut self, size: Size) -> Vec<Row> {
        self.scroll = self.scroll.min(self.last_scroll(size));
        let body = self.body(size);
        let total = body.rows.len();
        self.seen.note(size.width, self.scroll, body.window, total);
        let header = Line { style: Style::Quiet, text: console::truncate_str(&self.view.header, size.width, "…").into_owned() };
        let mut rows = vec![Row::Line(header)];
        for (line, option) in body.rows.into_iter().skip(self.scroll).take(body.window) {
            if option.is_some() && option == self.highlight {
                rows.push(Row::Highlighted(line.text));
            } else {
                rows.push(Row::Line(line));
            }
        }
        let footer = self.footer(size, self.scroll + body.window < total);
        rows.resize(size.height.saturating_sub(footer.len()).max(1), Row::Line(Line { style: Style::Plain, text: String::new() }));
        rows.extend(footer.into_iter().map(Row::Line));
        rows
    }

    fn footer(&self, size: Size, more: bool) -> Vec<Line> {
        let last = letter_of(self.view.options.len().saturating_sub(1)).to_string();
        let (style, text) = match &self.note {
            Some(note) => (Style::Strong, note.clone()),
            None if more => (Style::Strong, self.words.text("sitting-more-below")),
            None if size.width >= 76 => (Style::Quiet, self.words.text("sitting-keys")),
            None => (Style::Quiet, self.words.with("sitting-keys-short", &[("last", &last)])),
        };
        let most = (size.height / 3).clamp(1, 3);
        textwrap::wrap(&text, size.width.max(10)).into_iter().take(most).map(|line| Line { style, text: line.into_owned() }).collect()
    }

    fn body(&self, size: Size) -> Body {
        let width = size.width.max(10);
        let mut rows = Vec::new();
        for (style, text) in self.view.text.iter().filter(|(_, text)| !text.is_empty()) {
            let lines = textwrap::wrap(text, width).into_iter();
            rows.extend(lines.map(|line| (Line { style: *style, text: line.into_owned() }, None)));
        }
        let decline = self.words.text("sitting-decline");
        let answers = self.view.options.iter().enumerate().map(|(place, text)| (place, letter_of(place), text.as_str()));
        let end = self.view.options.len();
        for (place, letter, text) in answers.chain([(end, 'x', decline.as_str())]) {
            let here = if self.highlight == Some(place) { '>' } else { ' ' };
            let chosen = match self.view.given {
                Answer::Chosen(given) => given == place,
                Answer::Declined => place == end,
                Answer::NotReached => false,
            };
            let mark = if chosen { '*' } else { ' ' };
            let first = format!("{here}[{mark}] {letter}  ");
            let options = Options::new(width).initial_indent(&first).subsequent_indent("        ");
            let lines = textwrap::wrap(text, options).into_iter();
            rows.extend(lines.map(|line| (Line { style: Style::Plain, text: line.into_owned() }, Some(place))));
        }
        let footer = self.footer(size, true).len().max(self.footer(size, false).len());
        let window = size.height.saturating_sub(1 + footer);
        // Air between question and answers, and below the header, where there is room for it.
        let first_option = rows.iter().position(|(_, option)| option.is_some()).unwrap_or(0);
        if rows.len() + 2 <= window {
            let gap = || (Line { style: Style::Plain, text: String::new() }, None);
            rows.insert(first_option, gap());
            rows.insert(0, gap());
        }
        Body { rows, window }
    }
}
