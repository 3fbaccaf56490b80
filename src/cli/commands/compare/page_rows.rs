//! The rows of a comparison on a page: its pairs, and where each sentence that was moved has been.

use xunzhang::precedent::{Pair, Status};

/// A row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'a> {
    /// A pair with its number, from 1.
    Pair(usize, &'a Pair),
    /// The former position of the older sentence of a pair that was moved.
    Gone(usize, &'a Pair),
}

/// The rows in order of the newer report; a former position is before the next older sentence that kept the order.
pub(super) fn rows(pairs: &[Pair]) -> Vec<Row<'_>> {
    let number = |pair: &Pair| pair.old.as_ref().map_or(usize::MAX, |old| old.sentence);
    let numbered = || (1..).zip(pairs);
    let mut moved: Vec<(usize, &Pair)> = numbered()
        .filter(|(_, pair)| pair.status == Status::Moved)
        .collect();
    moved.sort_by_key(|(_, pair)| number(pair));
    let mut moved = moved.into_iter().peekable();
    let mut out = Vec::new();
    for (ord, pair) in numbered() {
        let keeps_order = matches!(
            pair.status,
            Status::Kept | Status::Changed | Status::Dropped
        );
        if keeps_order {
            let before = |gone: &(usize, &Pair)| number(gone.1) < number(pair);
            while let Some((ord, gone)) = moved.next_if(before) {
                out.push(Row::Gone(ord, gone));
            }
        }
        out.push(Row::Pair(ord, pair));
    }
    out.extend(moved.map(|(ord, gone)| Row::Gone(ord, gone)));
    out
}
