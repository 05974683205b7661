//! The few things read from the environment: how the screen can be used. Never an answer, a name or a passphrase.

use std::env;

/// What the environment says about the screen and the place.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    /// `NO_COLOR` is set and not empty.
    pub(super) no_color: bool,
    /// `ACCESSIBLE=1` or `TERM=dumb`: linear text is wanted.
    pub(super) plain: bool,
    /// Two letters of the locale's region; they only sort a list.
    pub(super) locale_region: Option<String>,
}

impl Environment {
    pub(super) fn read() -> Self {
        let text = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty());
        let locale = text("LC_ALL").or_else(|| text("LC_MESSAGES")).or_else(|| text("LANG"));
        let region = locale.and_then(|locale| locale.split('_').nth(1).map(|rest| rest.chars().take(2).collect::<String>()));
        Self {
            no_color: text("NO_COLOR").is_some(),
            plain: text("ACCESSIBLE").is_some_and(|value| value != "0") || text("TERM").is_some_and(|value| value == "dumb"),
            locale_region: region.filter(|region| region.len() == 2).map(|region| region.to_ascii_uppercase()),
        }
    }
}
