//! Records with fields of any length and any characters: every command works on an index of them.

use crate::fixture::Fixture;
use crate::is_long;
use crate::rng::Rng;

/// Records in one index.
const BATCH: usize = 25;
/// Maximum length of a field, in characters: 1 MB of Han characters, or more of characters with longer encodings.
const MAX_CHARS: usize = 350_000;

/// A length from 0 to [`MAX_CHARS`]; all orders of magnitude are equally likely.
fn length(rng: &mut Rng) -> usize {
    let order = 1 << rng.below(20);
    rng.below(order + 1).min(MAX_CHARS)
}

/// A character of any kind: letters, digits, Han, signs, controls, combining marks, the last planes.
fn character(rng: &mut Rng) -> char {
    loop {
        let (from, span) = *rng.one_of(&[
            (0x0, 0x80),
            (0x80, 0x180),
            (0x300, 0x70),
            (0x1100, 0x100),
            (0x2000, 0x70),
            (0x2f00, 0x100),
            (0x3000, 0x100),
            (0x4e00, 0x200),
            (0xac00, 0x200),
            (0xd700, 0x900),
            (0xfe00, 0x200),
            (0x1f300, 0x100),
            (0x0, 0x11_0000),
        ]);
        if let Some(char) = char::from_u32(from + rng.below(span) as u32) {
            return char;
        }
    }
}

/// A text of one character, of a few that recur, or of any.
fn value(rng: &mut Rng) -> String {
    let length = length(rng);
    let n_kinds = *rng.one_of(&[1, 3, 40]);
    let alphabet: Vec<char> = (0..n_kinds).map(|_| character(rng)).collect();
    if n_kinds < 40 {
        return (0..length).map(|_| *rng.one_of(&alphabet)).collect();
    }
    (0..length).map(|_| character(rng)).collect()
}

#[test]
fn records_of_any_length_and_characters_can_be_used() {
    let n_batches = if is_long() { 400 } else { 1 };
    for batch in 0..n_batches {
        let mut rng = Rng::new(1_000 + batch);
        let fixture = Fixture::new();
        let mut lines = String::new();
        for _ in 0..BATCH {
            let mut record =
                serde_json::json!({"text": format!("各地修水渠。\n{}", value(&mut rng))});
            for field in ["id", "title", "date", "kind", "issuer", "url"] {
                if rng.below(3) == 0 {
                    record[field] = value(&mut rng).into();
                }
            }
            lines += &format!("{record}\n");
        }
        fixture.write("corpus/记录.jsonl", &lines);
        let heading: String = value(&mut rng).split_whitespace().collect();
        fixture.write(
            "corpus/长.md",
            &format!("# {heading}\n\n## 节{heading}\n\n各地修水渠。\n"),
        );
        fixture.run(["index", "corpus", "-q"]).succeeds();
        let found = fixture.run(["search", "--count", "--format", "json", "\"各地修水渠\""]);
        let n_found = found.succeeds().json()["documents"].clone();
        let docs = fixture.run(["docs", "--format", "json"]);
        let n_docs = docs.succeeds().json()["total"].clone();
        assert_eq!(n_found, n_docs, "batch {batch}");
        for command in [
            &["verify"][..],
            &["status"],
            &["docs"],
            &["search", "水渠", "--format", "json", "-n", "200"],
            &["search", "水渠", "--by", "document", "--sort", "date"],
            &["report", "水渠"],
        ] {
            fixture.run(command).succeeds();
        }
    }
}
