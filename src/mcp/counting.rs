//! Counts of several queries, each with its years: what `search --count` and `trend` say of them.

use serde_json::{Map, Value, json};

use super::arguments::Arguments;
use super::call::{Call, Found};
use crate::cli::fault::Fault;
use crate::web::{Parameters, Question};

/// Counts the queries of a call that are requested, and one more where there are more.
///
/// # Errors
/// Those of the commands.
pub(super) fn counts(given: &Arguments, call: &Call<'_>) -> anyhow::Result<Found> {
    let filters = given.parameters.without(&["q"]);
    let words = given.parameters.all("q").skip(given.offset);
    let mut counts = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    for word in words.take(given.limit + 1) {
        let (count, said) = count(word, &filters, call)?;
        counts.push(count);
        notes.extend(said.into_iter().map(|line| format!("{word}: {line}")));
    }
    Ok(Found {
        whole: json!({ "counts": counts }),
        notes,
        n_skipped: given.offset,
    })
}

fn count(
    word: &str,
    filters: &Parameters,
    call: &Call<'_>,
) -> anyhow::Result<(Value, Vec<String>)> {
    let question = Question::at("count").ok_or(Fault)?;
    let parameters = filters.with("q", &[word]);
    let (mut count, notes) = call.ask(question, &parameters, Vec::new())?;
    let trend = Question::at("trend").ok_or(Fault)?;
    let (trend, _) = call.ask(trend, &parameters, Vec::new())?;
    let course = &trend["words"][0];
    if let Some(fields) = count.as_object_mut() {
        for name in ["undated", "first", "last"] {
            fields.insert(name.to_owned(), course[name].clone());
        }
        for (name, of_point) in [("years", "occurrences"), ("per_10k", "per_10k")] {
            fields.insert(name.to_owned(), years(&course["points"], of_point).into());
        }
    }
    Ok((count, notes))
}

/// A number of each year that has occurrences.
fn years(points: &Value, name: &str) -> Map<String, Value> {
    let all = points.as_array().map(Vec::as_slice).unwrap_or_default();
    let some = all.iter().filter(|point| point["occurrences"] != 0);
    let pairs = some.filter_map(|point| Some((point["period"].as_str()?, point[name].clone())));
    pairs
        .map(|(year, number)| (year.to_owned(), number))
        .collect()
}
