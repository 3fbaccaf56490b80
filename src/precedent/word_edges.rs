//! Where words begin in a text.

use crate::query::Vocabulary;
use crate::text::units::Units;

/// What knows where words begin.
pub(super) trait WordEdges {
    /// For each unit whether a word begins with it, and one more for the end of the text.
    fn of(&self, units: &Units) -> Vec<bool>;
}

impl WordEdges for Vocabulary<'_> {
    /// The longest word from each edge on, as far as the index has any: what is read twice has to be cut the same way.
    fn of(&self, units: &Units) -> Vec<bool> {
        let mut text = String::new();
        let starts = units.texts().map(|unit| {
            let start = text.len();
            text.push_str(unit);
            start
        });
        let starts: Vec<usize> = starts.collect();
        let mut longest = vec![0; starts.len()];
        // Without a vocabulary every unit is a word.
        for word in self.words(&text).unwrap_or_default() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let end = start + word.len();
            if let Ok(ord) = starts.binary_search(&start) {
                let next = starts.partition_point(|start| *start < end);
                longest[ord] = longest[ord].max(next - ord);
            }
        }
        let mut edges = vec![false; starts.len() + 1];
        let mut at = 0;
        while at < longest.len() {
            edges[at] = true;
            at += longest[at].max(1);
        }
        edges[starts.len()] = true;
        edges
    }
}

#[cfg(test)]
mod tests {
    use crate::precedent::test_index::with_documents;

    use super::*;

    #[test]
    fn the_longest_word_has_no_edge_inside() {
        with_documents(
            &[("a.txt", "白苇县失地农民安置。\n")],
            |searcher| {
                let vocabulary = searcher.vocabulary();
                for (text, expected) in [
                    ("失地农民", &[0, 4][..]),
                    // Alone its parts are words.
                    ("农民", &[0, 2]),
                    ("失地农民失地农民", &[0, 4, 8]),
                    // Units of no word have edges of their own.
                    ("塬峁失地农民", &[0, 1, 2, 6]),
                    ("", &[0]),
                ] {
                    let edges = vocabulary.of(&Units::new(text));
                    let found: Vec<usize> = (0..edges.len()).filter(|&ord| edges[ord]).collect();
                    assert_eq!(found, expected, "{text}");
                }
            },
        );
    }
}
