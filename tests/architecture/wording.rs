//! Finds the wording of the EPDS by its fingerprints: the words belong to the Royal College of Psychiatrists and are nowhere in this
//! repository, not even here. A fingerprint is the SHA-256 of a salt, a line feed and the normalised text.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// Fewest and most words of an item's text that are tried.
const WORDS: std::ops::RangeInclusive<usize> = 3..=30;

/// What to look for.
pub(crate) struct Fingerprints {
    salt: String,
    sha256: BTreeSet<String>,
}

impl Fingerprints {
    /// The fingerprints of a file as the tests keep it.
    pub(crate) fn read(json: &str) -> Self {
        let file: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
        let items = file["items"].as_array().expect("it lists items");
        let sha256 = items.iter().map(|item| item["stem_sha256"].as_str().expect("each has a fingerprint").to_owned()).collect();
        Self { salt: file["salt"].as_str().expect("it has a salt").to_owned(), sha256 }
    }

    /// The fingerprint of one text.
    pub(crate) fn of(salt: &str, text: &str) -> Self {
        let sha256 = hex(Sha256::digest(format!("{salt}\n{}", normalised(text).join(" "))).as_slice());
        Self { salt: salt.to_owned(), sha256: BTreeSet::from([sha256]) }
    }

    /// How many texts are looked for.
    pub(crate) fn len(&self) -> usize {
        self.sha256.len()
    }

    /// Numbers of the lines, from 1, in which a text begins: every run of words within a line and across two lines joined.
    pub(crate) fn find(&self, text: &str) -> Vec<usize> {
        let lines: Vec<Vec<String>> = text.lines().map(normalised).collect();
        let next = lines.iter().skip(1).map(Vec::as_slice).chain([[].as_slice()]);
        let mut found = Vec::new();
        for (number, (line, next)) in lines.iter().zip(next).enumerate() {
            let both: Vec<&str> = line.iter().chain(next).map(String::as_str).collect();
            if (0..line.len()).any(|start| self.begins(&both[start..])) {
                found.push(number + 1);
            }
        }
        found
    }

    /// Whether a text that is looked for begins with the first of these words.
    fn begins(&self, words: &[&str]) -> bool {
        let mut state = Sha256::new_with_prefix(format!("{}\n", self.salt));
        for (place, word) in words.iter().take(*WORDS.end()).enumerate() {
            if place > 0 {
                state.update(" ");
            }
            state.update(word);
            if WORDS.contains(&(place + 1)) && self.sha256.contains(&hex(state.clone().finalize().as_slice())) {
                return true;
            }
        }
        false
    }
}

/// The words of a text as the fingerprints know them: lower case, typographic apostrophes made plain, everything else a gap.
/// Compatibility forms (NFKC) matter here for ligatures only; escapes of JSON and of code are undone.
fn normalised(text: &str) -> Vec<String> {
    let mut plain = text.to_lowercase();
    for (from, to) in [
        ("\\u2019", "'"),
        ("\\n", " "),
        ("\\t", " "),
        ("’", "'"),
        ("‘", "'"),
        ("ʼ", "'"),
        ("ﬁ", "fi"),
        ("ﬂ", "fl"),
        ("ﬀ", "ff"),
        ("ﬃ", "ffi"),
        ("ﬄ", "ffl"),
    ] {
        plain = plain.replace(from, to);
    }
    let kept = |character: char| character.is_ascii_alphanumeric() || character == '\'';
    plain.split(|character| !kept(character)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
