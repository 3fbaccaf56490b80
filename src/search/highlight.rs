//! Which characters of a passage the query means.

use super::Searcher;
use crate::index::SectionRecord;
use crate::query::{Leaf, Node, Restriction};
use crate::search::hit::SectionHighlights;
use crate::text::normalize::normalize;
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Half-open ranges of original characters of `text` that `node` means, ascending, none touching another.
///
/// A phrase is marked where it matches, each sequence of a pattern by itself; a bare word where its characters or those of
/// its synonyms match, else where its own words do.
pub(super) fn highlights(node: &Node, text: &str, searcher: &Searcher) -> Vec<(usize, usize)> {
    let units = Units::new(text);
    let mut ranges = Vec::new();
    for leaf in node.leaves() {
        mark_word(leaf, &units, searcher, &mut ranges);
    }
    merge(ranges)
}

/// Marks a leaf; a bare word also by its synonyms, and by its own words if neither occurs.
fn mark_word(leaf: &Leaf, units: &Units, searcher: &Searcher, ranges: &mut Vec<(usize, usize)>) {
    let before = ranges.len();
    mark(leaf, units, ranges);
    if let Leaf::Word(word) = leaf {
        for synonym in searcher.index.synonyms().of(&Units::new(word)) {
            mark(&Leaf::Word(synonym.to_owned()), units, ranges);
        }
        if ranges.len() == before {
            mark_parts(word, units, searcher, ranges);
        }
    }
}

/// What of the title and the headings above a passage the query means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Above<'a> {
    /// Whether the passage is the title itself, which `title:` does not restrict.
    pub(super) is_title: bool,
    /// Whether bare words are looked for there too: nothing of the passage is marked, so that it matches by what is above it.
    pub(super) by_words: bool,
    /// What some heading has to hold.
    pub(super) section: Option<&'a str>,
}

impl Above<'_> {
    /// Half-open ranges of characters of the document's title.
    pub(super) fn title(
        self,
        node: &Node,
        title: &str,
        searcher: &Searcher,
    ) -> Vec<(usize, usize)> {
        if self.is_title {
            return Vec::new();
        }
        let of_title = |restriction: &Restriction| match restriction {
            Restriction::Title(pattern) => Some(pattern.clone()),
            _ => None,
        };
        self.ranges(node, title, searcher, &of_title, None)
    }

    /// The same of the headings that have any; a heading is matched with its label, which is not marked.
    pub(super) fn sections(
        self,
        node: &Node,
        path: &[SectionRecord],
        searcher: &Searcher,
    ) -> Vec<SectionHighlights> {
        let of_heading = |restriction: &Restriction| match restriction {
            Restriction::Heading(pattern) => Some(pattern.clone()),
            _ => None,
        };
        let section = |(ord, section): (usize, &SectionRecord)| {
            let label = section.label.as_deref().unwrap_or_default();
            let whole = format!("{label}{}", section.title);
            let skipped = label.chars().count();
            let more = self.section.and_then(Pattern::phrase);
            let ranges = self
                .ranges(node, &whole, searcher, &of_heading, more)
                .into_iter();
            let highlights: Vec<_> = ranges
                .map(|(start, end)| (start.saturating_sub(skipped), end.saturating_sub(skipped)))
                .filter(|(start, end)| start < end)
                .collect();
            (!highlights.is_empty()).then_some(SectionHighlights { ord, highlights })
        };
        path.iter().enumerate().filter_map(section).collect()
    }

    fn ranges(
        self,
        node: &Node,
        text: &str,
        searcher: &Searcher,
        pattern: &dyn Fn(&Restriction) -> Option<Pattern>,
        more: Option<Pattern>,
    ) -> Vec<(usize, usize)> {
        let units = Units::new(text);
        let mut ranges = Vec::new();
        for pattern in node
            .restrictions()
            .into_iter()
            .filter_map(pattern)
            .chain(more)
        {
            mark(&Leaf::Pattern(pattern), &units, &mut ranges);
        }
        if self.by_words {
            let is_word = |leaf: &&Leaf| matches!(leaf, Leaf::Word(_));
            for leaf in node.leaves().into_iter().filter(is_word) {
                mark_word(leaf, &units, searcher, &mut ranges);
            }
        }
        merge(ranges)
    }
}

/// Marks the words of a bare word; its single units only where it has no words.
fn mark_parts(word: &str, units: &Units, searcher: &Searcher, ranges: &mut Vec<(usize, usize)>) {
    let normalized = normalize(word);
    // Marks are for show: a vocabulary that can't be read leaves the single units.
    let words = searcher.vocabulary().words(&normalized).unwrap_or_default();
    let of_word = Units::new(word);
    let parts: Vec<&str> = match words.is_empty() {
        true => of_word.texts().collect(),
        false => words,
    };
    for part in parts {
        mark(&Leaf::Word(part.to_owned()), units, ranges);
    }
}

fn mark(leaf: &Leaf, units: &Units, ranges: &mut Vec<(usize, usize)>) {
    for found in leaf.find(units) {
        ranges.extend(found.rows.into_iter().map(|row| {
            let span = units.span(row);
            (span.start, span.end)
        }));
    }
}

fn merge(mut ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    ranges.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}
