//! What a query found, with the numbers that its header has.

use xunzhang::query::{Item, Leaf, Node, Occur};
use xunzhang::search::{Count, Results, SearchOptions, Searcher};

use crate::cli::messages::{Lang, say};

/// What a query found.
pub(crate) struct Found {
    pub(crate) results: Results,
    /// The same by the exact reading, where it is shown.
    pub(crate) exact: Option<Count>,
    /// Passages that hold every one of several bare words, where it is shown.
    pub(crate) with_every_word: Option<u64>,
}

/// Which numbers a header has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Those of the ranking.
    Ranked,
    /// Those of the exact reading too.
    Exact,
    /// And how many passages hold every word.
    EveryWord,
}

impl Found {
    /// Runs a query.
    pub(crate) fn of(
        searcher: &Searcher<'_>,
        node: &Node,
        options: &SearchOptions,
        numbers: Numbers,
    ) -> xunzhang::search::Result<Self> {
        let results = searcher.search(node, options)?;
        // Both numbers, so that no header says another than `--count` does.
        let exact = (numbers != Numbers::Ranked).then(|| searcher.count(node, &options.filter));
        // Only the header for people has this number; the contract's JSON has the two totals.
        let every = (numbers == Numbers::EveryWord)
            .then(|| every_word(node))
            .flatten();
        let every = every.map(|node| searcher.count(&node, &options.filter));
        Ok(Self {
            results,
            exact: exact.transpose()?,
            with_every_word: every.transpose()?.map(|count| count.passages),
        })
    }

    /// How many passages hold every word or any of them, and apart from that how many share parts.
    pub(crate) fn totals(&self, lang: Lang) -> String {
        let total = &self.results.total;
        let passages = |n: u64| say!(lang, "n-passages", n);
        let documents = |n: u64| say!(lang, "n-documents", n);
        let sharing = say!(
            lang,
            "search-total",
            passages = passages(total.passages),
            documents = documents(total.documents)
        );
        // The same number twice would look like two different things.
        let exact = self.exact.filter(|exact| exact.passages != total.passages);
        let written = exact.map(|exact| (passages(exact.passages), documents(exact.documents)));
        match (written, self.with_every_word.map(passages)) {
            (None, None) => sharing,
            (None, Some(every)) => say!(lang, "search-total-every", every, sharing),
            (Some((any, documents)), None) => {
                say!(lang, "search-total-exact", any, documents, sharing)
            }
            (Some((any, documents)), Some(every)) => {
                say!(lang, "search-total-both", every, any, documents, sharing)
            }
        }
    }
}

/// The query that wants every one of several bare words as written; `None` of any other.
fn every_word(node: &Node) -> Option<Node> {
    let Node::List(items) = node else {
        return None;
    };
    let is_word = |item: &Item| {
        matches!(item.node, Node::Leaf(Leaf::Word(_))) && item.occur == Occur::Optional
    };
    let words = || items.iter().map(|item| item.node.clone());
    items
        .iter()
        .all(is_word)
        .then(|| Node::All(words().collect()))
}
