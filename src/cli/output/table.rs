//! A table as every writer takes it: a sheet, a header, rows of cells.

use std::borrow::Cow;
use std::fmt;

use xunzhang::document::Date;

/// What a table holds, which decides how it is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Layout {
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
pub(in crate::cli) struct Table<'a> {
    /// Its key among the tables of a page.
    pub(in crate::cli) key: &'static str,
    /// Its name.
    pub(in crate::cli) name: String,
    /// How it is laid out.
    pub(in crate::cli) layout: Layout,
    /// Names of the columns.
    pub(in crate::cli) header: Vec<String>,
    rows: Rows<'a>,
}

/// The rows of a table, each of as many cells as the header.
enum Rows<'a> {
    Stored(Vec<Vec<Cell>>),
    /// Made anew by each reader: a table of 68,000 documents and 300 entries takes 500 MB, what it is made of a tenth.
    Made(usize, Box<dyn Fn() -> MadeRows<'a> + 'a>),
}

/// Rows that are made one at a time.
pub(in crate::cli) type MadeRows<'a> = Box<dyn Iterator<Item = Vec<Cell>> + 'a>;

impl<'a> Table<'a> {
    /// A table without rows.
    pub(in crate::cli) fn new(
        key: &'static str,
        name: &str,
        layout: Layout,
        header: Vec<String>,
    ) -> Self {
        Self {
            key,
            name: name.to_owned(),
            layout,
            header,
            rows: Rows::Stored(Vec::new()),
        }
    }

    /// The same with these rows, each of as many cells as the header.
    pub(in crate::cli) fn with(self, rows: Vec<Vec<Cell>>) -> Self {
        let rows = Rows::Stored(rows);
        Self { rows, ..self }
    }

    /// The same with `n` rows, which `rows` makes from the first to the last.
    pub(in crate::cli) fn with_made(self, n: usize, rows: impl Fn() -> MadeRows<'a> + 'a) -> Self {
        let rows = Rows::Made(n, Box::new(rows));
        Self { rows, ..self }
    }

    /// The number of its rows.
    pub(in crate::cli) fn n_rows(&self) -> usize {
        match &self.rows {
            Rows::Stored(rows) => rows.len(),
            Rows::Made(n, _) => *n,
        }
    }

    /// Its rows in order, each of as many cells as the header. Those of large tables are made while they are read.
    pub(in crate::cli) fn rows(&self) -> Box<dyn Iterator<Item = Cow<'_, [Cell]>> + '_> {
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
pub(in crate::cli) enum Cell {
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
    pub(in crate::cli) fn text(text: &str) -> Self {
        // No text is no cell: pages leave out columns that have nothing else.
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    pub(in crate::cli) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(in crate::cli) fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    pub(in crate::cli) fn count(count: u64) -> Self {
        if count == 0 {
            Self::Empty
        } else {
            Self::Count(count)
        }
    }

    /// The cell as plain text; a share in percent, a rate with two decimals.
    pub(in crate::cli) fn plain(&self) -> String {
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
    pub(in crate::cli) fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Rate(_) | Self::Share(_))
    }
}
