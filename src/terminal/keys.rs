//! Keys and signals as one stream of events, so that a signal is never missed while a key is awaited.

use std::io;

use console::{Key, Term};

/// What a person, or the system, did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A character, as typed.
    Letter(char),
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left or Backspace.
    Left,
    /// Right.
    Right,
    /// Enter.
    Enter,
    /// Page up.
    PageUp,
    /// Page down or Space.
    PageDown,
    /// First line.
    Home,
    /// Last line.
    End,
    /// Escape, once.
    Escape,
    /// Leave at once, with a blank screen: Ctrl-Q, Ctrl-C, or Escape three times.
    QuickExit,
    /// The program is asked to pause (Ctrl-Z).
    Suspend,
    /// The window has another size.
    Resize,
    /// The system asks the program to end.
    Terminate,
    /// Anything else.
    Other,
}

/// How long the rest of a key may take after its escape character, milliseconds.
const SLOW_LINE_MS: i64 = 50;

/// The stream of events.
pub struct Keys {
    escapes: u8,
    rest: Rest,
    /// A key that was read while the rest of another was awaited.
    pending: Option<Key>,
    signals: Signals,
}

/// What is still to come of a key that `console` has not read to its end: characters that nobody typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Rest {
    #[default]
    Nothing,
    /// An application-mode arrow arrives as `Esc O` and then a capital letter.
    Letter,
    /// A key with a modifier arrives as `Esc [`, numbers, and then a letter or `~`.
    Control,
}

impl Keys {
    /// Starts to listen.
    ///
    /// # Errors
    ///
    /// The system does not allow signal handlers.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { escapes: 0, rest: Rest::Nothing, pending: None, signals: Signals::listen()? })
    }

    /// Waits for the next event. A terminal that has gone is a reason to end.
    pub fn next_event(&mut self) -> Event {
        loop {
            if let Some(event) = self.pending.take().and_then(|key| self.event(&key)) {
                return event;
            }
            if let Some(event) = self.signals.wait() {
                return event;
            }
            let Ok(key) = Term::stdout().read_key_raw() else { return Event::Terminate };
            if key == Key::Escape && self.begins_sequence() {
                continue;
            }
            if let Some(event) = self.event(&key) {
                return event;
            }
        }
    }

    /// On a slow line the parts of one key arrive apart; the last part alone would be taken for an answer.
    fn begins_sequence(&mut self) -> bool {
        if !Signals::key_within(SLOW_LINE_MS) {
            return false;
        }
        match Term::stdout().read_key_raw() {
            Ok(Key::Char('[')) => self.rest = Rest::Control,
            Ok(Key::Char('O')) => self.rest = Rest::Letter,
            // Two keys typed fast: a letter is let go rather than taken for an answer that nobody looked at; leaving is never let go.
            Ok(Key::Char(letter)) if !letter.is_control() => return false,
            Ok(other) => {
                self.pending = Some(other);
                return false;
            }
            Err(_) => return false,
        }
        true
    }

    /// Pauses the program as the system would, and returns when it goes on.
    pub fn pause(&self) {
        #[cfg(unix)]
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
    }

    fn event(&mut self, key: &Key) -> Option<Event> {
        let rest = std::mem::take(&mut self.rest);
        let escapes = std::mem::take(&mut self.escapes);
        Some(match key {
            Key::UnknownEscSeq(letters) if letters.as_slice() == ['O'] => {
                self.rest = Rest::Letter;
                return None;
            }
            Key::UnknownEscSeq(letters)
                if letters.first() == Some(&'[') && !letters.iter().skip(1).any(|letter| ends_sequence(*letter)) =>
            {
                self.rest = Rest::Control;
                return None;
            }
            Key::UnknownEscSeq(letters) if letters.as_slice() == ['\u{1b}'] => self.escape(escapes + 2),
            Key::Escape => self.escape(escapes + 1),
            Key::Char(' '..='?') if rest == Rest::Control => {
                self.rest = rest;
                return None;
            }
            Key::Char(letter) if rest != Rest::Nothing && ends_sequence(*letter) => match letter {
                'A' => Event::Up,
                'B' => Event::Down,
                'C' => Event::Right,
                'D' => Event::Left,
                'H' => Event::Home,
                'F' => Event::End,
                _ => Event::Other,
            },
            Key::CtrlC | Key::Char('\u{3}' | '\u{11}') => Event::QuickExit,
            Key::Char('\u{1a}') => Event::Suspend,
            Key::Char(' ') | Key::PageDown => Event::PageDown,
            Key::Char(letter) if !letter.is_control() => Event::Letter(*letter),
            Key::ArrowUp => Event::Up,
            Key::ArrowDown => Event::Down,
            Key::ArrowLeft | Key::Backspace => Event::Left,
            Key::ArrowRight => Event::Right,
            Key::Enter => Event::Enter,
            Key::PageUp => Event::PageUp,
            Key::Home => Event::Home,
            Key::End => Event::End,
            _ => Event::Other,
        })
    }

    fn escape(&mut self, escapes: u8) -> Event {
        if escapes >= 3 {
            return Event::QuickExit;
        }
        self.escapes = escapes;
        Event::Escape
    }
}

/// Whether a character is the last one of a control sequence.
fn ends_sequence(letter: char) -> bool {
    matches!(letter, '@'..='~')
}

#[cfg(unix)]
use unix::Signals;
#[cfg(not(unix))]
use windows::Signals;

#[cfg(unix)]
mod unix {
    use std::io::{self, PipeReader, Read};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::event::{PollFd, PollFlags, poll};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::{flag, low_level::pipe};

    use super::Event;

    /// Signals, each with a flag, and one pipe that wakes the wait for keys.
    pub(super) struct Signals {
        wake: PipeReader,
        flags: Vec<(Event, Arc<AtomicBool>)>,
    }

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            let (wake, bell) = io::pipe()?;
            let mut flags = Vec::new();
            let ends = [SIGTERM, SIGHUP, SIGQUIT, SIGINT].map(|signal| (signal, Event::Terminate));
            for (signal, event) in ends.into_iter().chain([(SIGTSTP, Event::Suspend), (SIGWINCH, Event::Resize)]) {
                let raised = Arc::new(AtomicBool::new(false));
                flag::register(signal, Arc::clone(&raised))?;
                pipe::register(signal, bell.try_clone()?)?;
                flags.push((event, raised));
            }
            Ok(Self { wake, flags })
        }

        /// Whether a key arrives within so many milliseconds.
        pub(super) fn key_within(milliseconds: i64) -> bool {
            let wait = rustix::event::Timespec { tv_sec: 0, tv_nsec: milliseconds.saturating_mul(1_000_000) };
            let input = io::stdin();
            poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&wait)).is_ok_and(|ready| ready > 0)
        }

        /// Waits until a key is there (`None`) or a signal came.
        pub(super) fn wait(&mut self) -> Option<Event> {
            loop {
                if let Some((event, _)) = self.flags.iter().find(|(_, raised)| raised.swap(false, Ordering::SeqCst)) {
                    return Some(*event);
                }
                let input = io::stdin();
                let mut ready = [PollFd::new(&input, PollFlags::IN), PollFd::new(&self.wake, PollFlags::IN)];
                match poll(&mut ready, None) {
                    Ok(_) | Err(rustix::io::Errno::INTR) => {}
                    Err(_) => return Some(Event::Terminate),
                }
                let [keys, bell] = &ready;
                // A terminal that has gone is not read from: the read would wait for it for ever, and busily.
                if keys.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                    return Some(Event::Terminate);
                }
                let (key, rang) = (!keys.revents().is_empty(), !bell.revents().is_empty());
                if rang {
                    let _ = self.wake.read(&mut [0_u8; 64]);
                } else if key {
                    return None;
                }
            }
        }
    }
}

#[cfg(not(unix))]
mod windows {
    use std::io;

    use super::Event;

    /// Elsewhere the console reports Ctrl-C as a key; other signals do not exist.
    pub(super) struct Signals;

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) fn key_within(_: i64) -> bool {
            false
        }

        pub(super) fn wait(&mut self) -> Option<Event> {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Keys};
    use console::Key;

    fn events(keys: &[Key]) -> Vec<Event> {
        let mut listener = Keys::listen().expect("signals can be listened to");
        keys.iter().filter_map(|key| listener.event(key)).collect()
    }

    #[test]
    fn an_arrow_in_application_mode_never_chooses_an_answer() {
        let keys = [Key::UnknownEscSeq(vec!['O']), Key::Char('A'), Key::Char('A')];
        assert_eq!(events(&keys), [Event::Up, Event::Letter('A')]);
        let f1 = [Key::UnknownEscSeq(vec!['O']), Key::Char('P')];
        assert_eq!(events(&f1), [Event::Other]);
    }

    #[test]
    fn an_arrow_with_a_modifier_never_chooses_an_answer() {
        let shift_up = [Key::UnknownEscSeq(vec!['[', '1', ';']), Key::Char('2'), Key::Char('A'), Key::Char('A')];
        assert_eq!(events(&shift_up), [Event::Up, Event::Letter('A')]);
        let f5 = [Key::UnknownEscSeq(vec!['[', '1', '5']), Key::Char('~'), Key::Char('a')];
        assert_eq!(events(&f5), [Event::Other, Event::Letter('a')]);
    }

    #[test]
    fn escape_three_times_leaves_at_once() {
        assert_eq!(events(&[Key::Escape, Key::Escape, Key::Escape]), [Event::Escape, Event::Escape, Event::QuickExit]);
        assert_eq!(events(&[Key::Escape, Key::UnknownEscSeq(vec!['\u{1b}'])]), [Event::Escape, Event::QuickExit]);
        assert_eq!(events(&[Key::Escape, Key::Char('a'), Key::Escape, Key::Escape]).last(), Some(&Event::Escape));
    }

    #[test]
    fn control_c_and_control_q_leave_at_once() {
        assert_eq!(events(&[Key::CtrlC, Key::Char('\u{11}')]), [Event::QuickExit, Event::QuickExit]);
    }
}
