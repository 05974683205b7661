//! Makes prompts of `dialoguer` safe to interrupt: it turns echo off and, when a signal ends the program, would leave it off.

use std::io;

use crate::error::Error;

/// What a failed prompt of `dialoguer` means: an interrupted one was left by the person. `what` is a sentence without its full stop.
#[must_use]
pub fn failed(what: &str, error: dialoguer::Error) -> Error {
    match error {
        dialoguer::Error::IO(error) if error.kind() == io::ErrorKind::Interrupted => Error::stopped(),
        dialoguer::Error::IO(error) => Error::io(what, &error),
    }
}

/// From now on a signal that ends the program blanks the screen, gives the terminal back as it is now, and ends with status 130.
///
/// # Errors
///
/// The system does not allow signal handlers.
#[cfg(unix)]
pub fn guard() -> io::Result<()> {
    use std::sync::OnceLock;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;

    static MODES: OnceLock<Option<Termios>> = OnceLock::new();
    if MODES.get().is_some() {
        return Ok(());
    }
    MODES.get_or_init(|| tcgetattr(io::stdin()).ok());
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    std::thread::Builder::new().spawn(move || {
        if signals.forever().next().is_some() {
            if let Some(Some(modes)) = MODES.get() {
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
            }
            super::screen::give_back();
            std::process::exit(i32::from(crate::error::Kind::Stopped.status()));
        }
    })?;
    Ok(())
}

/// Elsewhere the console restores itself.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn guard() -> io::Result<()> {
    Ok(())
}
