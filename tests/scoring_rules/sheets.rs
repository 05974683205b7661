//! Sheets as letters and as JSON, and sittings.

use periscreen::administration::{Answer, AnswerState, Sitting, entry};
use serde_json::json;

use crate::made::{laws, laws_cases, read, refused, scale, shipped, sound, the_laws};

#[test]
fn letters_are_read_as_the_contract_says() {
    let phq = shipped("phq-9");
    let states = |text: &str| entry::sheet(&phq, text).unwrap_or_else(|bad| panic!("{text}: {bad}")).states().to_vec();
    let plain = states("a,b,c,d,a,b,-,x,a");
    assert_eq!(plain[..4], [0, 1, 2, 3].map(AnswerState::Answered));
    assert_eq!(plain[6..], [AnswerState::NotReached, AnswerState::Declined, AnswerState::Answered(0), AnswerState::NotReached]);
    assert_eq!(states(" A , B,C ,D,a,b,-,X,a\n"), plain, "spaces and capitals do not matter");
    assert_eq!(states("a,b,c,d,a,b,-,x,a,-"), plain, "a trailing item with a gate may be left out");
    for (text, item) in [
        ("a,b,c,d,a,b,-,x,e", "9"),
        ("aa,b,c,d,a,b,-,x,a", "1"),
        ("a,,c,d,a,b,-,x,a", "2"),
        ("a,1,c,d,a,b,-,x,a", "2"),
        ("a,b,é,d,a,b,-,x,a", "3"),
    ] {
        assert!(refused(&phq, text).starts_with(&format!("Item {item}:")), "{}", refused(&phq, text));
    }
    for text in ["", " ", "a", "a,b,c,d,a,b,-,x", "a,b,c,d,a,b,-,x,a,a,a", "a;b", ",,,,,,,,,,,,"] {
        assert!(refused(&phq, text).contains("9 to 10 letters"), "{text}: {}", refused(&phq, text));
    }
    assert!(refused(&shipped("epds"), "a,a,a").contains("10 letters"));
}

#[test]
fn json_sheets_are_read_as_the_contract_says() {
    let phq = shipped("phq-9");
    let states = |text: &str| entry::sheet(&phq, text).unwrap_or_else(|bad| panic!("{text}: {bad}")).states().to_vec();
    let by_id = states(r#"{"answers": {"1": "several-days", "2": {"declined": true}, "3": {"not_reached": true}}}"#);
    assert_eq!(by_id[..4], [AnswerState::Answered(1), AnswerState::Declined, AnswerState::NotReached, AnswerState::NotReached]);
    assert_eq!(states(r#"{"points": {"1": 1, "9": 0}}"#)[8], AnswerState::Answered(0));
    let epds = shipped("epds");
    let points = entry::sheet(&epds, r#"{"points": {"1": 3, "3": 3}}"#).expect("a sheet");
    assert_eq!((points.states()[0], points.states()[2]), (AnswerState::Answered(3), AnswerState::Answered(0)), "points are not positions");
    for (text, part) in [
        (r#"{"answers": {"1": "several-days", "1": "not-at-all"}}"#, "stands twice"),
        (r#"{"answers": {"10": "several-days"}}"#, "no item"),
        (r#"{"answers": {"1": "seldom"}}"#, "Item 1:"),
        (r#"{"answers": {"1": {}}}"#, "Item 1:"),
        (r#"{"answers": {"1": {"declined": true, "not_reached": true}}}"#, "Item 1:"),
        (r#"{"answers": {"1": {"refused": true}}}"#, "A sheet is"),
        (r#"{"answers": {"1": 1}}"#, "A sheet is"),
        (r#"{"points": {"1": 4}}"#, "Item 1:"),
        (r#"{"points": {"1": 1.5}}"#, "A sheet is"),
        (r#"{"points": {"1": "1"}}"#, "A sheet is"),
        (r#"{"answers": {"1": "several-days"}, "points": {"2": 1}}"#, "A sheet is"),
        (r#"{"answers": {"1": "several-days"}, "name": "x"}"#, "A sheet is"),
        (r#"{"answers": {"1": "several-days"}"#, "not JSON"),
        (r#"{"answers": {"1": "several-days"}} "#.trim_end_matches([' ', '}']), "not JSON"),
        ("{}", "A sheet is"),
    ] {
        assert!(refused(&phq, text).contains(part), "{text}: {}", refused(&phq, text));
    }
}

#[test]
fn a_contradiction_names_the_item_and_never_the_answer() {
    let laws = the_laws();
    let message = refused(&laws, "b,c,b,a");
    assert!(message.starts_with("Item 3:"), "{message}");
    for text in
        ["b,c,b,a", r#"{"answers": {"1": "sometimes", "2": "often", "3": "some", "4": "never"}}"#, r#"{"points": {"1": 1, "3": 2}}"#]
    {
        let message = refused(&laws, text);
        for answer in ["sometimes", "\"some\"", "often", "never", " 2", " 1 "] {
            assert!(!message.contains(answer), "{message}");
        }
    }
    let phq = shipped("phq-9");
    for text in [r#"{"answers": {"9": "every-single-night"}}"#, r#"{"points": {"9": 77}}"#, "a,a,a,a,a,a,a,a,seventyseven"] {
        let message = refused(&phq, text);
        assert!(message.starts_with("Item 9:"), "{message}");
        assert!(!message.contains("night") && !message.contains("77") && !message.contains("seventy"), "{message}");
    }
    assert!(entry::sheet(&phq, "a,a,a,a,a,a,a,a,a,b").is_ok(), "an unscored item behind a closed gate contradicts nothing that scores");
}

#[test]
fn an_answer_behind_a_gate_that_closes_is_forgotten() {
    let whooley = shipped("whooley");
    let mut sitting = Sitting::new(&whooley);
    for place in [0, 1, 0] {
        sitting.give(Answer::Chosen(place));
    }
    assert_eq!(sitting.sheet().states()[2], AnswerState::Answered(0));
    assert!(sitting.back() && sitting.back() && sitting.back());
    sitting.give(Answer::Chosen(1));
    assert_eq!(sitting.sheet().states(), [AnswerState::Answered(1), AnswerState::Answered(1), AnswerState::NotApplicable]);
}

#[test]
fn a_scored_answer_behind_a_gate_that_closes_is_forgotten_and_the_others_stay() {
    let laws = the_laws();
    let mut sitting = Sitting::new(&laws);
    for place in [0, 0, 1, 1] {
        sitting.give(Answer::Chosen(place));
    }
    while sitting.back() {}
    sitting.give(Answer::Chosen(1));
    let expected = [AnswerState::Answered(1), AnswerState::Answered(0), AnswerState::NotApplicable, AnswerState::Answered(1)];
    assert_eq!(sitting.sheet().states(), expected, "the self-harm answer above all");
}

#[test]
fn a_refusal_behind_an_unknown_gate_is_not_certain() {
    let mut definition = laws();
    definition["items"][2]["gate"]["points_when_not_applicable"] = 0.into();
    definition["scales"][6]["items"] = json!(["1", "2", "3"]);
    definition["scales"][6]["range"] = json!([0, 6]);
    let mut cases = laws_cases();
    cases["cases"][1]["scales"]["total"]["points"] = 6.into();
    let questionnaire = sound(&definition, &cases);
    let open = scale(&read(&questionnaire, "-,c,x,a"), "refusing").score;
    let closed = scale(&read(&questionnaire, "b,c,x,a"), "refusing").score;
    assert!(open.lowest <= closed.lowest, "{open:?} {closed:?}");
}
