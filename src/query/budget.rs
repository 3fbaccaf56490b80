//! What a query may cost.
//!
//! The cost is estimated from the lengths of posting lists before they are read, so that the same query on the same index
//! is always answered or always refused, whatever the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::TantivyError;

/// Maximum work of the phrases of a query, in postings examined: some seconds of one processor.
// 30 phrases of 32 gaps each between 的 took over 60 s and 2.2 GB while nothing bounded them; now they are refused after 3.7
// s and 45 MB (BENCHMARKS.md, Limits). A phrase that people write is far below: `"的*{0,5}管理"` takes 0.05 s. Ten times as
// much would be more than half a minute of waiting.
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
        // Phrases of one query may be looked up side by side: only the sum counts, no order. It stops at the largest number, so
        // that a budget that was overdrawn once never seems full again.
        let spent = |spent: u64| Some(spent.saturating_add(work));
        let before = self
            .spent
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent)
            .unwrap_or_else(|before| before);
        if before.saturating_add(work) <= MAX_WORK {
            return Ok(());
        }
        // Scorers can return no error but the engine's: ours travels inside one, and `TooExpensive::of` takes it out again.
        let error = std::io::Error::other(TooExpensive::new(&phrase()));
        Err(TantivyError::IoError(Arc::new(error)))
    }
}

/// Characters of a phrase that a message shows.
// A phrase may have hundreds of rows; its beginning is enough to find it in the query, and a line of a terminal holds it.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn spend(budget: &Budget, work: u64) -> bool {
        budget.spend(work, || "甲*乙".to_owned()).is_ok()
    }

    #[test]
    fn a_budget_may_be_spent_whole() {
        for parts in [
            &[MAX_WORK][..],
            &[MAX_WORK - 1, 1],
            &[0, 1, MAX_WORK - 1, 0],
        ] {
            let budget = Budget::default();
            assert!(parts.iter().all(|&work| spend(&budget, work)), "{parts:?}");
            assert!(!spend(&budget, 1), "{parts:?}");
        }
        assert!(!spend(&Budget::default(), MAX_WORK + 1));
    }

    #[test]
    fn what_is_overdrawn_stays_so() {
        let budget = Budget::default();
        assert!(spend(&budget, 5));
        assert!(!spend(&budget, u64::MAX));
        assert!(!spend(&budget, 0) && !spend(&budget, 1));
    }

    #[test]
    fn the_error_names_the_phrase_that_was_too_much() {
        let budget = Budget::default();
        let error = budget.spend(MAX_WORK + 1, || "的*{1,5}了".to_owned());
        let error = error.expect_err("too much");
        let told = TooExpensive::of(&error).expect("our error");
        assert_eq!(told.phrase, "\"的*{1,5}了\"");
        // The name is needed only then.
        let asked = |work| {
            let mut is_asked = false;
            let _ = Budget::default().spend(work, || {
                is_asked = true;
                String::new()
            });
            is_asked
        };
        assert!(!asked(1) && asked(u64::MAX));
        let other = TantivyError::SystemError("x".to_owned());
        assert_eq!(TooExpensive::of(&other), None);
        let other = std::io::Error::other("x");
        assert_eq!(
            TooExpensive::of(&TantivyError::IoError(Arc::new(other))),
            None
        );
    }

    #[test]
    fn long_phrases_are_shown_by_their_beginning() {
        let shown = |n: usize| TooExpensive::new(&"渠".repeat(n)).phrase;
        assert_eq!(shown(MAX_SHOWN), format!("\"{}\"", "渠".repeat(MAX_SHOWN)));
        assert_eq!(
            shown(MAX_SHOWN + 1),
            format!("\"{}…\"", "渠".repeat(MAX_SHOWN))
        );
        assert_eq!(shown(0), "\"\"");
    }
}
