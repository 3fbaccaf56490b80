//! What adds to the scores of passages already found: words of the headings and the title above them, and the
//! lightest words of a long query.

use tantivy::postings::{Postings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader};

use super::Searcher;
use super::candidates::{Candidate, Columns};
use crate::Result;
use crate::index::Above;
use crate::query::{Added, Terms};

impl Searcher<'_> {
    /// Adds to each candidate's score what the terms give it; leaves the candidates in order of their addresses.
    pub(super) fn add_terms(
        &self,
        added: &Added,
        candidates: &mut [Candidate],
        columns: &[Columns],
    ) -> Result<()> {
        candidates.sort_by_key(|candidate| candidate.address);
        let (headings, title) = (self.index.fields.headings, self.index.fields.title);
        for (terms, above) in [
            (&added.own, None),
            (&added.headings, Some(headings)),
            (&added.title, Some(title)),
        ] {
            let holder = |candidate: &Candidate| {
                let columns = &columns[candidate.address.segment_ord as usize];
                columns.holder(above, candidate.address.doc_id)
            };
            let holders: Vec<_> = candidates.iter().map(holder).collect();
            let n_texts = self.n_texts(above)?;
            self.add_texts(terms, n_texts, (candidates, &holders))
                .map_err(self.engine())?;
        }
        Ok(())
    }

    /// How many texts of this kind there are: passages, or what stands above them.
    fn n_texts(&self, above: Option<Above>) -> Result<u64> {
        let Some(above) = above else {
            return Ok(self.statistics()?.passages);
        };
        let opens = Term::from_field_text(self.index.fields.opens, above.name);
        self.snapshot.doc_freq(&opens).map_err(self.engine())
    }

    /// Adds BM25 of the texts that the candidates' holders hold.
    fn add_texts(
        &self,
        terms: &Terms,
        n_texts: u64,
        (candidates, holders): (&mut [Candidate], &[Option<DocId>]),
    ) -> tantivy::Result<()> {
        for (term, &weight) in terms {
            let found = self.term_infos(term)?;
            let df = found.iter().flatten().map(|info| u64::from(info.doc_freq));
            let df: u64 = df.sum();
            if df == 0 {
                continue;
            }
            let average = self.snapshot.total_num_tokens(term.field())? as f32 / n_texts as f32;
            let bm25 = Bm25Weight::for_one_term_without_explain(df, n_texts, average);
            let bm25 = bm25.boost_by(weight);
            let mut holders = holders.iter();
            for group in candidates.chunk_by_mut(in_one_segment) {
                let ord = group[0].address.segment_ord;
                let held: Vec<_> = group.iter_mut().zip(holders.by_ref()).collect();
                if let Some(info) = &found[ord as usize] {
                    let term = (term.field(), info);
                    add_term(self.snapshot.segment_reader(ord), term, &bm25, held)?;
                }
            }
        }
        Ok(())
    }

    /// Where each segment keeps the term's postings.
    fn term_infos(&self, term: &Term) -> tantivy::Result<Vec<Option<TermInfo>>> {
        let segments = self.snapshot.segment_readers().iter();
        segments
            .map(|segment| Ok(segment.inverted_index(term.field())?.get_term_info(term)?))
            .collect()
    }
}

/// Adds what one term gives the candidates of one segment, which come in order of their holders.
fn add_term<'c>(
    segment: &SegmentReader,
    (field, info): (Field, &TermInfo),
    bm25: &Bm25Weight,
    candidates: impl IntoIterator<Item = (&'c mut Candidate, &'c Option<DocId>)>,
) -> tantivy::Result<()> {
    let inverted = segment.inverted_index(field)?;
    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
    let lengths = segment.get_fieldnorms_reader(field)?;
    for (candidate, holder) in candidates {
        let Some(holder) = *holder else { continue };
        if postings.doc() < holder {
            postings.seek(holder);
        }
        if postings.doc() == holder {
            let length = lengths.fieldnorm_id(holder);
            candidate.score += bm25.score(length, postings.term_freq());
        }
    }
    Ok(())
}

fn in_one_segment(a: &Candidate, b: &Candidate) -> bool {
    a.address.segment_ord == b.address.segment_ord
}
