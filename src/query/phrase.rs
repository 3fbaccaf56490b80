//! The inside of a phrase: sequences of units, gaps between them, and alternatives.

use std::ops::RangeInclusive;

use super::lex::half_width;
use super::problem::Problem;
use crate::text::pattern::{MAX_GAP, Pattern};
use crate::text::units::Units;

/// Maximum number of gaps of a phrase: each sequence between two gaps reads posting lists of its own.
const MAX_GAPS: usize = 32;

/// The 0-based ordinal of the offending character of a pattern, and what is wrong with it.
type BadPattern = (usize, Problem);

/// Maximum number of patterns that one phrase with alternatives means.
// Each is looked up by itself: 64 are six pairs of alternatives in one phrase.
const MAX_CHOICES: usize = 64;

/// The patterns that the inside of a phrase means, each once: one, or with `(甲|乙)` in it one for each choice.
pub(super) fn patterns(text: &str) -> Result<Vec<Pattern>, BadPattern> {
    let mut out = Vec::new();
    for choice in choices(text)? {
        let whole: String = choice.iter().map(|&(_, ch)| ch).collect();
        let place = |at: usize| choice.get(at).map_or(text.chars().count(), |&(at, _)| at);
        let read = PatternReader::read(&whole).map_err(|(at, problem)| (place(at), problem))?;
        // `(甲|)` by itself would be found everywhere.
        let pattern = read.ok_or((0, Problem::Empty))?;
        if !out.contains(&pattern) {
            out.push(pattern);
        }
    }
    Ok(out)
}

/// The pattern that a text without alternatives means; `None` if it has no unit.
pub(super) fn pattern(text: &str) -> Result<Option<Pattern>, BadPattern> {
    let chars: Vec<char> = text.chars().collect();
    match (0..chars.len()).find(|&at| choice_at(&chars, at).is_some()) {
        Some(at) => Err((at, Problem::Choice)),
        None => PatternReader::read(text),
    }
}

/// Whether there are alternatives in the text.
pub(super) fn has_choice(text: &str) -> bool {
    pattern(text).is_err_and(|(_, problem)| problem == Problem::Choice)
}

/// The texts that a text with alternatives stands for; each character with its place in the text.
fn choices(text: &str) -> Result<Vec<Vec<(usize, char)>>, BadPattern> {
    let chars: Vec<char> = text.chars().collect();
    if !chars.iter().any(|&ch| half_width(ch) == '|') {
        return Ok(vec![chars.into_iter().enumerate().collect()]);
    }
    let mut out = vec![Vec::new()];
    let mut at = 0;
    while let Some(&ch) = chars.get(at) {
        let Some(end) = choice_at(&chars, at) else {
            out.iter_mut().for_each(|whole| whole.push((at, ch)));
            at += 1;
            continue;
        };
        let inside: Vec<(usize, char)> = (at + 1..end).map(|at| (at, chars[at])).collect();
        if inside.iter().any(|&(_, ch)| half_width(ch) == '(') {
            return Err((at, Problem::NestedChoice));
        }
        let parts: Vec<_> = inside.split(|&(_, ch)| half_width(ch) == '|').collect();
        if out.len() * parts.len() > MAX_CHOICES {
            return Err((at, Problem::TooManyChoices));
        }
        let wholes = out
            .iter()
            .flat_map(|whole| parts.iter().map(move |part| (whole, part)));
        out = wholes
            .map(|(whole, part)| [whole, *part].concat())
            .collect();
        at = end + 1;
    }
    Ok(out)
}

/// The place of the bracket that closes alternatives which open at `at`; `None` if none do. Brackets without a `|` are text.
fn choice_at(chars: &[char], at: usize) -> Option<usize> {
    let is_open = chars.get(at).is_some_and(|&ch| half_width(ch) == '(');
    let mut depth = 0usize;
    let mut has_bar = false;
    for (end, &ch) in chars.iter().enumerate().skip(at).take_while(|_| is_open) {
        match half_width(ch) {
            '(' => depth += 1,
            '|' => has_bar = true,
            ')' if depth == 1 => return has_bar.then_some(end),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Reads the inside of a phrase: sequences of units, and gaps between them.
pub(super) struct PatternReader {
    chars: Vec<char>,
    at: usize,
    rows: Vec<Vec<String>>,
    gaps: Vec<RangeInclusive<usize>>,
    /// The text since the last gap.
    row: String,
    /// The gap since the last row, and the place of its first `*`.
    gap: Option<(RangeInclusive<usize>, Option<usize>)>,
}

impl PatternReader {
    pub(super) fn read(text: &str) -> Result<Option<Pattern>, BadPattern> {
        let chars = text.chars().collect();
        let mut reader = Self {
            chars,
            at: 0,
            rows: Vec::new(),
            gaps: Vec::new(),
            row: String::new(),
            gap: None,
        };
        while let Some(&ch) = reader.chars.get(reader.at) {
            reader.at += 1;
            match half_width(ch) {
                '*' => {
                    let at = reader.at - 1;
                    let range = reader.range()?;
                    reader.widen(&range, Some(at))?;
                }
                '?' => reader.widen(&(1..=1), None)?,
                _ => reader.row.push(ch),
            }
        }
        reader.end_row()?;
        if let Some((_, Some(at))) = reader.gap {
            return Err((at, Problem::OpenGap));
        }
        Ok((!reader.rows.is_empty()).then_some(Pattern {
            rows: reader.rows,
            gaps: reader.gaps,
        }))
    }

    /// `{m,n}` after a `*`; 1 to 20 without it.
    fn range(&mut self) -> Result<RangeInclusive<usize>, BadPattern> {
        let open = self.at;
        let next = self.chars.get(open).map(|&ch| half_width(ch));
        if next != Some('{') {
            return Ok(1..=20);
        }
        let inside = self.chars[open + 1..].iter().map(|&ch| half_width(ch));
        let inside: String = inside.take_while(|&ch| ch != '}').collect();
        self.at += inside.chars().count() + 2;
        let bounds = inside.split_once(',').unwrap_or((&inside, &inside));
        let number = |text: &str| text.trim().parse::<usize>();
        let (Ok(from), Ok(to)) = (number(bounds.0), number(bounds.1)) else {
            return Err((open, Problem::BadRange));
        };
        if from > to || self.at > self.chars.len() {
            return Err((open, Problem::BadRange));
        }
        if to > MAX_GAP {
            return Err((open, Problem::TooFar));
        }
        Ok(from..=to)
    }

    /// Adds to the gap before the next sequence.
    fn widen(&mut self, by: &RangeInclusive<usize>, star: Option<usize>) -> Result<(), BadPattern> {
        self.end_row()?;
        if let Some(star) = star
            && self.rows.is_empty()
        {
            return Err((star, Problem::OpenGap));
        }
        let (range, first) = self.gap.take().unwrap_or((0..=0, None));
        let range = range.start() + by.start()..=range.end() + by.end();
        if *range.end() > MAX_GAP {
            return Err((self.at - 1, Problem::TooFar));
        }
        // A `?` before the first row is punctuation.
        self.gap = (!self.rows.is_empty()).then_some((range, first.or(star)));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), BadPattern> {
        let row: Vec<String> = Units::new(&std::mem::take(&mut self.row))
            .texts()
            .map(str::to_owned)
            .collect();
        if row.is_empty() {
            return Ok(());
        }
        if let Some((range, star)) = self.gap.take() {
            if self.gaps.len() == MAX_GAPS {
                return Err((star.unwrap_or(self.at - 1), Problem::TooManyGaps));
            }
            self.gaps.push(range);
        }
        self.rows.push(row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sequences of each pattern, with `*` for the gaps between them.
    fn meanings(text: &str) -> Vec<String> {
        let patterns = patterns(text).expect("a phrase without errors");
        let shown = patterns.iter().map(|pattern| {
            let rows: Vec<String> = pattern.rows.iter().map(|row| row.concat()).collect();
            rows.join("*")
        });
        shown.collect()
    }

    #[test]
    fn a_phrase_with_alternatives_means_each_of_them_once() {
        let cases: [(&str, &[&str]); 7] = [
            ("坚持", &["坚持"]),
            ("(甲|乙)镇", &["甲镇", "乙镇"]),
            ("（甲｜乙）镇", &["甲镇", "乙镇"]),
            ("(甲|甲)镇", &["甲镇"]),
            ("(甲|)镇", &["甲镇", "镇"]),
            ("(甲|乙)(丙|丁)", &["甲丙", "甲丁", "乙丙", "乙丁"]),
            // Brackets without a bar are text, whose marks have no unit.
            ("(甲)镇", &["甲镇"]),
        ];
        for (text, expected) in cases {
            assert_eq!(meanings(text), expected, "{text}");
        }
    }

    #[test]
    fn gaps_are_between_sequences() {
        let cases = [
            ("坚持*为", 1..=20),
            ("坚持＊为", 1..=20),
            ("坚持*{2,8}为", 2..=8),
            ("坚持*{ 2 , 8 }为", 2..=8),
            ("坚持*{3}为", 3..=3),
            ("坚持?为", 1..=1),
            ("坚持??为", 2..=2),
            ("坚持**为", 2..=40),
            ("坚持*{0,100}为", 0..=100),
        ];
        for (text, gap) in cases {
            let found = pattern(text).expect(text).expect(text);
            assert_eq!(found.gaps, [gap], "{text}");
            assert_eq!(found.rows.len(), 2, "{text}");
        }
        assert_eq!(pattern("，。"), Ok(None));
    }

    #[test]
    fn what_no_phrase_can_mean_is_refused_where_it_is() {
        let gaps = format!("甲{}", "*甲".repeat(MAX_GAPS + 1));
        let choices = "(甲|乙)".repeat(7);
        let cases = [
            ("*为", 0, Problem::OpenGap),
            ("坚持*", 2, Problem::OpenGap),
            ("甲*{8,2}乙", 2, Problem::BadRange),
            ("甲*{2,8乙", 2, Problem::BadRange),
            ("甲*{二}乙", 2, Problem::BadRange),
            ("甲*{2,101}乙", 2, Problem::TooFar),
            ("((甲|乙)|丙)", 0, Problem::NestedChoice),
            ("(甲|)", 0, Problem::Empty),
            (&choices, 30, Problem::TooManyChoices),
            (&gaps, 1 + 2 * MAX_GAPS, Problem::TooManyGaps),
        ];
        for (text, at, problem) in cases {
            assert_eq!(patterns(text), Err((at, problem)), "{text}");
        }
        // Gaps that add up to too much are as far as one.
        assert!(patterns("甲*{60}*{60}乙").is_err_and(|(_, problem)| problem == Problem::TooFar));
    }

    #[test]
    fn one_wording_has_no_alternatives() {
        assert!(has_choice("(甲|乙)镇") && has_choice("镇（甲｜乙）"));
        assert!(!has_choice("(甲)镇") && !has_choice("甲|乙") && !has_choice("*"));
        assert_eq!(pattern("镇(甲|乙)"), Err((1, Problem::Choice)));
    }
}
