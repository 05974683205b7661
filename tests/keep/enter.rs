//! `enter`: letters, JSON, streams; ids; what a bad line leaves behind; nobody is kept waiting.

use std::{
    io::{BufRead, BufReader, Write},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::vault_kit::home::{Home, finish};

fn uuid(n: u32) -> String {
    format!("3f0c91e2-7d44-4b0a-9a51-{n:012x}")
}

fn letters(n: u32) -> String {
    let number = u128::from_str_radix(&uuid(n).replace('-', ""), 16).unwrap();
    periscreen::vault::RecordId::from_bytes(number.to_be_bytes()).to_string()
}

#[test]
fn letters_json_and_streams_keep_what_they_say() {
    let home = Home::with_vault();
    let mut ids = home.run(&["enter", "phq-2", "--taken-on", "2026-03-09"], "a, B\n\n x,-\n").lines();
    ids.extend(home.run(&["enter", "phq-2"], "{\n  \"answers\": {\"1\": \"several-days\"},\n  \"taken_on\": \"2025-12-31\"\n}\n").lines());
    let stream = [
        format!(r#"{{"id":"{}","mode":"self","timing":{{"weeks_pregnant":20}},"points":{{"1":3,"2":0}}}}"#, uuid(1)),
        format!(
            r#"{{"id":"{}","mode":"interview","timing":{{"weeks_after_birth":520}},"answers":{{"2":{{"declined":true}}}}}}"#,
            letters(2)
        ),
        format!(
            r#"{{"id":"{}","mode":"handover","taken_on":"2024-02-29","points":{{"1":0,"2":3}}}}"#,
            uuid(3).replace('-', "").to_uppercase()
        ),
    ];
    // The last line needs no end.
    let own = home.enter("phq-2", &stream.join("\n"));
    assert_eq!(own, [letters(1), letters(2), letters(3)]);
    ids.extend(own);
    assert_eq!(home.ids(), ids, "oldest first");
    assert!(ids.iter().all(|id| id.len() == 26 && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())));

    let list = home.read(&["list", "--json"]).json();
    let list: Vec<_> = list.as_array().unwrap().iter().rev().collect();
    let of = |name: &str| list.iter().map(|row| row[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("id"), ids);
    let today = of("taken_on")[3].clone();
    assert_eq!(of("taken_on"), ["2026-03-09", "2026-03-09", "2025-12-31", today.as_str().unwrap(), today.as_str().unwrap(), "2024-02-29"]);
    assert_eq!(of("mode"), ["paper", "paper", "paper", "self", "interview", "handover"]);
    assert_eq!(of("timing")[3]["weeks_pregnant"], 20);
    assert_eq!(of("timing")[4]["weeks_after_birth"], 520);
    assert!(of("timing")[5].is_null());
    assert_eq!(home.read(&["list", "--json", "--newest", "2"]).json().as_array().unwrap().len(), 2);
    home.verify();
}

#[test]
fn the_same_id_twice_is_kept_once_and_the_first_counts() {
    let home = Home::with_vault();
    let line = |n: u32, points: u32| format!(r#"{{"id":"{}","points":{{"1":{points},"2":0}}}}"#, uuid(n)) + "\n";
    let twice = line(1, 1) + &line(1, 2) + &line(2, 1);
    assert_eq!(home.enter("phq-2", &twice), [letters(1), letters(1), letters(2)]);
    assert_eq!(home.enter("phq-2", &line(1, 3)), [letters(1)]);
    assert_eq!(home.ids(), [letters(1), letters(2)]);
    // After the unlock they are in the chain and no longer in the inbox.
    assert_eq!(home.enter("phq-2", &(line(2, 3) + &line(3, 1))), [letters(2), letters(3)]);
    assert_eq!(home.ids(), [letters(1), letters(2), letters(3)]);
    for id in [letters(1), letters(2)] {
        assert_eq!(home.read(&["show", "--json", &id]).json()["scales"][0]["points"], 1);
    }
    // What was deleted stays deleted.
    home.read(&["delete", &letters(2), "--yes"]).ok();
    assert_eq!(home.enter("phq-2", &line(2, 1)), [letters(2)]);
    assert_eq!(home.ids(), [letters(1), letters(3)]);
    home.verify();
}

#[test]
fn a_bad_line_stops_the_stream_and_what_came_before_is_kept() {
    let bad = [
        "a\n",
        "a,z\n",
        "a,b,c\n",
        "{\"answers\":{\"1\":\"never\"}}\n",
        "{\"answers\":{\"7\":\"not-at-all\"}}\n",
        "{\"answers\":{},\"points\":{}}\n",
        "{\"id\":\"too-short\",\"points\":{\"1\":0}}\n",
        "{\"points\":{\"1\":0},\"points\":{\"1\":1}}\n",
        "{\"points\":{\"1\":0},\"name\":\"x\"}\n",
        "{\"points\":{\"1\":0},\"mode\":\"phone\"}\n",
        "{\"points\":{\"1\":0},\"taken_on\":\"2099-01-01\"}\n",
        "{\"points\":{\"1\":0},\"taken_on\":\"2026-02-29\"}\n",
        "{\"points\":{\"1\":0},\"timing\":{\"weeks_pregnant\":46}}\n",
        "{\"points\":{\"1\":0},\"timing\":{\"weeks_after_birth\":521}}\n",
        "{\"points\":{\"1\":0},\"timing\":{}}\n",
        "{\"points\":{\"1\":0},\"timing\":{\"weeks_pregnant\":1,\"weeks_after_birth\":1}}\n",
        "{\"points\":{\"1\":0}} {\"points\":{\"1\":0}}\n",
        "{\"points\":{\"1\":0}\n",
        "[1]\n",
    ];
    let home = Home::with_vault();
    let mut kept = Vec::new();
    for line in bad {
        let said = home.run(&["enter", "phq-2"], &format!("a,b\nb,a\n{line}c,c\n"));
        let ids: Vec<String> = said.out.lines().map(str::to_owned).collect();
        assert_eq!(ids.len(), 2, "{line}: {said:?}");
        let told = said.failed(65);
        assert!(told.contains("Line 3") || line.ends_with("0}\n"), "{line}: {told}");
        kept.extend(ids);
    }
    let mut running = home.command(&["enter", "phq-2"]).spawn().unwrap();
    running.stdin.as_mut().unwrap().write_all(b"a,b\n\xff\xfe,b\na,a\n").unwrap();
    let said = finish(running, "");
    kept.extend(said.out.lines().map(str::to_owned));
    said.failed(65);
    assert_eq!(home.ids(), kept);
}

/// Reads ids on a thread of its own, so that one that does not come is a failure and not a hang.
fn ids_of(out: std::process::ChildStdout) -> mpsc::Receiver<String> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    receive
}

#[test]
fn a_producer_that_waits_for_each_id_is_never_blocked() {
    let home = Home::with_vault();
    let mut running = home.command(&["enter", "phq-2"]).spawn().unwrap();
    let ids = ids_of(running.stdout.take().unwrap());
    let mut input = running.stdin.take().unwrap();
    let mut kept = Vec::new();
    // Besides a whole line: with the beginning of the next one, with an empty line, and an object over several lines.
    for text in ["a,b\n", "b,b\nc", ",c\n\n", "{\n\"points\":{\"1\":0}\n}\n", "a,a\n{\n", "\"points\":{\"2\":1}}\n"] {
        input.write_all(text.as_bytes()).unwrap();
        let id = ids.recv_timeout(Duration::from_secs(20)).unwrap_or_else(|_| panic!("no id for {text:?}"));
        // Durable: it is there for another process before this one ends.
        assert_eq!(home.ids().last(), Some(&id));
        kept.push(id);
    }
    drop(input);
    assert!(running.wait().unwrap().success());
    assert_eq!(home.ids(), kept);
}

#[test]
fn a_long_stream_is_kept_in_groups_and_whole() {
    let home = Home::with_vault();
    let stream: String = (0..1000).map(|n| format!("{{\"id\":\"{}\",\"points\":{{\"1\":{},\"2\":0}}}}\n", uuid(n), n % 4)).collect();
    let ids = home.enter("phq-2", &stream);
    assert_eq!(ids, (0..1000).map(letters).collect::<Vec<_>>());
    assert_eq!(home.ids(), ids);
}

#[test]
fn alerts_are_counted_whatever_quiet_says() {
    let home = Home::with_vault();
    let sheets = "a,a,a,a,a,a,a,a,b\na,a,a,a,a,a,a,a,x\na,a,a,a,a,a,a,a,a\n";
    let said = home.run(&["enter", "phq-9", "--quiet"], sheets);
    assert!(said.err.contains("1 endorsed, 1 unknown"), "{said:?}");
    said.ok();
}

#[test]
fn a_reader_that_stops_reading_does_not_keep_anyone_from_saving() {
    let home = Home::with_vault();
    // More ids than a pipe holds.
    let stream: String = (0..4000).map(|n| format!("{{\"id\":\"{}\",\"points\":{{\"1\":0,\"2\":0}}}}\n", uuid(n))).collect();
    home.enter("phq-2", &stream);
    let mut reader = home.command(&["list", "--ids", "--passphrase-fd", "0"]).spawn().unwrap();
    reader.stdin.take().unwrap().write_all(format!("{}\n", crate::vault_kit::home::PASSPHRASE).as_bytes()).unwrap();
    let mut out = BufReader::new(reader.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    // The reader has begun to print and nobody reads on.
    assert_eq!(home.enter("phq-2", "a,a\n").len(), 1);
    assert_eq!(out.lines().count(), 3999);
    assert!(reader.wait().unwrap().success());
}
