//! Which passages were read by character recognition.

use std::ops::Range;

use super::Document;

/// Marks the passages that contain text of `lines`, which are in order: a passage joined from several lines
/// reaches up to the next passage or line of boilerplate.
pub(crate) fn mark_recognized(document: &mut Document, lines: &[Range<u32>]) {
    if lines.is_empty() {
        return;
    }
    // Only the first line of a passage is known; the next start, of a passage or of boilerplate, bounds it.
    let starts = document.passages.iter().map(|passage| passage.line);
    let aside = document.boilerplate.iter().map(|line| line.line);
    let mut starts: Vec<u32> = starts.chain(aside).collect();
    starts.sort_unstable();
    for passage in &mut document.passages {
        let next = starts.partition_point(|&start| start <= passage.line);
        let end = starts.get(next).copied().unwrap_or(u32::MAX);
        // The first range that ends after the passage's start; it overlaps if it begins before the passage's
        // end.
        let at = lines.partition_point(|range| range.end <= passage.line);
        passage.is_recognized = lines.get(at).is_some_and(|range| range.start < end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Boilerplate, Part, Passage, Reason};

    #[test]
    fn passages_that_reach_into_recognized_lines() {
        let passage = |line| Passage {
            number: line,
            line,
            part: Part::Body,
            text: String::new(),
            section: None,
            opened: None,
            row: None,
            is_recognized: false,
        };
        let mut document = Document {
            passages: [1, 2, 5, 5, 9, 12].map(passage).into(),
            boilerplate: vec![Boilerplate {
                line: 3,
                text: String::new(),
                reason: Reason::Frame,
            }],
            ..Document::default()
        };
        // Line 5 was joined with 6 to 8, of which 7 was recognized.
        mark_recognized(&mut document, &[3..4, 7..8, 12..14]);
        let marked = document
            .passages
            .iter()
            .filter(|passage| passage.is_recognized);
        let marked: Vec<u32> = marked.map(|passage| passage.line).collect();
        assert_eq!(marked, [5, 5, 12]);
    }
}
