//! Every shipped questionnaire: it loads, its golden cases hold, and its files keep the promises of docs/contract.md §9.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]

use periscreen::catalogue::{Catalogue, load};
use periscreen::questionnaire::{builtin, schema};

#[test]
fn every_shipped_questionnaire_loads_and_proves_its_golden_cases() {
    assert!(builtin::FOLDERS.len() >= 7, "the first set is seven questionnaires");
    for (name, files) in builtin::FOLDERS {
        let files: Vec<(String, Vec<u8>)> = files.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())).collect();
        if let Err(faults) = load(name, &files) {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{name}:\n{}", faults.join("\n"));
        }
    }
}

#[test]
fn the_schema_that_ships_is_the_one_the_types_generate() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/questionnaire.schema.json");
    let generated = serde_json::to_string_pretty(&schema::all()).expect("a schema is JSON") + "\n";
    if std::env::var_os("PERISCREEN_BLESS").is_some() {
        std::fs::write(path, &generated).expect("the schema can be written");
    }
    let shipped = std::fs::read_to_string(path).expect("the schema ships");
    assert!(shipped == generated, "run the tests once with PERISCREEN_BLESS=1 and look at the difference");
}

#[test]
fn the_epds_ships_without_words() {
    let (epds, _) = Catalogue::default().find("epds").expect("EPDS ships");
    assert_eq!(epds.languages().count(), 0);
    assert_eq!(epds.items().len(), 10);
}
