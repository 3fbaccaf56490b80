//! What was noticed and mended in documents, as it is told.

use serde_json::{Value, json};
use xunzhang::document::Warning;

use crate::cli::language::{Lang, say};
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::printable;

/// Documents that are named for each sort of warning.
const MOST_NAMED: usize = 3;

/// Tells the warnings by sort, or each of them if all are asked for.
pub(super) fn note(session: &Session, warnings: &[(String, Warning)]) {
    let lang = session.lang;
    if session.talk == Talk::Verbose {
        for (id, warning) in warnings {
            let (id, sentence) = (printable(id), sentence(lang, warning));
            session.note(&say!(lang, "{id}：{sentence}", "{id}: {sentence}"));
        }
        return;
    }
    for sort in SORTS {
        let of_sort = warnings.iter().filter(|(_, warning)| name(warning) == sort);
        let mut ids: Vec<String> = of_sort.map(|(id, _)| printable(id)).collect();
        ids.dedup();
        if ids.is_empty() {
            continue;
        }
        let n = lang.count(ids.len() as u64, "篇", "document");
        let is_cut = ids.len() > MOST_NAMED;
        ids.truncate(MOST_NAMED);
        let mut named = ids.join(lang.pick("、", ", "));
        if is_cut {
            named.push_str(lang.pick(" 等（-v 全部列出）", ", … (-v tells all)"));
        }
        let what = headline(lang, sort);
        session.note(&say!(lang, "{what}：{n}，{named}", "{what}: {n}, {named}"));
    }
}

/// The warnings as JSON: `{"document","warning","count"}`, or `"id"` for a repeated one.
pub(super) fn json(warnings: &[(String, Warning)]) -> Value {
    let object = |(id, warning): &(String, Warning)| match warning {
        Warning::RepeatedId(key) => {
            json!({"document": id, "warning": name(warning), "id": key})
        }
        Warning::RepeatedTitle => json!({"document": id, "warning": name(warning)}),
        Warning::BadRecord(record) | Warning::EmptyRecord(record) => {
            json!({"document": id, "warning": name(warning), "record": record})
        }
        Warning::JoinedLines(n)
        | Warning::RepeatedText(n)
        | Warning::Escapes(n)
        | Warning::Undecodable(n)
        | Warning::Controls(n)
        | Warning::SplitLines(n) => {
            json!({"document": id, "warning": name(warning), "count": n})
        }
    };
    warnings.iter().map(object).collect()
}

/// Sorts of warnings in the order that they are told: what may have lost text comes first.
const SORTS: [&str; 10] = [
    "bad_record",
    "empty_record",
    "undecodable",
    "repeated_text",
    "repeated_id",
    "split_lines",
    "joined_lines",
    "repeated_title",
    "escapes",
    "controls",
];

fn name(warning: &Warning) -> &'static str {
    match warning {
        Warning::JoinedLines(_) => "joined_lines",
        Warning::RepeatedText(_) => "repeated_text",
        Warning::RepeatedTitle => "repeated_title",
        Warning::Escapes(_) => "escapes",
        Warning::Undecodable(_) => "undecodable",
        Warning::Controls(_) => "controls",
        Warning::BadRecord(_) => "bad_record",
        Warning::EmptyRecord(_) => "empty_record",
        Warning::RepeatedId(_) => "repeated_id",
        Warning::SplitLines(_) => "split_lines",
    }
}

fn headline(lang: Lang, sort: &str) -> &'static str {
    let (zh, en) = match sort {
        "bad_record" => ("有读不出的记录", "records that cannot be read"),
        "empty_record" => ("有空记录", "records without text"),
        "undecodable" => ("有解不出的字节", "bytes that cannot be decoded"),
        "repeated_text" => ("全文重复，只留一份", "text pasted several times, kept once"),
        "repeated_id" => ("编号重复，已加序号", "repeated ids, numbered"),
        "split_lines" => (
            "全文在一行，已按标题分开",
            "all on one line, split at headings",
        ),
        "joined_lines" => ("硬换行，已接上", "hard-wrapped lines, joined"),
        "repeated_title" => ("标题重复，只留一个", "title printed twice, kept once"),
        "escapes" => ("有残留转义，已去掉", "literal escapes, removed"),
        _ => ("有控制字符，已去掉", "control characters, removed"),
    };
    lang.pick(zh, en)
}

fn sentence(lang: Lang, warning: &Warning) -> String {
    match warning {
        Warning::JoinedLines(n) => {
            say!(
                lang,
                "接上了 {n} 处硬换行",
                "{n} hard-wrapped line ends joined"
            )
        }
        Warning::RepeatedText(n) => {
            say!(
                lang,
                "全文出现 {n} 遍，只留一份",
                "the text stood there {n} times, kept once"
            )
        }
        Warning::RepeatedTitle => say!(
            lang,
            "标题印了两遍，只留一个",
            "title printed twice, kept once"
        ),
        Warning::Escapes(n) => say!(lang, "去掉了 {n} 处残留转义", "{n} literal escapes removed"),
        Warning::Undecodable(n) => {
            say!(
                lang,
                "有 {n} 处字节解不出",
                "{n} bytes that cannot be decoded"
            )
        }
        Warning::Controls(n) => say!(
            lang,
            "去掉了 {n} 个控制字符",
            "{n} control characters removed"
        ),
        Warning::BadRecord(n) => say!(
            lang,
            "第 {n} 条记录读不出，未收",
            "record {n} cannot be read, left out"
        ),
        Warning::EmptyRecord(n) => say!(
            lang,
            "第 {n} 条记录没有文字，未收",
            "record {n} has no text, left out"
        ),
        Warning::RepeatedId(key) => {
            say!(
                lang,
                "编号 {key} 已有，加了序号",
                "the id {key} was taken, a number was added"
            )
        }
        Warning::SplitLines(n) => {
            say!(
                lang,
                "全文在一行，分成了 {n} 行",
                "all on one line, split into {n}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_is_told() {
        let warnings = [
            Warning::JoinedLines(1),
            Warning::RepeatedText(1),
            Warning::RepeatedTitle,
            Warning::Escapes(1),
            Warning::Undecodable(1),
            Warning::Controls(1),
            Warning::BadRecord(1),
            Warning::EmptyRecord(1),
            Warning::RepeatedId("甲".into()),
            Warning::SplitLines(1),
        ];
        let mut names = warnings.map(|warning| name(&warning));
        names.sort_unstable();
        let mut sorts = SORTS;
        sorts.sort_unstable();
        assert_eq!(names, sorts);
    }
}
