//! Units read by a table: what nearly every character folds to and its class, in one lookup.
//!
//! The rules are those of [`Units`](super::units::Units). A text with a character that folds to more or less than one, or with
//! those beside it (combining marks, ligatures, zero-width characters), is left to `Units` itself.

use std::sync::LazyLock;

use super::normalize::fold;
use super::units::{ends_sentence, is_single_unit};
use super::{simplified, spaced};

/// Takes the units of a text, in order.
pub(crate) trait Sink {
    /// A character that is a unit by itself, with its value in the table.
    fn alone(&mut self, value: u32);
    /// A run of letters and digits.
    fn run(&mut self, run: &str);
    /// Anything else that does not belong to a unit, by its class.
    fn mark(&mut self, class: u32);
}

/// Reads a text by `table`, which is [`CLASSES`] or has other values for characters that are units by
/// themselves; `false` if the text must be read by `Units`, whatever `sink` has received so far.
pub(crate) fn read(
    table: &[u32],
    chars: impl Iterator<Item = char> + Clone,
    run: &mut String,
    sink: &mut impl Sink,
) -> bool {
    run.clear();
    let mut reader = ClassReader {
        run,
        pending: false,
        sink,
    };
    let (mut n_blanks, mut last) = (0, '\0');
    for ch in chars.clone() {
        let entry = table.get(ch as usize).copied();
        let entry = entry.unwrap_or(pack(COMPLEX, 0));
        if class(entry) == ALONE {
            reader.read_alone(value(entry));
        } else {
            // A letter O after a Han numeral may be a zero (二O二三), which only folding with neighbours
            // decides.
            let may_be_zero = matches!(ch, 'O' | 'o') && is_single_unit(last);
            if class(entry) == COMPLEX || may_be_zero {
                return false;
            }
            n_blanks += usize::from(ch == ' ');
            reader.read_other(entry);
        }
        last = ch;
    }
    reader.end_run();
    // Spaced-out text (`1 2 . 5 万 元`) folds its blanks away, which needs the whole text. The counter avoids
    // that search for nearly every text; before it existed the search took 1.6 % of a report over 3,800
    // documents.
    n_blanks < spaced::MIN_BLANKS || spaced::gaps(&chars.collect::<String>()).is_empty()
}

struct ClassReader<'a, S> {
    run: &'a mut String,
    /// Whether the run ends with a `.` or `,` after a digit that is kept only if a digit follows.
    pending: bool,
    sink: &'a mut S,
}

impl<S: Sink> ClassReader<'_, S> {
    #[inline]
    fn read_alone(&mut self, value: u32) {
        if !self.run.is_empty() {
            self.end_run();
        }
        self.sink.alone(value);
    }

    fn read_other(&mut self, entry: u32) {
        let class = class(entry);
        if self.pending {
            if class == DIGIT {
                self.pending = false;
            } else {
                self.end_run();
            }
        }
        match class {
            DIGIT | LETTER => self.run.extend(char::from_u32(value(entry))),
            // `1.5` and `1,200` are one unit; the mark waits for a digit.
            POINT | COMMA if self.after_digit() => {
                self.pending = true;
                self.run.extend(char::from_u32(value(entry)));
            }
            // `5%` is one unit; the sign ends the run, so that `5%以上` and `5% 以上` read alike.
            PERCENT if self.after_digit() => {
                self.run.push('%');
                self.end_run();
            }
            _ => {
                self.end_run();
                self.sink.mark(class);
            }
        }
    }

    fn after_digit(&self) -> bool {
        let last = self.run.as_bytes().last();
        !self.pending && last.is_some_and(u8::is_ascii_digit)
    }

    fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        // A mark that no digit followed is not part of the run; a comma still separates clauses. A
        // full stop ends neither clause nor sentence, but is between two units, which `search::rank::rerank` must know.
        let mark = if self.pending { self.run.pop() } else { None };
        self.pending = false;
        self.sink.run(self.run);
        self.run.clear();
        match mark {
            Some(',') => self.sink.mark(COMMA),
            Some(_) => self.sink.mark(POINT),
            None => {}
        }
    }
}

/// Invisible to matching.
pub(super) const NOTHING: u32 = 0;
/// A unit by itself.
pub(super) const ALONE: u32 = 1;
pub(super) const DIGIT: u32 = 2;
/// A letter or number in a run, not an ASCII digit.
pub(super) const LETTER: u32 = 3;
pub(super) const POINT: u32 = 4;
pub(super) const COMMA: u32 = 5;
pub(super) const PERCENT: u32 = 6;
/// Ends a sentence.
pub(crate) const END: u32 = 7;
/// Separates clauses inside a sentence.
pub(super) const CLAUSE: u32 = 8;
/// Folds to more or less than one character, or with those beside it.
pub(super) const COMPLEX: u32 = 9;
/// White space.
pub(super) const BLANK: u32 = 10;
/// `、`, between the items of a list.
pub(super) const LIST: u32 = 11;
/// An opening bracket or quotation mark.
pub(super) const OPEN: u32 = 12;
/// A closing one.
pub(super) const CLOSE: u32 = 13;

pub(super) fn pack(class: u32, value: u32) -> u32 {
    class << 28 | value
}

pub(super) fn class(entry: u32) -> u32 {
    entry >> 28
}

pub(super) fn value(entry: u32) -> u32 {
    entry & 0x0fff_ffff
}

/// The class of a normalized character.
pub(super) fn class_of(ch: char) -> u32 {
    match ch {
        _ if is_single_unit(ch) => ALONE,
        '0'..='9' => DIGIT,
        '.' => POINT,
        ',' => COMMA,
        '%' => PERCENT,
        _ if ends_sentence(ch) => END,
        ';' | ':' | '\n' => CLAUSE,
        _ if ch.is_alphanumeric() => LETTER,
        '、' => LIST,
        '(' | '“' | '《' | '〈' | '「' | '『' | '【' | '‘' => OPEN,
        ')' | '”' | '》' | '〉' | '」' | '』' | '】' | '’' => CLOSE,
        _ if ch.is_whitespace() => BLANK,
        _ => NOTHING,
    }
}

/// For each character of the Basic Multilingual Plane its class and what it folds to.
pub(crate) static CLASSES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let entry = |code: u32| {
        let Some(ch) = char::from_u32(code) else {
            return pack(COMPLEX, 0);
        };
        // Han and ASCII never compose with a preceding character; of the rest, only characters that cannot
        // compose either.
        let is_plain = ch.is_ascii() || is_single_unit(ch) || is_plain_mark(ch);
        let mut folded = Vec::new();
        fold(ch.encode_utf8(&mut [0; 4]), |one| folded.push(one.ch));
        // Anything that folds to none or to several characters is left to `Units`.
        match folded[..] {
            [one] if is_plain && !depends_on_neighbours(ch) => pack(class_of(one), one as u32),
            _ => pack(COMPLEX, 0),
        }
    };
    (0..0x1_0000).map(entry).collect()
});

/// Punctuation, symbols and full-width forms that are frequent in Chinese text.
fn is_plain_mark(ch: char) -> bool {
    matches!(ch, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}' | '\u{a0}' | '·' | '×' | '①'..='⑳')
}

/// Whether what the character folds to depends on its neighbours: Hangul syllables and kana absorb what
/// follows, some words fold differently from their characters, and a letter O may be a zero.
fn depends_on_neighbours(ch: char) -> bool {
    matches!(ch, '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{30ff}' | 'Ｏ')
        || simplified::depends_on_word(ch)
}

#[cfg(test)]
mod tests;
