//! Which characters may stand in a text that came from outside, and how a forbidden one is shown.

/// Says whether a character could move the cursor, hide, or turn the reading direction of what stands around it.
///
/// Covers C0, DEL and C1 controls, the twelve `Bidi_Control` characters, line and paragraph separators, zero-width
/// and invisible operators, interlinear annotations, tags, noncharacters and private use. U+200C and U+200D stay
/// allowed: Persian and Indic words need them.
#[must_use]
pub fn is_forbidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{E007F}'
        | '\u{F0000}'..='\u{10FFFF}')
        || u32::from(character) & 0xFFFE == 0xFFFE
}

/// Makes a text safe to print: each forbidden character becomes `<U+202E>`, and the rest is cut after 200 characters.
#[must_use]
pub fn visible(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        if is_forbidden(character) {
            shown.push_str(&format!("<U+{:04X}>", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{is_forbidden, visible};

    #[test]
    fn escape_sequences_and_bidi_overrides_become_visible() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c"), "a<U+001B>[2Jb<U+202E>c");
    }

    #[test]
    fn words_of_any_script_stay_as_they_are() {
        assert_eq!(visible("می\u{200c}خواهم · 心 · é"), "می\u{200c}خواهم · 心 · é");
    }

    #[test]
    fn showing_twice_changes_nothing() {
        let once = visible("\u{0}\u{9b}\u{fffe}");
        assert_eq!(visible(&once), once);
        assert!(!once.chars().any(is_forbidden));
    }
}
