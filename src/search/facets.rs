//! Facets: what a query finds, counted by the values that a filter can take.
//!
//! Each value is counted as the filter would find it, so that choosing it gives the number that was shown. A list is counted
//! without the filter's own restriction of it: with 总结 chosen, the other 文种 keep their numbers and can be chosen as well.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tantivy::columnar::Column;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::matches::Occurrences;
use super::reading::{DocumentRun, Evaluated, Reading};
use super::{Count, Filter, Searcher};
use crate::query::Node;
use crate::search::Result;
use crate::search::scan::columns::strings;
use crate::text::normalize::normalize;

/// What a query finds, by the values that it can be restricted to.
///
/// A list whose restriction is part of the filter is counted without it, by the exact reading if that finds anything then.
/// Choosing a value of a list therefore gives its number, as long as nothing else is changed; only the ranked reading may
/// find more, since it also takes single characters of a word where they leave few passages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// What is counted: the ranked reading only where the exact one finds no passage under the whole filter.
    pub reading: Reading,
    /// All that is found under the whole filter; no occurrences in the ranked reading.
    pub total: Count,
    /// Names of collections.
    pub collections: Vec<Facet>,
    /// 文种.
    pub kinds: Vec<Facet>,
    /// Issuers, each with those whose name holds its name, since a filter takes them together.
    pub issuers: Vec<Facet>,
    /// Years, ascending.
    pub years: Vec<Facet>,
    /// Roles of sections; a document counts for each role that some passage of it has.
    pub roles: Vec<Facet>,
}

/// What has one value. The most passages come first, equal ones in order of their values, those without a value last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The value, in the most frequent spelling of those that a filter does not tell apart; `None` for what has none.
    pub value: Option<String>,
    /// Passages.
    pub passages: u64,
    /// Documents that hold them.
    pub documents: u64,
    /// Occurrences in them; 0 in the ranked reading.
    pub occurrences: u64,
}

/// How much text there is of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearText {
    /// The year; `None` for undated documents, which are last.
    pub year: Option<String>,
    /// Documents.
    pub documents: u64,
    /// Original characters of their passages under the filter.
    pub characters: u64,
}

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Collection,
    Kind,
    Issuer,
    Year,
    Role,
}

impl Attribute {
    /// The filter without its restriction of this attribute; `None` if it has none.
    fn lifted(self, filter: &Filter) -> Option<Filter> {
        let mut lifted = filter.clone();
        match self {
            Self::Collection => lifted.documents.collections.clear(),
            Self::Kind => lifted.documents.kinds.clear(),
            Self::Issuer => lifted.documents.issuers.clear(),
            Self::Year => lifted.documents.years = None,
            Self::Role => lifted.roles.clear(),
        }
        (lifted != *filter).then_some(lifted)
    }

    /// The values of a segment.
    fn values(self, segment: &SegmentReader) -> tantivy::Result<Values> {
        let name = match self {
            Self::Year => return Ok(Values::Numbers(segment.fast_fields().u64("year")?)),
            Self::Collection => "collection",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
            Self::Role => "role",
        };
        let column = segment.fast_fields().str(name)?;
        Ok(column.map_or(Values::None, Values::Names))
    }
}

/// A column of values, each with a number in the segment.
enum Values {
    /// No record of the segment has any.
    None,
    Names(StrColumn),
    Numbers(Column<u64>),
}

impl Values {
    fn of(&self, doc: DocId) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Names(column) => column.ords().first(doc),
            Self::Numbers(column) => column.first(doc),
        }
    }

    /// The texts of these numbers, which ascend.
    fn texts(&self, numbers: &[u64]) -> tantivy::Result<Vec<String>> {
        Ok(match self {
            Self::None => Vec::new(),
            Self::Names(column) => {
                let names = strings(column, numbers)?;
                names.iter().map(|name| name.to_string()).collect()
            }
            Self::Numbers(_) => numbers.iter().map(|year| format!("{year:04}")).collect(),
        })
    }
}

/// Numbers by value.
type Counts = BTreeMap<Option<String>, Count>;

impl Searcher<'_> {
    /// Counts what `node` finds under `filter` by collection, 文种, issuer, year and role.
    ///
    /// Costs about as much as [`Searcher::count`], and as much again for each list that the filter restricts.
    ///
    /// # Errors
    /// As for [`Searcher::count`].
    pub fn facets(&self, node: &Node, filter: &Filter) -> Result<Facets> {
        let all = self.evaluated(node, filter)?;
        let runs = self.by_document(&all.matches, &all.occurrences)?;
        let facets = |attribute: Attribute| -> Result<Vec<Facet>> {
            let counts = match attribute.lifted(filter) {
                None => self.counted_by(attribute, &all, &runs)?,
                Some(lifted) => {
                    let all = self.evaluated(node, &lifted)?;
                    let runs = self.by_document(&all.matches, &all.occurrences)?;
                    self.counted_by(attribute, &all, &runs)?
                }
            };
            Ok(sorted(attribute, as_filtered(attribute, counts)))
        };
        let mut total = Count::default();
        runs.iter().for_each(|run| add(&mut total, run.count()));
        Ok(Facets {
            reading: all.reading,
            total,
            collections: facets(Attribute::Collection)?,
            kinds: facets(Attribute::Kind)?,
            issuers: facets(Attribute::Issuer)?,
            years: facets(Attribute::Year)?,
            roles: facets(Attribute::Role)?,
        })
    }

    /// The numbers of each value, as it is written.
    fn counted_by(
        &self,
        attribute: Attribute,
        all: &Evaluated,
        runs: &[DocumentRun],
    ) -> Result<Counts> {
        let mut counts = Counts::new();
        let segments = self.snapshot.segment_readers().iter();
        let mut runs = runs;
        for (ord, segment) in segments.enumerate() {
            let (here, rest) = runs.split_at(runs.partition_point(|run| run.segment <= ord));
            runs = rest;
            let values = attribute.values(segment).map_err(self.engine())?;
            let numbers = match attribute {
                Attribute::Role => by_passage(&values, here, all),
                _ => by_run(&values, here),
            };
            let known: Vec<u64> = numbers.keys().copied().flatten().collect();
            let mut texts = values.texts(&known).map_err(self.engine())?.into_iter();
            // `None` is before all numbers, and has no text.
            for (number, count) in numbers {
                let text = number.and_then(|_| texts.next());
                add(counts.entry(text).or_default(), count);
            }
        }
        Ok(counts)
    }

    /// All text that `filter` takes, with any query or without, by year: what the occurrences of [`Facets::years`] are relative to.
    /// The filter's own years are left out.
    ///
    /// It looks at every passage, which takes longer than the facets themselves.
    ///
    /// # Errors
    /// As for [`Searcher::count`].
    pub fn text_by_year(&self, filter: &Filter) -> Result<Vec<YearText>> {
        let lifted = Attribute::Year.lifted(filter);
        let filter = lifted.as_ref().unwrap_or(filter);
        let query = self.filtered(self.planner().all_passages(), filter)?;
        let matches = self.matches(query.as_ref())?;
        let mut characters = Occurrences::with_capacity(matches.len());
        for (segment, passages) in self.snapshot.segment_readers().iter().zip(&matches) {
            let column = segment.fast_fields().u64("chars").map_err(self.engine())?;
            characters.push(in_ranges(&column, passages));
        }
        let runs = self.by_document(&matches, &characters)?;
        let all = Evaluated {
            reading: Reading::Exact,
            matches,
            occurrences: characters,
        };
        let years = self.counted_by(Attribute::Year, &all, &runs)?;
        let years = sorted(Attribute::Year, years).into_iter();
        let texts = years.map(|facet| YearText {
            year: facet.value,
            documents: facet.documents,
            characters: facet.occurrences,
        });
        Ok(texts.collect())
    }
}

/// The numbers of passages, which ascend; 0 for those without one.
// All text of the index is summed up beside each query, and numbers that are side by side are unpacked together.
fn in_ranges(column: &Column<u64>, passages: &[DocId]) -> Vec<u32> {
    let mut out = Vec::with_capacity(passages.len());
    let mut numbers = Vec::new();
    for docs in passages.chunk_by(|a, b| a + 1 == *b) {
        let rows = column
            .index
            .docid_range_to_rowids(docs[0]..docs[0] + docs.len() as u32);
        if rows.len() == docs.len() {
            numbers.resize(docs.len(), 0);
            column.values.get_range(rows.start.into(), &mut numbers);
            out.extend(numbers.iter().map(|&n| n as u32));
        } else {
            out.extend(
                docs.iter()
                    .map(|&doc| column.first(doc).unwrap_or(0) as u32),
            );
        }
    }
    out
}

/// The numbers of a value that documents have.
fn by_run(values: &Values, runs: &[DocumentRun]) -> BTreeMap<Option<u64>, Count> {
    let mut counts = BTreeMap::new();
    for run in runs {
        add(counts.entry(values.of(run.first)).or_default(), run.count());
    }
    counts
}

/// The numbers of a value that passages have.
fn by_passage(
    values: &Values,
    runs: &[DocumentRun],
    all: &Evaluated,
) -> BTreeMap<Option<u64>, Count> {
    let mut counts = BTreeMap::new();
    for run in runs {
        let passages = &all.matches[run.segment][run.ords.clone()];
        let occurrences = &all.occurrences[run.segment][run.ords.clone()];
        let mut of_run: BTreeMap<Option<u64>, Count> = BTreeMap::new();
        for (&doc, &n) in passages.iter().zip(occurrences) {
            let count = of_run.entry(values.of(doc)).or_default();
            count.occurrences += u64::from(n);
            count.passages += 1;
            count.documents = 1;
        }
        for (value, count) in of_run {
            add(counts.entry(value).or_default(), count);
        }
    }
    counts
}

fn add(sum: &mut Count, count: Count) {
    sum.occurrences += count.occurrences;
    sum.passages += count.passages;
    sum.documents += count.documents;
}

/// The numbers that a filter by each value gives.
fn as_filtered(attribute: Attribute, counts: Counts) -> Counts {
    match attribute {
        // A filter names these by their very text.
        Attribute::Year | Attribute::Role => counts,
        Attribute::Collection | Attribute::Kind => folded(counts),
        Attribute::Issuer => holding(counts),
    }
}

/// What values are when normalized, each with the spelling that most passages have, of equal ones the first.
fn spellings(counts: &Counts) -> BTreeMap<String, String> {
    let mut best: BTreeMap<String, (&str, u64)> = BTreeMap::new();
    for (value, count) in counts {
        let Some(value) = value else { continue };
        let spelling = best.entry(normalize(value.trim())).or_default();
        if count.passages > spelling.1 {
            *spelling = (value, count.passages);
        }
    }
    let best = best.into_iter();
    best.map(|(normalized, (value, _))| (normalized, value.to_owned()))
        .collect()
}

/// Values together that are one when normalized.
fn folded(counts: Counts) -> Counts {
    let spellings = spellings(&counts);
    let mut out = Counts::new();
    for (value, count) in counts {
        let value = value.and_then(|value| spellings.get(&normalize(value.trim())).cloned());
        add(out.entry(value).or_default(), count);
    }
    out
}

/// Values with all those that hold them, in normalized text.
fn holding(mut counts: Counts) -> Counts {
    let unknown = counts.remove(&None);
    let wanted = spellings(&counts);
    let parts: Vec<&str> = wanted.keys().map(String::as_str).collect();
    let shorter = shorter(&parts);
    let mut sums = vec![Count::default(); parts.len()];
    for (value, count) in &counts {
        let own = normalize(value.as_deref().unwrap_or_default());
        for ord in held(&own, &parts, &shorter) {
            add(&mut sums[ord], *count);
        }
    }
    let sums = wanted.into_values().zip(sums);
    let mut out: Counts = sums.map(|(value, sum)| (Some(value), sum)).collect();
    out.extend(unknown.map(|count| (None, count)));
    out
}

/// For each text the longest other one that it begins with; the texts ascend.
fn shorter(texts: &[&str]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = Vec::with_capacity(texts.len());
    for (ord, text) in texts.iter().enumerate() {
        let mut before = ord.checked_sub(1);
        while let Some(other) = before
            && !text.starts_with(texts[other])
        {
            before = out[other];
        }
        out.push(before);
    }
    out
}

/// Which of the ascending `texts` a text holds, each once.
// Looking for each name in each name is the square of their number: 20 ms for a thousand issuers. Here each end of a name is looked
// up once: what it begins with is the text before it in order, or begins that one.
fn held(text: &str, texts: &[&str], shorter: &[Option<usize>]) -> BTreeSet<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    let mut out = BTreeSet::new();
    for start in starts.chain([text.len()]) {
        let rest = &text[start..];
        let mut at = texts.partition_point(|other| *other <= rest).checked_sub(1);
        while let Some(ord) = at {
            if rest.starts_with(texts[ord]) {
                out.insert(ord);
            }
            at = shorter[ord];
        }
    }
    out
}

fn sorted(attribute: Attribute, counts: Counts) -> Vec<Facet> {
    let facets = counts.into_iter().map(|(value, count)| Facet {
        value,
        passages: count.passages,
        documents: count.documents,
        occurrences: count.occurrences,
    });
    // In order of values, `None` first.
    let mut facets: Vec<Facet> = facets.collect();
    match attribute {
        Attribute::Year => facets.sort_by_key(|facet| facet.value.is_none()),
        _ => facets.sort_by_key(|facet| (facet.value.is_none(), Reverse(facet.passages))),
    }
    facets
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::index::{Collection, Index, UpdateOptions, update};
    use crate::query::{Years, parse};
    use crate::search::{DocumentFilter, ScannedDocument, ScannedPassage, SearchOptions, Within};
    use crate::text::units::Units;

    const REPORT: &str = "白苇县2009年工作总结\n一、基本情况\n修水渠三条，水渠通水。\n二、存在的问题\n水渠失修。\n道路失修。\n2009年12月3日\n";
    const RECORDS: &str = r#"{"title":"水渠方案","text":"先修水渠。","date":"2019-03-05","issuer":"青禾镇政府","kind":"方案"}
{"title":"水渠方案二","text":"再修水渠，三修水渠。","date":"2019-04-05","issuer":"青禾镇政府办公室","kind":"方案"}
{"title":"通告","text":"水渠通水。","date":"2021","issuer":"青禾鎮政府","kind":"通告"}
{"title":"随笔","text":"一、存在的问题\n水渠长了。"}
{"title":"办法","text":"道路办法。","date":"2021","issuer":"办公室","kind":"办法"}
"#;

    /// Two collections in two segments; the script of names differs within the second.
    fn index(folder: &std::path::Path) -> Index {
        let dir = folder.join("index");
        let place = |name: &str| Collection {
            name: Some(name.to_owned()),
            path: folder.join(name),
        };
        let files = [
            ("报告", "2009.txt", REPORT),
            ("报告", "通知.txt", "关于修渠的通知\n各村整修水渠。\n"),
            ("记录", "合集.jsonl", RECORDS),
            (
                "记录",
                "别集.jsonl",
                "{\"title\":\"方案\",\"text\":\"水渠。\",\"kind\":\"總結\"}\n",
            ),
        ];
        for (collection, name, text) in files {
            std::fs::create_dir_all(folder.join(collection)).expect("a folder");
            std::fs::write(folder.join(collection).join(name), text).expect("a file");
        }
        let options = UpdateOptions::default();
        update(&dir, &[place("报告")], &options, &|_| {}).expect("an index");
        update(&dir, &[place("报告"), place("记录")], &options, &|_| {}).expect("an index");
        Index::open(&dir).expect("the index")
    }

    fn filters() -> Vec<Filter> {
        let of = |documents| Filter {
            documents,
            ..Filter::default()
        };
        let list = |value: &str| vec![value.to_owned()];
        let any = DocumentFilter::default;
        let kinds = DocumentFilter {
            kinds: list("方案"),
            ..any()
        };
        let issuers = DocumentFilter {
            issuers: list("办公室"),
            ..any()
        };
        let several = DocumentFilter {
            collections: list("记录"),
            years: Some(Years::from(2019..=2020)),
            ..any()
        };
        let roles = Filter {
            roles: list("问题"),
            ..Filter::default()
        };
        let body = Filter {
            within: Within::Body,
            ..of(several.clone())
        };
        let mut out: Vec<Filter> = [any(), kinds, issuers, several].map(of).into();
        out.extend([roles, body]);
        out
    }

    const ATTRIBUTES: [Attribute; 5] = [
        Attribute::Collection,
        Attribute::Kind,
        Attribute::Issuer,
        Attribute::Year,
        Attribute::Role,
    ];

    fn list(attribute: Attribute, facets: &Facets) -> &[Facet] {
        match attribute {
            Attribute::Collection => &facets.collections,
            Attribute::Kind => &facets.kinds,
            Attribute::Issuer => &facets.issuers,
            Attribute::Year => &facets.years,
            Attribute::Role => &facets.roles,
        }
    }

    /// The filter after this value of the list is chosen.
    fn chosen(attribute: Attribute, value: &str, filter: &Filter) -> Filter {
        let mut filter = filter.clone();
        let value = value.to_owned();
        match attribute {
            Attribute::Collection => filter.documents.collections = vec![value],
            Attribute::Kind => filter.documents.kinds = vec![value],
            Attribute::Issuer => filter.documents.issuers = vec![value],
            Attribute::Year => filter.documents.years = Years::parse(&value).ok(),
            Attribute::Role => filter.roles = vec![value],
        }
        filter
    }

    fn own(
        attribute: Attribute,
        document: &ScannedDocument,
        passage: &ScannedPassage<'_>,
    ) -> Option<String> {
        match attribute {
            Attribute::Collection => Some(document.collection.clone()),
            Attribute::Kind => document.kind.clone(),
            Attribute::Issuer => document.issuer.clone(),
            Attribute::Year => document.date.map(|date| date.year.to_string()),
            Attribute::Role => passage.role.map(|role| role.name().to_owned()),
        }
    }

    /// Counts each passage under the filter that holds 水渠 by looking at it.
    fn scanned(searcher: &Searcher, attribute: Attribute, filter: &Filter, value: &str) -> Count {
        let filter = attribute.lifted(filter).unwrap_or_else(|| filter.clone());
        let wanted = normalize(value.trim());
        let node = parse("水渠").expect("a query");
        let visit =
            |sum: &mut Count, document: &ScannedDocument, passages: &[ScannedPassage<'_>]| {
                let before = sum.passages;
                for passage in passages {
                    let own = own(attribute, document, passage).map(|own| normalize(&own));
                    let is_of = match attribute {
                        Attribute::Issuer => own.is_some_and(|own| own.contains(&wanted)),
                        _ => own == Some(wanted.clone()),
                    };
                    let n = node.leaves()[0].find(&Units::new(&passage.text())).len();
                    if is_of && n > 0 {
                        sum.passages += 1;
                        sum.occurrences += n as u64;
                    }
                }
                sum.documents += u64::from(sum.passages > before);
                Ok(())
            };
        let sums = searcher.scan(&filter, NonZeroUsize::MIN, Count::default, visit);
        sums.expect("a scan").pop().unwrap_or_default()
    }

    #[test]
    fn a_value_has_the_number_that_choosing_it_gives() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let node = parse("水渠").expect("a query");
        let mut n_values = 0;
        for filter in filters() {
            let facets = searcher.facets(&node, &filter).expect("facets");
            assert_eq!(facets.reading, Reading::Exact);
            assert_eq!(
                facets.total,
                searcher.count(&node, &filter).expect("a count")
            );
            for attribute in ATTRIBUTES {
                let mut of_values = Count::default();
                for facet in list(attribute, &facets) {
                    let counted = Count {
                        occurrences: facet.occurrences,
                        passages: facet.passages,
                        documents: facet.documents,
                    };
                    add(&mut of_values, counted);
                    let Some(value) = &facet.value else { continue };
                    n_values += 1;
                    assert_eq!(
                        counted,
                        scanned(&searcher, attribute, &filter, value),
                        "{value}"
                    );
                    let filter = chosen(attribute, value, &filter);
                    let count = searcher.count(&node, &filter).expect("a count");
                    assert_eq!(counted, count, "{attribute:?} {value} {filter:?}");
                }
                // Every passage has one value of these or none.
                if attribute != Attribute::Issuer {
                    let filter = attribute.lifted(&filter).unwrap_or_else(|| filter.clone());
                    let all = searcher.count(&node, &filter).expect("a count");
                    let sums = (of_values.passages, of_values.occurrences);
                    assert_eq!(sums, (all.passages, all.occurrences), "{attribute:?}");
                }
            }
        }
        assert!(n_values > 40, "{n_values}");
    }

    fn shown(facets: &[Facet]) -> Vec<(&str, u64, u64, u64)> {
        let facets = facets.iter();
        let shown = facets.map(|facet| {
            let value = facet.value.as_deref().unwrap_or("-");
            (value, facet.passages, facet.documents, facet.occurrences)
        });
        shown.collect()
    }

    #[test]
    fn lists_are_in_order_and_keep_what_is_not_chosen() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let node = parse("水渠").expect("a query");
        let facets = |filter: &Filter| searcher.facets(&node, filter).expect("facets");
        let all = facets(&Filter::default());
        assert_eq!(
            shown(&all.collections),
            [("记录", 7, 5, 8), ("报告", 3, 2, 4)]
        );
        // The script of a name makes no difference, and a filter by an issuer takes its office as well.
        assert_eq!(
            shown(&all.kinds),
            [
                ("方案", 4, 2, 5),
                ("总结", 3, 2, 4),
                ("通告", 1, 1, 1),
                ("通知", 1, 1, 1),
                ("-", 1, 1, 1)
            ]
        );
        assert_eq!(
            shown(&all.issuers),
            [
                ("青禾镇政府", 5, 3, 6),
                ("青禾镇政府办公室", 2, 1, 3),
                ("-", 5, 4, 6)
            ]
        );
        assert_eq!(
            shown(&all.years),
            [
                ("2009", 2, 1, 3),
                ("2019", 4, 2, 5),
                ("2021", 1, 1, 1),
                ("-", 3, 3, 3)
            ]
        );
        assert_eq!(
            shown(&all.roles)[..2],
            [("问题", 2, 2, 2), ("基本情况", 1, 1, 2)]
        );
        // With one 文种 the others are still there; the other lists are about what is left.
        let [_, kinds, ..] = &filters()[..] else {
            panic!("filters");
        };
        let narrow = facets(kinds);
        assert_eq!(narrow.kinds, all.kinds);
        assert_eq!(shown(&narrow.years), [("2019", 4, 2, 5)]);
        assert_eq!(narrow.total.passages, 4);
    }

    #[test]
    fn the_text_of_a_year_is_that_of_a_scan() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        for filter in filters() {
            let texts = searcher.text_by_year(&filter).expect("texts").into_iter();
            let lifted = Attribute::Year.lifted(&filter).unwrap_or(filter);
            let scan = searcher.document_scan(&lifted).expect("a scan");
            let mut expected: BTreeMap<(bool, Option<String>), (u64, u64)> = BTreeMap::new();
            for one in scan.document_stats().expect("documents") {
                let year = one.date.map(|date| date.year.to_string());
                let sums = expected.entry((year.is_none(), year)).or_default();
                *sums = (sums.0 + 1, sums.1 + one.characters);
            }
            let texts: Vec<_> = texts
                .map(|text| {
                    (
                        (text.year.is_none(), text.year),
                        (text.documents, text.characters),
                    )
                })
                .collect();
            assert_eq!(
                texts,
                expected.into_iter().collect::<Vec<_>>(),
                "{lifted:?}"
            );
        }
    }

    #[test]
    fn where_nothing_is_exact_the_ranking_is_counted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let node = parse("修整水渠道路").expect("a query");
        assert_eq!(
            searcher.count(&node, &Filter::default()).expect("a count"),
            Count::default()
        );
        let facets = searcher.facets(&node, &Filter::default()).expect("facets");
        let ranked = searcher
            .search(&node, &SearchOptions::default())
            .expect("hits");
        assert_eq!(facets.reading, Reading::Ranked);
        assert_eq!(facets.total.occurrences, 0);
        assert!(ranked.total.passages > 0);
        let total = (facets.total.passages, facets.total.documents);
        assert_eq!(total, (ranked.total.passages, ranked.total.documents));
        let of_years: u64 = facets.years.iter().map(|facet| facet.passages).sum();
        assert_eq!(of_years, total.0);
        // Nothing at all is no facet.
        let node = parse("\"无此\"").expect("a query");
        let none = searcher.facets(&node, &Filter::default()).expect("facets");
        assert!(none.kinds.is_empty() && none.years.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn names_hold_what_they_hold(names in proptest::collection::btree_set("[ab]{0,4}", 0..12), text in "[ab]{0,8}") {
            let texts: Vec<&str> = names.iter().map(String::as_str).collect();
            let expected: BTreeSet<usize> = (0..texts.len()).filter(|&ord| text.contains(texts[ord])).collect();
            proptest::prop_assert_eq!(held(&text, &texts, &shorter(&texts)), expected);
        }
    }
}
