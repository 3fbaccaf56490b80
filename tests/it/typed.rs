//! Queries as people type and paste them, and the commands that they type without much thought.

use std::process::Command;

use serde_json::Value;

use crate::fixture::{Encoding, Fixture, Ran};

const PASTED: &str = "我区坚持“两个毫不动摇”，深化“放管服”改革（含试点），落实《优化营商环境条例》[2020年版]各项规定";

fn folder() -> Fixture {
    let source = format!("城东区工作报告\n{PASTED}。\n二、打算\n改善营商环境。\n");
    Fixture::indexed(&[
        ("2020/城东.txt", &source),
        (
            "2021/城西.txt",
            "城西区工作报告\n优化营商环境，改革不停步。\n",
        ),
        (
            "2022/城南.txt",
            "城南区工作报告\n坚持以优化营商环境为指导，整修水渠。\n",
        ),
    ])
}

fn search(fixture: &Fixture, query: &str) -> Ran {
    fixture.run(["--lang", "en", "search", query, "--format", "json"])
}

#[test]
fn a_pasted_paragraph_finds_its_source_first() {
    let fixture = folder();
    let halves: Vec<char> = PASTED.chars().collect();
    let cut: String = halves[..12].iter().collect();
    let prose = format!("“三农”工作。{PASTED}；“厕所革命");
    let broken = PASTED.replacen('，', "，\n", 1);
    for query in [PASTED, &cut, &prose, &broken] {
        let found = search(&fixture, query).succeeds();
        let place = &found.json()["hits"][0]["document"]["id"];
        assert_eq!(place, "2020/城东.txt", "{query}");
        let is_long = found.stderr().contains("xunzhang precedent");
        assert_eq!(is_long, query.chars().count() > 30, "{query}");
    }
}

#[test]
fn alternatives_count_what_a_scan_counts() {
    let fixture = folder();
    let count = |query: &str| {
        let counted = fixture.run(["search", query, "--count", "--format", "json"]);
        counted.json()["occurrences"].as_u64().expect("a number")
    };
    // Counted by hand in the texts above.
    assert_eq!(count("“(优化|改善)营商环境”"), 4);
    assert_eq!(count("“（优化｜改善）营商环境”"), 4);
    assert_eq!(
        count("“(优化|改善)营商环境”"),
        count("“优化营商环境”") + count("“改善营商环境”")
    );
    // 优化营商环境 covers 营商环境; by itself it is found once.
    assert_eq!(count("“(优化|)营商环境”"), 4);
    assert_eq!(count("“营商环境” OR “优化营商环境”"), 4 + 3);
    let reported = fixture.run(["report", "“(优化|改善)营商环境”", "-o", "r.json"]);
    reported.succeeds();
    let json = std::fs::read_to_string(fixture.path("r.json")).expect("a report");
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["entries"][0]["occurrences"], 4);
    let frame = fixture.run(["--lang", "en", "frame", "坚持(以|把)*为指导"]);
    frame.fails_with(&["one wording at a time", "^"]);
}

#[test]
fn signs_of_other_tools_are_told_with_ours() {
    let fixture = folder();
    for (query, hint) in [
        ("标题:城东", "`title:`"),
        ("发文机关：城东", "`issuer:`"),
        ("author:城东", "`issuer:`"),
        ("filetype:pdf 城东", "title: heading: kind: year:"),
        ("优化 near/5 环境", "NEAR/5"),
        ("优化$5环境", "{0,5}"),
        ("优化+2环境", "{0,2}"),
        ("/优化.*环境/", "no regular expressions"),
        ("优化 and 改善", "AND OR NOT"),
        ("优化 & 改善", "AND"),
        ("优化|改善", "“(优化|改善)营商环境”"),
    ] {
        let found = search(&fixture, query);
        assert!(found.stderr().contains(hint), "{query}: {}", found.stderr());
        assert_eq!(
            found.stderr().lines().count(),
            1,
            "{query}: {}",
            found.stderr()
        );
    }
    for query in [
        "ｔｉｔｌｅ：城东",
        "title:城东",
        "优化 OR 改善",
        "“(优化|改善)营商环境”",
    ] {
        let found = search(&fixture, query).succeeds();
        assert_eq!(found.stderr(), "", "{query}");
    }
}

#[test]
fn nothing_found_says_without_which_part_there_is_something() {
    let fixture = folder();
    for (query, line) in [
        ("+水渠 +整修 +“不停步”", "without \"不停步\": 1 passage"),
        ("水渠 AND 整修 AND 疏浚", "without 疏浚: 1 passage"),
        ("+水渠 -整修", "without -整修: 1 passage"),
    ] {
        let missed = fixture.run(["--lang", "en", "search", query]).exits(1);
        assert!(missed.stderr().contains(line), "{}", missed.stderr());
    }
}

#[test]
fn similar_takes_what_show_takes() {
    let fixture = folder();
    fixture.write("corpus/2024/抄件.txt", "抄件\n优化营商环境，改革不停步。\n");
    fixture.run(["index"]).succeeds();
    let file = fixture.path("corpus/2021/城西.txt");
    let file = file.to_str().expect("UTF-8");
    for name in ["2021/城西.txt", "城西", "2021/城西.txt:2", "城西：2", file] {
        let found = fixture.run(["similar", name, "--min-share", "0", "--format", "json"]);
        assert_eq!(found.status(), Some(0), "{name}: {}", found.stderr());
        assert_eq!(found.json()["title"], "城西区工作报告", "{name}");
        fixture.run(["show", name]).succeeds();
    }
    fixture.run(["similar", "城北"]).fails_with(&["城北"]);
    fixture.run(["similar", "202"]).fails_with(&["202"]);
}

#[test]
fn index_without_a_path_updates_from_any_folder() {
    let fixture = folder();
    let index = fixture.path("index");
    fixture.write("corpus/2023/城北.txt", "城北区工作报告\n疏浚河道。\n");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut command: Command = fixture.command(["--lang", "en", "index"]);
    command
        .current_dir(elsewhere.path())
        .env("XUNZHANG_INDEX", &index);
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains("1 added, 0 changed, 0 removed"),
        "{said}"
    );
    assert!(
        std::fs::read_dir(elsewhere.path())
            .expect("a folder")
            .next()
            .is_none()
    );
    fixture.run(["search", "疏浚河道", "--count"]).succeeds();
}

#[test]
fn binary_files_are_skipped_and_texts_in_old_encodings_are_not() {
    let fixture = Fixture::new();
    let mut seed = 7_u32;
    let mut noise = |n: usize, least: u32, most: u32| -> Vec<u8> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (least + (seed >> 8) % (most - least + 1)) as u8
        };
        (0..n).map(|_| next()).collect()
    };
    let mut program = b"MZ\x60\0\x01\0".to_vec();
    program.extend(noise(3_000, 0, 255));
    let mut database = noise(40, 0, 9);
    (0..300).for_each(|n| database.extend(format!("水渠{n}\0\0\x05").bytes()));
    for (name, bytes) in [
        ("短.txt", noise(24, 0, 255)),
        ("长.txt", noise(5_000, 0, 255)),
        ("高位.txt", noise(3_000, 0x80, 0xff)),
        ("汉字区.txt", noise(3_000, 0xb0, 0xf7)),
        ("程序.txt", program),
        ("库.txt", database),
    ] {
        fixture.write_bytes(&format!("corpus/二进制/{name}"), &bytes);
    }
    let text = "今年以来，我局认真开展工作，取得了明显成效。\n";
    for encoding in [
        Encoding::Gb18030,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Utf8Bom,
    ] {
        fixture.write_in(encoding, &format!("corpus/文本/{encoding:?}.txt"), text);
    }
    fixture.write_in(
        Encoding::Big5,
        "corpus/文本/big5.txt",
        "本府各機關辦理情形報告\n",
    );
    let names = "李喆、王堃、张燚、陈犇、刘翀、赵昇、孙珺、周睿、吴玥、郑琰\n";
    fixture.write_in(Encoding::Gb18030, "corpus/文本/姓名.txt", names);
    fixture.run(["index", "corpus"]).succeeds();
    let status = fixture
        .run(["status", "--skipped", "--format", "json"])
        .json();
    let skipped = status["skipped"].as_array().expect("a list");
    let paths = skipped
        .iter()
        .map(|file| file["path"].as_str().expect("a path"));
    assert!(
        paths.clone().all(|path| path.contains("二进制")),
        "{skipped:?}"
    );
    assert_eq!(skipped.len(), 6, "{skipped:?}");
    let reasons: Vec<&Value> = skipped.iter().map(|file| &file["reason"]).collect();
    assert!(
        reasons
            .iter()
            .all(|reason| reason.as_str().is_some_and(|text| !text.is_empty()))
    );
}

#[test]
fn a_year_is_no_title() {
    let fixture = Fixture::indexed(&[
        (
            "报告/2018.txt",
            "2018\n各位代表：\n一、园区过去一年工作回顾\n园区稳中有进。\n",
        ),
        (
            "报告/2019.txt",
            "2019\n园区工作报告\n各位代表：\n园区稳中有进。\n",
        ),
        (
            "报告/2020年度.txt",
            "园区稳中有进，落实了各项任务，群众满意。\n",
        ),
    ]);
    let docs = fixture.run(["docs", "--format", "json"]).json();
    let titles: Vec<String> = docs["documents"]
        .as_array()
        .or(docs.as_array())
        .expect("a list")
        .iter()
        .map(|document| document["title"].to_string())
        .collect();
    assert!(titles[0].contains("过去一年工作回顾"), "{titles:?}");
    assert!(titles[1].contains("园区工作报告"), "{titles:?}");
    assert!(titles[2].contains("2020年度"), "{titles:?}");
}

/// A bar that wraps is drawn below itself again and again.
#[cfg(target_os = "linux")]
#[test]
fn progress_is_one_line_on_a_narrow_terminal_in_chinese() {
    let python = Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|output| output.status.success()) {
        return;
    }
    let fixture = Fixture::new();
    for n in 0..60 {
        let text = format!(
            "园区工作报告{n}\n{}",
            "各组整修水渠，疏浚河道，群众满意。\n".repeat(60)
        );
        fixture.write(&format!("corpus/{n}.txt"), &text);
    }
    for columns in ["40", "60", "80"] {
        let program = env!("CARGO_BIN_EXE_xunzhang");
        let output = Command::new("python3")
            .args([
                "-c",
                PTY,
                columns,
                program,
                "--lang",
                "zh",
                "index",
                "corpus",
                "--rebuild",
            ])
            .current_dir(fixture.folder())
            .output()
            .expect("python");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{columns}: {said}");
    }
}

/// Runs a command on a terminal of some columns; fails if the bar was drawn on several lines, or wider than the terminal.
const PTY: &str = r#"
import fcntl, os, pty, re, struct, sys, termios, unicodedata
columns = int(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.environ.pop("COLUMNS", None)
    os.environ["TERM"] = "xterm"
    os.execv(sys.argv[2], sys.argv[2:])
data = b""
while True:
    try:
        chunk = os.read(fd, 65536)
    except OSError:
        break
    if not chunk:
        break
    data += chunk
text = data.decode("utf-8", "replace")
drawn = [line for line in re.split(r"[\r\n]|\x1b\[2K", text) if "\u2588" in line or "\u2591" in line]
cells = lambda line: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line))
widest = max([cells(line) for line in drawn] or [0])
before = text[: text.rfind("\u2588") + 1] if "\u2588" in text else ""
print(len(drawn), "drawings,", widest, "cells,", before.count("\n"), "line feeds,", text.count("\x1b[1A"), "up")
sys.exit(0 if drawn and widest <= columns and before.count("\n") == 0 else 1)
"#;
