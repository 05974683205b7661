//! The table of key slots.

use rusqlite::{Connection, Row};

use super::{
    Result, VaultError,
    format::VaultId,
    slot::{Slot, SlotKind, whole},
};

const DAMAGED: VaultError = VaultError::Damaged { what: "key slot" };

fn read(row: &Row<'_>) -> rusqlite::Result<Slot> {
    Ok(Slot { id: row.get(0)?, kind: row.get(1)?, params: row.get(2)?, wrapped: row.get(3)?, sum: row.get(4)? })
}

/// All slots.
pub(super) fn all(connection: &Connection) -> Result<Vec<Slot>> {
    let mut statement = connection.prepare("SELECT id, kind, params, wrapped, sum FROM slot ORDER BY id")?;
    let slots = statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(slots)
}

/// The slot of a kind, whole, or `None` when the vault has no such slot.
pub(super) fn find(connection: &Connection, kind: SlotKind, vault: &VaultId) -> Result<Option<Slot>> {
    let (mut sound, mut passphrase) = (true, false);
    for slot in all(connection)? {
        let in_place = SlotKind::ALL.iter().any(|known| slot.id == known.id() && slot.kind == known.text());
        if slot.id == kind.id() {
            let slot = whole(slot, vault)?;
            return if in_place { Ok(Some(slot)) } else { Err(DAMAGED) };
        }
        sound &= in_place && slot.is_whole(vault);
        passphrase |= slot.id == SlotKind::Passphrase.id();
    }
    // A row that is nobody's may be the one we look for, its number changed; and a table without
    // the passphrase is not the table that was written.
    if sound && passphrase { Ok(None) } else { Err(DAMAGED) }
}

/// Writes a slot over the one of the same kind.
pub(super) fn put(connection: &Connection, slot: &Slot) -> Result<()> {
    connection.execute(
        "INSERT INTO slot(id, kind, params, wrapped, sum) VALUES(?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT(id) DO UPDATE SET kind = ?2, params = ?3, wrapped = ?4, sum = ?5",
        (slot.id, &slot.kind, &slot.params, &slot.wrapped, &slot.sum),
    )?;
    Ok(())
}
