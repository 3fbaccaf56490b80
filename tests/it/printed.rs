//! Output is safe: no terminal control sequences, no cells that are formulas, and only our scripts run on pages.

use std::fs;

use crate::fixture::Fixture;

const FILES: [(&str, &str); 1] = [(
    "甲.txt",
    "甲村工作总结\n全村修水渠两公里，坚持以经济建设为中心。\n2020年3月5日\n",
)];

/// SHA-256 (FIPS 180-4) in Base64, as a content security policy names a script.
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
    let fixture = Fixture::indexed(&FILES);
    fixture.write("稿.txt", "坚持以经济建设为中心。\n");
    let mut policies = Vec::new();
    for command in [
        &["check", "稿.txt"][..],
        &["precedent", "坚持"],
        &["report", "水渠"],
        &["trend", "水渠"],
        &["lineage", "坚持以经济建设为中心"],
    ] {
        fixture.run(command.iter().chain(&["-o", "a.html", "--overwrite"]));
        let page = fs::read_to_string(fixture.path("a.html")).expect("a page");
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

/// Characters that control a terminal or the writing direction, as in `text::printable`.
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
fn no_output_contains_control_characters() {
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
        fixture
            .run(command.iter().chain(&["-o", "a.csv", "--overwrite"]))
            .succeeds();
        let text = fs::read_to_string(fixture.path("a.csv")).expect("a table");
        check(command[0], &text, b',');
        assert!(text.contains("'=1+1"), "{text}");
    }
    // Our own numbers remain numbers: a word that is rarer here has a negative log ratio.
    let ran = fixture.run(["words", "keyness", "--path", "*2", "--format", "csv"]);
    check("words", ran.stdout(), b',');
}
