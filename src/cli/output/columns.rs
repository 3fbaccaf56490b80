//! Tables as text, whose columns line up whatever script their cells are in.

use indicatif::HumanCount;

use super::table::{Cell, Table};
use crate::cli::paint::{Ink, Paint};
use crate::cli::terminal::{pad, pad_left, printable, truncate, width};

/// To which side of its column a cell is pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Widest cell of a table in a terminal: with twenty Han characters the numbers still fit beside them.
const WIDEST: usize = 40;

/// The fewest cells of a column of words beside others.
// Eight Han characters, by which most words can still be distinguished.
const NARROWEST: usize = 16;

/// Some columns of a table under their names, in lines of at most `cells`; numbers are at the right of theirs, in groups of
/// three digits. Words are cut first, then columns are left out from the right; [`NOT_SHOWN`] closes the names then.
pub(crate) fn of_table(
    table: &Table,
    columns: &[usize],
    cells: usize,
    paint: Paint,
) -> Vec<String> {
    let mut is_number = vec![false; columns.len()];
    let mut rows = vec![
        columns
            .iter()
            .map(|&ord| table.header[ord].clone())
            .collect::<Vec<_>>(),
    ];
    for row in table.rows() {
        let cells = columns.iter().map(|&ord| &row[ord]);
        let seen = is_number.iter_mut().zip(cells.clone());
        // One number is enough: the other cells of its column may be empty or gaps.
        seen.for_each(|(is_number, cell)| *is_number |= cell.is_number());
        rows.push(cells.map(in_terminal).collect());
    }
    let side = |is_number: &bool| if *is_number { Side::Right } else { Side::Left };
    let mut sides: Vec<Side> = is_number.iter().map(side).collect();
    fit(&mut sides, &mut rows, cells);
    let mut lines = aligned(&sides, &rows);
    lines[0] = paint.ink(Ink::Title, &lines[0]);
    lines
}

/// After the names of columns: others did not fit.
const NOT_SHOWN: &str = "…";

/// Cuts columns of words to what can still be distinguished, then leaves columns out from the right, and cuts further only if the
/// first column alone is too wide; it gets the width that is left.
fn fit(sides: &mut Vec<Side>, rows: &mut [Vec<String>], cells: usize) {
    let total =
        |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    let mut widths = widths(sides.len(), rows);
    let wanted = widths.first().copied().unwrap_or(0);
    while total(&widths) > cells {
        let words = sides.iter().zip(&mut widths);
        // Numbers are never cut: a part of a number is another number.
        let words = words.filter(|(side, width)| **side == Side::Left && **width > NARROWEST);
        let Some(widest) = words.map(|(_, width)| width).max() else {
            break;
        };
        // One cell at a time from the widest, so that in the end all are cut alike.
        *widest -= 1;
    }
    let all = widths.len();
    // What is left out is marked, after two blanks.
    let mark = |n: usize| if n < all { 2 + width(NOT_SHOWN) } else { 0 };
    // The first column names the row, and what is at the right is detail.
    while widths.len() > 1 && total(&widths) + mark(widths.len()) > cells {
        widths.pop();
    }
    let taken = total(&widths) + mark(widths.len());
    if let Some(first) = widths.first_mut() {
        *first = (*first + cells.saturating_sub(taken))
            .min(wanted)
            .min(cells);
    }
    sides.truncate(widths.len());
    for row in rows.iter_mut() {
        row.truncate(widths.len());
        for (cell, &width) in row.iter_mut().zip(&widths) {
            *cell = truncate(cell, width);
        }
    }
    if widths.len() < all {
        sides.push(Side::Left);
        let mark = |ord| if ord == 0 { NOT_SHOWN } else { "" };
        let marked = rows.iter_mut().enumerate();
        marked.for_each(|(ord, row)| row.push(mark(ord).to_owned()));
    }
}

/// Cells of the widest cell of each of `n` columns.
fn widths(n: usize, rows: &[impl AsRef<[String]>]) -> Vec<usize> {
    let mut widths = vec![0; n];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row.as_ref()) {
            *widest = width(cell).max(*widest);
        }
    }
    widths
}

fn in_terminal(cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Gap => "–".to_owned(),
        other => truncate(&printable(&other.plain()), WIDEST),
    }
}

/// The rows as lines, two blanks between columns, none at the end.
pub(crate) fn lines<const N: usize>(sides: [Side; N], rows: &[[String; N]]) -> Vec<String> {
    aligned(&sides, rows)
}

fn aligned(sides: &[Side], rows: &[impl AsRef<[String]>]) -> Vec<String> {
    let widths = widths(sides.len(), rows);
    let line = |row: &[String]| {
        let cells = row.iter().zip(sides).zip(&widths);
        let cells: Vec<String> = cells
            .map(|((cell, side), &widest)| match side {
                Side::Left => pad(cell, widest),
                Side::Right => pad_left(cell, widest),
            })
            .collect();
        // Blanks at the end would be copied with the line.
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(|row| line(row.as_ref())).collect()
}

/// A number in groups of three digits: `19,295,345`.
pub(crate) fn grouped(number: u64) -> String {
    HumanCount(number).to_string()
}

/// Bytes in the largest unit that leaves a digit before the point once rounded to one after it; a megabyte is 10⁶ bytes.
pub(crate) fn bytes(number: u64) -> String {
    const UNITS: [(&str, u64); 4] = [
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
    ];
    if number < 1_000 {
        return format!("{number} B");
    }
    // In whole tenths: 999,960 bytes are 1.0 MB, not 1000.0 kB.
    let tenths = |size: u64| (u128::from(number) * 10 + u128::from(size) / 2) / u128::from(size);
    let fits = |(_, size): &(&str, u64)| tenths(*size) < 10_000;
    let (unit, size) = UNITS.into_iter().find(fits).unwrap_or(UNITS[3]);
    let tenths = tenths(size);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_cells() {
        let rows = [["文档", "1,024"], ["a", "7"]].map(|row| row.map(str::to_owned));
        assert_eq!(
            lines([Side::Left, Side::Right], &rows),
            ["文档  1,024", "a         7"]
        );
    }

    #[test]
    fn a_table_fits_its_lines() {
        let header = ["词条", "次数", "段落数", "每万字"]
            .map(str::to_owned)
            .to_vec();
        let row = vec![
            Cell::text("持续优化市场化法治化营商环境"),
            Cell::Count(12_345),
            Cell::Count(678),
            Cell::Rate(1.5),
        ];
        let layout = super::super::table::Layout::Lines { names: 1 };
        let table = Table::new("summary", "汇总", layout, header).with(vec![row]);
        let printed = |cells| of_table(&table, &[0, 1, 2, 3], cells, Paint::Plain);
        for cells in [20, 24, 30, 40, 60, 80] {
            for line in printed(cells) {
                assert!(width(&line) <= cells, "{cells}: {line}");
            }
        }
        assert!(printed(60)[1].starts_with("持续优化市场化法治化营商环境"));
        assert_eq!(
            printed(40),
            [
                "词条               次数  段落数  每万字",
                "持续优化市场化…  12,345     678    1.50"
            ]
        );
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (19295345, "19,295,345"),
        ] {
            assert_eq!(grouped(number), expected);
        }
        for (number, expected) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (1_500, "1.5 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (999_960, "1.0 MB"),
            (58_000_000, "58.0 MB"),
            (999_949_999, "999.9 MB"),
            (999_950_000, "1.0 GB"),
            (999_950_000_000, "1.0 TB"),
        ] {
            assert_eq!(bytes(number), expected);
        }
    }

    fn of_rows(header: &[&str], rows: Vec<Vec<Cell>>) -> Table<'static> {
        let layout = super::super::table::Layout::Lines { names: 1 };
        let header = header.iter().map(|&name| name.to_owned()).collect();
        Table::new("summary", "汇总", layout, header).with(rows)
    }

    #[test]
    fn a_gap_is_a_dash_and_no_zero() {
        for (cell, expected) in [
            (Cell::Gap, "–"),
            (Cell::Empty, ""),
            (Cell::Count(0), "0"),
            (Cell::Count(1_234_567), "1,234,567"),
            (Cell::Rate(0.5), "0.50"),
            (Cell::text("水渠\u{1b}[2J"), "水渠 [2J"),
        ] {
            assert_eq!(in_terminal(&cell), expected);
        }
    }

    #[test]
    fn one_number_makes_a_column_of_numbers() {
        let rows = vec![
            vec![Cell::text("水渠"), Cell::Gap, Cell::text("甲")],
            vec![Cell::text("道路"), Cell::Count(7), Cell::text("乙")],
        ];
        let table = of_rows(&["词", "次数", "组"], rows);
        let lines = of_table(&table, &[0, 1, 2], 80, Paint::Plain);
        assert_eq!(
            lines,
            ["词    次数  组", "水渠     –  甲", "道路     7  乙"]
        );
    }

    #[test]
    fn chosen_columns_are_in_the_order_of_the_choice() {
        let rows = vec![vec![Cell::text("水渠"), Cell::Count(7), Cell::text("甲")]];
        let table = of_rows(&["词", "次数", "组"], rows);
        assert_eq!(
            of_table(&table, &[2, 0], 80, Paint::Plain),
            ["组  词", "甲  水渠"]
        );
    }

    #[test]
    fn only_the_names_of_columns_are_coloured() {
        let table = of_rows(&["词"], vec![vec![Cell::text("水渠")]]);
        let lines = of_table(&table, &[0], 80, Paint::Coloured);
        assert_eq!(
            lines,
            [Paint::Coloured.ink(Ink::Title, "词"), "水渠".to_owned()]
        );
    }

    #[test]
    fn columns_that_do_not_fit_leave_a_mark() {
        let row = vec![Cell::text("水渠"), Cell::Count(12_345), Cell::Count(678)];
        let table = of_rows(&["词条", "次数", "段落"], vec![row]);
        let printed = |cells| of_table(&table, &[0, 1, 2], cells, Paint::Plain);
        assert_eq!(printed(18), ["词条    次数  段落", "水渠  12,345   678"]);
        // One cell less, and the last column gives way; no digit is ever cut.
        assert_eq!(printed(17), ["词条    次数  …", "水渠  12,345"]);
        assert_eq!(printed(10), ["词条  …", "水渠"]);
    }

    #[test]
    fn columns_of_words_are_cut_alike() {
        let words = |n: usize| Cell::Text("a".repeat(n));
        let table = of_rows(&["甲", "乙"], vec![vec![words(38), words(24)]]);
        for (cells, expected) in [(50, (24, 24)), (40, (19, 19)), (34, (16, 16))] {
            let line = of_table(&table, &[0, 1], cells, Paint::Plain).remove(1);
            let (first, second) = line.split_once("  ").expect("two columns");
            assert_eq!((width(first), width(second)), expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_of_a_table_is_too_wide_or_has_blanks_at_its_end(
            rows in proptest::collection::vec(("[水渠a ]{0,30}", 0_u64..1_000_000, "[修路b]{0,12}"), 1..5),
            cells in 20_usize..90,
        ) {
            let rows = rows.iter().map(|(first, n, last)| vec![Cell::text(first), Cell::Count(*n), Cell::text(last)]);
            let table = of_rows(&["词条", "次数", "组"], rows.collect());
            for line in of_table(&table, &[0, 1, 2], cells, Paint::Plain) {
                proptest::prop_assert!(width(&line) <= cells, "{}", line);
                proptest::prop_assert_eq!(line.trim_end(), line.as_str());
            }
        }

        #[test]
        fn groups_of_digits_keep_the_number(number: u64) {
            let text = grouped(number);
            proptest::prop_assert_eq!(text.replace(',', ""), number.to_string());
            let mut groups = text.split(',');
            let first = groups.next().map_or(0, str::len);
            proptest::prop_assert!((1..=3).contains(&first) && groups.all(|group| group.len() == 3), "{}", text);
        }

        #[test]
        fn sizes_have_at_most_three_digits_before_the_point(number in 1_000_u64..900_000_000_000_000) {
            let text = bytes(number);
            let (size, unit) = text.split_once(' ').expect("a unit");
            let (whole, tenths) = size.split_once('.').expect("a point");
            proptest::prop_assert!((1..=3).contains(&whole.len()) && tenths.len() == 1 && whole != "0", "{}", text);
            let power = ["kB", "MB", "GB", "TB"].iter().position(|known| *known == unit).expect("a known unit");
            let read = size.parse::<f64>().expect("a number") * 1000_f64.powi(power as i32 + 1);
            proptest::prop_assert!((read - number as f64).abs() <= 0.051 * 1000_f64.powi(power as i32 + 1), "{}", text);
        }
    }
}
