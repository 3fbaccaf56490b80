//! New terms: fixed expressions that the dictionary lacks, candidates for a user dictionary.
//!
//! Every row of 2 to 6 Han units is weighed by two figures. **Cohesion** is the least pointwise mutual information of
//! any way to cut it in two (Church and Hanks 1990): a row that is more than chance has parts that call for each
//! other. **Boundary entropy** is the lesser of the entropies of its left and its right neighbours (Huang and Powers,
//! Chinese word segmentation based on contextual entropy, 2003): a fragment of a longer word is always
//! followed by the same. Rows are counted by sorting all places by what follows, a share of the places at a time.

use serde::Serialize;

use super::options::NewOptions;
use super::rows::{Direction, Rows, mirrored, units};
use super::text::{Code, text};
use crate::report::Result;
use crate::report::words::stop_words::is_stop;
use crate::search::Searcher;

/// An expression that the dictionary lacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The expression, normalized.
    pub word: String,
    /// Its occurrences, copies of a passage aside.
    pub occurrences: u64,
    /// Cohesion in bits.
    pub cohesion: f64,
    /// Boundary entropy in bits.
    pub freedom: f64,
}

/// Expressions of 2 to 6 Han characters that the segmenter's dictionary lacks, by cohesion times boundary entropy, best
/// first, equal ones in order of their characters. None begins or ends with a stop word.
///
/// # Errors
/// As for [`crate::report::words::top`].
pub fn new_words(searcher: &Searcher, options: &NewOptions) -> Result<Vec<Candidate>> {
    let (text, alphabet) = text(searcher, options)?;
    let NewOptions { least, freedom, .. } = *options;
    let (forward, backward) = std::thread::scope(|scope| {
        let count =
            |direction| Rows::count(&text, direction, (least, freedom), || searcher.go_on());
        let backward = scope.spawn(move || count(Direction::Backward));
        let forward = count(Direction::Forward);
        let backward = backward.join();
        (
            forward,
            backward.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    let (forward, backward) = (forward?, backward?);
    // The text is the largest part of the memory, and the rows hold their own units.
    drop(text);
    let total = forward.total;
    let segmenter = searcher.segmenter();
    let mut out = Vec::new();
    for &(row, after) in &forward.free {
        // A row that is free on one side alone is a fragment.
        let mirrored = mirrored(row);
        let before = backward.free.binary_search_by_key(&mirrored, |free| free.0);
        let Ok(before) = before else { continue };
        let freedom = after.min(backward.free[before].1);
        let units = units(&row);
        let (n, len) = (forward.count_of(units).unwrap_or(1), units.len());
        let count = |part: &[Code]| forward.count_of(part).unwrap_or(1) as f64;
        let cuts = (1..len).map(|cut| {
            let (head, tail) = units.split_at(cut);
            (n as f64 * total as f64 / (count(head) * count(tail))).log2()
        });
        // The weakest cut decides: `的水渠` has one strong pair in it and is no expression.
        let cohesion = cuts.fold(f64::INFINITY, f64::min);
        if cohesion < options.cohesion {
            continue;
        }
        let word: String = units.iter().map(|&code| alphabet.char(code)).collect();
        if is_expression(&word) && !segmenter.words(&word).any(|known| known == word) {
            out.push(Candidate {
                word,
                occurrences: n,
                cohesion: (cohesion * 100.0).round() / 100.0,
                freedom: (freedom * 100.0).round() / 100.0,
            });
        }
    }
    let score = |candidate: &Candidate| candidate.cohesion * candidate.freedom;
    out.sort_by(|a, b| {
        score(b)
            .total_cmp(&score(a))
            .then_with(|| a.word.cmp(&b.word))
    });
    out.truncate(options.limit);
    Ok(out)
}

fn is_expression(word: &str) -> bool {
    let mut chars = word.chars();
    let edges = [chars.next(), chars.next_back()];
    edges
        .into_iter()
        .flatten()
        .all(|ch| !is_stop(ch.encode_utf8(&mut [0; 4])))
}
