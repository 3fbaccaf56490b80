//! A concordance and how much of it is shown.

use xunzhang::search::{Concordance, ConcordanceLine, SectionRef};

use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;

/// A line and the headings above it, from the top.
pub(super) type LineInSection = (ConcordanceLine, Vec<SectionRef>);

/// A concordance and how much of it is shown.
pub(crate) struct Shown<'a> {
    pub(crate) query: &'a str,
    pub(crate) concordance: &'a Concordance<'a>,
    /// Number of lines that are shown.
    pub(crate) n: usize,
}

impl Shown<'_> {
    /// The lines that are shown, one at a time.
    pub(super) fn lines(&self) -> impl Iterator<Item = xunzhang::search::Result<ConcordanceLine>> {
        (0..self.n).map(|ord| self.concordance.line(ord))
    }

    /// The lines that are shown, one at a time, each with the headings above it.
    pub(super) fn lines_in_sections(
        &self,
    ) -> impl Iterator<Item = xunzhang::search::Result<LineInSection>> {
        self.lines().map(|line| {
            let line = line?;
            let section = self.concordance.section(&line)?;
            Ok((line, section))
        })
    }
}

/// How many occurrences there are, in how many documents, how they are spread, and how many lines are shown.
pub(crate) fn totals(shown: &Shown<'_>, lang: Lang) -> String {
    let concordance = shown.concordance;
    let places = say!(lang, "n-occurrences", n = concordance.occurrences);
    let documents = say!(lang, "n-documents", n = concordance.n_documents);
    let all = grouped(concordance.n_filtered);
    let dispersion = concordance.dispersion.unwrap_or(0.0);
    let dispersion = format!("{dispersion:.2}");
    let mut out = say!(
        lang,
        "concordance-total",
        places,
        documents,
        all,
        dispersion
    );
    // Only where some are left out: otherwise the total says it.
    if (shown.n as u64) < concordance.occurrences {
        let n = grouped(shown.n as u64);
        out.push_str(&say!(lang, "concordance-shown", n));
    }
    out
}
