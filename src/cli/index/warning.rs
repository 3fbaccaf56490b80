//! What was noticed and mended in documents, as it is told.

use serde_json::{Value, json};
use xunzhang::document::Warning;

use crate::cli::language::{Lang, say};
use crate::cli::message;
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
        Warning::RepeatedTitle | Warning::Incomplete => {
            json!({"document": id, "warning": name(warning)})
        }
        Warning::Misnamed(text) | Warning::GarbledName(text) | Warning::Shortened(text) => {
            json!({"document": id, "warning": name(warning), "is": text})
        }
        Warning::SkippedInside(path, reason) | Warning::PictureInside(path, reason) => {
            json!({"document": id, "warning": name(warning), "path": path, "reason": reason})
        }
        Warning::BadRecord(record) => {
            json!({"document": id, "warning": name(warning), "record": record})
        }
        // A number where it is one: a record without an id of its own.
        Warning::EmptyRecord(key) => match key.parse::<u64>() {
            Ok(number) => json!({"document": id, "warning": name(warning), "record": number}),
            Err(_) => json!({"document": id, "warning": name(warning), "record": key}),
        },
        Warning::SetAside(percent, reason) => {
            json!({"document": id, "warning": name(warning), "percent": percent, "reason": reason})
        }
        Warning::Unaccounted(read, kept) => {
            json!({"document": id, "warning": name(warning), "read": read, "kept": kept})
        }
        Warning::JoinedLines(n)
        | Warning::RepeatedText(n)
        | Warning::Escapes(n)
        | Warning::Undecodable(n)
        | Warning::Controls(n)
        | Warning::SplitLines(n)
        | Warning::CutCells(n)
        | Warning::Recognized(n)
        | Warning::PicturePages(n) => {
            json!({"document": id, "warning": name(warning), "count": n})
        }
    };
    warnings.iter().map(object).collect()
}

/// Sorts of warnings in the order that they are told: what may have lost text comes first.
const SORTS: [&str; 20] = [
    "unaccounted",
    "incomplete",
    "skipped_inside",
    "picture_pages",
    "recognized",
    "cut_cells",
    "set_aside",
    "bad_record",
    "empty_record",
    "undecodable",
    "repeated_text",
    "repeated_id",
    "split_lines",
    "joined_lines",
    "repeated_title",
    "misnamed",
    "garbled_name",
    "escapes",
    "controls",
    "shortened",
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
        Warning::Incomplete => "incomplete",
        Warning::SkippedInside(..) | Warning::PictureInside(..) => "skipped_inside",
        Warning::PicturePages(_) => "picture_pages",
        Warning::Recognized(_) => "recognized",
        Warning::CutCells(_) => "cut_cells",
        Warning::Misnamed(_) => "misnamed",
        Warning::Shortened(_) => "shortened",
        Warning::GarbledName(_) => "garbled_name",
        Warning::SetAside(..) => "set_aside",
        Warning::Unaccounted(..) => "unaccounted",
    }
}

fn headline(lang: Lang, sort: &str) -> &'static str {
    let (zh, en) = match sort {
        "incomplete" => (
            "文件有损坏，只收了读得出的部分",
            "damaged, what could be read was kept",
        ),
        "skipped_inside" => (
            "压缩包或邮件里有文件未收",
            "files inside that give no document",
        ),
        "picture_pages" => (
            "有的页没有文字，只有图片；可用 `index --ocr` 识别",
            "pages of nothing but pictures, which `index --ocr` reads",
        ),
        "recognized" => (
            "文字是从图片识别（OCR）的，可能有错",
            "read by character recognition, which errs",
        ),
        "cut_cells" => (
            "有单元格被 Excel 截断",
            "cells cut at the length that Excel allows",
        ),
        "set_aside" => (
            "超过 5% 的文字不作正文（`xunzhang show --all` 可查）",
            "over 5 % of the text set aside (see `xunzhang show --all`)",
        ),
        "unaccounted" => (
            "收下的字数与读到的不符，这是程序的错误，请报告",
            "what was kept is not what was read, a fault of the program; please report this",
        ),
        "misnamed" => ("扩展名与内容不符", "something else than the name says"),
        "garbled_name" => ("文件名是乱码", "garbled file names"),
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
        "shortened" => (
            "标题等太长，列表里只显示开头",
            "titles or other values too long to list whole",
        ),
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
        Warning::Shortened(field) => say!(
            lang,
            "{field} 太长，列表里只显示开头",
            "the {field} is very long and is listed shortened"
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
        Warning::EmptyRecord(_) => say!(
            lang,
            "这条记录没有文字，未收",
            "the record has no text, left out"
        ),
        Warning::RepeatedId(key) => {
            say!(
                lang,
                "编号 {key} 已有，加了序号",
                "the id {key} was taken, a number was added"
            )
        }
        Warning::Incomplete => say!(
            lang,
            "文件有损坏，只收了读得出的部分；请用原来的软件打开并另存一份",
            "the file is damaged, what could be read was kept; save it anew in its own program"
        ),
        Warning::SkippedInside(path, reason) | Warning::PictureInside(path, reason) => {
            let path = printable(path);
            say!(
                lang,
                "里面的 {path} 未收：{reason}",
                "{path} inside was skipped: {reason}"
            )
        }
        Warning::PicturePages(n) => say!(
            lang,
            "有 {n} 页只有图片，没有文字；可用 `index --ocr` 识别",
            "{n} pages have no text, only pictures; `index --ocr` reads what stands on them"
        ),
        Warning::Recognized(n) => say!(
            lang,
            "有 {n} 页的文字是从图片识别（OCR）的，可能有错",
            "the text of {n} pages was read by character recognition, which errs"
        ),
        Warning::CutCells(n) => say!(
            lang,
            "有 {n} 个单元格达到 Excel 的长度上限，文字可能被截断",
            "{n} cells are as long as Excel allows, their text was probably cut"
        ),
        Warning::Misnamed(what) => say!(
            lang,
            "扩展名与内容不符，按内容读取（{what}）",
            "it is {what} in spite of its name, and was read as that"
        ),
        Warning::GarbledName(name) => {
            let name = printable(name);
            say!(
                lang,
                "文件名是乱码，应为 {name}",
                "its name is garbled and should be {name}"
            )
        }
        Warning::SetAside(percent, reason) => {
            let reason = message::of_boilerplate(*reason, lang);
            say!(
                lang,
                "{percent}% 的文字不作正文，主要是{reason}；`xunzhang show --all` 可查",
                "{percent} % of the text was set aside, mostly as {reason}; see `xunzhang show --all`"
            )
        }
        Warning::Unaccounted(read, kept) => say!(
            lang,
            "读到 {read} 字，收下 {kept} 字，这是程序的错误，请报告",
            "{read} characters were read and {kept} kept, a fault of the program; please report this"
        ),
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
    use xunzhang::document::Reason;

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
            Warning::EmptyRecord("1".into()),
            Warning::RepeatedId("甲".into()),
            Warning::SplitLines(1),
            Warning::Incomplete,
            Warning::SkippedInside("甲".into(), "乙".into()),
            Warning::PicturePages(1),
            Warning::Recognized(1),
            Warning::CutCells(1),
            Warning::Misnamed("a PDF document".into()),
            Warning::GarbledName("甲".into()),
            Warning::Shortened("title".into()),
            Warning::SetAside(7, Reason::Contents),
            Warning::Unaccounted(2, 1),
        ];
        let mut names = warnings.map(|warning| name(&warning));
        names.sort_unstable();
        let mut sorts = SORTS;
        sorts.sort_unstable();
        assert_eq!(names, sorts);
    }
}
