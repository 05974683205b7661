//! The program's own words, by id, from `locales/<lang>.ftl` (Fluent).

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../locales/en.ftl");

/// The words of one language.
pub struct Messages {
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// The English words. `tests/words.rs` proves that they parse and that every id used exists.
    #[must_use]
    pub fn english() -> Self {
        let mut bundle = FluentBundle::new(vec!["en".parse::<LanguageIdentifier>().unwrap_or_default()]);
        // Isolation marks are invisible characters that some terminals print as boxes.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// A text without variables.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// A text with variables.
    #[must_use]
    pub fn with(&self, id: &str, values: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, FluentValue::from(*value));
        }
        self.format(id, Some(&arguments))
    }

    /// A text that changes with a number, with further variables.
    #[must_use]
    pub fn count(&self, id: &str, count: usize, values: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", FluentValue::from(count));
        for (name, value) in values {
            arguments.set(*name, FluentValue::from(*value));
        }
        self.format(id, Some(&arguments))
    }

    /// An id without a text shows as itself: odd, but never a blank where help should stand.
    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else { return id.to_owned() };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Messages;

    #[test]
    fn words_have_no_invisible_marks_and_count_properly() {
        let words = Messages::english();
        assert_eq!(words.with("card-call", &[("number", "988")]), "Call 988");
        assert_eq!(words.count("minutes", 1, &[]), "1 minute");
        assert_eq!(words.count("minutes", 3, &[]), "3 minutes");
    }
}
