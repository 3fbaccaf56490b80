//! A text of several sentences, each held against one document.

use std::ops::Range;

use super::citation::CitationStatus;
use super::library::CitedDocument;
use super::verdict::Verdict;
use super::wording::nearest;
use crate::precedent::diff::{Edit, Op};
use crate::precedent::pieces::{Piece, cut, pieces};
use crate::precedent::variant::Source;
use crate::query::Vocabulary;
use crate::text::units::Units;

/// Similarity from which another wording of the source is what was meant.
pub const ALTERED: f64 = 0.7;
/// Minimum number of units of a quotation that can be distinguished from another text; a shorter one that is not found as it is, is not found.
pub const MIN_QUOTATION: usize = 5;
/// Marks by which a quotation leaves words out.
const ELLIPSES: [&str; 3] = ["……", "…", "..."];

/// A text compared with a document.
pub(super) struct Compared {
    /// Mean of its sentences' similarities, by their units.
    pub(super) similarity: f64,
    /// The passage of the first sentence that differs.
    pub(super) passage: usize,
    pub(super) source: Source,
    pub(super) wording: String,
    pub(super) diff: Vec<Edit>,
}

impl Compared {
    /// That the document has the text in other words.
    pub(super) fn verdict(self) -> Verdict {
        Verdict {
            source: Some(self.source),
            wording: Some(self.wording),
            diff: self.diff,
            ..Verdict::of(CitationStatus::Altered)
        }
    }
}

/// The parts of a quotation between its ellipses.
fn between_ellipses(text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for ellipsis in ELLIPSES {
        text = text.replace(ellipsis, "\n");
    }
    text.split('\n').map(str::to_owned).collect()
}

/// The units of each part between ellipses, which follow each other in the source; stops end no part.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = between_ellipses(text).into_iter();
    let rows = rows.map(|part| Units::new(&part).texts().map(str::to_owned).collect());
    rows.filter(|row: &Vec<String>| !row.is_empty()).collect()
}

/// The sentences of a quotation.
pub(super) fn sentences(text: &str) -> Vec<Piece> {
    between_ellipses(text)
        .iter()
        .flat_map(|part| pieces(part))
        .collect()
}

/// Compares a text, sentence by sentence, with some passages of a document; `None` if nothing there is like it.
pub(super) fn compared(
    text: &str,
    document: &CitedDocument,
    passages: Range<usize>,
    vocabulary: Vocabulary<'_>,
) -> Option<Compared> {
    let mut first: Option<(Source, usize)> = None;
    let (mut weight, mut n_units) = (0.0, 0);
    let (mut wording, mut diff) = (String::new(), Vec::new());
    for sentence in sentences(text) {
        let n = sentence.units.len();
        n_units += n;
        let row: Vec<String> = sentence.units.texts().map(str::to_owned).collect();
        if let Some((passage, units)) = document.find(&[row], &passages) {
            weight += n as f64;
            let read = &document.passages[passage];
            let same = cut(&read.stored.text, read.units.span(units));
            diff.push(Edit {
                op: Op::Equal,
                from: sentence.text,
                to: same.clone(),
            });
            wording.push_str(&same);
            continue;
        }
        let Some(near) = nearest(&sentence.units, document, passages.clone(), vocabulary) else {
            diff.push(Edit {
                op: Op::Delete,
                from: sentence.text,
                to: String::new(),
            });
            continue;
        };
        weight += near.similarity * n as f64;
        wording.push_str(&near.text(document));
        diff.extend(near.diff((&sentence.text, &sentence.units), document, vocabulary));
        first.get_or_insert_with(|| {
            (
                document.source(near.passage, near.units.clone()),
                near.passage,
            )
        });
    }
    let (source, passage) = first?;
    Some(Compared {
        similarity: weight / n_units.max(1) as f64,
        passage,
        source,
        wording,
        diff,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_cut_at_its_ellipses() {
        let joined = |text: &str| {
            rows(text)
                .iter()
                .map(|row| row.concat())
                .collect::<Vec<_>>()
        };
        assert_eq!(joined("谁用水……谁出工。谁管护"), ["谁用水", "谁出工谁管护"]);
        assert_eq!(joined("……谁用水…"), ["谁用水"]);
        assert!(joined("……").is_empty());
    }
}
