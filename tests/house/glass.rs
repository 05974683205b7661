//! A person's terminal: a real pseudo-terminal, and an emulator that shows what stands on it and in its scrollback.

// Each test file uses its part.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::house::{House, PROGRAM};

/// Longer than any machine under load should need; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

struct Shown {
    parser: vt100::Parser,
    raw: Vec<u8>,
}

/// The terminal with the program in it.
pub(crate) struct Glass {
    shown: Arc<Mutex<Shown>>,
    reader: JoinHandle<()>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    slave: Box<dyn SlavePty + Send>,
    modes: String,
    size: (u16, u16),
    resized: bool,
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has modes"))
}

fn pty_size((rows, columns): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Glass {
    /// Starts the program in a terminal of so many rows and columns.
    pub(crate) fn start(house: &House, size: (u16, u16), arguments: &[&str]) -> Self {
        Self::start_with(house, size, arguments, &[])
    }

    pub(crate) fn start_with(house: &House, size: (u16, u16), arguments: &[&str], more: &[(&str, &str)]) -> Self {
        Self::start_program(house, size, Path::new(PROGRAM), arguments, more)
    }

    /// Starts any program in a terminal.
    pub(crate) fn start_program(house: &House, size: (u16, u16), program: &Path, arguments: &[&str], more: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.cwd(house.here());
        for (name, value) in house.environment() {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        let modes = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let shown = Arc::new(Mutex::new(Shown { parser: vt100::Parser::new(size.0, size.1, 10_000), raw: Vec::new() }));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let for_reader = Arc::clone(&shown);
        let reader = std::thread::spawn(move || {
            let mut bytes = [0_u8; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let mut shown = for_reader.lock().expect("the screen");
                shown.parser.process(&bytes[..count]);
                shown.raw.extend_from_slice(&bytes[..count]);
            }
        });
        Self { shown, reader, writer, child, master: pair.master, slave: pair.slave, modes, size, resized: false }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().expect("a process id")
    }

    /// The rows as they stand now.
    pub(crate) fn rows(&self) -> Vec<String> {
        let shown = self.shown.lock().expect("the screen");
        shown.parser.screen().rows(0, self.size.1).map(|row| row.trim_end().to_owned()).collect()
    }

    /// The screen as one line of text, wrapped lines joined.
    pub(crate) fn text(&self) -> String {
        joined(&self.rows())
    }

    /// Waits until something is so.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !so(self) {
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}; the screen:\n{}", self.rows().join("\n"));
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) {
        self.until(text, |glass| glass.text().contains(text));
    }

    /// Types keys.
    pub(crate) fn types(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).expect("the terminal takes keys");
    }

    /// Types keys and waits for what they bring.
    #[track_caller]
    pub(crate) fn types_and_sees(&mut self, keys: &str, text: &str) {
        self.types(keys);
        self.sees(text);
    }

    /// Goes on to the end of a page and leaves it; waits for what comes then.
    #[track_caller]
    pub(crate) fn reads_on_to(&mut self, text: &str) {
        let start = Instant::now();
        while !self.text().contains(text) {
            assert!(start.elapsed() < PATIENCE, "never came to {text}; the screen:\n{}", self.rows().join("\n"));
            let before = self.written();
            self.types("\r");
            self.until("an answer to Enter", |glass| glass.written() > before);
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// How many bytes the program has written so far.
    pub(crate) fn written(&self) -> usize {
        self.shown.lock().expect("the screen").raw.len()
    }

    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        self.shown.lock().expect("the screen").parser.screen_mut().set_size(size.0, size.1);
        self.master.resize(pty_size(size)).expect("the terminal can be resized");
        (self.size, self.resized) = (size, true);
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw).expect("a process id");
        kill_process(pid, signal).expect("the program takes signals");
    }

    /// The letter of the state of the process: T is stopped.
    pub(crate) fn state(&self) -> Option<char> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).ok()?;
        text.rsplit(')').next()?.trim_start().chars().next()
    }

    /// The terminal is as it was before the program: nothing on it, cursor visible, normal screen, modes restored.
    #[track_caller]
    pub(crate) fn is_given_back(&self) {
        {
            let mut shown = self.shown.lock().expect("the screen");
            blank(shown.parser.screen_mut(), self.size, "the screen or the scrollback");
            let raw = String::from_utf8_lossy(&shown.raw).into_owned();
            for whole in ["\u{1b}[2J", "\u{1b}[J", "\u{1b}[0J", "\u{1b}[3J", "\u{1b}]"] {
                assert!(!raw.contains(whole), "{whole:?} pushes text into the scrollback, wipes more than ours, or sets a title");
            }
        }
        // A terminal without an alternate screen must be blank as well.
        if !self.resized {
            let left = self.without_an_alternate_screen();
            assert!(left.trim().is_empty(), "a screen without an alternate one still shows:\n{left}");
        }
        self.is_normal();
    }

    /// Waits for the end, and checks that the terminal was given back.
    #[track_caller]
    pub(crate) fn ends_with(mut self, status: u32) {
        let ended = self.ends();
        self.is_given_back();
        assert_eq!(ended, status);
        // With the last end closed the reader sees the end of the terminal.
        drop((self.slave, self.writer, self.master));
        self.reader.join().expect("the reader ends");
    }

    /// Waits for the end of the program and of what it writes; its status.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> u32 {
        let start = Instant::now();
        let ended = loop {
            if let Some(ended) = self.child.try_wait().expect("the program can be waited for") {
                break ended;
            }
            if start.elapsed() > PATIENCE {
                let _ = self.child.kill();
                panic!("the program did not end; the screen:\n{}", self.rows().join("\n"));
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        self.until_drained();
        assert_eq!(ended.signal(), None, "the program was killed");
        ended.exit_code()
    }

    /// Everything on the screen and in its scrollback.
    pub(crate) fn everything(&self) -> String {
        let mut shown = self.shown.lock().expect("the screen");
        everything(shown.parser.screen_mut(), self.size)
    }

    /// What would stand on a terminal that has no alternate screen, and in its scrollback.
    pub(crate) fn without_an_alternate_screen(&self) -> String {
        let shown = self.shown.lock().expect("the screen");
        let raw = String::from_utf8_lossy(&shown.raw).replace("\u{1b}[?1049h", "").replace("\u{1b}[?1049l", "");
        let mut parser = vt100::Parser::new(self.size.0, self.size.1, 10_000);
        parser.process(raw.as_bytes());
        everything(parser.screen_mut(), self.size)
    }

    /// The terminal is the normal one again, whatever stands on it.
    #[track_caller]
    pub(crate) fn is_normal(&self) {
        let shown = self.shown.lock().expect("the screen");
        assert!(!shown.parser.screen().alternate_screen(), "the alternate screen was not left");
        assert!(!shown.parser.screen().hide_cursor(), "the cursor is hidden");
        assert_eq!(modes(self.master.as_ref()), self.modes, "the modes of the terminal were not restored");
    }

    /// Waits until everything the program wrote has reached the emulator.
    pub(crate) fn until_drained(&self) {
        let mut before = usize::MAX;
        while before != self.written() {
            before = self.written();
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Rows as running text: trimmed, joined by one space.
pub(crate) fn joined(rows: &[String]) -> String {
    rows.iter().flat_map(|row| row.split_whitespace()).collect::<Vec<_>>().join(" ")
}

fn everything(screen: &mut vt100::Screen, (rows, _): (u16, u16)) -> String {
    let mut text = screen.contents();
    screen.set_scrollback(usize::MAX);
    let mut back = screen.scrollback();
    while back > 0 {
        screen.set_scrollback(back);
        text.push_str(&screen.contents());
        back = back.saturating_sub(usize::from(rows));
    }
    screen.set_scrollback(0);
    text
}

#[track_caller]
fn blank(screen: &mut vt100::Screen, size: (u16, u16), place: &str) {
    let text = everything(screen, size);
    assert!(text.trim().is_empty(), "{place} still shows:\n{text}");
}

/// Starts the program in a terminal, closes the terminal, and says whether the program ends by itself.
pub(crate) fn ends_without_terminal(house: &House, arguments: &[&str]) -> bool {
    let pair = native_pty_system().openpty(pty_size((24, 80))).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(arguments);
    command.env_clear();
    command.env("HOME", house.root().join("home"));
    command.env("TERM", "xterm");
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    std::thread::sleep(Duration::from_millis(500));
    drop(pair);
    let closed = Instant::now();
    while child.try_wait().expect("the program can be waited for").is_none() {
        if closed.elapsed() > PATIENCE {
            let _ = child.kill();
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}
