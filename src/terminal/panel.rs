//! Shows something until a key leads on: draw, wait, handle, again.

use super::keys::{Event, Keys};
use super::screen::{Row, Screen, Size, give_back};
use super::{item, list, pager};
use crate::error::{Error, Result};

/// Something that fills the screen.
pub trait Panel {
    /// What it leads to.
    type Action;
    /// What it looks like at a size.
    fn frame(&mut self, size: Size) -> Vec<Row>;
    /// What a key leads to; `None` stays.
    fn handle(&mut self, event: Event, size: Size) -> Option<Self::Action>;
}

/// Shows a panel until it leads on.
///
/// # Errors
///
/// The person left at once, the system ended the program, or the terminal does not take what is written.
pub fn show<P: Panel>(screen: &Screen, keys: &mut Keys, panel: &mut P) -> Result<P::Action> {
    loop {
        let size = screen.size();
        screen.draw(&panel.frame(size))?;
        match keys.next_event() {
            Event::QuickExit | Event::Terminate => {
                give_back();
                return Err(Error::stopped());
            }
            Event::Suspend => {
                give_back();
                keys.pause();
                screen.again()?;
            }
            Event::Resize => {}
            event => {
                if let Some(action) = panel.handle(event, size) {
                    return Ok(action);
                }
            }
        }
    }
}

impl Panel for item::ItemScreen<'_> {
    type Action = item::Action;

    fn frame(&mut self, size: Size) -> Vec<Row> {
        Self::frame(self, size)
    }

    fn handle(&mut self, event: Event, size: Size) -> Option<item::Action> {
        Some(Self::handle(self, event, size)).filter(|action| *action != item::Action::Stay)
    }
}

impl Panel for pager::Pager {
    type Action = pager::Action;

    fn frame(&mut self, size: Size) -> Vec<Row> {
        Self::frame(self, size)
    }

    fn handle(&mut self, event: Event, size: Size) -> Option<pager::Action> {
        Some(Self::handle(self, event, size)).filter(|action| *action != pager::Action::Stay)
    }
}

impl Panel for list::List {
    type Action = list::Action;

    fn frame(&mut self, size: Size) -> Vec<Row> {
        Self::frame(self, size)
    }

    fn handle(&mut self, event: Event, size: Size) -> Option<list::Action> {
        Some(Self::handle(self, event, size)).filter(|action| *action != list::Action::Stay)
    }
}
