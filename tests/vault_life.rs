//! A vault's life: made, saved to, unlocked, read, changed, erased from, destroyed.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

mod vault_kit;
use periscreen::vault::{self, Found, KdfParameters, Locked, Passphrase, RecordId, Refusal, Saved, VaultError};
use vault_kit::{FLOOR, Folder, filled, pass};

fn ids(vault: &mut vault::Unlocked) -> Vec<(RecordId, Vec<u8>)> {
    let mut all = Vec::new();
    vault
        .for_each(|entry| {
            all.push((entry.id, entry.payload.to_vec()));
            Ok::<_, VaultError>(())
        })
        .unwrap();
    all
}

#[test]
fn saved_locked_read_unlocked_in_order() {
    let folder = Folder::new();
    drop(vault::create(folder.path(), &pass("correct"), &FLOOR).unwrap());
    let mut saved = Vec::new();
    for n in 0..20_usize {
        let id = RecordId::random().unwrap();
        let payload = vec![n as u8; n * 60];
        let mut locked = Locked::open(folder.path()).unwrap();
        assert_eq!(locked.save(&id, &payload).unwrap(), Saved::New);
        assert_eq!(locked.save(&id, b"again").unwrap(), Saved::AlreadyThere);
        saved.push((id, payload));
    }
    let locked = Locked::open(folder.path()).unwrap();
    let mut open = locked.unlock_with(&pass("correct")).unwrap();
    assert_eq!((open.absorbed().taken, open.absorbed().waiting), (20, 0));
    assert_eq!(ids(&mut open), saved);
    let newest = open.newest(Some(3)).unwrap();
    assert_eq!(newest.iter().map(|r| r.seq.number()).collect::<Vec<_>>(), [20, 19, 18]);
    assert_eq!(open.newest(None).unwrap().len(), 20);
    assert_eq!(*newest[0].payload, saved[19].1);
    // The same id after it was taken in: repeated, dropped, not doubled.
    let mut locked = open.lock();
    assert_eq!(locked.save(&saved[3].0, b"third").unwrap(), Saved::New);
    let mut open = locked.unlock_with(&pass("correct")).unwrap();
    assert_eq!((open.absorbed().taken, open.absorbed().repeated), (0, 1));
    assert_eq!(ids(&mut open), saved);
    let Found::Record(record) = open.get(&saved[5].0).unwrap() else { panic!() };
    assert_eq!(*record.payload, saved[5].1);
    assert_eq!(open.get(&RecordId::random().unwrap()).unwrap(), Found::Absent);
    let report = open.verify(|_, _| {}).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.records, 20);
    assert!(report.head.starts_with("20-") && report.head.len() == 11, "{}", report.head);
}

#[test]
fn many_at_once_and_straight_into_the_chain() {
    let folder = Folder::new();
    let (mut open, _) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let batch: Vec<_> = (0..300_u32).map(|n| (RecordId::random().unwrap(), n.to_be_bytes().to_vec())).collect();
    let mut twice = batch.clone();
    twice.push(batch[0].clone());
    let said = open.as_locked().save_many(&twice).unwrap();
    assert_eq!(said.iter().filter(|s| **s == Saved::New).count(), 300);
    assert_eq!(open.absorb().unwrap().taken, 300);
    let id = RecordId::random().unwrap();
    assert_eq!(open.append(&id, b"x").unwrap(), Saved::New);
    assert_eq!(open.append(&id, b"x").unwrap(), Saved::AlreadyThere);
    let more: Vec<_> = (0..5).map(|_| (RecordId::random().unwrap(), vec![7; 400])).collect();
    open.append_many(&more).unwrap();
    let all = ids(&mut open);
    assert_eq!(all.len(), 306);
    assert_eq!(all[..300], batch[..]);
    let mut last = 0;
    open.verify(|done, total| {
        assert_eq!(total, 306);
        last = done;
    })
    .unwrap();
    assert_eq!(last, 306);
}

#[test]
fn an_error_of_the_caller_ends_the_walk_and_comes_back() {
    #[derive(Debug, PartialEq)]
    enum Mine {
        Enough,
        Vault(VaultError),
    }
    impl From<VaultError> for Mine {
        fn from(error: VaultError) -> Self {
            Self::Vault(error)
        }
    }
    let (_folder, mut open) = filled(5);
    let mut seen = 0;
    let outcome = open.for_each(|_| {
        seen += 1;
        if seen == 2 { Err(Mine::Enough) } else { Ok(()) }
    });
    assert_eq!((outcome, seen), (Err(Mine::Enough), 2));
}

#[test]
fn drafts_are_replaced_finished_and_dropped() {
    let folder = Folder::new();
    let (mut open, _) = vault::create(folder.path(), &pass("p"), &FLOOR).unwrap();
    let (one, two, done) = (RecordId::random().unwrap(), RecordId::random().unwrap(), RecordId::random().unwrap());
    let locked = open.as_locked();
    locked.save_draft(&one, b"first").unwrap();
    locked.save_draft(&one, b"second").unwrap();
    locked.save_draft(&two, b"other").unwrap();
    assert_eq!(locked.draft_count().unwrap(), 2);
    let found = open.drafts().unwrap();
    assert_eq!(found.bad, 0);
    assert!(found.drafts.iter().any(|d| d.id == one && *d.payload == b"second"));
    assert_eq!(open.as_locked().save_finishing(&one, &done, b"final").unwrap(), Saved::New);
    assert_eq!(open.as_locked().draft_count().unwrap(), 1);
    assert!(open.as_locked().drop_draft(&two).unwrap());
    assert!(!open.as_locked().drop_draft(&two).unwrap());
    open.absorb().unwrap();
    assert_eq!(ids(&mut open), [(done, b"final".to_vec())]);
}

#[test]
fn erased_bytes_are_gone_and_the_id_does_not_come_back() {
    let (folder, mut open) = filled(40);
    let all = ids(&mut open);
    let path = folder.path().join("vault.db");
    let body: Vec<u8> =
        rusqlite::Connection::open(&path).unwrap().query_row("SELECT body FROM rec WHERE seq = 7", [], |row| row.get(0)).unwrap();
    let holds = |needle: &[u8]| std::fs::read(&path).unwrap().windows(16).any(|w| needle.chunks_exact(16).any(|c| c == w));
    assert!(holds(&body));
    let id = all[6].0;
    let done = open.erase(&id).unwrap();
    assert_eq!((done.erased, done.absent, done.compacted), (1, 0, true));
    assert!(!holds(&body));
    assert!(matches!(open.get(&id).unwrap(), Found::Erased(seq) if seq.number() == 7));
    assert_eq!(open.erase(&id).unwrap().absent, 1);
    assert_eq!(open.append(&id, b"back?").unwrap(), Saved::AlreadyThere);
    let rest = ids(&mut open);
    assert_eq!(rest.len(), 39);
    assert!(rest.iter().all(|(other, _)| *other != id));
    let report = open.verify(|_, _| {}).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.records, report.erased), (39, 1));
}

#[test]
fn passphrase_and_recovery_code_change() {
    let folder = Folder::new();
    let (mut open, code) = vault::create(folder.path(), &pass("old"), &FLOOR).unwrap();
    open.append(&RecordId::random().unwrap(), b"kept").unwrap();
    open.change_passphrase(&pass("new"), &FLOOR).unwrap();
    let typed = code.text().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "L");
    let locked = open.lock();
    assert_eq!(locked.unlock_with(&pass("old")).err(), Some(VaultError::WrongPassphrase));
    assert!(locked.unlock_with(&pass("new")).is_ok());
    let mut open = locked.unlock_with_recovery(&typed.parse().unwrap()).unwrap();
    assert_eq!(ids(&mut open).len(), 1);
    let next = open.new_recovery_code().unwrap();
    assert_eq!(locked.unlock_with_recovery(&code).err(), Some(VaultError::WrongRecoveryCode));
    assert!(locked.unlock_with_recovery(&next).is_ok());
    assert!(open.remove_recovery_code().unwrap());
    assert_eq!(locked.unlock_with_recovery(&next).err(), Some(VaultError::NoRecoveryCode));
}

#[test]
fn recovery_code_finds_typing_errors() {
    let code = vault::RecoveryCode::random().unwrap();
    let text = code.text();
    assert_eq!(text.len(), 44);
    assert_eq!(text.parse::<vault::RecoveryCode>().unwrap(), code);
    let mut missed = 0;
    for place in text.char_indices().filter(|(_, c)| *c != '-').map(|(n, _)| n) {
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars() {
            let mut changed = text.to_string();
            changed.replace_range(place..=place, &other.to_string());
            if changed != *text {
                missed += usize::from(changed.parse::<vault::RecoveryCode>().is_ok());
            }
        }
    }
    // 20 bits of checksum over 1,116 changes: one in a thousand runs may miss one.
    assert!(missed <= 1);
    for bad in ["", "ABCD", "U", &format!("{}0", *text)] {
        assert_eq!(bad.parse::<vault::RecoveryCode>().err(), Some(VaultError::MistypedCode));
    }
}

#[test]
fn ids_read_back() {
    for _ in 0..200 {
        let id = RecordId::random().unwrap();
        let text = id.to_string();
        assert_eq!(text.len(), 26);
        assert_eq!(text.parse::<RecordId>().unwrap(), id);
        assert_eq!(text.to_uppercase().parse::<RecordId>().unwrap(), id);
    }
    assert_eq!(RecordId::from_bytes([255; 16]).to_string(), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
    assert!("80000000000000000000000000".parse::<RecordId>().is_err());
    assert!("short".parse::<RecordId>().is_err());
    assert!("uuuuuuuuuuuuuuuuuuuuuuuuuu".parse::<RecordId>().is_err());
}

#[test]
fn limits_of_what_goes_in() {
    assert_eq!(Passphrase::new(vec![]).err(), Some(Refusal::PassphraseLength.into()));
    assert_eq!(Passphrase::new(vec![1; 1025]).err(), Some(Refusal::PassphraseLength.into()));
    for (m, t, p) in [(19 * 1024 - 1, 2, 1), (1 << 21, 2, 1), (19 * 1024, 1, 1), (19 * 1024, 11, 1), (19 * 1024, 2, 0), (19 * 1024, 2, 5)] {
        assert_eq!(KdfParameters::new(m, t, p).err(), Some(Refusal::KdfOutOfRange.into()));
    }
    let (_folder, mut open) = filled(0);
    let id = RecordId::random().unwrap();
    assert_eq!(open.append(&id, &vec![0; vault::MAX_PAYLOAD + 1]).err(), Some(Refusal::PayloadTooLarge.into()));
    assert_eq!(open.as_locked().save(&id, &vec![0; vault::MAX_PAYLOAD + 1]).err(), Some(Refusal::PayloadTooLarge.into()));
    assert_eq!(open.as_locked().save(&id, &vec![9; vault::MAX_PAYLOAD]).unwrap(), Saved::New);
    assert_eq!(open.absorb().unwrap().taken, 1);
    assert_eq!(ids(&mut open)[0].1.len(), vault::MAX_PAYLOAD);
}

#[test]
fn status_needs_no_secret() {
    let (folder, open) = filled(3);
    let mut locked = open.lock();
    locked.save(&RecordId::random().unwrap(), b"x").unwrap();
    locked.save_draft(&RecordId::random().unwrap(), b"x").unwrap();
    let status = locked.status().unwrap();
    assert_eq!((status.rows, status.inbox, status.drafts, status.quarantine), (3, 1, 1, 0));
    assert_eq!((status.cost, status.recovery, status.format), (Some(FLOOR), true, 1));
    assert_eq!(status.bytes, std::fs::metadata(folder.path().join("vault.db")).unwrap().len());
}
