//! What is printed of an answer, and how.

use std::time::Instant;

use xunzhang::query::Node;

use crate::cli::messages::Lang;
use crate::cli::output::Format;
use crate::cli::paint::Paint;
use crate::cli::session::Talk;

/// What `--format` takes.
pub(super) const FORMATS: [Format; 10] = [
    Format::Text,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Tsv,
    Format::Trec,
    Format::Xlsx,
    Format::Html,
    Format::Docx,
    Format::Md,
];

/// A query as it was asked.
pub(super) struct Asked<'a> {
    /// Its id; only among the queries of a file.
    pub(super) id: Option<&'a str>,
    pub(super) text: &'a str,
    /// What it was parsed to.
    pub(super) node: &'a Node,
    pub(super) started: Instant,
}

/// How answers are printed.
pub(super) struct Page {
    pub(super) format: Format,
    pub(super) counts_only: bool,
    /// Whether the answer is one of many.
    pub(super) is_batch: bool,
    /// Rank of its first hit.
    pub(super) first: usize,
    /// Maximum number of its hits.
    pub(super) limit: usize,
    pub(super) length: Length,
    pub(super) explain: bool,
    pub(super) lang: Lang,
    pub(super) paint: Paint,
    pub(super) width: usize,
    /// Cells of a line that is cut rather than wrapped.
    pub(super) path_width: usize,
    pub(super) talk: Talk,
}

/// How much of a passage is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// All of it.
    Whole,
    /// The sentences around the hits.
    AroundHits,
}
