//! Answers that were given before, as long as the index is the same.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::answer::Answer;

/// Bytes of answers that are kept.
// Some thousand pages: what several people look at in a day.
const CAPACITY: u64 = 64 << 20;
/// Bytes of the largest answer that is kept: one export should not displace a hundred pages.
const LARGEST: usize = 1 << 20;
/// Bytes of an average answer, by which the table is sized.
const AVERAGE: usize = 16 << 10;

#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<Answer>> for Bytes {
    fn weight(&self, key: &String, answer: &Arc<Answer>) -> u64 {
        (key.len() + answer.body.len() + 256) as u64
    }
}

/// Answers by the index's fingerprint and the request.
pub(super) struct Answers(Cache<String, Arc<Answer>, Bytes>);

impl Answers {
    pub(super) fn new() -> Self {
        let expected = CAPACITY as usize / AVERAGE;
        Self(Cache::with_weighter(expected, CAPACITY, Bytes))
    }

    pub(super) fn get(&self, key: &str) -> Option<Arc<Answer>> {
        self.0.get(key)
    }

    pub(super) fn keep(&self, key: String, answer: &Arc<Answer>) {
        if answer.body.len() <= LARGEST {
            self.0.insert(key, Arc::clone(answer));
        }
    }
}
