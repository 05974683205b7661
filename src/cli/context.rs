//! What every command needs, put together once.

use std::cell::RefCell;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::environment::Environment;
use super::passphrase::Source;
use super::settings_file::{Settings, folders};
use super::{Colour, Global};
use crate::catalogue::{Catalogue, Origin};
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::messages::Messages;
use crate::questionnaire::Questionnaire;
use crate::safety::{Lines, Region};
use crate::terminal::paint::Painter;
use crate::terminal::screen;

/// What a person answered when asked for her country.
#[derive(Debug, Clone)]
pub(super) enum Chosen {
    /// This one.
    Region(Region),
    /// Not listed, or rather not say.
    RatherNotSay,
}

impl Chosen {
    /// The region, if one was named.
    pub(super) fn region(self) -> Option<Region> {
        match self {
            Self::Region(region) => Some(region),
            Self::RatherNotSay => None,
        }
    }
}

/// What every command needs.
pub(super) struct Context {
    pub(super) words: Messages,
    pub(super) catalogue: Catalogue,
    pub(super) settings: Settings,
    pub(super) environment: Environment,
    pub(super) today: NaiveDate,
    pub(super) language: String,
    pub(super) painter: Painter,
    pub(super) quiet: bool,
    /// What the person answered when asked for the region in this run.
    pub(super) chosen_region: RefCell<Option<Chosen>>,
    /// Folder of the vault, if one is named.
    pub(super) vault: Option<PathBuf>,
    pub(super) passphrases: RefCell<Source>,
}

impl Context {
    /// `urgent` is the way to the numbers to call: it works whatever state settings and folders are in.
    pub(super) fn new(global: &Global, urgent: bool) -> Result<Self> {
        let environment = Environment::read();
        let styled = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => !environment.no_color && !environment.plain && screen::is_terminal(),
        };
        if let Some(folder) = &global.questionnaires
            && !folder.is_dir()
            && !urgent
        {
            return Err(Error::new(Kind::NotFound, "The folder of questionnaires is not there.").path(folder));
        }
        let own = folders().map(|folders| folders.data_dir().join("questionnaires"));
        let places: Vec<PathBuf> = global.questionnaires.iter().cloned().chain(own).collect();
        Ok(Self {
            words: Messages::english(),
            catalogue: Catalogue::new(places),
            settings: Settings::read().or_else(|error| if urgent { Ok(Settings::default()) } else { Err(error) })?,
            environment,
            today: clock::today(),
            language: global.lang.clone(),
            painter: Painter::new(styled),
            quiet: global.quiet,
            chosen_region: RefCell::new(None),
            vault: global.vault.clone(),
            passphrases: RefCell::new(Source::new(global.passphrase_fd)?),
        })
    }

    /// Reads and proves one questionnaire.
    pub(super) fn questionnaire(&self, name: &str) -> Result<(Questionnaire, Origin)> {
        self.catalogue.find(name).map_err(|refusal| refusal.into_error(name, &self.catalogue.names().unwrap_or_default()))
    }

    /// The lines that come with the program.
    pub(super) fn lines() -> Result<Lines> {
        Lines::embedded().map_err(|_| {
            Error::new(Kind::Bug, "The list of numbers in this program is broken.").next("In danger, call your local emergency number.")
        })
    }

    /// The region named on the command line, else the one in the settings. The locale is never asked.
    pub(super) fn region(&self, named: Option<&str>) -> Result<Option<Region>> {
        match named {
            None => Ok(self.settings.region.clone()),
            Some(text) => Region::new(text).map(Some).ok_or_else(|| {
                Error::new(Kind::Usage, "A region is two letters.").place("--region").next("Example: periscreen crisis --region US")
            }),
        }
    }

    /// Today as `YYYY-MM-DD`.
    pub(super) fn day(&self) -> String {
        self.today.format("%Y-%m-%d").to_string()
    }
}
