//! A table as every writer takes it: a sheet, a header, rows of cells.

use std::borrow::Cow;
use std::fmt;

use crate::document::Date;

/// The language of titles, headers and explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The one of two that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// Which table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sheet {
    /// A line for each entry.
    Summary,
    /// A line for each document, a column for each entry.
    ByDocument,
    /// A line for each entry, a column for each year.
    ByYear,
    /// A column for each 文种.
    ByKind,
    /// A column for each section role.
    BySection,
    /// A column for each folder at the top.
    ByFolder,
    /// Passages that hold two entries, a line and a column for each.
    Together,
    /// The hits in their context.
    Excerpts,
    /// What was counted, and how.
    About,
}

impl Sheet {
    /// All of them, in the order of a report's tables.
    pub const ALL: [Self; 9] = [
        Self::Summary,
        Self::ByDocument,
        Self::ByYear,
        Self::ByKind,
        Self::BySection,
        Self::ByFolder,
        Self::Together,
        Self::Excerpts,
        Self::About,
    ];

    /// Its name.
    pub fn name(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Summary => ("汇总", "Summary"),
            Self::ByDocument => ("按文档", "By document"),
            Self::ByYear => ("按年份", "By year"),
            Self::ByKind => ("按文种", "By kind"),
            Self::BySection => ("按章节", "By section"),
            Self::ByFolder => ("按文件夹", "By folder"),
            Self::Together => ("共现", "Co-occurrence"),
            Self::Excerpts => ("摘录", "Excerpts"),
            Self::About => ("说明", "About"),
        };
        language.pick(zh, en)
    }
}

/// A table.
pub struct Table<'a> {
    /// Which one it is.
    pub sheet: Sheet,
    /// Names of the columns.
    pub header: Vec<String>,
    rows: Rows<'a>,
}

/// The rows of a table, each of as many cells as the header.
enum Rows<'a> {
    Stored(Vec<Vec<Cell>>),
    /// Made anew by each reader: a table of 68,000 documents and 300 entries takes 500 MB, what it is made of a tenth.
    Made(usize, Box<dyn Fn() -> MadeRows<'a> + 'a>),
}

/// Rows that are made one at a time.
pub(super) type MadeRows<'a> = Box<dyn Iterator<Item = Vec<Cell>> + 'a>;

impl<'a> Table<'a> {
    /// A table of these rows, each of as many cells as the header.
    pub fn new(sheet: Sheet, header: Vec<String>, rows: Vec<Vec<Cell>>) -> Self {
        Self {
            sheet,
            header,
            rows: Rows::Stored(rows),
        }
    }

    /// A table of `n` rows, which `rows` makes from the first to the last.
    pub(super) fn made(
        sheet: Sheet,
        header: Vec<String>,
        n: usize,
        rows: impl Fn() -> MadeRows<'a> + 'a,
    ) -> Self {
        Self {
            sheet,
            header,
            rows: Rows::Made(n, Box::new(rows)),
        }
    }

    /// The number of its rows.
    pub fn n_rows(&self) -> usize {
        match &self.rows {
            Rows::Stored(rows) => rows.len(),
            Rows::Made(n, _) => *n,
        }
    }

    /// Its rows in order, each of as many cells as the header. Those of large tables are made while they are read.
    pub fn rows(&self) -> Box<dyn Iterator<Item = Cow<'_, [Cell]>> + '_> {
        match &self.rows {
            Rows::Stored(rows) => Box::new(rows.iter().map(|row| Cow::Borrowed(&row[..]))),
            Rows::Made(_, rows) => Box::new(rows().map(Cow::Owned)),
        }
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("sheet", &self.sheet)
            .field("header", &self.header)
            .field("n_rows", &self.n_rows())
            .finish()
    }
}

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing; of a count, 0.
    Empty,
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
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    pub(super) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    pub(super) fn count(count: u64) -> Self {
        if count == 0 {
            Self::Empty
        } else {
            Self::Count(count)
        }
    }

    /// The cell as plain text; a share in percent, a rate with two decimals.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Rate(rate) => format!("{rate:.2}"),
            Self::Share(share) => format!("{:.1}%", share * 100.0),
            Self::Date(date) => date.to_string(),
        }
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Rate(_) | Self::Share(_))
    }
}
