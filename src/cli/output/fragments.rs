//! Pieces of pages: everything from a document is escaped here.

use std::fmt::Write;

use xunzhang::precedent::{Edit, Op, Source, Variant};

use super::page::{escaped as escape, head};
use crate::cli::messages::{Lang, say};
use crate::cli::wording::{counts, path, percent, place, title};

/// The head of a page with styles.
pub(crate) fn head_with(style: &str, title: &str, lang: Lang) -> String {
    head(title, lang, &format!("<style>\n{style}</style>\n"))
}

/// A variant with its difference, counts and sources.
pub(crate) fn variant(variant: &Variant, lang: Lang) -> String {
    let mut out = String::from("<article class=\"variant\">\n");
    let similarity = percent(variant.similarity);
    let counts = escape(&counts(variant, lang));
    let _ = writeln!(out, "<p class=\"counts\"><b>{similarity}</b> {counts}</p>");
    let _ = writeln!(
        out,
        "<p class=\"wording\">{}</p>\n<ul class=\"sources\">",
        marked(&variant.diff)
    );
    for source in &variant.sources {
        out.push_str(&self::source(source));
    }
    out.push_str("</ul>\n");
    let n_more = variant
        .occurrences
        .saturating_sub(variant.sources.len() as u64);
    if n_more > 0 {
        let more = say!(lang, "more-places", n_more);
        let _ = writeln!(out, "<p class=\"more\">{more}</p>");
    }
    out.push_str("</article>\n");
    out
}

/// The differences: what is missing in `del`, what is more in `ins`.
pub(crate) fn marked(diff: &[Edit]) -> String {
    let mut out = String::new();
    for Edit { op, from, to } in diff {
        if *op == Op::Equal {
            out.push_str(&escape(to));
            continue;
        }
        // What is missing comes before what replaces it, as in tracked changes.
        for (tag, text) in [("del", from), ("ins", to)] {
            if !text.is_empty() {
                let _ = write!(out, "<{tag}>{}</{tag}>", escape(text));
            }
        }
    }
    out
}

fn source(source: &Source) -> String {
    let (title, path, place) = (
        escape(&title(source)),
        escape(&path(source)),
        escape(&place(source)),
    );
    // An empty element would leave a gap between its neighbours.
    let path = if path.is_empty() {
        path
    } else {
        format!("<span class=\"path\">{path}</span> ")
    };
    format!("<li>{title} {path}<span class=\"place\">{place}</span></li>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunzhang::precedent::SourcePassage;
    use xunzhang::search::{DocumentRef, SectionRef};

    #[test]
    fn differences_are_marked() {
        let diff = [Edit {
            op: Op::Replace,
            from: "<".to_owned(),
            to: ">".to_owned(),
        }];
        assert_eq!(marked(&diff), "<del>&lt;</del><ins>&gt;</ins>");
    }

    fn a_source(title: &str, section: Vec<SectionRef>) -> Source {
        Source {
            document: DocumentRef {
                id: "甲&乙.txt".to_owned(),
                title: title.to_owned(),
                date: None,
                date_source: None,
                kind: None,
                issuer: None,
                collection: String::new(),
                url: None,
                ocr: false,
                ocr_passages: 0,
            },
            section,
            place: String::new(),
            passage: SourcePassage { number: 0, line: 7 },
            span: (0, 0),
        }
    }

    fn a_variant(occurrences: u64, sources: Vec<Source>) -> Variant {
        Variant {
            sentence: 0,
            text: String::new(),
            similarity: 0.999,
            occurrences,
            documents: 1,
            first: None,
            last: None,
            diff: Vec::new(),
            sources,
        }
    }

    #[test]
    fn a_source_without_headings_has_no_element_for_them() {
        let section = SectionRef {
            level: 1,
            label: Some("一、".to_owned()),
            title: "修<渠>".to_owned(),
        };
        let with = source(&a_source("总结<1>", vec![section]));
        assert!(
            with.contains("<span class=\"path\">一、修&lt;渠&gt;</span> <span"),
            "{with}"
        );
        let without = source(&a_source("总结<1>", Vec::new()));
        assert!(!without.contains("path"), "{without}");
        for item in [with, without] {
            assert!(item.contains("总结&lt;1&gt; <span"), "{item}");
            assert!(item.contains("甲&amp;乙.txt:7</span>"), "{item}");
        }
    }

    #[test]
    fn places_beyond_those_listed_are_counted() {
        let sources = || vec![a_source("甲", Vec::new()), a_source("乙", Vec::new())];
        for (occurrences, more) in [(2, None), (3, Some('1')), (9, Some('7')), (1, None)] {
            let html = variant(&a_variant(occurrences, sources()), Lang::Zh);
            let line = html.lines().find(|line| line.contains("class=\"more\""));
            assert_eq!(line.is_some(), more.is_some(), "{occurrences}");
            if let (Some(line), Some(n)) = (line, more) {
                assert!(line.contains(n), "{line}");
            }
            assert_eq!(html.matches("<li>").count(), 2);
            assert!(html.contains("<b>99 %</b>"), "{html}");
        }
    }

    #[test]
    fn a_deletion_comes_before_what_replaces_it() {
        let edit = |op, from: &str, to: &str| Edit {
            op,
            from: from.to_owned(),
            to: to.to_owned(),
        };
        for (edit, expected) in [
            (edit(Op::Equal, "修路，", "修路、"), "修路、"),
            (edit(Op::Insert, "", "水渠"), "<ins>水渠</ins>"),
            (edit(Op::Delete, "水渠", ""), "<del>水渠</del>"),
            (edit(Op::Replace, "路", "渠"), "<del>路</del><ins>渠</ins>"),
        ] {
            assert_eq!(marked(&[edit]), expected);
        }
    }
}
