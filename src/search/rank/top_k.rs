//! First stage: the best passages by the index alone, with what later steps need of them.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::{Mutex, PoisonError};

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{BoostQuery, EnableScoring, Query};
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use crate::Result;
use crate::index::Fields;
use crate::query::{Node, QueryTerms, SCALE, scaled, shift};
use crate::search::Searcher;
use crate::search::matches::{Groups, Matches, holds};
use crate::search::rank::max_score::{List, retrieve, retrieve_among};
use crate::search::rank::rerank::Holds;
use crate::search::rank::scored_terms::ScoredTerm;

/// A document as its segment knows it: all its passages stand in one segment.
pub(in crate::search) type DocumentKey = (SegmentOrdinal, u64);

/// A passage on its way to the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::search) struct Candidate {
    pub(in crate::search) score: f32,
    pub(in crate::search) address: DocAddress,
    pub(in crate::search) document: DocumentKey,
    pub(in crate::search) number: u32,
    /// The last passage of the section that a bare heading opens; 0 for any other passage.
    pub(in crate::search) section_end: u32,
    /// What the second stage finds that it holds.
    pub(in crate::search) holds: Holds,
}

/// Passages and their scores in parts of [`SCALE`], ascending, segment by segment.
pub(in crate::search) type Scored = Vec<Vec<(DocId, u32)>>;

/// What of a passage is scored: its own text, or one that stands above it.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) enum TextSource {
    Text,
    Headings,
    Title,
}

/// The columns of one segment that candidates are made of.
pub(in crate::search) struct Columns {
    document: Option<StrColumn>,
    number: Column<u64>,
    shape: Column<u64>,
    likeness: Column<u64>,
    section_end: Column<u64>,
    headings_offset: Column<u64>,
    title_offset: Column<u64>,
    pub(in crate::search) groups: Groups,
    /// Ids of documents that were asked for: they are stored in compressed blocks.
    ids: Mutex<BTreeMap<u64, String>>,
}

impl Columns {
    fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            document: columns.str("document")?,
            number: columns.u64("number")?,
            shape: columns.u64("shape")?,
            likeness: columns.u64("likeness")?,
            section_end: columns.u64("section_end")?,
            headings_offset: columns.u64(fields.headings.run_offset_name)?,
            title_offset: columns.u64(fields.title.run_offset_name)?,
            groups: Groups::open(segment, fields)?,
            ids: Mutex::default(),
        })
    }

    pub(in crate::search) fn candidate(&self, score: f32, address: DocAddress) -> Candidate {
        let doc = address.doc_id;
        let value = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        Candidate {
            score,
            address,
            document: (address.segment_ord, self.document(doc)),
            number: value(&self.number) as u32,
            section_end: value(&self.section_end) as u32,
            holds: Holds::default(),
        }
    }

    /// The passage that holds what a passage is scored by; none if nothing of the kind stands above it.
    pub(in crate::search) fn anchor(&self, of: TextSource, doc: DocId) -> Option<DocId> {
        let places = match of {
            TextSource::Text => return Some(doc),
            TextSource::Headings => &self.headings_offset,
            TextSource::Title => &self.title_offset,
        };
        doc.checked_sub(places.first(doc)? as DocId)
    }

    /// The ordinal of the document that a passage stands in.
    fn document(&self, doc: DocId) -> u64 {
        let column = self.document.as_ref();
        let ord = column.and_then(|column| column.ords().first(doc));
        ord.unwrap_or(u64::MAX)
    }

    /// The shapes of the passages below the title of the document that a passage stands in, in order.
    pub(in crate::search) fn below_title(&self, doc: DocId) -> impl Iterator<Item = u64> {
        let passages = self.groups.around(doc);
        // A title is not under itself; every other passage of a document is.
        let below = passages.filter(|&doc| self.title_offset.first(doc).is_some());
        below.map(|doc| self.shape(doc))
    }

    /// The hash of a passage's units.
    pub(in crate::search) fn shape(&self, doc: DocId) -> u64 {
        self.shape.first(doc).unwrap_or(0)
    }

    /// What passages are like, as hashes; the column holds one for every record.
    pub(in crate::search) fn likenesses(&self, docs: &[DocId], out: &mut [u64]) {
        self.likeness.values.get_vals(docs, out);
    }

    fn document_id(&self, ord: u64) -> std::io::Result<String> {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = ids.get(&ord) {
            return Ok(id.clone());
        }
        let mut id = String::new();
        if let Some(column) = &self.document {
            column.ord_to_str(ord, &mut id)?;
        }
        ids.insert(ord, id.clone());
        Ok(id)
    }

    /// Reads the ids of many documents at once, for [`Searcher::document_id`].
    fn learn(&self, ords: &BTreeSet<u64>) -> std::io::Result<()> {
        let Some(column) = &self.document else {
            return Ok(());
        };
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unknown = Vec::new();
        unknown.extend(ords.iter().copied().filter(|ord| !ids.contains_key(ord)));
        let mut next = unknown.iter();
        column
            .dictionary()
            .sorted_ords_to_term_cb(&unknown, |term| {
                if let Some(&ord) = next.next() {
                    ids.insert(ord, String::from_utf8_lossy(term).into_owned());
                }
            })?;
        Ok(())
    }
}

impl Searcher<'_> {
    /// The columns of all segments, in their order.
    pub(in crate::search) fn columns(&self) -> Result<&[Columns]> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let segments = self.snapshot.segment_readers().iter();
        let columns = segments
            .map(|segment| Columns::open(segment, &self.index.fields).map_err(self.engine()))
            .collect::<Result<Vec<_>>>()?;
        Ok(self.columns.get_or_init(|| columns))
    }

    /// The best `depth` passages that hold any of the terms that retrieve, best first, equal scores by document id and number; of
    /// `allowed` alone, if these are given.
    pub(in crate::search) fn top_k(
        &self,
        terms: &QueryTerms,
        allowed: Option<&Matches>,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let passages = self.statistics.passages();
        let n_passages = passages.map_err(self.engine())?;
        let scored = |terms| self.scored_terms(terms, n_passages).map_err(self.engine());
        let (own, singles) = (scored(&terms.own)?, scored(&terms.singles)?);
        let parts = self.index.parts();
        let mut top = Top::new(depth);
        for (ord, segment) in (0..).zip(self.snapshot.segment_readers()) {
            let open = |terms: &[ScoredTerm]| -> Result<Vec<List>> {
                let lists = terms
                    .iter()
                    .filter_map(|term| List::open(segment, ord, (term, parts)).transpose());
                lists.collect::<tantivy::Result<_>>().map_err(self.engine())
            };
            let lists = (open(&own)?, open(&singles)?);
            let push = |top: &mut Top, doc, score| {
                top.push(score, DocAddress::new(ord, doc));
                top.least()
            };
            let among = allowed.map(|matches| &matches[ord as usize]);
            let Some(among) = among else {
                let alive = segment.alive_bitset();
                retrieve(lists, top.least(), |doc, score| {
                    match alive.is_none_or(|alive| alive.is_alive(doc)) {
                        true => push(&mut top, doc, score),
                        false => top.least(),
                    }
                });
                continue;
            };
            if among.len() < segment.max_doc() as usize / SPARSE {
                retrieve_among(lists, among, top.least(), |doc, score| {
                    push(&mut top, doc, score)
                });
                continue;
            }
            let marks = marked(among, segment);
            retrieve(lists, top.least(), |doc, score| match marks[doc as usize] {
                true => push(&mut top, doc, score),
                false => top.least(),
            });
        }
        self.candidates(top, columns)
    }

    /// The best `depth` of passages that are scored, in the same order; of `among` alone, if these are given.
    pub(in crate::search) fn top_k_of_scored(
        &self,
        scored: &Scored,
        among: Option<&Matches>,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let mut top = Top::new(depth);
        for (ord, passages) in (0..).zip(scored) {
            for &(doc, score) in passages {
                let address = DocAddress::new(ord, doc);
                if score >= top.least() && among.is_none_or(|among| holds(among, address)) {
                    top.push(score, address);
                }
            }
        }
        self.candidates(top, columns)
    }

    /// All passages of `query` that are not deleted, each with its score: for queries of which the engine scores every passage
    /// anyway.
    pub(in crate::search) fn scored(&self, node: &Node, query: &dyn Query) -> Result<Scored> {
        let scoring =
            EnableScoring::enabled_from_statistics_provider(&self.statistics, &self.snapshot);
        let scale = (1_u32 << shift(node)) as f32;
        let query = BoostQuery::new(query.box_clone(), 1.0 / scale);
        let weight = query.weight(scoring).map_err(self.engine())?;
        let mut scored = Vec::new();
        for segment in self.snapshot.segment_readers() {
            let alive = segment.alive_bitset();
            let mut passages = Vec::new();
            let mut take = |doc: DocId, score: f32| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    passages.push((doc, scaled(score * scale)));
                }
            };
            weight.for_each(segment, &mut take).map_err(self.engine())?;
            scored.push(passages);
        }
        self.index.parts().check().map_err(self.engine())?;
        Ok(scored)
    }

    fn candidates(&self, top: Top, columns: &[Columns]) -> Result<Vec<Candidate>> {
        let depth = top.depth;
        let mut candidates: Vec<Candidate> = top
            .into_all()
            .map(|(score, address)| {
                let columns = &columns[address.segment_ord as usize];
                columns.candidate(score as f32 / SCALE, address)
            })
            .collect();
        self.sort(&mut candidates, columns)?;
        candidates.truncate(depth);
        Ok(candidates)
    }

    /// Sorts by score, best first, then by document id and number.
    pub(in crate::search) fn sort(
        &self,
        candidates: &mut [Candidate],
        columns: &[Columns],
    ) -> Result<()> {
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| by_key(a, b)));
        // Ordinals of one segment are in order of the ids; across segments only the ids tell.
        for group in candidates.chunk_by_mut(|a, b| a.score == b.score) {
            if group
                .windows(2)
                .any(|pair| pair[0].document.0 != pair[1].document.0)
            {
                self.learn_ids(&*group, columns)?;
                let keyed: Result<Vec<(String, Candidate)>> = group
                    .iter()
                    .map(|candidate| Ok((self.document_id(candidate, columns)?, *candidate)))
                    .collect();
                let mut keyed = keyed?;
                keyed.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.number.cmp(&y.number)));
                for (slot, (_, candidate)) in group.iter_mut().zip(keyed) {
                    *slot = candidate;
                }
            }
        }
        Ok(())
    }

    /// Reads the ids of these passages' documents at once.
    pub(in crate::search) fn learn_ids<'c>(
        &self,
        candidates: impl IntoIterator<Item = &'c Candidate>,
        columns: &[Columns],
    ) -> Result<()> {
        let mut ords: BTreeMap<SegmentOrdinal, BTreeSet<u64>> = BTreeMap::new();
        for candidate in candidates {
            let (segment, ord) = candidate.document;
            ords.entry(segment).or_default().insert(ord);
        }
        for (segment, ords) in ords {
            columns[segment as usize]
                .learn(&ords)
                .map_err(|error| self.engine()(error.into()))?;
        }
        Ok(())
    }

    /// The id of the document that the passage stands in.
    pub(in crate::search) fn document_id(
        &self,
        candidate: &Candidate,
        columns: &[Columns],
    ) -> Result<String> {
        let (segment, ord) = candidate.document;
        columns[segment as usize]
            .document_id(ord)
            .map_err(|error| self.engine()(error.into()))
    }
}

/// Below one allowed passage in so many, each is looked up by itself.
const SPARSE: usize = 8;

/// A mark for each of these passages of a segment.
fn marked(passages: &[DocId], segment: &SegmentReader) -> Vec<bool> {
    let mut marks = vec![false; segment.max_doc() as usize];
    for &doc in passages {
        marks[doc as usize] = true;
    }
    marks
}

fn by_key(a: &Candidate, b: &Candidate) -> Ordering {
    (a.document, a.number).cmp(&(b.document, b.number))
}

/// The best so many of what is pushed, and all that are as good as the last of them.
struct Top {
    depth: usize,
    heap: BinaryHeap<Reverse<Ranked>>,
    ties: Vec<Ranked>,
}

/// A passage and its score in parts of [`SCALE`]; of equals, the earlier address is the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked(u32, Reverse<DocAddress>);

impl Top {
    fn new(depth: usize) -> Self {
        Self {
            depth: depth.max(1),
            heap: BinaryHeap::new(),
            ties: Vec::new(),
        }
    }

    /// Nothing below this score is wanted any more.
    fn least(&self) -> u32 {
        match self.heap.peek() {
            Some(Reverse(Ranked(score, _))) if self.heap.len() == self.depth => *score,
            _ => 0,
        }
    }

    fn push(&mut self, score: u32, address: DocAddress) {
        let new = Ranked(score, Reverse(address));
        if self.heap.len() < self.depth {
            self.heap.push(Reverse(new));
            return;
        }
        let Some(mut last) = self.heap.peek_mut() else {
            return;
        };
        let old = last.0;
        if score == old.0 {
            self.ties.push(new);
        } else if score > old.0 {
            *last = Reverse(new);
            drop(last);
            if self
                .heap
                .peek()
                .is_some_and(|Reverse(last)| last.0 == old.0)
            {
                self.ties.push(old);
            } else {
                self.ties.clear();
            }
        }
    }

    fn into_all(self) -> impl Iterator<Item = (u32, DocAddress)> {
        let best = self.heap.into_iter().map(|Reverse(scored)| scored);
        best.chain(self.ties)
            .map(|Ranked(score, Reverse(address))| (score, address))
    }
}
