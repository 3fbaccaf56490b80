//! Words: segmentation for ranking. Counts never rest on it.
//!
//! jieba in search mode without its hidden Markov model: a word gives itself and the dictionary words of two
//! and three characters inside it. Guessed words never helped retrieval and differ between query and text.

use std::sync::OnceLock;

use jieba_rs::{Jieba, TokenizeMode};

use super::normalize::normalize;

/// A dictionary and the rule to cut text by it.
///
/// The dictionary is loaded when the first text is cut: many commands never cut any.
pub struct Segmenter {
    entries: Vec<Entry>,
    jieba: OnceLock<Jieba>,
}

struct Entry {
    word: String,
    frequency: usize,
    tag: Option<String>,
}

/// A line of a user dictionary that is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected `word [frequency] [tag]`, found `{text}`")]
pub struct BadEntry {
    /// 1-based line number.
    pub line: usize,
    /// The line.
    pub text: String,
}

impl Segmenter {
    /// Reads `user_dictionary`, lines of `word [frequency] [tag]` in jieba's format, to go on top of its default dictionary.
    ///
    /// A user's word always counts at least as often as jieba needs to keep it in one piece. `#` starts a comment.
    ///
    /// # Errors
    /// [`BadEntry`] for the first line that is no entry.
    pub fn new(user_dictionary: &str) -> Result<Self, BadEntry> {
        let mut entries = Vec::new();
        for (line, text) in (1..).zip(user_dictionary.lines()) {
            let text = text.trim_start_matches('\u{feff}').trim();
            if !text.is_empty() && !text.starts_with('#') {
                entries.push(entry(text).ok_or_else(|| BadEntry {
                    line,
                    text: text.to_owned(),
                })?);
            }
        }
        Ok(Self {
            entries,
            jieba: OnceLock::new(),
        })
    }

    /// The words of a normalized text, in order of their start; punctuation and blanks are none.
    pub fn words<'a>(&self, normalized: &'a str) -> impl Iterator<Item = &'a str> {
        let jieba = self.jieba.get_or_init(|| load(&self.entries));
        let tokens = jieba.tokenize(normalized, TokenizeMode::Search, false);
        tokens
            .into_iter()
            .map(|token| token.word)
            .filter(|word| word.chars().any(char::is_alphanumeric))
    }
}

fn load(entries: &[Entry]) -> Jieba {
    let mut jieba = Jieba::new();
    for Entry {
        word,
        frequency,
        tag,
    } in entries
    {
        let frequency = jieba.suggest_freq(word).max(*frequency);
        jieba.add_word(word, Some(frequency), tag.as_deref());
    }
    jieba
}

fn entry(text: &str) -> Option<Entry> {
    let mut parts = text.split_whitespace().peekable();
    let word = normalize(parts.next()?);
    let frequency = parts.peek().and_then(|part| part.parse().ok());
    if frequency.is_some() {
        parts.next();
    }
    let tag = parts.next().map(str::to_owned);
    let is_entry = word.chars().any(char::is_alphanumeric) && parts.next().is_none();
    is_entry.then_some(Entry {
        word,
        frequency: frequency.unwrap_or(0),
        tag,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dictionary: &str, text: &str, expected: &[&str]) {
        let segmenter = Segmenter::new(dictionary).expect("a good dictionary");
        let text = normalize(text);
        assert_eq!(segmenter.words(&text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn cuts_words_and_their_parts() {
        check(
            "",
            "失地農民，安置！",
            &["失地", "农民", "失地农民", "安置"],
        );
        check(
            "",
            "中华人民共和国",
            &["中华", "华人", "人民", "共和", "共和国", "中华人民共和国"],
        );
    }

    #[test]
    fn user_words_stay_whole() {
        check(
            "失地农民 1 n\n# 注\n\n",
            "失地农民的安置",
            &["失地", "农民", "失地农民", "的", "安置"],
        );
        check("失地農民\n", "失地农民", &["失地", "农民", "失地农民"]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Segmenter::new("好词 3\n，，\n").map(|_| ()).unwrap_err();
        assert_eq!(
            error,
            BadEntry {
                line: 2,
                text: "，，".into()
            }
        );
    }
}
