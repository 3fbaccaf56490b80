//! Statistics of the living passages: the only source of document frequencies and lengths for ranking.
//!
//! An index that was brought up to date keeps deleted records until their segment is merged, and the engine's own
//! numbers include them. Everything here leaves them out and takes whole numbers only, so that the same passages
//! give the same scores however their records are divided into segments. Lengths are sums of field norms, which
//! the engine stores in a byte each: the number of tokens that it keeps for a segment is an estimate once a merge
//! has dropped deleted records.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{InvertedIndexReader, Searcher as Snapshot, SegmentReader};

use super::unit_postings::each_gram;
use crate::index::analyzer::gram_prefix;
use crate::index::{Index, TYPE_PASSAGE};

/// Statistics of one snapshot of an index; what is costly to count is counted once.
///
/// Ranking takes its numbers from here and never from the open index, so that one shard of many can be scored
/// with the numbers of all.
pub(crate) struct Statistics {
    snapshot: Snapshot,
    record_type: Field,
    grams: Field,
    has_deletes: bool,
    passages: OnceLock<u64>,
    /// Frequencies of terms, where deleted postings have to be counted.
    frequencies: Mutex<BTreeMap<Term, u64>>,
    unit_frequencies: Mutex<BTreeMap<String, u64>>,
    lengths: Mutex<BTreeMap<Field, u64>>,
}

impl Statistics {
    /// Statistics of the index as `snapshot` sees it.
    pub(crate) fn new(index: &Index, snapshot: &Snapshot) -> Self {
        let segments = snapshot.segment_readers().iter();
        Self {
            snapshot: snapshot.clone(),
            record_type: index.fields.record_type,
            grams: index.fields.grams,
            has_deletes: segments.clone().any(SegmentReader::has_deletes),
            passages: OnceLock::new(),
            frequencies: Mutex::default(),
            unit_frequencies: Mutex::default(),
            lengths: Mutex::default(),
        }
    }

    /// Number of passages.
    pub(crate) fn passages(&self) -> tantivy::Result<u64> {
        if let Some(&passages) = self.passages.get() {
            return Ok(passages);
        }
        let term = Term::from_field_text(self.record_type, TYPE_PASSAGE);
        let passages = self.frequency(&term)?;
        Ok(*self.passages.get_or_init(|| passages))
    }

    /// Number of records that hold `term`.
    pub(crate) fn frequency(&self, term: &Term) -> tantivy::Result<u64> {
        if !self.has_deletes {
            return self.snapshot.doc_freq(term);
        }
        if let Some(&frequency) = lock(&self.frequencies).get(term) {
            return Ok(frequency);
        }
        let mut frequency = 0;
        for segment in self.snapshot.segment_readers() {
            let inverted = segment.inverted_index(term.field())?;
            if let Some(info) = inverted.get_term_info(term)? {
                frequency += living(segment, &inverted, &info)?;
            }
        }
        lock(&self.frequencies).insert(term.clone(), frequency);
        Ok(frequency)
    }

    /// [`Statistics::frequency`] of a term that was looked up in each segment already.
    pub(crate) fn frequency_of(
        &self,
        term: &Term,
        infos: &[Option<TermInfo>],
    ) -> tantivy::Result<u64> {
        if self.has_deletes {
            return self.frequency(term);
        }
        let frequencies = infos.iter().flatten().map(|info| info.doc_freq);
        Ok(frequencies.map(u64::from).sum())
    }

    /// Mean number of units of a passage, at least 1.
    pub(crate) fn mean_units(&self) -> tantivy::Result<f32> {
        let n_units = self.length(self.grams)? as f32;
        Ok((n_units / self.passages()?.max(1) as f32).max(1.0))
    }

    /// Sum of the lengths of all values of `field`, each as its field norm gives it.
    pub(crate) fn length(&self, field: Field) -> tantivy::Result<u64> {
        if let Some(&length) = lock(&self.lengths).get(&field) {
            return Ok(length);
        }
        let mut length = 0;
        for segment in self.snapshot.segment_readers() {
            length += length_in(segment, field)?;
        }
        lock(&self.lengths).insert(field, length);
        Ok(length)
    }

    /// How many passages hold `unit`, as the number of passages that its grams would fill if they fell at random.
    pub(crate) fn unit_frequency(&self, unit: &str) -> tantivy::Result<u64> {
        if let Some(&frequency) = lock(&self.unit_frequencies).get(unit) {
            return Ok(frequency);
        }
        let prefix = gram_prefix(unit);
        let mut sum = 0_u64;
        for segment in self.snapshot.segment_readers() {
            let inverted = segment.inverted_index(self.grams)?;
            each_gram(&inverted, &prefix, |info| {
                sum += living(segment, &inverted, info)?;
                Ok(())
            })?;
        }
        let n = self.passages()? as f64;
        let frequency = (n * (1.0 - (-(sum as f64) / n.max(1.0)).exp())) as u64;
        lock(&self.unit_frequencies).insert(unit.to_owned(), frequency);
        Ok(frequency)
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.length(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.passages()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.frequency(term)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many records of a posting list are not deleted.
fn living(
    segment: &SegmentReader,
    inverted: &InvertedIndexReader,
    info: &TermInfo,
) -> tantivy::Result<u64> {
    let Some(alive) = segment.alive_bitset() else {
        return Ok(u64::from(info.doc_freq));
    };
    let mut blocks = inverted.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let mut n_living = 0;
    while !blocks.docs().is_empty() {
        let docs = blocks.docs().iter();
        n_living += docs.filter(|&&doc| alive.is_alive(doc)).count() as u64;
        blocks.advance();
    }
    Ok(n_living)
}

/// Sum of the lengths of `field` over the living records of a segment.
fn length_in(segment: &SegmentReader, field: Field) -> tantivy::Result<u64> {
    let file = segment.fieldnorms_readers().get_inner_file();
    let Some(norms) = file.open_read(field) else {
        return Ok(0);
    };
    let norms = norms.read_bytes()?;
    // Neighbours often have the same length: counted in one table, each would wait for the one before it.
    let mut counts = [[0_u32; 256]; 4];
    match segment.alive_bitset() {
        None => {
            for norms in norms.chunks(4) {
                for (&norm, counts) in norms.iter().zip(&mut counts) {
                    counts[usize::from(norm)] += 1;
                }
            }
        }
        Some(alive) => {
            let living = (0..)
                .zip(norms.iter())
                .filter(|&(doc, _)| alive.is_alive(doc));
            living.for_each(|(_, &norm)| counts[0][usize::from(norm)] += 1);
        }
    }
    let lengths = (0..=u8::MAX).map(|norm| {
        let n: u64 = counts
            .iter()
            .map(|counts| u64::from(counts[usize::from(norm)]))
            .sum();
        n * u64::from(FieldNormReader::id_to_fieldnorm(norm))
    });
    Ok(lengths.sum())
}
