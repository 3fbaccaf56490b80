use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::index::analyzer::units_of;

fn filled(texts: &[&str]) -> ZoneWriter {
    let mut writer = ZoneWriter::default();
    for (holder, text) in (0..).zip(texts) {
        writer.add(holder, &units_of(text));
    }
    writer
}

#[test]
fn parts_hold_so_many_units_and_one_at_least() {
    for (counts, from, most, expected) in [
        (&[1, 1, 1, 1][..], 0, 2, 0..2),
        (&[1, 1, 1, 1], 2, 2, 2..4),
        (&[0, 0, 3, 0], 0, 2, 0..2),
        // One first unit is never divided.
        (&[5, 1], 0, 2, 0..1),
        (&[0, 5, 0, 1], 1, 4, 1..2),
        (&[1, 1], 0, 0, 0..1),
        (&[0, 0, 0], 0, 0, 0..3),
    ] {
        assert_eq!(next_part(counts, from, most), expected, "{counts:?} {from}");
    }
}

proptest! {
    #[test]
    fn parts_follow_one_another(counts in prop::collection::vec(0_u32..9, 1..60), most in 0_usize..30) {
        let (mut at, mut n_parts) = (0, 0);
        while at < counts.len() {
            let part = next_part(&counts, at, most);
            prop_assert_eq!(part.start, at);
            prop_assert!(part.end > at && part.end <= counts.len());
            let n: usize = counts[part.clone()].iter().map(|&count| count as usize).sum();
            prop_assert!(n <= most || part.len() == 1);
            // It could not have been longer.
            if part.end < counts.len() && part.len() > 1 {
                prop_assert!(n + counts[part.end] as usize > most);
            }
            (at, n_parts) = (part.end, n_parts + 1);
        }
        prop_assert!(n_parts <= counts.len());
    }

    #[test]
    fn entries_are_the_pairs_of_the_texts(
        texts in prop::collection::vec("[水渠修a5。, ]{0,12}", 0..6),
        cut in 0_usize..200_000,
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut writer = filled(&texts);
        let runs = writer.sort_runs();
        prop_assert!(runs.is_sorted());
        let mut expected: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        let mut start = 0;
        for (holder, text) in (0_u64..).zip(&writer.texts) {
            let codes = &writer.codes[start..text.end];
            start = text.end;
            for pair in codes.windows(2).filter(|pair| pair[0] != SENTENCE_END) {
                let second = if pair[1] == SENTENCE_END { WHOLE } else { pair[1] };
                expected.entry(pair[0]).or_default().push(u64::from(second) << 32 | holder);
            }
        }
        let mut counts = vec![0; RUN as usize + runs.len()];
        for (&first, entries) in &expected {
            counts[first as usize] = entries.len() as u32;
        }
        // Whatever the parts, each holds what begins with its units.
        let (mut entries, mut found) = (Vec::new(), BTreeMap::new());
        for part in [0..cut.min(counts.len()), cut.min(counts.len())..counts.len()] {
            let ends = writer.entries(part.clone(), &counts, &mut entries);
            let mut start = 0;
            for (first, end) in (part.start as u32..).zip(ends) {
                if start < end {
                    found.insert(first, entries[start as usize..end as usize].to_vec());
                }
                start = end;
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn passages_are_counted_in_order(docs in prop::collection::vec(0_u32..6, 0..30), high in any::<u32>()) {
        let mut docs = docs;
        docs.sort_unstable();
        let entries: Vec<u64> = docs.iter().map(|&doc| u64::from(high) << 32 | u64::from(doc)).collect();
        let mut expected: BTreeMap<DocId, u32> = BTreeMap::new();
        for doc in docs {
            *expected.entry(doc).or_default() += 1;
        }
        let mut found = vec![(9, 9)];
        collect(&entries, &mut found);
        prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn runs_are_coded_by_their_order() {
    let mut writer = filled(&["用5g网 covid。abc", "5g 渠"]);
    let runs: Vec<String> = writer.sort_runs().into_iter().map(String::from).collect();
    assert_eq!(runs, ["5g", "abc", "covid"]);
    let name = |&code: &u32| match code {
        SENTENCE_END => "/".to_owned(),
        RUN.. => runs[(code - RUN) as usize].clone(),
        ch => char::from_u32(ch).map(String::from).unwrap_or_default(),
    };
    let told: Vec<String> = writer.codes.iter().map(name).collect();
    assert_eq!(told.join(" "), "用 5g 网 covid / abc / 5g 渠 /");
    let ends: Vec<usize> = writer.texts.iter().map(|text| text.end).collect();
    assert_eq!(ends, [7, 10]);
}

#[test]
fn units_that_stand_alone_are_their_characters() {
    for (unit, expected) in [
        ("水", Some('水')),
        ("水渠", None),
        ("a", None),
        ("5", None),
        ("5g", None),
        ("", None),
        ("\u{20000}", Some('\u{20000}')),
    ] {
        assert_eq!(alone(unit), expected.map(u32::from), "{unit}");
    }
}

#[test]
fn words_of_two_characters_are_marked() {
    let segmenter = Segmenter::new("").expect("no entry");
    let is_word =
        |first: char, second: char| super::is_word(first.into(), second.into(), &segmenter);
    assert!(is_word('农', '民'));
    assert!(!is_word('民', '农'));
    assert!(!super::is_word(RUN, '民'.into(), &segmenter));
    assert!(!super::is_word('农'.into(), RUN + 1, &segmenter));
}
