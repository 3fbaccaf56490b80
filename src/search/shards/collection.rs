//! The shards of a collection, wherever they are.

use super::question::{Answer, Own, Question};
use crate::query::parse;
use crate::search::{Count, Error, Filter};

/// The shards of a collection.
pub trait Shards {
    /// Why there is no answer.
    type Error: From<Error>;

    /// How many there are.
    fn n_shards(&self) -> usize;

    /// The answers of some shards, by their ordinals, in the order in which they are given.
    ///
    /// # Errors
    /// If any of them does not answer: what is left out would make the whole a wrong answer.
    fn ask(&self, question: &Question, own: Vec<(usize, Own)>) -> Result<Vec<Answer>, Self::Error>;

    /// The answers of all shards, in order.
    ///
    /// # Errors
    /// As for [`Shards::ask`].
    fn ask_all(&self, question: &Question) -> Result<Vec<Answer>, Self::Error> {
        let all = (0..self.n_shards()).map(|shard| (shard, Own::None));
        self.ask(question, all.collect())
    }

    /// Counts a query in all shards, as [`crate::search::Searcher::count`] does in one index.
    ///
    /// # Errors
    /// As for [`Shards::ask`].
    fn count(&self, query: &str, filter: &Filter) -> Result<Count, Self::Error> {
        parse(query).map_err(Error::from)?;
        let question = Question::Count {
            query: query.to_owned(),
            filter: filter.clone(),
        };
        let mut sum = Count::default();
        for answer in self.ask_all(&question)? {
            if let Answer::Count(count) = answer {
                sum += count;
            }
        }
        Ok(sum)
    }
}
