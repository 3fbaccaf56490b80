//! Tables as text, whose columns line up whatever script their cells are in.

use super::table::{Cell, Table};
use crate::cli::paint::{Ink, Paint};
use crate::cli::terminal::{pad, pad_left, printable, truncate, width};

/// To which side of its column a cell is pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Widest cell of a table in a terminal: some thirty Han characters leave room for the numbers beside them.
const WIDEST: usize = 40;

/// Some columns of a table under their names; numbers are at the right of theirs, in groups of three digits.
pub(in crate::cli) fn of_table(table: &Table, columns: &[usize], paint: Paint) -> Vec<String> {
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
        seen.for_each(|(is_number, cell)| *is_number |= cell.is_number());
        rows.push(cells.map(in_terminal).collect());
    }
    let side = |is_number: &bool| if *is_number { Side::Right } else { Side::Left };
    let sides: Vec<Side> = is_number.iter().map(side).collect();
    let mut lines = aligned(&sides, &rows);
    lines[0] = paint.ink(Ink::Title, &lines[0]);
    lines
}

fn in_terminal(cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Gap => "–".to_owned(),
        other => truncate(&printable(&other.plain()), WIDEST),
    }
}

/// The rows as lines, two blanks between columns, none at the end.
pub(in crate::cli) fn lines<const N: usize>(sides: [Side; N], rows: &[[String; N]]) -> Vec<String> {
    aligned(&sides, rows)
}

fn aligned(sides: &[Side], rows: &[impl AsRef<[String]>]) -> Vec<String> {
    let mut widths = vec![0; sides.len()];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row.as_ref()) {
            *widest = width(cell).max(*widest);
        }
    }
    let line = |row: &[String]| {
        let cells = row.iter().zip(sides).zip(&widths);
        let cells: Vec<String> = cells
            .map(|((cell, side), &widest)| match side {
                Side::Left => pad(cell, widest),
                Side::Right => pad_left(cell, widest),
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(|row| line(row.as_ref())).collect()
}

/// A number in groups of three digits: `19,295,345`.
pub(in crate::cli) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (ord, digit) in digits.chars().enumerate() {
        if ord > 0 && (digits.len() - ord).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes in the largest unit that leaves a digit before the point once rounded to one after it; a megabyte is 10⁶ bytes.
pub(in crate::cli) fn bytes(number: u64) -> String {
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
}
