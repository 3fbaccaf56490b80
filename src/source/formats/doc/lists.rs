//! Lists and their numbers ([MS-DOC] 2.9.132, 2.9.147).

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::{u16_at, u32_at, utf16_at};
use crate::source::formats::numbering::{Counters, Level, form_by_code};

/// The lists, and the overrides by which paragraphs name them.
#[derive(Default)]
pub(super) struct Lists {
    lists: Vec<(u32, Vec<Level>)>,
    overrides: Vec<Override>,
}

struct Override {
    list: u32,
    /// Levels that restart with a number.
    starts: Vec<(usize, u32)>,
}

/// The current numbers of the lists.
#[derive(Default)]
pub(super) struct Numbers {
    counters: Counters,
    begun: BTreeSet<u16>,
    /// For each list that was used, the list whose numbers it continues, itself or another.
    shared: BTreeMap<usize, usize>,
    /// The list that was used last.
    latest: Option<usize>,
}

impl Lists {
    /// Reads the lists, `heads_len` bytes and the levels after them, and the overrides.
    pub(super) fn read(lists: &[u8], heads_len: usize, overrides: &[u8]) -> Self {
        let mut all = Self::default();
        if heads_len > 0 {
            all.read_lists(lists, heads_len);
        }
        all.read_overrides(overrides);
        all
    }

    fn read_lists(&mut self, bytes: &[u8], heads_len: usize) -> Option<()> {
        const HEAD: usize = 28;
        // The count is bounded by the size of the part: a damaged one must not allocate.
        let n_lists = usize::from(u16_at(bytes, 0)?).min(heads_len / HEAD);
        let mut at = 2 + n_lists * HEAD;
        for ord in 0..n_lists {
            let head = 2 + ord * HEAD;
            let id = u32_at(bytes, head)?;
            let is_simple = bytes.get(head + 26)? & 1 != 0;
            let mut levels = Vec::new();
            // A simple list has one level, any other nine (fSimpleList, [MS-DOC] 2.9.147).
            for _ in 0..if is_simple { 1 } else { 9 } {
                let (level, len) = level(bytes.get(at..)?)?;
                levels.push(level);
                at += len;
            }
            self.lists.push((id, levels));
        }
        Some(())
    }

    fn read_overrides(&mut self, bytes: &[u8]) -> Option<()> {
        const HEAD: usize = 16;
        let n_overrides = (u32_at(bytes, 0)? as usize).min(bytes.len() / HEAD);
        for ord in 0..n_overrides {
            let list = u32_at(bytes, 4 + ord * HEAD)?;
            let starts = Vec::new();
            self.overrides.push(Override { list, starts });
        }
        let mut at = 4 + n_overrides * HEAD;
        for ord in 0..n_overrides {
            let n_levels = *bytes.get(4 + ord * HEAD + 12)?;
            at += 4;
            for _ in 0..n_levels {
                at += self.overrides[ord].read_level(bytes.get(at..)?)?;
            }
        }
        Some(())
    }

    /// The label of the next paragraph at `level` of the list named by `id`, from 1; empty if it has none.
    pub(super) fn next(&self, numbers: &mut Numbers, id: u16, level: usize) -> String {
        let found = usize::from(id)
            .checked_sub(1)
            .and_then(|ord| self.overrides.get(ord));
        let Some(found) = found else {
            return String::new();
        };
        let mut lists = self.lists.iter();
        let Some(ord) = lists.position(|(list, _)| *list == found.list) else {
            return String::new();
        };
        let key = self.shared(numbers, ord, level) as u64;
        let levels = &self.lists[ord].1;
        // A start value applies once, at the first paragraph of the override.
        if numbers.begun.insert(id) {
            for &(level, start) in &found.starts {
                numbers.counters.restart(key, level, start);
            }
        }
        numbers.counters.next(key, levels, level)
    }
}

impl Lists {
    /// The list whose numbers the list of ordinal `ord` continues when one of its paragraphs is at `level`.
    ///
    /// A program that keeps several formats of one list saves each as a list of its own. One that begins
    /// below its first level, and has the same description as the list before it, continues that list.
    fn shared(&self, numbers: &mut Numbers, ord: usize, level: usize) -> usize {
        let latest = numbers.latest.replace(ord);
        if let Some(known) = numbers.shared.get(&ord) {
            return *known;
        }
        let same = latest.filter(|&other| level > 0 && self.lists[other].1 == self.lists[ord].1);
        let shared = same.and_then(|other| numbers.shared.get(&other).copied());
        *numbers.shared.entry(ord).or_insert(shared.unwrap_or(ord))
    }
}

/// A level and its length in bytes.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    const HEAD: usize = 28;
    let flags = *bytes.get(5)?;
    let n_restarts = usize::from(*bytes.get(26)?);
    let characters_len = usize::from(*bytes.get(24)?);
    let paragraph_len = usize::from(*bytes.get(25)?);
    let at = HEAD + characters_len + paragraph_len;
    let n_chars = usize::from(u16_at(bytes, at)?);
    let units = utf16_at(bytes, at + 2, n_chars)?;
    let level = Level {
        start: u32_at(bytes, 0)?,
        form: form_by_code(*bytes.get(4)?),
        template: template(units),
        is_legal: flags & 4 != 0,
        restarts_below: (flags & 8 != 0).then_some(n_restarts),
    };
    Some((level, at + 2 + n_chars * 2))
}

/// How a number is written, with `%1` for the number of the first level and so on.
fn template(units: Vec<u16>) -> String {
    let mut template = String::new();
    for unit in char::decode_utf16(units) {
        match unit {
            // The placeholder of a level's number.
            Ok(ch @ '\0'..='\u{8}') => template.push_str(&format!("%{}", ch as u32 + 1)),
            Ok(ch) => template.push(ch),
            Err(_) => {}
        }
    }
    template
}

impl Override {
    /// Reads the override of a level; returns its length ([MS-DOC] 2.9.132).
    fn read_level(&mut self, bytes: &[u8]) -> Option<usize> {
        let start = u32_at(bytes, 0)?;
        let flags = u32_at(bytes, 4)?;
        // fStartAt: the level restarts at `start`; the low four bits are the level.
        if flags & 0x10 != 0 {
            self.starts.push(((flags & 0xf) as usize, start));
        }
        // fFormatting: a level description follows, which is skipped.
        match flags & 0x20 {
            0 => Some(8),
            _ => Some(8 + level(bytes.get(8..)?)?.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A level that begins with `start` and whose numbers are written as `1.`.
    fn level_bytes(start: u32, flags: u8) -> Vec<u8> {
        let mut bytes = vec![0; 28];
        bytes[..4].copy_from_slice(&start.to_le_bytes());
        bytes[5] = flags;
        bytes[26] = 2;
        bytes.extend(2u16.to_le_bytes());
        bytes.extend([0, 0, b'.', 0]);
        bytes
    }

    /// A simple list with the number 7.
    fn list_bytes(start: u32) -> Vec<u8> {
        let mut bytes = 1u16.to_le_bytes().to_vec();
        let mut head = vec![0; 28];
        head[..4].copy_from_slice(&7u32.to_le_bytes());
        head[26] = 1;
        bytes.extend(head);
        bytes.extend(level_bytes(start, 0));
        bytes
    }

    /// An override of list 7; of its first level, if it begins with another number.
    fn override_bytes(start: Option<u32>) -> Vec<u8> {
        let mut bytes = 1u32.to_le_bytes().to_vec();
        let mut head = vec![0; 16];
        head[..4].copy_from_slice(&7u32.to_le_bytes());
        head[12] = u8::from(start.is_some());
        bytes.extend(head);
        bytes.extend(u32::MAX.to_le_bytes());
        if let Some(start) = start {
            bytes.extend(start.to_le_bytes());
            bytes.extend(0x10u32.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn a_level_is_read_to_its_end() {
        let bytes = level_bytes(3, 4 | 8);
        let (found, len) = level(&bytes).expect("a whole level");
        assert_eq!(
            (found.start, &*found.template, len),
            (3, "%1.", bytes.len())
        );
        assert!(found.is_legal);
        assert_eq!(found.restarts_below, Some(2));
        let (plain, _) = level(&level_bytes(1, 0)).expect("a whole level");
        assert!(!plain.is_legal && plain.restarts_below.is_none());
        // Properties of characters and paragraphs are between the head and the template.
        let mut with_properties = bytes.clone();
        (with_properties[24], with_properties[25]) = (2, 3);
        with_properties.splice(28..28, [9; 5]);
        let (same, len) = level(&with_properties).expect("a whole level");
        assert_eq!((same.template, len), (found.template, bytes.len() + 5));
        for end in 0..bytes.len() {
            assert!(level(&bytes[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn numbers_of_levels_are_placeholders() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        assert_eq!(template(units("\0")), "%1");
        assert_eq!(template(units("第\u{8}节")), "第%9节");
        // Half of a surrogate pair is damage.
        assert_eq!(template(vec![0xd800, u16::from(b')')]), ")");
    }

    #[test]
    fn paragraphs_of_a_list_are_counted() {
        let labels = |lists: &[u8], overrides: &[u8]| {
            let lists = Lists::read(lists, 28, overrides);
            let mut numbers = Numbers::default();
            [1, 1, 0, 2].map(|id| lists.next(&mut numbers, id, 0))
        };
        let plain = labels(&list_bytes(3), &override_bytes(None));
        assert_eq!(plain, ["3.", "4.", "", ""]);
        // The number that an override begins with applies once.
        let restarted = labels(&list_bytes(3), &override_bytes(Some(9)));
        assert_eq!(restarted, ["9.", "10.", "", ""]);
    }

    #[test]
    fn an_override_may_contain_a_level() {
        let read = |flags: u32, rest: &[u8]| {
            let mut found = Override {
                list: 7,
                starts: Vec::new(),
            };
            let bytes = [&5u32.to_le_bytes()[..], &flags.to_le_bytes(), rest].concat();
            let len = found.read_level(&bytes);
            (len, found.starts)
        };
        assert_eq!(read(0x02, &[]), (Some(8), Vec::new()));
        assert_eq!(read(0x12, &[]), (Some(8), vec![(2, 5)]));
        let level = level_bytes(1, 0);
        assert_eq!(read(0x20, &level), (Some(8 + level.len()), Vec::new()));
        assert_eq!(read(0x20, &level[1..]).0, None);
    }

    #[test]
    fn damaged_lists_number_nothing_wrongly() {
        let (lists, overrides) = (list_bytes(3), override_bytes(Some(9)));
        let mut numbers = Numbers::default();
        for end in 0..lists.len() {
            let cut = Lists::read(&lists[..end], 28, &overrides);
            assert_eq!(cut.next(&mut numbers, 1, 0), "", "{end}");
        }
        for end in 0..overrides.len() {
            let cut = Lists::read(&lists, 28, &overrides[..end]);
            let label = cut.next(&mut Numbers::default(), 1, 0);
            assert!(matches!(&*label, "" | "3."), "{end}: {label}");
        }
        // A count of 65,535 lists in 28 bytes.
        let mut many = lists.clone();
        many[..2].copy_from_slice(&u16::MAX.to_le_bytes());
        assert_eq!(Lists::read(&many, 28, &override_bytes(None)).lists.len(), 1);
    }
}
