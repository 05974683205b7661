//! A vault with its keys, which are wiped when it goes out of use.

use std::fmt;

use super::{
    Absorbed, Locked, Result,
    chain::Head,
    keys::{Keys, MasterKey},
    letter::Mailbox,
    meta::Facts,
};

/// An open vault that can be read. Dropping it, or [`Unlocked::lock`], wipes the keys.
pub struct Unlocked {
    pub(super) locked: Locked,
    pub(super) keys: Keys,
    pub(super) master: MasterKey,
    pub(super) mailbox: Mailbox,
    pub(super) absorbed: Absorbed,
}

impl Unlocked {
    /// Checks the vault against its keys and takes in the inbox.
    pub(super) fn with_master(mut locked: Locked, master: MasterKey) -> Result<Self> {
        let keys = Keys::derive(&master, locked.address.vault)?;
        let mailbox = locked.container.read(|vault| {
            let mailbox = Facts::load(vault)?.mailbox(&keys)?;
            Head::load(vault, &keys)?;
            Ok(mailbox)
        })?;
        let mut vault = Self { locked, keys, master, mailbox, absorbed: Absorbed::default() };
        vault.absorb_or_wait()?;
        Ok(vault)
    }

    /// What the unlock took in from the inbox.
    #[must_use]
    pub fn absorbed(&self) -> &Absorbed {
        &self.absorbed
    }

    /// The same vault for writing as without keys: drafts, and saves into the inbox.
    pub fn as_locked(&mut self) -> &mut Locked {
        &mut self.locked
    }

    /// Wipes the keys.
    #[must_use]
    pub fn lock(self) -> Locked {
        self.locked
    }
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlocked(..)")
    }
}
