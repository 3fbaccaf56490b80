//! A passage as pages show it: its text with what was found marked, its headings, where it is.

use maud::{Markup, html};
use xunzhang::search::{DocumentRef, SectionHighlights, SectionRef};

use crate::cli::excerpt::Excerpt;
use crate::cli::heading;
use crate::cli::wording::source_line;

/// Text with parts of it marked.
pub(super) fn marked(excerpt: &Excerpt) -> Markup {
    let mut at = 0;
    let mut parts = Vec::new();
    for mark in &excerpt.marks {
        parts.push((false, &excerpt.text[at..mark.start]));
        parts.push((true, &excerpt.text[mark.clone()]));
        at = mark.end;
    }
    parts.push((false, &excerpt.text[at..]));
    html! {
        @for (is_mark, text) in parts {
            @if is_mark { mark { (text) } } @else { (text) }
        }
    }
}

/// The headings above a passage, from the top.
pub(super) fn section(path: &[SectionRef], highlights: &[SectionHighlights]) -> Markup {
    html! {
        @if !path.is_empty() {
            ol.path {
                @for (ord, step) in path.iter().enumerate() {
                    li { (step_text(step, ord, highlights)) }
                }
            }
        }
    }
}

fn step_text(step: &SectionRef, ord: usize, highlights: &[SectionHighlights]) -> Markup {
    let text = heading::printed(step.label.as_deref(), &step.title);
    // Highlights count characters of the title, which the label is before.
    let before = text.chars().count() - step.title.chars().count().min(text.chars().count());
    let marks = highlights
        .iter()
        .filter(|one| one.ord == ord)
        .flat_map(|one| &one.highlights);
    let marks: Vec<_> = marks
        .map(|(start, end)| (start + before, end + before))
        .collect();
    marked(&Excerpt::whole(&text, &marks))
}

/// Date, issuer, kind and collection of a document.
pub(super) fn facts(document: &DocumentRef, has_several_collections: bool) -> Markup {
    let date = document.date.map(|date| date.to_string());
    html! {
        @if let Some(date) = &date { time datetime=(date) { (date) } }
        @if let Some(issuer) = &document.issuer { span { (issuer) } }
        @if let Some(kind) = &document.kind { span { (kind) } }
        @if has_several_collections { span { (document.collection) } }
    }
}

/// A quotation's source, to be copied.
pub(super) fn citation(document: &DocumentRef, path: &[SectionRef], place: &str) -> String {
    source_line(document, path, place)
}
