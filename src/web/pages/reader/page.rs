//! What the reader is requested with, and the page as a whole.

use axum::http::StatusCode;
use maud::{Markup, html};
use xunzhang::index::DocumentRecord;
use xunzhang::query::{Node, parse};
use xunzhang::search::{DocumentMarks, DocumentRef, Error, Filter, FullDocument, Searcher};

use super::bar::{Way, bar, ticks};
use super::hits::{Hits, Wanted};
use super::side::{list, outline};
use super::text::{Text, title};
use super::view::View;
use crate::cli::commands::search;
use crate::cli::commands::show::numbers_at;
use crate::cli::document_header::known;
use crate::cli::messages::say;
use crate::cli::reader;
use crate::cli::resolve_document::{self, First, split_line};
use crate::cli::terminal::printable;
use crate::web::asked::{Asked, arguments};
use crate::web::pages::link::question_of;
use crate::web::pages::page::Page;
use crate::web::pages::passage::citation;
use crate::web::parameters::Parameters;
use crate::web::problem::Problem;
use crate::web::questions::Question;

/// Parameters that say what of a document is shown.
const OWN: [&str; 5] = ["place", "document", "hit", "at", "rate"];

/// The reader at a place.
pub(in crate::web::pages) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let searcher = Searcher::new(&asked.index);
    let (whole, line) = document(asked, &searcher)?;
    let numbers = line.map(|line| numbers_at(&asked.session, &whole, line));
    let mut wanted = Wanted {
        numbers: numbers.transpose()?,
        hit: parameters.get("hit"),
        at: parameters.get("at").and_then(|at| at.parse().ok()),
    };
    let base = parameters.without(&OWN);
    let filter = filter(&base)?;
    let node = match base.get("q").map(parse).transpose() {
        Ok(node) => node,
        Err(error) => return Ok(refused(asked, &whole, base, &wanted, error.into())),
    };
    let id = &whole.document.id;
    let (hits, documents) = match &node {
        Some(node) => found(&searcher, node, &filter, id, &wanted)?,
        None => (Hits::default(), Vec::new()),
    };
    if let Some(stop) = hits.current.and_then(|ord| hits.stops.get(ord)) {
        wanted.numbers = Some(stop.number..=stop.number);
    }
    let view = View {
        lang,
        base,
        whole: &whole,
        hits: &hits,
        wanted: &wanted,
    };
    let way = Way::new(&documents, id);
    Ok(Page::new(
        printable(&whole.document.title),
        view.main(&way, None),
    ))
}

fn found(
    searcher: &Searcher<'_>,
    node: &Node,
    filter: &Filter,
    id: &str,
    wanted: &Wanted<'_>,
) -> anyhow::Result<(Hits, Vec<DocumentMarks>)> {
    let marks = searcher.marks(node, filter, id)?;
    let documents = searcher.documents_with(node, filter)?;
    Ok((Hits::new(&marks, wanted), documents))
}

/// The document below a query that can't be read.
fn refused(
    asked: &Asked,
    whole: &FullDocument,
    base: Parameters,
    wanted: &Wanted<'_>,
    error: anyhow::Error,
) -> Page {
    let problem = Problem::of(&error, asked.lang());
    let view = View {
        lang: asked.lang(),
        base,
        whole,
        hits: &Hits::default(),
        wanted,
    };
    let main = view.main(&Way::default(), Some(&problem));
    Page::new(printable(&whole.document.title), main).with_status(StatusCode::BAD_REQUEST)
}

/// The document that is requested, and its line.
fn document(asked: &Asked, searcher: &Searcher<'_>) -> anyhow::Result<(FullDocument, Option<u32>)> {
    let parameters = &asked.parameters;
    let place = parameters.get("place").or(parameters.get("document"));
    let Some(place) = place else {
        anyhow::bail!(say!(asked.lang(), "web-show-no-place"));
    };
    // An id of the index first: a part of an id is looked for among all of them.
    let known = |id: &str| match searcher.whole(id) {
        Err(Error::NoDocument(_)) => Ok(None),
        found => found.map(Some),
    };
    if let Some(whole) = known(place)? {
        return Ok((whole, None));
    }
    if let Some((id, line)) = split_line(place)
        && let Some(whole) = known(id)?
    {
        return Ok((whole, Some(line)));
    }
    let options = reader::options_of_draft();
    let named = resolve_document::place(&asked.session, place, First::Index, &options)?;
    let mut documents = named.documents.into_iter();
    let whole = documents.next();
    let whole = whole.ok_or_else(|| Error::NoDocument(place.to_owned()))?;
    Ok((whole, named.line))
}

/// The filter of the search that led here; other things that it has are checked as it does.
fn filter(base: &Parameters) -> anyhow::Result<Filter> {
    let question = Question::at("search").ok_or(crate::cli::fault::Fault)?;
    let any = base.without(&["query"]).with("q", &["q"]);
    let arguments: search::Arguments = arguments(&any, question, &OWN)?;
    Ok(arguments.options_of_page().filter)
}

impl View<'_> {
    fn main(&self, way: &Way<'_>, problem: Option<&Problem>) -> Markup {
        let text = Text::new(self);
        html! {
            div.reader {
                (self.head(problem))
                (outline(self))
                article.document { (text.body()) }
                (ticks(self))
                (bar(self, way))
            }
        }
    }

    fn head(&self, problem: Option<&Problem>) -> Markup {
        let (lang, document) = (self.lang, &self.whole.document);
        html! {
            header.reader-head {
                (title(self))
                p.facts {
                    @for fact in known(document, lang) { span { (printable(&fact)) } }
                    span { (printable(&document.collection)) }
                    span { (say!(lang, "web-show-characters", n = document.characters.passages)) }
                }
                p.facts { bdi { (printable(&document.id)) } }
                div.more {
                    (self.links(document))
                    details {
                        summary { (lang.text("web-cite")) }
                        p.cite data-cite { (self.citation()) }
                    }
                }
                (self.form())
                @if let Some(problem) = problem { pre.problem role="alert" { (problem.detail) } }
                @if self.base.get("q").is_some() && problem.is_none() { (list(self)) }
            }
        }
    }

    fn links(&self, document: &DocumentRecord) -> Markup {
        let lang = self.lang;
        let of = |name: &'static str| Parameters::default().with(name, &[&document.id]);
        html! {
            a href=(of("document").url("/original")) { (lang.text("web-show-original")) }
            a href=(of("document").url("/similar")) { (lang.text("web-similar")) }
            a href=(of("document").url("/api/outline")) { (lang.text("web-show-outline-json")) }
            @if let Some(url) = document.url.as_deref().filter(|url| is_web(url)) {
                a href=(url) rel="noreferrer" { (lang.text("web-show-source")) }
            }
            @if self.base.get("q").is_some() {
                a href=(self.base.url("/search")) { (lang.text("web-show-search")) }
                a href=(question_of(&self.base).url("/concordance")) { (lang.text("web-show-concordance")) }
            }
        }
    }

    /// The box that marks another query in this document.
    fn form(&self) -> Markup {
        let lang = self.lang;
        html! {
            form.mark-form role="search" action="/show" method="get" {
                label.visually-hidden for="q" { (lang.text("web-show-mark")) }
                input #q type="search" name="q" value=[self.base.get("q")] autocomplete="off" spellcheck="false"
                    placeholder=(lang.text("web-show-mark"));
                input type="hidden" name="place" value=(self.whole.document.id);
                @for (name, value) in self.base.iter().filter(|(name, _)| *name != "q") {
                    input type="hidden" name=(name) value=(value);
                }
                button.quiet type="submit" { (lang.text("web-show-mark-go")) }
            }
        }
    }

    /// The source of the passage that was requested, or of the document.
    fn citation(&self) -> String {
        let document = DocumentRef::from(self.whole.document.clone());
        let wanted = self.wanted.numbers.as_ref().map(|numbers| *numbers.start());
        let mut passages = self.whole.passages.iter();
        let passage = wanted.and_then(|number| passages.find(|one| one.number == number));
        let Some(passage) = passage else {
            return printable(&citation(&document, &[], &document.id));
        };
        let place = xunzhang::search::place(&document.id, passage.record.line);
        let path = passage.record.path.iter().cloned().map(Into::into);
        printable(&citation(&document, &path.collect::<Vec<_>>(), &place))
    }
}

/// Records bring their own links: only those of web pages are followed.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
