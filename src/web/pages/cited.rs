//! The second layer of a checked draft: its citations, each a link to what was found about it, and the list of all.

use maud::{Markup, html};
use xunzhang::document::Part;
use xunzhang::precedent::{Check, Citation, CitedEdition, Source};

use super::desk::differences;
use super::link;
use crate::cli::commands::check::{
    CitingPassage, citation_method, citation_summary, citing_passages, claimed, kind_name,
    newer_text, remark_text, status_name, status_tint,
};
use crate::cli::messages::Lang;
use crate::cli::wording::path;

/// Citations of a page.
const ON_PAGE: usize = 500;

/// The citations of a draft.
pub(super) struct Cited<'a> {
    pub(super) check: &'a Check,
    pub(super) lang: Lang,
}

impl Cited<'_> {
    fn shown(&self) -> impl Iterator<Item = (usize, &Citation)> {
        (1..).zip(&self.check.citations).take(ON_PAGE)
    }

    /// The draft with its citations underlined, and beside it the panels; empty without any.
    pub(super) fn layer(&self) -> Markup {
        let lang = self.lang;
        if self.check.citations.is_empty() {
            return html! {};
        }
        html! {
            section.citations {
                h2 #citations { (lang.text("citation-page")) }
                p.answer { (citation_summary(self.check, lang)) }
                details open {
                    summary { (lang.text("citation-layer")) }
                    div.desk {
                        div.draft {
                            @for passage in citing_passages(self.check) { (paragraph(&passage, lang)) }
                        }
                        aside aria-live="polite" aria-label=(lang.text("citation-page")) {
                            p.hint { (lang.text("citation-page-hint")) }
                            @for (number, citation) in self.shown() { (self.panel(number, citation)) }
                        }
                    }
                }
                (self.table())
                p.hint { (citation_method(lang)) }
            }
        }
    }

    fn panel(&self, number: usize, citation: &Citation) -> Markup {
        let lang = self.lang;
        let claimed = claimed(citation, lang);
        html! {
            section.panel id=(format!("c{number}")) {
                h3 { (status_name(citation.status, lang)) " " span.tag { (kind_name(citation.kind, lang)) } }
                p.sentence .(status_tint(citation.status)) { (citation.text) }
                @if !claimed.is_empty() { p.hint { (claimed) } }
                @if let Some(remark) = citation.remark { p { (remark_text(remark, lang)) } }
                @if !citation.diff.is_empty() { p.text { (differences(&citation.diff)) } }
                @if let Some(source) = &citation.source { p { (found_at(source, citation)) } }
                @if let Some(newer) = &citation.newer { p { a href=(link::reader(&newer.place, None)) { (newer_text(newer, lang)) } } }
                @if !citation.editions.is_empty() {
                    p { (lang.text("citation-editions")) }
                    ul.sources { @for edition in &citation.editions { li { (self.edition(edition)) } } }
                }
                p { a.back href=(format!("#r{number}")) { (lang.text("check-page-back")) } }
            }
        }
    }

    fn edition(&self, edition: &CitedEdition) -> Markup {
        let holds = match edition.holds {
            true => "citation-edition-holds",
            false => "citation-edition-lacks",
        };
        html! {
            @if let Some(date) = edition.document.date { time datetime=(date) { (date) } " " }
            a href=(link::reader(&edition.place, None)) { (edition.document.title) }
            " " span.tag { (self.lang.text(holds)) }
        }
    }

    /// The list to tick off.
    fn table(&self) -> Markup {
        let lang = self.lang;
        let name = lang.text("citation-sheet");
        html! {
            div.wide tabindex="0" role="region" aria-label=(name) {
                table {
                    caption.visually-hidden { (name) }
                    thead { tr {
                        @for key in ["citation-column-status", "citation-column-kind", "citation-column-text", "citation-column-source", "citation-column-remark"] {
                            th scope="col" { (lang.text(key)) }
                        }
                    } }
                    tbody {
                        @for (number, citation) in self.shown() {
                            tr {
                                td { span .s .(status_tint(citation.status)) { (status_name(citation.status, lang)) } }
                                td { (kind_name(citation.kind, lang)) }
                                th.t scope="row" { a href=(format!("#c{number}")) {
                                    @if citation.diff.is_empty() { (citation.text) } @else { (differences(&citation.diff)) }
                                } }
                                td { @if let Some(source) = &citation.source { (found_at(source, citation)) } }
                                td {
                                    @if let Some(remark) = citation.remark { (remark_text(remark, lang)) " " }
                                    @if let Some(newer) = &citation.newer { (newer_text(newer, lang)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A passage of the draft with links from its citations to their panels.
fn paragraph(passage: &CitingPassage<'_>, lang: Lang) -> Markup {
    let class = match passage.passage.part {
        Part::Title => "title",
        Part::Heading => "heading",
        Part::Body => "p",
    };
    html! {
        p class=(class) {
            @for (text, citation) in &passage.parts {
                @match citation {
                    Some((number, citation)) if *number <= ON_PAGE => {
                        a.open.s .(status_tint(citation.status)) id=(format!("r{number}")) href=(format!("#c{number}"))
                            title=(status_name(citation.status, lang)) { (text) }
                    }
                    _ => { (text) }
                }
            }
        }
    }
}

fn found_at(source: &Source, citation: &Citation) -> Markup {
    // The words themselves are marked in the reader, where they are short enough to be a phrase.
    let words = citation.wording.as_deref().unwrap_or(&citation.text);
    let phrase = Some(words)
        .filter(|words| words.chars().count() <= 40 && !words.contains(['“', '”', '"', '。']));
    let phrase = phrase.map(|words| format!("“{words}”"));
    let path = path(source);
    html! {
        @if let Some(date) = source.document.date { time datetime=(date) { (date) } " " }
        a href=(link::reader(&source.place, phrase.as_deref())) { (source.document.title) }
        @if !path.is_empty() { " " span.section { (path) } }
        " " span.place { (source.place) }
    }
}
