//! Random queries on a collection: fragments cut anywhere, pieces with gaps between them, pairs that may be near.

use crate::collection::Collection;
use crate::oracle::{Wanted, sequence};
use crate::rng::Rng;

/// The fragment as the content of a phrase, where gap signs and the closing quotation mark have a meaning.
pub(crate) fn quotable(fragment: &str) -> String {
    fragment
        .chars()
        .map(|ch| match ch {
            '?' | '？' => '！',
            '"' | '＂' | '*' | '＊' => ' ',
            ch => ch,
        })
        .collect()
}

/// A fragment that contains a unit.
pub(crate) fn fragment(collection: &Collection, rng: &mut Rng, most: usize) -> String {
    loop {
        let text = collection.text(rng);
        let fragment = quotable(&rng.fragment(text, most));
        if !sequence(&fragment).is_empty() {
            return fragment;
        }
    }
}

/// Two or three pieces of one passage, with gaps instead of the text between them, as a pattern.
pub(crate) fn gapped(collection: &Collection, rng: &mut Rng) -> (String, Wanted) {
    let n_sequences = 2 + rng.below(2);
    let text: Vec<char> = collection.text(rng).chars().collect();
    let mut at = rng.below(text.len());
    let (mut query, mut sequences, mut gaps) = (String::new(), Vec::new(), Vec::new());
    for ord in 0..n_sequences {
        let len = 1 + rng.below(4);
        let piece: String = text.iter().skip(at).take(len).collect();
        let mut piece = quotable(&piece);
        if sequence(&piece).is_empty() {
            piece = fragment(collection, rng, 3);
        }
        at += len;
        if ord > 0 {
            let (sign, gap) = gap(rng);
            query += &sign;
            gaps.push(gap);
            at += rng.below(gap.1.min(8) + 1);
        }
        query += &piece;
        sequences.push(sequence(&piece));
    }
    (format!("\"{query}\""), Wanted::Sequences(sequences, gaps))
}

fn gap(rng: &mut Rng) -> (String, (usize, usize)) {
    match rng.below(5) {
        0 => ("*".to_owned(), (1, 20)),
        1 => ("?".to_owned(), (1, 1)),
        2 => ("？？".to_owned(), (2, 2)),
        3 => {
            let (least, more) = (rng.below(4), rng.below(10));
            (
                format!("＊｛{least}，{}｝", least + more),
                (least, least + more),
            )
        }
        _ => {
            let (least, more) = (rng.below(90), rng.below(10));
            (
                format!("*{{{least},{}}}", least + more),
                (least, least + more),
            )
        }
    }
}

/// Two pieces of one passage, which may overlap, and their maximum distance.
pub(crate) fn near_pair(collection: &Collection, rng: &mut Rng) -> (String, Wanted) {
    let text = collection.text(rng);
    let [left, right] = [0, 1].map(|_| {
        let piece = quotable(&rng.fragment(text, 3));
        if sequence(&piece).is_empty() {
            fragment(collection, rng, 3)
        } else {
            piece
        }
    });
    let distance = *rng.one_of(&[0, 1, 2, 5, 10, 30, 100]);
    let wanted = Wanted::Near(sequence(&left), sequence(&right), distance);
    (format!("\"{left}\" NEAR/{distance} \"{right}\""), wanted)
}
