//! Runs judged queries and takes the means of the usual figures.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::time::Instant;

use xunzhang::index::Index;
use xunzhang::parallel;
use xunzhang::query::{Ranking, bare};
use xunzhang::search::{By, Ranked, SearchOptions, Searcher};

/// Hits looked at for a judged query: recall is taken at this depth.
const DEPTH: usize = 100;

/// Queries that run at the same time: more would measure each other.
const THREADS: NonZeroUsize = NonZeroUsize::new(2).expect("not zero");

/// A query and what answers it.
pub(super) struct Query {
    pub(super) text: String,
    pub(super) answer: Answer,
    /// Keys of what answers it, as [`Answer::key`] makes them, each with its grade, at least 1.
    pub(super) relevant: BTreeMap<String, u32>,
}

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Records of one file, by their own ids.
    Record,
    /// Documents, by their ids in the index.
    Document,
    /// Passages.
    Passage,
}

/// What was measured of a set.
pub(super) struct Measured {
    pub(super) queries: usize,
    pub(super) means: Figures,
    /// Of one query.
    pub(super) milliseconds: f64,
}

/// Figures of a query, or their means.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figures {
    pub(super) ndcg: f64,
    pub(super) recall: f64,
    pub(super) mrr: f64,
}

/// Runs all queries on two threads.
pub(super) fn measure(
    index: &Index,
    ranking: Ranking,
    queries: &[Query],
) -> anyhow::Result<Measured> {
    let searcher = Searcher::new(index).with_ranking(ranking);
    let measure = |query: &Query| -> anyhow::Result<(Figures, f64)> {
        let started = Instant::now();
        let found = query.run(&searcher)?;
        let seconds = started.elapsed().as_secs_f64();
        Ok((Figures::of(&found, &query.relevant), seconds))
    };
    let (mut means, mut seconds) = (Figures::default(), 0.0);
    // In the order of the queries, so that the sums are the same to the last bit on every run.
    for (figures, took) in parallel::try_map(queries.iter().collect(), THREADS, measure)? {
        means.add(figures);
        seconds += took;
    }
    // Without queries the means are 0.
    let n = queries.len().max(1) as f64;
    Ok(Measured {
        queries: queries.len(),
        means: Figures {
            ndcg: means.ndcg / n,
            recall: means.recall / n,
            mrr: means.mrr / n,
        },
        milliseconds: seconds * 1e3 / n,
    })
}

impl Query {
    /// Keys of what is found, best first.
    fn run(&self, searcher: &Searcher<'_>) -> anyhow::Result<Vec<String>> {
        let options = SearchOptions {
            limit: DEPTH,
            by: match self.answer {
                Answer::Passage => By::Passage,
                Answer::Record | Answer::Document => By::Document,
            },
            // Judgements name every copy; collapsed, all but one of them would count as missed.
            collapse: false,
            ..SearchOptions::default()
        };
        // A judged query is a plain sentence: its quotation marks and minus signs are text.
        let Some(node) = bare(&self.text) else {
            return Ok(Vec::new());
        };
        let ranked = searcher.rank(&node, &options)?;
        Ok(ranked
            .into_iter()
            .map(|ranked| self.answer.key(ranked))
            .collect())
    }
}

impl Answer {
    fn key(self, ranked: Ranked) -> String {
        let Ranked {
            document, number, ..
        } = ranked;
        match self {
            // BEIR names a record by its own id; in the index the name of the file is before it.
            Self::Record => match document.split_once('#') {
                Some((_, record)) => record.to_owned(),
                None => document,
            },
            Self::Document => document,
            Self::Passage => passage_key(&document, number),
        }
    }
}

/// The key of a passage.
pub(super) fn passage_key(document: &str, number: u32) -> String {
    format!("{document}:{number}")
}

impl Figures {
    /// One query's figures as `trec_eval` has them, which BEIR reports: nDCG with the grade itself as gain (linear, not
    /// 2^grade − 1) and log2(rank + 1) as discount, the ideal cut at ten; recall of as many as can be found, and the
    /// first rank, of whatever grade.
    fn of(found: &[String], relevant: &BTreeMap<String, u32>) -> Self {
        let grades: Vec<(usize, u32)> = (1..)
            .zip(found)
            .filter_map(|(rank, key)| Some((rank, *relevant.get(key)?)))
            .collect();
        let gain = |(rank, grade): (usize, u32)| f64::from(grade) / (rank as f64 + 1.0).log2();
        let mut best: Vec<u32> = relevant.values().copied().collect();
        best.sort_unstable_by_key(|grade| std::cmp::Reverse(*grade));
        let ideal: f64 = (1..=10).zip(best).map(gain).sum();
        let on_page = grades.iter().filter(|(rank, _)| *rank <= 10);
        let gained: f64 = on_page.copied().map(gain).sum();
        let recalled = grades.iter().filter(|(rank, _)| *rank <= DEPTH).count();
        let first = grades.first().filter(|(rank, _)| *rank <= 10);
        Self {
            ndcg: gained / ideal,
            recall: recalled as f64 / relevant.len().min(DEPTH) as f64,
            mrr: first.map_or(0.0, |(rank, _)| 1.0 / *rank as f64),
        }
    }

    fn add(&mut self, other: Self) {
        self.ndcg += other.ndcg;
        self.recall += other.recall;
        self.mrr += other.mrr;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(keys: &[(&str, u32)]) -> BTreeMap<String, u32> {
        let keys = keys.iter().map(|(key, grade)| ((*key).to_owned(), *grade));
        keys.collect()
    }

    #[test]
    fn gains_are_graded() {
        let keys = ["甲", "乙", "丙"].map(str::to_owned);
        let found = Figures::of(&keys, &graded(&[("甲", 1), ("丙", 3), ("丁", 2)]));
        let expected = (1.0 + 3.0 / 2.0) / (3.0 + 2.0 / 3.0_f64.log2() + 1.0 / 2.0);
        assert!((found.ndcg - expected).abs() < 1e-12, "{}", found.ndcg);
        assert_eq!(found.recall, 2.0 / 3.0);
    }

    #[test]
    fn figures_of_a_query() {
        let keys = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
        let relevant = graded(&[("乙", 1), ("丙", 1), ("丁", 1)]);
        let found = Figures::of(&keys(&["甲", "乙", "戊", "丙"]), &relevant);
        let ideal = 1.0 + 1.0 / 3.0_f64.log2() + 0.5;
        let gained = 1.0 / 3.0_f64.log2() + 1.0 / 5.0_f64.log2();
        assert_eq!(
            (found.ndcg, found.recall, found.mrr),
            (gained / ideal, 2.0 / 3.0, 0.5)
        );
        assert_eq!(Figures::of(&[], &relevant), Figures::default());
    }

    #[test]
    fn recall_counts_what_a_hundred_hits_can_hold() {
        let keys: Vec<String> = (0..250).map(|n| n.to_string()).collect();
        let relevant = keys.iter().map(|key| (key.clone(), 1)).collect();
        assert_eq!(Figures::of(&keys[..100], &relevant).recall, 1.0);
    }
}
