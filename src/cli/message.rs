//! Errors as their reader meets them, in either language; the library's own sentences are the English ones.

use std::io;

use xunzhang::Error;
use xunzhang::document::Reason;
use xunzhang::index::SkipReason;
use xunzhang::query::{Problem, SyntaxError, TooExpensive};
use xunzhang::report::keywords::{BadLine, BadLines};
use xunzhang::source::{Skip, walk};
use xunzhang::text::words::BadEntry;

use super::asked::{NoRecord, NoSuchFile};
use super::language::Lang;
use super::output::Refusal;
use super::verify::Damaged;

/// The error and its causes, on one line but for the pointer into a query; a cause that the one before it has quoted
/// is not said again.
pub(super) fn explain(error: &anyhow::Error, lang: Lang) -> String {
    let causes = error.chain().map(|cause| match lang {
        Lang::En => cause.to_string(),
        Lang::Zh => chinese(cause),
    });
    let mut said: Vec<String> = Vec::new();
    for cause in causes {
        if !said.last().is_some_and(|last| last.ends_with(&cause)) {
            said.push(cause);
        }
    }
    said.join(lang.pick("：", ": "))
}

fn chinese(cause: &(dyn std::error::Error + 'static)) -> String {
    if let Some(error) = cause.downcast_ref::<Error>() {
        of_library(error)
    } else if let Some(error) = cause.downcast_ref::<SyntaxError>() {
        of_query(error)
    } else if let Some(BadLines(lines)) = cause.downcast_ref() {
        let lines = lines
            .iter()
            .map(|BadLine { line, error }| format!("第 {line} 行：{}", of_query(error)));
        lines.collect::<Vec<_>>().join("\n")
    } else if let Some(error) = cause.downcast_ref::<walk::Error>() {
        of_walk(error)
    } else if let Some(error) = cause.downcast_ref::<Skip>() {
        of_skip(error)
    } else if let Some(error) = cause.downcast_ref() {
        of_entry(error)
    } else if let Some(NoSuchFile { name, .. }) = cause.downcast_ref() {
        format!("没有文件 `{name}`")
    } else if let Some(NoRecord { file, key }) = cause.downcast_ref() {
        format!("{file} 里没有记录 `{key}`；`xunzhang outline {file}` 列出全部")
    } else if let Some(refusal) = cause.downcast_ref::<Refusal>() {
        refusal.sentence(Lang::Zh)
    } else if cause.is::<Damaged>() {
        "索引已损坏；请用 `xunzhang index --rebuild 文件夹` 重建".to_owned()
    } else if let Some(error) = cause.downcast_ref::<io::Error>() {
        of_system(error)
    } else {
        cause.to_string()
    }
}

fn of_entry(xunzhang::text::words::BadEntry { line, text }: &BadEntry) -> String {
    format!("第 {line} 行：应为“词 [词频] [词性]”，实为“{text}”")
}

fn of_library(error: &Error) -> String {
    match error {
        Error::NoIndex(dir) => {
            format!(
                "{} 里没有索引；先用 `xunzhang index 文件夹` 建立",
                dir.display()
            )
        }
        Error::NotAnIndex(dir) => {
            format!(
                "{} 里的文件不是寻章的索引；请用 --index 指定别的文件夹",
                dir.display()
            )
        }
        Error::ForeignFile { dir, file } => format!(
            "{} 里有不属于索引的 {file}；请把它移走，或用 --index 指定别的文件夹",
            dir.display()
        ),
        Error::Unfinished(dir) => format!(
            "{} 里没有索引：第一次没有建完；请再运行一次 `xunzhang index 文件夹`",
            dir.display()
        ),
        Error::Damaged { dir, file } => format!(
            "{} 里的索引已损坏：{file} 与写入时不同；请用 `xunzhang index --rebuild` 重建",
            dir.display()
        ),
        Error::OtherFormat {
            dir,
            found,
            expected,
        } => format!(
            "{} 里的索引是格式 {found}，本版本读格式 {expected}；请用 `xunzhang index --rebuild 文件夹` 重建",
            dir.display()
        ),
        Error::Locked(dir) => {
            format!(
                "另一个进程正在写 {} 里的索引；请等它结束后再试",
                dir.display()
            )
        }
        Error::Denied(dir) => format!(
            "没有权限读写 {} 里的索引；请更改该文件夹和其中文件的权限，或用 --index 指定别的文件夹",
            dir.display()
        ),
        Error::TooManyFiles(dir) => format!(
            "打开的文件太多，{} 里的索引无法使用；请提高上限（如 `ulimit -n 4096`），再运行一次",
            dir.display()
        ),
        Error::Unwritten { dir, .. } => format!(
            "{} 里的索引没能写入，仍是原来的样子；请看磁盘是否有空间、文件夹是否可写、可打开的文件数是否够（`ulimit -n`），再运行一次",
            dir.display()
        ),
        Error::Engine { dir, .. } => format!(
            "{} 里的索引无法使用；如已损坏，请用 `xunzhang index --rebuild 文件夹` 重建",
            dir.display()
        ),
        Error::Io { path, action, .. } => {
            let action = if *action == "written" {
                "写入"
            } else {
                "读取"
            };
            format!("{} 无法{action}", path.display())
        }
        Error::Unfit { path, .. } => format!("{} 无法读取", path.display()),
        Error::BadSynonyms { path, .. } => format!("同义词表 {} 里有一行不是规则", path.display()),
        Error::BadDictionary { path, .. } => format!("词典 {} 里有一行不是词条", path.display()),
        Error::OtherDictionary => {
            "索引是用另一部词典建立的；要换词典，请加 --rebuild 重建".to_owned()
        }
        Error::BadQuery(error) => of_query(error),
        Error::Walk(error) => of_walk(error),
        Error::BadGlob { pattern, reason } => {
            format!("`{pattern}` 不是路径通配式：{}", of_reason_of_glob(reason))
        }
        Error::TooExpensive(TooExpensive { phrase }) => {
            format!("{phrase} 在这个索引上要查的太多；请减少空位和备选，或换用更少见的词")
        }
        Error::NoDocument(id) => format!("索引里没有文件 `{id}`；用 `xunzhang docs` 列出所有文件"),
        Error::AmbiguousDocument { name, candidates } => {
            let n = candidates.len();
            let shown = candidates[..n.min(8)].join("、");
            let more = if n > 8 { " 等" } else { "" };
            format!("`{name}` 可能指 {n} 篇：{shown}{more}；请写明一篇")
        }
        Error::NoUnits => "没有可查的内容：文字里没有汉字、字母或数字".to_owned(),
        Error::NoSlot(pattern) => {
            format!("句式 `{pattern}` 里没有空位；请在变化之处写 `*`，如 `坚持以*为指导`")
        }
        Error::TooShort(n) => format!("文件太短，无从比较：没有一段有连续 {n} 个字词"),
        Error::BadKeywords { path, .. } if path.as_os_str().is_empty() => "词条有误".to_owned(),
        Error::BadKeywords { path, .. } => format!("词表 {} 有误", path.display()),
        Error::NoKeywords(path) if path.as_os_str().is_empty() => {
            "没有词条；请给出词语，或用 --keywords 指定词表".to_owned()
        }
        Error::NoKeywords(path) => format!(
            "词表 {} 里没有词条；应每行一条，如 `组名：词1 | 词2`",
            path.display()
        ),
        Error::TooManyKeywords(n) => format!("有 {n} 个词条，一次至多 10,000 个；请拆分词表"),
        Error::BadOutput { path, reason } => {
            format!("无法写入 {}：{reason}", path.display())
        }
        Error::Workbook(_) => "工作簿无法生成".to_owned(),
        Error::TextTooLong { n_chars, limit } => {
            format!("文字有 {n_chars} 个字符，上限是 {limit}；请分段查")
        }
        other => other.to_string(),
    }
}

fn of_reason_of_glob(reason: &str) -> &str {
    match reason {
        "at most 1,000 characters" => "至多 1,000 个字符",
        "at most 10 braces inside each other" => "花括号至多套 10 层",
        other => other,
    }
}

/// What is wrong with a query, the query, and a caret under the place.
pub(super) fn of_query(error: &SyntaxError) -> String {
    format!("{}\n{}", of_problem(error.problem), error.pointer())
}

fn of_problem(problem: Problem) -> &'static str {
    match problem {
        Problem::Empty => "没有要找的内容；请给出词或短语",
        Problem::UnclosedQuote => "这个引号没有配对的后引号",
        Problem::UnclosedBracket => "这个括号没有配对的另一半",
        Problem::NoOperand => "此处之后应有词或短语",
        Problem::NoLeftOperand => "此处之前应有词或短语",
        Problem::NotNearable => "NEAR 两边只能是词或不带空位的短语",
        Problem::NoDistance => "NEAR/ 之后应是 100 以内的距离，如 招商 NEAR/10 就业",
        Problem::NoWeight => "^ 之后应是数字，如 词^2",
        Problem::WeightOutOfRange => "权重应在 0.01 到 100 之间",
        Problem::OpenGap => "空位两边都要有字，如 \"坚持以*为指导\"",
        Problem::BadRange => "此处应是范围，如 *{2,8}",
        Problem::TooManyGaps => "一个短语至多 32 个空位",
        Problem::TooFar => "空位或距离至多 100 个单位",
        Problem::NoValue => "字段之后应有值，如 kind:总结",
        Problem::BadYear => "此处应是年份或年份范围，如 year:2005..2010",
        Problem::TooDeep => "括号至多套 32 层",
        Problem::TooMany => "词和短语至多 1,000 个",
        Problem::TooLong => "查询至多 10,000 个字符",
    }
}

fn of_walk(error: &walk::Error) -> String {
    match error {
        walk::Error::MissingRoot(path) => {
            format!("没有 {}；请检查路径，确已不用则加 --prune", path.display())
        }
        walk::Error::BadPattern(error) => format!("要排除的通配式无效：{error}"),
        walk::Error::UnboundedPattern(problem) => {
            format!(
                "要排除的通配式无效：{}",
                of_reason_of_glob(&problem.to_string())
            )
        }
    }
}

/// Why a file was skipped, as what stands behind its name.
pub(super) fn of_reason(reason: &SkipReason, lang: Lang) -> String {
    match (lang, reason) {
        (Lang::En, reason) => reason.to_string(),
        (Lang::Zh, SkipReason::Read(skip)) => of_skip(skip),
        (Lang::Zh, SkipReason::Pages(n)) => {
            format!("有 {n} 页没有文字，只有图片；可用 `index --ocr` 识别")
        }
        (Lang::Zh, SkipReason::Inside { reason, .. }) => reason.clone(),
        (Lang::Zh, SkipReason::Walk(walk::Reason::Loop(above))) => {
            format!("是指回 {} 的链接", above.display())
        }
        (Lang::Zh, SkipReason::Walk(walk::Reason::Dangling)) => "是指向空处的链接".to_owned(),
        (Lang::Zh, SkipReason::Walk(walk::Reason::Emptied)) => {
            "已没有文件；以前收的仍留在索引里，加 --prune 才移除".to_owned()
        }
        (Lang::Zh, SkipReason::Walk(walk::Reason::Unreadable(error))) => of_unreadable(error),
    }
}

fn of_unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限读取；请更改它的权限".to_owned(),
        _ => format!("无法读取：{}", of_system(error)),
    }
}

fn of_skip(skip: &Skip) -> String {
    match skip {
        Skip::Unreadable(error) => of_unreadable(error),
        Skip::NotAFile => "不是文件".to_owned(),
        Skip::Binary => "不是已知编码的文本".to_owned(),
        Skip::Empty => "没有文字".to_owned(),
        Skip::OwnOutput => "是寻章自己写的".to_owned(),
        Skip::Crashed => "读取时出错；请报告这个问题".to_owned(),
        Skip::TooLarge { size, limit } => {
            format!("太大：{size} 字节，上限 {limit} 字节；请拆分")
        }
        Skip::Unsupported(what) => {
            format!("是 {}，本版本不读；请另存为纯文本", of_format(what))
        }
        Skip::TooSlow { seconds } => {
            format!("读了 {seconds} 秒还没有读完；请用原来的软件另存一份，或拆分")
        }
        Skip::TooHungry { megabytes } => {
            format!("读取需要的内存超过 {megabytes} MB；请用原来的软件另存一份，或拆分")
        }
        Skip::TooMuchText { megabytes } => format!(
            "一篇的文字太多，上限 {megabytes} MB（每行另算 160 字节）；请拆分，或在 index 时用 --memory 给更多内存"
        ),
        Skip::LongRecord { line, megabytes } => format!(
            "第 {line} 行起的一条记录超过 {megabytes} MB；请补上引号、拆分，或在 index 时用 --memory 给更多内存"
        ),
        Skip::Encrypted => "需要密码才能打开；请去掉密码另存一份".to_owned(),
        Skip::Picture(what) => {
            format!("是 {}，没有文字；可用 `index --ocr` 识别", of_format(what))
        }
        Skip::Packed(what) => {
            format!(
                "是 {}，这里不解压；请解压到文件夹，或改用 .zip",
                of_format(what)
            )
        }
        Skip::TooOld { what, ending } => format!(
            "是 {}，格式太旧，读不了；请用原来的软件、WPS 或 LibreOffice 打开，另存为 {ending}",
            of_format(what)
        ),
        Skip::Protected(by) => {
            let by = match &**by {
                "digital rights management (DRM)" => "数字版权管理（DRM）",
                "rights management (IRM)" => "权限管理（IRM）",
                "the encryption of its office" => "单位的文件加密系统",
                other => other,
            };
            format!("受 {by} 保护；请在能打开它的电脑上另存一份不加保护的")
        }
        Skip::Expands { limit } => format!("解压后超过 {limit} 字节；请拆分"),
        Skip::OnlyPictures { pages } => {
            format!("没有文字，只有 {pages} 页图片；可用 `index --ocr` 识别")
        }
        Skip::Damaged { what, reason } => {
            let reason = match reason.as_str() {
                "its text is missing" => "缺正文",
                "its text cannot be found" => "找不到正文",
                "none of its text can be read" => "正文读不出",
                "no slide can be read" => "没有可读的幻灯片",
                "no chapter can be read" => "没有可读的章节",
                "its encryption cannot be undone" => "无法解密",
                "it has no pages that can be read" => "没有可读的页",
                "its fonts do not tell which characters they show; `index --ocr` reads what is seen" => {
                    "字体没有标明字符；可用 `index --ocr` 识别"
                }
                other => other,
            };
            format!(
                "是损坏的 {}（{reason}）；请用原来的软件打开并另存一份",
                of_format(what)
            )
        }
    }
}

/// The library's name of a format, which is English, in Chinese.
fn of_format(what: &str) -> String {
    const NOUNS: [(&str, &str); 13] = [
        ("mail", "邮件"),
        ("web", "网页"),
        ("spreadsheet", "表格"),
        ("scan", "扫描件"),
        ("document", "文档"),
        ("workbook", "工作簿"),
        ("presentation", "演示文稿"),
        ("archive", "压缩包"),
        ("image", "图片"),
        ("page", "网页"),
        ("book", "电子书"),
        ("file", "文件"),
        ("or", "或"),
    ];
    let words = what.split(' ').filter(|word| !matches!(*word, "a" | "an"));
    let words = words.map(|word| {
        let noun = NOUNS.iter().find(|(english, _)| *english == word);
        noun.map_or(word, |(_, chinese)| chinese)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn of_system(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::InvalidData => "不是 UTF-8 文本".to_owned(),
        _ => error.to_string(),
    }
}

/// Why a line is no part of the report, as a noun.
pub(super) fn of_boilerplate(reason: Reason, lang: Lang) -> &'static str {
    let (zh, en) = match reason {
        Reason::Contents => ("目录", "contents"),
        Reason::RunningHead => ("页眉页脚", "running heads"),
        Reason::PageNumber => ("页码", "page numbers"),
        Reason::Metadata => ("文件信息", "metadata"),
        Reason::Frame => ("网页栏目", "page frame"),
        Reason::RepeatedTitle => ("重复的标题", "repeated title"),
        Reason::RepeatedText => ("重复的全文", "repeated text"),
        Reason::Hidden => ("隐藏文字", "hidden text"),
        Reason::Symbols => ("符号", "symbols"),
    };
    lang.pick(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: impl Into<anyhow::Error>, zh: &str, en: &str) {
        let error = error.into();
        assert_eq!(explain(&error, Lang::Zh), zh);
        assert_eq!(explain(&error, Lang::En), en);
    }

    #[test]
    fn says_what_to_do_in_both_languages() {
        check(
            Error::NoIndex("无".into()),
            "无 里没有索引；先用 `xunzhang index 文件夹` 建立",
            "no index in 无; build one with `xunzhang index FOLDER`",
        );
        check(
            Error::Io {
                path: "a.txt".into(),
                action: "read",
                source: io::ErrorKind::PermissionDenied.into(),
            },
            "a.txt 无法读取：没有权限",
            "a.txt cannot be read: permission denied",
        );
    }

    #[test]
    fn query_keeps_its_caret() {
        let error = xunzhang::query::parse("\"园区").unwrap_err();
        check(
            Error::BadQuery(error),
            "这个引号没有配对的后引号\n  \"园区\n  ^",
            "expected a closing quotation mark\n  \"园区\n  ^",
        );
    }
}
