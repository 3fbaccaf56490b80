//! Names of glyphs, as listed in the encodings of simple fonts.

/// The character for one of the private use area by which symbol fonts encode their bullets.
pub(super) fn unified(ch: char) -> char {
    // Codes of Symbol and Wingdings, moved to U+F000 and above.
    match ch {
        '\u{f0b7}' | '\u{f095}' => '•',
        '\u{f0a7}' => '▪',
        '\u{f0d8}' => '➢',
        '\u{f06c}' => '●',
        '\u{f06e}' => '■',
        '\u{f075}' => '◆',
        '\u{f076}' => '❖',
        '\u{f0a8}' | '\u{f071}' => '□',
        '\u{f0fc}' => '✓',
        '\u{f0fe}' | '\u{f052}' => '☑',
        '\u{f02d}' => '-',
        ch => ch,
    }
}

/// The text of the glyph called `name`; `None` if the name is unknown.
///
/// By the rules of the Adobe Glyph List Specification, for the names in Latin fonts.
pub(super) fn text(name: &str) -> Option<String> {
    // A suffix after a full stop names a variant of the glyph (`a.alt`).
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    // `uni` with groups of four digits, `u` with four to six (Adobe Glyph List Specification, 2).
    if let Some(digits) = stem.strip_prefix("uni")
        && digits.len() >= 4
        && let Some(text) = by_units(digits)
    {
        return Some(text);
    }
    if let Some(digits) = stem.strip_prefix('u')
        && (4..=6).contains(&digits.len())
        && let Ok(code) = u32::from_str_radix(digits, 16)
    {
        return char::from_u32(code).map(String::from);
    }
    // Letters name themselves.
    let mut chars = stem.chars();
    if let (Some(ch), None) = (chars.next(), chars.next()) {
        return Some(ch.to_string());
    }
    let known = NAMES.iter().find(|(known, _)| *known == stem);
    known.map(|(_, ch)| ch.to_string())
}

/// `4E004E8C` as UTF-16.
fn by_units(digits: &str) -> Option<String> {
    let units: Option<Vec<u16>> = digits
        .as_bytes()
        .chunks_exact(4)
        .map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
        .collect();
    String::from_utf16(&units?).ok()
}

/// From the Adobe Glyph List for New Fonts.
const NAMES: [(&str, char); 84] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("periodcentered", '·'),
    ("section", '§'),
    ("paragraph", '¶'),
    ("degree", '°'),
    ("plusminus", '±'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("minus", '−'),
    ("onehalf", '½'),
    ("onequarter", '¼'),
    ("perthousand", '‰'),
    ("mu", 'µ'),
    ("sterling", '£'),
    ("yen", '¥'),
    ("Euro", '€'),
    ("cent", '¢'),
    ("copyright", '©'),
    ("registered", '®'),
    ("trademark", '™'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("adieresis", 'ä'),
    ("odieresis", 'ö'),
    ("udieresis", 'ü'),
    ("germandbls", 'ß'),
    ("ccedilla", 'ç'),
    ("nbspace", '\u{a0}'),
    ("sfthyphen", '\u{ad}'),
];

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn names_of_all_kinds() {
        assert_eq!(text("uni4E00").as_deref(), Some("一"));
        assert_eq!(text("uni4E004E8C.alt").as_deref(), Some("一二"));
        assert_eq!(text("u20BB7").as_deref(), Some("𠮷"));
        assert_eq!(text("A").as_deref(), Some("A"));
        assert_eq!(text("parenleft").as_deref(), Some("("));
        assert_eq!(text("g123"), None);
        assert_eq!(text(".notdef"), None);
    }
}
