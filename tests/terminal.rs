//! The full screen in a real terminal: a sitting from beginning to end, every way out of it, and what is left behind (nothing).
#![allow(clippy::disallowed_methods, reason = "a test may write files and start programs")]
// Helpers of a test fail as the test does; clippy's own exception covers only the test functions themselves.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

#[path = "house/glass.rs"]
mod glass;
mod house;

use glass::{Glass, joined};
use house::{House, LONG_INSTRUCTION, LONG_STEM};
use rustix::process::Signal;

const USUAL: (u16, u16) = (24, 80);
const SMALL: (u16, u16) = (12, 40);
const TALL: (u16, u16) = (300, 80);

/// Starts a PHQ-9 and comes to its first item.
fn phq_9(house: &House, size: (u16, u16)) -> Glass {
    let mut glass = Glass::start(house, size, &["take", "phq-9", "--region", "US", "--no-save"]);
    glass.sees("Before you start");
    glass.reads_on_to("PHQ-9 · 1 of");
    glass
}

/// Answers items one after the other, each once it is on the screen and has been shown to its end.
fn answers(glass: &mut Glass, first: usize, letters: &str) {
    for (place, letter) in letters.chars().enumerate() {
        let header = format!("PHQ-9 · {} of", first + place);
        glass.sees(&header);
        show_all(glass);
        glass.types(&letter.to_string());
        glass.until("the next item", |glass| !glass.text().contains(&header));
    }
}

/// Scrolls to the end of an item.
fn show_all(glass: &mut Glass) {
    while glass.text().contains("more below") {
        let before = glass.written();
        glass.types(" ");
        glass.until("a drawing", |glass| glass.written() > before);
        glass.until_drained();
    }
}

#[test]
fn a_whole_sitting_ends_with_what_the_answers_say_and_leaves_nothing() {
    for size in [USUAL, SMALL] {
        let house = House::new();
        let mut glass = phq_9(&house, size);
        answers(&mut glass, 1, "aaaaaaaaa");
        glass.sees("Your answers");
        glass.types("\r");
        glass.sees("What your answers say");
        glass.reads_on_to("Thank you for taking this time");
        glass.types("\r");
        if glass.text().contains("Thank you") {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        glass.types("\r\r\r");
        glass.ends_with(0);
    }
}

#[test]
fn a_letter_is_not_taken_before_all_answers_have_been_on_the_screen() {
    let house = House::new();
    let mut glass = phq_9(&house, SMALL);
    answers(&mut glass, 1, "aaaaa");
    glass.sees("PHQ-9 · 6 of");
    let made = house.long_questionnaire();
    let made = made.to_str().expect("a path");
    let mut long = Glass::start(&house, SMALL, &["take", "long-two", "--questionnaires", made, "--region", "US"]);
    long.sees("Before you start");
    long.reads_on_to("Long-2 · 1 of 2");
    // By letter, by arrow and Enter, and by letter after a jump to the end: the answers in between were not on the screen.
    long.types_and_sees("a", "Scroll down first");
    long.types_and_sees("\u{1b}[H\u{1b}[B\r", "Scroll down first");
    long.types("\u{1b}[F");
    long.sees("Prefer not to answer");
    long.types_and_sees("a", "Scroll down first");
    assert!(long.text().contains("Long-2 · 1 of 2"));
    let mut shown = String::new();
    long.types_and_sees("\u{1b}[H", "Donau");
    for _ in 0..40 {
        shown.push_str(&body(&long));
        let before = long.rows();
        let written = long.written();
        long.types(" ");
        long.until("a drawing", |glass| glass.written() > written);
        long.until_drained();
        if long.rows() == before {
            break;
        }
    }
    let packed: String = shown.split_whitespace().collect();
    for text in [LONG_STEM, &LONG_INSTRUCTION.replace(' ', ""), "答え00", "答え11", "答え22"] {
        assert!(packed.contains(text), "not on the screen: {text}\n{shown}");
    }
    long.types_and_sees("v", "Long-2 · 2 of 2");
    long.types("\u{3}");
    long.ends_with(130);
    glass.types("\u{3}");
    glass.ends_with(130);
}

/// The rows between header and footer.
fn body(glass: &Glass) -> String {
    let rows = glass.rows();
    let inner = rows.get(1..rows.len() - 1).unwrap_or_default();
    inner.concat() + "\n"
}

#[test]
fn a_note_below_the_answers_does_not_ask_to_scroll_what_is_all_on_the_screen() {
    let house = House::new();
    // At this height the note takes just the rows that air would.
    for rows in [11, 12, 13] {
        let mut glass = phq_9(&house, (rows, 80));
        show_all(&mut glass);
        glass.types_and_sees("z", "That key does nothing here");
        glass.types("a");
        glass.until("the second item", |glass| glass.text().contains("PHQ-9 · 2 of"));
        glass.types("\u{11}");
        glass.ends_with(130);
    }
}

#[test]
fn a_window_that_grew_does_not_count_answers_as_seen_that_were_not() {
    let house = House::new();
    let made = house.long_questionnaire();
    let mut glass =
        Glass::start(&house, SMALL, &["take", "long-two", "--questionnaires", made.to_str().expect("a path"), "--region", "US"]);
    glass.sees("Before you start");
    glass.reads_on_to("Long-2 · 1 of 2");
    for _ in 0..5 {
        let before = glass.written();
        glass.types(" ");
        glass.until("a drawing", |glass| glass.written() > before);
        glass.until_drained();
    }
    assert!(!glass.text().contains("答え22"), "the last answers are still to come");
    glass.resize((14, 120));
    glass.until("the new width", |glass| glass.rows().iter().any(|row| row.chars().count() > 45));
    glass.until_drained();
    glass.types_and_sees("a", "Scroll down first");
    glass.types("\u{3}");
    glass.ends_with(130);
}

#[test]
fn back_and_forth_decline_and_change_in_the_review() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    glass.types_and_sees("b", "PHQ-9 · 2 of");
    glass.types_and_sees("\u{1b}[D", "PHQ-9 · 1 of");
    assert!(glass.text().contains("[*] b"), "what was given before is marked: {}", glass.text());
    glass.types_and_sees("\u{1b}[C", "PHQ-9 · 2 of");
    glass.types_and_sees("\u{7f}", "PHQ-9 · 1 of");
    glass.types_and_sees("\r", "PHQ-9 · 2 of");
    assert!(!glass.text().contains("[*]"), "nothing is chosen beforehand: {}", glass.text());
    // Arrow and Enter choose too.
    glass.types_and_sees("\u{1b}[B\u{1b}[B\r", "PHQ-9 · 3 of");
    glass.types_and_sees("x", "PHQ-9 · 4 of");
    answers(&mut glass, 4, "aaaaa");
    glass.sees("PHQ-9 · 9 of");
    glass.types_and_sees("x", "press x once more");
    glass.types_and_sees("x", "You left the question about thoughts of harming yourself open");
    assert!(glass.text().contains("988"), "the card is shown when the question is left open");
    glass.reads_on_to("PHQ-9 · 10 of");
    glass.types_and_sees("a", "Your answers");
    let review = glass.text();
    for line in [
        "1 little interest: Several days",
        "2 low mood: Several days",
        "3 sleep trouble: preferred not to answer",
        "9 thoughts of self-harm: preferred not to answer",
    ] {
        assert!(review.contains(line), "{line} is not in {review}");
    }
    // Nine lines up from the last is item 2.
    glass.types("\u{1b}[H");
    glass.types_and_sees("\u{1b}[B\r", "PHQ-9 · 2 of");
    assert!(glass.text().contains("[*] b"));
    // A changed answer leads back to the review, not through everything again.
    glass.types_and_sees("d", "2 low mood: Nearly every day");
    glass.types("\u{3}");
    glass.ends_with(130);
}

#[test]
fn declining_a_safety_question_must_be_confirmed_by_the_next_key() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    answers(&mut glass, 1, "aaaaaaaa");
    glass.sees("PHQ-9 · 9 of");
    glass.types_and_sees("x", "press x once more");
    glass.types_and_sees("z", "That key does nothing");
    glass.types_and_sees("x", "press x once more");
    glass.types_and_sees("a", "Your answers");
    assert!(glass.text().contains("9 thoughts of self-harm: Not at all"));
    glass.types("\u{11}");
    glass.ends_with(130);
}

#[test]
fn an_endorsed_item_brings_the_card_of_the_region_at_once_and_again_on_stopping() {
    let cards = [
        (Some("US"), ["Call 911", "988"]),
        (Some("GB"), ["Call 999", "116 123"]),
        (Some("DE"), ["Call 112", "0800"]),
        (None, ["112 in every EU country", "periscreen crisis --region XX"]),
    ];
    for (region, numbers) in cards {
        let house = House::new();
        let mut arguments = vec!["take", "phq-9"];
        arguments.extend(region.iter().flat_map(|region| ["--region", region]));
        let mut glass = Glass::start(&house, (60, 80), &arguments);
        if region.is_none() {
            glass.types_and_sees("", "Which country are you in?");
            glass.sees("> Not listed");
            glass.types("\r");
        }
        glass.sees("Before you start");
        glass.reads_on_to("PHQ-9 · 1 of");
        answers(&mut glass, 1, "aaaaaaaa");
        glass.sees("PHQ-9 · 9 of");
        glass.types_and_sees("b", "Thank you for saying that thoughts of harming yourself");
        for number in numbers {
            assert!(glass.text().contains(number), "{number} is not on the card of {region:?}: {}", glass.text());
        }
        assert!(region == Some("US") || !glass.text().contains("988"), "a number of another country: {}", glass.text());
        glass.reads_on_to("PHQ-9 · 10 of");
        glass.types_and_sees("q", "Stop here?");
        glass.types_and_sees("n", "PHQ-9 · 10 of");
        glass.types_and_sees("q", "Stop here?");
        glass.types_and_sees("y", "Thank you for saying that thoughts of harming yourself");
        glass.sees(numbers[0]);
        while glass.rows().last().is_some_and(|row| row.contains('↓') && !row.starts_with('↑')) {
            glass.types(" ");
            glass.until_drained();
        }
        glass.types("\r");
        glass.ends_with(130);
    }
}

#[test]
fn stopping_without_an_alert_ends_at_once() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    glass.types_and_sees("b", "PHQ-9 · 2 of");
    glass.types_and_sees("q", "Stop here?");
    glass.types("y");
    glass.ends_with(130);
}

#[test]
fn every_way_out_leaves_nothing_behind() {
    let keys = ["\u{3}", "\u{11}", "\u{1b}\u{1b}\u{1b}"];
    let signals = [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT];
    for size in [USUAL, SMALL] {
        let house = House::new();
        for key in keys {
            let mut glass = phq_9(&house, size);
            show_all(&mut glass);
            glass.types_and_sees("b", "PHQ-9 · 2 of");
            glass.types(key);
            glass.ends_with(130);
        }
        for signal in signals {
            let mut glass = phq_9(&house, size);
            show_all(&mut glass);
            glass.types_and_sees("b", "PHQ-9 · 2 of");
            glass.signal(signal);
            glass.ends_with(130);
        }
    }
}

#[test]
fn three_single_escapes_leave_too() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    glass.types_and_sees("\u{1b}", "Stop here?");
    glass.types_and_sees("\u{1b}", "PHQ-9 · 1 of");
    glass.types("\u{1b}");
    glass.ends_with(130);
}

#[test]
fn every_screen_can_be_left_at_once() {
    let house = House::new();
    let places: [(&[&str], &str, &str); 6] = [
        (&[], "", "a quiet check"),
        (&["take"], "", "Which check would you like?"),
        (&["take", "phq-9"], "", "Which country are you in?"),
        (&["take", "phq-9", "--region", "US"], "", "Before you start"),
        (&["take", "phq-9", "--region", "US"], "\r\r?", "Keys"),
        (&["take", "phq-9", "--region", "US"], "\r\rq", "Stop here?"),
    ];
    for (arguments, before, text) in places {
        for key in ["\u{3}", "\u{11}", "\u{1b}\u{1b}\u{1b}", "TERM", "HUP"] {
            // One Escape on the first lists already means: rather not.
            if key.starts_with('\u{1b}') && before.is_empty() && !arguments.contains(&"US") {
                continue;
            }
            let mut glass = Glass::start(&house, USUAL, arguments);
            for typed in before.chars() {
                glass.sees(if typed == '\r' { "Before you start" } else { "PHQ-9 · 1 of" });
                if typed == '\r' && glass.text().contains("PHQ-9 · 1 of") {
                    continue;
                }
                glass.types(&typed.to_string());
                if typed == '\r' {
                    glass.sees("PHQ-9 · 1 of");
                    break;
                }
            }
            if let Some(last) = before.chars().last() {
                glass.types(&last.to_string());
            }
            glass.sees(text);
            match key {
                "TERM" => glass.signal(Signal::TERM),
                "HUP" => glass.signal(Signal::HUP),
                key => glass.types(key),
            }
            glass.ends_with(130);
        }
    }
}

#[test]
fn a_resize_of_a_list_keeps_the_list() {
    let house = House::new();
    let mut glass = Glass::start(&house, USUAL, &["take", "phq-9"]);
    glass.sees("Which country are you in?");
    glass.until_drained();
    glass.resize(SMALL);
    glass.until_drained();
    glass.sees("Which country are you in?");
    glass.types_and_sees("\r", "Before you start");
    glass.types("\u{3}");
    glass.ends_with(130);
}

#[test]
fn the_locale_sorts_the_list_of_regions_and_selects_nothing() {
    let house = House::new();
    let mut glass = Glass::start_with(&house, USUAL, &["take", "phq-9"], &[("LANG", "de_DE.UTF-8")]);
    glass.sees("> Not listed");
    let rows = glass.rows();
    let near = rows.iter().position(|row| row.contains("Not listed")).expect("the first line") + 1;
    assert!(rows.get(near).is_some_and(|row| row.contains("Germany (DE)")), "{rows:?}");
    glass.types("\u{1b}[B");
    glass.sees("> Germany (DE)");
    glass.types_and_sees("\r", "Before you start");
    glass.types("\u{3}");
    glass.ends_with(130);
}

#[test]
fn a_pause_blanks_the_screen_and_going_on_draws_it_again() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    glass.types_and_sees("b", "PHQ-9 · 2 of");
    for by_key in [true, false] {
        if by_key {
            glass.types("\u{1a}");
        } else {
            glass.signal(Signal::TSTP);
        }
        glass.until("the pause", |glass| glass.state() == Some('T'));
        glass.until_drained();
        glass.is_given_back();
        glass.signal(Signal::CONT);
        glass.sees("PHQ-9 · 2 of");
    }
    glass.types_and_sees("a", "PHQ-9 · 3 of");
    glass.types("\u{11}");
    glass.ends_with(130);
}

#[test]
fn a_resize_draws_to_the_new_size() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    for (size, footer) in [((12, 40), "? help"), ((30, 100), "Ctrl-Q leave"), ((24, 80), "Ctrl-Q leave")] {
        glass.resize(size);
        glass.until("the footer on the last row", |glass| {
            let rows = glass.rows();
            rows.first().is_some_and(|row| row.starts_with("PHQ-9 · 1 of"))
                && rows.last().is_some_and(|row| row.contains(footer) || row.contains("more below"))
        });
        glass.sees("Little interest or pleasure in doing things");
    }
    glass.types("\u{3}");
    glass.ends_with(130);
}

#[test]
fn the_smallest_windows_neither_hide_an_answer_nor_break() {
    let house = House::new();
    for size in [(8, 30), (5, 20), (3, 12), (2, 10)] {
        let mut glass = Glass::start(&house, size, &["take", "phq-2", "--region", "US", "--no-save"]);
        glass.until("a drawing", |glass| glass.written() > 0);
        if size.0 > 4 {
            glass.reads_on_to("PHQ-2 · 1");
            let mut shown = String::new();
            for _ in 0..40 {
                shown.push_str(&joined(&glass.rows()));
                let written = glass.written();
                glass.types("\u{1b}[6~");
                glass.until("a drawing", |glass| glass.written() > written);
                glass.until_drained();
            }
            for text in ["d Nearly", "x Prefer"] {
                assert!(shown.contains(text), "{text} never stood on a screen of {size:?}:\n{}", glass.rows().join("\n"));
            }
        }
        glass.types("\u{3}");
        glass.ends_with(130);
    }
}

#[test]
fn keys_with_modifiers_and_function_keys_choose_nothing() {
    let house = House::new();
    let mut glass = phq_9(&house, USUAL);
    // Shift-Up, Ctrl-Down, Alt-Left, F5, F12, Ctrl-Delete, arrows in application mode, Alt-a.
    for keys in ["\u{1b}[1;2A", "\u{1b}[1;5B", "\u{1b}[1;3D", "\u{1b}[15~", "\u{1b}[24~", "\u{1b}[3;5~", "\u{1b}OA", "\u{1b}OB", "\u{1b}a"]
    {
        let before = glass.written();
        glass.types(keys);
        glass.until("a drawing", |glass| glass.written() > before);
        glass.until_drained();
        assert!(glass.text().contains("PHQ-9 · 1 of"), "{keys:?} chose an answer: {}", glass.text());
    }
    glass.types_and_sees("b", "PHQ-9 · 2 of");
    glass.types("\u{3}");
    glass.ends_with(130);
}

/// The variable that tells a second run of this file to be the program that panics.
const PANIC: &str = "PERISCREEN_TEST_PANIC";

#[test]
fn a_panic_blanks_the_screen_and_says_nothing_of_what_was_on_it() {
    if std::env::var_os(PANIC).is_some() {
        panics_with_an_answer_on_the_screen();
    }
    let house = House::new();
    let this = std::env::current_exe().expect("this test has a file");
    let name = "a_panic_blanks_the_screen_and_says_nothing_of_what_was_on_it";
    let arguments = ["--exact", name, "--nocapture", "--test-threads=1"];
    let mut glass = Glass::start_program(&house, USUAL, &this, &arguments, &[(PANIC, "1")]);
    glass.sees("an answer on the screen");
    glass.types("x");
    glass.ends();
    let left = glass.everything();
    assert!(left.contains("periscreen met a fault of its own") && left.contains("terminal.rs"), "{left}");
    assert!(!left.contains("answer"), "{left}");
    assert!(!glass.without_an_alternate_screen().contains("an answer on"), "the rows were not erased one by one");
    glass.is_normal();
}

/// What the program would be if it had a fault: the screen is taken, an answer stands on it, and then a panic that names it.
fn panics_with_an_answer_on_the_screen() -> ! {
    use periscreen::report::{Line, Style};
    use periscreen::terminal::paint::Painter;
    use periscreen::terminal::screen::{Row, Screen, on_panic};
    use std::io::Read;

    on_panic();
    let screen = Screen::enter(Painter::new(true)).expect("a terminal");
    screen.draw(&vec![Row::Line(Line { style: Style::Plain, text: "an answer on the screen".to_owned() }); 24]).expect("it is drawn");
    std::io::stdin().read_exact(&mut [0]).expect("a key");
    panic!("an answer in the panic");
}

#[test]
fn plain_mode_and_the_full_screen_end_with_the_same_page() {
    let house = House::new();
    for letters in ["aaaaaaaaa", "bbbbbbbbba", "aaaaaaaaba"] {
        let mut glass = phq_9(&house, TALL);
        for (place, letter) in letters.chars().enumerate() {
            glass.sees(&format!("PHQ-9 · {} of", place + 1));
            glass.types(&letter.to_string());
            if place == 8 && letter == 'b' {
                glass.sees("Help now");
                glass.types("\r");
            }
        }
        glass.sees("Finish: these are my answers");
        glass.types("\r");
        glass.sees("Nothing was kept on this computer.");
        glass.until_drained();
        let rows = glass.rows();
        let (_, page) = rows.split_last().expect("a page");
        let page = page.join("\n").trim_end().to_owned() + "\n";
        glass.types("\r");
        glass.ends_with(0);
        let lines: String = letters.chars().flat_map(|letter| [letter, '\n']).collect();
        let plain = house.run(&["take", "phq-9", "--region", "US", "--plain", "--no-save"], &lines).ends_with(0);
        assert!(plain.out.ends_with(&page), "the full screen:\n{page}\nplain:\n{}", plain.out);
    }
}

#[test]
fn numbers_are_shown_only_when_asked_for() {
    let house = House::new();
    let mut glass = Glass::start(&house, TALL, &["take", "phq-2", "--region", "US", "--no-save"]);
    glass.types_and_sees("", "Before you start");
    glass.types_and_sees("\r", "PHQ-2 · 1 of 2");
    glass.types_and_sees("d", "PHQ-2 · 2 of 2");
    glass.types_and_sees("d", "Finish: these");
    glass.types_and_sees("\r", "What your answers say");
    assert!(!glass.text().contains("6 points"), "{}", glass.text());
    glass.types_and_sees("n", "6 points (range 0 to 6)");
    glass.types("\r");
    glass.ends_with(0);
}

#[test]
fn a_terminal_that_closes_ends_the_program() {
    let house = House::new();
    for arguments in [&["take", "phq-9", "--region", "US"][..], &["take", "phq-9"], &[]] {
        // No reader here: it would hold the terminal open.
        assert!(glass::ends_without_terminal(&house, arguments), "{arguments:?} goes on without a terminal");
    }
}
