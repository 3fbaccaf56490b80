//! The body that issued a document, where the text says it.

use super::{Given, date};
use crate::text::normalize::normalize;

/// The issuing body: the record's field, else a labelled line (`发文机关：…`), else the signature above or before the date, else
/// what the title begins with (`某县人民政府关于…`); `None` if nothing tells it.
pub fn of_document(title: &str, texts: &[&str], given: &Given) -> Option<String> {
    given
        .issuer
        .clone()
        .or_else(|| texts.iter().take(30).find_map(|text| labelled(text)))
        .or_else(|| signature(texts))
        .or_else(|| of_title(title))
}

/// Whether `text` is nothing but the name of an office, a company or another body; several may stand together.
pub fn is_body_name(text: &str) -> bool {
    let text = text.trim();
    let is_plain = |ch: char| {
        ch.is_alphanumeric() || ch.is_whitespace() || matches!(ch, '、' | '（' | '）' | '(' | ')')
    };
    (4..=180).contains(&text.len())
        && text.chars().all(is_plain)
        && !text.starts_with(|ch: char| ch.is_ascii_digit())
        && {
            let text = normalize(text);
            let name = text.trim_end_matches(')');
            ENDINGS.iter().any(|ending| name.ends_with(ending))
        }
}

/// What the names of bodies end with, normalized.
const ENDINGS: [&str; 46] = [
    "公所",
    "政府办",
    "政府",
    "人大",
    "政协",
    "国务院",
    "法院",
    "检察院",
    "办公厅",
    "办公室",
    "委员会",
    "常委会",
    "党委",
    "党工委",
    "县委",
    "市委",
    "省委",
    "区委",
    "工委",
    "管委会",
    "总工会",
    "联合会",
    "协会",
    "学会",
    "商会",
    "公司",
    "集团",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "医院",
    "银行",
    "中心",
    "支部",
    "总队",
    "支队",
    "部",
    "厅",
    "局",
    "署",
    "司",
    "处",
    "科",
    "组",
];

fn labelled(text: &str) -> Option<String> {
    const LABELS: [&str; 8] = [
        "发文机关",
        "发文单位",
        "发文机构",
        "发布机构",
        "发布机关",
        "发布单位",
        "制定机关",
        "印发机关",
    ];
    let (label, name) = text.split_once(['：', ':'])?;
    let label: String = label.chars().filter(|ch| ch.is_alphanumeric()).collect();
    let name = name.trim();
    let is_name = (2..=60).contains(&name.chars().count()) && !name.contains(['。', '：', ':']);
    (LABELS.contains(&&*label) && is_name).then(|| name.to_owned())
}

/// The name above the first line that is only a date, or before that date on its line.
fn signature(texts: &[&str]) -> Option<String> {
    let is_short = |ord: &usize| texts[*ord].len() <= 300;
    (1..texts.len()).filter(is_short).find_map(|ord| {
        let text = texts[ord].trim_matches(['（', '）', '(', ')']);
        let found = date::find(text).filter(|found| found.date.month.is_some())?;
        let is_last = text.chars().skip(found.place.end).all(char::is_whitespace);
        let before: String = text.chars().take(found.place.start).collect();
        let name = if before.trim().is_empty() {
            texts[ord - 1]
        } else {
            before.trim()
        };
        let name = ["谨上", "謹上", "敬上", "（章）", "（印）"]
            .iter()
            .fold(name, |name, closing| name.trim_end_matches(closing))
            .trim_end();
        (is_last && is_body_name(name)).then(|| name.to_owned())
    })
}

/// The body before 关于 or 印发 in a title, without the document number in front.
fn of_title(title: &str) -> Option<String> {
    let (name, _) = title
        .split_once("关于")
        .or_else(|| title.split_once("印发"))?;
    let name = match name.rsplit_once('号') {
        Some((number, name)) if number.contains(['〔', '[', '［', '（']) => name,
        _ => name,
    };
    let name = name.trim();
    is_body_name(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, text: &str, expected: Option<&str>) {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert_eq!(
            of_document(title, &lines, &Given::default()).as_deref(),
            expected
        );
    }

    #[test]
    fn where_the_issuer_stands() {
        check(
            "某县人民政府关于加强管理的通知",
            "正文。",
            Some("某县人民政府"),
        );
        check(
            "某政办发〔2005〕37号某县人民政府办公室关于印发《办法》的通知",
            "",
            Some("某县人民政府办公室"),
        );
        check("", "发文机关：某市教育局\n正文。", Some("某市教育局"));
        check(
            "",
            "正文。\n某县财政局　某县教育局\n2009年8月20日",
            Some("某县财政局　某县教育局"),
        );
        check(
            "",
            "正文。\n某鎮公所　謹上\n中華民國九十八年九月一日",
            Some("某鎮公所"),
        );
        check("", "正文。\n某乡党委 二○○九年八月", Some("某乡党委"));
        check(
            "关于开展检查的通知",
            "来源：某某日报社\n正文。\n2009年8月20日",
            None,
        );
    }
}
