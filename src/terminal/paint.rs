//! Styles as escape sequences. Words carry the meaning; bold and dim only help the eye, and colour is never needed.

use console::Style as Paint;

use crate::report::{Line, Style};

/// Whether styles are written at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Painter {
    styled: bool,
}

impl Painter {
    /// A painter that writes styles, or one that writes plain text.
    #[must_use]
    pub fn new(styled: bool) -> Self {
        Self { styled }
    }

    /// The line as it is written to the terminal.
    #[must_use]
    pub fn line(self, line: &Line) -> String {
        let paint = match line.style {
            Style::Plain => return line.text.clone(),
            Style::Title => Paint::new().bold().underlined(),
            Style::Heading | Style::Strong => Paint::new().bold(),
            Style::Quiet => Paint::new().dim(),
        };
        paint.force_styling(self.styled).apply_to(&line.text).to_string()
    }

    /// A chosen or highlighted line; its marker says the same without the style.
    #[must_use]
    pub fn reversed(self, text: &str) -> String {
        Paint::new().reverse().force_styling(self.styled).apply_to(text).to_string()
    }
}
