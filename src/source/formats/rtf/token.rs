//! Tokens: groups, control words, and bytes of text.

/// A token; `\'d2` is a byte, `\~` and similar symbols are words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\*`: the group may be skipped.
    Ignorable,
    /// A control word and its number.
    Word(&'a str, Option<i32>),
    /// A byte of the text, in whatever code page.
    Byte(u8),
}

/// The tokens of a document.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the previous byte was the first of two.
    is_second: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        // Text before the first brace, such as a byte order mark, is ignored.
        let start = bytes.iter().position(|&byte| byte == b'{').unwrap_or(0);
        Self {
            bytes,
            at: start,
            is_second: false,
        }
    }

    /// Whether only blanks are left.
    pub(super) fn is_blank(&self) -> bool {
        self.bytes[self.at..]
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
    }

    /// Skips `n_bytes` of binary data.
    pub(super) fn skip(&mut self, n_bytes: i32) {
        let n_bytes = usize::try_from(n_bytes).unwrap_or(0);
        self.at = self.at.saturating_add(n_bytes).min(self.bytes.len());
    }

    /// The next token; in a code page of `is_double_byte` a brace or backslash may be the second half of a
    /// character.
    pub(super) fn next(&mut self, is_double_byte: bool) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            if std::mem::take(&mut self.is_second)
                && byte >= 0x40
                // Trail bytes begin at 0x40. A closing brace or an escape after a lone lead byte is more
                // likely markup.
                && byte != b'}'
                && !self.begins_escape(byte)
            {
                return Some(Token::Byte(byte));
            }
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => continue,
                b'\t' => Token::Word("tab", None),
                _ => {
                    self.is_second = is_double_byte && byte >= 0x81;
                    Token::Byte(byte)
                }
            });
        }
    }

    /// Whether `byte`, the one just read, begins `\'xx` or a control word rather than being half a character.
    fn begins_escape(&self, byte: u8) -> bool {
        let next = self.bytes.get(self.at).copied().unwrap_or(0);
        byte == b'\\' && (next == b'\'' || next.is_ascii_lowercase())
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let byte = *self.bytes.get(self.at)?;
        if byte.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        Some(match byte {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2)?;
                let value = hexadecimal(digits);
                self.at += if value.is_some() { 2 } else { 0 };
                value.map_or(Token::Word("", None), Token::Byte)
            }
            b'*' => Token::Ignorable,
            // A backslash before a line end is the same as `\par` (RTF 1.9.1, "Special Characters").
            b'\r' | b'\n' => Token::Word("par", None),
            b'~' => Token::Word("~", None),
            b'_' => Token::Word("_", None),
            b'{' | b'}' | b'\\' => Token::Byte(byte),
            _ => Token::Word("", None),
        })
    }

    fn word(&mut self) -> Token<'a> {
        let rest = &self.bytes[self.at..];
        let n_letters = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count()
            // The specification limits a control word to 32 letters.
            .min(32);
        let name = std::str::from_utf8(&rest[..n_letters]).unwrap_or_default();
        self.at += n_letters;
        let number = self.number();
        // One blank after a control word is its delimiter, not text.
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        Token::Word(name, number)
    }
    /// The number that follows the letters of a control word.
    fn number(&mut self) -> Option<i32> {
        let after = &self.bytes[self.at..];
        let n_sign = usize::from(after.first() == Some(&b'-'));
        let digits = after[n_sign..].iter();
        let n_digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
        if n_digits == 0 {
            return None;
        }
        self.at += n_sign + n_digits;
        // The specification limits it to 10 digits.
        let digits = std::str::from_utf8(&after[..n_sign + n_digits.min(10)]).ok()?;
        digits.parse().ok()
    }
}

/// The byte written by two hexadecimal digits.
fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], is_double_byte: bool, expected: &[Token<'_>]) {
        let mut tokens = Tokens::new(text);
        let mut found = Vec::new();
        while let Some(token) = tokens.next(is_double_byte) {
            found.push(token);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn words_numbers_and_bytes() {
        use Token::{Byte, Close, Ignorable, Open, Word};
        check(
            b"{\\*\\u-248 ?\\'d2\\par\r\nA\\{}",
            false,
            &[
                Open,
                Ignorable,
                Word("u", Some(-248)),
                Byte(b'?'),
                Byte(0xd2),
                Word("par", None),
                Byte(b'A'),
                Byte(b'{'),
                Close,
            ],
        );
        // The second byte of a character may look like a brace or a backslash.
        check(
            b"{\xb0{\xb0\\}",
            true,
            &[Open, Byte(0xb0), Byte(b'{'), Byte(0xb0), Byte(b'\\'), Close],
        );
        check(b"{\xb0\\'a1", true, &[Open, Byte(0xb0), Byte(0xa1)]);
    }
}
