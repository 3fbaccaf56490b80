//! Tests of tables, with lines and without.

use super::*;

/// Ruling lines at `xs` and `ys`, each over the full extent of the others.
fn rule(page: &mut Page, xs: &[f32], ys: &[f32]) {
    let line = |is_level, at, along: &[f32]| Rule {
        is_level,
        at,
        from: along[0],
        to: along[along.len() - 1],
    };
    page.rules.extend(xs.iter().map(|x| line(false, *x, ys)));
    page.rules.extend(ys.iter().map(|y| line(true, *y, xs)));
}

#[test]
fn cells_between_lines_keep_their_wrapped_lines() {
    let mut sheet = page(&[
        (60.0, 120.0, "序号"),
        (110.0, 120.0, "项目名称"),
        (210.0, 120.0, "投资"),
        (60.0, 140.0, "1"),
        (102.0, 136.0, "石桥村道路整治提升"),
        (102.0, 150.0, "工程"),
        (210.0, 143.0, "1200"),
        (60.0, 165.0, "2"),
        (210.0, 165.0, "800"),
        (50.0, 200.0, "注：含村道。"),
    ]);
    rule(
        &mut sheet,
        &[50.0, 100.0, 200.0, 260.0],
        &[105.0, 125.0, 155.0, 170.0],
    );
    let expected = [
        "#序号\t项目名称\t投资",
        "|1\t石桥村道路整治提升工程\t1200",
        "|2\t\t800",
        "注：含村道。",
    ];
    check(vec![sheet.clone()], &expected);
    // The same table, rotated.
    for glyph in &mut sheet.glyphs {
        glyph.turn = 90;
        glyph.y -= 600.0;
    }
    sheet.rules = sheet
        .rules
        .iter()
        .map(|rule| rule.turned(-1.0, 0.0, -600.0, 0.0))
        .collect();
    (sheet.width, sheet.height) = (600.0, 800.0);
    check(vec![sheet], &expected);
}

#[test]
fn merged_cells_are_in_their_first_column() {
    let mut sheet = page(&[
        (60.0, 120.0, "类别"),
        (140.0, 120.0, "收入和支出"),
        (110.0, 140.0, "收入"),
        (210.0, 140.0, "支出"),
        (60.0, 160.0, "产值"),
        (110.0, 160.0, "12.5"),
        (210.0, 160.0, "11.5"),
        (60.0, 180.0, "税收"),
        (110.0, 180.0, "2.5"),
        (210.0, 180.0, "1.5"),
    ]);
    rule(
        &mut sheet,
        &[50.0, 100.0, 200.0, 260.0],
        &[105.0, 145.0, 165.0, 185.0],
    );
    let line = |is_level, at, from, to| Rule {
        is_level,
        at,
        from,
        to,
    };
    sheet.rules[2] = line(false, 200.0, 125.0, 185.0);
    sheet.rules.push(line(true, 125.0, 100.0, 260.0));
    check(
        vec![sheet],
        &[
            "#类别\t收入和支出\t",
            "#\t收入\t支出",
            "|产值\t12.5\t11.5",
            "|税收\t2.5\t1.5",
        ],
    );
}

#[test]
fn a_frame_and_a_line_between_columns_are_not_a_table() {
    let mut sheet = page(&[(70.0, 300.0, "园区工作平稳，秩序良好。")]);
    rule(&mut sheet, &[50.0, 550.0], &[280.0, 310.0]);
    check(vec![sheet], &["园区工作平稳，秩序良好。"]);
}

#[test]
fn a_table_with_two_sides_is_read_row_by_row() {
    let rows = [
        ("项目", "预算数", "项目", "预算数"),
        ("一、财政预算拨款的收入", "16616", "一、公共服务支出", ""),
        ("二、政府基金预算的收入", "", "二、外交支出", "12"),
        ("三、国有资本预算的收入", "", "三、国防支出", ""),
        ("四、事业收入", "28095", "四、教育支出", ""),
        ("收入合计", "44711", "支出合计", "12"),
    ];
    let mut sheet = page(&[]);
    for (ord, row) in rows.iter().enumerate() {
        let y = 200.0 + 18.0 * ord as f32;
        for (x, cell) in [
            (60.0, row.0),
            (240.0, row.1),
            (320.0, row.2),
            (480.0, row.3),
        ] {
            set(&mut sheet, x, y, 10.0, cell);
        }
    }
    check(
        vec![sheet],
        &[
            "#项目\t预算数\t项目\t预算数",
            "|一、财政预算拨款的收入\t16616\t一、公共服务支出\t",
            "|二、政府基金预算的收入\t\t二、外交支出\t12",
            "|三、国有资本预算的收入\t\t三、国防支出\t",
            "|四、事业收入\t28095\t四、教育支出\t",
            "|收入合计\t44711\t支出合计\t12",
        ],
    );
}

#[test]
fn wrapped_labels_without_lines_stay_with_their_rows() {
    check(
        vec![page(&[
            (50.0, 300.0, "指标"),
            (250.0, 300.0, "今年"),
            (350.0, 300.0, "去年"),
            (50.0, 330.0, "产值"),
            (250.0, 330.0, "120"),
            (350.0, 330.0, "110"),
            (50.0, 354.0, "社会消费品的零售"),
            (250.0, 360.0, "640"),
            (350.0, 360.0, "610"),
            (50.0, 366.0, "总额"),
            (50.0, 390.0, "税收"),
            (250.0, 390.0, "12"),
            (350.0, 390.0, "11"),
        ])],
        &[
            "#指标\t今年\t去年",
            "|产值\t120\t110",
            "|社会消费品的零售总额\t640\t610",
            "|税收\t12\t11",
        ],
    );
}

#[test]
fn a_table_continues_on_the_next_page() {
    let cells = [("甲村", "120"), ("乙村", "110"), ("丙村", "90")];
    let part = |cells: &[(&str, &str)]| {
        let mut sheet = page(&[(60.0, 200.0, "村名"), (160.0, 200.0, "户数")]);
        for (ord, (name, number)) in cells.iter().enumerate() {
            let y = 220.0 + 20.0 * ord as f32;
            set(&mut sheet, 60.0, y, 10.0, name);
            set(&mut sheet, 160.0, y, 10.0, number);
        }
        let ys: Vec<f32> = (0..cells.len() + 2)
            .map(|ord| 185.0 + 20.0 * ord as f32)
            .collect();
        rule(&mut sheet, &[50.0, 150.0, 250.0], &ys);
        sheet
    };
    let pages = vec![part(&cells[..2]), part(&cells[..])];
    check(
        pages.clone(),
        &[
            "#村名\t户数",
            "|甲村\t120",
            "|乙村\t110",
            "#村名\t户数",
            "|甲村\t120",
            "|乙村\t110",
            "|丙村\t90",
        ],
    );
    let tables = lines(pages).lines;
    assert!(
        tables
            .iter()
            .all(|line| matches!(line.style, Style::Row(row) if row.table == 1))
    );
}

#[test]
fn horizontal_lines_separate_rows_of_wrapped_cells() {
    let mut sheet = page(&[
        (50.0, 300.0, "任务"),
        (150.0, 300.0, "要求和说明的内容"),
        (50.0, 320.0, "整治村内的"),
        (150.0, 320.0, "年底前完成，"),
        (50.0, 334.0, "道路"),
        (150.0, 334.0, "不得拖延。"),
        (50.0, 348.0, "兴修石桥的"),
        (150.0, 348.0, "汛期前完成，"),
        (50.0, 362.0, "引道"),
        (150.0, 362.0, "确保安全。"),
        (50.0, 376.0, "检查"),
        (150.0, 376.0, "每月一次。"),
    ]);
    rule(
        &mut sheet,
        &[45.0, 240.0],
        &[290.0, 307.0, 338.0, 366.0, 380.0],
    );
    sheet.rules.retain(|rule| rule.is_level);
    check(
        vec![sheet],
        &[
            "|任务\t要求和说明的内容",
            "|整治村内的道路\t年底前完成，不得拖延。",
            "|兴修石桥的引道\t汛期前完成，确保安全。",
            "|检查\t每月一次。",
        ],
    );
}

#[test]
fn repeated_table_headers_are_not_running_heads() {
    let part = |name: &str| {
        page(&[
            (50.0, 60.0, "村名"),
            (150.0, 60.0, "户数"),
            (50.0, 76.0, name),
            (150.0, 76.0, "120"),
            (50.0, 92.0, "其他"),
            (150.0, 92.0, "11"),
        ])
    };
    let expected = |name: &'static str| ["#村名\t户数", name, "|其他\t11"];
    check(
        vec![part("甲村"), part("乙村"), part("丙村")],
        &[
            expected("|甲村\t120"),
            expected("|乙村\t120"),
            expected("|丙村\t120"),
        ]
        .concat(),
    );
}

#[test]
fn narrow_gaps_that_all_rows_leave_free_separate_columns() {
    // Gaps of 4 points in 10-point type between the widest cells: too narrow to separate words by themselves.
    check(
        vec![page(&[
            (80.0, 100.0, "各乡镇整修渠道的情况如下，请认真核对后反馈："),
            (60.0, 120.0, "姓名"),
            (94.0, 120.0, "职务"),
            (138.0, 120.0, "电话"),
            (60.0, 136.0, "张三"),
            (94.0, 136.0, "县长"),
            (138.0, 136.0, "2211"),
            (60.0, 152.0, "李四光"),
            (94.0, 152.0, "副县长"),
            (138.0, 152.0, "2212"),
            (60.0, 168.0, "王五"),
            (94.0, 168.0, "县长助理"),
            (138.0, 168.0, "2213"),
            (80.0, 184.0, "以上情况每月更新一次。"),
        ])],
        &[
            "各乡镇整修渠道的情况如下，请认真核对后反馈：",
            "#姓名\t职务\t电话",
            "|张三\t县长\t2211",
            "|李四光\t副县长\t2212",
            "|王五\t县长助理\t2213",
            "以上情况每月更新一次。",
        ],
    );
}

#[test]
fn labels_and_justified_characters_are_not_narrow_columns() {
    check(
        vec![page(&[
            (60.0, 100.0, "一、"),
            (84.0, 100.0, "加固堤防。"),
            (60.0, 116.0, "二、"),
            (84.0, 116.0, "疏浚河道。"),
            (60.0, 132.0, "三、"),
            (84.0, 132.0, "巡查值守。"),
        ])],
        &["一、加固堤防。", "二、疏浚河道。", "三、巡查值守。"],
    );
    // Each row is spread over the same width: all gaps are as wide.
    let mut sheet = Page {
        width: 600.0,
        height: 800.0,
        ..Page::default()
    };
    for (ord, text) in ["县水利局办公室", "县交通局办公室", "县教育局办公室"]
        .iter()
        .enumerate()
    {
        for (at, ch) in text.chars().enumerate() {
            set(
                &mut sheet,
                60.0 + 14.5 * at as f32,
                100.0 + 30.0 * ord as f32,
                10.0,
                &ch.to_string(),
            );
        }
    }
    check(
        vec![sheet],
        &["县水利局办公室", "县交通局办公室", "县教育局办公室"],
    );
}
