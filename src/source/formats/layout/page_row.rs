//! A row of a page.

use super::table::Table;
use crate::document::Reason;

/// A part of a row without wide gaps, or a whole row with tabs in their place; a table or a column of
/// vertical writing is one too, so that it keeps its position among the others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PageRow {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    /// The font size of most of its characters.
    pub(super) size: f32,
    /// The width that a line needs to continue with it: the first character, or the first Latin word.
    pub(super) first_width: f32,
    pub(super) text: String,
    /// Number of long horizontal lines above it on its page.
    pub(super) n_lines_above: u32,
    pub(super) kind: Kind,
    /// Whether it begins after a channel that the rows around it leave empty.
    pub(super) is_cut: bool,
    /// Whether the file marks it as a header or footer.
    pub(super) is_pagination: bool,
    /// Why it is not part of the report, if it is not.
    pub(super) reason: Option<Reason>,
}

/// The kind of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A row of text.
    Text,
    /// A whole table; the row has no text of its own.
    Table(Box<Table>),
    /// A text that is not joined with its neighbours.
    Alone,
    /// The first occurrence of a running title, which stays text but is outside the paragraphs.
    Aside,
}

impl PageRow {
    /// A table in the place of its rows, between these edges.
    pub(super) fn of_table(table: Table, (x0, x1): (f32, f32), y: f32) -> Self {
        Self {
            x0,
            x1,
            y,
            size: table.size,
            first_width: 0.0,
            text: String::new(),
            n_lines_above: 0,
            kind: Kind::Table(Box::new(table)),
            is_cut: false,
            is_pagination: false,
            reason: None,
        }
    }
}

impl PageRow {
    /// Whether it is a plain row of text.
    pub(super) fn is_text(&self) -> bool {
        self.kind == Kind::Text
    }
}

/// A row of text in type of ten.
#[cfg(test)]
pub(super) fn row_of_ten(text: &str, x0: f32, x1: f32, y: f32) -> PageRow {
    PageRow {
        x0,
        x1,
        y,
        size: 10.0,
        first_width: 10.0,
        text: text.to_owned(),
        n_lines_above: 0,
        kind: Kind::Text,
        is_cut: false,
        is_pagination: false,
        reason: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_takes_the_place_of_its_rows() {
        let table = Table {
            size: 10.0,
            ..Table::default()
        };
        let row = PageRow::of_table(table, (20.0, 300.0), 80.0);
        assert_eq!((row.x0, row.x1, row.y, row.size), (20.0, 300.0, 80.0, 10.0));
        // It is not a row of text, which paragraphs and page headers are made of.
        assert!(!row.is_text() && row.text.is_empty() && row.reason.is_none());
    }
}
