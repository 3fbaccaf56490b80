//! Finds many sequences of units at once: an Aho–Corasick automaton over units instead of bytes.
//!
//! Aho and Corasick, Efficient string matching (CACM 18/6, 1975), with units as letters: a text is read unit
//! by unit as [`Units`] reads it; a unit that occurs in no sequence leads back to the root, and so does a
//! sentence end. Nearly all texts are read by a table, see `classes`.

use std::collections::BTreeMap;

use super::classes::{
    self, ALONE, BLANK, CLASSES, CLAUSE, CLOSE, COMMA, END, LIST, OPEN, Sink, class, class_of,
    pack, value,
};
use super::normalize::fold;
use super::units::Units;

/// Number of a sequence, in the order in which the sequences were added.
pub type SequenceId = u32;

/// An occurrence of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Ordinal of the sequence's first unit in the text.
    pub start: u32,
    /// Ordinal of the unit after its last one.
    pub end: u32,
    /// The sequence.
    pub row: SequenceId,
}

/// The result of reading one text; reused for the next text so that nothing is reallocated.
#[derive(Clone, Debug, Default)]
pub struct ScanResult {
    /// Every occurrence of every sequence, ordered by its end, longer sequences first.
    pub places: Vec<Occurrence>,
    /// Ordinals of the units that clauses begin with, ascending, except the first clause; `，；：` and sentence
    /// ends separate clauses.
    pub clauses: Vec<u32>,
    /// Blanks, list marks, brackets and quotation marks, each with the ordinal of the unit after it, ascending.
    pub(super) marks: Vec<(u32, u32)>,
    /// The number of its units.
    pub n_units: u32,
    run: String,
}

impl ScanResult {
    /// The clause that contains a unit, from 0.
    pub fn clause(&self, unit: u32) -> usize {
        self.clauses.partition_point(|&start| start <= unit)
    }

    fn clear(&mut self) {
        self.places.clear();
        self.clauses.clear();
        self.marks.clear();
        self.n_units = 0;
        self.run.clear();
    }
}

/// The automaton.
#[derive(Clone, Debug)]
pub struct Automaton {
    /// For each character of the Basic Multilingual Plane its class and, if it is a unit, its letter.
    table: Vec<u32>,
    /// Letters of units beyond the table.
    runs: BTreeMap<String, u32>,
    /// The state after a letter from the root.
    root: Vec<u32>,
    edges: Edges,
    states: Vec<State>,
    /// Sequence and its number of units.
    ends: Vec<(SequenceId, u32)>,
}

/// A node of the tree.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// A bit for the last six bits of each letter that leads on: most letters lead nowhere and are rejected
    /// here. Empty at the root, which has a table of its own.
    letters: u64,
    /// A letter that leads on, and its target: most states have no other.
    edge: (u32, u32),
    /// The state of the longest proper suffix that is a node too.
    fail: u32,
    /// Range in `ends` of the sequences that end here.
    ends: (u32, u32),
}

/// Letter of a unit that occurs in no sequence.
const STRANGE: u32 = 0;
const ROOT: u32 = 0;

impl Automaton {
    /// The automaton of the sequences. A sequence may occur more than once; an empty one is never found.
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut letters: BTreeMap<String, u32> = BTreeMap::new();
        let mut trie = Trie::default();
        for (id, row) in (0..).zip(rows) {
            let mut letter = |unit: &String| {
                let next = letters.len() as u32 + 1;
                *letters.entry(unit.clone()).or_insert(next)
            };
            let row: Vec<u32> = row.iter().map(&mut letter).collect();
            trie.add(&row, id);
        }
        // The shared table classifies characters; this copy replaces the character of each unit by its
        // letter, so that the scan needs one lookup instead of two.
        let mut table = CLASSES.clone();
        let mut runs = BTreeMap::new();
        for (unit, letter) in &letters {
            runs.insert(unit.clone(), *letter);
        }
        for entry in &mut table {
            if class(*entry) == ALONE
                && let Some(ch) = char::from_u32(value(*entry))
            {
                let letter = letters.get(ch.encode_utf8(&mut [0; 4]) as &str);
                *entry = pack(ALONE, letter.copied().unwrap_or(STRANGE));
            }
        }
        trie.finish(table, runs, letters.len())
    }

    /// Reads a text and finds every occurrence of every sequence in it.
    pub fn read(&self, text: impl Iterator<Item = char> + Clone, reading: &mut ScanResult) {
        reading.clear();
        // The buffer is moved out because `walk` borrows `reading` mutably.
        let mut run = std::mem::take(&mut reading.run);
        let mut walk = TextScan {
            automaton: self,
            reading,
            state: ROOT,
            ends_clause: false,
        };
        if !classes::read(&self.table, text.clone(), &mut run, &mut walk) {
            // A text with a character that the table cannot fold alone is read from its start: units may
            // differ on both sides of that character.
            walk.read_slowly(&text.collect::<String>());
        }
        reading.run = run;
    }

    fn letter(&self, unit: &str) -> u32 {
        self.runs.get(unit).copied().unwrap_or(STRANGE)
    }

    #[inline(always)]
    fn next(&self, mut state: u32, letter: u32) -> u32 {
        // No check for the root or for an unknown letter: a branch that depends on the text costs more than
        // it saves.
        loop {
            let at = &self.states[state as usize];
            if at.letters >> (letter % 64) & 1 == 1 {
                if at.edge.0 == letter {
                    return at.edge.1;
                }
                if let Some(next) = self.edges.get(state, letter) {
                    return next;
                }
            }
            if at.fail == ROOT {
                // The walk ends at the root at the latest, whose table has a target for every letter;
                // over a whole text, fail links are followed at most once for each unit.
                return self.root[letter as usize];
            }
            state = at.fail;
        }
    }
}

/// The reading of one text.
struct TextScan<'a> {
    automaton: &'a Automaton,
    reading: &'a mut ScanResult,
    state: u32,
    /// Whether a clause ended after the last unit.
    ends_clause: bool,
}

impl Sink for TextScan<'_> {
    #[inline]
    fn alone(&mut self, letter: u32) {
        self.step(letter);
    }

    fn run(&mut self, run: &str) {
        self.step(self.automaton.letter(run));
    }

    fn mark(&mut self, class: u32) {
        if class == END {
            // No match crosses a sentence end, so the automaton starts over; clauses go on being counted.
            self.state = ROOT;
        }
        self.ends_clause |= matches!(class, END | COMMA | CLAUSE);
        self.read_mark(class);
    }
}

impl TextScan<'_> {
    #[inline(always)]
    fn step(&mut self, letter: u32) {
        if self.ends_clause {
            self.ends_clause = false;
            // A mark before the first unit separates nothing.
            if self.reading.n_units > 0 {
                self.reading.clauses.push(self.reading.n_units);
            }
        }
        self.reading.n_units += 1;
        let automaton = self.automaton;
        self.state = automaton.next(self.state, letter);
        let (from, to) = automaton.states[self.state as usize].ends;
        if from == to {
            return;
        }
        let end = self.reading.n_units;
        let ends = &automaton.ends[from as usize..to as usize];
        let places = ends.iter().map(|&(row, len)| Occurrence {
            start: end - len,
            end,
            row,
        });
        self.reading.places.extend(places);
    }

    fn read_mark(&mut self, class: u32) {
        if matches!(class, BLANK | LIST | OPEN | CLOSE) {
            self.reading.marks.push((self.reading.n_units, class));
        }
    }

    /// Reads the text again with [`Units`].
    fn read_slowly(&mut self, text: &str) {
        self.reading.clear();
        (self.state, self.ends_clause) = (ROOT, false);
        let units = Units::new(text);
        let mut marks: Vec<(u32, u32)> = Vec::new();
        // `Units` drops the marks; they are folded a second time for them alone.
        fold(text, |folded| {
            let class = class_of(folded.ch);
            if matches!(class, END | COMMA | CLAUSE | BLANK | LIST | OPEN | CLOSE) {
                marks.push((folded.start, class));
            }
        });
        let mut marks = marks.into_iter().peekable();
        let (mut sentence, mut end) = (0, 0);
        for (ord, unit) in units.items().iter().enumerate() {
            // Marks inside a unit (`1,200`) separate nothing.
            while let Some((at, class)) = marks.next_if(|&(at, _)| at < unit.start) {
                self.ends_clause |= at >= end && matches!(class, END | COMMA | CLAUSE);
                if at >= end {
                    self.read_mark(class);
                }
            }
            // The same rule as `mark` for END: no match crosses a sentence end.
            if unit.sentence != sentence {
                (sentence, self.state) = (unit.sentence, ROOT);
            }
            end = unit.end;
            self.step(self.automaton.letter(units.text(ord)));
        }
    }
}

/// The sequences as a trie, before the fail links are known.
struct Trie {
    children: Vec<BTreeMap<u32, u32>>,
    ends: Vec<Vec<(SequenceId, u32)>>,
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            children: vec![BTreeMap::new()],
            ends: vec![Vec::new()],
        }
    }
}

impl Trie {
    fn add(&mut self, row: &[u32], id: SequenceId) {
        if row.is_empty() {
            return;
        }
        let mut state = ROOT as usize;
        for &letter in row {
            let new = self.children.len() as u32;
            let next = *self.children[state].entry(letter).or_insert(new);
            if next == new {
                self.children.push(BTreeMap::new());
                self.ends.push(Vec::new());
            }
            state = next as usize;
        }
        self.ends[state].push((id, row.len() as u32));
    }

    fn finish(
        mut self,
        table: Vec<u32>,
        runs: BTreeMap<String, u32>,
        n_letters: usize,
    ) -> Automaton {
        let n_states = self.children.len();
        let mut root = vec![ROOT; n_letters + 1];
        let mut edges = Edges::new(n_states);
        let mut states = vec![State::default(); n_states];
        let mut queue: Vec<u32> = Vec::with_capacity(n_states);
        for (&letter, &next) in &self.children[ROOT as usize] {
            root[letter as usize] = next;
            queue.push(next);
        }
        let mut at = 0;
        // Breadth first: a fail link leads to a shallower state, whose own link is known by then.
        while let Some(&state) = queue.get(at) {
            at += 1;
            for (&letter, &next) in &self.children[state as usize] {
                edges.insert(state, letter, next);
                states[state as usize].letters |= 1 << (letter % 64);
                // With several edges the last one wins; the others are found in the hash table.
                states[state as usize].edge = (letter, next);
                let mut back = states[state as usize].fail;
                let to = loop {
                    if back == ROOT {
                        break root[letter as usize];
                    }
                    if let Some(to) = edges.get(back, letter) {
                        break to;
                    }
                    back = states[back as usize].fail;
                };
                states[next as usize].fail = to;
                queue.push(next);
            }
            // The occurrences that end here include those of the fail state, appended after the longer ones,
            // which keeps `places` ordered by length within an end.
            let shorter = self.ends[states[state as usize].fail as usize].clone();
            self.ends[state as usize].extend(shorter);
        }
        // The root is looked up in its table, which accepts every letter.
        states[ROOT as usize].letters = 0;
        let mut from = 0;
        for (state, ends) in states.iter_mut().zip(&self.ends) {
            let to = from + ends.len() as u32;
            state.ends = (from, to);
            from = to;
        }
        Automaton {
            table,
            runs,
            root,
            edges,
            states,
            ends: self.ends.concat(),
        }
    }
}

/// The edges of the trie below the root: a hash table with linear probing, at most half full.
#[derive(Clone, Debug)]
struct Edges {
    slots: Vec<(u64, u32)>,
    shift: u32,
}

/// No state has this number.
const EMPTY: u64 = u64::MAX;

impl Edges {
    fn new(n: usize) -> Self {
        // Twice the number of entries, rounded up to a power of two: probes stay short and the slot is a
        // shift, without a division.
        let size = (2 * n).next_power_of_two().max(16);
        Self {
            slots: vec![(EMPTY, 0); size],
            shift: 64 - size.trailing_zeros(),
        }
    }

    fn insert(&mut self, state: u32, letter: u32, next: u32) {
        let key = key(state, letter);
        let mut at = self.slot(key);
        while self.slots[at].0 != EMPTY {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = (key, next);
    }

    // Kept out of line, so that the inlined step stays small: most steps end at the bit mask or the single edge.
    #[inline(never)]
    fn get(&self, state: u32, letter: u32) -> Option<u32> {
        let key = key(state, letter);
        let mut at = self.slot(key);
        loop {
            let (found, next) = self.slots[at];
            if found == key {
                return Some(next);
            }
            if found == EMPTY {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4.
    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }
}

fn key(state: u32, letter: u32) -> u64 {
    u64::from(state) << 32 | u64::from(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(text: &str) -> Vec<String> {
        Units::new(text).texts().map(str::to_owned).collect()
    }

    /// The occurrences of the phrases according to `Units`, the definition.
    fn by_units(phrases: &[&str], text: &str) -> Vec<Occurrence> {
        let units = Units::new(text);
        let mut out: Vec<Occurrence> = (0..)
            .zip(phrases)
            .flat_map(|(row, phrase)| {
                let places = units.find(&Units::new(phrase)).into_iter();
                places.map(move |place| Occurrence {
                    start: place.start as u32,
                    end: place.end as u32,
                    row,
                })
            })
            .collect();
        out.sort();
        out
    }

    fn by_automaton(phrases: &[&str], text: &str) -> (Vec<Occurrence>, Vec<u32>) {
        let rows: Vec<Vec<String>> = phrases.iter().map(|phrase| row(phrase)).collect();
        let automaton = Automaton::new(rows.iter().map(Vec::as_slice));
        let mut reading = ScanResult::default();
        automaton.read("前一篇。".chars(), &mut reading);
        automaton.read(text.chars(), &mut reading);
        reading.places.sort();
        let clauses = (0..reading.n_units).map(|unit| reading.clause(unit) as u32);
        let clauses = clauses.collect();
        (reading.places, clauses)
    }

    #[track_caller]
    fn check(phrases: &[&str], text: &str) {
        assert_eq!(by_automaton(phrases, text).0, by_units(phrases, text));
    }

    #[test]
    fn finds_every_sequence_where_units_does() {
        check(
            &["修渠", "渠", "水渠", "渠道整修", "道整"],
            "水渠、修渠，渠道整修。渠道。整修",
        );
        check(
            &["5g", "1,234.5", "26%", "3"],
            "５Ｇ与1，234.5万、26%，3.。3",
        );
        check(
            &["发展经济", "m2", "1"],
            "發展經濟㎡①\u{200b}发\u{200b}展经济",
        );
        check(&["人人", "人人人", "人"], "人人人人");
    }

    #[test]
    fn clauses_end_at_marks() {
        let clauses = |text| by_automaton(&["无"], text).1;
        assert_eq!(clauses("甲，乙、丙；丁：戊。己"), [0, 1, 1, 2, 3, 4]);
        assert_eq!(clauses("1,234甲1,乙"), [0, 0, 0, 1]);
        assert_eq!(clauses("1,234甲1,乙㎡，丙"), [0, 0, 0, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn agrees_with_units_on_any_text(
            text in "([修渠道水3,.%，。；a ５Ｇ①ー瞭解了覆蓋二○OoＯ〇⺠民]|瞭解|二O二年|( [修渠道水3]){8,12}|ア\u{3099}|㎡|\\PC){0,40}",
            phrases in proptest::collection::vec("[修渠道水3a了解二〇民]{1,3}", 1..6),
        ) {
            let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();
            let (places, clauses) = by_automaton(&phrases, &text);
            prop_assert_eq!(places, by_units(&phrases, &text));
            prop_assert_eq!(clauses.len(), Units::new(&text).len());
        }

        #[test]
        fn clauses_are_the_same_on_both_paths(text in "[修渠3,.%，。；a５：\n]{0,30}") {
            // A zero-width space at the end forces the slow path.
            let slow = format!("{text}\u{200b}");
            prop_assert_eq!(by_automaton(&["修"], &text), by_automaton(&["修"], &slow));
        }
    }
}
