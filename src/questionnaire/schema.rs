//! The JSON Schema of the three files, generated from the Rust types; the checker itself goes by it.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

use super::case::CasesFile;
use super::file::QuestionnaireFile;
use super::wording::WordingFile;

/// Returns the schema of one file type.
#[must_use]
pub fn of<T: JsonSchema>() -> Value {
    SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>().to_value()
}

/// Returns the schema that ships for editors: any of the three files of a questionnaire's folder.
#[must_use]
pub fn all() -> Value {
    let mut definitions = Map::new();
    let mut choices = Vec::new();
    for mut schema in [of::<QuestionnaireFile>(), of::<WordingFile>(), of::<CasesFile>()] {
        if let Some(object) = schema.as_object_mut() {
            object.remove("$schema");
            if let Some(Value::Object(below)) = object.remove("$defs") {
                definitions.extend(below);
            }
        }
        choices.push(schema);
    }
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Files of a periscreen questionnaire",
        "anyOf": choices,
        "$defs": definitions,
    })
}
