//! The tables, word for word: a vault whose layout differs by a letter is not opened, because a
//! planted trigger or view would run with our hands.

use rusqlite::Connection;

use super::{Result, VaultError};

/// In the order of creation; `slot` comes first, so that it lies on the page after the header.
pub(super) const TABLES: [(&str, &str); 6] = [
    (
        "slot",
        "CREATE TABLE slot(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, params BLOB NOT NULL, wrapped BLOB NOT NULL, sum BLOB NOT NULL) STRICT",
    ),
    ("meta", "CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) STRICT, WITHOUT ROWID"),
    (
        "rec",
        "CREATE TABLE rec(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, tag BLOB NOT NULL UNIQUE, leaf BLOB NOT NULL, body BLOB) STRICT",
    ),
    (
        "inbox",
        "CREATE TABLE inbox(n INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, enc BLOB NOT NULL, body BLOB NOT NULL) STRICT",
    ),
    ("draft", "CREATE TABLE draft(id BLOB PRIMARY KEY, enc BLOB NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID"),
    (
        "quarantine",
        "CREATE TABLE quarantine(n INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL, enc BLOB NOT NULL, body BLOB NOT NULL, reason TEXT NOT NULL) STRICT",
    ),
];

/// What SQLite adds by itself for the tables above.
const BY_SQLITE: [(&str, &str, Option<&str>); 3] = [
    ("index", "sqlite_autoindex_inbox_1", None),
    ("index", "sqlite_autoindex_rec_1", None),
    ("table", "sqlite_sequence", Some("CREATE TABLE sqlite_sequence(name,seq)")),
];

/// Makes the tables.
pub(super) fn make(connection: &Connection) -> Result<()> {
    for (_, text) in TABLES {
        connection.execute_batch(text)?;
    }
    Ok(())
}

/// Compares the layout with the tables above.
pub(super) fn check(connection: &Connection) -> Result<()> {
    let mut expected: Vec<_> = TABLES.iter().map(|&(name, text)| ("table", name, Some(text))).chain(BY_SQLITE).collect();
    expected.sort_by_key(|row| row.1);
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY name COLLATE BINARY")?;
    let mut rows = statement.query([])?;
    let mut expected = expected.into_iter();
    while let Some(row) = rows.next()? {
        let same = match expected.next() {
            Some((kind, name, text)) => {
                row.get_ref(0)?.as_str_or_null().ok().flatten() == Some(kind)
                    && row.get_ref(1)?.as_str_or_null().ok().flatten() == Some(name)
                    && row.get_ref(2)?.as_str_or_null().ok().flatten() == text
            }
            None => false,
        };
        if !same {
            return Err(VaultError::Damaged { what: "table layout" });
        }
    }
    if expected.next().is_some() {
        return Err(VaultError::Damaged { what: "table layout" });
    }
    Ok(())
}
