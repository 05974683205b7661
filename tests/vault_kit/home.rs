//! A person's empty home, and the built program run in it with nothing in its environment but that home.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

/// The passphrase of every vault here. It must stand in no file of a home.
pub const PASSPHRASE: &str = "heron quartz ladder mist";

/// What a run of the program said.
#[derive(Debug)]
pub struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Standard output of a run that must have gone well.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.status, Some(0), "{self:?}");
        self.out
    }

    /// Standard error of a run that must have ended with this status: two to four lines at most, never nothing.
    #[track_caller]
    pub fn failed(self, status: i32) -> String {
        assert_eq!(self.status, Some(status), "{self:?}");
        assert!((1..=5).contains(&self.err.lines().count()), "{self:?}");
        self.err
    }

    #[track_caller]
    pub fn json(self) -> Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    #[track_caller]
    pub fn lines(self) -> Vec<String> {
        self.ok().lines().map(str::to_owned).collect()
    }
}

pub struct Home {
    outer: tempfile::TempDir,
    path: PathBuf,
}

impl Home {
    /// An empty home.
    pub fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("home");
        fs::create_dir(&path).unwrap();
        Self { outer, path }
    }

    /// A home with a vault, without a recovery code.
    pub fn with_vault() -> Self {
        let home = Self::new();
        home.read(&["vault", "create", "--recovery-to", "none"]).ok();
        home
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A place outside the home.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.outer.path().join(name)
    }

    /// Where the vault is unless the command says otherwise.
    pub fn vault(&self) -> PathBuf {
        self.path.join(".local/share/pscn/vault")
    }

    fn bare(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", &self.path).current_dir(&self.path);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The program, ready to be started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(env!("CARGO_BIN_EXE_periscreen"));
        command.args(arguments);
        command
    }

    /// Runs without a passphrase.
    pub fn run(&self, arguments: &[&str], input: &str) -> Said {
        finish(self.command(arguments).spawn().unwrap(), input)
    }

    /// Runs with passphrases on descriptor 3, one a line, and nothing on standard input.
    pub fn read(&self, arguments: &[&str]) -> Said {
        self.read_with(PASSPHRASE, arguments, "")
    }

    /// Runs with these passphrases on descriptor 3 and this on standard input.
    pub fn read_with(&self, passphrases: &str, arguments: &[&str], input: &str) -> Said {
        let file = tempfile::NamedTempFile::new_in(self.outer.path()).unwrap();
        fs::write(file.path(), format!("{passphrases}\n")).unwrap();
        let mut command = self.bare("/bin/sh");
        command.args(["-c", r#"file=$1; shift; exec "$@" 3<"$file""#, "sh"]).arg(file.path());
        command.arg(env!("CARGO_BIN_EXE_periscreen")).args(arguments).args(["--passphrase-fd", "3"]);
        finish(command.spawn().unwrap(), input)
    }

    /// Keeps sheets and returns their ids.
    #[track_caller]
    pub fn enter(&self, questionnaire: &str, sheets: &str) -> Vec<String> {
        self.run(&["enter", questionnaire], sheets).lines()
    }

    /// Ids in the vault, oldest first.
    #[track_caller]
    pub fn ids(&self) -> Vec<String> {
        self.read(&["list", "--ids"]).lines()
    }

    /// The vault must be clean.
    #[track_caller]
    pub fn verify(&self) {
        let said = self.read(&["vault", "verify"]).ok();
        assert!(said.starts_with("All is well."), "{said}");
    }
}

/// Hands over the input and waits for the end.
pub fn finish(mut running: Child, input: &str) -> Said {
    let mut into = running.stdin.take().unwrap();
    let out = std::thread::scope(|scope| {
        // Beside the reading, so that two full pipes do not wait for each other. A program that has ended early does not read to
        // the end: that is its right.
        scope.spawn(move || drop(into.write_all(input.as_bytes())));
        running.wait_with_output().unwrap()
    });
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { status: out.status.code(), out: text(out.stdout), err: text(out.stderr) }
}

/// Every file and folder below a folder.
pub fn walk(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(|entry| entry.unwrap().into_path()).collect()
}

/// A number from the environment, for campaigns of full size.
pub fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Hands over the input and waits for the end of a program whose output goes nowhere.
pub fn finish_quietly(mut running: Child, input: &str) {
    let _ = running.stdin.take().unwrap().write_all(input.as_bytes());
    running.wait().unwrap();
}
