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
        // A word that occurs as it is written is what is meant; its parts elsewhere in the passage would only distract.
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
        self.ranges(node, title, searcher, patterns(node, &of_title))
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
            let patterns = patterns(node, &of_heading);
            let more = self.section.and_then(Pattern::phrase);
            let patterns = patterns.into_iter().chain(more).collect();
            let ranges = self.ranges(node, &whole, searcher, patterns).into_iter();
            // The label is searched, as `heading:` does, but is not shown as part of the heading's title.
            let shown = ranges
                .map(|(start, end)| (start.saturating_sub(skipped), end.saturating_sub(skipped)));
            let highlights: Vec<_> = shown.filter(|(start, end)| start < end).collect();
            (!highlights.is_empty()).then_some(SectionHighlights { ord, highlights })
        };
        path.iter().enumerate().filter_map(section).collect()
    }

    /// What is marked in `text`: the places of `patterns`, and those of the query's words.
    fn ranges(
        self,
        node: &Node,
        text: &str,
        searcher: &Searcher,
        patterns: Vec<Pattern>,
    ) -> Vec<(usize, usize)> {
        let units = Units::new(text);
        let mut ranges = Vec::new();
        for pattern in patterns {
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
            // Ranges that touch are one: two marks side by side would be shown as two words.
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// The patterns of the restrictions that `pattern` takes.
fn patterns(node: &Node, pattern: &dyn Fn(&Restriction) -> Option<Pattern>) -> Vec<Pattern> {
    let restrictions = node.restrictions().into_iter();
    restrictions.filter_map(pattern).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;

    proptest! {
        #[test]
        fn merged_ranges_hold_the_same_characters(
            ranges in prop::collection::vec((0_usize..30, 1_usize..6), 0..12),
        ) {
            let ranges: Vec<(usize, usize)> = ranges.into_iter().map(|(start, n)| (start, start + n)).collect();
            let held = |ranges: &[(usize, usize)], at: usize| ranges.iter().any(|&(start, end)| (start..end).contains(&at));
            let merged = merge(ranges.clone());
            for at in 0..40 {
                prop_assert_eq!(held(&merged, at), held(&ranges, at));
            }
            // None touches the next one.
            prop_assert!(merged.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }

    #[test]
    fn what_is_meant_is_marked() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        std::fs::write(
            corpus.join("甲.txt"),
            "总结\n失地农民由政府安置。整修水渠。\n",
        )
        .expect("a file");
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let marked = |query: &str, text: &str| -> String {
            let node = parse(query).expect("a query");
            let ranges = highlights(&node, text, &searcher);
            let chars: Vec<char> = text.chars().collect();
            let parts = ranges
                .iter()
                .map(|&(start, end)| chars[start..end].iter().collect::<String>());
            parts.collect::<Vec<_>>().join("|")
        };
        for (query, text, expected) in [
            ("水渠", "整修水渠，水渠通了。", "水渠|水渠"),
            // Marks and width between units make no difference.
            ("水渠", "水、渠", "水、渠"),
            ("\"整修*水渠\"", "整修两条水渠", "整修|水渠"),
            // The whole word does not occur: its words do.
            ("农民安置", "安置了农民", "安置|农民"),
            ("农民安置", "农民安置与农民", "农民安置"),
            // No word of it is known: its characters.
            ("渠站", "站在渠边", "站|渠"),
            ("水渠 -安置", "水渠安置", "水渠"),
            ("安置 整修", "整修安置", "整修安置"),
            ("kind:总结 水渠", "总结水渠", "水渠"),
            ("水渠", "道路", ""),
            ("水渠", "", ""),
        ] {
            assert_eq!(marked(query, text), expected, "{query} in {text}");
        }
    }
}
