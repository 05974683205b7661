//! What scores say: screens, bands, the next step, each with its source. Never a diagnosis.

pub mod reading;
pub mod screen;

pub use reading::{Reading, ScaleReading};
pub use screen::Screen;
