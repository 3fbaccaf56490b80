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
        // All passages need no table: the marks of a million of them are a megabyte for each scope.
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
    /// [`crate::index::Error::Cancelled`]; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn places_of(&self, leaf: &Leaf) -> Result<Vec<Spot>> {
        self.searcher.go_on()?;
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
        // Ids lie in compressed blocks: in order and each once, a block is unpacked once.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::search::{DocumentFilter, Order};
    use crate::text::pattern::Pattern;
    use crate::text::units::Units;

    const WORDS: [&str; 6] = ["水", "渠", "修", "站", "5g", "的"];
    const MARKS: [&str; 6] = ["", "", "", "，", "。", " "];

    /// 12 documents of 20 paragraphs of few different units, so that rows and gaps often match; the same at each call.
    fn index(folder: &std::path::Path) -> Index {
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let mut state = 3_u32;
        let mut next = |n: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % n
        };
        for file in 0..12 {
            let mut text = String::new();
            for _ in 0..20 {
                for _ in 0..3 + next(20) {
                    text.push_str(WORDS[next(WORDS.len())]);
                    text.push_str(MARKS[next(MARKS.len())]);
                }
                text.push_str("。\n");
            }
            std::fs::write(corpus.join(format!("{file}.txt")), text).expect("a file");
        }
        let options = UpdateOptions {
            jobs: 3,
            ..UpdateOptions::default()
        };
        update(&dir, &[corpus], &options, &|_| {}).expect("an index");
        Index::open(&dir).expect("the index")
    }

    type Found = Vec<(String, u32, u32)>;

    /// What reading every passage finds.
    fn scanned(searcher: &Searcher, leaf: &Leaf) -> Found {
        let documents = searcher.documents(&DocumentFilter::default(), None, Order::Path);
        let mut out = Vec::new();
        for document in documents.expect("documents") {
            for passage in searcher.passages(&document.id, |_| true).expect("passages") {
                let n = leaf.find(&Units::new(&passage.text)).len() as u32;
                if n > 0 {
                    out.push((document.id.clone(), passage.number, n));
                }
            }
        }
        out
    }

    fn row(words: &[usize]) -> Vec<String> {
        words.iter().map(|&word| WORDS[word].to_owned()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn places_are_those_of_a_scan(
            rows in prop::collection::vec(prop::collection::vec(0..WORDS.len(), 1..4), 1..4),
            gaps in prop::collection::vec((0_usize..3, 0_usize..4), 3),
            distance in 0_usize..5,
            is_near: bool,
        ) {
            thread_local! {
                static INDEX: (tempfile::TempDir, Index) = {
                    let folder = tempfile::tempdir().expect("a temporary folder");
                    let index = index(folder.path());
                    (folder, index)
                };
            }
            let rows: Vec<Vec<String>> = rows.iter().map(|words| row(words)).collect();
            let leaf = match &rows[..] {
                [left, right, ..] if is_near => Leaf::Near {
                    left: left.clone(),
                    right: right.clone(),
                    distance,
                },
                _ => {
                    let gaps = gaps.iter().map(|&(least, more)| least..=least + more);
                    let gaps = gaps.take(rows.len() - 1).collect();
                    Leaf::Pattern(Pattern { rows, gaps })
                }
            };
            INDEX.with(|(_, index)| -> std::result::Result<(), TestCaseError> {
                let searcher = Searcher::new(index);
                let scope = Scope::new(&searcher, &Filter::default()).expect("a scope");
                let spots = scope.places_of(&leaf).expect("places");
                let texts = scope.texts(&spots).expect("texts");
                for (spot, text) in spots.iter().zip(&texts) {
                    prop_assert_eq!(leaf.find(&Units::new(text)).len(), spot.places as usize);
                    prop_assert_eq!(&scope.text(spot).expect("a text"), text);
                }
                let found: Found = spots
                    .iter()
                    .map(|spot| (spot.document.to_string(), spot.number, spot.places))
                    .collect();
                prop_assert_eq!(found, scanned(&searcher, &leaf));
                Ok(())
            })?;
        }
    }

    #[test]
    fn a_scope_has_the_passages_under_its_filter() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let leaf = Leaf::Word("水".to_owned());
        let all = scanned(&searcher, &leaf);
        for (path, is_in) in [
            ("1*", (|id| id.starts_with('1')) as fn(&str) -> bool),
            ("3.txt", |id| id == "3.txt"),
            ("无.txt", |_| false),
        ] {
            let documents = DocumentFilter {
                paths: vec![path.to_owned()],
                ..DocumentFilter::default()
            };
            let filter = Filter {
                documents,
                ..Filter::default()
            };
            let scope = Scope::new(&searcher, &filter).expect("a scope");
            let spots = scope.places_of(&leaf).expect("places").into_iter();
            let found: Found = spots
                .map(|spot| (spot.document.to_string(), spot.number, spot.places))
                .collect();
            let mut expected = all.clone();
            expected.retain(|(id, ..)| is_in(id));
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn documents_of_the_same_text_below_their_titles_have_the_same_mark() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        for (name, text) in [
            ("甲.txt", "水利工作总结\n各村整修水渠。\n再修道路。\n"),
            ("乙.txt", "水利工作报告\n各村整修水渠。\n再修道路。\n"),
            ("丙.txt", "水利工作总结\n再修道路。\n各村整修水渠。\n"),
            ("丁.txt", "水利工作总结\n各村整修水渠。\n"),
        ] {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let scope = Scope::new(&searcher, &Filter::default()).expect("a scope");
        let spots = scope
            .places_of(&Leaf::Word("各村整修水渠".to_owned()))
            .expect("places");
        let mark = |id: &str| {
            let spot = spots.iter().find(|spot| &*spot.document == id);
            let mark = scope.text_of_document(spot.expect("a place"));
            mark.expect("a mark")
        };
        assert!(mark("甲.txt").is_some());
        assert_eq!(mark("甲.txt"), mark("乙.txt"));
        // The order counts, and so does how much there is.
        assert_ne!(mark("甲.txt"), mark("丙.txt"));
        assert_ne!(mark("甲.txt"), mark("丁.txt"));
    }
}
