//! Numbers of the file format that writing, merging and reading share.

use crate::text::units::is_single_unit;

/// Ending of the files.
pub(in crate::index) const EXTENSION: &str = "pairs";
/// Codes of runs are their ordinals from here on; characters have lower numbers.
// One beyond the last character, U+10FFFF: a code says by itself what it is, and characters need no table.
pub(super) const RUN: u32 = 0x11_0000;
/// Stands for the second unit in the key of a unit by itself.
// NUL is no unit, and the least of all codes: the list of a unit by itself is the first of its keys.
pub(super) const WHOLE: u32 = 0;
/// Numbers of each zone in the trailer.
// Where the tables begin, and how many first units, keys, texts and runs there are; all other places follow from these.
pub(super) const NUMBERS: usize = 5;

/// Marks the second unit of a key whose pair is a word of the dictionary.
// The highest bit: codes end far below it, and a search masks it off.
pub(super) const WORD: u32 = 1 << 31;

/// The character that a unit is, if it is one that stands alone.
pub(super) fn alone(unit: &str) -> Option<u32> {
    let mut chars = unit.chars();
    let first = chars.next().filter(|&ch| is_single_unit(ch))?;
    chars.next().is_none().then_some(first as u32)
}
