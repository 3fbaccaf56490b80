//! Tests of tables as lines.

use super::*;
use crate::document::Reason;

fn row(blocks: &mut Blocks, cells: &[&[&str]]) {
    blocks.open_row();
    for cell in cells {
        blocks.open_cell(Span::ONE);
        for text in *cell {
            blocks.paragraph(text, Style::Plain);
        }
    }
    blocks.close_row();
}

/// Lines as their table, `0` for none, with `+` for a header row, and their text.
#[track_caller]
fn check(blocks: Blocks, expected: &[(&str, &str)]) {
    let lines = blocks.into_lines();
    let place = |style| match style {
        Style::Row(row) => format!("{}{}", row.table, if row.is_header { "+" } else { "" }),
        Style::Boilerplate(_) => "-".to_owned(),
        _ => "0".to_owned(),
    };
    let actual: Vec<(String, &str)> = lines
        .iter()
        .map(|line| (place(line.style), &*line.text))
        .collect();
    let actual: Vec<(&str, &str)> = actual
        .iter()
        .map(|(place, text)| (&**place, *text))
        .collect();
    assert_eq!(actual, expected);
}

#[test]
fn data_by_row_and_text_by_paragraph() {
    let mut blocks = Blocks::default();
    row(&mut blocks, &[&["年份"], &["产值", "（万元）"], &[""]]);
    row(&mut blocks, &[&["2009"], &["12"], &[]]);
    row(&mut blocks, &[&["2010"], &[], &["缺"]]);
    row(&mut blocks, &[&["合计"], &[], &[]]);
    let long = "园区工作平稳。".repeat(10);
    row(&mut blocks, &[&["内容"], &[&long, "其他。"]]);
    blocks.close_table();
    row(&mut blocks, &[&["园区平稳。", "园区有序。"]]);
    check(
        blocks,
        &[
            ("1+", "年份\t产值 （万元）"),
            ("1", "2009\t12"),
            ("1", "2010\t\t缺"),
            ("1", "合计"),
            ("0", "内容"),
            ("0", &long),
            ("0", "其他。"),
            ("0", "园区平稳。"),
            ("0", "园区有序。"),
        ],
    );
}

#[test]
fn merged_cells_keep_their_columns() {
    let mut blocks = Blocks::default();
    let cell = |blocks: &mut Blocks, text: &str, columns, rows| {
        blocks.open_cell(Span { columns, rows });
        blocks.paragraph(text, Style::Plain);
    };
    blocks.open_table();
    blocks.open_row();
    cell(&mut blocks, "单位", 1, 2);
    cell(&mut blocks, "产值", 2, 1);
    cell(&mut blocks, "备注", 1, 3);
    blocks.close_row();
    blocks.open_row();
    cell(&mut blocks, "一季度", 1, 1);
    cell(&mut blocks, "二季度", 1, 1);
    blocks.close_row();
    blocks.open_row();
    for text in ["甲厂", "3", "4"] {
        cell(&mut blocks, text, 1, 1);
    }
    blocks.close_row();
    blocks.open_row();
    for text in ["乙厂", "5", "6", "停产"] {
        cell(&mut blocks, text, 1, 1);
    }
    blocks.close_row();
    check(
        blocks,
        &[
            ("1+", "单位\t产值\t\t备注"),
            ("1+", "\t一季度\t二季度"),
            ("1", "甲厂\t3\t4"),
            ("1", "乙厂\t5\t6\t停产"),
        ],
    );
}

#[test]
fn merged_cells_by_their_edges() {
    let mut blocks = Blocks::default();
    for cells in [
        &[("产值", 300), ("备注", 400)][..],
        &[("甲", 100), ("乙", 202), ("3", 300), ("4", 400)],
        &[("丙", 203), ("5", 302), ("6", 400)],
    ] {
        blocks.open_row();
        for (text, _) in cells {
            blocks.open_cell(Span::ONE);
            blocks.paragraph(text, Style::Plain);
        }
        let edges: Vec<i32> = cells.iter().map(|(_, right)| right * 10).collect();
        blocks.set_edges(&edges);
        blocks.close_row();
    }
    let lines = blocks.into_lines();
    let texts: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
    assert_eq!(texts, ["产值\t\t\t备注", "甲\t乙\t3\t4", "丙\t\t5\t6"]);
}

#[test]
fn tables_in_cells_and_open_ends() {
    let mut blocks = Blocks::default();
    blocks.open_table();
    blocks.open_row();
    blocks.open_cell(Span::ONE);
    blocks.open_table();
    row(&mut blocks, &[&["甲"], &["乙"]]);
    row(&mut blocks, &[&["丙"], &["丁"]]);
    check(blocks, &[("1", "甲\t乙"), ("1", "丙\t丁")]);
    let mut blocks = Blocks::default();
    row(&mut blocks, &[&["甲"], &["乙"]]);
    blocks.close_table();
    let mut inner = Blocks::default();
    row(&mut inner, &[&["丙"], &["丁"]]);
    blocks.append(inner.into_lines());
    check(blocks, &[("1", "甲\t乙"), ("2", "丙\t丁")]);
}

#[test]
fn hidden_text_follows_its_row() {
    let mut blocks = Blocks::default();
    blocks.open_row();
    blocks.open_cell(Span::ONE);
    blocks.paragraph("甲", Style::Plain);
    blocks.paragraph("删", Style::Boilerplate(Reason::Hidden));
    blocks.open_cell(Span::ONE);
    blocks.paragraph("乙", Style::Plain);
    check(blocks, &[("1", "甲\t乙"), ("-", "删")]);
}

#[test]
fn breaks_end_lines_but_not_headings() {
    let mut blocks = Blocks::default();
    blocks.paragraph("园区\n总结", Style::Title);
    blocks.paragraph("甲\n乙", Style::Plain);
    check(blocks, &[("0", "园区总结"), ("0", "甲"), ("0", "乙")]);
}
