//! Cutting a text: the most probable row of words, as jieba does in search mode without its hidden Markov model.
//!
//! A block of characters that can stand in words is walked from its end: for each place, the best word that
//! begins there is the one whose log-probability and what follows it come to most. A word of three or more
//! characters is preceded by the words of two and three characters inside it.
//!
//! The same words as jieba-rs 0.11's `tokenize(text, TokenizeMode::Search, false)`, in the same order; a test
//! compares them. After Junyi Sun's jieba (MIT).

use std::ops::Range;

/// The words that begin at a place of a row of characters.
pub(super) trait Lexicon {
    /// What the lexicon knows a character by.
    type Letter: Copy;
    /// The letter of a character.
    fn letter(&self, ch: char) -> Self::Letter;
    /// Calls `visit` with length in characters and log-probability of each word that `letters` begins with, shortest first.
    fn prefixes(&self, letters: &[Self::Letter], visit: impl FnMut(usize, f64));
    /// Prepares for a walk along two letters that comes soon.
    fn look_ahead(&self, _first: Self::Letter, _second: Self::Letter) {}
    /// Log-probability of a character that no word holds.
    fn unknown(&self) -> f64;
}

/// Room for cutting, kept from text to text.
pub(super) struct Room<L> {
    letters: Vec<L>,
    /// Byte offset of each character of the block, and of its end.
    starts: Vec<usize>,
    steps: Vec<Step>,
}

/// The best step from one character on.
#[derive(Clone, Copy, Default)]
struct Step {
    /// Log-probability of the rest of the block.
    value: f64,
    /// The character after the word.
    end: u32,
    /// Bits 2 and 3: whether the two, the three characters from here are a word.
    short: u32,
}

impl<L> Default for Room<L> {
    fn default() -> Self {
        Self {
            letters: Vec::new(),
            starts: Vec::new(),
            steps: Vec::new(),
        }
    }
}

/// How words are reported.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mode {
    /// Each character stands in one word.
    Once,
    /// Long words are preceded by the words in them.
    Search,
}

/// Calls `visit` with the range of bytes of each word of `text`, punctuation and blanks among them.
pub(super) fn cut<L: Lexicon>(
    lexicon: &L,
    text: &str,
    mode: Mode,
    room: &mut Room<L::Letter>,
    mut visit: impl FnMut(Range<usize>),
) {
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        if !stands_in_words(ch) {
            visit(at..at + ch.len_utf8());
            continue;
        }
        room.letters.clear();
        room.starts.clear();
        room.letters.push(lexicon.letter(ch));
        room.starts.push(at);
        let mut end = at + ch.len_utf8();
        while let Some((at, ch)) = chars.next_if(|&(_, ch)| stands_in_words(ch)) {
            room.letters.push(lexicon.letter(ch));
            room.starts.push(at);
            end = at + ch.len_utf8();
        }
        room.starts.push(end);
        find_route(lexicon, room);
        Route { text, mode, room }.follow(&mut visit);
    }
}

/// Whether a character can stand in a word of the dictionary: Han, ASCII letters and digits, and marks that join them.
#[inline]
fn stands_in_words(ch: char) -> bool {
    match ch {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\x7f' => {
            ch.is_ascii_alphanumeric() || matches!(ch, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        }
        _ => {
            matches!(ch, '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}' | '\u{2b740}'..='\u{2b81f}'
            | '\u{2b820}'..='\u{2ceaf}' | '\u{2ceb0}'..='\u{2ebef}' | '\u{2f800}'..='\u{2fa1f}')
        }
    }
}

/// How many characters ahead of the walk its memory is fetched: loads that depend on each other are what it waits for.
const LOOK_AHEAD: usize = 8;

/// Fills `room.steps` from the end of the block to its start.
fn find_route<L: Lexicon>(lexicon: &L, room: &mut Room<L::Letter>) {
    let n = room.letters.len();
    room.steps.clear();
    room.steps.resize(n + 1, Step::default());
    let unknown = lexicon.unknown();
    for at in (0..n).rev() {
        if let Some(ahead) = at.checked_sub(LOOK_AHEAD) {
            lexicon.look_ahead(room.letters[ahead], room.letters[ahead + 1]);
        }
        let (mut value, mut end, mut short) = (f64::NEG_INFINITY, 0, 0);
        lexicon.prefixes(&room.letters[at..], |len, word| {
            let through = word + room.steps[at + len].value;
            // Of equals the longer: it comes later.
            if through >= value {
                (value, end) = (through, at + len);
            }
            short |= 1u32.checked_shl(len as u32).unwrap_or(0);
        });
        if end == 0 {
            (value, end) = (unknown + room.steps[at + 1].value, at + 1);
        }
        room.steps[at] = Step {
            value,
            end: end as u32,
            short,
        };
    }
}

/// A block with its best steps.
struct Route<'a, L> {
    text: &'a str,
    mode: Mode,
    room: &'a Room<L>,
}

impl<L> Route<'_, L> {
    /// Reports the words in order; letters and digits that are no words are joined to one.
    fn follow(&self, visit: &mut impl FnMut(Range<usize>)) {
        let n = self.room.letters.len();
        let mut run = None;
        let mut at = 0;
        while at < n {
            let end = self.room.steps[at].end as usize;
            if end == at + 1 && self.text.as_bytes()[self.room.starts[at]].is_ascii_alphanumeric() {
                run.get_or_insert(at);
            } else {
                if let Some(start) = run.take() {
                    self.word(start, at, visit);
                }
                self.word(at, end, visit);
            }
            at = end;
        }
        if let Some(start) = run {
            self.word(start, n, visit);
        }
    }

    fn word(&self, start: usize, end: usize, visit: &mut impl FnMut(Range<usize>)) {
        let starts = &self.room.starts;
        let range = starts[start]..starts[end];
        if self.mode == Mode::Search && end - start > 1 {
            self.joined_parts(range.clone(), visit);
            for len in [2, 3] {
                for at in start..(end + 1).saturating_sub(len) {
                    if end - start > len && self.room.steps[at].short & 1 << len != 0 {
                        visit(starts[at]..starts[at + len]);
                    }
                }
            }
        }
        visit(range);
    }

    /// The parts of a word like `qr-300` that hold a letter and are longer than it.
    fn joined_parts(&self, range: Range<usize>, visit: &mut impl FnMut(Range<usize>)) {
        let word = &self.text[range.clone()];
        if !word.bytes().any(|byte| matches!(byte, b'.' | b'_' | b'-')) {
            return;
        }
        let mut at = range.start;
        for part in word.split(['.', '_', '-']) {
            if part.len() >= 2 && part.bytes().any(|byte| byte.is_ascii_alphabetic()) {
                visit(at..at + part.len());
            }
            at += part.len() + 1;
        }
    }
}
