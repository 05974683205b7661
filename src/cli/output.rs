//! Words outward: a closed pipe or a full disk is an error with a status, never a panic.

use std::io::{IsTerminal, Write, stderr, stdout};

use console::Term;
use serde::Serialize;

use crate::error::{Error, Kind, Result};
use crate::report::Page;
use crate::terminal::paint::Painter;

/// Widest text column, columns; longer lines are hard to read.
const WIDEST: usize = 88;

/// Writes a text to standard output.
pub(super) fn text(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Error::io("The output cannot be written", &error))
}

/// Writes a value to standard output as JSON on one line.
pub(super) fn json<T: Serialize>(value: &T) -> Result<()> {
    let json = serde_json::to_string(value).map_err(|_| Error::new(Kind::Bug, "The result could not be put into JSON."))?;
    text(&(json + "\n"))
}

/// Writes a page to standard output, as wide as the terminal or 80 columns.
pub(super) fn page(page: &Page, painter: Painter) -> Result<()> {
    let lines: Vec<String> = page.lines(width()).iter().map(|line| painter.line(line).trim_end().to_owned()).collect();
    text(&(lines.join("\n") + "\n"))
}

/// Width for pages on standard output, columns.
pub(super) fn width() -> usize {
    if stdout().is_terminal() { usize::from(Term::stdout().size().1).clamp(10, WIDEST) } else { 80 }
}

/// Writes a note to standard error, wrapped where that is a terminal.
pub(super) fn note(text: &str) -> Result<()> {
    let width = if stderr().is_terminal() { usize::from(Term::stderr().size().1).clamp(10, WIDEST) } else { usize::MAX };
    let text = textwrap::wrap(text, width).join("\n");
    writeln!(stderr().lock(), "{text}").map_err(|error| Error::io("A note cannot be written", &error))
}

/// Writes an error to standard error. If even that fails there is nobody to tell; the status still says it.
pub(super) fn error(error: &Error) {
    if error.kind() != Kind::Stopped {
        let _ = writeln!(stderr().lock(), "{error}");
    }
}
