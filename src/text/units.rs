//! Units: the exact-match reading of a text, the basis of every count.
//!
//! A text is normalized, then read as a sequence of units: each Han character (and each kana, Hangul or
//! Bopomofo character) is one unit; each run of other letters and digits is one unit, with `.` and `,` kept
//! between two digits and `%` kept after a digit, which ends the run. White space, punctuation and symbols
//! are not units. `。！？` and their ASCII forms end a sentence, and no match crosses a sentence end.

use std::ops::Range;

use super::normalize::{Folded, fold};
pub use super::unit_chars::{ends_sentence, is_single_unit};

/// One unit of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    text_start: u32,
    text_end: u32,
    /// First original character, as a 0-based ordinal.
    pub start: u32,
    /// The ordinal after the last original character.
    pub end: u32,
    /// Ordinal of the sentence that contains the unit.
    pub sentence: u32,
}

/// The units of one text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    text: String,
    items: Vec<Unit>,
}

impl Units {
    /// Reads the units of `text`; empty if it has none.
    pub fn new(text: &str) -> Self {
        let mut reader = UnitReader::for_text(text);
        fold(text, |folded| reader.read(folded));
        reader.end_run();
        reader.units
    }

    /// The units of `text`, and `text` normalized, in a single pass.
    pub fn with_normalized(text: &str) -> (Self, String) {
        let mut reader = UnitReader::for_text(text);
        let mut normalized = String::with_capacity(text.len());
        fold(text, |folded| {
            normalized.push(folded.ch);
            reader.read(folded);
        });
        reader.end_run();
        (reader.units, normalized)
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether the text has no unit.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The units with their positions.
    pub fn items(&self) -> &[Unit] {
        &self.items
    }

    /// The normalized text of unit `ord`.
    ///
    /// # Panics
    /// If `ord` is not below [`Units::len`].
    pub fn text(&self, ord: usize) -> &str {
        let unit = &self.items[ord];
        &self.text[unit.text_start as usize..unit.text_end as usize]
    }

    /// All units' normalized texts.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|ord| self.text(ord))
    }

    /// Original characters covered by the units in `range`, from the first unit's start to the last one's end.
    ///
    /// # Panics
    /// If `range` is empty or reaches past the last unit.
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        self.items[range.start].start as usize..self.items[range.end - 1].end as usize
    }

    /// Every occurrence of the units of `phrase` as consecutive units of one sentence, as ranges of unit
    /// ordinals.
    ///
    /// Occurrences may overlap: each start counts. An empty phrase is never found. Sentence ends inside
    /// `phrase` are not units and are ignored.
    pub fn find(&self, phrase: &Units) -> Vec<Range<usize>> {
        let n = phrase.len();
        if n == 0 || n > self.len() {
            return Vec::new();
        }
        (0..=self.len() - n)
            .filter(|&at| {
                self.items[at].sentence == self.items[at + n - 1].sentence
                    && (0..n).all(|i| self.text(at + i) == phrase.text(i))
            })
            .map(|at| at..at + n)
            .collect()
    }
}

/// A text that reads as these units: concatenated, with a blank only between two runs of letters or digits.
pub fn join<S: AsRef<str>>(units: &[S]) -> String {
    let is_run = |ch: Option<char>| ch.is_some_and(|ch| !is_single_unit(ch));
    let mut out = String::new();
    for unit in units.iter().map(AsRef::as_ref) {
        if is_run(out.chars().last()) && is_run(unit.chars().next()) {
            out.push(' ');
        }
        out.push_str(unit);
    }
    out
}

struct UnitReader {
    units: Units,
    /// The run of letters and digits being read.
    run: Option<LetterRun>,
    /// A `.` or `,` after a digit, kept only if a digit follows.
    pending: Option<Folded>,
    sentence: u32,
}

struct LetterRun {
    text_start: u32,
    start: u32,
    end: u32,
    last: char,
}

impl UnitReader {
    fn for_text(text: &str) -> Self {
        Self {
            units: Units {
                text: String::with_capacity(text.len()),
                // A Han character takes three bytes in UTF-8: one allocation for nearly every text.
                items: Vec::with_capacity(text.len() / 3),
            },
            run: None,
            pending: None,
            sentence: 0,
        }
    }

    #[inline]
    fn read(&mut self, folded: Folded) {
        let is_plain = self.run.is_none() && self.pending.is_none();
        // The fast path for Han characters outside a run; all other checks are in `read_any`.
        if is_plain && matches!(folded.ch, '\u{4e00}'..='\u{9fff}') {
            self.push(folded);
        } else {
            self.read_any(folded);
        }
    }

    fn read_any(&mut self, folded: Folded) {
        let ch = folded.ch;
        // A mark after a digit is part of the number only if a digit follows (`1.5`, but `第1.`).
        if let Some(mark) = self.pending.take() {
            if ch.is_ascii_digit() {
                self.extend_run(mark);
            } else {
                self.end_run();
            }
        }
        let after_digit = self
            .run
            .as_ref()
            .is_some_and(|run| run.last.is_ascii_digit());
        if is_single_unit(ch) {
            self.end_run();
            self.push(folded);
        } else if ch.is_alphanumeric()
            // A combining mark that no base composes with stays in its run, so that `x̂` is one unit.
            || (self.run.is_some() && unicode_normalization::char::is_combining_mark(ch))
        {
            self.extend_run(folded);
        } else if after_digit && matches!(ch, '.' | ',') {
            self.pending = Some(folded);
        } else if after_digit && ch == '%' {
            // The sign ends the run: `5%3` is two units.
            self.extend_run(folded);
            self.end_run();
        } else {
            self.end_run();
            self.sentence += u32::from(ends_sentence(ch));
        }
    }

    fn push(&mut self, folded: Folded) {
        let text_start = self.units.text.len() as u32;
        self.units.text.push(folded.ch);
        let text_end = self.units.text.len() as u32;
        self.units.items.push(Unit {
            text_start,
            text_end,
            start: folded.start,
            end: folded.end,
            sentence: self.sentence,
        });
    }

    fn extend_run(&mut self, folded: Folded) {
        let text_start = self.units.text.len() as u32;
        self.units.text.push(folded.ch);
        let run = self.run.get_or_insert(LetterRun {
            text_start,
            start: folded.start,
            end: folded.end,
            last: folded.ch,
        });
        run.end = folded.end;
        run.last = folded.ch;
    }

    fn end_run(&mut self) {
        if let Some(run) = self.run.take() {
            let text_end = self.units.text.len() as u32;
            let LetterRun {
                text_start,
                start,
                end,
                ..
            } = run;
            self.units.items.push(Unit {
                text_start,
                text_end,
                start,
                end,
                sentence: self.sentence,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(Units::new(text).texts().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn reads_units() {
        check("不误,促进", &["不", "误", "促", "进"]);
        check(
            "增长26.95%，达1,234.5万元",
            &["增", "长", "26.95%", "达", "1,234.5", "万", "元"],
        );
        check(
            "COVID-19与５Ｇ网络",
            &["covid", "19", "与", "5g", "网", "络"],
        );
        check("1.加强3,。", &["1", "加", "强", "3"]);
        check("10%20 5.a 6.", &["10%", "20", "5", "a", "6"]);
        check("第①条《办法》——", &["第", "1", "条", "办", "法"]);
        check("，。！", &[]);
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)] // A single match is a single range.
    fn finds_phrases_within_a_sentence() {
        let text = Units::new("学习不误，促进工作。促进！工作");
        let spans = |phrase: &str| {
            text.find(&Units::new(phrase))
                .into_iter()
                .map(|range| text.span(range))
                .collect::<Vec<_>>()
        };
        assert_eq!(spans("不误、促进"), [2..7]);
        assert_eq!(spans("促进"), [5..7, 10..12]);
        assert_eq!(spans("促进工作"), [5..9]);
        assert_eq!(spans("作"), [8..9, 14..15]);
        assert!(spans("，").is_empty());
    }

    #[test]
    fn overlapping_matches_each_count() {
        assert_eq!(Units::new("试试试").find(&Units::new("试试")), [0..2, 1..3]);
    }

    proptest! {
        #[test]
        fn units_lie_in_the_text_in_order(text in "[一二民年。，！0-9a-zA-Z.,%％ ＡéƁ㎡\\u{301}\\u{200b}①]{0,30}") {
            let units = Units::new(&text);
            let n_chars = text.chars().count() as u32;
            for pair in units.items().windows(2) {
                prop_assert!(pair[0].start <= pair[1].start && pair[0].sentence <= pair[1].sentence);
            }
            prop_assert!(units.items().iter().all(|unit| unit.start < unit.end && unit.end <= n_chars));
        }

        #[test]
        fn reading_normalized_text_gives_the_same_units(text in "\\PC{0,40}") {
            let once = crate::text::normalize::normalize(&text);
            let (a, b) = (Units::new(&text), Units::new(&once));
            prop_assert_eq!(a.texts().collect::<Vec<_>>(), b.texts().collect::<Vec<_>>());
        }
    }

    #[test]
    fn joined_units_read_as_themselves() {
        let units = ["gdp", "2009", "增", "长"];
        assert_eq!(join(&units), "gdp 2009增长");
        assert_eq!(Units::new(&join(&units)).texts().collect::<Vec<_>>(), units);
    }

    proptest! {
        #[test]
        fn units_and_normalized_text_are_those_of_two_passes(text in "\\PC{0,40}") {
            let (units, normalized) = Units::with_normalized(&text);
            prop_assert_eq!(&normalized, &crate::text::normalize::normalize(&text));
            prop_assert_eq!(units, Units::new(&text));
        }

        #[test]
        fn units_joined_read_as_themselves(text in "[修渠二民3a%.,，。 ]{0,30}") {
            let units = Units::new(&text);
            let texts: Vec<&str> = units.texts().collect();
            let joined = Units::new(&join(&texts));
            prop_assert_eq!(joined.texts().collect::<Vec<_>>(), texts);
        }

        #[test]
        fn a_phrase_is_found_where_its_units_are(text in "[修渠3a，。]{0,16}", phrase in "[修渠3a，]{0,3}") {
            let (text, phrase) = (Units::new(&text), Units::new(&phrase));
            let wanted: Vec<&str> = phrase.texts().collect();
            let mut expected = Vec::new();
            for start in 0..text.len() {
                for end in start + 1..=text.len() {
                    let items = &text.items()[start..end];
                    let is_one = items.iter().all(|unit| unit.sentence == items[0].sentence);
                    let here: Vec<&str> = (start..end).map(|ord| text.text(ord)).collect();
                    if is_one && here == wanted {
                        expected.push(start..end);
                    }
                }
            }
            prop_assert_eq!(text.find(&phrase), expected);
        }
    }
}
