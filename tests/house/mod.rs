//! A house for one test: an empty temporary home, a cleared environment, and the program run inside it.
//!
//! Every run is watched: it must not panic, must end by itself, and an error has at most four lines.

// Each test file uses its part of the house.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_periscreen");

/// A temporary home with everything a program might write to.
pub(crate) struct House {
    root: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    pub(crate) fn new() -> Self {
        let root = TempDir::new().expect("a temporary folder");
        for folder in ["home", "config", "data", "cache", "state", "run", "tmp", "here"] {
            fs::create_dir(root.path().join(folder)).expect("an empty folder");
        }
        Self { root }
    }

    /// The whole house, for looking over every file in it.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// The folder the program is started in.
    pub(crate) fn here(&self) -> PathBuf {
        self.root.path().join("here")
    }

    /// Writes a file into the folder the program is started in.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.here().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(&path, text).expect("the file");
        path
    }

    /// The only environment the program gets.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let place = |folder: &str| self.root.path().join(folder).display().to_string();
        vec![
            ("HOME", place("home")),
            ("XDG_CONFIG_HOME", place("config")),
            ("XDG_DATA_HOME", place("data")),
            ("XDG_CACHE_HOME", place("cache")),
            ("XDG_STATE_HOME", place("state")),
            ("XDG_RUNTIME_DIR", place("run")),
            ("TMPDIR", place("tmp")),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "en_US.UTF-8".to_owned()),
        ]
    }

    /// A command of the program, not yet started.
    // The product starts no other program; its tests start the product.
    #[allow(clippy::disallowed_methods)]
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().envs(self.environment()).current_dir(self.here());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program with this standard input.
    pub(crate) fn run(&self, arguments: &[&str], input: &str) -> Outcome {
        finish(self.command(arguments).spawn().expect("the program starts"), input.as_bytes())
    }

    /// Every file and folder in the house with its content.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = walkdir::WalkDir::new(self.root.path()).into_iter().map(|entry| entry.expect("the house can be walked"));
        entries.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap_or_default())).collect()
    }

    /// Makes a folder of questionnaires with one in it: `long-two`, two items, 23 answers each, very long and wide words.
    pub(crate) fn long_questionnaire(&self) -> PathBuf {
        let ids: Vec<String> = (0..23).map(|place| format!("o-{place}")).collect();
        let options: Vec<Value> = ids.iter().enumerate().map(|(points, id)| json!({"id": id, "points": points})).collect();
        let labels: serde_json::Map<String, Value> =
            ids.iter().enumerate().map(|(place, id)| (id.clone(), json!(format!("答え{place:02} {}", "とても".repeat(9))))).collect();
        let definition = json!({
            "format": 1, "id": "long-two", "edition": "made by a test", "title": "Long-2", "full_title": "A long one",
            "topic": "long words", "minutes": 1, "recall_days": 0, "option_sets": {"many": options},
            "items": [{"id": "1", "topic": "first", "options": "many", "healthiest": "o-0"},
                      {"id": "2", "topic": "second", "options": "many", "healthiest": "o-0"}],
            "scales": [{"id": "total", "title": "Total", "items": ["1", "2"], "method": {"kind": "sum"}, "range": [0, 44],
                        "missing": {"rule": "complete"}, "exploratory": false}],
            "sources": {"made-up": {"citation": "Made by a test.", "url": "https://example.invalid"}},
            "rights": {"holder": "nobody", "terms": "none", "citation": "none", "may_modify": true, "may_translate": true,
                       "commercial_use": "none", "wording": "bundled", "source": "made-up"}
        });
        let wording = json!({
            "format": 1, "language": "en", "title": "A long one", "source": "a test", "rights_line": "Nobody's words.",
            "instruction": LONG_INSTRUCTION, "items": {"1": {"text": LONG_STEM}, "2": {"text": "二つ目の問い"}}, "option_sets": {"many": labels}
        });
        let case = |name: &str, answers: Value, total: Value| json!({"name": name, "source": "made-up", "answers": answers, "scales": {"total": total}});
        let cases = json!({"format": 1, "cases": [
            case("best everywhere", json!({"1": "o-0", "2": "o-0"}), json!({"points": 0})),
            case("worst everywhere", json!({"1": "o-22", "2": "o-22"}), json!({"points": 44})),
            case("incomplete", json!({"1": "o-22"}), json!({"lowest": 22, "highest": 44})),
        ]});
        for (file, value) in [("questionnaire.json", definition), ("en.json", wording), ("cases.json", cases)] {
            self.write(&format!("made/long-two/{file}"), &value.to_string());
        }
        self.here().join("made")
    }
}

/// Wide characters without a space to break at.
pub(crate) const LONG_STEM: &str =
    "最近の一か月間で心が休まる時間がどのくらいあったかを思い出しながら当てはまるものをひとつだけ選んでください";
/// One word that is wider than a small window.
pub(crate) const LONG_INSTRUCTION: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft comes first, then the question.";

/// Feeds a running program and waits for its end.
pub(crate) fn finish(mut child: Child, input: &[u8]) -> Outcome {
    let mut pipe = child.stdin.take().expect("standard input is piped");
    let input = input.to_vec();
    // A program that stops early closes its end; that is no fault of the test.
    let feeder = std::thread::spawn(move || drop(pipe.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    feeder.join().expect("the feeder ends");
    let outcome = Outcome {
        status: output.status.code().unwrap_or_else(|| panic!("killed: {:?}", output.status)),
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    };
    watch(&outcome);
    outcome
}

/// What holds for every run.
fn watch(outcome: &Outcome) {
    assert!(!outcome.err.contains("panicked") && !outcome.err.contains("a fault of its own"), "a panic: {}", outcome.err);
    assert_ne!(outcome.status, 101, "{}", outcome.err);
    assert!(outcome.err.lines().count() <= 4, "more than four lines of error:\n{}", outcome.err);
    assert!(!outcome.err.contains('\u{1b}'), "an error holds an escape sequence: {:?}", outcome.err);
}

impl Outcome {
    /// The run ended with this status, and with an explanation wherever that is an error.
    #[track_caller]
    pub(crate) fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "standard error:\n{}\nstandard output:\n{}", self.err, self.out);
        assert!(matches!(status, 0 | 130) || !self.err.is_empty(), "status {status} came without a word");
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "one object on one line: {}", self.out);
        serde_json::from_str(&self.out).expect("standard output is JSON")
    }
}
