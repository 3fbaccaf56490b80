//! Exact matching on posting lists: rows of units at given distances, counted as a scan of the text would count.
//!
//! A row of two or more units is a chain of grams (every second one, and the last), a row of one unit is the
//! union of all grams that it opens. Positions of the rows are then joined by their gaps. Positions jump at
//! sentence ends by more than any gap, so distance alone keeps a match inside a sentence.

use std::ops::RangeInclusive;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, TantivyError};

use super::budget::Budget;
use super::row_terms::{RowTerms, bm25, joined, work};
use super::score::summand;
use super::unit_postings::{self, Union, Want, n_places, n_postings};

/// How rows stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// In this order, with that many units between one and the next.
    InOrder(Vec<RangeInclusive<usize>>),
    /// Two rows in either order, with at most that many units between them.
    Near(usize),
}

/// Passages whose `field` holds the rows as joined; scored by BM25 with the number of places as term frequency.
#[derive(Clone, Debug)]
pub(super) struct ExactQuery {
    pub(super) field: Field,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) join: Join,
    /// What the query that this is a part of may cost.
    pub(super) budget: Arc<Budget>,
}

impl Query for ExactQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let rows = self.row_terms();
        let bm25 = match scoring {
            EnableScoring::Enabled {
                statistics_provider,
                ..
            } => Some(bm25(self.field, &rows, statistics_provider)?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(ExactWeight {
            field: self.field,
            rows,
            join: self.join.clone(),
            budget: Arc::clone(&self.budget),
            phrase: self.phrase(),
            bm25,
        }))
    }
}

impl ExactQuery {
    /// As a query has it, without quotation marks.
    fn phrase(&self) -> String {
        let mut phrase = String::new();
        for (ord, row) in self.rows.iter().enumerate() {
            let gap = match &self.join {
                Join::InOrder(gaps) => gaps
                    .get(ord)
                    .map(|gap| format!("*{{{},{}}}", gap.start(), gap.end())),
                Join::Near(distance) => (ord == 0).then(|| format!(" NEAR/{distance} ")),
            };
            phrase.push_str(&row.concat());
            phrase.push_str(&gap.unwrap_or_default());
        }
        phrase
    }
}

struct ExactWeight {
    field: Field,
    rows: Vec<RowTerms>,
    join: Join,
    budget: Arc<Budget>,
    phrase: String,
    bm25: Option<Bm25Weight>,
}

impl ExactQuery {
    /// Takes out of the budget what passes over `segments` cost; nothing for a single row, which is one look-up.
    pub(super) fn charge(&self, segments: &[SegmentReader]) -> tantivy::Result<()> {
        let rows = self.row_terms();
        if rows.len() < 2 {
            return Ok(());
        }
        for segment in segments {
            let inverted = segment.inverted_index(self.field)?;
            let work = work(&rows, &inverted, segment.max_doc())?;
            self.budget.spend(work, || self.phrase())?;
        }
        Ok(())
    }

    fn row_terms(&self) -> Vec<RowTerms> {
        let rows = self.rows.iter();
        rows.map(|row| RowTerms::new(self.field, row)).collect()
    }
}

impl Weight for ExactWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = reader.inverted_index(self.field)?;
        let mut rows = Vec::with_capacity(self.rows.len());
        let want = if self.rows.len() > 1 {
            Want::Places
        } else {
            Want::Frequencies
        };
        let spend = |work: u64| self.budget.spend(work, || self.phrase.clone());
        let open_unit = |prefix: &str| {
            let key = (reader.segment_id(), self.field, prefix.to_owned(), want);
            let open = || {
                spend(n_postings(&inverted, prefix)?)?;
                unit_postings::Lists::open(&inverted, prefix, (reader.max_doc(), want))
            };
            self.budget.share(key, open).map(Union::new)
        };
        for terms in &self.rows {
            match Row::open(&inverted, terms, &open_unit)? {
                Some(row) => rows.push(row),
                None => return Ok(Box::new(EmptyScorer)),
            }
        }
        let sizes: Vec<(u64, u64)> = rows.iter().map(|row| row.size).collect();
        spend(joined(&sizes))?;
        let bm25 = match &self.bm25 {
            Some(bm25) => Some((
                bm25.boost_by(boost),
                reader.get_fieldnorms_reader(self.field)?,
            )),
            None => None,
        };
        let mut scorer = ExactScorer {
            doc: 0,
            frequency: 0,
            rows,
            join: self.join.clone(),
            bm25,
            places: Vec::new(),
            buffer: Vec::new(),
        };
        let first = scorer.rows[0].doc();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("exact match", scorer.score()))
    }
}

/// A row's posting lists in one segment, all on the same document.
struct Row {
    lists: Lists,
    len: u32,
    /// How many documents and, about, places it has.
    size: (u64, u64),
}

enum Lists {
    /// Each gram's postings and its offset, rarest first.
    Chain(Vec<(SegmentPostings, u32)>),
    /// Documents and positions of a single unit.
    Union(Union),
}

impl Row {
    fn open(
        inverted: &InvertedIndexReader,
        terms: &RowTerms,
        open_unit: &dyn Fn(&str) -> tantivy::Result<Union>,
    ) -> tantivy::Result<Option<Self>> {
        let len = terms.len();
        let mut size = (u64::MAX, 0);
        let lists = match terms {
            RowTerms::Chain { grams, .. } => {
                let mut lists = Vec::with_capacity(grams.len());
                for (term, offset) in grams {
                    let Some(info) = inverted.get_term_info(term)? else {
                        return Ok(None);
                    };
                    let postings = inverted.read_postings_from_terminfo(
                        &info,
                        IndexRecordOption::WithFreqsAndPositions,
                    )?;
                    size.0 = size.0.min(u64::from(info.doc_freq));
                    size.1 += n_places(&info);
                    lists.push((info.doc_freq, postings, *offset));
                }
                lists.sort_by_key(|&(doc_freq, _, offset)| (doc_freq, offset));
                Lists::Chain(
                    lists
                        .into_iter()
                        .map(|(_, postings, offset)| (postings, offset))
                        .collect(),
                )
            }
            RowTerms::Prefix(prefix) => {
                let union = open_unit(prefix)?;
                size = (u64::from(union.n_docs()), union.n_places());
                Lists::Union(union)
            }
        };
        let mut row = Self { lists, len, size };
        row.align(0);
        Ok((row.doc() != TERMINATED).then_some(row))
    }

    fn doc(&self) -> DocId {
        match &self.lists {
            Lists::Chain(lists) => lists[0].0.doc(),
            Lists::Union(union) => union.doc(),
        }
    }

    /// Moves to the first document from `target` on that all lists hold.
    fn align(&mut self, target: DocId) -> DocId {
        let lists = match &mut self.lists {
            Lists::Chain(lists) => lists,
            Lists::Union(union) => return union.seek(target),
        };
        let mut doc = seek(&mut lists[0].0, target);
        'candidate: while doc != TERMINATED {
            for ord in 1..lists.len() {
                let other = seek(&mut lists[ord].0, doc);
                if other != doc {
                    doc = seek(&mut lists[0].0, other);
                    continue 'candidate;
                }
            }
            break;
        }
        doc
    }

    /// Positions in the current document where the row starts, ascending.
    fn places(&mut self, out: &mut Vec<u32>, buffer: &mut Vec<u32>) {
        out.clear();
        match &mut self.lists {
            Lists::Union(union) => out.extend_from_slice(union.places()),
            Lists::Chain(lists) => {
                for (ord, (postings, offset)) in lists.iter_mut().enumerate() {
                    postings.positions(buffer);
                    if ord == 0 {
                        out.extend(
                            buffer
                                .iter()
                                .filter_map(|position| position.checked_sub(*offset)),
                        );
                    } else {
                        retain_common(out, buffer, *offset);
                    }
                }
            }
        }
    }
}

fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target {
        postings.seek(target)
    } else {
        postings.doc()
    }
}

/// Keeps the starts that stand `offset` before some position; both lists ascend.
fn retain_common(starts: &mut Vec<u32>, positions: &[u32], offset: u32) {
    let mut next = 0;
    starts.retain(|&start| {
        while positions
            .get(next)
            .is_some_and(|&position| position < start + offset)
        {
            next += 1;
        }
        positions.get(next) == Some(&(start + offset))
    });
}

struct ExactScorer {
    doc: DocId,
    /// Number of places in the current document.
    frequency: u32,
    rows: Vec<Row>,
    join: Join,
    bm25: Option<(Bm25Weight, FieldNormReader)>,
    /// Places of each row in the current document.
    places: Vec<Vec<u32>>,
    buffer: Vec<u32>,
}

impl ExactScorer {
    /// Moves to the first document from `target` on where the rows stand as joined.
    fn settle(&mut self, target: DocId) -> DocId {
        let mut doc = target;
        loop {
            doc = self.align(doc);
            if doc == TERMINATED {
                break;
            }
            self.frequency = self.count();
            if self.frequency > 0 {
                break;
            }
            doc += 1;
        }
        self.doc = doc;
        doc
    }

    fn align(&mut self, target: DocId) -> DocId {
        let mut doc = self.rows[0].align(target);
        'candidate: while doc != TERMINATED {
            for ord in 1..self.rows.len() {
                let other = self.rows[ord].align(doc);
                if other != doc {
                    doc = self.rows[0].align(other);
                    continue 'candidate;
                }
            }
            break;
        }
        doc
    }

    fn count(&mut self) -> u32 {
        if let [row] = &self.rows[..]
            && let Lists::Union(union) = &row.lists
        {
            return union.frequency();
        }
        self.places.resize_with(self.rows.len(), Vec::new);
        for (row, places) in self.rows.iter_mut().zip(&mut self.places) {
            row.places(places, &mut self.buffer);
            if places.is_empty() {
                return 0;
            }
        }
        match &self.join {
            Join::InOrder(gaps) => {
                // From the last row back: a place stays if some place of the next row lies in its gap.
                for ord in (0..gaps.len()).rev() {
                    let (head, tail) = self.places.split_at_mut(ord + 1);
                    keep_followed(&mut head[ord], &tail[0], self.rows[ord].len, &gaps[ord]);
                }
                self.places[0].len() as u32
            }
            Join::Near(distance) => {
                let [left, right] = [0, 1].map(|ord| (&self.places[ord], self.rows[ord].len));
                near_pairs(left, right, *distance as u32)
            }
        }
    }
}

fn keep_followed(places: &mut Vec<u32>, next: &[u32], len: u32, gap: &RangeInclusive<usize>) {
    let (least, most) = (*gap.start() as u32, *gap.end() as u32);
    let mut first = 0;
    places.retain(|&place| {
        let from = place + len + least;
        // Both lists ascend.
        first += next[first..]
            .iter()
            .take_while(|&&other| other < from)
            .count();
        next.get(first)
            .is_some_and(|&other| other <= place + len + most)
    });
}

fn near_pairs(
    (left, left_len): (&Vec<u32>, u32),
    (right, right_len): (&Vec<u32>, u32),
    distance: u32,
) -> u32 {
    let within = |places: &[u32], from: u32, to: u32| {
        places.partition_point(|&place| place <= to) - places.partition_point(|&place| place < from)
    };
    let pairs = left.iter().map(|&place| {
        let after = within(right, place + left_len, place + left_len + distance);
        let latest = place.checked_sub(right_len);
        let before = latest.map_or(0, |latest| {
            within(right, latest.saturating_sub(distance), latest)
        });
        after + before
    });
    pairs.sum::<usize>() as u32
}

impl DocSet for ExactScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            TERMINATED
        } else {
            self.settle(self.doc + 1)
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            self.doc
        } else {
            self.settle(target)
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sizes = self.rows.iter().map(|row| match &row.lists {
            Lists::Chain(lists) => lists[0].0.size_hint(),
            Lists::Union(union) => union.n_docs(),
        });
        sizes.min().unwrap_or(0)
    }
}

impl Scorer for ExactScorer {
    fn score(&mut self) -> Score {
        let Some((bm25, fieldnorms)) = &self.bm25 else {
            return 1.0;
        };
        summand(bm25.score(fieldnorms.fieldnorm_id(self.doc), self.frequency))
    }
}

/// Number of places in the document that `scorer` of an [`ExactQuery`] is on; 0 for any other scorer.
pub(crate) fn places(scorer: &mut dyn Scorer) -> u32 {
    scorer
        .downcast_mut::<ExactScorer>()
        .map_or(0, |scorer| scorer.frequency)
}
