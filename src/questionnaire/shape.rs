//! Compares a parsed file with the schema of its type and names every difference, where serde would stop at the first.

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use serde_json::Value as Schema;

use super::json_text::{JsonText, escaped};
use super::text::visible;
use super::{Fault, Rule};

/// Walks a file beside the schema of its type.
pub(super) struct Shape<'a, 's> {
    text: JsonText<'a>,
    root: &'s Schema,
    faults: Vec<Fault>,
}

impl<'a, 's> Shape<'a, 's> {
    /// Every difference between a file and the schema of its type.
    pub(super) fn faults(text: JsonText<'a>, root: &'s Schema, node: &Node<'a>) -> Vec<Fault> {
        let mut shape = Self { text, root, faults: Vec::new() };
        shape.compare(node, root, "");
        shape.faults
    }

    fn compare(&mut self, node: &Node<'a>, schema: &'s Schema, pointer: &str) {
        let schema = self.resolved(schema);
        if let Some(choices) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Schema::as_array) {
            return self.compare_choices(node, choices, pointer);
        }
        let wanted = types(schema);
        if !wanted.is_empty() && !wanted.iter().any(|name| is_of_type(node, name)) {
            return self.wrong_type(node, &wanted, pointer);
        }
        self.compare_fixed(node, schema, pointer);
        match node {
            Node::Object(_) => self.compare_object(node, schema, pointer),
            Node::Array(array) => {
                let limits = lengths(schema);
                if !limits.contains(&array.elements.len()) {
                    let message = format!("The list has {} entries.", array.elements.len());
                    let suggestion = format!("It needs {}.", limits.start());
                    self.push(Rule::WrongType, node, pointer, &message, &suggestion);
                }
                if let Some(each) = schema.get("items") {
                    for (place, element) in array.elements.iter().enumerate() {
                        self.compare(element, each, &format!("{pointer}/{place}"));
                    }
                }
            }
            _ => {}
        }
    }

    fn compare_object(&mut self, node: &Node<'a>, schema: &'s Schema, pointer: &str) {
        let Node::Object(object) = node else { return };
        let known = schema.get("properties").and_then(Schema::as_object);
        for property in &object.properties {
            let key = property.name.as_str();
            let below = format!("{pointer}/{}", escaped(key));
            if let Some(inner) = known.and_then(|known| known.get(key)) {
                self.compare(&property.value, inner, &below);
            } else if let Some(each) = schema.get("additionalProperties").filter(|each| each.is_object()) {
                self.compare(&property.value, each, &below);
            } else {
                let suggestion = known
                    .and_then(|known| nearest(key, known.keys().map(String::as_str)))
                    .map_or_else(|| "Remove it.".to_owned(), |near| format!("Did you mean \"{near}\"?"));
                let message = format!("The key \"{}\" is not part of the format.", visible(key));
                self.faults.push(self.text.fault(Rule::UnknownKey, &below, property.range, &message, &suggestion));
            }
        }
        for key in schema.get("required").and_then(Schema::as_array).into_iter().flatten().filter_map(Schema::as_str) {
            if !object.properties.iter().any(|property| property.name.as_str() == key) {
                self.push(Rule::MissingKey, node, pointer, &format!("The key \"{key}\" is missing."), "Add it.");
            }
        }
    }

    /// Of several allowed forms the one with the fewest differences is meant.
    fn compare_choices(&mut self, node: &Node<'a>, choices: &'s [Schema], pointer: &str) {
        let fixed: Option<Vec<&str>> = choices.iter().map(|choice| choice.get("const").and_then(Schema::as_str)).collect();
        if let (Some(allowed), Node::StringLit(string)) = (fixed, node) {
            return self.one_of(&allowed, string.value.as_ref(), node, pointer);
        }
        let fewest = choices
            .iter()
            .map(|choice| {
                let mut inner = Self { text: self.text, root: self.root, faults: Vec::new() };
                inner.compare(node, choice, pointer);
                inner.faults
            })
            .min_by_key(|faults| (faults.iter().any(|fault| fault.rule == Rule::WrongType && fault.pointer == pointer), faults.len()));
        self.faults.extend(fewest.into_iter().flatten());
    }

    fn compare_fixed(&mut self, node: &Node<'a>, schema: &'s Schema, pointer: &str) {
        let allowed: Vec<&str> = match (schema.get("enum"), schema.get("const")) {
            (Some(Schema::Array(list)), _) => list.iter().filter_map(Schema::as_str).collect(),
            (_, Some(Schema::String(one))) => vec![one],
            _ => return,
        };
        let Node::StringLit(string) = node else { return };
        self.one_of(&allowed, string.value.as_ref(), node, pointer);
    }

    fn one_of(&mut self, allowed: &[&str], written: &str, node: &Node<'a>, pointer: &str) {
        if !allowed.contains(&written) {
            let message = format!("\"{}\" is not one of the values allowed here.", visible(written));
            let suggestion = format!("Allowed: {}.", allowed.join(", "));
            self.push(Rule::NotAllowedValue, node, pointer, &message, &suggestion);
        }
    }

    fn wrong_type(&mut self, node: &Node<'a>, wanted: &[&str], pointer: &str) {
        let names: Vec<&str> = wanted.iter().filter(|name| **name != "null").map(|name| spoken(name)).collect();
        let suggestion = format!("Write {} here.", names.join(" or "));
        if matches!(node, Node::NumberLit(_)) && wanted.contains(&"integer") {
            let message = "This is not a whole number between -2147483648 and 2147483647.";
            return self.push(Rule::WholeNumber, node, pointer, message, &suggestion);
        }
        let message = format!("This is {}.", spoken(type_of(node)));
        self.push(Rule::WrongType, node, pointer, &message, &suggestion);
    }

    fn push(&mut self, rule: Rule, node: &Node<'a>, pointer: &str, message: &str, suggestion: &str) {
        self.faults.push(self.text.fault(rule, pointer, node.range(), message, suggestion));
    }

    fn resolved(&self, schema: &'s Schema) -> &'s Schema {
        let target = schema.get("$ref").and_then(Schema::as_str).and_then(|path| path.strip_prefix('#'));
        target.and_then(|path| self.root.pointer(path)).unwrap_or(schema)
    }
}

/// How many entries a list may have.
fn lengths(schema: &Schema) -> std::ops::RangeInclusive<usize> {
    let number = |key| schema.get(key).and_then(Schema::as_u64).and_then(|number| usize::try_from(number).ok());
    number("minItems").unwrap_or(0)..=number("maxItems").unwrap_or(usize::MAX)
}

fn types(schema: &Schema) -> Vec<&str> {
    match schema.get("type") {
        Some(Schema::String(one)) => vec![one],
        Some(Schema::Array(list)) => list.iter().filter_map(Schema::as_str).collect(),
        _ => Vec::new(),
    }
}

fn type_of(node: &Node<'_>) -> &'static str {
    match node {
        Node::StringLit(_) => "string",
        Node::NumberLit(_) => "number",
        Node::BooleanLit(_) => "boolean",
        Node::Object(_) => "object",
        Node::Array(_) => "array",
        Node::NullKeyword(_) => "null",
    }
}

fn is_of_type(node: &Node<'_>, name: &str) -> bool {
    match node {
        // "-0" is a whole number only to some readers of JSON.
        Node::NumberLit(number) if name == "integer" => number.value != "-0" && number.value.parse::<i32>().is_ok(),
        Node::NumberLit(number) => name == "number" && number.value.parse::<f64>().is_ok_and(f64::is_finite),
        _ => type_of(node) == name,
    }
}

fn spoken(name: &str) -> &str {
    match name {
        "string" => "a text in quotes",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "object" => "an object in braces",
        "array" => "a list in brackets",
        other => other,
    }
}

/// The known name that differs least from what was written, if it is close.
pub(super) fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let (distance, name) = known.map(|name| (strsim::levenshtein(written, name), name)).min()?;
    (distance <= 1 + written.len() / 4).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_known_key_is_suggested_only_when_it_is_near() {
        assert_eq!(nearest("tite", ["title", "topic"].into_iter()), Some("title"));
        assert_eq!(nearest("zzz", ["title", "topic"].into_iter()), None);
    }
}
