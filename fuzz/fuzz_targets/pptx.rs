//! Any bytes as a part of a PowerPoint presentation.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::source::{ReadOptions, read_bytes};

/// A part in a package without a directory, which is read as well.
fn part(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = [0; 30];
    header[..4].copy_from_slice(b"PK\x03\x04");
    header[26] = name.len() as u8;
    [&header, name.as_bytes(), content].concat()
}

const LINKS: &[u8] = b"<R><R Id='n' Type='x/notesSlide' Target='../n.xml'/><R Id='c' Type='x/chart' Target='../charts/c.xml'/>\
    <R Id='d' Type='x/diagramData' Target='../d.xml'/></R>";

fuzz_target!(|bytes: &[u8]| {
    // The same text as each part that a slide may have.
    let package = [
        part("ppt/presentation.xml", b""),
        part("ppt/slides/slide1.xml", bytes),
        part("ppt/slides/_rels/slide1.xml.rels", LINKS),
        part("ppt/n.xml", bytes),
        part("ppt/charts/c.xml", bytes),
        part("ppt/d.xml", bytes),
    ]
    .concat();
    let _ = read_bytes("a.pptx", &package, &ReadOptions::default(), |_| {});
});
