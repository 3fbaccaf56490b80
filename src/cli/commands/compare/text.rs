//! A comparison as a person reads it in a terminal.

use std::fmt::Write;

use xunzhang::precedent::{Comparison, Pair, SectionShare, Status};

use super::commitments;
use super::labels::{first_use, parts_name, status_name, summary, titled};
use crate::cli::heading;
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{pad, pad_left, printable, wrap};
use crate::cli::wording::{Segments, lines, marked, section_path};

/// Cells before a text: those of the widest status in English, and the gap after it.
const INDENT: usize = 9;

/// Titles, numbers, sections, figures, then each sentence below its headings.
pub(super) fn print(compared: &Comparison, session: &Session) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let paint = session.paint;
    for document in [&compared.old, &compared.new] {
        writeln!(
            out,
            "{}",
            paint.ink(Ink::Title, &printable(&titled(document)))
        )?;
    }
    let said = summary(compared, session.lang);
    for range in wrap(&said, session.width) {
        writeln!(out, "{}", &said[range])?;
    }
    print_sections(&mut out, compared, session)?;
    print_figures(&mut out, compared, session)?;
    commitments::print(&mut out, &compared.commitments, session)?;
    print_pairs(&mut out, &compared.pairs, session)?;
    Ok(out)
}

/// The share of the text that each section of the first level has in both.
fn print_sections(out: &mut String, compared: &Comparison, session: &Session) -> std::fmt::Result {
    let sections = &compared.summary.sections;
    if sections.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{}",
        session
            .paint
            .ink(Ink::Heading, session.lang.text("compare-sections"))
    )?;
    let share = |one: &Option<SectionShare>| match one {
        Some(one) => format!("{:.1} %", 100.0 * one.share),
        None => "–".to_owned(),
    };
    for pair in sections {
        let both = [&pair.old, &pair.new].into_iter().flatten();
        let mut titles: Vec<String> = both
            .map(|one| printable(&heading::printed(one.label.as_deref(), &one.title)))
            .collect();
        titles.dedup();
        let title = titles.join(" → ");
        let (old, new) = (
            pad_left(&share(&pair.old), 8),
            pad_left(&share(&pair.new), 8),
        );
        writeln!(out, "{old} →{new}  {title}")?;
    }
    Ok(())
}

fn print_figures(out: &mut String, compared: &Comparison, session: &Session) -> std::fmt::Result {
    let figures = &compared.summary.figures;
    if figures.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{}",
        session
            .paint
            .ink(Ink::Heading, session.lang.text("compare-figures"))
    )?;
    for figure in figures {
        let place = session.paint.ink(Ink::Place, &printable(&figure.place));
        let (old, new) = (printable(&figure.old), printable(&figure.new));
        let of = printable(&figure.of);
        writeln!(out, "  {of}  {old} → {new}  {place}")?;
    }
    Ok(())
}

/// Each sentence, the headings above it where they are others than before.
fn print_pairs(out: &mut String, pairs: &[Pair], session: &Session) -> std::fmt::Result {
    let mut shown = String::new();
    for pair in pairs {
        let Some(sentence) = pair.new.as_ref().or(pair.old.as_ref()) else {
            continue;
        };
        let path = section_path(&sentence.section);
        if path != shown {
            writeln!(
                out,
                "\n{}",
                session.paint.ink(Ink::Heading, &printable(&path))
            )?;
            shown = path;
        }
        print_pair(out, pair, session)?;
    }
    Ok(())
}

fn print_pair(out: &mut String, pair: &Pair, session: &Session) -> std::fmt::Result {
    let paint = session.paint;
    let text = |ink, one: &Option<xunzhang::precedent::ComparedSentence>| -> Segments {
        let text = one.as_ref().map(|one| printable(&one.text));
        vec![(ink, text.unwrap_or_default())]
    };
    let (ink, segments) = match pair.status {
        Status::Kept => (Ink::Faint, text(Ink::Text, &pair.new)),
        Status::Changed | Status::Moved => (Ink::Title, marked(&pair.diff, paint)),
        Status::Dropped => (Ink::Removed, text(Ink::Removed, &pair.old)),
        Status::New => (Ink::Added, text(Ink::Added, &pair.new)),
    };
    let name = pad(status_name(pair.status, session.lang), INDENT);
    let status = paint.ink(ink, &name);
    let cells = session.width.saturating_sub(INDENT);
    for (ord, line) in lines(&segments, cells, paint).into_iter().enumerate() {
        match ord {
            0 => writeln!(out, "{status}{line}")?,
            _ => writeln!(out, "{}{line}", " ".repeat(INDENT))?,
        }
    }
    let olds = pair.old.iter().chain(&pair.merged);
    let news = pair.new.iter().chain(&pair.split);
    let places = olds.chain(news);
    let places: Vec<&str> = places.map(|one| one.place.as_str()).collect();
    let mut below = paint
        .ink(Ink::Place, &printable(&places.join(" → ")))
        .to_string();
    let more = [
        parts_name(pair, session.lang).map(str::to_owned),
        first_use(pair, session.lang),
    ];
    for said in more.into_iter().flatten() {
        below = format!("{below}  {}", paint.ink(Ink::Faint, &printable(&said)));
    }
    writeln!(out, "{}{below}", " ".repeat(INDENT))
}
