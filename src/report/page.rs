//! A page: blocks of text, wrapped to a width. What stands on a terminal and in plain text is the same.

use textwrap::Options;

/// How a line is set off. The words say everything; style only helps the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Plain,
    /// The page's title.
    Title,
    /// A heading.
    Heading,
    /// What must be seen: numbers to call, alerts.
    Strong,
    /// Sources and dates.
    Quiet,
}

/// One piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Text(Style, String),
    /// A paragraph set in by so many columns.
    Indented(Style, usize, String),
    /// An empty line.
    Gap,
}

/// One wrapped line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How it is set off.
    pub style: Style,
    /// Its text.
    pub text: String,
}

/// Blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    blocks: Vec<Block>,
}

impl Page {
    /// A page with a title.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self { blocks: vec![Block::Text(Style::Title, title.into()), Block::Gap] }
    }

    /// Adds a heading after a gap.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.gap();
        self.blocks.push(Block::Text(Style::Heading, text.into()));
    }

    /// Adds a paragraph.
    pub fn text(&mut self, style: Style, text: impl Into<String>) {
        self.blocks.push(Block::Text(style, text.into()));
    }

    /// Adds a paragraph set in by two columns.
    pub fn indented(&mut self, style: Style, text: impl Into<String>) {
        self.blocks.push(Block::Indented(style, 2, text.into()));
    }

    /// Adds a paragraph set in by four columns.
    pub fn deeper(&mut self, style: Style, text: impl Into<String>) {
        self.blocks.push(Block::Indented(style, 4, text.into()));
    }

    /// Adds an empty line, never two in a row.
    pub fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(Block::Gap)) {
            self.blocks.push(Block::Gap);
        }
    }

    /// Adds another page below this one.
    pub fn append(&mut self, page: Page) {
        self.gap();
        self.blocks.extend(page.blocks);
    }

    /// Whether nothing is on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The lines at a width, columns, 10 or more. Words longer than a line are broken, so that nothing is cut off.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let width = width.max(10);
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Text(style, text) => wrapped(&mut lines, *style, text, width, 0),
                Block::Indented(style, by, text) => wrapped(&mut lines, *style, text, width, *by),
                Block::Gap => lines.push(Line { style: Style::Plain, text: String::new() }),
            }
        }
        lines
    }

    /// The page as plain text at a width, columns.
    #[must_use]
    pub fn to_text(&self, width: usize) -> String {
        let mut text = String::new();
        for line in self.lines(width) {
            text.push_str(line.text.trim_end());
            text.push('\n');
        }
        text
    }
}

fn wrapped(lines: &mut Vec<Line>, style: Style, text: &str, width: usize, by: usize) {
    let indent = " ".repeat(by);
    let options = Options::new(width).initial_indent(&indent).subsequent_indent(&indent);
    lines.extend(textwrap::wrap(text, options).into_iter().map(|line| Line { style, text: line.into_owned() }));
}

#[cfg(test)]
mod tests {
    use super::{Page, Style};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut page = Page::titled("心の健康についての短いチェック");
        page.indented(Style::Plain, "https://example.invalid/".repeat(4));
        page.text(Style::Plain, "word ".repeat(50));
        for width in [10, 20, 40, 80] {
            for line in page.lines(width) {
                assert!(line.text.width() <= width, "{width}: {}", line.text);
            }
        }
    }

    #[test]
    fn gaps_do_not_pile_up() {
        let mut page = Page::titled("a");
        page.gap();
        page.heading("b");
        assert_eq!(page.to_text(20), "a\n\nb\n");
    }
}
