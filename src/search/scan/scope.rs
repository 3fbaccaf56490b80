//! A scope: the passages under one filter, asked many times.
//!
//! A search answers one query and is done; tasks that look up hundreds of wordings under the same filter work
//! the filter out once, here, and then look up where a leaf occurs ([`Scope::places_of`]) or what shares the most
//! with a text ([`Scope::overlapping`]).

use std::cmp::Ordering;
use std::sync::Arc;

use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use crate::document::{Date, Part, Passage};
use crate::index::{DocumentRecord, shape};
use crate::query::{Leaf, Vocabulary, places};
use crate::search::Result;
use crate::search::scan::columns::{date, strings};
use crate::search::stored_passage::StoredPassage;
use crate::search::{Filter, Searcher};
use crate::text::hash::scatter;
use crate::text::units::Units;

/// The passages under a filter.
pub struct Scope<'a> {
    pub(in crate::search) searcher: &'a Searcher<'a>,
    /// For each segment which passages are in the scope; `None` if all are.
    allowed: Vec<Option<Vec<bool>>>,
}

/// A passage that was found, without its text.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Id of its document.
    pub document: Arc<str>,
    /// Its number in the document.
    pub number: u32,
    /// Date of the document.
    pub date: Option<Date>,
    /// Number of places of the leaf, or of shared pairs.
    pub places: u32,
    pub(in crate::search) address: DocAddress,
}

impl<'a> Scope<'a> {
    /// Works out which passages are under `filter`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn new(searcher: &'a Searcher<'a>, filter: &Filter) -> Result<Self> {
        let segments = searcher.snapshot.segment_readers();
        if filter.is_empty() {
            let allowed = segments.iter().map(|_| None).collect();
            return Ok(Self { searcher, allowed });
        }
        let query = searcher.filtered(searcher.planner().all_passages(), filter)?;
        let weight = searcher.unscored(query.as_ref())?;
        let allowed = segments.iter().map(|segment| {
            let mut allowed = vec![false; segment.max_doc() as usize];
            let mut scorer = weight.scorer(segment, 1.0).map_err(searcher.engine())?;
            while scorer.doc() != TERMINATED {
                allowed[scorer.doc() as usize] = true;
                scorer.advance();
            }
            Ok(Some(allowed))
        });
        Ok(Self {
            searcher,
            allowed: allowed.collect::<Result<_>>()?,
        })
    }

    /// Every passage that contains `leaf`, with the number of its places, by document id and number.
    ///
    /// The numbers are those of a scan of all passages in the scope.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn places_of(&self, leaf: &Leaf) -> Result<Vec<Spot>> {
        let query: Box<dyn Query> = self.searcher.planner().leaf(leaf)?;
        let snapshot = &self.searcher.snapshot;
        let scoring = EnableScoring::disabled_from_searcher(snapshot);
        let weight = query.weight(scoring).map_err(self.searcher.engine())?;
        let mut out = Vec::new();
        for (ord, segment) in (0..).zip(snapshot.segment_readers()) {
            let scorer = weight.scorer(segment, 1.0);
            let mut scorer: Box<dyn Scorer> = scorer.map_err(self.searcher.engine())?;
            let mut found = Vec::new();
            while scorer.doc() != TERMINATED {
                let doc = scorer.doc();
                if self.holds(ord, segment, doc) {
                    found.push((doc, places(&mut *scorer)));
                }
                scorer.advance();
            }
            self.describe(ord, segment, &found, &mut out)?;
        }
        let is_read = self.searcher.index.parts().check();
        is_read.map_err(self.searcher.engine())?;
        out.sort_by(|a, b| by_document(a, b).then(a.number.cmp(&b.number)));
        Ok(out)
    }

    /// The words that the passages were cut into.
    pub(crate) fn vocabulary(&self) -> Vocabulary<'_> {
        self.searcher.vocabulary()
    }

    /// Whether the passage is in the scope.
    pub(in crate::search) fn holds(
        &self,
        segment_ord: u32,
        segment: &SegmentReader,
        doc: DocId,
    ) -> bool {
        let allowed = &self.allowed[segment_ord as usize];
        !segment.is_deleted(doc) && allowed.as_ref().is_none_or(|allowed| allowed[doc as usize])
    }

    /// Adds the passages of one segment, given by number and places, in their order, with what the columns say of them.
    pub(in crate::search) fn describe(
        &self,
        segment_ord: u32,
        segment: &SegmentReader,
        found: &[(DocId, u32)],
        out: &mut Vec<Spot>,
    ) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        let columns = segment.fast_fields();
        let numbers = columns.u64("number").map_err(self.searcher.engine())?;
        let dates = columns.u64("date").map_err(self.searcher.engine())?;
        let documents = columns.str("document").map_err(self.searcher.engine())?;
        // A segment without the column holds no passage, so that nothing was found in it.
        let Some(documents) = documents else {
            return Ok(());
        };
        let ord_of = |doc: DocId| documents.ords().first(doc).unwrap_or(0);
        let mut ords: Vec<u64> = found.iter().map(|&(doc, _)| ord_of(doc)).collect();
        ords.sort_unstable();
        ords.dedup();
        let ids = strings(&documents, &ords).map_err(self.searcher.engine())?;
        for &(doc, places) in found {
            let id = ords
                .binary_search(&ord_of(doc))
                .ok()
                .and_then(|ord| ids.get(ord));
            let document = id.map_or_else(|| Arc::from(""), Arc::clone);
            out.push(Spot {
                document,
                number: numbers.first(doc).unwrap_or(0) as u32,
                date: dates.first(doc).and_then(date),
                places,
                address: DocAddress::new(segment_ord, doc),
            });
        }
        Ok(())
    }

    /// The text of a passage.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn text(&self, spot: &Spot) -> Result<String> {
        self.searcher.text_at(spot.address)
    }

    /// The texts of passages, in their order; they are read in the order in which they are stored, which is faster.
    ///
    /// # Errors
    /// As for [`Scope::text`].
    pub fn texts(&self, spots: &[Spot]) -> Result<Vec<String>> {
        let mut ords: Vec<usize> = (0..spots.len()).collect();
        ords.sort_unstable_by_key(|&ord| spots[ord].address);
        let mut out = vec![String::new(); spots.len()];
        for ord in ords {
            out[ord] = self.text(&spots[ord])?;
        }
        Ok(out)
    }

    /// The passage with its headings.
    ///
    /// # Errors
    /// As for [`Scope::text`].
    pub fn passage(&self, spot: &Spot) -> Result<StoredPassage> {
        self.searcher.passage_at(spot.number, spot.address)
    }

    /// A mark of the passages of a document below its title, given any of them: the same for documents whose passages
    /// have the same units in the same order. `None` without any.
    ///
    /// # Errors
    /// As for [`Scope::text`].
    pub fn text_of_document(&self, spot: &Spot) -> Result<Option<u64>> {
        let columns = self.searcher.columns()?;
        let columns = &columns[spot.address.segment_ord as usize];
        let shapes = columns.below_title(spot.address.doc_id);
        Ok(mark_of(shapes))
    }

    /// The document of a passage.
    ///
    /// # Errors
    /// As for [`Scope::text`].
    pub fn document(&self, spot: &Spot) -> Result<DocumentRecord> {
        self.searcher.document(&spot.document)
    }
}

/// The mark of a text, given by the shapes of its passages in order.
fn mark_of(shapes: impl Iterator<Item = u64>) -> Option<u64> {
    shapes.reduce(|mark, shape| scatter(mark.rotate_left(1) ^ shape))
}

/// As [`Scope::text_of_document`] for passages that are in no index.
pub(crate) fn text_of_passages(passages: &[Passage]) -> Option<u64> {
    // Without a title nothing is below it, as in the index.
    let title = passages.iter().position(|it| it.part == Part::Title)?;
    let below = passages[title..].iter();
    let below = below.filter(|passage| passage.part != Part::Title);
    mark_of(below.map(|passage| shape(&Units::new(&passage.text))))
}

/// By document id; most neighbours have the very same one.
pub(crate) fn by_document(a: &Spot, b: &Spot) -> Ordering {
    if Arc::ptr_eq(&a.document, &b.document) {
        Ordering::Equal
    } else {
        a.document.cmp(&b.document)
    }
}
