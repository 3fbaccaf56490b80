//! Records: rows and objects whose named cells tell title, text, date and so on of a document.
//!
//! A cell belongs to a field by its name: as `--map` says, else by the field's own names, else by a usual synonym, else by how
//! the name ends, if just one name ends so (`Policy Content`, `source_url`). Names are compared without regard to
//! width, case, blanks, `_` and `-`.

use std::collections::{BTreeMap, HashSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::clean::line_ends;
use super::formats::Raw;
use crate::document::{Given, Warning};
use crate::text::normalize::normalize;

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// What tells the record from others.
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
    /// Where it was found.
    Url,
}

/// A field, its own names, usual synonyms, and how its names end.
struct Names {
    field: Field,
    own: &'static [&'static str],
    synonyms: &'static [&'static str],
    endings: &'static [&'static str],
}

/// The names of all fields, normalized; earlier ones are taken before later ones.
const NAMES: [Names; 7] = [
    Names {
        field: Field::Id,
        own: &["id"],
        synonyms: &[],
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
        synonyms: &["fulltext", "body", "全文", "内容", "正文内容", "文本"],
        endings: &["content", "fulltext", "正文", "全文", "内容"],
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

/// Which cell is which field, where the user says so: `text=full_text,title=标题`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMap(BTreeMap<Field, String>);

/// Why a field map cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldMapError {
    /// A part without `=`, or with nothing on one side of it.
    #[error("{0:?} is not of the form field=column, as in text=full_text,title=标题")]
    NotAPair(String),
    /// A name that is no field.
    #[error("{0:?} is no field; the fields are id, title, text, date, kind, issuer, url")]
    UnknownField(String),
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut map = BTreeMap::new();
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

/// A name as it is compared.
fn folded(name: &str) -> String {
    let mut name = normalize(name);
    name.retain(|ch| !ch.is_whitespace() && !matches!(ch, '_' | '-' | '\u{feff}'));
    name
}

/// Which cell of a row belongs to which field, as ordinals of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns(BTreeMap<Field, usize>);

impl Columns {
    /// Finds the fields among the `names` of cells.
    pub(super) fn find<S: AsRef<str>>(names: &[S], map: &FieldMap) -> Self {
        let cells: Vec<String> = names.iter().map(|name| folded(name.as_ref())).collect();
        let columns = NAMES.iter().filter_map(|names| {
            let ord = match map.0.get(&names.field) {
                Some(wanted) => cells.iter().position(|cell| cell == wanted),
                None => named(&cells, names),
            };
            Some((names.field, ord?))
        });
        Self(columns.collect())
    }

    /// Whether there is a text.
    pub(super) fn has_text(&self) -> bool {
        self.0.contains_key(&Field::Text)
    }
}

fn named(cells: &[String], names: &Names) -> Option<usize> {
    let by_name = |name: &&str| cells.iter().position(|cell| cell == name);
    let by_ending = || {
        let ends = |cell: &String| names.endings.iter().any(|ending| cell.ends_with(ending));
        let mut ords = (0..cells.len()).filter(|&ord| ends(&cells[ord]));
        ords.next().filter(|_| ords.next().is_none())
    };
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

    /// The document of the row whose fields are `columns`, its key taken from `keys`. Without a text field, all named cells are its
    /// text, one a line.
    pub(super) fn into_raw(mut self, columns: &Columns, file_stem: &str, keys: &mut Keys) -> Raw {
        let text = if columns.has_text() {
            self.take(columns, Field::Text).unwrap_or_default()
        } else {
            self.all_cells()
        };
        let id = self.take(columns, Field::Id);
        let (key, warning) = keys.next_key(id);
        Raw {
            n_read: None,
            key: Some(key),
            given: Given {
                title: self.take(columns, Field::Title),
                date: self.take(columns, Field::Date),
                kind: self.take(columns, Field::Kind),
                issuer: self.take(columns, Field::Issuer),
                url: self.take(columns, Field::Url),
                file_stem: file_stem.to_owned(),
                property_title: None,
                is_record: true,
            },
            lines: line_ends::split(&text),
            warnings: warning.into_iter().collect(),
        }
    }

    /// The trimmed text of a field's cell, which is left empty; `None` without one or if it is blank.
    fn take(&mut self, columns: &Columns, field: Field) -> Option<String> {
        let cell = std::mem::take(self.cells.get_mut(*columns.0.get(&field)?)?);
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

/// Keys given out so far, so that none is given twice.
#[derive(Debug, Default)]
pub(super) struct Keys {
    n_records: usize,
    seen: HashSet<String>,
}

impl Keys {
    /// The key of the next record: its own id, else its 1-based number; a repeated id gets the number added, with a warning.
    pub(super) fn next_key(&mut self, id: Option<String>) -> (String, Option<Warning>) {
        self.n_records += 1;
        let mut key = id.clone().unwrap_or_else(|| self.n_records.to_string());
        key.retain(|ch| !ch.is_control());
        let mut warning = None;
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
        check(
            &["text", "全 文", "甲"],
            "text=全文,标题=甲",
            &[(Title, 2), (Text, 1)],
        );
        check(&["text"], "text=body", &[]);
    }

    #[test]
    fn a_bad_map_is_told() {
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
