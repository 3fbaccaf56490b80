//! The lines of a page, each with the hit in the middle.

use maud::{Markup, html};
use xunzhang::search::ConcordanceLine;

use super::form::{PATH, ordered};
use super::view::{LINES, View};
use crate::cli::messages::say;
use crate::cli::output::columns::grouped;
use crate::cli::terminal::printable;
use crate::web::pages::link::{question_of, reader_within};

/// Columns: the order that a click on its head gives, and what it is called.
const COLUMNS: [(&str, &str); 5] = [
    ("left", "table-left"),
    ("hit", "table-hit"),
    ("right", "table-right"),
    ("date", "table-date"),
    ("", "table-title"),
];

/// Pixels of a character, beside the text of a cell, of a date, of a title.
const CHARACTER: usize = 15;
const PADDING: usize = 14;
const DATE: usize = 112;
const TITLE: usize = 240;
/// Characters of a hit that are shown.
const MAX_HIT: usize = 30;

/// The lines of the page, and links to the others.
pub(super) fn lines(view: &View<'_>) -> anyhow::Result<Markup> {
    let (lang, last) = (view.lang, (view.offset + LINES).min(view.n));
    let all = (view.offset..last).map(|ord| view.concordance.line(ord));
    let all: Vec<ConcordanceLine> = all.collect::<xunzhang::search::Result<_>>()?;
    let (first, end) = (grouped(view.offset as u64 + 1), grouped(last as u64));
    let set = view.parameters.get("sort").unwrap_or_default();
    let widths = widths(view.options.window, &all);
    Ok(html! {
        h2 { (lang.text("web-conc-lines")) }
        div.wide tabindex="0" role="region" aria-label=(lang.text("web-conc-lines")) {
            table.kwic width=(widths.iter().sum::<usize>() + TITLE) {
                colgroup { @for width in widths { col width=(width); } col; }
                caption { (say!(lang, "web-conc-range", first, last = end)) }
                thead {
                    tr {
                        @for (order, key) in COLUMNS {
                            @let is_set = set == order && !order.is_empty();
                            th.(format!("by-{order}")) scope="col" aria-sort=[is_set.then_some("ascending")] {
                                a href=(ordered(view.parameters, order)) { (lang.text(key)) }
                            }
                        }
                    }
                }
                tbody { @for line in &all { (row(view, line)) } }
            }
        }
        (pages(view))
    })
}

/// Widths of the columns before the title. They are known before the lines are: a table that finds them out line by line moves while
/// it is read.
fn widths(window: usize, lines: &[ConcordanceLine]) -> [usize; 4] {
    let longest = |text: fn(&ConcordanceLine) -> &str| {
        let lengths = lines.iter().map(|line| text(line).chars().count());
        lengths.max().unwrap_or(0)
    };
    // A context of that many units may have marks between them; few have more than a sixth.
    let most = window + window / 6 + 1;
    let side = |text| longest(text).min(most).max(4) * CHARACTER + PADDING;
    let hit = longest(|line| &line.hit).clamp(2, MAX_HIT) * CHARACTER + PADDING;
    [side(|line| &line.left), hit, side(|line| &line.right), DATE]
}

fn row(view: &View<'_>, line: &ConcordanceLine) -> Markup {
    let at = question_of(view.parameters).with("at", &[&line.span.0.to_string()]);
    let (lang, document) = (view.lang, &line.document);
    html! {
        tr.line {
            td.left { bdi { (printable(&line.left)) } }
            td.hit-cell { a.open href=(reader_within(&at, &line.place)) { bdi { (printable(&line.hit)) } } }
            td.right { bdi { (printable(&line.right)) } }
            td.date { @if let Some(date) = document.date { (date) } }
            td.title { bdi { (printable(&document.title)) } " " span.place { (say!(lang, "web-show-line", line = line.line)) } }
        }
    }
}

fn pages(view: &View<'_>) -> Markup {
    let lang = view.lang;
    let at = |offset: usize| {
        let number = offset.to_string();
        let values: &[&str] = if offset > 0 { &[&number] } else { &[] };
        view.parameters.with("offset", values).url(PATH)
    };
    html! {
        @if view.n > LINES {
            nav.pages aria-label=(lang.text("web-pages")) {
                @if view.offset > 0 {
                    a rel="prev" href=(at(view.offset.saturating_sub(LINES))) { (lang.text("web-previous")) }
                }
                @if view.offset + LINES < view.n {
                    a rel="next" href=(at(view.offset + LINES)) { (lang.text("web-next")) }
                }
            }
        }
    }
}
