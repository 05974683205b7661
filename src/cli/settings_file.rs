//! The settings of this person on this computer: today only the region. Nothing is created until something is set.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};
use crate::safety::Region;

/// The folders of this program, under a name that says nothing to somebody who looks around. `None` without a home.
pub(super) fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "pscn")
}

/// What was set.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// Region whose numbers are shown.
    pub(super) region: Option<Region>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    format: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
}

fn path() -> Option<PathBuf> {
    folders().map(|folders| folders.config_dir().join("settings.json"))
}

impl Settings {
    /// Reads the settings; a file that is not there is no settings.
    pub(super) fn read() -> Result<Self> {
        let Some(path) = path() else { return Ok(Self::default()) };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Self::default()),
            Err(error) => return Err(Error::new(Kind::Settings, Error::io("The settings cannot be read", &error).to_string()).path(&path)),
        };
        let unusable =
            |what: &str| Error::new(Kind::Settings, what.to_owned()).path(&path).next("Mend the file, or remove it to start afresh.");
        let file: SettingsFile = serde_json::from_str(&text).map_err(|_| unusable("The settings file cannot be understood."))?;
        if file.format != 1 {
            return Err(unusable("The settings were written by a newer periscreen."));
        }
        let region = match file.region {
            None => None,
            Some(text) => Some(Region::new(&text).ok_or_else(|| unusable("The region in the settings is not two letters."))?),
        };
        Ok(Self { region })
    }

    /// Writes the settings durably: beside the file, synced, then renamed.
    pub(super) fn write(&self) -> Result<()> {
        let Some(path) = path() else {
            return Err(Error::new(Kind::CannotCreate, "There is no home folder in which settings could be kept."));
        };
        let file = SettingsFile { format: 1, region: self.region.as_ref().map(ToString::to_string) };
        let text = serde_json::to_string_pretty(&file).map_err(|_| Error::new(Kind::Bug, "The settings could not be put into JSON."))?;
        let cannot = |error: std::io::Error| {
            let told = Error::io("The settings cannot be written", &error);
            Error::new(Kind::CannotCreate, told.to_string()).path(&path)
        };
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder).map_err(cannot)?;
        let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(cannot)?;
        beside.write_all(text.as_bytes()).and_then(|()| beside.as_file().sync_all()).map_err(cannot)?;
        beside.persist(&path).map_err(|error| cannot(error.error))?;
        Ok(())
    }
}
