//! Finds, reads and proves questionnaires: the embedded ones and those in a person's own folders.
//!
//! Proving means running the golden cases through the same scoring that people get; a questionnaire whose cases fail is refused.
//! That is why this room stands outside `questionnaire`, `scoring` and `safety`.

pub mod folder;
pub mod prove;

use std::path::PathBuf;

use crate::error::{Error, Kind};
use crate::questionnaire::{Fault, Id, Questionnaire, builtin, parse};

/// Where questionnaires are looked for, first match first.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    folders: Vec<PathBuf>,
}

/// Where a questionnaire comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It came with the program.
    Builtin,
    /// It stands in a person's own folder, and nobody here has checked it.
    Folder(PathBuf),
}

/// Why a questionnaire is not here.
#[derive(Debug)]
pub enum Refusal {
    /// No folder has this name.
    NotFound,
    /// It is broken; every fault.
    Broken(Origin, Vec<Fault>),
    /// Its folder cannot be read.
    Unreadable(Error),
}

impl Catalogue {
    /// Looks in these folders before the embedded questionnaires.
    #[must_use]
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// Reads and proves one questionnaire.
    ///
    /// # Errors
    ///
    /// It is not there, cannot be read, or is broken.
    pub fn find(&self, name: &str) -> Result<(Questionnaire, Origin), Refusal> {
        let Some(id) = Id::new(&name.to_ascii_lowercase()) else { return Err(Refusal::NotFound) };
        for folder in &self.folders {
            let path = folder.join(id.as_str());
            if path.join("questionnaire.json").exists() {
                let files = folder::read(&path).map_err(Refusal::Unreadable)?;
                let origin = Origin::Folder(path);
                return load(id.as_str(), &files).map(|found| (found, origin.clone())).map_err(|faults| Refusal::Broken(origin, faults));
            }
        }
        let embedded = builtin::FOLDERS.iter().find(|(folder, _)| id == **folder).ok_or(Refusal::NotFound)?;
        let files: Vec<(String, Vec<u8>)> = embedded.1.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())).collect();
        let found = load(id.as_str(), &files).map_err(|faults| Refusal::Broken(Origin::Builtin, faults))?;
        Ok((found, Origin::Builtin))
    }

    /// Names of all questionnaires, sorted, each once.
    ///
    /// # Errors
    ///
    /// A folder that exists cannot be listed.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let mut names: Vec<String> = builtin::FOLDERS.iter().map(|(name, _)| (*name).to_owned()).collect();
        for folder in &self.folders {
            names.extend(folder::names(folder)?);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
}

/// Reads one questionnaire from the files of its folder and proves it.
///
/// # Errors
///
/// Every fault of every file; where all files are sound, every golden case that fails.
pub fn load(name: &str, files: &[(String, Vec<u8>)]) -> Result<Questionnaire, Vec<Fault>> {
    let (questionnaire, cases) = parse::parse(name, files)?;
    let mut failures = prove::failures(&questionnaire, &cases);
    prove::locate(&mut failures, files);
    if failures.is_empty() { Ok(questionnaire) } else { Err(failures) }
}

impl Refusal {
    /// The refusal as an error for the person who named the questionnaire. Names are shown made safe.
    #[must_use]
    pub fn into_error(self, name: &str, known: &[String]) -> Error {
        // A word that could not be the name of a questionnaire is not repeated: somebody may have typed answers in its place.
        let name = Id::new(&name.to_ascii_lowercase()).map_or_else(|| "this name".to_owned(), |id| format!("\"{id}\""));
        match self {
            Self::NotFound => Error::new(Kind::NotFound, format!("There is no questionnaire called {name}."))
                .next(format!("Known here: {}.", known.join(", "))),
            Self::Unreadable(error) => error,
            Self::Broken(_, faults) => {
                let first = faults.first().map(ToString::to_string).unwrap_or_default();
                let more = faults.len().saturating_sub(1);
                let error = Error::new(Kind::Data, format!("The questionnaire {name} is refused.")).place(first);
                let others = if more == 0 { String::new() } else { format!("{more} more. ") };
                error.next(format!("{others}All of them: periscreen questionnaire check FOLDER"))
            }
        }
    }
}
