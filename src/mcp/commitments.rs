//! The commitments of a comparison, short enough to come beside its sentences.

use serde_json::{Map, Value};
use xunzhang::precedent::CommitmentStatus;

/// What an assistant reads at the place of a figure.
const AT_PLACE: [&str; 8] = [
    "text", "span", "value", "to", "unit", "bound", "change", "period",
];

/// Counts the commitments by status and leaves of each its places, measures and figures. Those that the newer report does not
/// mention come last: where an answer can't hold all, they are missed least.
pub(super) fn shorten(whole: &mut Map<String, Value>) {
    let Some(Value::Array(all)) = whole.get_mut("commitments") else {
        return;
    };
    let mut counts = Map::new();
    for status in CommitmentStatus::ALL {
        let name = serde_json::to_value(status).unwrap_or_default();
        let n = all.iter().filter(|one| one["status"] == name).count();
        counts.insert(name.as_str().unwrap_or_default().to_owned(), n.into());
    }
    for one in all.iter_mut() {
        for side in ["target", "outcome"] {
            if let Some(Value::Object(fields)) = one.get_mut(side) {
                fields.retain(|name, _| !AT_PLACE.contains(&&**name));
            }
        }
    }
    all.sort_by_key(|one| one["outcome"].is_null());
    whole.insert("commitment_counts".to_owned(), counts.into());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_commitment_is_its_places_and_figures() {
        let figure = json!({"place": "a:1", "text": "修渠12条。", "measure": "修渠", "figure": "12条", "value": 12.0});
        let short = json!({"place": "a:1", "measure": "修渠", "figure": "12条"});
        let commitments = json!([
            {"status": "not_mentioned", "target": figure, "outcome": null},
            {"status": "met", "target": figure, "outcome": figure},
        ]);
        let mut whole = Map::new();
        whole.insert("commitments".to_owned(), commitments);
        shorten(&mut whole);
        assert_eq!(
            Value::Object(whole),
            json!({
                "commitments": [
                    {"status": "met", "target": short, "outcome": short},
                    {"status": "not_mentioned", "target": short, "outcome": null},
                ],
                "commitment_counts": {"met": 1, "missed": 0, "not_mentioned": 1, "undecided": 0},
            })
        );
        let mut other = Map::new();
        shorten(&mut other);
        assert!(other.is_empty());
    }
}
