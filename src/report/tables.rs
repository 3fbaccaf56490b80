//! The tables of a report, laid out once for all that write them.

use std::collections::BTreeMap;

use super::table::{Cell, Language, Sheet, Table};
use super::tally::{EntryTally, Excerpt, Tally};
use crate::document::Role;
use crate::search::{Filter, SectionRef};

/// Most entries in the table of those that meet; the most frequent ones.
pub const MAX_TOGETHER: usize = 300;

/// Column of an excerpt's text before the hit; hit and text after follow.
pub const BEFORE: usize = 9;

/// A tally, how it was come by, and the language in which it is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The numbers.
    pub tally: &'a Tally,
    /// What was counted.
    pub filter: &'a Filter,
    /// The language.
    pub language: Language,
}

/// Documents and characters of each key.
type Extents<K> = BTreeMap<K, (u64, u64)>;

impl Told<'_> {
    /// All tables, in order of [`Sheet`].
    pub fn tables(&self) -> Vec<Table> {
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
    pub fn summary(&self) -> Table {
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
        Table {
            sheet: Sheet::Summary,
            header,
            rows: rows.collect(),
        }
    }

    fn by_document(&self) -> Table {
        let mut header = self.header(&[
            ("文档", "Document"),
            ("标题", "Title"),
            ("日期", "Date"),
            ("文种", "Kind"),
            ("字数", "Characters"),
            ("合计", "Total"),
        ]);
        header.extend(self.tally.entries.iter().map(label));
        let n = self.tally.entries.len();
        let mut counts: Vec<Vec<(usize, u64)>> = vec![Vec::new(); self.tally.documents.len()];
        for (ord, entry) in self.tally.entries.iter().enumerate() {
            for &(document, occurrences) in &entry.by_document {
                counts[document].push((ord, occurrences));
            }
        }
        let rows = self
            .tally
            .documents
            .iter()
            .zip(counts)
            .map(|(document, counts)| {
                let total = counts.iter().map(|(_, occurrences)| occurrences).sum();
                let mut row = vec![
                    Cell::text(&document.id),
                    Cell::text(&document.title),
                    Cell::date(document.date),
                    Cell::optional(document.kind.as_deref()),
                    Cell::Count(document.characters),
                    Cell::Count(total),
                ];
                row.resize(row.len() + n, Cell::Empty);
                for (ord, occurrences) in counts {
                    row[6 + ord] = Cell::count(occurrences);
                }
                row
            });
        Table {
            sheet: Sheet::ByDocument,
            rows: rows.collect(),
            header,
        }
    }

    fn by_year(&self) -> Table {
        let undated = self.language.pick("未注日期", "undated");
        // Years ascending, those without behind them.
        let key = |year: Option<u16>| (year.is_none(), year);
        let extents = self.tally.extent_by(|document| key(document.year()));
        let of = |entry: &EntryTally| self.tally.by(entry, |document| key(document.year()));
        let name = |(_, year): &(bool, Option<u16>)| {
            year.map_or(undated.to_owned(), |year| year.to_string())
        };
        self.across(
            Sheet::ByYear,
            (Some(extents.clone()), extents.into_keys().collect()),
            name,
            of,
        )
    }

    fn by_kind(&self) -> Table {
        let none = self.language.pick("无", "none");
        let key = |kind: Option<&str>| (kind.is_none(), kind.unwrap_or(none).to_owned());
        let extents = self
            .tally
            .extent_by(|document| key(document.kind.as_deref()));
        let of = |entry: &EntryTally| {
            self.tally
                .by(entry, |document| key(document.kind.as_deref()))
        };
        let columns = extents.keys().cloned().collect();
        self.across(
            Sheet::ByKind,
            (Some(extents), columns),
            |key| key.1.clone(),
            of,
        )
    }

    fn by_folder(&self) -> Table {
        let none = self.language.pick("无", "none");
        let extents = self
            .tally
            .extent_by(|document| document.folder().to_owned());
        let of = |entry: &EntryTally| {
            self.tally
                .by(entry, |document| document.folder().to_owned())
        };
        let name = |folder: &String| {
            if folder.is_empty() {
                none.to_owned()
            } else {
                folder.clone()
            }
        };
        let columns = extents.keys().cloned().collect();
        self.across(Sheet::ByFolder, (Some(extents), columns), name, of)
    }

    fn by_section(&self) -> Table {
        let none = self.language.pick("无", "none");
        let roles: Vec<Option<Role>> = Role::ALL.into_iter().map(Some).chain([None]).collect();
        let of = |entry: &EntryTally| {
            let keyed = entry
                .by_role
                .iter()
                .map(|&(role, n)| ((role.is_none(), role), n));
            keyed.collect::<BTreeMap<_, _>>()
        };
        let columns = roles
            .into_iter()
            .map(|role| (role.is_none(), role))
            .collect();
        let name = |key: &(bool, Option<Role>)| key.1.map_or(none, Role::name).to_owned();
        self.across(Sheet::BySection, (None, columns), name, of)
    }

    /// A line for each entry, a column for each key; first how much text there is, where that is known.
    fn across<K: Ord>(
        &self,
        sheet: Sheet,
        (extents, columns): (Option<Extents<K>>, Vec<K>),
        name: impl Fn(&K) -> String,
        of: impl Fn(&EntryTally) -> BTreeMap<K, u64>,
    ) -> Table {
        let mut header = self.header(&[("组", "Group"), ("词条", "Entry"), ("合计", "Total")]);
        header.extend(columns.iter().map(name));
        let mut rows = Vec::new();
        if let Some(extents) = extents {
            let totals = [
                (
                    self.language.pick("（文档数）", "(documents)"),
                    self.tally.documents.len() as u64,
                ),
                (
                    self.language.pick("（字数）", "(characters)"),
                    self.tally.characters(),
                ),
            ];
            for (ord, (label, total)) in totals.into_iter().enumerate() {
                let mut row = vec![Cell::Empty, Cell::text(label), Cell::Count(total)];
                row.extend(columns.iter().map(|key| {
                    let (documents, characters) = extents.get(key).copied().unwrap_or_default();
                    Cell::Count(if ord == 0 { documents } else { characters })
                }));
                rows.push(row);
            }
        }
        for entry in &self.tally.entries {
            let counts = of(entry);
            let mut row = vec![
                Cell::optional(entry.group.as_deref()),
                Cell::text(&entry.entry),
                Cell::Count(entry.occurrences),
            ];
            row.extend(
                columns
                    .iter()
                    .map(|key| Cell::count(counts.get(key).copied().unwrap_or(0))),
            );
            rows.push(row);
        }
        Table {
            sheet,
            header,
            rows,
        }
    }

    fn together(&self) -> Table {
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
        Table {
            sheet: Sheet::Together,
            header,
            rows,
        }
    }

    fn excerpts(&self) -> Table {
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
        let rows = self
            .tally
            .excerpts
            .iter()
            .map(|excerpt| self.excerpt(excerpt));
        Table {
            sheet: Sheet::Excerpts,
            header,
            rows: rows.collect(),
        }
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
