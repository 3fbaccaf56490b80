//! Documents counted by collection, 文种, issuer or year.

use std::collections::BTreeMap;
use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;
use xunzhang::index::DocumentRecord;

use crate::cli::messages::Lang;
use crate::cli::output::columns::{grouped, of_table};
use crate::cli::output::csv::{Separator, write_row};
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::output::{Format, json_line};
use crate::cli::session::Session;
use crate::cli::terminal::printable;

/// What documents are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Collection,
    Kind,
    Issuer,
    Year,
}

/// The documents that share a value.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Group {
    /// The value; `None` for those without.
    key: Option<String>,
    documents: u64,
    passages: u64,
    characters: u64,
}

/// Documents in groups.
pub(super) struct Breakdown {
    by: By,
    groups: Vec<Group>,
}

/// The groups as JSON.
#[derive(Serialize)]
struct Groups<'a> {
    total: u64,
    groups: &'a [Group],
}

impl Group {
    /// The value with its number of documents: `省 31`.
    pub(super) fn named(&self) -> String {
        let key = self.key.as_deref().unwrap_or_default();
        format!("{} {}", printable(key), grouped(self.documents))
    }
}

impl By {
    fn key(self, document: &DocumentRecord) -> Option<String> {
        match self {
            Self::Collection => Some(document.collection.clone()),
            Self::Kind => document.kind.clone(),
            Self::Issuer => document.issuer.clone(),
            Self::Year => document.date.map(|date| date.year.to_string()),
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Collection => lang.text("table-collection"),
            Self::Kind => lang.text("table-kind"),
            Self::Issuer => lang.text("table-issuer"),
            Self::Year => lang.text("filter-year"),
        }
    }
}

/// The groups: years in order, else the largest first; documents without a value are last.
pub(super) fn groups(documents: &[DocumentRecord], by: By) -> Vec<Group> {
    let mut groups: BTreeMap<Option<String>, Group> = BTreeMap::new();
    for document in documents {
        let key = by.key(document);
        let group = groups.entry(key.clone()).or_default();
        group.key = key;
        group.documents += 1;
        group.passages += u64::from(document.passages);
        // Of passages alone, as everywhere: boilerplate is not text of a report.
        group.characters += document.characters.passages;
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    // Years are read as a series; of names the large ones are looked for. Equal ones stay in order of their names.
    match by {
        By::Year => groups.sort_by_key(|group| group.key.is_none()),
        _ => groups.sort_by_key(|group| (group.key.is_none(), std::cmp::Reverse(group.documents))),
    }
    groups
}

impl Breakdown {
    /// Counts the documents.
    pub(super) fn new(documents: &[DocumentRecord], by: By) -> Self {
        let groups = groups(documents, by);
        Self { by, groups }
    }

    /// Prints the groups.
    pub(super) fn print(
        &self,
        format: Format,
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let Self { by, ref groups } = *self;
        match format {
            Format::Json => {
                let total = groups.iter().map(|group| group.documents).sum();
                write!(out, "{}", json_line(&Groups { total, groups })?)?;
            }
            Format::Jsonl => {
                for group in groups {
                    write!(out, "{}", json_line(group)?)?;
                }
            }
            Format::Csv => write_csv(groups, by, out)?,
            _ if groups.is_empty() => {}
            _ => {
                let table = table(groups, by, session.lang);
                let columns: Vec<usize> = (0..table.header.len()).collect();
                for line in of_table(&table, &columns, session.table_width(), session.paint) {
                    writeln!(out, "{line}")?;
                }
            }
        }
        Ok(())
    }
}

fn write_csv(groups: &[Group], by: By, out: &mut dyn Write) -> std::io::Result<()> {
    // The names of the flag's values: columns of CSV are the same in every language.
    let name = by.to_possible_value();
    let name = name.map_or_else(String::new, |value| value.get_name().to_owned());
    let header = [&name, "documents", "passages", "characters"].map(str::to_owned);
    write_row(out, Separator::Comma, &header)?;
    for group in groups {
        let numbers = [group.documents, group.passages, group.characters];
        let key = group.key.clone().unwrap_or_default();
        let cells: Vec<String> = [key]
            .into_iter()
            .chain(numbers.map(|n| n.to_string()))
            .collect();
        write_row(out, Separator::Comma, &cells)?;
    }
    Ok(())
}

fn table(groups: &[Group], by: By, lang: Lang) -> Table<'static> {
    let names = ["table-documents", "table-passages", "table-characters"];
    let names = names.map(|key| lang.text(key));
    let header = [by.name(lang)].into_iter().chain(names);
    let header = header.map(str::to_owned).collect();
    let rows = groups.iter().map(|group| {
        let none = || lang.text("value-no").to_owned();
        vec![
            Cell::Text(group.key.clone().unwrap_or_else(none)),
            Cell::Count(group.documents),
            Cell::Count(group.passages),
            Cell::Count(group.characters),
        ]
    });
    let layout = Layout::Lines { names: 1 };
    Table::new("documents", by.name(lang), layout, header).with(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(collection: &str, kind: Option<&str>, year: Option<u16>) -> DocumentRecord {
        DocumentRecord {
            id: String::new(),
            title: String::new(),
            date: year.and_then(|year| xunzhang::document::Date::new(year, None, None)),
            date_source: None,
            adopted: None,
            kind: kind.map(str::to_owned),
            issuer: None,
            collection: collection.to_owned(),
            url: None,
            passages: 2,
            characters: xunzhang::document::Characters {
                read: 130,
                passages: 100,
                boilerplate: 30,
            },
            ocr: false,
            ocr_passages: 0,
            is_record: false,
        }
    }

    fn keys(documents: &[DocumentRecord], by: By) -> Vec<(Option<String>, u64)> {
        let groups = groups(documents, by).into_iter();
        groups.map(|group| (group.key, group.documents)).collect()
    }

    #[test]
    fn years_are_a_series_and_names_a_ranking() {
        let documents = [
            document("乙", Some("总结"), Some(2010)),
            document("甲", None, Some(2009)),
            document("乙", Some("通知"), None),
            document("丙", Some("总结"), Some(2010)),
            document("甲", None, None),
            document("乙", None, Some(2012)),
        ];
        let some = |key: &str, n| (Some(key.to_owned()), n);
        assert_eq!(
            keys(&documents, By::Year),
            [some("2009", 1), some("2010", 2), some("2012", 1), (None, 2)]
        );
        // Those without a value are last, however many they are.
        assert_eq!(
            keys(&documents, By::Kind),
            [some("总结", 2), some("通知", 1), (None, 3)]
        );
        assert_eq!(
            keys(&documents, By::Collection),
            [some("乙", 3), some("甲", 2), some("丙", 1)]
        );
        assert_eq!(keys(&[], By::Issuer), []);
    }

    #[test]
    fn boilerplate_is_not_counted() {
        let documents = [document("甲", None, None), document("甲", None, None)];
        let group = groups(&documents, By::Collection).remove(0);
        assert_eq!(
            (group.documents, group.passages, group.characters),
            (2, 4, 200)
        );
    }

    #[test]
    fn programs_get_the_same_names_in_every_language() {
        let group = |key: Option<&str>, documents| Group {
            key: key.map(str::to_owned),
            documents,
            passages: 2 * documents,
            characters: 1_000,
        };
        let mut out = Vec::new();
        write_csv(
            &[group(Some("=2009"), 1_234), group(None, 1)],
            By::Year,
            &mut out,
        )
        .expect("written");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(
            text,
            "year,documents,passages,characters\n'=2009,1234,2468,1000\n,1,2,1000\n"
        );
        assert_eq!(group(Some("省\u{1b}"), 1_234).named(), "省  1,234");
    }

    #[test]
    fn documents_without_a_value_have_a_name_for_people() {
        let groups = groups(&[document("甲", None, None)], By::Kind);
        for lang in [Lang::Zh, Lang::En] {
            let table = table(&groups, By::Kind, lang);
            let first = table.rows().next().map(|row| row[0].clone());
            assert_eq!(first, Some(Cell::text(lang.text("value-no"))));
        }
    }
}
