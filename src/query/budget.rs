//! What a query may cost.
//!
//! The cost is estimated from the lengths of posting lists before they are read, so that the same query on the same index
//! is always answered or always refused, whatever the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::TantivyError;

/// Maximum work of the phrases of a query, in postings examined: some seconds of one processor.
const MAX_WORK: u64 = 500_000_000;

/// The work that one query has done.
#[derive(Debug, Default)]
pub(super) struct Budget {
    spent: AtomicU64,
}

/// A query that costs more than it may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{phrase} costs too much on this index; use fewer gaps and fewer alternatives, or rarer words"
)]
pub struct TooExpensive {
    /// The phrase that spent the rest, as a query has it, shortened.
    pub phrase: String,
}

impl Budget {
    /// Takes `work` out of the budget.
    ///
    /// # Errors
    /// [`TooExpensive`], as an error of the engine, if so much is not left.
    pub(super) fn spend(&self, work: u64, phrase: impl FnOnce() -> String) -> tantivy::Result<()> {
        let before = self.spent.fetch_add(work, Ordering::Relaxed);
        if before.saturating_add(work) <= MAX_WORK {
            return Ok(());
        }
        let error = std::io::Error::other(TooExpensive::new(&phrase()));
        Err(TantivyError::IoError(Arc::new(error)))
    }
}

/// Characters of a phrase that a message shows.
const MAX_SHOWN: usize = 40;

impl TooExpensive {
    /// The error about a phrase, given without quotation marks.
    pub(crate) fn new(phrase: &str) -> Self {
        let phrase = match phrase.char_indices().nth(MAX_SHOWN) {
            Some((at, _)) => format!("\"{}…\"", &phrase[..at]),
            None => format!("\"{phrase}\""),
        };
        Self { phrase }
    }

    /// What the engine passes on of it.
    pub(crate) fn of(error: &TantivyError) -> Option<&Self> {
        match error {
            TantivyError::IoError(error) => error.get_ref()?.downcast_ref(),
            _ => None,
        }
    }
}
