//! From characters to tokens, in half- and full-width forms alike.
//!
//! An operator, bracket or quotation mark counts where a word could begin; inside a run without blanks it is text, so that a
//! paragraph is a query unchanged. In prose, which has a sentence end in its midst, signs and gaps are text as well.

use super::problem::{Problem, SyntaxError};
use crate::text::units::Units;

/// A token and the 0-based ordinal of its first character in the query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A run without blanks that holds at least one unit.
    Word(String),
    /// The text between quotation marks; it has at least one unit.
    Quoted(String),
    /// A field's name and its colon.
    Field(FieldName),
    /// `^2`
    Weight(f32),
    Open,
    Close,
    Plus,
    Minus,
    And,
    Or,
    Not,
    Near(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldName {
    Title,
    Heading,
    Kind,
    Year,
    Path,
    Role,
    Issuer,
    Collection,
}

/// Splits a query into tokens. Punctuation without a meaning at its position is skipped.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer {
        query,
        chars: query.chars().collect(),
        is_prose: is_prose(query),
        at: 0,
        tokens: Vec::new(),
    };
    while lexer.at < lexer.chars.len() {
        lexer.step()?;
    }
    Ok(lexer.tokens)
}

/// Whether the query is sentences, as a pasted paragraph is: one ends before the last character, outside quotation marks.
pub(super) fn is_prose(query: &str) -> bool {
    let chars: Vec<char> = query.trim_end().chars().collect();
    let mut at = 0;
    // A mark that is not to come any more is looked for once: the time stays linear.
    let mut missing: Vec<&[char]> = Vec::new();
    while at + 1 < chars.len() {
        let closing = closing_quote(chars[at]).filter(|close| !missing.contains(close));
        let quoted = closing.and_then(|close| {
            let mut rest = chars[at + 1..].iter();
            let len = rest.position(|ch| close.contains(ch));
            missing.extend(len.is_none().then_some(close));
            len
        });
        match (chars[at], quoted) {
            ('。' | '；', _) => return true,
            (_, Some(len)) => at += len + 2,
            (_, None) => at += 1,
        }
    }
    false
}

struct Lexer<'a> {
    query: &'a str,
    chars: Vec<char>,
    is_prose: bool,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn step(&mut self) -> Result<(), SyntaxError> {
        let at = self.at;
        let ch = self.chars[at];
        if let Some(close) = closing_quote(ch) {
            return self.quoted(close);
        }
        match half_width(ch) {
            '(' => self.push_one(Kind::Open),
            ')' => self.push_one(Kind::Close),
            '+' if self.opens_word() => self.push_one(Kind::Plus),
            '-' if self.opens_word() => self.push_one(Kind::Minus),
            '^' if !self.is_prose => self.weight()?,
            ch if ch.is_whitespace() || is_stray_quote(ch) => self.at += 1,
            _ => self.word()?,
        }
        Ok(())
    }

    fn push_one(&mut self, kind: Kind) {
        self.tokens.push(Token { at: self.at, kind });
        self.at += 1;
    }

    /// Whether a sign is at the start of a word: `+词`, not `A+B` or ` - `.
    fn opens_word(&self) -> bool {
        if self.is_prose {
            return false;
        }
        let before = self.at.checked_sub(1).map(|at| half_width(self.chars[at]));
        let after = self.chars.get(self.at + 1).map(|&ch| half_width(ch));
        before.is_none_or(|ch| ch.is_whitespace() || ch == '(')
            && after.is_some_and(|ch| !ch.is_whitespace() && !matches!(ch, ')' | '+' | '-'))
    }

    fn quoted(&mut self, close: &[char]) -> Result<(), SyntaxError> {
        let at = self.at;
        let rest = &self.chars[at + 1..];
        let len = rest.iter().position(|ch| close.contains(ch));
        // `“三农”工作` opens a sentence; a phrase in a query is separate.
        let is_glued = |len: usize| {
            let after = rest.get(len + 1);
            after.is_some_and(|&after| !ends_phrase(half_width(after)))
        };
        let len = match len {
            Some(len) if !(self.is_prose && is_glued(len)) => len,
            None if !self.is_prose => return Err(self.error(at, Problem::UnclosedQuote)),
            _ => return self.word(),
        };
        let text: String = rest[..len].iter().collect();
        self.at += len + 2;
        if !Units::new(&text).is_empty() {
            let kind = Kind::Quoted(text);
            self.tokens.push(Token { at, kind });
        }
        Ok(())
    }

    /// `^` and a number; a `^` elsewhere is stray.
    fn weight(&mut self) -> Result<(), SyntaxError> {
        let at = self.at;
        let digits: String = self.chars[at + 1..]
            .iter()
            .map(|&ch| half_width(ch))
            .take_while(|ch| ch.is_ascii_digit() || *ch == '.')
            .collect();
        self.at += 1 + digits.chars().count();
        let next = self.chars.get(self.at).map(|&ch| half_width(ch));
        let ends = next.is_none_or(|ch| !ch.is_ascii_alphanumeric());
        let Some(weight) = digits.parse::<f32>().ok().filter(|_| ends) else {
            return Err(self.error(at, Problem::NoWeight));
        };
        if !(0.01..=100.0).contains(&weight) {
            return Err(self.error(at + 1, Problem::WeightOutOfRange));
        }
        self.tokens.push(Token {
            at,
            kind: Kind::Weight(weight),
        });
        Ok(())
    }

    fn word(&mut self) -> Result<(), SyntaxError> {
        let at = self.at;
        let rest = &self.chars[at..];
        if let Some((name, len)) = field(rest) {
            self.tokens.push(Token {
                at,
                kind: Kind::Field(name),
            });
            self.at += len;
            return Ok(());
        }
        let len = self.word_length(rest);
        let text: String = rest[..len].iter().collect();
        self.at += len;
        if let Some(kind) = keyword(&text).map_err(|problem| self.error(at, problem))? {
            self.tokens.push(Token { at, kind });
        } else if !Units::new(&text).is_empty() {
            self.tokens.push(Token {
                at,
                kind: Kind::Word(text),
            });
        }
        Ok(())
    }

    /// How far the word at the start of `rest` extends: over brackets and quotation marks inside it, but not over the bracket
    /// that closes what was opened before it.
    fn word_length(&self, rest: &[char]) -> usize {
        let mut n_open = 0;
        for (at, &ch) in rest.iter().enumerate() {
            let half = half_width(ch);
            let opens = half == '(' || closing_quote(ch).is_some();
            // `AND“甲”` and `NOT(甲)` need no blank.
            if half.is_whitespace() || opens && at > 0 && is_keyword(&rest[..at]) {
                return at.max(1);
            }
            match half {
                '^' if !self.is_prose => return at.max(1),
                '(' => n_open += 1,
                ')' if n_open == 0 => return at.max(1),
                ')' => n_open -= 1,
                _ => {}
            }
        }
        rest.len()
    }

    fn error(&self, at: usize, problem: Problem) -> SyntaxError {
        SyntaxError {
            query: self.query.to_owned(),
            at,
            problem,
        }
    }
}

/// The half-width form of an operator or bracket.
pub(super) fn half_width(ch: char) -> char {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{3000}' => ' ',
        _ => ch,
    }
}

/// What may close the phrase that a quotation mark opens.
fn closing_quote(ch: char) -> Option<&'static [char]> {
    match ch {
        '"' | '＂' => Some(&['"', '＂']),
        '“' => Some(&['”']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

fn is_stray_quote(ch: char) -> bool {
    matches!(ch, '”' | '」' | '』')
}

/// What may follow a phrase directly.
fn ends_phrase(half: char) -> bool {
    half.is_whitespace() || matches!(half, ')' | '^')
}

fn is_keyword(chars: &[char]) -> bool {
    /// Anything longer than `NEAR/100` is no operator.
    const LONGEST: usize = 10;
    chars.len() <= LONGEST
        && keyword(&chars.iter().collect::<String>()).is_ok_and(|kind| kind.is_some())
}

fn field(chars: &[char]) -> Option<(FieldName, usize)> {
    const NAMES: [(&str, FieldName); 8] = [
        ("title:", FieldName::Title),
        ("heading:", FieldName::Heading),
        ("kind:", FieldName::Kind),
        ("year:", FieldName::Year),
        ("path:", FieldName::Path),
        ("role:", FieldName::Role),
        ("issuer:", FieldName::Issuer),
        ("collection:", FieldName::Collection),
    ];
    let starts_with = |name: &str| {
        name.len() <= chars.len()
            && name
                .chars()
                .zip(chars)
                .all(|(a, &b)| a == half_width(b).to_ascii_lowercase())
    };
    NAMES
        .into_iter()
        .find(|(name, _)| starts_with(name))
        .map(|(name, field)| (field, name.len()))
}

fn keyword(text: &str) -> Result<Option<Kind>, Problem> {
    let half: String = text.chars().map(half_width).collect();
    Ok(Some(match half.as_str() {
        "AND" | "&&" => Kind::And,
        "OR" | "||" => Kind::Or,
        "NOT" => Kind::Not,
        "NEAR" => Kind::Near(10),
        _ => match half.strip_prefix("NEAR/") {
            Some(distance) => Kind::Near(distance.parse().map_err(|_| Problem::NoDistance)?),
            None => return Ok(None),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<Kind> {
        let tokens = tokens(query).expect("a query without errors");
        tokens.into_iter().map(|token| token.kind).collect()
    }

    fn word(text: &str) -> Kind {
        Kind::Word(text.to_owned())
    }

    #[test]
    fn signs_count_where_a_word_could_begin() {
        let cases: [(&str, Vec<Kind>); 11] = [
            ("甲 乙", vec![word("甲"), word("乙")]),
            ("甲　乙", vec![word("甲"), word("乙")]),
            ("（甲）", vec![Kind::Open, word("甲"), Kind::Close]),
            (
                "+甲 -乙",
                vec![Kind::Plus, word("甲"), Kind::Minus, word("乙")],
            ),
            ("＋甲", vec![Kind::Plus, word("甲")]),
            ("甲+乙", vec![word("甲+乙")]),
            ("甲 - 乙", vec![word("甲"), word("乙")]),
            ("“甲 乙”", vec![Kind::Quoted("甲 乙".to_owned())]),
            ("“，”甲", vec![word("甲")]),
            ("甲^2", vec![word("甲"), Kind::Weight(2.0)]),
            ("title:甲", vec![Kind::Field(FieldName::Title), word("甲")]),
        ];
        for (query, expected) in cases {
            assert_eq!(kinds(query), expected, "{query}");
        }
    }

    #[test]
    fn brackets_inside_a_word_belong_to_it() {
        assert_eq!(kinds("甲（乙）丙"), [word("甲（乙）丙")]);
        // The bracket that closes what was opened before does not.
        assert_eq!(
            kinds("(甲（乙）丙)"),
            [Kind::Open, word("甲（乙）丙"), Kind::Close]
        );
    }

    #[test]
    fn a_pasted_paragraph_has_no_signs() {
        let cases = [
            ("甲乙。", false),
            ("甲乙。 ", false),
            ("甲。乙", true),
            ("甲；乙", true),
            ("甲，乙", false),
            ("“甲。”乙", false),
            ("“甲。乙", true),
            ("「甲。」乙。丙", true),
            ("", false),
        ];
        for (query, expected) in cases {
            assert_eq!(is_prose(query), expected, "{query}");
        }
        assert_eq!(kinds("甲。 +乙^2"), [word("甲。"), word("+乙^2")]);
        // `“三农”工作` opens a sentence; it is not a phrase of two characters.
        assert_eq!(kinds("“三农”工作。下一句"), [word("“三农”工作。下一句")]);
    }

    #[test]
    fn errors_are_at_the_character_that_is_wrong() {
        let cases = [
            ("甲 “乙", 2, Problem::UnclosedQuote),
            ("甲^", 1, Problem::NoWeight),
            ("甲^2x", 1, Problem::NoWeight),
            ("甲^200", 2, Problem::WeightOutOfRange),
            ("甲^0", 2, Problem::WeightOutOfRange),
        ];
        for (query, at, problem) in cases {
            let error = tokens(query).expect_err(query);
            assert_eq!((error.at, error.problem), (at, problem), "{query}");
            assert_eq!(error.query, query);
        }
    }

    /// Every query of up to four of these characters.
    #[test]
    fn tokens_are_in_order_whatever_the_query() {
        let letters = ['甲', '“', '”', '(', ')', '+', '^', '2', ' ', '。'];
        for number in 0..10_usize.pow(4) {
            let digits = [
                number / 1000,
                number / 100 % 10,
                number / 10 % 10,
                number % 10,
            ];
            let query: String = digits.iter().map(|&digit| letters[digit]).collect();
            match tokens(&query) {
                Ok(tokens) => {
                    let places: Vec<usize> = tokens.iter().map(|token| token.at).collect();
                    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{query}");
                    assert!(places.iter().all(|&at| at < 4), "{query}");
                }
                Err(error) => assert!(error.at <= 4, "{query}"),
            }
        }
    }
}
