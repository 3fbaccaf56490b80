//! The tables of a report, laid out once for all that write them.

use std::collections::BTreeMap;

use super::negation::{HARMLESS, WORDS};
use super::table::{Cell, Language, Sheet, Table};
use super::tally::{EntryTally, Excerpt, MAX_PAIRED, Tally};
use crate::document::Role;
use crate::search::{Filter, SectionRef, Within};

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

    fn header(&self, names: &[(&str, &str)]) -> Vec<String> {
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

    /// What was counted, and how.
    pub fn about(&self) -> Table {
        let pick = |zh: &str, en: &str| self.language.pick(zh, en).to_owned();
        let mut rows: Vec<(String, Cell)> = vec![
            (
                pick("工具", "Tool"),
                Cell::Text(concat!("xunzhang ", env!("CARGO_PKG_VERSION")).into()),
            ),
            (
                pick("索引指纹", "Index fingerprint"),
                Cell::text(&self.tally.fingerprint),
            ),
            (
                pick("文档数", "Documents"),
                Cell::Count(self.tally.documents.len() as u64),
            ),
            (
                pick("段落数", "Passages"),
                Cell::Count(self.tally.passages()),
            ),
            (
                pick("字数", "Characters"),
                Cell::Count(self.tally.characters()),
            ),
        ];
        let dates = || {
            self.tally
                .documents
                .iter()
                .filter_map(|document| document.date)
        };
        rows.push((
            pick("最早文档", "First document"),
            Cell::date(dates().min()),
        ));
        rows.push((pick("最晚文档", "Last document"), Cell::date(dates().max())));
        let undated = self.tally.documents.len() - dates().count();
        rows.push((
            pick("未注日期的文档", "Undated documents"),
            Cell::Count(undated as u64),
        ));
        rows.push((
            pick("筛选", "Filter"),
            Cell::Text(described(self.filter, self.language)),
        ));
        rows.push((
            pick("词条数", "Entries"),
            Cell::Count(self.tally.entries.len() as u64),
        ));
        for rule in self.rules() {
            rows.push((pick("规则", "Rule"), Cell::Text(rule)));
        }
        for warning in self.warnings() {
            rows.push((pick("注意", "Note"), Cell::Text(warning)));
        }
        Table {
            sheet: Sheet::About,
            header: self.header(&[("项目", "Item"), ("内容", "Value")]),
            rows: rows
                .into_iter()
                .map(|(item, value)| vec![Cell::Text(item), value])
                .collect(),
        }
    }

    fn rules(&self) -> Vec<String> {
        let pick = |zh: &str, en: &str| self.language.pick(zh, en).to_owned();
        let mut out = vec![
            pick(
                "逐字计数：两边先归一化（全半角、大小写、繁简、零宽字符），每个汉字为一个单位，连续的字母数字为一个单位；空白和句内标点不计，句末标点（。！？）断开。不依赖分词，可用逐段扫描复核。",
                "Exact counts by units: both sides are normalized (width, case, script, zero-width characters); each Han character is a unit, each run of letters and digits is one; white space and punctuation inside a sentence are passed over, a sentence end (。！？) stops a match. No segmentation is involved; a scan of every passage gives the same numbers.",
            ),
            pick(
                "同一词条的不同说法相互重叠时只计最长的一处，等长取前一处；同一说法的每个起点都计。",
                "Of overlapping places of different alternatives of one entry the longest counts once, of equal ones the first; every start of one and the same alternative counts.",
            ),
            pick(
                "段落是一个自然段（超过 1,000 字的在句末切开）；标题和单独成行的小标题也是段落。不同表述：归一化后文字相同的段落只算一个。共现：同一段落中两个词条都有。",
                "A passage is a paragraph (one of over 1,000 characters is cut at sentence ends); titles and headings on lines of their own are passages too. Distinct wordings: passages of the same normalized text are one. Co-occurrence: passages that hold both entries.",
            ),
            pick(
                "每万字 = 次数 ÷ 筛选范围内全部段落的字数 × 10,000。首见、末见是有日期的文档中最早和最晚的日期。",
                "Per 10,000 characters: occurrences by the characters of all passages under the filter. First and last are the dates of the first and last dated document.",
            ),
        ];
        if self
            .tally
            .entries
            .iter()
            .any(|entry| entry.negated.is_some())
        {
            out.push(format!(
                "{}{}{}{}",
                self.language.pick(
                    "否定语境：同一分句中（以，；：和句末为界）命中之前出现下列词语之一：",
                    "Negated: before the hit, in the same clause (bounded by ，；： and sentence ends), stands one of: ",
                ),
                WORDS.join(" "),
                self.language.pick("；下列词语不算：", "; not counted as such: "),
                HARMLESS.join(" "),
            ));
        }
        out
    }

    /// What the reader of the numbers must know.
    pub fn warnings(&self) -> Vec<String> {
        let mut out = Vec::new();
        for repeated in &self.tally.repeated {
            let super::keywords::Repeated { line, text, first } = repeated;
            out.push(match self.language {
                Language::Zh => format!("第 {line} 行的“{text}”与第 {first} 行重复，只计一次"),
                Language::En => format!(
                    "line {line}: `{text}` stands on line {first} already and is counted once"
                ),
            });
        }
        if self.tally.pairs.is_none() {
            out.push(match self.language {
                Language::Zh => format!("词条超过 {MAX_PAIRED} 条，未统计共现"),
                Language::En => format!("over {MAX_PAIRED} entries: co-occurrence is not counted"),
            });
        }
        if self.tally.entries.len() > MAX_TOGETHER {
            out.push(match self.language {
                Language::Zh => format!("共现表只列次数最多的 {MAX_TOGETHER} 条，全部见 JSON"),
                Language::En => format!("the table of co-occurrence shows the {MAX_TOGETHER} most frequent entries; JSON has all"),
            });
        }
        out
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

/// The filter in words.
pub fn described(filter: &Filter, language: Language) -> String {
    let Filter {
        kind,
        years,
        path,
        section,
        role,
        within,
    } = filter;
    let mut out: Vec<String> = Vec::new();
    let mut add = |zh: &str, en: &str, value: Option<String>| {
        out.extend(value.map(|value| format!("{} {value}", language.pick(zh, en))));
    };
    add("文种", "kind", kind.clone());
    add(
        "年份",
        "year",
        years
            .as_ref()
            .map(|years| format!("{}..{}", years.start(), years.end())),
    );
    add("路径", "path", path.clone());
    add("标题含", "section", section.clone());
    add("章节作用", "role", role.clone());
    add(
        "只看",
        "in",
        match within {
            Within::All => None,
            Within::Body => Some(language.pick("正文", "body").to_owned()),
            Within::Headings => Some(language.pick("标题", "headings").to_owned()),
        },
    );
    if out.is_empty() {
        return language
            .pick("无（全部文档）", "none (all documents)")
            .to_owned();
    }
    out.join(language.pick("；", "; "))
}
