//! Variants as a person reads them in a terminal.

use std::fmt::Write;

use xunzhang::precedent::{Filler, Part, Precedents, Source, Variant};

use crate::cli::messages::{Lang, say};
use crate::cli::paint::Ink;
use crate::cli::section_path::fitted;
use crate::cli::session::Session;
use crate::cli::terminal::{printable, truncate, width};
use crate::cli::wording::{Segments, counts, lines, marked, percent, place, title};

/// Fillers of a slot that are shown.
// More would make a slot longer than the sentence that it is in.
const FILLERS: usize = 6;

/// All that was found, sentence by sentence.
pub(super) fn print(found: &Precedents, session: &Session) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let several = found.sentences.len() > 1;
    for (ord, sentence) in found.sentences.iter().enumerate() {
        let variants: Vec<&Variant> = found
            .variants
            .iter()
            .filter(|variant| variant.sentence == ord)
            .collect();
        // A single sentence is what was typed: to repeat it would only push the answer down.
        if several {
            let title = session.paint.ink(Ink::Title, &printable(&sentence.text));
            writeln!(out, "〔{}〕 {title}", ord + 1)?;
            if variants.is_empty() {
                writeln!(
                    out,
                    "    {}",
                    session
                        .paint
                        .ink(Ink::Faint, session.lang.text("precedent-none"))
                )?;
            }
            writeln!(out)?;
        }
        for (rank, variant) in (1..).zip(&variants) {
            print_variant(&mut out, rank, variant, session)?;
        }
        // With one variant the template would be its text once more.
        if variants.len() > 1 {
            print_template(&mut out, &sentence.template, session)?;
        }
    }
    Ok(out)
}

fn print_variant(
    out: &mut String,
    rank: usize,
    variant: &Variant,
    session: &Session,
) -> std::fmt::Result {
    let paint = session.paint;
    let similarity = percent(variant.similarity);
    writeln!(
        out,
        "{rank:>2}  {}  {}",
        paint.ink(Ink::Title, &similarity),
        counts(variant, session.lang)
    )?;
    for line in lines(
        &marked(&variant.diff, paint),
        session.width.saturating_sub(4),
        paint,
    ) {
        writeln!(out, "    {line}")?;
    }
    for source in &variant.sources {
        print_source(out, source, session)?;
    }
    let n_more = variant
        .occurrences
        .saturating_sub(variant.sources.len() as u64);
    // With `--sources 0` no places are wanted, and their number is in the line of counts.
    if n_more > 0 && !variant.sources.is_empty() {
        let more = say!(session.lang, "more-places", n_more);
        writeln!(out, "      {}", paint.ink(Ink::Faint, &more))?;
    }
    writeln!(out)
}

fn print_source(out: &mut String, source: &Source, session: &Session) -> std::fmt::Result {
    let paint = session.paint;
    let place = printable(&place(source));
    let room = session.width.saturating_sub(6);
    let title = truncate(&printable(&title(source)), room);
    // A file or another program gets it whole.
    let cells = session.table_width().saturating_sub(8);
    let heading = fitted(&source.section, &[], cells);
    let heading: String = heading.iter().map(|(_, text)| text.as_str()).collect();
    write!(out, "      {title}")?;
    // Text that does not fit beside the title is printed below it.
    let mut used = width(&title);
    for (ink, text) in [(Ink::Heading, heading), (Ink::Place, place)] {
        if text.is_empty() {
            continue;
        }
        if used + 2 + width(&text) > room {
            write!(out, "\n        {}", paint.ink(ink, &text))?;
            used = 2 + width(&text);
        } else {
            write!(out, "  {}", paint.ink(ink, &text))?;
            used += 2 + width(&text);
        }
    }
    writeln!(out)
}

/// The template with the fillers of its slots; nothing if it is empty.
fn print_template(out: &mut String, template: &[Part], session: &Session) -> std::fmt::Result {
    if template.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "    {}",
        session
            .paint
            .ink(Ink::Title, session.lang.text("precedent-template"))
    )?;
    let mut segments = Segments::new();
    for part in template {
        segments.push(match part {
            Part::Fixed { text } => (Ink::Text, printable(text)),
            Part::Slot { slot } => (Ink::Hit, format!("〔{}〕", fillers(slot, session.lang))),
        });
    }
    for line in lines(&segments, session.width.saturating_sub(4), session.paint) {
        writeln!(out, "    {line}")?;
    }
    writeln!(out)
}

/// The first fillers with their counts: `科学发展观 31｜理论 12｜…`.
pub(super) fn fillers(slot: &[Filler], lang: Lang) -> String {
    let shown = slot.iter().take(FILLERS).map(|filler| {
        let text = if filler.text.is_empty() {
            lang.text("precedent-nothing")
        } else {
            &filler.text
        };
        format!("{} {}", printable(text), filler.occurrences)
    });
    let mut shown: Vec<String> = shown.collect();
    if slot.len() > FILLERS {
        shown.push("…".to_owned());
    }
    shown.join("｜")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filler(text: &str, occurrences: u64) -> Filler {
        Filler {
            text: text.to_owned(),
            occurrences,
        }
    }

    #[test]
    fn fillers_beyond_the_first_are_an_ellipsis() {
        let slot = |n: usize| -> Vec<Filler> { (0..n).map(|_| filler("渠", 1)).collect() };
        for (n, shown, is_cut) in [
            (1, 1, false),
            (FILLERS, FILLERS, false),
            (FILLERS + 1, FILLERS, true),
        ] {
            let text = fillers(&slot(n), Lang::Zh);
            assert_eq!(text.matches("渠 1").count(), shown, "{text}");
            assert_eq!(text.ends_with("｜…"), is_cut, "{text}");
        }
        assert_eq!(fillers(&[], Lang::Zh), "");
    }

    #[test]
    fn an_empty_filler_has_a_name() {
        for lang in [Lang::Zh, Lang::En] {
            let nothing = lang.text("precedent-nothing");
            let text = fillers(&[filler("渠\u{1b}", 3), filler("", 12)], lang);
            assert_eq!(text, format!("渠  3｜{nothing} 12"));
        }
    }
}
