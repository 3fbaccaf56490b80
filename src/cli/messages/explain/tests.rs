//! How errors read in both languages.

use std::io;
use std::path::Path;

use xunzhang::source::{Action, Skip, walk};
use xunzhang::text::glob::GlobProblem;
use xunzhang::{Error, index, precedent, query, search, source};

use super::*;
use crate::cli::messages::library::{MOST_NAMED, of_candidates, of_glob, of_syntax, of_walk};

#[track_caller]
fn check(error: impl Into<anyhow::Error>, zh: &str, en: &str) {
    let error = error.into();
    assert_eq!(explain(&error, Lang::Zh), zh);
    assert_eq!(explain(&error, Lang::En), en);
}

#[test]
fn says_what_to_do_in_both_languages() {
    check(
        index::Error::NoIndex("无".into()),
        "无 里没有索引；先用 `xunzhang index 文件夹` 建立",
        "no index in 无; build one with `xunzhang index FOLDER`",
    );
    check(
        source::Error::Io {
            path: "a.txt".into(),
            action: Action::Read,
            source: io::ErrorKind::PermissionDenied.into(),
        },
        "a.txt 无法读取：没有权限",
        "a.txt cannot be read: permission denied",
    );
}

#[test]
fn an_error_is_said_alike_in_whatever_room_it_is() {
    let no_index = || index::Error::NoIndex("无".into());
    let zh = "无 里没有索引；先用 `xunzhang index 文件夹` 建立";
    let en = "no index in 无; build one with `xunzhang index FOLDER`";
    check(search::Error::from(no_index()), zh, en);
    check(
        precedent::Error::from(search::Error::from(no_index())),
        zh,
        en,
    );
    check(Error::from(no_index()), zh, en);
}

#[test]
fn a_skip_says_what_the_system_said_once() {
    let skip = Skip::from(io::Error::from_raw_os_error(2));
    let error = source::Error::unreadable(Path::new("a.txt"))(skip);
    check(
        error,
        "a.txt 无法读取：没有这个文件或文件夹",
        "a.txt cannot be read: No such file or directory (os error 2)",
    );
}

/// Answers of a batch in JSON have the library's sentence; people read the same.
#[test]
fn english_of_a_query_is_what_the_library_says() {
    for query in [
        "",
        "\"园区",
        "(园区",
        "园区 AND",
        "AND 园区",
        "\"*园区\"",
        "园区^x",
        "kind:",
        "year:甲",
    ] {
        let error = xunzhang::query::parse(query).unwrap_err();
        assert_eq!(of_syntax(&error, Lang::En), error.to_string());
        assert_ne!(of_syntax(&error, Lang::Zh), error.to_string());
    }
}

#[test]
fn query_keeps_its_caret() {
    let error = xunzhang::query::parse("\"园区").unwrap_err();
    check(
        query::Error::Syntax(error),
        "这个引号没有配对的后引号\n  \"园区\n  ^",
        "expected a closing quotation mark\n  \"园区\n  ^",
    );
}

#[test]
fn a_name_of_many_documents_names_the_first_of_them() {
    let ids = |n: usize| -> Vec<String> { (0..n).map(|ord| format!("{ord}号.txt")).collect() };
    for lang in [Lang::Zh, Lang::En] {
        for (n, named) in [
            (2, 2),
            (MOST_NAMED, MOST_NAMED),
            (MOST_NAMED + 1, MOST_NAMED),
        ] {
            let said = of_candidates("总结", &ids(n), lang);
            assert_eq!(said.matches("号.txt").count(), named, "{said}");
            assert!(
                said.contains(&n.to_string()) && said.contains("总结"),
                "{said}"
            );
        }
    }
}

#[test]
fn each_problem_of_a_pattern_has_its_own_words() {
    let problems = [
        GlobProblem::TooLong,
        GlobProblem::TooDeep,
        GlobProblem::UnclosedClass,
        GlobProblem::InvalidRange('渠', '修'),
        GlobProblem::UnopenedBrace,
        GlobProblem::UnclosedBrace,
        GlobProblem::DanglingEscape,
        GlobProblem::Unreadable,
    ];
    for lang in [Lang::Zh, Lang::En] {
        let said = problems.map(|problem| of_glob(problem, lang));
        let different: std::collections::BTreeSet<&String> = said.iter().collect();
        assert_eq!(different.len(), problems.len(), "{said:?}");
        assert!(said[3].contains('渠') && said[3].contains('修'), "{said:?}");
    }
}

#[test]
fn a_pattern_that_is_too_long_is_not_repeated() {
    let pattern = "*".repeat(90_000);
    for (problem, is_repeated) in [
        (GlobProblem::TooLong, false),
        (GlobProblem::TooDeep, false),
        (GlobProblem::UnclosedBrace, true),
    ] {
        let error = walk::Error::BadPattern {
            pattern: pattern.clone(),
            problem,
        };
        let said = of_walk(&error, Lang::Zh);
        assert_eq!(said.contains(&pattern), is_repeated, "{problem:?}");
    }
}

#[test]
fn causes_are_joined_and_words_of_other_crates_are_introduced() {
    let inner = anyhow::anyhow!("甲");
    let said = explain(&inner.context("乙"), Lang::Zh);
    assert!(said.starts_with('乙') && said.ends_with('甲'), "{said}");
    let foreign = serde_json::from_str::<u8>("渠").expect_err("no number");
    let words = foreign.to_string();
    let foreign = anyhow::Error::from(foreign);
    // They are English: in Chinese only their place is named.
    assert!(!explain(&foreign, Lang::Zh).contains(&words));
    let said = explain(&foreign, Lang::En);
    assert!(said.contains(&words), "{said}");
}
