//! The lists of one zone of a segment: dictionary and lengths.

use std::ops::Range;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::format::{NUMBERS, RUN, WHOLE, WORD, alone};
use super::postings::{Postings, n_passages};
use crate::index::checked::CheckedFile;
use crate::index::zone::{Holders, Zone};

/// Where the tables of a zone begin, see [`super`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    zone: Zone,
    n_firsts: usize,
    n_texts: usize,
    n_runs: usize,
    firsts: usize,
    first_keys: usize,
    first_lists: usize,
    seconds: usize,
    lists: usize,
    holders: usize,
    lengths: usize,
    run_ends: usize,
    runs: usize,
}

impl Layout {
    /// Of where the first units begin, and the numbers of first units, keys, texts and runs.
    pub(super) fn new(zone: Zone, numbers: [u64; NUMBERS]) -> Self {
        // What a damaged number leads to is beyond the file, and refused there.
        let [firsts, n_firsts, n_keys, n_texts, n_runs] = numbers.map(|number| {
            usize::try_from(number)
                .unwrap_or(usize::MAX)
                // So that no sum of the places below wraps round and is inside the file again.
                .min(usize::MAX / 64)
        });
        let first_keys = firsts + 4 * n_firsts;
        let first_lists = first_keys + 4 * (n_firsts + 1);
        let seconds = first_lists + 8 * (n_firsts + 1);
        let lists = seconds + 4 * n_keys;
        let holders = lists + 4 * n_keys;
        let lengths = match Holders::of(zone) {
            Holders::All => holders,
            Holders::Listed => holders + 4 * n_texts,
        };
        let run_ends = lengths + n_texts;
        Self {
            zone,
            n_firsts,
            n_texts,
            n_runs,
            firsts,
            first_keys,
            first_lists,
            seconds,
            lists,
            holders,
            lengths,
            run_ends,
            runs: run_ends + 4 * n_runs,
        }
    }
}

/// The lists of one zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairZone<'a> {
    file: &'a CheckedFile,
    layout: &'a Layout,
}

/// The position of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// Passages in it, deleted ones too.
    pub(crate) n_passages: u32,
    /// Whether it is that of a pair that is a word of the dictionary.
    pub(crate) is_word: bool,
    bytes: Range<usize>,
}

/// What a list is the list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key<'a> {
    /// A unit.
    pub(crate) first: &'a str,
    /// The second unit; `None` for a single unit.
    pub(crate) second: Option<&'a str>,
}

impl<'a> PairZone<'a> {
    pub(super) fn new(file: &'a CheckedFile, layout: &'a Layout) -> Self {
        Self { file, layout }
    }

    /// The list of a unit, or of two units side by side; `None` if no passage holds that.
    ///
    /// # Errors
    /// If what was read is not as it was written.
    pub(crate) fn list(&self, first: &str, second: Option<&str>) -> tantivy::Result<Option<List>> {
        let Some(first) = self.code(first)? else {
            return Ok(None);
        };
        // A code of this segment; the same run has another in the next.
        let second = match second {
            None => WHOLE,
            Some(second) => match self.code(second)? {
                Some(second) => second,
                None => return Ok(None),
            },
        };
        let layout = self.layout;
        let Ok(ord) = self.find(layout.firsts, 0..layout.n_firsts, first)? else {
            return Ok(None);
        };
        match self.find(layout.seconds, self.keys(ord)?, second)? {
            Ok(key) => self.list_at(ord, key).map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Reads a list.
    ///
    /// # Errors
    /// If it is not as it was written.
    pub(crate) fn postings(&self, list: &List) -> tantivy::Result<Postings> {
        Ok(Postings::new(self.file.owned(list.bytes.clone())?))
    }

    /// The number of units of a text as its norm, see [`FieldNormReader`]; 0 if the record has none.
    ///
    /// # Errors
    /// If it is not as it was written.
    pub(crate) fn length(&self, doc: DocId) -> tantivy::Result<u8> {
        let layout = self.layout;
        let holder = |ord: usize| self.file.u32_at(layout.holders + 4 * ord);
        let ord = Holders::of(layout.zone).ordinal(doc, layout.n_texts, holder)?;
        match ord {
            Some(ord) => Ok(self
                .file
                .get(layout.lengths + ord..layout.lengths + ord + 1)?[0]),
            None => Ok(0),
        }
    }

    /// The holders of texts with the norms of their lengths, ascending.
    ///
    /// # Errors
    /// If they are not as they were written.
    pub(crate) fn lengths(&self) -> tantivy::Result<impl Iterator<Item = (DocId, u8)> + 'a> {
        let layout = self.layout;
        let lengths = self.file.get(layout.lengths..layout.run_ends)?;
        let holders = match Holders::of(layout.zone) {
            Holders::All => None,
            Holders::Listed => Some(self.file.get(layout.holders..layout.lengths)?.as_chunks().0),
        };
        Ok(lengths.iter().enumerate().map(move |(ord, &length)| {
            let doc = match holders {
                Some(holders) => u32::from_le_bytes(holders[ord]),
                None => ord as DocId,
            };
            (doc, length)
        }))
    }

    /// The norms of the lengths of all records by their number, of a zone that all have a text in; empty for any other.
    pub(crate) fn all_lengths(&self) -> tantivy::Result<tantivy::directory::OwnedBytes> {
        match Holders::of(self.layout.zone) {
            Holders::All => self.file.owned(self.layout.lengths..self.layout.run_ends),
            Holders::Listed => self.file.owned(0..0),
        }
    }

    /// Calls `visit` with each key and its list, in order.
    ///
    /// # Errors
    /// If what was read is not as it was written, or what `visit` says.
    pub(crate) fn each(
        &self,
        mut visit: impl FnMut(Key, List) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let mut names = (String::new(), String::new());
        for first in 0..self.layout.n_firsts {
            self.name(self.first(first)?, &mut names.0)?;
            for key in self.keys(first)? {
                let list = self.list_at(first, key)?;
                let code = self.second(key)? & !WORD;
                self.name(code, &mut names.1)?;
                let (first, second) = (&*names.0, (code != WHOLE).then_some(&*names.1));
                visit(Key { first, second }, list)?;
            }
        }
        Ok(())
    }

    /// The code of a unit in this segment.
    fn code(&self, unit: &str) -> tantivy::Result<Option<u32>> {
        if let Some(ch) = alone(unit) {
            return Ok(Some(ch));
        }
        let (mut from, mut to) = (0, self.layout.n_runs);
        while from < to {
            let middle = from.midpoint(to);
            match self.run(middle)?.cmp(unit.as_bytes()) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Some(RUN + middle as u32)),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        Ok(None)
    }

    /// The unit of a code.
    fn name(&self, code: u32, out: &mut String) -> tantivy::Result<()> {
        out.clear();
        match code.checked_sub(RUN) {
            None => out.extend(char::from_u32(code)),
            Some(run) => out.push_str(
                std::str::from_utf8(self.run(run as usize)?).map_err(|_| self.file.damaged())?,
            ),
        }
        Ok(())
    }

    pub(super) fn n_runs(&self) -> usize {
        self.layout.n_runs
    }

    pub(super) fn run(&self, ord: usize) -> tantivy::Result<&'a [u8]> {
        let end = |ord: usize| self.file.u32_at(self.layout.run_ends + 4 * ord);
        let from = match ord.checked_sub(1) {
            Some(before) => end(before)?,
            None => 0,
        };
        let runs = self.layout.runs;
        self.file
            .get(runs + from as usize..runs + end(ord)? as usize)
    }

    pub(super) fn n_firsts(&self) -> usize {
        self.layout.n_firsts
    }

    pub(super) fn first(&self, ord: usize) -> tantivy::Result<u32> {
        self.file.u32_at(self.layout.firsts + 4 * ord)
    }

    pub(super) fn second(&self, key: usize) -> tantivy::Result<u32> {
        self.file.u32_at(self.layout.seconds + 4 * key)
    }

    /// The keys that begin with the first unit `ord`.
    pub(super) fn keys(&self, ord: usize) -> tantivy::Result<Range<usize>> {
        let key = |ord: usize| self.file.u32_at(self.layout.first_keys + 4 * ord);
        Ok(key(ord)? as usize..key(ord + 1)? as usize)
    }

    pub(super) fn list_at(&self, first: usize, key: usize) -> tantivy::Result<List> {
        let layout = self.layout;
        let base = |first: usize| self.file.u64_at(layout.first_lists + 8 * first);
        let at = |key: usize| self.file.u32_at(layout.lists + 4 * key);
        let from = base(first)? + u64::from(at(key)?);
        let to = match key + 1 == self.keys(first)?.end {
            true => base(first + 1)?,
            false => base(first)? + u64::from(at(key + 1)?),
        };
        let bytes = from as usize..to as usize;
        let n_passages = n_passages(self.file.get(bytes.clone())?);
        Ok(List {
            n_passages,
            is_word: self.second(key)? & WORD != 0,
            bytes,
        })
    }

    /// The position of `wanted` in a table of ascending numbers, or where it would be inserted.
    fn find(
        &self,
        table: usize,
        range: Range<usize>,
        wanted: u32,
    ) -> tantivy::Result<Result<usize, usize>> {
        let start = range.start;
        let bytes = table + 4 * start..table + 4 * range.end.max(start);
        let (numbers, _) = self.file.get(bytes)?.as_chunks();
        let place = numbers.binary_search_by_key(&wanted, |&n| u32::from_le_bytes(n) & !WORD);
        Ok(match place {
            Ok(at) => Ok(start + at),
            Err(at) => Err(start + at),
        })
    }
}

/// The norm of a number of units: a byte, exact up to 40 and in steps of an eighth beyond, as the engine has it.
pub(super) fn norm(n_units: u32) -> u8 {
    FieldNormReader::fieldnorm_to_id(n_units)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_are_exact_up_to_forty() {
        for n in 0..=40 {
            assert_eq!(FieldNormReader::id_to_fieldnorm(norm(n)), n);
        }
    }

    proptest! {
        #[test]
        fn longer_lengths_are_an_eighth_short_at_most(n in 41_u32..2_000_000) {
            let kept = FieldNormReader::id_to_fieldnorm(norm(n));
            prop_assert!(kept <= n && n - kept <= n / 8 + 1, "{n} as {kept}");
            prop_assert!(norm(n) <= norm(n + 1));
        }

        #[test]
        fn no_damaged_number_overflows(numbers in prop::array::uniform5(prop_oneof![any::<u64>(), 0_u64..9])) {
            for zone in Zone::ALL {
                let layout = Layout::new(zone, numbers);
                let tables = [
                    layout.firsts, layout.first_keys, layout.first_lists, layout.seconds, layout.lists,
                    layout.holders, layout.lengths, layout.run_ends, layout.runs,
                ];
                prop_assert!(tables.is_sorted());
            }
        }
    }

    #[test]
    fn tables_lie_one_behind_the_other() {
        let numbers = [1000, 3, 7, 5, 2];
        let all = Layout::new(Zone::Body, numbers);
        let tables = |layout: &Layout| {
            [
                layout.firsts,
                layout.first_keys,
                layout.first_lists,
                layout.seconds,
                layout.lists,
                layout.holders,
                layout.lengths,
                layout.run_ends,
                layout.runs,
            ]
        };
        // 3 first units, 4 first keys, 4 places of 64 bits, 7 keys twice, no holders, 5 lengths, 2 ends of runs.
        let expected = [1000, 1012, 1028, 1060, 1088, 1116, 1116, 1121, 1129];
        assert_eq!(tables(&all), expected);
        let listed = Layout::new(Zone::Title, numbers);
        let expected = [1000, 1012, 1028, 1060, 1088, 1116, 1136, 1141, 1149];
        assert_eq!(tables(&listed), expected);
    }
}
