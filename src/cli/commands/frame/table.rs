//! Fillers as rows for a spreadsheet.

use clap::ValueEnum;
use xunzhang::precedent::{Frame, Row};

use crate::cli::messages::Lang;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::wording::path;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Year,
}

/// The years of a table's rows in order; empty if they are not asked for.
pub(super) fn years(rows: &[Row], by: Option<By>) -> Vec<String> {
    let mut years: Vec<String> = rows
        .iter()
        .flat_map(|row| row.years.keys().cloned())
        .collect();
    years.sort();
    years.dedup();
    if by.is_some() { years } else { Vec::new() }
}

/// Columns after the fillers and before the years.
// Never translated: scripts select columns by these names, in CSV as in a workbook.
const COLUMNS: [&str; 10] = [
    "occurrences",
    "documents",
    "first",
    "last",
    "example",
    "document",
    "title",
    "date",
    "section",
    "line",
];

/// A table for the tuples, and with several slots one for each.
pub(super) fn tables(frame: &Frame, by: Option<By>, lang: Lang) -> Vec<Table<'static>> {
    let slots = (1..).zip(&frame.slots).map(|(ord, rows)| {
        let name = format!("{} {ord}", lang.text("frame-slot-column"));
        table("slot", &name, rows, by)
    });
    let fillers = table("fillers", lang.text("frame-fillers"), &frame.rows, by);
    std::iter::once(fillers).chain(slots).collect()
}

fn table(key: &'static str, name: &str, rows: &[Row], by: Option<By>) -> Table<'static> {
    // A table without rows has a header all the same.
    let n_slots = rows.first().map_or(1, |row| row.fillers.len());
    let years = years(rows, by);
    let layout = Layout::Lines {
        // The fillers stay in sight when the sheet is scrolled to the years.
        names: n_slots as u16,
    };
    let cells = rows.iter().map(|row| cells(row, &years)).collect();
    Table::new(key, name, layout, names(n_slots, &years)).with(cells)
}

fn names(n_slots: usize, years: &[String]) -> Vec<String> {
    let fillers = (1..=n_slots).map(|slot| {
        if n_slots == 1 {
            "filler".to_owned()
        } else {
            format!("filler {slot}")
        }
    });
    let fixed = COLUMNS.iter().map(|name| (*name).to_owned());
    fillers.chain(fixed).chain(years.iter().cloned()).collect()
}

/// A row: the fillers, the cells of [`COLUMNS`], the occurrences of each year.
fn cells(row: &Row, years: &[String]) -> Vec<Cell> {
    // As text: a spreadsheet would print the number as 2,005.
    let year = |year: Option<u16>| year.map_or(Cell::Empty, |year| Cell::Text(year.to_string()));
    let source = &row.example.source;
    let mut out: Vec<Cell> = row
        .fillers
        .iter()
        .map(|filler| Cell::text(filler))
        .collect();
    out.extend([
        Cell::Count(row.occurrences),
        Cell::Count(row.documents),
        year(row.first),
        year(row.last),
        Cell::text(&row.example.text),
        Cell::text(&source.document.id),
        Cell::text(&source.document.title),
        Cell::date(source.document.date),
        Cell::text(&path(source)),
        Cell::Count(source.passage.line.into()),
    ]);
    // Each of these years has some occurrence of the pattern, so that a zero is a finding.
    let of_year = |year| Cell::Count(row.years.get(year).copied().unwrap_or(0));
    out.extend(years.iter().map(of_year));
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use xunzhang::precedent::{Example, Source, SourcePassage};
    use xunzhang::search::DocumentRef;

    use super::*;

    fn row(fillers: &[&str], years: &[(&str, u64)]) -> Row {
        let document = DocumentRef {
            id: "甲.txt".to_owned(),
            title: "总结".to_owned(),
            date: None,
            date_source: None,
            kind: None,
            issuer: None,
            collection: String::new(),
            url: None,
            ocr: false,
            ocr_passages: 0,
        };
        Row {
            fillers: fillers.iter().map(|&filler| filler.to_owned()).collect(),
            occurrences: 3,
            documents: 2,
            first: Some(2005),
            last: None,
            years: years
                .iter()
                .map(|&(year, n)| (year.to_owned(), n))
                .collect::<BTreeMap<_, _>>(),
            example: Example {
                text: "修好水渠".to_owned(),
                source: Source {
                    document,
                    section: Vec::new(),
                    place: String::new(),
                    passage: SourcePassage { number: 1, line: 7 },
                    span: (0, 4),
                },
            },
        }
    }

    fn frame(rows: Vec<Row>, slots: Vec<Vec<Row>>) -> Frame {
        Frame {
            pattern: "修*渠".to_owned(),
            matches: 3,
            documents: 2,
            rows,
            slots,
        }
    }

    #[test]
    fn years_are_columns_only_where_they_are_requested() {
        let rows = [
            row(&["好"], &[("2009", 1), ("2005", 2)]),
            row(&["通"], &[("2007", 1), ("2005", 1)]),
        ];
        assert_eq!(years(&rows, Some(By::Year)), ["2005", "2007", "2009"]);
        assert_eq!(years(&rows, None), [""; 0]);
        let table = table("fillers", "填充", &rows, Some(By::Year));
        let counts: Vec<Vec<Cell>> = table.rows().map(|row| row[11..].to_vec()).collect();
        // A year without an occurrence of this filler is a zero and no gap.
        assert_eq!(
            counts,
            [[2, 0, 1].map(Cell::Count), [1, 1, 0].map(Cell::Count)]
        );
    }

    #[test]
    fn every_row_is_as_long_as_its_header() {
        let one = vec![row(&["好"], &[("2005", 1)])];
        let two = vec![row(&["好", ""], &[("2005", 1)])];
        for rows in [Vec::new(), one, two] {
            for by in [None, Some(By::Year)] {
                let table = table("fillers", "填充", &rows, by);
                assert!(table.rows().all(|row| row.len() == table.header.len()));
                let names = rows.first().map_or(1, |row| row.fillers.len());
                assert_eq!(
                    table.layout,
                    Layout::Lines {
                        names: names as u16
                    }
                );
            }
        }
    }

    #[test]
    fn several_gaps_have_a_column_and_a_table_each() {
        assert_eq!(names(1, &[])[0], "filler");
        assert_eq!(names(2, &[])[..3], ["filler 1", "filler 2", "occurrences"]);
        let rows = || vec![row(&["好", "大"], &[])];
        let all = tables(&frame(rows(), vec![rows(), rows()]), None, Lang::Zh);
        assert_eq!(all.len(), 3);
        let mut names: Vec<&String> = all.iter().map(|table| &table.name).collect();
        names.dedup();
        assert_eq!(names.len(), 3, "{names:?}");
    }

    #[test]
    fn a_year_is_text_and_a_missing_one_is_empty() {
        let cells = cells(&row(&[""], &[]), &[]);
        assert_eq!(cells[0], Cell::Empty);
        assert_eq!(cells[3], Cell::text("2005"));
        assert_eq!(cells[4], Cell::Empty);
        assert_eq!(cells[10], Cell::Count(7));
    }
}
