//! `list`, `show`, `amend`, `void`, `delete`.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::vault_kit::home::Home;

/// What `show --json` says of the sheet itself.
fn sheet_part(mut shown: Value) -> Value {
    let members = shown.as_object_mut().unwrap();
    for own in ["id", "taken_on", "entered_at", "mode", "language", "timing", "status", "amended", "void"] {
        members.remove(own);
    }
    shown
}

#[test]
fn show_equals_score() {
    let home = Home::with_vault();
    for (questionnaire, sheet) in [
        ("phq-9", "a,b,c,d,a,b,c,d,b,c"),
        ("phq-9", "a,b,-,x,a,b,c,d,x"),
        ("gad-7", "a,b,c,d,a,b,c"),
        ("core-10", "a,b,c,d,e,a,b,c,d,-"),
        ("epds", "a,b,c,d,a,b,c,d,a,b"),
        ("whooley", "a,b"),
        ("phq-2", "d,d"),
    ] {
        let id = home.enter(questionnaire, &format!("{sheet}\n")).remove(0);
        let scored = home.run(&["score", questionnaire, "--json"], sheet).json();
        let shown = home.read(&["show", "--json", &id]).json();
        assert_eq!(sheet_part(shown.clone()), scored, "{questionnaire} {sheet}");
        assert_eq!((&shown["id"], &shown["mode"], &shown["status"]), (&json!(id), &json!("paper"), &json!("completed")));
        assert!(shown["timing"].is_null() && shown["entered_at"].as_str().unwrap().starts_with(shown["taken_on"].as_str().unwrap()));
        let page = home.read(&["show", &id]).ok();
        assert!(page.contains(&id) && page.contains("not a diagnosis"), "{page}");
        let scored = home.run(&["score", questionnaire], sheet).ok();
        let told = |page: &str| page.lines().filter(|line| line.contains('≥')).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(told(&page), told(&scored));
    }
    let shown = home.read(&["show", "--json", "00000000000000000000000000"]);
    shown.failed(66);
    home.read(&["show", "no-such-id"]).failed(65);
}

#[test]
fn alerts_come_first_endorsed_before_unknown() {
    let home = Home::with_vault();
    let ids = home.enter("phq-9", "a,a,a,a,a,a,a,a,b\nd,d,d,d,d,d,d,d,a\na,a,a,a,a,a,a,a,x\n");
    let page = home.read(&["list"]).ok();
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(place("ENDORSED") < place("not answered"));
    assert!(place("not answered") < place("questionnaire"), "alerts stand before the table");
    assert!(place(&ids[0]) < place(&ids[2]) && place(&ids[2]) < place(&ids[1]));
    // Void ones raise no alert any more.
    home.read(&["void", &ids[0], "--reason", "wrong-person"]).ok();
    assert!(!home.read(&["list"]).ok().contains("ALERT"));
}

#[test]
fn amended_and_voided_stay_and_say_so() {
    let home = Home::with_vault();
    let ids = home.enter("phq-2", "a,a\nb,b\n");
    let before = home.read(&["show", "--json", &ids[0]]).json();
    // Another day: the answers stay.
    home.read(&["amend", &ids[0], "--taken-on", "2026-03-09"]).ok();
    let after = home.read(&["show", "--json", &ids[0]]).json();
    assert_eq!((&after["taken_on"], &after["amended"]), (&json!("2026-03-09"), &json!(1)));
    assert_eq!(sheet_part(after), sheet_part(before.clone()));
    // Another sheet: the day stays.
    home.read_with(crate::vault_kit::home::PASSPHRASE, &["amend", &ids[0]], "d,d\n").ok();
    let after = home.read(&["show", "--json", &ids[0]]).json();
    assert_eq!((&after["taken_on"], &after["amended"], &after["scales"][0]["points"]), (&json!("2026-03-09"), &json!(2), &json!(6)));
    assert_eq!((&after["id"], &after["entered_at"]), (&before["id"], &before["entered_at"]));
    home.read_with(crate::vault_kit::home::PASSPHRASE, &["amend", &ids[0]], "d\n").failed(65);
    home.read(&["amend", &ids[0], "--taken-on", "2099-01-01"]).failed(64);

    home.read(&["void", &ids[1], "--reason", "wrong-sheet"]).ok();
    home.read(&["void", &ids[1], "--reason", "wrong-day"]).ok();
    assert_eq!(home.read(&["show", "--json", &ids[1]]).json()["void"], "wrong-day");
    assert!(home.read(&["show", &ids[1]]).ok().contains("VOID"));
    assert_eq!(home.ids(), [ids[0].clone()], "ids of what counts");
    let list = home.read(&["list", "--json"]).json();
    let row = |id: &String| list.as_array().unwrap().iter().find(|row| row["id"] == id.as_str()).unwrap().clone();
    assert_eq!((&row(&ids[0])["amended"], &row(&ids[1])["void"]), (&json!(2), &json!("wrong-day")));
    let table = home.read(&["list"]).ok();
    assert!(table.contains("(amended)") && table.contains("(void)"), "{table}");
    home.read(&["void", &ids[0]]).failed(64);
    home.verify();
}

#[test]
fn deleted_goes_with_its_corrections() {
    let home = Home::with_vault();
    let ids = home.enter("phq-2", "a,a\nb,b\n");
    home.read(&["amend", &ids[0], "--taken-on", "2026-03-09"]).ok();
    home.read(&["delete", &ids[0]]).failed(69);
    home.read(&["delete", &ids[0], "--yes"]).ok();
    for act in [&["show", &ids[0]][..], &["delete", &ids[0], "--yes"], &["amend", &ids[0], "--taken-on", "2026-03-09"]] {
        assert!(home.read(act).failed(66).contains("erased"));
    }
    assert_eq!(home.ids(), [ids[1].clone()]);
    let rows: i64 = rusqlite::Connection::open(home.vault().join("vault.db"))
        .unwrap()
        .query_row("SELECT count(*) FROM rec WHERE kind = 0 AND body IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 1, "the correction went too");
    home.verify();
}

/// A questionnaire of one item in which the worse option has these points.
fn own_questionnaire(folder: &Path, points: i32) {
    let folder = folder.join("our-word");
    fs::create_dir_all(&folder).unwrap();
    let definition = json!({
        "format": 1, "id": "our-word", "edition": "1", "title": "Our word", "full_title": "Our word", "topic": "a word", "minutes": 1,
        "recall_days": 0, "option_sets": {"yes-no": [{"id": "no", "points": 0}, {"id": "yes", "points": points}]},
        "items": [{"id": "1", "topic": "word", "options": "yes-no", "healthiest": "no"}],
        "scales": [{"id": "total", "title": "Total", "items": ["1"], "method": {"kind": "sum"}, "range": [0, points],
                    "missing": {"rule": "complete"}, "exploratory": false}],
        "sources": {"us": {"citation": "Ours"}},
        "rights": {"holder": "us", "terms": "free", "citation": "Ours", "may_modify": true, "may_translate": true,
                   "commercial_use": "free", "wording": "bring-your-own", "source": "us"}
    });
    let case =
        |name: &str, answers: Value, score: Value| json!({"name": name, "source": "us", "answers": answers, "scales": {"total": score}});
    let cases = json!({"format": 1, "cases": [
        case("best everywhere", json!({"1": "no"}), json!({"points": 0})),
        case("worst everywhere", json!({"1": "yes"}), json!({"points": points})),
        case("incomplete", json!({"1": {"declined": true}}), json!({"lowest": 0, "highest": points})),
    ]});
    fs::write(folder.join("questionnaire.json"), definition.to_string()).unwrap();
    fs::write(folder.join("cases.json"), cases.to_string()).unwrap();
}

#[test]
fn a_changed_definition_scores_nothing_anew() {
    let home = Home::with_vault();
    let folder = home.beside("own");
    let own = folder.to_str().unwrap();
    own_questionnaire(&folder, 3);
    let id = home.run(&["enter", "our-word", "--questionnaires", own], "b\n").lines().remove(0);
    let before = home.read(&["show", "--json", &id, "--questionnaires", own]).json();
    assert_eq!(before["scales"][0]["points"], 3);

    own_questionnaire(&folder, 5);
    for there in [&["--questionnaires", own][..], &[]] {
        let page = home.read(&[&["show", &id][..], there].concat()).ok();
        assert!(page.contains("nothing was scored anew") && page.contains("total: 3"), "{page}");
        let shown = home.read(&[&["show", "--json", &id][..], there].concat()).json();
        assert_eq!((&shown["scores"][0]["points"], &shown["definition_sha256"]), (&json!(3.0), &before["definition_sha256"]));
        // Putting only the day right is no reason to score anew either.
        home.read(&[&["amend", &id, "--taken-on", "2026-03-09"][..], there].concat()).ok();
        let shown = home.read(&[&["show", "--json", &id][..], there].concat()).json();
        assert_eq!((&shown["scores"][0]["points"], &shown["taken_on"]), (&json!(3.0), &json!("2026-03-09")));
        assert_eq!(shown["definition_sha256"], before["definition_sha256"]);
    }
    home.read(&["void", &id, "--reason", "wrong-person"]).ok();
    let shown = home.read(&["show", "--json", &id]).json();
    assert_eq!((&shown["void"], &shown["amended"]), (&json!("wrong-person"), &json!(2)), "a script must see that it does not count");
}
