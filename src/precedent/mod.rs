//! Precedent wording: how others have put something, and which parts of a draft occur elsewhere already.
//!
//! [`find`] answers a text sentence by sentence. Verbatim occurrences come from exact matching. For other
//! wordings, passages that share the rarest grams with the sentence are candidates
//! ([`Scope::overlapping`](crate::search::Scope::overlapping)); the run of clauses in them that overlaps most
//! is aligned with the sentence by units ([`align()`]), and equal wordings, wherever they occur, are one
//! variant. The occurrences of a variant are again counted by exact matching, so that every number is that of
//! a scan.
//!
//! [`frame()`] tabulates the fillers of a pattern's gaps, [`check()`] looks up every sentence of a draft and what it cites,
//! [`compare()`] puts two reports side by side sentence by sentence, [`lineage()`] traces a wording through the years,
//! and [`similar()`] and [`duplicates()`] compare whole documents by [`fingerprints()`].

mod align;
mod amount;
mod check;
mod checked;
mod citations;
mod commitments;
mod compare;
mod diff;
mod draft_passage;
mod duplicates;
mod error;
mod figure;
mod find;
mod fingerprints;
mod frame;
mod join;
mod lineage;
mod marks;
mod options;
mod pieces;
mod similar;
mod template;
#[cfg(test)]
mod test_index;
mod totals;
mod variant;
mod variants;
mod window;
mod word_edges;

pub use align::{AlignedRun, Alignment, MIN_MOVED, MOVED, align};
pub use check::{COUNTED, CheckOptions, MAX_DRAFT, MIN_CLAUSE, MIN_RUN, check};
pub use checked::{
    COMMON_TITLES, Check, Checked, Class, Classes, DocumentShare, LOOSE, NEAR, Rarity,
};
pub use citations::{
    ALTERED, Citation, CitationKind, CitationStatus, CitedEdition, MIN_QUOTATION, NewerEdition,
    Relation, Remark,
};
pub use commitments::{
    ABOUT, Bound, Change, Commitment, CommitmentStatus, Period, Reason, StatedFigure,
};
pub use compare::{
    CompareOptions, Compared as ComparedSentence, Comparison, Figure, FirstUse, LeftOut,
    MAX_COMPARED, Pair, SectionShare, Series, SharePair, Status, Summary, WhyLeftOut, compare,
    compare_series,
};
pub use diff::{Edit, Op};
pub use draft_passage::DraftPassage;
pub use duplicates::{Cluster, Copy, duplicates};
pub use error::{Error, Result};
pub use find::{MAX_TEXT, Precedents, Sentence, find};
pub use fingerprints::{GRAM, GUARANTEE, WINDOW, fingerprints};
pub use frame::{Example, Frame, Row, UNDATED, frame};
pub use lineage::{
    Adoption, Edge, Form, Lineage, LineageOptions, MAX_FORMS, MAX_USES, MAX_WORDING, Rule, SAME,
    Spread, Succession, Successor, Use, lineage,
};
pub use options::Options;
pub use pieces::{LONG, Piece, pieces};
pub use similar::{Compared, SharedPassage, Similar, SimilarOptions, similar};
pub use template::{Filler, Part};
pub use variant::{Source, SourcePassage, Variant};
