//! Any text as the main part of a Word document, after styles and lists.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::source::{ReadOptions, read_bytes};

const STYLES: &[u8] = b"<w:styles><w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style></w:styles>";
const NUMBERING: &[u8] = b"<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>\
    <w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

/// A part in a package without a directory, which is read as well.
fn part(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = [0; 30];
    header[..4].copy_from_slice(b"PK\x03\x04");
    header[26] = name.len() as u8;
    [&header, name.as_bytes(), content].concat()
}

fuzz_target!(|bytes: &[u8]| {
    let package = [
        part("word/styles.xml", STYLES),
        part("word/numbering.xml", NUMBERING),
        part("word/document.xml", bytes),
    ]
    .concat();
    let _ = read_bytes("a.docx", &package, &ReadOptions::default(), |_| {});
});
