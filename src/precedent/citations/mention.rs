//! What a draft mentions, before it is looked up: plain data.

use std::ops::Range;

use super::reference::ArticleReference;
use crate::precedent::figure::FigureSpan;

/// A mention in a passage of the draft.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    /// Ordinal of the passage.
    pub(super) passage: usize,
    /// Ordinal of the sentence in the passage; a stop inside quotation marks ends none.
    pub(super) sentence: usize,
    /// Half-open range of characters in the passage, without the marks around it.
    pub(super) span: Range<usize>,
    pub(super) text: String,
    pub(super) item: Mentioned,
}

/// What is mentioned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mentioned {
    Quotation,
    /// With the year beside it, by which an edition may be meant.
    Title {
        year: Option<u16>,
    },
    /// A report that is named without brackets, as in 2016年政府工作报告: a source, and no citation itself.
    Report {
        year: u16,
    },
    /// With the Han characters before it, which may name the law without brackets.
    Article {
        reference: ArticleReference,
        before: String,
    },
    Number,
    /// With the words before it in its sentence that say of what it is.
    Figure {
        figure: FigureSpan,
        subject: String,
    },
}

/// The source that a draft names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claim {
    /// The title as printed.
    pub(super) title: String,
    pub(super) year: Option<u16>,
}
