//! Any text as the content of an OpenDocument text.
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

fuzz_target!(|bytes: &[u8]| {
    let package = [
        part("mimetype", b"application/vnd.oasis.opendocument.text"),
        part("content.xml", bytes),
    ]
    .concat();
    let _ = read_bytes("a.odt", &package, &ReadOptions::default(), |_| {});
});
