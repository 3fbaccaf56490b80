//! Readers of Chinese get Chinese, whatever they ask for and whatever goes wrong; readers of English get none of it.

use crate::damage::packed;
use crate::fixture::Fixture;

/// What a run printed: its status, standard output, standard error.
fn run(fixture: &Fixture, locale: &str, line: &str) -> (Option<i32>, String, String) {
    let words = line.split(' ').filter(|word| !word.is_empty());
    let mut command = fixture.command(words);
    let output = command.env("LC_ALL", locale).output().expect("a run");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn is_chinese(text: &str) -> bool {
    text.contains(['，', '。', '：', '；', '、'])
}

#[test]
fn help_is_in_the_language_of_the_locale_or_of_the_flag() {
    let fixture = Fixture::new();
    for (locale, line, is_zh) in [
        ("zh_CN.UTF-8", "--help", true),
        ("zh_CN.UTF-8", "search -h", true),
        ("zh_CN.UTF-8", "words new --help", true),
        ("zh_CN.UTF-8", "--lang en search --help", false),
        ("C", "show --help", false),
        ("C", "show --lang=zh --help", true),
        ("C", "--lang zh --help", true),
    ] {
        let (status, out, err) = run(&fixture, locale, line);
        assert_eq!(status, Some(0), "{line}: {err}");
        assert_eq!(out.contains("用法："), is_zh, "{line}:\n{out}");
        assert_eq!(out.contains("Usage:"), !is_zh, "{line}:\n{out}");
        assert_eq!(err, "");
    }
}

#[test]
fn errors_of_usage_are_in_the_language_and_keep_their_status() {
    let fixture = Fixture::new();
    for line in [
        "",
        "serch 水渠",
        "search 水渠 --yaer 2010",
        "search 水渠 --zzz",
        "search",
        "search 水渠 --format xml",
        "search 水渠 --limit",
        "search 水渠 --limit 0",
        "search 水渠 --year 去年",
        "search 水渠 -q -v",
        "status 水渠",
        "words keyness --against 甲",
        "index --map 甲",
        "index --memory 甲",
        "--color 红 status",
    ] {
        // There it opens the page.
        if cfg!(windows) && line.is_empty() {
            continue;
        }
        let (status, out, err) = run(&fixture, "zh_CN.UTF-8", line);
        assert_eq!(status, Some(2), "{line}: {err}");
        assert_eq!(out, "", "{line}");
        assert!(err.contains("用法："), "{line}:\n{err}");
        for word in ["error", "Usage", "tip", "information", "expected", "found"] {
            assert!(!err.contains(word), "{line}:\n{err}");
        }
        let (status, _, err) = run(&fixture, "C", line);
        assert_eq!(status, Some(2), "{line}: {err}");
        assert!(err.contains("Usage:") || err.contains("--help"), "{err}");
        assert!(!err.contains("错误"), "{line}:\n{err}");
    }
}

/// Reasons too: of a file, of one inside an archive, of the system.
#[test]
fn reasons_are_in_the_language() {
    let fixture = Fixture::new();
    fixture.write("corpus/总结.txt", "甲村总结\n全村修水渠两公里。\n");
    fixture.write_bytes("corpus/图.png", b"\x89PNG\r\n\x1a\n");
    let parts = [
        ("总结.txt", "乙村总结\n种树三百亩。\n"),
        ("清单.py", "x"),
        ("旧.doc", "\u{0}"),
    ];
    let parts = parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    fixture.write_bytes("corpus/包.zip", &packed(&parts));
    let (status, _, err) = run(&fixture, "zh_CN.UTF-8", "index -v corpus");
    assert_eq!(status, Some(0), "{err}");
    assert!(
        err.contains("图.png：是 PNG 图片，没有文字；可用 `index --ocr` 识别"),
        "{err}"
    );
    assert!(
        err.contains("里面的 清单.py 未收：是程序代码或配置，本版本不读；请另存为纯文本"),
        "{err}"
    );
    let (_, out, _) = run(&fixture, "zh_CN.UTF-8", "status --skipped");
    assert!(
        out.contains("包.zip#清单.py：是程序代码或配置，本版本不读"),
        "{out}"
    );
    let (_, out, err) = run(&fixture, "C", "status --skipped");
    assert!(!is_chinese(&out), "{out}{err}");
    assert!(
        out.contains("清单.py: is a program or its settings, which this version does not read"),
        "{out}"
    );
}

#[test]
fn what_the_system_says_is_in_the_language() {
    let fixture = Fixture::new();
    fixture.write("corpus/总结.txt", "甲村总结\n全村修水渠两公里。\n");
    let line = "index --dict 无.txt corpus";
    let (status, _, err) = run(&fixture, "zh_CN.UTF-8", line);
    assert_eq!(status, Some(2));
    assert_eq!(err, "xunzhang: 无.txt 无法读取：没有这个文件或文件夹\n");
    let (_, _, err) = run(&fixture, "C", line);
    // In English these are the system's words.
    let missing = std::io::Error::from_raw_os_error(2);
    assert_eq!(err, format!("xunzhang: 无.txt cannot be read: {missing}\n"));
    fixture.write("同义.txt", "甲\n");
    let (_, _, err) = run(&fixture, "zh_CN.UTF-8", "index --synonyms 同义.txt corpus");
    assert_eq!(
        err,
        "xunzhang: 同义词表 同义.txt 里有一行不是规则：第 1 行：应为 `甲 = 乙` 或 `甲 => 乙`，实为“甲”\n"
    );
}
