//! `support/lines.json`: crisis and support lines by region, each with its sources and dates. Numbers are printed as they stand there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Region;

const EMBEDDED: &str = include_str!("../../support/lines.json");

/// All lines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// Version of this file format: 1.
    pub format: i32,
    /// Day the list was compiled.
    pub compiled_on: String,
    /// What the list rests on.
    pub note: String,
    /// What is shown where no region is known.
    pub generic: Generic,
    /// Lines by region code.
    pub regions: BTreeMap<String, RegionLines>,
}

/// What is shown where no region is known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generic {
    /// Sentences.
    pub lines: Vec<String>,
    /// Where they come from.
    pub sources: Vec<LineSource>,
}

/// The lines of one region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionLines {
    /// Name of the region in English.
    pub name: String,
    /// Emergency numbers; never empty.
    pub emergency: Vec<Line>,
    /// Lines for a crisis now, best first.
    pub crisis: Vec<Line>,
    /// Help that is not a crisis service.
    pub support: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id.
    pub id: String,
    /// Name of the service.
    pub name: String,
    /// How it is reached.
    pub channels: Vec<Channel>,
    /// Hours in words; "24/7" only where [`Self::is_24_7`].
    pub hours: String,
    /// Whether sources say it is open day and night.
    pub is_24_7: bool,
    /// Languages known from a source.
    pub languages: Vec<String>,
    /// Cost, where known.
    #[serde(default)]
    pub cost: Option<String>,
    /// Whom it is for.
    #[serde(default)]
    pub for_whom: Option<String>,
    /// Part of the region it serves.
    #[serde(default)]
    pub subdivision: Option<String>,
    /// Whether the service says itself that it is not for a crisis.
    #[serde(default)]
    pub not_a_crisis_line: bool,
    /// Grade of the evidence: A, A- or B.
    pub grade: String,
    /// Where number and hours were read.
    pub sources: Vec<LineSource>,
    /// Date of the newest source: a day, a month or a year.
    pub newest_source: Option<String>,
    /// Day after which somebody must look again.
    pub review_by: String,
    /// Day on which a person checked it; nobody has yet.
    pub verified_on: Option<String>,
}

/// How a line is reached.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The sort.
    #[serde(rename = "type")]
    pub kind: ChannelKind,
    /// Number as it is printed and dialled.
    #[serde(default)]
    pub number: Option<String>,
    /// Address of a page or chat.
    #[serde(default)]
    pub url: Option<String>,
    /// The number spelt with letters, the same keys.
    #[serde(default)]
    pub letters: Option<String>,
    /// Word to send by text.
    #[serde(default)]
    pub keyword: Option<String>,
    /// What to press after the call is answered.
    #[serde(default)]
    pub menu: Option<String>,
    /// What to know before calling.
    #[serde(default)]
    pub note: Option<String>,
    /// Language of this channel.
    #[serde(default)]
    pub language: Option<String>,
}

/// Sort of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// A call.
    Voice,
    /// A text message.
    Sms,
    /// A chat in a browser.
    Chat,
    /// A page.
    Web,
    /// A `WhatsApp` message.
    Whatsapp,
}

/// Where something was read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineSource {
    /// Address or description.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its date, where it has one.
    pub date: Option<String>,
}

impl Lines {
    /// The list that comes with the program.
    ///
    /// # Errors
    ///
    /// The embedded text is broken, which `tests/support_lines.rs` rules out for a released program.
    pub fn embedded() -> Result<Self, serde_json::Error> {
        serde_json::from_str(EMBEDDED)
    }

    /// The lines of a region, where there are any.
    #[must_use]
    pub fn region(&self, region: &Region) -> Option<&RegionLines> {
        self.regions.get(region.as_str())
    }
}
