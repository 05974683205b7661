//! Reads the files of one questionnaire's folder: plain files only, with a cap on size and number.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::error::Error;
use crate::questionnaire::json_text::LARGEST;

/// Most files a folder may hold; each language is one.
const MOST_FILES: usize = 200;

/// Reads every `.json` file of a folder, at most one byte more than the cap each, so that a larger one is told.
///
/// # Errors
///
/// The folder or a file cannot be read.
pub fn read(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let unreadable = |error: std::io::Error| Error::io("The folder of the questionnaire cannot be read", &error).path(path);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)?.take(MOST_FILES) {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().extension().is_some_and(|ending| ending == "json") && entry.path().is_file() {
            let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
            let mut bytes = Vec::new();
            let file = fs::File::open(entry.path()).map_err(unreadable)?;
            file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
            files.push((name, bytes));
        }
    }
    files.sort();
    Ok(files)
}

/// Names of the questionnaires in a folder; none where the folder does not exist.
///
/// # Errors
///
/// The folder exists and cannot be listed.
pub fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("The folder of questionnaires cannot be listed", &error).path(folder)),
    };
    let with_definition = entries.filter_map(Result::ok).filter(|entry| entry.path().join("questionnaire.json").exists());
    Ok(with_definition.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}
