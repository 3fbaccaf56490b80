//! Tests of the format as a whole.

use super::*;
use crate::source::Warning;

const DOCUMENT: &[u8] = include_bytes!("../../../../../tests/data/formats/report.doc");

/// A document without its compound file: text in two pieces, the second compressed and before the first.
fn fast_saved() -> (Vec<u8>, Vec<u8>) {
    let (compressed, wide) = (
        b"ABC\r".as_slice(),
        "园区\u{13}PAGE\u{14}二\u{15}\u{1}\u{b}平稳。\r",
    );
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut main = vec![0; 0x800];
    main.extend(compressed);
    main.extend(&wide);
    let n_wide = (wide.len() / 2) as u32;
    let n_chars = n_wide + compressed.len() as u32;
    main[0x4c..0x50].copy_from_slice(&n_chars.to_le_bytes());
    let mut table = vec![1, 2, 0, 9, 9, 2];
    table.extend(28u32.to_le_bytes());
    for place in [0, n_wide, n_chars] {
        table.extend(place.to_le_bytes());
    }
    for place in [0x804, (0x800 * 2) | 0x4000_0000] {
        table.extend([0, 0]);
        table.extend(u32::to_le_bytes(place));
        table.extend([0, 0]);
    }
    let list = 0x9a + 33 * 8;
    main[list..list + 4].copy_from_slice(&0u32.to_le_bytes());
    main[list + 4..list + 8].copy_from_slice(&(table.len() as u32).to_le_bytes());
    (main, table)
}

#[test]
fn pieces_fields_and_breaks() {
    let (main, table) = fast_saved();
    let file = File::read(main, table).expect("a document");
    assert!(file.pieces.is_whole());
    let (lines, n_read) = story::lines(&file);
    assert_eq!(n_read, 9);
    let texts: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
    assert_eq!(texts, ["园区二", "平稳。", "ABC"]);
}

#[test]
fn pieces_that_point_outside_are_tolerated() {
    let (mut main, table) = fast_saved();
    main.truncate(0x806);
    let file = File::read(main, table).expect("a document");
    assert!(!file.pieces.is_whole());
    assert_eq!(story::lines(&file).0[0].text, "园");
}

#[test]
fn a_document_without_a_directory_gives_its_text() {
    let raw = read(DOCUMENT, SourceMetadata::default()).expect("a document");
    assert_eq!(raw.warnings, []);
    let mut lost = DOCUMENT.to_vec();
    // The header no longer says where the directory is.
    lost[48..52].fill(0xfe);
    let left = read(&lost, SourceMetadata::default()).expect("its text");
    assert_eq!(left.warnings, [Warning::Incomplete]);
    let body = |raw: &Raw| {
        raw.lines
            .iter()
            .any(|line| line.text.starts_with("镇里成立了由镇长任组长"))
    };
    assert!(body(&raw) && body(&left));
    let error = read(&DOCUMENT[..600], SourceMetadata::default())
        .expect_err("an error")
        .to_string();
    assert_eq!(
        error,
        "is a damaged Word 97 document: its text cannot be found"
    );
}
