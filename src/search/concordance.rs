//! Concordance: every occurrence of a query in its context (keyword in context; Luhn 1960), sorted, sampled, grouped.
//!
//! Occurrences are those that [`Searcher::count`] counts: the places of all words and phrases of the query in the passages
//! that match it, by the exact reading. Found ones are kept as numbers; texts are read again when a line is made.

use std::sync::{Arc, OnceLock};

use tantivy::DocAddress;

use super::occurrences::{
    ConcordanceOptions, Counts, Found, Group, HeldDocument, LineOrder, Occurrence,
};
use super::{DocumentRef, Searcher, SectionRef, place};
use crate::query::Node;
use crate::search::Result;
use crate::search::scan::columns::{ScannedDocument, ScannedPassage};

/// All occurrences of a query, before their texts are read.
pub struct Concordance<'a> {
    searcher: &'a Searcher<'a>,
    documents: Vec<HeldDocument>,
    /// What lines show of each document, once one of them is read.
    shown: Vec<OnceLock<Arc<DocumentRef>>>,
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
        let mut found = self.occurrences(node, options)?;
        let head = found.head();
        found.select(options);
        Ok(Concordance {
            searcher: self,
            n_documents: head.n_documents,
            n_filtered: head.n_filtered,
            dispersion: head.dispersion,
            occurrences: head.occurrences,
            groups: head.groups,
            shown: found.documents.iter().map(|_| OnceLock::new()).collect(),
            documents: found.documents,
            spots: found.spots,
        })
    }
}

impl Searcher<'_> {
    /// The occurrences of `node` in order of documents and positions; the first ones if no others are needed.
    pub(super) fn occurrences(&self, node: &Node, options: &ConcordanceOptions) -> Result<Found> {
        let collect =
            |state: &mut Found, document: &ScannedDocument, passages: &[ScannedPassage<'_>]| {
                state.collect(document, passages, (node, options));
                Ok(())
            };
        let mut scan = self.scan_matching(node, &options.filter)?;
        let known = self.counts_alone(node, options)?;
        if let Some((counts, most)) = &known {
            scan.cut_after(last_needed(counts, *most));
        }
        let parts = scan.run(options.threads, Found::default, collect)?;
        let mut all = Found::default();
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
        let stats = self.document_scan(&options.filter)?.document_stats()?;
        let stats = stats.into_iter();
        all.characters = stats.map(|one| (one.id, one.characters)).collect();
        Ok(all)
    }

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

    /// The line of an occurrence in a document.
    pub(super) fn line_of(
        &self,
        document: Arc<DocumentRef>,
        spot: &Occurrence,
    ) -> Result<ConcordanceLine> {
        let address = spot.address();
        let [left, hit, right] = self.with_text(address, |text| {
            let mut chars = text.chars().skip(usize::from(spot.bounds[0]));
            let mut next = |from: u16, to: u16| -> String {
                chars
                    .by_ref()
                    .take(usize::from(to.saturating_sub(from)))
                    .collect()
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
            address,
        })
    }

    /// The headings above a line, from the top.
    pub(super) fn section_of(&self, line: &ConcordanceLine) -> Result<Vec<SectionRef>> {
        let record = self.record_at(line.address)?;
        Ok(record.path.into_iter().map(Into::into).collect())
    }
}

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

impl Concordance<'_> {
    /// Number of lines.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// Where the lines of each document are, in order of ids; documents without a line are not among them.
    pub fn by_document(&self) -> Vec<DocumentLines> {
        let mut numbers = vec![Vec::new(); self.documents.len()];
        for spot in &self.spots {
            numbers[spot.document as usize].push(spot.number);
        }
        let all = self.documents.iter().zip(numbers);
        let all = all.filter(|(_, numbers)| !numbers.is_empty());
        let of = |(document, mut numbers): (&HeldDocument, Vec<u32>)| {
            numbers.sort_unstable();
            DocumentLines {
                id: document.id.clone(),
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
        self.searcher.section_of(line)
    }

    /// The line of this place, from 0; lines may be read by several threads at once.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn line(&self, ord: usize) -> Result<ConcordanceLine> {
        let spot = &self.spots[ord];
        let document = self.document(spot.document as usize)?;
        self.searcher.line_of(document, spot)
    }

    /// The document of this place, read once for all of its lines.
    fn document(&self, ord: usize) -> Result<Arc<DocumentRef>> {
        let shown = &self.shown[ord];
        if let Some(shown) = shown.get() {
            return Ok(Arc::clone(shown));
        }
        let read = Arc::new(DocumentRef::from(
            self.searcher.document(&self.documents[ord].id)?,
        ));
        Ok(Arc::clone(shown.get_or_init(|| read)))
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;
    use crate::search::{Filter, Grouping};

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
}
