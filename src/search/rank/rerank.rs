//! Second stage: the best few hundred passages, judged again by their text.
//!
//! Retrieval goes by words and pairs of units. The text then gives three more kinds of evidence: which single units of the query
//! it holds (BM25 over units), how much of the query it covers, and how long a run of units it shares with it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::candidate::{Candidate, Holds};
use crate::index::Zone;
use crate::query::{IndexTerm, Leaf, Node, Ranking, SENTENCE, Statistics};
use crate::search::{Result, Searcher};
use crate::text::classes::{self, CLASSES, Sink};
use crate::text::units::{Unit, Units};

/// Parameters of BM25, as the engine has them (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework).
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Queries of more units than this are not expected to be covered: the weight of coverage falls with their length.
const COVERABLE: f32 = 40.0;
/// How much coverage counts for a sentence, against its weight for a short query: many of its words are in many passages, and few
/// passages hold most of them. At 3, nDCG@10 of long queries rises by .011 on classical-zh and .001 on stard, and falls nowhere;
/// at 4 stard falls.
const SENTENCE_COVERAGE: f32 = 3.0;

/// The units of a query.
struct QueryProfile {
    /// Each distinct unit's ordinal.
    ords: BTreeMap<String, usize>,
    /// What their first characters look like: nearly all units of a text that are not in the query are excluded by it.
    marks: Marks,
    /// Weight of each distinct unit: its inverse document frequency.
    idf: Vec<f32>,
    /// How often it occurs in the query.
    repeats: Vec<f32>,
    /// All texts of the query as rows of ordinals.
    rows: Vec<Vec<usize>>,
    /// Units of the whole query.
    len: usize,
    /// Units of an average passage.
    average: f32,
}

/// What a passage's text has of a query.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::search) struct Evidence {
    /// BM25 over single units.
    pub(in crate::search) units: f32,
    /// Share of the query's weight that the passage holds, 0 to 1.
    pub(in crate::search) coverage: f32,
    /// Share of the query's units that are in the longest run which both have, 0 to 1.
    pub(in crate::search) run: f32,
    pub(in crate::search) holds: Holds,
}

/// Raises the scores of candidates so that those that hold more of the query are above those that hold less.
pub(in crate::search) fn lift(candidates: &mut [Candidate]) {
    for level in [Holds::Words, Holds::Written] {
        let (mut best_below, mut last) = (f32::MIN, f32::MAX);
        for candidate in &*candidates {
            match candidate.holds.cmp(&level) {
                Ordering::Less => best_below = best_below.max(candidate.score),
                Ordering::Equal => last = last.min(candidate.score),
                Ordering::Greater => {}
            }
        }
        if last > best_below {
            continue;
        }
        for candidate in candidates
            .iter_mut()
            .filter(|candidate| candidate.holds == level)
        {
            // What rounding makes equal is above all the same.
            let lifted = candidate.score + (best_below - last);
            candidate.score = lifted.max(best_below.next_up());
        }
    }
}

/// Whether the text of a passage gives evidence: not where every part must be there to the letter.
pub(in crate::search) fn reads_texts(node: &Node, ranking: &Ranking) -> bool {
    let Ranking {
        units,
        coverage,
        run,
        ..
    } = ranking;
    units + coverage + run != 0.0 && node.has_bare_words()
}

impl Searcher<'_> {
    /// Raises each score by what the passage's text gives, each by itself; none falls.
    pub(in crate::search) fn second_stage(
        &self,
        node: &Node,
        candidates: &mut [Candidate],
    ) -> Result<()> {
        if candidates.is_empty() || !reads_texts(node, &self.ranking) {
            return Ok(());
        }
        let profile = QueryProfile::new(node, &self.statistics).map_err(self.engine())?;
        for candidate in &mut *candidates {
            let found = self.with_text(candidate.address, |text| profile.evidence(text.chars()))?;
            candidate.score = profile.score(candidate.score, found, &self.ranking);
            candidate.holds = found.holds;
        }
        Ok(())
    }

    /// Asks the statistics for all numbers that the second stage needs.
    pub(in crate::search) fn ask_numbers_of_texts(&self, node: &Node) -> Result<()> {
        let profile = QueryProfile::new(node, &self.statistics);
        profile.map(drop).map_err(self.engine())
    }

    /// What the second stage finds in one text.
    pub(in crate::search) fn evidence(&self, node: &Node, text: &str) -> Result<Evidence> {
        let profile = QueryProfile::new(node, &self.statistics).map_err(self.engine())?;
        Ok(profile.evidence(text.chars()))
    }
}

impl QueryProfile {
    fn new(node: &Node, statistics: &Statistics) -> tantivy::Result<Self> {
        let n_passages = statistics.passages()? as f32;
        let mut profile = Self {
            ords: BTreeMap::new(),
            marks: Marks::default(),
            idf: Vec::new(),
            repeats: Vec::new(),
            rows: Vec::new(),
            len: 0,
            average: statistics.mean_units()?,
        };
        for row in node.leaves().into_iter().flat_map(rows) {
            profile.add(row);
        }
        for (unit, &ord) in &profile.ords {
            let term = IndexTerm::of_units(Zone::Body, &[unit]);
            let frequency = term.map_or(Ok(0), |term| statistics.frequency(&term))? as f32;
            let others = (n_passages - frequency).max(0.0);
            profile.idf[ord] = (1.0 + (others + 0.5) / (frequency + 0.5)).ln();
        }
        Ok(profile)
    }

    fn add(&mut self, row: Vec<String>) {
        self.len += row.len();
        let mut ords = Vec::with_capacity(row.len());
        for unit in row {
            let next = self.idf.len();
            self.marks.add(&unit);
            let ord = *self.ords.entry(unit).or_insert(next);
            if ord == next {
                self.idf.push(0.0);
                self.repeats.push(0.0);
            }
            self.repeats[ord] += 1.0;
            ords.push(ord);
        }
        self.rows.push(ords);
    }

    /// The ordinal of a unit, if it is one of the query's.
    fn ord(&self, unit: &str) -> Option<usize> {
        self.ords.get(unit).copied()
    }

    /// The units of a text.
    fn read(&self, text: impl Iterator<Item = char> + Clone) -> Vec<TextUnit> {
        let mut reader = Reader {
            profile: self,
            units: Vec::new(),
            joint: Joint::SentenceEnd,
        };
        match classes::read(&CLASSES, text.clone(), &mut String::new(), &mut reader) {
            true => reader.units,
            false => self.read_slowly(&text.collect::<String>()),
        }
    }

    /// [`QueryProfile::read`] of any text, by the definition of its units.
    fn read_slowly(&self, text: &str) -> Vec<TextUnit> {
        let units = Units::new(text);
        let ords = units.texts().map(|unit| self.ord(unit));
        ords.zip(joints(units.items())).collect()
    }

    /// The first stage's score with the text's evidence: nothing that it lacks lowers it.
    fn score(&self, first: f32, found: Evidence, ranking: &Ranking) -> f32 {
        let weight = match self.len > SENTENCE {
            true => ranking.coverage * SENTENCE_COVERAGE,
            false => ranking.coverage,
        };
        let coverage = weight * (COVERABLE / self.len as f32).min(1.0);
        (first + ranking.units * found.units)
            * (1.0 + coverage * found.coverage)
            * (1.0 + ranking.run * found.run)
    }

    fn evidence(&self, text: impl Iterator<Item = char> + Clone) -> Evidence {
        let text = self.read(text);
        let mut counts = vec![0.0_f32; self.idf.len()];
        for ord in text.iter().filter_map(|&(ord, _)| ord) {
            counts[ord] += 1.0;
        }
        let norm = K1 * (1.0 - B + B * text.len() as f32 / self.average);
        let mut out = Evidence::default();
        let (mut held, mut all) = (0.0, 0.0);
        for ((&count, &idf), &repeats) in counts.iter().zip(&self.idf).zip(&self.repeats) {
            out.units += repeats * idf * count * (K1 + 1.0) / (count + norm);
            all += idf;
            held += if count > 0.0 { idf } else { 0.0 };
        }
        out.coverage = if all > 0.0 { held / all } else { 0.0 };
        let runs = self.rows.iter().map(|row| longest_run(row, &text));
        let runs: Vec<usize> = runs.collect();
        let holds = self
            .rows
            .iter()
            .zip(&runs)
            .map(|(row, &run)| match run == row.len() {
                false => Holds::Parts,
                true if stands_written(row, &text) => Holds::Written,
                true => Holds::Words,
            });
        out.holds = holds.min().unwrap_or(Holds::Written);
        let longest = runs.iter().max().copied().unwrap_or(0);
        out.run = longest as f32 / self.len.max(1) as f32;
        out
    }
}

/// Reads a text as units of a query.
struct Reader<'a> {
    profile: &'a QueryProfile,
    units: Vec<TextUnit>,
    /// What comes before the next unit.
    joint: Joint,
}

impl Reader<'_> {
    fn push(&mut self, unit: &str) {
        self.units.push((self.profile.ord(unit), self.joint));
        self.joint = Joint::Nothing;
    }
}

impl Sink for Reader<'_> {
    #[inline]
    fn alone(&mut self, value: u32) {
        // Nearly none are units of the query.
        if self.profile.marks.hold(value) {
            let ch = char::from_u32(value).unwrap_or_default();
            self.push(ch.encode_utf8(&mut [0; 4]));
        } else {
            self.units.push((None, self.joint));
            self.joint = Joint::Nothing;
        }
    }

    fn run(&mut self, run: &str) {
        self.push(run);
    }

    fn mark(&mut self, class: u32) {
        self.joint = self.joint.max(match class {
            classes::END => Joint::SentenceEnd,
            _ => Joint::Marks,
        });
    }
}

/// Bits for first characters, 4,096 of them.
struct Marks([u64; 64]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Marks {
    fn add(&mut self, unit: &str) {
        let (word, bit) = Self::place(unit.chars().next().map_or(0, u32::from));
        self.0[word] |= bit;
    }

    #[inline]
    fn hold(&self, first: u32) -> bool {
        let (word, bit) = Self::place(first);
        self.0[word] & bit != 0
    }

    fn place(first: u32) -> (usize, u64) {
        ((first >> 6) as usize % 64, 1 << (first % 64))
    }
}

/// What is between a unit and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    Nothing,
    Marks,
    SentenceEnd,
}

/// A unit of a text: its ordinal in the query, if it is one of its units, and what is before it.
type TextUnit = (Option<usize>, Joint);

fn joints(units: &[Unit]) -> impl Iterator<Item = Joint> {
    let first = units.first().map(|_| Joint::SentenceEnd);
    let others = units.windows(2).map(|pair| match pair {
        [a, b] if a.sentence != b.sentence => Joint::SentenceEnd,
        [a, b] if a.end == b.start => Joint::Nothing,
        _ => Joint::Marks,
    });
    first.into_iter().chain(others)
}

/// Length of the longest sequence of units that both share, within one sentence of the text.
fn longest_run(row: &[usize], text: &[TextUnit]) -> usize {
    // lengths[i + 1]: the run that ends at row[i] and at the current unit of the text.
    let mut lengths = vec![0; row.len() + 1];
    let mut is_zero = true;
    let mut longest = 0;
    for &(ord, joint) in text {
        if !is_zero && (ord.is_none() || joint == Joint::SentenceEnd) {
            lengths.fill(0);
            is_zero = true;
        }
        let Some(ord) = ord else { continue };
        is_zero = false;
        for i in (0..row.len()).rev() {
            lengths[i + 1] = if row[i] == ord { lengths[i] + 1 } else { 0 };
            longest = longest.max(lengths[i + 1]);
        }
    }
    longest
}

/// Whether a text contains a sequence of units with nothing in between.
fn stands_written(row: &[usize], text: &[TextUnit]) -> bool {
    let is_here = |here: &[TextUnit]| {
        let is_row = here.iter().zip(row).all(|(unit, &ord)| unit.0 == Some(ord));
        is_row && here[1..].iter().all(|&(_, joint)| joint == Joint::Nothing)
    };
    row.is_empty() || text.windows(row.len()).any(is_here)
}

fn rows(leaf: &Leaf) -> Vec<Vec<String>> {
    match leaf {
        Leaf::Word(text) => vec![Units::new(text).texts().map(str::to_owned).collect()],
        Leaf::Pattern(pattern) => pattern.rows.clone(),
        Leaf::Near { left, right, .. } => vec![left.clone(), right.clone()],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::DocAddress;

    use super::*;

    #[test]
    fn what_holds_more_is_lifted_above_what_holds_less() {
        let candidate = |score, holds| Candidate {
            score,
            address: DocAddress::new(0, 0),
            document: (0, 0),
            number: 1,
            section_end: 0,
            holds,
        };
        let mut candidates = [
            candidate(9.0, Holds::Parts),
            candidate(9.0, Holds::Words),
            candidate(4.0, Holds::Written),
            candidate(7.0, Holds::Words),
            candidate(3.0, Holds::Written),
        ];
        lift(&mut candidates);
        let [part, word, written, lower_word, lower_written] = candidates.map(|one| one.score);
        assert_eq!(part, 9.0);
        assert!(
            lower_word > part
                && word > lower_word
                && lower_written > word
                && written > lower_written
        );
        assert!((word - lower_word - 2.0).abs() < 1e-4);
        assert!((written - lower_written - 1.0).abs() < 1e-4);
        let before = candidates.map(|one| one.score);
        lift(&mut candidates);
        assert_eq!(candidates.map(|one| one.score), before);
    }

    #[test]
    fn runs() {
        let ords = [
            Some(0),
            Some(1),
            None,
            Some(1),
            Some(2),
            Some(0),
            Some(1),
            Some(2),
        ];
        let mut text = ords.map(|ord| (ord, Joint::Nothing));
        assert_eq!(longest_run(&[0, 1, 2], &text), 3);
        assert_eq!(longest_run(&[2, 1], &text), 1);
        assert_eq!(longest_run(&[], &text), 0);
        assert!(stands_written(&[0, 1, 2], &text));
        assert!(!stands_written(&[2, 1], &text));
        text[6].1 = Joint::Marks;
        assert_eq!(longest_run(&[0, 1, 2], &text), 3);
        assert!(!stands_written(&[0, 1, 2], &text));
        text[6].1 = Joint::SentenceEnd;
        assert_eq!(longest_run(&[0, 1, 2], &text), 2);
    }

    fn profile_of(units: &[&str]) -> QueryProfile {
        let mut profile = QueryProfile {
            ords: BTreeMap::new(),
            marks: Marks::default(),
            idf: Vec::new(),
            repeats: Vec::new(),
            rows: Vec::new(),
            len: 0,
            average: 4.0,
        };
        profile.add(units.iter().map(|&unit| unit.to_owned()).collect());
        profile
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_its_units(
            text in "([修渠道水3,.%，。；a ５Ｇ①ー瞭解了覆蓋二○OoＯ〇⺠民]|( [修渠道水3]){8,12}|\\PC){0,60}",
        ) {
            let profile = profile_of(&["修", "水", "3", "3.3", "5g", "解", "二"]);
            prop_assert_eq!(profile.read(text.chars()), profile.read_slowly(&text));
        }
    }

    #[test]
    fn evidence_of_a_text() {
        let mut profile = profile_of(&["安", "置", "房"]);
        profile.idf = vec![1.0, 1.0, 2.0];
        let found = profile.evidence("安置，人".chars());
        assert_eq!((found.coverage, found.run), (0.5, 2.0 / 3.0));
        // Three units in a text of average length four: norm 1.2 (0.25 + 0.75 × 3/4) = 0.975.
        assert!((found.units - 2.0 * 2.2 / 1.975).abs() < 1e-6);
        assert_eq!(profile.evidence("！".chars()), Evidence::default());
    }
}
