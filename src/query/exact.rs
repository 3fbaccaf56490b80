//! Exact matching: candidate passages by the posting lists of unit pairs, verified on the text column.
//!
//! Every passage that holds a row holds all pairs of it, so that the shortest of their lists name all that can match. What a
//! passage really holds is counted on its text, as a scan would count. A row of one unit or two is its list.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::budget::Budget;
use super::index_term::{Analysis, IndexTerm, Lengths, Located, TermPostings};
use super::score::summand;
use crate::index::{Parts, SegmentParts, Zone};
use crate::text::sequences::{CountBuffers, Join, SequenceCounter};

/// Maximum number of lists that a candidate is looked up in.
// For each pattern, the rarest first. The text is read in any case and decides; a further list only spares texts that the
// rarer ones let through, and costs a step for each candidate.
const MOST_LISTS: usize = 4;
/// A list that is longer than the shortest by this factor excludes few candidates, and costs more than reading their texts.
// In tests 2, so that indexes of some hundred passages reach both sides of it.
const MUCH_LONGER: u32 = if cfg!(test) { 2 } else { 64 };

/// Passages whose `zone` holds the rows as joined; scored by BM25 with the number of places as term frequency.
#[derive(Clone)]
pub(super) struct ExactQuery {
    zone: Zone,
    rows: Arc<Vec<Vec<String>>>,
    join: Join,
    /// Looks for the rows in a text; a row of one unit or two needs none.
    finder: Option<Arc<SequenceCounter>>,
    parts: Arc<Parts>,
    /// What the query that this is a part of may cost.
    budget: Arc<Budget>,
    /// Others that a passage must match as well, unscored.
    others: Vec<ExactQuery>,
    /// How places score, if they are to.
    bm25: Option<Bm25Weight>,
}

impl ExactQuery {
    /// A query for `rows`, each of at least one unit.
    pub(super) fn new(
        zone: Zone,
        (rows, join): (Vec<Vec<String>>, Join),
        (parts, budget): (&Arc<Parts>, &Arc<Budget>),
    ) -> Self {
        // A list says how often a passage holds its unit or pair, and counts as a scan does: no text needs to be read.
        let is_listed = matches!(&rows[..], [row] if row.len() <= 2);
        let finder = (!is_listed).then(|| Arc::new(SequenceCounter::new(&rows, join.clone())));
        Self {
            zone,
            rows: Arc::new(rows),
            join,
            finder,
            parts: Arc::clone(parts),
            budget: Arc::clone(budget),
            others: Vec::new(),
            bm25: None,
        }
    }

    /// Passages that match this and all of the others, in the same zone: candidates are in the lists of all of them before a
    /// text is read. For a query that is not scored: the places of several rows together are undefined.
    pub(super) fn and(self, others: Vec<Self>) -> Self {
        Self { others, ..self }
    }

    /// The same, scored.
    pub(super) fn scored(self, bm25: Bm25Weight) -> Self {
        let bm25 = Some(bm25);
        Self { bm25, ..self }
    }

    /// The units and pairs that a passage must hold, each once; without those of the others.
    pub(super) fn terms(&self) -> Vec<IndexTerm> {
        let rows = self.rows.iter();
        let mut terms: Vec<IndexTerm> = rows.flat_map(|row| self.terms_of(row)).collect();
        terms.sort_unstable();
        // `的…的…的` has one list, not three: read again it would exclude nothing.
        terms.dedup();
        terms
    }

    fn terms_of(&self, row: &[String]) -> impl Iterator<Item = IndexTerm> {
        let terms = row.windows(row.len().clamp(1, 2));
        terms.filter_map(|units| IndexTerm::of_units(self.zone, units))
    }

    fn with_others(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

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

    /// Charges the budget for a scan of `segments`; a single row is one look-up and costs nothing.
    pub(super) fn charge(&self, segments: &[SegmentReader]) -> tantivy::Result<()> {
        if self.rows.len() < 2 {
            return Ok(());
        }
        for segment in segments {
            let parts = self.parts.of(segment)?;
            if let Some(lists) = locate(self.terms().into_iter(), segment, &parts)? {
                let shortest = lists.first().map_or(0, Located::n_passages);
                self.spend(shortest, segment, &parts)?;
            }
        }
        Ok(())
    }

    /// The lists that candidates must be in, the shortest first, and the size of the shortest of all; `None` if a term has no passage.
    fn lists(
        &self,
        segment: &SegmentReader,
        parts: &SegmentParts,
    ) -> tantivy::Result<Option<(Vec<Located>, u32)>> {
        let (verified, listed): (Vec<&Self>, Vec<&Self>) =
            self.with_others().partition(|query| query.finder.is_some());
        let of = |queries: &[&Self]| {
            let terms = queries.iter().flat_map(|query| query.terms());
            locate(terms, segment, parts)
        };
        // One pair that no passage holds is enough for an empty answer, before any list is opened.
        let (Some(mut lists), Some(mut others)) = (of(&listed)?, of(&verified)?) else {
            return Ok(None);
        };
        let sizes = lists.first().into_iter().chain(others.first());
        let shortest = sizes.map(Located::n_passages).min().unwrap_or(0);
        // A row that no text is read for must be in its list; of the other lists, a few short ones exclude enough.
        others.truncate(MOST_LISTS * verified.len());
        others.retain(|list| list.n_passages() <= shortest.saturating_mul(MUCH_LONGER));
        lists.append(&mut others);
        lists.sort_by_key(Located::n_passages);
        Ok(Some((lists, shortest)))
    }

    /// Takes the cost of looking at so many candidates of a segment out of the budget: that of reading their texts, and of the
    /// places of each of several rows in them.
    fn spend(
        &self,
        n_candidates: u32,
        segment: &SegmentReader,
        parts: &SegmentParts,
    ) -> tantivy::Result<()> {
        let n_candidates = u64::from(n_candidates);
        let mut work = match self.finder {
            Some(_) => n_candidates * COST_OF_TEXT,
            None => n_candidates,
        };
        // A single sequence is searched for in one pass over the text, whatever it finds. Several are combined position by position, and
        // a row of 的 has dozens of places in a passage.
        if self.rows.len() > 1 {
            let mut known: BTreeMap<&[String], (u64, u64)> = BTreeMap::new();
            for row in &*self.rows {
                let (docs, places) = match known.get(&**row) {
                    Some(&size) => size,
                    None => self.size(row, segment, parts)?,
                };
                known.insert(row, (docs, places));
                // A candidate holds the row as often as the passages of its shortest list do on average. Multiplied before it
                // is divided: half a place for each of a million candidates is work as well.
                work += n_candidates * places / docs.max(1);
            }
        }
        self.budget.spend(work, || self.phrase())
    }

    /// Upper bounds for the passages of a segment that hold a row, and for its places in them.
    fn size(
        &self,
        row: &[String],
        segment: &SegmentReader,
        parts: &SegmentParts,
    ) -> tantivy::Result<(u64, u64)> {
        let lists = locate(self.terms_of(row), segment, parts)?;
        let Some(shortest) = lists.iter().flatten().next() else {
            return Ok((0, 0));
        };
        let mut postings = shortest.open(segment, parts)?;
        let mut places = 0;
        loop {
            let (docs, frequencies) = postings.ahead();
            if docs.is_empty() {
                return Ok((shortest.n_passages().into(), places));
            }
            places += frequencies.iter().copied().map(u64::from).sum::<u64>();
            let n = docs.len();
            postings.skip(n);
        }
    }
}

/// The lists of some terms, the shortest first; `None` if one of them has no passage.
fn locate(
    terms: impl Iterator<Item = IndexTerm>,
    segment: &SegmentReader,
    parts: &SegmentParts,
) -> tantivy::Result<Option<Vec<Located>>> {
    let lists = terms.map(|term| term.locate(segment, parts));
    let lists: Option<Vec<Located>> = lists.collect::<tantivy::Result<_>>()?;
    Ok(lists.map(|mut lists| {
        lists.sort_by_key(Located::n_passages);
        lists
    }))
}

impl std::fmt::Debug for ExactQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ExactQuery({})", self.phrase())
    }
}

/// What reading a text costs, against reading a posting.
// A passage of laws + reports has 55 characters on average (62 MB, 373,178 passages), and phrases are counted at some 500 MB/s
// (BENCHMARKS.md, Text steps): a third of a microsecond for each text.
const COST_OF_TEXT: u64 = 16;

impl Query for ExactQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // A count asks for no scores, and would read the lengths of all texts for nothing.
        let bm25 = self.bm25.clone().filter(|_| scoring.is_scoring_enabled());
        let query = self.clone();
        Ok(Box::new(ExactWeight(Self { bm25, ..query })))
    }
}

struct ExactWeight(ExactQuery);

impl Weight for ExactWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Self(query) = self;
        let parts = query.parts.of(segment)?;
        let Some((lists, shortest)) = query.lists(segment, &parts)? else {
            return Ok(Box::new(EmptyScorer));
        };
        // Before the lists are read: what is refused must cost next to nothing.
        for query in query.with_others() {
            query.spend(shortest, segment, &parts)?;
        }
        let lists = lists.iter().map(|list| list.open(segment, &parts));
        let lists: Vec<TermPostings> = lists.collect::<tantivy::Result<_>>()?;
        let Some(first) = lists.first().map(TermPostings::doc) else {
            return Ok(Box::new(EmptyScorer));
        };
        let bm25 = match &query.bm25 {
            Some(bm25) => {
                let lengths = Lengths::open(Analysis::Units(query.zone), segment, &parts)?;
                Some((bm25.boost_by(boost), lengths))
            }
            None => None,
        };
        let finders = query
            .with_others()
            .filter_map(|query| query.finder.as_ref());
        let mut scorer = ExactScorer {
            doc: 0,
            places: 0,
            lists,
            size: shortest,
            zone: query.zone,
            finders: finders.cloned().collect(),
            parts,
            bm25,
            room: CountBuffers::default(),
            all_parts: Arc::clone(&query.parts),
        };
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("exact match", scorer.score()))
    }
}

struct ExactScorer {
    doc: DocId,
    /// Places in the current document; 0 if the posting list has the number.
    places: u32,
    /// The shortest lists of pairs, the shortest first.
    lists: Vec<TermPostings>,
    size: u32,
    zone: Zone,
    /// What a text must hold beside the lists' pairs.
    finders: Vec<Arc<SequenceCounter>>,
    parts: Arc<SegmentParts>,
    bm25: Option<(Bm25Weight, Lengths)>,
    room: CountBuffers,
    /// Records texts that can't be read.
    all_parts: Arc<Parts>,
}

impl ExactScorer {
    /// Moves to the first document from `target` on that holds the rows as joined.
    fn settle(&mut self, target: DocId) {
        let mut doc = target;
        loop {
            doc = self.align(doc);
            if doc == TERMINATED || self.holds(doc) {
                break;
            }
            doc += 1;
        }
        self.doc = doc;
    }

    /// Moves all lists to the first document from `target` on that is in each.
    fn align(&mut self, target: DocId) -> DocId {
        // The shortest list leads, since it names the fewest candidates; the others are only asked about these.
        let mut doc = self.lists[0].seek(target);
        'candidate: while doc != TERMINATED {
            for ord in 1..self.lists.len() {
                let other = self.lists[ord].seek(doc);
                if other != doc {
                    doc = self.lists[0].seek(other);
                    continue 'candidate;
                }
            }
            break;
        }
        doc
    }

    /// Whether the text of a candidate holds the rows. A text that can't be read holds nothing; the caller learns of it from [`Parts::check`].
    fn holds(&mut self, doc: DocId) -> bool {
        if self.finders.is_empty() {
            return true;
        }
        match self.parts.texts.text(self.zone, doc) {
            Ok(Some(text)) => self.finders.iter().all(|finder| {
                self.places = finder.count(text.chars(), &mut self.room);
                self.places > 0
            }),
            Ok(None) => false,
            Err(error) => {
                // An iterator of the engine has no errors. What is kept here is checked at the end of each search, so that a
                // damaged text never looks like one without hits.
                self.all_parts.fail(error);
                false
            }
        }
    }

    fn n_places(&mut self) -> u32 {
        match self.finders.is_empty() {
            false => self.places,
            true => self.lists[0].frequency(),
        }
    }
}

impl DocSet for ExactScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    // No more can match than the shortest list names. The engine takes the smallest clause of a conjunction first.
    fn size_hint(&self) -> u32 {
        self.size
    }
}

impl Scorer for ExactScorer {
    fn score(&mut self) -> Score {
        let places = self.n_places();
        let Some((bm25, lengths)) = &self.bm25 else {
            return 1.0;
        };
        summand(bm25.score(lengths.of(self.doc), places))
    }
}

/// Number of places in the document that `scorer` of an [`ExactQuery`] is on; 0 for any other scorer.
pub(crate) fn places(scorer: &mut dyn Scorer) -> u32 {
    scorer
        .downcast_mut::<ExactScorer>()
        .map_or(0, ExactScorer::n_places)
}
