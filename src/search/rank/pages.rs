//! What a query finds in one index, in the order of the index alone; [`super::order`] makes pages of it.

use tantivy::DocAddress;
use tantivy::Order;
use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::{SortByStaticFastValue, SortByString};
use tantivy::query::Query;

use super::candidate::Candidate;
use super::columns::Columns;
use super::found::{Basis, Found};
use super::options::{SearchOptions, Sort};
use super::order::{Asked, SHORT, ordered};
use super::pool::{Hashed, Pool};
use super::top_k::Scored;
use crate::query::{self, Node, Planner, QueryTerms, add_terms};
use crate::search::matches::{Matches, holds};
use crate::search::{Error, Result};
use crate::search::{Filter, Searcher};
use crate::text::simhash::BigramProfile;

/// Passages that hold nothing but single units of a query are found only where fewer than this hold more of it.
// Single units retrieve a multiple of what words do (骨癌 finds 骨继发恶性肿瘤); where there are hundreds of better hits they would
// only lengthen the total that is paged through. As many as the first piece holds.
pub(in crate::search) const FEW: usize = 100;

/// Passages in the order of the index alone: first those that hold a short query as it is written, then the others.
pub(in crate::search) struct FirstStage<'a> {
    pub(in crate::search) terms: QueryTerms,
    pub(in crate::search) written: Option<Matches>,
    way: Way<'a>,
}

/// The candidates of one index.
struct IndexPool<'a> {
    searcher: &'a Searcher<'a>,
    columns: &'a [Columns],
    node: &'a Node,
    first: FirstStage<'a>,
}

impl Pool for IndexPool<'_> {
    type Error = Error;

    fn first(&mut self, depth: usize) -> Result<Vec<Candidate>> {
        self.searcher.first(&self.first, depth, self.columns)
    }

    fn refine(&mut self, piece: &mut [Candidate]) -> Result<()> {
        match self.first.way {
            Way::Sorted(..) => Ok(()),
            Way::Terms(_) | Way::Scored(_) => {
                let searcher = self.searcher;
                searcher.refine(self.node, &self.first.terms, piece, self.columns)
            }
        }
    }

    fn ids(&mut self, candidates: &[Candidate]) -> Result<Vec<String>> {
        self.searcher.document_ids(candidates, self.columns)
    }

    fn n_passages(&self, candidate: &Candidate) -> usize {
        let columns = &self.columns[candidate.address.segment_ord as usize];
        columns.n_passages(candidate.address.doc_id)
    }

    fn hashed(&self, address: DocAddress) -> Hashed {
        self.columns[address.segment_ord as usize].hashed(address)
    }

    fn profile(&self, address: DocAddress) -> Result<BigramProfile> {
        self.searcher.bigrams(address)
    }
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

    pub(in crate::search) fn found_by(
        &self,
        node: &Node,
        options: &SearchOptions,
        meets_singles: bool,
    ) -> Result<Found> {
        let mut scored = None;
        let matches = if node.is_bare_words() && options.filter.is_empty() {
            let terms = self.planner_for(meets_singles).terms(node)?;
            self.passages_with_any(&terms.own)?
        } else {
            let query = self.found_query(node, options, meets_singles)?;
            if is_scored(node, options) {
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
        let asked = Asked {
            node,
            options,
            ranking: &self.ranking,
        };
        let first = self.first_stage(node, basis, options)?;
        let mut pool = IndexPool {
            searcher: self,
            columns,
            node,
            first,
        };
        ordered(&mut pool, asked)
    }

    pub(in crate::search) fn first_stage<'a>(
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
        let terms = self.terms_of(node, basis.meets_singles, options)?;
        let way = if let Some(scored) = &basis.scored {
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

    /// The terms that passages are found and scored by.
    pub(in crate::search) fn terms_of(
        &self,
        node: &Node,
        meets_singles: bool,
        options: &SearchOptions,
    ) -> Result<QueryTerms> {
        let mut terms = self.planner_for(meets_singles).terms(node)?;
        if is_scored(node, options) {
            // The engine's score includes single units only where they retrieve; elsewhere they are added.
            let singles = std::mem::take(&mut terms.singles);
            add_terms(&mut terms.added.own, singles);
        }
        Ok(terms)
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

    /// Adds to the scores what headings, titles and texts give, to each by itself; leaves them in order of their addresses.
    pub(in crate::search) fn refine(
        &self,
        node: &Node,
        terms: &QueryTerms,
        piece: &mut [Candidate],
        columns: &[Columns],
    ) -> Result<()> {
        self.add_terms(&terms.added, piece, columns)?;
        self.second_stage(node, piece)
    }

    /// The first `depth` passages.
    pub(in crate::search) fn first(
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

/// Whether the engine scores every passage that is found.
fn is_scored(node: &Node, options: &SearchOptions) -> bool {
    options.sort == Sort::Score && !node.is_bare_words()
}

fn addresses<K>(found: tantivy::Result<Vec<(K, DocAddress)>>) -> tantivy::Result<Vec<DocAddress>> {
    Ok(found?.into_iter().map(|(_, address)| address).collect())
}

#[cfg(test)]
mod tests {
    use crate::search::DocumentFilter;
    use proptest::prelude::*;

    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;
    use crate::search::By;
    use crate::search::rank::order::first_piece;

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
                holds[..first_piece(&node)].is_sorted_by_key(|&(written, _)| !written),
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
}
