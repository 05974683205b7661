//! The fingerprint of what scores: titles, topics, sources and words are outside it, so a corrected citation does not split a trend.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::model::{Item, Questionnaire, Scale};

/// SHA-256 over the canonical JSON (RFC 8785) of the scoring parts, in hexadecimal.
pub(super) fn definition_sha256(questionnaire: &Questionnaire) -> Option<String> {
    let parts = json!({
        "format": 1,
        "id": questionnaire.id,
        "items": questionnaire.items.iter().map(item).collect::<Vec<_>>(),
        "scales": questionnaire.scales.iter().map(scale).collect::<Vec<_>>(),
        "critical_items": questionnaire.critical_items.iter().map(|critical| json!({
            "item": critical.item, "kind": critical.kind, "endorsed_by": critical.endorsed_by,
        })).collect::<Vec<_>>(),
        "outcomes": questionnaire.outcomes.iter().map(|outcome| json!({
            "id": outcome.id, "when": outcome.when,
        })).collect::<Vec<_>>(),
    });
    let canonical = serde_json_canonicalizer::to_vec(&parts).ok()?;
    let mut hexadecimal = String::new();
    for byte in Sha256::digest(canonical) {
        hexadecimal.push_str(&format!("{byte:02x}"));
    }
    Some(hexadecimal)
}

fn item(item: &Item) -> Value {
    json!({
        "id": item.id,
        "options": item.options.iter().map(|option| json!({"id": option.id, "points": option.points})).collect::<Vec<_>>(),
        "healthiest": item.healthiest,
        "scored": item.scored,
        "gate": item.gate.as_ref().map(|gate| json!({
            "when": gate.when,
            "when_unknown": gate.when_unknown,
            "points_when_not_applicable": gate.points_when_not_applicable,
        })),
    })
}

fn scale(scale: &Scale) -> Value {
    json!({
        "id": scale.id,
        "items": scale.items,
        "method": {
            "kind": scale.method.kind,
            "multiplier": scale.method.multiplier,
            "at_least": scale.method.at_least,
        },
        "range": [scale.range.0, scale.range.1],
        "max_missing": scale.max_missing,
        "refusal_points": scale.refusal_points,
        "bands": scale.bands.iter().map(|band| json!({"id": band.id, "from": band.from, "to": band.to})).collect::<Vec<_>>(),
        "cut_offs": scale.cut_offs.iter().map(|cut| json!({
            "id": cut.id, "at_least": cut.at_least, "default": cut.default,
        })).collect::<Vec<_>>(),
    })
}
