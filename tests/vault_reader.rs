//! The Python reader, written from docs/vault-format.md alone, reads what this program wrote.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::pedantic
)]

mod vault_kit;

use periscreen::vault::{self, RecordId};
use vault_kit::{
    FLOOR, Folder, pass,
    reader::{python, read},
};

fn hex(id: &RecordId) -> String {
    id.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_python_reader_agrees() {
    let Some(python) = python() else {
        println!("skipped: PERISCREEN_NO_PYTHON is set");
        return;
    };
    let folder = Folder::new();
    let (mut open, code) = vault::create(folder.path(), &pass("wörd"), &FLOOR).unwrap();
    let mut ids: Vec<_> = (0..12).map(|_| RecordId::random().unwrap()).collect();
    let payload = |n: usize| format!("payload number {n} {}", "x".repeat(n * 97));
    for (n, id) in ids.iter().enumerate().take(8) {
        open.append(id, payload(n).as_bytes()).unwrap();
    }
    open.erase(&ids[4]).unwrap();
    for (n, id) in ids.iter().enumerate().skip(8) {
        open.as_locked().save(id, payload(n).as_bytes()).unwrap();
    }
    open.as_locked().save_draft(&ids[0], b"a draft").unwrap();
    let head = open.verify(|_, _| {}).unwrap().head;
    drop(open);
    ids.remove(4);
    for (flags, secret) in [(&[][..], "wörd".to_owned()), (&["--recovery"], code.text().to_lowercase())] {
        let lines = read(&python, folder.path(), flags, &secret);
        let (verdict, records) = lines.split_last().unwrap();
        assert_eq!((&verdict["verdict"], &verdict["head"]), (&"ok".into(), &head.clone().into()));
        assert_eq!((&verdict["drafts"], &verdict["drafts_bad"], &verdict["inbox_bad"]), (&1.into(), &0.into(), &0.into()));
        assert_eq!(
            records.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>(),
            ids.iter().map(hex).collect::<Vec<_>>()
        );
    }
    assert_eq!(read(&python, folder.path(), &[], "word")[0]["verdict"], "wrong-passphrase");
}
