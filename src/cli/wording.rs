//! Wordings and their places, as several commands print them.

use anyhow::Context;
use xunzhang::document::Date;
use xunzhang::precedent::{Edit, Op, Source, Variant};
use xunzhang::search::{DocumentRef, SectionRef};
use xunzhang::source::Skip;
use xunzhang::source::input::{MAX_TYPED, list_text, read_bounded, read_list_text};

use super::heading;
use super::messages::{Lang, say};
use super::paint::{Ink, Paint};
use super::remote::Body;
use super::session::Session;
use super::terminal::{printable, wrap};

/// A text with the colour of each part.
pub(crate) type Segments = Vec<(Ink, String)>;

/// The variant with what was taken out and put in; without colour as `[-…-]` and `{+…+}`.
pub(crate) fn marked(diff: &[Edit], paint: Paint) -> Segments {
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
pub(crate) fn lines(segments: &Segments, cells: usize, paint: Paint) -> Vec<String> {
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
pub(crate) fn years(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first.year == last.year => first.year.to_string(),
        (Some(first), Some(last)) => format!("{}–{}", first.year, last.year),
        _ => String::new(),
    }
}

/// The occurrences, documents and dates of a variant.
pub(crate) fn counts(variant: &Variant, lang: Lang) -> String {
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
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).floor())
}

/// The headings above a source.
pub(crate) fn path(source: &Source) -> String {
    section_path(&source.section)
}

/// Headings from the top on one line.
pub(crate) fn section_path(section: &[SectionRef]) -> String {
    let steps = section.iter();
    let steps = steps.map(|section| heading::printed(section.label.as_deref(), &section.title));
    steps.collect::<Vec<_>>().join(" › ")
}

/// Where a quotation is from: `《标题》，发文机关，2019-03-05，一、… › （一）…（a.txt:3）`.
pub(crate) fn source_line(document: &DocumentRef, section: &[SectionRef], place: &str) -> String {
    let date = document.date.map(|date| date.to_string());
    let path = Some(section_path(section)).filter(|path| !path.is_empty());
    let known = [document.issuer.clone(), date, path].into_iter().flatten();
    // Chinese punctuation in every language: what is quoted is a Chinese document.
    let known: String = known.map(|part| format!("，{part}")).collect();
    format!("《{}》{known}（{place}）", document.title)
}

/// Date and title of a source's document.
pub(crate) fn title(source: &Source) -> String {
    let date = source
        .document
        .date
        .map(|date| format!("{date}  "))
        .unwrap_or_default();
    format!("{date}{}", source.document.title)
}

/// Document and line.
pub(crate) fn place(source: &Source) -> String {
    format!("{}:{}", source.document.id, source.passage.line)
}

/// The text of an argument, or standard input for `-`; for a request that is what it sends along.
pub(crate) fn text_or_input(argument: &str, session: &Session) -> anyhow::Result<String> {
    let lang = session.lang;
    if argument != "-" {
        return Ok(argument.to_owned());
    }
    if let Some(remote) = &session.remote {
        return match remote.body() {
            Some(Body::Text(text)) => Ok(text.clone()),
            Some(Body::File(path)) => {
                let read = read_list_text(path).map_err(plain);
                read.with_context(|| say!(lang, "input-unreadable"))
            }
            None => anyhow::bail!(say!(lang, "remote-no-body")),
        };
    }
    // A pipe may never end, so that reading stops at a limit.
    let read = read_bounded(std::io::stdin().lock(), MAX_TYPED);
    read.and_then(|bytes| list_text(&bytes))
        .map_err(plain)
        .with_context(|| say!(lang, "input-unreadable"))
}

/// What the system says, where it is the system that does not let something be read.
pub(crate) fn plain(skip: Skip) -> anyhow::Error {
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

    fn document(date: Option<Date>, issuer: Option<&str>) -> DocumentRef {
        DocumentRef {
            id: "甲.txt".to_owned(),
            title: "白苇县水利总结".to_owned(),
            date,
            date_source: None,
            kind: None,
            issuer: issuer.map(str::to_owned),
            collection: String::new(),
            url: None,
            ocr: false,
            ocr_passages: 0,
        }
    }

    fn headings() -> Vec<SectionRef> {
        let heading = |label: Option<&str>, title: &str| SectionRef {
            level: 1,
            label: label.map(str::to_owned),
            title: title.to_owned(),
        };
        vec![heading(Some("一、"), "修渠"), heading(None, "清淤")]
    }

    #[test]
    fn a_source_line_leaves_out_what_is_not_known() {
        let date = Date::new(2009, Some(3), Some(5));
        for (date, issuer, section, expected) in [
            (
                date,
                Some("水利局"),
                headings(),
                "，水利局，2009-03-05，一、修渠 › 清淤",
            ),
            (date, None, Vec::new(), "，2009-03-05"),
            (None, Some("水利局"), Vec::new(), "，水利局"),
            (None, None, headings(), "，一、修渠 › 清淤"),
            (None, None, Vec::new(), ""),
        ] {
            let line = source_line(&document(date, issuer), &section, "甲.txt:3");
            assert_eq!(line, format!("《白苇县水利总结》{expected}（甲.txt:3）"));
        }
    }

    #[test]
    fn years_are_a_span_only_where_they_differ() {
        let date = |year: u16, month: u8| Date::new(year, Some(month), None);
        for (first, last, expected) in [
            (date(2009, 1), date(2009, 12), "2009"),
            (date(2009, 12), date(2010, 1), "2009–2010"),
            (None, None, ""),
            (date(2009, 1), None, ""),
        ] {
            assert_eq!(years(first, last), expected);
        }
    }

    #[test]
    fn equal_parts_are_shown_as_the_variant_has_them() {
        let diff = [edit(Op::Equal, "修路，架桥", "修路、架桥\u{202e}")];
        let found = marked(&diff, Paint::Plain);
        assert_eq!(found, [(Ink::Text, "修路、架桥 ".to_owned())]);
    }

    #[test]
    fn a_text_that_is_no_hyphen_is_taken_as_it_is() {
        let session = Session::for_tests();
        for text in ["水渠", "", "--", " - "] {
            assert_eq!(text_or_input(text, &session).expect("the text"), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn lines_of_segments_hold_all_text_in_order(parts in proptest::collection::vec("[水渠ab]{0,6}", 0..6), cells in 2_usize..20) {
            let inks = [Ink::Text, Ink::Added, Ink::Removed];
            let segments: Segments = parts.iter().enumerate().map(|(ord, text)| (inks[ord % 3], text.clone())).collect();
            let plain = lines(&segments, cells, Paint::Plain);
            proptest::prop_assert_eq!(plain.concat(), parts.concat());
            // Colours change no break.
            let coloured = lines(&segments, cells, Paint::Coloured);
            proptest::prop_assert_eq!(coloured.len(), plain.len());
        }

        #[test]
        fn a_percentage_never_rounds_up(share in 0_f64..1.0) {
            let text = percent(share);
            let number: f64 = text.trim_end_matches(" %").parse().expect("a number");
            proptest::prop_assert!(number <= share * 100.0 && number > share * 100.0 - 1.0, "{}", text);
        }
    }
}
