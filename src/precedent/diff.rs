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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::precedent::align::align;
    use proptest::prelude::*;

    fn script(from: &str, to: &str) -> Vec<Edit> {
        let (from_units, to_units) = (Units::new(from), Units::new(to));
        let row = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
        let alignment = align(&row(&from_units), &row(&to_units));
        let wording = |text, units| Wording { text, units };
        diff(
            wording(from, &from_units),
            wording(to, &to_units),
            &alignment,
        )
    }

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(Op, &str, &str)]) {
        let edits = script(from, to);
        let actual: Vec<(Op, &str, &str)> = edits
            .iter()
            .map(|edit| (edit.op, &*edit.from, &*edit.to))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn steps_turn_one_wording_into_another() {
        use Op::*;
        check(
            "修路架桥",
            "修路、架桥",
            &[(Equal, "修路架桥", "修路、架桥")],
        );
        check(
            "修路架桥",
            "修好路架桥",
            &[
                (Equal, "修", "修"),
                (Insert, "", "好"),
                (Equal, "路架桥", "路架桥"),
            ],
        );
        check(
            "全力修路",
            "修路",
            &[(Delete, "全力", ""), (Equal, "修路", "修路")],
        );
        check(
            "修路架桥",
            "修渠架桥",
            &[
                (Equal, "修", "修"),
                (Replace, "路", "渠"),
                (Equal, "架桥", "架桥"),
            ],
        );
        check("，修路", "种树。", &[(Replace, "修路", "种树")]);
        check("", "种树", &[(Insert, "", "种树")]);
        check("", "", &[]);
    }

    #[test]
    fn a_moved_block_is_deleted_and_inserted() {
        let edits = script("学习、工作两不误", "工作学习两不误");
        assert!(
            edits
                .iter()
                .any(|edit| edit.op == Op::Insert && edit.to.contains("工作"))
        );
        assert!(
            edits
                .iter()
                .any(|edit| edit.op == Op::Delete && edit.from.contains("工作"))
        );
    }

    #[test]
    fn an_edit_is_stored_as_three_values() {
        let edit = Edit {
            op: Op::Replace,
            from: "路".to_owned(),
            to: "渠".to_owned(),
        };
        let json = serde_json::to_string(&edit).expect("plain data");
        assert_eq!(json, "[\"replace\",\"路\",\"渠\"]");
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_both_wordings(from in "[修路架桥3a，、 ]{0,12}", to in "[修路架桥3a，、 ]{0,12}") {
            let whole = |text: &str| {
                let units = Units::new(text);
                Wording { text, units: &units }.cut(0..units.len())
            };
            let edits = script(&from, &to);
            let joined = |part: fn(&Edit) -> &str| edits.iter().map(part).collect::<String>();
            prop_assert_eq!(joined(|edit| &edit.from), whole(&from));
            prop_assert_eq!(joined(|edit| &edit.to), whole(&to));
            for edit in &edits {
                let is_right = match edit.op {
                    Op::Equal => Units::new(&edit.from).texts().eq(Units::new(&edit.to).texts()),
                    Op::Insert => edit.from.is_empty() && !edit.to.is_empty(),
                    Op::Delete => edit.to.is_empty() && !edit.from.is_empty(),
                    Op::Replace => !edit.from.is_empty() && !edit.to.is_empty(),
                };
                prop_assert!(is_right, "{:?}", edit);
            }
            // Two steps of one kind would be one step.
            prop_assert!(edits.windows(2).all(|two| two[0].op == Op::Equal || two[1].op == Op::Equal));
        }
    }
}
