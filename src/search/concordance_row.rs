//! A concordance with the field names of the product's JSON.

use serde::{Deserialize, Serialize};

use crate::search::{Concordance, ConcordanceLine, DocumentRef, Group, SectionRef};

/// A line with the headings above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConcordanceRow {
    /// The document.
    pub document: DocumentRef,
    /// Where it is, as `DOCUMENT:LINE`.
    pub place: String,
    /// The headings above it, from the top.
    pub section: Vec<SectionRef>,
    /// Its passage.
    pub passage: LinePassage,
    /// Half-open range of characters in the passage's text.
    pub span: (usize, usize),
    /// The context before it.
    pub left: String,
    /// The characters that match.
    pub hit: String,
    /// The context after it.
    pub right: String,
    /// The document's date, as precise as it is known.
    pub date: Option<String>,
}

/// The passage of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePassage {
    /// Its number in the document.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
}

/// What is said of all lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConcordanceHead<'a> {
    /// The query as entered.
    pub query: &'a str,
    /// All occurrences, sampled or not.
    pub occurrences: u64,
    /// Documents that hold them.
    pub documents: u64,
    /// [`Concordance::dispersion`] with six decimals.
    pub dispersion: Option<f64>,
    /// The frequency list.
    pub groups: &'a [Group],
}

impl From<(ConcordanceLine, Vec<SectionRef>)> for ConcordanceRow {
    fn from((line, section): (ConcordanceLine, Vec<SectionRef>)) -> Self {
        Self {
            date: line.document.date.map(|date| date.to_string()),
            passage: LinePassage {
                number: line.number,
                line: line.line,
            },
            document: DocumentRef::clone(&line.document),
            place: line.place,
            section,
            span: line.span,
            left: line.left,
            hit: line.hit,
            right: line.right,
        }
    }
}

impl Concordance<'_> {
    /// What is said of all lines of the concordance of `query`.
    pub fn head<'a>(&'a self, query: &'a str) -> ConcordanceHead<'a> {
        ConcordanceHead {
            query,
            occurrences: self.occurrences,
            documents: self.n_documents,
            // Six decimals are more than anybody reads, and few enough to hide the rounding of the last bits.
            dispersion: self.dispersion.map(|value| (value * 1e6).round() / 1e6),
            groups: &self.groups,
        }
    }
}
