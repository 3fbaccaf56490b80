//! The outline of a report: which lines are headings, of which rank, under which other.
//!
//! ```text
//! report   = title front part*
//! part     = heading text* part*
//! heading  = styled            the source's style says so
//!          | label topic       一、基本情况                  (alone on its line)
//!          | label point text  （一）班子重视，部署周密。年初以来……  (run-in: the first sentence is the heading)
//!          | label words "：" text
//!          | label words blank text
//!          | topic             结束语                       (unlabelled)
//!          | sentence          推动开放型经济加快发展。        (unlabelled, with its paragraph on the next line)
//!          | sentence text     五年来，我们着力办好学校。……     (unlabelled, in a row of paragraphs that open alike)
//! ```
//!
//! [`label`] has the grammar of labels. A paragraph with a label is a heading if it and its siblings read as
//! such (`groups`, `statement`); levels follow from how the labels nest in this document (`levels`).

mod candidates;
mod chains;
mod contents;
mod forms;
mod groups;
pub mod label;
mod levels;
mod numeral;
mod openings;
mod statement;
mod unlabelled;

pub(in crate::document) use contents::{
    Candidate as ContentsLine, Listed, Sort, contents, is_heading as heads_contents,
};
pub(in crate::document) use statement::{Ending, ending};
pub(in crate::document) use unlabelled::{
    is_attachment_marker, is_letter_spaced, is_salutation, names_part,
};

use self::candidates::{Candidate, candidates, judge};
use self::groups::Verdict;
use self::label::Label;
use self::levels::Entry;
use super::blank::{is_blank, trim};
use super::{Reason, Style};

/// A line with text on it, as the outline sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph<'a> {
    /// The text as [`super::reading`] reads it.
    pub(super) text: &'a str,
    /// Whether blanks set its characters apart, as they do those of some headings and names.
    pub(super) is_spaced: bool,
    /// What the source says of it.
    pub(super) style: Style,
    /// Where on the page it stands.
    pub(super) place: Place,
}

impl Paragraph<'_> {
    /// Whether the source gives it the style of a title or a heading.
    pub(super) fn is_styled(&self) -> bool {
        matches!(self.style, Style::Title | Style::Heading(_))
    }

    /// Whether it is no part of the report.
    pub(super) fn is_boilerplate(&self) -> bool {
        matches!(self.place, Place::Boilerplate(_))
    }
}

/// What a line is for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The title, or a part of it.
    Title,
    /// No part of the report.
    Boilerplate(Reason),
    /// Between title and text: subtitle, speaker, document number.
    Front,
    /// Text.
    Body,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Ordinal of its paragraph.
    pub(super) paragraph: usize,
    /// The label as printed; `None` without one.
    pub(super) label: Option<String>,
    /// The rest without its final stop.
    pub(super) title: String,
    /// Rank in the document, from 1.
    pub(super) level: u8,
    /// Whether body text follows in the same paragraph.
    pub(super) run_in: bool,
    /// Ordinal of the heading that it belongs to.
    pub(super) parent: Option<usize>,
}

/// The headings of `paragraphs`, in order; empty if there are none.
pub(super) fn outline(paragraphs: &[Paragraph<'_>]) -> Vec<Heading> {
    let labels: Vec<Option<Label<'_>>> = paragraphs.iter().map(read_label).collect();
    let unlabelled = unlabelled::unlabelled(paragraphs, &labels);
    let candidates = candidates(paragraphs, &labels, &unlabelled);
    let entries: Vec<Entry<'_>> = candidates.iter().map(|candidate| candidate.entry).collect();
    let verdicts = judge(&candidates, &levels::nest(&entries), paragraphs);
    let accepted: Vec<Accepted<'_>> = candidates
        .iter()
        .zip(verdicts)
        .filter_map(|(candidate, verdict)| accept(candidate, verdict))
        .collect();
    let entries: Vec<Entry<'_>> = accepted.iter().map(|accepted| accepted.entry).collect();
    let parents = levels::nest(&entries);
    let levels = levels::levels(&entries, &parents);
    let places = parents.into_iter().zip(levels);
    accepted
        .iter()
        .zip(places)
        .map(|(accepted, (parent, level))| accepted.heading(parent, level))
        .collect()
}

fn read_label<'a>(paragraph: &Paragraph<'a>) -> Option<Label<'a>> {
    let is_text = match paragraph.place {
        Place::Body => !matches!(paragraph.style, Style::Row(_)),
        Place::Title | Place::Front => paragraph.is_styled(),
        Place::Boilerplate(_) => false,
    };
    if is_text {
        label::lex(paragraph.text)
    } else {
        None
    }
}

struct Accepted<'a> {
    paragraph: usize,
    entry: Entry<'a>,
    label: Option<&'a str>,
    title: &'a str,
    run_in: bool,
}

/// Longest heading with its label, in characters. Those without a style are far shorter (`statement`); a paragraph that an
/// author gave a heading's style is text, and would be stored again with every passage below it.
const MAX_HEADING: usize = 300;

fn accept<'a>(candidate: &Candidate<'a>, verdict: Verdict<'a>) -> Option<Accepted<'a>> {
    let (title, run_in) = match verdict {
        Verdict::Line(title) => (title, false),
        Verdict::RunIn(title) => (title, true),
        Verdict::Text => return None,
    };
    let label = candidate.label.map_or("", |label| label.text);
    let mut chars = label.chars().chain(title.chars());
    if chars.nth(MAX_HEADING).is_some() {
        return None;
    }
    let Candidate {
        paragraph,
        entry,
        label,
        ..
    } = *candidate;
    Some(Accepted {
        paragraph,
        entry,
        label: label.map(|label| label.text),
        title,
        run_in,
    })
}

impl Accepted<'_> {
    fn heading(&self, parent: Option<usize>, level: u8) -> Heading {
        Heading {
            paragraph: self.paragraph,
            label: self.label.map(printed_label),
            title: trim(statement::without_stop(self.title)).to_owned(),
            level,
            run_in: self.run_in,
            parent,
        }
    }
}

/// The label without the blanks inside it.
fn printed_label(label: &str) -> String {
    label.chars().filter(|&ch| !is_blank(ch)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
                place: Place::Body,
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

    const BODY: &str =
        "园区全年接待客商三百余人次，新签约项目十二个，到位资金稳步增加，群众反映良好。";

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
    fn list_items_are_no_headings() {
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
            &format!(
                "一、成效\n推动道路加快建设。\n{BODY}{BODY}\n推动企业加快聚集。\n{BODY}{BODY}"
            ),
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
        let line = "五年来，我们坚定不移走绿色发展和高质量发展之路，园区内外群众的面貌展现出一番新的气象。";
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
    fn paragraphs_in_a_row_that_open_alike_are_headed() {
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
    fn terms_are_listed_not_headed() {
        check(
            "名词解释\n1.“双百”行动：百家企业联系百个村庄。\n2.“三通”：通路、通水、通电。",
            &["1 -|名词解释"],
        );
    }

    #[test]
    fn styles_are_taken_at_their_word() {
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
    fn a_long_paragraph_is_no_heading_whatever_its_style() {
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
}
