//! The draft as a Word document in which each citation has a comment with what was found.

use xunzhang::document::Part;
use xunzhang::precedent::{Check, Citation};

use super::citation_words::{
    citation_method, citation_summary, claimed, is_own_figure, kind_name, newer_text, remark_text,
    status_name,
};
use super::draft_text::citing_passages;
use crate::cli::messages::{Lang, say};
use crate::cli::output::Error;
use crate::cli::output::commented::{Commented, commented};
use crate::cli::paint::Paint;
use crate::cli::wording::{marked, source_line};

/// The document.
///
/// # Errors
/// That the archive can't be written.
pub(super) fn document(check: &Check, lang: Lang) -> Result<Vec<u8>, Error> {
    let title = say!(lang, "citation-draft", title = check.title.as_str());
    let facts = [citation_summary(check, lang), citation_method(lang)];
    let passages = citing_passages(check).into_iter().map(|passage| Commented {
        is_heading: passage.passage.part != Part::Body,
        parts: passage
            .parts
            .into_iter()
            .map(|(text, citation)| {
                let citation = citation.filter(|(_, one)| !is_own_figure(one));
                (text, citation.map(|(_, one)| comment(one, lang)))
            })
            .collect(),
    });
    commented(&title, &facts, lang.text("citation-author"), passages)
}

/// The lines of a comment: the verdict, the difference, the source, what came later.
fn comment(citation: &Citation, lang: Lang) -> Vec<String> {
    let status = status_name(citation.status, lang);
    let mut out = vec![format!("☐ {status}  {}", kind_name(citation.kind, lang))];
    out.extend(Some(claimed(citation, lang)).filter(|claimed| !claimed.is_empty()));
    if !citation.diff.is_empty() {
        let diff = marked(&citation.diff, Paint::Plain).into_iter();
        out.push(diff.map(|(_, text)| text).collect());
    }
    out.extend(
        citation
            .remark
            .map(|remark| remark_text(remark, lang).to_owned()),
    );
    let source = citation.source.as_ref();
    out.extend(source.map(|source| source_line(&source.document, &source.section, &source.place)));
    out.extend(citation.newer.as_ref().map(|newer| newer_text(newer, lang)));
    out
}
