//! The two faces of a sitting: full screen and plain text. The flow is the same.

use crate::administration::Answer;
use crate::error::Result;
use crate::report::Page;
use crate::safety::Region;
use crate::terminal::item::View;
use crate::vault::Locked;

/// What the person did with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Step {
    /// Answered or declined it.
    Give(Answer),
    /// Back one item.
    Back,
    /// On, with what was given before.
    Forward,
    /// Stop the sitting.
    Stop,
}

/// What the person did with the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Reviewed {
    /// These are the answers.
    Accept,
    /// Change the line at this place.
    Change(usize),
    /// Back to the last item.
    Back,
    /// Stop the sitting.
    Stop,
}

/// One face of a sitting.
pub(in crate::cli) trait Front {
    /// Asks for the region whose numbers are shown; `None` if the person would rather not say.
    fn region(&mut self) -> Result<Option<Region>>;
    /// Whether one key leaves at once with a blank screen; only then may the introduction promise it.
    fn blanks(&self) -> bool;
    /// Shows what is coming.
    fn introduction(&mut self, page: Page) -> Result<()>;
    /// Shows one item and takes what the person does with it.
    fn item(&mut self, view: View) -> Result<Step>;
    /// Shows all answers before they count.
    fn review(&mut self, title: &str, lines: Vec<String>) -> Result<Reviewed>;
    /// Shows a page in the middle of a sitting: the card.
    fn page(&mut self, page: Page) -> Result<()>;
    /// Asks a question whose answer is no unless the person says yes.
    /// `about` explains it first; it may be empty.
    fn confirm(&mut self, about: &str, question: &str) -> Result<bool>;
    /// Makes a vault, with its passphrase chosen by the person.
    fn create_vault(&mut self) -> Result<Locked>;
    /// Shows the closing page; `numbers` is the page of numbers, where they may be asked for.
    fn closing(&mut self, page: Page, numbers: Option<Page>) -> Result<()>;
}
