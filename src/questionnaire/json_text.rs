//! A JSON text with the place of every value in it; caps are checked before anything is parsed.

use jsonc_parser::ast::Value;
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use super::text::{is_forbidden, visible};
use super::{Fault, Rule};

/// Largest file, bytes.
pub const LARGEST: usize = 1024 * 1024;
/// Deepest nesting, levels.
pub const DEEPEST: usize = 32;
/// Longest string, bytes.
pub const LONGEST_TEXT: usize = 4 * 1024;

/// One file of a questionnaire as text.
#[derive(Debug, Clone, Copy)]
pub struct JsonText<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> JsonText<'a> {
    /// Takes the bytes of a file that keep to the caps on size, encoding and depth.
    ///
    /// # Errors
    ///
    /// One fault: too large (1 MiB), not UTF-8, or too deep (32 levels).
    pub fn new(file: &'a str, bytes: &'a [u8]) -> Result<Self, Box<Fault>> {
        let whole = |rule, message: &str, suggestion: &str| Err(Box::new(Fault::of_file(rule, file, message, suggestion)));
        if bytes.len() > LARGEST {
            return whole(Rule::TooLarge, "The file is larger than 1 MiB.", "A questionnaire is a few kilobytes.");
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return whole(Rule::NotUtf8, "The file is not UTF-8 text.", "Save it as UTF-8.");
        };
        if depth(text) > DEEPEST {
            return whole(Rule::TooDeep, "The file is nested deeper than 32 levels.", "Flatten it.");
        }
        Ok(Self { file, text })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Parses strict JSON (no comments, no trailing commas).
    ///
    /// # Errors
    ///
    /// One fault that names the place where the text stops being JSON.
    pub fn parse(&self) -> Result<Value<'a>, Box<Fault>> {
        let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
        let strict = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        match parse_to_ast(self.text, &collect, &strict) {
            Ok(parsed) => parsed.value.ok_or_else(|| {
                Box::new(Fault::of_file(Rule::NotJson, self.file, "The file is empty.", "See docs/contract.md, section 9."))
            }),
            Err(error) => {
                let message = format!("This is not JSON: {}.", visible(&error.kind().to_string()).trim_end_matches('.'));
                Err(Box::new(self.fault(Rule::NotJson, "", error.range(), &message, "Mend it here, or just before.")))
            }
        }
    }

    /// A fault at a place in this text.
    #[must_use]
    pub fn fault(&self, rule: Rule, pointer: &str, range: Range, message: &str, suggestion: &str) -> Fault {
        let before = self.text.get(..range.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Fault {
            rule,
            file: visible(self.file),
            pointer: visible(pointer),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
            message: message.to_owned(),
            suggestion: suggestion.to_owned(),
        }
    }

    /// A fault at the value a pointer names; where the value is not there, at its nearest parent.
    #[must_use]
    pub fn fault_at(&self, root: &Value<'a>, rule: Rule, pointer: &str, message: &str, suggestion: &str) -> Fault {
        let mut node = root;
        for step in pointer.split('/').skip(1) {
            let Some(next) = child(node, &unescaped(step)) else { break };
            node = next;
        }
        self.fault(rule, pointer, node.range(), message, suggestion)
    }

    /// Finds what no text from outside may hold: duplicate keys, forbidden characters, overlong strings.
    pub fn hostile(&self, node: &Value<'a>, pointer: &str, faults: &mut Vec<Fault>) {
        match node {
            Value::StringLit(string) => self.hostile_text(&string.value, pointer, string.range, faults),
            Value::Array(array) => {
                for (place, element) in array.elements.iter().enumerate() {
                    self.hostile(element, &format!("{pointer}/{place}"), faults);
                }
            }
            Value::Object(object) => {
                let mut seen = std::collections::BTreeSet::new();
                for property in &object.properties {
                    let key = property.name.as_str();
                    let below = format!("{pointer}/{}", escaped(key));
                    self.hostile_text(key, &below, property.range, faults);
                    if !seen.insert(key.to_owned()) {
                        let message = format!("The key \"{}\" stands twice.", visible(key));
                        faults.push(self.fault(Rule::DuplicateKey, &below, property.range, &message, "Keep one."));
                    }
                    self.hostile(&property.value, &below, faults);
                }
            }
            Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => {}
        }
    }

    fn hostile_text(&self, text: &str, pointer: &str, range: Range, faults: &mut Vec<Fault>) {
        if let Some(character) = text.chars().find(|&character| is_forbidden(character)) {
            let message =
                format!("The text holds the character {}, which could hide or turn what is shown.", visible(&character.to_string()));
            faults.push(self.fault(Rule::ForbiddenCharacter, pointer, range, &message, "Remove it."));
        }
        if text.len() > LONGEST_TEXT {
            faults.push(self.fault(Rule::TextTooLong, pointer, range, "The text is longer than 4 KiB.", "Shorten it."));
        }
    }
}

/// Deepest nesting of brackets outside strings.
fn depth(text: &str) -> usize {
    let (mut now, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A key as one step of a JSON pointer.
#[must_use]
pub fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

fn child<'n, 'a>(node: &'n Value<'a>, step: &str) -> Option<&'n Value<'a>> {
    match node {
        Value::Object(object) => object.properties.iter().find(|property| property.name.as_str() == step).map(|property| &property.value),
        Value::Array(array) => array.elements.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}
