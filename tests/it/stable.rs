//! The same input gives the same bytes, on repetition and whatever the history of the index.

mod history;

use std::ffi::OsStr;
use std::fs;

use walkdir::WalkDir;
use xunzhang::index::Index;

use crate::fixture::{Fixture, Ran, samples};

/// One command per line, its arguments separated by two blanks; every answer depends on the content of the index.
const COMMANDS: &str = r#"
search  失地农民 就业 培训  --format  json
search  失地农民 就业 培训  --format  jsonl
search  失地农民 就业 培训  --format  text  -C  1
search  失地农民 就业 培训  --format  csv  --full
search  失地农民 就业 培训  --format  trec
search  失地农民 就业  --format  json  -n  100  --offset  7  -C  2
search  失地农民 就业  --format  json  --explain
search  失地农民  --format  json  --by  document
search  “工作”  --format  json  --no-collapse  -n  500
search  加强 AND 领导  --format  json  --sort  -date
search  "坚持以*为" OR 社会保障^2  --format  json  --sort  date
search  "坚持*{1,12}发展"  --format  json  -n  100
search  发展 NEAR/20 经济  --format  json  --sort  path
search  工作 NOT 就业  --format  json  -n  60
search  year:2009 农民 发展  --format  json  -n  60
search  heading:工作 农民  --format  json  -n  60
search  title:报告 发展  --format  json  --by  document
search  的  --format  json  --year  2005..2015  --in  body  -n  300
search  发展  --format  json  --kind  总结  --role  问题
search  发展  --format  json  --path  青柳县/**  --section  工作
search  就业  --format  json  --in  headings
search  失地农民 就业 培训  --count  --format  json
search  "的"  --count  --format  json
search  发展 NEAR/20 经济  --count  --format  json  --year  2005..
search  --queries  queries.txt  --format  jsonl
precedent  切实解决失地农民的就业和社会保障问题  --format  json
precedent  坚持以招商引资为抓手  --format  text  --min-similarity  0.3
frame  坚持*发展  --format  json
check  draft.txt  --format  json
report  失地农民 | 被征地农民  "坚持以*为"  就业 NEAR/10 培训  --excerpts  9  -o  report.json
trend  失地农民  招商引资
words  top
words  collocates  就业
similar  青柳县/2009年政府工作报告.txt  --format  json
duplicates  --min-similarity  0.1  --format  json
docs  --format  json
outline  青柳县/2009年政府工作报告.txt  --format  json
"#;

/// Lines, some of which occur in the samples.
const DRAFT: &str = "青柳县2025年工作要点\n\
    一、做好失地农民就业工作\n\
    坚持以招商引资为抓手，切实解决失地农民的就业和社会保障问题。各部门要加强领导，明确责任。\n";

/// The output of each command without times, and last the report that one of them writes.
fn answers(fixture: &Fixture) -> Vec<(&'static str, String)> {
    let run = |command: &str| fixture.run(command.split("  ")).succeeds();
    answers_by(run, || fs::read_to_string(fixture.path("report.json")))
}

fn answers_by(
    run: impl Fn(&str) -> Ran,
    report: impl Fn() -> std::io::Result<String>,
) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for command in COMMANDS.trim().lines() {
        out.push((command, run(command).redacted()));
    }
    out.push(("report.json", report().expect("the report")));
    out
}

#[track_caller]
fn check(actual: &[(&str, String)], expected: &[(&str, String)], way: &str) {
    for (actual, expected) in actual.iter().zip(expected) {
        assert_eq!(actual, expected, "{way}");
    }
}

fn n_segments(fixture: &Fixture) -> usize {
    let files = fs::read_dir(fixture.path("index")).expect("the index");
    let paths = files.flatten().map(|entry| entry.path());
    paths
        .filter(|path| path.extension() == Some(OsStr::new("store")))
        .count()
}

fn fingerprint(fixture: &Fixture, dir: &str) -> String {
    let index = Index::open(&fixture.path(dir)).expect("an index");
    index.manifest().fingerprint.clone()
}

/// Copies the samples into the fixture's corpus and calls `each` after every file.
fn copy_samples(fixture: &Fixture, each: impl Fn()) {
    let files = WalkDir::new(samples()).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("a readable tree").into_path());
    for path in files.filter(|path| path.is_file()) {
        let name = path
            .strip_prefix(samples())
            .expect("a path below the samples");
        let bytes = fs::read(&path).expect("a sample");
        fixture.write_bytes(&format!("corpus/{}", name.display()), &bytes);
        each();
    }
}

#[test]
fn speed_options_change_no_answer() {
    let fixture = Fixture::new();
    fixture.write("draft.txt", DRAFT);
    fixture.write(
        "queries.txt",
        "1\t失地农民 安置\n2\t\"社会保障\"\n3\t就业 培训\n",
    );
    copy_samples(&fixture, || {
        fixture.run(["index", "--jobs", "1"]).succeeds();
    });
    assert!(
        n_segments(&fixture) > 1,
        "file by file, in several segments"
    );
    let (expected, first) = (answers(&fixture), fingerprint(&fixture, "index"));
    check(&answers(&fixture), &expected, "asked again");
    let ways: [&[&str]; 5] = [
        &["--jobs", "1"],
        &["--jobs", "4"],
        &["--jobs", "1", "--memory", "64"],
        &["--jobs", "4", "--memory", "64"],
        &["--jobs", "2", "--memory", "1G"],
    ];
    for way in ways {
        fs::remove_dir_all(fixture.path("index")).expect("an index to remove");
        fixture.run(["index"].iter().chain(way)).succeeds();
        assert_eq!(fingerprint(&fixture, "index"), first, "{way:?}");
        check(&answers(&fixture), &expected, &format!("{way:?}"));
    }
}
