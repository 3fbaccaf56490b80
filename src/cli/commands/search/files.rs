//! Hits as a table for spreadsheets, a page, Markdown and a Word document.

use xunzhang::search::{Hit, Results};

use crate::cli::messages::{Lang, say};
use crate::cli::output::document::{self, Quotation};
use crate::cli::output::markdown::markdown;
use crate::cli::output::page::page_of;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::output::{Format, workbook};
use crate::cli::wording::{section_path, source_line};

/// Columns of the table of hits.
const COLUMNS: [&str; 14] = [
    "search-rank",
    "table-collection",
    "table-document",
    "table-title",
    "table-date",
    "table-kind",
    "table-issuer",
    "table-section",
    "table-place",
    "table-left",
    "table-hit",
    "table-right",
    "table-copies",
    "table-text",
];
/// Which of them is the left context.
const LEFT: usize = 9;
/// Characters of context on each side of the first thing found.
const CONTEXT: usize = 30;

/// What was found, as a table: a row for each hit.
pub(super) fn table(results: &Results, lang: Lang) -> Table<'_> {
    let header = COLUMNS.map(|key| lang.text(key).to_owned()).to_vec();
    let layout = Layout::Hits { left: LEFT };
    let hits = &results.hits;
    let table = Table::new("hits", lang.text("search-sheet"), layout, header);
    table.with_made(hits.len(), || Box::new(hits.iter().map(row)))
}

fn row(hit: &Hit) -> Vec<Cell> {
    let document = &hit.document;
    let [left, found, right] = around(hit);
    vec![
        Cell::Count(hit.rank as u64),
        Cell::text(&document.collection),
        Cell::text(&document.id),
        Cell::text(&document.title),
        Cell::date(document.date),
        Cell::optional(document.kind.as_deref()),
        Cell::optional(document.issuer.as_deref()),
        Cell::text(&section_path(&hit.section)),
        Cell::text(&hit.place),
        Cell::text(&left),
        Cell::text(&found),
        Cell::text(&right),
        // Nearly all hits have no copies: left empty, the others can be seen.
        Cell::count(hit.copies as u64),
        Cell::text(&hit.passage.text),
    ]
}

/// The first thing found and its context; without any, the beginning of the passage.
fn around(hit: &Hit) -> [String; 3] {
    let chars: Vec<char> = hit.passage.text.chars().collect();
    let (start, end) = hit.passage.highlights.first().copied().unwrap_or((0, 0));
    // Offsets beyond the text would be a damaged index, which is no reason to panic.
    let (start, end) = (start.min(chars.len()), end.min(chars.len()));
    let parts = [
        start.saturating_sub(CONTEXT)..start,
        start..end,
        end..(end + CONTEXT).min(chars.len()),
    ];
    parts.map(|range| chars[range].iter().collect())
}

/// The bytes of the file of a format that is not text.
pub(super) fn file(
    format: Format,
    query: &str,
    results: &Results,
    lang: Lang,
) -> anyhow::Result<Vec<u8>> {
    let facts = facts(query, results, lang);
    Ok(match format {
        Format::Xlsx => workbook::workbook([&table(results, lang)], lang)?,
        Format::Html => page_of(&table(results, lang), &facts, lang).into_bytes(),
        Format::Md => {
            let title = facts.join(" · ");
            markdown(&title, &[table(results, lang)], lang).into_bytes()
        }
        _ => {
            let quotations = results.hits.iter().map(quotation);
            document::document(&facts[0], &facts[1..], quotations)?
        }
    })
}

/// The query, and how much was found.
fn facts(query: &str, results: &Results, lang: Lang) -> [String; 2] {
    let passages = say!(lang, "n-passages", n = results.total.passages);
    let documents = say!(lang, "n-documents", n = results.total.documents);
    let total = say!(lang, "search-total", passages, documents);
    let n = results.hits.len();
    let shown = say!(lang, "search-in-file", n);
    [say!(lang, "search-title", query), format!("{total}{shown}")]
}

/// The passage with what was found, and where it is from.
fn quotation(hit: &Hit) -> Quotation {
    let chars: Vec<char> = hit.passage.text.chars().collect();
    let mut parts = Vec::new();
    let mut at = 0;
    let mut add = |is_hit, to: usize| {
        let to = to.min(chars.len());
        // Highlights may touch each other or the ends: an empty part would be a run of nothing.
        if at < to {
            parts.push((is_hit, chars[at..to].iter().collect()));
            at = to;
        }
    };
    for &(start, end) in &hit.passage.highlights {
        add(false, start);
        add(true, end);
    }
    add(false, chars.len());
    Quotation {
        parts,
        source: source_line(&hit.document, &hit.section, &hit.place),
    }
}
