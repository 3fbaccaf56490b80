//! Finds the encoding of bytes, and decodes them.

use std::borrow::Cow;

use encoding_rs::UTF_8;
use memchr::memmem;

use super::encoding::{EIGHT_BIT, Encoding};
use super::likelihood::{Language, log_likelihood};
use super::{euc_tw, resync, seven_bit, utf32};

/// A text and its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without byte order mark; borrowed where the bytes are valid UTF-8.
    pub text: Cow<'a, str>,
    /// The encoding in which it was read.
    pub encoding: Encoding,
    /// The number of invalid places, each replaced by U+FFFD.
    pub n_malformed: usize,
}

impl Encoding {
    /// Decodes `bytes`; also returns whether some of them are invalid.
    fn read(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        let text = match self {
            Self::Utf32Le => utf32::decode(bytes, u32::from_le_bytes),
            Self::Utf32Be => utf32::decode(bytes, u32::from_be_bytes),
            Self::Utf7 => seven_bit::utf7(bytes),
            Self::Hz => seven_bit::hz(bytes),
            Self::EucTw => euc_tw::decode(bytes),
            Self::Iso2022 => seven_bit::iso_2022(bytes),
            encoding => {
                let codec = encoding.codec().unwrap_or(UTF_8);
                let (text, is_damaged) = codec.decode_without_bom_handling(bytes);
                // Only GB18030 loses its alignment after a damaged byte up to the next ASCII byte; the other
                // codecs recover by themselves.
                if !is_damaged || encoding != Self::Gb18030 {
                    return (text, is_damaged);
                }
                resync::gb18030(bytes)
            }
        };
        let is_damaged = text.contains('\u{fffd}');
        (Cow::Owned(text), is_damaged)
    }
}

/// Number of bytes examined to detect the encoding, from the first that is not ASCII.
const SAMPLE_BYTES: usize = 4096;

/// Reads `bytes` as text in the most likely encoding. An empty slice is an empty UTF-8 text.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_declared(bytes, None)
}

/// Reads `bytes` like [`decode`], where the text or its container declares the encoding `declared`.
pub fn decode_declared(bytes: &[u8], declared: Option<Encoding>) -> Decoded<'_> {
    let (encoding, mark) = guess_declared(bytes, declared);
    decode_as(&bytes[mark..], encoding)
}

/// Reads `bytes` in `encoding`; a byte order mark is kept.
pub fn decode_as(bytes: &[u8], encoding: Encoding) -> Decoded<'_> {
    let (text, is_damaged) = encoding.read(bytes);
    let n_malformed = if is_damaged {
        text.matches('\u{fffd}').count()
    } else {
        0
    };
    Decoded {
        text,
        encoding,
        n_malformed,
    }
}

/// A streaming decoder for `encoding`, to start after the byte order mark; `None` for an encoding that is
/// only read whole.
pub(in crate::source) fn decoder(encoding: Encoding) -> Option<encoding_rs::Decoder> {
    Some(encoding.codec()?.new_decoder_without_bom_handling())
}

/// The encoding of `bytes` and the length of their byte order mark, 0 without one.
pub fn guess(bytes: &[u8]) -> (Encoding, usize) {
    guess_declared(bytes, None)
}

fn guess_declared(bytes: &[u8], declared: Option<Encoding>) -> (Encoding, usize) {
    // The mark of UTF-32LE begins with that of UTF-16LE, hence the order.
    const MARKS: [(&[u8], Encoding); 6] = [
        (b"\xef\xbb\xbf", Encoding::Utf8),
        (b"\xff\xfe\0\0", Encoding::Utf32Le),
        (b"\0\0\xfe\xff", Encoding::Utf32Be),
        (b"\xff\xfe", Encoding::Utf16Le),
        (b"\xfe\xff", Encoding::Utf16Be),
        (b"\x84\x31\x95\x33", Encoding::Gb18030),
    ];
    for (mark, encoding) in MARKS {
        if bytes.starts_with(mark) {
            return (encoding, mark.len());
        }
    }
    (unmarked(bytes, declared), 0)
}

fn unmarked(bytes: &[u8], declared: Option<Encoding>) -> Encoding {
    let is_seven_bit = bytes.is_ascii() && memchr::memchr(0, bytes).is_none();
    if let Some(encoding) = is_seven_bit.then(|| seven_bit::guess(bytes)).flatten() {
        return encoding;
    }
    if utf32::holds(bytes, u32::from_le_bytes) {
        Encoding::Utf32Le
    } else if utf32::holds(bytes, u32::from_be_bytes) {
        Encoding::Utf32Be
    } else if is_clean_utf8(bytes) {
        Encoding::Utf8
    } else {
        likeliest(sample(bytes), can_be_utf16(bytes, declared), declared)
    }
}

/// Natural logarithm of the probability of `text` as Chinese, 0 for an empty text, else negative.
pub fn likelihood(text: &str) -> f64 {
    log_likelihood(text, Language::Chinese)
}

/// Whether `decoded`, the reading of `bytes`, can be a text: it is valid, has a mark, or its characters are
/// not all rare.
///
/// A character of Chinese has about -6, of a list of names -8.5, of the worst of 3,000 reports -8.9; random Han characters
/// have -10.3, random bytes read as UTF-16 -14. The fewer there are, the less their mean says.
pub fn is_plausible(bytes: &[u8], decoded: &Decoded<'_>) -> bool {
    let encoding = decoded.encoding;
    if encoding == Encoding::Utf8 || encoding.codec().is_none() || guess(bytes).1 > 0 {
        return true;
    }
    // Two thousand characters are plenty for a mean, and bound the time for a large file. Blanks and the lines of tables fill
    // forms, whatever language they are in.
    let fills = |ch: &char| ch.is_whitespace() || matches!(ch, '\u{2500}'..='\u{25ff}');
    let head = decoded.text.chars().take(2000);
    let head: String = head.filter(|ch| !fills(ch)).collect();
    let n_chars = head.chars().count();
    let least = match n_chars {
        0..40 => -12.0,
        40..200 => -11.0,
        _ => -10.1,
    };
    log_likelihood(&head, encoding.language()) >= least * n_chars as f64
}

/// Whether `bytes` are valid UTF-8, except for a character cut off at the end, without the controls that
/// UTF-16 read as ASCII shows.
fn is_clean_utf8(bytes: &[u8]) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A stream may be cut inside a character; a lone start byte in a file of three bytes proves nothing.
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 3,
    };
    valid && memchr::memchr(0, bytes).is_none() && !bytes.iter().any(|&byte| is_stray_control(byte))
}

fn is_stray_control(byte: u8) -> bool {
    // Tab, line ends, form feeds, end of file (^Z) and escape occur in text files.
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b)
}

/// The most informative part: from the first byte that is not plain ASCII text, at an even offset for UTF-16.
fn sample(bytes: &[u8]) -> &[u8] {
    let telling = |&byte: &u8| byte >= 0x80 || is_stray_control(byte);
    let start = bytes.iter().position(telling).unwrap_or(0) & !1;
    &bytes[start..bytes.len().min(start + SAMPLE_BYTES)]
}

/// Whether `bytes` can be UTF-16 at all. Two ASCII letters read as one rare character, which is more likely
/// than both of them: a text with a little Chinese in much English, or in the markup of a page, would be
/// taken for UTF-16.
fn can_be_utf16(bytes: &[u8], declared: Option<Encoding>) -> bool {
    let head = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let is_ascii_markup = [&b"</"[..], b"<br", b"<BR", b"charset="]
        .iter()
        .any(|mark| memmem::find(head, mark).is_some());
    if is_ascii_markup || declared.is_some_and(|declared| EIGHT_BIT.contains(&declared)) {
        return false;
    }
    // UTF-16 shows the zeros of digits and line ends; a text of one line may have none, but it hardly has
    // blanks as bytes either.
    let sample = sample(bytes);
    let n_of = |is: fn(&&u8) -> bool| sample.iter().filter(is).count();
    let n_printable = n_of(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t'));
    let n_blanks = n_of(|byte| **byte == b' ');
    // Blanks as frequent as in English, and three quarters of the bytes printable.
    let is_latin = n_blanks >= 2 && n_blanks * 25 >= sample.len();
    let is_ascii = n_printable * 4 >= sample.len() * 3;
    memchr::memchr(0, sample).is_some() || !(is_latin && is_ascii)
}

/// The encoding in which `sample` is most likely.
fn likeliest(sample: &[u8], with_utf16: bool, declared: Option<Encoding>) -> Encoding {
    // Prior costs: official reports are in GB18030 far more often than in Big5, and UTF-16 nearly always has
    // its mark.
    const COSTS: [(Encoding, f64); 9] = [
        (Encoding::Utf8, 0.0),
        (Encoding::Gb18030, 0.0),
        (Encoding::Big5, 1.0),
        (Encoding::Utf16Le, 4.0),
        (Encoding::Utf16Be, 6.0),
        (Encoding::EucTw, 6.0),
        (Encoding::ShiftJis, 8.0),
        (Encoding::EucJp, 8.0),
        (Encoding::EucKr, 8.0),
    ];
    /// The weight of a declaration: two or three rare characters.
    const DECLARED: f64 = 15.0;
    let score = |(encoding, cost): (Encoding, f64)| {
        let (text, _) = encoding.read(sample);
        let bonus = if declared == Some(encoding) {
            DECLARED
        } else {
            0.0
        };
        (
            encoding,
            log_likelihood(&text, encoding.language()) - cost + bonus,
        )
    };
    let is_wide = |encoding: Encoding| matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    COSTS
        .into_iter()
        .filter(|&(encoding, _)| with_utf16 || !is_wide(encoding))
        .map(score)
        // In a tie the first one wins, which is the more frequent encoding.
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map_or(Encoding::Utf8, |(encoding, _)| encoding)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, SHIFT_JIS};

    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], encoding: Encoding, text: &str, n_malformed: usize) {
        let decoded = decode(bytes);
        let actual = (decoded.encoding, &*decoded.text, decoded.n_malformed);
        assert_eq!(actual, (encoding, text, n_malformed));
    }

    #[test]
    fn a_byte_order_mark_decides() {
        check(b"\xef\xbb\xbfabc", Encoding::Utf8, "abc", 0);
        check(b"\xff\xfe\x2d\x4e", Encoding::Utf16Le, "中", 0);
        check(b"\xfe\xff\x4e\x2d", Encoding::Utf16Be, "中", 0);
        check(b"\x84\x31\x95\x33\xd6\xd0", Encoding::Gb18030, "中", 0);
        check(b"", Encoding::Utf8, "", 0);
    }

    #[test]
    fn short_texts_in_each_encoding() {
        let text = "今年以来，我局认真开展工作";
        check(text.as_bytes(), Encoding::Utf8, text, 0);
        check(&GB18030.encode(text).0, Encoding::Gb18030, text, 0);
        check(&utf16(text, u16::to_le_bytes), Encoding::Utf16Le, text, 0);
        check(&utf16(text, u16::to_be_bytes), Encoding::Utf16Be, text, 0);
        let traditional = "本府各機關辦理情形報告";
        check(&BIG5.encode(traditional).0, Encoding::Big5, traditional, 0);
        check(
            &GB18030.encode(traditional).0,
            Encoding::Gb18030,
            traditional,
            0,
        );
        check("2009 plan".as_bytes(), Encoding::Utf8, "2009 plan", 0);
        let latin = "No. 1: plan\r\n";
        check(&utf16(latin, u16::to_le_bytes), Encoding::Utf16Le, latin, 0);
    }

    #[test]
    fn encodings_of_old_mail_and_of_four_bytes() {
        let text = "工作总结";
        check(b"~{9$WwW\\=a~}", Encoding::Hz, text, 0);
        check(b"+XeVPXGA7ftM-", Encoding::Utf7, text, 0);
        let utf32: Vec<u8> = text
            .chars()
            .flat_map(|ch| u32::from(ch).to_le_bytes())
            .collect();
        check(&utf32, Encoding::Utf32Le, text, 0);
        check(
            &[b"\xff\xfe\0\0", &*utf32].concat(),
            Encoding::Utf32Le,
            text,
            0,
        );
        let utf32: Vec<u8> = text
            .chars()
            .flat_map(|ch| u32::from(ch).to_be_bytes())
            .collect();
        check(&utf32, Encoding::Utf32Be, text, 0);
        check(
            b"\xc4\xd6\xc9\xa2\xf4\xea\xe1\xb8",
            Encoding::EucTw,
            "工作總結",
            0,
        );
    }

    #[test]
    fn japanese_and_korean() {
        let text = "平成二十年度の予算案について、概要を報告します。";
        check(&EUC_JP.encode(text).0, Encoding::EucJp, text, 0);
        check(&SHIFT_JIS.encode(text).0, Encoding::ShiftJis, text, 0);
        let text = "사업 추진 결과 보고서";
        check(&EUC_KR.encode(text).0, Encoding::EucKr, text, 0);
        // Chinese that quotes kana stays Chinese.
        let text = "园区引进ひかり牌设备";
        check(&GB18030.encode(text).0, Encoding::Gb18030, text, 0);
    }

    #[test]
    fn little_chinese_in_much_english_or_markup() {
        let english =
            "The monthly report of the server is in the folder of the office. ".repeat(20);
        let text = format!("{english}備註：設備運轉正常。{english}");
        check(&BIG5.encode(&text).0, Encoding::Big5, &text, 0);
        let tags = "<td width=\"33\"></td>".repeat(90);
        let text = format!("{tags}园区{tags}");
        check(&GB18030.encode(&text).0, Encoding::Gb18030, &text, 0);
    }

    #[test]
    fn a_declared_encoding_is_weighed_against_the_bytes() {
        let bytes = "安全".encode_utf16().flat_map(u16::to_be_bytes);
        let bytes: Vec<u8> = bytes.collect();
        let encoding = |declared| decode_declared(&bytes, declared).encoding;
        assert_eq!(encoding(None), Encoding::Utf16Be);
        assert_ne!(encoding(Some(Encoding::Gb18030)), Encoding::Utf16Be);
        // A wrong label is not believed.
        let text = "各科室认真学习，取得了明显成效。";
        let (bytes, ..) = GB18030.encode(text);
        let decoded = decode_declared(&bytes, Some(Encoding::Big5));
        assert_eq!(decoded.text, text);
        for (label, encoding) in [
            ("GB2312", Some(Encoding::Gb18030)),
            ("x-euc-tw", Some(Encoding::EucTw)),
            ("unicode", Some(Encoding::Utf16Le)),
            ("koi8-r", None),
        ] {
            assert_eq!(Encoding::for_label(label), encoding, "{label}");
        }
    }

    #[test]
    fn a_few_broken_bytes_change_no_encoding() {
        let mut bytes = "各科室认真学习，取得了明显成效。".as_bytes().to_vec();
        bytes.remove(10);
        assert_eq!(decode(&bytes).encoding, Encoding::Utf8);
        assert_eq!(decode(&bytes).n_malformed, 1);
        let mut bytes = GB18030
            .encode("各科室认真学习，取得了明显成效。")
            .0
            .to_vec();
        bytes.insert(8, 0xff);
        assert_eq!(decode(&bytes).encoding, Encoding::Gb18030);
        assert!(decode(&bytes).n_malformed > 0);
    }

    #[test]
    fn a_text_cut_inside_its_last_character_stays_utf8() {
        let bytes = "工作总结".as_bytes();
        check(&bytes[..11], Encoding::Utf8, "工作总\u{fffd}", 1);
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            decode(&bytes);
        }

        #[test]
        fn valid_utf8_is_kept(text in "[一-龥，。a-z\n]{0,60}") {
            prop_assert_eq!(&*decode(text.as_bytes()).text, &text);
        }
    }
}
