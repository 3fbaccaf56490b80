//! Variants as a page.

use std::fmt::Write;

use xunzhang::precedent::{Part, Precedents};

use super::text::fillers;
use crate::cli::messages::Lang;
use crate::cli::output::fragments::{head_with, variant};
use crate::cli::output::page::{escaped as escape, foot};

const STYLE: &str = concat!(
    include_str!("../../page.css"),
    "main { max-width: 46rem; margin: 2rem auto; padding: 0 1.2rem; }\n\
     section { margin-bottom: 2.2rem; }\n\
     h2 { border-bottom: 2px solid var(--line); padding-bottom: .3rem; line-height: 1.6; }\n\
     .slot { color: var(--link); }\n\
     .template { background: var(--panel); border: 1px solid var(--line); padding: .6rem .8rem; }\n\
     @media print { main { margin: 0; max-width: none; } .variant { break-inside: avoid; } }\n",
);

/// The page of what was found.
pub(super) fn page(found: &Precedents, lang: Lang) -> String {
    let title = lang.text("precedent-page");
    let mut body = format!("<main>\n<h1>{title}</h1>\n");
    for (ord, sentence) in found.sentences.iter().enumerate() {
        let _ = writeln!(body, "<section>\n<h2>{}</h2>", escape(&sentence.text));
        let mut variants = found
            .variants
            .iter()
            .filter(|variant| variant.sentence == ord)
            .peekable();
        // An empty section would look like a fault of the page.
        if variants.peek().is_none() {
            let _ = writeln!(
                body,
                "<p class=\"hint\">{}</p>",
                lang.text("precedent-none")
            );
        }
        for found in variants {
            body.push_str(&variant(found, lang));
        }
        if !sentence.template.is_empty() {
            let name = lang.text("precedent-page-template");
            let _ = writeln!(
                body,
                "<p class=\"template\"><b>{name}</b> {}</p>",
                template(&sentence.template, lang)
            );
        }
        body.push_str("</section>\n");
    }
    body.push_str("</main>\n");
    format!("{}{body}{}", head_with(STYLE, title, lang), foot(None))
}

/// The template, the fillers of each slot in brackets.
fn template(parts: &[Part], lang: Lang) -> String {
    let part = |part: &Part| match part {
        Part::Fixed { text } => escape(text),
        Part::Slot { slot } => format!(
            "<span class=\"slot\">〔{}〕</span>",
            escape(&fillers(slot, lang))
        ),
    };
    parts.iter().map(part).collect()
}
