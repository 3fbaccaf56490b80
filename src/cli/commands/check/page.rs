//! A check as a page: the draft, and beside it the precedents of the sentence that is chosen.
//!
//! Each sentence with precedents is a link to its panel, which the style sheet shows while it is the target; that
//! needs no script. The script only lets the keyboard walk from sentence to sentence. Printed, all panels follow the draft.

use std::fmt::Write;

use xunzhang::document::Part;
use xunzhang::precedent::{Check, Checked, Class, DocumentShare, Rarity};

use super::citation_page::citations;
use super::labels::{class_key, class_name, method, rarity_name, summary};
use crate::cli::messages::{Lang, say};
use crate::cli::output::fragments::{head_with, variant};
use crate::cli::output::page::{escaped as escape, foot};
use crate::cli::wording::percent;

const STYLE: &str = concat!(include_str!("../../page.css"), include_str!("page.css"));
const SCRIPT: &str = include_str!("page.js");

/// The page of a check.
pub(super) fn page(check: &Check, lang: Lang) -> String {
    let name = lang.text("check-page");
    let title = format!("{name}：{}", check.title);
    let mut body = String::from("<main>\n");
    let _ = writeln!(
        body,
        "<h1>{}</h1>\n<p class=\"summary\">{}</p>",
        escape(&title),
        escape(&summary(check, lang))
    );
    body.push_str(&legend(lang));
    body.push_str(&draft(check));
    body.push_str(&citations(check, lang));
    body.push_str(&documents(check, lang));
    let _ = writeln!(
        body,
        "<p class=\"method\">{}</p>",
        escape(&method(check, lang))
    );
    body.push_str("</main>\n");
    body.push_str(&panels(check, lang));
    let head = head_with(STYLE, &title, lang);
    format!("{head}{body}{}", foot(Some(SCRIPT)))
}

fn legend(lang: Lang) -> String {
    let mut out = String::from("<ul class=\"legend\">\n");
    // A sentence without precedent is not coloured and needs no key.
    for class in [Class::Verbatim, Class::Near, Class::Loose] {
        let _ = writeln!(
            out,
            "<li><span class=\"{}\">{}</span></li>",
            class_key(class),
            class_name(class, lang)
        );
    }
    let common = rarity_name(Rarity::Common, lang);
    let _ = writeln!(
        out,
        "<li><span class=\"common\">{common}</span></li>\n</ul>"
    );
    out
}

/// Whether the sentence has a panel: for precedents of the whole, or of its clauses.
fn has_precedents(sentence: &Checked) -> bool {
    !sentence.variants.is_empty() || !sentence.parts.is_empty()
}

/// The draft, a paragraph for each passage; what is no unit between two sentences is a blank at most.
fn draft(check: &Check) -> String {
    let mut out = String::from("<div class=\"draft\">\n");
    // Numbered before they are grouped, since the number leads from a sentence to its panel.
    let numbered: Vec<(usize, &Checked)> = (1..).zip(&check.sentences).collect();
    for passage in numbered.chunk_by(|(_, a), (_, b)| a.passage == b.passage) {
        let class = match passage[0].1.passage.part {
            Part::Title => " class=\"title\"",
            Part::Heading => " class=\"heading\"",
            Part::Body => "",
        };
        let _ = write!(out, "<p{class}>");
        let mut last = passage[0].1.span.0;
        for (number, sentence) in passage {
            if sentence.span.0 > last {
                out.push(' ');
            }
            last = sentence.span.1;
            // A label such as `（一）` is outside the link: it was not compared with anything.
            out.push_str(&escape(sentence.label.as_deref().unwrap_or_default()));
            out.push_str(&linked(*number, sentence));
        }
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n");
    out
}

/// The sentence as a link to its panel, as plain text if it has none.
fn linked(number: usize, sentence: &Checked) -> String {
    // A link without a panel would hide the panel that is open and show nothing.
    if !has_precedents(sentence) {
        return escape(&sentence.text);
    }
    let common = if sentence.rarity == Some(Rarity::Common) {
        " common"
    } else {
        ""
    };
    let class = class_key(sentence.class);
    let text = highlighted(sentence);
    format!(
        "<a class=\"s {class}{common}\" id=\"t{number}\" data-n=\"{number}\" href=\"#s{number}\">{text}</a>"
    )
}

/// The sentence with what is reused marked.
fn highlighted(sentence: &Checked) -> String {
    let chars: Vec<char> = sentence.text.chars().collect();
    let text = |range: std::ops::Range<usize>| escape(&chars[range].iter().collect::<String>());
    let mut out = String::new();
    let mut at = 0;
    for &(start, end) in &sentence.reused {
        let _ = write!(out, "{}<mark>{}</mark>", text(at..start), text(start..end));
        at = end;
    }
    out + &text(at..chars.len())
}

/// The panels of the sentences with precedents, after the hint that is there while none is chosen.
fn panels(check: &Check, lang: Lang) -> String {
    let hint = lang.text("check-page-hint");
    // A screen reader reads a panel when it appears (WAI-ARIA 1.2, `aria-live`).
    let mut out = format!("<aside aria-live=\"polite\">\n<p class=\"hint\">{hint}</p>\n");
    for (number, sentence) in (1usize..).zip(&check.sentences) {
        if has_precedents(sentence) {
            out.push_str(&panel(number, sentence, lang));
        }
    }
    out.push_str("</aside>\n");
    out
}

/// The panel of a sentence, numbered from 1: its class, its precedents, and a link back to the draft.
fn panel(number: usize, sentence: &Checked, lang: Lang) -> String {
    let class = class_key(sentence.class);
    let name = class_name(sentence.class, lang);
    let heading = say!(lang, "check-page-sentence", number, name);
    // Verbatim is 100 % by definition, and a sentence without precedent has no similarity.
    let similarity = match sentence.class {
        Class::Near | Class::Loose => format!(" {}", percent(sentence.similarity)),
        Class::Verbatim | Class::None => String::new(),
    };
    let rarity = sentence
        .rarity
        .map(|rarity| format!("<span class=\"tag\">{}</span>", rarity_name(rarity, lang)));
    let rarity = rarity.unwrap_or_default();
    let back = lang.text("check-page-back");
    let text = escape(&sentence.text);
    let mut out = format!(
        "<section id=\"s{number}\">\n<a class=\"back\" href=\"#t{number}\">{back}</a>\n<h2>{heading}{similarity}{rarity}</h2>\n\
         <p class=\"sentence {class}\">{text}</p>\n"
    );
    // What follows are then precedents of clauses, which a reader would take for those of the sentence.
    if sentence.variants.is_empty() {
        let parts = lang.text("check-page-parts");
        let _ = writeln!(out, "<p class=\"hint\">{parts}</p>");
    }
    for found in sentence.variants.iter().chain(&sentence.parts) {
        out.push_str(&variant(found, lang));
    }
    out.push_str("</section>\n");
    out
}

/// The table of source documents; empty without any.
fn documents(check: &Check, lang: Lang) -> String {
    if check.documents.is_empty() {
        return String::new();
    }
    let names = [
        "check-page-documents",
        "check-share",
        "check-characters",
        "check-distinctive",
        "check-sentences",
    ];
    let names = names.map(|key| lang.text(key));
    let mut out = format!("<h2>{}</h2>\n<table>\n<thead><tr><th></th>", names[0]);
    for name in &names[1..] {
        let _ = write!(out, "<th class=\"n\">{name}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for shared in &check.documents {
        out.push_str(&document_row(shared));
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

fn document_row(shared: &DocumentShare) -> String {
    let document = &shared.document;
    let date = document.date.map(|date| format!(" {date}"));
    let date = date.unwrap_or_default();
    let (title, id) = (escape(&document.title), escape(&document.id));
    let mut out = format!("<tr><td>{title}{date}<span class=\"place\">{id}</span></td>");
    for number in [
        format!("{:.1} %", shared.share * 100.0),
        shared.reused.to_string(),
        shared.distinctive.to_string(),
        shared.sentences.to_string(),
    ] {
        let _ = write!(out, "<td class=\"n\">{number}</td>");
    }
    out + "</tr>\n"
}
