//! Any text as a plain file and as Markdown: cleaned, composed, with its outline, and nothing out of order in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::source::{ReadOptions, Record, read_bytes};

fn check(record: Record) {
    let document = record.document;
    let numbers = document.passages.iter().map(|passage| passage.number);
    assert!(numbers.eq(1..=document.passages.len() as u32));
    assert!(document.passages.is_sorted_by_key(|passage| passage.line));
    for (ord, section) in document.sections.iter().enumerate() {
        assert!(section.level >= 1 && section.parent.is_none_or(|parent| parent < ord));
        let above = section
            .parent
            .map_or(0, |parent| document.sections[parent].level);
        assert!(above < section.level);
    }
    let inside =
        |section: Option<usize>| section.is_none_or(|section| section < document.sections.len());
    assert!(
        document
            .passages
            .iter()
            .all(|passage| inside(passage.section))
    );
}

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.txt", "a.md"] {
        let _ = read_bytes(name, bytes, &ReadOptions::default(), check);
    }
});
