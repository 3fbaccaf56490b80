//! Tests of text that does not run from left to right.

use super::*;

#[test]
fn turned_text_is_read() {
    let mut sheet = page(&[(50.0, 60.0, "关于检查的通知")]);
    for (ord, text) in ["一、时间定在三月。", "二、地点在石桥村。"]
        .iter()
        .enumerate()
    {
        let from = sheet.glyphs.len();
        set(&mut sheet, 40.0, 20.0 * ord as f32 - 300.0, 12.0, text);
        sheet.glyphs[from..]
            .iter_mut()
            .for_each(|glyph| glyph.turn = 90);
    }
    check(
        vec![sheet],
        &["关于检查的通知", "一、时间定在三月。", "二、地点在石桥村。"],
    );
}

#[test]
fn vertical_columns_run_from_right_to_left() {
    let mut sheet = page(&[]);
    for (ord, text) in ["青石县志水利卷", "民国三年兴修石桥堤堰", "费银三千两"]
        .iter()
        .enumerate()
    {
        for (down, ch) in text.chars().enumerate() {
            let y = 100.0 + 24.0 * down as f32;
            set(
                &mut sheet,
                500.0 - 60.0 * ord as f32,
                y,
                20.0,
                &ch.to_string(),
            );
        }
    }
    check(
        vec![sheet],
        &["青石县志水利卷", "民国三年兴修石桥堤堰", "费银三千两"],
    );
}

#[test]
fn a_stacked_title_is_one_piece() {
    let mut sheet = page(&[
        (150.0, 700.0, "青石县人民政府"),
        (150.0, 720.0, "二〇二四年三月"),
    ]);
    for (down, ch) in "工作报告".chars().enumerate() {
        set(
            &mut sheet,
            280.0,
            200.0 + 44.0 * down as f32,
            30.0,
            &ch.to_string(),
        );
    }
    check(
        vec![sheet],
        &["工作报告", "青石县人民政府", "二〇二四年三月"],
    );
    // Units in a column of a table are stacked as well, but are not vertical text.
    let mut sheet = page(&[]);
    for (ord, name) in ["甲村", "乙村", "丙村", "丁村"].iter().enumerate() {
        let y = 300.0 + 16.0 * ord as f32;
        set(&mut sheet, 50.0, y, 10.0, name);
        set(&mut sheet, 150.0, y, 10.0, "户");
        set(&mut sheet, 250.0, y, 10.0, "12");
    }
    check(
        vec![sheet],
        &[
            "|甲村\t户\t12",
            "|乙村\t户\t12",
            "|丙村\t户\t12",
            "|丁村\t户\t12",
        ],
    );
}

#[test]
fn watermarks_do_not_mix_with_the_text() {
    let pages: Vec<Page> = ["甲村平稳。", "乙村平稳。", "丙村平稳。"]
        .into_iter()
        .map(|text| {
            let mut sheet = page(&[(50.0, 300.0, text)]);
            let from = sheet.glyphs.len();
            set(&mut sheet, 100.0, 300.0, 30.0, "内部资料");
            sheet.glyphs[from..]
                .iter_mut()
                .for_each(|glyph| glyph.turn = 315);
            sheet
        })
        .collect();
    check(
        pages,
        &[
            "甲村平稳。",
            "-RunningHead 内部资料",
            "乙村平稳。",
            "-RunningHead 内部资料",
            "丙村平稳。",
            "-RunningHead 内部资料",
        ],
    );
}
