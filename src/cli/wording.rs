//! Wordings and their places, as several commands print them.

use anyhow::Context;
use xunzhang::document::Date;
use xunzhang::precedent::{Edit, Op, Source, Variant};
use xunzhang::search::{DocumentRef, SectionRef};
use xunzhang::source::Skip;
use xunzhang::source::input::{MAX_TYPED, list_text, read_bounded};

use super::heading;
use super::messages::{Lang, say};
use super::paint::{Ink, Paint};
use super::terminal::{printable, wrap};

/// A text with the colour of each part.
pub(super) type Segments = Vec<(Ink, String)>;

/// The variant with what was taken out and put in; without colour as `[-…-]` and `{+…+}`.
pub(super) fn marked(diff: &[Edit], paint: Paint) -> Segments {
    let mut out = Segments::new();
    for Edit { op, from, to } in diff {
        if *op == Op::Equal {
            out.push((Ink::Text, printable(to)));
            continue;
        }
        for (ink, text, brackets) in [
            (Ink::Removed, from, ("[-", "-]")),
            (Ink::Added, to, ("{+", "+}")),
        ] {
            // The marks of `wdiff`: without colour nothing else shows the difference.
            let (open, close) = if paint == Paint::Plain {
                brackets
            } else {
                ("", "")
            };
            if !text.is_empty() {
                out.push((ink, format!("{open}{}{close}", printable(text))));
            }
        }
    }
    out
}

/// The segments in lines of at most `cells`.
pub(super) fn lines(segments: &Segments, cells: usize, paint: Paint) -> Vec<String> {
    let whole: String = segments.iter().map(|(_, text)| text.as_str()).collect();
    // Each line is coloured by itself, since terminals keep a colour over the end of a line.
    let painted = |line: std::ops::Range<usize>| {
        let mut out = String::new();
        let mut at = 0;
        for (ink, text) in segments {
            let (start, end) = (line.start.max(at), line.end.min(at + text.len()));
            if start < end {
                out += &paint.ink(*ink, &whole[start..end]);
            }
            at += text.len();
        }
        out
    };
    wrap(&whole, cells).into_iter().map(painted).collect()
}

/// The years from the first to the last, one if they are the same, empty without any.
pub(super) fn years(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first.year == last.year => first.year.to_string(),
        (Some(first), Some(last)) => format!("{}–{}", first.year, last.year),
        _ => String::new(),
    }
}

/// The occurrences, documents and dates of a variant.
pub(super) fn counts(variant: &Variant, lang: Lang) -> String {
    let times = say!(lang, "n-occurrences", n = variant.occurrences);
    let documents = say!(lang, "n-documents", n = variant.documents);
    let years = years(variant.first, variant.last);
    let years = if years.is_empty() {
        years
    } else {
        say!(lang, "counts-years", years)
    };
    say!(lang, "counts", times, documents, years)
}

/// Hundredths, rounded down, so that only the same wording has 100 %.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).floor())
}

/// The headings above a source.
pub(super) fn path(source: &Source) -> String {
    section_path(&source.section)
}

/// Headings from the top on one line.
pub(super) fn section_path(section: &[SectionRef]) -> String {
    let steps = section.iter();
    let steps = steps.map(|section| heading::printed(section.label.as_deref(), &section.title));
    steps.collect::<Vec<_>>().join(" › ")
}

/// Where a quotation is from: `《标题》，发文机关，2019-03-05，一、… › （一）…（a.txt:3）`.
pub(super) fn source_line(document: &DocumentRef, section: &[SectionRef], place: &str) -> String {
    let date = document.date.map(|date| date.to_string());
    let path = Some(section_path(section)).filter(|path| !path.is_empty());
    let known = [document.issuer.clone(), date, path].into_iter().flatten();
    // Chinese punctuation in every language: what is quoted is a Chinese document.
    let known: String = known.map(|part| format!("，{part}")).collect();
    format!("《{}》{known}（{place}）", document.title)
}

/// Date and title of a source's document.
pub(super) fn title(source: &Source) -> String {
    let date = source
        .document
        .date
        .map(|date| format!("{date}  "))
        .unwrap_or_default();
    format!("{date}{}", source.document.title)
}

/// Document and line.
pub(super) fn place(source: &Source) -> String {
    format!("{}:{}", source.document.id, source.passage.line)
}

/// The text of an argument, or standard input for `-`.
pub(super) fn text_or_input(argument: &str, lang: Lang) -> anyhow::Result<String> {
    if argument != "-" {
        return Ok(argument.to_owned());
    }
    // A pipe may never end, so that reading stops at a limit.
    let read = read_bounded(std::io::stdin().lock(), MAX_TYPED);
    read.and_then(|bytes| list_text(&bytes))
        .map_err(plain)
        .with_context(|| say!(lang, "input-unreadable"))
}

/// What the system says, where it is the system that does not let something be read.
pub(super) fn plain(skip: Skip) -> anyhow::Error {
    match skip {
        Skip::Unreadable(error) => std::io::Error::from(error).into(),
        skip => skip.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(op: Op, from: &str, to: &str) -> Edit {
        Edit {
            op,
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    #[test]
    fn differences_are_marked_with_and_without_colour() {
        let diff = [
            edit(Op::Equal, "坚持以", "坚持以"),
            edit(Op::Replace, "安全", "防汛"),
            edit(Op::Insert, "", "抗旱"),
            edit(Op::Delete, "全面", ""),
        ];
        let plain = lines(&marked(&diff, Paint::Plain), 80, Paint::Plain);
        assert_eq!(plain, ["坚持以[-安全-]{+防汛+}{+抗旱+}[-全面-]"]);
        let ink = |ink, text| Paint::Coloured.ink(ink, text);
        let coloured = lines(&marked(&diff, Paint::Coloured), 10, Paint::Coloured);
        assert_eq!(
            coloured,
            [
                format!("坚持以{}", ink(Ink::Removed, "安全")),
                format!(
                    "{}{}{}",
                    ink(Ink::Added, "防汛"),
                    ink(Ink::Added, "抗旱"),
                    ink(Ink::Removed, "全")
                ),
                ink(Ink::Removed, "面"),
            ]
        );
    }

    #[test]
    fn only_the_same_wording_has_a_hundred_percent() {
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.9999), "99 %");
    }
}
