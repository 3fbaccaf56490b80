//! Edit scripts: the steps that turn one wording into another.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::align::Alignment;
use crate::text::units::Units;

/// The operation of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// In both: the same units, though marks between them may differ.
    Equal,
    /// Only in the variant.
    Insert,
    /// Only in the text.
    Delete,
    /// Different in the variant.
    Replace,
}

/// One step of a script; it serializes as `[op, from, to]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its operation.
    pub op: Op,
    /// Original characters of the text; empty for [`Op::Insert`].
    pub from: String,
    /// Original characters of the variant; empty for [`Op::Delete`].
    pub to: String,
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.op, &self.from, &self.to).serialize(serializer)
    }
}

/// A text with its units.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) text: &'a str,
    pub(super) units: &'a Units,
}

impl Wording<'_> {
    /// The characters of units `range`, and the marks after each of them except the very last unit.
    pub(super) fn cut(&self, range: Range<usize>) -> String {
        let items = self.units.items();
        let (Some(first), Some(last)) =
            (items.get(range.start), items.get(range.end.wrapping_sub(1)))
        else {
            return String::new();
        };
        if range.is_empty() {
            return String::new();
        }
        // The marks up to the next unit belong to the part before them, so that the parts add up to the whole
        // wording.
        let end = items.get(range.end).map_or(last.end, |next| next.start);
        let chars = self.text.chars().skip(first.start as usize);
        chars.take((end - first.start) as usize).collect()
    }
}

/// The script from one wording to another along their alignment, from the first unit to the last.
///
/// Moved blocks are deleted at their old position and inserted at the new one. The `from` parts concatenated
/// are the text from its first unit to its last, the `to` parts the variant.
pub(super) fn diff(from: Wording<'_>, to: Wording<'_>, alignment: &Alignment) -> Vec<Edit> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    // A linear script cannot express a move; moved runs become a deletion and an insertion.
    for run in alignment.runs.iter().filter(|run| !run.moved) {
        change(&mut out, from.cut(i..run.from), to.cut(j..run.to));
        (i, j) = (run.from + run.len, run.to + run.len);
        out.push(Edit {
            op: Op::Equal,
            from: from.cut(run.from..i),
            to: to.cut(run.to..j),
        });
    }
    change(
        &mut out,
        from.cut(i..from.units.len()),
        to.cut(j..to.units.len()),
    );
    out
}

fn change(out: &mut Vec<Edit>, from: String, to: String) {
    let op = match (from.is_empty(), to.is_empty()) {
        (true, true) => return,
        (true, false) => Op::Insert,
        (false, true) => Op::Delete,
        (false, false) => Op::Replace,
    };
    out.push(Edit { op, from, to });
}
