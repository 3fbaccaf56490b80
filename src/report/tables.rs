//! The tables of a report, laid out once for all that write them.

use super::breakdown::Breakdown;
use super::table::{Cell, Language, MadeRows, Sheet, Table};
use super::tally::{Counted, EntryTally, Excerpt, Tally};
use crate::document::Role;
use crate::search::{Filter, SectionRef};

/// Maximum number of entries in the table of co-occurrences; the most frequent ones.
pub const MAX_TOGETHER: usize = 300;

/// Column of an excerpt's text before the hit; hit and text after follow.
pub const BEFORE: usize = 9;

/// A tally, its method, and the language of its tables.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The numbers.
    pub tally: &'a Tally,
    /// What was counted.
    pub filter: &'a Filter,
    /// The language.
    pub language: Language,
}

impl<'a> Told<'a> {
    /// All tables, in order of [`Sheet`].
    pub fn tables(&self) -> Vec<Table<'a>> {
        vec![
            self.summary(),
            self.by_document(),
            self.by_year(),
            self.by_kind(),
            self.by_section(),
            self.by_folder(),
            self.together(),
            self.excerpts(),
            self.about(),
        ]
    }

    pub(super) fn header(&self, names: &[(&str, &str)]) -> Vec<String> {
        let names = names.iter().map(|(zh, en)| self.language.pick(*zh, *en));
        names.map(str::to_owned).collect()
    }

    /// A line for each entry.
    pub fn summary(&self) -> Table<'a> {
        let header = self.header(&[
            ("组", "Group"),
            ("词条", "Entry"),
            ("次数", "Occurrences"),
            ("段落数", "Passages"),
            ("文档数", "Documents"),
            ("文档占比", "Share of documents"),
            ("每万字", "Per 10,000 characters"),
            ("首见", "First"),
            ("末见", "Last"),
            ("不同表述", "Distinct wordings"),
            ("否定语境", "Negated"),
        ]);
        let rows = self.tally.entries.iter().map(|entry| {
            vec![
                Cell::optional(entry.group.as_deref()),
                Cell::text(&entry.entry),
                Cell::Count(entry.occurrences),
                Cell::Count(entry.passages),
                Cell::Count(entry.documents),
                Cell::Share(self.tally.share(entry)),
                Cell::Rate(self.tally.per_10k(entry)),
                Cell::date(entry.first),
                Cell::date(entry.last),
                Cell::Count(entry.distinct),
                entry.negated.map_or(Cell::Empty, Cell::Count),
            ]
        });
        Table::new(Sheet::Summary, header, rows.collect())
    }

    fn by_document(&self) -> Table<'a> {
        let mut header = self.header(&[
            ("文档", "Document"),
            ("标题", "Title"),
            ("日期", "Date"),
            ("文种", "Kind"),
            ("字数", "Characters"),
            ("合计", "Total"),
        ]);
        header.extend(self.tally.entries.iter().map(label));
        let tally = self.tally;
        let rows = move || -> MadeRows<'a> { Box::new(document_rows(tally)) };
        Table::made(Sheet::ByDocument, header, tally.documents.len(), rows)
    }

    fn by_year(&self) -> Table<'a> {
        let undated = self.language.pick("未注日期", "undated");
        // Years ascending, then documents without a year.
        let years = Breakdown::new(&self.tally.documents, |document| {
            (document.date.is_none(), document.year())
        });
        let name = |year: Option<u16>| year.map_or(undated.to_owned(), |year| year.to_string());
        let names = years.keys().iter().map(|&(_, year)| name(year));
        self.broken_down(Sheet::ByYear, &years, names.collect())
    }

    fn by_kind(&self) -> Table<'a> {
        let none = self.language.pick("无", "none");
        let kinds = Breakdown::new(&self.tally.documents, |document| {
            (document.kind.is_none(), document.kind.as_deref())
        });
        let names = kinds.keys().iter();
        let names = names.map(|(_, kind)| kind.unwrap_or(none).to_owned());
        self.broken_down(Sheet::ByKind, &kinds, names.collect())
    }

    fn by_folder(&self) -> Table<'a> {
        let none = self.language.pick("无", "none");
        let folders = Breakdown::new(&self.tally.documents, Counted::folder);
        let names = folders.keys().iter().map(|folder| match *folder {
            "" => none.to_owned(),
            folder => folder.to_owned(),
        });
        self.broken_down(Sheet::ByFolder, &folders, names.collect())
    }

    fn by_section(&self) -> Table<'a> {
        let none = self.language.pick("无", "none");
        let roles: Vec<Option<Role>> = Role::ALL.into_iter().map(Some).chain([None]).collect();
        let names = roles
            .iter()
            .map(|role| role.map_or(none, Role::name).to_owned());
        let names = names.collect();
        let rows = self.tally.entries.iter().map(|entry| {
            let of_role = |role| entry.by_role.iter().find(|(other, _)| *other == role);
            let counts = roles
                .iter()
                .map(|&role| of_role(role).map_or(0, |(_, n)| *n));
            self.across(entry, counts)
        });
        self.with_keys(Sheet::BySection, names, rows.collect())
    }

    /// A line for each entry, a column for each key; first two lines that say how much text there is.
    fn broken_down<K: Ord + Clone>(
        &self,
        sheet: Sheet,
        breakdown: &Breakdown<K>,
        names: Vec<String>,
    ) -> Table<'a> {
        let extents = breakdown.extents().iter();
        let label = |zh, en| Cell::text(self.language.pick(zh, en));
        let mut documents = vec![
            Cell::Empty,
            label("（文档数）", "(documents)"),
            Cell::Count(self.tally.documents.len() as u64),
        ];
        documents.extend(extents.clone().map(|extent| Cell::Count(extent.documents)));
        let mut characters = vec![
            Cell::Empty,
            label("（字数）", "(characters)"),
            Cell::Count(self.tally.characters()),
        ];
        characters.extend(extents.map(|extent| Cell::Count(extent.characters)));
        let mut rows = vec![documents, characters];
        let entries = self.tally.entries.iter();
        rows.extend(entries.map(|entry| self.across(entry, breakdown.occurrences(entry))));
        self.with_keys(sheet, names, rows)
    }

    /// An entry's line in a table with a column for each key.
    fn across(&self, entry: &EntryTally, counts: impl IntoIterator<Item = u64>) -> Vec<Cell> {
        let mut row = vec![
            Cell::optional(entry.group.as_deref()),
            Cell::text(&entry.entry),
            Cell::Count(entry.occurrences),
        ];
        row.extend(counts.into_iter().map(Cell::count));
        row
    }

    fn with_keys(&self, sheet: Sheet, names: Vec<String>, rows: Vec<Vec<Cell>>) -> Table<'a> {
        let mut header = self.header(&[("组", "Group"), ("词条", "Entry"), ("合计", "Total")]);
        header.extend(names);
        Table::new(sheet, header, rows)
    }

    fn together(&self) -> Table<'a> {
        let entries = &self.tally.entries;
        let mut shown: Vec<usize> = (0..entries.len()).collect();
        shown.sort_by_key(|&ord| (std::cmp::Reverse(entries[ord].occurrences), ord));
        shown.truncate(MAX_TOGETHER);
        shown.sort_unstable();
        let mut header = vec![self.language.pick("词条", "Entry").to_owned()];
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
                rows[a][b + 1] = Cell::Count(pair.passages);
                rows[b][a + 1] = Cell::Count(pair.passages);
            }
        }
        Table::new(Sheet::Together, header, rows)
    }

    fn excerpts(&self) -> Table<'a> {
        let header = self.header(&[
            ("组", "Group"),
            ("词条", "Entry"),
            ("文档", "Document"),
            ("标题", "Title"),
            ("日期", "Date"),
            ("文种", "Kind"),
            ("章节", "Section"),
            ("段落", "Passage"),
            ("行", "Line"),
            ("前文", "Before"),
            ("命中", "Hit"),
            ("后文", "After"),
            ("否定语境", "Negated"),
        ]);
        let told = *self;
        let rows = move || -> MadeRows<'a> {
            let excerpts = told.tally.excerpts.iter();
            Box::new(excerpts.map(move |excerpt| told.excerpt(excerpt)))
        };
        Table::made(Sheet::Excerpts, header, told.tally.excerpts.len(), rows)
    }

    fn excerpt(&self, excerpt: &Excerpt) -> Vec<Cell> {
        let entry = &self.tally.entries[excerpt.entry];
        let document = &self.tally.documents[excerpt.document];
        let negated = match excerpt.negated {
            Some(true) => self.language.pick("是", "yes"),
            Some(false) => self.language.pick("否", "no"),
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
            Cell::text(negated),
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
pub fn label(entry: &EntryTally) -> String {
    match &entry.group {
        Some(group) => format!("{group}：{}", entry.entry),
        None => entry.entry.clone(),
    }
}

/// The headings, from the top, on one line.
pub fn section_path(section: &[SectionRef]) -> String {
    let headings = section.iter().map(|heading| {
        format!(
            "{}{}",
            heading.label.as_deref().unwrap_or_default(),
            heading.title
        )
    });
    headings.collect::<Vec<_>>().join(" › ")
}
