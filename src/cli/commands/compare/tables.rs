//! Comparisons as tables: summary, figures, commitments, sections, sentences.

use xunzhang::precedent::{Comparison, Figure, Pair, SectionShare, SharePair};

use super::commitments;
use super::labels::{parts_name, status_name};
use crate::cli::heading;
use crate::cli::messages::Lang;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::paint::Paint;
use crate::cli::wording::{marked, section_path};

/// The tables of a workbook, the summary first.
pub(super) fn tables(all: &[Comparison], lang: Lang) -> Vec<Table<'static>> {
    vec![
        overview(all, lang),
        figures(all, lang),
        commitments::table(all.iter().flat_map(|one| &one.commitments), lang),
        sections(all, lang),
        sentences(all, lang),
    ]
}

/// A table without rows; its name and columns are given by their keys in the catalogue.
fn table<const N: usize>(
    key: &'static str,
    name: &'static str,
    names: u16,
    (columns, lang): ([&'static str; N], Lang),
) -> Table<'static> {
    let header = columns.map(|key| lang.text(key).to_owned()).to_vec();
    Table::new(key, lang.text(name), Layout::Lines { names }, header)
}

/// A row for each comparison, then the rule: the workbook is passed on to people who have never seen this tool.
fn overview(all: &[Comparison], lang: Lang) -> Table<'static> {
    let columns = [
        "compare-column-old",
        "compare-column-old-date",
        "compare-column-new",
        "compare-column-new-date",
        "compare-column-old-sentences",
        "compare-column-new-sentences",
        "compare-kept",
        "compare-changed",
        "compare-moved",
        "compare-dropped",
        "compare-new",
    ];
    let count = |n: usize| Cell::Count(n as u64);
    let rows = all.iter().map(|compared| {
        let summary = &compared.summary;
        vec![
            Cell::text(&compared.old.title),
            Cell::date(compared.old.date),
            Cell::text(&compared.new.title),
            Cell::date(compared.new.date),
            count(summary.sentences.0),
            count(summary.sentences.1),
            count(summary.kept),
            count(summary.changed),
            count(summary.moved),
            count(summary.dropped),
            count(summary.new),
        ]
    });
    let mut rule = vec![Cell::text(lang.text("compare-method"))];
    rule.resize(columns.len(), Cell::Empty);
    let rows = rows.chain([rule]).collect();
    table("summary", "compare-sheet-summary", 1, (columns, lang)).with(rows)
}

fn figures(all: &[Comparison], lang: Lang) -> Table<'static> {
    let columns = [
        "compare-column-of",
        "compare-column-old",
        "compare-column-new",
        "compare-column-old-place",
        "compare-column-new-place",
    ];
    let row = |figure: &Figure| {
        let cells = [
            &figure.of,
            &figure.old,
            &figure.new,
            &figure.old_place,
            &figure.place,
        ];
        cells.map(|cell| Cell::text(cell)).to_vec()
    };
    let all = all.iter().flat_map(|compared| &compared.summary.figures);
    table("figures", "compare-figures", 1, (columns, lang)).with(all.map(row).collect())
}

fn sections(all: &[Comparison], lang: Lang) -> Table<'static> {
    let columns = [
        "compare-column-new-heading",
        "compare-column-old-heading",
        "compare-column-old-share",
        "compare-column-new-share",
    ];
    let title = |one: &Option<SectionShare>| {
        let one = one.as_ref();
        let printed = one.map(|one| heading::printed(one.label.as_deref(), &one.title));
        Cell::optional(printed.as_deref())
    };
    let share = |one: &Option<SectionShare>| match one {
        Some(one) => Cell::Share(one.share),
        None => Cell::Empty,
    };
    let row = |pair: &SharePair| {
        vec![
            title(&pair.new),
            title(&pair.old),
            share(&pair.old),
            share(&pair.new),
        ]
    };
    let all = all.iter().flat_map(|compared| &compared.summary.sections);
    table("sections", "compare-sections", 1, (columns, lang)).with(all.map(row).collect())
}

fn sentences(all: &[Comparison], lang: Lang) -> Table<'static> {
    let columns = [
        "compare-column-status",
        "compare-column-parts",
        "compare-column-section",
        "compare-column-old",
        "compare-column-new",
        "check-column-difference",
        "check-column-similarity",
        "compare-column-old-place",
        "compare-column-new-place",
        "compare-column-first-date",
        "compare-column-first-place",
    ];
    let all = all.iter().flat_map(|compared| &compared.pairs);
    let rows = all.map(|pair| sentence(pair, lang)).collect();
    table("sentences", "check-sheet-sentences", 1, (columns, lang)).with(rows)
}

fn sentence(pair: &Pair, lang: Lang) -> Vec<Cell> {
    let texts = |first: &Option<_>, rest: &[_]| {
        let all = first.iter().chain(rest);
        let all = all.map(|one: &xunzhang::precedent::ComparedSentence| one.text.as_str());
        Cell::text(&all.collect::<String>())
    };
    let place = |one: &Option<xunzhang::precedent::ComparedSentence>| {
        Cell::optional(one.as_ref().map(|one| one.place.as_str()))
    };
    let diff = marked(&pair.diff, Paint::Plain).into_iter();
    let diff: String = diff.map(|(_, text)| text).collect();
    let sentence = pair.new.as_ref().or(pair.old.as_ref());
    let section = sentence.map(|one| section_path(&one.section));
    let first = pair.first_use.as_ref();
    vec![
        Cell::text(status_name(pair.status, lang)),
        Cell::optional(parts_name(pair, lang)),
        Cell::optional(section.as_deref()),
        texts(&pair.old, &pair.merged),
        texts(&pair.new, &pair.split),
        Cell::text(&diff),
        match pair.old.is_some() && pair.new.is_some() {
            true => Cell::Rate(pair.similarity),
            false => Cell::Empty,
        },
        place(&pair.old),
        place(&pair.new),
        Cell::date(first.and_then(|first| first.date)),
        Cell::optional(first.map(|first| first.place.as_str())),
    ]
}
