//! Rows of units as terms of the dictionary, and what the dictionary says of their cost and weight.

use std::collections::BTreeMap;

use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, Term};
use tantivy::{InvertedIndexReader, Score};

use super::unit_postings::{n_places, n_postings};
use crate::index::analyzer::{gram, gram_prefix};

/// The grams of a row with their offsets from its start; a single unit gives a prefix.
#[derive(Clone, Debug)]
pub(super) enum RowTerms {
    Chain { grams: Vec<(Term, u32)>, len: u32 },
    Prefix(String),
}

impl RowTerms {
    pub(super) fn new(field: Field, row: &[String]) -> Self {
        if let [unit] = row {
            return Self::Prefix(gram_prefix(unit));
        }
        let last = row.len().saturating_sub(2);
        // Adjoining grams overlap in a unit; every second one and the last cover the row.
        let offsets = (0..=last).filter(|&offset| offset % 2 == 0 || offset == last);
        let term =
            |offset: usize| Term::from_field_text(field, &gram(&row[offset], &row[offset + 1]));
        Self::Chain {
            grams: offsets
                .map(|offset| (term(offset), offset as u32))
                .collect(),
            len: row.len() as u32,
        }
    }

    pub(super) fn len(&self) -> u32 {
        match self {
            Self::Chain { len, .. } => *len,
            Self::Prefix(_) => 1,
        }
    }
}

/// About how many postings and places a pass over the segment looks at, by the dictionary of terms alone.
pub(super) fn work(
    rows: &[RowTerms],
    inverted: &InvertedIndexReader,
    max_doc: u32,
) -> tantivy::Result<u64> {
    let mut units: BTreeMap<&str, u64> = BTreeMap::new();
    let mut of_rows = Vec::with_capacity(rows.len());
    for row in rows {
        of_rows.push(match row {
            RowTerms::Prefix(prefix) => {
                if !units.contains_key(&**prefix) {
                    units.insert(prefix, n_postings(inverted, prefix)?);
                }
                let places = units[&**prefix];
                (places.min(u64::from(max_doc)), places)
            }
            RowTerms::Chain { grams, .. } => {
                let (mut docs, mut places) = (u64::from(max_doc), 0);
                for (term, _) in grams {
                    let info = inverted.get_term_info(term)?.unwrap_or_default();
                    docs = docs.min(u64::from(info.doc_freq));
                    places += n_places(&info);
                }
                (docs, places)
            }
        });
    }
    Ok(units.values().sum::<u64>() + joined(&of_rows))
}

/// How many places are joined in the documents that hold all rows; of each row the number of its documents and places.
pub(super) fn joined(rows: &[(u64, u64)]) -> u64 {
    let n_docs = rows.iter().map(|&(docs, _)| docs).min().unwrap_or(0);
    let places = rows
        .iter()
        .map(|&(docs, places)| n_docs * places / docs.max(1));
    places.sum()
}

/// Weight of all grams together, as for a phrase; a row of one unit counts as a term that every second passage holds.
pub(super) fn bm25(
    field: Field,
    rows: &[RowTerms],
    statistics: &dyn Bm25StatisticsProvider,
) -> tantivy::Result<Bm25Weight> {
    let grams = rows.iter().filter_map(|row| match row {
        RowTerms::Chain { grams, .. } => Some(grams),
        RowTerms::Prefix(_) => None,
    });
    let terms: Vec<Term> = grams.flatten().map(|(term, _)| term.clone()).collect();
    if !terms.is_empty() {
        return Bm25Weight::for_terms(statistics, &terms);
    }
    let n_docs = statistics.total_num_docs()?.max(1);
    let average = statistics.total_num_tokens(field)? as Score / n_docs as Score;
    Ok(Bm25Weight::for_one_term(n_docs / 2, n_docs, average))
}
