//! Tests of the format as a whole.

use super::*;

/// Sets `text` from `x` on, each character as wide as it is high.
fn set(page: &mut Page, x: f32, y: f32, size: f32, text: &str) {
    for (ord, ch) in text.chars().enumerate() {
        let x0 = x + size * ord as f32;
        page.glyphs.push(Glyph {
            ch,
            x0,
            x1: x0 + size,
            y,
            size,
        });
    }
}

/// A page of rows of ten points in size, `(x, y, text)`.
fn page(rows: &[(f32, f32, &str)]) -> Page {
    let mut page = Page {
        height: 800.0,
        glyphs: Vec::new(),
    };
    for (x, y, text) in rows {
        set(&mut page, *x, *y, 10.0, text);
    }
    page
}

#[track_caller]
fn check(pages: Vec<Page>, expected: &[&str]) {
    let lines = lines(pages);
    let texts: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
    assert_eq!(texts, expected);
}

#[test]
fn rows_become_paragraphs() {
    let mut first = page(&[
        (70.0, 120.0, "一、修路"),
        (70.0, 140.0, "今年以来，园区修好道路十条，"),
        (50.0, 160.0, "群众出行方便，企业也很满意，好"),
        (50.0, 180.0, "评如潮。"),
        (70.0, 200.0, "明年打算再修道路二十条，造桥"),
    ]);
    set(&mut first, 80.0, 90.0, 16.0, "园区总结");
    let second = page(&[
        (50.0, 120.0, "三座。"),
        (70.0, 140.0, "二、治水"),
        (70.0, 160.0, "今年以来，园区治好河道三条。"),
    ]);
    check(
        vec![first, second],
        &[
            "园区总结",
            "一、修路",
            "今年以来，园区修好道路十条，群众出行方便，企业也很满意，好评如潮。",
            "明年打算再修道路二十条，造桥三座。",
            "二、治水",
            "今年以来，园区治好河道三条。",
        ],
    );
}

#[test]
fn a_title_that_fills_its_row_goes_on() {
    let mut sheet = page(&[
        (70.0, 140.0, "一、修路"),
        (70.0, 160.0, "今年以来，园区修好道路十条。"),
        (50.0, 180.0, "一是道路，二是桥梁，三是水渠。"),
        (70.0, 200.0, "我们也看到问题。道路还有不平。"),
        (50.0, 220.0, "二是桥梁老旧，急待整修。"),
    ]);
    set(&mut sheet, 65.0, 60.0, 14.0, "园区道路、桥梁和水渠");
    set(&mut sheet, 107.0, 81.0, 14.0, "工作总结");
    check(
        vec![sheet],
        &[
            "园区道路、桥梁和水渠工作总结",
            "一、修路",
            "今年以来，园区修好道路十条。一是道路，二是桥梁，三是水渠。",
            "我们也看到问题。道路还有不平。二是桥梁老旧，急待整修。",
        ],
    );
}

#[test]
fn heads_feet_and_numbers_go() {
    let numbered = |head: &str, text: &str, number: &str| {
        page(&[
            (50.0, 40.0, head),
            (50.0, 300.0, text),
            (200.0, 770.0, number),
        ])
    };
    check(
        vec![
            numbered("内部资料", "园区第一段。", "- 1 -"),
            numbered("内部资料", "园区第二段。", "- 2 -"),
        ],
        &["园区第一段。", "园区第二段。"],
    );
    // On a page of its own a line at the head may be the title.
    check(
        vec![numbered("园区总结", "正文。", "- 1 -")],
        &["园区总结", "正文。"],
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "园区班子重视，部署周密，",
        "措施有力，全年走访企业，",
        "解决难题，群众满意，工作",
        "平稳，秩序良好，成效明显。",
    ];
    let right = [
        "右栏班子重视，部署周密，",
        "措施有力，全年走访企业，",
        "解决难题，群众满意，工作",
        "平稳，秩序良好，成效突出。",
    ];
    let mut sheet = page(&[]);
    set(&mut sheet, 100.0, 90.0, 16.0, "园区年度总结报告全文");
    for (ord, (left, right)) in left.iter().zip(right).enumerate() {
        let y = 140.0 + 20.0 * ord as f32;
        set(&mut sheet, 50.0, y, 10.0, left);
        set(&mut sheet, 210.0, y + 3.0, 10.0, right);
    }
    check(
        vec![sheet],
        &["园区年度总结报告全文", &left.concat(), &right.concat()],
    );
}

#[test]
fn cells_of_a_table_stand_between_tabs() {
    check(
        vec![page(&[
            (50.0, 300.0, "年份"),
            (150.0, 300.0, "产值"),
            (250.0, 300.0, "增长"),
            (50.0, 320.0, "去年"),
            (150.0, 320.0, "十亿"),
            (250.0, 320.0, "一成"),
        ])],
        &["年份\t产值\t增长", "去年\t十亿\t一成"],
    );
}

#[test]
fn bold_by_double_printing_and_words_by_gaps() {
    let mut sheet = page(&[(50.0, 300.0, "园区"), (50.3, 300.0, "园区")]);
    for (ord, ch) in "ABcd".chars().enumerate() {
        let x0 = 200.0 + 5.0 * ord as f32 + if ord > 1 { 3.0 } else { 0.0 };
        sheet.glyphs.push(Glyph {
            ch,
            x0,
            x1: x0 + 5.0,
            y: 340.0,
            size: 10.0,
        });
    }
    for (ord, ch) in "2021".chars().enumerate() {
        let x0 = 200.0 + 8.0 * ord as f32;
        sheet.glyphs.push(Glyph {
            ch,
            x0,
            x1: x0 + 5.0,
            y: 380.0,
            size: 10.0,
        });
    }
    check(vec![sheet], &["园区", "AB cd", "2021"]);
    let broken = Glyph {
        ch: '园',
        x0: f32::NAN,
        x1: f32::INFINITY,
        y: 1.0,
        size: 0.0,
    };
    check(
        vec![Page {
            height: 0.0,
            glyphs: vec![broken; 3],
        }],
        &[],
    );
}

#[test]
fn notes_wait_for_the_paragraph_to_end() {
    let mut first = page(&[(50.0, 300.0, "今年以来，园区修好道路十条，出")]);
    set(&mut first, 50.0, 700.0, 7.0, "注一：含村道。");
    let second = page(&[
        (50.0, 300.0, "行方便。"),
        (50.0, 340.0, "园区工作平稳，秩序良好，成效好"),
    ]);
    check(
        vec![first, second],
        &[
            "今年以来，园区修好道路十条，出行方便。",
            "注一：含村道。",
            "园区工作平稳，秩序良好，成效好",
        ],
    );
}
