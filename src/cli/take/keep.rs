//! Keeping what is taken: a draft after every answer, the finished sitting at its end. Saving never needs the passphrase.

use std::path::PathBuf;

use super::Plan;
use crate::administration::Sitting;
use crate::cli::context::Context;
use crate::cli::store;
use crate::clock;
use crate::error::Result;
use crate::interpret::Reading;
use crate::record::entry::{Administration, Circumstances, Entry, Progress};
use crate::vault::{Locked, RecordId};

/// Where the sittings of one run are kept, if anywhere.
pub(super) struct Keeper<'c> {
    context: &'c Context,
    folder: PathBuf,
    vault: Option<Locked>,
    /// Id of the sitting under way, for its draft and for its record.
    id: Option<RecordId>,
    /// What is finished and not kept: there was no vault yet, or it could not take it.
    finished: Vec<(RecordId, Vec<u8>)>,
}

impl<'c> Keeper<'c> {
    /// Opens the vault, if there is one and something shall be kept. A vault that cannot be used is told before the sitting begins.
    pub(super) fn new(context: &'c Context, no_save: bool) -> Result<Self> {
        let vault = if no_save { None } else { store::open(context)? };
        let folder = store::folder(context).unwrap_or_default();
        Ok(Self { context, folder, vault, id: None, finished: Vec::new() })
    }

    /// Goes on with a draft.
    pub(super) fn resuming(context: &'c Context, vault: Locked, id: RecordId) -> Result<Self> {
        let folder = store::folder(context)?;
        Ok(Self { context, folder, vault: Some(vault), id: Some(id), finished: Vec::new() })
    }

    /// Whether there is a vault, and it has kept all that was finished.
    pub(super) fn has_vault(&self) -> bool {
        self.vault.is_some() && self.finished.is_empty()
    }

    /// Seals the answers so far, durably, before anything else is shown.
    pub(super) fn draft(&mut self, plan: &Plan, sitting: &Sitting<'_>) -> Result<()> {
        if self.vault.is_none() {
            return Ok(());
        }
        // The sitting before this one is finished and was not kept: its id stays its own.
        if self.finished.iter().any(|(id, _)| Some(*id) == self.id) {
            self.id = None;
        }
        let (id, payload) = self.sealed(plan, &Reading::of(sitting.questionnaire(), sitting.sheet()), Progress::InProgress)?;
        let Some(vault) = &mut self.vault else { return Ok(()) };
        vault.save_draft(&id, &payload).map_err(|error| store::told(&error, &self.folder))
    }

    /// Keeps a finished sitting; without a vault it is held until the person says whether to keep it.
    pub(super) fn finish(&mut self, plan: &Plan, reading: &Reading<'_>) -> Result<()> {
        let (id, payload) = self.sealed(plan, reading, Progress::Completed)?;
        // A second try replaces the first.
        self.finished.retain(|(earlier, _)| *earlier != id);
        if let Some(vault) = &mut self.vault {
            if let Err(error) = vault.save_finishing(&id, &id, &payload) {
                self.finished.push((id, payload));
                return Err(store::told(&error, &self.folder));
            }
        } else {
            self.finished.push((id, payload));
        }
        self.id = None;
        Ok(())
    }

    /// Uses a vault that was made after the sitting.
    pub(super) fn adopt(&mut self, vault: Locked) {
        self.vault = Some(vault);
    }

    /// Keeps what was finished before there was a vault.
    pub(super) fn keep_finished(&mut self) -> Result<()> {
        let Some(vault) = &mut self.vault else { return Ok(()) };
        vault.save_many(&self.finished).map_err(|error| store::told(&error, &self.folder))?;
        self.finished.clear();
        Ok(())
    }

    /// The id of the sitting under way and its sealed form. The id is chosen once, so that saving again is saving once.
    fn sealed(&mut self, plan: &Plan, reading: &Reading<'_>, status: Progress) -> Result<(RecordId, Vec<u8>)> {
        let id = match self.id {
            Some(id) => id,
            None => store::fresh_id()?,
        };
        self.id = Some(id);
        let how = Circumstances {
            id: id.to_string(),
            mode: plan.mode.as_str().to_owned(),
            language: self.context.language.clone(),
            taken_on: plan.day.clone(),
            entered_at: clock::now(),
            timing: None,
            status,
        };
        let entry = Entry::Administration(Box::new(Administration::of(reading, how)));
        Ok((id, store::payload(&entry)?))
    }
}
