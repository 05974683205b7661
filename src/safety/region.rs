//! A region: two letters that a person chose. The locale never selects one.

use std::fmt;

/// A region code: two ASCII letters (ISO 3166-1 alpha-2), kept in upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(String);

impl Region {
    /// Returns the region, or `None` where the text is not two ASCII letters.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        // ISO 3166 keeps UK for the United Kingdom, whose code is GB.
        letters.then(|| if text.eq_ignore_ascii_case("uk") { Self("GB".to_owned()) } else { Self(text.to_ascii_uppercase()) })
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn a_region_is_two_letters() {
        assert_eq!(Region::new("us").map(|region| region.to_string()).as_deref(), Some("US"));
        for bad in ["", "U", "USA", "1A", "é"] {
            assert_eq!(Region::new(bad), None, "{bad}");
        }
    }
}
