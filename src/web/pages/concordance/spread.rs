//! How the lines are spread: a number, and for each document a bar with a tick where one is.

use maud::{Markup, html};
use xunzhang::search::DocumentLines;

use super::form::PATH;
use super::view::View;
use crate::cli::messages::say;
use crate::cli::output::columns::grouped;
use crate::cli::terminal::printable;
use crate::web::pages::link::question_of;

/// Documents that have a bar: those with the most lines.
const DOCUMENTS: usize = 15;
/// Width of a bar, in its own units; ticks closer than one are drawn once.
const WIDTH: u64 = 400;

/// The number and the bars.
pub(super) fn spread(view: &View<'_>) -> anyhow::Result<Markup> {
    let lang = view.lang;
    let mut documents = view.concordance.by_document();
    documents.sort_by_key(|one| std::cmp::Reverse(one.numbers.len()));
    documents.truncate(DOCUMENTS);
    let rows = documents.iter().map(|one| row(view, one));
    let rows: Vec<Markup> = rows.collect::<anyhow::Result<_>>()?;
    let dispersion = view.concordance.dispersion.unwrap_or(0.0);
    let dispersion = format!("{dispersion:.2}");
    let name = lang.text("web-conc-spread");
    Ok(html! {
        h2 { (name) }
        p.hint { (say!(lang, "web-conc-spread-hint", dispersion)) }
        div.wide tabindex="0" role="region" aria-label=(name) {
            table.spread {
                caption.visually-hidden { (name) }
                thead { tr {
                    th scope="col" { (lang.text("table-title")) }
                    th.n scope="col" { (lang.text("table-occurrences")) }
                    th scope="col" { (lang.text("web-conc-place")) }
                } }
                tbody { @for row in &rows { (row) } }
            }
        }
    })
}

fn row(view: &View<'_>, one: &DocumentLines) -> anyhow::Result<Markup> {
    let record = view.searcher.document(&one.id)?;
    let n = one.numbers.len() as u64;
    let base = question_of(view.parameters);
    let own = base.with("path", &[&one.id]).url(PATH);
    let first = base.with("place", &[&one.id]).with("hit", &["1"]);
    let title = printable(&record.title);
    Ok(html! {
        tr {
            th scope="row" { a href={ (first.url("/show")) "#hit" } { bdi { (title) } } }
            td.n { a href=(own) { (grouped(n)) } }
            td.bar-cell {
                svg viewBox={ "0 0 " (WIDTH) " 16" } preserveAspectRatio="none" role="img" aria-label=(say!(view.lang, "web-conc-in-document", title, n)) {
                    rect.ground x="0" y="7" width=(WIDTH) height="2" {}
                    @for x in ticks(&one.numbers, record.passages) {
                        rect x=(x) y="0" width="1.5" height="16" {}
                    }
                }
            }
        }
    })
}

/// Where along a document of so many passages ticks are.
fn ticks(numbers: &[u32], passages: u32) -> Vec<u64> {
    let passages = u64::from(passages).max(1);
    let at = |&number: &u32| u64::from(number.saturating_sub(1)) * (WIDTH - 2) / passages;
    let mut ticks: Vec<u64> = numbers.iter().map(at).collect();
    ticks.dedup();
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_inside_the_bar_and_apart() {
        assert_eq!(ticks(&[1, 1, 2], 2), [0, 199]);
        assert_eq!(ticks(&[1], 0), [0]);
        let many: Vec<u32> = (1..=5_000).collect();
        let ticks = ticks(&many, 5_000);
        assert!(ticks.len() <= WIDTH as usize && ticks.iter().all(|&x| x < WIDTH));
    }
}
