//! The SQLite file as a crash-safe box: how it is opened, read and written.

use std::{fs::File, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, config::DbConfig, limits::Limit};

use super::{
    Refusal, Result, VaultError,
    place::{self, Place},
    schema,
};

/// The first SQLite without the fault that could damage a file under two writers.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long to wait for another process before [`VaultError::Busy`].
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest row: a full payload and what sealing adds.
const LONGEST: i32 = 2 << 20;
/// Up to this size in bytes a vault is rewritten in memory.
const IN_MEMORY: u64 = 32 << 20;

/// An open vault file, whatever is in it.
pub(super) struct Container {
    place: Place,
    /// `None` after an error that may have left the connection wrong about the file.
    connection: Option<Connection>,
    /// Held shared as long as the vault is in use.
    _lock: Option<File>,
}

impl Container {
    /// Opens the vault in `dir` after checking whose it is and what it is.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        new_enough(rusqlite::version_number())?;
        let place = Place::check(dir)?;
        let lock = place::lock_file(&place.dir)?;
        if let Some(file) = &lock {
            file.try_lock_shared().map_err(std::io::Error::from)?;
        }
        let mut container = Self { place, connection: None, _lock: lock };
        container.read(|_| Ok(()))?;
        Ok(container)
    }

    /// The size of the file in bytes.
    pub(super) fn size(&self) -> Result<u64> {
        Ok(std::fs::metadata(&self.place.file)?.len())
    }

    /// Runs `act` on one consistent state of the vault.
    pub(super) fn read<T>(&mut self, act: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let done = self.read_for(act);
        if done.as_ref().is_err_and(VaultError::spoils_connection) {
            self.connection = None;
        }
        done
    }

    /// As [`Self::read`], for an act with an error type of its own.
    pub(super) fn read_for<T, E: From<VaultError>>(&mut self, act: impl FnOnce(&Transaction<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = self.connection().map_err(E::from)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred).map_err(|error| E::from(error.into()))?;
        // Reading leaves nothing to undo: dropping the transaction ends it.
        act(&transaction)
    }

    /// Runs `act` and makes what it did durable, all of it or nothing.
    pub(super) fn write<T>(&mut self, act: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let done = self.connection().and_then(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = act(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        if done.as_ref().is_err_and(VaultError::spoils_connection) {
            self.connection = None;
        }
        done
    }

    /// Rewrites the file without gaps, so that nothing removed stays in it.
    ///
    /// SQLite builds the new content in a temporary file: in memory while that is small, else in
    /// the vault's own folder, sealed as everything there, nameless and gone with the process.
    pub(super) fn compact(&mut self) -> Result<()> {
        let place = (self.size()? > IN_MEMORY).then(|| self.place.dir.to_str().map(|dir| dir.replace('\'', "''")));
        let done = self.connection().and_then(|connection| {
            let Some(Some(dir)) = place else {
                return Ok(connection.execute_batch("VACUUM")?);
            };
            let done = connection.execute_batch(&format!("PRAGMA temp_store_directory='{dir}'; PRAGMA temp_store=FILE; VACUUM;"));
            connection.execute_batch("PRAGMA temp_store=MEMORY; PRAGMA temp_store_directory=''")?;
            Ok(done?)
        });
        if done.is_err() {
            self.connection = None;
        }
        done
    }

    fn connection(&mut self) -> Result<&mut Connection> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            empty => {
                let connection = connect(&self.place.file)?;
                schema::check(&connection)?;
                Ok(empty.insert(connection))
            }
        }
    }
}

/// Whether a table and its indexes are sound as SQLite sees them. A page that lost its last rows
/// still reads without an error: where no chain counts the rows, this does.
pub(super) fn is_sound(connection: &Connection, table: &'static str) -> Result<bool> {
    let sql = format!("PRAGMA integrity_check({table})");
    let verdict: String = connection.query_row(&sql, [], |row| row.get(0))?;
    Ok(verdict == "ok")
}

/// Refuses a library with the known fault.
pub(super) fn new_enough(version: i32) -> Result<()> {
    if version < OLDEST_SQLITE { Err(Refusal::OldSqlite.into()) } else { Ok(()) }
}

/// A connection that flushes everything, trusts nothing in the file and leaves nothing behind.
pub(super) fn connect(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    for (name, value) in [
        ("synchronous", "EXTRA"),
        ("fullfsync", "ON"),
        ("secure_delete", "ON"),
        ("temp_store", "MEMORY"),
        ("mmap_size", "0"),
        ("cell_size_check", "ON"),
        ("trusted_schema", "OFF"),
        ("foreign_keys", "ON"),
        // 32 MiB: the index over a million tags fits.
        ("cache_size", "-32768"),
    ] {
        connection.execute_batch(&format!("PRAGMA {name}={value}"))?;
    }
    let mode: String = connection.query_row("PRAGMA journal_mode=DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(VaultError::Damaged { what: "file header" });
    }
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::{Refusal, new_enough};

    #[test]
    fn the_library_that_damages_files_is_refused() {
        assert_eq!(new_enough(3_051_002), Err(Refusal::OldSqlite.into()));
        assert_eq!(new_enough(3_051_003), Ok(()));
        assert_eq!(new_enough(rusqlite::version_number()), Ok(()));
    }
}
