//! The tables of a report, laid out once for all that write them.

use xunzhang::report::keywords::Note;
use xunzhang::report::tally::{EntryTally, Excerpt, Tally};
use xunzhang::report::trend::first_use;
use xunzhang::search::Filter;

use crate::cli::first_use::{marked, remarks};
use crate::cli::messages::{Lang, say};
use crate::cli::output::table::{Cell, Layout, MadeRows, Table};
use crate::cli::wording::section_path;

/// Maximum number of entries in the table of co-occurrences; the most frequent ones.
// The table grows with the square: 300 entries are 90,000 cells.
pub(super) const MAX_TOGETHER: usize = 300;

/// Column of an excerpt's text before the hit; hit and text after follow.
const LEFT: usize = 9;

/// Columns of the summary. The remark on the first date is the last: it is a sentence, empty for most entries.
const SUMMARY: [&str; 13] = [
    "table-group",
    "table-entry",
    "table-occurrences",
    "table-passages",
    "table-documents",
    "table-share",
    "table-per-10k",
    "table-first",
    "table-last",
    "table-distinct",
    "table-negated",
    "table-prohibited",
    "table-first-remark",
];

/// Which table of a report it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// A line for each entry.
    Summary,
    /// A line for each document, a column for each entry.
    ByDocument,
    /// For every 10,000 characters: a line for each entry, a column for each year.
    RatesByYear,
    /// A line for each entry, a column for each year.
    ByYear,
    /// A column for each 文种.
    ByKind,
    /// A column for each section role.
    BySection,
    /// A column for each collection, if there are several.
    ByCollection,
    /// A column for each issuer, if there are several.
    ByIssuer,
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
    pub(super) const ALL: [Self; 12] = [
        Self::Summary,
        Self::ByDocument,
        Self::RatesByYear,
        Self::ByYear,
        Self::ByKind,
        Self::BySection,
        Self::ByCollection,
        Self::ByIssuer,
        Self::ByFolder,
        Self::Together,
        Self::Excerpts,
        Self::About,
    ];

    /// Its name.
    pub(super) fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Summary => lang.text("sheet-summary"),
            Self::ByDocument => lang.text("sheet-by-document"),
            Self::RatesByYear => lang.text("sheet-rates-by-year"),
            Self::ByYear => lang.text("sheet-by-year"),
            Self::ByKind => lang.text("sheet-by-kind"),
            Self::BySection => lang.text("sheet-by-section"),
            Self::ByCollection => lang.text("sheet-by-collection"),
            Self::ByIssuer => lang.text("sheet-by-issuer"),
            Self::ByFolder => lang.text("sheet-by-folder"),
            Self::Together => lang.text("sheet-together"),
            Self::Excerpts => lang.text("sheet-excerpts"),
            Self::About => lang.text("sheet-about"),
        }
    }

    /// Its anchor in a page.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::ByDocument => "by-document",
            Self::RatesByYear => "rates-by-year",
            Self::ByYear => "by-year",
            Self::ByKind => "by-kind",
            Self::BySection => "by-section",
            Self::ByCollection => "by-collection",
            Self::ByIssuer => "by-issuer",
            Self::ByFolder => "by-folder",
            Self::Together => "together",
            Self::Excerpts => "excerpts",
            Self::About => "about",
        }
    }

    /// How it is laid out.
    fn layout(self) -> Layout {
        match self {
            Self::Summary
            | Self::ByKind
            | Self::BySection
            | Self::ByCollection
            | Self::ByIssuer
            | Self::ByFolder => Layout::Lines { names: 2 },
            Self::ByDocument => Layout::Matrix,
            Self::RatesByYear | Self::ByYear => Layout::Years,
            Self::Together => Layout::Pairs,
            Self::Excerpts => Layout::Hits { left: LEFT },
            Self::About => Layout::Facts,
        }
    }
}

/// A tally, its method, and the language of its tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    /// The numbers.
    pub(crate) tally: &'a Tally,
    /// What was counted.
    pub(crate) filter: &'a Filter,
    /// How the list of keywords was read.
    pub(crate) notes: &'a [Note],
    /// The language.
    pub(crate) lang: Lang,
}

impl<'a> Told<'a> {
    /// All tables, in order of [`Sheet`]; those by collection and by issuer only if there are several.
    pub(crate) fn tables(&self) -> Vec<Table<'a>> {
        let mut out = vec![self.summary(), self.by_document()];
        out.extend(self.breakdowns());
        out.extend([self.together(), self.excerpts(), self.about()]);
        out
    }

    /// A table of this language without rows.
    pub(super) fn table(&self, sheet: Sheet, header: Vec<String>) -> Table<'a> {
        Table::new(sheet.key(), sheet.name(self.lang), sheet.layout(), header)
    }

    pub(super) fn header<const N: usize>(&self, keys: [&'static str; N]) -> Vec<String> {
        keys.map(|key| self.lang.text(key).to_owned()).to_vec()
    }

    /// A line for each entry.
    pub(super) fn summary(&self) -> Table<'a> {
        let rows = self.tally.entries.iter().map(|entry| {
            let (first, remark) = self.first(entry);
            vec![
                Cell::optional(entry.group.as_deref()),
                Cell::text(&entry.entry),
                Cell::Count(entry.occurrences),
                Cell::Count(entry.passages),
                Cell::Count(entry.documents),
                Cell::Share(self.tally.share(entry)),
                Cell::Rate(self.tally.per_10k(entry)),
                first,
                Cell::date(entry.last),
                Cell::Count(entry.distinct),
                entry.negated.map_or(Cell::Empty, Cell::Count),
                entry.prohibited.map_or(Cell::Empty, Cell::Count),
                Cell::text(&remark),
            ]
        });
        let header = self.header(SUMMARY);
        self.table(Sheet::Summary, header).with(rows.collect())
    }

    /// The date of first use, and what is to be said of it; a date that is certain stays one that a workbook can sort.
    fn first(&self, entry: &EntryTally) -> (Cell, String) {
        let (used, certain) = first_use(&self.tally.documents, entry);
        let remarks = remarks(used.as_ref(), certain.as_ref(), self.lang);
        let is_uncertain = used.as_ref().is_some_and(|used| used.uncertain.is_some());
        let date = match entry.first {
            Some(date) if is_uncertain => Cell::Text(marked(&date.to_string(), used.as_ref())),
            date => Cell::date(date),
        };
        (date, remarks.join(" "))
    }

    /// What is to be said of the dates of first use, a line for each entry of which anything is.
    pub(crate) fn first_remarks(&self) -> Vec<String> {
        let remarks = self.tally.entries.iter().filter_map(|entry| {
            let (_, remark) = self.first(entry);
            let entry = &entry.entry;
            (!remark.is_empty()).then(|| say!(self.lang, "report-first-remark", entry, remark))
        });
        remarks.collect()
    }

    fn by_document(&self) -> Table<'a> {
        let mut header = self.header([
            "table-document",
            "table-title",
            "table-date",
            "table-kind",
            "table-characters",
            "table-total",
        ]);
        header.extend(self.tally.entries.iter().map(label));
        let tally = self.tally;
        // Made row by row when it is written: 5,000 documents by 300 entries are 1.5 million cells.
        let rows = move || -> MadeRows<'a> { Box::new(document_rows(tally)) };
        let n = tally.documents.len();
        self.table(Sheet::ByDocument, header).with_made(n, rows)
    }

    fn together(&self) -> Table<'a> {
        let entries = &self.tally.entries;
        let mut shown: Vec<usize> = (0..entries.len()).collect();
        shown.sort_by_key(|&ord| (std::cmp::Reverse(entries[ord].occurrences), ord));
        shown.truncate(MAX_TOGETHER);
        // In the order of the list again, by which the reader finds an entry.
        shown.sort_unstable();
        let mut header = vec![self.lang.text("table-entry").to_owned()];
        header.extend(shown.iter().map(|&ord| label(&entries[ord])));
        let mut rows: Vec<Vec<Cell>> = shown
            .iter()
            .map(|&ord| {
                let mut row = vec![Cell::text(&label(&entries[ord]))];
                row.resize(shown.len() + 1, Cell::Empty);
                row
            })
            .collect();
        for pair in self.tally.pairs.iter().flatten() {
            let places = [pair.first, pair.second].map(|ord| shown.binary_search(&ord));
            if let [Ok(a), Ok(b)] = places {
                // Both halves, so that a pair is found from either entry.
                rows[a][b + 1] = Cell::Count(pair.passages);
                rows[b][a + 1] = Cell::Count(pair.passages);
            }
        }
        self.table(Sheet::Together, header).with(rows)
    }

    fn excerpts(&self) -> Table<'a> {
        let header = self.header([
            "table-group",
            "table-entry",
            "table-document",
            "table-title",
            "table-date",
            "table-kind",
            "table-section",
            "table-passage",
            "table-line",
            "table-left",
            "table-hit",
            "table-right",
            "table-negated",
            "table-prohibited",
        ]);
        let told = *self;
        let rows = move || -> MadeRows<'a> {
            let excerpts = told.tally.excerpts.iter();
            Box::new(excerpts.map(move |excerpt| told.excerpt(excerpt)))
        };
        let n = told.tally.excerpts.len();
        self.table(Sheet::Excerpts, header).with_made(n, rows)
    }

    fn excerpt(&self, excerpt: &Excerpt) -> Vec<Cell> {
        let entry = &self.tally.entries[excerpt.entry];
        let document = &self.tally.documents[excerpt.document];
        let told = |value| match value {
            Some(true) => self.lang.text("value-yes"),
            Some(false) => self.lang.text("value-not"),
            None => "",
        };
        vec![
            Cell::optional(entry.group.as_deref()),
            Cell::text(&entry.entry),
            Cell::text(&document.id),
            Cell::text(&document.title),
            Cell::date(document.date),
            Cell::optional(document.kind.as_deref()),
            Cell::text(&section_path(&excerpt.section)),
            Cell::Count(u64::from(excerpt.number)),
            Cell::Count(u64::from(excerpt.line)),
            Cell::text(&excerpt.before),
            Cell::text(&excerpt.hit),
            Cell::text(&excerpt.after),
            Cell::text(told(excerpt.negated)),
            Cell::text(told(excerpt.prohibited)),
        ]
    }
}

/// A row for each document. Each entry's counts are in order of the documents, so that one place in each list is all
/// that has to be kept from row to row.
fn document_rows(tally: &Tally) -> impl Iterator<Item = Vec<Cell>> + '_ {
    let lists = tally.entries.iter().map(|entry| entry.by_document.iter());
    let mut lists: Vec<_> = lists.map(Iterator::peekable).collect();
    tally
        .documents
        .iter()
        .enumerate()
        .map(move |(ord, document)| {
            let mut total = 0;
            let mut row = vec![
                Cell::text(&document.id),
                Cell::text(&document.title),
                Cell::date(document.date),
                Cell::optional(document.kind.as_deref()),
                Cell::Count(document.characters),
                Cell::Empty,
            ];
            row.extend(lists.iter_mut().map(|list| {
                let found = list.next_if(|(of, _)| *of == ord);
                let occurrences = found.map_or(0, |(_, occurrences)| *occurrences);
                total += occurrences;
                Cell::count(occurrences)
            }));
            row[5] = Cell::Count(total);
            row
        })
}

/// How an entry heads a column: its group, if it has one, and itself.
pub(super) fn label(entry: &EntryTally) -> String {
    match &entry.group {
        Some(group) => format!("{group}：{}", entry.entry),
        None => entry.entry.clone(),
    }
}
