//! Documents by id, and lists of them.

use std::ops::RangeInclusive;

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument};

use super::Searcher;
use crate::document::kind::is_same_kind;
use crate::index::{DocumentRecord, LISTING, Structure, TYPE_DOCUMENT};
use crate::query::IdPattern;
use crate::search::{Error, Result};
use crate::text::normalize::normalize;

/// Which documents are listed; the default takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// 文种 of the document.
    pub kind: Option<String>,
    /// Years of the document.
    pub years: Option<RangeInclusive<u64>>,
    /// Glob that the id matches.
    pub path: Option<String>,
    /// Text that the title or the issuer holds, both normalized.
    pub text: Option<String>,
}

/// The order of a list of documents; equal documents are in order of their ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By id.
    #[default]
    Path,
    /// Oldest first, those without a date last.
    Date,
    /// Newest first, those without a date last.
    DateDescending,
}

impl Searcher<'_> {
    /// The document of this id.
    ///
    /// # Errors
    /// [`Error::NoDocument`] if the index has no such document.
    pub fn document(&self, id: &str) -> Result<DocumentRecord> {
        let address = self.address_of(id)?;
        let segment = self.snapshot.segment_reader(address.segment_ord);
        let mut listed = self.listed(segment, &[address.doc_id])?;
        listed.pop().ok_or_else(|| self.damaged())
    }

    /// Headings and boilerplate of the document of this id.
    ///
    /// # Errors
    /// [`Error::NoDocument`] if the index has no such document.
    pub fn structure(&self, id: &str) -> Result<Structure> {
        let address = self.address_of(id)?;
        let stored: TantivyDocument = self.snapshot.doc(address).map_err(self.engine())?;
        let record = stored
            .get_first(self.index.fields.record)
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        serde_json::from_str(record).map_err(|_| self.damaged())
    }

    /// The documents that `filter` takes, in `order`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if the path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn documents(&self, filter: &DocumentFilter, order: Order) -> Result<Vec<DocumentRecord>> {
        let filter = Prepared::new(filter)?;
        let mut documents = Vec::new();
        for segment in self.snapshot.segment_readers() {
            let docs = self.document_records(segment)?;
            let listed = self.listed(segment, &docs)?;
            documents.extend(listed.into_iter().filter(|document| filter.takes(document)));
        }
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        match order {
            Order::Path => {}
            Order::Date => {
                documents.sort_by_key(|document| (document.date.is_none(), document.date))
            }
            Order::DateDescending => {
                documents.sort_by_key(|document| std::cmp::Reverse(document.date))
            }
        }
        Ok(documents)
    }

    fn address_of(&self, id: &str) -> Result<DocAddress> {
        let term = Term::from_field_text(self.index.fields.id, id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .snapshot
            .search(&query, &DocSetCollector)
            .map_err(self.engine())?;
        let address = found.into_iter().next();
        address.ok_or_else(|| Error::NoDocument(id.to_owned()))
    }

    fn document_records(&self, segment: &SegmentReader) -> Result<Vec<u32>> {
        let field = self.index.fields.record_type;
        let term = Term::from_field_text(field, TYPE_DOCUMENT);
        let inverted = segment.inverted_index(field).map_err(self.engine())?;
        let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
        let mut docs = Vec::new();
        if let Some(mut postings) = postings.map_err(|error| self.engine()(error.into()))? {
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    docs.push(postings.doc());
                }
                postings.advance();
            }
        }
        Ok(docs)
    }

    /// What is listed of the document records `docs`, in no order.
    fn listed(&self, segment: &SegmentReader, docs: &[u32]) -> Result<Vec<DocumentRecord>> {
        let column = segment.fast_fields().str(LISTING).map_err(self.engine())?;
        let Some(column) = column else {
            return Ok(Vec::new());
        };
        let ords = docs.iter().filter_map(|&doc| column.ords().first(doc));
        let mut ords: Vec<u64> = ords.collect();
        ords.sort_unstable();
        let mut listed = Vec::with_capacity(ords.len());
        column
            .dictionary()
            .sorted_ords_to_term_cb(&ords, |json| listed.push(serde_json::from_slice(json)))
            .map_err(|error| self.engine()(error.into()))?;
        let listed: Result<_, _> = listed.into_iter().collect();
        listed.map_err(|_| self.damaged())
    }
}

/// A filter with its patterns read.
struct Prepared<'a> {
    filter: &'a DocumentFilter,
    path: Option<IdPattern>,
    text: Option<String>,
}

impl<'a> Prepared<'a> {
    fn new(filter: &'a DocumentFilter) -> Result<Self> {
        Ok(Self {
            filter,
            path: filter.path.as_deref().map(IdPattern::new).transpose()?,
            text: filter.text.as_deref().map(normalize),
        })
    }

    fn takes(&self, document: &DocumentRecord) -> bool {
        let DocumentFilter { kind, years, .. } = self.filter;
        let year = document.date.map(|date| u64::from(date.year));
        let holds = |text: &str| {
            let holds = |field: &str| normalize(field).contains(text);
            holds(&document.title) || document.issuer.as_deref().is_some_and(holds)
        };
        let is_of = |kind: &String| {
            let own = document.kind.as_deref();
            own.is_some_and(|own| is_same_kind(own, kind))
        };
        kind.as_ref().is_none_or(is_of)
            && years
                .as_ref()
                .is_none_or(|years| year.is_some_and(|year| years.contains(&year)))
            && self
                .path
                .as_ref()
                .is_none_or(|path| path.covers(&document.id))
            && self.text.as_deref().is_none_or(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};

    const FILES: [(&str, &str); 4] = [
        (
            "2019/总结.txt",
            "青禾镇水利工作总结\n一、基本情况\n各村整修水渠。\n2019年3月5日\n",
        ),
        (
            "2021/通知.txt",
            "關於整修水渠的通知\n各村：\n请整修水渠。\n2021年7月\n",
        ),
        ("无日期.txt", "整修水渠随想\n水渠长了。\n"),
        (
            "合集.jsonl",
            "{\"title\":\"水渠方案\",\"text\":\"先修东渠。\",\"date\":\"2019\",\"issuer\":\"青禾镇政府\"}\n{\"title\":\"道路办法\",\"text\":\"再修路。\"}\n",
        ),
    ];

    fn check(filter: DocumentFilter, order: Order, expected: &[&str]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        for (name, text) in FILES {
            let path = corpus.join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let listed = Searcher::new(&index)
            .documents(&filter, order)
            .expect("a list");
        let ids: Vec<&str> = listed.iter().map(|document| document.id.as_str()).collect();
        assert_eq!(ids, expected, "{filter:?} {order:?}");
    }

    const ALL: [&str; 5] = [
        "2019/总结.txt",
        "2021/通知.txt",
        "合集.jsonl#1",
        "合集.jsonl#2",
        "无日期.txt",
    ];

    #[test]
    fn documents_are_listed_in_order() {
        let any = DocumentFilter::default;
        check(any(), Order::Path, &ALL);
        check(
            any(),
            Order::Date,
            &[ALL[2], ALL[0], ALL[1], ALL[3], ALL[4]],
        );
        check(
            any(),
            Order::DateDescending,
            &[ALL[1], ALL[0], ALL[2], ALL[3], ALL[4]],
        );
    }

    #[test]
    fn filters_take_what_they_name() {
        let any = DocumentFilter::default;
        let kind = |kind: &str| DocumentFilter {
            kind: Some(kind.into()),
            ..any()
        };
        check(kind("总结"), Order::Path, &ALL[..1]);
        check(kind("办法"), Order::Path, &ALL[3..4]);
        check(kind("總結"), Order::Path, &ALL[..1]);
        let years = |years| DocumentFilter {
            years: Some(years),
            ..any()
        };
        check(years(2019..=2020), Order::Path, &[ALL[0], ALL[2]]);
        let path = |path: &str| DocumentFilter {
            path: Some(path.into()),
            ..any()
        };
        check(path("*.jsonl"), Order::Path, &ALL[2..4]);
        check(path("*/總結.txt"), Order::Path, &ALL[..1]);
        let text = |text: &str| DocumentFilter {
            text: Some(text.into()),
            ..any()
        };
        check(text("青禾镇"), Order::Path, &[ALL[0], ALL[2]]);
        check(text("关于整修"), Order::Path, &ALL[1..2]);
    }

    #[test]
    fn a_document_is_found_whole() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let text = "青禾镇水利工作总结\n时间:2019-03-05 08:00:00\n一、基本情况\n各村整修水渠。\n";
        std::fs::write(corpus.join("总结.txt"), text).expect("a file");
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let document = searcher.document("总结.txt").expect("the document");
        assert_eq!((document.passages, document.characters.passages), (3, 22));
        let structure = searcher.structure("总结.txt").expect("its structure");
        let headings: Vec<_> = structure
            .headings
            .iter()
            .map(|heading| (heading.line, heading.title.as_str()))
            .collect();
        assert_eq!(headings, [(3, "基本情况")]);
        let boilerplate: Vec<_> = structure
            .boilerplate
            .iter()
            .map(|line| (line.line, line.text.as_str()))
            .collect();
        assert_eq!(boilerplate, [(2, "时间:2019-03-05 08:00:00")]);
        assert!(matches!(
            searcher.document("总结"),
            Err(Error::NoDocument(_))
        ));
    }
}
