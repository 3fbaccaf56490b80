//! Edit scripts: the steps that turn one wording into another.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::align::{AlignedRun, Alignment};
use super::word_edges::WordEdges;
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
/// are the text from its first unit to its last, the `to` parts the variant. Of equally short scripts it is the one that
/// cuts the fewest words.
pub(super) fn diff(
    from: Wording<'_>,
    to: Wording<'_>,
    alignment: &Alignment,
    edges: &dyn WordEdges,
) -> Vec<Edit> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    // A linear script cannot express a move; moved runs become a deletion and an insertion.
    let runs = alignment.runs.iter().filter(|run| !run.moved).copied();
    let mut runs: Vec<AlignedRun> = runs.collect();
    slide(&mut runs, (from.units, to.units), edges);
    for run in &runs {
        change(&mut out, from.cut(i..run.from), to.cut(j..run.to));
        (i, j) = (run.from + run.len, run.to + run.len);
        out.push(Edit {
            op: Op::Equal,
            from: from.cut(run.from..i),
            to: to.cut(run.to..j),
        });
    }
    let (from_end, to_end) = (from.units.len(), to.units.len());
    change(&mut out, from.cut(i..from_end), to.cut(j..to_end));
    out
}

/// Moves what is only in one wording along equal units, as far as it then begins and ends with words: 服务｛业服务｝中心
/// and 服务业｛服务｝中心 … are the same change (as line-based tools slide a block of lines to an empty one).
fn slide(runs: &mut [AlignedRun], (from, to): (&Units, &Units), edges: &dyn WordEdges) {
    for ord in 0..=runs.len() {
        let (before, after) = (
            ord.checked_sub(1).map(|ord| runs[ord]),
            runs.get(ord).copied(),
        );
        let starts = before.map_or((0, 0), |run| (run.from + run.len, run.to + run.len));
        let ends = after.map_or((from.len(), to.len()), |run| (run.from, run.to));
        let (units, gap) = match (ends.0 - starts.0, ends.1 - starts.1) {
            (0, 1..) => (to, starts.1..ends.1),
            (1.., 0) => (from, starts.0..ends.0),
            _ => continue,
        };
        let same = |a: usize, b: usize| units.text(a) == units.text(b);
        // A run keeps one unit at least: without it two changes would meet. At an end no run takes what the other gives, and
        // equal units would be shown as replaced.
        let can_slide = before.is_some() && after.is_some();
        let most = |run: Option<AlignedRun>| {
            let run = run.filter(|_| can_slide);
            run.map_or(0, |run| run.len.saturating_sub(1))
        };
        let left = (1..=most(before))
            .take_while(|n| same(gap.start - n, gap.end - n))
            .count();
        let right = (0..most(after))
            .take_while(|n| same(gap.start + n, gap.end + n))
            .count();
        if left + right == 0 {
            continue;
        }
        let is_edge = edges.of(units);
        let words = |by: isize| {
            let at = |ord: usize| is_edge.get(ord.saturating_add_signed(by)) == Some(&true);
            usize::from(at(gap.start)) + usize::from(at(gap.end))
        };
        let shifts = -(left as isize)..=right as isize;
        let key = |by: &isize| (words(*by), std::cmp::Reverse(by.unsigned_abs()));
        let by = shifts.max_by_key(key).unwrap_or(0);
        if let Some(before) = ord.checked_sub(1).and_then(|ord| runs.get_mut(ord)) {
            before.len = before.len.saturating_add_signed(by);
        }
        if let Some(after) = runs.get_mut(ord) {
            after.from = after.from.saturating_add_signed(by);
            after.to = after.to.saturating_add_signed(by);
            after.len = after.len.saturating_add_signed(-by);
        }
    }
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

    /// Words of the tests.
    struct Listed;

    impl WordEdges for Listed {
        fn of(&self, units: &Units) -> Vec<bool> {
            let words = ["服务", "服务业", "中心", "修路", "架桥", "发展", "高质量"];
            let text: String = units.texts().collect();
            let mut edges = vec![false; units.len() + 1];
            for word in words {
                let n = word.chars().count();
                for (at, _) in text.match_indices(word) {
                    let at = text[..at].chars().count();
                    edges[at] = true;
                    if let Some(end) = edges.get_mut(at + n) {
                        *end = true;
                    }
                }
            }
            edges
        }
    }

    #[test]
    fn what_is_added_begins_and_ends_with_words() {
        use Op::*;
        check(
            "推动发展",
            "推动发展、高质量发展",
            &[
                (Equal, "推动发展", "推动发展、"),
                (Insert, "", "高质量发展"),
            ],
        );
        check(
            "修路架桥",
            "修路修路架桥",
            &[(Insert, "", "修路"), (Equal, "修路架桥", "修路架桥")],
        );
        check(
            "建服务业服务中心",
            "建服务中心",
            &[
                (Equal, "建", "建"),
                (Delete, "服务业", ""),
                (Equal, "服务中心", "服务中心"),
            ],
        );
    }

    fn script(from: &str, to: &str) -> Vec<Edit> {
        let (from_units, to_units) = (Units::new(from), Units::new(to));
        let row = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
        let alignment = align(&row(&from_units), &row(&to_units));
        let wording = |text, units| Wording { text, units };
        diff(
            wording(from, &from_units),
            wording(to, &to_units),
            &alignment,
            &Listed,
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

    #[test]
    fn marks_after_a_unit_belong_to_its_part() {
        let text = "修渠，三里；架桥。";
        let units = Units::new(text);
        let wording = Wording {
            text,
            units: &units,
        };
        for (range, expected) in [
            (0..2, "修渠，"),
            (2..4, "三里；"),
            (4..6, "架桥"),
            (0..6, "修渠，三里；架桥"),
            (1..3, "渠，三"),
            (0..0, ""),
            (6..6, ""),
            (3..3, ""),
        ] {
            assert_eq!(wording.cut(range.clone()), expected, "{range:?}");
        }
    }

    #[test]
    fn what_slides_leaves_no_unit_without_its_counterpart() {
        use Op::*;
        check(
            "路渠",
            "路修路渠",
            &[(Insert, "", "路修"), (Equal, "路渠", "路渠")],
        );
        check(
            "渠修",
            "渠修路修",
            &[(Equal, "渠修", "渠修"), (Insert, "", "路修")],
        );
        // Between two runs both have a unit to give.
        check(
            "架路渠",
            "架路修路渠",
            &[
                (Equal, "架路", "架路"),
                (Insert, "", "修路"),
                (Equal, "渠", "渠"),
            ],
        );
    }

    #[test]
    fn a_step_without_text_is_no_step() {
        for (from, to, expected) in [
            ("", "", None),
            ("", "渠", Some(Op::Insert)),
            ("路", "", Some(Op::Delete)),
            ("路", "渠", Some(Op::Replace)),
        ] {
            let mut out = Vec::new();
            change(&mut out, from.to_owned(), to.to_owned());
            assert_eq!(out.first().map(|edit| edit.op), expected, "{from}{to}");
        }
    }
}
