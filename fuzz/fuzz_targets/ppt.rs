//! Any bytes as the stream of a PowerPoint 97 presentation.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use xunzhang::source::{ReadOptions, read_bytes};

/// A compound file with the stream.
fn file(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    file.create_stream("/PowerPoint Document")?
        .write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = file(bytes) {
        let _ = read_bytes("a.ppt", &file, &ReadOptions::default(), |_| {});
    }
});
