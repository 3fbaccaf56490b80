//! Tables as Markdown.

use xunzhang::text::printable::is_steering;

use super::table::{Cell, Table};
use crate::cli::messages::{Lang, say};

/// Maximum number of lines of a table; larger tables belong in a workbook.
const MAX_ROWS: usize = 500;
/// Maximum number of columns of a table.
const MAX_COLUMNS: usize = 30;

/// The tables under their names. Wide and long ones are cut, which a line under them says; of the tables by document
/// and of co-occurrence a line says that they are only in the other forms if they are wider than 30 columns.
pub(in crate::cli) fn markdown(title: &str, tables: &[Table], lang: Lang) -> String {
    let mut out = format!("# {}\n", escaped(title));
    for table in tables.iter().filter(|table| table.n_rows() > 0) {
        out.push_str(&format!("\n## {}\n\n", table.name));
        if table.layout.is_wide() && table.header.len() > MAX_COLUMNS {
            let (columns, most, name) = (table.header.len(), MAX_COLUMNS, &table.name);
            let note = say!(lang, "table-left-out", columns, most, name);
            out.push_str(&format!("{note}\n"));
            continue;
        }
        write(table, lang, &mut out);
    }
    out
}

fn write(table: &Table, lang: Lang, out: &mut String) {
    let n = table.header.len().min(MAX_COLUMNS);
    let are_numbers = columns_of_numbers(table);
    line(table.header[..n].iter().map(|name| escaped(name)), out);
    line(
        are_numbers[..n]
            .iter()
            // A colon at the right aligns a column to the right (GitHub Flavored Markdown, 4.10).
            .map(|is_number| if *is_number { "--:" } else { "---" }.to_owned()),
        out,
    );
    for row in table.rows().take(MAX_ROWS) {
        line(row[..n].iter().map(shown), out);
    }
    let (rows, columns) = (table.n_rows(), table.header.len());
    if rows > MAX_ROWS || columns > n {
        let note = say!(lang, "table-cut", rows, columns);
        out.push_str(&format!("\n{note}\n"));
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Gap => "–".to_owned(),
        other => escaped(&other.plain()),
    }
}

/// Which columns hold numbers and nothing else.
fn columns_of_numbers(table: &Table) -> Vec<bool> {
    let mut seen = vec![(false, true); table.header.len()];
    for row in table.rows() {
        let filled = seen.iter_mut().zip(row.iter());
        for ((any, all), cell) in
            // A column of nothing but empty cells and gaps is aligned as words are.
            filled.filter(|(_, cell)| !matches!(cell, Cell::Empty | Cell::Gap))
        {
            *any = true;
            *all &= cell.is_number();
        }
    }
    seen.into_iter().map(|(any, all)| any && all).collect()
}

fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for cell in cells {
        out.push_str(&format!(" {cell} |"));
    }
    out.push('\n');
}

/// Text that stays in its cell and means nothing to Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            ch if is_steering(ch) => out.push(' '),
            // Markdown lets HTML through (CommonMark, 6.6), so that this would open a tag.
            '<' => out.push_str("&lt;"),
            // A reference such as `&#x202e;` would become the character.
            '&' => out.push_str("&amp;"),
            // Signs that count only at the beginning of a line, such as `#`, need no backslash: a cell never begins one.
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => out.extend(['\\', ch]),
            _ => out.push(ch),
        }
    }
    out
}
