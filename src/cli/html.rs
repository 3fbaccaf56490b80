//! Pieces of pages: everything from a document is escaped here.

use std::fmt::Write;

use xunzhang::precedent::{Edit, Op, Source, Variant};

use super::language::{Lang, say};
use super::wording::{counts, path, percent, place, title};

/// Nothing is loaded from anywhere, so that a page shows the same in ten years and tells nobody that it is read.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// The text with characters that mean something in HTML written as references.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ch if ch.is_control() && ch != '\n' => out.push(' '),
            ch => out.push(ch),
        }
    }
    out
}

/// A whole page of a title, styles and a body that is HTML already.
pub(super) fn whole(lang: Lang, title: &str, style: &str, body: &str) -> String {
    let tag = lang.pick("zh-CN", "en");
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// A variant with its difference, counts and sources.
pub(super) fn variant(variant: &Variant, lang: Lang) -> String {
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
        let more = say!(lang, "另有 {n_more} 处", "{n_more} more");
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
    fn what_means_something_in_html_is_escaped() {
        assert_eq!(
            escape("<a href=\"x\">'&\u{7}"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp; "
        );
        let page = whole(Lang::Zh, "<题>", "", "");
        assert!(page.contains("<title>&lt;题&gt;</title>"), "{page}");
        let diff = [Edit {
            op: Op::Replace,
            from: "<".to_owned(),
            to: ">".to_owned(),
        }];
        assert_eq!(marked(&diff), "<del>&lt;</del><ins>&gt;</ins>");
    }
}
