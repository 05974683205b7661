//! periscreen administers perinatal mental-health questionnaires defined in JSON, scores them, raises an alert on self-harm answers
//! with the right numbers to call, and keeps to this machine.
//!
//! Rooms point inwards only; `tests/architecture.rs` holds the arrows. ARCHITECTURE.md walks one answer through the house.

pub mod administration;
pub mod bulk;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod error;
pub mod interpret;
pub mod messages;
pub mod questionnaire;
pub mod record;
pub mod report;
pub mod safety;
pub mod sandbox;
pub mod scoring;
pub mod terminal;
pub mod vault;
