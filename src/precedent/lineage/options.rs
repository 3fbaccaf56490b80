//! How a lineage is looked up, and what bounds the work.

use crate::search::Filter;

/// Maximum length of a wording, in characters.
pub const MAX_WORDING: usize = 100;
/// Maximum number of forms. Each is a count over the whole index.
pub const MAX_FORMS: usize = 100;
/// Maximum number of uses that are listed; all are counted.
pub const MAX_USES: usize = 10_000;
/// Minimum similarity of forms, unless another is set.
// Of a wording of four units one may be replaced (0.75), and not two (0.5): 扶贫攻坚 is a form of 脱贫攻坚, 科学发现 (0.67) is not one of
// 科学发展观. With 0.5, which `find` has for sentences, half of the forms of the national reports' wordings are words that only look
// alike.
pub const SAME: f64 = 0.7;

/// Options of [`lineage`](super::lineage()).
#[derive(Clone, Debug, PartialEq)]
pub struct LineageOptions {
    /// Minimum similarity of a form to the wording, and of a form to its parent, from 0 to 1.
    pub min_similarity: f64,
    /// Maximum number of forms, the most similar; at most [`MAX_FORMS`].
    pub limit: usize,
    /// Whether the uses of the wording are listed, at most [`MAX_USES`].
    pub uses: bool,
    /// The passages to search.
    pub filter: Filter,
}

impl Default for LineageOptions {
    fn default() -> Self {
        Self {
            min_similarity: SAME,
            limit: 20,
            uses: false,
            filter: Filter::default(),
        }
    }
}
