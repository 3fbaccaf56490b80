//! Files that commands write: which files they replace or never touch, and how they recognize their own.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::fixture::{Fixture, Ran, shown};

const FILES: [(&str, &str); 3] = [
    (
        "甲.txt",
        "甲村工作总结\n全村修水渠两公里，坚持以经济建设为中心，各户都参加了整修道路和水渠的劳动。\n2020年3月5日\n",
    ),
    (
        "乙.txt",
        "乙村工作总结\n全村修水渠两公里，坚持以经济建设为中心，各户都参加了整修道路和水渠的劳动。\n2021年3月5日\n",
    ),
    ("丙.csv", "标题,正文\n丙村总结,坚持以群众利益为中心。\n"),
];

/// Every command that writes files, with its extensions.
const COMMANDS: [(&[&str], &[&str]); 9] = [
    (&["check", "稿.txt"], &["txt", "json", "html", "xlsx"]),
    (&["frame", "坚持以*为中心"], &["txt", "json", "csv", "xlsx"]),
    (
        &["precedent", "坚持以经济建设为中心"],
        &["txt", "json", "html"],
    ),
    (&["similar", "甲.txt"], &["txt", "json"]),
    (&["duplicates"], &["txt", "json"]),
    (
        &["report", "水渠"],
        &["xlsx", "html", "csv", "zip", "json", "md"],
    ),
    (&["trend", "水渠"], &["svg", "html", "csv", "json"]),
    (
        &["lineage", "坚持以经济建设为中心"],
        &["txt", "svg", "html", "csv", "json"],
    ),
    (&["completions", "bash"], &["sh"]),
];

/// A folder with an index, a draft, and a folder to write to.
fn fixture() -> Fixture {
    let fixture = Fixture::indexed(&FILES);
    fixture.write("稿.txt", "全村修水渠两公里，坚持以经济建设为中心。\n");
    fs::create_dir(fixture.path("出")).expect("a folder");
    fixture
}

fn write(fixture: &Fixture, command: &[&str], more: &[&str]) -> Ran {
    fixture.run(command.iter().chain(more))
}

/// Asserts an error of one line that names the file.
#[track_caller]
fn refused(ran: &Ran, file: &str, parts: &[&str]) {
    let stderr = ran.stderr();
    assert_eq!(ran.status(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    for part in [file].iter().chain(parts) {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn only_files_of_ours_are_replaced() {
    let fixture = fixture();
    for (command, extensions) in COMMANDS {
        for extension in extensions {
            let file = format!("出/{}.{extension}", command[0]);
            let path = fixture.path(&file);
            write(&fixture, command, &["-o", &file]).succeeds();
            let first = fs::read(&path).expect("a file");
            write(&fixture, command, &["-o", &file]).succeeds();
            assert!(
                first == fs::read(&path).expect("a file"),
                "{file} is another one"
            );
            fs::write(&path, "用户自己的文件").expect("a file");
            let ran = write(&fixture, command, &["-o", &file]);
            refused(&ran, &file, &["--overwrite"]);
            let kept = fs::read(&path).expect("a file");
            assert_eq!(kept, "用户自己的文件".as_bytes(), "{file}");
            write(&fixture, command, &["-o", &file, "--overwrite"]).succeeds();
            assert!(
                first == fs::read(&path).expect("a file"),
                "{file} is another one"
            );
        }
    }
    let drafts = names(&fixture.path("出"));
    let is_draft = |name: &String| name.starts_with('.');
    assert!(!drafts.iter().any(is_draft), "{drafts:?}");
}

#[test]
fn a_file_of_ours_in_another_form_or_edited_is_not_replaced() {
    let fixture = fixture();
    let trend = ["trend", "水渠"];
    write(&fixture, &trend, &["-o", "出/a.json"]).succeeds();
    fs::copy(fixture.path("出/a.json"), fixture.path("出/a.csv")).expect("a copy");
    let ran = write(&fixture, &trend, &["-o", "出/a.csv"]);
    refused(&ran, "出/a.csv", &["not a .csv file that xunzhang wrote"]);
    let text = fs::read_to_string(fixture.path("出/a.json")).expect("a file");
    fs::write(fixture.path("出/a.json"), text.replace("2020", "2019")).expect("a file");
    let ran = write(&fixture, &trend, &["-o", "出/a.json"]);
    refused(&ran, "出/a.json", &["changed since", "--overwrite"]);
    // A list of keywords as Notepad saves it begins like a table of ours.
    fixture.write("出/b.csv", "\u{feff}\"水渠\",水利\r\n道路,交通\r\n");
    let ran = write(&fixture, &trend, &["-o", "出/b.csv"]);
    refused(&ran, "出/b.csv", &["--overwrite"]);
}

#[test]
fn an_index_and_its_sources_are_never_written_to() {
    let fixture = fixture();
    fs::create_dir(fixture.path("index/下")).expect("a folder");
    fs::create_dir(fixture.path("别的索引")).expect("a folder");
    fixture.write("别的索引/xunzhang.index", "");
    for (command, extensions) in COMMANDS {
        for extension in extensions {
            for folder in ["index", "index/下", "出/../index", "别的索引"] {
                let file = format!("{folder}/x.{extension}");
                let ran = write(&fixture, command, &["-o", &file, "--overwrite"]);
                refused(&ran, &file, &["holds an index"]);
            }
        }
    }
    for file in ["corpus/丙.csv", "./出/../corpus/丙.csv"] {
        for more in [&[][..], &["--overwrite"]] {
            let ran = fixture.run(["trend", "水渠", "-o", file].iter().chain(more));
            refused(&ran, file, &[]);
        }
    }
    let source = fs::read_to_string(fixture.path("corpus/丙.csv")).expect("a source");
    assert_eq!(source, FILES[2].1);
    // A source that is temporarily missing is still a source.
    fs::remove_file(fixture.path("corpus/丙.csv")).expect("a source");
    let ran = fixture.run(["trend", "水渠", "-o", "corpus/丙.csv", "--overwrite"]);
    refused(&ran, "corpus/丙.csv", &["the index was built from it"]);
}

#[cfg(unix)]
#[test]
fn links_lead_to_the_same_file() {
    let fixture = fixture();
    let path = |name: &str| fixture.path(name);
    std::os::unix::fs::symlink(path("corpus/甲.txt"), path("出/源.json")).expect("a link");
    fs::hard_link(path("corpus/乙.txt"), path("出/硬.json")).expect("a link");
    std::os::unix::fs::symlink(path("corpus"), path("出/夹")).expect("a link");
    for file in ["出/源.json", "出/硬.json", "出/夹/丙.csv"] {
        let ran = fixture.run(["trend", "水渠", "-o", file, "--overwrite"]);
        refused(&ran, file, &["the index was built from it"]);
    }
    std::os::unix::fs::symlink(path("稿.txt"), path("出/稿.json")).expect("a link");
    let ran = fixture.run(["check", "稿.txt", "-o", "出/稿.json", "--overwrite"]);
    refused(&ran, "出/稿.json", &["this command reads it"]);
    std::os::unix::fs::symlink(path("无"), path("出/空.json")).expect("a link");
    let ran = fixture.run(["trend", "水渠", "-o", "出/空.json"]);
    refused(&ran, "出/空.json", &["a link to nothing"]);
    // A link to a file of ours stays a link.
    fixture
        .run(["trend", "水渠", "-o", "出/真.json"])
        .succeeds();
    std::os::unix::fs::symlink(path("出/真.json"), path("出/链.json")).expect("a link");
    fixture
        .run(["trend", "道路", "-o", "出/链.json"])
        .succeeds();
    assert!(path("出/链.json").is_symlink());
    let text = fs::read_to_string(path("出/真.json")).expect("a file");
    assert!(text.contains("道路"), "{text}");
}

#[test]
fn inputs_are_never_written_to() {
    let fixture = fixture();
    fixture.write("词.csv", "水渠,水利\n");
    for arguments in [
        &["check", "稿.txt", "-o", "稿.txt"][..],
        &["check", "稿.txt", "-o", "./出/../稿.txt"],
        &["similar", "稿.txt", "-o", "稿.txt"],
        &["report", "-k", "词.csv", "-o", "词.csv"],
        &[
            "report",
            "-k",
            "出/../词.csv",
            "-o",
            "出/x.json",
            "-o",
            "词.csv",
        ],
    ] {
        let file = arguments[arguments.len() - 1];
        for more in [&[][..], &["--overwrite"]] {
            let ran = fixture.run(arguments.iter().chain(more));
            refused(&ran, file, &["this command reads it"]);
        }
    }
    assert!(!fixture.path("出/x.json").exists());
    assert_eq!(
        fs::read_to_string(fixture.path("词.csv")).expect("the list"),
        "水渠,水利\n"
    );
}

#[test]
fn unwritable_outputs_are_reported_before_the_work() {
    let fixture = fixture();
    fs::create_dir(fixture.path("出/夹.json")).expect("a folder");
    let trend = |more: &[&str]| fixture.run(["trend", "水渠"].iter().chain(more));
    refused(&trend(&["-o", "出/夹.json"]), "出/夹.json", &["folder"]);
    refused(&trend(&["-o", "无/a.json"]), "无/a.json", &["no folder 无"]);
    refused(
        &trend(&["-o", "稿.txt/a.json"]),
        "稿.txt/a.json",
        &["no folder"],
    );
    refused(
        &trend(&["-o", "a.docx"]),
        "a.docx",
        &["expected an extension"],
    );
    let twice = ["-o", "出/a.csv", "-o", "./出/a.csv"];
    refused(&trend(&twice), "./出/a.csv", &["another output"]);
    let folded = ["-o", "出/A.csv", "-o", "出/a.CSV"];
    refused(&trend(&folded), "出/a.CSV", &["another output"]);
    let beside = ["-o", "出/a.csv", "-o", "出/a-By year.csv"];
    let ran = fixture.run(["report", "水渠"].iter().chain(&beside));
    refused(&ran, "出/a-By year.csv", &["another output"]);
    // Files written beside a table are checked like the table.
    fixture.write("出/b-About.csv", "用户自己的\n");
    let ran = fixture.run(["report", "水渠", "-o", "出/b.csv"]);
    refused(&ran, &shown("出/b-About.csv"), &["--overwrite"]);
    assert_eq!(names(&fixture.path("出")), ["b-About.csv", "夹.json"]);
    let ran = fixture.run(["--lang", "zh", "trend", "水渠", "-o", "无/a.json"]);
    refused(&ran, "无法写入 无/a.json：没有文件夹 无", &[]);
}

#[cfg(unix)]
#[test]
fn a_device_and_a_protected_file_are_left_alone() {
    let fixture = fixture();
    let ran = fixture.run(["completions", "bash", "-o", "/dev/null"]);
    refused(&ran, "/dev/null", &["no ordinary file"]);
    fixture.run(["trend", "水渠", "-o", "出/a.json"]).succeeds();
    let path = fixture.path("出/a.json");
    let mut rights = fs::metadata(&path).expect("a file").permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).expect("set");
    let ran = fixture.run(["trend", "水渠", "-o", "出/a.json", "--overwrite"]);
    refused(&ran, "出/a.json", &["write-protected"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_finished_leaves_the_old_one() {
    let fixture = fixture();
    fixture.run(["trend", "水渠", "-o", "出/a.html"]).succeeds();
    let path = fixture.path("出/a.html");
    let old = fs::read(&path).expect("a page");
    let arguments = ["trend", "道路", "-o", "出/a.html"];
    let ran = fixture.run_within("-f 4", arguments);
    ran.fails_with(&["cannot write 出/a.html: ", "larger than the system allows"]);
    assert!(old == fs::read(&path).expect("a page"));
    assert_eq!(names(&fixture.path("出")), ["a.html"]);
    fixture.run(arguments).succeeds();
    assert!(old != fs::read(&path).expect("a page"));
}

/// A ZIP archive of one file.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file(name, options).expect("a part");
    archive.write_all(bytes).expect("its content");
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn files_of_ours_among_the_sources_are_skipped() {
    let fixture = fixture();
    let count = || {
        let ran = fixture.run(["search", "--count", "--format", "json", "水渠"]);
        ran.json()["occurrences"].clone()
    };
    let before = count();
    let mut n_written = 0;
    for (command, extensions) in COMMANDS {
        for extension in extensions {
            let file = format!("corpus/{}.{extension}", command[0]);
            write(&fixture, command, &["-o", &file]).succeeds();
        }
    }
    for name in names(&fixture.path("corpus")) {
        n_written += usize::from(!FILES.iter().any(|(source, _)| *source == name));
    }
    let page = fixture
        .run(["check", "稿.txt", "--format", "html"])
        .succeeds();
    fixture.write("corpus/重定向.html", page.stdout());
    n_written += 1;
    let report = fs::read(fixture.path("corpus/report.html")).expect("a page");
    fixture.write_bytes("corpus/包.zip", &zipped("report.html", &report));
    n_written += 1;
    let ran = fixture
        .run(["index", "corpus", "--json", "--strict"])
        .succeeds();
    let summary = ran.json();
    assert_eq!(summary["documents"], 3, "{summary}");
    let skipped = summary["skipped"].as_array().expect("a list");
    assert_eq!(skipped.len(), n_written, "{summary}");
    for file in skipped {
        let reason = file["reason"].as_str().expect("a reason");
        assert!(reason.contains("written by xunzhang itself"), "{file}");
    }
    let line = format!("skipped {n_written} files that xunzhang wrote itself: ");
    assert!(ran.stderr().contains(&line), "{}", ran.stderr());
    assert_eq!(ran.stderr().lines().count(), 1, "{}", ran.stderr());
    assert_eq!(count(), before);
    // A file of ours that is named explicitly is read like any other.
    for file in ["corpus/report.html", "corpus/check.txt", "corpus/report.md"] {
        fixture.run(["check", file, "--format", "json"]).succeeds();
        fixture.run(["outline", file]);
    }
}

#[test]
fn files_for_programs_have_no_line_of_another_shape() {
    let fixture = fixture();
    let search = ["search", "水渠", "-n", "3"];
    for (format, file, separator) in [("trec", "出/r.txt", ' '), ("tsv", "出/r.tsv", '\t')] {
        let more = ["--format", format, "-o", file];
        write(&fixture, &search, &more).succeeds();
        let text = fs::read_to_string(fixture.path(file)).expect("a file");
        let columns = |line: &str| line.split(separator).count();
        let n = text.lines().map(columns).next().expect("a line");
        assert!(
            n > 5 && text.lines().all(|line| columns(line) == n),
            "{text}"
        );
        // It is known again: replaced without --overwrite, skipped by `index`, refused once it is edited.
        write(&fixture, &search, &more).succeeds();
        let copy = fixture.path("corpus").join("r.txt");
        fs::copy(fixture.path(file), &copy).expect("a copy");
        let ran = fixture.run(["index"]).succeeds();
        let told = ran.stderr();
        assert!(
            told.contains("wrote itself") && told.contains("r.txt"),
            "{told}"
        );
        fs::remove_file(copy).expect("a file");
    }
    let run = fs::read_to_string(fixture.path("出/r.txt")).expect("a file");
    fs::write(fixture.path("出/r.txt"), run.replace(" 1 ", " 9 ")).expect("a file");
    write(&fixture, &search, &["--format", "trec", "-o", "出/r.txt"]).exits(2);
}

#[test]
fn a_column_that_is_filled_late_is_on_the_page() {
    let lines: String = (0..2_100).map(|n| format!("第{n}条水渠通水。\n")).collect();
    let fixture = Fixture::indexed(&[
        ("a.txt", &format!("随想\n{lines}")),
        (
            "b.txt",
            "白苇县水利局2020年工作总结\n水渠通水。\n白苇县水利局\n2020年3月5日\n",
        ),
    ]);
    fixture
        .run(["concordance", "水渠", "-o", "k.html"])
        .succeeds();
    let page = fs::read_to_string(fixture.path("k.html")).expect("a page");
    assert!(page.contains("2020-03-05"), "the date of the last line");
}

#[test]
fn a_file_of_nothing_is_replaced() {
    let fixture = fixture();
    for (format, file) in [("jsonl", "出/无.jsonl"), ("trec", "出/无.trec")] {
        for _ in 0..2 {
            let more = ["--format", format, "-o", file];
            write(&fixture, &["search", "“没有这几个字”"], &more).exits(1);
        }
    }
}
