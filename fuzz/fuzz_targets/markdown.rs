//! Any bytes as a Markdown text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::source::{ReadOptions, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    // A few kilobytes can unpack to many: the limit keeps one input from taking all memory.
    let options = ReadOptions {
        max_unpacked: 1 << 20,
        ..ReadOptions::default()
    };
    let _ = read_bytes("a.md", bytes, &options, |_| {});
});
