//! The program's own words: every id exists and is used, nobody is labelled or blamed, and a tired person can read them.
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]
#![allow(clippy::print_stderr, reason = "the reading grade is a figure to report")]

#[path = "architecture/source.rs"]
#[allow(dead_code, reason = "the architecture test uses the rest")]
mod source;

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use proc_macro2::{TokenStream, TokenTree};
use source::{every_run, is_punct, rust_files, tokens, without_tests};

const ENGLISH: &str = include_str!("../locales/en.ftl");

/// Ids that are put together at run time: the pattern as it stands in `format!`, and what may fill its gaps, together.
const COMPOSED: &[(&str, &[&[&str]])] = &[
    (
        "alert-{}-{}",
        &[
            &["self-harm", "endorsed"],
            &["self-harm", "unknown"],
            &["self-harm-acute", "endorsed"],
            &["self-harm-acute", "unknown"],
            &["harm-to-baby", "endorsed"],
            &["harm-to-baby", "unknown"],
        ],
    ),
    ("alert-interview-{}", &[&["endorsed"], &["unknown"]]),
    ("clinician-alert-{}", &[&["endorsed"], &["unknown"], &["denied"]]),
    ("clinician-{}", &[&["positive"], &["negative"], &["indeterminate"]]),
    ("kind-{}", &[&["self-harm"], &["self-harm-acute"], &["harm-to-baby"]]),
    ("list-alert-{}", &[&["endorsed"], &["unknown"]]),
    ("person-number-{}", &[&["positive"], &["negative"], &["indeterminate"]]),
    ("mode-{}", &[&["self"], &["interview"], &["paper"], &["handover"]]),
];

/// First words of ids that also begin other words of the program, such as answer states.
const NOT_ONLY_IDS: [&str; 2] = ["not", "harm"];

/// Beginnings of the ids of what a person reads who is perhaps not well.
const FOR_THE_PERSON: [&str; 6] = ["person-", "alert-", "card-", "intro-", "help-now", "about-"];

/// Most words in a sentence for the person, and the highest grade at which all of it together may read.
const LONGEST_SENTENCE: usize = 30;
const HIGHEST_GRADE: f64 = 9.0;

/// Words that label, blame, alarm or promise too much, or that this project says differently; a `*` stands for any ending.
const NEVER: &[&str] = &[
    "depressed",
    "you have depression",
    "you are at risk",
    "at-risk",
    "fail*",
    "passed",
    "normal*",
    "abnormal*",
    "good mother*",
    "bad mother*",
    "good parent*",
    "bad parent*",
    "commit*",
    "suicidality",
    "successful",
    "unsuccessful",
    "manipulative",
    "non-compliant",
    "noncompliant",
    "baby blues",
    "severe*",
    "pmad*",
    "no risk",
    "secret*",
    "should have",
    "mentally ill",
    "disorder*",
    "crazy",
    "congratulations",
    "well done",
    "hotline*",
    "test",
    "tests",
    "quiz*",
    "patient",
    "patients",
    "user*",
    "question number",
];

/// Messages by id, with what stands on the lines below them; and every text that is shown, without names of variables and cases.
fn messages() -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in ENGLISH.lines() {
        if line.starts_with(' ') {
            let text = messages.get_mut(&last).unwrap_or_else(|| panic!("a line without an id above it: {line}"));
            *text = format!("{text}\n{}", line.trim());
        } else if let Some((id, text)) = line.split_once('=').filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase())) {
            id.trim().clone_into(&mut last);
            assert!(messages.insert(last.clone(), text.trim().to_owned()).is_none(), "{last} stands twice");
        } else if line == "}" {
            // The end of cases.
        } else {
            assert!(line.is_empty() || line.starts_with('#'), "not read: {line}");
        }
    }
    messages
}

/// What is shown of a message: each case of it on a line, a variable as one short word.
fn shown(message: &str) -> String {
    let mut text = String::new();
    for line in message.lines() {
        let line = line.split_once("] ").filter(|_| line.starts_with(['[', '*'])).map_or(line, |(_, shown)| shown);
        if !line.ends_with("->") {
            text.push_str(line);
            text.push('\n');
        }
    }
    while let Some((before, (_, after))) = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        text = format!("{before}this{after}");
    }
    text
}

/// Variables of a message.
fn variables(message: &str) -> BTreeSet<String> {
    let names = message.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or(""));
    names.map(str::to_owned).collect()
}

/// The value of a token that is a string.
fn string(token: Option<&TokenTree>) -> Option<String> {
    let TokenTree::Literal(literal) = token? else { return None };
    match syn::parse_str(&literal.to_string()) {
        Ok(syn::Lit::Str(text)) => Some(text.value()),
        _ => None,
    }
}

/// Ids given to the methods that look a message up, each with the names of the values that are given with it where they stand there.
fn asked_for(stream: TokenStream) -> Vec<(String, Option<BTreeSet<String>>)> {
    let mut asked = Vec::new();
    every_run(stream, &mut |run| {
        for (place, token) in run.iter().enumerate() {
            let (TokenTree::Ident(method), Some(TokenTree::Group(arguments))) = (token, run.get(place + 1)) else { continue };
            if place == 0 || !is_punct(run.get(place - 1), '.') {
                continue;
            }
            let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
            let mut parts = arguments.split(|token| is_punct(Some(token), ','));
            let id = match method.to_string().as_str() {
                "text" | "say_id" | "with" | "count" => parts.next(),
                "read" => parts.nth(1),
                _ => None,
            };
            let Some(id) = id.filter(|part| part.len() == 1).and_then(|part| string(part.first())) else { continue };
            let values = match method.to_string().as_str() {
                "with" => parts.next().and_then(names),
                "count" => parts.nth(1).and_then(names).map(|names| names.into_iter().chain(["count".to_owned()]).collect()),
                "text" => Some(BTreeSet::new()),
                _ => None,
            };
            asked.push((id, values));
        }
    });
    asked
}

/// Names in `&[("name", …), …]`; `None` where the values stand elsewhere.
fn names(part: &[TokenTree]) -> Option<BTreeSet<String>> {
    let [ampersand, TokenTree::Group(list)] = part else { return None };
    let pairs = list.stream().into_iter().filter_map(|token| match token {
        TokenTree::Group(pair) => string(pair.stream().into_iter().next().as_ref()),
        _ => None,
    });
    is_punct(Some(ampersand), '&').then(|| pairs.collect())
}

/// Every string in a stream of tokens.
fn strings(stream: TokenStream) -> Vec<String> {
    let mut all = Vec::new();
    every_run(stream, &mut |run| all.extend(run.iter().filter_map(|token| string(Some(token)))));
    all
}

/// The tokens of `src` without its tests, by file.
fn source() -> Vec<(String, TokenStream)> {
    let files = rust_files("src").into_iter();
    files.map(|(path, text)| (path.display().to_string(), without_tests(tokens(&path, &text)))).collect()
}

/// Ids that the table of composed ids yields.
fn composed() -> BTreeSet<String> {
    let fill = |pattern: &str, parts: &[&str]| parts.iter().fold(pattern.to_owned(), |id, part| id.replacen("{}", part, 1));
    COMPOSED.iter().flat_map(|(pattern, fillings)| fillings.iter().map(move |parts| fill(pattern, parts))).collect()
}

/// Whether a string looks like the pattern of an id: words, hyphens, and at least one gap.
fn is_pattern(text: &str) -> bool {
    let whole = text.contains("-{}") && text.split('-').all(|part| part == "{}" || part.chars().all(|c| c.is_ascii_lowercase()));
    whole && text.starts_with(|first: char| first.is_ascii_lowercase())
}

#[test]
fn the_words_parse() {
    let parsed = FluentResource::try_new(ENGLISH.to_owned()).map_err(|(_, errors)| errors);
    let resource = parsed.expect("every line is Fluent");
    let mut bundle = fluent_bundle::FluentBundle::new(vec!["en".parse().expect("a language")]);
    bundle.add_resource(resource).expect("no id stands twice");
    let messages = messages();
    assert!(messages.len() > 100);
    for id in messages.keys() {
        assert!(bundle.get_message(id).is_some_and(|message| message.value().is_some()), "{id} has no text");
    }
}

#[test]
fn every_id_that_is_asked_for_exists_and_gets_its_values() {
    let messages = messages();
    let mut seen = 0;
    for (path, stream) in source() {
        for (id, given) in asked_for(stream) {
            seen += 1;
            let message = messages.get(&id).unwrap_or_else(|| panic!("{path}: there is no text {id:?}"));
            if let Some(given) = given {
                assert_eq!(variables(message), given, "{path}: the values of {id:?}");
            }
        }
    }
    assert!(seen > 100, "only {seen} uses were found");
    for id in composed() {
        assert!(messages.contains_key(&id), "there is no text {id:?}, which is put together at run time");
    }
}

#[test]
fn every_string_that_looks_like_an_id_is_one() {
    let messages = messages();
    let first = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    let firsts: BTreeSet<String> = messages.keys().filter(|id| id.contains('-')).map(|id| first(id)).collect();
    for (path, stream) in
        source().into_iter().filter(|(path, _)| ["src/report/", "src/terminal/", "src/cli/"].iter().any(|room| path.starts_with(room)))
    {
        for text in strings(stream) {
            let shape = text.contains('-')
                && text.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
            if shape && firsts.contains(&first(&text)) && !NOT_ONLY_IDS.contains(&first(&text).as_str()) {
                let other = ["phq-9", "gad-7"].contains(&text.as_str());
                assert!(other || messages.contains_key(&text), "{path}: there is no text {text:?}");
            }
        }
    }
}

#[test]
fn ids_are_put_together_only_as_the_table_says() {
    let named = |text: String| text.replace("{mode}", "{}").replace("{state}", "{}");
    let patterns: BTreeSet<String> =
        source().into_iter().flat_map(|(_, stream)| strings(stream)).map(named).filter(|text| is_pattern(text)).collect();
    let table: BTreeSet<String> = COMPOSED.iter().map(|(pattern, _)| (*pattern).to_owned()).collect();
    assert_eq!(patterns, table, "write what fills the gaps into the table");
}

#[test]
fn no_text_is_unused() {
    let mut used = composed();
    used.extend(source().into_iter().flat_map(|(_, stream)| strings(stream)));
    // Names the language of the file itself.
    used.insert("language".to_owned());
    let unused: Vec<String> = messages().into_keys().filter(|id| !used.contains(id)).collect();
    assert!(unused.is_empty(), "no line of src uses {unused:?}");
}

#[test]
fn no_text_labels_or_blames() {
    for (id, message) in messages() {
        let text = shown(&message);
        assert_eq!(labels(&text), Vec::<&str>::new(), "{id}: {text}");
        for sentence in sentences(&text).iter().map(|sentence| sentence.to_lowercase()) {
            let negated = ["not a diagnosis", "no diagnosis", "not give a diagnosis", "never a diagnosis"];
            let said = sentence.contains("diagnos");
            assert!(
                !said || negated.iter().any(|form| sentence.contains(form)),
                "{id}: a diagnosis is only named to say that there is none"
            );
        }
    }
}

/// Words of [`NEVER`] in a text.
fn labels(text: &str) -> Vec<&'static str> {
    let kept = |character: char| character.is_alphanumeric() || character == '-' || character == '\'';
    let words: Vec<String> = text.to_lowercase().split(|c| !kept(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let text = format!(" {} ", words.join(" "));
    let found = NEVER.iter().filter(|word| match word.strip_suffix('*') {
        Some(beginning) => text.contains(&format!(" {beginning}")),
        None => text.contains(&format!(" {word} ")),
    });
    found.copied().collect()
}

#[test]
fn labels_are_seen() {
    assert_eq!(labels("You failed, and are Depressed."), ["depressed", "fail*"]);
    assert_eq!(labels("A \"good mother\" would; latest, contest, patience."), ["good mother*"]);
    assert_eq!(labels("Many people have a hard time."), Vec::<&str>::new());
}

/// Sentences of a text; a line ends one too.
fn sentences(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        for part in line.split_inclusive(['.', '?', '!']) {
            match all.last_mut() {
                // "app-network.org": a full stop inside a word ends nothing.
                Some(last) if !part.starts_with([' ', '"', ')']) && line.contains(&format!("{last}{part}")) => {
                    last.push_str(part);
                }
                _ => all.push(part.to_owned()),
            }
        }
    }
    all.into_iter().map(|sentence| sentence.trim().to_owned()).filter(|sentence| !words(sentence).is_empty()).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}

/// Syllables of an English word, by the runs of its vowels; a silent e at the end is none, and "ia" or "io" are two but after c, g, s, t.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let begins = |place: usize| match (place.checked_sub(2).map(|two| letters[two]), place.checked_sub(1).map(|one| letters[one])) {
        (before, Some('i')) if "aou".contains(letters[place]) => before.is_none_or(|before| !"cgst".contains(before)),
        (_, Some(before)) => !is_vowel(before),
        (_, None) => true,
    };
    let runs = (0..letters.len()).filter(|&place| is_vowel(letters[place]) && begins(place)).count();
    let silent = letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']) && runs > 1;
    (runs - usize::from(silent)).max(1)
}

/// The Flesch-Kincaid grade of texts together.
#[allow(clippy::cast_precision_loss, reason = "a text has few words")]
fn grade(texts: &[String]) -> f64 {
    let sentences: Vec<String> = texts.iter().flat_map(|text| sentences(text)).collect();
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * words.len() as f64 / sentences.len() as f64 + 11.8 * syllables as f64 / words.len() as f64 - 15.59
}

/// What the person reads, by id.
fn for_the_person() -> BTreeMap<String, String> {
    let mine = |id: &String| FOR_THE_PERSON.iter().any(|beginning| id.starts_with(beginning));
    let others = ["alert-interview-", "intro-interview", "help-now-source"];
    let kept = messages().into_iter().filter(|(id, _)| mine(id) && !others.iter().any(|other| id.starts_with(other)));
    kept.map(|(id, message)| (id, shown(&message))).collect()
}

#[test]
fn sentences_for_the_person_are_short() {
    let texts = for_the_person();
    assert!(texts.len() > 40, "only {} texts were found", texts.len());
    let mut long = Vec::new();
    for (id, text) in &texts {
        let many = sentences(text).into_iter().filter(|sentence| words(sentence).len() > LONGEST_SENTENCE);
        long.extend(many.map(|sentence| format!("{id}: {} words: {sentence}", words(&sentence).len())));
    }
    assert!(long.is_empty(), "{LONGEST_SENTENCE} words are allowed:\n{}", long.join("\n"));
}

#[test]
fn the_persons_texts_read_easily() {
    let texts = for_the_person();
    let hardest = texts.iter().map(|(id, text)| (grade(std::slice::from_ref(text)), id)).max_by(|left, right| left.0.total_cmp(&right.0));
    let (hardest, id) = hardest.map(|(grade, id)| (grade, id.clone())).expect("there are texts");
    let texts: Vec<String> = texts.into_values().collect();
    let whole = grade(&texts);
    assert!(whole <= HIGHEST_GRADE, "the texts read at grade {whole:.1}, {HIGHEST_GRADE} is allowed");
    // Sentences only: titles and lines of numbers are no prose and would flatter.
    let prose: Vec<String> = texts.into_iter().filter(|text| text.trim_end().ends_with(['.', '?', '"'])).collect();
    let prose = grade(&prose);
    assert!(prose <= HIGHEST_GRADE, "the sentences read at grade {prose:.1}, {HIGHEST_GRADE} is allowed");
    eprintln!("reading grade (Flesch-Kincaid): all texts {whole:.1}, sentences {prose:.1}, hardest {id} {hardest:.1}");
}

#[test]
fn the_measure_of_reading_knows_easy_from_hard() {
    let easy = ["The cat sat on the mat. It was warm.".to_owned()];
    let hard =
        ["Standardised psychometric instrumentation necessitates interdisciplinary interpretation of multidimensional evidence."
            .to_owned()];
    assert!(grade(&easy) < 2.0 && grade(&hard) > 15.0, "{} {}", grade(&easy), grade(&hard));
    assert_eq!(["help", "midwife", "table", "diagnosis", "be", "question", "period"].map(syllables), [1, 2, 2, 4, 1, 2, 3]);
    assert_eq!(sentences("One. Two (2018); app-network.org. Three?").len(), 3);
}
