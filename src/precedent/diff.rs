//! Edit scripts: what turns one wording into another.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::align::Alignment;
use crate::text::units::Units;

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Both have it: the same units, though marks between them may differ.
    Equal,
    /// Only the variant has it.
    Insert,
    /// Only the text has it.
    Delete,
    /// The variant has something else.
    Replace,
}

/// One step of a script; it serializes as `[op, from, to]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it does.
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
    /// The characters of units `range`, and the marks behind each of them but the very last unit.
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
        let end = items.get(range.end).map_or(last.end, |next| next.start);
        let chars = self.text.chars().skip(first.start as usize);
        chars.take((end - first.start) as usize).collect()
    }
}

/// The script from one wording to another along their alignment, from the first unit to the last.
///
/// Moved blocks are deleted where they stood and inserted where they stand. The `from` parts put together are the
/// text from its first unit to its last, the `to` parts the variant.
pub(super) fn diff(from: Wording<'_>, to: Wording<'_>, alignment: &Alignment) -> Vec<Edit> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
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
