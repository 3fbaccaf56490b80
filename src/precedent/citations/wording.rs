//! The nearest wording in a document, and the differences from it.

use std::ops::Range;

use super::library::CitedDocument;
use crate::precedent::align::Alignment;
use crate::precedent::diff::{Edit, Op, Wording, diff};
use crate::precedent::pieces::cut;
use crate::precedent::window::Probe;
use crate::query::Vocabulary;
use crate::text::units::Units;

/// Windows of a document that are aligned.
const ALIGNED: usize = 24;

/// A wording in a document that is near to another.
#[derive(Clone, Debug)]
pub(super) struct Near {
    /// Ordinal of the passage.
    pub(super) passage: usize,
    /// Its units, ordinals in the passage.
    pub(super) units: Range<usize>,
    pub(super) similarity: f64,
    alignment: Alignment,
}

/// The wording of a document among some of its passages that is nearest to `units`, the first of equally near ones.
pub(super) fn nearest(
    units: &Units,
    document: &CitedDocument,
    passages: Range<usize>,
    vocabulary: Vocabulary<'_>,
) -> Option<Near> {
    let probe = Probe::new(units);
    let mut estimates = Vec::new();
    for ord in passages {
        let passage = &document.passages[ord];
        let (text, units, _) = passage.body();
        let found = probe.estimates(text, units);
        estimates.extend(found.into_iter().map(|estimate| (ord, estimate)));
    }
    estimates.sort_by(|(_, a), (_, b)| b.overlap.total_cmp(&a.overlap));
    estimates.truncate(ALIGNED);
    let mut best: Option<Near> = None;
    for (ord, estimate) in &estimates {
        let (_, units, n_label) = document.passages[*ord].body();
        let Some(window) = probe.window(estimate, units, vocabulary) else {
            continue;
        };
        let similarity = window.alignment.similarity();
        if best
            .as_ref()
            .is_none_or(|best| similarity > best.similarity)
        {
            best = Some(Near {
                passage: *ord,
                units: window.units.start + n_label..window.units.end + n_label,
                similarity,
                alignment: window.alignment,
            });
        }
    }
    best
}

impl Near {
    /// The original characters of the wording.
    pub(super) fn text(&self, document: &CitedDocument) -> String {
        let passage = &document.passages[self.passage];
        cut(&passage.stored.text, passage.units.span(self.units.clone()))
    }

    /// The edits that turn `text` into the wording.
    pub(super) fn diff(
        &self,
        (text, units): (&str, &Units),
        document: &CitedDocument,
        vocabulary: Vocabulary<'_>,
    ) -> Vec<Edit> {
        let wording = self.text(document);
        let wording_units = Units::new(&wording);
        diff(
            Wording { text, units },
            Wording {
                text: &wording,
                units: &wording_units,
            },
            &self.alignment,
            &vocabulary,
        )
    }
}

/// The edits that replace a figure by another as a whole.
pub(super) fn replaced_whole(from: &str, to: &str) -> Vec<Edit> {
    vec![Edit {
        op: Op::Replace,
        from: from.to_owned(),
        to: to.to_owned(),
    }]
}

/// The edits between two short texts that begin and end alike; no number in digits is cut.
pub(super) fn replaced(from: &str, to: &str) -> Vec<Edit> {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let is_digit = |chars: &[char], at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let shorter = from.len().min(to.len());
    let mut head = (0..shorter).take_while(|&at| from[at] == to[at]).count();
    while head > 0 && is_digit(&from, head - 1) && (is_digit(&from, head) || is_digit(&to, head)) {
        head -= 1;
    }
    let mut tail = (0..shorter - head)
        .take_while(|&at| from[from.len() - 1 - at] == to[to.len() - 1 - at])
        .count();
    while tail > 0 && is_digit(&from, from.len() - tail) {
        tail -= 1;
    }
    let text = |chars: &[char]| -> String { chars.iter().collect() };
    let equal = |chars: &[char]| Edit {
        op: Op::Equal,
        from: text(chars),
        to: text(chars),
    };
    let mut out = Vec::new();
    if head > 0 {
        out.push(equal(&from[..head]));
    }
    let (middle, other) = (
        text(&from[head..from.len() - tail]),
        text(&to[head..to.len() - tail]),
    );
    let op = match (middle.is_empty(), other.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Op::Insert),
        (false, true) => Some(Op::Delete),
        (false, false) => Some(Op::Replace),
    };
    out.extend(op.map(|op| Edit {
        op,
        from: middle,
        to: other,
    }));
    if tail > 0 {
        out.push(equal(&from[from.len() - tail..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_begin_and_end_with_is_no_difference() {
        let shown = |from: &str, to: &str| -> String {
            let edits = replaced(from, to).into_iter();
            let edits = edits.map(|edit| match edit.op {
                Op::Equal => edit.to,
                _ => format!("[{}>{}]", edit.from, edit.to),
            });
            edits.collect()
        };
        for (from, to, expected) in [
            ("第三条", "第四条", "第[三>四]条"),
            ("第十三条", "第十三条第二款", "第十三条[>第二款]"),
            (
                "国发〔2015〕12号",
                "国发〔2015〕13号",
                "国发〔2015〕[12>13]号",
            ),
            (
                "国发〔2015〕12号",
                "国发〔2015〕112号",
                "国发〔2015〕[12>112]号",
            ),
            (
                "国发〔2015〕12号",
                "国发〔2014〕12号",
                "国发〔[2015>2014]〕12号",
            ),
            ("第三条", "第三条", "第三条"),
        ] {
            assert_eq!(shown(from, to), expected);
        }
    }
}
