//! A check as tables: summary, sentences, source documents.

use xunzhang::precedent::{Check, Checked, Citation, Class, Source};

use super::citation_words::{
    citation_method, citation_summary, claimed, kind_name, newer_text, remark_text, status_name,
};
use super::labels::{class_name, method, rarity_name, summary};
use crate::cli::messages::Lang;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::paint::Paint;
use crate::cli::wording::{marked, path, place, title};

/// The tables of a workbook, the summary first.
pub(super) fn tables(check: &Check, lang: Lang) -> Vec<Table<'static>> {
    vec![
        overview(check, lang),
        sentences(check, lang),
        documents(check, lang),
        citations(check, lang),
    ]
}

/// A table without rows; its name and columns are given by their keys in the catalogue.
fn table<const N: usize>(
    key: &'static str,
    name: &'static str,
    layout: Layout,
    (columns, lang): ([&'static str; N], Lang),
) -> Table<'static> {
    let header = columns.map(|key| lang.text(key).to_owned()).to_vec();
    Table::new(key, lang.text(name), layout, header)
}

fn overview(check: &Check, lang: Lang) -> Table<'static> {
    let share = |n: u64| Cell::Share(n as f64 / check.characters.max(1) as f64);
    let classes = &check.classes;
    let count = |n: usize| Cell::Count(n as u64);
    let rows = [
        ("check-draft-title", Cell::text(&check.title)),
        ("check-sheet-summary", Cell::Text(summary(check, lang))),
        ("check-sentences", count(check.sentences.len())),
        ("check-verbatim", count(classes.verbatim)),
        ("check-near", count(classes.near)),
        ("check-loose", count(classes.loose)),
        ("check-none", count(classes.none)),
        ("check-characters", Cell::Count(check.characters)),
        ("check-reused", share(check.reused)),
        ("check-distinctive", share(check.distinctive)),
        // The rule goes with the numbers: the workbook is passed on to people who have never seen this tool.
        ("about-rule", Cell::Text(method(check, lang))),
        ("citation-sheet", Cell::Text(citation_summary(check, lang))),
        ("about-rule", Cell::Text(citation_method(lang))),
    ];
    let rows = rows.into_iter();
    let rows = rows.map(|(key, cell)| vec![Cell::text(lang.text(key)), cell]);
    let columns = (["table-item", "table-value"], lang);
    let name = "check-sheet-summary";
    table("summary", name, Layout::Facts, columns).with(rows.collect())
}

/// The list to tick off: one row for each citation, the last column empty for the reviewer.
fn citations(check: &Check, lang: Lang) -> Table<'static> {
    let columns = [
        "check-column-line",
        "citation-column-status",
        "citation-column-kind",
        "citation-column-text",
        "citation-column-named",
        "citation-column-difference",
        "citation-column-wording",
        "citation-column-source",
        "citation-column-place",
        "citation-column-newer",
        "citation-column-remark",
        "citation-column-done",
    ];
    let rows = check.citations.iter().map(|it| citation(it, lang));
    let layout = Layout::Lines { names: 2 };
    let name = "citation-sheet";
    table("citations", name, layout, (columns, lang)).with(rows.collect())
}

fn citation(citation: &Citation, lang: Lang) -> Vec<Cell> {
    let diff = marked(&citation.diff, Paint::Plain).into_iter();
    let diff: String = diff.map(|(_, text)| text).collect();
    let source = citation.source.as_ref();
    let full = |text: String| match text.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(text),
    };
    vec![
        Cell::Count(u64::from(citation.passage.line)),
        Cell::text(status_name(citation.status, lang)),
        Cell::text(kind_name(citation.kind, lang)),
        Cell::text(&citation.text),
        full(claimed(citation, lang)),
        full(diff),
        Cell::optional(citation.wording.as_deref()),
        source.map_or(Cell::Empty, |source| Cell::Text(title(source))),
        source.map_or(Cell::Empty, |source| Cell::text(&source.place)),
        citation
            .newer
            .as_ref()
            .map_or(Cell::Empty, |newer| Cell::Text(newer_text(newer, lang))),
        Cell::optional(citation.remark.map(|remark| remark_text(remark, lang))),
        Cell::text("☐"),
    ]
}

fn sentences(check: &Check, lang: Lang) -> Table<'static> {
    let columns = [
        "check-column-line",
        "check-column-class",
        "check-column-similarity",
        "check-column-rarity",
        "check-column-sentence",
        "check-column-difference",
        "check-column-occurrences",
        "check-column-documents",
        "check-column-oldest",
        "check-column-oldest-place",
        "check-column-newest",
        "check-column-newest-place",
    ];
    let rows = check.sentences.iter().map(|it| sentence(it, lang));
    // The line and the class stay in sight when the sheet is scrolled to the precedents.
    let layout = Layout::Lines { names: 2 };
    let name = "check-sheet-sentences";
    table("sentences", name, layout, (columns, lang)).with(rows.collect())
}

/// A row of twelve cells, those after the sentence empty without a precedent.
fn sentence(sentence: &Checked, lang: Lang) -> Vec<Cell> {
    let rarity = sentence.rarity.map(|rarity| rarity_name(rarity, lang));
    // Rounded down: only the same wording has 100 %.
    let similarity = (sentence.similarity * 1e3).floor() / 1e3;
    let mut row = vec![
        Cell::Count(u64::from(sentence.passage.line)),
        Cell::text(class_name(sentence.class, lang)),
        match sentence.class {
            Class::None => Cell::Empty,
            _ => Cell::Share(similarity),
        },
        Cell::optional(rarity),
        Cell::text(&sentence.text),
    ];
    if let Some(first) = sentence.variants.first().or(sentence.parts.first()) {
        let diff = marked(&first.diff, Paint::Plain).into_iter();
        let diff: String = diff.map(|(_, text)| text).collect();
        row.push(match sentence.class {
            // Nothing differs but punctuation.
            Class::Verbatim => Cell::Empty,
            _ => Cell::Text(diff),
        });
        row.extend([Cell::Count(first.occurrences), Cell::Count(first.documents)]);
        // However few sources are kept, the oldest and the newest are the first and the last of them.
        row.extend(source(first.sources.first()));
        row.extend(source(first.sources.last()));
    }
    // A sentence without precedent has its own columns only, and all rows of a table are of one length.
    row.resize(12, Cell::Empty);
    row
}

/// Title and place of a source.
fn source(source: Option<&Source>) -> [Cell; 2] {
    let place = |source| format!("{} {}", place(source), path(source));
    [
        source.map_or(Cell::Empty, |source| Cell::Text(title(source))),
        source.map_or(Cell::Empty, |source| Cell::text(place(source).trim_end())),
    ]
}

fn documents(check: &Check, lang: Lang) -> Table<'static> {
    let columns = [
        "check-column-document",
        "check-column-title",
        "check-column-date",
        "check-share",
        "check-characters",
        "check-distinctive",
        "check-sentences",
    ];
    let rows = check.documents.iter().map(|shared| {
        vec![
            Cell::text(&shared.document.id),
            Cell::text(&shared.document.title),
            Cell::date(shared.document.date),
            Cell::Share(shared.share),
            Cell::Count(shared.reused),
            Cell::Count(shared.distinctive),
            Cell::Count(shared.sentences as u64),
        ]
    });
    let layout = Layout::Lines { names: 1 };
    let name = "check-sheet-documents";
    table("documents", name, layout, (columns, lang)).with(rows.collect())
}
