//! Questionnaire files: JSON in, a model that cannot be invalid out.
//!
//! Text comes in as bytes, never as a path. [`parse::parse`] reports every fault at once, each with its
//! file, JSON pointer, line, column and a suggestion. Whether the golden cases hold is proved one room
//! further out, where scores exist (`catalogue`).

pub mod builtin;
pub mod case;
mod check;
pub mod condition;
pub mod fault;
pub mod file;
mod hash;
pub mod id;
pub mod json_text;
pub mod model;
pub mod parse;
pub mod schema;
mod shape;
pub mod text;
pub mod wording;

pub use condition::Condition;
pub use fault::{Fault, Rule};
pub use id::Id;
pub use model::{AlertKind, CriticalItem, CutOff, Item, Questionnaire, Scale};
pub use wording::Wording;
