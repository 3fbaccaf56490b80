//! One concordance of all shards.

use std::collections::BTreeMap;

use serde::Serialize;

use super::collection::Shards;
use super::question::{Answer, Own, Question};
use crate::query::parse;
use crate::search::concordance_row::ConcordanceRow;
use crate::search::occurrences::{ConcordanceOptions, Found};
use crate::search::{Error, Group};

/// A concordance with the field names of the product's JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConcordanceRows {
    /// The query as entered.
    pub query: String,
    /// All occurrences, sampled or not.
    pub occurrences: u64,
    /// Documents that hold them.
    pub documents: u64,
    /// [`crate::search::Concordance::dispersion`] with six decimals.
    pub dispersion: Option<f64>,
    /// The frequency list.
    pub groups: Vec<Group>,
    /// The lines.
    pub lines: Vec<ConcordanceRow>,
}

/// The occurrences of a query in all shards, as [`crate::search::Searcher::concordance`] has those of one index; at most
/// [`ConcordanceOptions::most`] lines.
///
/// # Errors
/// [`crate::query::Error::Syntax`] if the query is invalid; those of [`Shards::ask`].
pub fn concordance<S: Shards>(
    shards: &S,
    query: &str,
    options: &ConcordanceOptions,
) -> Result<ConcordanceRows, S::Error> {
    parse(query).map_err(Error::from)?;
    let question = Question::Occurrences {
        query: query.to_owned(),
        options: options.clone(),
    };
    let mut all = Found::default();
    // The shard of each document, by id.
    let mut shard_of: BTreeMap<String, usize> = BTreeMap::new();
    for (shard, answer) in shards.ask_all(&question)?.into_iter().enumerate() {
        if let Answer::Occurrences(found) = answer {
            let ids = found.documents.iter().map(|document| document.id.clone());
            shard_of.extend(ids.map(|id| (id, shard)));
            all.append(found);
        }
    }
    all.sort_documents();
    let head = all.head();
    all.select(options);
    all.spots.truncate(options.most.unwrap_or(usize::MAX));
    let mut own: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    let mut shards_of_lines = Vec::with_capacity(all.spots.len());
    for spot in all.spots {
        let id = all.documents[spot.document as usize].id.clone();
        let shard = shard_of.get(&id).copied().unwrap_or_default();
        shards_of_lines.push(shard);
        own.entry(shard).or_default().push((id, spot));
    }
    let asked: Vec<usize> = own.keys().copied().collect();
    let own = own.into_iter();
    let own = own
        .map(|(shard, spots)| (shard, Own::Spots(spots)))
        .collect();
    let answers = match asked.is_empty() {
        true => Vec::new(),
        false => shards.ask(&Question::Lines, own)?,
    };
    let mut lines: BTreeMap<usize, std::vec::IntoIter<ConcordanceRow>> = BTreeMap::new();
    for (shard, answer) in asked.into_iter().zip(answers) {
        if let Answer::Lines(rows) = answer {
            lines.insert(shard, rows.into_iter());
        }
    }
    let lines = shards_of_lines
        .into_iter()
        .filter_map(|shard| lines.get_mut(&shard)?.next());
    Ok(ConcordanceRows {
        query: query.to_owned(),
        occurrences: head.occurrences,
        documents: head.n_documents,
        dispersion: head.dispersion.map(|value| (value * 1e6).round() / 1e6),
        groups: head.groups,
        lines: lines.collect(),
    })
}
