//! Tests of the format as a whole.

mod tables;
mod turned;

use proptest::prelude::*;

use super::*;
use crate::document::Line;
use crate::document::Style;
use crate::source::formats::layout::{Glyph, Role};
use crate::text::visible::n_visible;

/// Sets `text` starting at `x`, each character as wide as it is high.
fn set(page: &mut Page, x: f32, y: f32, size: f32, text: &str) {
    for (ord, ch) in text.chars().enumerate() {
        let x0 = x + size * ord as f32;
        page.glyphs.push(glyph(ch, x0, x0 + size, y, size));
    }
}

fn glyph(ch: char, x0: f32, x1: f32, y: f32, size: f32) -> Glyph {
    Glyph {
        ch,
        x0,
        x1,
        y,
        size,
        turn: 0,
        is_vertical: false,
        role: Role::Text,
    }
}

/// A page of rows `(x, y, text)` in 10-point type.
fn page(rows: &[(f32, f32, &str)]) -> Page {
    let mut page = Page {
        width: 600.0,
        height: 800.0,
        ..Page::default()
    };
    for (x, y, text) in rows {
        set(&mut page, *x, *y, 10.0, text);
    }
    page
}

/// Asserts the lines: `|` before a table row, `#` before a header row, `-` before boilerplate.
#[track_caller]
fn check(mut pages: Vec<Page>, expected: &[&str]) {
    let n_read: u64 = pages.iter_mut().map(Page::count).sum();
    let Lines {
        lines, n_hyphens, ..
    } = lines(pages);
    let shown = |line: &Line| match line.style {
        Style::Row(row) if row.is_header => format!("#{}", line.text),
        Style::Row(_) => format!("|{}", line.text),
        Style::Boilerplate(reason) => format!("-{reason:?} {}", line.text),
        _ => line.text.clone(),
    };
    let actual: Vec<String> = lines.iter().map(shown).collect();
    assert_eq!(actual, expected);
    let n_written: u64 = lines.iter().map(|line| n_visible(&line.text)).sum();
    assert_eq!(n_written + n_hyphens, n_read);
    assert!(
        lines
            .windows(2)
            .all(|pair| pair[0].number <= pair[1].number)
    );
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

fn numbered(head: &str, text: &str, number: &str) -> Page {
    page(&[
        (50.0, 40.0, head),
        (50.0, 300.0, text),
        (200.0, 770.0, number),
    ])
}

#[test]
fn heads_feet_and_numbers_are_boilerplate() {
    check(
        vec![
            numbered("内部资料", "园区第一段。", "- 1 -"),
            numbered("内部资料", "园区第二段。", "- 2 -"),
        ],
        &[
            "-RunningHead 内部资料",
            "园区第一段。",
            "-PageNumber - 1 -",
            "-RunningHead 内部资料",
            "园区第二段。",
            "-PageNumber - 2 -",
        ],
    );
    // On a single page, a line at the top may be the title, and a number a figure.
    check(
        vec![page(&[
            (50.0, 40.0, "园区总结"),
            (50.0, 758.0, "正文"),
            (50.0, 772.0, "12"),
        ])],
        &["园区总结", "正文", "12"],
    );
}

#[test]
fn an_informative_running_title_is_kept_once_as_text() {
    let head = "坚持人民至上的发展思想";
    check(
        vec![
            numbered(head, "园区第一段。", "3"),
            numbered(head, "园区第二段。", "4"),
        ],
        &[
            head,
            "园区第一段。",
            "-PageNumber 3",
            "-RunningHead 坚持人民至上的发展思想",
            "园区第二段。",
            "-PageNumber 4",
        ],
    );
    // In small type it is not a title, and follows the text.
    let small = ["甲", "乙"].map(|name| {
        let mut sheet = numbered("", &format!("{name}村平稳。"), "");
        set(&mut sheet, 50.0, 40.0, 8.0, head);
        sheet
    });
    check(
        small.to_vec(),
        &[
            "甲村平稳。",
            head,
            "-RunningHead 坚持人民至上的发展思想",
            "乙村平稳。",
        ],
    );
    // If the text repeats it, all occurrences are boilerplate.
    let pages = ["甲", "乙", "丙", "丁", "戊"].map(|name| {
        numbered(
            "石桥村志全集初稿",
            &format!("石桥村志全集初稿{name}卷。"),
            "",
        )
    });
    let mut expected: Vec<String> = Vec::new();
    for name in ["甲", "乙", "丙", "丁", "戊"] {
        expected.push("-RunningHead 石桥村志全集初稿".to_owned());
        expected.push(format!("石桥村志全集初稿{name}卷。"));
    }
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check(pages.to_vec(), &expected);
    // A line at one position on only some of the pages is text.
    check(
        [
            "单位：万元",
            "一、概况",
            "单位：万元",
            "二、成效",
            "三、打算",
        ]
        .map(|head| numbered(head, "平稳。", ""))
        .to_vec(),
        &[
            "单位：万元",
            "平稳。",
            "一、概况",
            "平稳。",
            "单位：万元",
            "平稳。",
            "二、成效",
            "平稳。",
            "三、打算",
            "平稳。",
        ],
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
fn cells_of_a_table_are_separated_by_tabs() {
    check(
        vec![page(&[
            (50.0, 300.0, "年份"),
            (150.0, 300.0, "产值"),
            (250.0, 300.0, "增长"),
            (50.0, 320.0, "去年"),
            (150.0, 320.0, "十亿"),
            (250.0, 320.0, "一成"),
        ])],
        &["|年份\t产值\t增长", "|去年\t十亿\t一成"],
    );
}

#[test]
fn bold_by_double_printing_and_words_by_gaps() {
    let mut sheet = page(&[(50.0, 300.0, "园区"), (50.3, 300.0, "园区")]);
    for (ord, ch) in "ABcd".chars().enumerate() {
        let x0 = 200.0 + 5.0 * ord as f32 + if ord > 1 { 3.0 } else { 0.0 };
        sheet.glyphs.push(glyph(ch, x0, x0 + 5.0, 340.0, 10.0));
    }
    for (ord, ch) in "2021".chars().enumerate() {
        let x0 = 200.0 + 8.0 * ord as f32;
        sheet.glyphs.push(glyph(ch, x0, x0 + 5.0, 380.0, 10.0));
    }
    check(vec![sheet], &["园区", "AB cd", "2021"]);
    let broken = glyph('园', f32::NAN, f32::INFINITY, 1.0, 0.0);
    check(
        vec![Page {
            glyphs: vec![broken; 3],
            ..Page::default()
        }],
        &["-Hidden 园园园"],
    );
}

#[test]
fn notes_follow_the_end_of_the_paragraph() {
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

#[test]
fn entries_of_contents_are_lines() {
    check(
        vec![page(&[
            (250.0, 200.0, "目　　录"),
            (50.0, 240.0, "一、发展基础和面临的形势……………3"),
            (50.0, 260.0, "二、总体思路和主要的目标……………5"),
            (50.0, 300.0, "三、保障措施和组织的实施"),
        ])],
        &[
            "目　　录",
            "一、发展基础和面临的形势……………3",
            "二、总体思路和主要的目标……………5",
            "三、保障措施和组织的实施",
        ],
    );
    // Page numbers without leaders do not make it a table.
    check(
        vec![page(&[
            (250.0, 200.0, "目录"),
            (50.0, 240.0, "发展基础"),
            (450.0, 240.0, "3"),
            (50.0, 260.0, "总体思路"),
            (450.0, 260.0, "5"),
        ])],
        &["目录", "发展基础\t3", "总体思路\t5"],
    );
}

#[test]
fn headings_below_a_title_of_full_width() {
    check(
        vec![page(&[
            (50.0, 200.0, "青石县医院公开招聘人员岗位一览表"),
            (50.0, 216.0, "一、招聘岗位"),
            (50.0, 232.0, "本次公开招聘专业人员二十名。"),
        ])],
        &[
            "青石县医院公开招聘人员岗位一览表",
            "一、招聘岗位",
            "本次公开招聘专业人员二十名。",
        ],
    );
}

fn any_glyph() -> impl Strategy<Value = Glyph> {
    let ch = prop::sample::select("一二园区项目，。：.…1234ab- 　".chars().collect::<Vec<_>>());
    let places = (
        0u8..40,
        0u8..50,
        prop::sample::select(vec![8.0f32, 10.0, 12.0, 30.0, f32::NAN]),
    );
    let turn = prop::sample::select(vec![0i16, 0, 0, 0, 90, 270, 45]);
    let role = prop::sample::select(vec![
        Role::Text,
        Role::Text,
        Role::Text,
        Role::Pagination,
        Role::Repeated,
        Role::Hidden,
    ]);
    (ch, places, turn, role, 0u8..12).prop_map(|(ch, (x, y, size), turn, role, font)| {
        let x0 = 10.0 * f32::from(x);
        Glyph {
            turn,
            role,
            is_vertical: font == 0,
            ..glyph(ch, x0, x0 + size, 16.0 * f32::from(y), size)
        }
    })
}

fn any_rule() -> impl Strategy<Value = Rule> {
    (any::<bool>(), 0u8..12, 0u8..12, 1u8..12).prop_map(|(is_level, at, from, length)| Rule {
        is_level,
        at: 50.0 * f32::from(at),
        from: 50.0 * f32::from(from),
        to: 50.0 * f32::from(from + length),
    })
}

proptest! {
    #[test]
    fn no_character_is_lost(
        pages in prop::collection::vec(
            (prop::collection::vec(any_glyph(), 0..120), prop::collection::vec(any_rule(), 0..30)),
            0..4,
        ),
    ) {
        let mut pages: Vec<Page> = pages
            .into_iter()
            .map(|(glyphs, rules)| Page { width: 400.0, height: 800.0, glyphs, rules, notes: vec!["注。".to_owned()] })
            .collect();
        let n_read: u64 = pages.iter_mut().map(Page::count).sum();
        let Lines {
        lines, n_hyphens, ..
    } = lines(pages);
        let n_written: u64 = lines.iter().map(|line| n_visible(&line.text)).sum();
        prop_assert_eq!(n_written + n_hyphens, n_read);
        prop_assert!(lines.windows(2).all(|pair| pair[0].number <= pair[1].number));
        prop_assert!(lines.iter().all(|line| !line.text.contains('\n')));
    }
}
