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
use super::numbers::{Numbers, TermNumbers};
use crate::index::{Index, Parts, TYPE_PASSAGE, Zone};

/// Where each segment has the postings of a term.
pub(crate) type LocatedTerm = Arc<[Option<Located>]>;

/// Maximum number of terms whose places are kept: those of some hundred queries.
// Looking each term up once for all steps of a query was a part of what took it from 2,311 samples of processor time to 1,734.
// All are forgotten together when the table is full: a queue of the least used would cost a lock of its own at each look-up.
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
    counted: Arc<Counted>,
    of: Collection,
}

/// What was counted in the index itself, and where its terms are.
#[derive(Default)]
struct Counted {
    frequencies: Mutex<BTreeMap<IndexTerm, u64>>,
    /// What was looked up of late; a query asks for each of its terms at several steps.
    located: Mutex<BTreeMap<IndexTerm, LocatedTerm>>,
    lengths: Mutex<BTreeMap<Analysis, u64>>,
}

/// Of which collection the numbers are.
enum Collection {
    /// The index itself.
    Index,
    /// The index itself; requested numbers are noted, and every text counts as a word that some passage holds.
    Noted(Mutex<Numbers>),
    /// One that the index is a part of.
    Given(Arc<Numbers>),
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
            counted: Arc::default(),
            of: Collection::Index,
        }
    }

    /// The same, but requested numbers are noted for [`Statistics::noted`].
    pub(crate) fn noting(&self) -> Self {
        self.of(Collection::Noted(Mutex::default()))
    }

    /// Statistics of a collection that the index is a part of; what `numbers` lack is an error.
    pub(crate) fn given(&self, numbers: Arc<Numbers>) -> Self {
        self.of(Collection::Given(numbers))
    }

    /// The same snapshot as a part of another collection; what was counted in it is known to both.
    fn of(&self, of: Collection) -> Self {
        Self {
            snapshot: self.snapshot.clone(),
            parts: Arc::clone(&self.parts),
            record_type: self.record_type,
            has_deletes: self.has_deletes,
            passages: OnceLock::new(),
            counted: Arc::clone(&self.counted),
            of,
        }
    }

    /// The numbers that were asked for, if they were to be noted.
    pub(crate) fn noted(self) -> Numbers {
        match self.of {
            Collection::Noted(numbers) => {
                let numbers = numbers.into_inner();
                numbers.unwrap_or_else(PoisonError::into_inner)
            }
            Collection::Index | Collection::Given(_) => Numbers::default(),
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
        if let Collection::Given(numbers) = &self.of {
            return Ok(numbers.term(term)?.frequency);
        }
        if matches!(self.of, Collection::Noted(_)) {
            return self.frequency_of(term, &self.locate(term)?);
        }
        if let Some(&frequency) = lock(&self.counted.frequencies).get(term) {
            return Ok(frequency);
        }
        self.frequency_of(term, &self.locate(term)?)
    }

    /// Where each segment has the postings of a term.
    pub(crate) fn locate(&self, term: &IndexTerm) -> tantivy::Result<LocatedTerm> {
        if let Some(located) = lock(&self.counted.located).get(term) {
            return Ok(Arc::clone(located));
        }
        let segments = self.snapshot.segment_readers().iter();
        let located = segments.map(|segment| term.locate(segment, &*self.parts.of(segment)?));
        let located: LocatedTerm = located.collect::<tantivy::Result<_>>()?;
        // Few candidate words of a query are in the index; remembering them would crowd out the rest.
        if located.iter().all(Option::is_none) {
            return Ok(located);
        }
        let mut known = lock(&self.counted.located);
        if known.len() == MAX_LOCATED {
            known.clear();
        }
        known.insert(term.clone(), Arc::clone(&located));
        Ok(located)
    }

    /// Whether a term that was looked up in each segment already is a word of the dictionary that some passage holds.
    pub(crate) fn is_word(
        &self,
        term: &IndexTerm,
        located: &[Option<Located>],
    ) -> tantivy::Result<bool> {
        match &self.of {
            Collection::Index => {
                Ok(is_word(term, located) && self.frequency_of(term, located)? > 0)
            }
            Collection::Noted(_) => self.frequency_of(term, located).map(|_| true),
            Collection::Given(numbers) => {
                let numbers = numbers.term(term)?;
                Ok(numbers.is_word && numbers.frequency > 0)
            }
        }
    }

    /// [`Statistics::frequency`] of a term that was looked up in each segment already.
    pub(crate) fn frequency_of(
        &self,
        term: &IndexTerm,
        located: &[Option<Located>],
    ) -> tantivy::Result<u64> {
        match &self.of {
            Collection::Index => self.frequency_here(term, located),
            Collection::Noted(numbers) => {
                let frequency = self.frequency_here(term, located)?;
                let is_word = is_word(term, located);
                lock(numbers).note_term(term, TermNumbers { frequency, is_word });
                Ok(frequency)
            }
            Collection::Given(numbers) => Ok(numbers.term(term)?.frequency),
        }
    }

    /// How many living records of the index itself hold a term.
    fn frequency_here(
        &self,
        term: &IndexTerm,
        located: &[Option<Located>],
    ) -> tantivy::Result<u64> {
        // Without deletions the length of a list is its frequency, and no list is read. So it is for an index that was never
        // updated.
        if !self.has_deletes {
            let counts = located.iter().flatten().map(Located::n_passages);
            return Ok(counts.map(u64::from).sum());
        }
        if let Some(&frequency) = lock(&self.counted.frequencies).get(term) {
            return Ok(frequency);
        }
        let mut frequency = 0;
        for (segment, located) in self.snapshot.segment_readers().iter().zip(located) {
            if let Some(located) = located {
                frequency += self.living(segment, located)?;
            }
        }
        lock(&self.counted.frequencies).insert(term.clone(), frequency);
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
        match &self.of {
            Collection::Index => self.length_here(analysis),
            Collection::Noted(numbers) => {
                let length = self.length_here(analysis)?;
                lock(numbers).note_length(analysis, length);
                Ok(length)
            }
            Collection::Given(numbers) => numbers.length(analysis),
        }
    }

    /// The same of the texts of the index itself.
    fn length_here(&self, analysis: Analysis) -> tantivy::Result<u64> {
        if let Some(&length) = lock(&self.counted.lengths).get(&analysis) {
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
        lock(&self.counted.lengths).insert(analysis, length);
        Ok(length)
    }

    /// How a term scores among `n_texts` texts of its kind.
    pub(crate) fn bm25(&self, term: &IndexTerm, n_texts: u64) -> tantivy::Result<Bm25Weight> {
        let frequency = self.frequency(term)?;
        let average = self.length(term.analysis())? as Score / n_texts.max(1) as Score;
        Ok(Bm25Weight::for_one_term_without_explain(
            // The engine asserts that no term is in more texts than there are; a caller that asks among texts of another kind
            // must not end in a panic.
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
        // The engine makes a weight of one frequency only: its weight of a known frequency is scaled to the sum.
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

/// Whether a term is a word of the dictionary of the index itself.
fn is_word(term: &IndexTerm, located: &[Option<Located>]) -> bool {
    match term {
        // A pair that is a word is marked in each segment: the dictionary is the same for all.
        IndexTerm::Pair(..) => located.iter().flatten().any(Located::is_word),
        IndexTerm::Word(_) | IndexTerm::Unit(..) => true,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{UpdateOptions, update};
    use crate::text::units::Units;

    const TEXTS: [&str; 6] = [
        "水利工作总结\n各村整修水渠，水渠通了。\n2010年修路。\n",
        "失地农民安置办法\n失地农民由政府安置。\n",
        "通知\n请整修水渠。\n",
        "covid-19 报告\n用5G网络。\n",
        "一、基本情况\n有人口3000人。\n二、问题\n水渠失修。\n",
        "记录\n的。\n",
    ];

    /// An index of these texts alone; if others are to be deleted, they were there before.
    fn index(folder: &std::path::Path, deleted: &[&str]) -> Index {
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let options = UpdateOptions {
            jobs: 3,
            ..UpdateOptions::default()
        };
        for (ord, text) in TEXTS.iter().chain(deleted).enumerate() {
            std::fs::write(corpus.join(format!("{ord}.txt")), text).expect("a file");
        }
        update(&dir, std::slice::from_ref(&corpus), &options, &|_| {}).expect("an index");
        for ord in 0..deleted.len() {
            let gone = corpus.join(format!("{}.txt", TEXTS.len() + ord));
            std::fs::remove_file(gone).expect("the file");
        }
        update(&dir, &[corpus], &options, &|_| {}).expect("an index");
        Index::open(&dir).expect("the index")
    }

    fn terms() -> Vec<IndexTerm> {
        let units = [
            &["水"][..],
            &["水", "渠"],
            &["整", "修"],
            &["5g"],
            &["的"],
            &["渠", "水"],
            &["无"],
        ];
        let zones = [Zone::Body, Zone::Headings, Zone::Title];
        let of = |zone| {
            units
                .iter()
                .filter_map(move |units| IndexTerm::of_units(zone, units))
        };
        zones.into_iter().flat_map(of).collect()
    }

    #[test]
    fn deleted_passages_change_no_number() {
        let deleted = ["整修水渠整修水渠\n整修水渠5G的的的。\n无人。\n"; 3];
        let (fresh, updated) = (tempfile::tempdir(), tempfile::tempdir());
        let folders = (fresh.expect("a folder"), updated.expect("a folder"));
        let indexes = (
            index(folders.0.path(), &[]),
            index(folders.1.path(), &deleted),
        );
        let snapshots = (indexes.0.reader.searcher(), indexes.1.reader.searcher());
        let fresh = Statistics::new(&indexes.0, &snapshots.0);
        let updated = Statistics::new(&indexes.1, &snapshots.1);
        let number = |of: tantivy::Result<u64>| of.expect("a number");
        assert_eq!(number(fresh.passages()), number(updated.passages()));
        assert_eq!(
            fresh.mean_units().expect("a mean").to_bits(),
            updated.mean_units().expect("a mean").to_bits()
        );
        let field = indexes.0.fields.words;
        let word = |text| IndexTerm::Word(Term::from_field_text(field, text));
        for term in terms().into_iter().chain(["失地农民", "2010"].map(word)) {
            // Twice: the second time it is remembered.
            for _ in 0..2 {
                let (frequency, other) = (fresh.frequency(&term), updated.frequency(&term));
                assert_eq!(number(frequency), number(other), "{term:?}");
            }
            let (length, other) = (
                fresh.length(term.analysis()),
                updated.length(term.analysis()),
            );
            assert_eq!(number(length), number(other), "{term:?}");
            let score =
                |of: &Statistics| of.bm25(&term, 7).expect("a weight").score(10, 2).to_bits();
            assert_eq!(score(&fresh), score(&updated), "{term:?}");
        }
    }

    #[test]
    fn frequencies_are_those_of_the_passages() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path(), &[]);
        let snapshot = index.reader.searcher();
        let statistics = Statistics::new(&index, &snapshot);
        // Each line of a text is a passage.
        let lines = TEXTS.iter().flat_map(|text| text.lines());
        let n = statistics.passages().expect("a number");
        assert_eq!(n, lines.clone().count() as u64);
        for term in terms() {
            let (zone, row) = match &term {
                IndexTerm::Pair(zone, first, second) => (*zone, format!("{first}{second}")),
                IndexTerm::Unit(zone, unit) => (*zone, unit.clone()),
                IndexTerm::Word(_) => continue,
            };
            if zone == Zone::Body {
                // Marks between units make no difference.
                let row = Units::new(&row);
                let holds = |line: &&str| !Units::new(line).find(&row).is_empty();
                let expected = lines.clone().filter(holds).count() as u64;
                let frequency = statistics.frequency(&term).expect("a number");
                assert_eq!(frequency, expected, "{term:?}");
            }
        }
        let absent = statistics.locate(&IndexTerm::Unit(Zone::Body, "无".to_owned()));
        assert!(absent.expect("a dictionary").iter().all(Option::is_none));
    }

    #[test]
    fn a_phrase_is_as_rare_as_its_pairs_together() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path(), &[]);
        let snapshot = index.reader.searcher();
        let statistics = Statistics::new(&index, &snapshot);
        let pair =
            |first: &str, second: &str| IndexTerm::Pair(Zone::Body, first.into(), second.into());
        let (a, b) = (pair("整", "修"), pair("水", "渠"));
        let score = |terms: &[IndexTerm]| {
            let weight = statistics.bm25_of_all(terms).expect("a weight");
            weight.score(5, 1)
        };
        let together = score(&[a.clone(), b.clone()]);
        let sum = score(std::slice::from_ref(&a)) + score(std::slice::from_ref(&b));
        assert!((together - sum).abs() < 1e-4, "{together} {sum}");
        assert!(score(std::slice::from_ref(&a)) > score(std::slice::from_ref(&b)));
        assert_eq!(score(&[]), 0.0);
        // Of one term it is its own weight.
        let n = statistics.passages().expect("a number");
        let own = statistics.bm25(&a, n).expect("a weight").score(5, 1);
        assert!((score(&[a]) - own).abs() < 1e-4);
    }
}
