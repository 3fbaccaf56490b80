//! Any text as a query, as the inside of a phrase, and as years: a tree or a caret under a character of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::query::{Years, parse, parse_pattern};
use xunzhang::text::units::Units;

fuzz_target!(|text: &str| {
    let n_chars = text.chars().count();
    match parse(text) {
        Ok(node) => {
            let units = Units::new(text);
            for leaf in node.leaves() {
                assert!(
                    leaf.find(&units)
                        .iter()
                        .all(|found| found.units().end <= units.len())
                );
            }
        }
        Err(error) => {
            assert!(error.at <= n_chars);
            assert!(error.to_string().ends_with('^'));
        }
    }
    if let Err(error) = parse_pattern(text) {
        assert!(error.at <= n_chars);
    }
    let _ = Years::parse(text);
});
