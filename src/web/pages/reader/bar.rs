//! The way through what was found: the bar below the text, and the ticks at its side.

use maud::{Markup, html};
use xunzhang::search::DocumentMarks;

use super::text::hit_id;
use super::view::View;
use crate::cli::messages::say;

/// Places for ticks along the side; more would lie on one another.
const PLACES: u64 = 400;

/// The documents before and after this one that hold what is looked for.
#[derive(Debug, Default)]
pub(super) struct Way<'a> {
    previous: Option<&'a str>,
    next: Option<&'a str>,
    /// Its place among all that hold any, from 1, if it is one of them.
    at: Option<usize>,
    total: usize,
}

impl<'a> Way<'a> {
    /// `documents` are in order of their ids.
    pub(super) fn new(documents: &'a [DocumentMarks], id: &str) -> Self {
        let before = documents.partition_point(|one| one.id.as_str() < id);
        let is_one = documents.get(before).is_some_and(|one| one.id == id);
        let after = before + usize::from(is_one);
        let id_of = |ord: usize| documents.get(ord).map(|one| one.id.as_str());
        Self {
            previous: before.checked_sub(1).and_then(id_of),
            next: id_of(after),
            at: is_one.then_some(after),
            total: documents.len(),
        }
    }
}

/// Links to the occurrences and documents before and after.
pub(super) fn bar(view: &View<'_>, way: &Way<'_>) -> Markup {
    let (lang, hits) = (view.lang, view.hits);
    if way.total == 0 && hits.stops.is_empty() {
        return html! {};
    }
    let (before, after) = hits.beside(view.wanted.numbers.as_ref());
    let n = hits.stops.len();
    let to_document = |id: &str, hit: &str| {
        let at = view.base.with("place", &[id]).with("hit", &[hit]);
        format!("{}#hit", at.url("/show"))
    };
    html! {
        nav.hitbar aria-label=(lang.text("web-show-way")) {
            @if let Some(id) = way.previous {
                a href=(to_document(id, "last")) data-previous-document rel="prev" { (lang.text("web-show-previous-document")) }
            }
            @if let Some(ord) = before { a href=(view.to_hit(ord)) data-step="-1" { (lang.text("web-show-previous-hit")) } }
            span.count {
                span.at {
                    @match hits.current {
                        Some(ord) => {
                            span.visually-hidden { (say!(lang, "web-show-hit-of", at = ord + 1, n)) }
                            span aria-hidden="true" { (ord + 1) " / " (n) }
                        },
                        None => (say!(lang, "web-show-hits", n)),
                    }
                }
                @if let Some(at) = way.at {
                    span.documents { " · " (say!(lang, "web-show-document-of", at, n = way.total)) }
                }
            }
            @if let Some(ord) = after { a href=(view.to_hit(ord)) data-step="1" { (lang.text("web-show-next-hit")) } }
            @if let Some(id) = way.next {
                a href=(to_document(id, "1")) data-next-document rel="next" { (lang.text("web-show-next-document")) }
            }
        }
    }
}

/// A tick for each place along the document at which something was found.
pub(super) fn ticks(view: &View<'_>) -> Markup {
    let hits = view.hits;
    if hits.stops.is_empty() {
        return html! {};
    }
    let ticks = places(view);
    html! {
        // The list of what was found says the same in words.
        svg.ticks aria-hidden="true" viewBox={ "0 0 10 " (PLACES) } preserveAspectRatio="none" {
            @for (y, ord) in ticks {
                @let is_on = hits.current == Some(ord);
                @let target = if is_on { "hit".to_owned() } else { hit_id(ord) };
                a href={ "#" (target) } tabindex="-1" {
                    rect.on[is_on] x="0" y=(y) width="10" height="2" {}
                }
            }
        }
    }
}

/// Heights, each with the first occurrence there.
fn places(view: &View<'_>) -> Vec<(u64, usize)> {
    let passages = &view.whole.passages;
    let lengths = passages.iter().map(|one| one.text.chars().count() as u64);
    let total: u64 = lengths.clone().sum::<u64>().max(1);
    let mut ticks: Vec<(u64, usize)> = Vec::new();
    let mut before = 0;
    for (passage, length) in passages.iter().zip(lengths) {
        let (first, stops) = view.hits.of(passage.number);
        for (ord, stop) in (first..).zip(stops) {
            let at = before + stop.span.0 as u64;
            let y = (at * (PLACES - 2) / total).min(PLACES - 2);
            let is_current = view.hits.current == Some(ord);
            match ticks.last_mut() {
                // The current one is seen wherever it is.
                Some((last, held)) if *last == y => {
                    if is_current {
                        *held = ord;
                    }
                }
                _ => ticks.push((y, ord)),
            }
        }
        before += length;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_beside_are_those_that_hold_any() {
        let marks = |id: &str| DocumentMarks {
            id: id.to_owned(),
            occurrences: 1,
            passages: 1,
        };
        let documents = ["a", "c", "e"].map(marks);
        let way = |id| {
            let way = Way::new(&documents, id);
            (way.previous, way.at, way.next)
        };
        assert_eq!(way("a"), (None, Some(1), Some("c")));
        assert_eq!(way("c"), (Some("a"), Some(2), Some("e")));
        assert_eq!(way("d"), (Some("c"), None, Some("e")));
        assert_eq!(way("e"), (Some("c"), Some(3), None));
        assert_eq!(way("f"), (Some("e"), None, None));
    }
}
