//! The only room that touches the screen: it shows frames and reads keys, and leaves nothing behind.

pub mod item;
pub mod keys;
pub mod list;
pub mod pager;
pub mod paint;
pub mod panel;
pub mod prompt;
mod restore;
pub mod screen;

pub use keys::{Event, Keys};
pub use panel::{Panel, show};
pub use screen::Screen;
