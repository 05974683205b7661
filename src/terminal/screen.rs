//! The full screen while a person answers: drawn row by row, and blank when it is left, however it is left.

use std::io::{IsTerminal, Write, stdin, stdout};

use console::Term;

use super::paint::Painter;
use super::restore;
use crate::error::{Error, Kind, Result};
use crate::report::Line;

pub use super::restore::{give_back, on_panic};

/// One row of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A wrapped line.
    Line(Line),
    /// A line that is highlighted.
    Highlighted(String),
}

/// The terminal, taken until this is dropped.
pub struct Screen {
    painter: Painter,
}

/// Width and height of the terminal, columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns, 1 or more.
    pub width: usize,
    /// Rows, 1 or more.
    pub height: usize,
}

/// Whether both keyboard and screen are a terminal.
#[must_use]
pub fn is_terminal() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    ///
    /// There is no terminal, or it does not take what is written.
    pub fn enter(painter: Painter) -> Result<Self> {
        if !is_terminal() {
            return Err(Error::new(Kind::NoTerminal, "A sitting needs a terminal, and there is none.")
                .next("Without one, add --plain: one line is one answer. Example: periscreen take phq-9 --plain"));
        }
        let screen = Self { painter };
        restore::take(screen.size().height).map_err(|error| Error::io("The screen cannot be written", &error))?;
        Ok(screen)
    }

    /// Takes the terminal again after it was given back for a while.
    ///
    /// # Errors
    ///
    /// The terminal does not take what is written.
    pub fn again(&self) -> Result<()> {
        restore::take(self.size().height).map_err(|error| Error::io("The screen cannot be written", &error))
    }

    /// The size now.
    #[must_use]
    pub fn size(&self) -> Size {
        let (height, width) = Term::stdout().size();
        Size { width: usize::from(width).max(1), height: usize::from(height).max(1) }
    }

    /// Draws a frame: each row is erased and written; rows below are erased.
    ///
    /// # Errors
    ///
    /// The terminal does not take what is written.
    pub fn draw(&self, rows: &[Row]) -> Result<()> {
        let height = self.size().height;
        restore::grew_to(height);
        let mut text = String::from("\x1b[?25l");
        for number in 1..=height {
            text.push_str(&format!("\x1b[{number};1H\x1b[2K"));
            match rows.get(number - 1) {
                Some(Row::Line(line)) => text.push_str(&self.painter.line(line)),
                Some(Row::Highlighted(line)) => text.push_str(&self.painter.reversed(line)),
                None => {}
            }
        }
        let mut out = stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|error| Error::io("The screen cannot be written", &error))
    }

    /// Blanks the screen and leaves the cursor at the top, visible, for a prompt of `dialoguer`.
    ///
    /// # Errors
    ///
    /// The terminal does not take what is written.
    pub fn clear(&self) -> Result<()> {
        self.draw(&[])?;
        let mut out = stdout().lock();
        let written = out.write_all(b"\x1b[1;1H\x1b[?25h").and_then(|()| out.flush());
        written.map_err(|error| Error::io("The screen cannot be written", &error))
    }
}

impl Screen {
    /// Runs prompts that edit lines, on a blank screen that stays ours.
    ///
    /// # Errors
    ///
    /// Whatever the prompts return, or the terminal does not take what is written.
    pub fn prompt<T>(&self, prompts: impl FnOnce() -> Result<T>) -> Result<T> {
        self.clear()?;
        restore::cooked();
        let outcome = prompts();
        restore::raw();
        outcome
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore::give_back();
    }
}
