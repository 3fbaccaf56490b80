//! Statistics of the living passages: the only source of document frequencies and lengths for ranking.
//!
//! An index that was brought up to date keeps deleted records until their segment is merged, and the engine's own
//! numbers include them. Everything here leaves them out and takes whole numbers only, so that the same passages
//! give the same scores however their records are divided into segments. Lengths are sums of field norms, which
//! the engine stores in a byte each: the number of tokens that it keeps for a segment is an estimate once a merge
//! has dropped deleted records.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, Term};
use tantivy::{DocId, Score, Searcher as Snapshot, SegmentReader, TERMINATED};

use super::index_term::{Analysis, IndexTerm, Located};
use crate::index::{Index, Parts, TYPE_PASSAGE, Zone};

/// Where each segment has the postings of a term.
pub(crate) type LocatedTerm = Arc<[Option<Located>]>;

/// Maximum number of terms whose places are kept: those of some hundred queries.
const MAX_LOCATED: usize = 1 << 12;

/// Statistics of one snapshot of an index; what is costly to count is counted once.
///
/// Ranking takes its numbers from here and never from the open index, so that one shard of many can be scored
/// with the numbers of all.
pub(crate) struct Statistics {
    snapshot: Snapshot,
    parts: Arc<Parts>,
    record_type: Field,
    has_deletes: bool,
    passages: OnceLock<u64>,
    frequencies: Mutex<BTreeMap<IndexTerm, u64>>,
    /// What was looked up of late; a query asks for each of its terms at several steps.
    located: Mutex<BTreeMap<IndexTerm, LocatedTerm>>,
    lengths: Mutex<BTreeMap<Analysis, u64>>,
}

impl Statistics {
    /// Statistics of the index as `snapshot` sees it.
    pub(crate) fn new(index: &Index, snapshot: &Snapshot) -> Self {
        let segments = snapshot.segment_readers().iter();
        Self {
            snapshot: snapshot.clone(),
            parts: Arc::clone(index.parts()),
            record_type: index.fields.record_type,
            has_deletes: segments.clone().any(SegmentReader::has_deletes),
            passages: OnceLock::new(),
            frequencies: Mutex::default(),
            located: Mutex::default(),
            lengths: Mutex::default(),
        }
    }

    /// Number of passages.
    pub(crate) fn passages(&self) -> tantivy::Result<u64> {
        if let Some(&passages) = self.passages.get() {
            return Ok(passages);
        }
        let term = Term::from_field_text(self.record_type, TYPE_PASSAGE);
        let passages = self.frequency(&IndexTerm::Word(term))?;
        Ok(*self.passages.get_or_init(|| passages))
    }

    /// Number of records that hold `term`.
    pub(crate) fn frequency(&self, term: &IndexTerm) -> tantivy::Result<u64> {
        if let Some(&frequency) = lock(&self.frequencies).get(term) {
            return Ok(frequency);
        }
        self.frequency_of(term, &self.locate(term)?)
    }

    /// Where each segment has the postings of a term.
    pub(crate) fn locate(&self, term: &IndexTerm) -> tantivy::Result<LocatedTerm> {
        if let Some(located) = lock(&self.located).get(term) {
            return Ok(Arc::clone(located));
        }
        let segments = self.snapshot.segment_readers().iter();
        let located = segments.map(|segment| term.locate(segment, &*self.parts.of(segment)?));
        let located: LocatedTerm = located.collect::<tantivy::Result<_>>()?;
        // Most candidate words of a query are not in the index; remembering them would crowd out the rest.
        if located.iter().all(Option::is_none) {
            return Ok(located);
        }
        let mut known = lock(&self.located);
        if known.len() == MAX_LOCATED {
            known.clear();
        }
        known.insert(term.clone(), Arc::clone(&located));
        Ok(located)
    }

    /// [`Statistics::frequency`] of a term that was looked up in each segment already.
    pub(crate) fn frequency_of(
        &self,
        term: &IndexTerm,
        located: &[Option<Located>],
    ) -> tantivy::Result<u64> {
        if !self.has_deletes {
            let counts = located.iter().flatten().map(Located::n_passages);
            return Ok(counts.map(u64::from).sum());
        }
        if let Some(&frequency) = lock(&self.frequencies).get(term) {
            return Ok(frequency);
        }
        let mut frequency = 0;
        for (segment, located) in self.snapshot.segment_readers().iter().zip(located) {
            if let Some(located) = located {
                frequency += self.living(segment, located)?;
            }
        }
        lock(&self.frequencies).insert(term.clone(), frequency);
        Ok(frequency)
    }

    /// How many records of a posting list are not deleted.
    fn living(&self, segment: &SegmentReader, located: &Located) -> tantivy::Result<u64> {
        let Some(alive) = segment.alive_bitset() else {
            return Ok(u64::from(located.n_passages()));
        };
        let mut postings = located.open(segment, &*self.parts.of(segment)?)?;
        let mut n_living = 0;
        while postings.doc() != TERMINATED {
            n_living += u64::from(alive.is_alive(postings.doc()));
            postings.advance();
        }
        Ok(n_living)
    }

    /// Mean number of units of a passage, at least 1.
    pub(crate) fn mean_units(&self) -> tantivy::Result<f32> {
        let n_units = self.length(Analysis::Units(Zone::Body))? as f32;
        Ok((n_units / self.passages()?.max(1) as f32).max(1.0))
    }

    /// Sum of the lengths of all texts, each as its norm gives it.
    pub(crate) fn length(&self, analysis: Analysis) -> tantivy::Result<u64> {
        if let Some(&length) = lock(&self.lengths).get(&analysis) {
            return Ok(length);
        }
        let mut length = 0;
        for segment in self.snapshot.segment_readers() {
            length += match analysis {
                Analysis::Words(field) => length_of_words(segment, field)?,
                Analysis::Units(zone) => {
                    let parts = self.parts.of(segment)?;
                    sum(segment, parts.pairs.zone(zone).lengths()?)
                }
            };
        }
        lock(&self.lengths).insert(analysis, length);
        Ok(length)
    }

    /// How a term scores among `n_texts` texts of its kind.
    pub(crate) fn bm25(&self, term: &IndexTerm, n_texts: u64) -> tantivy::Result<Bm25Weight> {
        let frequency = self.frequency(term)?;
        let average = self.length(term.analysis())? as Score / n_texts.max(1) as Score;
        Ok(Bm25Weight::for_one_term_without_explain(
            frequency.min(n_texts),
            n_texts.max(1),
            average,
        ))
    }

    /// How terms of one phrase score together: by the sum of their inverse document frequencies. Passages that hold
    /// none of them have nothing to score.
    pub(crate) fn bm25_of_all(&self, terms: &[IndexTerm]) -> tantivy::Result<Bm25Weight> {
        let n = self.passages()?.max(1);
        let idf = |frequency: u64| {
            let others = n.saturating_sub(frequency) as Score;
            ((others + 0.5) / (frequency as Score + 0.5)).ln_1p()
        };
        let mut sum = 0.0;
        for term in terms {
            sum += idf(self.frequency(term)?);
        }
        let analysis = terms
            .first()
            .map_or(Analysis::Units(Zone::Body), IndexTerm::analysis);
        let average = self.length(analysis)? as Score / n as Score;
        // A term that every second passage holds, made as rare as all of them together.
        let half = Bm25Weight::for_one_term_without_explain(n / 2, n, average);
        Ok(half.boost_by(sum / idf(n / 2)))
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.length(Analysis::Words(field))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.passages()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.frequency(&IndexTerm::Word(term.clone()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sum of the lengths of the words of a field.
fn length_of_words(segment: &SegmentReader, field: Field) -> tantivy::Result<u64> {
    let file = segment.fieldnorms_readers().get_inner_file();
    let Some(norms) = file.open_read(field) else {
        return Ok(0);
    };
    let norms = norms.read_bytes()?;
    Ok(sum(segment, (0..).zip(norms.iter().copied())))
}

/// Sum of lengths, given as norms, over the living records of a segment.
fn sum(segment: &SegmentReader, norms: impl Iterator<Item = (DocId, u8)>) -> u64 {
    // Neighbours often have the same length: counted in one table, each would wait for the one before it.
    let mut counts = [[0_u32; 256]; 4];
    let alive = segment.alive_bitset();
    for (doc, norm) in norms {
        if alive.is_none_or(|alive| alive.is_alive(doc)) {
            counts[doc as usize % 4][usize::from(norm)] += 1;
        }
    }
    let lengths = (0..=u8::MAX).map(|norm| {
        let n = counts
            .iter()
            .map(|counts| u64::from(counts[usize::from(norm)]));
        n.sum::<u64>() * u64::from(FieldNormReader::id_to_fieldnorm(norm))
    });
    lengths.sum()
}
