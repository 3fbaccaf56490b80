//! Literal escapes left in the text by other programs, and stray control characters.

use super::blank::is_blank;
use crate::document::Line;
use crate::text::visible::n_visible;

/// Counts of the replacements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repairs {
    /// Escapes replaced.
    pub(super) escapes: usize,
    /// Control characters removed.
    pub(super) controls: usize,
    /// Visible characters of the escapes beyond those of their replacements.
    pub(super) n_dropped: u64,
}

/// Replaces `<U+00A0>`, `&nbsp;`, `&#160;` and similar escapes by their characters, non-breaking blanks by
/// plain ones, and removes control characters; lines of zero-width characters only become empty.
pub(super) fn repair(lines: &mut [Line]) -> Repairs {
    let mut repairs = Repairs::default();
    for line in lines {
        // Lines without these marks are the rule, and are not copied.
        if line.text.contains("<U+") || line.text.contains('&') {
            let text = unescape(&line.text, &mut repairs.escapes);
            repairs.n_dropped += n_visible(&line.text) - n_visible(&text);
            line.text = text;
        }
        if line.text.contains(is_stray) {
            let before = line.text.chars().count();
            line.text.retain(|ch| !is_stray(ch));
            repairs.controls += before - line.text.chars().count();
        }
        if is_blank(&line.text) {
            line.text.clear();
        }
    }
    repairs
}

fn is_stray(ch: char) -> bool {
    (ch.is_control() && ch != '\t') || ch == '\u{feff}'
}

fn unescape(text: &str, count: &mut usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match escape(rest) {
            Some((ch, len)) => {
                out.extend(ch);
                *count += 1;
                rest = &rest[len..];
            }
            None => {
                // An opening that begins no escape is text (`A & B`, `<数据>`).
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of an escape at the start of `text`, `None` if it is an invisible one, and the escape's
/// length in bytes.
fn escape(text: &str) -> Option<(Option<char>, usize)> {
    let close = if text.starts_with('<') { b'>' } else { b';' };
    // The longest escape has eleven bytes; looking no further keeps a sequence of openings linear.
    let end = text.bytes().take(11).position(|byte| byte == close)?;
    let inside = text.get(1..end)?;
    let ch = match inside.strip_prefix("U+") {
        Some(code) if close == b'>' => code_point(code, 16)?,
        _ if close == b';' => entity(inside)?,
        _ => return None,
    };
    // A no-break space becomes a plain one, as it is only layout; invisible characters are dropped, as they
    // would split words for matching.
    let shown = match ch {
        '\u{a0}' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        ch => Some(ch),
    };
    Some((shown, end + 1))
}

fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        return match code.strip_prefix(['x', 'X']) {
            Some(hex) => code_point(hex, 16),
            None => code_point(code, 10),
        };
    }
    let known = ENTITIES.iter().find(|(known, _)| *known == name);
    known.map(|&(_, ch)| ch)
}

/// The entities that occur in converted texts; the HTML reader knows all of them.
const ENTITIES: [(&str, char); 14] = [
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{3000}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("middot", '·'),
];

fn code_point(digits: &str, radix: u32) -> Option<char> {
    if digits.is_empty()
        || digits.len() > 7
        || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;

    #[track_caller]
    fn check(text: &str, expected: &str, escapes: usize, controls: usize) {
        let mut lines = [Line {
            number: 1,
            text: text.to_owned(),
            style: Style::Plain,
        }];
        let repairs = repair(&mut lines);
        assert_eq!(
            (&*lines[0].text, repairs.escapes, repairs.controls),
            (expected, escapes, controls)
        );
        assert_eq!(repairs.n_dropped, n_visible(text) - n_visible(expected));
    }

    #[test]
    fn escapes_become_their_characters() {
        check("<U+00A0><U+3000>一、现状", " \u{3000}一、现状", 2, 0);
        check("甲&nbsp;乙&#160;丙&#xA0;丁", "甲 乙 丙 丁", 3, 0);
        check("A&amp;B<U+200B>", "A&B", 2, 0);
        check(
            "A&B；R&D;<U+ZZ><U+110000>&#;",
            "A&B；R&D;<U+ZZ><U+110000>&#;",
            0,
            0,
        );
        check("<U+00A0>", "", 1, 0);
        check("<；U+00A0;&>", "<；U+00A0;&>", 0, 0);
        check("一\u{1}二\u{7f}\t三", "一二\t三", 0, 2);
        check("\u{200b}\u{3000}", "", 0, 0);
    }
}
