//! Dates of the signature, and of the metadata lines that a page prints around the text.

use super::Date;
use super::scan::find;
use crate::document::body_name::is_body_name;

/// Non-blank lines, from the end, in which a signature counts without an issuer above it.
const TAIL_LINES: usize = 12;

/// The date of the signature: a line below the start of the body that is only a date, or a body's name and a
/// date.
///
/// It is below an issuer's name or near the end, with no paragraph after it.
pub(super) fn signature(texts: &[&str], body_start: usize) -> Option<Date> {
    let tail = texts.len().saturating_sub(TAIL_LINES);
    // Lines after a signature are contacts, copies (抄送) and attachments; a paragraph is longer.
    let is_short = |text: &&str| text.chars().count() <= 40;
    (body_start + 1..texts.len()).find_map(|ord| {
        let (date, named) = signed(texts[ord])?;
        let below_issuer = is_body_name(texts[ord - 1]);
        let at_end = ord >= tail
            && texts[ord + 1..]
                .iter()
                .all(|text| is_short(text) || is_page_line(text));
        (named || below_issuer || at_end).then_some(date)
    })
}

/// The date of a line that contains nothing else, and whether a body's name precedes it.
fn signed(text: &str) -> Option<(Date, bool)> {
    let text = text.trim_matches(['（', '）', '(', ')', '。', '\u{3000}', ' ']);
    // 60 Han characters: a signature with several bodies is shorter.
    if text.len() > 180 {
        return None;
    }
    let found = find(text).filter(|found| found.date.month.is_some())?;
    let before: String = text.chars().take(found.place.start).collect();
    let after: String = text.chars().skip(found.place.end).collect();
    let named = is_body_name(&before);
    // 印发 is the printing date at the foot (GB/T 9704-2012, 7.4.3).
    let is_alone = after.trim().is_empty() || matches!(after.trim(), "印发" | "于北京");
    (is_alone && (named || before.trim().is_empty())).then_some((found.date, named))
}

/// Whether a line belongs to the page or the file, not to the text.
fn is_page_line(text: &str) -> bool {
    const MARKS: [&str; 7] = ["责任编辑", "相关", "附件", "附：", "来源", "主题词", "抄送"];
    MARKS.iter().any(|mark| text.contains(mark))
}

/// The date of a metadata line among the first `head` lines or the last ones.
pub(super) fn metadata(texts: &[&str], head: usize) -> Option<Date> {
    let tail = texts.len().saturating_sub(TAIL_LINES).max(head);
    let lines = || texts[..head].iter().chain(&texts[tail..]);
    lines()
        .find_map(|text| labelled(text))
        .or_else(|| texts[..head].iter().find_map(|text| signed_with_time(text)))
}

/// Labels of the date of a page or a meeting, without blanks.
const LABELS: [&str; 25] = [
    "会议时间",
    "会议日期",
    "召开时间",
    "时间",
    "日期",
    "發布日期",
    "時間",
    "发布时间",
    "发布日期",
    "发表时间",
    "发表日期",
    "成文日期",
    "成文时间",
    "印发日期",
    "印发时间",
    "发文日期",
    "发文时间",
    "更新时间",
    "更新日期",
    "公布日期",
    "公开日期",
    "生成日期",
    "上传时间",
    "录入时间",
    "稿件时间",
];

/// `发布时间：2009-08-20`, `时　间　民國101年…`, `2009年3月16日 来源：某网`.
fn labelled(text: &str) -> Option<Date> {
    // A paragraph may name a label and a date too.
    if text.chars().count() > 100 || text.ends_with('。') {
        return None;
    }
    let found = find(text)?;
    let before: String = text.chars().take(found.place.start).collect();
    let label = before.trim_end_matches(|ch: char| {
        ch.is_whitespace() || matches!(ch, ':' | '：' | '[' | '【' | '〔')
    });
    let is_apart = label.len() < before.len();
    let compressed: String = label.chars().filter(|ch| !ch.is_whitespace()).collect();
    // The label may follow other fields on its line, or have blanks inside (`时　间`).
    let word = |label: &str| {
        let word = label.rsplit(|ch: char| {
            ch.is_whitespace() || matches!(ch, '|' | '[' | '【' | '】' | ']' | '，' | ',')
        });
        word.map(str::to_owned).next().unwrap_or_default()
    };
    let is_label = LABELS.contains(&&*compressed) || LABELS.contains(&&*word(label));
    // A line with a source or a counter is printed by a site, whatever its date is called.
    let is_web = text.contains("来源") || text.contains("浏览") || text.contains("点击");
    ((is_apart && is_label) || is_web).then_some(found.date)
}

/// A line that is only a date, with or without a time of day.
fn signed_with_time(text: &str) -> Option<Date> {
    let found = find(text).filter(|found| found.place.start == 0 && found.date.month.is_some())?;
    let is_time = |ch: char| {
        ch.is_ascii_digit() || ch.is_whitespace() || matches!(ch, ':' | '：' | '.' | 'T')
    };
    text.chars()
        .skip(found.place.end)
        .all(is_time)
        .then_some(found.date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_a_date_alone_or_after_a_body() {
        let signed = |text: &str| signed(text).map(|(date, named)| (date.to_string(), named));
        for (text, expected) in [
            ("二○○五年七月九日", Some(("2005-07-09", false))),
            ("（2009年8月）", Some(("2009-08", false))),
            ("某县教育局 2009年8月20日", Some(("2009-08-20", true))),
            ("2009年8月20日印发", Some(("2009-08-20", false))),
            ("2009年8月20日于北京", Some(("2009-08-20", false))),
            ("2009年", None),
            ("会议于2009年8月20日召开", None),
            ("2009年8月20日上午", None),
            ("石青山 2009年8月20日", None),
            ("", None),
        ] {
            let expected = expected.map(|(date, named)| (date.to_owned(), named));
            assert_eq!(signed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_signature_is_near_the_end_or_below_a_body() {
        let body = "各单位要高度重视，认真组织，把各项任务落到实处，确保取得成效，为全年目标任务的完成打下良好的基础。";
        let date = Date::new(2009, Some(8), Some(20));
        let of = |lines: &[&str]| signature(lines, 0);
        assert_eq!(of(&[body, "2009年8月20日"]), date);
        assert_eq!(
            of(&[body, "2009年8月20日", "附件：名单", "抄送：某局"]),
            date
        );
        // A paragraph after it makes it a part of the text, unless a body signs.
        assert_eq!(of(&[body, "2009年8月20日", body]), None);
        assert_eq!(of(&[body, "某县教育局", "2009年8月20日", body]), date);
        assert_eq!(of(&[body, "某县教育局 2009年8月20日", body]), date);
        // A signature is never the first line of the body.
        assert_eq!(of(&["2009年8月20日"]), None);
        let long: Vec<&str> = std::iter::once("甲")
            .chain(std::iter::once("2009年8月20日"))
            .chain(std::iter::repeat_n("短行", TAIL_LINES))
            .collect();
        assert_eq!(of(&long), None);
        assert_eq!(of(&long[..TAIL_LINES + 1]), date);
    }

    #[test]
    fn labels_and_sites_print_dates() {
        let date = Date::new(2009, Some(8), Some(20));
        for text in [
            "发布时间：2009-08-20",
            "索引号：甲 发布日期：2009-08-20",
            "时　间　2009年8月20日",
            "来源：某网 2009-08-20",
            "2009-08-20 浏览次数：3",
        ] {
            assert_eq!(labelled(text), date, "{text}");
        }
        for text in [
            "会议时间：2009年8月20日上午。",
            "甲：2009-08-20",
            "甲2009-08-20",
            "日期：昨天",
        ] {
            assert_eq!(labelled(text), None, "{text}");
        }
        assert_eq!(
            labelled(&format!("日期：2009-08-20{}", "甲".repeat(100))),
            None
        );
    }

    #[test]
    fn a_time_of_day_may_follow_a_date_alone() {
        let date = Date::new(2009, Some(8), Some(20));
        assert_eq!(signed_with_time("2009-08-20 09:01:02"), date);
        assert_eq!(signed_with_time("2009年8月20日"), date);
        assert_eq!(signed_with_time("2009-08-20 上午"), None);
        assert_eq!(signed_with_time("甲 2009-08-20"), None);
        // Head before foot, fields before bare dates.
        assert_eq!(metadata(&["2010-01-01 08:00", "日期：2009-08-20"], 2), date);
        assert_eq!(metadata(&["甲", "乙"], 1), None);
    }
}
