//! Text that is safe to print: nothing in it controls a terminal, changes the reading direction or ends a
//! line.
//!
//! Every writer of files and every line on a terminal passes document text, names and arguments through this
//! module.

use std::borrow::Cow;

/// Whether a character controls how text is displayed: C0 and C1 controls, DEL, line and paragraph
/// separators, bidirectional controls (Unicode Standard Annex 9; CVE-2021-42574 shows what they can hide),
/// interlinear annotations and tags.
pub fn is_steering(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with a blank for each control character: on one line, and character offsets stay valid.
pub fn printable(text: &str) -> String {
    let blank = |ch: char| if is_steering(ch) { ' ' } else { ch };
    text.chars().map(blank).collect()
}

/// The same for a text of several lines: line feeds are kept.
pub fn printable_lines(text: &str) -> String {
    let blank = |ch: char| match ch {
        '\n' => ch,
        ch if is_steering(ch) => ' ',
        ch => ch,
    };
    text.chars().map(blank).collect()
}

/// Serialized JSON with each control character as `\uXXXX`: the same value, safe on a terminal.
///
/// A serializer escapes C0 controls only; the others can occur only in strings.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    // Raw line feeds and tabs are the layout of pretty-printed JSON; inside strings the serializer has
    // escaped them.
    let is_raw = |ch: char| is_steering(ch) && !matches!(ch, '\n' | '\r' | '\t');
    // Comparing bytes is faster than decoding characters, and few texts contain one of these.
    if !json.bytes().any(|byte| IN_STEERING[usize::from(byte)]) || !json.contains(is_raw) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for ch in json.chars() {
        if is_raw(ch) {
            let mut units = [0; 2];
            for unit in ch.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(ch);
        }
    }
    Cow::Owned(out)
}

/// Whether a byte of UTF-8 begins a control character; E2, EF and F3 begin many others too.
const IN_STEERING: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    // 0xc2 begins C1 controls, 0xd8 U+061C, 0xe2 the marks of U+20xx, 0xef annotations, 0xf3 tags. `const`
    // evaluation has no iterators, hence the loop.
    while byte < 256 {
        table[byte] = byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf3);
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    const STEERING: &str =
        "\u{0}\u{7}\u{1b}\r\t\u{7f}\u{85}\u{9b}\u{61c}\u{200e}\u{202e}\u{2028}\u{2066}\u{e0041}";

    #[test]
    fn steering_characters_become_blanks_one_for_one() {
        let blanks = " ".repeat(STEERING.chars().count());
        assert_eq!(
            printable(&format!("甲{STEERING}乙\n")),
            format!("甲{blanks}乙 ")
        );
        assert_eq!(printable_lines("甲\u{9b}2J\n乙"), "甲 2J\n乙");
        assert_eq!(printable("café 甲\u{200d}乙　丙"), "café 甲\u{200d}乙　丙");
    }

    #[test]
    fn steering_characters_begin_with_listed_bytes() {
        for ch in (char::MIN..=char::MAX).filter(|&ch| is_steering(ch)) {
            let first = ch.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(IN_STEERING[usize::from(first)], "{ch:?}");
        }
    }

    #[test]
    fn json_keeps_its_value() {
        let json = serde_json::to_string(&format!("甲\"{STEERING}")).expect("plain data");
        let escaped = escape_json(&json);
        assert!(!escaped.contains(is_steering), "{escaped}");
        let back: String = serde_json::from_str(&escaped).expect("JSON");
        assert_eq!(back, format!("甲\"{STEERING}"));
        assert!(matches!(escape_json("{}\n"), Cow::Borrowed(_)));
    }
}
