//! Documents that share text with a given one, with the passages that they share.

use std::collections::BTreeMap;

use maud::{Markup, html};
use xunzhang::precedent::{SharedPassage, Similar};
use xunzhang::search::{Searcher, place};

use super::form::{chips, exports, filter_fields};
use super::link;
use super::page::Page;
use super::passage::facts;
use crate::cli::commands::similar::{Arguments, Requested};
use crate::cli::messages::{Lang, say};
use crate::cli::terminal::printable;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

/// The page of a document's relatives.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let question = Question::at("similar").ok_or(crate::cli::fault::Fault)?;
    let arguments: Arguments = asked.arguments(question, &[])?;
    let searcher = Searcher::new(&asked.index);
    let (requested, found) = arguments.found(&searcher, &asked.session)?;
    let title = printable(&requested.title);
    let view = View {
        lang,
        lines: lines(&searcher, &requested, &found)?,
        id: requested.id.as_deref().unwrap_or_default(),
        has_several_collections: searcher.manifest().has_several_collections(),
    };
    let parameters = &asked.parameters;
    let main = html! {
        h1 { (say!(lang, "web-similar-title", title = title.clone())) }
        div.results-head {
            p { a href=(link::reader(view.id, None)) { (lang.text("web-similar-read")) } }
            div.tools { (exports(parameters, "/similar", &["json"], lang)) }
        }
        form.filter-form action="/similar" method="get" {
            (filter_fields(parameters, lang))
            button.quiet type="submit" { (lang.text("web-apply")) }
        }
        (chips(parameters, "/similar", lang))
        @if found.is_empty() { p.hint role="status" { (lang.text("similar-none")) } }
        ol.hits { @for one in &found { li { (view.similar(one)) } } }
    };
    Ok(Page::new(say!(lang, "web-similar-title", title), main))
}

/// The lines of the passages of the requested document that others share.
fn lines(
    searcher: &Searcher<'_>,
    requested: &Requested,
    found: &[Similar],
) -> anyhow::Result<BTreeMap<u32, u32>> {
    let shared = found.iter().flat_map(|one| &one.passages);
    let numbers: std::collections::BTreeSet<u32> = shared.map(|one| one.number).collect();
    let Some(id) = &requested.id else {
        return Ok(BTreeMap::new());
    };
    let stored = searcher.passages(id, |number| numbers.contains(&number))?;
    let lines = stored.iter().map(|one| (one.number, one.record.line));
    Ok(lines.collect())
}

struct View<'a> {
    lang: Lang,
    /// Lines of the requested document by number of the passage.
    lines: BTreeMap<u32, u32>,
    id: &'a str,
    has_several_collections: bool,
}

impl View<'_> {
    fn similar(&self, one: &Similar) -> Markup {
        let (lang, document) = (self.lang, &one.document);
        let share = |share: f64| format!("{:.1} %", share * 100.0);
        let of = Parameters::default().with("document", &[&document.id]);
        html! {
            article.hit {
                h2 { a.open href=(link::reader(&document.id, None)) { bdi { (printable(&document.title)) } } }
                p.facts { (facts(document, self.has_several_collections)) }
                p.shares {
                    (say!(lang, "web-similar-share", share = share(one.share)))
                    meter min="0" max="1" value=(one.share) aria-hidden="true" {}
                    span.faint { (say!(lang, "similar-other", other = share(one.share_of_other))) }
                }
                @if !one.passages.is_empty() {
                    details {
                        summary { (say!(lang, "web-similar-passages", n = one.passages.len())) }
                        @for shared in &one.passages { (self.shared(&document.id, shared)) }
                    }
                }
                div.more { a href=(of.url("/similar")) { (lang.text("web-similar")) } }
            }
        }
    }

    /// Two passages side by side, each with a link to its place.
    fn shared(&self, other: &str, shared: &SharedPassage) -> Markup {
        let own = self
            .lines
            .get(&shared.number)
            .map(|&line| place(self.id, line));
        let other = place(other, shared.other_line);
        html! {
            div.pair {
                div {
                    @if let Some(own) = own { a.place href=(link::reader(&own, None)) { bdi { (own) } } }
                    p.text { (printable(&shared.text)) }
                }
                div {
                    a.place href=(link::reader(&other, None)) { bdi { (other) } }
                    p.text { (printable(&shared.other_text)) }
                }
            }
        }
    }
}
