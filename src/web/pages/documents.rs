//! The list of documents.

use maud::html;
use xunzhang::search::Searcher;

use super::collection::{MENU, menu};
use super::form::{chips, exports, filter_fields};
use super::link;
use super::page::Page;
use crate::cli::commands::docs::Arguments;
use crate::cli::messages::say;
use crate::cli::output::columns::grouped;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

/// Documents of a page.
const LISTED: usize = 100;

/// The documents that the filters take.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let question = Question::at("docs").ok_or(crate::cli::fault::Fault)?;
    let arguments: Arguments = asked.arguments(question, &["offset"])?;
    let documents = arguments.documents(&Searcher::new(&asked.index))?;
    let offset = asked
        .parameters
        .get("offset")
        .and_then(|offset| offset.parse().ok());
    // No page is after the last document.
    let offset: usize = offset.unwrap_or(0).min(documents.len());
    let shown = documents.iter().skip(offset).take(LISTED);
    let at = |offset: usize| {
        asked
            .parameters
            .with("offset", &[&offset.to_string()])
            .url("/documents")
    };
    let title = asked.parameters.get("title");
    let main = html! {
        h1 { (lang.text("web-documents")) }
        (menu(lang))
        form role="search" action="/documents" method="get" {
            div.box {
                label.visually-hidden for="q" { (lang.text("web-title-holds")) }
                input #q type="search" name="title" value=[title] placeholder=(lang.text("web-title-holds")) autocomplete="off";
                button type="submit" { (lang.text("web-list")) }
            }
            (filter_fields(&asked.parameters.without(&["title"]), lang))
        }
        (chips(&asked.parameters, "/documents", lang))
        div.results-head {
            p #totals { (say!(lang, "n-documents", n = documents.len())) }
            (exports(&asked.parameters, "/docs", &["csv", "json", "jsonl"], lang))
        }
        div.wide tabindex="0" role="region" aria-label=(lang.text("web-documents")) {
            table.documents {
                caption.visually-hidden { (lang.text("web-documents")) }
                thead {
                    tr {
                        th scope="col" { (lang.text("table-title")) }
                        th scope="col" { (lang.text("table-date")) }
                        th scope="col" { (lang.text("table-kind")) }
                        th scope="col" { (lang.text("table-issuer")) }
                        th.n scope="col" { (lang.text("column-passages")) }
                        th.n scope="col" { (lang.text("column-characters")) }
                    }
                }
                tbody {
                    @for document in shown {
                        tr.entry {
                            th scope="row" {
                                a.open href=(link::reader(&document.id, None)) { (document.title) }
                                div.place { (document.id) }
                            }
                            td { (document.date.map(|date| date.to_string()).unwrap_or_default()) }
                            td { (document.kind.as_deref().unwrap_or_default()) }
                            td { (document.issuer.as_deref().unwrap_or_default()) }
                            td.n { (grouped(u64::from(document.passages))) }
                            td.n { (grouped(document.characters.passages)) }
                        }
                    }
                }
            }
        }
        nav.pages aria-label=(lang.text("web-pages")) {
            @if offset > 0 { a rel="prev" href=(at(offset.saturating_sub(LISTED))) { (lang.text("web-previous")) } }
            @if offset + LISTED < documents.len() { a rel="next" href=(at(offset + LISTED)) { (lang.text("web-next")) } }
        }
        p { a href=(Parameters::default().url("/duplicates")) { (lang.text("web-duplicates")) } }
    };
    Ok(Page::new(lang.text("web-documents"), main).below(MENU))
}
