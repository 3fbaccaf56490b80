//! Tables as an Excel workbook: a sheet for each table, charts and colours on top of plain numbers and dates.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use xunzhang::source::mark::GENERATOR;

use super::chart_sheet;
use super::sheet_part::{Formats, Slice, slices};
use super::sheet_rows::{self, LargeSheet};
use crate::cli::messages::Lang;
use crate::cli::output::error::Error;
use crate::cli::output::table::Table;

/// The workbook's bytes. Lines and columns over Excel's limits go on on further sheets, a longer text is cut with an
/// `…`, and text is never a formula. The same tables give the same bytes.
///
/// # Errors
/// [`Error::Workbook`] if the library refuses.
pub(crate) fn workbook<'a, 't: 'a>(
    tables: impl IntoIterator<Item = &'a Table<'t>>,
    lang: Lang,
) -> Result<Vec<u8>, Error> {
    write(tables, lang).map_err(Error::Workbook)
}

/// An empty workbook that names us as its author, by which it is known again ([`xunzhang::source::mark`]).
///
/// # Errors
/// None in practice; the library checks the date.
fn empty() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // The clock would make every workbook another one.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_author(GENERATOR)
        .set_creation_datetime(&fixed);
    book.set_properties(&properties);
    Ok(book)
}

fn write<'a, 't: 'a>(
    tables: impl IntoIterator<Item = &'a Table<'t>>,
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = empty()?;
    let formats = Formats::new();
    let mut large = Vec::new();
    let mut n_sheets = 0;
    // All slices first: the charts come right after the first sheet, and are made of later ones.
    let slices: Vec<Slice> = tables.into_iter().flat_map(slices).collect();
    let charts = chart_sheet::charts(&slices, lang);
    for slice in slices {
        n_sheets += 1;
        let sheet = book.add_worksheet();
        slice.write(sheet, &formats, lang)?;
        if slice.is_large() {
            let number = n_sheets;
            large.push(LargeSheet { number, slice });
        }
        if n_sheets == 1 && !charts.is_empty() {
            // This sheet takes a number too, and the parts of the archive are named by their numbers.
            n_sheets += 1;
            chart_sheet::write(book.add_worksheet(), &charts, lang)?;
        }
    }
    let bytes = book.save_to_buffer()?;
    match large.is_empty() {
        true => Ok(bytes),
        false => sheet_rows::fill(&bytes, &large),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use xunzhang::document::Date;

    use super::super::sheet_part::MAX_ROWS;
    use super::*;
    use crate::cli::output::table::{Cell, Layout};

    const LINES: Layout = Layout::Lines { names: 2 };

    fn table(name: &str, layout: Layout, rows: Vec<Vec<Cell>>) -> Table<'static> {
        let n = rows.first().map_or(1, Vec::len);
        let header = (0..n).map(|column| format!("列{column}")).collect();
        Table::new("a", name, layout, header).with(rows)
    }

    fn book(tables: &[Table]) -> Xlsx<Cursor<Vec<u8>>> {
        let bytes = workbook(tables, Lang::Zh).expect("a workbook");
        Xlsx::new(Cursor::new(bytes)).expect("a readable workbook")
    }

    #[test]
    fn cells_are_what_they_are() {
        let date = Date::new(2009, Some(8), Some(20)).expect("a date");
        let vague = Date::new(2009, None, None).expect("a date");
        let row = vec![
            Cell::Text("=1+1".into()),
            Cell::Count(7),
            Cell::Share(0.5),
            Cell::Date(date),
            Cell::Date(vague),
            Cell::Text("长".repeat(40_000)),
        ];
        let mut book = book(&[table("汇总", LINES, vec![row])]);
        let sheet = book.worksheet_range("汇总").expect("the sheet");
        let cells: Vec<&Data> = sheet.rows().nth(1).expect("a row").iter().collect();
        assert_eq!(cells[0], &Data::String("=1+1".into()));
        assert_eq!((cells[1], cells[2]), (&Data::Float(7.0), &Data::Float(0.5)));
        assert!(matches!(cells[3], Data::DateTime(date) if date.to_ymd_hms_milli().0 == 2009));
        assert_eq!(cells[4], &Data::String("2009".into()));
        let Data::String(long) = cells[5] else {
            panic!("{:?}", cells[5]);
        };
        assert_eq!(
            (long.chars().count(), long.chars().last()),
            (32_767, Some('…'))
        );
        let formulas = book.worksheet_formula("汇总").expect("formulas");
        assert!(formulas.used_cells().next().is_none());
    }

    #[test]
    fn lines_over_the_limit_go_on_on_a_further_sheet() {
        let rows = (0..MAX_ROWS as u64 + 2)
            .map(|row| vec![Cell::Count(row)])
            .collect();
        let mut book = book(&[table("按文档", Layout::Matrix, rows)]);
        assert_eq!(book.sheet_names(), ["按文档", "按文档 (2)"]);
        let more = book.worksheet_range("按文档 (2)").expect("the sheet");
        let first: Vec<&Data> = more.rows().filter_map(|row| row.first()).collect();
        assert_eq!(
            first[1..],
            [
                &Data::Float(MAX_ROWS as f64),
                &Data::Float(MAX_ROWS as f64 + 1.0)
            ]
        );
    }

    #[test]
    fn the_same_tables_give_the_same_bytes() {
        let tables = [table(
            "共现",
            Layout::Pairs,
            vec![vec![Cell::Text("甲".into()), Cell::Count(1)]],
        )];
        assert_eq!(
            workbook(&tables, Lang::En).expect("a workbook"),
            workbook(&tables, Lang::En).expect("a workbook")
        );
    }
}
