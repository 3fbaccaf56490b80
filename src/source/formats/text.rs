//! Plain text.

use super::{Raw, text_tables};
use crate::document::SourceMetadata;
use crate::source::clean::line_ends;
use crate::source::decode::{self, Decoded, Encoding};
use crate::source::{Skip, Warning};

/// Reads `bytes` as one text.
///
/// # Errors
/// [`Skip::Binary`] if they are not text in any encoding.
pub(in crate::source) fn read(bytes: &[u8], given: SourceMetadata) -> Result<Raw, Skip> {
    let decoded = readable(bytes)?;
    let (lines, n_read) = text_tables::find(line_ends::split(&decoded.text));
    Ok(Raw {
        n_read: Some(n_read),
        lines,
        warnings: damage(&decoded),
        given,
        key: None,
        ..Raw::default()
    })
}

/// Decodes `bytes` if they are text.
///
/// # Errors
/// [`Skip::Binary`] if over one character in twenty is a control character, one in four is invalid, or all
/// are too rare for a text in the detected encoding.
pub(in crate::source) fn readable(bytes: &[u8]) -> Result<Decoded<'_>, Skip> {
    readable_as(bytes, None)
}

/// Decodes `bytes` if they are text; `declared` is the encoding that their source states.
///
/// # Errors
/// See [`readable`].
pub(in crate::source) fn readable_as(
    bytes: &[u8],
    declared: Option<Encoding>,
) -> Result<Decoded<'_>, Skip> {
    let decoded = decode::decode_declared(bytes, declared);
    let (mut n_chars, mut n_controls, mut n_broken) = (0, 0, 0);
    for ch in decoded.text.chars() {
        n_chars += 1;
        n_controls += usize::from(matches!(ch, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'));
        // Private-use characters are what undefined codes of GB18030 decode to.
        n_broken += usize::from(matches!(ch, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
    }
    // The shares separate texts with some damage from binary files, which have a control character in every
    // eight bytes.
    if n_controls * 20 > n_chars || n_broken * 4 > n_chars || !decode::is_plausible(bytes, &decoded)
    {
        return Err(Skip::Binary);
    }
    Ok(decoded)
}

/// The warnings about bytes that could not be decoded.
pub(in crate::source) fn damage(decoded: &Decoded<'_>) -> Vec<Warning> {
    match decoded.n_malformed {
        0 => Vec::new(),
        n => vec![Warning::Undecodable(n)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_files_are_no_texts() {
        let skip = |bytes: &[u8]| read(bytes, SourceMetadata::default()).is_err();
        let noise: Vec<u8> = (0..2_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert!(skip(&noise));
        assert!(!skip("园区平稳。".as_bytes()) && !skip(b"") && !skip(b"plain text\n"));
    }

    #[test]
    fn some_damage_is_a_warning() {
        let mut bytes = "园区平稳，各项工作扎实推进，群众满意。"
            .repeat(4)
            .into_bytes();
        bytes[7] = 0xff;
        let raw = read(&bytes, SourceMetadata::default()).expect("a text");
        assert!(matches!(raw.warnings[..], [Warning::Undecodable(n)] if n > 0));
        // A control character in twenty is damage, more is no text.
        let with_controls = |n_chars: usize| format!("{}\u{1}", "园".repeat(n_chars - 1));
        assert!(read(with_controls(20).as_bytes(), SourceMetadata::default()).is_ok());
        assert!(read(with_controls(19).as_bytes(), SourceMetadata::default()).is_err());
    }
}
