//! Records: rows and objects whose named cells are the title, text, date and so on of a document.
//!
//! A cell belongs to a field by its name: according to `--map`, else by the field's own names, else by a
//! common synonym. Names are compared as a whole, ignoring width, case, blanks, `_` and `-`; fields other
//! than the text are also recognized by the ending of the name, if only one name has it (`Policy Title`,
//! `source_url`).
//!
//! The text is never recognized by an ending: `工作内容` and `主要内容` make a table, not records. Its names are
//! `text`, `content`, `正文`, and the synonyms in `NAMES`. `内容` alone heads tables of tasks as often as texts;
//! it is the text if there is a title column and the cells below are as long as a text.

use std::collections::{BTreeMap, HashSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::clean::line_ends;
use super::formats::{iso_day, one_line};
use super::raw::Raw;
use crate::document::{self, Line, Reason, SourceMetadata, Style};
use crate::source::warning::Warning;
use crate::text::normalize::normalize;
use crate::text::visible::n_visible;

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// Identifies the record.
    Id,
    /// The document's title.
    Title,
    /// The document's text.
    Text,
    /// Its date.
    Date,
    /// Its 文种.
    Kind,
    /// The body that issued it.
    Issuer,
    /// Its address.
    Url,
}

/// A field, its own names, common synonyms, and endings of its names.
struct Names {
    field: Field,
    own: &'static [&'static str],
    synonyms: &'static [&'static str],
    endings: &'static [&'static str],
}

/// The names of all fields, normalized; earlier ones take precedence over later ones.
const NAMES: [Names; 7] = [
    Names {
        field: Field::Id,
        own: &["id"],
        synonyms: &[],
        // An ending `id` would also take `paid` or `grid`.
        endings: &[],
    },
    Names {
        field: Field::Title,
        own: &["title", "标题"],
        synonyms: &["题名", "题目", "名称", "文件名称", "headline"],
        endings: &["title", "标题"],
    },
    Names {
        field: Field::Text,
        own: &["text", "content", "正文"],
        synonyms: &[
            "fulltext",
            "fullcontent",
            "maintext",
            "body",
            "bodytext",
            "articletext",
            "articlecontent",
            "documenttext",
            "documentcontent",
            "policytext",
            "policycontent",
            "reporttext",
            "reportcontent",
            "newscontent",
            "全文",
            "文本",
            "正文内容",
            "正文文本",
            "全文内容",
            "文件正文",
            "文件全文",
            "公文正文",
            "公文全文",
            "文章正文",
            "文章内容",
            "报告正文",
            "报告全文",
            "报告内容",
            "政策正文",
            "政策全文",
            "政策内容",
            "通知正文",
            "新闻正文",
            "新闻内容",
            "法规全文",
            "法规正文",
        ],
        // `工作内容` ends like the name of a text, but is a column of a table.
        endings: &[],
    },
    Names {
        field: Field::Date,
        own: &["date", "时间", "日期", "发布时间"],
        synonyms: &[
            "成文日期",
            "印发日期",
            "发文日期",
            "发布日期",
            "公布日期",
            "publishdate",
            "pubdate",
            "releasetime",
        ],
        endings: &["date", "time", "日期", "时间"],
    },
    Names {
        field: Field::Kind,
        own: &["kind", "文种"],
        synonyms: &["公文种类", "体裁"],
        endings: &[],
    },
    Names {
        field: Field::Issuer,
        own: &["issuer", "发文机关"],
        synonyms: &[
            "发布机关",
            "发布机构",
            "发文机构",
            "发文单位",
            "制定机关",
            "department",
        ],
        endings: &["department", "发文机关", "发布机构"],
    },
    Names {
        field: Field::Url,
        own: &["url"],
        synonyms: &["link", "链接", "网址"],
        endings: &["url", "link", "网址", "链接"],
    },
];

/// A name of the text that also heads other columns.
const WEAK_TEXT: &str = "内容";
/// Names of the title that make it one.
const TITLES: [&str; 4] = ["title", "标题", "题名", "题目"];
/// Minimum number of characters of a cell that is a text rather than an item of a table.
const LONG: usize = 100;

/// Whether a cell is as long as a text, or has several paragraphs.
fn is_text(cell: &str) -> bool {
    // An item of a table has one line; a text may be short, but then has paragraphs.
    cell.trim().contains('\n') || cell.chars().nth(LONG).is_some()
}

/// The field of each cell as set by the user: `text=full_text,title=标题`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMap(BTreeMap<Field, String>);

/// Why a field map cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldMapError {
    /// A part without `=`, or with an empty side.
    #[error("{0:?} is not of the form field=column, as in text=full_text,title=标题")]
    NotAPair(String),
    /// A name that is not a field.
    #[error("{0:?} is no field; the fields are id, title, text, date, kind, issuer, url")]
    UnknownField(String),
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut map = BTreeMap::new();
        // Chinese input methods produce the full-width comma and equals sign.
        for part in text
            .split([',', '，'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (field, column) = part
                .split_once(['=', '＝'])
                .map(|(field, column)| (folded(field), column.trim()))
                .filter(|(field, column)| !field.is_empty() && !column.is_empty())
                .ok_or_else(|| FieldMapError::NotAPair(part.to_owned()))?;
            let names = NAMES
                .iter()
                .find(|names| names.own.contains(&&*field))
                .ok_or_else(|| FieldMapError::UnknownField(field.clone()))?;
            map.insert(names.field, folded(column));
        }
        Ok(Self(map))
    }
}

/// A name in the form used for comparison.
fn folded(name: &str) -> String {
    let mut name = normalize(name);
    // Exports of the same data write `full_text`, `fullText` and `Full Text`; the first name may have kept a
    // byte order mark.
    name.retain(|ch| !ch.is_whitespace() && !matches!(ch, '_' | '-' | '\u{feff}'));
    name
}

/// The field of each cell of a row, as ordinals of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns(BTreeMap<Field, usize>);

impl Columns {
    /// Finds the fields among the `names` of cells.
    pub(super) fn find<S: AsRef<str>>(names: &[S], map: &FieldMap) -> Self {
        let cells: Vec<String> = names.iter().map(|name| folded(name.as_ref())).collect();
        let columns = NAMES.iter().filter_map(|names| {
            let ord = match map.0.get(&names.field) {
                // A column named by the user that is missing is not replaced by a guess.
                Some(wanted) => cells.iter().position(|cell| cell == wanted),
                None => named(&cells, names),
            };
            Some((names.field, ord?))
        });
        Self(columns.collect())
    }

    /// Finds the fields among the `names` of columns, above the rows `below`, the first ones of the table:
    /// `内容` is the text if there is a title column and at least half of the non-empty cells below it are
    /// texts.
    pub(super) fn of_table<S: AsRef<str>, R: AsRef<[String]>>(
        names: &[S],
        below: &[R],
        map: &FieldMap,
    ) -> Self {
        let mut columns = Self::find(names, map);
        // A text named by the user is never replaced by a guess.
        if columns.has_text() || map.0.contains_key(&Field::Text) {
            return columns;
        }
        let cells: Vec<String> = names.iter().map(|name| folded(name.as_ref())).collect();
        let has_title = cells.iter().any(|cell| TITLES.contains(&&**cell));
        let ord = cells.iter().position(|cell| cell == WEAK_TEXT);
        let is_column = |ord: &usize| {
            let cells = below.iter().filter_map(|row| row.as_ref().get(*ord));
            let cells: Vec<&String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
            // Some cells of a column of texts may be short (`略`), but not most.
            let n_texts = cells.iter().filter(|cell| is_text(cell)).count();
            n_texts > 0 && n_texts * 2 >= cells.len()
        };
        let ord = ord.filter(|ord| has_title && is_column(ord));
        columns.0.extend(ord.map(|ord| (Field::Text, ord)));
        columns
    }

    /// Whether there is a text column.
    pub(super) fn has_text(&self) -> bool {
        self.0.contains_key(&Field::Text)
    }
}

fn named(cells: &[String], names: &Names) -> Option<usize> {
    let by_name = |name: &&str| cells.iter().position(|cell| cell == name);
    let by_ending = || {
        let ends = |cell: &String| names.endings.iter().any(|ending| cell.ends_with(ending));
        let mut ords = (0..cells.len()).filter(|&ord| ends(&cells[ord]));
        // An ending that two names share decides nothing.
        ords.next().filter(|_| ords.next().is_none())
    };
    // `title` is preferred to `headline`, and both to an ending: `副标题` ends like a title.
    let mut exact = names.own.iter().chain(names.synonyms);
    exact.find_map(by_name).or_else(by_ending)
}

/// A record: named cells in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    names: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    /// A row of `(name, text)` cells.
    pub(super) fn new(cells: impl Iterator<Item = (String, String)>) -> Self {
        let (names, cells) = cells.unzip();
        Self { names, cells }
    }

    /// The names of the cells.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells.
    pub(super) fn cells(&self) -> &[String] {
        &self.cells
    }

    /// The document of the row whose fields are `columns`, with its key from `keys`. Cells that are not a
    /// field follow the text, and so do date, kind, issuer and address as metadata, each as `name：cell`.
    /// Without a text field, all named cells are the text, one on each line.
    pub(super) fn into_raw(mut self, columns: &Columns, file_stem: &str, keys: &mut Keys) -> Raw {
        let text = if columns.has_text() {
            self.take(columns, Field::Text).unwrap_or_default()
        } else {
            self.all_cells()
        };
        let mut lines = line_ends::split(&text);
        let mut n_read = n_visible(&text);
        // Taken before the other cells are written: id and title are not repeated among them.
        let id = self.take(columns, Field::Id);
        let title = self.take(columns, Field::Title);
        if columns.has_text() {
            n_read += self.add_fields(columns, &mut lines);
        }
        let (key, warning) = keys.next_key(id);
        Raw {
            n_read: Some(n_read),
            key: Some(key),
            given: SourceMetadata {
                title,
                date: self.take(columns, Field::Date).map(day_of_serial),
                kind: self.take(columns, Field::Kind),
                issuer: self.take(columns, Field::Issuer),
                url: self.take(columns, Field::Url),
                property_title: None,
                file_stem: file_stem.to_owned(),
                is_record: true,
            },
            lines,
            warnings: warning.into_iter().collect(),
            ..Raw::default()
        }
    }

    /// Adds the remaining cells as lines, those of known fields as metadata; returns the number of their
    /// visible characters.
    fn add_fields(&self, columns: &Columns, lines: &mut Vec<Line>) -> u64 {
        let mut n_read = 0;
        let mut number = lines.last().map_or(0, |line| line.number);
        for (ord, (name, cell)) in self.names.iter().zip(&self.cells).enumerate() {
            if cell.trim().is_empty() {
                continue;
            }
            let name = name.trim();
            let colon = if name.is_empty() { "" } else { "：" };
            let is_field = columns.0.values().any(|&field| field == ord);
            // Fields are in the document's metadata already; other columns are content.
            let style = match is_field {
                true => Style::Boilerplate(Reason::Metadata),
                false => Style::Row(document::Row {
                    table: 1,
                    is_header: false,
                }),
            };
            number = number.saturating_add(1);
            n_read += n_visible(name) + n_visible(cell) + n_visible(colon);
            // One line, so that each cell is one row whatever breaks it contains.
            lines.push(Line {
                number,
                text: format!("{}{colon}{}", one_line(name), one_line(cell.trim())),
                style,
            });
        }
        n_read
    }

    /// The trimmed text of a field's cell, which is left empty; `None` without one or if it is blank.
    fn take(&mut self, columns: &Columns, field: Field) -> Option<String> {
        let cell = std::mem::take(self.cells.get_mut(*columns.0.get(&field)?)?);
        // The text keeps its blanks: an indent marks its first paragraph.
        if field == Field::Text {
            return Some(cell);
        }
        let cell = cell.trim();
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    fn all_cells(&self) -> String {
        let cells = self
            .names
            .iter()
            .zip(&self.cells)
            .filter(|(_, cell)| !cell.trim().is_empty());
        let lines: Vec<String> = cells
            .map(|(name, cell)| format!("{name}\t{cell}"))
            .collect();
        lines.join("\n")
    }
}

/// Day numbers that a sheet shows where a cell has lost its format: from 1954 to 2064.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=60_000;

/// A date as given, or the day of a sheet's number: `44567` is `2022-01-06`.
fn day_of_serial(date: String) -> String {
    // Years (`2023`) and compact dates (`20230106`) are outside the range.
    let serial: Option<u32> = date.parse().ok().filter(|serial| SERIALS.contains(serial));
    serial.and_then(iso_day).unwrap_or(date)
}

/// Keys assigned so far, so that none is assigned twice.
#[derive(Debug, Default)]
pub(super) struct Keys {
    n_records: usize,
    seen: HashSet<String>,
}

impl Keys {
    /// A key that is neither a number nor a record's, for content outside the records: `name`, with a suffix
    /// if necessary.
    pub(super) fn named(&mut self, name: &str) -> String {
        let mut key = name.to_owned();
        // Keys become part of ids, which are printed and typed.
        key.retain(|ch| !ch.is_control());
        while !self.seen.insert(key.clone()) {
            key.push('*');
        }
        key
    }

    /// The key of the next record: its own id, else its 1-based number; a repeated id gets the number
    /// appended, with a warning.
    pub(super) fn next_key(&mut self, id: Option<String>) -> (String, Option<Warning>) {
        self.n_records += 1;
        let mut key = id.clone().unwrap_or_else(|| self.n_records.to_string());
        // Keys become part of ids, which are printed and typed.
        key.retain(|ch| !ch.is_control());
        let mut warning = None;
        // The number is appended until no other record has this very id.
        while !self.seen.insert(key.clone()) {
            warning = Some(Warning::RepeatedId(key.clone()));
            key = format!("{key}#{}", self.n_records);
        }
        (key, warning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], map: &str, expected: &[(Field, usize)]) {
        let map = map.parse().expect("a valid map");
        let columns = Columns::find(names, &map);
        assert_eq!(columns.0.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn fields_by_name() {
        use Field::*;
        check(
            &["_id", "Title", " ＴＥＸＴ "],
            "",
            &[(Id, 0), (Title, 1), (Text, 2)],
        );
        check(
            &["发布时间", "日期", "正文", "text"],
            "",
            &[(Text, 3), (Date, 1)],
        );
        check(
            &["title", "source_url", "publish_date", "full_text"],
            "",
            &[(Title, 0), (Text, 3), (Date, 2), (Url, 1)],
        );
        check(
            &[
                "No.",
                "Release Time",
                "Release Department",
                "Policy Title",
                "Policy Content",
            ],
            "",
            &[(Title, 3), (Text, 4), (Date, 1), (Issuer, 2)],
        );
        check(&["前言内容", "后记内容"], "", &[]);
        check(&["序号", "工作内容"], "", &[]);
        check(&["标题", "内容"], "", &[(Title, 0)]);
        check(
            &["text", "全 文", "甲"],
            "text=全文,标题=甲",
            &[(Title, 2), (Text, 1)],
        );
        check(&["text"], "text=body", &[]);
    }

    #[test]
    fn a_column_of_contents_is_text_by_evidence() {
        let of_rows = |names: &[&str], cells: &[&str]| {
            let row = |cell: &&str| vec!["甲".to_owned(), (*cell).to_owned()];
            let below: Vec<Vec<String>> = cells.iter().map(row).collect();
            Columns::of_table(names, &below, &FieldMap::default()).has_text()
        };
        let has_text = |names: &[&str], cell: &str| of_rows(names, &[cell]);
        let long = "园区平稳。".repeat(30);
        assert!(has_text(&["标题", "内容"], &long));
        assert!(has_text(&["标题", "内容"], "一、概况\n二、打算"));
        assert!(!has_text(&["标题", "内容"], "推进改造"));
        assert!(!has_text(&["序号", "内容"], &long));
        assert!(!has_text(&["标题", "主要内容"], &long));
        assert!(of_rows(&["标题", "内容"], &["", &long]));
        assert!(of_rows(&["标题", "内容"], &["略", &long]));
        assert!(!of_rows(&["标题", "内容"], &["修路", "架桥", &long]));
        assert!(!of_rows(&["标题", "内容"], &["", " "]));
    }

    #[test]
    fn all_cells_of_a_record_are_kept() {
        let names = ["标题", "正文", "发布日期", "责任单位", ""];
        let cells = [
            "通报",
            "一、概况。\n二、打算。",
            "44567",
            "住建局\n园林局",
            "急",
        ];
        let owned = |texts: [&str; 5]| texts.map(str::to_owned).into_iter();
        let row = Row::new(owned(names).zip(owned(cells)));
        let columns = Columns::find(row.names(), &FieldMap::default());
        let raw = row.into_raw(&columns, "表", &mut Keys::default());
        let lines: Vec<_> = raw
            .lines
            .iter()
            .map(|line| (line.number, &*line.text))
            .collect();
        assert_eq!(
            lines,
            [
                (1, "一、概况。"),
                (2, "二、打算。"),
                (3, "发布日期：44567"),
                (4, "责任单位：住建局 园林局"),
                (5, "急"),
            ]
        );
        assert_eq!(raw.lines[2].style, Style::Boilerplate(Reason::Metadata));
        assert!(matches!(raw.lines[3].style, Style::Row(_)));
        assert_eq!(raw.given.date.as_deref(), Some("2022-01-06"));
        let n_kept: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
        assert_eq!(raw.n_read, Some(n_kept));
    }

    #[test]
    fn a_bad_map_is_an_error() {
        let error = |text: &str| text.parse::<FieldMap>().expect_err("an error").to_string();
        assert_eq!(
            error("text"),
            "\"text\" is not of the form field=column, as in text=full_text,title=标题"
        );
        assert_eq!(
            error("words=a"),
            "\"words\" is no field; the fields are id, title, text, date, kind, issuer, url"
        );
    }

    #[test]
    fn keys_are_unique() {
        let mut keys = Keys::default();
        let mut next = |id: Option<&str>| keys.next_key(id.map(str::to_owned));
        assert_eq!(next(Some("2")), ("2".to_owned(), None));
        assert_eq!(
            next(None),
            ("2#2".to_owned(), Some(Warning::RepeatedId("2".to_owned())))
        );
        assert_eq!(next(None), ("3".to_owned(), None));
    }
}
