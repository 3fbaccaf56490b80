//! The kind of a document (文种), from its title.

use super::evidence::DocumentEvidence;
use crate::text::normalize::normalize;

/// The kind: the record's field, else the ending of the title, else the text's own statement; `None` without
/// evidence.
pub(super) fn of_document(evidence: &DocumentEvidence<'_>) -> Option<String> {
    // A dozen lines reach past title, date and salutation to the opening paragraph.
    let opening = || {
        evidence
            .texts
            .iter()
            .take(12)
            .find_map(|text| of_opening(text))
    };
    let field = || evidence.fields.kind.as_deref().and_then(at_end);
    let own = || of_title(evidence.title).or_else(field).or_else(opening);
    let given = evidence.given.kind.clone();
    given.or_else(|| own().map(str::to_owned))
}

/// Whether `asked` means a document of the kind `own`, regardless of script and width.
pub fn is_same_kind(own: &str, asked: &str) -> bool {
    own == asked || normalize(own.trim()) == normalize(asked.trim())
}

/// Endings of titles and the kinds that they mean; longer endings before shorter ones.
const ENDINGS: [(&str, &str); 106] = [
    ("工作报告", "工作报告"),
    ("述职报告", "述职报告"),
    ("述廉报告", "述职报告"),
    ("调研报告", "调研报告"),
    ("调查报告", "调研报告"),
    ("考察报告", "调研报告"),
    ("总结报告", "总结"),
    ("工作汇报", "汇报"),
    ("情况汇报", "汇报"),
    ("总结", "总结"),
    ("小结", "总结"),
    ("报告", "报告"),
    ("汇报", "汇报"),
    ("讲话稿", "讲话"),
    ("讲话", "讲话"),
    ("演讲", "讲话"),
    ("发言稿", "发言"),
    ("发言材料", "发言"),
    ("发言", "发言"),
    ("致辞", "致辞"),
    ("致词", "致辞"),
    ("贺词", "致辞"),
    ("开幕词", "致辞"),
    ("闭幕词", "致辞"),
    ("欢迎词", "致辞"),
    ("方案", "方案"),
    ("预案", "预案"),
    ("通知", "通知"),
    ("通报", "通报"),
    ("通告", "通告"),
    ("公告", "公告"),
    ("公报", "公报"),
    ("公示", "公示"),
    ("办法", "办法"),
    ("意见", "意见"),
    ("建议", "建议"),
    ("决定", "决定"),
    ("决议", "决议"),
    ("规定", "规定"),
    ("规则", "规则"),
    ("规程", "规程"),
    ("条例", "条例"),
    ("细则", "细则"),
    ("章程", "章程"),
    ("制度", "制度"),
    ("准则", "准则"),
    ("守则", "守则"),
    ("解释", "解释"),
    ("批复", "批复"),
    ("答复", "批复"),
    ("请示", "请示"),
    ("议案", "议案"),
    ("提案", "提案"),
    ("复函", "函"),
    ("函", "函"),
    ("会议纪要", "纪要"),
    ("纪要", "纪要"),
    ("要点", "要点"),
    ("规划纲要", "规划"),
    ("规划", "规划"),
    ("纲要", "规划"),
    ("计划", "计划"),
    ("打算", "计划"),
    ("简报", "简报"),
    ("倡议书", "倡议"),
    ("倡议", "倡议"),
    ("公约", "公约"),
    ("白皮书", "白皮书"),
    ("命令", "命令"),
    ("令", "命令"),
    ("心得体会", "心得体会"),
    ("说明", "说明"),
    ("宪法", "法律"),
    ("法典", "法律"),
    ("修正案", "修正案"),
    ("指南", "指南"),
    ("指引", "指引"),
    ("须知", "须知"),
    ("预算", "预算"),
    ("决算", "决算"),
    ("工作安排", "安排"),
    ("安排", "安排"),
    ("目录", "目录"),
    ("清单", "清单"),
    ("名单", "名单"),
    ("申请书", "申请书"),
    ("申请表", "申请表"),
    ("登记表", "登记表"),
    ("汇总表", "汇总表"),
    ("统计表", "统计表"),
    ("责任书", "责任书"),
    ("承诺书", "承诺书"),
    ("保证书", "保证书"),
    ("建议书", "建议"),
    ("任务书", "任务书"),
    ("协议书", "协议"),
    ("协议", "协议"),
    ("合同", "合同"),
    ("规范", "规范"),
    ("标准", "标准"),
    ("措施", "措施"),
    ("年报", "年报"),
    ("声明", "声明"),
    ("证明", "证明"),
    ("议程", "议程"),
    // Last, as it ends many words; `NO_KINDS` has those that are not statutes.
    ("法", "法律"),
];

/// Words that end like a kind but are not one.
const NO_KINDS: [&str; 23] = [
    "方法",
    "做法",
    "想法",
    "看法",
    "说法",
    "书法",
    "司法",
    "执法",
    "立法",
    "普法",
    "守法",
    "依法",
    "协议案",
    "法令",
    "指令",
    "司令",
    "夏令",
    "工作法",
    "教学法",
    "用法",
    "语法",
    "兵法",
    "记账法",
];

/// The kind that a title names: its last word, ignoring brackets, dates and the like at its end.
///
/// For `2009年总结和2010年打算` it is the first; without such a word at the end, a report named inside; else `None`.
pub fn of_title(title: &str) -> Option<&'static str> {
    let title = normalize(title);
    let title = core(&title);
    let last = ending(title);
    let is_joined = ["总结及", "总结和", "总结与", "总结暨"];
    let is_joined = is_joined.iter().any(|joined| title.contains(joined));
    // If the second part is a plan, the document is a report first.
    if is_joined && matches!(last, None | Some("计划" | "安排")) {
        return Some("总结");
    }
    last.or_else(|| inside(title))
}

/// The title without what may follow the kind: a subtitle, brackets, a date, 范文 and 第N篇 of collections.
fn core(title: &str) -> &str {
    let is_mark = |ch: char| ch.is_whitespace() || ch.is_ascii_digit() || MARKS.contains(&ch);
    let mut title = before_subtitle(title).trim();
    // Suffixes come in any order (`…总结（草案）2020年`), so that they are removed until nothing changes.
    loop {
        let before = title;
        title = title.trim_end_matches(is_mark);
        for (open, close) in BRACKETS {
            // Only at the end: brackets inside belong to the title.
            if title.ends_with(close)
                && let Some(at) = title.rfind(open)
            {
                title = &title[..at];
            }
        }
        for extra in EXTRAS {
            title = title.strip_suffix(extra).unwrap_or(title);
        }
        if title == before {
            return title;
        }
    }
}

/// Marks that may follow the kind.
const MARKS: [char; 11] = ['》', '>', '"', '”', '.', '-', '/', ':', '。', '_', '*'];
/// Brackets around what may follow the kind.
const BRACKETS: [(char, char); 5] = [
    ('(', ')'),
    ('[', ']'),
    ('〔', '〕'),
    ('【', '】'),
    ('〈', '〉'),
];
/// Words of collections of model texts, states of a draft, and what follows a year.
const EXTRAS: [&str; 17] = [
    "范文",
    "例文",
    "模板",
    "大全",
    "全文",
    "草案",
    "试行",
    "暂行",
    "摘要",
    "提纲",
    "篇",
    "公开",
    "来年工作思路",
    "下一步工作思路",
    "年",
    "月",
    "日",
];

/// The part before a dash that is not inside brackets: `报告——在某会议上`, but all of `（2017-10——2018-04）总结`.
fn before_subtitle(title: &str) -> &str {
    // The dash is outside brackets if no more of them are opened than closed before it.
    let n = |text: &str, mark: char| text.chars().filter(|&ch| ch == mark).count();
    let mut dashes = title.match_indices("——");
    let apart = dashes.find(|(at, _)| n(&title[..*at], '(') <= n(&title[..*at], ')'));
    apart.map_or(title, |(at, _)| &title[..at])
}

/// The kind that a text ends with, ignoring brackets, dates and the like; `None` if it ends with none.
pub(super) fn at_end(text: &str) -> Option<&'static str> {
    ending(core(&normalize(text)))
}

fn ending(title: &str) -> Option<&'static str> {
    if NO_KINDS.iter().any(|word| title.ends_with(word)) {
        return None;
    }
    let found = ENDINGS.iter().find(|(word, _)| title.ends_with(word));
    found.map(|(_, kind)| *kind)
}

/// The last report named inside the title; what quotes a 办法 or explains a 意见 is itself neither.
fn inside(title: &str) -> Option<&'static str> {
    const REPORTS: [&str; 6] = ["总结", "工作报告", "述职报告", "调研报告", "讲话", "发言"];
    let ends = REPORTS
        .iter()
        .filter_map(|word| Some((title.rfind(word)?, *word)));
    ends.max_by_key(|(at, _)| *at).map(|(_, word)| word)
}

/// The kind that an opening paragraph states: `向大会报告政府工作`, `制定本办法`, `提出如下意见`.
fn of_opening(text: &str) -> Option<&'static str> {
    let text = normalize(text);
    if let Some((_, act)) = text.split_once("向大会") {
        if act.starts_with("作报告") || act.starts_with("做报告") {
            return Some("报告");
        }
        if ["报告", "汇报"].iter().any(|verb| text.contains(verb)) {
            return Some("工作报告");
        }
    }
    let leads = ["制定本", "制订本", "提出如下", "提出以下", "制定如下"];
    leads.iter().find_map(|lead| {
        let (_, rest) = text.split_once(lead)?;
        let mut clauses = rest.split(['。', ',', ':', ';', '.']);
        let clause = clauses.next().unwrap_or(rest);
        // A kind further away is that of another document (`制定本县…实施办法的配套规定`).
        ending(clause).filter(|_| clause.chars().count() <= 12)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: Option<&str>) {
        assert_eq!(of_title(title), expected, "{title}");
    }

    #[test]
    fn kind_by_the_end_of_the_title() {
        check("某县深入开展学习活动总结", Some("总结"));
        check("关于印发《某县道路管理办法》的通知", Some("通知"));
        check("《某县道路管理办法》（试行）", Some("办法"));
        check("政府工作报告——2016年3月5日在会议上", Some("工作报告"));
        check("某市環境保護條例(2019年修訂)", Some("条例"));
        check("关于适用《某某法》若干问题的解释（一）", Some("解释"));
        check("某某法", Some("法律"));
        check("某镇的经验做法", None);
        check("2009年工作总结及2010年工作打算", Some("总结"));
        check(
            "关于做好2009年工作总结和2010年工作计划报送工作的通知",
            Some("通知"),
        );
        check("某镇推行矛盾调解四步工作法", None);
        check("个人述职报告范文5篇", Some("述职报告"));
        check("在全县动员大会上的讲话 2009年8月20日", Some("讲话"));
        check("工作总结在会上的交流材料", Some("总结"));
        check("某某公司变更拆迁协议案", None);
        check("某某办法解读", None);
        check("2022年度某某单位预算公开", Some("预算"));
        check("某某入学须知", Some("须知"));
        check("关于假期值班的安排", Some("安排"));
        check("岗位职责", None);
        check("", None);
    }

    #[test]
    fn kind_by_the_text() {
        assert_eq!(
            of_opening("现在，我代表县政府，向大会报告工作，请审议。"),
            Some("工作报告")
        );
        assert_eq!(
            of_opening("为规范管理，根据规定，制定本实施办法。"),
            Some("办法")
        );
        assert_eq!(of_opening("现就有关工作提出如下意见："), Some("意见"));
        assert_eq!(
            of_opening("为规范管理，制定本单位应当遵守的各项工作制度。"),
            None
        );
    }

    #[test]
    fn what_may_follow_the_kind_is_left_out_in_any_order() {
        let titles = [
            ("工作总结", "工作总结"),
            ("工作总结（草案）2020年", "工作总结"),
            ("工作总结2020年（草案）", "工作总结"),
            ("工作总结范文大全", "工作总结"),
            ("《工作总结》（试行）", "《工作总结"),
            ("工作（草案）总结", "工作（草案）总结"),
            ("2020年12月31日", ""),
        ];
        for (title, expected) in titles {
            let title = normalize(title);
            assert_eq!(core(&title), normalize(expected), "{title}");
        }
    }

    #[test]
    fn an_opening_names_a_kind_close_to_its_verb() {
        let openings = [
            ("现在,我代表政府向大会作报告,请审议。", Some("报告")),
            ("现在向大会报告政府工作,请审议。", Some("工作报告")),
            ("为了加强管理,制定本办法。", Some("办法")),
            ("现提出如下意见:", Some("意见")),
            (
                "为了加强管理,制定本县道路建设管理办法实施细则的配套规定。",
                None,
            ),
            ("本县有道路十条。", None),
        ];
        for (text, expected) in openings {
            assert_eq!(of_opening(text), expected, "{text}");
        }
    }
}
