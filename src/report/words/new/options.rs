//! Options of the search for new terms.

use std::num::NonZeroUsize;

use crate::search::Filter;

/// What is listed.
#[derive(Clone, Debug)]
pub struct NewOptions {
    /// Where expressions are looked for.
    pub filter: Filter,
    /// Minimum number of occurrences; passages that are copies count once.
    pub least: u64,
    /// Minimum cohesion, in bits.
    pub cohesion: f64,
    /// Minimum boundary entropy, in bits.
    pub freedom: f64,
    /// Maximum number of lines.
    pub limit: usize,
    /// Maximum number of threads.
    pub threads: NonZeroUsize,
}

impl Default for NewOptions {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            least: 10,
            // Above 6 bits most rows are expressions, below 2 bits of boundary entropy most are fragments: read off lists of
            // statutes and work reports.
            cohesion: 6.0,
            freedom: 2.0,
            limit: 200,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}
