//! Critical items become alerts, and a region becomes a card of numbers that is never empty.

pub mod alert;
pub mod card;
pub mod lines;
pub mod region;

pub use alert::{Alert, AlertState};
pub use card::Card;
pub use lines::Lines;
pub use region::Region;
