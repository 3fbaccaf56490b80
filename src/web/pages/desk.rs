//! A checked draft on a page: its sentences, coloured by how close they are to a precedent, and the precedents of each.
//!
//! A sentence is a link to its panel, which the style sheet shows while it is the target, so that it needs no script.

use std::ops::Range;

use maud::{Markup, html};
use xunzhang::document::Part;
use xunzhang::precedent::{
    Check, Checked, Class, DocumentShare, Edit, Op, Rarity, Source, Variant,
};
use xunzhang::text::units::Units;

use super::job_view::JobView;
use super::link;
use crate::cli::commands::check::{class_key, class_name, method, rarity_name};
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::cli::wording::{counts, path, percent};
use crate::web::parameters::Parameters;

/// Sentences of a page: with their precedents some 2 MB.
const ON_PAGE: usize = 400;

/// A checked draft.
pub(super) struct Desk<'a> {
    pub(super) check: &'a Check,
    pub(super) lang: Lang,
    /// The filters, which links to what was found have too.
    pub(super) filters: Parameters,
}

/// What of a draft is of one class.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClassShare {
    pub(super) class: Class,
    pub(super) sentences: usize,
    pub(super) characters: u64,
}

/// The classes from the closest to none, with what of the draft is of each.
pub(super) fn by_class(check: &Check) -> [ClassShare; 4] {
    [Class::Verbatim, Class::Near, Class::Loose, Class::None].map(|class| {
        let of_class = || check.sentences.iter().filter(|one| one.class == class);
        ClassShare {
            class,
            sentences: of_class().count(),
            characters: of_class().map(|one| characters(&one.text)).sum(),
        }
    })
}

/// Letters, digits and Han characters, which are all that is compared.
fn characters(text: &str) -> u64 {
    let units = Units::new(text);
    let lengths = units
        .items()
        .iter()
        .map(|unit| u64::from(unit.end - unit.start));
    lengths.sum()
}

impl Desk<'_> {
    /// The draft and, beside it, the panels; a long draft page by page.
    pub(super) fn draft(&self, view: &JobView) -> Markup {
        // Numbered before they are grouped, since the number leads from a sentence to its panel.
        let all: Vec<(usize, &Checked)> = (1..).zip(&self.check.sentences).collect();
        let pages = pages(&self.check.sentences);
        let number = view.number.clamp(1, pages.len().max(1));
        let shown = pages.get(number - 1).cloned().unwrap_or_default();
        let numbered = all.get(shown).unwrap_or_default();
        html! {
            div.desk {
                section.draft {
                    h2 #draft.visually-hidden { (self.lang.text("check-draft-title")) }
                    @for passage in numbered.chunk_by(|(_, a), (_, b)| a.passage == b.passage) {
                        (self.paragraph(passage))
                    }
                }
                aside aria-live="polite" aria-label=(self.lang.text("web-check-precedents")) {
                    p.hint { (self.lang.text("web-check-hint")) }
                    @for (number, sentence) in numbered {
                        @if has_precedents(sentence) { (self.panel(*number, sentence)) }
                    }
                }
            }
            @if pages.len() > 1 {
                nav.pages aria-label=(self.lang.text("web-pages")) {
                    @if number > 1 { a rel="prev" href=(view.at(number - 1)) { (self.lang.text("web-previous")) } }
                    span { (number) " / " (pages.len()) }
                    @if number < pages.len() { a rel="next" href=(view.at(number + 1)) { (self.lang.text("web-next")) } }
                }
            }
        }
    }

    fn paragraph(&self, passage: &[(usize, &Checked)]) -> Markup {
        let part = passage.first().map(|(_, sentence)| sentence.passage.part);
        let class = match part {
            Some(Part::Title) => "title",
            Some(Part::Heading) => "heading",
            _ => "p",
        };
        html! {
            p class=(class) {
                @for (ord, (number, sentence)) in passage.iter().enumerate() {
                    // What is no unit between two sentences is a blank at most.
                    @if ord > 0 && passage[ord - 1].1.span.1 < sentence.span.0 { " " }
                    // A label such as `（一）` was not compared with anything.
                    (sentence.label.as_deref().unwrap_or_default())
                    (self.sentence(*number, sentence))
                }
            }
        }
    }

    /// The sentence as a link to its panel, as plain text if it has none.
    fn sentence(&self, number: usize, sentence: &Checked) -> Markup {
        // A link without a panel would hide the panel that is open and show nothing.
        if !has_precedents(sentence) {
            return html! { (sentence.text) };
        }
        let key = class_key(sentence.class);
        let is_common = sentence.rarity == Some(Rarity::Common);
        html! {
            span.entry {
                a.open.s .(key) .common[is_common] id=(format!("t{number}")) href=(format!("#s{number}"))
                    aria-describedby=(format!("c-{key}")) { (reused(sentence)) }
            }
        }
    }

    /// What is known of a sentence: its class, its precedents, and the way back to it.
    fn panel(&self, number: usize, sentence: &Checked) -> Markup {
        let lang = self.lang;
        let name = class_name(sentence.class, lang);
        let key = class_key(sentence.class);
        let is_similar = matches!(sentence.class, Class::Near | Class::Loose);
        html! {
            section.panel id=(format!("s{number}")) {
                h3 {
                    (say!(lang, "check-page-sentence", number, name))
                    @if is_similar { " " (percent(sentence.similarity)) }
                    @if let Some(rarity) = sentence.rarity { " " span.tag { (rarity_name(rarity, lang)) } }
                }
                p.sentence .(key) { (sentence.text) }
                // What follows are then precedents of clauses, which a reader would take for those of the sentence.
                @if sentence.variants.is_empty() { p.hint { (lang.text("check-page-parts")) } }
                @for found in sentence.variants.iter().chain(&sentence.parts) { (self.variant(found)) }
                p { a.back href=(format!("#t{number}")) { (lang.text("check-page-back")) } }
            }
        }
    }

    fn variant(&self, variant: &Variant) -> Markup {
        let lang = self.lang;
        let shown = variant.sources.len() as u64;
        let n_more = variant.occurrences.saturating_sub(shown);
        // Quotation marks of its own would end the phrase.
        let phrase: String = variant
            .text
            .chars()
            .filter(|ch| !"“”\"「」『』".contains(*ch))
            .collect();
        let query = Parameters::default().with("q", &[&format!("“{phrase}”")]);
        let all = query.and(self.filters.clone()).url("/search");
        html! {
            article.variant {
                p.counts { b { (percent(variant.similarity)) } " " a href=(all) { (counts(variant, lang)) } }
                p.text { (differences(&variant.diff)) }
                ul.sources { @for source in &variant.sources { li { (self.source(source, &phrase)) } } }
                @if n_more > 0 { p.hint { (say!(lang, "more-places", n_more)) } }
            }
        }
    }

    fn source(&self, source: &Source, phrase: &str) -> Markup {
        let reader = link::reader(&source.place, Some(&format!("“{phrase}”")));
        let path = path(source);
        html! {
            @if let Some(date) = source.document.date { time datetime=(date) { (date) } " " }
            a href=(reader) { (source.document.title) }
            @if !path.is_empty() { " " span.section { (path) } }
            " " span.place { (source.place) }
        }
    }

    /// The documents that share wording with the draft.
    pub(super) fn documents(&self) -> Markup {
        let lang = self.lang;
        let columns = [
            "check-share",
            "check-characters",
            "check-distinctive",
            "check-sentences",
        ];
        let name = lang.text("check-page-documents");
        html! {
            @if !self.check.documents.is_empty() {
                section {
                    h2 #documents { (name) }
                    div.wide tabindex="0" role="region" aria-label=(name) {
                        table {
                            caption.visually-hidden { (name) }
                            thead { tr {
                                th scope="col" { (lang.text("check-column-title")) }
                                @for key in columns { th.n scope="col" { (lang.text(key)) } }
                            } }
                            tbody { @for shared in &self.check.documents { (document_row(shared)) } }
                        }
                    }
                }
            }
        }
    }

    /// How the numbers are made.
    pub(super) fn method(&self) -> Markup {
        html! {
            section {
                h2 #method { (self.lang.text("sheet-about")) }
                p.hint { (method(self.check, self.lang)) }
            }
        }
    }
}

/// The sentences of each page; no paragraph is cut.
fn pages(sentences: &[Checked]) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for paragraph in sentences.chunk_by(|a, b| a.passage == b.passage) {
        let end = start + paragraph.len();
        match pages.last_mut() {
            Some(page) if end - page.start <= ON_PAGE => page.end = end,
            _ => pages.push(start..end),
        }
        start = end;
    }
    pages
}

/// Whether the sentence has a panel: for precedents of the whole, or of its clauses.
fn has_precedents(sentence: &Checked) -> bool {
    !sentence.variants.is_empty() || !sentence.parts.is_empty()
}

/// The sentence with what is reused marked.
fn reused(sentence: &Checked) -> Markup {
    let chars: Vec<char> = sentence.text.chars().collect();
    let text = |start: usize, end: usize| -> String {
        chars.get(start..end).unwrap_or_default().iter().collect()
    };
    let starts = std::iter::once(0).chain(sentence.reused.iter().map(|range| range.1));
    let pieces: Vec<(usize, (usize, usize))> = starts
        .zip(
            sentence
                .reused
                .iter()
                .copied()
                .chain([(chars.len(), chars.len())]),
        )
        .collect();
    html! {
        @for (before, (start, end)) in pieces {
            (text(before, start))
            @if start < end { mark { (text(start, end)) } }
        }
    }
}

/// The variant, with what it lacks and what it has more.
pub(super) fn differences(diff: &[Edit]) -> Markup {
    html! {
        @for Edit { op, from, to } in diff {
            @if *op == Op::Equal { (to) }
            @else {
                // What is missing comes before what replaces it, as in tracked changes.
                @if !from.is_empty() { del { (from) } }
                @if !to.is_empty() { ins { (to) } }
            }
        }
    }
}

fn document_row(shared: &DocumentShare) -> Markup {
    let document = &shared.document;
    html! {
        tr {
            th.t scope="row" {
                a href=(link::reader(&document.id, None)) { (document.title) }
                @if let Some(date) = document.date { " " time.faint datetime=(date) { (date) } }
            }
            td.n { (format!("{:.1} %", shared.share * 100.0)) }
            td.n { (grouped(shared.reused)) }
            td.n { (grouped(shared.distinctive)) }
            td.n { (shared.sentences) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str, class: Class, reused: Vec<(usize, usize)>) -> Checked {
        Checked {
            label: None,
            text: text.to_owned(),
            passage: xunzhang::precedent::DraftPassage {
                number: 0,
                line: 1,
                part: Part::Body,
            },
            span: (0, text.chars().count()),
            class,
            rarity: None,
            similarity: 1.0,
            variants: Vec::new(),
            parts: Vec::new(),
            reused,
        }
    }

    #[test]
    fn what_is_reused_is_marked_and_escaped() {
        let html = |text, ranges| reused(&sentence(text, Class::Near, ranges)).into_string();
        assert_eq!(
            html("修<渠>，修路", vec![(1, 4), (5, 7)]),
            "修<mark>&lt;渠&gt;</mark>，<mark>修路</mark>"
        );
        assert_eq!(html("修渠", vec![]), "修渠");
        // A range that is not in the text takes nothing down.
        assert_eq!(html("修渠", vec![(0, 9)]), "<mark></mark>");
    }

    #[test]
    fn pages_end_with_a_paragraph() {
        let all = |lengths: &[usize]| -> Vec<Checked> {
            let mut all = Vec::new();
            for (number, n) in (0..).zip(lengths) {
                let mut one = sentence("修渠。", Class::None, vec![]);
                one.passage.number = number;
                all.extend(std::iter::repeat_n(one, *n));
            }
            all
        };
        assert!(pages(&[]).is_empty());
        assert_eq!(pages(&all(&[300, 100])), vec![0..400; 1]);
        assert_eq!(pages(&all(&[300, 101, 3])), [0..300, 300..404]);
        assert_eq!(pages(&all(&[900, 1])), [0..900, 900..901]);
    }

    #[test]
    fn characters_of_a_class_are_those_that_are_compared() {
        let check = Check {
            title: String::new(),
            sentences: vec![
                sentence("修渠 20 里。", Class::Verbatim, vec![]),
                sentence("修路！", Class::None, vec![]),
            ],
            citations: Vec::new(),
            classes: xunzhang::precedent::Classes::default(),
            characters: 7,
            reused: 0,
            distinctive: 0,
            share: 0.0,
            documents: Vec::new(),
            min_similarity: 0.5,
            excluded: Vec::new(),
        };
        let shares = by_class(&check).map(|share| (share.sentences, share.characters));
        assert_eq!(shares, [(1, 5), (0, 0), (0, 0), (1, 2)]);
        assert_eq!(
            shares.iter().map(|share| share.1).sum::<u64>(),
            check.characters
        );
    }

    #[test]
    fn a_deletion_comes_before_what_replaces_it() {
        let edit = Edit {
            op: Op::Replace,
            from: "<".to_owned(),
            to: ">".to_owned(),
        };
        assert_eq!(
            differences(&[edit]).into_string(),
            "<del>&lt;</del><ins>&gt;</ins>"
        );
    }
}
