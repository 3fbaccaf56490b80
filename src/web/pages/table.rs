//! Tables of a command on a page: their numbers lead to what was counted.

use maud::{Markup, html};

use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::cli::output::table::{Cell, Layout, Table};

/// Columns of a table with one for each entry: more can't be read on a page.
const MOST_COLUMNS: usize = 40;
/// Longest text that is kept on one line.
const SHORT: usize = 14;

/// Where a cell leads, by its row and its column.
pub(super) type Links<'a> = &'a dyn Fn(usize, usize) -> Option<String>;

/// The table with its first `most` rows; its name is its caption, which a heading before it may show.
pub(super) fn table(table: &Table<'_>, most: usize, lang: Lang, links: Links<'_>) -> Markup {
    let (n_columns, name) = (table.header.len(), &table.name);
    let is_wide = matches!(table.layout, Layout::Matrix | Layout::Pairs);
    if is_wide && n_columns > MOST_COLUMNS {
        let most = MOST_COLUMNS;
        return html! { p.hint { (say!(lang, "web-table-wide", columns = n_columns, most)) } };
    }
    let columns = filled_columns(table, most);
    let names = name_columns(table.layout);
    html! {
        div.wide tabindex="0" role="region" aria-label=(name) {
            table {
                caption.visually-hidden { (name) }
                thead {
                    tr {
                        @for &column in &columns {
                            th scope="col" class=[is_number(table, column).then_some("n")] { (table.header[column]) }
                        }
                    }
                }
                tbody {
                    @for (ord, row) in table.rows().take(most).enumerate() {
                        tr {
                            @for &column in &columns {
                                (cell(&row[column], column < names, links(ord, column)))
                            }
                        }
                    }
                }
            }
        }
        @if table.n_rows() > most {
            p.hint { (say!(lang, "web-table-cut", rows = table.n_rows(), most)) }
        }
    }
}

/// The table without its last column, for what is said elsewhere.
pub(super) fn without_last<'a>(table: &Table<'_>) -> Table<'a> {
    let n_columns = table.header.len().saturating_sub(1);
    let header = table.header[..n_columns].to_vec();
    let rows = table.rows().map(|row| row[..n_columns].to_vec());
    Table::new(table.key, &table.name, table.layout, header).with(rows.collect())
}

/// Columns that name the row.
fn name_columns(layout: Layout) -> usize {
    match layout {
        Layout::Lines { names } => names.into(),
        Layout::Years => 2,
        Layout::Matrix | Layout::Pairs | Layout::Facts => 1,
        Layout::Hits { .. } | Layout::Kwic { .. } => 0,
    }
}

/// The columns that have anything in them; of a table with a column for each thing all.
fn filled_columns(table: &Table<'_>, most: usize) -> Vec<usize> {
    let all = 0..table.header.len();
    if !matches!(table.layout, Layout::Lines { .. } | Layout::Years) {
        return all.collect();
    }
    let mut is_filled = vec![false; table.header.len()];
    for row in table.rows().take(most) {
        let cells = is_filled.iter_mut().zip(row.iter());
        cells.for_each(|(filled, cell)| *filled |= *cell != Cell::Empty);
    }
    all.filter(|&column| is_filled[column]).collect()
}

/// Whether a column has numbers, by its first cell with anything in it.
fn is_number(table: &Table<'_>, column: usize) -> bool {
    let first = table.rows().find_map(|row| {
        let cell = row.get(column)?;
        (*cell != Cell::Empty).then_some(!matches!(cell, Cell::Text(_) | Cell::Date(_)))
    });
    first.unwrap_or(false)
}

fn cell(cell: &Cell, is_name: bool, link: Option<String>) -> Markup {
    let text = match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Gap => "–".to_owned(),
        other => other.plain(),
    };
    // A zero leads to nothing.
    let is_found = !matches!(
        cell,
        Cell::Empty | Cell::Gap | Cell::Count(0) | Cell::Rate(0.0)
    );
    let content = html! {
        @if let Some(link) = link.filter(|_| is_found) { a href=(link) { (text) } } @else { (text) }
    };
    let is_long = matches!(cell, Cell::Text(text) if text.chars().nth(SHORT).is_some());
    let class = match cell {
        Cell::Count(_) | Cell::Rate(_) | Cell::Share(_) | Cell::Gap => Some("n"),
        Cell::Text(_) if is_long => Some("t"),
        // Broken, a date or a short name would be hard to read.
        Cell::Date(_) | Cell::Text(_) => Some("d"),
        Cell::Empty => None,
    };
    html! {
        @if is_name && *cell != Cell::Empty { th scope="row" class=[class] { (content) } }
        @else { td class=[class] { (content) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_to_what_they_count_and_text_is_escaped() {
        let header = ["", "词", "次数"].map(str::to_owned).to_vec();
        let row = vec![Cell::Empty, Cell::text("<b>渠"), Cell::Count(1_234)];
        let rows = vec![row.clone(), row];
        let made = Table::new("k", "甲&乙", Layout::Lines { names: 2 }, header).with(rows);
        let links = |row: usize, column: usize| (column == 2).then(|| format!("/s?{row}&q"));
        let html = table(&made, 1, Lang::Zh, &links).into_string();
        assert!(
            html.contains("<th scope=\"row\" class=\"d\">&lt;b&gt;渠</th>"),
            "{html}"
        );
        assert!(
            html.contains("<td class=\"n\"><a href=\"/s?0&amp;q\">1,234</a></td>"),
            "{html}"
        );
        // A column without anything is left out, and the cut is reported.
        assert_eq!(html.matches("scope=\"col\"").count(), 2, "{html}");
        assert!(
            html.contains("class=\"hint\"") && html.contains("甲&amp;乙"),
            "{html}"
        );
    }
}
