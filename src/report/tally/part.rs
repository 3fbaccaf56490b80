//! The numbers of a part of a collection, as data that can be sent, and the report of all parts.

use serde::{Deserialize, Serialize};

use super::count::runs;
use super::counts::{Counted, Tally};
use super::options::TallyOptions;
use super::run::{self, EntryRun, Run};
use crate::report::Result;
use crate::report::keywords::Keywords;
use crate::search::Searcher;

/// The numbers of the documents of one shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    documents: Vec<Counted>,
    entries: Vec<EntryRun>,
    pairs: Vec<u32>,
}

/// Counts the keywords in one shard; progress, memory and errors are those of [`super::tally`].
///
/// # Errors
/// As for [`super::tally`].
pub fn part(searcher: &Searcher, keywords: &Keywords, options: &TallyOptions) -> Result<Part> {
    let (runs, documents) = runs(searcher, keywords, options)?;
    let mut sum = run::sum(runs);
    for entry in &mut sum.entries {
        entry.shrink(options);
    }
    Ok(Part {
        documents,
        entries: sum.entries,
        pairs: sum.pairs,
    })
}

/// The report of the collection that is made of `parts`, which share no document; the same as that of one index of this
/// fingerprint with all of them.
pub fn tally_of(
    parts: Vec<Part>,
    (fingerprint, keywords): (&str, &Keywords),
    options: &TallyOptions,
) -> Tally {
    let ids = parts
        .iter()
        .enumerate()
        .flat_map(|(part, numbers)| (0..numbers.documents.len()).map(move |ord| (part, ord)));
    let mut order: Vec<(usize, usize)> = ids.collect();
    let id = |&(part, ord): &(usize, usize)| &parts[part].documents[ord].id;
    order.sort_by(|a, b| id(a).cmp(id(b)));
    let places = parts.iter().map(|part| vec![0; part.documents.len()]);
    let mut places: Vec<Vec<usize>> = places.collect();
    for (place, &(part, ord)) in order.iter().enumerate() {
        places[part][ord] = place;
    }
    let mut documents: Vec<Option<Counted>> = vec![None; order.len()];
    let mut runs = Vec::new();
    for (part, places) in parts.into_iter().zip(&places) {
        for (document, &place) in part.documents.into_iter().zip(places) {
            documents[place] = Some(document);
        }
        // A part without passages has counted nothing at all.
        if part.entries.len() == keywords.entries.len() {
            let mut run = Run::new(0);
            (run.entries, run.pairs) = (part.entries, part.pairs);
            for entry in &mut run.entries {
                entry.renumber(places);
            }
            runs.push(run);
        }
    }
    // Documents of one part lie among those of another: only their sum is in order.
    let mut sum = run::sum(runs);
    let same: Vec<usize> = (0..documents.len()).collect();
    for entry in &mut sum.entries {
        entry.renumber(&same);
    }
    let runs = match sum.entries.is_empty() {
        true => Vec::new(),
        false => vec![sum],
    };
    let documents = documents.into_iter().flatten().collect();
    run::finish(runs, (fingerprint, keywords), (documents, options))
}
