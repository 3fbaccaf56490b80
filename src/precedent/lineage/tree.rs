//! The tree of forms: which earlier form each goes back to.

use std::cmp::{Ordering, Reverse};

use super::history::Edge;
use crate::document::Date;
use crate::precedent::align::align;
use crate::precedent::diff::{Wording, diff};
use crate::precedent::word_edges::WordEdges;
use crate::text::units::Units;

/// A form as a node of the tree.
pub(super) struct Node<'a> {
    pub(super) text: &'a str,
    pub(super) units: &'a Units,
    pub(super) row: &'a [String],
    pub(super) first: Option<Date>,
    pub(super) occurrences: u64,
}

impl Node<'_> {
    fn wording(&self) -> Wording<'_> {
        Wording {
            text: self.text,
            units: self.units,
        }
    }
}

/// By first date, undated last; then by occurrences, most first; then by text.
pub(super) fn by_first(a: &Node<'_>, b: &Node<'_>) -> Ordering {
    let key = |node: &Node<'_>| (node.first.is_none(), node.first, Reverse(node.occurrences));
    key(a).cmp(&key(b)).then_with(|| a.text.cmp(b.text))
}

/// For each node the edge to the node of an earlier date that is most similar to it, at least `min_similarity`; of equal ones the
/// later, then the one with more occurrences, then the one that comes first.
pub(super) fn edges(
    nodes: &[Node<'_>],
    min_similarity: f64,
    words: &dyn WordEdges,
) -> Vec<Option<Edge>> {
    let edge = |node: &Node<'_>| {
        let date = node.first?;
        let earlier = nodes.iter().enumerate().filter_map(|(ord, other)| {
            let first = other.first.filter(|&first| precedes(first, date))?;
            let alignment = align(other.row, node.row);
            let similarity = alignment.similarity();
            (similarity >= min_similarity).then_some((ord, first, similarity, alignment))
        });
        let nearest = earlier.max_by(|a, b| {
            let by_similarity = a.2.total_cmp(&b.2);
            by_similarity
                .then(a.1.cmp(&b.1))
                .then(nodes[a.0].occurrences.cmp(&nodes[b.0].occurrences))
                .then(b.0.cmp(&a.0))
        });
        let (form, _, similarity, alignment) = nearest?;
        Some(Edge {
            form,
            similarity: (similarity * 1e4).floor() / 1e4,
            date: Some(date),
            diff: diff(nodes[form].wording(), node.wording(), &alignment, words),
        })
    };
    nodes.iter().map(edge).collect()
}

/// Whether the one date is before the other, as precisely as both are known.
pub(super) fn precedes(one: Date, other: Date) -> bool {
    if one.year != other.year {
        return one.year < other.year;
    }
    match (one.month, other.month) {
        (Some(a), Some(b)) if a != b => a < b,
        (Some(_), Some(_)) => matches!((one.day, other.day), (Some(a), Some(b)) if a < b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_as_precisely_as_both_are_known() {
        let date = |year, month, day| Date::new(year, month, day).expect("a date");
        let year = date(2009, None, None);
        let month = date(2009, Some(8), None);
        let day = date(2009, Some(8), Some(20));
        for (one, other, expected) in [
            (year, date(2010, None, None), true),
            (date(2010, None, None), year, false),
            (year, month, false),
            (month, year, false),
            (month, date(2009, Some(9), None), true),
            (month, day, false),
            (day, date(2009, Some(8), Some(21)), true),
            (day, day, false),
            (
                date(2009, Some(8), Some(31)),
                date(2009, Some(9), None),
                true,
            ),
        ] {
            assert_eq!(precedes(one, other), expected, "{one} {other}");
        }
    }
}
