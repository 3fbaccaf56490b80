//! Where a wording is found and when it is a variant.

use super::*;

fn found(text: &str, row: &[&str], across: bool) -> Vec<Range<usize>> {
    let units = Units::new(text);
    let row: Vec<String> = row.iter().map(|&unit| unit.to_owned()).collect();
    match across {
        true => places_across(&units, &row),
        false => places_in(&units, &row),
    }
}

#[test]
#[allow(clippy::single_range_in_vec_init)] // A single place is a single range.
fn places_inside_a_sentence_come_before_those_across_its_end() {
    let row = ["修", "渠"];
    assert_eq!(found("修渠。修路。修渠", &row, false), [0..2, 4..6]);
    // The end of a sentence is crossed only where nothing else is found.
    assert_eq!(found("修。渠修渠", &row, false), [2..4]);
    assert_eq!(found("修。渠修路", &row, false), [0..2]);
    assert_eq!(found("修。渠修渠", &row, true), [0..2, 2..4]);
    assert!(found("修路", &row, false).is_empty());
}

#[test]
fn a_text_shorter_than_the_wording_has_no_place_for_it() {
    for text in ["", "修", "。"] {
        assert!(found(text, &["修", "渠"], true).is_empty(), "{text}");
    }
    assert_eq!(found("渠渠渠", &["渠", "渠"], true), [0..2, 1..3]);
}

fn window_of(from: &str, to: &str) -> (Window, Units) {
    let units = Units::new(to);
    let row = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
    let window = Window {
        units: 0..units.len(),
        alignment: align(&row(&Units::new(from)), &row(&units)),
    };
    (window, units)
}

#[test]
fn wording_below_the_floor_is_no_variant() {
    let text = "今年，修渠三里。";
    let (window, units) = window_of("今年修路五里", text);
    let similarity = window.alignment.similarity();
    assert!((0.6..0.7).contains(&similarity), "{similarity}");
    assert!(uncounted(window.clone(), text, &units, similarity + 0.01).is_none());
    let found = uncounted(window, text, &units, similarity).expect("a variant");
    // Its marks are kept, but not those at its ends.
    assert_eq!(found.text, "今年，修渠三里");
    assert_eq!(found.row.concat(), "今年修渠三里");
    assert_eq!(found.similarity, similarity);
}
