//! Pieces of pages: everything from a document is escaped here.

use std::fmt::Write;

use xunzhang::precedent::{Edit, Op, Source, Variant};

use super::page::{escaped as escape, head};
use crate::cli::messages::{Lang, say};
use crate::cli::wording::{counts, path, percent, place, title};

/// The head of a page with styles.
pub(in crate::cli) fn head_with(style: &str, title: &str, lang: Lang) -> String {
    head(title, lang, &format!("<style>\n{style}</style>\n"))
}

/// A variant with its difference, counts and sources.
pub(in crate::cli) fn variant(variant: &Variant, lang: Lang) -> String {
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

fn marked(diff: &[Edit]) -> String {
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

    #[test]
    fn differences_are_marked() {
        let diff = [Edit {
            op: Op::Replace,
            from: "<".to_owned(),
            to: ">".to_owned(),
        }];
        assert_eq!(marked(&diff), "<del>&lt;</del><ins>&gt;</ins>");
    }
}
