//! The laws of scoring and safety, each as a sentence: on a small questionnaire made for the purpose, and on those that ship.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so")]

mod fingerprint;
mod laws;
mod made;
mod properties;
mod sheets;
