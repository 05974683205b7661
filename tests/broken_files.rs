//! One broken file per rule: each has exactly one mistake and gives exactly that fault, at that place.
//!
//! `tests/broken/base` is sound. `tests/broken/manifest.json` lists textual edits of it: what is found, what stands there instead,
//! and the fault that must follow; `at` is the text at which the fault must point (at its start, or where it says `▸`). Whole-file cases are made below.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so")]

use std::collections::BTreeSet;

use periscreen::catalogue::load;
use periscreen::questionnaire::json_text::{LARGEST, LONGEST_TEXT};
use periscreen::questionnaire::{Fault, Questionnaire, Rule, builtin};
use serde::Deserialize;
use serde_json::Value;

const DEFINITION: &str = "questionnaire.json";

/// One mistake and the fault it must give.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Broken {
    name: String,
    rule: String,
    file: String,
    #[serde(default)]
    find: Option<String>,
    #[serde(default)]
    replace: String,
    /// Every occurrence is replaced; otherwise there must be exactly one.
    #[serde(default)]
    everywhere: bool,
    /// The file is left out instead.
    #[serde(default)]
    remove: bool,
    /// Another file is left out instead.
    #[serde(default)]
    remove_other: Option<String>,
    pointer: String,
    /// The text at which the fault points; absent where it is about the file as a whole.
    #[serde(default)]
    at: Option<String>,
    mentions: String,
}

type Files = Vec<(String, Vec<u8>)>;

fn base() -> Files {
    let texts = [
        ("cases.json", include_str!("broken/base/cases.json")),
        ("en.json", include_str!("broken/base/en.json")),
        (DEFINITION, include_str!("broken/base/questionnaire.json")),
    ];
    texts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec()
}

fn manifest() -> Vec<Broken> {
    serde_json::from_str(include_str!("broken/manifest.json")).expect("the manifest is a list of edits")
}

fn text_of(files: &Files, name: &str) -> String {
    let bytes = files.iter().find(|(file, _)| file == name).map(|(_, bytes)| bytes.clone());
    String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
}

fn replaced(files: &Files, name: &str, text: &[u8]) -> Files {
    files.iter().map(|(file, bytes)| (file.clone(), if file == name { text.to_vec() } else { bytes.clone() })).collect()
}

fn edited(files: &Files, name: &str, find: &str, replace: &str) -> Files {
    let text = text_of(files, name);
    assert_eq!(text.matches(find).count(), 1, "{name} must hold exactly once: {find}");
    replaced(files, name, text.replace(find, replace).as_bytes())
}

impl Broken {
    fn files(&self) -> Files {
        let base = base();
        if let Some(gone) = self.remove.then_some(&self.file).or(self.remove_other.as_ref()) {
            return base.into_iter().filter(|(name, _)| name != gone).collect();
        }
        let find = self.find.as_deref().expect("an edit finds something");
        if self.everywhere {
            return replaced(&base, &self.file, text_of(&base, &self.file).replace(find, &self.replace).as_bytes());
        }
        edited(&base, &self.file, find, &self.replace)
    }

    /// What is wrong with what was found; `None` where it is exactly the fault that was planted.
    fn compare(&self, files: &Files, found: &Result<Questionnaire, Vec<Fault>>) -> Option<String> {
        let Err(faults) = found else { return Some("it is accepted".to_owned()) };
        let [fault] = faults.as_slice() else {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Some(format!("{} faults:\n    {}", faults.len(), all.join("\n    ")));
        };
        let place = self.at.as_ref().map_or((0, 0), |at| place(&text_of(files, &self.file), at));
        let same_place = (fault.line, fault.column) == place;
        let said = format!("{} {}", fault.message, fault.suggestion);
        let right = fault.rule.to_string() == self.rule
            && fault.file == self.file
            && fault.pointer == self.pointer
            && same_place
            && said.contains(&self.mentions);
        (!right).then(|| format!("{fault}\n    expected {} {} at {place:?}, saying {}", self.rule, self.pointer, self.mentions))
    }
}

/// Line and column, counted from 1 in characters, of a text that stands in another exactly once; `▸` in it marks the place meant.
fn place(text: &str, at: &str) -> (usize, usize) {
    let whole = at.replace('▸', "");
    assert_eq!(text.matches(&whole).count(), 1, "this must stand there exactly once: {whole}");
    let start = text.find(&whole).unwrap_or(0) + at.find('▸').unwrap_or(0);
    let lines: Vec<&str> = text[..start].split('\n').collect();
    (lines.len(), lines.last().map_or(0, |line| line.chars().count()) + 1)
}

/// Mistakes that are about a whole file, or too long to write down.
fn made_by_code() -> Vec<(Broken, Files)> {
    let broken = |name: &str, rule: &str, pointer: &str, at: Option<&str>, mentions: &str| Broken {
        name: name.to_owned(),
        rule: rule.to_owned(),
        file: DEFINITION.to_owned(),
        pointer: pointer.to_owned(),
        at: at.map(str::to_owned),
        mentions: mentions.to_owned(),
        ..Broken::default()
    };
    let files = base();
    let title = "\"title\": \"Base\"";
    let large = text_of(&files, DEFINITION) + &" ".repeat(LARGEST);
    let mut latin = text_of(&files, DEFINITION).replace("how things are", "how things áre").into_bytes();
    let accent = latin.iter().position(|&byte| byte == 0xC3).expect("the accent is there");
    latin.splice(accent..accent + 2, [0xE1]);
    let deep = format!("\"title\": {}{}", "[".repeat(32), "]".repeat(32));
    let long = format!("\"title\": \"{}\"", "a".repeat(LONGEST_TEXT + 1));
    vec![
        (broken("a file of more than 1 MiB", "too-large", "", None, "1 MiB"), replaced(&files, DEFINITION, large.as_bytes())),
        (broken("a file in Latin-1", "not-utf8", "", None, "UTF-8"), replaced(&files, DEFINITION, &latin)),
        (broken("33 levels", "too-deep", "", None, "32 levels"), edited(&files, DEFINITION, title, &deep)),
        (
            broken("a text of 4,097 bytes", "text-too-long", "/title", Some("\"title\": ▸\"a"), "4 KiB"),
            edited(&files, DEFINITION, title, &long),
        ),
    ]
}

#[test]
fn each_broken_file_gives_exactly_its_own_fault() {
    let mut wrong = Vec::new();
    let written = manifest().into_iter().map(|broken| (broken.files(), broken)).map(|(files, broken)| (broken, files));
    for (broken, files) in written.chain(made_by_code()) {
        if let Some(what) = broken.compare(&files, &load("base", &files)) {
            wrong.push(format!("{} ({}): {what}", broken.name, broken.rule));
        }
    }
    assert!(wrong.is_empty(), "{} broken files are not told as they should be:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_base_of_all_broken_files_is_sound() {
    if let Err(faults) = load("base", &base()) {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn every_rule_has_a_broken_file() {
    let source = include_str!("../src/questionnaire/fault.rs");
    let file = syn::parse_file(source).expect("fault.rs is Rust");
    let rules = file.items.iter().find_map(|item| match item {
        syn::Item::Enum(rules) if rules.ident == "Rule" => Some(rules),
        _ => None,
    });
    let known: BTreeSet<String> =
        rules.expect("fault.rs holds the rules").variants.iter().map(|variant| kebab(&variant.ident.to_string())).collect();
    assert!(known.len() >= 50, "only {} rules were read", known.len());
    let broken: BTreeSet<String> =
        manifest().into_iter().chain(made_by_code().into_iter().map(|(broken, _)| broken)).map(|b| b.rule).collect();
    let without: Vec<&String> = known.difference(&broken).collect();
    assert!(without.is_empty(), "no broken file for: {without:?}");
    let strange: Vec<&String> = broken.difference(&known).collect();
    assert!(strange.is_empty(), "no such rule: {strange:?}");
}

fn kebab(name: &str) -> String {
    let mut written = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !written.is_empty() {
            written.push('-');
        }
        written.extend(character.to_lowercase());
    }
    written
}

#[test]
fn what_is_just_small_enough_is_accepted() {
    let files = base();
    let fill = LARGEST - text_of(&files, DEFINITION).len();
    let large = text_of(&files, DEFINITION) + &" ".repeat(fill);
    assert!(load("base", &replaced(&files, DEFINITION, large.as_bytes())).is_ok(), "1 MiB");
    let long = format!("\"title\": \"{}\"", "a".repeat(LONGEST_TEXT));
    assert!(load("base", &edited(&files, DEFINITION, "\"title\": \"Base\"", &long)).is_ok(), "4 KiB");
    let gate = "\"when\": {\"item\": \"1\", \"at_least\": 1}";
    // The gate stands at level 5; each pair of brackets adds two.
    let nested = |pairs: usize| {
        let condition = format!("{}{{\"item\": \"1\", \"at_least\": 1}}{}", "{\"all\": [".repeat(pairs), "]}".repeat(pairs));
        load("base", &edited(&files, DEFINITION, gate, &format!("\"when\": {condition}")))
    };
    assert!(nested(13).is_ok(), "31 levels");
    assert_eq!(rules(&nested(14)), [Rule::TooDeep], "33 levels");
}

fn rules(found: &Result<Questionnaire, Vec<Fault>>) -> Vec<Rule> {
    found.as_ref().err().map(|faults| faults.iter().map(|fault| fault.rule).collect()).unwrap_or_default()
}

#[test]
fn brackets_hidden_behind_a_comment_cannot_exhaust_the_stack() {
    for start in ["/* \" */", "// \"\n", "{\"a\": /* \" */", "'\"'", "{\"a\": '\"'", "{'\"': ", "{\"\\", "\\\""] {
        let text = format!("{start}{}", "[".repeat(500_000));
        assert!(load("base", &replaced(&base(), DEFINITION, text.as_bytes())).is_err(), "{start}");
        let text = format!("{start}{}", "{\"a\":".repeat(150_000));
        assert!(load("base", &replaced(&base(), DEFINITION, text.as_bytes())).is_err(), "{start}");
    }
}

fn builtin_files(name: &str) -> Files {
    let (_, files) = builtin::FOLDERS.iter().find(|(folder, _)| *folder == name).expect("it ships");
    files.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())).collect()
}

/// The EPDS as other libraries have it: the place of an option counted from 0 stands for its points.
fn inverted_epds() -> Value {
    let mut epds: Value = serde_json::from_str(&text_of(&builtin_files("epds"), DEFINITION)).expect("it is JSON");
    for options in epds["option_sets"].as_object_mut().expect("there are option sets").values_mut() {
        for (place, option) in options.as_array_mut().expect("options stand in a list").iter_mut().enumerate() {
            option["points"] = place.into();
        }
    }
    epds
}

fn with_definition(name: &str, definition: &Value) -> Files {
    replaced(&builtin_files(name), DEFINITION, &serde_json::to_vec_pretty(definition).expect("it is JSON"))
}

#[test]
fn an_epds_with_positions_for_points_is_refused_with_a_sentence_that_names_the_items() {
    let faults = load("epds", &with_definition("epds", &inverted_epds())).expect_err("it must be refused");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].rule, Rule::WrongWayRound);
    assert!(faults[0].message.contains("items 3, 5, 6, 7, 8, 9, 10 look the wrong way round"), "{}", faults[0].message);
    assert!(!faults[0].message.trim_end_matches('.').contains('.'), "one sentence: {}", faults[0].message);
}

#[test]
fn an_epds_turned_round_together_with_its_healthiest_options_is_refused_too() {
    let mut epds = inverted_epds();
    for item in epds["items"].as_array_mut().expect("there are items") {
        item["healthiest"] = "first-box".into();
    }
    let found = load("epds", &with_definition("epds", &epds));
    assert_eq!(rules(&found), [Rule::EndorsingOptionMissing, Rule::HealthiestEndorses]);
    epds["critical_items"][0]["endorsed_by"] = serde_json::json!(["second-box", "third-box", "fourth-box"]);
    let found = load("epds", &with_definition("epds", &epds));
    assert!(found.is_err(), "the golden cases tell what the definition alone cannot");
}

#[test]
fn a_critical_item_that_forgets_its_mildest_option_is_refused_in_every_shipped_questionnaire() {
    for (name, _) in builtin::FOLDERS {
        let whole: Value = serde_json::from_str(&text_of(&builtin_files(name), DEFINITION)).expect("it is JSON");
        for (place, critical) in whole["critical_items"].as_array().into_iter().flatten().enumerate() {
            for (at, option) in critical["endorsed_by"].as_array().into_iter().flatten().enumerate() {
                let mut forgets = whole.clone();
                forgets["critical_items"][place]["endorsed_by"].as_array_mut().expect("a list").remove(at);
                let faults = load(name, &with_definition(name, &forgets)).err().unwrap_or_default();
                assert_eq!(faults.len(), 1, "{name} without {option}: {faults:?}");
                assert_eq!(faults[0].rule, Rule::EndorsingOptionMissing);
                assert!(faults[0].message.contains(&option.to_string()), "{}", faults[0].message);
            }
        }
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_their_places() {
    let mut files = base();
    for (find, replace) in [
        ("\"minutes\": 2,", "\"minutes\": 0,"),
        ("\"topic\": \"tiredness\"", "\"topic\": \"\""),
        ("\"range\": [0, 8]", "\"range\": [1, 8]"),
        ("\"endorsed_by\": [\"sometimes\", \"often\"]", "\"endorsed_by\": []"),
        ("\"scale\": \"total\", \"at_least\": 3", "\"scale\": \"totl\", \"at_least\": 3"),
        ("\"sources\": {", "\"sources\": {\n    \"spare\": {\"citation\": \"\"},"),
    ] {
        files = edited(&files, DEFINITION, find, replace);
    }
    let found = load("base", &files);
    let expected = [
        Rule::NotAllowedValue,
        Rule::EmptyText,
        Rule::WrongRange,
        Rule::EndorsingOptionMissing,
        Rule::EndorsingOptionMissing,
        Rule::UnknownScale,
        Rule::UnusedSource,
        Rule::EmptyText,
    ];
    assert_eq!(rules(&found), expected);
    let places: Vec<(usize, usize)> = found.expect_err("refused").iter().map(|fault| (fault.line, fault.column)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn faults_of_shape_are_told_for_every_file_even_where_the_definition_is_broken() {
    let files = edited(&base(), DEFINITION, "\"minutes\": 2,", "\"minutes\": \"2\", \"hours\": 0,");
    let files = edited(&files, "en.json", "\"language\": \"en\",", "\"language\": \"en\", \"author\": 1,");
    let files = edited(&files, "cases.json", "\"outcomes\": {\"both\": \"met\"}", "\"outcomes\": {\"both\": 1}");
    let found = load("base", &files);
    assert_eq!(rules(&found), [Rule::WrongType, Rule::UnknownKey, Rule::WrongType, Rule::UnknownKey]);
    let named: Vec<String> = found.expect_err("refused").into_iter().map(|fault| fault.file).collect();
    assert_eq!(named, ["cases.json", "en.json", DEFINITION, DEFINITION]);
}

#[test]
fn a_broken_wording_is_not_called_a_missing_one() {
    let files = edited(&base(), "en.json", "\"language\": \"en\",", "\"language\": \"en\"; ");
    assert_eq!(rules(&load("base", &files)), [Rule::NotJson]);
}

#[test]
fn columns_are_counted_in_characters() {
    let files = edited(&base(), DEFINITION, "\"minutes\": 2,", "\"topic\": \"é心é\", \"minutes\": 0,");
    let files = edited(&files, DEFINITION, "  \"topic\": \"how things are\",\n", "");
    let faults = load("base", &files).expect_err("refused");
    assert_eq!((faults[0].line, faults[0].column), (7, "  \"topic\": \"éxé\", \"minutes\": 0".chars().count()));
}

#[test]
fn a_value_that_is_not_allowed_is_answered_with_all_that_are() {
    let files = edited(&base(), DEFINITION, "\"method\": {\"kind\": \"sum\"}", "\"method\": {\"kind\": \"total\"}");
    let faults = load("base", &files).expect_err("refused");
    assert_eq!(faults[0].suggestion, "Allowed: sum, mean, count.");
    let files = edited(&base(), DEFINITION, "\"kind\": \"self-harm\"", "\"kind\": \"selfharm\"");
    let faults = load("base", &files).expect_err("refused");
    assert_eq!(faults[0].suggestion, "Allowed: self-harm, self-harm-acute, harm-to-baby.");
}

#[test]
fn points_too_large_to_add_up_are_refused_and_never_overflow() {
    let huge = |points: i64, multiplier: i64| {
        let files =
            edited(&base(), DEFINITION, "{\"id\": \"never\", \"points\": 2}", &format!("{{\"id\": \"never\", \"points\": {points}}}"));
        edited(&files, DEFINITION, "\"multiplier\": 10", &format!("\"multiplier\": {multiplier}"))
    };
    assert!(rules(&load("base", &huge(2_147_483_647, 2_147_483_647))).contains(&Rule::WrongRange));
    let text =
        text_of(&huge(2_147_483_647, 2_147_483_647), DEFINITION).replace("\"often\", \"points\": 2", "\"often\", \"points\": 2147483647");
    assert!(load("base", &replaced(&base(), DEFINITION, text.as_bytes())).is_err());
}

#[test]
fn items_with_different_points_do_not_stand_in_for_each_other() {
    // One answered item of 10 points would prorate a missing item of at most 1 point to 10: above the highest possible score.
    let files = edited(
        &base(),
        DEFINITION,
        "\"often\", \"points\": 2}\n    ],\n    \"falling\"",
        "\"often\", \"points\": 9}\n    ],\n    \"falling\"",
    );
    let files = edited(&files, DEFINITION, "\"range\": [0, 8]", "\"range\": [0, 29]");
    let text = text_of(&files, DEFINITION).replace("{\"kind\": \"mean\", \"multiplier\": 10}", "{\"kind\": \"sum\"}");
    assert_eq!(rules(&load("base", &replaced(&files, DEFINITION, text.as_bytes()))), [Rule::BadMissingRule]);
}

#[test]
fn a_scale_with_a_multiplier_can_be_proved_at_its_cut_off() {
    // Scores go in steps of 4: 11 is reached by 12 and missed by 8, and no sheet has 10 or 11.
    let files = edited(
        &base(),
        DEFINITION,
        "\"method\": {\"kind\": \"sum\"},\n      \"range\": [0, 8]",
        "\"method\": {\"kind\": \"sum\", \"multiplier\": 4},\n      \"range\": [0, 32]",
    );
    let mut files = edited(&files, DEFINITION, "\"at_least\": 4,", "\"at_least\": 14,");
    for (find, replace) in [
        ("\"points\": 8, \"band\": \"high\"", "\"points\": 32"),
        ("\"total\": {\"points\": 4}", "\"total\": {\"points\": 16}"),
        ("\"points\": 3, \"status\"", "\"points\": 12, \"status\""),
        ("\"lowest\": 0, \"highest\": 2", "\"lowest\": 0, \"highest\": 8"),
    ] {
        files = edited(&files, "cases.json", find, replace);
    }
    let found = load("base", &files);
    assert!(found.is_ok(), "{:?}", found.err());
    let far = edited(&files, DEFINITION, "\"at_least\": 14,", "\"at_least\": 18,");
    assert!(rules(&load("base", &far)).contains(&Rule::CaseMissing), "16 is not at 18, and 12 is not one below it");
}
