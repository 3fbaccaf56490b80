//! A table as every writer takes it: a sheet, a header, rows of cells.

use std::borrow::Cow;
use std::fmt;

use xunzhang::document::Date;

/// What a table holds, which decides how it is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A line for each thing; its first columns name it and stay in sight.
    Lines {
        /// How many columns.
        names: u16,
    },
    /// A line for each document and a column for each entry: it grows with the collection.
    Matrix,
    /// A line for each entry and a column for each year, after three that name and sum it: charted. The first two lines
    /// say how much text there is.
    Years,
    /// A line and a column for each entry: coloured by its numbers.
    Pairs,
    /// Hits between their left and right context, which are three columns from this one on.
    Hits {
        /// The column of the left context.
        left: usize,
    },
    /// A concordance: hits between their left and right context, which are the first three columns and line up. What is cited
    /// of them follows.
    Kwic {
        /// Columns that are printed; those after them are for sorting and filtering on the screen.
        printed: u16,
    },
    /// Names and values of the whole: text that is read.
    Facts,
}

impl Layout {
    /// Columns that stay in sight: those that name the line.
    pub(super) fn n_frozen(self) -> u16 {
        match self {
            Self::Lines { names } => names,
            Self::Matrix | Self::Pairs => 1,
            // The group and the entry; the total may scroll out of sight.
            Self::Years => 2,
            Self::Hits { .. } | Self::Kwic { .. } | Self::Facts => 0,
        }
    }

    /// Whether it has a column for each entry, so that it may be too wide for a page.
    pub(super) fn is_wide(self) -> bool {
        matches!(self, Self::Matrix | Self::Pairs)
    }

    /// Whether its lines are as many as documents or hits.
    pub(super) fn is_long(self) -> bool {
        matches!(self, Self::Matrix | Self::Hits { .. } | Self::Kwic { .. })
    }

    /// The column of the left context of hits.
    pub(super) fn left(self) -> Option<usize> {
        match self {
            Self::Hits { left } => Some(left),
            Self::Kwic { .. } => Some(0),
            _ => None,
        }
    }

    /// Whether a workbook has one more column, with hits in their context: where other columns are between them and the eye.
    pub(super) fn has_context(self) -> bool {
        matches!(self, Self::Hits { .. })
    }
}

/// A table.
pub(crate) struct Table<'a> {
    /// Its key among the tables of a page.
    pub(crate) key: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// How it is laid out.
    pub(crate) layout: Layout,
    /// Names of the columns.
    pub(crate) header: Vec<String>,
    rows: Rows<'a>,
}

/// The rows of a table, each of as many cells as the header.
enum Rows<'a> {
    Stored(Vec<Vec<Cell>>),
    /// Made anew by each reader: a table of 68,000 documents and 300 entries takes 500 MB, what it is made of a tenth.
    Made(usize, Box<dyn Fn() -> MadeRows<'a> + 'a>),
}

/// Rows that are made one at a time.
pub(crate) type MadeRows<'a> = Box<dyn Iterator<Item = Vec<Cell>> + 'a>;

impl<'a> Table<'a> {
    /// A table without rows.
    pub(crate) fn new(key: &'static str, name: &str, layout: Layout, header: Vec<String>) -> Self {
        Self {
            key,
            name: name.to_owned(),
            layout,
            header,
            rows: Rows::Stored(Vec::new()),
        }
    }

    /// The same with these rows, each of as many cells as the header.
    pub(crate) fn with(self, rows: Vec<Vec<Cell>>) -> Self {
        let rows = Rows::Stored(rows);
        Self { rows, ..self }
    }

    /// The same with `n` rows, which `rows` makes from the first to the last.
    pub(crate) fn with_made(self, n: usize, rows: impl Fn() -> MadeRows<'a> + 'a) -> Self {
        let rows = Rows::Made(n, Box::new(rows));
        Self { rows, ..self }
    }

    /// The number of its rows.
    pub(crate) fn n_rows(&self) -> usize {
        match &self.rows {
            Rows::Stored(rows) => rows.len(),
            Rows::Made(n, _) => *n,
        }
    }

    /// Its rows in order, each of as many cells as the header. Those of large tables are made while they are read.
    pub(crate) fn rows(&self) -> Box<dyn Iterator<Item = Cow<'_, [Cell]>> + '_> {
        match &self.rows {
            Rows::Stored(rows) => Box::new(rows.iter().map(|row| Cow::Borrowed(&row[..]))),
            Rows::Made(_, rows) => Box::new(rows().map(Cow::Owned)),
        }
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rows may be made for each reader, and there may be very many.
        f.debug_struct("Table")
            .field("key", &self.key)
            .field("header", &self.header)
            .field("n_rows", &self.n_rows())
            .finish()
    }
}

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing; of a count, 0.
    Empty,
    /// No number, as there are no documents to count in: a dash for people, nothing in files for programs.
    Gap,
    /// Text.
    Text(String),
    /// A count.
    Count(u64),
    /// A rate, with two decimals.
    Rate(f64),
    /// A share from 0 to 1, shown in percent.
    Share(f64),
    /// A date.
    Date(Date),
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        // No text is no cell: pages leave out columns that have nothing else.
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    pub(crate) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(crate) fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    pub(crate) fn count(count: u64) -> Self {
        if count == 0 {
            Self::Empty
        } else {
            Self::Count(count)
        }
    }

    /// The cell as plain text; a share in percent, a rate with two decimals.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Empty | Self::Gap => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Rate(rate) => format!("{rate:.2}"),
            Self::Share(share) => format!("{:.1}%", share * 100.0),
            Self::Date(date) => date.to_string(),
        }
    }

    /// Whether it is a number.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Rate(_) | Self::Share(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(layout: Layout) -> Table<'static> {
        Table::new(
            "a",
            "表",
            layout,
            vec!["词条".to_owned(), "次数".to_owned()],
        )
    }

    #[test]
    fn a_zero_and_an_empty_text_are_empty_cells() {
        for (cell, expected) in [
            (Cell::count(0), Cell::Empty),
            (Cell::count(1), Cell::Count(1)),
            (Cell::text(""), Cell::Empty),
            (Cell::text(" "), Cell::Text(" ".to_owned())),
            (Cell::optional(None), Cell::Empty),
            (Cell::optional(Some("")), Cell::Empty),
            (Cell::optional(Some("水渠")), Cell::Text("水渠".to_owned())),
            (Cell::date(None), Cell::Empty),
        ] {
            assert_eq!(cell, expected);
        }
    }

    #[test]
    fn only_counts_rates_and_shares_are_numbers() {
        let date = Date::new(2009, Some(3), None);
        for (cell, plain, is_number) in [
            (Cell::Empty, "", false),
            (Cell::Gap, "", false),
            (Cell::text("12"), "12", false),
            (Cell::Count(0), "0", true),
            (Cell::Count(12_345), "12345", true),
            (Cell::Rate(1.0), "1.00", true),
            (Cell::Rate(0.126), "0.13", true),
            (Cell::Share(1.0), "100.0%", true),
            (Cell::Share(0.1234), "12.3%", true),
            (Cell::date(date), "2009-03", false),
        ] {
            assert_eq!(cell.plain(), plain);
            assert_eq!(cell.is_number(), is_number, "{plain}");
        }
    }

    #[test]
    fn rows_are_made_for_each_reader() {
        let rows = || -> MadeRows<'static> {
            Box::new((1..=3).map(|n| vec![Cell::text("水渠"), Cell::Count(n)]))
        };
        let made = table(Layout::Matrix).with_made(3, rows);
        let stored = table(Layout::Matrix).with(rows().collect());
        for table in [&made, &stored] {
            assert_eq!(table.n_rows(), 3);
            // A second reader gets them from the first on.
            for _ in 0..2 {
                let counts: Vec<Cell> = table.rows().map(|row| row[1].clone()).collect();
                assert_eq!(counts, [1, 2, 3].map(Cell::Count));
            }
        }
        assert_eq!(table(Layout::Facts).n_rows(), 0);
        assert_eq!(table(Layout::Facts).rows().count(), 0);
    }

    #[test]
    fn rows_are_not_made_to_be_counted_or_debugged() {
        let table = table(Layout::Matrix).with_made(70_000, || panic!("made"));
        assert_eq!(table.n_rows(), 70_000);
        assert!(format!("{table:?}").contains("70000"));
    }

    #[test]
    fn a_layout_decides_what_stays_in_sight() {
        let lines = Layout::Lines { names: 2 };
        let hits = Layout::Hits { left: 4 };
        let kwic = Layout::Kwic { printed: 5 };
        for (layout, n_frozen, left, is_long) in [
            (lines, 2, None, false),
            (Layout::Matrix, 1, None, true),
            (Layout::Years, 2, None, false),
            (Layout::Pairs, 1, None, false),
            (hits, 0, Some(4), true),
            (kwic, 0, Some(0), true),
            (Layout::Facts, 0, None, false),
        ] {
            assert_eq!(layout.n_frozen(), n_frozen, "{layout:?}");
            assert_eq!(layout.left(), left, "{layout:?}");
            assert_eq!(layout.is_long(), is_long, "{layout:?}");
            // A column for each entry is what makes a table wide.
            let has_entries = matches!(layout, Layout::Matrix | Layout::Pairs);
            assert_eq!(layout.is_wide(), has_entries, "{layout:?}");
            assert_eq!(layout.has_context(), layout == hits, "{layout:?}");
        }
    }
}
