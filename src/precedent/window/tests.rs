//! Which part of a sentence corresponds to a text.

use super::*;
use proptest::prelude::*;

/// How often both lists have each element, in sum.
fn n_common<T: PartialEq>(one: &[T], other: &[T]) -> usize {
    let mut left: Vec<&T> = other.iter().collect();
    let takes = |item: &&T| {
        let at = left.iter().position(|other| other == item);
        at.map(|at| left.swap_remove(at)).is_some()
    };
    one.iter().filter(takes).count()
}

/// The highest overlap of a run of clauses with the text, by the definition; `None` without a common gram.
fn best_overlap(text: &Units, clauses: &[Range<usize>], passage: &Units) -> Option<f64> {
    let row = |units: &Units, range: Range<usize>| -> Vec<String> {
        range.map(|ord| units.text(ord).to_owned()).collect()
    };
    let grams = |row: &[String]| -> Vec<(String, String)> {
        row.windows(2)
            .map(|two| (two[0].clone(), two[1].clone()))
            .collect()
    };
    let wanted = row(text, 0..text.len());
    let mut best: Option<f64> = None;
    for (first, clause) in clauses.iter().enumerate() {
        for last in &clauses[first..] {
            let run = row(passage, clause.start..last.end);
            let n_grams = n_common(&grams(&wanted), &grams(&run));
            let n_shared = n_common(&wanted, &run) + n_grams;
            let overlap = n_shared as f64 / (wanted.len() + run.len()) as f64;
            if n_grams > 0 && best.is_none_or(|best| overlap > best) {
                best = Some(overlap);
            }
        }
    }
    best
}

#[test]
fn the_run_of_clauses_that_shares_most_is_found() {
    let text = Units::new("修路三百里，架桥五座");
    let passage = "今年天气好，全县修路三百里，架桥六座，种树千株。村民养蜂。";
    let units = Units::new(passage);
    let probe = Probe::new(&text);
    let estimates = probe.estimates(passage, &units);
    let [estimate] = &estimates[..] else {
        panic!("{estimates:?}");
    };
    let found: String = estimate.units.clone().map(|ord| units.text(ord)).collect();
    assert_eq!(found, "全县修路三百里架桥六座");
    assert_eq!(estimate.sentence, 0..20);
}

#[test]
fn units_at_the_ends_are_kept_only_in_place_of_others() {
    let kept_of = |from: &str, to: &str, spare| {
        let row = |text: &str| {
            Units::new(text)
                .texts()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        kept(&align(&row(from), &row(to)), spare)
    };
    // More at an end than the text has there is cut off, as much is kept.
    assert_eq!(kept_of("修路架桥", "全县都修路架桥", (0, 0)), Some(3..7));
    assert_eq!(kept_of("全县修路架桥", "全乡修路架桥", (0, 0)), Some(0..6));
    assert_eq!(
        kept_of("修路架桥多座", "修路架桥几座今年", (0, 0)),
        Some(0..6)
    );
    // A word more may stay.
    assert_eq!(kept_of("修路架桥", "今年修路架桥了", (2, 1)), Some(0..7));
    assert_eq!(kept_of("修路架桥", "今年又修路架桥", (2, 0)), Some(3..7));
    assert_eq!(kept_of("修路", "种树", (2, 2)), None);
}

#[test]
fn a_unit_is_taken_once() {
    let mut left = 2;
    assert_eq!(
        [take(&mut left), take(&mut left), take(&mut left)],
        [1, 1, 0]
    );
}

proptest! {
    #[test]
    fn the_estimate_is_the_best_of_all_runs(text in "[修路架桥]{1,8}", passage in "[修路架桥，、。]{0,16}") {
        let (text, units) = (Units::new(&text), Units::new(&passage));
        let probe = Probe::new(&text);
        let estimates = probe.estimates(&passage, &units);
        let clauses = clauses(&passage, &units);
        let items = units.items();
        let sentences = clauses.chunk_by(|a, b| items[a.start].sentence == items[b.start].sentence);
        let expected: Vec<f64> = sentences.filter_map(|clauses| best_overlap(&text, clauses, &units)).collect();
        let actual: Vec<f64> = estimates.iter().map(|estimate| estimate.overlap).collect();
        prop_assert_eq!(actual, expected);
        for estimate in &estimates {
            prop_assert!(estimate.sentence.start <= estimate.units.start && estimate.units.end <= estimate.sentence.end);
        }
    }
}

#[test]
fn a_unit_is_taken_as_often_as_the_text_has_it() {
    let mut left = 2;
    let taken: Vec<u32> = (0..4).map(|_| take(&mut left)).collect();
    assert_eq!((taken, left), (vec![1, 1, 0, 0], 0));
}

/// What is kept of `to` around its runs with `from`.
fn kept_of(from: &str, to: &str, spare: (usize, usize)) -> Option<String> {
    let row = |text: &str| -> Vec<String> { Units::new(text).texts().map(str::to_owned).collect() };
    let (from, to) = (row(from), row(to));
    kept(&align(&from, &to), spare).map(|range| to[range].concat())
}

#[test]
fn ends_without_a_counterpart_are_cut_off() {
    for (from, to, spare, expected) in [
        ("修渠三里", "修渠三里", (0, 0), Some("修渠三里")),
        ("修渠三里", "今年修渠三里完工", (0, 0), Some("修渠三里")),
        // As many units as the text has there instead may replace them.
        ("今年修渠", "去岁修渠", (0, 0), Some("去岁修渠")),
        ("今年修渠", "去岁冬修渠", (0, 0), Some("修渠")),
        ("修渠三里", "修渠五丈", (0, 0), Some("修渠五丈")),
        ("修渠三里", "修渠五丈余", (0, 0), Some("修渠")),
        // A word to spare on one side or the other.
        ("修渠三里", "今年修渠三里完工", (2, 0), Some("今年修渠三里")),
        ("修渠三里", "今年修渠三里完工", (0, 2), Some("修渠三里完工")),
        ("修渠三里", "今年冬修渠三里", (2, 2), Some("修渠三里")),
        ("修渠", "架桥", (2, 2), None),
    ] {
        let found = kept_of(from, to, spare);
        assert_eq!(found.as_deref(), expected, "{from} {to} {spare:?}");
    }
}

#[test]
fn single_shared_units_are_no_window() {
    let text = Units::new("修渠三里");
    let probe = Probe::new(&text);
    for (passage, n) in [
        ("渠中修三", 0),
        ("修渠。三里。", 2),
        ("架桥。修渠三里。种树。", 1),
        ("", 0),
    ] {
        let found = probe.estimates(passage, &Units::new(passage));
        assert_eq!(found.len(), n, "{passage}");
    }
}
