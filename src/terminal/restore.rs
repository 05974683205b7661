//! Gives the terminal back: every row erased one by one, cursor shown, modes as they were. Works from a panic too.
//!
//! Row by row because clearing the whole screen pushes it into the scrollback of several terminals, where it would stay readable.

use std::io::{Write, stdout};
use std::sync::{Mutex, PoisonError};

#[cfg(unix)]
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// What must be undone. `None` while the terminal is not ours.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

struct Taken {
    rows: usize,
    #[cfg(unix)]
    modes: Option<Termios>,
}

/// Takes the terminal: alternate screen, hidden cursor, keys unechoed from now until it is given back.
pub(super) fn take(rows: usize) -> std::io::Result<()> {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    if taken.is_some() {
        return Ok(());
    }
    *taken = Some(Taken {
        rows,
        #[cfg(unix)]
        modes: raw_modes(),
    });
    let mut out = stdout().lock();
    out.write_all(b"\x1b[?1049h\x1b[?25l")?;
    out.flush()
}

/// Raw from the first frame to the last, so that keys typed ahead are never echoed onto the screen.
#[cfg(unix)]
fn raw_modes() -> Option<Termios> {
    let input = std::io::stdin();
    let before = tcgetattr(&input).ok()?;
    let mut raw = before.clone();
    raw.make_raw();
    raw.output_modes = before.output_modes;
    tcsetattr(&input, OptionalActions::Now, &raw).ok()?;
    Some(before)
}

/// Lines are edited and echoed as usual until [`raw`], for a prompt on our screen.
pub(super) fn cooked() {
    #[cfg(unix)]
    if let Some(modes) = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|taken| taken.modes.as_ref()) {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, modes);
    }
}

/// Keys come one by one and unechoed again.
pub(super) fn raw() {
    #[cfg(unix)]
    if TAKEN.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
        let _ = raw_modes();
    }
}

/// Remembers how many rows may hold something to erase.
pub(super) fn grew_to(rows: usize) {
    if let Some(taken) = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        taken.rows = taken.rows.max(rows);
    }
}

/// Blanks the screen first, then gives the terminal back. Failures are ignored: there is nobody left to tell.
pub fn give_back() {
    let Some(taken) = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let mut out = stdout().lock();
    let _ = out.write_all(blank(taken.rows).as_bytes());
    let _ = out.write_all(b"\x1b[?25h\x1b[?1049l");
    let _ = out.flush();
    #[cfg(unix)]
    if let Some(modes) = &taken.modes {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, modes);
    }
}

fn blank(rows: usize) -> String {
    let mut text = String::from("\x1b[0m");
    for row in 1..=rows {
        text.push_str(&format!("\x1b[{row};1H\x1b[2K"));
    }
    text.push_str("\x1b[1;1H");
    text
}

/// A panic blanks the screen before anything else happens, and says nothing of what was on it.
pub fn on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        give_back();
        let place = panic
            .location()
            .map(|place| {
                // The file's name alone: its path is that of the machine the program was built on.
                let file = place.file().rsplit(['/', '\\']).next().unwrap_or_default();
                format!("{file}:{}", place.line())
            })
            .unwrap_or_default();
        let _ = writeln!(std::io::stderr(), "periscreen met a fault of its own at {place} and stopped. Your screen is cleared.");
    }));
}
