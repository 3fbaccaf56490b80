//! The search page: one box, filters, and hits under their headings.

use maud::{Markup, html};
use xunzhang::query::{Node, parse};
use xunzhang::search::{By, Hit, SearchOptions, Searcher};

use super::facets::facets;
use super::form::{chips, filter_fields, query_box};
use super::link;
use super::page::Page;
use super::passage::{citation, facts, marked, section};
use super::refused::refused;
use crate::cli::commands::search::{Arguments, Found, Numbers, note_foreign, nothing_found};
use crate::cli::excerpt::Excerpt;
use crate::cli::messages::{Lang, say};
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

const MENU: &str = "/search";
/// Characters of a passage that are shown at once; all of it is a click away.
const EXCERPT: usize = 220;
/// Passages around a hit that are shown on demand.
const NEIGHBOURS: u32 = 2;
/// Copies of a hit that are listed.
const COPIES: usize = 20;

/// The page before anything is asked: the box, and what is in the index.
pub(super) fn home(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let manifest = asked.index.manifest();
    let (documents, passages) = (manifest.documents, manifest.passages);
    let main = html! {
        div.start {
            h1 lang="zh-CN" { "寻章" }
            (search_form(&asked.parameters, lang))
            p.hint { (say!(lang, "web-holds", documents, passages)) }
            ul.examples {
                @for query in EXAMPLES {
                    li { a href=(Parameters::default().with("q", &[query]).url("/search")) { (query) } }
                }
            }
        }
    };
    Ok(Page::new(lang.text("web-search"), main).below(MENU))
}

/// Queries that show what the box takes.
const EXAMPLES: [&str; 4] = [
    "失地农民 安置",
    "“坚持以＊为指导”",
    "“（优化｜改善）营商环境”",
    "招商 NEAR/10 就业",
];

fn search_form(parameters: &Parameters, lang: Lang) -> Markup {
    html! {
        form.search role="search" action="/search" method="get" data-live {
            (query_box(parameters.get("q").or(parameters.get("query")), "web-search-go", lang))
            (filter_fields(parameters, lang))
        }
    }
}

/// What a query finds.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let parameters = &asked.parameters;
    let query = parameters.get("q").or(parameters.get("query"));
    let Some(query) = query else {
        return home(asked);
    };
    let title = say!(lang, "search-title", query);
    let form = search_form(parameters, lang);
    note_foreign(query, &asked.session);
    let node = match parse(query) {
        Ok(node) => node,
        Err(error) => return Ok(refused(&title, &form, &error.into(), lang).below(MENU)),
    };
    let question = Question::at("search").ok_or(crate::cli::fault::Fault)?;
    // A filter that can't be read, a year or a date, is put right in the form as a query is.
    let arguments: Arguments = match asked.arguments(question, &["rate"]) {
        Ok(arguments) => arguments,
        Err(error) => return Ok(refused(&title, &form, &error, lang).below(MENU)),
    };
    let options = SearchOptions {
        context: NEIGHBOURS,
        copy_places: true,
        ..arguments.options_of_page()
    };
    let searcher = Searcher::new(&asked.index);
    let found = Found::of(&searcher, &node, &options, Numbers::EveryWord)?;
    // Rates are relative to all text, which is looked at only for them.
    let is_rate = parameters.get("rate").is_some();
    let texts = is_rate
        .then(|| searcher.text_by_year(&options.filter))
        .transpose()?;
    let view = View {
        asked,
        options: &options,
        found: &found,
        has_several_collections: searcher.manifest().has_several_collections(),
    };
    let main = html! {
        h1.visually-hidden { (title) }
        (form)
        (chips(parameters, "/search", lang))
        @if found.results.total.passages == 0 {
            (view.nothing(&searcher, &node)?)
        } @else {
            div.found {
                // First, so that nothing moves when the facets come.
                (view.results())
                (facets(&searcher.facets(&node, &options.filter)?, texts.as_deref(), parameters, lang))
            }
        }
    };
    Ok(Page::new(title, main).below(MENU))
}

/// What a query found, and how it was asked.
struct View<'a> {
    asked: &'a Asked,
    options: &'a SearchOptions,
    found: &'a Found,
    has_several_collections: bool,
}

impl View<'_> {
    fn lang(&self) -> Lang {
        self.asked.lang()
    }

    fn nothing(&self, searcher: &Searcher<'_>, node: &Node) -> anyhow::Result<Markup> {
        let hint = nothing_found(searcher, node, &self.options.filter, &self.asked.session)?;
        Ok(html! { pre.hint role="status" { (hint) } })
    }

    fn results(&self) -> Markup {
        html! {
            section.results aria-labelledby="totals" {
                (self.header())
                ol.hits start=(self.options.offset + 1) {
                    @for hit in &self.found.results.hits {
                        li { (self.hit(hit)) }
                    }
                }
                (self.pages())
            }
        }
    }

    fn header(&self) -> Markup {
        let lang = self.lang();
        html! {
            div.results-head {
                p #totals { (self.found.totals(lang)) }
                div.tools {
                    (self.choice("sort", &[("", "web-sort-score"), ("-date", "web-sort-newest"), ("date", "web-sort-oldest"), ("path", "web-sort-path")]))
                    (self.choice("by", &[("", "web-by-passage"), ("document", "web-by-document")]))
                    a.to-facets href="#facets" { (lang.text("web-facets")) }
                    (super::form::exports(&self.asked.parameters, "/search", &["xlsx", "csv", "docx", "md", "json"], lang))
                }
            }
        }
    }

    /// Links that set a parameter to each of its values.
    fn choice(&self, name: &'static str, values: &[(&str, &'static str)]) -> Markup {
        let parameters = self.asked.parameters.without(&["offset"]);
        let current = parameters.get(name).unwrap_or_default();
        html! {
            ul.choice {
                @for &(value, key) in values {
                    @let kept: Vec<&str> = [value].into_iter().filter(|value| !value.is_empty()).collect();
                    li {
                        a href=(parameters.with(name, &kept).url("/search")) aria-current=[(current == value).then_some("true")] {
                            (self.lang().text(key))
                        }
                    }
                }
            }
        }
    }

    fn hit(&self, hit: &Hit) -> Markup {
        let lang = self.lang();
        let document = &hit.document;
        let title = Excerpt::whole(&document.title, &hit.title_highlights);
        let passage = &hit.passage;
        let excerpt = Excerpt::around(&passage.text, &passage.highlights, EXCERPT);
        let is_cut = excerpt.text.chars().count() < passage.text.chars().count();
        let reader = link::reader_within(&self.asked.parameters, &hit.place);
        html! {
            article.hit {
                h2 { a.open href=(reader) { (marked(&title)) } }
                p.facts { (facts(document, self.has_several_collections)) }
                (section(&hit.section, &hit.section_highlights))
                p.text { (marked(&excerpt)) }
                div.more {
                    a.place href=(reader) { (hit.place) }
                    @if let Some(matching) = hit.matching {
                        (self.matching(&document.id, matching))
                    }
                    details {
                        summary { (lang.text("web-context")) }
                        @for before in &hit.before { p.neighbour { (before.text) } }
                        @if is_cut { p { (marked(&Excerpt::whole(&passage.text, &passage.highlights))) } }
                        @else { p { (marked(&excerpt)) } }
                        @for after in &hit.after { p.neighbour { (after.text) } }
                    }
                    (self.copies(hit))
                    details {
                        summary { (lang.text("web-cite")) }
                        p.cite data-cite { (citation(document, &hit.section, &hit.place)) }
                    }
                    a href=(Parameters::default().with("document", &[&document.id]).url("/similar")) { (lang.text("web-similar")) }
                }
            }
        }
    }

    /// How many passages of the document match, which leads to them.
    fn matching(&self, id: &str, matching: u64) -> Markup {
        let parameters = self
            .asked
            .parameters
            .without(&["by", "offset"])
            .with("path", &[id]);
        let n = say!(self.lang(), "n-passages", n = matching);
        html! { a href=(parameters.url("/search")) { (n) } }
    }

    fn copies(&self, hit: &Hit) -> Markup {
        html! {
            @if hit.copies > 0 {
                details {
                    summary { (say!(self.lang(), "web-copies", n = hit.copies)) }
                    ul {
                        @for copy in hit.copy_sources.iter().take(COPIES) {
                            @let place = copy.place.as_deref().unwrap_or(&copy.document);
                            li { a href=(link::reader_within(&self.asked.parameters, place)) { (place) } }
                        }
                    }
                    @if hit.copies > COPIES {
                        a href=(self.asked.parameters.with("no_collapse", &["1"]).url("/search")) {
                            (self.lang().text("web-all-copies"))
                        }
                    }
                }
            }
        }
    }

    /// The pages before and after.
    fn pages(&self) -> Markup {
        let (lang, options) = (self.lang(), self.options);
        let total = match options.by {
            By::Passage => self.found.results.total.passages,
            By::Document => self.found.results.total.documents,
        };
        let at = |offset: usize| {
            let number = offset.to_string();
            let values: &[&str] = if offset > 0 { &[&number] } else { &[] };
            self.asked.parameters.with("offset", values).url("/search")
        };
        let next = options.offset + options.limit;
        let is_full = self.found.results.hits.len() == options.limit;
        html! {
            nav.pages aria-label=(lang.text("web-pages")) {
                @if options.offset > 0 {
                    a rel="prev" href=(at(options.offset.saturating_sub(options.limit))) { (lang.text("web-previous")) }
                }
                @if is_full && (next as u64) < total {
                    a rel="next" href=(at(next)) { (lang.text("web-next")) }
                }
            }
        }
    }
}
