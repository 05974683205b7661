//! The questionnaires that come with the program, embedded when it is built (see build.rs).

/// Folder name, and each file's name and text.
pub type Folder = (&'static str, &'static [(&'static str, &'static str)]);

/// Every embedded folder, by name.
pub const FOLDERS: &[Folder] = include!(concat!(env!("OUT_DIR"), "/questionnaires.rs"));
