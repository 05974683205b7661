//! The questionnaire the sentences are about, and how they ask what it says.

use periscreen::administration::entry;
use periscreen::catalogue::{Catalogue, load};
use periscreen::interpret::{Reading, ScaleReading, Screen};
use periscreen::questionnaire::{Fault, Questionnaire, builtin};
use periscreen::safety::alert::AlertState;
use periscreen::scoring::{Points, Status};
use serde_json::{Value, json};

/// Four items of 0 to 2 points. Item 2 is printed the other way round. Item 3 is asked only after "never" on item 1 and adds 1 point
/// when it is not. Item 4 is critical.
pub(crate) fn laws() -> Value {
    let item =
        |id: &str, options: &str, healthiest: &str| json!({"id": id, "topic": "made up", "options": options, "healthiest": healthiest});
    let mut third = item("3", "extra", "none");
    third["gate"] = json!({"when": {"item": "1", "equals": "never"}, "when_unknown": "ask", "points_when_not_applicable": 1});
    let scale = |id: &str, items: &[&str], method: Value, range: [i32; 2], missing: Value| json!({"id": id, "title": id, "items": items, "method": method, "range": range, "missing": missing});
    let complete = || json!({"rule": "complete"});
    let one_missing = || json!({"rule": "prorate", "max_missing": 1, "source": "paper"});
    let mut total = scale("total", &["1", "2", "3", "4"], json!({"kind": "sum"}), [0, 8], complete());
    total["bands"] = json!([
        {"id": "low", "name": "Low", "from": 0, "to": 1, "source": "paper"},
        {"id": "high", "name": "High", "from": 4, "to": 8, "source": "paper"}
    ]);
    total["cut_offs"] = json!([{"id": "at-least-4", "at_least": 4, "default": true, "reason": "the only one", "context": {"setting": "none"},
                                "finds": "nothing", "source": "paper"}]);
    let mut refusing = scale("refusing", &["2", "4"], json!({"kind": "sum"}), [0, 4], complete());
    refusing["refusal"] = json!({"points": 2, "source": "paper"});
    json!({
        "format": 1, "id": "laws", "edition": "first", "title": "Laws", "full_title": "Made for the laws", "topic": "laws", "minutes": 1,
        "recall_days": 7,
        "option_sets": {
            "rising": [{"id": "never", "points": 0}, {"id": "sometimes", "points": 1}, {"id": "often", "points": 2}],
            "falling": [{"id": "never", "points": 2}, {"id": "sometimes", "points": 1}, {"id": "often", "points": 0}],
            "extra": [{"id": "none", "points": 0}, {"id": "some", "points": 2}]
        },
        "items": [item("1", "rising", "never"), item("2", "falling", "often"), third, item("4", "rising", "never")],
        "scales": [
            total,
            scale("mean", &["1", "2", "4"], json!({"kind": "mean"}), [0, 2], complete()),
            scale("tenfold", &["1", "2"], json!({"kind": "sum", "multiplier": 10}), [0, 40], complete()),
            scale("count", &["1", "2", "4"], json!({"kind": "count", "at_least": 1}), [0, 3], complete()),
            scale("later", &["2", "3"], json!({"kind": "sum"}), [0, 4], one_missing()),
            scale("spread", &["1", "2", "4"], json!({"kind": "sum"}), [0, 6], one_missing()),
            refusing
        ],
        "critical_items": [{"item": "4", "kind": "self-harm", "endorsed_by": ["sometimes", "often"], "action": {"text": "Talk.", "source": "paper"}}],
        "outcomes": [{"id": "rule", "title": "A rule", "source": "paper",
                      "when": {"any": [{"item": "4", "equals": "often"}, {"all": [{"item": "1", "at_least": 1}, {"scale": "total", "at_least": 4}]}]}}],
        "next_steps": [{"id": "talk", "scale": "total", "at_least": 4, "text": "Talk.", "source": "paper"}],
        "sources": {"paper": {"citation": "Nobody."}},
        "rights": {"holder": "Nobody", "terms": "None", "citation": "None", "may_modify": true, "may_translate": true,
                   "commercial_use": "Allowed.", "wording": "bring-your-own", "source": "paper"}
    })
}

pub(crate) fn laws_cases() -> Value {
    let case = |name: &str, answers: Value, total: Value, screen: &str, alert: &str| json!({"name": name, "source": "paper", "answers": answers, "scales": {"total": total}, "screens": {"at-least-4": screen}, "alerts": {"4": alert}});
    json!({"format": 1, "cases": [
        case("best", json!({"1": "never", "2": "often", "3": "none", "4": "never"}), json!({"points": 0}), "negative", "denied"),
        case("worst", json!({"1": "often", "2": "never", "4": "often"}), json!({"points": 7}), "positive", "endorsed"),
        case("at", json!({"1": "never", "2": "never", "3": "none", "4": "often"}), json!({"points": 4}), "positive", "endorsed"),
        case("below", json!({"1": "never", "2": "sometimes", "3": "some", "4": "never"}), json!({"points": 3}), "negative", "denied"),
        case("mild", json!({"1": "never", "2": "often", "3": "none", "4": "sometimes"}), json!({"points": 1}), "negative", "endorsed"),
        case("declined", json!({"1": "never", "2": "often", "3": "none", "4": {"declined": true}}), json!({"lowest": 0, "highest": 2}), "negative", "unknown")
    ]})
}

pub(crate) fn loaded(definition: &Value, cases: &Value) -> Result<Questionnaire, Vec<Fault>> {
    let files = [("questionnaire.json", definition), ("cases.json", cases)];
    load("laws", &files.map(|(name, value)| (name.to_owned(), value.to_string().into_bytes())))
}

pub(crate) fn sound(definition: &Value, cases: &Value) -> Questionnaire {
    loaded(definition, cases).unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

pub(crate) fn the_laws() -> Questionnaire {
    sound(&laws(), &laws_cases())
}

pub(crate) fn shipped(name: &str) -> Questionnaire {
    Catalogue::default().find(name).unwrap_or_else(|_| panic!("{name} ships")).0
}

pub(crate) fn all_shipped() -> Vec<Questionnaire> {
    builtin::FOLDERS.iter().map(|(name, _)| shipped(name)).collect()
}

pub(crate) fn read<'q>(questionnaire: &'q Questionnaire, text: &str) -> Reading<'q> {
    Reading::of(questionnaire, entry::sheet(questionnaire, text).unwrap_or_else(|bad| panic!("{text}: {bad}")))
}

pub(crate) fn refused(questionnaire: &Questionnaire, text: &str) -> String {
    entry::sheet(questionnaire, text).map_or_else(|bad| bad.to_string(), |_| panic!("accepted: {text}"))
}

pub(crate) fn scale<'r, 'q>(reading: &'r Reading<'q>, id: &str) -> &'r ScaleReading<'q> {
    reading.scales.iter().find(|scale| scale.scale.id == *id).unwrap_or_else(|| panic!("there is a scale {id}"))
}

/// Status, points, lowest and highest of one scale.
pub(crate) fn scored(reading: &Reading<'_>, id: &str) -> (Status, Option<Points>, Points, Points) {
    let score = scale(reading, id).score;
    (score.status, score.points, score.lowest, score.highest)
}

pub(crate) fn complete(points: i64) -> (Status, Option<Points>, Points, Points) {
    (Status::Complete, Some(Points::whole(points)), Points::whole(points), Points::whole(points))
}

pub(crate) fn between(lowest: i64, highest: i64) -> (Status, Option<Points>, Points, Points) {
    (Status::Incomplete, None, Points::whole(lowest), Points::whole(highest))
}

pub(crate) fn alert_of(reading: &Reading<'_>, item: &str) -> AlertState {
    reading.alerts.iter().find(|alert| alert.item == *item).unwrap_or_else(|| panic!("item {item} is critical")).state
}

pub(crate) fn screen_of(reading: &Reading<'_>, cut_off: &str) -> Screen {
    let mut screens = reading.scales.iter().flat_map(|scale| &scale.screens);
    screens.find(|(known, _)| known.id == *cut_off).unwrap_or_else(|| panic!("there is a cut-off {cut_off}")).1
}
