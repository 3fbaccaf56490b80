//! Which of the dates in a report is its own.
//!
//! Taken in this order: the record's field; the line under the title that says when a report was delivered, or a statute
//! first adopted; the signature; a metadata line; the title; the document number; the file's name.

use super::scan::{Found, find, find_numeric, parse};
use super::{Date, DateSource};
use crate::document::issuer::is_body_name;
use crate::document::{Given, Line};

/// Lines with text, from the top, in which delivery and metadata are looked for.
const HEAD_LINES: usize = 40;
/// Lines with text, from the end, in which a signature may stand without an issuer above it.
const TAIL_LINES: usize = 12;

/// The document's own date and where it was found; `None` if nothing tells it.
pub fn of_document(title: &str, lines: &[Line], given: &Given) -> Option<(Date, DateSource)> {
    let texts: Vec<&str> = lines
        .iter()
        .map(|line| line.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    let record = given.date.as_deref().and_then(parse);
    let head = &texts[..texts.len().min(HEAD_LINES)];
    record
        .map(|date| (date, DateSource::Record))
        .or_else(|| delivery(head).map(|date| (date, DateSource::Subtitle)))
        .or_else(|| signature(&texts).map(|date| (date, DateSource::Signature)))
        .or_else(|| metadata(&texts).map(|date| (date, DateSource::Metadata)))
        .or_else(|| find(title).map(|found| (found.date, DateSource::Title)))
        .or_else(|| number(title, head).map(|date| (date, DateSource::DocumentNumber)))
        .or_else(|| find_numeric(&given.file_stem).map(|found| (found.date, DateSource::FileName)))
}

/// Where the text proper begins: its first heading or article, salutation, or paragraph that ends a sentence.
fn body_start(texts: &[&str]) -> usize {
    texts
        .iter()
        .position(|text| opens_body(text))
        .unwrap_or(texts.len())
}

fn opens_body(text: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "一、",
        "第一条",
        "第一章",
        "第一编",
        "第一部分",
        "（一）",
        "各位",
        "同志们",
    ];
    let n_chars = text.chars().count();
    OPENINGS.iter().any(|opening| text.starts_with(opening))
        || (n_chars >= 30 && text.ends_with('。') && !starts_aside(text))
        || n_chars >= 150
}

/// Whether a line is an aside under the title, in brackets or after a dash.
fn starts_aside(text: &str) -> bool {
    text.starts_with(['（', '(', '—', '―', '─', '-', '–'])
}

/// When the report was delivered or the statute first adopted, by a line above the text proper.
fn delivery(head: &[&str]) -> Option<Date> {
    // The line that holds the dash may hold the salutation and more, where line ends were lost.
    let dashed = || head.iter().find_map(|text| after_dash(text));
    let above = &head[..body_start(head)];
    let stated = || {
        above
            .iter()
            .find_map(|text| in_brackets(text).or_else(|| at_meeting(text)))
    };
    let adopted = |verbs: &[&str]| above.iter().find_map(|text| with_verb(text, verbs));
    dashed()
        .or_else(stated)
        .or_else(|| adopted(&["通过", "公布", "发布", "颁布", "批准", "印发", "会议"]))
        .or_else(|| adopted(&["施行", "实施", "修订", "修正"]))
}

/// `——1960年4月6日在…会议上`, also behind the title on its line.
fn after_dash(text: &str) -> Option<Date> {
    let mut rest = text;
    while let Some(at) = rest.find(['—', '―', '─', '–', '-', '－', '━']) {
        rest = rest[at..].trim_start_matches([
            '—', '―', '─', '–', '-', '－', '━', ' ', '\u{3000}', '（', '(',
        ]);
        let head: String = rest.chars().take(60).collect();
        if let Some(found) =
            find(&head).filter(|found| found.place.start == 0 && found.date.month.is_some())
        {
            let tail: String = head.chars().skip(found.place.end).collect();
            // A delivery of several days goes on with 至6日在 or 和22日在.
            let mut near = tail.chars().take(12);
            if tail.trim().is_empty() || near.any(|ch| matches!(ch, '在' | '于' | '）' | ')')) {
                return Some(found.date);
            }
        }
    }
    None
}

/// `（1991年4月9日第七届…通过 …）`: a line in brackets that begins with a date.
fn in_brackets(text: &str) -> Option<Date> {
    let inside = text.strip_prefix(['（', '('])?;
    leading(inside).map(|found| found.date)
}

/// `2009年3月5日在…会议上`.
fn at_meeting(text: &str) -> Option<Date> {
    let found = leading(text)?;
    let tail: String = text.chars().skip(found.place.end).collect();
    let is_meeting =
        tail.trim_start().starts_with('在') && tail.contains('上') && !tail.contains('。');
    is_meeting.then_some(found.date)
}

/// `1991年4月9日 第七届…会议通过`: a line that begins with a date and says what happened then.
fn with_verb(text: &str, verbs: &[&str]) -> Option<Date> {
    let found = leading(text)?;
    let is_note = text.chars().count() <= 150 && !text.ends_with('。');
    (is_note && verbs.iter().any(|verb| text.contains(verb))).then_some(found.date)
}

/// The date to the day that `text` begins with.
fn leading(text: &str) -> Option<Found> {
    let head: String = text.chars().take(24).collect();
    find(&head).filter(|found| found.place.start == 0 && found.date.day.is_some())
}

/// The date of the signature: a line below the text's beginning that is only a date, or a body's name and a date.
///
/// It stands below an issuer's name or near the end, with no paragraph after it.
fn signature(texts: &[&str]) -> Option<Date> {
    let start = body_start(texts) + 1;
    let tail = texts.len().saturating_sub(TAIL_LINES);
    let is_short = |text: &&str| text.chars().count() <= 40;
    (start..texts.len()).find_map(|ord| {
        let (date, named) = signed(texts[ord])?;
        let below_issuer = is_body_name(texts[ord - 1]);
        let at_end = ord >= tail
            && texts[ord + 1..]
                .iter()
                .all(|text| is_short(text) || is_leaving(text));
        (named || below_issuer || at_end).then_some(date)
    })
}

/// The date of a line that holds nothing else, and whether a body's name stands before it.
fn signed(text: &str) -> Option<(Date, bool)> {
    let text = text.trim_matches(['（', '）', '(', ')', '。', '\u{3000}', ' ']);
    if text.chars().count() > 60 {
        return None;
    }
    let found = find(text).filter(|found| found.date.month.is_some())?;
    let before: String = text.chars().take(found.place.start).collect();
    let after: String = text.chars().skip(found.place.end).collect();
    let named = is_body_name(&before);
    let is_alone = after.trim().is_empty() || matches!(after.trim(), "印发" | "于北京");
    (is_alone && (named || before.trim().is_empty())).then_some((found.date, named))
}

/// Whether a line belongs to the page or the file, not to the text.
fn is_leaving(text: &str) -> bool {
    const MARKS: [&str; 7] = ["责任编辑", "相关", "附件", "附：", "来源", "主题词", "抄送"];
    MARKS.iter().any(|mark| text.contains(mark))
}

/// The date of a metadata line above the text proper or below its end.
fn metadata(texts: &[&str]) -> Option<Date> {
    let head = body_start(texts).min(HEAD_LINES);
    let tail = texts.len().saturating_sub(TAIL_LINES).max(head);
    let lines = || texts[..head].iter().chain(&texts[tail..]);
    lines()
        .find_map(|text| labelled(text))
        .or_else(|| texts[..head].iter().find_map(|text| signed_with_time(text)))
}

/// `发布时间：2009-08-20`, `时　间　民國101年…`, `2009年3月16日 来源：某网`.
fn labelled(text: &str) -> Option<Date> {
    const LABELS: [&str; 22] = [
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
    let word = |label: &str| {
        let word = label.rsplit(|ch: char| {
            ch.is_whitespace() || matches!(ch, '|' | '[' | '【' | '】' | ']' | '，' | ',')
        });
        word.map(str::to_owned).next().unwrap_or_default()
    };
    let is_label = LABELS.contains(&&*compressed) || LABELS.contains(&&*word(label));
    let is_web = text.contains("来源") || text.contains("浏览") || text.contains("点击");
    ((is_apart && is_label) || is_web).then_some(found.date)
}

/// A line that is only a date, with or without a time of day.
fn signed_with_time(text: &str) -> Option<Date> {
    let found = find(text).filter(|found| found.place.start == 0 && found.date.day.is_some())?;
    let is_time = |ch: char| {
        ch.is_ascii_digit() || ch.is_whitespace() || matches!(ch, ':' | '：' | '.' | 'T')
    };
    text.chars()
        .skip(found.place.end)
        .all(is_time)
        .then_some(found.date)
}

/// The year of the document number in the title or on a line of its own: `国办发〔2005〕37号`.
fn number(title: &str, head: &[&str]) -> Option<Date> {
    let alone = head[..body_start(head)]
        .iter()
        .filter(|text| text.chars().count() <= 40);
    std::iter::once(&title)
        .chain(alone)
        .find_map(|text| year_of_number(text))
}

fn year_of_number(text: &str) -> Option<Date> {
    let (_, rest) = text.split_once(['〔', '［', '[', '【', '（', '('])?;
    let (year, rest) = rest.split_once(['〕', '］', ']', '】', '）', ')'])?;
    let is_year = year.chars().count() == 4
        && rest
            .split_once('号')
            .is_some_and(|(serial, _)| is_serial(serial));
    is_year.then(|| parse(year)).flatten()
}

fn is_serial(text: &str) -> bool {
    let digits = text.trim().trim_start_matches('第');
    !digits.is_empty()
        && digits
            .chars()
            .all(|ch| ch.is_ascii_digit() || ('０'..='９').contains(&ch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;

    const BODY: &str = "各单位要高度重视，认真组织，把各项任务落到实处，确保取得成效，为全年目标任务的完成打下基础。";

    #[track_caller]
    fn check(title: &str, text: &str, expected: Option<(&str, DateSource)>) {
        let lines: Vec<Line> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line {
                number,
                text: text.to_owned(),
                style: Style::Plain,
            })
            .collect();
        let given = Given {
            file_stem: "某办法(2019-06-29)".to_owned(),
            ..Given::default()
        };
        let actual = of_document(title, &lines, &given);
        let actual = actual.map(|(date, source)| (date.to_string(), source));
        assert_eq!(
            actual,
            expected.map(|(date, source)| (date.to_owned(), source))
        );
    }

    #[test]
    fn delivery_comes_before_the_page_s_date() {
        use DateSource::*;
        let page = "2006年02月27日　来源：某网\n工作报告\n";
        check(
            "",
            &format!("{page}——1960年4月6日在县人大会议上\n各位代表：\n{BODY}"),
            Some(("1960-04-06", Subtitle)),
        );
        check(
            "",
            &format!("{page}（2016年3月5日）\n{BODY}"),
            Some(("2016-03-05", Subtitle)),
        );
        check(
            "",
            &format!("2009年3月5日在全县工作会议上\n{BODY}"),
            Some(("2009-03-05", Subtitle)),
        );
        check(
            "",
            &format!("报告——2014年3月5日在会议上县长某某各位代表：{BODY}"),
            Some(("2014-03-05", Subtitle)),
        );
        check(
            "",
            "1991年4月9日 某会议通过\n2023年9月1日 某会议修正\n第一条 甲",
            Some(("1991-04-09", Subtitle)),
        );
        check(
            "",
            "2020年5月1日 施行\n2020年3月1日 某会议通过\n第一条 甲",
            Some(("2020-03-01", Subtitle)),
        );
        check("", &format!("{page}{BODY}"), Some(("2006-02-27", Metadata)));
    }

    #[test]
    fn signatures() {
        use DateSource::*;
        check(
            "",
            &format!("{BODY}\n某县人民政府办公室\n二○○五年七月九日\n附件：名单\n{BODY}\n{BODY}"),
            Some(("2005-07-09", Signature)),
        );
        check(
            "",
            &format!("{BODY}\n某县教育局 2009年8月20日"),
            Some(("2009-08-20", Signature)),
        );
        check(
            "",
            &format!("{BODY}\n（2009年8月）\n责任编辑：某某"),
            Some(("2009-08", Signature)),
        );
        let chronicle = format!("{BODY}\n2009年8月20日\n{BODY}\n2009年9月1日\n{BODY}");
        check("", &chronicle, Some(("2019-06-29", FileName)));
    }

    #[test]
    fn the_other_places() {
        use DateSource::*;
        check(
            "",
            &format!("总结\n时间:2022-09-01 06:12:00\n{BODY}"),
            Some(("2022-09-01", Metadata)),
        );
        check(
            "",
            &format!("時　　間　中華民國101年3月22日（星期四）上午9時\n{BODY}"),
            Some(("2012-03-22", Metadata)),
        );
        check(
            "",
            &format!("要闻\n2026-02-03 09:02:33\n{BODY}"),
            Some(("2026-02-03", Metadata)),
        );
        check("2009年度工作总结", BODY, Some(("2009", Title)));
        check(
            "某某的意见",
            &format!("某政办发〔2005〕37号\n{BODY}"),
            Some(("2005", DocumentNumber)),
        );
        check(
            "总结",
            &format!("{BODY}\n会议时间：2009年3月5日上午。"),
            Some(("2019-06-29", FileName)),
        );
    }
}
