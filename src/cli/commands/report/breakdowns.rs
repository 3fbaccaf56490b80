//! The tables of a report by what documents have in common: years, kinds, collections, issuers, folders.

use xunzhang::document::Role;
use xunzhang::report::breakdown::{Breakdown, Extent};
use xunzhang::report::tally::{Counted, EntryTally, per_10k};

use super::tables::{Sheet, Told};
use crate::cli::messages::say;
use crate::cli::output::table::{Cell, Table};

/// Maximum number of years of a row of columns without a gap; one wrong date would add hundreds of empty ones.
const MAX_YEARS: usize = 200;

/// Columns that name and sum an entry, before those of the keys.
const LEAD: [&str; 3] = ["table-group", "table-entry", "table-total"];

/// A column of a table by year.
struct YearColumn {
    name: String,
    extent: Extent,
    /// Its ordinal in the breakdown; `None` for a year without documents.
    key: Option<usize>,
}

impl<'a> Told<'a> {
    /// The breakdowns, in order of [`Sheet`].
    pub(super) fn breakdowns(&self) -> Vec<Table<'a>> {
        let documents = &self.tally.documents;
        let collections = Breakdown::new(documents, |document| document.collection.as_str());
        let issuers = Breakdown::new(documents, |document| {
            // `false` sorts before `true`: documents without an issuer are in the last column.
            (document.issuer.is_none(), document.issuer.as_deref())
        });
        let none = self.lang.text("value-no");
        let mut out = vec![
            self.by_year(Sheet::RatesByYear),
            self.by_year(Sheet::ByYear),
            self.by_kind(),
            self.by_section(),
        ];
        // A single collection would only repeat the totals.
        if collections.keys().len() > 1 {
            let names = collections.keys().iter().map(|name| (*name).to_owned());
            out.push(self.broken_down(Sheet::ByCollection, &collections, names.collect()));
        }
        if issuers.keys().len() > 1 {
            let names = issuers.keys().iter();
            let names = names.map(|(_, issuer)| issuer.unwrap_or(none).to_owned());
            out.push(self.broken_down(Sheet::ByIssuer, &issuers, names.collect()));
        }
        out.push(self.by_folder());
        out
    }

    /// A column for each year from the first to the last: one without documents has no numbers, which is not zero.
    fn by_year(&self, sheet: Sheet) -> Table<'a> {
        let years = Breakdown::new(&self.tally.documents, |document| {
            (document.date.is_none(), document.year())
        });
        let columns = self.year_columns(&years);
        let mut header = self.header(LEAD);
        // The total of a row of rates is the rate of the whole: a sum of rates means nothing.
        if sheet == Sheet::RatesByYear {
            header[2] = self.lang.text("table-per-10k").to_owned();
        }
        header.extend(columns.iter().map(|column| column.name.clone()));
        let mut rows = self.extents(columns.iter().map(|column| column.extent));
        rows.extend(self.tally.entries.iter().map(|entry| {
            let counts = years.occurrences(entry);
            let mut row = self.lead(entry);
            if sheet == Sheet::RatesByYear {
                row[2] = Cell::Rate(self.tally.per_10k(entry));
            }
            row.extend(columns.iter().map(|column| match column.key {
                None => Cell::Gap,
                Some(key) if sheet == Sheet::RatesByYear => {
                    Cell::Rate(per_10k(counts[key], column.extent.characters))
                }
                Some(key) => Cell::Count(counts[key]),
            }));
            row
        }));
        self.table(sheet, header).with(rows)
    }

    fn year_columns(&self, years: &Breakdown<(bool, Option<u16>)>) -> Vec<YearColumn> {
        let dated = years.keys().iter().filter_map(|(_, year)| *year);
        let (first, last) = (dated.clone().min(), dated.clone().max());
        let span = first.zip(last).map(|(first, last)| first..=last);
        let all: Vec<u16> = match span {
            Some(span) if span.len() <= MAX_YEARS => span.collect(),
            _ => dated.collect(),
        };
        let key = |year: Option<u16>| years.keys().binary_search(&(year.is_none(), year)).ok();
        let column = |name: String, key: Option<usize>| YearColumn {
            name,
            extent: key.map_or(Extent::default(), |key| years.extents()[key]),
            key,
        };
        let dated = all
            .into_iter()
            .map(|year| column(year.to_string(), key(Some(year))));
        // Documents without a year come last.
        let undated =
            key(None).map(|key| column(self.lang.text("table-undated").to_owned(), Some(key)));
        dated.chain(undated).collect()
    }

    fn by_kind(&self) -> Table<'a> {
        let none = self.lang.text("value-no");
        // `false` sorts before `true`: documents of no known kind are in the last column.
        let kinds = Breakdown::new(&self.tally.documents, |document| {
            (document.kind.is_none(), document.kind.as_deref())
        });
        let names = kinds.keys().iter();
        let names = names.map(|(_, kind)| kind.unwrap_or(none).to_owned());
        self.broken_down(Sheet::ByKind, &kinds, names.collect())
    }

    fn by_folder(&self) -> Table<'a> {
        let none = self.lang.text("value-no");
        let folders = Breakdown::new(&self.tally.documents, Counted::folder);
        let names = folders.keys().iter().map(|folder| match *folder {
            "" => none.to_owned(),
            folder => folder.to_owned(),
        });
        self.broken_down(Sheet::ByFolder, &folders, names.collect())
    }

    /// By role of the section; how many characters have a role is not counted, so that there are no rates.
    fn by_section(&self) -> Table<'a> {
        let none = self.lang.text("value-no");
        // All roles, in a fixed order: two reports can be compared column by column.
        let roles: Vec<Option<Role>> = Role::ALL.into_iter().map(Some).chain([None]).collect();
        let names = roles
            .iter()
            .map(|role| role.map_or(none, Role::name).to_owned());
        let mut header = self.header(LEAD);
        header.extend(names);
        let rows = self.tally.entries.iter().map(|entry| {
            let of_role = |role| entry.by_role.iter().find(|(other, _)| *other == role);
            let mut row = self.lead(entry);
            row.extend(
                roles
                    .iter()
                    .map(|&role| Cell::count(of_role(role).map_or(0, |(_, n)| *n))),
            );
            row
        });
        self.table(Sheet::BySection, header).with(rows.collect())
    }

    /// A line for each entry, for each key its occurrences, then for each key how many these are for 10,000 characters.
    fn broken_down<K: Ord + Clone>(
        &self,
        sheet: Sheet,
        breakdown: &Breakdown<K>,
        names: Vec<String>,
    ) -> Table<'a> {
        let mut header = self.header(LEAD);
        let rates = names.iter();
        let rates: Vec<String> = rates
            .map(|word| say!(self.lang, "trend-per-10k", word))
            .collect();
        header.extend(names);
        header.extend(rates);
        let extents = breakdown.extents();
        let mut rows = self.extents(extents.iter().copied());
        // The two lines of extents have counts and no rates.
        for row in &mut rows {
            row.resize(header.len(), Cell::Empty);
        }
        rows.extend(self.tally.entries.iter().map(|entry| {
            let counts = breakdown.occurrences(entry);
            let mut row = self.lead(entry);
            row.extend(counts.iter().map(|n| Cell::count(*n)));
            let rates = counts.iter().zip(extents);
            row.extend(rates.map(|(n, extent)| match n {
                // Most of these cells are zero: left empty, the others can be seen.
                0 => Cell::Empty,
                n => Cell::Rate(per_10k(*n, extent.characters)),
            }));
            row
        }));
        self.table(sheet, header).with(rows)
    }

    /// Two lines that say how much text each key has.
    fn extents(&self, extents: impl Iterator<Item = Extent> + Clone) -> Vec<Vec<Cell>> {
        let lead = |key, total| {
            vec![
                Cell::Empty,
                Cell::text(self.lang.text(key)),
                Cell::Count(total),
            ]
        };
        let mut documents = lead("report-all-documents", self.tally.documents.len() as u64);
        documents.extend(extents.clone().map(|extent| Cell::Count(extent.documents)));
        let mut characters = lead("report-all-characters", self.tally.characters());
        characters.extend(extents.map(|extent| Cell::Count(extent.characters)));
        vec![documents, characters]
    }

    fn lead(&self, entry: &EntryTally) -> Vec<Cell> {
        vec![
            Cell::optional(entry.group.as_deref()),
            Cell::text(&entry.entry),
            Cell::Count(entry.occurrences),
        ]
    }
}
