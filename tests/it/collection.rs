//! An index and every passage that must be in it.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::collector::DocSetCollector;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::query::{Node, parse};
use xunzhang::search::{Filter, SearchOptions, Searcher};
use xunzhang::source::walk::Exclude;

use crate::oracle::{Found, Scanned, Wanted, scan};
use crate::rng::Rng;

/// Maximum number of hits that are fetched in full; of longer lists only the passage addresses are compared.
const MAX_FETCHED: usize = 3_000;

/// An index written by several threads, and the passages found by scanning its files.
pub(crate) struct Collection {
    pub(crate) index: Index,
    pub(crate) passages: Vec<Scanned>,
    folder: tempfile::TempDir,
}

impl Collection {
    /// Indexes the files under `roots`; their relative paths must be distinct. Files named SOURCE.txt are left out.
    pub(crate) fn build(roots: &[&Path]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // One name for all: ids do not begin with it.
        let place = |root: &&Path| xunzhang::index::Collection {
            name: Some("样本".to_owned()),
            path: root.to_path_buf(),
        };
        let paths: Vec<_> = roots.iter().map(place).collect();
        // Two updates with few threads each: a single update may be written by one thread, and eight segments would be
        // merged.
        for exclude in [&["SOURCE.txt", "*0[1-5]*"][..], &["SOURCE.txt"]] {
            let options = UpdateOptions {
                jobs: 2,
                exclude: Some(Exclude::new(exclude).expect("patterns")),
                ..UpdateOptions::default()
            };
            update(folder.path(), &paths, &options, &|_| {}).expect("an index");
        }
        Self {
            index: Index::open(folder.path()).expect("the index"),
            passages: roots.iter().flat_map(|root| scan(root)).collect(),
            folder,
        }
    }

    /// Asserts that the index has several segments: counts must be right across segments. Whether large segments are
    /// merged while they are written depends on timing.
    #[track_caller]
    pub(crate) fn of_several_segments(self) -> Self {
        let files = std::fs::read_dir(self.dir()).expect("the index").flatten();
        let is_store = |entry: &std::fs::DirEntry| {
            let path = entry.path();
            path.extension().is_some_and(|end| end == "store")
        };
        assert!(files.filter(is_store).count() > 1);
        self
    }

    /// The folder of the index.
    pub(crate) fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// The result of a scan: the passages that `keep` accepts, each with the number of matches of `leaves` in it.
    pub(crate) fn scan(
        &self,
        leaves: &[&Wanted],
        keep: impl Fn(&Scanned, &[u64]) -> bool,
    ) -> Found {
        let mut found = Found::default();
        for passage in &self.passages {
            let places: Vec<u64> = leaves
                .iter()
                .map(|leaf| leaf.places(&passage.units))
                .collect();
            if keep(passage, &places) {
                found
                    .places
                    .insert((passage.document.clone(), passage.number));
                found.occurrences += places.iter().sum::<u64>();
            }
        }
        found
    }

    /// Asserts that counts and hits equal those of the scan.
    #[track_caller]
    pub(crate) fn check(&self, query: &str, filter: &Filter, expected: &Found) {
        let node = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let count = Searcher::new(&self.index)
            .count(&node, filter)
            .expect("a count");
        let counts = (count.occurrences, count.passages, count.documents);
        let expected_counts = (
            expected.occurrences,
            expected.places.len() as u64,
            expected.documents(),
        );
        assert_eq!(
            counts, expected_counts,
            "occurrences, passages, documents of {query} under {filter:?}"
        );
        let actual = if expected.places.len() <= MAX_FETCHED || *filter != Filter::default() {
            self.hits(&node, filter, expected.places.len() + 1)
        } else {
            self.places(&node)
        };
        let n_hits = actual.len();
        let actual: BTreeSet<_> = actual.into_iter().collect();
        assert_eq!(
            n_hits,
            actual.len(),
            "a passage occurs twice among the hits of {query}"
        );
        let missed: Vec<_> = expected.places.difference(&actual).collect();
        let extra: Vec<_> = actual.difference(&expected.places).collect();
        assert!(
            missed.is_empty() && extra.is_empty(),
            "{query} under {filter:?}: missed {missed:?}, extra {extra:?}"
        );
    }

    /// The same for a query that is a phrase, a phrase with gaps or a NEAR, without filters.
    #[track_caller]
    pub(crate) fn check_leaf(&self, query: &str, wanted: &Wanted) {
        let expected = self.scan(&[wanted], |_, places| places[0] > 0);
        self.check(query, &Filter::default(), &expected);
    }

    /// The text of a random passage.
    pub(crate) fn text(&self, rng: &mut Rng) -> &str {
        &rng.one_of(&self.passages).text
    }

    fn hits(&self, node: &Node, filter: &Filter, limit: usize) -> Vec<(String, u32)> {
        let options = SearchOptions {
            limit,
            collapse: false,
            filter: filter.clone(),
            ..SearchOptions::default()
        };
        let hits = Searcher::new(&self.index)
            .search(node, &options)
            .expect("hits")
            .hits;
        hits.into_iter()
            .map(|hit| (hit.document.id, hit.passage.number))
            .collect()
    }

    /// The addresses of all passages that match, directly from the engine.
    fn places(&self, node: &Node) -> Vec<(String, u32)> {
        let searcher = Searcher::new(&self.index);
        let query = searcher.planner().counted(node).expect("a query");
        let engine = tantivy::Index::open_in_dir(self.folder.path()).expect("the index");
        let snapshot = engine.reader().expect("a reader").searcher();
        let columns: Vec<_> = snapshot
            .segment_readers()
            .iter()
            .map(|segment| {
                let columns = segment.fast_fields();
                let document = columns
                    .str("document")
                    .expect("a column")
                    .expect("a column of strings");
                (document, columns.u64("number").expect("a column"))
            })
            .collect();
        let found = snapshot.search(&query, &DocSetCollector).expect("passages");
        let place = |address: tantivy::DocAddress| {
            let (document, number) = &columns[address.segment_ord as usize];
            let ord = document.ords().first(address.doc_id).expect("a document");
            let mut id = String::new();
            document.ord_to_str(ord, &mut id).expect("an id");
            (id, number.first(address.doc_id).expect("a number") as u32)
        };
        found.into_iter().map(place).collect()
    }
}
