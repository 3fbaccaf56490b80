//! Filter values that no document has, roles, and paths where there are several collections.

use crate::fixture::Fixture;

fn fixture() -> Fixture {
    let fixture = Fixture::new();
    let records = "{\"title\":\"水渠方案\",\"text\":\"先修东渠。\",\"date\":\"2019-03-05\",\"issuer\":\"国务院办公厅\"}\n{\"title\":\"水渠办法\",\"text\":\"再修西渠。\",\"date\":\"2021\",\"issuer\":\"国家发展和改革委员会\"}\n";
    fixture.write("甲县/2009/合集.jsonl", records);
    fixture.write(
        "乙县/2010/总结.txt",
        "乙县工作总结\n一、取得的成效\n整修水渠三条。\n二、存在的问题\n水渠失修。\n三、下一步打算\n再修水渠。\n2010年12月3日\n",
    );
    fixture.run(["index", "甲县", "乙县"]).succeeds();
    fixture
}

#[test]
fn a_value_that_no_document_has_names_the_nearest() {
    let fixture = fixture();
    let note = |arguments: &[&str]| {
        let ran = fixture.run(arguments);
        ran.stderr().to_owned()
    };
    for (flag, value, expected) in [
        (
            "--issuer",
            "国务院办公听",
            "nothing has --issuer 国务院办公听; nearest: 国务院办公厅",
        ),
        ("--issuer", "发改委", "nearest: 国家发展和改革委员会"),
        ("--issuer", "教育部", "nothing has --issuer 教育部\n"),
        ("--collection", "甲", "nearest: 甲县"),
        ("--collection", "全国", "there are: 甲县, 乙县"),
        ("--kind", "总接", "nearest: 总结"),
        ("--kind", "讲话", "there are: "),
        (
            "--year",
            "1018",
            "nothing has --year 1018; nearest: 2010, 2019, 2021",
        ),
        ("--path", "总接.txt", "nearest: 乙县/2010/总结.txt"),
        (
            "--role",
            "体会",
            "nothing has --role 体会; there are: 成效, 问题, 打算",
        ),
    ] {
        let said = note(&["search", "水渠", flag, value]);
        assert!(said.contains(expected), "{flag} {value}: {said}");
        let said = note(&["-q", "search", "水渠", flag, value]);
        assert_eq!(said, "");
    }
    // One of several values, in every command that has filters.
    for arguments in [
        &["trend", "水渠", "--issuer", "国务院办公听"][..],
        &["docs", "--issuer", "国务院", "--issuer", "国务院办公听"],
        &["concordance", "水渠", "--issuer", "国务院办公听"],
        &["words", "top", "--issuer", "国务院办公听"],
    ] {
        let said = note(arguments);
        assert!(
            said.contains("nearest: 国务院办公厅"),
            "{arguments:?}: {said}"
        );
    }
    let said = note(&[
        "search",
        "水渠",
        "--issuer",
        "国务院",
        "--year",
        "2018-2022",
    ]);
    assert!(!said.contains("nothing has"), "{said}");
    let said = note(&["--lang", "zh", "search", "水渠", "--kind", "总接"]);
    assert!(
        said.contains("没有文档符合 --kind 总接；相近的有：总结"),
        "{said}"
    );
}

#[test]
fn fields_of_queries_say_the_same() {
    let fixture = fixture();
    for (query, expected) in [
        (
            "水渠 issuer:国务院办公听",
            "nothing has issuer:国务院办公听; nearest: 国务院办公厅",
        ),
        (
            "水渠 collection:甲",
            "nothing has collection:甲; nearest: 甲县",
        ),
        ("水渠 kind:总接", "nothing has kind:总接; nearest: 总结"),
        (
            "水渠 year:1018",
            "nothing has year:1018; nearest: 2010, 2019, 2021",
        ),
    ] {
        for command in ["search", "concordance", "trend", "report"] {
            let ran = fixture.run([command, query]);
            assert!(
                ran.stderr().contains(expected),
                "{command}: {}",
                ran.stderr()
            );
        }
    }
}

#[test]
fn roles_are_repeated_and_unknown_ones_refused_alike() {
    let fixture = fixture();
    let count = |more: &[&str]| {
        let arguments = ["search", "\"水渠\"", "--count", "--format", "json"];
        let ran = fixture.run(arguments.iter().chain(more));
        ran.json()["occurrences"].clone()
    };
    assert_eq!(count(&["--role", "问题"]), 1);
    assert_eq!(count(&["--role", "问题", "--role", "plans"]), 2);
    let either = ["\"水渠\" (role:問題 OR role:打算)", "--count"];
    let ran = fixture.run(["search"].iter().chain(&either)).succeeds();
    assert!(ran.stdout().starts_with("2 "), "{}", ran.stdout());
    for arguments in [
        &["search", "水渠", "--role", "难题"][..],
        &["search", "水渠 role:难题"],
    ] {
        fixture.run(arguments).fails_with(&[
            "基本情况",
            "做法",
            "成效",
            "体会",
            "问题",
            "打算",
            "建议",
            "overview",
        ]);
    }
}

#[test]
fn a_path_inside_a_collection_will_do() {
    let fixture = fixture();
    let ids = |pattern: &str| -> Vec<String> {
        let ran = fixture.run(["docs", "--format", "jsonl", "--path", pattern]);
        let lines = ran.json_lines().into_iter();
        lines
            .map(|line| line["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let summary = ["乙县/2010/总结.txt"];
    for pattern in [
        "2010",
        "乙县/2010",
        "2010/*.txt",
        "乙县/**",
        "2010/总结.txt",
        "乙縣/2010",
    ] {
        assert_eq!(ids(pattern), summary, "{pattern}");
        let query = format!("\"水渠\" path:{pattern}");
        for (command, flag) in [("search", "--count"), ("report", "-q")] {
            let ran = fixture.run([command, &query, flag]).succeeds();
            assert!(ran.stdout().contains('3'), "{pattern}: {}", ran.stdout());
        }
    }
    assert_eq!(ids("甲县/2010").len(), 0);
    assert_eq!(ids("2009").len(), 2);
}
