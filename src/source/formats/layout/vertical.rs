//! Vertical writing: characters one below the other, in columns from right to left.
//!
//! The font states that it writes downwards, or the positions show it: the next character below is closer
//! than the next one beside. A few characters may be arranged so by chance, like the units of a table; those
//! count only where they are alone on their rows.

use super::page_row::{Kind, PageRow};
use super::{Glyph, Role};

/// Maximum distance from one character to the next below, in font sizes.
const MAX_STEP: f32 = 1.7;
/// The same where nothing is beside a column.
const MAX_STEP_ALONE: f32 = 2.3;
/// Maximum distance from one character to the next on a row of text, in font sizes.
const MAX_STEP_IN_ROW: f32 = 1.4;
/// How much closer the next below must be than the next beside.
const NEARER: f32 = 0.15;
/// Minimum number of characters of a column, if the font says nothing.
const MIN_COLUMN: usize = 3;

/// Removes the columns of vertical writing from `glyphs`, from right to left.
pub(super) fn take(glyphs: &mut Vec<Glyph>) -> Vec<PageRow> {
    let is_column = if glyphs.iter().any(|glyph| glyph.is_vertical) {
        glyphs.iter().map(|glyph| glyph.is_vertical).collect()
    } else {
        columns_by_place(glyphs)
    };
    if !is_column.contains(&true) {
        return Vec::new();
    }
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for (glyph, is_column) in glyphs.drain(..).zip(is_column) {
        if is_column {
            inside.push(glyph);
        } else {
            outside.push(glyph);
        }
    }
    *glyphs = outside;
    rows(inside)
}

/// The columns of `glyphs` from right to left, each a row by itself. All get nearly the height of the
/// topmost, so that they stay together and in order.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<PageRow> {
    let centre = |glyph: &Glyph| f32::midpoint(glyph.x0, glyph.x1);
    glyphs.sort_by(|one, other| centre(other).total_cmp(&centre(one)));
    let top = glyphs.iter().map(|glyph| glyph.y).fold(f32::MAX, f32::min);
    let is_beside = |one: &Glyph, other: &Glyph| {
        (centre(one) - centre(other)).abs() > 0.4 * one.size.max(other.size)
    };
    let mut rows = Vec::new();
    for column in glyphs.chunk_by_mut(|one, other| !is_beside(one, other)) {
        column.sort_by(|one, other| one.y.total_cmp(&other.y));
        let y = top + 0.001 * column[0].size * rows.len() as f32;
        rows.extend(column_row(column, y));
    }
    rows
}

/// A column as a row at the height `y`; `None` if it is blank.
fn column_row(column: &[Glyph], y: f32) -> Option<PageRow> {
    let text: String = column.iter().map(|glyph| glyph.ch).collect();
    let text = text.trim().to_owned();
    let lefts = column.iter().map(|glyph| glyph.x0);
    let rights = column.iter().map(|glyph| glyph.x1);
    (!text.is_empty()).then(|| PageRow {
        x0: lefts.fold(f32::MAX, f32::min),
        x1: rights.fold(f32::MIN, f32::max),
        y,
        size: column[0].size,
        first_width: 0.0,
        text,
        n_lines_above: 0,
        kind: Kind::Alone,
        is_cut: false,
        is_pagination: column.iter().all(|glyph| glyph.role == Role::Pagination),
        reason: None,
    })
}

/// Which glyphs are in columns, by their positions alone.
fn columns_by_place(glyphs: &[Glyph]) -> Vec<bool> {
    let mut is_column = vec![false; glyphs.len()];
    if !may_hold_columns(glyphs) {
        return is_column;
    }
    let beside = nearest_beside(glyphs);
    for run in runs_below(glyphs) {
        let stands = run.iter().all(|&(ord, step)| {
            let limit = if is_lonely(beside[ord]) {
                MAX_STEP_ALONE
            } else {
                MAX_STEP
            };
            step <= limit && step + NEARER < beside[ord] && is_han(&glyphs[ord])
        });
        if stands && run.len() >= MIN_COLUMN {
            for (ord, _) in run {
                is_column[ord] = true;
            }
        }
    }
    settle(glyphs, &beside, &mut is_column);
    is_column
}

/// Whether enough Han characters are on no row, in the order of the file: most pages have no vertical text, and
/// that order shows it fastest.
fn may_hold_columns(glyphs: &[Glyph]) -> bool {
    if glyphs.iter().filter(|glyph| is_han(glyph)).count() < MIN_COLUMN {
        return false;
    }
    let continues = |one: &Glyph, other: &Glyph| {
        let step = (other.x0 - one.x0) / one.size;
        (one.y - other.y).abs() < 0.3 * one.size && step.abs() < MAX_STEP_IN_ROW
    };
    let is_in_row = |ord: usize| {
        ord > 0 && continues(&glyphs[ord - 1], &glyphs[ord])
            || ord + 1 < glyphs.len() && continues(&glyphs[ord], &glyphs[ord + 1])
    };
    let by_itself = (0..glyphs.len()).filter(|&ord| is_han(&glyphs[ord]) && !is_in_row(ord));
    by_itself.take(MIN_COLUMN).count() == MIN_COLUMN
}

/// Decides for the whole page: one in vertical writing is columns with all its marks and numbers, on any other
/// only those columns count that are alone on their rows.
fn settle(glyphs: &[Glyph], beside: &[f32], is_column: &mut [bool]) {
    let is_seen = |glyph: &Glyph| !glyph.ch.is_whitespace();
    let n_seen = glyphs.iter().filter(|glyph| is_seen(glyph)).count();
    let n_columns = is_column.iter().filter(|is_column| **is_column).count();
    // Six visible characters in ten make a page in vertical writing; below that, single columns beside
    // horizontal text must be isolated.
    if n_columns * 10 < n_seen * 6 {
        for (is_column, beside) in is_column.iter_mut().zip(beside) {
            *is_column &= is_lonely(*beside);
        }
        keep_long_runs(glyphs, is_column);
    } else {
        for (is_column, glyph) in is_column.iter_mut().zip(glyphs) {
            *is_column |= is_seen(glyph);
        }
    }
}

fn is_han(glyph: &Glyph) -> bool {
    glyph.ch >= '\u{2e80}' && !glyph.ch.is_whitespace()
}

/// Whether nothing is beside a character on its row: distances are in sizes, and no page is a hundred sizes wide.
fn is_lonely(beside: f32) -> bool {
    beside > 100.0
}

/// Removes columns that are too short once their neighbours are removed.
fn keep_long_runs(glyphs: &[Glyph], is_column: &mut [bool]) {
    for run in runs_below(glyphs) {
        let n_left = run.iter().filter(|(ord, _)| is_column[*ord]).count();
        if n_left < run.len() {
            for (ord, _) in run {
                is_column[ord] = false;
            }
        }
    }
}

/// For each glyph the distance from its middle to that of the next one on its row, in font sizes.
fn nearest_beside(glyphs: &[Glyph]) -> Vec<f32> {
    let mut order = visible(glyphs);
    order.sort_by(|&one, &other| glyphs[one].y.total_cmp(&glyphs[other].y));
    let mut beside = vec![f32::INFINITY; glyphs.len()];
    let mut rest = &mut order[..];
    while let Some(first) = rest.first().map(|&ord| &glyphs[ord]) {
        let is_level = |ord: &usize| glyphs[*ord].y - first.y < 0.5 * first.size;
        let n_level = 1 + rest[1..].iter().take_while(|ord| is_level(ord)).count();
        let (row, below) = std::mem::take(&mut rest).split_at_mut(n_level);
        row.sort_by(|&one, &other| glyphs[one].x0.total_cmp(&glyphs[other].x0));
        for pair in row.windows(2) {
            let (left, right) = (&glyphs[pair[0]], &glyphs[pair[1]]);
            let step = f32::midpoint(right.x0, right.x1) - f32::midpoint(left.x0, left.x1);
            let step = step / left.size.min(right.size);
            beside[pair[0]] = beside[pair[0]].min(step);
            beside[pair[1]] = beside[pair[1]].min(step);
        }
        rest = below;
    }
    beside
}

/// The ordinals of characters that are not blank.
fn visible(glyphs: &[Glyph]) -> Vec<usize> {
    let ords = 0..glyphs.len();
    ords.filter(|&ord| !glyphs[ord].ch.is_whitespace())
        .collect()
}

/// Glyphs one below the other, each with the distance to its neighbour in font sizes.
fn runs_below(glyphs: &[Glyph]) -> Vec<Vec<(usize, f32)>> {
    let centre = |ord: usize| f32::midpoint(glyphs[ord].x0, glyphs[ord].x1);
    let mut order = visible(glyphs);
    order.sort_by(|&one, &other| centre(one).total_cmp(&centre(other)));
    let mut runs = Vec::new();
    let mut rest = &mut order[..];
    while let Some(&first) = rest.first() {
        let is_below = |ord: &usize| centre(*ord) - centre(first) < 0.35 * glyphs[first].size;
        let n_below = 1 + rest[1..].iter().take_while(|ord| is_below(ord)).count();
        let (column, right) = std::mem::take(&mut rest).split_at_mut(n_below);
        column.sort_by(|&one, &other| glyphs[one].y.total_cmp(&glyphs[other].y));
        split_column(glyphs, column, &mut runs);
        rest = right;
    }
    runs.retain(|run| run.len() >= MIN_COLUMN);
    runs
}

/// Splits a column where its characters are too far from each other to be read together.
fn split_column(glyphs: &[Glyph], column: &[usize], runs: &mut Vec<Vec<(usize, f32)>>) {
    let mut run: Vec<(usize, f32)> = Vec::new();
    for &ord in column {
        let step = run
            .last()
            .map(|(last, _)| step(&glyphs[*last], &glyphs[ord]));
        if let Some(step) = step {
            if !(0.7..=MAX_STEP_ALONE).contains(&step) {
                runs.push(std::mem::take(&mut run));
            } else if let [(_, first)] = &mut run[..] {
                *first = step;
            }
        }
        let step = step.filter(|_| !run.is_empty()).unwrap_or(0.0);
        run.push((ord, step));
    }
    runs.push(run);
}

/// The distance of a character from the one above it, in font sizes.
fn step(above: &Glyph, glyph: &Glyph) -> f32 {
    // A column has one font size; a larger character below is a title or another column.
    let is_alike = above.size < 1.2 * glyph.size && glyph.size < 1.2 * above.size;
    let step = (glyph.y - above.y) / glyph.size;
    if is_alike { step } else { f32::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::layout::glyph::test_glyph as glyph;

    /// The characters of a text one below the other.
    fn column(text: &str, x: f32, step: f32) -> Vec<Glyph> {
        let chars = text.chars().enumerate();
        chars
            .map(|(ord, ch)| glyph(ch, x, 10.0 + step * ord as f32))
            .collect()
    }

    fn taken(mut glyphs: Vec<Glyph>) -> (Vec<String>, usize) {
        let rows = take(&mut glyphs).into_iter();
        (rows.map(|row| row.text).collect(), glyphs.len())
    }

    #[test]
    fn columns_are_read_from_right_to_left() {
        let page = [column("甲乙丙", 40.0, 14.0), column("丁戊己", 80.0, 14.0)].concat();
        assert_eq!(
            taken(page),
            (vec!["丁戊己".to_owned(), "甲乙丙".to_owned()], 0)
        );
    }

    #[test]
    fn too_few_or_too_distant_characters_are_no_column() {
        let cases = [
            ("园区企", 14.0, 1),
            ("园区企", 23.0, 1),
            ("园区企", 24.0, 0),
            ("园区", 14.0, 0),
            ("ABC", 14.0, 0),
            // Closer than seven tenths of a size they overlap.
            ("园区企", 6.0, 0),
        ];
        for (text, step, n_columns) in cases {
            let (found, n_left) = taken(column(text, 50.0, step));
            assert_eq!(found.len(), n_columns, "{text} {step}");
            assert_eq!(
                n_left,
                if n_columns == 0 {
                    text.chars().count()
                } else {
                    0
                }
            );
        }
    }

    #[test]
    fn a_font_may_say_that_it_writes_downwards() {
        let mut glyphs = column("园", 50.0, 14.0);
        glyphs[0].is_vertical = true;
        glyphs.push(glyph('A', 0.0, 10.0));
        assert_eq!(taken(glyphs), (vec!["园".to_owned()], 1));
    }

    #[test]
    fn rows_of_text_are_no_columns() {
        let rows = (0..4).flat_map(|row| {
            let chars = "园区企业".chars().enumerate();
            chars.map(move |(ord, ch)| glyph(ch, 10.0 * ord as f32, 16.0 * row as f32))
        });
        assert_eq!(taken(rows.collect()), (Vec::new(), 16));
    }

    #[test]
    fn larger_type_below_begins_another_column() {
        let mut glyphs = column("甲乙丙", 50.0, 14.0);
        glyphs.extend(column("丁戊己", 50.0, 14.0).into_iter().map(|below| Glyph {
            y: below.y + 42.0,
            size: 13.0,
            ..below
        }));
        let runs = runs_below(&glyphs);
        let lens: Vec<usize> = runs.iter().map(Vec::len).collect();
        assert_eq!(lens, [3, 3]);
    }
}
