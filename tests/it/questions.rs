//! Random questions about a collection: fragments cut anywhere, pieces with gaps between them, pairs that may be near.

use crate::collection::Collection;
use crate::dice::Dice;
use crate::oracle::{Wanted, row};

/// The fragment as the inside of a phrase: gap signs and the closing quotation mark mean something there.
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

/// A fragment that holds a unit.
pub(crate) fn fragment(collection: &Collection, dice: &mut Dice, most: usize) -> String {
    loop {
        let text = collection.text(dice);
        let fragment = quotable(&dice.fragment(text, most));
        if !row(&fragment).is_empty() {
            return fragment;
        }
    }
}

/// Two or three pieces of one passage with what is between them left out, as a pattern.
pub(crate) fn gapped(collection: &Collection, dice: &mut Dice) -> (String, Wanted) {
    let n_rows = 2 + dice.below(2);
    let text: Vec<char> = collection.text(dice).chars().collect();
    let mut at = dice.below(text.len());
    let (mut query, mut rows, mut gaps) = (String::new(), Vec::new(), Vec::new());
    for ord in 0..n_rows {
        let len = 1 + dice.below(4);
        let piece: String = text.iter().skip(at).take(len).collect();
        let mut piece = quotable(&piece);
        if row(&piece).is_empty() {
            piece = fragment(collection, dice, 3);
        }
        at += len;
        if ord > 0 {
            let (sign, gap) = gap(dice);
            query += &sign;
            gaps.push(gap);
            at += dice.below(gap.1.min(8) + 1);
        }
        query += &piece;
        rows.push(row(&piece));
    }
    (format!("\"{query}\""), Wanted::Rows(rows, gaps))
}

fn gap(dice: &mut Dice) -> (String, (usize, usize)) {
    match dice.below(5) {
        0 => ("*".to_owned(), (1, 20)),
        1 => ("?".to_owned(), (1, 1)),
        2 => ("？？".to_owned(), (2, 2)),
        3 => {
            let (least, more) = (dice.below(4), dice.below(10));
            (
                format!("＊｛{least}，{}｝", least + more),
                (least, least + more),
            )
        }
        _ => {
            let (least, more) = (dice.below(90), dice.below(10));
            (
                format!("*{{{least},{}}}", least + more),
                (least, least + more),
            )
        }
    }
}

/// Two pieces of one passage, which may overlap, and how far apart they may be.
pub(crate) fn near_pair(collection: &Collection, dice: &mut Dice) -> (String, Wanted) {
    let text = collection.text(dice);
    let [left, right] = [0, 1].map(|_| {
        let piece = quotable(&dice.fragment(text, 3));
        if row(&piece).is_empty() {
            fragment(collection, dice, 3)
        } else {
            piece
        }
    });
    let distance = *dice.one_of(&[0, 1, 2, 5, 10, 30, 100]);
    let wanted = Wanted::Near(row(&left), row(&right), distance);
    (format!("\"{left}\" NEAR/{distance} \"{right}\""), wanted)
}
