//! Documents by id, and lists of them.

use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument};

use super::Searcher;
use crate::index::{DocumentRecord, LISTING, Structure, TYPE_DOCUMENT};
use crate::query::{Dates, IdPattern, Restriction, Years};
use crate::search::{Error, Result};
use crate::text::normalize::normalize;

/// Which documents are meant; the default takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFilter {
    /// Names of collections, any of them.
    pub collections: Vec<String>,
    /// 文种 of the document, any of them.
    pub kinds: Vec<String>,
    /// Texts that the name of the issuer holds, any of them.
    pub issuers: Vec<String>,
    /// Years of the document.
    pub years: Option<Years>,
    /// Dates of the document.
    pub dates: Dates,
    /// Globs that the id matches, any of them.
    pub paths: Vec<String>,
}

impl DocumentFilter {
    /// Whether it takes every document.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The restrictions that all have to hold, each as alternatives of which one has to.
    pub fn restrictions(&self) -> Vec<Vec<Restriction>> {
        let Self {
            collections,
            kinds,
            issuers,
            years,
            dates,
            paths,
        } = self;
        let any = |values: &[String], restriction: fn(String) -> Restriction| {
            values.iter().cloned().map(restriction).collect()
        };
        let dates = Some(*dates).filter(|dates| *dates != Dates::default());
        let all = [
            any(collections, Restriction::Collection),
            any(kinds, Restriction::Kind),
            any(issuers, Restriction::Issuer),
            years.iter().cloned().map(Restriction::Year).collect(),
            dates.into_iter().map(Restriction::Dates).collect(),
            any(paths, Restriction::Path),
        ];
        all.into_iter()
            .filter(|any: &Vec<Restriction>| !any.is_empty())
            .collect()
    }
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

    /// The documents that `filter` takes, and that hold `text` in title or issuer if there is one, in `order`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if the path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn documents(
        &self,
        filter: &DocumentFilter,
        text: Option<&str>,
        order: Order,
    ) -> Result<Vec<DocumentRecord>> {
        let prefixes = self.index.manifest().id_prefixes();
        let filter = Prepared::new(filter, text, &prefixes)?;
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

    /// The address of the document's own record.
    pub(super) fn address_of(&self, id: &str) -> Result<DocAddress> {
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

/// A filter with its values normalized and its patterns read.
struct Prepared {
    collections: Vec<String>,
    kinds: Vec<String>,
    issuers: Vec<String>,
    years: Option<Years>,
    dates: Dates,
    paths: Vec<IdPattern>,
    text: Option<String>,
}

impl Prepared {
    fn new(filter: &DocumentFilter, text: Option<&str>, prefixes: &[String]) -> Result<Self> {
        let normalized = |values: &[String]| {
            let values = values.iter().map(|value| normalize(value.trim()));
            values.collect::<Vec<_>>()
        };
        let paths = filter.paths.iter();
        let paths = paths.map(|path| IdPattern::new(path, prefixes));
        Ok(Self {
            collections: normalized(&filter.collections),
            kinds: normalized(&filter.kinds),
            issuers: normalized(&filter.issuers),
            years: filter.years.clone(),
            dates: filter.dates,
            paths: paths.collect::<std::result::Result<_, _>>()?,
            text: text.map(normalize),
        })
    }

    fn takes(&self, document: &DocumentRecord) -> bool {
        let date = document.date;
        let is_one = |wanted: &[String], own: Option<&str>| {
            let own = own.map(|own| normalize(own.trim()));
            wanted.is_empty() || own.is_some_and(|own| wanted.contains(&own))
        };
        let issuer = document.issuer.as_deref().map(normalize);
        let issuer_holds = |text: &String| issuer.as_ref().is_some_and(|own| own.contains(text));
        let holds = |text: &String| normalize(&document.title).contains(text) || issuer_holds(text);
        let years = self.years.as_ref();
        let covers = |path: &IdPattern| path.covers(&document.id);
        is_one(&self.collections, Some(&document.collection))
            && is_one(&self.kinds, document.kind.as_deref())
            && (self.issuers.is_empty() || self.issuers.iter().any(issuer_holds))
            && years.is_none_or(|years| date.is_some_and(|date| years.contains(date.year.into())))
            && (self.dates == Dates::default()
                || date.is_some_and(|date| self.dates.contains(date)))
            && (self.paths.is_empty() || self.paths.iter().any(covers))
            && self.text.as_ref().is_none_or(holds)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::*;
    use crate::document::Date;
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
        check_text(filter, None, order, expected);
    }

    fn check_text(filter: DocumentFilter, text: Option<&str>, order: Order, expected: &[&str]) {
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
            .documents(&filter, text, order)
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
            kinds: vec![kind.into()],
            ..any()
        };
        check(kind("总结"), Order::Path, &ALL[..1]);
        check(kind("办法"), Order::Path, &ALL[3..4]);
        check(kind("總結"), Order::Path, &ALL[..1]);
        let years = |years: RangeInclusive<u64>| DocumentFilter {
            years: Some(years.into()),
            ..any()
        };
        check(years(2019..=2020), Order::Path, &[ALL[0], ALL[2]]);
        let path = |path: &str| DocumentFilter {
            paths: vec![path.into()],
            ..any()
        };
        check(path("*.jsonl"), Order::Path, &ALL[2..4]);
        check(path("*/總結.txt"), Order::Path, &ALL[..1]);
        let text = |text, expected| check_text(any(), Some(text), Order::Path, expected);
        text("青禾镇", &[ALL[0], ALL[2]]);
        text("关于整修", &ALL[1..2]);
        let issuer = DocumentFilter {
            issuers: vec!["無此".into(), "青禾鎮".into()],
            ..any()
        };
        check(issuer, Order::Path, &ALL[2..3]);
        let several = DocumentFilter {
            kinds: vec!["总结".into(), "通知".into()],
            paths: vec!["2019/**".into(), "*.jsonl".into()],
            ..any()
        };
        check(several, Order::Path, &ALL[..1]);
        let since = DocumentFilter {
            dates: Dates {
                since: Date::new(2019, Some(4), None),
                until: Date::new(2021, Some(7), Some(1)),
            },
            ..any()
        };
        check(since, Order::Path, &[ALL[1], ALL[2]]);
        let collection = |name: &str| DocumentFilter {
            collections: vec![name.into()],
            ..any()
        };
        check(collection("corpus"), Order::Path, &ALL);
        check(collection("other"), Order::Path, &[]);
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
