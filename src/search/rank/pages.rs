//! The order of all that a query finds, made piece by piece as far as a page reaches.
//!
//! The index alone puts passages in a first order. The second stage reranks the first hundred of them by their text (two hundred
//! for a long query), then three times as many, and so on, each piece by itself: where a piece ends depends on the query alone, so that pages are slices
//! of one order.

use std::collections::BTreeSet;

use tantivy::DocAddress;
use tantivy::Order;
use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::{SortByStaticFastValue, SortByString};
use tantivy::query::Query;

use super::candidate::Candidate;
use super::columns::Columns;
use super::documents::{bonus_weight, first_of_documents, scored_documents};
use super::near_duplicates::Originals;
use super::options::{By, SearchOptions, Sort};
use super::top_k::Scored;
use crate::query::{self, Node, Planner, QueryTerms, add_terms};
use crate::search::matches::{Matches, holds};
use crate::search::{Error, Result};
use crate::search::{Filter, Searcher};

/// Passages of the first piece: twice as many for a query of more than [`SHORT`] units, whose first places the index alone
/// orders less well (nDCG +0.01 on two of six judged sets).
// nDCG@10 with 50, 70 and 100: classical-zh .6592 .6638 .6672, stard .3555 .3576 .3622, headings .3126 .3269 .3290; the other
// sets are the same. More was not better enough to pay for reading more texts.
const FIRST_PIECE: usize = 100;
const SHORT: usize = 16;
/// Each piece ends at this multiple of where the previous one ended.
// Each piece asks the first stage again for all that came before it, so that the steps must grow by a factor: a page at 10,000
// takes five of them. Pieces of one size made hits come twice over pages, or never.
const GROWTH: usize = 4;

/// Passages that hold nothing but single units of a query are found only where fewer than this hold more of it.
// Single units retrieve a multiple of what words do (骨癌 finds 骨继发恶性肿瘤); where there are hundreds of better hits they would
// only lengthen the total that is paged through. As many as the first piece holds.
const FEW: usize = 100;

/// What a query finds.
pub(in crate::search) struct Found {
    pub(in crate::search) matches: Matches,
    pub(in crate::search) basis: Basis,
}

/// What the order of a query's hits is made of, beside the query.
#[derive(Default)]
pub(in crate::search) struct Basis {
    /// Whether passages that hold nothing but single units of bare words are among what is found.
    pub(in crate::search) meets_singles: bool,
    /// The scores of all that is found, where the engine gives them.
    scored: Option<Scored>,
}

/// Passages in the order of the index alone: first those that hold a short query as it is written, then the others.
struct FirstStage<'a> {
    terms: QueryTerms,
    written: Option<Matches>,
    way: Way<'a>,
}

/// How passages come into an order.
enum Way<'a> {
    /// By the scores of terms, of passages that hold any; of these alone, if any are given.
    Terms(Option<Matches>),
    /// By their scores.
    Scored(&'a Scored),
    /// By what they are, whatever their score.
    Sorted(Sort, Box<dyn Query>),
}

impl Searcher<'_> {
    /// What is found: passages that hold a word or a pair of units of a bare word, unless these are few; then also those that
    /// hold single units alone.
    pub(in crate::search) fn found(&self, node: &Node, options: &SearchOptions) -> Result<Found> {
        let found = self.found_by(node, options, false)?;
        let n: usize = found.matches.iter().map(Vec::len).sum();
        match n < FEW && node.has_bare_words() {
            true => self.found_by(node, options, true),
            false => Ok(found),
        }
    }

    fn found_by(&self, node: &Node, options: &SearchOptions, meets_singles: bool) -> Result<Found> {
        let mut scored = None;
        let matches = if node.is_bare_words() && options.filter.is_empty() {
            let terms = self.planner_for(meets_singles).terms(node)?;
            self.passages_with_any(&terms.own)?
        } else {
            let query = self.found_query(node, options, meets_singles)?;
            if options.sort == Sort::Score && !node.is_bare_words() {
                let passages = scored.insert(self.scored(node, query.as_ref())?).iter();
                let docs = passages.map(|passages| passages.iter().map(|&(doc, _)| doc).collect());
                docs.collect()
            } else {
                self.matches(query.as_ref())?
            }
        };
        let basis = Basis {
            meets_singles,
            scored,
        };
        Ok(Found { matches, basis })
    }

    /// What is found, as a query.
    pub(in crate::search) fn found_query(
        &self,
        node: &Node,
        options: &SearchOptions,
        meets_singles: bool,
    ) -> Result<Box<dyn Query>> {
        let query = self.planner_for(meets_singles).ranked(node)?;
        self.filtered(query, &options.filter)
    }

    /// [`Found::basis`], mostly without looking at what is found.
    pub(in crate::search) fn basis(&self, node: &Node, options: &SearchOptions) -> Result<Basis> {
        if node.is_bare_words() && options.filter.is_empty() {
            let terms = self.planner().without_singles().terms(node)?.own;
            let numbers = terms.keys().map(|term| self.statistics.frequency(term));
            let numbers = numbers.collect::<tantivy::Result<Vec<u64>>>();
            let numbers = numbers.map_err(self.engine())?;
            let is_few = |n: u64| n < FEW as u64;
            if numbers.iter().any(|&n| !is_few(n)) {
                return Ok(Basis::default());
            }
            if is_few(numbers.iter().sum()) {
                return Ok(Basis {
                    meets_singles: true,
                    scored: None,
                });
            }
        }
        Ok(self.found(node, options)?.basis)
    }

    /// Turns trees into queries that find what a query finds.
    pub(in crate::search) fn planner_for(&self, meets_singles: bool) -> Planner<'_> {
        match meets_singles {
            true => self.planner(),
            false => self.planner().without_singles(),
        }
    }

    /// The candidates up to the last one asked for, in order.
    pub(in crate::search) fn ordered(
        &self,
        node: &Node,
        basis: &Basis,
        options: &SearchOptions,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        // Both come from the command line, where any number can be written: beyond the last one all is wanted.
        let wanted = options.offset.saturating_add(options.limit);
        let first = self.first_stage(node, basis, options)?;
        let mut originals = Originals::default();
        let mut documents = BTreeSet::new();
        let mut ordered: Vec<Candidate> = Vec::new();
        let (mut start, mut end) = (0, first_piece(node));
        loop {
            let mut piece = self.first(&first, end, columns)?;
            let is_last = piece.len() < end;
            piece.drain(..start.min(piece.len()));
            if options.sort == Sort::Score {
                self.add_terms(&first.terms.added, &mut piece, columns)?;
                self.second_stage(node, &mut piece)?;
                self.sort(&mut piece, columns)?;
                demote_headings(&mut piece);
            }
            piece = match options.by {
                By::Document => {
                    let mut of_piece = match options.sort {
                        Sort::Score => self.documents_of(piece, node, columns),
                        _ => first_of_documents(piece),
                    };
                    of_piece.retain(|candidate| documents.insert(candidate.document));
                    if options.sort == Sort::Score {
                        self.sort(&mut of_piece, columns)?;
                    }
                    of_piece
                }
                By::Passage if options.collapse => {
                    let n = wanted.saturating_sub(ordered.len());
                    self.originals(piece, n, &mut originals, columns)?
                }
                By::Passage => piece,
            };
            cap_scores(&mut piece, &ordered);
            ordered.append(&mut piece);
            if is_last || ordered.len() >= wanted {
                ordered.truncate(wanted);
                return Ok(ordered);
            }
            (start, end) = (end, end.saturating_mul(GROWTH));
        }
    }

    /// One candidate for each document, with a bonus for its other passages.
    fn documents_of(
        &self,
        piece: Vec<Candidate>,
        node: &Node,
        columns: &[Columns],
    ) -> Vec<Candidate> {
        scored_documents(piece, |candidate| {
            let ord = candidate.address.segment_ord as usize;
            let n_passages = columns[ord].n_passages(candidate.address.doc_id);
            bonus_weight(self.ranking.others, n_passages, node.n_units())
        })
    }

    fn first_stage<'a>(
        &self,
        node: &Node,
        basis: &'a Basis,
        options: &SearchOptions,
    ) -> Result<FirstStage<'a>> {
        let planner = self.planner_for(basis.meets_singles);
        let filter = &options.filter;
        if options.sort != Sort::Score {
            let query = self.found_query(node, options, basis.meets_singles)?;
            return Ok(FirstStage {
                terms: QueryTerms::default(),
                written: None,
                way: Way::Sorted(options.sort, query),
            });
        }
        let mut terms = planner.terms(node)?;
        let way = if let Some(scored) = &basis.scored {
            // The engine's score includes single units only where they retrieve; elsewhere they are added.
            let singles = std::mem::take(&mut terms.singles);
            add_terms(&mut terms.added.own, singles);
            Way::Scored(scored)
        } else if filter.is_empty() {
            Way::Terms(None)
        } else {
            let allowed = self.filtered(planner.all_passages(), filter)?;
            Way::Terms(Some(self.matches(allowed.as_ref())?))
        };
        Ok(FirstStage {
            terms,
            written: self.written(node, filter)?,
            way,
        })
    }

    /// The passages that hold all words of a short query as they are written; `None` if it is long, has alternatives or no bare
    /// word, or costs too much to be looked for so.
    fn written(&self, node: &Node, filter: &Filter) -> Result<Option<Matches>> {
        if !(2..=SHORT).contains(&node.n_units()) || !node.can_hold_all() {
            return Ok(None);
        }
        let query = self.planner().all_of(&node.leaves());
        let query = self.filtered(query, filter)?;
        match self.matches(query.as_ref()) {
            // The order is a favour to the reader; a query that the ranked reading can answer is never refused for it.
            Err(Error::Query(query::Error::TooExpensive(_))) => Ok(None),
            matches => matches.map(Some),
        }
    }

    /// The first `depth` passages.
    fn first(
        &self,
        first: &FirstStage<'_>,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let best = |among: Option<&Matches>| match &first.way {
            Way::Terms(allowed) => {
                let among = among.or(allowed.as_ref());
                self.top_k(&first.terms, among, depth, columns)
            }
            Way::Scored(scored) => self.top_k_of_scored(scored, among, depth, columns),
            Way::Sorted(sort, query) => self.first_by(query.as_ref(), *sort, depth, columns),
        };
        let Some(written) = &first.written else {
            return best(None);
        };
        let mut candidates = best(Some(written))?;
        if candidates.len() < depth {
            let mut others = best(None)?;
            others.retain(|candidate| !holds(written, candidate.address));
            candidates.append(&mut others);
            candidates.truncate(depth);
        }
        Ok(candidates)
    }

    /// The first `depth` passages in another order than that of the scores.
    fn first_by(
        &self,
        query: &dyn Query,
        sort: Sort,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let top = || TopDocs::with_limit(depth);
        let place = || {
            let id = SortByString::for_field("document");
            let number = SortByStaticFastValue::<u64>::for_field("number");
            ((id, Order::Asc), (number, Order::Asc))
        };
        let by_date = |order| {
            let (id, number) = place();
            let date = SortByStaticFastValue::<u64>::for_field("date");
            addresses(
                self.snapshot
                    .search(query, &top().order_by(((date, order), id, number))),
            )
        };
        let addresses: Vec<DocAddress> = match sort {
            Sort::Date => by_date(Order::Asc),
            Sort::DateDescending => by_date(Order::Desc),
            Sort::Path | Sort::Score => {
                addresses(self.snapshot.search(query, &top().order_by(place())))
            }
        }
        .map_err(self.engine())?;
        let candidates = addresses
            .into_iter()
            .map(|address| columns[address.segment_ord as usize].candidate(0.0, address));
        Ok(candidates.collect())
    }
}

fn first_piece(node: &Node) -> usize {
    FIRST_PIECE * if node.n_units() > SHORT { 2 } else { 1 }
}

fn addresses<K>(found: tantivy::Result<Vec<(K, DocAddress)>>) -> tantivy::Result<Vec<DocAddress>> {
    Ok(found?.into_iter().map(|(_, address)| address).collect())
}

/// Moves each bare heading after the last candidate of its section that holds as much of the query.
fn demote_headings(candidates: &mut Vec<Candidate>) {
    let key = |(ord, heading): (usize, &Candidate)| match last_below(heading, candidates) {
        Some(last) if last > ord => (last, true, ord),
        _ => (ord, false, ord),
    };
    let mut keys: Vec<(usize, bool, usize)> = candidates.iter().enumerate().map(key).collect();
    keys.sort_unstable();
    let demoted = keys.into_iter().map(|(last, _, ord)| Candidate {
        score: candidates[ord].score.min(candidates[last].score),
        ..candidates[ord]
    });
    *candidates = demoted.collect();
}

/// The last candidate in the section of a bare heading that holds as much of the query as it.
fn last_below(heading: &Candidate, candidates: &[Candidate]) -> Option<usize> {
    let numbers = heading.number + 1..=heading.section_end;
    let is_below = |other: &Candidate| {
        other.document == heading.document
            && other.section_end == 0
            && other.holds >= heading.holds
            && numbers.contains(&other.number)
    };
    // Only a bare heading knows where its section ends.
    let is_bare_heading = heading.section_end != 0;
    is_bare_heading.then(|| candidates.iter().rposition(is_below))?
}

/// Lowers the scores of a piece to those before it: each piece is reranked by itself, and a later one must not score
/// higher than an earlier one.
fn cap_scores(piece: &mut [Candidate], before: &[Candidate]) {
    let scores = before.iter().map(|candidate| candidate.score);
    let most = scores.reduce(f32::min).unwrap_or(f32::MAX);
    for candidate in piece {
        candidate.score = candidate.score.min(most);
    }
}

#[cfg(test)]
mod tests {
    use crate::search::DocumentFilter;
    use proptest::prelude::*;

    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;
    use crate::search::Holds;

    const WORDS: [&str; 14] = [
        "水渠", "修建", "资金", "管理", "办法", "道路", "检查", "村民", "灌溉", "站", "汛期",
        "安全", "责任", "拨付",
    ];
    const LENGTHS: [usize; 6] = [3, 5, 2, 9, 4, 14];

    /// 40 documents of 30 paragraphs, more than the first two pieces hold, with words in no order that repeats; the same at
    /// each call. Some paragraphs are copies.
    fn index(folder: &std::path::Path) -> Index {
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let mut state = 7_u32;
        let mut next = |n: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % n
        };
        for file in 0..40 {
            let mut text = String::new();
            for _ in 0..30 {
                for _ in 0..LENGTHS[next(LENGTHS.len())] {
                    // The first words are the frequent ones.
                    text.push_str(WORDS[next(WORDS.len()).min(next(WORDS.len()))]);
                    text.push_str(["", "", "，", "。", "5"][next(5)]);
                }
                text.push('\n');
            }
            std::fs::write(corpus.join(format!("{file}.txt")), text).expect("a file");
        }
        let options = UpdateOptions {
            jobs: 3,
            ..UpdateOptions::default()
        };
        std::fs::write(corpus.join("gone.txt"), "修建水渠资金管理。\n".repeat(50)).expect("a file");
        update(&dir, std::slice::from_ref(&corpus), &options, &|_| {}).expect("an index");
        std::fs::remove_file(corpus.join("gone.txt")).expect("the file");
        update(&dir, &[corpus], &options, &|_| {}).expect("an index");
        Index::open(&dir).expect("the index")
    }

    #[test]
    fn the_best_are_those_of_scoring_every_passage() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let columns = searcher.columns().expect("columns");
        for query in [
            "水渠",
            "水渠 拨付",
            "修建水渠资金管理",
            "站",
            "汛期安全 检查 站",
            "水渠 5 站",
            "渠站",
        ] {
            let node = parse(query).expect("a query");
            for meets_singles in [true, false] {
                // A run is a word and a unit: in two terms its score is rounded twice.
                if query.contains('5') && !meets_singles {
                    continue;
                }
                let planner = searcher.planner_for(meets_singles);
                let terms = planner.terms(&node).expect("terms");
                // Scored by the engine, one passage after the other.
                let all = searcher.planner().ranked(&node).expect("a query");
                let all = searcher.scored(&node, all.as_ref()).expect("scores");
                let mut expected = searcher
                    .top_k_of_scored(&all, None, usize::MAX >> 8, columns)
                    .expect("all");
                let own = planner.ranked(&node).expect("a query");
                let own = searcher.matches(own.as_ref()).expect("matches");
                expected.retain(|Candidate { address, .. }| {
                    own[address.segment_ord as usize].contains(&address.doc_id)
                });
                for depth in [1, 10, 100, 5000] {
                    let found = searcher
                        .top_k(&terms, None, depth, columns)
                        .expect("the best");
                    let wanted = &expected[..depth.min(expected.len())];
                    assert_eq!(found, wanted, "{query} {meets_singles} {depth}");
                    // Few of them, and most of them.
                    for keep in [
                        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
                        [1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1],
                    ] {
                        let is_kept = |doc: u32| keep[doc as usize % keep.len()] == 1;
                        let all = searcher.matches(searcher.planner().all_passages().as_ref());
                        let all = all.expect("passages").into_iter();
                        let allowed = all.map(|mut docs| {
                            docs.retain(|&doc| is_kept(doc));
                            docs
                        });
                        let allowed: Matches = allowed.collect();
                        let found = searcher
                            .top_k(&terms, Some(&allowed), depth, columns)
                            .expect("the best");
                        let mut wanted = expected.clone();
                        wanted.retain(|candidate| is_kept(candidate.address.doc_id));
                        wanted.truncate(depth);
                        assert_eq!(found, wanted, "{query} {meets_singles} {depth}, some");
                    }
                }
            }
        }
    }

    #[test]
    fn a_page_may_begin_and_end_anywhere() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let node = parse("拨付 责任").expect("a query");
        let hits = |by, offset, limit| {
            let options = SearchOptions {
                by,
                offset,
                limit,
                collapse: false,
                ..SearchOptions::default()
            };
            searcher.rank(&node, &options).expect("hits").len()
        };
        for by in [By::Passage, By::Document] {
            let n = hits(by, 0, usize::MAX);
            assert!(n > 10);
            for (offset, limit, expected) in [
                (0, 0, 0),
                (1, usize::MAX, n - 1),
                (usize::MAX, 1, 0),
                (usize::MAX, usize::MAX, 0),
                (usize::MAX - 1, 2, 0),
                (n - 1, 5, 1),
                (n, 5, 0),
            ] {
                assert_eq!(hits(by, offset, limit), expected, "{by:?} {offset} {limit}");
            }
        }
    }

    #[test]
    fn words_as_they_are_written_come_first() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        for (query, words) in [
            ("资金管理", &["资金管理"][..]),
            ("渠站", &["渠站"]),
            ("检查 汛期", &["检查", "汛期"]),
            ("+修建 资金", &["修建", "资金"]),
            ("\"水渠\" 修建 站", &["水渠", "修建", "站"]),
        ] {
            let node = parse(query).expect("a query");
            let options = SearchOptions {
                limit: 2000,
                collapse: false,
                ..SearchOptions::default()
            };
            let found = searcher.search(&node, &options).expect("hits");
            let holds = |hit: &crate::search::Hit| {
                let written = |text: &str| words.iter().all(|word| text.contains(word));
                (
                    written(&hit.passage.text),
                    written(&hit.passage.text.replace('，', "")),
                )
            };
            let holds: Vec<_> = found.hits.iter().map(holds).collect();
            assert_eq!(holds.len() as u64, found.total.passages, "{query}");
            assert!(holds.iter().any(|&(written, _)| written), "{query}");
            assert!(
                holds.is_sorted_by_key(|&(_, in_units)| !in_units),
                "{query}"
            );
            assert!(
                holds[..FIRST_PIECE].is_sorted_by_key(|&(written, _)| !written),
                "{query}"
            );
            let scores: Vec<f32> = found.hits.iter().map(|hit| hit.score).collect();
            assert!(scores.is_sorted_by(|a, b| a >= b), "{query}");
        }
    }

    #[test]
    fn passages_that_hold_all_words_are_those_that_hold_each() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let matches = |query: &dyn Query| searcher.matches(query).expect("matches");
        for query in [
            "水渠 拨付",
            "修建水渠 站",
            "站 水渠资金 拨付",
            "水渠 5 资金管理 \"站\"",
            "没有 水渠",
        ] {
            let node = parse(query).expect("a query");
            let leaves = node.leaves();
            let each = leaves.iter().map(|&leaf| Node::Leaf(leaf.clone()));
            let each = searcher.planner().counted(&Node::All(each.collect()));
            let each = matches(each.expect("a query").as_ref());
            let all = matches(searcher.planner().all_of(&leaves).as_ref());
            assert_eq!(all, each, "{query}");
        }
    }

    #[test]
    fn a_heading_comes_behind_what_stands_below_it_and_holds_as_much() {
        let candidate = |number, score, section_end, holds| Candidate {
            score,
            address: DocAddress::new(0, number),
            document: (0, 0),
            number,
            section_end,
            holds,
        };
        let order = |below: Holds| {
            let mut candidates = vec![
                candidate(1, 9.0, 4, Holds::Written),
                candidate(7, 8.0, 0, Holds::Written),
                candidate(3, 6.0, 0, below),
                candidate(8, 5.0, 0, Holds::Parts),
            ];
            demote_headings(&mut candidates);
            let order = candidates.iter().map(|one| (one.number, one.score));
            order.collect::<Vec<_>>()
        };
        assert_eq!(
            order(Holds::Written),
            [(7, 8.0), (3, 6.0), (1, 6.0), (8, 5.0)]
        );
        assert_eq!(
            order(Holds::Parts),
            [(1, 9.0), (7, 8.0), (3, 6.0), (8, 5.0)]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn pages_are_slices_of_one_order(
            words in proptest::collection::vec(0..WORDS.len(), 1..4),
            form in 0_usize..7,
            options in 0_usize..8,
            is_filtered: bool,
            page in 1_usize..90,
        ) {
            thread_local! {
                static INDEX: (tempfile::TempDir, Index) = {
                    let folder = tempfile::tempdir().expect("a temporary folder");
                    let index = index(folder.path());
                    (folder, index)
                };
            }
            let words: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
            let query = match form {
                0 => words.concat(),
                1 => format!("+{}", words.join(" ")),
                2 => words.join(" OR "),
                3 => format!("(站 渠) {}", words.join(" ")),
                4 => format!("\"{}\" 5", words[0]),
                5 => format!("{} -责任", words.join(" ")),
                _ => words.join(" "),
            };
            let node = parse(&query).expect("a query");
            let options = SearchOptions {
                by: [By::Passage, By::Document][options % 2],
                sort: [Sort::Score, Sort::Score, Sort::DateDescending, Sort::Path][options / 2],
                filter: Filter {
                    documents: DocumentFilter {
                        paths: is_filtered.then(|| "1*".to_owned()).into_iter().collect(),
                        ..DocumentFilter::default()
                    },
                    ..Filter::default()
                },
                collapse: options / 4 == 1,
                ..SearchOptions::default()
            };
            INDEX.with(|(_, index)| -> std::result::Result<(), TestCaseError> {
                let searcher = Searcher::new(index);
                let hits = |offset, limit| {
                    let options = SearchOptions { limit, offset, ..options.clone() };
                    searcher.rank(&node, &options).expect("hits")
                };
                let all = hits(0, 5000);
                if !options.collapse {
                    let total = searcher.search(&node, &SearchOptions { limit: 1, ..options.clone() }).expect("a total").total;
                    let n = match options.by { By::Passage => total.passages, By::Document => total.documents };
                    prop_assert_eq!(all.len() as u64, n);
                }
                let mut paged = Vec::new();
                loop {
                    let mut hits = hits(paged.len(), page);
                    if hits.is_empty() { break; }
                    paged.append(&mut hits);
                }
                prop_assert_eq!(paged, all);
                Ok(())
            })?;
        }
    }

    fn passage(number: u32, score: f32, holds: Holds) -> Candidate {
        Candidate {
            score,
            address: tantivy::DocAddress::new(0, number),
            document: (0, 0),
            number,
            section_end: 0,
            holds,
        }
    }

    /// A bare heading whose section ends with the passage `end`.
    fn heading(number: u32, end: u32, score: f32, holds: Holds) -> Candidate {
        Candidate {
            section_end: end,
            ..passage(number, score, holds)
        }
    }

    #[test]
    fn a_heading_comes_after_what_its_section_holds() {
        let below = passage(2, 3.0, Holds::Words);
        let order = |mut candidates: Vec<Candidate>| {
            demote_headings(&mut candidates);
            candidates
                .iter()
                .map(|candidate| (candidate.number, candidate.score))
                .collect::<Vec<_>>()
        };
        let first = heading(1, 4, 5.0, Holds::Words);
        assert_eq!(order(vec![first, below]), [(2, 3.0), (1, 3.0)]);
        // Not after what is outside its section, holds less, or is above it anyway.
        let outside = passage(9, 3.0, Holds::Written);
        assert_eq!(order(vec![first, outside]), [(1, 5.0), (9, 3.0)]);
        let less = passage(2, 3.0, Holds::Parts);
        assert_eq!(order(vec![first, less]), [(1, 5.0), (2, 3.0)]);
        let last = heading(1, 4, 2.0, Holds::Words);
        assert_eq!(order(vec![below, last]), [(2, 3.0), (1, 2.0)]);
        let other = Candidate {
            document: (0, 7),
            ..below
        };
        assert_eq!(order(vec![first, other]), [(1, 5.0), (2, 3.0)]);
        assert_eq!(last_below(&below, &[first, below]), None);
    }

    #[test]
    fn a_later_piece_never_scores_higher() {
        let before = [5.0, 3.0].map(|score| passage(1, score, Holds::Parts));
        let mut piece = [4.0, 3.0, 1.0].map(|score| passage(2, score, Holds::Parts));
        cap_scores(&mut piece, &before);
        assert_eq!(piece.map(|candidate| candidate.score), [3.0, 3.0, 1.0]);
        let mut first = [4.0, 9.0].map(|score| passage(2, score, Holds::Parts));
        cap_scores(&mut first, &[]);
        assert_eq!(first.map(|candidate| candidate.score), [4.0, 9.0]);
    }
}
