//! Looking at every byte that counts, and naming what is wrong.

use rusqlite::Connection;

use super::{
    Result, Unlocked, VaultError,
    absorb::waiting,
    base32,
    chain::{self, Head, Link},
    draft,
    format::{Kind, Purpose},
    keys::Keys,
    letter::Mailbox,
    list,
    meta::Facts,
    slot_table,
};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What: always [`VaultError::Damaged`] or [`VaultError::Tampered`].
    pub verdict: VaultError,
    /// The record, where it is one.
    pub seq: Option<u64>,
}

/// What a full check found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Records that open.
    pub records: u64,
    /// Records that were erased.
    pub erased: u64,
    /// Letters in the inbox.
    pub inbox: u64,
    /// Letters in the inbox that do not open.
    pub inbox_bad: u64,
    /// Drafts that open.
    pub drafts: u64,
    /// Drafts that do not open.
    pub drafts_bad: u64,
    /// Letters put aside earlier.
    pub quarantine: u64,
    /// The number of rows and eight letters, to note down elsewhere: a vault that was replaced by
    /// an older copy of itself shows another head. Empty when the chain is broken.
    pub head: String,
    /// Everything found wrong, at most [`Report::MOST_FAULTS`].
    pub faults: Vec<Fault>,
}

impl Report {
    /// The most faults that are listed.
    pub const MOST_FAULTS: usize = 100;

    /// Whether nothing at all is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty() && self.inbox_bad == 0 && self.drafts_bad == 0 && self.quarantine == 0
    }

    fn fault(&mut self, verdict: VaultError, seq: Option<u64>) {
        let fault = Fault { verdict, seq };
        if self.faults.len() < Self::MOST_FAULTS && !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// Keeps a finding, passes on what kept us from looking.
    fn note<T>(&mut self, outcome: Result<T>) -> Result<Option<T>> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(verdict @ (VaultError::Damaged { .. } | VaultError::Tampered { .. })) => {
                self.fault(verdict, None);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }
}

impl Unlocked {
    /// Checks the file, the slots, the chain, the seal of every record, the drafts and the inbox,
    /// all in one state of the vault. `progress` gets rows done and rows in all, now and then.
    ///
    /// # Errors
    /// [`VaultError::Busy`], [`VaultError::Io`], [`VaultError::Memory`]. What is wrong with the
    /// vault stands in the report.
    pub fn verify(&mut self, mut progress: impl FnMut(u64, u64)) -> Result<Report> {
        let (keys, mailbox) = (&self.keys, &self.mailbox);
        self.locked.container.read(|vault| {
            let mut report = Report::default();
            let outcome = integrity(vault);
            report.note(outcome)?;
            let outcome = facts(vault, keys);
            report.note(outcome)?;
            let outcome = walk(vault, keys, &mut report, &mut progress);
            if report.note(outcome)?.is_none() {
                let outcome = find_bad_rows(vault, keys, &mut report);
                report.note(outcome)?;
            }
            let outcome = letters(vault, mailbox, &mut report);
            report.note(outcome)?;
            Ok(report)
        })
    }

    /// Removes the letters that were put aside; how many there were.
    ///
    /// # Errors
    /// [`VaultError::Busy`], [`VaultError::Full`], [`VaultError::Io`].
    pub fn clear_quarantine(&mut self) -> Result<usize> {
        self.locked.container.write(|vault| Ok(vault.execute("DELETE FROM quarantine", [])?))
    }
}

fn integrity(vault: &Connection) -> Result<()> {
    let verdict: String = vault.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(VaultError::Damaged { what: "database file" }) }
}

fn facts(vault: &Connection, keys: &Keys) -> Result<()> {
    Facts::load(vault)?.mailbox(keys)?;
    for slot in slot_table::all(vault)? {
        super::slot::whole(slot, &keys.vault)?;
    }
    Ok(())
}

/// The chain, and the seal of every record on the way.
fn walk(vault: &Connection, keys: &Keys, report: &mut Report, progress: &mut impl FnMut(u64, u64)) -> Result<()> {
    let total = Head::load(vault, keys)?.count;
    let (mut records, mut erased) = (0, 0);
    let head = chain::check(vault, keys, |link| {
        match (link.kind, list::open(keys, link)?) {
            (Kind::Record, Some(_)) => records += 1,
            (Kind::Record, None) => erased += 1,
            (Kind::Erasure, _) => {}
        }
        if link.seq % 4096 == 0 || link.seq == total {
            progress(link.seq, total);
        }
        Ok(())
    })?;
    (report.records, report.erased) = (records, erased);
    let letters: String = base32::encode(head.link.first_chunk::<5>().unwrap_or(&[0; 5]));
    report.head = format!("{}-{letters}", head.count);
    Ok(())
}

/// After a broken chain: each row for itself, so that the report can say which ones are affected.
fn find_bad_rows(vault: &Connection, keys: &Keys, report: &mut Report) -> Result<()> {
    let mut statement = vault.prepare("SELECT seq, kind, tag, leaf, body FROM rec NOT INDEXED ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = row.get::<_, i64>(0).ok().and_then(|seq| u64::try_from(seq).ok());
        let outcome = Link::read(row).and_then(|link| match (link.kind, link.body) {
            (Kind::Erasure, Some(body)) => chain::erasure(keys, &link, body).map(|_| false),
            _ => list::open_alone(keys, &link).map(|record| record.is_some()),
        });
        match outcome {
            Ok(opened) => report.records += u64::from(opened),
            Err(verdict) => report.fault(verdict, place),
        }
    }
    Ok(())
}

fn letters(vault: &Connection, mailbox: &Mailbox, report: &mut Report) -> Result<()> {
    let drafts = draft::open_all(vault, mailbox)?;
    report.drafts = drafts.drafts.len() as u64;
    report.drafts_bad = drafts.bad as u64;
    report.quarantine = vault.query_row("SELECT count(*) FROM quarantine", [], |row| row.get(0))?;
    report.inbox = waiting(vault)?;
    let mut statement = vault.prepare("SELECT id, enc, body FROM inbox NOT INDEXED ORDER BY n")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get_ref(0)?.as_blob().ok().and_then(|id| id.try_into().ok());
        let opened = match (id, row.get_ref(1)?.as_blob(), row.get_ref(2)?.as_blob()) {
            (Some(id), Ok(enc), Ok(body)) => mailbox.open(Purpose::Inbox, &id, enc, body).is_ok(),
            _ => false,
        };
        report.inbox_bad += u64::from(!opened);
    }
    Ok(())
}
