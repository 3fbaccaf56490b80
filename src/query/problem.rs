//! What can be wrong with a query, and where.

use std::fmt;

use unicode_width::UnicodeWidthChar;

/// A query that cannot be parsed.
///
/// Displayed as what is wrong, the query, and a caret under the character where it was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The query.
    pub query: String,
    /// 0-based ordinal of the offending character; the number of characters if something is missing at the end.
    pub at: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing to look for.
    Empty,
    /// A quotation mark without its partner.
    UnclosedQuote,
    /// A bracket without its partner.
    UnclosedBracket,
    /// An operator without anything after it.
    NoOperand,
    /// An operator without anything before it.
    NoLeftOperand,
    /// `NEAR` between other things than words and phrases without gaps.
    NotNearable,
    /// `NEAR/` without a distance.
    NoDistance,
    /// `^` without a number.
    NoWeight,
    /// A weight that is too small or large.
    WeightOutOfRange,
    /// A gap at the edge of a phrase.
    OpenGap,
    /// An invalid range of a gap.
    BadRange,
    /// More gaps than a phrase may have.
    TooManyGaps,
    /// A gap or distance over the limit.
    TooFar,
    /// Alternatives where one wording is meant.
    Choice,
    /// Alternatives inside alternatives.
    NestedChoice,
    /// More alternatives than a phrase may have.
    TooManyChoices,
    /// A field without a value.
    NoValue,
    /// An invalid year.
    BadYear,
    /// A value of `role:` that is no role.
    BadRole,
    /// Too many brackets inside each other.
    TooDeep,
    /// Too many words.
    TooMany,
    /// Too many characters.
    TooLong,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "nothing to look for; expected a word or a phrase",
            Self::UnclosedQuote => "expected a closing quotation mark",
            Self::UnclosedBracket => "expected a closing bracket",
            Self::NoOperand => "expected a word or a phrase after this",
            Self::NoLeftOperand => "expected a word or a phrase before this",
            Self::NotNearable => "NEAR takes words and phrases without gaps or alternatives",
            Self::NoDistance => {
                "expected a distance up to 100 after NEAR/, as in 招商 NEAR/10 就业"
            }
            Self::NoWeight => "expected a number after ^, as in 词^2",
            Self::WeightOutOfRange => "expected a weight from 0.01 to 100",
            Self::OpenGap => "a gap needs words on both sides, as in \"坚持以*为指导\"",
            Self::BadRange => "expected a range, as in *{2,8}",
            Self::TooManyGaps => "a phrase has at most 32 gaps",
            Self::TooFar => "a gap or distance is at most 100 units",
            Self::Choice => "one wording at a time here; leave out the alternatives",
            Self::NestedChoice => {
                "alternatives inside alternatives; write them side by side, as in “(甲|乙|丙)”"
            }
            Self::TooManyChoices => "the alternatives of a phrase make at most 64 wordings",
            Self::NoValue => "expected a value after the field, as in kind:总结",
            Self::BadRole => {
                "expected a role: 基本情况 (overview), 做法 (measures), 成效 (results), 体会 (lessons), 问题 (problems), 打算 (plans), 建议 (proposals)"
            }
            Self::BadYear => "expected a year or a range of years, as in year:2005..2010",
            Self::TooDeep => "at most 32 brackets inside each other",
            Self::TooMany => "at most 1,000 words and phrases",
            Self::TooLong => "at most 10,000 characters",
        })
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.problem, self.pointer())
    }
}

impl std::error::Error for SyntaxError {}

impl SyntaxError {
    /// The query, cut to what surrounds the offending character, and a line with a caret under it.
    pub fn pointer(&self) -> String {
        const AROUND: usize = 30;
        let from = self.at.saturating_sub(AROUND);
        let shown = |ch: char| if ch.is_control() { ' ' } else { ch };
        let line: String = self
            .query
            .chars()
            .skip(from)
            .take(2 * AROUND)
            .map(shown)
            .collect();
        let before: usize = line
            .chars()
            .take(self.at - from)
            .map(|ch| ch.width().unwrap_or(0))
            .sum();
        format!("  {line}\n  {}^", " ".repeat(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(query: &str, at: usize) -> SyntaxError {
        SyntaxError {
            query: query.to_owned(),
            at,
            problem: Problem::NoOperand,
        }
    }

    #[test]
    fn the_caret_is_under_the_character_that_is_wrong() {
        let cases = [
            ("+", 0, "  +\n  ^"),
            ("ab(", 2, "  ab(\n    ^"),
            // Han characters are two columns wide.
            ("水渠(", 2, "  水渠(\n      ^"),
            // Something may be missing at the end.
            ("水", 1, "  水\n    ^"),
            // A control character would move the cursor.
            ("a\tb\n(", 4, "  a b (\n      ^"),
        ];
        for (query, at, expected) in cases {
            assert_eq!(error(query, at).pointer(), expected, "{query:?}");
        }
    }

    #[test]
    fn a_long_query_is_cut_around_the_fault() {
        let query = "水".repeat(200);
        let pointer = error(&query, 100).pointer();
        let (line, caret) = pointer.split_once('\n').expect("two lines");
        assert_eq!(line.trim().chars().count(), 60);
        // Thirty characters before it, of two columns each.
        assert_eq!(caret.len(), "  ".len() + 60 + "^".len());
        let at_end = error(&query, 200).pointer();
        assert_eq!(
            at_end
                .lines()
                .next()
                .map(|line| line.trim().chars().count()),
            Some(30)
        );
    }

    #[test]
    fn every_problem_is_said_in_one_line() {
        let problems = [
            Problem::Empty,
            Problem::UnclosedQuote,
            Problem::NoWeight,
            Problem::BadRange,
            Problem::BadRole,
            Problem::TooLong,
        ];
        for problem in problems {
            let text = problem.to_string();
            assert!(
                !text.is_empty() && !text.contains('\n') && !text.ends_with('.'),
                "{text}"
            );
            let shown = SyntaxError {
                problem,
                ..error("水", 0)
            }
            .to_string();
            assert_eq!(shown.lines().count(), 3, "{shown}");
        }
    }
}
