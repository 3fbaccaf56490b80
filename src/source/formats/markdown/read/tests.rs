//! Tests of the format as a whole.

use Style::{Heading, Plain, Title};

use super::*;
use crate::document::{Reason, Row};
use crate::text::visible::n_visible;

fn in_table(table: u32, is_header: bool) -> Style {
    Style::Row(Row { table, is_header })
}

/// Asserts the lines of text; boilerplate is left out, but must account for the rest.
#[track_caller]
fn check(text: &str, expected: &[(u32, Style, &str)]) {
    let raw = read(text, SourceMetadata::default());
    let n_kept: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
    assert_eq!(raw.n_read, Some(n_kept));
    let is_text = |line: &&Line| !matches!(line.style, Style::Boilerplate(_));
    let lines = raw.lines.iter().filter(is_text);
    let actual: Vec<_> = lines
        .map(|line| (line.number, line.style, &*line.text))
        .collect();
    assert_eq!(actual, expected);
}

#[track_caller]
fn check_aside(text: &str, expected: &[(u32, Reason, &str)]) {
    let raw = read(text, SourceMetadata::default());
    let lines = raw.lines.iter();
    let actual: Vec<_> = lines
        .filter_map(|line| match line.style {
            Style::Boilerplate(reason) => Some((line.number, reason, &*line.text)),
            _ => None,
        })
        .collect();
    assert_eq!(actual, expected);
}

#[test]
fn headings_and_marks() {
    let text = "# 某市道路管理办法\n<!-- 内\n注 -->\n## 第一章 **总则** ##\n第一条 见[条例](http://x/y)。\n";
    check(
        text,
        &[
            (1, Title, "某市道路管理办法"),
            (4, Heading(2), "第一章 总则"),
            (5, Plain, "第一条 见条例。"),
        ],
    );
    check_aside(text, &[(2, Reason::Hidden, "内注")]);
    check(
        "# 甲\n# 乙\n#话题\n",
        &[
            (1, Heading(1), "甲"),
            (2, Heading(1), "乙"),
            (3, Plain, "#话题"),
        ],
    );
    check(
        "# 甲\n## 乙\n# 丙\n",
        &[
            (1, Title, "甲"),
            (2, Heading(2), "乙"),
            (3, Heading(1), "丙"),
        ],
    );
    check(
        "> 引文\n- 项目\n* *重点*工作\n1. 第一\n---\n3 * 5 \\* ![图](a.png)",
        &[
            (1, Plain, "引文"),
            (2, Plain, "项目"),
            (3, Plain, "重点工作"),
            (4, Plain, "1. 第一"),
            (6, Plain, "3 * 5 * 图"),
        ],
    );
    check("甲 <!-- 一 --> 乙", &[(1, Plain, "甲  乙")]);
    check("［注］[注] a_b", &[(1, Plain, "［注］[注] a_b")]);
}

#[test]
fn headings_by_their_underlines_and_fences() {
    check(
        "总则\n====\n\n概况\n----\n~~~\n# 非标题\n~~~\n    缩进\n",
        &[
            (1, Title, "总则"),
            (4, Heading(2), "概况"),
            (7, Plain, "# 非标题"),
            (9, Plain, "缩进"),
        ],
    );
}

#[test]
fn wrapped_lines_are_joined_and_paragraphs_are_not() {
    check(
        "县域经\n济向好，\nGDP\ngrows。  \n硬换行\n\n- 一是抓\n  落实\n- [x] 已办\n3) 三\n",
        &[
            (1, Plain, "县域经济向好，GDP grows。"),
            (5, Plain, "硬换行"),
            (7, Plain, "一是抓落实"),
            (9, Plain, "☑ 已办"),
            (10, Plain, "3) 三"),
        ],
    );
    check(
        "2022年1月 批准\n2022年2月 发布\n",
        &[(1, Plain, "2022年1月 批准"), (2, Plain, "2022年2月 发布")],
    );
    let long = "园区工作平稳有序。".repeat(8);
    check(
        &format!("{long}\n{long}\n一、概况\n园区工作平稳，各项\n有序。\n\u{3000}\u{3000}有序"),
        &[
            (1, Plain, &long),
            (2, Plain, &long),
            (3, Plain, "一、概况"),
            (4, Plain, "园区工作平稳，各项有序。"),
            (6, Plain, "\u{3000}\u{3000}有序"),
        ],
    );
}

#[test]
fn tables_notes_and_html() {
    check(
        "| 年份 | 产值 |\n|---|:--|\n| 2009 | `12` |\n| 2010 | 3\\|4 |\n",
        &[
            (1, in_table(1, true), "年份\t产值"),
            (3, in_table(1, false), "2009\t12"),
            (4, in_table(1, false), "2010\t3|4"),
        ],
    );
    let text = "见~~旧~~文[^1]与<b>粗</b>&nbsp;体<ruby>甪<rt>lù</rt></ruby><br>下\n\n<div>块\n<p>文</div>\n\n<table><tr><td>甲<td>乙\n\n<tr><td>丙<td>丁</table>\n\n[^1]: 注。\n";
    check(
        text,
        &[
            (1, Plain, "见旧文与粗\u{a0}体甪"),
            (1, Plain, "下"),
            (3, Plain, "块"),
            (3, Plain, "文"),
            (6, in_table(1, false), "甲\t乙"),
            (6, in_table(1, false), "丙\t丁"),
            (10, Plain, "注。"),
        ],
    );
    check_aside(text, &[(1, Reason::Frame, "lù")]);
}

#[test]
fn front_matter_gives_title_and_date() {
    let text = "---\ntitle: \"年度计划\"\ndate: 2021-03-04\n---\n正文";
    let raw = read(text, SourceMetadata::default());
    assert_eq!(raw.given.title.as_deref(), Some("年度计划"));
    assert_eq!(raw.given.date.as_deref(), Some("2021-03-04"));
    check(text, &[(5, Plain, "正文")]);
    check_aside(
        text,
        &[
            (2, Reason::Metadata, "title: \"年度计划\""),
            (3, Reason::Metadata, "date: 2021-03-04"),
        ],
    );
    check("---\n正文\n---\n", &[(2, Heading(2), "正文")]);
}

#[test]
fn comments_are_hidden_text_in_order() {
    let text = "首段。\n\n<!-- 整行\n两行 -->\n\n正文<!-- 行内 -->续。\n\n| 甲 | 乙 |\n|---|---|\n| 1 <!-- 格内 --> | 2 |\n\n[//]: # (定义)\n[//]: # \"又一\"\n\n- 项目\n\n[a]: http://a.example \"不是注释\"\n\n```\n<!-- 码 -->\n[//]: # (码)\n```\n\n[//]: # '末'\n";
    check(
        text,
        &[
            (1, Plain, "首段。"),
            (6, Plain, "正文续。"),
            (8, in_table(1, true), "甲\t乙"),
            (10, in_table(1, false), "1\t2"),
            (15, Plain, "项目"),
            (20, Plain, "<!-- 码 -->"),
            (21, Plain, "[//]: # (码)"),
        ],
    );
    check_aside(
        text,
        &[
            (3, Reason::Hidden, "整行两行"),
            (6, Reason::Hidden, "行内"),
            (10, Reason::Hidden, "格内"),
            (12, Reason::Hidden, "定义"),
            (13, Reason::Hidden, "又一"),
            (24, Reason::Hidden, "末"),
        ],
    );
}
