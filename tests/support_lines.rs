//! `support/lines.json` and the card made from it: a wrong number can cost a life, so every promise of docs/support-lines.md is checked.
//!
//! `data/researched-lines.json` is a second copy of every number and address as the research displayed it, so that a slip of a key in
//! one file is seen; `data/do-not-ship.json` holds numbers that are wrong, retired or another country's.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use periscreen::messages::Messages;
use periscreen::report::card;
use periscreen::safety::lines::{Channel, ChannelKind, Line, Lines, RegionLines};
use periscreen::safety::{Card, Region};
use serde::Deserialize;

/// A day on which nothing is past its review.
const FRESH: &str = "2026-11-22";
/// A day on which everything is.
const STALE: &str = "2036-01-01";

/// One entry of the research.
#[derive(Deserialize)]
struct Researched {
    id: String,
    country: String,
    category: String,
    grade: String,
    is_24_7: bool,
    for_a_crisis: bool,
    reached_by: Vec<String>,
}

/// A number that must not stand under a country; `*` is every country.
#[derive(Deserialize)]
struct Kept {
    country: String,
    number: String,
    why: String,
}

impl Kept {
    /// Its numbers as digits; two may share an entry.
    fn digits(&self) -> Vec<String> {
        self.number.split(" / ").map(digits).collect()
    }
}

fn lines() -> Lines {
    Lines::embedded().expect("support/lines.json has the shape of safety::Lines")
}

fn researched() -> BTreeMap<String, Researched> {
    let entries: Vec<Researched> = serde_json::from_str(include_str!("data/researched-lines.json")).expect("it is a list");
    entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect()
}

fn do_not_ship() -> Vec<Kept> {
    serde_json::from_str(include_str!("data/do-not-ship.json")).expect("it is a list")
}

/// Every line with its region code and the part of the card it stands in.
fn every_line(lines: &Lines) -> Vec<(&str, &'static str, &Line)> {
    let mut all = Vec::new();
    for (code, region) in &lines.regions {
        for (part, lines) in [("emergency", &region.emergency), ("crisis", &region.crisis), ("support", &region.support)] {
            all.extend(lines.iter().map(|line| (code.as_str(), part, line)));
        }
    }
    all
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a text is a day, or where allowed a month or a year, of this century.
fn is_date(text: &str, whole_day: bool) -> bool {
    let whole = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() && text.len() == 10;
    let shape = text.starts_with("20") && text.chars().all(|character| character.is_ascii_digit() || character == '-');
    let month = text.len() == 7 && chrono::NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").is_ok();
    shape && (whole || (!whole_day && (month || text.len() == 4)))
}

fn region(code: &str) -> Region {
    Region::new(code).expect("a code is two letters")
}

fn card_text(lines: &Lines, code: Option<&str>, day: &str, width: usize) -> String {
    let region = code.map(region);
    card::page(&Messages::english(), &Card::new(lines, region.as_ref(), day)).to_text(width)
}

#[test]
fn every_region_has_an_emergency_number_and_a_name_of_its_own() {
    let lines = lines();
    assert_eq!(lines.format, 1);
    assert!(is_date(&lines.compiled_on, true));
    assert_eq!(lines.regions.len(), 50);
    let names: BTreeSet<&str> = lines.regions.values().map(|region| region.name.as_str()).collect();
    assert_eq!(names.len(), 50, "two regions have one name");
    for (code, region) in &lines.regions {
        assert_eq!(Region::new(code).map(|region| region.to_string()).as_ref(), Some(code), "a code is two capitals");
        let calls = region.emergency.iter().flat_map(|line| &line.channels);
        let calls = calls.filter(|channel| channel.kind == ChannelKind::Voice && channel.number.is_some());
        assert!(calls.count() >= 1, "{code}: no emergency number to call");
    }
    assert!(lines.generic.lines.len() >= 3 && lines.generic.sources.len() >= 3);
}

#[test]
fn every_line_says_where_it_comes_from_and_when_to_look_again() {
    let lines = lines();
    let mut ids = BTreeSet::new();
    for (code, part, line) in every_line(&lines) {
        let id = &line.id;
        assert!(ids.insert(id.clone()), "{id}: this id stands twice");
        assert!(id.starts_with(&format!("{}-", code.to_lowercase())), "{id}: not an id of {code}");
        assert!(!line.name.trim().is_empty() && !line.hours.trim().is_empty(), "{id}: no name or no hours");
        sources_are_dated(line);
        assert!(is_date(&line.review_by, true) && line.review_by > lines.compiled_on, "{id}: review_by");
        let checked = line.verified_on.as_deref();
        assert!(checked.is_none_or(|day| is_date(day, true) && day >= lines.compiled_on.as_str()), "{id}: verified_on");
        assert_eq!(line.is_24_7, line.hours.starts_with("24/7"), "{id}: is_24_7 and {:?} do not agree", line.hours);
        assert_eq!(line.is_24_7, line.hours.contains("24/7"), "{id}: {:?}", line.hours);
        let grades: &[&str] = if part == "crisis" { &["A", "A-"] } else { &["A", "A-", "B"] };
        assert!(grades.contains(&line.grade.as_str()), "{id}: grade {} may not stand under {part}", line.grade);
        assert!(part == "support" || !line.not_a_crisis_line, "{id}: crisis and support lines are never mixed up");
    }
    let researched: BTreeSet<String> = researched().into_keys().collect();
    assert_eq!(ids, researched, "a line has come or gone without its copy in the tests");
}

/// At least one source, and the newest date among them is the one that the card shows.
fn sources_are_dated(line: &Line) {
    let id = &line.id;
    assert!(!line.sources.is_empty(), "{id}: no source");
    for source in &line.sources {
        assert!(!source.reference.trim().is_empty(), "{id}: an empty source");
        assert!(source.date.as_deref().is_none_or(|date| is_date(date, false)), "{id}: {:?} is no date", source.date);
    }
    let newest = line.sources.iter().filter_map(|source| source.date.as_deref()).max();
    assert_eq!(line.newest_source.as_deref(), newest, "{id}: newest_source is not the newest date of its sources");
}

#[test]
fn every_channel_can_be_used() {
    let lines = lines();
    for (_, _, line) in every_line(&lines) {
        assert!(!line.channels.is_empty(), "{}: no way to reach it", line.id);
        for channel in &line.channels {
            assert_eq!(channel_fault(channel), None, "{}: {channel:?}", line.id);
        }
    }
}

/// What is wrong with a channel.
fn channel_fault(channel: &Channel) -> Option<&'static str> {
    let by_number = matches!(channel.kind, ChannelKind::Voice | ChannelKind::Sms | ChannelKind::Whatsapp);
    if by_number != channel.number.is_some() || by_number == channel.url.is_some() {
        return Some("a call or message has a number, a page or chat an address");
    }
    if channel.number.as_deref().is_some_and(|number| !is_number(number)) {
        return Some("the number has other characters than digits, spaces, hyphens and a leading + or *");
    }
    if channel.url.as_deref().is_some_and(|url| !url.starts_with("https://") || url.contains(char::is_whitespace)) {
        return Some("the address is not one of https");
    }
    if channel.keyword.is_some() && channel.kind != ChannelKind::Sms {
        return Some("a word to send goes with a text message");
    }
    let letters = channel.letters.as_deref().map(on_the_keys);
    (letters.is_some() && letters != channel.number.as_deref().map(digits)).then_some("the letters are not the digits")
}

fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '*']).unwrap_or(text);
    let ends = rest.starts_with(|first: char| first.is_ascii_digit()) && rest.ends_with(|last: char| last.is_ascii_digit());
    ends && digits(rest).len() >= 2 && rest.chars().all(|character| character.is_ascii_digit() || " -".contains(character))
}

/// A number spelt with letters, as the keys of a telephone.
fn on_the_keys(text: &str) -> String {
    let key = |character: char| match character.to_ascii_uppercase() {
        'A'..='C' => Some('2'),
        'D'..='F' => Some('3'),
        'G'..='I' => Some('4'),
        'J'..='L' => Some('5'),
        'M'..='O' => Some('6'),
        'P'..='S' => Some('7'),
        'T'..='V' => Some('8'),
        'W'..='Z' => Some('9'),
        digit @ '0'..='9' => Some(digit),
        _ => None,
    };
    text.chars().filter_map(key).collect()
}

#[test]
fn channel_faults_are_seen() {
    let channel = |json: &str| serde_json::from_str::<Channel>(json).expect("it is a channel");
    assert_eq!(channel_fault(&channel(r#"{"type": "voice", "number": "1-800-944-4773", "letters": "1-800-944-4PPD"}"#)), None);
    for wrong in [
        r#"{"type": "voice", "number": "1-800-944-4773", "letters": "1-800-944-4PPP"}"#,
        r#"{"type": "voice", "url": "https://example.org/"}"#,
        r#"{"type": "web", "number": "112"}"#,
        r#"{"type": "voice", "number": "112 ext. 5"}"#,
        r#"{"type": "chat", "url": "http://example.org/"}"#,
        r#"{"type": "voice", "number": "85258", "keyword": "SHOUT"}"#,
    ] {
        assert!(channel_fault(&channel(wrong)).is_some(), "{wrong}");
    }
}

#[test]
fn every_number_stands_as_the_research_displayed_it() {
    let (lines, researched) = (lines(), researched());
    for (code, part, line) in every_line(&lines) {
        let found = researched.get(&line.id).unwrap_or_else(|| panic!("{}: not in the research", line.id));
        assert_eq!((code, line.grade.as_str()), (found.country.as_str(), found.grade.as_str()), "{}", line.id);
        let reached: Vec<&str> = line.channels.iter().filter_map(|channel| channel.number.as_deref().or(channel.url.as_deref())).collect();
        assert_eq!(reached, found.reached_by, "{}", line.id);
        assert!(!line.is_24_7 || found.is_24_7, "{}: open day and night only where the data say so", line.id);
        assert_eq!(line.not_a_crisis_line, !found.for_a_crisis, "{}: marked as no crisis line where that is so", line.id);
        let belongs = match found.category.as_str() {
            "emergency" => "emergency",
            "maternal-perinatal" => "support",
            _ => "crisis",
        };
        assert_eq!(part, belongs, "{}", line.id);
    }
}

#[test]
fn no_number_of_the_do_not_ship_list_stands_under_its_country() {
    let (lines, kept) = (lines(), do_not_ship());
    assert!(kept.len() >= 40, "the list has {} entries", kept.len());
    for (code, region) in &lines.regions {
        let numbers = numbers_of(region);
        for entry in kept.iter().filter(|entry| entry.country == *code || entry.country == "*") {
            for number in entry.digits() {
                assert!(!number.is_empty() && !numbers.contains(&number), "{code}: {} must not ship: {}", entry.number, entry.why);
            }
        }
    }
    let text = lines.generic.lines.join("\n");
    assert_eq!(forbidden(&text, &kept), Vec::<String>::new(), "the generic block");
    let double = kept.iter().find(|entry| entry.number.contains(" / ")).expect("some entries have two numbers");
    assert_eq!(double.digits().len(), 2);
}

/// Numbers of a region as digits; one with the leading 1 of North America counts without it too.
fn numbers_of(region: &RegionLines) -> BTreeSet<String> {
    let lines = region.emergency.iter().chain(&region.crisis).chain(&region.support);
    lines.flat_map(|line| &line.channels).filter_map(|channel| channel.number.as_deref()).map(digits).collect()
}

/// Numbers of the do-not-ship list, of 6 digits or more, that stand anywhere in a text, however they are spaced.
fn forbidden(text: &str, kept: &[Kept]) -> Vec<String> {
    let separates = |character: char| !(character.is_ascii_digit() || " -.()\u{a0}".contains(character));
    let runs: Vec<String> = text.split(separates).map(digits).filter(|run| run.len() >= 6).collect();
    let mut found = Vec::new();
    for number in kept.iter().flat_map(Kept::digits).filter(|number| number.len() >= 6) {
        let bare = if number.len() == 11 { number.strip_prefix('1').unwrap_or(&number) } else { &number };
        found.extend(runs.iter().any(|run| run.contains(bare)).then(|| number.clone()));
    }
    found
}

#[test]
fn no_text_names_a_forbidden_number_to_call() {
    let kept = do_not_ship();
    let planted = "Call (800) 273-8255 or 0457 12.";
    assert_eq!(forbidden(planted, &kept), ["18002738255"]);
    let mut seen = 0;
    for folder in ["locales", "docs", "support"] {
        for entry in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + folder) {
            let entry = entry.expect("the folder can be read");
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            seen += 1;
            // The page on the list may name what it leaves out, and why, in that section only.
            let text = match text.split_once("\n## What was left out") {
                Some((before, rest)) => before.to_owned() + rest.split_once("\n## ").map_or("", |(_, after)| after),
                None => text,
            };
            assert_eq!(forbidden(&text, &kept), Vec::<String>::new(), "{}", entry.path().display());
            short_numbers(&text, &kept, entry.path());
        }
    }
    assert!(seen >= 5, "only {seen} texts were looked at");
}

/// Short forbidden numbers are another country's right ones, so they count in a line of a table that names the country by its code.
fn short_numbers(text: &str, kept: &[Kept], path: &std::path::Path) {
    for line in text.lines().filter(|line| line.starts_with('|')) {
        for entry in kept.iter().filter(|entry| line.contains(&format!("({})", entry.country))) {
            let words: Vec<String> = line.split(|character: char| !character.is_ascii_digit() && character != '-').map(digits).collect();
            for number in entry.digits().into_iter().filter(|number| number.len() < 6) {
                assert!(!words.contains(&number), "{}: {number} must not stand under {}: {line}", path.display(), entry.country);
            }
        }
    }
}

#[test]
fn the_programs_own_words_hold_no_number_to_call() {
    let text = include_str!("../locales/en.ftl");
    let long = text.split(|character: char| !character.is_ascii_digit()).filter(|run| run.len() >= 3 && !run.starts_with("20"));
    assert_eq!(long.collect::<Vec<_>>(), Vec::<&str>::new(), "numbers stand in support/lines.json, with their sources");
}

#[test]
fn no_card_is_empty() {
    let lines = lines();
    for (code, region) in &lines.regions {
        let text = card_text(&lines, Some(code), FRESH, 80);
        for channel in region.emergency.iter().flat_map(|line| &line.channels) {
            assert!(text.contains(channel.number.as_deref().unwrap_or("?")), "{code}: {channel:?} is not on the card\n{text}");
        }
    }
    for code in [Some("XX"), None] {
        assert!(!lines.regions.contains_key("XX"));
        let text = card_text(&lines, code, FRESH, 1000);
        for line in &lines.generic.lines {
            assert!(text.contains(line), "{code:?}: the generic block is not on the card\n{text}");
        }
    }
}

#[test]
fn a_card_shows_every_number_of_its_region_and_no_other() {
    let lines = lines();
    for (code, region) in &lines.regions {
        let mut text = card_text(&lines, Some(code), FRESH, 1000);
        let own = numbers_of(region);
        let entries = || region.emergency.iter().chain(&region.crisis).chain(&region.support);
        let mut parts: Vec<&str> = entries().filter_map(|line| line.newest_source.as_deref()).collect();
        for line in entries() {
            // What is said around a number names no number of its own but those of the region.
            parts.extend([line.name.as_str(), line.hours.as_str()].into_iter().chain(line.cost.as_deref()));
            parts.extend(line.languages.iter().map(String::as_str).chain(line.subdivision.as_deref()));
            for channel in &line.channels {
                let reach = channel.number.as_deref().or(channel.url.as_deref()).unwrap_or("?");
                assert!(text.contains(reach), "{code}: {reach} is not on the card\n{text}");
                parts.push(reach);
                let around = [&channel.letters, &channel.menu, &channel.note, &channel.keyword, &channel.language];
                parts.extend(around.into_iter().flatten().map(String::as_str));
                for text in [Some(&line.name), channel.menu.as_ref(), channel.note.as_ref()].into_iter().flatten() {
                    let named = text.split(|character: char| !character.is_ascii_digit()).filter(|run| run.len() >= 3);
                    let foreign: Vec<&str> = named.filter(|number| !own.contains(*number)).collect();
                    assert!(foreign.is_empty(), "{code}: {text:?} names {foreign:?}");
                }
            }
        }
        // With all of its own taken away, no digit is left for another country's number.
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        for part in parts {
            text = text.replace(part, "");
        }
        assert_eq!(digits(&text), "", "{code}: a number of nobody is on the card\n{text}");
    }
}

#[test]
fn the_american_card_has_its_order() {
    let lines = lines();
    let text = card_text(&lines, Some("US"), FRESH, 80);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is not on the card\n{text}"));
    assert!(place("Call 911") < place("Call 988"));
    assert!(place("Call 988") < place("Text 988"));
    assert!(place("Text 988") < place("Support in pregnancy"));
    assert!(place("Support in pregnancy") < place("National Maternal Mental Health Hotline"));
    assert!(place("National Maternal Mental Health Hotline") < place("Call 1-833-852-6262"));
    let marked = text.lines().find(|line| line.contains("National Maternal Mental Health Hotline")).expect("it is there");
    assert!(marked.contains("not a crisis line"), "{marked}");
    let before = &text[..place("Support in pregnancy")];
    assert!(!before.contains("1-833"), "a support line stands before the crisis lines");
}

#[test]
fn every_card_goes_from_danger_to_crisis_to_support() {
    let (lines, words) = (lines(), Messages::english());
    for (code, region) in &lines.regions {
        let text = card_text(&lines, Some(code), FRESH, 1000);
        let headings = [words.text("card-danger"), words.text("card-crisis"), words.text("card-support")];
        let places: Vec<Option<usize>> = headings.iter().map(|heading| text.find(heading)).collect();
        assert!(places[0].is_some() && places[0] < places[1], "{code}\n{text}");
        assert_eq!(places[2].is_some(), !region.support.is_empty(), "{code}\n{text}");
        assert!(places[2].is_none() || places[1] < places[2], "{code}\n{text}");
        let told = text.contains(&words.with("card-no-crisis", &[("region", &region.name)]));
        assert_eq!(told, region.crisis.is_empty(), "{code}: a missing crisis line is said, not passed over\n{text}");
        let marked = text.matches(&words.text("card-not-crisis")).count();
        let to_mark = region.support.iter().filter(|line| line.not_a_crisis_line).count();
        assert_eq!(marked, to_mark, "{code}: what is no crisis line is marked, and nothing else\n{text}");
        let open = region.emergency.iter().chain(&region.crisis).chain(&region.support).any(|line| line.hours.contains("24/7"));
        assert!(open || !text.contains("24/7"), "{code}: 24/7 only where the data say so");
    }
}

#[test]
fn an_old_list_says_so_and_still_shows_its_numbers() {
    let (lines, old) = (lines(), Messages::english().text("card-old"));
    for (code, region) in &lines.regions {
        assert!(!card_text(&lines, Some(code), FRESH, 1000).contains(&old), "{code}: it is not old yet");
        let text = card_text(&lines, Some(code), STALE, 1000);
        assert!(text.contains(&old), "{code}: it does not say that it is old\n{text}");
        let shown = region.emergency.iter().chain(&region.crisis).chain(&region.support).flat_map(|line| &line.channels);
        for number in shown.filter_map(|channel| channel.number.as_deref()) {
            assert!(text.contains(number), "{code}: {number} has gone\n{text}");
        }
    }
}

#[test]
fn a_number_is_never_broken_over_two_lines() {
    let lines = lines();
    for (code, region) in &lines.regions {
        for width in [80, 40] {
            let text = card_text(&lines, Some(code), FRESH, width);
            let shown = region.emergency.iter().chain(&region.crisis).chain(&region.support).flat_map(|line| &line.channels);
            for number in shown.filter_map(|channel| channel.number.as_deref()) {
                assert!(text.lines().any(|line| line.contains(number)), "{code}, {width} columns: {number} is broken\n{text}");
            }
        }
    }
}
