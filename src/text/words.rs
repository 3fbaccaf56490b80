//! Words: segmentation for ranking. Counts never depend on it.
//!
//! jieba-rs segments, in search mode and without its hidden Markov model: a word yields the dictionary words
//! of two and three characters inside it, and itself. Guessed words did not improve retrieval and differ
//! between query and text.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use super::normalize::normalize;

/// A dictionary and the rule to segment text by it.
///
/// The dictionary is loaded when the first text is segmented, or by [`Segmenter::load`]: many commands
/// segment nothing, and loading takes a tenth of a second.
pub struct Segmenter {
    entries: Vec<DictionaryEntry>,
    jieba: OnceLock<Jieba>,
}

struct DictionaryEntry {
    word: String,
    frequency: usize,
}

/// Maximum frequency of an entry: sums of them stay far below the limits of jieba's arithmetic.
const MAX_FREQUENCY: usize = u32::MAX as usize;

/// A line of a user dictionary that is not an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected `word [frequency] [tag]`, found `{text}`")]
pub struct BadEntry {
    /// 1-based line number.
    pub line: usize,
    /// The line, shortened.
    pub text: String,
}

impl Segmenter {
    /// Reads `user_dictionary`, lines of `word [frequency] [tag]` in jieba's format, which extend its default
    /// dictionary.
    ///
    /// A user's word always has at least the frequency that jieba needs to keep it in one piece. `#` starts a
    /// comment.
    ///
    /// # Errors
    /// [`BadEntry`] for the first line that is not an entry.
    pub fn new(user_dictionary: &str) -> Result<Self, BadEntry> {
        let mut entries = Vec::new();
        for (line, text) in (1..).zip(user_dictionary.lines()) {
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let bad = || BadEntry {
                line,
                text: shortened(text),
            };
            entries.push(entry(text).ok_or_else(bad)?);
        }
        Ok(Self {
            entries,
            jieba: OnceLock::new(),
        })
    }

    /// Loads the dictionary if it is not loaded yet.
    pub fn load(&self) {
        self.jieba();
    }

    /// The words of a normalized text, each after the shorter ones inside it, without punctuation and blanks.
    pub fn words<'a>(&self, normalized: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        let tokens = self.jieba().cut_for_search(normalized, false);
        let words = tokens.into_iter().map(|token| token.word);
        words.filter(|word| word.chars().any(is_word))
    }

    /// Whether a normalized text is a word of the dictionary.
    pub fn is_word(&self, normalized: &str) -> bool {
        self.jieba().has_word(normalized)
    }

    fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(|| {
            let mut jieba = Jieba::new();
            let line = |entry: &DictionaryEntry| {
                // A frequency below jieba's suggestion would have no effect: the word would still be split.
                let frequency = jieba.suggest_freq(&entry.word).max(entry.frequency);
                format!("{} {frequency}\n", entry.word)
            };
            let lines: String = self.entries.iter().map(line).collect();
            if !lines.is_empty() {
                let loaded = jieba.load_dict(&mut lines.as_bytes());
                loaded.expect("lines of a word and a number are what jieba loads");
            }
            jieba
        })
    }
}

/// Whether the character makes its token a word.
fn is_word(ch: char) -> bool {
    // Nearly all characters are of this block, and the general test is slow.
    matches!(ch, '\u{4e00}'..='\u{9fff}') || ch.is_alphanumeric()
}

/// A line, shortened for a message.
pub(super) fn shortened(line: &str) -> String {
    const MAX_SHOWN: usize = 60;
    match line.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn entry(text: &str) -> Option<DictionaryEntry> {
    let mut parts = text.split_whitespace().peekable();
    let word = normalize(parts.next()?);
    let frequency = parts.peek().and_then(|part| part.parse::<usize>().ok());
    if frequency.is_some() {
        parts.next();
    }
    // The tag is ignored: nothing here needs the part of speech.
    parts.next();
    let is_one = !word.contains(char::is_whitespace);
    let is_entry = is_one && word.chars().any(char::is_alphanumeric) && parts.next().is_none();
    is_entry.then_some(DictionaryEntry {
        word,
        frequency: frequency.unwrap_or(0).min(MAX_FREQUENCY),
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
            "白苇县 1 n\n# 注\n\n",
            "白苇县的安置",
            &["白苇县", "的", "安置"],
        );
        check("失地農民\n", "失地农民", &["失地", "农民", "失地农民"]);
        // A frequency that sums would overflow with.
        check(
            &format!("白苇县 {}\n苇县 {0}\n", usize::MAX),
            "白苇县",
            &["苇县", "白苇县"],
        );
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Segmenter::new("好词 3\n，，\n").map(|_| ()).unwrap_err();
        let expected = BadEntry {
            line: 2,
            text: "，，".into(),
        };
        assert_eq!(error, expected);
    }

    #[test]
    fn an_entry_has_a_word_a_frequency_and_a_tag() {
        let read = |line: &str| entry(line).map(|entry| (entry.word, entry.frequency));
        for (line, expected) in [
            ("白苇县", Some(("白苇县", 0))),
            ("白苇县 12", Some(("白苇县", 12))),
            ("白苇县 12 n", Some(("白苇县", 12))),
            ("白苇县 n", Some(("白苇县", 0))),
            ("ＡＢ1 3", Some(("ab1", 3))),
            ("白苇县 12 n 余", None),
            ("白苇县 n 12", None),
            ("，", None),
            ("", None),
        ] {
            let expected = expected.map(|(word, frequency)| (word.to_owned(), frequency));
            assert_eq!(read(line), expected, "{line}");
        }
        let most = read("甲乙 99999999999").map(|(_, frequency)| frequency);
        assert_eq!(most, Some(MAX_FREQUENCY));
    }

    #[test]
    fn a_line_is_shortened_for_a_message() {
        assert_eq!(shortened(&"长".repeat(60)), "长".repeat(60));
        assert_eq!(shortened(&"长".repeat(61)), format!("{}…", "长".repeat(60)));
    }

    #[test]
    fn words_are_parts_of_the_text_with_a_letter() {
        let segmenter = Segmenter::new("").expect("an empty dictionary");
        let text = normalize("2023年，全县GDP增长6.5%——（含园区）失地农民安置到位。");
        let mut last = 0;
        for word in segmenter.words(&text) {
            assert!(text.contains(word) && word.chars().any(is_word), "{word}");
            let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
            // A word comes after the shorter ones inside it, so that ends never go back.
            assert!(end + word.len() >= last, "{word}");
            last = end;
        }
        assert!(segmenter.is_word("农民") && !segmenter.is_word("白苇县"));
    }
}
