//! What adds to the scores of passages already found: words of the headings and the title above them, and the
//! lightest words of a long query.

use tantivy::schema::Term;
use tantivy::{DocId, SegmentReader};

use super::candidate::Candidate;
use super::columns::{Columns, TextSource};
use super::scored_terms::ScoredTerm;
use crate::index::Parts;
use crate::query::{Added, IndexTerm, Lengths, Located, Terms};
use crate::search::{Result, Searcher};

impl Searcher<'_> {
    /// Adds to each candidate's score what the terms give it; leaves the candidates in order of their addresses.
    pub(in crate::search) fn add_terms(
        &self,
        added: &Added,
        candidates: &mut [Candidate],
        columns: &[Columns],
    ) -> Result<()> {
        // Lists are read forwards only; holders ascend with the passages, since a passage follows its anchor and runs
        // follow one another.
        candidates.sort_by_key(|candidate| candidate.address);
        for (terms, of) in [
            (&added.own, TextSource::Text),
            (&added.headings, TextSource::Headings),
            (&added.title, TextSource::Title),
        ] {
            let holder = |candidate: &Candidate| {
                let columns = &columns[candidate.address.segment_ord as usize];
                columns.anchor(of, candidate.address.doc_id)
            };
            let holders: Vec<_> = candidates.iter().map(holder).collect();
            self.n_texts(of)
                .and_then(|n_texts| self.add_texts(terms, n_texts, (candidates, &holders)))
                .map_err(self.engine())?;
        }
        Ok(())
    }

    /// How many texts of this kind there are.
    pub(in crate::search) fn n_texts(&self, of: TextSource) -> tantivy::Result<u64> {
        let fields = &self.index.fields;
        let name = match of {
            TextSource::Text => return self.statistics.passages(),
            TextSource::Headings => fields.headings.name,
            TextSource::Title => fields.title.name,
        };
        // Texts that are inherited are counted once for each anchor: counted for each passage, a long section would make the
        // words of its heading common.
        let opens = Term::from_field_text(fields.opens, name);
        self.statistics.frequency(&IndexTerm::Word(opens))
    }

    /// Adds BM25 of the texts that the candidates' holders hold.
    fn add_texts(
        &self,
        terms: &Terms,
        n_texts: u64,
        (candidates, holders): (&mut [Candidate], &[Option<DocId>]),
    ) -> tantivy::Result<()> {
        for term in self.scored_terms(terms, n_texts)? {
            let mut holders = holders.iter();
            for group in candidates.chunk_by_mut(in_one_segment) {
                let ord = group[0].address.segment_ord;
                let held: Vec<_> = group.iter_mut().zip(holders.by_ref()).collect();
                if let Some(located) = &term.located[ord as usize] {
                    let place = (
                        self.snapshot.segment_reader(ord),
                        self.index.parts().as_ref(),
                    );
                    add_term(place, (&term, located), held)?;
                }
            }
        }
        Ok(())
    }
}

/// Adds what one term gives the candidates of one segment, which come in order of their holders.
fn add_term<'c>(
    (segment, parts): (&SegmentReader, &Parts),
    (term, located): (&ScoredTerm, &Located),
    candidates: impl IntoIterator<Item = (&'c mut Candidate, &'c Option<DocId>)>,
) -> tantivy::Result<()> {
    let parts = parts.of(segment)?;
    let mut postings = located.open(segment, &parts)?;
    let lengths = Lengths::open(term.analysis, segment, &parts)?;
    for (candidate, holder) in candidates {
        let Some(holder) = *holder else { continue };
        if postings.seek(holder) == holder {
            let length = lengths.of(holder);
            candidate.score += term.bm25.score(length, postings.frequency());
        }
    }
    Ok(())
}

fn in_one_segment(a: &Candidate, b: &Candidate) -> bool {
    a.address.segment_ord == b.address.segment_ord
}
