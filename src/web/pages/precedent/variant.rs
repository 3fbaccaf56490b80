//! A wording with what differs in it, how often it occurs, and where.

use maud::{Markup, html};
use xunzhang::precedent::{Edit, Op, Source, Variant};

use super::view::View;
use crate::cli::messages::say;
use crate::cli::terminal::printable;
use crate::cli::wording::{percent, years};
use crate::web::pages::link::reader_within;
use crate::web::pages::passage::{facts, section};
use crate::web::pages::wording::phrase;

/// Sources that are shown at once.
const SHOWN: usize = 3;

impl View<'_> {
    /// A wording.
    pub(super) fn variant(&self, variant: &Variant) -> Markup {
        let lang = self.lang;
        let query = self.filters.with("q", &[&phrase(&variant.text)]);
        let years = years(variant.first, variant.last);
        let (shown, more) = variant.sources.split_at(variant.sources.len().min(SHOWN));
        html! {
            article.hit {
                p.text.diff { (diff(&variant.diff)) }
                p.facts {
                    strong { (percent(variant.similarity)) }
                    span { a href=(query.url("/concordance")) { (say!(lang, "n-occurrences", n = variant.occurrences)) } }
                    span { (say!(lang, "n-documents", n = variant.documents)) }
                    @if !years.is_empty() { span { (years) } }
                    @if variant.similarity >= 1.0 { span { (lang.text("web-prec-same")) } }
                    span { a href=(query.url("/search")) { (lang.text("web-prec-search")) } }
                }
                ul.sources { @for source in shown { li { (self.source(source, &query)) } } }
                @if !more.is_empty() {
                    details {
                        summary { (say!(lang, "more-places", n_more = more.len())) }
                        ul.sources { @for source in more { li { (self.source(source, &query)) } } }
                    }
                }
            }
        }
    }

    fn source(&self, source: &Source, query: &crate::web::parameters::Parameters) -> Markup {
        let at = query.with("at", &[&source.span.0.to_string()]);
        let document = &source.document;
        html! {
            a.open href=(reader_within(&at, &source.place)) { bdi { (printable(&document.title)) } }
            " " span.facts { (facts(document, self.has_several_collections)) }
            (section(&source.section, &[]))
        }
    }
}

/// The wording with what was taken out and put in.
fn diff(edits: &[Edit]) -> Markup {
    html! {
        @for Edit { op, from, to } in edits {
            @if *op == Op::Equal { (printable(to)) }
            @else {
                @if !from.is_empty() { del { (printable(from)) } }
                @if !to.is_empty() { ins { (printable(to)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_marked_and_escaped() {
        let edit = |op, from: &str, to: &str| Edit {
            op,
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let edits = [
            edit(Op::Equal, "坚持以", "坚持以"),
            edit(Op::Replace, "水", "<渠>"),
            edit(Op::Delete, "全", ""),
        ];
        let html = diff(&edits).into_string();
        assert_eq!(
            html,
            "坚持以<del>水</del><ins>&lt;渠&gt;</ins><del>全</del>"
        );
    }
}
