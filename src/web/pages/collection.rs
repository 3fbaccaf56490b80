//! What is in the index: numbers, years by kinds, what was not read and why.

use std::collections::BTreeMap;

use maud::{Markup, html};
use xunzhang::index::{DocumentRecord, Index, Skipped};
use xunzhang::search::{DocumentFilter, Order, Searcher};

use super::page::Page;
use crate::cli::commands::status::{LeftOut, facts};
use crate::cli::messages::{Lang, of_boilerplate, of_reason, say};
use crate::cli::output::columns::grouped;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;

/// The entry of the menu of all pages on what the index holds.
pub(super) const MENU: &str = "/collection";
/// Kinds that have a column; the others are one.
const KINDS: usize = 7;
/// Files that are listed; the others are in the export.
const MOST_LISTED: usize = 200;

/// What is in the index.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let searcher = Searcher::new(&asked.index);
    let documents = searcher.documents(&DocumentFilter::default(), None, Order::default())?;
    let left_out = LeftOut::of(&asked.index)?;
    let main = html! {
        h1 { (lang.text("web-collection")) }
        (menu(lang))
        (numbers(&asked.index, lang)?)
        (collections(&documents, lang))
        h2 { (lang.text("web-years-by-kinds")) }
        (matrix(&documents, lang))
        (not_read(&left_out, lang))
        p {
            a href="/status.json?skipped=1" download { (say!(lang, "web-export-as", format = "json")) }
            " · " a href="/build" { (lang.text("web-build")) }
        }
    };
    Ok(Page::new(lang.text("web-collection"), main).below(MENU))
}

/// Links to the other pages on what the index holds.
pub(super) fn menu(lang: Lang) -> Markup {
    html! {
        ul.choice {
            @for (path, key) in [
                ("/collection", "web-overview"),
                ("/documents", "web-documents"),
                ("/words", "web-words"),
                ("/duplicates", "web-duplicates"),
            ] {
                li { a href=(path) { (lang.text(key)) } }
            }
        }
    }
}

fn numbers(index: &Index, lang: Lang) -> anyhow::Result<Markup> {
    let facts = facts(index, lang)?;
    Ok(html! {
        div.wide tabindex="0" role="region" aria-label=(lang.text("web-overview")) {
            table.facts-table {
                caption.visually-hidden { (lang.text("web-overview")) }
                tbody {
                    @for [name, value] in &facts {
                        tr {
                            // A further line of the fact above.
                            @if name.is_empty() { td {} } @else { th scope="row" { (name) } }
                            td { (value) }
                        }
                    }
                }
            }
        }
    })
}

/// The collections, if there are several.
fn collections(documents: &[DocumentRecord], lang: Lang) -> Markup {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for document in documents {
        *counts.entry(&document.collection).or_default() += 1;
    }
    html! {
        @if counts.len() > 1 {
            h2 { (lang.text("web-filter-collection")) }
            ul {
                @for (name, n) in counts {
                    li {
                        (name) "  "
                        a href=(listed(&[("collection", name)])) { (say!(lang, "n-documents", n)) }
                    }
                }
            }
        }
    }
}

/// The list of the documents with these values.
fn listed(values: &[(&str, &str)]) -> String {
    let pairs = values
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()));
    Parameters::of_pairs(pairs).url("/documents")
}

/// Documents by year and kind, each number a link to them.
fn matrix(documents: &[DocumentRecord], lang: Lang) -> Markup {
    let kinds = frequent_kinds(documents);
    let mut counts: BTreeMap<Option<u16>, BTreeMap<Option<&str>, u64>> = BTreeMap::new();
    for document in documents {
        let kind = document.kind.as_deref().filter(|kind| kinds.contains(kind));
        let year = document.date.map(|date| date.year);
        *counts.entry(year).or_default().entry(kind).or_default() += 1;
    }
    // The newest first: they are what most people look for; what has no year is last.
    let mut years: Vec<_> = counts.into_iter().collect();
    years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    html! {
        div.wide tabindex="0" role="region" aria-label=(lang.text("web-years-by-kinds")) {
            table {
                caption.visually-hidden { (lang.text("web-years-by-kinds")) }
                thead {
                    tr {
                        th scope="col" { (lang.text("column-year")) }
                        @for kind in &kinds { th.n scope="col" { (kind) } }
                        th.n scope="col" { (lang.text("web-other-kinds")) }
                        th.n scope="col" { (lang.text("web-sum")) }
                    }
                }
                tbody {
                    @for (year, of_year) in &years { (row(*year, of_year, &kinds, lang)) }
                }
            }
        }
    }
}

fn row(
    year: Option<u16>,
    counts: &BTreeMap<Option<&str>, u64>,
    kinds: &[&str],
    lang: Lang,
) -> Markup {
    let label = year.map(|year| format!("{year:04}"));
    let sum: u64 = counts.values().sum();
    let cell = |kind: &str| {
        let n = counts.get(&Some(kind)).copied().unwrap_or(0);
        let values = label
            .as_deref()
            .map(|year| listed(&[("year", year), ("kind", kind)]));
        linked(n, values)
    };
    html! {
        tr {
            th scope="row" { (label.as_deref().unwrap_or(lang.text("value-missing"))) }
            @for kind in kinds { td.n { (cell(kind)) } }
            td.n { (linked(counts.get(&None).copied().unwrap_or(0), None)) }
            td.n { (linked(sum, label.as_deref().map(|year| listed(&[("year", year)])))) }
        }
    }
}

fn linked(n: u64, url: Option<String>) -> Markup {
    html! {
        @match (n, url) {
            (0, _) => {},
            (n, Some(url)) => a href=(url) { (grouped(n)) },
            (n, None) => (grouped(n)),
        }
    }
}

/// The most frequent kinds, the largest first.
fn frequent_kinds(documents: &[DocumentRecord]) -> Vec<&str> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for kind in documents
        .iter()
        .filter_map(|document| document.kind.as_deref())
    {
        *counts.entry(kind).or_default() += 1;
    }
    let mut kinds: Vec<_> = counts.into_iter().collect();
    kinds.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    kinds
        .into_iter()
        .take(KINDS)
        .map(|(kind, _)| kind)
        .collect()
}

/// Files that gave no text, and documents of which much was set aside, with the reasons.
fn not_read(left_out: &LeftOut, lang: Lang) -> Markup {
    let aside = left_out.set_aside();
    html! {
        h2 #skipped { (lang.text("web-not-read")) }
        @if left_out.skipped().is_empty() && aside.is_empty() {
            p { (lang.text("status-nothing-skipped")) }
        }
        ul.skipped {
            @for Skipped { path, reason } in left_out.skipped().iter().take(MOST_LISTED) {
                li { (say!(lang, "status-skipped", path = path.as_str(), reason = of_reason(reason, lang))) }
            }
            @for (document, percent, reason) in aside.iter().take(MOST_LISTED) {
                li {
                    (say!(lang, "status-set-aside", document = *document, percent = *percent, reason = of_boilerplate(*reason, lang)))
                }
            }
        }
        @if left_out.skipped().len().max(aside.len()) > MOST_LISTED {
            p.hint { (lang.text("web-more-in-export")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_documents_has_its_values() {
        assert_eq!(
            listed(&[("year", "2010"), ("kind", "a")]),
            "/documents?year=2010&kind=a"
        );
    }
}
