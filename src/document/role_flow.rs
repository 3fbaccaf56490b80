//! The roles of passages: from headings, from sentences that open a role, and from the order of a report.
//!
//! A report says what was done, then what is wrong, then what is to be done, often under headings that only state a point
//! (`大力推进农业`). A passage has the role that a sentence opened, as long as it lasts; else that of its headings; else
//! what the order of the document and the words of the section imply.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Part;
use super::blank::{contains_any, ends_with_any, squeeze, starts_with_any, words};
use super::role::{Role, is_appendix};
use super::role_opening::{TROUBLES, opened};
use super::role_tense::tense;
use super::structure::{Document, Passage};

/// Kinds whose sections rule, and neither report nor plan.
const STATUTES: &str =
    "法 法律 宪法 法典 条例 规定 办法 细则 规则 解释 章程 公约 判决书 裁定书 决议 公告 批复 标准";

/// Kinds that plan from the first line.
const PLANNING: &str = "意见 方案 规划 计划 纲要 要点 措施 通知 决定 设想 打算";

/// Words by which a heading begins that says what to do.
const DIRECTIVES: &str = "坚持 加强 加快 推进 推动 促进 深化 强化 完善 健全 建立 构建 培育 大力 积极 全面 进一步 继续 努力 切实 着力 扎实 持续 深入 稳步 统筹 优化 \
    提升 提高 增强 扩大 拓展 实施 落实 贯彻 严格 规范 改善 搞好 抓好 抓紧 做好 打造 引导 支持 鼓励 加大 夯实 充分 合理 聚焦 坚定 毫不 从严 认真 正确 \
    开创 实现 确立 确定 规定 高举 维护 巩固 整顿 改进 丰富 满足 明确 突出 注重 必须 要 进行 更好 以 为 始终 千方百计 集中力量 指导思想 基本原则 组织实施";

/// Words at the end of a heading that says how things went, after an adverb: 改革稳步推进.
const WENT: &str = "提升 增强 加快 健全 推进 优化 构建 活跃 深化 完善 改善 发展 丰富 加强 扩大 向好 稳定 提高 增长 上升 提质 增效 深入 有力";

/// Adverbs before such a word.
const HOW: &str = "不断 持续 稳步 加快 大幅 显著 日益 逐步 有力 全面 更加 进一步 明显 深入 有序 扎实 总体 蓬勃 提档";

/// What a heading with one of [`DIRECTIVES`] does not hold: it would say what came of it.
const OUTCOMES: &str = "取得 得到 进展 迈上 了 以来 显著 明显";

/// What a heading without one of [`DIRECTIVES`] reports.
const TOLD: &str = "取得 得到 进展 迈上 了 以来 显著 明显 成效 成就 突破";

/// Words by which a heading goes on with a list that a paragraph began.
const HEADED_ITEMS: &str = "二是 三是 四是 五是 六是 七是 八是";

/// Words by which a paragraph goes on with a list.
const ITEMS: &str = "二是 三是 四是 五是 六是 七是 八是 二、 三、 四、 五、 (二) (三) (四) (五) 第二 第三 第四 第五 再次 此外 另外 同时 2. 3. 4. 5. 还有";

/// Words of thanks, which belong to what was done.
const THANKS: &str = "感谢 致以 敬意";

/// The state of a document up to a passage.
#[derive(Default)]
struct Flow {
    /// Whether the document plans from its first line.
    is_plan: bool,
    /// The year of the document.
    year: Option<i32>,
    /// The role that the last sentence opened.
    opened: Option<Role>,
    /// Results, problems or plans: what the document told last.
    phase: Option<Role>,
    /// Whether the heading names results and plans: the words of a passage decide.
    is_twofold: bool,
    /// Roles of sections whose headings have no word for them.
    implied: BTreeMap<usize, Option<Role>>,
}

/// Gives each passage the role that its text or its place implies where the headings do not.
pub(super) fn mark_roles(document: &mut Document) {
    let kind = document.kind.as_deref().unwrap_or_default();
    if ends_with_any(kind, STATUTES) {
        // Its chapters are named after what they rule: `保障措施`, `任务`.
        document
            .sections
            .iter_mut()
            .for_each(|section| section.role = None);
        return;
    }
    let mut flow = Flow {
        is_plan: ends_with_any(kind, PLANNING),
        year: document.date.map(|(date, _)| i32::from(date.year)),
        ..Flow::default()
    };
    let mut at = 0;
    while at < document.passages.len() {
        let section = document.passages[at].section;
        let rest = document.passages[at..].iter();
        let end = at
            + rest
                .take_while(|passage| passage.section == section)
                .count();
        flow.enter(document, section, at..end);
        let of_headings = document.role(section);
        flow.is_twofold = is_twofold(document, section);
        let place = section.and_then(|ord| flow.implied.get(&ord).copied().flatten());
        for passage in &mut document.passages[at..end] {
            flow.mark(passage, of_headings, place);
        }
        at = end;
    }
}

impl Flow {
    /// Goes on to the passages of a section.
    fn enter(&mut self, document: &Document, section: Option<usize>, passages: Range<usize>) {
        let Some((ord, own)) = section.map(|ord| (ord, &document.sections[ord])) else {
            return;
        };
        let title = squeeze(own.label.as_deref().unwrap_or_default()) + &squeeze(&own.title);
        // `二是资金不足` goes on with the problems that the paragraph before it opened.
        if own.role.is_some() || !starts_with_any(&title, HEADED_ITEMS) {
            self.opened = None;
        }
        if document.role(section).is_none() {
            let implied = self.imply(document, ord, &title, passages);
            self.implied.insert(ord, implied);
        }
    }

    /// What the order of the document and the words of a section say of its role.
    fn imply(
        &self,
        document: &Document,
        ord: usize,
        title: &str,
        run: Range<usize>,
    ) -> Option<Role> {
        let path = document.path(Some(ord));
        if path.iter().any(|section| is_appendix(&section.title)) {
            return None;
        }
        let heading = squeeze(&document.sections[ord].title);
        let parent = document.sections[ord].parent;
        let above = parent.and_then(|parent| self.implied.get(&parent).copied().flatten());
        let points = is_directive(&heading) || is_directive(title);
        let tells = !points && (contains_any(&heading, TOLD) || went(&heading));
        let body = document.passages[run]
            .iter()
            .filter(|passage| passage.part == Part::Body);
        let said: i32 = body.map(|passage| tense(&passage.text).clamp(-2, 2)).sum();
        match self.phase {
            Some(Role::Results) if points && said > 0 || said > 2 => Some(Role::Plans),
            Some(Role::Results) if tells || said < 0 => Some(Role::Results),
            Some(Role::Problems | Role::Plans) if !points && (tells && said <= 0 || said < -1) => {
                Some(Role::Results)
            }
            Some(Role::Problems | Role::Plans) => Some(Role::Plans),
            None if points && (self.is_plan || said > 0) => Some(Role::Plans),
            _ => above,
        }
    }

    /// Gives a passage its role. `of_headings` is that of its headings, `place` what its section implies without one.
    fn mark(&mut self, passage: &mut Passage, of_headings: Option<Role>, place: Option<Role>) {
        if passage.part == Part::Body {
            let opened = opened(&passage.text, self.year).filter(|role| {
                // `今年仍面临不少困难，但我们要坚定信心` stays a plan, and a review that names this year a review.
                match (of_headings, role) {
                    (Some(Role::Plans), Role::Problems) => tense(&passage.text) <= 0,
                    (Some(Role::Results), Role::Plans) => tense(&passage.text) > 0,
                    _ => true,
                }
            });
            if opened.is_some() {
                self.opened = opened;
            } else if self.is_twofold {
                self.opened = match tense(&passage.text) {
                    ..-1 => Some(Role::Results),
                    -1..=0 => self.opened,
                    _ => Some(Role::Plans),
                };
            } else if self.ends(&passage.text, of_headings.or(place)) {
                self.opened = None;
            }
        }
        let of_text = match passage.part {
            Part::Body => self.opened.or(place),
            _ => place,
        };
        passage.opened = of_text.filter(|role| of_headings != Some(*role));
        if passage.part == Part::Body
            && let Some(role @ (Role::Results | Role::Problems | Role::Plans)) =
                of_text.or(of_headings)
        {
            self.phase = Some(role);
        }
    }

    /// Whether the role that a sentence opened is over in a paragraph that opens none.
    fn ends(&self, text: &str, place: Option<Role>) -> bool {
        let start: String = text.chars().take(60).collect();
        let start = squeeze(&start);
        match self.opened {
            Some(Role::Problems) => {
                let is_more = starts_with_any(&start, ITEMS) || contains_any(&start, TROUBLES);
                !is_more && tense(text) < 0
            }
            Some(Role::Results) if place == Some(Role::Plans) => tense(text) >= 0,
            Some(Role::Results) => tense(text) > 0,
            Some(Role::Plans) if place == Some(Role::Results) => tense(text) <= 0,
            Some(Role::Plans) => tense(text) < -1,
            Some(Role::Lessons) => contains_any(text, THANKS),
            _ => false,
        }
    }
}

/// Whether the nearest heading with a role names results and plans.
fn is_twofold(document: &Document, section: Option<usize>) -> bool {
    let path = document.path(section);
    let mut named = path.iter().rev().filter(|section| section.role.is_some());
    named
        .next()
        .is_some_and(|section| Role::is_twofold(&section.title))
}

/// Whether a heading says what to do, and not what came of it.
fn is_directive(heading: &str) -> bool {
    starts_with_any(heading, DIRECTIVES) && !contains_any(heading, OUTCOMES)
}

/// Whether a heading says how things went: `改革稳步推进`.
fn went(heading: &str) -> bool {
    let mut before = words(WENT).filter_map(|verb| heading.strip_suffix(verb));
    before.any(|before| ends_with_any(before, HOW))
}

#[cfg(test)]
mod tests {
    use crate::document::{Line, Part, SourceMetadata, Style, compose};

    /// The roles of the body passages of a report of 2026.
    fn roles(title: &str, lines: &[&str]) -> Vec<&'static str> {
        let lines: Vec<Line> = (1..)
            .zip([title].iter().chain(lines))
            .map(|(number, text)| Line {
                number,
                text: (*text).to_owned(),
                style: Style::Plain,
            })
            .collect();
        let given = SourceMetadata {
            date: Some("2026-01-20".to_owned()),
            ..SourceMetadata::default()
        };
        let (document, _) = compose(&lines, &given);
        let passages = document.passages.iter();
        let body = passages.filter(|passage| passage.part == Part::Body);
        body.map(|passage| document.role_of(passage).map_or("none", |role| role.name()))
            .collect()
    }

    #[test]
    fn a_report_without_headings_for_its_plans_goes_on_to_them() {
        let told = roles(
            "2026年水利局工作报告",
            &[
                "一、2025年工作回顾",
                "全年修渠三十里，比上年增长一成，取得了明显成效。",
                "我们也清醒地看到，管护经费不足，部分渠道老化。",
                "二是巡查人手不够，问题发现得晚。",
                "二、大力推进水渠管护",
                "水渠是村里的命脉，管护是大家的事。",
                "三、继续修好支渠",
                "支渠连着田头，要先修远村的。",
            ],
        );
        assert_eq!(told, ["成效", "问题", "问题", "打算", "打算"]);
    }

    #[test]
    fn what_was_done_among_plans_lasts_as_long_as_it_is_told() {
        let told = roles(
            "2026年水利局工作报告",
            &[
                "一、2025年工作回顾",
                "全年修渠三十里，取得了明显成效。",
                "二、2026年工作安排",
                "坚持先远后近，修渠三十里。",
                "过去一年，巡渠队建设取得了新进展。",
                "坚持每月巡渠，发现问题及时上报。",
                "今年用水仍面临不少困难，但我们要坚定信心。",
            ],
        );
        assert_eq!(told, ["成效", "打算", "成效", "打算", "打算"]);
    }

    #[test]
    fn a_heading_for_both_leaves_it_to_the_passages() {
        let told = roles(
            "2026年水利局工作报告",
            &[
                "一、五年来的修渠成就和今后的修渠任务",
                "水渠长了一倍，取得了明显成效。",
                "灌溉面积连续五年增长，缓解了旱情。",
                "今后要把水渠修到各村。",
                "坚持先远后近。",
            ],
        );
        assert_eq!(told, ["成效", "成效", "打算", "打算"]);
    }

    #[test]
    fn a_plan_plans_from_its_first_heading_and_a_statute_never() {
        let plan = ["一、加强水渠管护", "各村设巡渠员。"];
        assert_eq!(roles("水渠管护工作方案", &plan), ["打算"]);
        let statute = ["第一章 任务", "第一条 水渠由村里管护。"];
        assert_eq!(roles("水渠管护条例", &statute), ["none"]);
    }

    #[test]
    fn words_at_the_end_of_a_report_have_no_role() {
        let told = roles(
            "2026年水利局工作报告",
            &[
                "一、2026年工作安排",
                "修渠三十里。",
                "二、名词解释",
                "支渠：从干渠分水的渠道。",
            ],
        );
        assert_eq!(told.last(), Some(&"none"));
    }
}
