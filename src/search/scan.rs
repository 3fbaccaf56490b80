//! One pass over the stored text: every passage under a filter, document by document.
//!
//! What counts many things at once reads each passage once here instead of asking the index once for each thing.
//! Dates, kinds, parts, roles and shapes come from columns; the JSON record is parsed only when it is asked for.

use std::num::NonZeroUsize;
use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::{Filter, Searcher};
use crate::Result;
use crate::document::{Date, Part, Role};
use crate::index::{PassageRecord, heading_text};
use crate::query::Node;

/// A document as a scan comes by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedDocument {
    /// Its place from 0 among the documents of the scan, which are in order of their ids.
    pub ord: usize,
    /// Its id.
    pub id: String,
    /// Its date.
    pub date: Option<Date>,
    /// Its 文种.
    pub kind: Option<String>,
}

/// A passage as a scan comes by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedPassage {
    /// Its number in the document.
    pub number: u32,
    /// What it is.
    pub part: Part,
    /// Role of its section.
    pub role: Option<Role>,
    /// Hash of its units: copies share it.
    pub shape: u64,
    /// Number of its original characters.
    pub chars: u32,
    /// Its original text.
    pub text: String,
    record: String,
}

impl ScannedPassage {
    /// Its line and section path, parsed at each call; `None` if the index is damaged.
    pub fn record(&self) -> Option<PassageRecord> {
        serde_json::from_str(&self.record).ok()
    }

    /// The headings that it stands under as one text, as `heading:` searches them: a bare heading is not under
    /// itself. `None` if the index is damaged.
    pub(crate) fn headings(&self) -> Option<String> {
        let mut path = self.record()?.path;
        if self.part == Part::Heading {
            path.pop();
        }
        Some(heading_text(&path))
    }
}

/// What a collection under a filter holds of one document, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Id of the document.
    pub id: String,
    /// Its date.
    pub date: Option<Date>,
    /// Its 文种.
    pub kind: Option<String>,
    /// Number of its passages under the filter.
    pub passages: u64,
    /// Number of original characters in them.
    pub characters: u64,
}

/// Where the passages of one document lie.
struct Located {
    id: String,
    segment: usize,
    /// In order of their numbers.
    docs: Vec<DocId>,
    characters: u64,
}

impl Searcher<'_> {
    /// Calls `visit` for every document that has passages under `filter`, with these passages in order of their
    /// numbers.
    ///
    /// The documents, in order of their ids, are cut into at most `threads` runs of about as many characters. Each
    /// run has a state of its own that `start` makes and that `visit` gets with each of its documents in order. The
    /// states come back in order of the runs; none if nothing is under the filter. Memory is that of the largest
    /// documents, one for each thread.
    ///
    /// # Errors
    /// What `visit` says first; [`crate::Error::BadGlob`] if a path is no pattern; [`crate::Error::Engine`] if the index can't
    /// be read.
    pub fn scan<S: Send>(
        &self,
        filter: &Filter,
        threads: NonZeroUsize,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, &ScannedDocument, &[ScannedPassage]) -> Result<()> + Sync,
    ) -> Result<Vec<S>> {
        self.scan_located(&self.located(filter, None)?, threads, start, visit)
    }

    /// Like [`Searcher::scan`], but comes by no other passages than those that match `node` in the exact reading.
    ///
    /// # Errors
    /// As for [`Searcher::scan`].
    pub fn scan_matching<S: Send>(
        &self,
        (node, filter): (&Node, &Filter),
        threads: NonZeroUsize,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, &ScannedDocument, &[ScannedPassage]) -> Result<()> + Sync,
    ) -> Result<Vec<S>> {
        self.scan_located(&self.located(filter, Some(node))?, threads, start, visit)
    }

    /// How much text is under `filter`, by document in order of ids; read from columns alone.
    ///
    /// # Errors
    /// [`crate::Error::BadGlob`] if a path is no pattern; [`crate::Error::Engine`] if the index can't be read.
    pub fn extents(&self, filter: &Filter) -> Result<Vec<Extent>> {
        let located = self.located(filter, None)?;
        let readers = self.readers()?;
        let extents = located.into_iter().map(|located| {
            let document = readers[located.segment].document(0, &located);
            Extent {
                id: located.id,
                date: document.date,
                kind: document.kind,
                passages: located.docs.len() as u64,
                characters: located.characters,
            }
        });
        Ok(extents.collect())
    }

    fn scan_located<S: Send>(
        &self,
        located: &[Located],
        threads: NonZeroUsize,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, &ScannedDocument, &[ScannedPassage]) -> Result<()> + Sync,
    ) -> Result<Vec<S>> {
        let runs = runs(located, threads.get());
        let run = |range: Range<usize>| -> Result<S> {
            let mut state = start();
            let readers = self.readers()?;
            for ord in range {
                let (document, passages) = readers[located[ord].segment]
                    .read(ord, &located[ord])
                    .map_err(self.engine())?;
                visit(&mut state, &document, &passages)?;
            }
            Ok(state)
        };
        std::thread::scope(|scope| {
            let run = &run;
            let handles: Vec<_> = runs
                .into_iter()
                .map(|range| scope.spawn(move || run(range)))
                .collect();
            handles
                .into_iter()
                .map(|handle| {
                    let done = handle.join();
                    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        })
    }

    /// All documents under the filter, in order of their ids.
    fn located(&self, filter: &Filter, node: Option<&Node>) -> Result<Vec<Located>> {
        let planner = self.planner();
        let query = match node {
            Some(node) => planner.counted(node)?,
            None => planner.all_passages(),
        };
        let query = self.filtered(query, filter)?;
        let matches = self.matches(query.as_ref())?;
        let mut out = Vec::new();
        for (segment, matching) in matches.into_iter().enumerate() {
            let reader = self.snapshot.segment_reader(segment as u32);
            out.extend(group(segment, reader, matching).map_err(self.engine())?);
        }
        out.sort_by(|a: &Located, b| a.id.cmp(&b.id));
        Ok(out)
    }

    fn readers(&self) -> Result<Vec<Reader>> {
        let text = self.index.fields.text;
        let readers = self.snapshot.segment_readers().iter();
        readers
            .map(|segment| Reader::open(segment, text).map_err(self.engine()))
            .collect()
    }
}

/// The passages of one segment by document; a document's passages stand side by side and in order.
fn group(
    segment: usize,
    reader: &SegmentReader,
    matching: Vec<DocId>,
) -> tantivy::Result<Vec<Located>> {
    let Some(ids) = reader.fast_fields().str("document")? else {
        return Ok(Vec::new());
    };
    let chars = reader.fast_fields().u64("chars")?;
    let mut out: Vec<(u64, Located)> = Vec::new();
    for doc in matching {
        let Some(ord) = ids.ords().first(doc) else {
            continue;
        };
        if out.last().is_none_or(|&(last, _)| last != ord) {
            let mut id = String::new();
            ids.ord_to_str(ord, &mut id)?;
            let located = Located {
                id,
                segment,
                docs: Vec::new(),
                characters: 0,
            };
            out.push((ord, located));
        }
        if let Some((_, located)) = out.last_mut() {
            located.docs.push(doc);
            located.characters += chars.first(doc).unwrap_or(0);
        }
    }
    Ok(out.into_iter().map(|(_, located)| located).collect())
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

/// What is read of one segment, by one thread.
struct Reader {
    store: StoreReader,
    text: Field,
    number: Column<u64>,
    date: Column<u64>,
    shape: Column<u64>,
    chars: Column<u64>,
    part: Names<Part>,
    role: Names<Role>,
    kind: Names<String>,
}

/// Blocks of the store that a reader keeps: documents are read side by side, so that few are enough.
const CACHED_BLOCKS: usize = 4;

impl Reader {
    fn open(segment: &SegmentReader, text: Field) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let part = |name: &str| Part::ALL.into_iter().find(|part| part.name() == name);
        let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name);
        Ok(Self {
            store: segment.get_store_reader(CACHED_BLOCKS)?,
            text,
            number: columns.u64("number")?,
            date: columns.u64("date")?,
            shape: columns.u64("shape")?,
            chars: columns.u64("chars")?,
            part: Names::open(columns.str("part")?, part)?,
            role: Names::open(columns.str("role")?, role)?,
            kind: Names::open(columns.str("kind")?, |name| Some(name.to_owned()))?,
        })
    }

    fn read(
        &self,
        ord: usize,
        located: &Located,
    ) -> tantivy::Result<(ScannedDocument, Vec<ScannedPassage>)> {
        let document = self.document(ord, located);
        let passages = located.docs.iter().map(|&doc| self.passage(doc));
        Ok((document, passages.collect::<tantivy::Result<_>>()?))
    }

    fn document(&self, ord: usize, located: &Located) -> ScannedDocument {
        let first = located.docs.first().copied().unwrap_or(0);
        ScannedDocument {
            ord,
            id: located.id.clone(),
            date: self.date.first(first).and_then(date),
            kind: self.kind.of(first).cloned(),
        }
    }

    fn passage(&self, doc: DocId) -> tantivy::Result<ScannedPassage> {
        let stored: Stored = self.store.get(doc)?;
        let mut text = String::new();
        let mut record = String::new();
        for (field, value) in stored.0 {
            *if field == self.text {
                &mut text
            } else {
                &mut record
            } = value;
        }
        let part = self.part.of(doc).copied();
        Ok(ScannedPassage {
            number: self.number.first(doc).unwrap_or(0) as u32,
            part: part.ok_or_else(|| TantivyError::InternalError("no part".into()))?,
            role: self.role.of(doc).copied(),
            shape: self.shape.first(doc).unwrap_or(0),
            chars: self.chars.first(doc).unwrap_or(0) as u32,
            text,
            record,
        })
    }
}

/// A column of few different strings, each read once.
struct Names<T> {
    column: Option<StrColumn>,
    by_ord: Vec<Option<T>>,
}

impl<T> Names<T> {
    fn open(column: Option<StrColumn>, read: impl Fn(&str) -> Option<T>) -> tantivy::Result<Self> {
        let mut by_ord = Vec::new();
        if let Some(column) = &column {
            let mut name = String::new();
            for ord in 0..column.num_terms() as u64 {
                name.clear();
                column.ord_to_str(ord, &mut name)?;
                by_ord.push(read(&name));
            }
        }
        Ok(Self { column, by_ord })
    }

    fn of(&self, doc: DocId) -> Option<&T> {
        let ord = self.column.as_ref()?.ords().first(doc)?;
        self.by_ord.get(ord as usize)?.as_ref()
    }
}

/// The date of a number as the index writes it: `yyyymmdd`, unknown parts 0.
pub(super) fn date(sortable: u64) -> Option<Date> {
    let part = |part: u64| u8::try_from(part % 100).ok().filter(|&part| part > 0);
    let year = u16::try_from(sortable / 10_000).ok()?;
    Date::new(year, part(sortable / 100), part(sortable))
}

/// The stored fields of a record, all of them strings.
struct Stored(Vec<(Field, String)>);

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D>(mut deserializer: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut fields = Vec::with_capacity(deserializer.size_hint());
        while let Some(field) = deserializer.next_field()? {
            fields.push(field);
        }
        Ok(Self(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
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

    fn scan(
        searcher: &Searcher,
        filter: &Filter,
        threads: usize,
    ) -> Vec<(ScannedDocument, Vec<ScannedPassage>)> {
        let threads = NonZeroUsize::new(threads).expect("some threads");
        let runs = searcher
            .scan(filter, threads, Vec::new, |run, document, passages| {
                run.push((document.clone(), passages.to_vec()));
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
            .documents(&DocumentFilter::default(), Order::Path)
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
                assert_eq!(passage.record(), Some(stored.record));
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
            path: Some("甲/*".into()),
            within: super::super::Within::Body,
            ..Filter::default()
        };
        let texts: Vec<String> = scan(&searcher, &filter, 2)
            .into_iter()
            .flat_map(|(_, passages)| passages)
            .map(|passage| passage.text)
            .collect();
        assert_eq!(texts, ["水渠失修。", "各村整修水渠。"]);
        let nothing = Filter {
            kind: Some("诗".into()),
            ..Filter::default()
        };
        assert!(scan(&searcher, &nothing, 2).is_empty());
    }

    #[test]
    fn dates_as_numbers() {
        for (number, expected) in [
            (20_090_820, Date::new(2009, Some(8), Some(20))),
            (20_090_800, Date::new(2009, Some(8), None)),
            (20_090_000, Date::new(2009, None, None)),
            (0, None),
        ] {
            assert_eq!(date(number), expected);
        }
    }
}
