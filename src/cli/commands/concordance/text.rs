//! A concordance in a terminal: one line an occurrence, hits under each other.

use std::io::Write;

use xunzhang::parallel::stream;
use xunzhang::search::{ConcordanceLine, Group};

use super::shown::{Shown, totals};
use crate::cli::output::columns::grouped;
use crate::cli::paint::{Ink, Paint};
use crate::cli::session::{Session, Talk, threads};
use crate::cli::terminal::{pad, pad_left, printable, truncate, width};

/// Widest hit that others are lined up with, in cells; a longer one pushes what follows it.
// A gap can hold twenty units; lined up with the longest, the others would have no context on 80 cells.
const WIDEST_HIT: usize = 24;
/// Lines by which the width of the column of hits is found.
// Lines are read from the index; to look at all of them would read everything twice.
const LOOKED_AT: usize = 200;

/// Prints the totals, the frequency list if there is one, and the lines.
pub(super) fn print(
    shown: &Shown<'_>,
    session: &Session,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    // With `-q` results are printed and nothing about them.
    if session.talk >= Talk::Normal {
        let totals = totals(shown, session.lang);
        writeln!(out, "{}\n", session.paint.ink(Ink::Faint, &totals))?;
    }
    let groups = &shown.concordance.groups;
    if !groups.is_empty() {
        print_groups(groups, session, out)?;
        writeln!(out)?;
    }
    let first: Vec<ConcordanceLine> = shown.lines().take(LOOKED_AT).collect::<Result<_, _>>()?;
    let hits = first.iter().map(|line| width(&printable(&line.hit)));
    let columns = Columns::new(session.width, hits.max().unwrap_or(0));
    print_lines(shown, &columns, session.paint, out)
}

/// Prints the lines, read and laid out by all processors: of a frequent word that takes longer than to find them.
fn print_lines(
    shown: &Shown<'_>,
    columns: &Columns,
    paint: Paint,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    /// Lines that a thread lays out at once.
    const PART: usize = 512;
    let parts = (0..shown.n).step_by(PART);
    let laid_out = |start: usize| -> xunzhang::search::Result<String> {
        let mut text = String::new();
        for ord in start..shown.n.min(start + PART) {
            columns.push(&shown.concordance.line(ord)?, paint, &mut text);
        }
        Ok(text)
    };
    stream(parts, threads(), laid_out, |text| {
        Ok(out.write_all(text?.as_bytes())?)
    })
}

fn print_groups(groups: &[Group], session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    for group in groups {
        let key = group.key.as_deref().map(printable);
        let key = match key.as_deref() {
            None => session.lang.text("value-missing"),
            // The hit begins or ends its passage, so that nothing is on that side; a missing value is another matter.
            Some("") => "∅",
            Some(key) => key,
        };
        let occurrences = pad_left(&grouped(group.occurrences), 9);
        let documents = pad_left(&grouped(group.documents), 7);
        let key = session.paint.ink(Ink::Hit, key);
        writeln!(out, "{occurrences}{documents}  {key}")?;
    }
    Ok(())
}

/// Widths of the columns in cells.
struct Columns {
    side: usize,
    hit: usize,
    place: usize,
}

impl Columns {
    fn new(cells: usize, widest_hit: usize) -> Self {
        // A Han character takes two cells.
        let hit = widest_hit.clamp(2, WIDEST_HIT);
        // A quarter of the line at most: the context is what the line is for.
        let place = (cells / 4).min(44);
        // Three gaps of two blanks.
        let gaps = 6;
        let side = cells.saturating_sub(hit + place + gaps) / 2;
        Self {
            // Three characters on each side are left on the narrowest terminal, though the line is then wider than it.
            side: side.max(6),
            hit,
            place,
        }
    }

    /// The end of the left context, the hit, the beginning of the right one, then date and place.
    fn push(&self, line: &ConcordanceLine, paint: Paint, out: &mut String) {
        let left = cut_left(&printable(&line.left), self.side);
        let right = truncate(&printable(&line.right), self.side);
        let date = line.document.date.map(|date| format!("{date} "));
        let place = format!("{}{}", date.unwrap_or_default(), printable(&line.place));
        for part in [
            &pad_left(&left, self.side),
            "  ",
            &paint.ink(Ink::Hit, &pad(&printable(&line.hit), self.hit)),
            "  ",
            &pad(&right, self.side),
            "  ",
            &paint.ink(Ink::Place, &shortened(&place, self.place)),
        ] {
            out.push_str(part);
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
}

/// As much of the end of the text as fits into `cells`, an ellipsis before it if something is missing.
fn cut_left(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    // The ellipsis takes one cell.
    let mut used = 1;
    let kept = text.char_indices().rev().take_while(|(_, ch)| {
        used += width(ch.encode_utf8(&mut [0; 4]));
        used <= cells
    });
    let start = kept.last().map_or(text.len(), |(at, _)| at);
    format!("…{}", &text[start..])
}

/// The place with its middle left out: its end says which line, its beginning which year or collection.
fn shortened(place: &str, cells: usize) -> String {
    if width(place) <= cells {
        return place.to_owned();
    }
    // The end has the larger share: it holds the file's name and the line, by which the place is found.
    let end = cut_left(place, cells * 3 / 5);
    // `truncate` ends in an ellipsis of one cell, which is removed: `end` begins with one.
    let start = truncate(place, cells.saturating_sub(width(&end)) + 1);
    let start = start.trim_end_matches('…');
    format!("{start}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_and_places_are_cut_where_it_hurts_least() {
        assert_eq!(cut_left("甲乙丙丁", 8), "甲乙丙丁");
        assert_eq!(cut_left("甲乙丙丁", 7), "…乙丙丁");
        assert_eq!(cut_left("甲乙丙丁", 6), "…丙丁");
        let place = "2019-03-05 报告/很长的名字的工作报告.txt:27";
        let cut = shortened(place, 24);
        assert!(
            cut.starts_with("2019-03") && cut.ends_with(".txt:27"),
            "{cut}"
        );
        assert!(width(&cut) <= 24, "{cut}");
        assert_eq!(shortened("a.txt:1", 24), "a.txt:1");
    }
}
