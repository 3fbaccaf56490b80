//! Lines above a title, or between it and the text: red heads, document numbers, attachment marks, names of a
//! site's columns, dates, speakers.

use super::blank::{is_blank, squeeze};
use super::body_name::is_body_name;
use super::date;
use super::metadata::begins_with_label;
use super::outline::is_attachment_marker;
use crate::text::punctuation::{NUMBER_CLOSES, NUMBER_OPENS};

/// How many of the lines at the top of a document are above its title.
pub(super) fn above_title(lines: &[&str]) -> usize {
    let mut n = 0;
    while n < lines.len() {
        let rest = &lines[n..];
        let taken = red_head(rest).unwrap_or_else(|| usize::from(is_above(rest)));
        if taken == 0 {
            break;
        }
        n += taken;
    }
    // If every line looks like a line above a title, none is: there is no title below them.
    if n < lines.len() { n } else { 0 }
}

/// Whether the first line is one that precedes titles.
fn is_above(lines: &[&str]) -> bool {
    let text = lines[0];
    let names_issuer = || is_body_name(text) && lines.get(1).is_some_and(|next| is_number(next));
    is_number(text)
        || holds_fields(text)
        || begins_with_label(text)
        || is_attachment_marker(text)
        || is_column(text)
        || is_date(text)
        || names_issuer()
}

/// The number of lines of a red head: `某县人民政府文件`, or the names of several bodies and 文件 below them; `None`
/// without a document number or a title 关于… below.
pub(super) fn red_head(lines: &[&str]) -> Option<usize> {
    const MAX_ISSUERS: usize = 8;
    // A document number, 签发人 and the title follow a red head closely (GB/T 9704-2012, 7.2).
    const DEPTH: usize = 3;
    let n_bodies = lines
        .iter()
        .take(MAX_ISSUERS)
        .take_while(|text| is_body_name(text) && !text.starts_with("文件"))
        .count();
    lines
        .get(n_bodies)
        .filter(|text| ends_red_head(text, n_bodies))?;
    let n = n_bodies + 1;
    let mut below = lines[n..].iter().take(DEPTH);
    below
        .any(|text| is_number(text) || text.contains("关于"))
        .then_some(n)
}

/// Whether a line below the names of `n_bodies` ends a red head.
fn ends_red_head(text: &str, n_bodies: usize) -> bool {
    let text = squeeze(text);
    // 文件 is printed beside the names of several bodies, and may precede the last of them in the file.
    let is_beside = n_bodies > 0 && text.strip_prefix("文件").is_some_and(is_body_name);
    // 关于…文件 is a title; the length is that of a body's name.
    let is_length_of_name = (5..=40).contains(&text.chars().count());
    let is_one_body = text.ends_with("文件") && is_length_of_name && !text.contains("关于");
    text == "文件" || is_beside || is_one_body
}

/// `国办发〔2005〕37号`, alone on its line or beside 签发人.
pub(super) fn is_number(text: &str) -> bool {
    // Longer lines cite a number in a sentence.
    const MAX: usize = 40;
    if text.chars().nth(MAX).is_some() || !text.contains('号') {
        return false;
    }
    let text = text.trim_matches(|ch: char| is_blank(ch) || matches!(ch, '（' | '）' | '(' | ')'));
    let rest = without_number(text);
    rest.len() < text.len() && (rest.is_empty() || squeeze(rest).starts_with("签发人"))
}

/// The text without a document number in front: `某发〔2005〕37号关于…` is `关于…`.
pub(super) fn without_number(text: &str) -> &str {
    let find = || {
        let (open, _) = text.match_indices(NUMBER_OPENS).next()?;
        let close = open + text[open..].find(NUMBER_CLOSES)?;
        let is_digit = |ch: char| ch.is_numeric() || is_blank(ch);
        let year = text[open..close].chars().skip(1);
        let is_year = year.clone().all(is_digit) && year.filter(|ch| ch.is_numeric()).count() == 4;
        let prefix = squeeze(&text[..open]);
        // The code of the issuer (国办发, 某政办函) is letters alone.
        let is_prefix = prefix
            .chars()
            .all(|ch| ch.is_alphabetic() || matches!(ch, '-'))
            && prefix.chars().count() <= 16;
        let end = close + text[close..].find('号')? + '号'.len_utf8();
        let serial: Vec<char> = text[close..end].chars().skip(1).collect();
        let is_serial = serial.len() <= 8
            && serial[..serial.len() - 1]
                .iter()
                .all(|&ch| is_digit(ch) || ch == '第');
        // 关于 before the brackets: the number is one that the title cites.
        (is_year && is_prefix && is_serial && !prefix.contains("关于")).then_some(end)
    };
    find().map_or(text, |end| text[end..].trim_start_matches(is_blank))
}

/// Whether the line is the name of a column or a button of a site, which precedes texts there.
fn is_column(text: &str) -> bool {
    const COLUMNS: &str = "基本信息 政策文件 信息公开 政务公开 通知公告 公示公告 公告公示 政策法规 规范性文件 行政规范性文件 文件下载 工作动态 \
                           政府文件 部门文件 政策解读 法定主动公开内容 最新文件 政府信息公开 正文 首页 公告栏 文件通知 文件内容 附件下载";
    // The longest of them has eight characters; blanks may be added.
    text.chars().nth(10).is_none() && {
        let text = squeeze(text);
        COLUMNS
            .split_ascii_whitespace()
            .any(|column| column == text)
    }
}

/// Whether the line is only a date, in brackets or not.
pub(super) fn is_date(text: &str) -> bool {
    let text = text.trim_matches(|ch: char| is_blank(ch) || matches!(ch, '（' | '）' | '(' | ')'));
    date::find(text).is_some_and(|found| found.place == (0..text.chars().count()))
}

/// Whether the line contains several labelled values rather than one text (`公司代码：6　公司简称：某`).
pub(super) fn holds_fields(text: &str) -> bool {
    text.matches(['：', ':']).count() > 1
}

/// Offices in the line under a title that names the speaker: `县长　石青山`.
const OFFICES: [&str; 14] = [
    "总理",
    "省长",
    "市长",
    "县长",
    "区长",
    "州长",
    "旗长",
    "乡长",
    "镇长",
    "主任",
    "书记",
    "主席",
    "院长",
    "检察长",
];

/// Whether the line names the holder of an office and nothing else.
pub(super) fn names_speaker(text: &str) -> bool {
    // Transcribed names have up to eight characters.
    const MAX_NAME: usize = 8;
    let text = text.trim_matches(['（', '）', '(', ')']);
    text.chars().nth(40).is_none()
        && OFFICES.iter().any(|office| {
            text.rfind(office).is_some_and(|at| {
                let name = squeeze(&text[at + office.len()..]);
                (1..=MAX_NAME).contains(&name.chars().count())
                    && name.chars().all(char::is_alphabetic)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_precede_titles() {
        for (text, rest) in [
            ("园发〔2005〕37号", ""),
            ("园发〔2005〕37号园区通知", "园区通知"),
            ("园政办发[2021]第3号 关于修路的通知", "关于修路的通知"),
            ("园区通知", "园区通知"),
            (
                "关于转发园发〔2005〕37号的通知",
                "关于转发园发〔2005〕37号的通知",
            ),
            ("2005年3号台风", "2005年3号台风"),
        ] {
            assert_eq!(without_number(text), rest, "{text}");
        }
        assert!(is_number("园发〔2005〕37号　签发人：某某") && is_number("（园发〔2005〕37号）"));
        assert!(!is_number("落实园发〔2005〕37号文件"));
    }

    #[test]
    fn speakers_and_dates() {
        for text in [
            "县长　石青山",
            "青石市市长 王某",
            "（县长 石青山）",
            "某院院长　　孙  某",
        ] {
            assert!(names_speaker(text), "{text}");
        }
        for text in ["市长热线工作总结办法和措施说明", "院长", "园区总结"] {
            assert!(!names_speaker(text), "{text}");
        }
        assert!(is_date("（2024年3月1日）") && is_date("2024年") && !is_date("2024年总结"));
    }

    #[test]
    fn a_red_head_ends_with_the_word_for_document() {
        let lines = [
            ("青石市人民政府文件", 0, true),
            ("文件", 0, true),
            ("文 件", 0, true),
            ("关于印发某办法的文件", 0, false),
            // Shorter or longer than the name of a body.
            ("某文件", 0, false),
            ("文件青石市财政局", 1, true),
            ("文件青石市财政局", 0, false),
            ("青石市人民政府", 0, false),
        ];
        for (text, n_bodies, expected) in lines {
            assert_eq!(ends_red_head(text, n_bodies), expected, "{text}");
        }
    }
}
