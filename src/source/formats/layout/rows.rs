//! Rows: characters on one height, in order from left to right.

use super::Glyph;

/// A part of a row without wide gaps, or a whole row with tabs in their place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    /// The size of most of its type.
    pub(super) size: f32,
    /// The width of what a line would have to hold to go on: the first character, or the first Latin word.
    pub(super) first_width: f32,
    pub(super) text: String,
}

/// Gap that separates parts of a row which may belong to different columns, in sizes of type.
const PART_GAP: f32 = 0.9;
/// Gap that separates cells of a table, in sizes of type.
const CELL_GAP: f32 = 1.8;
/// Gap that separates Latin words, in sizes of type.
const WORD_GAP: f32 = 0.2;
/// Gap that separates numbers, in sizes of type: digits are spread when a row is justified.
const NUMBER_GAP: f32 = 0.45;
/// How far from its row a raised or lowered character stands, in sizes of type.
const RISE: f32 = 0.45;

/// The parts of rows of a page, by height, then from left to right.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.retain(|glyph| {
        [glyph.x0, glyph.x1, glyph.y]
            .iter()
            .all(|at| at.is_finite())
            && glyph.size > 0.1
    });
    glyphs.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let end = row_end(&glyphs, start);
        let row = &mut glyphs[start..end];
        row.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        parts(row, &mut rows);
        start = end;
    }
    rows
}

/// Where the row ends that begins at `start`; glyphs are sorted by height.
///
/// The largest type of the row sets its height, so that a raised number before it does not begin a row of its own.
fn row_end(glyphs: &[Glyph], start: usize) -> usize {
    let mut anchor = glyphs[start];
    let mut end = start + 1;
    while end < glyphs.len() {
        let next = glyphs[end];
        let size = anchor.size.max(next.size);
        if next.y - anchor.y > RISE * size {
            break;
        }
        if next.size > anchor.size * 1.2 {
            anchor = next;
        }
        end += 1;
    }
    end
}

fn parts(row: &[Glyph], out: &mut Vec<Row>) {
    let mut part: Vec<Glyph> = Vec::new();
    for glyph in row.iter().copied() {
        if let Some(last) = part.last().copied() {
            // Bold type is faked by printing twice, a little aside.
            let is_double = last.ch == glyph.ch
                && (glyph.x0 - last.x0).abs() < 0.3 * last.size.min(last.x1 - last.x0 + 0.1);
            if is_double {
                continue;
            }
            if glyph.x0 - last.x1 > PART_GAP * last.size.max(glyph.size) {
                out.extend(made(&part));
                part.clear();
            }
        }
        part.push(glyph);
    }
    out.extend(made(&part));
}

/// A part as text; `None` if it is blank.
fn made(part: &[Glyph]) -> Option<Row> {
    let first = part.iter().position(|glyph| !glyph.ch.is_whitespace())?;
    let last = part.iter().rposition(|glyph| !glyph.ch.is_whitespace())?;
    // Ideographic blanks in front are an indent, which the place shows as well.
    let part = &part[first..=last];
    let mut text = String::new();
    for (ord, glyph) in part.iter().enumerate() {
        let gap = ord
            .checked_sub(1)
            .map_or(0.0, |before| glyph.x0 - part[before].x1);
        let is_word = |ch: char| ch.is_alphanumeric() && ch < '\u{2e80}';
        let are_digits =
            text.ends_with(|ch: char| ch.is_ascii_digit()) && glyph.ch.is_ascii_digit();
        let least = if are_digits { NUMBER_GAP } else { WORD_GAP };
        if gap > least * glyph.size && text.ends_with(is_word) && is_word(glyph.ch) {
            text.push(' ');
        }
        text.push(glyph.ch);
    }
    Some(Row {
        x0: part[0].x0,
        x1: part.iter().map(|glyph| glyph.x1).fold(part[0].x1, f32::max),
        y: part[0].y,
        size: usual_size(part),
        first_width: first_width(part),
        text,
    })
}

fn usual_size(part: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = part.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes[sizes.len() / 2]
}

fn first_width(part: &[Glyph]) -> f32 {
    let is_latin = |glyph: &&Glyph| glyph.ch < '\u{2e80}' && !glyph.ch.is_whitespace();
    let n_latin = part.iter().take_while(is_latin).count();
    part[n_latin.max(1) - 1].x1 - part[0].x0
}

/// Puts parts of one height together, with tabs where cells of a table part; in order of height.
pub(super) fn merge(mut parts: Vec<Row>) -> Vec<Row> {
    parts.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.x0.total_cmp(&other.x0)));
    let mut rows: Vec<Row> = Vec::new();
    let mut start = 0;
    while start < parts.len() {
        let mut end = start + 1;
        while end < parts.len()
            && parts[end].y - parts[start].y <= RISE * parts[start].size.max(parts[end].size)
        {
            end += 1;
        }
        let row = &mut parts[start..end];
        row.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        rows.extend(row.iter().cloned().reduce(beside));
        start = end;
    }
    rows
}

fn beside(mut left: Row, right: Row) -> Row {
    let gap = right.x0 - left.x1;
    left.text.push(if gap > CELL_GAP * left.size {
        '\t'
    } else {
        ' '
    });
    left.text.push_str(&right.text);
    left.x1 = left.x1.max(right.x1);
    left
}
