//! Tables of commands as parts of a page.

use maud::{Markup, html};

use crate::cli::output::columns::grouped;
use crate::cli::output::table::{Cell, Table};

/// The table; `link` is where the first cell of a row leads.
pub(super) fn table(table: &Table, link: impl Fn(&[Cell]) -> Option<String>) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(table.name) {
            table {
                caption { (table.name) }
                thead {
                    tr { @for name in &table.header { th scope="col" { (name) } } }
                }
                tbody {
                    @for row in table.rows() {
                        tr {
                            @for (ord, cell) in row.iter().enumerate() {
                                (cell_of(cell, (ord == 0).then(|| link(&row)).flatten()))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell_of(cell: &Cell, link: Option<String>) -> Markup {
    let text = match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Gap => "–".to_owned(),
        other => other.plain(),
    };
    let is_number = matches!(cell, Cell::Count(_) | Cell::Rate(_) | Cell::Share(_));
    html! {
        @if let Some(link) = link {
            th scope="row" { a href=(link) { (text) } }
        } @else {
            td class=[is_number.then_some("n")] { (text) }
        }
    }
}
