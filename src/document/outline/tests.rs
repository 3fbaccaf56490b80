//! Whole outlines.

use super::*;
use crate::document::Style;
use crate::document::blank::trim;

/// The outline as `level label|title`, with `+` before run-in headings.
fn read(text: &str, styles: &[(usize, Style)]) -> Vec<String> {
    let style = |ord| {
        styles
            .iter()
            .find(|(line, _)| *line == ord)
            .map_or(Style::Plain, |(_, style)| *style)
    };
    let paragraphs: Vec<Paragraph<'_>> = text
        .lines()
        .enumerate()
        .map(|(ord, line)| Paragraph {
            text: trim(line),
            is_spaced: is_letter_spaced(line),
            style: style(ord + 1),
            place: PagePart::Body,
        })
        .collect();
    let show = |heading: &Heading| {
        let mark = if heading.run_in { "+" } else { "" };
        format!(
            "{mark}{} {}|{}",
            heading.level,
            heading.label.as_deref().unwrap_or("-"),
            heading.title
        )
    };
    outline(&paragraphs).iter().map(show).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text, &[]), expected);
}

const BODY: &str = "园区全年接待客商三百余人次，新签约项目十二个，到位资金稳步增加，群众反映良好。";

#[test]
fn numbers_nest_and_may_jump() {
    check(
        &format!(
            "一、做法\n（一）班子重视。{BODY}\n（三）措施有力。{BODY}\n三、问题\n1.人手\n{BODY}\n2、经费\n{BODY}\n五、打算\n{BODY}"
        ),
        &[
            "1 一、|做法",
            "+2 （一）|班子重视",
            "+2 （三）|措施有力",
            "1 三、|问题",
            "2 1.|人手",
            "2 2、|经费",
            "1 五、|打算",
        ],
    );
    check(
        &format!("1. 总则\n1.1 范围\n{BODY}\n1.2 对象\n{BODY}\n2. 管理\n2.1 机构\n{BODY}"),
        &[
            "1 1.|总则",
            "2 1.1|范围",
            "2 1.2|对象",
            "1 2.|管理",
            "2 2.1|机构",
        ],
    );
}

#[test]
fn numbers_restart_under_another_heading() {
    check(
        &format!(
            "三、措施\n第一，修路问题。\n{BODY}\n第二，治水问题。\n{BODY}\n一、清淤。{BODY}\n二、固堤。{BODY}\n第三，造林问题。\n{BODY}\n四、打算\n{BODY}"
        ),
        &[
            "1 三、|措施",
            "2 第一，|修路问题",
            "2 第二，|治水问题",
            "+3 一、|清淤",
            "+3 二、|固堤",
            "2 第三，|造林问题",
            "1 四、|打算",
        ],
    );
    check(
        &format!("一、做法\n（一）甲项\n{BODY}\n二、问题\n（一）乙项\n{BODY}"),
        &[
            "1 一、|做法",
            "2 （一）|甲项",
            "1 二、|问题",
            "2 （一）|乙项",
        ],
    );
}

#[test]
fn a_document_may_invert_the_usual_order() {
    check(
        &format!("1.做法\n（一）甲项\n{BODY}\n（二）乙项\n{BODY}\n2.问题\n（一）丙项\n{BODY}"),
        &[
            "1 1.|做法",
            "2 （一）|甲项",
            "2 （二）|乙项",
            "1 2.|问题",
            "2 （一）|丙项",
        ],
    );
}

#[test]
fn statutes_rank_their_parts() {
    check(
        "第一编 总 则\n第一章 范围\n第一条 园区归管委会管理。\n第二章 机构\n第一节 设置\n第二条 管委会设三科：\n（一）综合科；\n（二）企业科。\n第三条【办公】管委会每日办公。",
        &[
            "1 第一编|总 则",
            "2 第一章|范围",
            "+4 第一条|",
            "2 第二章|机构",
            "3 第一节|设置",
            "+4 第二条|",
            "+4 第三条|办公",
        ],
    );
    check(
        "一、一般规定\n第一条 园区归管委会管理。\n二、附则\n第二条 本细则自公布之日起施行。",
        &["1 一、|一般规定", "+2 第一条|", "1 二、|附则", "+2 第二条|"],
    );
    check(&format!("{BODY}\n第一条，反对浪费，这是我们的主张。"), &[]);
}

#[test]
fn list_items_are_not_headings() {
    check(
        "一、职责\n1、主持园区日常工作。\n2、起草园区年度计划。\n3、完成上级交办的工作。",
        &["1 一、|职责"],
    );
    check(
        &format!("一、目标\n（一）税收稳步增长；\n（二）就业稳步增长。\n二、问题\n{BODY}"),
        &["1 一、|目标", "1 二、|问题"],
    );
    check(
        "一、承租人应当按时交租。逾期加收滞纳金。\n二、出租人应当及时维修。怠于维修的减租。",
        &[],
    );
    check(&format!("{BODY}\n（一）中所说的项目已经完工。{BODY}"), &[]);
    check("要做到：一是班子带头。二是群众参与。", &[]);
}

#[test]
fn points_at_the_start_of_paragraphs_are_headings() {
    check(
        &format!("一、成效\n一是产业升级。{BODY}\n二是就业扩大。{BODY}"),
        &["1 一、|成效", "+2 一是|产业升级", "+2 二是|就业扩大"],
    );
    check(&format!("一、成效\n一是产业升级。{BODY}"), &["1 一、|成效"]);
    check(
        &format!("一、场景\n应用一：选址\n{BODY}\n应用二：招商\n{BODY}"),
        &["1 一、|场景", "2 应用一：|选址", "2 应用二：|招商"],
    );
}

#[test]
fn run_in_headings_end_at_colon_or_blank() {
    check(
        &format!("1.适用范围：{BODY}\n2.收费标准：{BODY}"),
        &["+1 1.|适用范围", "+1 2.|收费标准"],
    );
    check(
        &format!("一、园区党的建设　　{BODY}\n二、园区企业服务　　{BODY}"),
        &["+1 一、|园区党的建设", "+1 二、|园区企业服务"],
    );
}

#[test]
fn unlabelled_lines_head_blocks() {
    check(
        &format!(
            "{BODY}\n关于园区建设\n{BODY}\n一、道路\n{BODY}\n关于企业服务\n{BODY}\n结束语\n{BODY}"
        ),
        &[
            "1 -|关于园区建设",
            "2 一、|道路",
            "1 -|关于企业服务",
            "1 -|结束语",
        ],
    );
    check(
        &format!("一、成效\n推动道路加快建设。\n{BODY}{BODY}\n推动企业加快聚集。\n{BODY}{BODY}"),
        &[
            "1 一、|成效",
            "2 -|推动道路加快建设",
            "2 -|推动企业加快聚集",
        ],
    );
    check(
        &format!("一、成效\n{BODY}\n附件1\n园区项目清单\n1.道路\n{BODY}\n2.管网\n{BODY}"),
        &["1 一、|成效", "1 -|园区项目清单", "2 1.|道路", "2 2.|管网"],
    );
    check(&format!("{BODY}\n园区管理委员会\n2009年8月20日"), &[]);
    check(&format!("今年园区的\n主要目标\n是：{BODY}"), &[]);
}

#[test]
fn parallel_lines_head_blocks() {
    let long = format!("{BODY}{BODY}{BODY}{BODY}");
    check(
        &format!(
            "二、任务\n必须做到“三个聚焦”：\n聚焦园区升级，高标准建设先进制造业集聚区。\n{long}\n聚焦乡村振兴，高标准建设和美宜居新农村。\n{long}\n聚焦民生改善，高标准建设普惠共享幸福城。\n{long}"
        ),
        &[
            "1 二、|任务",
            "2 -|聚焦园区升级，高标准建设先进制造业集聚区",
            "2 -|聚焦乡村振兴，高标准建设和美宜居新农村",
            "2 -|聚焦民生改善，高标准建设普惠共享幸福城",
        ],
    );
    check(
        &format!(
            "2026年重点工作\n{BODY}\n“五路并进”聚势赋能。\n{long}\n推动红利加快释放。\n{long}"
        ),
        &[
            "1 -|2026年重点工作",
            "2 -|“五路并进”聚势赋能",
            "2 -|推动红利加快释放",
        ],
    );
    check(
        &format!(
            "一、任务\n重点抓好以下工作：\n园区扩容提质\n{BODY}\n道路改造升级\n{BODY}\n二、保障\n{BODY}"
        ),
        &[
            "1 一、|任务",
            "2 -|园区扩容提质",
            "2 -|道路改造升级",
            "1 二、|保障",
        ],
    );
    let line =
        "五年来，我们坚定不移走绿色发展和高质量发展之路，园区内外群众的面貌展现出一番新的气象。";
    check(
        &format!(
            "一、成效\n{line}\n{long}\n{}\n{long}\n{}\n{long}",
            line.replace("绿色", "开放"),
            line.replace("园区", "城乡")
        ),
        &[
            "1 一、|成效",
            "2 -|五年来，我们坚定不移走绿色发展和高质量发展之路，园区内外群众的面貌展现出一番新的气象",
            "2 -|五年来，我们坚定不移走开放发展和高质量发展之路，园区内外群众的面貌展现出一番新的气象",
            "2 -|五年来，我们坚定不移走绿色发展和高质量发展之路，城乡内外群众的面貌展现出一番新的气象",
        ],
    );
}

#[test]
fn lines_alike_without_text_of_their_own_are_a_list() {
    check(
        "二、任务\n必须做到“三个聚焦”：\n聚焦园区升级，高标准建设先进制造业集聚区。\n聚焦乡村振兴，高标准建设和美宜居新农村。\n聚焦民生改善，高标准建设普惠共享幸福城。",
        &["1 二、|任务"],
    );
    check(
        &format!("{BODY}\n“园区是家。”\n{BODY}{BODY}\n“企业是树。”\n{BODY}{BODY}"),
        &[],
    );
}

#[test]
fn consecutive_paragraphs_that_open_alike_have_headings() {
    check(
        &format!(
            "一、成效\n{BODY}\n五年来，我们坚定不移抓好产业。{BODY}\n五年来，我们坚定不移修好道路。{BODY}\n五年来，我们坚定不移办好学校。{BODY}\n第一，修路问题。\n{BODY}\n第二，治水问题。\n{BODY}"
        ),
        &[
            "1 一、|成效",
            "+2 -|五年来，我们坚定不移抓好产业",
            "+2 -|五年来，我们坚定不移修好道路",
            "+2 -|五年来，我们坚定不移办好学校",
            "2 第一，|修路问题",
            "2 第二，|治水问题",
        ],
    );
    check(
        &format!(
            "有人认为园区的规模办得过大了。{BODY}\n有人认为园区的办法不合当地的实际情况，因此主张停办。{BODY}\n有人认为园区好。{BODY}"
        ),
        &[],
    );
    check(
        &format!(
            "各位代表，园区大有希望。{BODY}\n各位代表，园区大有作为。{BODY}\n各位代表，园区大有可为。{BODY}\n——五年来，园区规模。{BODY}\n——五年来，园区税收。{BODY}\n——五年来，园区企业。{BODY}"
        ),
        &[],
    );
}

#[test]
fn a_line_of_two_sentences_heads_those_below() {
    let long = format!("{BODY}{BODY}{BODY}{BODY}");
    check(
        &format!(
            "一、成效\n五年来，我们坚定不移抓好产业。园区规模加快扩大。\n{long}\n企业效益加快提高。\n{long}\n五年来，我们坚定不移办好民生。就业岗位加快增加。\n{long}\n五年来，我们坚定不移护好山水。空气质量加快改善。\n{long}\n二、任务\n{BODY}"
        ),
        &[
            "1 一、|成效",
            "+2 -|五年来，我们坚定不移抓好产业",
            "3 -|企业效益加快提高",
            "+2 -|五年来，我们坚定不移办好民生",
            "+2 -|五年来，我们坚定不移护好山水",
            "1 二、|任务",
        ],
    );
}

#[test]
fn attachments_are_listed_not_headed() {
    check(
        &format!("{BODY}\n附件：1.责任分工表\n2.情况汇总表\n园区管理委员会\n2009年8月20日"),
        &[],
    );
    check(
        &format!("一、做法\n{BODY}\n附：1、责任分工表\n　　2、情况汇总表\n二、问题\n{BODY}"),
        &["1 一、|做法", "1 二、|问题"],
    );
}

#[test]
fn terms_are_listed_not_headed() {
    check(
        "名词解释\n1.“双百”行动：百家企业联系百个村庄。\n2.“三通”：通路、通水、通电。",
        &["1 -|名词解释"],
    );
}

#[test]
fn heading_styles_are_trusted() {
    let styles = [
        (1, Style::Heading(2)),
        (3, Style::Heading(3)),
        (5, Style::Heading(2)),
    ];
    assert_eq!(
        read(
            &format!("概况\n{BODY}\n一、区位\n{BODY}\n成效\n（一）税收\n{BODY}"),
            &styles
        ),
        ["1 -|概况", "2 一、|区位", "1 -|成效", "2 （一）|税收",]
    );
}

#[test]
fn a_long_paragraph_is_never_a_heading() {
    let styles = [(1, Style::Heading(1)), (3, Style::Heading(1))];
    let text = |n: usize| {
        format!(
            "{}\n{BODY}\n三、{}\n{BODY}",
            "园".repeat(n),
            "区".repeat(n - 2)
        )
    };
    assert_eq!(read(&text(300), &styles).len(), 2);
    assert_eq!(read(&text(301), &styles).len(), 0);
}

#[test]
fn plain_numbers_continue_styled_ones() {
    let styles = [(1, Style::Heading(2)), (5, Style::Heading(2))];
    let text = format!("一、道路\n{BODY}\n二、管网\n{BODY}\n三、绿化\n{BODY}");
    assert_eq!(
        read(&text, &styles),
        ["1 一、|道路", "1 二、|管网", "1 三、|绿化"]
    );
}

#[test]
fn a_bare_numeral_heads_a_part() {
    check(
        &format!("　　一\n{BODY}\n　　二\n{BODY}"),
        &["1 一|", "1 二|"],
    );
}
