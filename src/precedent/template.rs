//! Templates: what the variants of a sentence share, and the fillers of the gaps.
//!
//! All variants are aligned with the sentence, and so with each other (a star alignment, Gusfield 1993, with
//! the sentence as its centre). A unit that all of them have in order is fixed; fixed units in runs of at
//! least two are shown, everything between them is a slot. Variants of lowest similarity are removed, one after
//! another, until the rest shares at least half of the sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::diff::Wording;
use super::pieces::Piece;
use super::variant::Found;

/// Minimum number of consecutive fixed units that are shown.
const MIN_FIXED: usize = 2;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Part {
    /// Shared by all variants.
    Fixed {
        /// As in the sentence.
        text: String,
    },
    /// Where they differ.
    Slot {
        /// Its fillers, by occurrences, then text.
        slot: Vec<Filler>,
    },
}

/// A filler of a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filler {
    /// Its original characters, without marks at its ends; empty where a variant has nothing.
    pub text: String,
    /// Occurrences of the variants with this filler.
    pub occurrences: u64,
}

/// The template of a sentence's variants, the most similar of which come first; empty for fewer than two.
pub(super) fn template(piece: &Piece, found: &[&Found]) -> Vec<Part> {
    let n_units = piece.units.len();
    // With many variants little is common to all; a template of less than half of the sentence says nothing
    // about it.
    for n_found in (2..=found.len()).rev() {
        let found = &found[..n_found];
        let fixed = fixed(n_units, found);
        let n_fixed: usize = fixed.iter().map(Range::len).sum();
        if n_fixed * 2 >= n_units {
            return parts(piece, found, &fixed);
        }
    }
    Vec::new()
}

/// Runs of units of the sentence that are consecutive in every variant.
fn fixed(n_units: usize, found: &[&Found]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut opened: Option<usize> = None;
    let places: Vec<Vec<Option<usize>>> =
        found.iter().map(|found| places(n_units, found)).collect();
    // One step past the end closes the last run.
    for unit in 0..=n_units {
        let is_fixed = unit < n_units && places.iter().all(|places| places[unit].is_some());
        let continues = unit > 0
            && is_fixed
            && places
                .iter()
                .all(|places| places[unit] == places[unit - 1].map(|before| before + 1));
        // A gap in any variant ends the run, even where the sentence has none: a slot opens there.
        if !continues {
            if let Some(start) = opened.take().filter(|start| unit - start >= MIN_FIXED) {
                out.push(start..unit);
            }
            opened = is_fixed.then_some(unit);
        }
    }
    out
}

/// For each unit of the sentence the unit of the variant that it is aligned with in order.
fn places(n_units: usize, found: &Found) -> Vec<Option<usize>> {
    let mut out = vec![None; n_units];
    for run in found.alignment.runs.iter().filter(|run| !run.moved) {
        for i in 0..run.len {
            out[run.from + i] = Some(run.to + i);
        }
    }
    out
}

fn parts(piece: &Piece, found: &[&Found], fixed: &[Range<usize>]) -> Vec<Part> {
    let n_units = piece.units.len();
    let places: Vec<Vec<Option<usize>>> =
        found.iter().map(|found| places(n_units, found)).collect();
    let sentence = Wording {
        text: &piece.text,
        units: &piece.units,
    };
    let mut out = Vec::new();
    let mut last: Option<usize> = None;
    for range in fixed.iter().map(Some).chain([None]) {
        let fillers = found.iter().zip(&places).map(|(found, places)| {
            let start = last
                .and_then(|last| places[last])
                .map_or(0, |last| last + 1);
            let end = range
                .and_then(|range| places[range.start])
                .unwrap_or(found.units.len());
            (*found, start..end)
        });
        out.extend(slot(fillers));
        if let Some(range) = range {
            out.push(Part::Fixed {
                text: sentence.cut(range.clone()),
            });
            last = Some(range.end - 1);
        }
    }
    out
}

/// The fillers between two fixed runs; `None` if all are empty.
fn slot<'a>(fillers: impl Iterator<Item = (&'a Found, Range<usize>)>) -> Option<Part> {
    let mut by_units: BTreeMap<Vec<&str>, Filler> = BTreeMap::new();
    for (found, range) in fillers {
        let units: Vec<&str> = range.clone().map(|ord| found.units.text(ord)).collect();
        let filler = by_units.entry(units).or_insert_with(|| Filler {
            text: original(found, range),
            occurrences: 0,
        });
        filler.occurrences += found.variant.occurrences;
    }
    if by_units.keys().all(Vec::is_empty) {
        return None;
    }
    let mut slot: Vec<Filler> = by_units.into_values().collect();
    slot.sort_by(|a, b| {
        b.occurrences
            .cmp(&a.occurrences)
            .then_with(|| a.text.cmp(&b.text))
    });
    Some(Part::Slot { slot })
}

fn original(found: &Found, range: Range<usize>) -> String {
    if range.is_empty() {
        return String::new();
    }
    let span = found.units.span(range);
    found
        .variant
        .text
        .chars()
        .skip(span.start)
        .take(span.len())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::precedent::align::align;
    use crate::precedent::pieces::pieces;
    use crate::precedent::variant::Variant;
    use crate::text::units::Units;
    use proptest::prelude::*;

    /// A variant of the sentence `from`, with this number of occurrences.
    fn variant(from: &Piece, text: &str, occurrences: u64) -> Found {
        let units = Units::new(text);
        let row = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
        let alignment = align(&row(&from.units), &row(&units));
        Found {
            variant: Variant {
                sentence: 0,
                text: text.to_owned(),
                similarity: alignment.similarity(),
                occurrences,
                documents: 1,
                first: None,
                last: None,
                diff: Vec::new(),
                sources: Vec::new(),
            },
            units,
            alignment,
            spots: Vec::new(),
            place: 0,
        }
    }

    fn piece(text: &str) -> Piece {
        pieces(text).remove(0)
    }

    /// The template as text: `[a:2|b:1]` for a slot.
    fn shown(sentence: &str, variants: &[(&str, u64)]) -> String {
        let piece = piece(sentence);
        let found: Vec<Found> = variants
            .iter()
            .map(|(text, n)| variant(&piece, text, *n))
            .collect();
        let parts = template(&piece, &found.iter().collect::<Vec<_>>());
        let part = |part: &Part| match part {
            Part::Fixed { text } => text.clone(),
            Part::Slot { slot } => {
                let fillers: Vec<String> = slot
                    .iter()
                    .map(|filler| format!("{}:{}", filler.text, filler.occurrences))
                    .collect();
                format!("[{}]", fillers.join("|"))
            }
        };
        parts.iter().map(part).collect()
    }

    #[test]
    fn what_all_share_is_fixed_and_the_rest_is_a_slot() {
        assert_eq!(
            shown(
                "全县修路三百里",
                &[
                    ("全县修路五百里", 2),
                    ("全县修路八百里", 3),
                    ("全县修路五百里", 4)
                ]
            ),
            "全县修路[五:6|八:3]百里"
        );
        // Nothing in one of them is a filler too.
        assert_eq!(
            shown(
                "全县修路三百里",
                &[("全县修路三百里", 1), ("全县修路百里", 2)]
            ),
            "全县修路[:2|三:1]百里"
        );
        // What only variants have opens a slot at either end.
        assert_eq!(
            shown("修路架桥", &[("今年修路架桥", 1), ("修路架桥多座", 1)]),
            "[:1|今年:1]修路架桥[:1|多座:1]"
        );
        assert_eq!(
            shown("修路，架桥", &[("修路架桥", 1), ("修路、架桥", 1)]),
            "修路，架桥"
        );
    }

    #[test]
    fn a_template_needs_two_variants_and_half_of_the_sentence() {
        assert_eq!(shown("全县修路三百里", &[("全县修路五百里", 1)]), "");
        assert_eq!(shown("全县修路三百里", &[]), "");
        // The least similar variant is left out where little would be common.
        assert_eq!(
            shown(
                "全县修路三百里",
                &[
                    ("全县修路五百里", 1),
                    ("全县修路六百里", 1),
                    ("某地种树百里", 1)
                ]
            ),
            "全县修路[五:1|六:1]百里"
        );
        assert_eq!(
            shown("全县修路三百里", &[("某地种树", 1), ("百里通渠", 1)]),
            ""
        );
    }

    #[test]
    fn single_shared_units_are_part_of_the_slot() {
        assert_eq!(
            shown(
                "甲乙丙丁戊己庚",
                &[("甲乙丙丁一己二", 1), ("甲乙丙丁三己四", 1)]
            ),
            "甲乙丙丁[一己二:1|三己四:1]"
        );
    }

    #[test]
    fn a_moved_block_is_not_fixed() {
        let sentence = "修渠三里架桥五座";
        let variants = [("修渠三里架桥五座", 1), ("架桥五座修渠三里", 1)];
        let found = shown(sentence, &variants);
        // One of the two blocks is in order, and the other is a filler before or after it.
        assert!(found.contains('['), "{found}");
        assert_eq!(
            found.matches("修渠三里").count() + found.matches("架桥五座").count(),
            3,
            "{found}"
        );
    }

    #[test]
    fn fillers_of_the_same_units_are_one_in_the_writing_of_the_first() {
        assert_eq!(
            shown(
                "全县修路三百里",
                &[("全县修路“五”百里", 2), ("全县修路五，百里", 3)]
            ),
            "全县修路[五:5]百里"
        );
    }

    #[test]
    fn equal_fillers_are_in_order_of_their_characters() {
        assert_eq!(
            shown(
                "全县修路三百里",
                &[
                    ("全县修路八百里", 2),
                    ("全县修路五百里", 2),
                    ("全县修路一百里", 7)
                ]
            ),
            "全县修路[一:7|五:2|八:2]百里"
        );
    }

    proptest! {
        #[test]
        fn a_template_holds_every_variant_or_drops_it(variants in prop::collection::vec(("[修路渠三五百里]{1,9}", 1_u64..9), 2..5)) {
            let sentence = piece("全县修路三百里");
            let found: Vec<Found> = variants.iter().map(|(text, n)| variant(&sentence, text, *n)).collect();
            let all: Vec<&Found> = found.iter().collect();
            let parts = template(&sentence, &all);
            // Fixed text and slots alternate, and each slot has as many occurrences as the variants that were kept.
            let kept: Vec<u64> = parts.iter().filter_map(|part| match part {
                Part::Fixed { .. } => None,
                Part::Slot { slot } => Some(slot.iter().map(|filler| filler.occurrences).sum()),
            }).collect();
            prop_assert!(kept.windows(2).all(|pair| pair[0] == pair[1]));
            let prefixes: Vec<u64> = (2..=variants.len()).map(|n| variants[..n].iter().map(|(_, n)| n).sum()).collect();
            prop_assert!(kept.iter().all(|sum| prefixes.contains(sum)));
            let fixed: String = parts.iter().filter_map(|part| match part {
                Part::Fixed { text } => Some(text.as_str()),
                Part::Slot { .. } => None,
            }).collect();
            prop_assert!(parts.is_empty() || 2 * fixed.chars().count() >= sentence.units.len());
        }
    }
}
