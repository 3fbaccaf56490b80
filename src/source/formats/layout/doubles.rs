//! Characters that are printed twice with a small offset: simulated bold type and shadows, and text laid
//! under a scan that already has it.

use super::Glyph;

/// Maximum offset of the second one, in font sizes or widths of the character.
const ASIDE: f32 = 0.3;
/// Maximum number of neighbours that a character is compared with.
const MAX_COMPARED: usize = 64;

/// Keeps one of each.
pub(super) fn remove(glyphs: &mut Vec<Glyph>) {
    let order = by_character(glyphs);
    let mut is_double: Vec<bool> = Vec::new();
    for (at, &ord) in order.iter().enumerate() {
        let before = &order[at.saturating_sub(MAX_COMPARED)..at];
        mark_doubles(glyphs, ord, before, &mut is_double);
    }
    if !is_double.is_empty() {
        let mut marks = is_double.iter();
        glyphs.retain(|_| !marks.next().copied().unwrap_or(false));
    }
}

/// Marks the doubles of a character among those `before` it, which are sorted by position, so that its own directly
/// precede it. `is_double` is empty as long as there are no doubles.
fn mark_doubles(glyphs: &[Glyph], ord: usize, before: &[usize], is_double: &mut Vec<bool>) {
    let glyph = glyphs[ord];
    let near = before.iter().rev().copied().take_while(|&other| {
        glyphs[other].ch == glyph.ch && glyph.x0 - glyphs[other].x0 < ASIDE * glyph.size + 0.1
    });
    for other in near {
        let is_gone = is_double.get(other).is_some_and(|is_double| *is_double);
        if !is_gone && are_one(&glyphs[other], &glyph) {
            is_double.resize(glyphs.len(), false);
            // The first in the order of the file is kept.
            is_double[other.max(ord)] = true;
            if other < ord {
                break;
            }
        }
    }
}

/// The ordinals of visible characters, by character and then from left to right.
///
/// Integers sort fastest, and every page is sorted here.
fn by_character(glyphs: &[Glyph]) -> Vec<usize> {
    let key = |(ord, glyph): (usize, &Glyph)| {
        // Sixteenths of a unit, shifted so that positions left of the page stay positive.
        let at = (f64::from(glyph.x0) * 16.0 + f64::from(1 << 24)) as u32;
        let place = u64::from(u32::from(glyph.ch)) << 32 | u64::from(at);
        (place, ord as u32)
    };
    let seen = glyphs.iter().enumerate();
    let seen = seen.filter(|(_, glyph)| !glyph.ch.is_whitespace());
    let mut order: Vec<(u64, u32)> = seen.map(key).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, ord)| ord as usize).collect()
}

fn are_one(one: &Glyph, other: &Glyph) -> bool {
    let wide = ASIDE * one.size.min(one.x1 - one.x0 + 0.1);
    one.turn == other.turn
        && (one.x0 - other.x0).abs() < wide
        && (one.y - other.y).abs() < ASIDE * one.size
        && one.size < 1.5 * other.size
        && other.size < 1.5 * one.size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::layout::glyph::test_glyph as glyph;
    use proptest::prelude::*;

    fn kept(glyphs: &[Glyph]) -> String {
        let mut glyphs = glyphs.to_vec();
        remove(&mut glyphs);
        glyphs.iter().map(|glyph| glyph.ch).collect()
    }

    #[test]
    fn a_character_printed_twice_is_kept_once() {
        assert_eq!(
            kept(&[
                glyph('园', 0.0, 0.0),
                glyph('园', 0.4, 0.2),
                glyph('区', 10.0, 0.0)
            ]),
            "园区"
        );
        assert_eq!(
            kept(&[glyph('园', 0.0, 0.0), glyph('园', 10.0, 0.0)]),
            "园园"
        );
        assert_eq!(
            kept(&[glyph('园', 0.0, 0.0), glyph('园', 0.4, 12.0)]),
            "园园"
        );
        assert_eq!(
            kept(&[glyph('园', 0.0, 0.0), glyph('区', 0.4, 0.0)]),
            "园区"
        );
        // Blanks are no doubles, and other sizes or directions are other text.
        assert_eq!(kept(&[glyph(' ', 0.0, 0.0), glyph(' ', 0.0, 0.0)]), "  ");
        let large = Glyph {
            size: 20.0,
            ..glyph('园', 0.0, 0.0)
        };
        let turned = Glyph {
            turn: 90,
            ..glyph('园', 0.0, 0.0)
        };
        assert_eq!(kept(&[glyph('园', 0.0, 0.0), large, turned]), "园园园");
        assert_eq!(kept(&[]), "");
    }

    proptest! {
        #[test]
        fn order_is_kept_and_every_text_printed_over_itself_is_one(text in "[园区平稳]{1,12}", shift in 0_u8..20) {
            let line: Vec<Glyph> = (0..).zip(text.chars()).map(|(ord, ch)| glyph(ch, 10.0 * ord as f32, 0.0)).collect();
            let shadow = line.iter().map(|one| Glyph { x0: one.x0 + f32::from(shift) / 10.0, x1: one.x1 + f32::from(shift) / 10.0, ..*one });
            let both: Vec<Glyph> = line.iter().copied().chain(shadow).collect();
            prop_assert_eq!(kept(&both), text.clone());
            prop_assert_eq!(kept(&line), text);
        }
    }
}
