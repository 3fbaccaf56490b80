//! Rows: characters at one height, ordered from left to right.

use super::channels::{self, Cut};
use super::page_row::{Kind, PageRow};
use super::{Glyph, Role, contents};

/// Minimum gap between parts of a row that may belong to different columns, in font sizes.
pub(super) const PART_GAP: f32 = 0.9;
/// Minimum gap between cells of a table, in font sizes.
pub(super) const CELL_GAP: f32 = 1.8;
/// Minimum gap between Latin words, in font sizes.
const WORD_GAP: f32 = 0.2;
/// Minimum gap between numbers, in font sizes: digits are spread when a row is justified.
const NUMBER_GAP: f32 = 0.45;
/// Maximum offset of a superscript or subscript from its row, in font sizes.
const RISE: f32 = 0.45;

/// The parts of rows in a cell, by height, then from left to right.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<PageRow> {
    let mut rows = Vec::new();
    for row in by_height(&mut glyphs) {
        parts(row, &[], &mut rows);
    }
    rows
}

/// The same for a page, where narrow channels separate cells as well.
pub(super) fn rows_of_page(mut glyphs: Vec<Glyph>) -> Vec<PageRow> {
    let by_height = by_height(&mut glyphs);
    let mut rows = Vec::new();
    let cuts = channels::cuts(&by_height);
    for (row, cuts) in by_height.into_iter().zip(&cuts) {
        parts(row, cuts, &mut rows);
    }
    rows
}

/// The characters of each height, from left to right.
fn by_height(glyphs: &mut [Glyph]) -> Vec<&[Glyph]> {
    glyphs.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows = Vec::new();
    let mut rest = glyphs;
    while !rest.is_empty() {
        let (row, below) = rest.split_at_mut(row_end(rest, 0));
        row.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        rows.push(&*row);
        rest = below;
    }
    rows
}

/// The end of the row that begins at `start`; glyphs are sorted by height.
///
/// The largest type of the row determines its height, so that a superscript before it does not begin a row of
/// its own.
fn row_end(glyphs: &[Glyph], start: usize) -> usize {
    let mut anchor = glyphs[start];
    let mut end = start + 1;
    while end < glyphs.len() {
        let next = glyphs[end];
        let size = anchor.size.max(next.size);
        if next.y - anchor.y > RISE * size {
            break;
        }
        // A fifth larger: superscripts are about two thirds of the size of their text.
        if next.size > anchor.size * 1.2 {
            anchor = next;
        }
        end += 1;
    }
    end
}

fn parts(row: &[Glyph], cuts: &[Cut], out: &mut Vec<PageRow>) {
    let mut part: Vec<Glyph> = Vec::new();
    let mut is_cut = false;
    let parts_cells = |last: &Glyph, next: &Glyph| {
        // A tenth of a point allows for rounding.
        let is_between = |cut: &Cut| last.x1 <= cut.0 + 0.1 && next.x0 >= cut.1 - 0.1;
        cuts.iter().any(is_between)
    };
    for glyph in row.iter().copied() {
        if let Some(last) = part.last() {
            let gap = part_gap(last, &glyph) * last.size.max(glyph.size);
            let cuts_here = parts_cells(last, &glyph);
            // Header and text at one height are different rows, even without a gap.
            if glyph.x0 - last.x1 > gap || glyph.role != last.role || cuts_here {
                out.extend(made(&part).map(|row| PageRow { is_cut, ..row }));
                part.clear();
                is_cut = cuts_here;
            }
        }
        part.push(glyph);
    }
    out.extend(made(&part).map(|row| PageRow { is_cut, ..row }));
}

/// The gap that separates parts between two characters, in font sizes: figures of a table are closer than
/// words.
fn part_gap(last: &Glyph, next: &Glyph) -> f32 {
    let are_figures = last.ch.is_ascii_digit() && (next.ch.is_ascii_digit() || next.ch == '-');
    if are_figures { NUMBER_GAP } else { PART_GAP }
}

/// A part as text; `None` if it is blank.
fn made(part: &[Glyph]) -> Option<PageRow> {
    let first = part.iter().position(|glyph| !glyph.ch.is_whitespace())?;
    let last = part.iter().rposition(|glyph| !glyph.ch.is_whitespace())?;
    // Ideographic blanks in front are an indent, which the position shows as well.
    let part = &part[first..=last];
    Some(PageRow {
        x0: part[0].x0,
        x1: part.iter().map(|glyph| glyph.x1).fold(part[0].x1, f32::max),
        y: part[0].y,
        size: usual_size(part),
        first_width: first_width(part),
        text: contents::straightened(text_of(part)),
        n_lines_above: 0,
        kind: Kind::Text,
        is_cut: false,
        is_pagination: part[0].role == Role::Pagination,
        reason: None,
    })
}

/// The text of a part, with blanks between Latin words.
fn text_of(part: &[Glyph]) -> String {
    let is_word = |ch: char| ch.is_alphanumeric() && ch < '\u{2e80}';
    let mut text = String::new();
    for (ord, glyph) in part.iter().enumerate() {
        let before = ord.checked_sub(1).map(|before| &part[before]);
        let gap = before.map_or(0.0, |before| glyph.x0 - before.x1);
        let are_digits =
            text.ends_with(|ch: char| ch.is_ascii_digit()) && glyph.ch.is_ascii_digit();
        let least = if are_digits { NUMBER_GAP } else { WORD_GAP };
        // A gap inside Chinese text is justification; between Latin words it is the blank that many PDF files
        // omit.
        if gap > least * glyph.size && text.ends_with(is_word) && is_word(glyph.ch) {
            text.push(' ');
        }
        text.push(glyph.ch);
    }
    text
}

fn usual_size(part: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = part.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    // The median: a few characters in another size do not matter.
    sizes[sizes.len() / 2]
}

fn first_width(part: &[Glyph]) -> f32 {
    // A Latin word must fit as a whole.
    let is_latin = |glyph: &&Glyph| glyph.ch < '\u{2e80}' && !glyph.ch.is_whitespace();
    let n_latin = part.iter().take_while(is_latin).count();
    part[n_latin.max(1) - 1].x1 - part[0].x0
}

/// Groups parts of one height, from left to right; in order of height. A table or a vertical column is a
/// group by itself.
pub(super) fn groups(mut parts: Vec<PageRow>) -> Vec<Vec<PageRow>> {
    parts.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.x0.total_cmp(&other.x0)));
    let mut groups: Vec<Vec<PageRow>> = Vec::new();
    for part in parts {
        let is_level = |group: &Vec<PageRow>| {
            let size = group[0].size.max(part.size);
            group[0].is_text() && part.is_text() && part.y - group[0].y <= RISE * size
        };
        match groups.last_mut().filter(|group| is_level(group)) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    for group in &mut groups {
        group.sort_by(|one, other| one.x0.total_cmp(&other.x0));
    }
    groups
}

/// Joins parts of one height, with tabs between cells of a table; in order of height.
pub(super) fn merge(parts: Vec<PageRow>) -> Vec<PageRow> {
    let groups = groups(parts).into_iter();
    groups.filter_map(whole).collect()
}

/// The row formed by parts of one height; `None` without any.
pub(super) fn whole(parts: Vec<PageRow>) -> Option<PageRow> {
    let is_spread = is_spread(&parts);
    parts
        .into_iter()
        .reduce(|left, right| beside(left, right, is_spread))
}

/// Whether parts are the single characters of one word, `目　录`.
pub(super) fn is_spread(parts: &[PageRow]) -> bool {
    let is_single = |part: &PageRow| {
        let mut chars = part.text.chars();
        chars.next().is_some_and(|ch| ch >= '\u{2e80}') && chars.next().is_none()
    };
    (2..=6).contains(&parts.len()) && parts.iter().all(is_single)
}

fn beside(mut left: PageRow, right: PageRow, is_spread: bool) -> PageRow {
    let is_apart = !is_spread && right.x0 - left.x1 > CELL_GAP * left.size;
    left.text.push(if is_apart { '\t' } else { ' ' });
    left.text.push_str(&right.text);
    left.x1 = left.x1.max(right.x1);
    left.is_pagination &= right.is_pagination;
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::layout::glyph::test_glyph as glyph;

    /// The texts of parts of rows made of these characters, each with its left edge.
    fn texts(glyphs: &[(char, f32, f32)]) -> Vec<(String, f32)> {
        let glyphs = glyphs.iter().map(|&(ch, x, y)| glyph(ch, x, y)).collect();
        let rows = rows(glyphs).into_iter();
        rows.map(|row| (row.text, row.x0)).collect()
    }

    fn text_of_word(word: &str, step: f32) -> String {
        let chars = word.chars().enumerate();
        let glyphs: Vec<_> = chars
            .map(|(ord, ch)| (ch, step * ord as f32, 0.0))
            .collect();
        let texts = texts(&glyphs).into_iter().map(|(text, _)| text);
        texts.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn gaps_between_latin_words_are_blanks() {
        // Characters are ten wide: steps of 13 leave gaps of three tenths of a size.
        let cases = [
            ("AB", 10.0, "AB"),
            ("AB", 13.0, "A B"),
            ("AB", 11.0, "AB"),
            ("园区", 13.0, "园区"),
            ("A区", 13.0, "A区"),
            ("12", 13.0, "12"),
            ("1A", 13.0, "1 A"),
            ("园区", 20.0, "园|区"),
            // Figures of a table are closer than words.
            ("12", 15.0, "1|2"),
            ("园区", 15.0, "园区"),
        ];
        for (word, step, expected) in cases {
            assert_eq!(text_of_word(word, step), expected, "{word} {step}");
        }
    }

    #[test]
    fn characters_of_one_height_are_a_row() {
        type Placed = (char, f32, f32);
        type Case<'a> = (&'a [Placed], &'a [(&'a str, f32)]);
        let cases: [Case<'_>; 5] = [
            (&[('区', 10.0, 0.0), ('园', 0.0, 0.0)], &[("园区", 0.0)]),
            // A superscript is less than half a size above its row.
            (&[('园', 0.0, 4.0), ('①', 10.0, 0.0)], &[("园①", 0.0)]),
            (
                &[('园', 0.0, 0.0), ('区', 10.0, 16.0)],
                &[("园", 0.0), ("区", 10.0)],
            ),
            // Blanks in front are an indent, which the position shows.
            (
                &[('\u{3000}', 0.0, 0.0), ('园', 10.0, 0.0)],
                &[("园", 10.0)],
            ),
            (&[(' ', 0.0, 0.0), ('\u{3000}', 10.0, 0.0)], &[]),
        ];
        for (glyphs, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|(text, x0)| ((*text).to_owned(), *x0))
                .collect();
            assert_eq!(texts(glyphs), expected, "{glyphs:?}");
        }
    }

    #[test]
    fn cells_of_a_row_are_joined_with_tabs() {
        let row = |words: &[(&str, f32)]| {
            let chars = words.iter().flat_map(|&(word, x)| {
                let chars = word.chars().enumerate();
                chars.map(move |(ord, ch)| glyph(ch, x + 10.0 * ord as f32, 0.0))
            });
            let rows = merge(rows(chars.collect())).into_iter();
            rows.map(|row| row.text).collect::<Vec<_>>()
        };
        assert_eq!(row(&[("园区", 0.0), ("企业", 100.0)]), ["园区\t企业"]);
        // `目　录` is one word whose characters are spread.
        assert_eq!(row(&[("目", 0.0), ("录", 40.0)]).len(), 1);
        assert!(!row(&[("目", 0.0), ("录", 40.0)])[0].contains('\t'));
    }
}
