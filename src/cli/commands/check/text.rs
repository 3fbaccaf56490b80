//! A check as a person reads it in a terminal.

use std::fmt::Write;

use xunzhang::precedent::{Check, Checked, Class, Source, Variant};

use super::citations::print_citations;
use super::labels::{class_name, method, rarity_name, summary};
use crate::cli::messages::say;
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{pad_left, printable, truncate, wrapped};
use crate::cli::wording::{counts, lines, marked, percent, place, title};

/// The whole report.
pub(super) fn print(check: &Check, session: &Session) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let paint = session.paint;
    writeln!(out, "{}", paint.ink(Ink::Title, &printable(&check.title)))?;
    for line in wrapped(&summary(check, session.lang), session.width) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    for sentence in &check.sentences {
        print_sentence(&mut out, sentence, session)?;
    }
    print_citations(&mut out, check, session)?;
    print_documents(&mut out, check, session)?;
    writeln!(out)?;
    for line in wrapped(&method(check, session.lang), session.width) {
        writeln!(out, "{}", paint.ink(Ink::Faint, &line))?;
    }
    Ok(out)
}

fn print_sentence(out: &mut String, sentence: &Checked, session: &Session) -> std::fmt::Result {
    // The closest one alone: a draft has hundreds of sentences. The page and JSON have the others.
    let first = sentence.variants.first().or(sentence.parts.first());
    writeln!(out, "{}", verdict(sentence, first, session))?;
    let room = session.width.saturating_sub(2);
    let label = sentence.label.as_deref().unwrap_or_default();
    for line in wrapped(&format!("{label}{}", sentence.text), room) {
        writeln!(out, "  {line}")?;
    }
    if let Some(first) = first {
        // Where nothing differs, or too much, the differences would only repeat the sentence.
        if matches!(sentence.class, Class::Near | Class::Loose) {
            let paint = session.paint;
            for line in lines(&marked(&first.diff, paint), room.saturating_sub(2), paint) {
                writeln!(out, "  ≈ {line}")?;
            }
        }
        print_sources(out, first, session)?;
    }
    writeln!(out)
}

/// What was found about a sentence, on one line: its class, its place, how similar and how frequent its precedent is.
fn verdict(sentence: &Checked, first: Option<&Variant>, session: &Session) -> String {
    let (lang, paint) = (session.lang, session.paint);
    let ink = match sentence.class {
        // Never the ink of what was taken out: it is struck through.
        Class::Verbatim | Class::Near | Class::Loose => Ink::Hit,
        Class::None => Ink::Faint,
    };
    let line = sentence.passage.line;
    let mut parts = vec![
        paint.ink(ink, class_name(sentence.class, lang)),
        say!(lang, "check-line", line),
    ];
    if let Some(first) = first {
        parts.push(match sentence.class {
            // Without a precedent of the whole, what was found is one of a part.
            Class::None => lang.text("check-clause").to_owned(),
            Class::Verbatim | Class::Near | Class::Loose => percent(sentence.similarity),
        });
        parts.push(counts(first, lang));
    }
    if let Some(rarity) = sentence.rarity {
        parts.push(paint.ink(Ink::Heading, rarity_name(rarity, lang)));
    }
    parts.join("  ")
}

/// The oldest and the newest source, one line if they are the same, nothing without sources.
fn print_sources(out: &mut String, variant: &Variant, session: &Session) -> std::fmt::Result {
    let (Some(oldest), Some(newest)) = (variant.sources.first(), variant.sources.last()) else {
        return Ok(());
    };
    let mut one = |name: &str, source: &Source| {
        let line = format!("{name}  {}  {}", title(source), place(source));
        let line = truncate(&printable(&line), session.width.saturating_sub(4));
        writeln!(out, "    {}", session.paint.ink(Ink::Faint, &line))
    };
    // One source is both the oldest and the newest; two lines of it would look like two sources.
    if oldest == newest {
        return one(session.lang.text("check-in"), oldest);
    }
    one(session.lang.text("check-oldest"), oldest)?;
    one(session.lang.text("check-newest"), newest)
}

fn print_documents(out: &mut String, check: &Check, session: &Session) -> std::fmt::Result {
    if check.documents.is_empty() {
        return Ok(());
    }
    let heading = session.lang.text("check-documents");
    writeln!(out, "{}", session.paint.ink(Ink::Title, heading))?;
    for shared in &check.documents {
        // `100.0 %` takes seven cells.
        let share = pad_left(&format!("{:.1} %", shared.share * 100.0), 7);
        let numbers = format!(
            "{:>6} {:>6} {:>4}",
            shared.reused, shared.distinctive, shared.sentences
        );
        let name = format!("{}  {}", shared.document.title, shared.document.id);
        // The indent, the share, the three numbers and the gaps between them take 30 cells.
        let name = truncate(&printable(&name), session.width.saturating_sub(30));
        writeln!(out, "  {share} {numbers}  {name}")?;
    }
    Ok(())
}
