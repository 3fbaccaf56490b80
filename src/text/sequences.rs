//! Counts sequences of units in one text after another: for few sequences and many texts.
//!
//! A text is read into one byte for each unit, its letter among the units of the sequences, and the sequences
//! are searched for in these bytes. Results agree with [`Pattern`](super::pattern::Pattern).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use memchr::memmem;

use super::classes::{self, CLASSES, END, Sink};
use super::units::{Units, is_single_unit};

/// Minimum distance between the positions of two units in different sentences: no gap of a query reaches over
/// it.
const SENTENCE_GAP: u32 = 128;
/// Letter of a unit that occurs in no sequence.
const STRANGE: u8 = 0;
/// Separates two sentences.
const SENTENCE_END: u8 = u8::MAX;
/// Slots of the letter table, indexed by the lowest bits of a character.
const SLOTS: usize = 1 << 10;

/// How sequences are combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Join {
    /// In this order, with that many units between one sequence and the next.
    InOrder(Vec<RangeInclusive<usize>>),
    /// Two sequences in either order, with at most that many units between them.
    Near(usize),
}

/// Sequences to be counted together.
#[derive(Clone, Debug)]
pub struct SequenceCounter {
    sequences: Vec<Sequence>,
    join: Join,
    letters: Letters,
    /// Whether the sequences have more distinct units than there are letters: texts are then read by
    /// [`Units`] alone.
    is_large: bool,
}

#[derive(Clone, Debug)]
struct Sequence {
    units: Vec<String>,
    finder: memmem::Finder<'static>,
}

/// Buffers that are reused from text to text.
#[derive(Clone, Debug, Default)]
pub struct CountBuffers {
    letters: Vec<u8>,
    run: String,
    /// Where sentences begin in `letters`, except the first.
    sentences: Vec<u32>,
    places: Vec<Vec<u32>>,
}

/// The letters of the units of all sequences.
#[derive(Clone, Debug)]
struct Letters {
    /// For the lowest bits of a character that is a unit by itself, the first of the letters that share them.
    slots: Vec<u8>,
    /// Of each letter its character, and the next letter of the same slot.
    chars: Vec<(u32, u8)>,
    runs: BTreeMap<String, u8>,
}

impl SequenceCounter {
    /// Counts `sequences`, each of at least one unit, combined by `join`, which has one gap fewer than there are
    /// sequences.
    pub fn new(sequences: &[Vec<String>], join: Join) -> Self {
        let mut letters = Letters {
            slots: vec![STRANGE; SLOTS],
            chars: vec![(u32::MAX, STRANGE)],
            runs: BTreeMap::new(),
        };
        let units = sequences.iter().flatten();
        let is_large = !units.clone().all(|unit| letters.add(unit));
        let sequence = |units: &Vec<String>| {
            let letters: Vec<u8> = units.iter().map(|unit| letters.of(unit)).collect();
            Sequence {
                units: units.clone(),
                finder: memmem::Finder::new(&letters).into_owned(),
            }
        };
        let sequences = sequences.iter().map(sequence).collect();
        Self {
            sequences,
            join,
            letters,
            is_large,
        }
    }

    /// The number of matches in a text: positions of the first sequence, or pairs of positions for
    /// [`Join::Near`].
    pub fn count(
        &self,
        text: impl Iterator<Item = char> + Clone,
        buffers: &mut CountBuffers,
    ) -> u32 {
        buffers.letters.clear();
        buffers.sentences.clear();
        buffers.places.resize_with(self.sequences.len(), Vec::new);
        let mut run = std::mem::take(&mut buffers.run);
        let mut reader = LetterReader {
            letters: &self.letters,
            out: &mut buffers.letters,
            sentences: &mut buffers.sentences,
        };
        let is_read =
            !self.is_large && classes::read(&CLASSES, text.clone(), &mut run, &mut reader);
        buffers.run = run;
        let is_found = if is_read {
            self.find_letters(buffers)
        } else {
            self.find_units(&Units::new(&text.collect::<String>()), buffers)
        };
        if !is_found {
            return 0;
        }
        match &self.join {
            Join::InOrder(gaps) => {
                // From the last sequence back: a position stays if some position of the next sequence lies in
                // its gap.
                for ord in (0..gaps.len()).rev() {
                    let (head, tail) = buffers.places.split_at_mut(ord + 1);
                    let len = self.sequences[ord].units.len() as u32;
                    keep_followed(&mut head[ord], &tail[0], len, &gaps[ord]);
                }
                buffers.places[0].len() as u32
            }
            Join::Near(distance) => {
                let [left, right] = [0, 1].map(|ord| {
                    (
                        &buffers.places[ord][..],
                        self.sequences[ord].units.len() as u32,
                    )
                });
                near_pairs(left, right, *distance as u32)
            }
        }
    }

    /// Positions of all sequences in the letters; `false` if one does not occur.
    fn find_letters(&self, buffers: &mut CountBuffers) -> bool {
        for (sequence, places) in self.sequences.iter().zip(&mut buffers.places) {
            places.clear();
            let mut from = 0;
            let mut sentence = 0;
            while let Some(at) = sequence.finder.find(&buffers.letters[from..]) {
                // The search resumes one letter further, since occurrences may overlap (人人人 holds 人人 twice).
                let at = from + at;
                from = at + 1;
                while buffers
                    .sentences
                    .get(sentence)
                    .is_some_and(|&start| start as usize <= at)
                {
                    sentence += 1;
                }
                // Each sentence shifts positions by more than a gap can span, so that no later comparison has
                // to look at sentences.
                places.push(at as u32 + SENTENCE_GAP * sentence as u32);
            }
            if places.is_empty() {
                return false;
            }
        }
        true
    }

    fn find_units(&self, units: &Units, buffers: &mut CountBuffers) -> bool {
        let items = units.items();
        for (sequence, places) in self.sequences.iter().zip(&mut buffers.places) {
            places.clear();
            let n = sequence.units.len();
            let stands_at = |at: &usize| {
                items[*at].sentence == items[at + n - 1].sentence
                    && (0..n).all(|i| units.text(at + i) == sequence.units[i])
            };
            let starts = (0..(units.len() + 1).saturating_sub(n)).filter(stands_at);
            // The bytes hold one separator for each sentence, which `Units` does not count: hence one more
            // than SENTENCE_GAP.
            places.extend(starts.map(|at| at as u32 + (SENTENCE_GAP + 1) * items[at].sentence));
            if places.is_empty() {
                return false;
            }
        }
        true
    }
}

impl Letters {
    /// Assigns a letter to a unit; `false` if there are no more.
    fn add(&mut self, unit: &str) -> bool {
        if self.of(unit) != STRANGE {
            return true;
        }
        let letter = match u8::try_from(self.chars.len()) {
            Ok(letter) if letter != SENTENCE_END => letter,
            _ => return false,
        };
        match alone(unit) {
            // Characters that share their lowest bits are chained through `chars`: 1,024 slots fit in the
            // first-level cache, a table of all Han characters does not.
            Some(ch) => {
                let slot = &mut self.slots[ch as usize % SLOTS];
                self.chars.push((ch, *slot));
                *slot = letter;
            }
            None => {
                self.chars.push((u32::MAX, STRANGE));
                self.runs.insert(unit.to_owned(), letter);
            }
        }
        true
    }

    fn of(&self, unit: &str) -> u8 {
        match alone(unit) {
            Some(ch) => self.of_char(ch),
            None => self.runs.get(unit).copied().unwrap_or(STRANGE),
        }
    }

    #[inline]
    fn of_char(&self, ch: u32) -> u8 {
        let mut letter = self.slots[ch as usize % SLOTS];
        while letter != STRANGE {
            let (own, next) = self.chars[usize::from(letter)];
            if own == ch {
                break;
            }
            letter = next;
        }
        letter
    }
}

fn alone(unit: &str) -> Option<u32> {
    let mut chars = unit.chars();
    let first = chars.next().filter(|&ch| is_single_unit(ch))?;
    chars.next().is_none().then_some(first as u32)
}

struct LetterReader<'a> {
    letters: &'a Letters,
    out: &'a mut Vec<u8>,
    sentences: &'a mut Vec<u32>,
}

impl Sink for LetterReader<'_> {
    #[inline]
    fn alone(&mut self, ch: u32) {
        self.out.push(self.letters.of_char(ch));
    }

    fn run(&mut self, run: &str) {
        // A query without letters or digits needs no lookup for the runs of the text.
        let letter = match self.letters.runs.is_empty() {
            true => STRANGE,
            false => self.letters.runs.get(run).copied().unwrap_or(STRANGE),
        };
        self.out.push(letter);
    }

    fn mark(&mut self, class: u32) {
        if class == END {
            self.out.push(SENTENCE_END);
            self.sentences.push(self.out.len() as u32);
        }
    }
}

fn keep_followed(places: &mut Vec<u32>, next: &[u32], len: u32, gap: &RangeInclusive<usize>) {
    let (least, most) = (*gap.start() as u32, *gap.end() as u32);
    let mut first = 0;
    places.retain(|&place| {
        let from = place + len + least;
        // Both lists ascend.
        first += next[first..]
            .iter()
            .take_while(|&&other| other < from)
            .count();
        next.get(first)
            .is_some_and(|&other| other <= place + len + most)
    });
}

fn near_pairs(
    (left, left_len): (&[u32], u32),
    (right, right_len): (&[u32], u32),
    distance: u32,
) -> u32 {
    let within = |places: &[u32], from: u32, to: u32| {
        places.partition_point(|&place| place <= to) - places.partition_point(|&place| place < from)
    };
    let pairs = left.iter().map(|&place| {
        // Pairs do not overlap: `right` begins at the end of `left` or later, or ends at its start or
        // earlier.
        let after = within(right, place + left_len, place + left_len + distance);
        let latest = place.checked_sub(right_len);
        let before = latest.map_or(0, |latest| {
            within(right, latest.saturating_sub(distance), latest)
        });
        after + before
    });
    pairs.sum::<usize>() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pattern::{Pattern, find_near};
    use proptest::prelude::*;

    fn sequence(text: &str) -> Vec<String> {
        Units::new(text).texts().map(str::to_owned).collect()
    }

    fn count(sequences: &[&str], join: Join, text: &str) -> u32 {
        let sequences: Vec<Vec<String>> = sequences.iter().map(|text| sequence(text)).collect();
        let sequences = SequenceCounter::new(&sequences, join);
        let mut buffers = CountBuffers::default();
        sequences.count("前一篇！".chars(), &mut buffers);
        sequences.count(text.chars(), &mut buffers)
    }

    #[test]
    fn occurrences_are_counted_in_each_sentence() {
        let plain = |sequences: &[&str], text| count(sequences, Join::InOrder(Vec::new()), text);
        assert_eq!(plain(&["水渠"], "修水、渠。水。渠，水渠"), 2);
        assert_eq!(plain(&["人人"], "人人人"), 2);
        assert_eq!(plain(&["5g网"], "5G网与５Ｇ网，5gg网"), 2);
        assert_eq!(plain(&["经济"], "經\u{200b}濟"), 1);
        let gap = |text| count(&["修", "渠"], Join::InOrder(vec![1..=2]), text);
        assert_eq!(gap("修水渠，修渠。修一二渠，修一二三渠"), 2);
        assert_eq!(count(&["甲", "乙"], Join::Near(1), "乙甲一乙，甲。乙"), 3);
    }

    #[test]
    fn more_units_than_letters() {
        let text: String = ('\u{4e00}'..).take(300).collect();
        assert_eq!(count(&[&text], Join::InOrder(Vec::new()), &text), 1);
    }

    proptest! {
        #[test]
        fn counts_agree_with_the_definition(
            text in "([修渠道水3,.%，。；a ５Ｇ①ー瞭解了覆蓋二○OoＯ〇⺠民]|( [修渠道水3]){8,12}|\\PC){0,40}",
            sequences in proptest::collection::vec("[修渠道水3a了二民]{1,2}", 1..4),
            gaps in proptest::collection::vec((0_usize..3, 0_usize..4), 3),
            distance in 0_usize..4,
        ) {
            let texts: Vec<&str> = sequences.iter().map(String::as_str).collect();
            let sequences: Vec<Vec<String>> = texts.iter().map(|text| sequence(text)).collect();
            let gaps: Vec<_> = gaps[1..sequences.len()].iter().map(|&(from, more)| from..=from + more).collect();
            let pattern = Pattern { rows: sequences.clone(), gaps: gaps.clone() };
            let units = Units::new(&text);
            prop_assert_eq!(count(&texts, Join::InOrder(gaps), &text) as usize, pattern.find(&units).len());
            if let [left, right, ..] = &sequences[..] {
                let expected = find_near(&units, left, right, distance).len();
                prop_assert_eq!(count(&texts[..2], Join::Near(distance), &text) as usize, expected);
            }
        }
    }
}
