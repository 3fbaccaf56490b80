//! The names of segment files.

use super::{pairs, text_column};

/// Endings of segment files: those of the engine's components, and ours.
const SEGMENT_FILES: [&str; 10] = [
    text_column::EXTENSION,
    pairs::EXTENSION,
    "fast",
    "fieldnorm",
    "idx",
    "pos",
    "store",
    "term",
    "del",
    "temp",
];
// The engine names a segment by a UUID: 128 bits in hexadecimal, without hyphens.
const SEGMENT_ID_DIGITS: usize = 32;

/// The id of the segment that the file `name` is a part of; `None` if it is not a segment file.
pub(super) fn segment_of(name: &str) -> Option<&str> {
    let (id, end) = name.split_at_checked(SEGMENT_ID_DIGITS)?;
    let (number, end) = end
        .strip_prefix('.')?
        .rsplit_once('.')
        .unwrap_or(("", &end[1..]));
    let is_id = id
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    (is_id && is_number && SEGMENT_FILES.contains(&end)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segment_files_are_told_from_others() {
        let id = "0123456789abcdef0123456789abcdef";
        for end in ["store", "idx", "12.del", "temp"] {
            assert_eq!(segment_of(&format!("{id}.{end}")), Some(id), "{end}");
        }
        for name in [
            "data.idx",
            "0123.store",
            "0123456789ABCDEF0123456789abcdef.store",
            "0123456789abcdef0123456789abcdef.txt",
            "0123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcdef.a.del",
            "总结总结总结总结总结总结总结总结总结总结总结.store",
        ] {
            assert_eq!(segment_of(name), None, "{name}");
        }
    }
}
