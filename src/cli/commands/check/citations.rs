//! The citations of a draft as a person reads them in a terminal.

use std::fmt::Write;

use xunzhang::precedent::{Check, Citation, CitationStatus};

use super::citation_words::{
    citation_method, citation_summary, claimed, is_own_figure, kind_name, newer_text, remark_text,
    status_name,
};
use crate::cli::messages::say;
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{printable, truncate, wrapped};
use crate::cli::wording::{lines, marked, title};

/// All citations in order, and how they are checked.
pub(super) fn print_citations(
    out: &mut String,
    check: &Check,
    session: &Session,
) -> std::fmt::Result {
    if check.citations.is_empty() {
        return Ok(());
    }
    let (lang, paint) = (session.lang, session.paint);
    writeln!(
        out,
        "{}",
        paint.ink(Ink::Title, &citation_summary(check, lang))
    )?;
    let listed = check.citations.iter().filter(|one| !is_own_figure(one));
    for citation in listed {
        print_citation(out, citation, session)?;
    }
    let n = check
        .citations
        .iter()
        .filter(|one| is_own_figure(one))
        .count();
    if n > 0 {
        writeln!(
            out,
            "  {}",
            paint.ink(Ink::Faint, &say!(lang, "citation-more-figures", n))
        )?;
    }
    for line in wrapped(&citation_method(lang), session.width) {
        writeln!(out, "{}", paint.ink(Ink::Faint, &line))?;
    }
    writeln!(out)
}

fn print_citation(out: &mut String, citation: &Citation, session: &Session) -> std::fmt::Result {
    let (lang, paint) = (session.lang, session.paint);
    let ink = match citation.status {
        CitationStatus::Verbatim => Ink::Faint,
        CitationStatus::Altered | CitationStatus::NotFound | CitationStatus::Ambiguous => Ink::Hit,
    };
    let line = citation.passage.line;
    let head = [
        paint.ink(ink, status_name(citation.status, lang)),
        say!(lang, "check-line", line),
        kind_name(citation.kind, lang).to_owned(),
    ];
    let head = head.join("  ");
    writeln!(out, "  {head}")?;
    let room = session.width.saturating_sub(4);
    match citation.diff.is_empty() {
        true => {
            for line in wrapped(&citation.text, room) {
                writeln!(out, "    {line}")?;
            }
        }
        false => {
            for line in lines(
                &marked(&citation.diff, paint),
                room.saturating_sub(2),
                paint,
            ) {
                writeln!(out, "    ≈ {line}")?;
            }
        }
    }
    let mut note = |text: String| {
        let text = truncate(&printable(&text), room.saturating_sub(2));
        writeln!(out, "      {}", paint.ink(Ink::Faint, &text))
    };
    let claimed = claimed(citation, lang);
    if !claimed.is_empty() {
        note(claimed)?;
    }
    if let Some(remark) = citation.remark {
        note(remark_text(remark, lang).to_owned())?;
    }
    if let Some(source) = &citation.source {
        note(format!(
            "{}  {}  {}",
            lang.text("check-in"),
            title(source),
            source.place
        ))?;
    }
    if let Some(newer) = &citation.newer {
        note(newer_text(newer, lang))?;
    }
    if citation.status == CitationStatus::Ambiguous {
        for edition in &citation.editions {
            let holds = lang.text(if edition.holds {
                "citation-edition-holds"
            } else {
                "citation-edition-lacks"
            });
            let date = edition
                .document
                .date
                .map(|date| date.to_string())
                .unwrap_or_default();
            note(format!(
                "· {date}  {}  {}  {holds}",
                edition.document.title, edition.place
            ))?;
        }
    }
    Ok(())
}
