//! Words: segmentation for ranking. Counts never rest on it.
//!
//! jieba's search mode without its hidden Markov model: a word gives itself and the dictionary words of two
//! and three characters inside it. Guessed words never helped retrieval and differ between query and text.
//!
//! The dictionary is compiled to a flat form ([`Segmenter::compile`]), which takes a fifth of a second; whoever
//! keeps that form opens it again in a millisecond.

mod cut;
mod lexicon;
mod trie;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::normalize::normalize;
use cut::{Lexicon, Mode};
use trie::Trie;

pub use trie::Bytes;

/// A dictionary and the rule to cut text by it.
///
/// The dictionary is opened when the first text is cut: many commands never cut any.
pub struct Segmenter {
    entries: Vec<Entry>,
    open: Box<dyn Fn() -> Option<Bytes> + Send + Sync>,
    trie: OnceLock<Trie>,
}

/// Memory for cutting, kept from text to text.
#[derive(Default)]
pub struct Room(cut::Room<u16>);

struct Entry {
    word: String,
    frequency: usize,
}

/// A line of a user dictionary that is no entry, or one too many.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    /// It reads otherwise.
    #[error("line {line}: expected `word [frequency] [tag]`, found `{text}`")]
    Form {
        /// 1-based line number.
        line: usize,
        /// The line.
        text: String,
    },
    /// The dictionary is full.
    #[error(
        "line {line}: more words than fit; a dictionary takes {} million characters, {} different ones",
        trie::MAX_LETTERS >> 20,
        trie::MAX_CHARS
    )]
    Full {
        /// 1-based line number.
        line: usize,
    },
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
        let mut letters = 0;
        let mut chars = BTreeSet::new();
        for (line, text) in (1..).zip(user_dictionary.lines()) {
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let entry = entry(text).ok_or_else(|| BadEntry::Form {
                line,
                text: shortened(text),
            })?;
            letters += entry.word.chars().count();
            chars.extend(entry.word.chars());
            if letters > trie::MAX_LETTERS || chars.len() > trie::MAX_CHARS {
                return Err(BadEntry::Full { line });
            }
            entries.push(entry);
        }
        Ok(Self {
            entries,
            open: Box::new(|| None),
            trie: OnceLock::new(),
        })
    }

    /// The same, taking what [`Segmenter::compile`] gave from `open` when it is needed.
    ///
    /// Where that is nothing, or damaged, or comes from other entries, the dictionary is compiled again.
    pub fn kept(self, open: impl Fn() -> Option<Bytes> + Send + Sync + 'static) -> Self {
        Self {
            open: Box::new(open),
            ..self
        }
    }

    /// The dictionary in a flat form, for [`Segmenter::kept`]: the same bytes for the same entries.
    pub fn compile(&self) -> Vec<u8> {
        lexicon::compile(&self.entries, self.source())
    }

    /// Hash of the entries and of the version of the default dictionary, hexadecimal: a name for what [`Segmenter::compile`] gives.
    pub fn fingerprint(&self) -> String {
        self.source().to_hex()[..16].to_owned()
    }

    /// Whether `compiled` is what [`Segmenter::compile`] gives, whole.
    pub fn is_whole(&self, compiled: Bytes) -> bool {
        Trie::open(compiled, self.source()).is_some()
    }

    /// The words of a normalized text, in order of their start; punctuation and blanks are none.
    pub fn words<'a>(&self, normalized: &'a str) -> impl Iterator<Item = &'a str> {
        let mut words = Vec::new();
        self.each_word(normalized, &mut Room::default(), |word| words.push(word));
        words.into_iter()
    }

    /// Calls `visit` with each of [`Segmenter::words`].
    pub fn each_word<'a>(
        &self,
        normalized: &'a str,
        room: &mut Room,
        mut visit: impl FnMut(&'a str),
    ) {
        cut::cut(self.trie(), normalized, Mode::Search, &mut room.0, |word| {
            let word = &normalized[word];
            if word.chars().any(is_word) {
                visit(word);
            }
        });
    }

    fn trie(&self) -> &Trie {
        self.trie.get_or_init(|| {
            let kept = (self.open)().and_then(|bytes| Trie::open(bytes, self.source()));
            kept.unwrap_or_else(|| {
                let compiled = Box::new(self.compile());
                Trie::open(compiled, self.source()).expect("what was just compiled opens")
            })
        })
    }

    fn source(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(trie::MAGIC);
        for Entry { word, frequency } in &self.entries {
            hasher.update(format!("{word} {frequency}\n").as_bytes());
        }
        hasher.finalize()
    }
}

/// Whether the character makes a word of what it stands in.
fn is_word(ch: char) -> bool {
    // Nearly all characters are of this block, and the general test is a slow one.
    matches!(ch, '\u{4e00}'..='\u{9fff}') || ch.is_alphanumeric()
}

impl Lexicon for Trie {
    type Letter = u16;

    #[inline]
    fn letter(&self, ch: char) -> u16 {
        self.code(ch)
    }

    #[inline]
    fn prefixes(&self, letters: &[u16], visit: impl FnMut(usize, f64)) {
        self.walk().prefixes(letters, visit);
    }

    #[inline]
    fn look_ahead(&self, first: u16, second: u16) {
        self.walk().look_ahead(first, second);
    }

    fn unknown(&self) -> f64 {
        self.unknown()
    }
}

/// A line as a message shows it.
pub(super) fn shortened(line: &str) -> String {
    const MAX_SHOWN: usize = 60;
    match line.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn entry(text: &str) -> Option<Entry> {
    let mut parts = text.split_whitespace().peekable();
    let word = normalize(parts.next()?);
    let frequency = parts.peek().and_then(|part| part.parse().ok());
    if frequency.is_some() {
        parts.next();
    }
    // The tag is read over: nothing of ours needs to know the part of speech.
    parts.next();
    let is_entry = word.chars().any(char::is_alphanumeric) && parts.next().is_none();
    is_entry.then_some(Entry {
        word,
        frequency: frequency.unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jieba_rs::{Jieba, TokenizeMode};
    use proptest::prelude::*;

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
            BadEntry::Form {
                line: 2,
                text: "，，".into()
            }
        );
    }

    /// Both ways of cutting, over the same dictionary.
    struct Both {
        ours: Segmenter,
        jieba: Jieba,
    }

    impl Both {
        fn new(dictionary: &str) -> Self {
            let ours = Segmenter::new(dictionary).expect("a good dictionary");
            let mut jieba = Jieba::new();
            for Entry { word, frequency } in &ours.entries {
                let frequency = jieba.suggest_freq(word).max(*frequency);
                jieba.add_word(word, Some(frequency), None);
            }
            Self { ours, jieba }
        }

        #[track_caller]
        fn agree(&self, text: &str) {
            let tokens = self.jieba.tokenize(text, TokenizeMode::Search, false);
            let theirs: Vec<&str> = tokens
                .into_iter()
                .map(|token| token.word)
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .collect();
            assert_eq!(self.ours.words(text).collect::<Vec<_>>(), theirs, "{text}");
        }
    }

    const USER: &str = "失地农民 1\n白苇县\n园区办 900000\n中华人民共和国 5\nqr-300\nc++\n3.5g网\n\u{20000}甲乙丙丁\n的\n甲·乙\n";

    static DEFAULT: LazyLock<Both> = LazyLock::new(|| Both::new(""));
    static EXTENDED: LazyLock<Both> = LazyLock::new(|| Both::new(USER));

    #[test]
    fn the_corpus_is_cut_as_jieba_cuts_it() {
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let mut lines = 0;
        for entry in walkdir::WalkDir::new(corpus).sort_by_file_name() {
            let entry = entry.expect("the corpus can be read");
            if entry.file_type().is_file() {
                let bytes = std::fs::read(entry.path()).expect("a file");
                for line in normalize(&String::from_utf8_lossy(&bytes)).lines() {
                    DEFAULT.agree(line);
                    EXTENDED.agree(line);
                    lines += 1;
                }
            }
        }
        assert!(lines > 100, "{lines} lines");
    }

    #[test]
    fn odd_texts_are_cut_as_jieba_cuts_them() {
        let texts = [
            "",
            "a",
            "qr-300型qr-3003.5g网c++++的c+ qr_300.a",
            "state-of-the-art 1.2.3 www.example.com -a- ..ab..cd",
            "\u{20000}甲乙丙丁\u{20000}甲乙\u{2a700}丙\u{fa0e}\u{3400}",
            "甲·乙、丙\r\n丁 κόσμε かな 한글 ０１",
            "园区办公室失地农民白苇县中华人民共和国的的的",
        ];
        for text in texts {
            DEFAULT.agree(text);
            EXTENDED.agree(text);
        }
    }

    #[test]
    fn kept_bytes_are_used_only_whole_and_of_the_same_entries() {
        let dictionary = "白苇县\n";
        let segmenter = Segmenter::new(dictionary).expect("a good dictionary");
        let compiled = segmenter.compile();
        let words = |bytes: Vec<u8>| {
            let segmenter = Segmenter::new(dictionary).expect("a good dictionary");
            let kept = segmenter.kept(move || Some(Box::new(bytes.clone())));
            kept.words("白苇县的失地农民").collect::<Vec<_>>().join("/")
        };
        let expected = "白苇县/的/失地/农民/失地农民";
        assert!(segmenter.is_whole(Box::new(compiled.clone())));
        assert_eq!(words(compiled.clone()), expected);
        for at in [0, 20, 50, 73, 100, compiled.len() / 2, compiled.len() - 1] {
            let mut damaged = compiled.clone();
            damaged[at] ^= 1;
            assert!(!segmenter.is_whole(Box::new(damaged)), "byte {at}");
        }
        assert!(!segmenter.is_whole(Box::new(compiled[..compiled.len() - 8].to_vec())));
        assert!(!segmenter.is_whole(Box::new(Vec::new())));
        let other = Segmenter::new("").expect("no entry").compile();
        assert!(!segmenter.is_whole(Box::new(other.clone())));
        assert_eq!(words(other), expected);
    }

    #[test]
    fn a_name_for_each_dictionary() {
        let name = |text: &str| {
            Segmenter::new(text)
                .expect("a good dictionary")
                .fingerprint()
        };
        assert_eq!(name("白苇县 3 n"), name("# 注\n白苇县 3\n"));
        assert_ne!(name("白苇县 3"), name("白苇县 4"));
        assert_ne!(name("白苇县"), name(""));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn random_texts_are_cut_as_jieba_cuts_them(
            text in "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严失苇园]{0,24}"
        ) {
            DEFAULT.agree(&text);
            EXTENDED.agree(&text);
        }

        #[test]
        fn random_marks_are_cut_as_jieba_cuts_them(text in "[失地农民白苇县a-c0-3.+#&_%é，。\u{20000}\u{fa0e}-]{0,24}") {
            DEFAULT.agree(&text);
            EXTENDED.agree(&text);
        }

        #[test]
        fn anything_is_cut_as_jieba_cuts_it(text in "\\PC{0,40}") {
            DEFAULT.agree(&text);
        }
    }
}
