//! One search over all shards.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::collection::Shards;
use super::question::{Answer, Own, Question, Search};
use super::union::Union;
use crate::query::{Numbers, Ranking, parse};
use crate::search::rank::order::{Asked, first_piece, ordered};
use crate::search::rank::pages::FEW;
use crate::search::{By, Error, Hit, Place, Results, SearchOptions, Total};

/// Runs a query over all shards, with the answer of [`crate::search::Searcher::search`] over one index.
///
/// Asks four times: for the numbers that the query is ranked by, for the first candidates, for what their texts give, for what is
/// shown; more often for pages far down.
///
/// # Errors
/// [`crate::query::Error::Syntax`] if the query is invalid; those of [`Shards::ask`].
pub fn search<S: Shards>(
    shards: &S,
    query: &str,
    options: &SearchOptions,
) -> Result<Results, S::Error> {
    let node = parse(query).map_err(Error::from)?;
    let question = Question::Numbers {
        query: query.to_owned(),
    };
    let mut numbers = Numbers::default();
    // One shard names all terms of the query, the others those that they hold.
    let own = (0..shards.n_shards()).map(|shard| match shard {
        0 => (shard, Own::None),
        _ => (shard, Own::NonZero),
    });
    for answer in shards.ask(&question, own.collect())? {
        if let Answer::Numbers(part) = answer {
            numbers.add(part);
        }
    }
    let mut search = Search {
        name: String::new(),
        query: query.to_owned(),
        options: options.clone(),
        numbers: Arc::new(numbers),
        meets_singles: false,
    };
    // Plain data always serializes; without a name, shards would only find again what they have found.
    let content = serde_json::to_vec(&search).unwrap_or_default();
    search.name = blake3::hash(&content).to_hex().to_string();
    let mut union = Union::new(shards, search);
    let depth = first_piece(&node);
    let mut found = union.ask_first(depth)?;
    if found.passages < FEW as u64 && node.has_bare_words() {
        union.search.meets_singles = true;
        found = union.ask_first(depth)?;
    }
    let ranking = Ranking::default();
    let asked = Asked {
        node: &node,
        options,
        ranking: &ranking,
    };
    let ranked = ordered(&mut union, asked)?;
    let originals = match options.by == By::Passage && options.collapse {
        true => ranked
            .iter()
            .map(|hit| union.original(hit.address))
            .collect(),
        false => Vec::new(),
    };
    let mut own: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    // Every shard may hold copies of a hit.
    if !originals.is_empty() {
        own.extend((0..shards.n_shards()).map(|shard| (shard, Vec::new())));
    }
    for (ord, hit) in ranked.iter().enumerate() {
        let (shard, address) = union.in_shard(hit.address);
        own.entry(shard).or_default().push((ord, address));
    }
    let question = Question::Show {
        search: union.search.clone(),
        originals,
    };
    let ords: Vec<Vec<usize>> = own
        .values()
        .map(|hits| hits.iter().map(|(ord, _)| *ord).collect())
        .collect();
    let own = own
        .into_iter()
        .map(|(shard, hits)| (shard, Own::Hits(hits)));
    let answers = match ranked.is_empty() {
        true => Vec::new(),
        false => shards.ask(&question, own.collect())?,
    };
    let mut hits: BTreeMap<usize, Hit> = BTreeMap::new();
    let mut copies: Vec<Vec<Place>> = vec![Vec::new(); ranked.len()];
    for (ords, answer) in ords.into_iter().zip(answers) {
        let Answer::Shown(shown, places) = answer else {
            continue;
        };
        let ords = ords.into_iter().filter(|ord| *ord >= options.offset);
        hits.extend(ords.zip(shown));
        for (copies, places) in copies.iter_mut().zip(places) {
            copies.extend(places);
        }
    }
    let hits = hits.into_iter().map(|(ord, hit)| {
        let mut copy_sources = std::mem::take(&mut copies[ord]);
        copy_sources.sort();
        Hit {
            rank: ord + 1,
            score: ranked[ord].score,
            copies: copy_sources.len(),
            copy_sources,
            ..hit
        }
    });
    Ok(Results {
        hits: hits.collect(),
        total: Total {
            passages: found.passages,
            documents: found.documents,
        },
    })
}
