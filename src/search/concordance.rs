//! Concordance: every occurrence of a query in its context (keyword in context; Luhn 1960), sorted, sampled, grouped.
//!
//! Occurrences are those that [`Searcher::count`] counts: the places of all words and phrases of the query in the passages
//! that match it, by the exact reading. Found ones are kept as numbers; texts are read again when a line is made.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tantivy::DocAddress;

use super::count::counted_places;
use super::{DocumentRef, Filter, Grouping, Searcher, SectionRef, place};
use crate::document::{Date, MAX_PASSAGE};
use crate::query::{Leaf, Node};
use crate::search::Result;
use crate::search::scan::columns::{ScannedDocument, ScannedPassage};
use crate::text::hash::{fnv1a, mix};
use crate::text::units::Units;

/// Units on each side by which lines are sorted: more than anyone reads along a sorted column.
const KEY: usize = 8;
/// What an occurrence is sorted by: the units of one side, from the hit outwards.
type Key = [u32; KEY];

/// What a concordance is made of.
#[derive(Clone, Debug)]
pub struct ConcordanceOptions {
    /// Where to look.
    pub filter: Filter,
    /// Units of context on each side.
    pub window: usize,
    /// The order of the lines.
    pub sort: LineOrder,
    /// Maximum number of lines, drawn at random; all without.
    pub sample: Option<usize>,
    /// Which sample: the same number draws the same lines.
    pub seed: u64,
    /// What the frequency list counts, if there is one.
    pub group: Option<Grouping>,
    /// How many lines are needed, the first ones; `None` for all. Lines by path without groups and sample are then not read any further.
    pub most: Option<usize>,
    /// Threads that read.
    pub threads: NonZeroUsize,
}

/// The order of the lines; equal ones are in order of document id and position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineOrder {
    /// By document id and position.
    #[default]
    Path,
    /// Oldest first, undated last.
    Date,
    /// By the text to the left, from the hit outwards.
    Left,
    /// By the text to the right, from the hit outwards.
    Right,
    /// By the hit, then by the text to the right.
    Hit,
}

/// Lines that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Group {
    /// What it is: normalized units, a year, a name; `None` for documents without.
    pub key: Option<String>,
    /// How many.
    pub occurrences: u64,
    /// In how many documents.
    pub documents: u64,
}

/// All occurrences of a query, before their texts are read.
pub struct Concordance<'a> {
    searcher: &'a Searcher<'a>,
    documents: Vec<HoldingDocument>,
    spots: Vec<Occurrence>,
    /// Number of all occurrences, sampled or not.
    pub occurrences: u64,
    /// Number of documents that hold them.
    pub n_documents: u64,
    /// Number of documents under the filter.
    pub n_filtered: u64,
    /// Deviation of proportions (Gries 2008) over the documents under the filter, each expected to hold its share of the
    /// characters: 0 if occurrences are spread as the text is, near 1 if they are in few documents. `None` without any.
    pub dispersion: Option<f64>,
    /// The frequency list over all occurrences, most frequent first; empty if none was requested.
    pub groups: Vec<Group>,
}

/// A document that holds occurrences.
struct HoldingDocument {
    scanned: ScannedDocument,
    /// What its lines show of it, once one of them is read.
    shown: OnceLock<Arc<DocumentRef>>,
}

/// An occurrence: 40 bytes, since a million of them are kept.
struct Occurrence {
    /// Place of its document among those that hold any.
    document: u32,
    number: u32,
    line: u32,
    /// Characters of the passage where the left context, the hit, the right context begin, and where that ends.
    bounds: [u16; 4],
    address: DocAddress,
    /// Until they are sorted, where the order needs it.
    key: Option<Box<Key>>,
}

// A bound is kept in 16 bits.
const _: () = assert!(MAX_PASSAGE <= u16::MAX as usize);

/// A line: an occurrence in its context.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcordanceLine {
    /// The document, shared by its lines.
    pub document: Arc<DocumentRef>,
    /// Where it is, as `DOCUMENT:LINE`.
    pub place: String,
    /// Its passage's number in the document.
    pub number: u32,
    /// Its passage's line in the file.
    pub line: u32,
    /// Half-open range of characters in the passage's text.
    pub span: (usize, usize),
    /// The context before it.
    pub left: String,
    /// The characters that match.
    pub hit: String,
    /// The context after it.
    pub right: String,
    /// Where the engine has its passage.
    address: DocAddress,
}

/// Where the lines of a document are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLines {
    /// Its id.
    pub id: String,
    /// The passage of each line by its number in the document, ascending.
    pub numbers: Vec<u32>,
}

/// What one thread collects.
#[derive(Default)]
struct Collected {
    documents: Vec<ScannedDocument>,
    spots: Vec<Occurrence>,
    groups: BTreeMap<Option<String>, (u64, u64)>,
    counts: Counts,
}

impl<'a> Searcher<'a> {
    /// The occurrences of `node`.
    ///
    /// # Errors
    /// As for [`Searcher::count`].
    pub fn concordance(
        &'a self,
        node: &Node,
        options: &ConcordanceOptions,
    ) -> Result<Concordance<'a>> {
        let collect =
            |state: &mut Collected, document: &ScannedDocument, passages: &[ScannedPassage<'_>]| {
                state.collect(document, passages, (node, options));
                Ok(())
            };
        let mut scan = self.scan_matching(node, &options.filter)?;
        let known = self.counts_alone(node, options)?;
        if let Some((counts, most)) = &known {
            scan.cut_after(last_needed(counts, *most));
        }
        let parts = scan.run(options.threads, Collected::default, collect)?;
        let mut all = Collected::default();
        // Growing step by step would hold a million occurrences twice while they are moved.
        let n_spots = parts.iter().map(|part| part.spots.len()).sum();
        all.spots.reserve_exact(n_spots);
        for part in parts {
            all.append(part);
        }
        if let Some((counts, most)) = known {
            all.spots.truncate(most);
            all.counts = counts;
        }
        let occurrences = all.counts.iter().map(|(_, n)| n).sum();
        let stats = self.document_scan(&options.filter)?.document_stats()?;
        let dispersion = dispersion(
            &stats
                .iter()
                .map(|one| (one.id.as_str(), one.characters))
                .collect::<Vec<_>>(),
            &all.counts,
        );
        let mut concordance = Concordance {
            searcher: self,
            n_documents: all.counts.len() as u64,
            n_filtered: stats.len() as u64,
            dispersion,
            occurrences,
            groups: groups(all.groups),
            documents: all
                .documents
                .into_iter()
                .map(HoldingDocument::new)
                .collect(),
            spots: all.spots,
        };
        if let Some(n) = options.sample {
            concordance.draw(n, options.seed);
        }
        concordance.sort(options.sort);
        Ok(concordance)
    }
}

impl Searcher<'_> {
    /// The occurrences of all documents that hold any, in order of their ids, and how many lines are needed; `None` if all are.
    ///
    /// Counting takes the lists of the index alone, while a line needs the text of its passage.
    fn counts_alone(
        &self,
        node: &Node,
        options: &ConcordanceOptions,
    ) -> Result<Option<(Counts, usize)>> {
        let is_by_path = options.sort == LineOrder::Path;
        let is_plain = options.group.is_none() && options.sample.is_none();
        let Some(most) = options.most.filter(|_| is_by_path && is_plain) else {
            return Ok(None);
        };
        let documents = self.documents_with(node, &options.filter)?.into_iter();
        let counts = documents.map(|document| (document.id, document.occurrences));
        // A document may match without a place: by what a query excludes, or by parts of its words alone.
        Ok(Some((counts.filter(|(_, n)| *n > 0).collect(), most)))
    }
}

/// Occurrences by id of the document.
type Counts = Vec<(String, u64)>;

/// The last of the documents that hold the first `most` occurrences; `None` without any.
fn last_needed(counts: &[(String, u64)], most: usize) -> Option<&str> {
    let mut sum = 0;
    let needed = counts.iter().take_while(|(_, n)| {
        let is_needed = sum < most as u64;
        sum += n;
        is_needed
    });
    needed.last().map(|(id, _)| id.as_str())
}

impl HoldingDocument {
    fn new(scanned: ScannedDocument) -> Self {
        Self {
            scanned,
            shown: OnceLock::new(),
        }
    }
}

impl Collected {
    fn collect(
        &mut self,
        document: &ScannedDocument,
        passages: &[ScannedPassage<'_>],
        (node, options): (&Node, &ConcordanceOptions),
    ) {
        let n_before = self.spots.len();
        let mut keys: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for passage in passages {
            let text = passage.text();
            let units = Units::new(&text);
            for range in ranges(node, &units) {
                if let Some(grouping) = options.group {
                    *keys
                        .entry(group_key(grouping, &units, &range, document))
                        .or_default() += 1;
                }
                self.spots.push(Occurrence {
                    document: self.documents.len() as u32,
                    number: passage.number,
                    line: passage.line,
                    bounds: bounds(&units, &range, options.window, passage.chars),
                    address: passage.address,
                    key: sort_key(options.sort, &units, &range),
                });
            }
        }
        let n_here = self.spots.len() - n_before;
        if n_here == 0 {
            return;
        }
        for (key, n) in keys {
            let group = self.groups.entry(key).or_default();
            group.0 += n;
            group.1 += 1;
        }
        self.counts.push((document.id.clone(), n_here as u64));
        self.documents.push(document.clone());
    }

    fn append(&mut self, other: Self) {
        let before = self.documents.len() as u32;
        self.documents.extend(other.documents);
        self.counts.extend(other.counts);
        self.spots
            .extend(other.spots.into_iter().map(|spot| Occurrence {
                document: spot.document + before,
                ..spot
            }));
        for (key, (occurrences, documents)) in other.groups {
            let group = self.groups.entry(key).or_default();
            group.0 += occurrences;
            group.1 += documents;
        }
    }
}

/// The units of every place of the query's words and phrases, in order; a place of two of them is there twice.
fn ranges(node: &Node, units: &Units) -> Vec<Range<usize>> {
    let choices = node.choices();
    let is_choice = |leaf: &Leaf| {
        let mut of_choices = choices.iter().flatten();
        of_choices.any(|other| std::ptr::eq(*other, leaf))
    };
    let alone = node.leaves().into_iter().filter(|leaf| !is_choice(leaf));
    let alone = alone.flat_map(|leaf| leaf.find(units));
    let chosen = choices
        .iter()
        .flat_map(|choice| counted_places(choice, units));
    let mut ranges: Vec<Range<usize>> = alone.map(|found| found.units()).chain(chosen).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges
}

/// Where the contexts of so many units and the hit begin and end, in characters; a context that reaches the passage's end has all
/// that is there, sentence ends and brackets too.
fn bounds(units: &Units, range: &Range<usize>, window: usize, n_chars: u32) -> [u16; 4] {
    let hit = units.span(range.clone());
    let first = range.start.saturating_sub(window);
    let last = range.end.saturating_add(window).min(units.len());
    let left = match window {
        0 => hit.start,
        _ if first == 0 => 0,
        _ => units.span(first..range.start).start,
    };
    let right = match window {
        0 => hit.end,
        _ if last == units.len() => n_chars as usize,
        _ => units.span(range.end..last).end,
    };
    [left, hit.start, hit.end, right].map(|bound| u16::try_from(bound).unwrap_or(u16::MAX))
}

fn sort_key(order: LineOrder, units: &Units, range: &Range<usize>) -> Option<Box<Key>> {
    // A unit of several characters, a number or a Latin word, is sorted by its first two.
    let code = |ord: usize| {
        let mut chars = units.text(ord).chars().map(u32::from);
        let (first, second) = (chars.next().unwrap_or(0), chars.next().unwrap_or(0));
        first << 8 | second & 0xff
    };
    let filled = |ords: &mut dyn Iterator<Item = usize>| {
        let mut key = Box::new([0; KEY]);
        for (slot, ord) in key.iter_mut().zip(ords) {
            *slot = code(ord);
        }
        Some(key)
    };
    match order {
        LineOrder::Path | LineOrder::Date => None,
        LineOrder::Left => filled(&mut (0..range.start).rev()),
        LineOrder::Right => filled(&mut (range.end..units.len())),
        LineOrder::Hit => filled(&mut (range.start..units.len())),
    }
}

fn group_key(
    grouping: Grouping,
    units: &Units,
    range: &Range<usize>,
    document: &ScannedDocument,
) -> Option<String> {
    let joined = |range: Range<usize>| {
        let units: Vec<&str> = range.map(|ord| units.text(ord)).collect();
        crate::text::units::join(&units)
    };
    match grouping {
        Grouping::Left(n) => Some(joined(range.start.saturating_sub(n)..range.start)),
        Grouping::Right(n) => Some(joined(
            range.end..(range.end.saturating_add(n)).min(units.len()),
        )),
        Grouping::Hit => Some(joined(range.clone())),
        Grouping::Year => document.date.map(|date| format!("{:04}", date.year)),
        Grouping::Issuer => document.issuer.clone(),
        Grouping::Collection => Some(document.collection.clone()),
    }
}

/// By frequency, descending, then by key.
fn groups(counted: BTreeMap<Option<String>, (u64, u64)>) -> Vec<Group> {
    let groups = counted.into_iter();
    let mut groups: Vec<Group> = groups
        .map(|(key, (occurrences, documents))| Group {
            key,
            occurrences,
            documents,
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.occurrences));
    groups
}

/// Half the sum of the differences between the share of the text and the share of the occurrences of each document.
fn dispersion(documents: &[(&str, u64)], counts: &[(String, u64)]) -> Option<f64> {
    let total: u64 = counts.iter().map(|(_, n)| n).sum();
    let characters: u64 = documents.iter().map(|(_, n)| n).sum();
    if total == 0 || characters == 0 {
        return None;
    }
    // Both are in order of ids.
    let mut counts = counts.iter().peekable();
    let differences = documents.iter().map(|&(id, n)| {
        let held = counts
            .next_if(|(other, _)| other == id)
            .map_or(0, |(_, n)| *n);
        (n as f64 / characters as f64 - held as f64 / total as f64).abs()
    });
    Some(differences.sum::<f64>() / 2.0)
}

impl Concordance<'_> {
    /// Number of lines.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// Keeps `n` occurrences, each as likely as any other; what is drawn depends on the seed and on the places of occurrences, not
    /// on how the index is divided.
    fn draw(&mut self, n: usize, seed: u64) {
        if self.spots.len() <= n {
            return;
        }
        let documents = self.documents.iter();
        let ids: Vec<u64> = documents.map(|one| fnv1a(one.scanned.id.bytes())).collect();
        let lot = |spot: &Occurrence| {
            let place = u64::from(spot.number) << 32 | u64::from(spot.bounds[1]);
            let of_document = mix(ids[spot.document as usize] ^ mix(seed));
            (
                mix(of_document ^ place),
                spot.document,
                spot.number,
                spot.bounds,
            )
        };
        self.spots.select_nth_unstable_by_key(n, lot);
        self.spots.truncate(n);
    }

    fn sort(&mut self, order: LineOrder) {
        let documents = &self.documents;
        let in_text = |a: &Occurrence, b: &Occurrence| {
            let place =
                |one: &Occurrence| (one.document, one.number, [one.bounds[1], one.bounds[2]]);
            place(a).cmp(&place(b))
        };
        let date = |one: &Occurrence| {
            let date: Option<Date> = documents[one.document as usize].scanned.date;
            (date.is_none(), date)
        };
        self.spots.sort_unstable_by(|a, b| {
            let first = match order {
                LineOrder::Date => date(a).cmp(&date(b)),
                LineOrder::Path => Ordering::Equal,
                LineOrder::Left | LineOrder::Right | LineOrder::Hit => a.key.cmp(&b.key),
            };
            first.then_with(|| in_text(a, b))
        });
        self.spots.iter_mut().for_each(|spot| spot.key = None);
    }

    /// Where the lines of each document are, in order of ids; documents without a line are not among them.
    pub fn by_document(&self) -> Vec<DocumentLines> {
        let mut numbers = vec![Vec::new(); self.documents.len()];
        for spot in &self.spots {
            numbers[spot.document as usize].push(spot.number);
        }
        let all = self.documents.iter().zip(numbers);
        let all = all.filter(|(_, numbers)| !numbers.is_empty());
        let of = |(document, mut numbers): (&HoldingDocument, Vec<u32>)| {
            numbers.sort_unstable();
            DocumentLines {
                id: document.scanned.id.clone(),
                numbers,
            }
        };
        all.map(of).collect()
    }

    /// The headings above a line, from the top: they are in the stored passages, which take longer to read than all else.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn section(&self, line: &ConcordanceLine) -> Result<Vec<SectionRef>> {
        let record = self.searcher.record_at(line.address)?;
        Ok(record.path.into_iter().map(Into::into).collect())
    }

    /// The line of this place, from 0; lines may be read by several threads at once.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn line(&self, ord: usize) -> Result<ConcordanceLine> {
        let spot = &self.spots[ord];
        let document = self.document(spot.document as usize)?;
        let [left, hit, right] = self.searcher.with_text(spot.address, |text| {
            let mut chars = text.chars().skip(usize::from(spot.bounds[0]));
            let mut next = |from: u16, to: u16| -> String {
                chars.by_ref().take(usize::from(to - from)).collect()
            };
            let [left, hit, right, end] = spot.bounds;
            [next(left, hit), next(hit, right), next(right, end)]
        })?;
        Ok(ConcordanceLine {
            place: place(&document.id, spot.line),
            document,
            number: spot.number,
            line: spot.line,
            span: (spot.bounds[1].into(), spot.bounds[2].into()),
            left,
            hit,
            right,
            address: spot.address,
        })
    }

    /// The document of this place, read once for all of its lines.
    fn document(&self, ord: usize) -> Result<Arc<DocumentRef>> {
        let HoldingDocument { scanned, shown } = &self.documents[ord];
        if let Some(shown) = shown.get() {
            return Ok(Arc::clone(shown));
        }
        let read = Arc::new(DocumentRef::from(self.searcher.document(&scanned.id)?));
        Ok(Arc::clone(shown.get_or_init(|| read)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;

    const FILES: [(&str, &str); 3] = [
        (
            "甲.txt",
            "水渠总结\n修水渠三条，护水渠两条。\n2019年3月5日\n",
        ),
        (
            "乙.txt",
            "道路总结\n旧水渠改道。修路 ABC 米。\n2021年3月5日\n",
        ),
        ("丙.txt", "随想\n一二三四五六七八九十。\n"),
    ];

    fn with(query: &str, options: &ConcordanceOptions, check: impl FnOnce(&Concordance<'_>)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        for (name, text) in FILES {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let node = parse(query).expect("a query");
        let concordance = searcher.concordance(&node, options).expect("a concordance");
        let count = searcher.count(&node, &options.filter).expect("a count");
        let counted = (concordance.occurrences, concordance.n_documents);
        assert_eq!(counted, (count.occurrences, count.documents));
        check(&concordance);
    }

    fn options() -> ConcordanceOptions {
        ConcordanceOptions {
            filter: Filter::default(),
            window: 2,
            sort: LineOrder::Path,
            sample: None,
            seed: 0,
            group: None,
            most: None,
            threads: NonZeroUsize::MIN,
        }
    }

    fn lines(concordance: &Concordance<'_>) -> Vec<[String; 4]> {
        let lines = (0..concordance.len()).map(|ord| concordance.line(ord).expect("a line"));
        lines
            .map(|line| [line.place, line.left, line.hit, line.right])
            .collect()
    }

    #[track_caller]
    fn check(query: &str, options: &ConcordanceOptions, expected: &[[&str; 4]]) {
        with(query, options, |concordance| {
            assert_eq!(lines(concordance), expected)
        });
    }

    #[test]
    fn every_occurrence_stands_in_its_context() {
        let road = ["乙.txt:2", "旧", "水渠", "改道"];
        let three = ["甲.txt:2", "修", "水渠", "三条"];
        let title = ["甲.txt:1", "", "水渠", "总结"];
        let by = |sort| ConcordanceOptions { sort, ..options() };
        // A window ends at a unit, or with the passage: the comma before 护 is between it and 条.
        let two = ["甲.txt:2", "条，护", "水渠", "两条。"];
        check("\"水渠\"", &options(), &[road, title, three, two]);
        check("\"水渠\"", &by(LineOrder::Date), &[title, three, two, road]);
        check(
            "\"水渠\"",
            &by(LineOrder::Right),
            &[three, two, title, road],
        );
        check("\"水渠\"", &by(LineOrder::Left), &[title, three, two, road]);
        let none = ConcordanceOptions {
            window: 0,
            ..options()
        };
        check("\"abc\"", &none, &[["乙.txt:2", "", "ABC", ""]]);
        let wide = ConcordanceOptions {
            window: usize::MAX,
            ..options()
        };
        check(
            "\"abc\"",
            &wide,
            &[["乙.txt:2", "旧水渠改道。修路 ", "ABC", " 米。"]],
        );
        check("\"无此\"", &options(), &[]);
        // Overlapping alternatives of a phrase are one occurrence, as in a count.
        let choice = ["甲.txt:1", "", "水渠总结", ""];
        check("“水渠(总结|总)”", &options(), &[choice]);
    }

    #[test]
    fn lines_are_counted_where_they_are() {
        let options = ConcordanceOptions {
            sort: LineOrder::Right,
            ..options()
        };
        with("\"水渠\"", &options, |concordance| {
            let all = concordance.by_document();
            let all: Vec<_> = all.iter().map(|one| (&*one.id, &*one.numbers)).collect();
            let expected: [(&str, &[u32]); 2] = [("乙.txt", &[2]), ("甲.txt", &[1, 2, 2])];
            assert_eq!(all, expected);
        });
    }

    #[test]
    fn lines_are_grouped_by_what_they_share() {
        let group = |group, expected: &[(Option<&str>, u64, u64)]| {
            let options = ConcordanceOptions {
                group: Some(group),
                ..options()
            };
            with("\"水渠\"", &options, |concordance| {
                let groups = concordance.groups.iter();
                let groups: Vec<_> = groups
                    .map(|one| (one.key.as_deref(), one.occurrences, one.documents))
                    .collect();
                assert_eq!(groups, expected);
            });
        };
        group(Grouping::Hit, &[(Some("水渠"), 4, 2)]);
        group(
            Grouping::Year,
            &[(Some("2019"), 3, 1), (Some("2021"), 1, 1)],
        );
        group(
            Grouping::Right(1),
            &[
                (Some("三"), 1, 1),
                (Some("两"), 1, 1),
                (Some("总"), 1, 1),
                (Some("改"), 1, 1),
            ],
        );
        group(
            Grouping::Left(1),
            &[
                (Some(""), 1, 1),
                (Some("修"), 1, 1),
                (Some("护"), 1, 1),
                (Some("旧"), 1, 1),
            ],
        );
        group(Grouping::Issuer, &[(None, 4, 2)]);
        group(Grouping::Collection, &[(Some("corpus"), 4, 2)]);
    }

    #[test]
    fn a_sample_is_the_same_for_the_same_seed() {
        let sample = |sample, seed| {
            let options = ConcordanceOptions {
                sample: Some(sample),
                seed,
                ..options()
            };
            let mut drawn = Vec::new();
            with("\"水渠\"", &options, |concordance| {
                assert_eq!(concordance.occurrences, 4);
                drawn = lines(concordance);
            });
            drawn
        };
        let all = sample(9, 0);
        assert_eq!(all.len(), 4);
        assert_eq!(sample(2, 7), sample(2, 7));
        let several: std::collections::BTreeSet<_> = (0..20).map(|seed| sample(2, seed)).collect();
        assert!(several.len() > 2, "{several:?}");
        for drawn in several {
            assert_eq!(drawn.len(), 2);
            assert!(drawn.iter().all(|line| all.contains(line)));
        }
    }

    #[test]
    fn dispersion_is_the_distance_from_an_even_spread() {
        let counts = |counts: &[(&str, u64)]| -> Vec<(String, u64)> {
            counts.iter().map(|&(id, n)| (id.to_owned(), n)).collect()
        };
        let documents = [("a", 10), ("b", 10), ("c", 20)];
        let of = |held: &[(&str, u64)]| dispersion(&documents, &counts(held));
        assert_eq!(of(&[("a", 1), ("b", 1), ("c", 2)]), Some(0.0));
        assert_eq!(of(&[("a", 5)]), Some(0.75));
        assert_eq!(of(&[("c", 5)]), Some(0.5));
        assert_eq!(of(&[]), None);
    }
}
