//! Near-copies in the whole collection.

use maud::html;
use xunzhang::precedent::GRAM;
use xunzhang::search::Searcher;

use super::collection::{MENU, menu};
use super::form::{chips, exports, filter_fields};
use super::link;
use super::page::Page;
use super::passage::facts;
use crate::cli::commands::duplicates::Arguments;
use crate::cli::messages::say;
use crate::cli::wording::percent;
use crate::web::asked::Asked;
use crate::web::questions::Question;

/// Groups that are shown; all are in the export.
const SHOWN: usize = 100;

/// Groups of near-copies.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let question = Question::at("duplicates").ok_or(crate::cli::fault::Fault)?;
    let arguments: Arguments = asked.arguments(question, &[])?;
    let searcher = Searcher::new(&asked.index);
    let clusters = arguments.clusters(&searcher)?;
    let has_several = searcher.manifest().has_several_collections();
    let main = html! {
        h1 { (lang.text("web-duplicates")) }
        (menu(lang))
        form action="/duplicates" method="get" {
            div.fields {
                div {
                    label for="similarity" { (lang.text("web-min-similarity")) }
                    input #similarity name="min_similarity" inputmode="decimal" value=[asked.parameters.get("min_similarity")] placeholder="0.5";
                }
            }
            (filter_fields(&asked.parameters.without(&["min_similarity"]), lang))
            button type="submit" { (lang.text("web-list")) }
        }
        (chips(&asked.parameters, "/duplicates", lang))
        div.results-head {
            p #totals { (say!(lang, "web-groups", n = clusters.len())) }
            (exports(&asked.parameters, "/duplicates", &["json"], lang))
        }
        p.hint { (say!(lang, "duplicates-method", gram = GRAM)) }
        @for cluster in clusters.iter().take(SHOWN) {
            section.group {
                h2 { (say!(lang, "n-documents", n = cluster.documents.len())) }
                ul {
                    @for copy in &cluster.documents {
                        li.entry {
                            span.share { (percent(copy.similarity)) } " "
                            a.open href=(link::reader(&copy.document.id, None)) { (copy.document.title) }
                            div.facts { (facts(&copy.document, has_several)) span.place { (copy.document.id) } }
                        }
                    }
                }
            }
        }
        @if clusters.len() > SHOWN { p.hint { (lang.text("web-more-in-export")) } }
    };
    Ok(Page::new(lang.text("web-duplicates"), main).below(MENU))
}
