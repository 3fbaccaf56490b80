//! Narrow columns: where consecutive rows stay clear of the same channel, cells are separated, however close
//! they are.
//!
//! A gap too narrow to separate words by itself does so if several rows have one at the same position.
//! Running text has none: its characters are adjacent, and justification spreads all of them.

use super::Glyph;
use super::glyph::Role;
use crate::text::numerals::one_to_nine;

/// Minimum width of a channel, in font sizes.
pub(super) const MIN_CHANNEL: f32 = 0.3;
/// Minimum difference between a gap and the usual distance of characters in the row, in font sizes.
const MIN_EXCESS: f32 = 0.3;
/// Minimum number of rows that have text on both sides of a channel.
const MIN_ROWS: usize = 3;
/// Distance of rows that ends a channel, in font sizes.
const MAX_DISTANCE: f32 = 3.2;
/// Maximum number of channels that are followed at a time.
const MAX_CHANNELS: usize = 64;

/// A position of a row where cells are separated: no character lies between the two edges.
pub(super) type Cut = (f32, f32);

/// Space that rows leave empty.
#[derive(Clone, Debug)]
struct Channel {
    from: f32,
    to: f32,
    /// The rows that have text on both sides of it.
    rows: Vec<usize>,
    /// Whether the text on its left is more than an item's label in some of them.
    is_of_table: bool,
}

/// For each row, sorted from left to right, the positions where its cells are separated.
pub(super) fn cuts(rows: &[&[Glyph]]) -> Vec<Vec<Cut>> {
    let mut cuts = vec![Vec::new(); rows.len()];
    let mut open: Vec<Channel> = Vec::new();
    for (ord, row) in rows.iter().enumerate() {
        let above = ord.checked_sub(1).map(|above| rows[above]);
        if !above.is_some_and(|above| continues(above, row)) {
            close(open.drain(..), &mut cuts);
        }
        let mut next = Vec::new();
        // Channels narrow as rows are added; what a row crosses is closed.
        for channel in open.drain(..) {
            let left = clear(&channel, row);
            if left.is_empty() {
                close(std::iter::once(channel), &mut cuts);
            }
            next.extend(left);
        }
        for gap in gaps(row) {
            add_gap(&mut next, gap, ord);
        }
        open = next;
    }
    close(open.into_iter(), &mut cuts);
    cuts
}

/// Whether a row is close enough to the one above it for a channel to go on.
fn continues(above: &[Glyph], row: &[Glyph]) -> bool {
    let firsts = above.first().zip(row.first());
    firsts.is_some_and(|(above, first)| {
        first.y - above.y <= MAX_DISTANCE * above.size.max(first.size)
    })
}

/// Adds a gap of the row `ord`: it confirms the known channels that it contains; otherwise it opens one.
fn add_gap(channels: &mut Vec<Channel>, gap: Channel, ord: usize) {
    let is_inside =
        |channel: &Channel| channel.from >= gap.from - 0.1 && channel.to <= gap.to + 0.1;
    let mut is_known = false;
    for channel in channels.iter_mut().filter(|channel| is_inside(channel)) {
        is_known = true;
        channel.rows.push(ord);
        channel.is_of_table |= gap.is_of_table;
    }
    if !is_known && channels.len() < MAX_CHANNELS {
        let rows = vec![ord];
        channels.push(Channel { rows, ..gap });
    }
}

fn close(channels: impl Iterator<Item = Channel>, cuts: &mut [Vec<Cut>]) {
    for channel in channels {
        // Labels of items align too (1. 2. 3.); a channel after labels only is a list.
        if channel.rows.len() >= MIN_ROWS && channel.is_of_table {
            for row in &channel.rows {
                cuts[*row].push((channel.from, channel.to));
            }
        }
    }
}

/// The gaps of a row that are wider than its usual spacing.
fn gaps(row: &[Glyph]) -> Vec<Channel> {
    let usual = usual_gap(row);
    let mut gaps: Vec<Channel> = Vec::new();
    let mut is_label = true;
    for (at, pair) in row.windows(2).enumerate() {
        let size = pair[0].size.max(pair[1].size);
        is_label &= is_of_label(pair[0].ch);
        let least = MIN_CHANNEL.max(MIN_EXCESS + usual / size.max(0.1)) * size;
        if between(pair) > least && parts_cells(pair) {
            gaps.push(Channel {
                from: pair[0].x1,
                to: pair[1].x0,
                rows: Vec::new(),
                is_of_table: !is_label || at >= MAX_LABEL,
            });
        }
    }
    // With several gaps a number in front is a cell.
    if gaps.len() > 1 {
        gaps.iter_mut().for_each(|gap| gap.is_of_table = true);
    }
    gaps
}

fn between(pair: &[Glyph]) -> f32 {
    pair[1].x0 - pair[0].x1
}

/// The median distance of neighbours: justified text is spread evenly, so that its gaps are usual.
fn usual_gap(row: &[Glyph]) -> f32 {
    let mut gaps: Vec<f32> = row.windows(2).map(between).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).map_or(0.0, |gap| gap.max(0.0))
}

/// Maximum length of an item's label, in characters.
const MAX_LABEL: usize = 6;

fn is_of_label(ch: char) -> bool {
    let is_number = ch.is_ascii_digit() || one_to_nine(ch).is_some() || matches!(ch, '十' | '百');
    is_number || "第章节条款项.、．()（）:：•●·■◆▪➢○-—*√".contains(ch)
}

/// Whether a gap between two characters may part cells: not that between words, nor beside a blank.
fn parts_cells(pair: &[Glyph]) -> bool {
    let is_blank = |glyph: &Glyph| glyph.ch.is_whitespace() || glyph.role != Role::Text;
    let is_latin = |ch: char| ch < '\u{2e80}' && !ch.is_ascii_digit();
    let is_narrow = |ch: char| ch < '\u{2e80}';
    let are_words = pair.iter().all(|glyph| is_narrow(glyph.ch))
        && pair
            .iter()
            .any(|glyph| is_latin(glyph.ch) && glyph.ch.is_alphabetic());
    !pair.iter().any(is_blank) && !are_words
}

/// What is left of a channel beside the characters of a row.
fn clear(channel: &Channel, row: &[Glyph]) -> Vec<Channel> {
    let mut left = Vec::new();
    let mut from = channel.from;
    let at = row.partition_point(|glyph| glyph.x1 <= channel.from);
    for glyph in &row[at..] {
        if glyph.x0 >= channel.to {
            break;
        }
        if glyph.ch.is_whitespace() {
            continue;
        }
        left.push((from, glyph.x0));
        from = from.max(glyph.x1);
    }
    left.push((from, channel.to));
    let size = row.first().map_or(1.0, |glyph| glyph.size);
    left.into_iter()
        .filter(|(from, to)| to - from > MIN_CHANNEL * size)
        .map(|(from, to)| Channel {
            from,
            to,
            ..channel.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::layout::glyph::test_glyph as glyph;

    /// Words at these positions on a row, their characters adjacent.
    fn row(y: f32, words: &[(f32, &str)]) -> Vec<Glyph> {
        let word = |(x, text): &(f32, &str)| {
            let x = *x;
            let chars = text.chars().collect::<Vec<_>>().into_iter();
            (0..)
                .zip(chars)
                .map(move |(ord, ch)| glyph(ch, x + 10.0 * ord as f32, y))
                .collect::<Vec<_>>()
        };
        words.iter().flat_map(word).collect()
    }

    fn n_cuts(rows: &[Vec<Glyph>]) -> Vec<usize> {
        let rows: Vec<&[Glyph]> = rows.iter().map(Vec::as_slice).collect();
        cuts(&rows).iter().map(Vec::len).collect()
    }

    #[test]
    fn three_rows_with_a_gap_at_one_place_are_a_table() {
        let line = |y| {
            row(
                y,
                &[
                    (0.0, "甲乡镇卫生院"),
                    (66.0, "修路三百里"),
                    (122.0, "架桥五座"),
                ],
            )
        };
        assert_eq!(n_cuts(&[line(0.0), line(15.0), line(30.0)]), [2, 2, 2]);
        assert_eq!(n_cuts(&[line(0.0), line(15.0)]), [0, 0]);
        // A row far below begins anew.
        assert_eq!(n_cuts(&[line(0.0), line(15.0), line(99.0)]), [0, 0, 0]);
    }

    #[test]
    fn a_row_across_closes_the_channel() {
        let line = |y| row(y, &[(0.0, "甲乡镇卫生院"), (66.0, "修路三百里")]);
        let across = row(30.0, &[(0.0, "全县农业生产形势总体较好")]);
        assert_eq!(
            n_cuts(&[line(0.0), line(15.0), across, line(45.0), line(60.0)]),
            [0; 5]
        );
    }

    #[test]
    fn labels_of_items_are_no_cells() {
        let item = |y, label| row(y, &[(0.0, label), (26.0, "修路三百里架桥五座")]);
        assert_eq!(
            n_cuts(&[item(0.0, "1."), item(15.0, "2."), item(30.0, "3.")]),
            [0; 3]
        );
    }

    #[test]
    fn words_are_not_parted_at_their_blanks() {
        let pair = |one, other| [glyph(one, 0.0, 0.0), glyph(other, 20.0, 0.0)];
        assert!(
            parts_cells(&pair('甲', '乙'))
                && parts_cells(&pair('1', '2'))
                && parts_cells(&pair('甲', 'a'))
        );
        assert!(
            !parts_cells(&pair('a', 'b'))
                && !parts_cells(&pair('a', '1'))
                && !parts_cells(&pair('甲', ' '))
        );
    }
}
