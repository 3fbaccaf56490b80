//! Any bytes as JSON Lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::source::{ReadOptions, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    let mut keys = std::collections::BTreeSet::new();
    let _ = read_bytes("a.jsonl", bytes, &ReadOptions::default(), |record| {
        assert!(keys.insert(record.key), "two records have the same key");
        assert!(!record.document.passages.is_empty());
    });
});
