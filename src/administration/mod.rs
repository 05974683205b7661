//! One sitting as data: answers and their states, order, gates, going back.

pub mod answer;
pub mod condition;
pub mod entry;
pub mod sheet;
pub mod sitting;
pub mod truth;

pub use answer::{Answer, AnswerState};
pub use sheet::Sheet;
pub use sitting::Sitting;
pub use truth::Truth;
