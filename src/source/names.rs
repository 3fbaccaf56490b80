//! Names of files that were written in one encoding and read in another, as copying between systems leaves
//! them.

use std::ffi::OsStr;

use encoding_rs::{GB18030, UTF_8, WINDOWS_1252};

use super::decode;

/// Minimum number of Han characters in the repaired name.
const MIN_HAN: usize = 2;

/// The name as the system stores it, in GB18030 or another encoding where it is not UTF-8.
pub(super) fn decoded(name: &OsStr) -> String {
    decode::decode(name.as_encoded_bytes()).text.into_owned()
}

/// The intended form of a garbled `name`; `None` if it is intact.
pub(super) fn repaired(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let readings = [by_table(name, latin), by_table(name, oem), by_gb18030(name)];
    let likelihood = |text: &str| decode::likelihood(text) / text.chars().count().max(1) as f64;
    let better = readings
        .into_iter()
        .flatten()
        .filter(|text| text.chars().filter(|ch| is_han(*ch)).count() >= MIN_HAN)
        .max_by(|one, other| likelihood(one).total_cmp(&likelihood(other)))?;
    // A reading must be much more likely as Chinese: 1.5 for each character is a factor of four.
    (likelihood(&better) > likelihood(name) + 1.5).then_some(better)
}

fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}

/// The bytes that a table of one byte for each character maps to these characters, decoded anew.
fn by_table(name: &str, byte: impl Fn(char) -> Option<u8>) -> Option<String> {
    let bytes: Vec<u8> = name.chars().map(byte).collect::<Option<_>>()?;
    [UTF_8, GB18030]
        .iter()
        .find_map(|codec| codec.decode_without_bom_handling_and_without_replacement(&bytes))
        .map(|text| text.into_owned())
}

/// UTF-8 that was read as GB18030.
fn by_gb18030(name: &str) -> Option<String> {
    let (bytes, _, is_lossy) = GB18030.encode(name);
    let text = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes)?;
    (!is_lossy).then(|| text.into_owned())
}

/// The byte that Windows reads as `ch` when it takes names for Western ones.
fn latin(ch: char) -> Option<u8> {
    // Bytes 0x80 to 0x9f differ between Latin-1 and Windows-1252.
    if let Ok(byte @ (0..=0x7f | 0xa0..)) = u8::try_from(ch) {
        return Some(byte);
    }
    let text = ch.to_string();
    match WINDOWS_1252.encode(&text) {
        (bytes, _, false) => bytes.first().copied().filter(|_| bytes.len() == 1),
        _ => u8::try_from(ch).ok(),
    }
}

/// The byte that ZIP programs read as `ch`, in code page 437.
fn oem(ch: char) -> Option<u8> {
    if ch.is_ascii() {
        return u8::try_from(ch).ok();
    }
    let ord = CODE_PAGE_437.chars().position(|known| known == ch)?;
    u8::try_from(ord + 128).ok()
}

/// The upper half of code page 437.
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_names_are_decoded_again() {
        let gbk = GB18030.encode("2009年工作总结").0.into_owned();
        let latin: String = gbk.iter().map(|&byte| char::from(byte)).collect();
        let oem: String = gbk
            .iter()
            .map(|&byte| match byte.checked_sub(128) {
                Some(ord) => CODE_PAGE_437
                    .chars()
                    .nth(usize::from(ord))
                    .expect("128 characters"),
                None => char::from(byte),
            })
            .collect();
        let utf8 = GB18030
            .decode_without_bom_handling("年度工作总结".as_bytes())
            .0
            .into_owned();
        let western = WINDOWS_1252
            .decode_without_bom_handling("年度工作总结".as_bytes())
            .0
            .into_owned();
        assert_eq!(repaired(&latin).as_deref(), Some("2009年工作总结"));
        assert_eq!(repaired(&oem).as_deref(), Some("2009年工作总结"));
        assert_eq!(repaired(&utf8).as_deref(), Some("年度工作总结"));
        assert_eq!(repaired(&western).as_deref(), Some("年度工作总结"));
    }

    #[test]
    fn valid_names_are_kept() {
        for name in [
            "总结",
            "联通",
            "2009年工作总结",
            "résumé",
            "Überblick",
            "工作總結",
            "a",
            "",
            "公告（一）",
        ] {
            assert_eq!(repaired(name), None, "{name}");
        }
        assert_eq!(decoded(OsStr::new("总结.txt")), "总结.txt");
    }
}
