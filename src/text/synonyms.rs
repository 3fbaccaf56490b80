//! Synonyms: other words for a query's words. They widen ranked queries; counts never depend on them.

use super::normalize::normalize;
use super::pattern::Pattern;
use super::units::Units;
use super::words::shortened;

/// Maximum number of words on a line.
const MAX_WORDS: usize = 100;

/// The rules of a synonyms file, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SynonymRules {
    /// Where the pattern occurs in a query, the text is another word for it.
    rules: Vec<(Pattern, String)>,
}

/// A line of a synonyms file that is not a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct BadSynonym {
    /// 1-based line number.
    pub line: usize,
    /// What is wrong with it.
    pub problem: SynonymProblem,
}

/// Why a line of a synonyms file is no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SynonymProblem {
    /// It is neither `a = b` nor `a => b`; the line, shortened.
    #[error("expected `a = b` or `a => b`, found `{0}`")]
    NoRule(String),
    /// It has more words than this.
    #[error("over {0} words on one line")]
    TooManyWords(usize),
}

impl SynonymRules {
    /// Reads lines of `a = b = c` (each is a synonym of each other) and `a => b` (b for a, not a for b).
    ///
    /// `#` starts a comment; `＝` and `＞` work like `=` and `>`.
    ///
    /// # Errors
    /// [`BadSynonym`] for the first line that is neither.
    pub fn new(text: &str) -> Result<Self, BadSynonym> {
        let mut rules = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim_start_matches('\u{feff}').trim();
            if !text.is_empty() && !text.starts_with('#') {
                let bad = |problem| BadSynonym { line, problem };
                // Every pair of words is a rule: the rules of a line grow with the square of its words.
                if text.split(['=', '＝']).nth(MAX_WORDS).is_some() {
                    return Err(bad(SynonymProblem::TooManyWords(MAX_WORDS)));
                }
                let read = read_line(&normalize(text));
                rules.extend(read.ok_or_else(|| bad(SynonymProblem::NoRule(shortened(text))))?);
            }
        }
        Ok(Self { rules })
    }

    /// Synonyms of whatever occurs in `units`, each once, in order of the rules.
    pub fn of(&self, units: &Units) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for (from, to) in &self.rules {
            if !out.contains(&to.as_str()) && !from.find(units).is_empty() {
                out.push(to);
            }
        }
        out
    }
}

fn read_line(line: &str) -> Option<Vec<(Pattern, String)>> {
    let rule = |from: &str, to: &str| Some((Pattern::phrase(from)?, word(to)?));
    // `=>` before `=`: the arrow contains the sign. Normalizing has folded `＝＞`.
    if let Some((from, to)) = line.split_once("=>") {
        return (!from.contains('=') && !to.contains('='))
            .then(|| rule(from, to).map(|rule| vec![rule]))?;
    }
    let words: Vec<&str> = line.split('=').collect();
    let mut out = Vec::new();
    for (i, from) in words.iter().enumerate() {
        for (_, to) in words.iter().enumerate().filter(|&(j, _)| j != i) {
            out.push(rule(from, to)?);
        }
    }
    (words.len() > 1).then_some(out)
}

fn word(text: &str) -> Option<String> {
    (!Units::new(text).is_empty()).then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: &str, query: &str, expected: &[&str]) {
        let synonyms = SynonymRules::new(rules).expect("good rules");
        assert_eq!(synonyms.of(&Units::new(query)), expected);
    }

    #[test]
    fn both_ways_and_one_way() {
        let rules = "# 注\n失地农民 = 被征地农民 ＝ 失土农民\n\n低保 => 最低生活保障\n";
        check(rules, "如何安置失地農民", &["被征地农民", "失土农民"]);
        check(rules, "被征地农民", &["失地农民", "失土农民"]);
        check(rules, "低保", &["最低生活保障"]);
        check(rules, "最低生活保障", &[]);
        check("", "失地农民", &[]);
    }

    #[test]
    fn a_line_is_bounded() {
        let line = |n: usize| {
            (0..n)
                .map(|i| format!("词{i}"))
                .collect::<Vec<_>>()
                .join("=")
        };
        assert!(SynonymRules::new(&line(100)).is_ok());
        let error = SynonymRules::new(&line(101)).unwrap_err();
        assert_eq!(error.problem, SynonymProblem::TooManyWords(100));
        let error = SynonymRules::new(&"长".repeat(9_000)).unwrap_err();
        assert!(matches!(
            error.problem,
            SynonymProblem::NoRule(text) if text.chars().count() == 61
        ));
    }

    #[test]
    fn a_bad_line_is_named() {
        for bad in ["失地农民", "甲 =", "甲 => 乙 = 丙", "，= 乙"] {
            let error = SynonymRules::new(&format!("甲 = 乙\n{bad}\n")).unwrap_err();
            assert_eq!(
                error,
                BadSynonym {
                    line: 2,
                    problem: SynonymProblem::NoRule(bad.into())
                }
            );
        }
    }
}
