//! Which input column holds which item, and which columns come out.

use crate::questionnaire::{Item, Questionnaire};

/// The input column of each item, in printed order; `None` for an item with a gate that has no column.
pub type Columns = Vec<Option<usize>>;

/// Finds the columns by name, or takes them as given.
///
/// # Errors
///
/// An item without a gate has no column, or two; a given name is not in the header. Names are those of the file, made safe by the caller.
pub fn find(questionnaire: &Questionnaire, header: &[String], given: Option<&[String]>) -> Result<Columns, String> {
    match given {
        Some(given) => in_order(questionnaire, header, given),
        None => questionnaire.items().iter().map(|item| by_name(questionnaire, item, header)).collect(),
    }
}

fn in_order(questionnaire: &Questionnaire, header: &[String], given: &[String]) -> Result<Columns, String> {
    let items = questionnaire.items();
    let fewest = items.iter().filter(|item| item.gate.is_none()).count();
    if !(fewest..=items.len()).contains(&given.len()) {
        return Err(format!("--columns names {} columns; {} has {} items.", given.len(), questionnaire.title(), items.len()));
    }
    let mut columns = Columns::new();
    for place in 0..items.len() {
        let Some(name) = given.get(place) else {
            columns.push(None);
            continue;
        };
        let found = header.iter().position(|column| column.trim_start_matches('\u{feff}') == name.trim());
        let column = found.ok_or_else(|| format!("The column \"{}\" is not in the file.", name.trim()))?;
        columns.push(Some(column));
    }
    Ok(columns)
}

fn by_name(questionnaire: &Questionnaire, item: &Item, header: &[String]) -> Result<Option<usize>, String> {
    let names = names(questionnaire, item);
    let found: Vec<usize> =
        header.iter().enumerate().filter(|(_, column)| names.contains(&folded(column))).map(|(place, _)| place).collect();
    match (found.as_slice(), item.gate.is_some()) {
        ([column], _) => Ok(Some(*column)),
        ([], true) => Ok(None),
        ([], false) => Err(format!("No column for item {}; looked for {}.", item.id, names.join(", "))),
        (_, _) => Err(format!("Several columns could be item {}; name them with --columns.", item.id)),
    }
}

/// Names under which an item's column is known, in lower case with `_` for `-`.
fn names(questionnaire: &Questionnaire, item: &Item) -> Vec<String> {
    let (prefix, id) = (questionnaire.id().as_column(), item.id.as_column());
    vec![id.clone(), format!("q{id}"), format!("item{id}"), format!("{prefix}_{id}"), format!("{}{id}", prefix.replace('_', ""))]
}

fn folded(column: &str) -> String {
    column.trim_start_matches('\u{feff}').trim().to_lowercase().replace('-', "_")
}

/// The columns that are added, in order (docs/contract.md §6).
#[must_use]
pub fn added(questionnaire: &Questionnaire) -> Vec<String> {
    let prefix = questionnaire.id().as_column();
    let mut columns = Vec::new();
    for scale in questionnaire.scales() {
        let name = format!("{prefix}_{}", scale.id.as_column());
        columns.push(name.clone());
        columns.extend(["status", "lowest", "highest", "band"].iter().map(|part| format!("{name}_{part}")));
        columns.extend(scale.cut_offs.iter().map(|cut_off| format!("{prefix}_{}", cut_off.id.as_column())));
    }
    columns.extend(questionnaire.outcomes().iter().map(|outcome| format!("{prefix}_{}", outcome.id.as_column())));
    columns.extend(questionnaire.alert_kinds().iter().map(|kind| format!("{prefix}_{}", kind.as_str().replace('-', "_"))));
    columns
}
