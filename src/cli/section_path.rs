//! The headings above a passage on one line, cut in the middle where that is too narrow.
//!
//! The first heading says which part of a report it is and the last what the passage is about: both survive.

use xunzhang::search::{SectionHighlights, SectionRef};

use super::excerpt::Excerpt;
use super::heading;
use super::paint::Ink;
use super::terminal::{printable, truncate, width};
use super::wording::Segments;

/// Between two headings.
const JOIN: &str = " › ";
/// In the place of headings that are left out.
const CUT: &str = "…";

/// A heading to show: its text, and the ranges of its characters that match.
struct Step {
    text: String,
    marks: Vec<(usize, usize)>,
}

/// The headings from the top in at most `cells`, what matches by them in colour.
pub(crate) fn fitted(
    section: &[SectionRef],
    highlights: &[SectionHighlights],
    cells: usize,
) -> Segments {
    let steps = (0..).zip(section);
    let steps: Vec<Step> = steps
        .map(|(ord, one)| Step::new(one, ord, highlights))
        .collect();
    let Some((first, rest)) = steps.split_first() else {
        return Segments::new();
    };
    // Headings are left out after the first, one by one: those near the passage say more about it.
    let fitting = (0..rest.len().max(1)).find(|&n_cut| cells_of(first, n_cut, rest) <= cells);
    let mut out = Segments::new();
    let (n_cut, widest) = match fitting {
        Some(n_cut) => (n_cut, (usize::MAX, usize::MAX)),
        None => narrow(first, rest, cells),
    };
    first.push(widest.0, &mut out);
    if n_cut > 0 {
        push(&mut out, Ink::Heading, &format!("{JOIN}{CUT}"));
    }
    for step in &rest[n_cut..] {
        push(&mut out, Ink::Heading, JOIN);
        step.push(widest.1, &mut out);
    }
    out
}

/// The cells of a path without the `n_cut` headings after the first.
fn cells_of(first: &Step, n_cut: usize, rest: &[Step]) -> usize {
    let kept = rest[n_cut..].iter();
    let kept: usize = kept.map(|step| width(JOIN) + width(&step.text)).sum();
    let cut = if n_cut > 0 { width(JOIN) + 1 } else { 0 };
    width(&first.text) + cut + kept
}

/// How many headings are left out where not even two fit whole, and the cells of the first and of the last.
fn narrow(first: &Step, rest: &[Step], cells: usize) -> (usize, (usize, usize)) {
    let Some((last, between)) = rest.split_last() else {
        return (0, (cells, 0));
    };
    let cut = if between.is_empty() {
        0
    } else {
        width(JOIN) + 1
    };
    let room = cells.saturating_sub(width(JOIN) + cut);
    // Half for each, and what one does not need for the other.
    let of_last = width(&last.text).min((room / 2).max(room.saturating_sub(width(&first.text))));
    (between.len(), (room - of_last, of_last))
}

impl Step {
    fn new(section: &SectionRef, ord: usize, highlights: &[SectionHighlights]) -> Self {
        let whole = heading::printed(section.label.as_deref(), &section.title);
        // Highlights are of the title alone.
        let before = whole.chars().count() - section.title.chars().count();
        let marks = highlights.iter().find(|marked| marked.ord == ord);
        let marks = marks.map_or(&[][..], |marked| &marked.highlights).iter();
        Self {
            text: printable(&whole),
            marks: marks
                .map(|(start, end)| (start + before, end + before))
                .collect(),
        }
    }

    /// Adds the heading in at most `cells`, around what matches in it if anything does.
    fn push(&self, cells: usize, out: &mut Segments) {
        let is_whole = width(&self.text) <= cells;
        if !is_whole && self.marks.is_empty() {
            return push(out, Ink::Heading, &truncate(&self.text, cells));
        }
        let shown = match is_whole {
            true => Excerpt::whole(&self.text, &self.marks),
            // A Han character has two cells, an excerpt may exceed its budget by a quarter, and has a mark at each end.
            false => Excerpt::around(
                &self.text,
                &self.marks,
                (cells / 2).saturating_sub(2) * 4 / 5,
            ),
        };
        let mut at = 0;
        for mark in &shown.marks {
            push(out, Ink::Heading, &shown.text[at..mark.start]);
            push(out, Ink::Hit, &shown.text[mark.clone()]);
            at = mark.end;
        }
        push(out, Ink::Heading, &shown.text[at..]);
    }
}

/// Adds a text, to the last segment if that has the same colour.
fn push(segments: &mut Segments, ink: Ink, text: &str) {
    match segments.last_mut() {
        Some((last, segment)) if *last == ink => segment.push_str(text),
        _ => segments.push((ink, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(label: &str, title: &str) -> SectionRef {
        SectionRef {
            level: 1,
            label: Some(label.to_owned()),
            title: title.to_owned(),
        }
    }

    #[track_caller]
    fn check(section: &[SectionRef], cells: usize, expected: &str) {
        let shown = fitted(section, &[], cells);
        let shown: String = shown.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(shown, expected, "{cells}");
        assert!(width(&shown) <= cells, "{cells}: {shown}");
    }

    #[test]
    fn the_first_and_the_last_survive() {
        let section = [
            step("一、", "水利建设"),
            step("（一）", "东渠"),
            step("1.", "清淤"),
            step("（1）", "进度安排"),
        ];
        let whole = "一、水利建设 › （一）东渠 › 1.清淤 › （1）进度安排";
        check(&section, usize::MAX, whole);
        check(&section, 50, whole);
        check(&section, 49, "一、水利建设 › … › 1.清淤 › （1）进度安排");
        check(&section, 40, "一、水利建设 › … › （1）进度安排");
        check(&section, 24, "一、水利… › … › （1）进…");
        check(&section[..1], 9, "一、水利…");
        check(&section[..2], 22, "一、水利… › （一）东…");
        check(&[], 10, "");
    }

    #[test]
    fn what_matches_is_kept_in_colour() {
        let highlights = [SectionHighlights {
            ord: 0,
            highlights: vec![(2, 4)],
        }];
        let shown = fitted(&[step("一、", "水利建设")], &highlights, 80);
        let expected = [
            (Ink::Heading, "一、水利"),
            (Ink::Hit, "建设"),
            (Ink::Heading, ""),
        ];
        assert_eq!(shown, expected.map(|(ink, text)| (ink, text.to_owned())));
    }

    #[test]
    fn marks_are_those_of_the_title_after_its_label() {
        for (label, expected) in [("一、", "水利"), ("第一章", "水利"), ("", "水利")] {
            let highlights = [SectionHighlights {
                ord: 0,
                highlights: vec![(0, 2)],
            }];
            let shown = fitted(&[step(label, "水利建设")], &highlights, 80);
            let hits: Vec<&str> = shown
                .iter()
                .filter(|(ink, _)| *ink == Ink::Hit)
                .map(|(_, text)| text.as_str())
                .collect();
            assert_eq!(hits, [expected], "{label}");
        }
    }

    #[test]
    fn a_heading_that_is_too_long_is_cut_around_what_matches() {
        let title = "关于白苇县各乡镇各部门做好今冬明春农田水利建设和水渠清淤工作的安排";
        let at = title
            .find("清淤")
            .map_or(0, |at| title[..at].chars().count());
        let highlights = [SectionHighlights {
            ord: 0,
            highlights: vec![(at, at + 2)],
        }];
        let shown = fitted(&[step("一、", title)], &highlights, 30);
        assert!(shown.contains(&(Ink::Hit, "清淤".to_owned())), "{shown:?}");
        let all: String = shown.iter().map(|(_, text)| text.as_str()).collect();
        assert!(width(&all) <= 30, "{all}");
        // Without a match it is cut at its end.
        let plain = fitted(&[step("一、", title)], &[], 30);
        assert!(
            plain[0].1.starts_with("一、关于") && plain[0].1.ends_with('…'),
            "{plain:?}"
        );
    }

    #[test]
    fn neighbours_of_one_colour_are_one_segment() {
        let mut segments = Segments::new();
        for (ink, text) in [
            (Ink::Heading, "甲"),
            (Ink::Heading, "乙"),
            (Ink::Hit, "丙"),
            (Ink::Heading, "丁"),
        ] {
            push(&mut segments, ink, text);
        }
        let texts: Vec<&str> = segments.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["甲乙", "丙", "丁"]);
    }

    proptest::proptest! {
        #[test]
        fn a_path_is_never_wider_than_its_line(titles in proptest::collection::vec("[水渠修路]{1,12}", 1..6), cells in 16_usize..120) {
            let section: Vec<SectionRef> = titles.iter().map(|title| step("一、", title)).collect();
            let shown = fitted(&section, &[], cells);
            let shown: String = shown.iter().map(|(_, text)| text.as_str()).collect();
            proptest::prop_assert!(width(&shown) <= cells, "{}", shown);
            // The first character of the first heading and of the last one survive.
            proptest::prop_assert!(shown.starts_with("一"), "{}", shown);
            proptest::prop_assert_eq!(shown.matches(JOIN).count() > 0, titles.len() > 1);
        }
    }
}
