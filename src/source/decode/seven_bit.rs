//! Encodings of seven bits, used by old mail and news: HZ, UTF-7, and ISO 2022 for Chinese and Korean.

use encoding_rs::{EUC_KR, GB18030};
use memchr::memmem;

use super::encoding::Encoding;
use super::euc_tw;
use super::likelihood::{Language, log_likelihood};

const ESCAPE: u8 = 0x1b;
const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;

/// The encoding of bytes that are all below 0x80, if it is more than ASCII; a text that merely contains a
/// mark of one of these encodings does not read as Chinese.
pub(super) fn guess(bytes: &[u8]) -> Option<Encoding> {
    let has = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    let japanese: [&[u8]; 3] = [b"\x1b$B", b"\x1b$@", b"\x1b$(D"];
    let shifting: [&[u8]; 4] = [b"\x1b$)A", b"\x1b$)C", b"\x1b$)E", b"\x1b$)G"];
    // An escape sequence occurs in no plain text, so that its mark decides alone; `~{` and `+` occur in
    // source code and must read as Chinese.
    if shifting.iter().any(|mark| has(mark)) {
        return Some(Encoding::Iso2022);
    }
    if japanese.iter().any(|mark| has(mark)) {
        return Some(Encoding::Iso2022Jp);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if has(b"~{") && has(b"~}") && reads_as_chinese(&hz(head)) {
        return Some(Encoding::Hz);
    }
    (has(b"+") && reads_as_chinese(&utf7(head))).then_some(Encoding::Utf7)
}

/// Number of bytes read to distinguish these encodings from ASCII.
const HEAD: usize = 64 << 10;

/// Whether the non-ASCII part of a reading can be Chinese: hardly any invalid character, and not all of them
/// rare.
fn reads_as_chinese(text: &str) -> bool {
    const MIN_MEAN: f64 = -10.0;
    let wide: String = text
        .chars()
        .filter(|ch| !ch.is_ascii())
        .take(2000)
        .collect();
    let n_wide = wide.chars().count();
    let n_lost = wide.matches('\u{fffd}').count();
    // One lost character in ten is allowed, as a wrapped line may cut a piece.
    n_wide >= 2
        && n_lost * 10 <= n_wide
        && log_likelihood(&wide, Language::Chinese) >= MIN_MEAN * n_wide as f64
}

/// Reads HZ (RFC 1843): GB 2312 between `~{` and `~}`. A line end closes such a piece, so that one that is
/// never closed costs a line.
pub(super) fn hz(bytes: &[u8]) -> String {
    let mut out = Pieces::default();
    let mut is_wide = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (is_wide, byte, after) {
            (false, b'~', [b'{', tail @ ..]) => (is_wide, rest) = (true, tail),
            (true, b'~', [b'}', tail @ ..]) => (is_wide, rest) = (false, tail),
            (false, b'~', [b'~', tail @ ..]) => {
                out.push('~');
                rest = tail;
            }
            // A tilde before a line end continues the line (RFC 1843).
            (false, b'~', [b'\n', tail @ ..]) => rest = tail,
            (true, 0x21..=0x7e, [second @ 0x21..=0x7e, tail @ ..]) => {
                out.add_pair(byte, *second);
                rest = tail;
            }
            (true, b'\n' | b'\r', _) => {
                is_wide = false;
                out.push(char::from(byte));
            }
            (true, ..) => out.push('\u{fffd}'),
            (false, ..) => out.push(char::from(byte)),
        }
    }
    out.finish()
}

/// Reads UTF-7 (RFC 2152): UTF-16 in Base64 between `+` and `-` or any other non-digit.
pub(super) fn utf7(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            out.push(char::from(byte));
            continue;
        }
        let n_digits = after
            .iter()
            .take_while(|&&byte| digit(byte).is_some())
            .count();
        let (digits, tail) = after.split_at(n_digits);
        // `+-` is the escape of the plus sign itself.
        if digits.is_empty() {
            out.push('+');
        } else {
            out.push_str(&shifted(digits));
        }
        rest = tail.strip_prefix(b"-").unwrap_or(tail);
    }
    out
}

/// UTF-16 in Base64; leftover bits are padding and must be zero.
fn shifted(digits: &[u8]) -> String {
    let (mut bits, mut n_bits) = (0u32, 0);
    let mut units = Vec::with_capacity(digits.len() * 6 / 16);
    for value in digits.iter().filter_map(|&byte| digit(byte)) {
        bits = bits << 6 | u32::from(value);
        n_bits += 6;
        if n_bits >= 16 {
            n_bits -= 16;
            units.push((bits >> n_bits) as u16);
            bits &= (1 << n_bits) - 1;
        }
    }
    let mut text = String::from_utf16_lossy(&units);
    // Six bits or more would be a whole digit too many: the piece was cut.
    if n_bits >= 6 || bits != 0 {
        text.push('\u{fffd}');
    }
    text
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

/// The character set that a shift selects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    Gb2312,
    Cns,
    Korean,
}

/// Reads ISO-2022-CN (RFC 1922) and ISO-2022-KR (RFC 1557): an escape sequence names a character set, shifts
/// lead to it and back.
pub(super) fn iso_2022(bytes: &[u8]) -> String {
    let mut out = Pieces::default();
    let mut set = Set::Gb2312;
    let mut is_wide = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (ESCAPE, [b'$', b')' | b'*' | b'+', name, tail @ ..]) => {
                set = match name {
                    b'C' => Set::Korean,
                    b'G' => Set::Cns,
                    // The second plane of CNS is selected by a shift of its own (SS2, ESC N).
                    b'H' => set,
                    _ => Set::Gb2312,
                };
                rest = tail;
            }
            (ESCAPE, [b'N', row @ 0x21..=0x7e, cell @ 0x21..=0x7e, tail @ ..]) => {
                let ch = euc_tw::character(2, row | 0x80, cell | 0x80);
                out.push(ch.unwrap_or('\u{fffd}'));
                rest = tail;
            }
            (SHIFT_OUT, _) => is_wide = true,
            (SHIFT_IN, _) => is_wide = false,
            (0x21..=0x7e, [second @ 0x21..=0x7e, tail @ ..]) if is_wide => {
                match set {
                    Set::Gb2312 => out.add_pair(byte, *second),
                    Set::Korean => {
                        let pair = [byte | 0x80, second | 0x80];
                        out.add(&EUC_KR.decode_without_bom_handling(&pair).0);
                    }
                    Set::Cns => {
                        let ch = euc_tw::character(1, byte | 0x80, second | 0x80);
                        out.push(ch.unwrap_or('\u{fffd}'));
                    }
                }
                rest = tail;
            }
            _ => out.push(char::from(byte)),
        }
    }
    out.finish()
}

/// A text with pieces of GB 2312 that are decoded together, which is far faster than pair by pair.
#[derive(Default)]
struct Pieces {
    text: String,
    waiting: Vec<u8>,
}

impl Pieces {
    fn add_pair(&mut self, first: u8, second: u8) {
        self.waiting.extend([first | 0x80, second | 0x80]);
    }

    fn push(&mut self, ch: char) {
        self.flush();
        self.text.push(ch);
    }

    fn add(&mut self, text: &str) {
        self.flush();
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        if !self.waiting.is_empty() {
            let (text, _) = GB18030.decode_without_bom_handling(&self.waiting);
            self.text.push_str(&text);
            self.waiting.clear();
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_between_ascii() {
        assert_eq!(hz(b"~{9$Ww~}2023~~a~\n~{W\\=a"), "工作2023~a总结");
        assert_eq!(utf7(b"+XeVPXA- 1+-1 +U8o-"), "工作 1+1 及");
        assert_eq!(
            iso_2022(b"\x1b$)A\x0e9$Ww\x0f 2023\n\x1b$)G\x0eD!H!\x0f\x1b$*H\x1bN!!"),
            "工作 2023\n一年乂"
        );
        assert_eq!(iso_2022(b"\x1b$)C\x0eGQ1[\x0f!"), "한글!");
    }

    #[test]
    fn plain_ascii_is_not_a_seven_bit_encoding() {
        for text in [
            "a + b = c+d; x += yz;",
            "class A { ~A() {} }; auto f = [] { return ~{1}; ~};",
            "tel +8613800000000 ext +12-34",
            "+ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "",
        ] {
            assert_eq!(guess(text.as_bytes()), None, "{text}");
        }
        assert_eq!(guess(b"Re: ~{9$WwW\\=a~}"), Some(Encoding::Hz));
        assert_eq!(guess(b"Re: +XeVPXGA7ftM-"), Some(Encoding::Utf7));
    }

    /// `text` in UTF-7, by the definition: UTF-16 in Base64, without padding.
    fn to_utf7(text: &str) -> Vec<u8> {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut bits: Vec<u8> = text
            .encode_utf16()
            .flat_map(|unit| (0..16).rev().map(move |bit| (unit >> bit & 1) as u8))
            .collect();
        bits.resize(bits.len().next_multiple_of(6), 0);
        let digits = bits.chunks(6).map(|six| {
            DIGITS[six
                .iter()
                .fold(0, |value, bit| value << 1 | usize::from(*bit))]
        });
        [b"+".to_vec(), digits.collect(), b"-".to_vec()].concat()
    }

    /// `text`, of characters of GB 2312, in seven bits.
    fn to_gb2312(text: &str) -> Vec<u8> {
        let (bytes, ..) = GB18030.encode(text);
        bytes.iter().map(|byte| byte & 0x7f).collect()
    }

    #[test]
    fn damaged_pieces_cost_themselves_only() {
        // A piece cut in a character, one cut in a digit, and padding that is not zero.
        assert_eq!(utf7(b"+XeVPX- a"), "工\u{fffd} a");
        assert_eq!(utf7(b"+AB- a"), "\u{fffd} a");
        // A line end closes a piece of HZ that is never closed.
        assert_eq!(hz(b"~{9$W\n2023"), "工\u{fffd}\n2023");
        assert_eq!(iso_2022(b"\x0e9$W"), "工W");
    }

    proptest! {
        #[test]
        fn utf7_comes_back(text in "[工作总结，。年\\u{20000}é]{1,12}", ascii in "[a-z0-9 ]{0,8}") {
            let bytes = [ascii.as_bytes(), &to_utf7(&text), ascii.as_bytes()].concat();
            prop_assert_eq!(utf7(&bytes), format!("{ascii}{text}{ascii}"));
        }

        #[test]
        fn hz_and_iso_2022_come_back(text in "[工作总结，。年]{1,12}", ascii in "[a-z0-9 ]{0,8}") {
            let wide = to_gb2312(&text);
            let bytes = [ascii.as_bytes(), b"~{", &wide, b"~}", ascii.as_bytes()].concat();
            prop_assert_eq!(hz(&bytes), format!("{ascii}{text}{ascii}"));
            let bytes = [b"\x1b$)A", ascii.as_bytes(), b"\x0e", &wide, b"\x0f", ascii.as_bytes()].concat();
            prop_assert_eq!(iso_2022(&bytes), format!("{ascii}{text}{ascii}"));
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let bytes: Vec<u8> = bytes.iter().map(|byte| byte & 0x7f).collect();
            for text in [hz(&bytes), utf7(&bytes), iso_2022(&bytes)] {
                // No reading is longer than the bytes, but for the mark of a cut piece.
                prop_assert!(text.chars().count() <= bytes.len() + 1);
            }
            guess(&bytes);
        }
    }
}
