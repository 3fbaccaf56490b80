//! The reach of a negation: from its word to where its phrase ends.
//!
//! A hit is denied or forbidden if it starts in the reach of a word that denies or forbids. The reach ends
//!
//! - with the clause (`，；：`, ends of sentences), at a blank, and at a closing bracket or quotation mark that was opened before it;
//! - at a conjunction (`不靠补助而修水渠`) and at an outcome (`未疏浚导致水渠淤塞`);
//! - after the permit that is missing: `未经批准占用水渠` says that it is occupied;
//! - at `的`, if the phrase describes a noun (`不合格的水渠`) and is not itself the predicate (`不具备规定的条件`);
//! - at `、` after a short predicate with a subject of its own: `水位不下降、水渠有保障`.
//!
//! A word that is part of a longer one of the vocabulary counts for nothing, two adjacent negations cancel out (`不能没有水渠`), and
//! so do those of `没有水渠就没有收成`. It reads forms, not meaning: what goes on over a comma is missed.

use std::sync::LazyLock;

use super::vocabulary::{Kind, LONGEST, VOCABULARY, Word, covers, word};
use crate::text::automaton::{Automaton, ScanResult, SequenceId};
use crate::text::units::Units;

/// What a text says of a hit by way of negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// Nothing.
    Plain,
    /// That it is not: `未发现水渠失修`.
    Denied,
    /// That it must not be: `严禁占用水渠`.
    Forbidden,
}

/// Where hits are denied or forbidden.
#[derive(Clone, Copy, Debug)]
struct Reach {
    /// Hits that start from here on, up to `to`.
    from: u32,
    to: u32,
    /// Only those that end after it.
    beyond: u32,
    polarity: Polarity,
}

/// Where what a cue denies or forbids ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// It denies nothing.
    Nowhere,
    /// Before this unit.
    At(u32),
    /// Before this unit, for hits that go on beyond it.
    Unread(u32),
}

/// The negations of a text, in order.
#[derive(Debug, Default)]
pub struct Negation {
    words: Vec<Word>,
    cues: Vec<Word>,
    reaches: Vec<Reach>,
    /// For each reach the furthest end of it and those before it.
    furthest: Vec<u32>,
}

impl Negation {
    /// The words that an automaton must find, as sequences of units, in the order that [`Negation::read`] expects.
    pub fn rows() -> impl Iterator<Item = Vec<String>> {
        let units = |word: &str| Units::new(word).texts().map(str::to_owned).collect();
        VOCABULARY.iter().map(move |(_, word)| units(word))
    }

    /// Reads the negations of a text in which the rows from `first` on are those of [`Negation::rows`].
    pub fn read(&mut self, reading: &ScanResult, first: SequenceId) {
        self.words.clear();
        self.reaches.clear();
        self.furthest.clear();
        let places = reading.places.iter().filter(|place| place.row >= first);
        let known = places.filter_map(|place| word(place, first));
        self.words.extend(known.filter(|word| {
            // Nearly all words have one unit, which is in one clause.
            word.end == word.start + 1 || reading.clause(word.start) == reading.clause(word.end - 1)
        }));
        // By their starts, so that the words about a place lie together.
        self.words
            .sort_unstable_by_key(|word| (word.start, word.end));
        let mut cues = std::mem::take(&mut self.cues);
        cues.clear();
        cues.extend(self.words.iter().filter(|word| self.is_cue(word)));
        let mut at = 0;
        while let Some(&cue) = cues.get(at) {
            at += self.add_reach(cue, &cues[at + 1..], reading);
        }
        self.cues = cues;
        let mut furthest = 0;
        self.furthest.extend(self.reaches.iter().map(|reach| {
            furthest = reach.to.max(furthest);
            furthest
        }));
    }

    /// What is said of a hit with the units from `start` to `end`.
    pub fn of(&self, start: u32, end: u32) -> Polarity {
        // Reaches begin in order; before one whose predecessors all end by here, none is over the hit.
        let before = self.reaches.partition_point(|reach| reach.from <= start);
        let reaches = self.reaches[..before].iter().zip(&self.furthest).rev();
        let near = reaches.take_while(|&(_, &furthest)| furthest > start);
        let over = near.filter(|(reach, _)| start < reach.to && end > reach.beyond);
        let polarities = over.map(|(reach, _)| reach.polarity);
        let strength = |polarity: &Polarity| match polarity {
            Polarity::Plain => 0,
            Polarity::Denied => 1,
            Polarity::Forbidden => 2,
        };
        polarities.max_by_key(strength).unwrap_or(Polarity::Plain)
    }

    /// The words that start from unit `from` up to `to`.
    pub(super) fn starting(&self, from: u32, to: u32) -> &[Word] {
        let first = self.words.partition_point(|word| word.start < from);
        let rest = &self.words[first..];
        &rest[..rest.partition_point(|word| word.start <= to)]
    }

    /// The words about a unit: those that could hold it or end at it.
    fn about(&self, unit: u32) -> &[Word] {
        self.starting(unit.saturating_sub(*LONGEST), unit)
    }

    /// Whether a word denies or forbids by itself, and is not part of a longer word that does.
    fn is_cue(&self, word: &Word) -> bool {
        let is_longer =
            |other: &Word| matches!(other.kind, Kind::Deny | Kind::Forbid) && covers(other, word);
        let is_cue = matches!(word.kind, Kind::Deny | Kind::Forbid | Kind::Prefix);
        // `不得不经常` holds no 不经.
        let is_inside = |other: &Word| {
            other.kind == Kind::Fixed && other.start < word.start && word.start < other.end
        };
        let about = self.about(word.start);
        let is_taken = |other: &Word| is_longer(other) || is_inside(other) && other.end < word.end;
        is_cue && !about.iter().any(is_taken)
    }

    /// Adds what `cue` reaches; returns the number of cues that this settles, with those of `later` that it cancels.
    fn add_reach(&mut self, cue: Word, later: &[Word], reading: &ScanResult) -> usize {
        let polarity = match cue.kind {
            Kind::Forbid => Polarity::Forbidden,
            _ => Polarity::Denied,
        };
        let (end, n_settled) = match self.end_in_words(&cue) {
            Some(end) => (end, 1),
            None => self.end_in_clause(cue, polarity, later, reading),
        };
        let (to, beyond) = match end {
            End::Nowhere => return n_settled,
            End::At(to) => (to, 0),
            End::Unread(to) => (to, to),
        };
        self.reaches.push(Reach {
            from: cue.start + 1,
            to,
            beyond,
            polarity,
        });
        n_settled
    }

    /// Where the reach of a cue ends that is a part of a word; `None` if it is a word of its own.
    fn end_in_words(&self, cue: &Word) -> Option<End> {
        let fixed = self.end_of_covering(cue, Kind::Fixed);
        if cue.kind == Kind::Prefix {
            return Some(match fixed {
                Some(_) => End::Nowhere,
                None => End::At(cue.end + 1),
            });
        }
        let of_attribute = || self.end_of_covering(cue, Kind::Attribute);
        // Another reading of the characters: `不同意` where 同意 is looked for.
        fixed
            .map(End::Unread)
            .or_else(|| of_attribute().map(End::At))
    }

    /// The end of the word of a kind that a cue is a part of: of words that start together the longest counts.
    fn end_of_covering(&self, cue: &Word, kind: Kind) -> Option<u32> {
        let about = self.about(cue.start);
        let of_kind = || about.iter().filter(|word| word.kind == kind);
        let is_longest = |word: &&Word| {
            let mut same = of_kind().filter(|other| other.start == word.start);
            same.all(|other| other.end <= word.end)
        };
        let covering = of_kind().filter(|word| covers(word, cue));
        covering.filter(is_longest).map(|word| word.end).min()
    }

    /// Where the reach of a cue that is a word of its own ends in its clause, and how many cues are settled: two that deny one
    /// another assert.
    fn end_in_clause(
        &self,
        cue: Word,
        polarity: Polarity,
        later: &[Word],
        reading: &ScanResult,
    ) -> (End, usize) {
        let is_double = later
            .first()
            .is_some_and(|next| self.is_next(&cue, next, reading));
        let denies = polarity == Polarity::Denied;
        if is_double && denies {
            return (End::Nowhere, 2);
        }
        let to = self.reach(cue, reading);
        if let Some(refusal) = self.refusal(to, later, reading) {
            // `不得拒绝修水渠` wants it built.
            return (End::At(refusal.start), 2);
        }
        if denies && self.is_condition(cue, to, later, reading) {
            return (End::Nowhere, 2);
        }
        (End::At(to), 1 + usize::from(is_double))
    }

    /// Whether the next cue directly follows in the same clause.
    fn is_next(&self, cue: &Word, next: &Word, reading: &ScanResult) -> bool {
        let is_adjacent = next.start >= cue.end && next.start <= cue.end + 1;
        is_adjacent
            && next.kind != Kind::Prefix
            && reading.clause(cue.start) == reading.clause(next.start)
            && !has_mark(reading, cue.end, next.start)
            && !self.is_part(next)
    }

    /// The refusal that what reaches up to `to` denies or forbids; in `不得拒绝、阻碍检查` both are forbidden.
    fn refusal(&self, to: u32, later: &[Word], reading: &ScanResult) -> Option<Word> {
        let next = later.first().copied()?;
        let is_refusal = matches!(next.text, "拒绝" | "否认") && next.start < to;
        let is_beside = self.beside(next.end, |word| {
            word.kind == Kind::Alternative && word.start == next.end
        });
        (is_refusal && !is_beside && !has_mark(reading, next.end, next.end)).then_some(next)
    }

    /// Whether a cue is only part of a fixed word or of an attribute.
    fn is_part(&self, cue: &Word) -> bool {
        let is_word = |other: &Word| matches!(other.kind, Kind::Fixed | Kind::Attribute);
        let mut words = self.about(cue.start).iter();
        words.any(|other| is_word(other) && covers(other, cue))
    }

    /// `没有水渠就没有收成`, with or without a comma: the next cue says 就 before it.
    fn is_condition(&self, cue: Word, to: u32, later: &[Word], reading: &ScanResult) -> bool {
        let Some(next) = later.first() else {
            return false;
        };
        let is_near = reading.clause(next.start) <= reading.clause(cue.start) + 1;
        let says_so = |word: &Word| {
            word.kind == Kind::Closer
                && matches!(word.text, "就不" | "就没" | "就无")
                && word.end >= next.start
                && word.start < next.start
                && word.start <= to + 1
        };
        is_near && self.about(next.start).iter().any(says_so)
    }

    /// Whether a word about a unit is such a one.
    pub(super) fn beside(&self, unit: u32, is_it: impl Fn(&Word) -> bool) -> bool {
        self.about(unit).iter().any(is_it)
    }
}

fn has_mark(reading: &ScanResult, from: u32, to: u32) -> bool {
    let at = reading.marks.partition_point(|&(unit, _)| unit < from);
    reading.marks[at..]
        .first()
        .is_some_and(|&(unit, _)| unit <= to)
}

/// What `text` says of its characters from `start` to `end`.
///
/// It reads the whole text anew, for a place or two of it; a scan has [`Negation`].
pub fn polarity(text: &str, start: usize, end: usize) -> Polarity {
    static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
        let rows: Vec<Vec<String>> = Negation::rows().collect();
        Automaton::new(rows.iter().map(Vec::as_slice))
    });
    let units = Units::new(text);
    let is_before = |at: usize| {
        units
            .items()
            .partition_point(|unit| (unit.end as usize) <= at)
    };
    let first = is_before(start) as u32;
    let last = units
        .items()
        .partition_point(|unit| (unit.start as usize) < end) as u32;
    let (mut reading, mut negation) = (ScanResult::default(), Negation::default());
    AUTOMATON.read(text.chars(), &mut reading);
    negation.read(&reading, 0);
    negation.of(first, last)
}
