//! Eight writers and two readers at once: nothing lost, no false alarm.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Instant,
};

use crate::{cheap_vault, sheet, vault_kit::home::number};

#[test]
fn writers_and_readers_at_once() {
    let home = cheap_vault();
    let each = number("PERISCREEN_WRITES", 20);
    let (started, done) = (Instant::now(), AtomicBool::new(false));
    let (acknowledged, looks) = thread::scope(|scope| {
        let home = &home;
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                scope.spawn(move || {
                    let mut ids = Vec::new();
                    // Every other writer starts a process for each sheet; the rest send streams.
                    let at_once = if writer % 2 == 0 { 1 } else { 10 };
                    while ids.len() < each {
                        let (lines, own): (Vec<String>, Vec<String>) = (0..at_once.min(each - ids.len())).map(|n| sheet(n as u64)).unzip();
                        let said = home.run(&["enter", "phq-2"], &lines.concat());
                        assert!(said.err.is_empty(), "{said:?}");
                        assert_eq!(said.lines(), own);
                        ids.extend(own);
                    }
                    ids
                })
            })
            .collect();
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let (mut before, mut looks) = (Vec::new(), 0);
                    while !done.load(Ordering::Relaxed) {
                        let said = home.read(&["list", "--ids"]);
                        assert!(said.err.is_empty(), "a false alarm: {said:?}");
                        let now = said.lines();
                        assert!(now.starts_with(&before), "what was there stays, in its order");
                        (before, looks) = (now, looks + 1);
                    }
                    looks
                })
            })
            .collect();
        let outcomes: Vec<_> = writers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        // Also after a failure, or the readers would look for ever.
        done.store(true, Ordering::Relaxed);
        let looks: usize = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
        (outcomes.into_iter().flat_map(Result::unwrap).collect::<BTreeSet<_>>(), looks)
    });
    let listed = home.ids();
    assert_eq!((listed.len(), acknowledged.len()), (8 * each, 8 * each));
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), acknowledged);
    home.verify();
    println!("8 x {each} sheets, 2 readers with {looks} lists: {:?}, nothing lost, no false alarm", started.elapsed());
}
