//! One scan of the stored text: every passage that a filter allows, document by document.
//!
//! What counts many things at once reads each passage once here instead of asking the index once for each thing.
//! Dates, kinds, parts, roles and shapes come from columns; the JSON record is parsed only on demand.

use std::num::NonZeroUsize;
use std::ops::Range;

use tantivy::{DocId, SegmentReader};

use crate::document::Date;
use crate::parallel;
use crate::query::Node;
use crate::search::Result;
use crate::search::scan::columns::{Located, Reader, ScannedDocument, ScannedPassage, strings};
use crate::search::{Filter, Searcher};

/// What a collection under a filter holds of one document, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentStats {
    /// Id of the document.
    pub id: String,
    /// Its date.
    pub date: Option<Date>,
    /// Its 文种.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its collection.
    pub collection: String,
    /// Number of its passages under the filter.
    pub passages: u64,
    /// Number of original characters in them.
    pub characters: u64,
}

/// The passages under a filter by document, ready to be read.
///
/// Finding them costs a tenth of reading them, so that what needs both their [`DocumentScan::document_stats`] and a
/// [`DocumentScan::run`] finds them once.
pub struct DocumentScan<'a> {
    searcher: &'a Searcher<'a>,
    /// In order of ids.
    located: Vec<Located>,
}

impl Searcher<'_> {
    /// The passages under `filter`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn document_scan(&self, filter: &Filter) -> Result<DocumentScan<'_>> {
        self.located(filter, None)
    }

    /// Those passages under `filter` that match `node` in the exact reading.
    ///
    /// # Errors
    /// As for [`Searcher::document_scan`].
    pub fn scan_matching(&self, node: &Node, filter: &Filter) -> Result<DocumentScan<'_>> {
        self.located(filter, Some(node))
    }

    /// [`DocumentScan::run`] of the passages under `filter`.
    ///
    /// # Errors
    /// As for [`Searcher::document_scan`] and [`DocumentScan::run`].
    pub fn scan<S: Send>(
        &self,
        filter: &Filter,
        threads: NonZeroUsize,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, &ScannedDocument, &[ScannedPassage<'_>]) -> Result<()> + Sync,
    ) -> Result<Vec<S>> {
        self.document_scan(filter)?.run(threads, start, visit)
    }

    fn located(&self, filter: &Filter, node: Option<&Node>) -> Result<DocumentScan<'_>> {
        let planner = self.planner();
        let query = match node {
            Some(node) => planner.counted(node)?,
            None => planner.all_passages(),
        };
        let query = self.filtered(query, filter)?;
        let mut located = Vec::new();
        for (segment, matching) in self.matches(query.as_ref())?.into_iter().enumerate() {
            let reader = self.snapshot.segment_reader(segment as u32);
            located.extend(group(segment, reader, matching).map_err(self.engine())?);
        }
        located.sort_by(|a: &Located, b| a.id.cmp(&b.id));
        Ok(DocumentScan {
            searcher: self,
            located,
        })
    }
}

impl DocumentScan<'_> {
    /// Leaves out the documents after the one with id `last`; all of them without one.
    pub(in crate::search) fn cut_after(&mut self, last: Option<&str>) {
        self.located
            .retain(|located| last.is_some_and(|last| &*located.id <= last));
    }

    /// How much text there is, by document in order of ids; read from columns alone.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn document_stats(&self) -> Result<Vec<DocumentStats>> {
        let readers = self.readers()?;
        let extents = self.located.iter().map(|located| {
            let document = readers[located.segment].document(0, located);
            DocumentStats {
                id: document.id,
                date: document.date,
                kind: document.kind,
                issuer: document.issuer,
                collection: document.collection,
                passages: located.docs.len() as u64,
                characters: located.characters,
            }
        });
        Ok(extents.collect())
    }

    /// Calls `visit` for every document with its passages in order of their numbers.
    ///
    /// The documents, in order of their ids, are cut into at most `threads` runs of about as many characters. Each
    /// run has a state of its own that `start` makes and that `visit` gets with each of its documents in order. The
    /// states come back in order of the runs; none if there are no passages. Memory is that of the passages of the largest
    /// documents without their texts, one for each thread. Progress is in documents, its work in characters.
    ///
    /// # Errors
    /// What `visit` says first; [`crate::index::Error::Cancelled`]; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn run<S: Send>(
        &self,
        threads: NonZeroUsize,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, &ScannedDocument, &[ScannedPassage<'_>]) -> Result<()> + Sync,
    ) -> Result<Vec<S>> {
        let characters = self.located.iter().map(|located| located.characters);
        let task = &self.searcher.task;
        let steps = task.begin(self.located.len(), characters.sum());
        let run = |range: Range<usize>| -> Result<S> {
            let mut state = start();
            let readers = self.readers()?;
            let mut passages = Vec::new();
            for (ord, located) in range.clone().zip(&self.located[range]) {
                self.searcher.go_on()?;
                let document = readers[located.segment]
                    .read(ord, located, &mut passages)
                    .map_err(self.searcher.engine())?;
                visit(&mut state, &document, &passages)?;
                steps.done(located.characters);
            }
            Ok(state)
        };
        let ranges = runs(&self.located, threads.get());
        let states = parallel::try_map(ranges, threads, run)?;
        // The threads may all have been at their last documents.
        self.searcher.go_on()?;
        Ok(states)
    }

    fn readers(&self) -> Result<Vec<Reader>> {
        let parts = self.searcher.index.parts();
        let readers = self.searcher.snapshot.segment_readers().iter();
        readers
            .map(|segment| Reader::open(segment, parts).map_err(self.searcher.engine()))
            .collect()
    }
}

/// The passages of one segment by document; a document's passages are adjacent and in order.
fn group(
    segment: usize,
    reader: &SegmentReader,
    matching: Vec<DocId>,
) -> tantivy::Result<Vec<Located>> {
    let Some(ids) = reader.fast_fields().str("document")? else {
        return Ok(Vec::new());
    };
    let chars = reader.fast_fields().u64("chars")?;
    let ord_of = |doc: &DocId| ids.ords().first(*doc);
    let mut groups: Vec<(u64, Vec<DocId>)> = Vec::new();
    for docs in matching.chunk_by(|a, b| ord_of(a) == ord_of(b)) {
        groups.extend(ord_of(&docs[0]).map(|ord| (ord, docs.to_vec())));
    }
    groups.sort_by_key(|&(ord, _)| ord);
    let ords: Vec<u64> = groups.iter().map(|&(ord, _)| ord).collect();
    let named = groups.into_iter().zip(strings(&ids, &ords)?);
    let located = named.map(|((_, docs), id)| Located {
        id,
        segment,
        characters: docs.iter().map(|&doc| chars.first(doc).unwrap_or(0)).sum(),
        docs,
    });
    Ok(located.collect())
}

/// Cuts the documents into at most `n` runs of about as many characters, none of them empty.
fn runs(located: &[Located], n: usize) -> Vec<Range<usize>> {
    let total: u64 = located.iter().map(|document| document.characters).sum();
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut start, mut seen) = (0, 0);
    for (ord, document) in located.iter().enumerate() {
        seen += document.characters;
        let is_last = ord + 1 == located.len();
        if is_last || seen * n as u64 >= total * (out.len() as u64 + 1) {
            out.push(start..ord + 1);
            start = ord + 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Part, Role};
    use crate::index::{Index, PassageRecord, UpdateOptions, update};
    use crate::search::{DocumentFilter, Order};
    use crate::text::units::Units;

    const FILES: [(&str, &str); 4] = [
        (
            "乙.txt",
            "白苇县2009年工作总结\n一、取得的成效\n修渠三条。\n修路两条。\n2009年12月3日\n",
        ),
        ("甲/二.txt", "关于修渠的通知\n各村整修水渠。\n"),
        (
            "甲/一.txt",
            "白苇县2010年工作总结\n一、存在的问题\n水渠失修。\n",
        ),
        ("丙.txt", "一二三\n"),
    ];

    fn index(folder: &std::path::Path) -> Index {
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        std::fs::create_dir_all(corpus.join("甲")).expect("a folder");
        for (name, text) in FILES {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        Index::open(&dir).expect("the index")
    }

    /// A passage with all that is read of it.
    #[derive(Clone, Debug, PartialEq)]
    struct Passage {
        number: u32,
        part: Part,
        role: Option<Role>,
        shape: u64,
        chars: u32,
        text: String,
        record: Option<PassageRecord>,
    }

    impl Passage {
        fn new(scanned: &ScannedPassage<'_>) -> Self {
            Self {
                number: scanned.number,
                part: scanned.part,
                role: scanned.role,
                shape: scanned.shape,
                chars: scanned.chars,
                text: scanned.text(),
                record: scanned.record(),
            }
        }
    }

    fn scan(
        searcher: &Searcher,
        filter: &Filter,
        threads: usize,
    ) -> Vec<(ScannedDocument, Vec<Passage>)> {
        let threads = NonZeroUsize::new(threads).expect("some threads");
        let runs = searcher
            .scan(filter, threads, Vec::new, |run, document, passages| {
                let passages = passages.iter().map(Passage::new).collect();
                run.push((document.clone(), passages));
                Ok(())
            })
            .expect("a scan");
        runs.concat()
    }

    #[test]
    fn every_passage_comes_once_in_order_as_it_is_stored() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let documents = searcher
            .documents(&DocumentFilter::default(), None, Order::Path)
            .expect("documents");
        let scanned = scan(&searcher, &Filter::default(), 1);
        assert_eq!(scanned.len(), FILES.len());
        for (ord, ((document, passages), expected)) in scanned.iter().zip(&documents).enumerate() {
            assert_eq!((document.ord, &document.id), (ord, &expected.id));
            assert_eq!(
                (document.date, &document.kind),
                (expected.date, &expected.kind)
            );
            let stored = searcher.passages(&document.id, |_| true).expect("passages");
            assert_eq!(passages.len(), stored.len());
            for (passage, stored) in passages.iter().zip(stored) {
                assert_eq!(
                    (passage.number, &passage.text),
                    (stored.number, &stored.text)
                );
                assert_eq!(
                    (passage.part, passage.role),
                    (stored.record.part, stored.record.role)
                );
                assert_eq!(passage.record, Some(stored.record));
                assert_eq!(passage.chars as usize, passage.text.chars().count());
                assert_eq!(
                    passage.shape,
                    crate::index::shape(&Units::new(&passage.text))
                );
            }
        }
        let roles: Vec<_> = scanned
            .iter()
            .flat_map(|(_, passages)| passages)
            .filter_map(|passage| passage.role)
            .collect();
        assert!(roles.contains(&Role::Results) && roles.contains(&Role::Problems));
    }

    #[test]
    fn threads_change_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let once = scan(&searcher, &Filter::default(), 1);
        for threads in [2, 3, 9] {
            assert_eq!(scan(&searcher, &Filter::default(), threads), once);
        }
    }

    #[test]
    fn the_filter_holds() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let filter = Filter {
            documents: DocumentFilter {
                paths: vec!["甲/*".into()],
                ..DocumentFilter::default()
            },
            within: crate::search::Within::Body,
            ..Filter::default()
        };
        let texts: Vec<String> = scan(&searcher, &filter, 2)
            .into_iter()
            .flat_map(|(_, passages)| passages)
            .map(|passage| passage.text)
            .collect();
        assert_eq!(texts, ["水渠失修。", "各村整修水渠。"]);
        let nothing = Filter {
            documents: DocumentFilter {
                kinds: vec!["诗".into()],
                ..DocumentFilter::default()
            },
            ..Filter::default()
        };
        assert!(scan(&searcher, &nothing, 2).is_empty());
    }
}
