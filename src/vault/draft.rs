//! Drafts: sittings that are not finished, sealed after every answer, replaced in place.

use zeroize::Zeroizing;

use super::{Locked, RecordId, Result, Unlocked, container::is_sound, format::Purpose, letter::Mailbox};

/// An opened draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub id: RecordId,
    /// What was saved last under that name; wiped on drop.
    pub payload: Zeroizing<Vec<u8>>,
}

/// All drafts that open, and the number of those that do not.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Drafts {
    /// In the order of their ids, which is random.
    pub drafts: Vec<Draft>,
    /// Drafts that are damaged, or were not sealed for this vault. They stay where they are.
    pub bad: usize,
    /// Whether the table itself is damaged, so that drafts may be missing.
    pub table_damaged: bool,
}

impl Locked {
    /// Saves a draft under `id`, over the one of that id. Durable on return.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn save_draft(&mut self, id: &RecordId, payload: &[u8]) -> Result<()> {
        let letter = self.address.seal(Purpose::Draft, id, payload)?;
        self.container.write(|vault| {
            vault
                .prepare_cached(
                    "INSERT INTO draft(id, enc, body) VALUES(?1, ?2, ?3) \
                     ON CONFLICT(id) DO UPDATE SET enc = ?2, body = ?3",
                )?
                .execute((id.as_bytes(), &letter.enc, &letter.body))?;
            Ok(())
        })
    }

    /// Removes a draft; whether there was one.
    ///
    /// # Errors
    /// [`super::VaultError::Busy`], [`super::VaultError::Full`], [`super::VaultError::Io`].
    pub fn drop_draft(&mut self, id: &RecordId) -> Result<bool> {
        self.container.write(|vault| Ok(vault.execute("DELETE FROM draft WHERE id = ?1", [id.as_bytes()])? > 0))
    }

    /// How many drafts there are.
    ///
    /// # Errors
    /// [`super::VaultError::Damaged`], [`super::VaultError::Busy`], [`super::VaultError::Io`].
    pub fn draft_count(&mut self) -> Result<u64> {
        self.container.read(|vault| Ok(vault.query_row("SELECT count(*) FROM draft", [], |row| row.get(0))?))
    }
}

impl Unlocked {
    /// Opens all drafts. One that does not open is counted and never stops the others.
    ///
    /// # Errors
    /// [`super::VaultError::Damaged`] when the table cannot be read,
    /// [`super::VaultError::Busy`], [`super::VaultError::Io`].
    pub fn drafts(&mut self) -> Result<Drafts> {
        let mailbox = &self.mailbox;
        self.locked.container.read(|vault| open_all(vault, mailbox))
    }
}

pub(super) fn open_all(vault: &rusqlite::Connection, mailbox: &Mailbox) -> Result<Drafts> {
    let mut found = Drafts { table_damaged: !is_sound(vault, "draft")?, ..Drafts::default() };
    let mut statement = vault.prepare("SELECT id, enc, body FROM draft ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (enc, body) = (row.get_ref(1)?.as_blob(), row.get_ref(2)?.as_blob());
        let id = row.get_ref(0)?.as_blob().ok().and_then(|id| RecordId::try_from(id).ok());
        let opened = match (id, enc, body) {
            (Some(id), Ok(enc), Ok(body)) => mailbox.open(Purpose::Draft, &id, enc, body).ok().map(|payload| Draft { id, payload }),
            _ => None,
        };
        match opened {
            Some(draft) => found.drafts.push(draft),
            None => found.bad += 1,
        }
    }
    Ok(found)
}
