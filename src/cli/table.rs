//! Tables whose columns stand under each other whatever script their cells are in.

use super::terminal::{pad, pad_left, width};

/// To which side of its column a cell is pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// The rows as lines, two blanks between columns, none at the end.
pub(super) fn lines<const N: usize>(sides: [Side; N], rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
        }
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(sides).zip(widths);
        let cells: Vec<String> = cells
            .map(|((cell, side), widest)| match side {
                Side::Left => pad(cell, widest),
                Side::Right => pad_left(cell, widest),
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A number in groups of three digits: `19,295,345`.
pub(super) fn grouped(number: u64) -> String {
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

/// Bytes in the largest unit that leaves a digit before the point; a megabyte is 10⁶ bytes.
pub(super) fn bytes(number: u64) -> String {
    let scaled = number as f64;
    match number {
        0..1_000 => format!("{number} B"),
        1_000..1_000_000 => format!("{:.1} kB", scaled / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", scaled / 1e6),
        _ => format!("{:.1} GB", scaled / 1e9),
    }
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
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(58_000_000), "58.0 MB");
    }
}
