//! The citations of a draft on a page: a table in the order of the draft, each row with a box to tick off.

use std::fmt::Write;

use xunzhang::document::Part;
use xunzhang::precedent::{Check, Citation};

use super::citation_words::{
    citation_method, citation_summary, claimed, kind_name, newer_text, remark_text, status_key,
    status_name, status_tint,
};
use super::draft_text::citing_passages;
use crate::cli::messages::{Lang, say};
use crate::cli::output::fragments::marked;
use crate::cli::output::page::escaped as escape;
use crate::cli::wording::title;

/// The table of citations; empty without any.
pub(super) fn citations(check: &Check, lang: Lang) -> String {
    if check.citations.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<section class=\"citations\">\n<h2>{}</h2>\n<p class=\"summary\">{}</p>\n",
        lang.text("citation-page"),
        escape(&citation_summary(check, lang))
    );
    out.push_str(&layer(check, lang));
    out.push_str("<table>\n<thead><tr>");
    for key in [
        "citation-column-done",
        "citation-column-status",
        "citation-column-text",
        "citation-column-source",
    ] {
        let _ = write!(out, "<th>{}</th>", lang.text(key));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (number, citation) in (1usize..).zip(&check.citations) {
        out.push_str(&row(number, citation, lang));
    }
    let method = escape(&citation_method(lang));
    let _ = writeln!(
        out,
        "</tbody>\n</table>\n<p class=\"method\">{method}</p>\n</section>"
    );
    out
}

/// The draft with its citations marked, each a link to its row.
fn layer(check: &Check, lang: Lang) -> String {
    let name = lang.text("citation-layer");
    let mut out = format!("<details open>\n<summary>{name}</summary>\n<div class=\"draft\">\n");
    for passage in citing_passages(check) {
        let class = match passage.passage.part {
            Part::Title => " class=\"title\"",
            Part::Heading => " class=\"heading\"",
            Part::Body => "",
        };
        let _ = write!(out, "<p{class}>");
        for (text, citation) in &passage.parts {
            let text = escape(text);
            let _ = match citation {
                Some((number, citation)) => {
                    let (tint, status) = (
                        status_tint(citation.status),
                        status_name(citation.status, lang),
                    );
                    write!(
                        out,
                        "<a class=\"cited {tint}\" id=\"c{number}\" href=\"#r{number}\" title=\"{status}\">{text}</a>"
                    )
                }
                None => write!(out, "{text}"),
            };
        }
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n</details>\n");
    out
}

fn row(number: usize, citation: &Citation, lang: Lang) -> String {
    let (key, tint) = (status_key(citation.status), status_tint(citation.status));
    let (status, kind) = (
        status_name(citation.status, lang),
        kind_name(citation.kind, lang),
    );
    let line = citation.passage.line;
    let line = say!(lang, "check-line", line);
    let text = match citation.diff.is_empty() {
        true => escape(&citation.text).to_string(),
        false => marked(&citation.diff),
    };
    let mut notes: Vec<String> = Vec::new();
    let claimed = claimed(citation, lang);
    notes.extend(Some(claimed).filter(|claimed| !claimed.is_empty()));
    notes.extend(
        citation
            .remark
            .map(|remark| remark_text(remark, lang).to_owned()),
    );
    let mut source = String::new();
    if let Some(found) = &citation.source {
        let (title, place) = (
            escape(&title(found)).to_string(),
            escape(&found.place).to_string(),
        );
        source = format!("{title} <span class=\"place\">{place}</span>");
    }
    let newer = citation.newer.as_ref().map(|newer| newer_text(newer, lang));
    notes.extend(newer);
    let notes: String = notes
        .iter()
        .map(|note| format!("<br><small>{}</small>", escape(note)))
        .collect();
    let name = format!("{} {number}", lang.text("citation-column-done"));
    format!(
        "<tr class=\"{key}\" id=\"r{number}\"><td><input type=\"checkbox\" aria-label=\"{name}\"></td><td><a class=\"cited {tint}\" href=\"#c{number}\">{status}</a><br><small>{kind}  {line}</small></td><td>{text}{notes}</td><td>{source}</td></tr>\n"
    )
}
