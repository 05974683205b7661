//! The same interpretation as pages for the person and for the clinician, as a card, and as JSON.

pub mod card;
pub mod clinician;
pub mod course;
pub mod json;
pub mod page;
pub mod person;

pub use page::{Block, Line, Page, Style};
