//! Tables as Markdown.

use xunzhang::text::printable::is_steering;

use super::table::{Cell, Table};
use crate::cli::messages::{Lang, say};

/// Maximum number of lines of a table; larger tables belong in a workbook.
const MAX_ROWS: usize = 500;
/// Maximum number of columns of a table.
const MAX_COLUMNS: usize = 30;

/// The tables under their names. Wide and long ones are cut, which a line under them says; of the tables by document
/// and of co-occurrence a line says that they are only in the other forms if they are wider than 30 columns.
pub(crate) fn markdown(title: &str, tables: &[Table], lang: Lang) -> String {
    let mut out = format!("# {}\n", escaped(title));
    for table in tables.iter().filter(|table| table.n_rows() > 0) {
        out.push_str(&format!("\n## {}\n\n", table.name));
        if table.layout.is_wide() && table.header.len() > MAX_COLUMNS {
            let (columns, most, name) = (table.header.len(), MAX_COLUMNS, &table.name);
            let note = say!(lang, "table-left-out", columns, most, name);
            out.push_str(&format!("{note}\n"));
            continue;
        }
        write(table, lang, &mut out);
    }
    out
}

fn write(table: &Table, lang: Lang, out: &mut String) {
    let n = table.header.len().min(MAX_COLUMNS);
    let are_numbers = columns_of_numbers(table);
    line(table.header[..n].iter().map(|name| escaped(name)), out);
    line(
        are_numbers[..n]
            .iter()
            // A colon at the right aligns a column to the right (GitHub Flavored Markdown, 4.10).
            .map(|is_number| if *is_number { "--:" } else { "---" }.to_owned()),
        out,
    );
    for row in table.rows().take(MAX_ROWS) {
        line(row[..n].iter().map(shown), out);
    }
    let (rows, columns) = (table.n_rows(), table.header.len());
    if rows > MAX_ROWS || columns > n {
        let note = say!(lang, "table-cut", rows, columns);
        out.push_str(&format!("\n{note}\n"));
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Gap => "–".to_owned(),
        other => escaped(&other.plain()),
    }
}

/// Which columns hold numbers and nothing else.
fn columns_of_numbers(table: &Table) -> Vec<bool> {
    let mut seen = vec![(false, true); table.header.len()];
    for row in table.rows() {
        let filled = seen.iter_mut().zip(row.iter());
        for ((any, all), cell) in
            // A column of nothing but empty cells and gaps is aligned as words are.
            filled.filter(|(_, cell)| !matches!(cell, Cell::Empty | Cell::Gap))
        {
            *any = true;
            *all &= cell.is_number();
        }
    }
    seen.into_iter().map(|(any, all)| any && all).collect()
}

fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for cell in cells {
        out.push_str(&format!(" {cell} |"));
    }
    out.push('\n');
}

/// Text that stays in its cell and means nothing to Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            ch if is_steering(ch) => out.push(' '),
            // Markdown lets HTML through (CommonMark, 6.6), so that this would open a tag.
            '<' => out.push_str("&lt;"),
            // A reference such as `&#x202e;` would become the character.
            '&' => out.push_str("&amp;"),
            // Signs that count only at the beginning of a line, such as `#`, need no backslash: a cell never begins one.
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => out.extend(['\\', ch]),
            _ => out.push(ch),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::cli::output::table::Layout;

    use super::*;

    fn table(layout: Layout, columns: usize, rows: Vec<Vec<Cell>>) -> Table<'static> {
        let header = (0..columns).map(|ord| format!("列{ord}")).collect();
        Table::new("a", "汇总", layout, header).with(rows)
    }

    #[test]
    fn a_cell_opens_no_tag_and_no_emphasis() {
        for (text, expected) in [
            ("水渠", "水渠"),
            ("甲|乙", "甲\\|乙"),
            ("<b>渠</b>", "&lt;b>渠&lt;/b>"),
            ("&#x202e;", "&amp;#x202e;"),
            ("*渠*_路_`桥`", "\\*渠\\*\\_路\\_\\`桥\\`"),
            ("[渠](路)", "\\[渠\\](路)"),
            ("渠\\", "渠\\\\"),
            ("渠\n路\t\u{202e}", "渠 路  "),
            ("# 渠", "# 渠"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn columns_of_numbers_alone_are_aligned_to_the_right() {
        let rows = vec![
            vec![
                Cell::text("渠"),
                Cell::Count(1),
                Cell::Count(1),
                Cell::Gap,
                Cell::Empty,
            ],
            vec![
                Cell::Empty,
                Cell::Gap,
                Cell::text("甲"),
                Cell::Gap,
                Cell::Rate(1.0),
            ],
        ];
        let table = table(Layout::Lines { names: 1 }, 5, rows);
        assert_eq!(
            columns_of_numbers(&table),
            [false, true, false, false, true]
        );
        let page = markdown("总结", &[table], Lang::Zh);
        assert!(
            page.contains("\n| --- | --: | --- | --- | --: |\n"),
            "{page}"
        );
        // A gap is no empty cell: it says that there was nothing to count in.
        assert!(page.contains("\n| 渠 | 1 | 1 | – |  |\n"), "{page}");
    }

    #[test]
    fn long_and_wide_tables_are_cut_with_a_note() {
        let rows = |n: usize, columns: usize| vec![vec![Cell::Count(1); columns]; n];
        let lines = |table: Table<'static>| {
            let page = markdown("总结", &[table], Lang::En);
            let of_table: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
            let widest = of_table.iter().map(|line| line.matches('|').count() - 1);
            let note = page
                .lines()
                .last()
                .is_some_and(|line| !line.starts_with('|'));
            (of_table.len(), widest.max(), note)
        };
        let named = Layout::Lines { names: 1 };
        for (n, columns, expected) in [
            (MAX_ROWS, 2, (MAX_ROWS + 2, Some(2), false)),
            (MAX_ROWS + 1, 2, (MAX_ROWS + 2, Some(2), true)),
            (1, MAX_COLUMNS, (3, Some(MAX_COLUMNS), false)),
            (1, MAX_COLUMNS + 1, (3, Some(MAX_COLUMNS), true)),
        ] {
            assert_eq!(
                lines(table(named, columns, rows(n, columns))),
                expected,
                "{n} {columns}"
            );
        }
        // Half a table of pairs says nothing of the pairs that are cut.
        for layout in [Layout::Matrix, Layout::Pairs] {
            let wide = table(layout, MAX_COLUMNS + 1, rows(1, MAX_COLUMNS + 1));
            assert_eq!(lines(wide), (0, None, true), "{layout:?}");
            let narrow = table(layout, MAX_COLUMNS, rows(1, MAX_COLUMNS));
            assert_eq!(lines(narrow), (3, Some(MAX_COLUMNS), false), "{layout:?}");
        }
    }

    #[test]
    fn a_table_without_rows_has_no_heading() {
        let empty = table(Layout::Facts, 2, Vec::new());
        assert_eq!(markdown("水渠*", &[empty], Lang::Zh), "# 水渠\\*\n");
    }
}
