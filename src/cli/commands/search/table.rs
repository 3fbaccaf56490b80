//! Hits as rows of a table, and as a TREC run.

use std::io::Write;

use xunzhang::document::Part;
use xunzhang::search::{Hit, Ranked};
use xunzhang::source::mark::RUN;
use xunzhang::text::printable::is_steering;

use crate::cli::heading;

/// Names of the columns.
// Never translated: scripts select columns by these names.
pub(super) const COLUMNS: [&str; 11] = [
    "rank", "score", "document", "title", "date", "kind", "section", "line", "number", "part",
    "text",
];

/// The cells of a hit, in the order of [`COLUMNS`].
pub(super) fn cells(hit: &Hit) -> [String; 11] {
    let steps = hit
        .section
        .iter()
        .map(|section| heading::printed(section.label.as_deref(), &section.title));
    let part = match hit.passage.part {
        Part::Title => "title",
        Part::Heading => "heading",
        Part::Body => "body",
    };
    [
        hit.rank.to_string(),
        hit.score.to_string(),
        hit.document.id.clone(),
        hit.document.title.clone(),
        hit.document
            .date
            .map(|date| date.to_string())
            .unwrap_or_default(),
        hit.document.kind.clone().unwrap_or_default(),
        steps.collect::<Vec<_>>().join(" › "),
        hit.passage.line.to_string(),
        hit.passage.number.to_string(),
        part.to_owned(),
        hit.passage.text.clone(),
    ]
}

/// Writes the lines of a query in a TREC run: `qid Q0 docid rank score xunzhang`.
///
/// Evaluators sort by score and break ties their own way, so that a score that does not fall with its rank is put just
/// under the one before it. Blanks separate columns; inside an id they are written `%20`, and steering characters so too.
/// A run is for programs that compare ids: nothing is guarded against spreadsheets.
pub(super) fn write_trec(
    out: &mut dyn Write,
    qid: &str,
    ranks: impl Iterator<Item = usize>,
    ranked: &[Ranked],
) -> std::io::Result<()> {
    let qid = without_blanks(qid);
    // Above every score, so that the first is written as it is.
    let mut last = f32::INFINITY;
    for (rank, passage) in ranks.zip(ranked) {
        let score = if passage.score < last {
            passage.score
        } else {
            last.next_down()
        };
        last = score;
        let id = without_blanks(&passage.document);
        writeln!(out, "{qid} Q0 {id} {rank} {score} {RUN}")?;
    }
    Ok(())
}

/// The id with white space and steering characters as `%XX`, as in a URL.
fn without_blanks(id: &str) -> String {
    let encode = |ch: char| -> String {
        if ch.is_whitespace() || is_steering(ch) {
            let mut bytes = [0; 4];
            let bytes = ch.encode_utf8(&mut bytes).bytes();
            bytes.map(|byte| format!("%{byte:02X}")).collect()
        } else {
            ch.to_string()
        }
    };
    id.chars().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_no_blank() {
        assert_eq!(
            without_blanks("云栖 总结\u{3000}a.txt"),
            "云栖%20总结%E3%80%80a.txt"
        );
    }

    #[test]
    fn scores_of_a_run_fall_with_the_ranks() {
        let ranked = [("甲", 2.5), ("乙", 2.5), ("丙", 3.0)].map(|(document, score)| Ranked {
            document: document.to_owned(),
            number: 1,
            score,
        });
        let mut out = Vec::new();
        write_trec(&mut out, "q 1", 1.., &ranked).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "q%201 Q0 甲 1 2.5 xunzhang\nq%201 Q0 乙 2 2.4999998 xunzhang\nq%201 Q0 丙 3 2.4999995 xunzhang\n"
        );
    }
}
