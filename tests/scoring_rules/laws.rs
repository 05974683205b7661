//! The laws, one sentence each.

use periscreen::administration::{AnswerState, entry};
use periscreen::interpret::Screen;
use periscreen::questionnaire::{AlertKind, Questionnaire};
use periscreen::safety::alert::{AlertState, of_kind};
use periscreen::scoring::{OutcomeState, Points, Status};
use serde_json::{Value, json};

use crate::made::{alert_of, all_shipped, between, complete, laws, laws_cases, read, scale, scored, screen_of, shipped, sound, the_laws};

#[test]
fn position_is_not_points() {
    let laws = the_laws();
    assert_eq!(scored(&read(&laws, "a,a,a,a"), "total"), complete(2), "the first option of item 2 is worth 2");
    assert_eq!(scored(&read(&laws, "a,c,a,a"), "total"), complete(0));
    let epds = shipped("epds");
    assert_eq!(scored(&read(&epds, "a,a,d,a,d,d,d,d,d,d"), "total"), complete(0));
    assert_eq!(scored(&read(&epds, "d,d,a,d,a,a,a,a,a,a"), "total"), complete(30));
    assert_eq!(scored(&read(&epds, "a,a,a,a,a,a,a,a,a,a"), "total"), complete(21));
}

#[test]
fn missing_is_not_zero() {
    let laws = the_laws();
    for gap in ["-", "x"] {
        assert_eq!(scored(&read(&laws, &format!("a,{gap},a,a")), "total"), between(0, 2));
        assert_eq!(scored(&read(&laws, &format!("a,a,a,{gap}")), "total"), between(2, 4));
    }
    let epds = shipped("epds");
    assert_eq!(scored(&read(&epds, "-,-,-,-,-,-,-,-,-,-"), "total"), between(0, 30));
    let phq = shipped("phq-9");
    let reading = read(&phq, "a,a,a,a,a,a,a,a,x");
    assert_eq!(scored(&reading, "total"), between(0, 3));
    assert_eq!(screen_of(&reading, "at-least-10"), Screen::Negative, "no answer to item 9 could reach 10");
}

#[test]
fn an_alert_waits_for_no_total() {
    let reading_of = |questionnaire: &Questionnaire, letters: &str| {
        let reading = read(questionnaire, letters);
        (reading.total().map(|total| total.score.status), reading.alert())
    };
    assert_eq!(reading_of(&the_laws(), "-,-,-,b"), (Some(Status::Incomplete), Some(AlertState::Endorsed)));
    assert_eq!(reading_of(&shipped("epds"), "-,-,-,-,-,-,-,-,-,c"), (Some(Status::Incomplete), Some(AlertState::Endorsed)));
    assert_eq!(reading_of(&shipped("phq-9"), "a,a,a,a,a,a,a,a,b"), (Some(Status::Complete), Some(AlertState::Endorsed)));
    let phq = shipped("phq-9");
    assert_eq!(scored(&read(&phq, "a,a,a,a,a,a,a,a,b"), "total"), complete(1), "far below every cut-off");
}

#[test]
fn any_endorsement_counts_the_mildest_too() {
    let mut seen = 0;
    for questionnaire in all_shipped().iter().chain([&the_laws()]) {
        for critical in questionnaire.critical_items() {
            let (_, item) = questionnaire.item(critical.item.as_str()).expect("it is an item");
            for option in &item.options {
                let text = json!({"answers": {critical.item.as_str(): option.id.as_str()}}).to_string();
                let expected = if option.id == item.healthiest { AlertState::Denied } else { AlertState::Endorsed };
                assert_eq!(alert_of(&read(questionnaire, &text), critical.item.as_str()), expected, "{} {}", questionnaire.id(), option.id);
                seen += 1;
            }
        }
    }
    assert!(seen >= 15, "EPDS, PHQ-9 and CORE-10 have critical items");
}

#[test]
fn unanswered_is_unknown_never_no() {
    for (name, start) in [("phq-9", "a,a,a,a,a,a,a,a,"), ("epds", "a,a,d,a,d,d,d,d,d,")] {
        let questionnaire = shipped(name);
        for gap in ["x", "-"] {
            let reading = read(&questionnaire, &format!("{start}{gap}"));
            assert_eq!(reading.alert(), Some(AlertState::Unknown), "{name} {gap}");
            assert_eq!(of_kind(&reading.alerts, AlertKind::SelfHarm), Some(AlertState::Unknown));
            assert_eq!(of_kind(&reading.alerts, AlertKind::HarmToBaby), None);
        }
    }
}

#[test]
fn every_critical_item_is_listed_endorsed_first_then_unknown_then_denied() {
    let mut definition = laws();
    for (item, kind) in [("1", "harm-to-baby"), ("2", "self-harm")] {
        let options = if item == "2" { json!(["never", "sometimes"]) } else { json!(["sometimes", "often"]) };
        let critical = json!({"item": item, "kind": kind, "endorsed_by": options, "action": {"text": "Talk.", "source": "paper"}});
        definition["critical_items"].as_array_mut().expect("a list").insert(0, critical);
    }
    let mut cases = laws_cases();
    for case in cases["cases"].as_array_mut().expect("a list") {
        for (item, healthiest) in [("1", "never"), ("2", "often")] {
            let state = if case["answers"][item] == healthiest { "denied" } else { "endorsed" };
            case["alerts"][item] = state.into();
        }
    }
    for (item, answer) in [("1", json!("sometimes")), ("1", json!({"declined": true})), ("2", json!({"declined": true}))] {
        let state = if answer.is_string() { "endorsed" } else { "unknown" };
        let more = json!({"name": "more", "source": "paper", "answers": {item: answer}, "alerts": {item: state}});
        cases["cases"].as_array_mut().expect("a list").push(more);
    }
    let questionnaire = sound(&definition, &cases);
    let reading = read(&questionnaire, "x,c,-,b");
    let listed: Vec<(&str, AlertState)> = reading.alerts.iter().map(|alert| (alert.item.as_str(), alert.state)).collect();
    assert_eq!(listed, [("4", AlertState::Endorsed), ("1", AlertState::Unknown), ("2", AlertState::Denied)]);
    assert_eq!(of_kind(&reading.alerts, AlertKind::SelfHarm), Some(AlertState::Endorsed));
    assert_eq!(of_kind(&reading.alerts, AlertKind::HarmToBaby), Some(AlertState::Unknown));
}

/// CORE-10 with these points, item by item; `None` is not reached.
fn core(points: [Option<i32>; 10]) -> String {
    let given = points.iter().enumerate().filter_map(|(place, points)| Some(((place + 1).to_string(), json!((*points)?))));
    json!({"points": given.collect::<serde_json::Map<String, Value>>()}).to_string()
}

#[test]
fn a_prorated_score_is_exact_and_its_screen_uses_bounds_only() {
    let questionnaire = shipped("core-10");
    let mut points = [Some(1); 10];
    points[5] = Some(0);
    (points[0], points[9]) = (Some(3), None);
    let reading = read(&questionnaire, &core(points));
    let expected = (Status::Prorated, Some(Points::fraction(100, 9)), Points::whole(10), Points::whole(14));
    assert_eq!(scored(&reading, "total"), expected);
    assert_eq!(screen_of(&reading, "at-least-9"), Screen::Positive);
    assert_eq!(screen_of(&reading, "at-least-11"), Screen::Indeterminate, "11.1 is an estimate; 10 is possible");
    points[0] = Some(1);
    let reading = read(&questionnaire, &core(points));
    assert_eq!(scored(&reading, "total").1, Some(Points::fraction(80, 9)));
    assert_eq!(screen_of(&reading, "at-least-9"), Screen::Indeterminate, "8.9 is an estimate; 12 is possible");
    let laws = the_laws();
    let reading = read(&laws, "a,-,b,c");
    assert_eq!(scored(&reading, "spread"), (Status::Prorated, Some(Points::whole(3)), Points::whole(2), Points::whole(4)));
    assert_eq!(scored(&reading, "later"), (Status::Prorated, Some(Points::whole(4)), Points::whole(2), Points::whole(4)));
    assert_eq!(scored(&reading, "mean"), (Status::Incomplete, None, Points::fraction(2, 3), Points::fraction(4, 3)));
}

#[test]
fn a_prorated_sum_is_multiplied_like_a_complete_one() {
    let mut definition = laws();
    definition["scales"][5]["method"]["multiplier"] = json!(4);
    definition["scales"][5]["range"] = json!([0, 24]);
    let fourfold = sound(&definition, &laws_cases());
    // Items 2 and 4 add 1 point each; item 1 is missing, and their mean stands in for it: 3 points, times 4.
    let expected = (Status::Prorated, Some(Points::whole(12)), Points::whole(8), Points::whole(16));
    assert_eq!(scored(&read(&fourfold, "-,b,-,b"), "spread"), expected);
}

#[test]
fn no_prorating_with_a_critical_item_missing() {
    let questionnaire = shipped("core-10");
    let mut points = [Some(1); 10];
    points[5] = None;
    assert_eq!(scored(&read(&questionnaire, &core(points)), "total"), between(9, 13));
    points[5] = Some(1);
    (points[0], points[1]) = (None, None);
    assert_eq!(scored(&read(&questionnaire, &core(points)), "total"), between(8, 16), "nor with two items missing");
    let laws = the_laws();
    assert_eq!(scored(&read(&laws, "a,a,a,x"), "spread"), between(2, 4));
    for name in ["epds", "phq-9", "gad-7", "phq-2", "gad-2"] {
        assert!(shipped(name).scales().iter().all(|scale| scale.max_missing == 0), "{name} is never prorated");
    }
}

#[test]
fn an_unknown_gate_widens_the_bounds() {
    let laws = the_laws();
    // Item 1 adds 0 to 2; item 3 adds what was answered, or the 1 point of a closed gate.
    assert_eq!(scored(&read(&laws, "-,c,b,a"), "total"), between(1, 4));
    assert_eq!(scored(&read(&laws, "-,c,a,a"), "total"), between(0, 3));
    assert_eq!(scored(&read(&laws, "x,c,-,a"), "total"), between(0, 4));
    assert_eq!(scored(&read(&laws, "-,b,b,a"), "later"), between(2, 3), "and nothing is prorated while a gate is unknown");
}

#[test]
fn a_closed_gate_adds_its_declared_points() {
    let laws = the_laws();
    let reading = read(&laws, "b,c,-,a");
    assert_eq!(scored(&reading, "total"), complete(2), "1 for item 1, 1 for the closed gate");
    assert_eq!(reading.sheet.states()[2], AnswerState::NotApplicable);
    assert_eq!(scored(&read(&laws, "b,c,x,a"), "total"), complete(2));
}

#[test]
fn a_critical_item_behind_a_gate_is_denied_only_when_the_gate_is_certainly_closed() {
    let mut definition = laws();
    definition["critical_items"]
        .as_array_mut()
        .expect("critical items are a list")
        .push(json!({"item": "3", "kind": "harm-to-baby", "endorsed_by": ["some"], "action": {"text": "Talk.", "source": "paper"}}));
    let mut cases = laws_cases();
    let case = |name: &str, answer: Value, state: &str| json!({"name": name, "source": "paper", "answers": {"1": "never", "2": "often", "3": answer, "4": "never"}, "alerts": {"3": state}});
    let list = cases["cases"].as_array_mut().expect("cases are a list");
    list.push(case("third endorsed", json!("some"), "endorsed"));
    list.push(case("third declined", json!({"declined": true}), "unknown"));
    let gated = sound(&definition, &cases);
    assert_eq!(alert_of(&read(&gated, "b,c,-,a"), "3"), AlertState::Denied, "rightly not asked");
    assert_eq!(alert_of(&read(&gated, "-,c,-,a"), "3"), AlertState::Unknown, "nobody knows whether it was due");
    assert_eq!(alert_of(&read(&gated, "a,c,-,a"), "3"), AlertState::Unknown, "it was due and is not answered");
    assert_eq!(alert_of(&read(&gated, "-,c,b,a"), "3"), AlertState::Endorsed, "any endorsement counts, whatever the gate");
}

#[test]
fn a_refusal_counts_only_where_the_publication_says_so() {
    let laws = the_laws();
    let reading = read(&laws, "a,x,a,a");
    assert_eq!(scored(&reading, "refusing"), complete(2));
    assert_eq!(scored(&reading, "tenfold"), between(0, 20));
    assert_eq!(scored(&read(&laws, "a,-,a,a"), "refusing"), between(0, 2), "what was not reached was not refused");
    let reading = read(&laws, "a,c,a,x");
    assert_eq!(scored(&reading, "refusing"), complete(2));
    assert_eq!(alert_of(&reading, "4"), AlertState::Unknown, "points for a refusal are no answer");
}

#[test]
fn each_method_counts_as_its_name_says() {
    let laws = the_laws();
    let reading = read(&laws, "b,a,-,a");
    assert_eq!(scored(&reading, "total"), complete(4));
    assert_eq!(scored(&reading, "tenfold"), complete(30));
    assert_eq!(scored(&reading, "mean"), complete(1));
    assert_eq!(scored(&reading, "count"), complete(2));
    let reading = read(&laws, "b,c,-,a");
    let third = Points::fraction(1, 3);
    assert_eq!(scored(&reading, "mean"), (Status::Complete, Some(third), third, third), "no rounding");
    assert_eq!(scored(&reading, "count"), complete(1));
    assert_eq!(scored(&read(&laws, "-,a,-,a"), "count"), between(1, 2));
    assert_eq!(scored(&read(&laws, "-,a,-,a"), "tenfold"), between(20, 40));
}

/// A sheet that scores exactly so many points: each item takes as many of them as it can.
fn sheet_of(questionnaire: &Questionnaire, points: i32) -> String {
    let mut left = points;
    let mut letters = Vec::new();
    for item in questionnaire.items().iter().filter(|item| item.scored) {
        let fitting = item.options.iter().enumerate().filter(|(_, option)| option.points <= left);
        let (place, option) = fitting.max_by_key(|(_, option)| option.points).expect("0 always fits");
        left -= option.points;
        letters.push(entry::letter_of(place).to_string());
    }
    assert_eq!(left, 0, "{} reaches {points}", questionnaire.id());
    letters.join(",")
}

#[test]
fn a_cut_off_includes_its_own_threshold_and_not_the_score_below_it() {
    let mut seen = 0;
    for questionnaire in all_shipped() {
        let total = &questionnaire.scales()[0];
        for cut_off in &total.cut_offs {
            let at = read(&questionnaire, &sheet_of(&questionnaire, cut_off.at_least)).total().map(|total| total.score.points);
            assert_eq!(at, Some(Some(Points::whole(cut_off.at_least.into()))));
            for (points, side) in [(cut_off.at_least, Screen::Positive), (cut_off.at_least - 1, Screen::Negative)] {
                let sheet = sheet_of(&questionnaire, points);
                assert_eq!(screen_of(&read(&questionnaire, &sheet), cut_off.id.as_str()), side, "{} {points}", questionnaire.id());
            }
            seen += 1;
        }
    }
    assert!(seen >= 10, "only {seen} cut-offs");
}

#[test]
fn a_score_between_two_bands_has_none() {
    let laws = the_laws();
    let band = |letters: &str| scale(&read(&laws, letters), "total").band.map(|band| band.id.to_string());
    assert_eq!(band("a,c,a,a").as_deref(), Some("low"));
    assert_eq!(band("a,b,a,a").as_deref(), Some("low"), "1 is the last of low");
    assert_eq!(band("a,a,a,a"), None, "2 is in the gap");
    assert_eq!(band("b,b,-,a"), None, "3 is in the gap");
    assert_eq!(band("b,a,-,a").as_deref(), Some("high"), "4 is the first of high");
    assert_eq!(band("a,-,a,a"), None, "0 to 2 reaches out of low");
    assert_eq!(band("c,a,-,-").as_deref(), Some("high"), "5 to 7, whatever item 4 would be");
}

#[test]
fn an_outcome_is_unknown_only_where_missing_answers_decide() {
    let phq = shipped("phq-9");
    let state = |letters: &str| read(&phq, letters).outcomes[0].1;
    assert_eq!(state("c,c,c,c,c,-,-,-,-"), OutcomeState::Met, "five are there");
    assert_eq!(state("c,c,c,c,b,-,a,a,a"), OutcomeState::Unknown, "the sixth item would be the fifth symptom");
    assert_eq!(state("a,a,-,-,-,-,-,-,-"), OutcomeState::NotMet, "item 1 or 2 must be one of them");
    assert_eq!(state("-,a,c,c,c,c,a,a,a"), OutcomeState::Unknown);
    assert_eq!(state("-,c,a,a,a,a,a,a,x"), OutcomeState::NotMet, "three at most");
    assert_eq!(state("c,b,c,c,c,a,a,a,b"), OutcomeState::Met, "item 9 counts from its mildest answer");
    let laws = the_laws();
    let state = |letters: &str| read(&laws, letters).outcomes[0].1;
    assert_eq!(state("a,c,a,c"), OutcomeState::Met);
    assert_eq!(state("a,c,a,-"), OutcomeState::Unknown);
    assert_eq!(state("a,a,a,b"), OutcomeState::NotMet);
    assert_eq!(state("b,-,-,b"), OutcomeState::Unknown, "3 to 5 points");
    assert_eq!(state("c,-,-,b"), OutcomeState::Met, "4 points at least");
}

#[test]
fn the_next_step_follows_from_the_lowest_possible_score() {
    let epds = shipped("epds");
    let step = |points: i32| read(&epds, &sheet_of(&epds, points)).next_step().map(|step| step.id.to_string());
    assert_eq!(step(9), None);
    assert_eq!(step(10).as_deref(), Some("repeat"));
    assert_eq!(step(12).as_deref(), Some("repeat"));
    assert_eq!(step(13).as_deref(), Some("assess"));
    let open = read(&epds, "d,d,a,c,-,-,-,-,-,-");
    assert_eq!(open.next_step().map(|step| step.id.as_str()), Some("repeat"), "11 at least");
}
