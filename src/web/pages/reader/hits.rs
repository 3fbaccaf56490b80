//! What a query finds in a document: stops, from the first to the last, and the one that is shown.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use xunzhang::search::Mark;

/// A range of characters of a passage.
pub(super) type Span = (usize, usize);

/// One occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// The passage's number in the document.
    pub(super) number: u32,
    /// Its line in the file.
    pub(super) line: u32,
    /// Characters of it that match.
    pub(super) span: Span,
}

/// All occurrences in a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    pub(super) stops: Vec<Stop>,
    /// The occurrence that was requested, from 0.
    pub(super) current: Option<usize>,
    /// Where those of each passage begin among all.
    first: BTreeMap<u32, usize>,
}

/// What of a document was requested.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted<'a> {
    /// Numbers of the passages at the line.
    pub(super) numbers: Option<RangeInclusive<u32>>,
    /// An occurrence by its number from 1, or `last`.
    pub(super) hit: Option<&'a str>,
    /// A character of the passage that the occurrence holds.
    pub(super) at: Option<usize>,
}

impl Hits {
    /// The occurrences of `marks`, with the one that is wanted.
    pub(super) fn new(marks: &[Mark], wanted: &Wanted<'_>) -> Self {
        let mut stops: Vec<Stop> = Vec::new();
        let mut first = BTreeMap::new();
        for mark in marks {
            first.insert(mark.number, stops.len());
            stops.extend(mark.highlights.iter().map(|&span| Stop {
                number: mark.number,
                line: mark.line,
                span,
            }));
        }
        let current = current(&stops, wanted);
        Self {
            stops,
            current,
            first,
        }
    }

    /// The occurrences in a passage, and the place of the first among all.
    pub(super) fn of(&self, number: u32) -> (usize, &[Stop]) {
        let first = self.first.get(&number).copied().unwrap_or(self.stops.len());
        let here = self.stops[first..].iter();
        let n = here.take_while(|stop| stop.number == number).count();
        (first, &self.stops[first..first + n])
    }

    /// The occurrences before and after the current one, or around the place that was requested.
    pub(super) fn beside(
        &self,
        numbers: Option<&RangeInclusive<u32>>,
    ) -> (Option<usize>, Option<usize>) {
        let last = self.stops.len();
        let (before, after) = match (self.current, numbers) {
            (Some(current), _) => (current, current + 1),
            (None, Some(numbers)) => (
                self.stops
                    .partition_point(|stop| stop.number < *numbers.start()),
                self.stops
                    .partition_point(|stop| stop.number <= *numbers.end()),
            ),
            (None, None) => (0, 0),
        };
        (before.checked_sub(1), (after < last).then_some(after))
    }
}

fn current(stops: &[Stop], wanted: &Wanted<'_>) -> Option<usize> {
    let last = stops.len().checked_sub(1)?;
    match wanted.hit {
        Some("last") => return Some(last),
        Some(number) => {
            let number: usize = number.parse().unwrap_or(1);
            return Some(number.saturating_sub(1).min(last));
        }
        None => {}
    }
    let numbers = wanted.numbers.as_ref()?;
    let mut here = (0..=last).filter(|&ord| numbers.contains(&stops[ord].number));
    let first = here.clone().next()?;
    let holds = |&ord: &usize| {
        let (start, end) = stops[ord].span;
        wanted.at.is_some_and(|at| (start..end).contains(&at))
    };
    Some(here.find(holds).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Vec<Mark> {
        let mark = |number, highlights: &[Span]| Mark {
            number,
            line: number * 2,
            place: String::new(),
            highlights: highlights.to_vec(),
        };
        vec![mark(2, &[(0, 2), (5, 7)]), mark(3, &[]), mark(6, &[(1, 3)])]
    }

    fn hits(wanted: &Wanted<'_>) -> Hits {
        Hits::new(&marks(), wanted)
    }

    #[test]
    fn each_passage_knows_its_own() {
        let hits = hits(&Wanted::default());
        assert_eq!(hits.stops.len(), 3);
        assert_eq!((hits.of(2).0, hits.of(2).1.len()), (0, 2));
        assert_eq!((hits.of(6).0, hits.of(6).1.len()), (2, 1));
        assert_eq!((hits.of(3).1.len(), hits.of(9).1.len()), (0, 0));
    }

    #[test]
    fn the_occurrence_that_was_asked_for_is_current() {
        let current = |numbers, hit, at| hits(&Wanted { numbers, hit, at }).current;
        assert_eq!(current(None, None, None), None);
        assert_eq!(current(Some(2..=2), None, None), Some(0));
        assert_eq!(current(Some(2..=2), None, Some(6)), Some(1));
        assert_eq!(current(Some(2..=2), None, Some(60)), Some(0));
        assert_eq!(current(Some(4..=5), None, None), None);
        assert_eq!(current(None, Some("last"), None), Some(2));
        assert_eq!(current(None, Some("2"), None), Some(1));
        assert_eq!(current(None, Some("99"), None), Some(2));
        assert_eq!(current(None, Some("x"), None), Some(0));
    }

    #[test]
    fn the_way_leads_from_one_to_the_next() {
        let beside = |numbers: Option<RangeInclusive<u32>>, hit| {
            let wanted = Wanted {
                numbers: numbers.clone(),
                hit,
                at: None,
            };
            hits(&wanted).beside(numbers.as_ref())
        };
        assert_eq!(beside(None, None), (None, Some(0)));
        assert_eq!(beside(None, Some("2")), (Some(0), Some(2)));
        assert_eq!(beside(None, Some("last")), (Some(1), None));
        assert_eq!(beside(Some(4..=4), None), (Some(1), Some(2)));
        assert_eq!(beside(Some(9..=9), None), (Some(2), None));
        let none = Hits::new(&[], &Wanted::default());
        assert_eq!(none.beside(None), (None, None));
    }
}
