//! Scores files with one sheet per row: the input's columns are kept, ours follow, rows keep their order.
//!
//! Memory does not grow with the number of rows. A bad cell stops the run with row, column and reason, never the cell's content.

pub mod coding;
pub mod columns;
pub mod run;

pub use coding::Coding;
pub use run::{BadRow, Counts, Plan};
