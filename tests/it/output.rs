//! Files that commands write: what they replace, what they never touch, and how they are known again.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::fixture::{Fixture, Ran};

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

/// Every command that writes files, with the extensions that it writes.
const COMMANDS: [(&[&str], &[&str]); 8] = [
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

/// Asserts one line of refusal that names the file.
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
    refused(&ran, "出/a.csv", &["no .csv that xunzhang wrote"]);
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
    fixture.write("别的索引/xunzhang-index", "");
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
    // A source that is gone for now is one all the same.
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
fn what_cannot_be_written_is_told_before_the_work() {
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
    // What goes beside a table is checked as the table is.
    fixture.write("出/b-About.csv", "用户自己的\n");
    let ran = fixture.run(["report", "水渠", "-o", "出/b.csv"]);
    refused(&ran, "出/b-About.csv", &["--overwrite"]);
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
fn files_of_ours_among_the_sources_are_passed_over() {
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
    let line = format!("passed over {n_written} files that xunzhang wrote itself: ");
    assert!(ran.stderr().contains(&line), "{}", ran.stderr());
    assert_eq!(ran.stderr().lines().count(), 1, "{}", ran.stderr());
    assert_eq!(count(), before);
    // Named by itself, a file of ours is read like any other.
    for file in ["corpus/report.html", "corpus/check.txt", "corpus/report.md"] {
        fixture.run(["check", file, "--format", "json"]).succeeds();
        fixture.run(["outline", file]);
    }
}

/// SHA-256 (FIPS 180-4), in Base64: how a policy names a script.
fn sha256_base64(bytes: &[u8]) -> String {
    let primes: Vec<u32> = (2..312u32)
        .filter(|n| (2..*n).all(|d| !n.is_multiple_of(d)))
        .collect();
    let fraction = |root: f64| ((root - root.floor()) * 4_294_967_296.0) as u32;
    let k: Vec<u32> = primes
        .iter()
        .map(|&p| fraction(f64::from(p).cbrt()))
        .collect();
    let mut h: Vec<u32> = primes[..8]
        .iter()
        .map(|&p| fraction(f64::from(p).sqrt()))
        .collect();
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks(64) {
        let word = |four: &[u8]| u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        let mut w: Vec<u32> = block.chunks(4).map(word).collect();
        for t in 16..64 {
            let (a, b) = (w[t - 15], w[t - 2]);
            let s0 = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
            let s1 = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
            w.push(
                w[t - 16]
                    .wrapping_add(s0)
                    .wrapping_add(w[t - 7])
                    .wrapping_add(s1),
            );
        }
        let mut v = h.clone();
        for t in 0..64 {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let one = v[7]
                .wrapping_add(s1)
                .wrapping_add(choice)
                .wrapping_add(k[t])
                .wrapping_add(w[t]);
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let two = s0.wrapping_add((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(one);
            v[0] = one.wrapping_add(two);
        }
        h.iter_mut()
            .zip(v)
            .for_each(|(h, v)| *h = h.wrapping_add(v));
    }
    let digest: Vec<u8> = h.iter().flat_map(|word| word.to_be_bytes()).collect();
    base64(&digest)
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |ord: usize| u32::from(*three.get(ord).unwrap_or(&0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for ord in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * ord) & 63) as usize];
            out.push(if ord > three.len() {
                '='
            } else {
                char::from(digit)
            });
        }
    }
    out
}

#[test]
fn the_policy_names_our_scripts() {
    assert_eq!(
        sha256_base64(b"abc"),
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
    );
    let fixture = fixture();
    let mut policies = Vec::new();
    for command in [
        &["check", "稿.txt"][..],
        &["precedent", "坚持"],
        &["report", "水渠"],
        &["trend", "水渠"],
    ] {
        write(&fixture, command, &["-o", "出/a.html", "--overwrite"]);
        let page = fs::read_to_string(fixture.path("出/a.html")).expect("a page");
        let (before, rest) = page
            .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
            .expect("a policy");
        assert!(
            !before.contains("<script") && !before.contains("<style"),
            "{before}"
        );
        let policy = rest.split('"').next().expect("its text").to_owned();
        if let Some((_, rest)) = page.split_once("<script>") {
            let script = rest.split("</script>").next().expect("a script");
            let hash = sha256_base64(script.as_bytes());
            assert!(
                policy.contains(&format!("'sha256-{hash}'")),
                "{hash}: {policy}"
            );
        }
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        policies.push(policy);
    }
    policies.dedup();
    assert_eq!(policies.len(), 1, "{policies:?}");
}

/// Characters that steer a terminal or the direction of reading, as those of `text::printable`.
fn is_steering(ch: char) -> bool {
    (ch.is_control() && ch != '\n')
        || matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{2028}')
}

const HOSTILE: &str = r#"{"id":"=1+1\u001b[2J\u009b","title":"=HYPERLINK(\"http://x\")\u202e总结\u001b]0;x\u0007","kind":"\u001b[2J+总结","issuer":"@甲\u0085","url":"-x\u2066","date":"2020-01-01","text":"坚持以经济建设为中心。\n一、\u001b[31m做法\n全村修水渠两公里，各户都参加了整修道路和水渠的劳动。"}
{"id":"\t=2","title":"＝SUM(A1)","text":"坚持以经济建设为中心。\n全村修水渠两公里，各户都参加了整修道路和水渠的劳动。"}
"#;

fn hostile() -> Fixture {
    let fixture = Fixture::new();
    fixture.write("corpus/源\u{202e}.jsonl", HOSTILE);
    fixture.run(["index", "corpus"]).succeeds();
    fixture.write("稿.txt", "全村修水渠两公里，坚持以经济建设为中心。\n");
    fixture
}

#[track_caller]
fn is_safe(what: &str, text: &str) {
    let found = text.chars().find(|ch| is_steering(*ch));
    assert_eq!(found, None, "{what}: {text}");
}

#[test]
fn nothing_that_is_printed_steers() {
    let fixture = hostile();
    let query = "坚持 水渠 \u{1b}[2J\u{202e}";
    let commands: [&[&str]; 22] = [
        &["search", query],
        &["search", query, "--explain"],
        &["search", query, "--format", "json"],
        &["search", query, "--format", "jsonl"],
        &["search", query, "--format", "csv"],
        &["search", query, "--format", "trec"],
        &["search", query, "--count"],
        &["docs"],
        &["docs", "--format", "json"],
        &["docs", "--format", "csv"],
        &["status"],
        &["status", "--format", "json"],
        &["outline", "源\u{202e}.jsonl#\t=2"],
        &["frame", "坚持以*为中心"],
        &["frame", "坚持以*为中心", "--format", "json"],
        &["check", "稿.txt"],
        &["check", "稿.txt", "--format", "html"],
        &["precedent", "坚持以\u{9b}经济建设为中心"],
        &["trend", "水渠\u{1b}"],
        &["report", "水渠\u{1b}"],
        &["duplicates", "--min-similarity", "0.1"],
        &["index", "corpus", "--rebuild"],
    ];
    for command in commands {
        let ran = fixture.run(command);
        is_safe(&command.join(" "), ran.stdout());
        is_safe(&command.join(" "), ran.stderr());
    }
    for bad in [
        &["search", "(\u{1b}[2J"][..],
        &["show", "无\u{1b}[2J\u{9b}"],
        &["--bogus\u{1b}[2J"],
        &["search", "x", "--year", "\u{1b}[2J"],
        &["trend", "甲", "-o", "无\u{1b}[2J/a.csv"],
        &["index", "无\u{202e}"],
        &["report", "-k", "无\u{1b}.csv"],
        &["check", "无\u{1b}[2J"],
    ] {
        let ran = fixture.run(bad);
        assert_eq!(ran.status(), Some(2), "{bad:?}");
        is_safe(&format!("{bad:?}"), ran.stderr());
    }
    for file in ["a.csv", "a.md", "a.html", "a.json"] {
        let arguments = [
            "report",
            "水渠",
            "\u{1b}[2J路\u{202e}",
            "--excerpts",
            "5",
            "-o",
            file,
        ];
        fixture.run(arguments).succeeds();
        let text = fs::read_to_string(fixture.path(file)).expect("a file");
        is_safe(file, &text.replace('\r', ""));
    }
    for file in ["t.csv", "t.svg", "t.html", "t.json"] {
        fixture.run(["trend", "水渠\u{1b}[2J\u{202e}", "-o", file]);
        let text = fs::read_to_string(fixture.path(file)).expect("a file");
        is_safe(file, &text.replace('\r', ""));
    }
}

#[test]
fn no_cell_is_a_formula() {
    let fixture = hostile();
    let check = |what: &str, text: &str, separator: u8| {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader
            .has_headers(false)
            .flexible(true)
            .delimiter(separator);
        for row in reader
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
            .records()
        {
            for cell in row.expect("a row").iter() {
                let start = cell.trim_start();
                let is_formula = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                assert!(
                    !is_formula || cell.parse::<f64>().is_ok(),
                    "{what}: {cell:?}"
                );
            }
        }
    };
    for (format, separator) in [("csv", b','), ("tsv", b'\t')] {
        let ran = fixture
            .run(["search", "坚持", "--format", format])
            .succeeds();
        check(format, ran.stdout(), separator);
        assert!(ran.stdout().contains("'=HYPERLINK"), "{}", ran.stdout());
    }
    let ran = fixture.run(["docs", "--format", "csv"]).succeeds();
    check("docs", ran.stdout(), b',');
    assert!(ran.stdout().contains(",'@甲") && ran.stdout().contains("'-x"));
    let ran = fixture
        .run(["frame", "坚持以*为中心", "--format", "csv"])
        .succeeds();
    check("frame", ran.stdout(), b',');
    for command in [&["report", "=1+1 | 水渠"][..], &["trend", "=1+1 | 水渠"]] {
        write(&fixture, command, &["-o", "a.csv", "--overwrite"]).succeeds();
        let text = fs::read_to_string(fixture.path("a.csv")).expect("a table");
        check(command[0], &text, b',');
        assert!(text.contains("'=1+1"), "{text}");
    }
    // Numbers of ours stay numbers: a word that is rarer here has a negative log ratio.
    let ran = fixture.run(["words", "keyness", "--path", "*2", "--format", "csv"]);
    check("words", ran.stdout(), b',');
}

#[test]
fn an_empty_record_is_named_itself() {
    let fixture = Fixture::new();
    let records = "{\"text\":\"修水渠。\"}\n{\"text\":\"\"}\n{\"id\":\"丙\",\"text\":\" \"}\n{\"text\":\"修路。\"}\n不是 JSON\n";
    fixture.write("corpus/记录.jsonl", records);
    let ran = fixture.run(["index", "corpus", "--json"]).succeeds();
    let warnings = ran.json()["warnings"].clone();
    let named: Vec<String> = warnings
        .as_array()
        .expect("a list")
        .iter()
        .map(|warning| {
            format!(
                "{} {} {}",
                warning["document"], warning["warning"], warning["record"]
            )
        })
        .collect();
    assert_eq!(
        named,
        [
            "\"记录.jsonl#2\" \"empty_record\" 2",
            "\"记录.jsonl#丙\" \"empty_record\" \"丙\"",
            "\"记录.jsonl\" \"bad_record\" 5",
        ]
    );
    assert!(
        ran.stderr().contains("记录.jsonl#2, 记录.jsonl#丙"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn words_behind_a_minus_need_no_quotes() {
    let fixture = Fixture::indexed(&[
        ("甲.txt", "农民增收总结\n农民收入与GDP同步。\n"),
        ("乙.txt", "农民种粮总结\n农民种粮积极。\n"),
    ]);
    for exclusion in ["-GDP", "-gdp", "-收入"] {
        let ran = fixture.run([
            "search", "农民", exclusion, "--in", "body", "--format", "json",
        ]);
        let json = ran.succeeds().json();
        assert_eq!(json["query"], format!("农民 {exclusion}"));
        assert_eq!(json["hits"].as_array().expect("hits").len(), 1, "{json}");
        assert_eq!(json["hits"][0]["document"]["id"], "乙.txt");
    }
    fixture.run(["search", "农民", "-n1"]).succeeds();
    for mistyped in [
        &["search", "农民", "--yaer", "2010"][..],
        &["precedent", "--yaer", "甲"],
    ] {
        fixture.run(mistyped).fails_with(&["--ya"]);
    }
    fixture.write("-报告.txt", "丙村报告\n一、做法\n修路。\n");
    let ran = fixture.run(["outline", "--", "-报告.txt"]).succeeds();
    assert!(ran.stdout().contains("做法"), "{}", ran.stdout());
}

#[test]
fn a_hit_shows_what_of_title_and_heading_matches() {
    let fixture = Fixture::indexed(&[(
        "甲.txt",
        "甲村水渠工作总结\n一、整修道路的做法\n各户出工。\n",
    )]);
    let hit = |arguments: &[&str]| {
        let all = ["search"].iter().chain(arguments);
        let ran = fixture.run(all.chain(&["--format", "json"])).succeeds();
        ran.json()["hits"][0].clone()
    };
    let found = hit(&["title:水渠 出工"]);
    assert_eq!(found["title_highlights"], serde_json::json!([[2, 4]]));
    let found = hit(&["heading:道路 出工"]);
    let expected = serde_json::json!([{"ord": 0, "highlights": [[2, 4]]}]);
    assert_eq!(found["section_highlights"], expected);
    assert_eq!(
        hit(&["出工", "--section", "道路"])["section_highlights"],
        expected
    );
    let found = hit(&["title:水渠 NOT 道路"]);
    assert_eq!(found["title_highlights"], serde_json::json!([[2, 4]]));
    assert_eq!(hit(&["出工"])["title_highlights"], serde_json::Value::Null);
    let arguments = ["--color", "always", "search", "heading:道路 出工"];
    let ran = fixture.run(arguments).succeeds();
    assert!(
        ran.stdout().contains("\u{1b}[1m\u{1b}[31m道路\u{1b}[0m"),
        "{}",
        ran.stdout()
    );
}
