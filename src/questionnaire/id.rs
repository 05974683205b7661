//! Ids: the names by which files, scripts and columns refer to things.

use std::fmt;

use serde::Serialize;

/// Longest id, in characters.
pub const LONGEST: usize = 40;

/// A validated id: lower-case ASCII letters, digits and single hyphens, 1 to 40 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Id(String);

impl Id {
    /// Returns the id, or `None` where the text breaks the rule.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let bytes = text.as_bytes();
        let ends = bytes.first().copied().is_some_and(plain) && bytes.last().copied().is_some_and(plain);
        let inside = bytes.iter().all(|&byte| plain(byte) || byte == b'-');
        (ends && inside && text.len() <= LONGEST && !text.contains("--")).then(|| Self(text.to_owned()))
    }

    /// The id as written in files.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as part of a column name: each `-` is a `_`.
    #[must_use]
    pub fn as_column(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn an_id_is_lower_case_letters_digits_and_single_hyphens() {
        for good in ["1", "phq-9", "a", "at-least-10", &"a".repeat(40)] {
            assert!(Id::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "a_b", "é", &"a".repeat(41)] {
            assert!(Id::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_column_name_has_no_hyphen() {
        assert_eq!(Id::new("at-least-10").map(|id| id.as_column()).as_deref(), Some("at_least_10"));
    }
}
