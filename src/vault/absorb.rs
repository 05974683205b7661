//! Taking letters from the inbox into the chain, one by one; a bad one is put aside, not fatal.

use rusqlite::Connection;

use super::{
    RecordId, Result, Saved, Unlocked, VaultError,
    append::add,
    chain::Head,
    container::is_sound,
    format::{Kind, Purpose},
    keys::Keys,
    letter::Mailbox,
};

/// What happened to the letters in the inbox.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Absorbed {
    /// Letters that became records.
    pub taken: u64,
    /// Letters dropped because a record with their id was there.
    pub repeated: u64,
    /// Letters that do not open or are misshapen, moved into quarantine.
    pub quarantined: u64,
    /// Letters still in the inbox because the disk is full, read-only or in use: they are safe,
    /// and missing from every listing until a later unlock.
    pub waiting: u64,
    /// Whether the letters wait because the inbox itself is damaged. They stay as they are.
    pub inbox_damaged: bool,
}

const INBOX: VaultError = VaultError::Damaged { what: "inbox" };
/// Letters fetched at a time, so that memory does not grow with the inbox.
const BATCH: u32 = 32;

impl Unlocked {
    /// Takes in what other processes have saved since the unlock.
    ///
    /// # Errors
    /// [`VaultError::Tampered`] when the head fails its check, [`VaultError::Damaged`],
    /// [`VaultError::Busy`], [`VaultError::Full`], [`VaultError::Io`]; the inbox is unchanged then.
    pub fn absorb(&mut self) -> Result<Absorbed> {
        let (keys, mailbox) = (&self.keys, &self.mailbox);
        let empty = self.locked.container.read(|vault| {
            if !is_sound(vault, "inbox")? {
                return Err(INBOX);
            }
            Ok(waiting(vault)? == 0)
        })?;
        if empty {
            return Ok(Absorbed::default());
        }
        self.locked.container.write(|vault| absorb(vault, keys, mailbox))
    }

    /// A full or read-only disk, or a damaged inbox, must not keep anyone from reading.
    pub(super) fn absorb_or_wait(&mut self) -> Result<()> {
        self.absorbed = match self.absorb() {
            Err(error @ (VaultError::Full | VaultError::Io { .. } | VaultError::Busy | VaultError::Damaged { .. })) => Absorbed {
                waiting: self.locked.container.read(|vault| waiting(vault)).unwrap_or(0),
                inbox_damaged: matches!(error, VaultError::Damaged { .. }),
                ..Absorbed::default()
            },
            done => done?,
        };
        Ok(())
    }
}

pub(super) fn waiting(vault: &Connection) -> Result<u64> {
    Ok(vault.query_row("SELECT count(*) FROM inbox NOT INDEXED", [], |row| row.get(0))?)
}

struct Waiting {
    n: i64,
    id: Vec<u8>,
    enc: Vec<u8>,
    body: Vec<u8>,
}

/// Empties the inbox, oldest letter first, inside the caller's transaction.
pub(super) fn absorb(vault: &Connection, keys: &Keys, mailbox: &Mailbox) -> Result<Absorbed> {
    let mut head = Head::load(vault, keys)?;
    let mut done = Absorbed::default();
    loop {
        let letters = vault
            .prepare_cached("SELECT n, id, enc, body FROM inbox NOT INDEXED ORDER BY n LIMIT ?1")?
            .query_map([BATCH], |row| Ok(Waiting { n: row.get(0)?, id: row.get(1)?, enc: row.get(2)?, body: row.get(3)? }))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        if letters.is_empty() {
            break;
        }
        for letter in &letters {
            match open(mailbox, letter) {
                Ok((id, payload)) => match add(vault, keys, &mut head, Kind::Record, &id, &payload)? {
                    Saved::New => done.taken += 1,
                    Saved::AlreadyThere => done.repeated += 1,
                },
                Err(reason) => {
                    put_aside(vault, letter, reason)?;
                    done.quarantined += 1;
                }
            }
            vault.prepare_cached("DELETE FROM inbox WHERE n = ?1")?.execute([letter.n])?;
        }
    }
    head.store(vault, keys)?;
    Ok(done)
}

fn open(mailbox: &Mailbox, letter: &Waiting) -> Result<(RecordId, zeroize::Zeroizing<Vec<u8>>), &'static str> {
    let id = RecordId::try_from(letter.id.as_slice()).map_err(|_| "id of wrong length")?;
    Ok((id, mailbox.open(Purpose::Inbox, &id, &letter.enc, &letter.body)?))
}

fn put_aside(vault: &Connection, letter: &Waiting, reason: &str) -> Result<()> {
    vault.prepare_cached("INSERT INTO quarantine(id, enc, body, reason) VALUES(?1, ?2, ?3, ?4)")?.execute((
        &letter.id,
        &letter.enc,
        &letter.body,
        reason,
    ))?;
    Ok(())
}
