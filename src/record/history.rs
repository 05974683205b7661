//! Puts entries together: each sitting as it counts now, with what was amended or voided.

use std::collections::BTreeMap;

use super::{Administration, Entry};
use crate::record::entry::VoidReason;

/// One sitting as it counts now.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The sitting, with its last amendment.
    pub administration: Administration,
    /// How often it was put right.
    pub amended: usize,
    /// Why it does not count, if it does not.
    pub voided: Option<VoidReason>,
}

/// Entries read from newest to oldest: what puts a sitting right is always newer than the sitting.
#[derive(Default, Debug)]
pub struct History {
    amendments: BTreeMap<String, (Administration, usize)>,
    voids: BTreeMap<String, VoidReason>,
}

impl History {
    /// Takes the next older entry; returns the sitting it completes, if it is one.
    pub fn take(&mut self, entry: Entry) -> Option<Kept> {
        match entry {
            Entry::Void { of, reason, .. } => {
                self.voids.entry(of).or_insert(reason);
                None
            }
            Entry::Amendment { of, administration, .. } => {
                self.amendments.entry(of).and_modify(|(_, times)| *times += 1).or_insert((*administration, 1));
                None
            }
            Entry::Administration(administration) => {
                let voided = self.voids.remove(&administration.id);
                Some(match self.amendments.remove(&administration.id) {
                    Some((newest, amended)) => Kept { administration: newest, amended, voided },
                    None => Kept { administration: *administration, amended: 0, voided },
                })
            }
        }
    }
}
