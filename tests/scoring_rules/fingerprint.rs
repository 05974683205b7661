//! What is in the fingerprint of a definition, and what is not.

use periscreen::catalogue::load;
use periscreen::questionnaire::builtin;
use serde_json::{Value, json};

use crate::made::{laws, laws_cases, shipped, sound, the_laws};

#[test]
fn a_changed_citation_does_not_split_a_trend_and_a_changed_rule_does() {
    let before = the_laws().definition_sha256().to_owned();
    assert_eq!(before.len(), 64);
    let with = |pointer: &str, value: Value| {
        let mut definition = laws();
        *definition.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is there")) = value;
        sound(&definition, &laws_cases()).definition_sha256().to_owned()
    };
    for (pointer, value) in [
        ("/sources/paper/citation", json!("Somebody, corrected.")),
        ("/edition", json!("second")),
        ("/title", json!("Rules")),
        ("/items/0/topic", json!("another word")),
        ("/scales/0/title", json!("Sum")),
        ("/scales/0/bands/0/name", json!("Lower")),
        ("/scales/0/cut_offs/0/finds", json!("something")),
        ("/scales/0/cut_offs/0/reason", json!("another")),
        ("/critical_items/0/action/text", json!("Talk now.")),
        ("/outcomes/0/title", json!("Another rule")),
        ("/rights/holder", json!("Somebody")),
        ("/minutes", json!(2)),
    ] {
        assert_eq!(with(pointer, value), before, "{pointer} does not score");
    }
    for (pointer, value) in [
        ("/items/2/gate/when_unknown", json!("skip")),
        ("/items/2/gate/points_when_not_applicable", json!(1)),
        ("/scales/0/bands/0/to", json!(2)),
        ("/scales/0/bands/1/id", json!("higher")),
        ("/scales/4/missing", json!({"rule": "complete"})),
        ("/scales/3/method/at_least", json!(2)),
        ("/scales/1/items", json!(["1", "2", "3"])),
        ("/critical_items/0/kind", json!("harm-to-baby")),
        ("/outcomes/0/when", json!({"item": "4", "equals": "often"})),
        ("/option_sets/extra", json!([{"id": "some", "points": 2}, {"id": "none", "points": 0}])),
    ] {
        let same = laws().pointer(pointer) == Some(&value);
        assert_eq!(with(pointer, value) == before, same, "{pointer} scores");
    }
}

#[test]
fn changed_points_change_the_fingerprint_even_within_the_same_range() {
    let print = |sometimes: i32| {
        let mut definition = laws();
        definition["option_sets"]["rising"][1]["points"] = sometimes.into();
        let mut cases = laws_cases();
        cases["cases"][4]["scales"]["total"]["points"] = sometimes.into();
        sound(&definition, &cases).definition_sha256().to_owned()
    };
    assert_eq!(print(1), print(1));
    assert_ne!(print(1), print(2));
}

#[test]
fn words_are_outside_the_fingerprint() {
    let (_, files) = builtin::FOLDERS.iter().find(|(name, _)| *name == "phq-2").expect("it ships");
    let changed: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(name, text)| {
            let text = if *name == "en.json" {
                text.replace("Patient Health Questionnaire-2 (PHQ-2)", "Two questions")
            } else {
                (*text).to_owned()
            };
            ((*name).to_owned(), text.into_bytes())
        })
        .collect();
    let changed = load("phq-2", &changed).expect("only a title differs");
    assert_eq!(changed.wording("en").map(|words| words.title().to_owned()).as_deref(), Some("Two questions"));
    assert_eq!(changed.definition_sha256(), shipped("phq-2").definition_sha256());
}
