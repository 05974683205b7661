//! The words of a questionnaire in one language.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Id;

/// `<lang>.json` as it is written; also the checked form, once every item and option set is known to be there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "periscreen wording")]
pub struct WordingFile {
    /// Where editors find this schema; not read by the program.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// Version of this file format: 1.
    pub format: i32,
    /// Language tag, for example `en`; the same as the file name.
    pub language: String,
    /// Title in this language.
    pub title: String,
    /// Who publishes these words and where they were compared.
    pub source: String,
    /// Shown wherever the words are shown.
    pub rights_line: String,
    /// Text before the whole group of items; may be empty.
    pub instruction: String,
    /// Words of each item.
    pub items: BTreeMap<String, ItemWordingFile>,
    /// Words of each option, by option set.
    pub option_sets: BTreeMap<String, BTreeMap<String, String>>,
}

/// Words of one item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemWordingFile {
    /// The stem.
    pub text: String,
    /// Replaces the general instruction for this item; may be empty.
    #[serde(default)]
    pub instruction: Option<String>,
}

/// The checked words of a questionnaire: every item and every option of it, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    file: WordingFile,
}

impl Wording {
    /// Takes a file that the checker found complete for its questionnaire.
    pub(super) fn checked(file: WordingFile) -> Self {
        Self { file }
    }

    /// Language tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.file.language
    }

    /// Title in this language.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.file.title
    }

    /// Line shown wherever the words are shown.
    #[must_use]
    pub fn rights_line(&self) -> &str {
        &self.file.rights_line
    }

    /// Text before an item: its own, else the general one; empty where there is none.
    #[must_use]
    pub fn instruction(&self, item: &Id) -> &str {
        let own = self.file.items.get(item.as_str()).and_then(|words| words.instruction.as_deref());
        own.unwrap_or(&self.file.instruction)
    }

    /// The stem of an item; empty for an item of another questionnaire.
    #[must_use]
    pub fn stem(&self, item: &Id) -> &str {
        self.file.items.get(item.as_str()).map_or("", |words| &words.text)
    }

    /// The words of an option; empty for an option of another questionnaire.
    #[must_use]
    pub fn option(&self, set: &Id, option: &Id) -> &str {
        let set = self.file.option_sets.get(set.as_str());
        set.and_then(|words| words.get(option.as_str())).map_or("", String::as_str)
    }
}
