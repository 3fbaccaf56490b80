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

use super::words;
use crate::text::automaton::{Automaton, Occurrence, ScanResult, SequenceId};
use crate::text::classes::{BLANK, CLOSE, LIST, OPEN};
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

/// What a word of the vocabulary does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Deny,
    Forbid,
    Fixed,
    Attribute,
    Closer,
    Outcome,
    Permit,
    Particle,
    ObjectParticle,
    ObjectVerb,
    Governor,
}

/// The vocabulary, each word with what it does.
static VOCABULARY: LazyLock<Vec<(Kind, &'static str)>> = LazyLock::new(|| {
    let lists = [
        (Kind::Deny, words::DENYING),
        (Kind::Forbid, words::FORBIDDING),
        (Kind::Fixed, words::FIXED),
        (Kind::Attribute, words::ATTRIBUTES),
        (Kind::Closer, words::CLOSERS),
        (Kind::Outcome, words::OUTCOMES),
        (Kind::Permit, words::PERMITS),
        (Kind::Particle, words::PARTICLE),
        (Kind::ObjectParticle, words::OBJECT_PARTICLES),
        (Kind::ObjectVerb, words::OBJECT_VERBS),
        (Kind::Governor, words::GOVERNORS),
    ];
    let of = |(kind, list)| words::list(list).map(move |word| (kind, word));
    lists.into_iter().flat_map(of).collect()
});

/// Denying words that no particle ends, since they take a noun or a clause: 没有新的水渠.
const TAKES_NOUN: [&str; 6] = ["没有", "无", "得不到", "不是", "并非", "绝非"];

/// Denying words for a missing permit.
const NEEDS_PERMIT: [&str; 3] = ["未经", "不经", "未获"];

/// From so many units on, what is between a denying word and 的 is a predicate with its object.
const LONG: u32 = 8;

/// A word of the vocabulary in a text.
#[derive(Clone, Copy, Debug)]
struct Word {
    kind: Kind,
    text: &'static str,
    start: u32,
    end: u32,
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

/// The negations of a text, in order.
#[derive(Debug, Default)]
pub struct Negation {
    words: Vec<Word>,
    cues: Vec<Word>,
    reaches: Vec<Reach>,
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
        let places = reading.places.iter().filter(|place| place.row >= first);
        let known = places.filter_map(|place| word(place, first));
        self.words.extend(known.filter(|word| {
            // Nearly all words have one unit, which is in one clause.
            word.end == word.start + 1 || reading.clause(word.start) == reading.clause(word.end - 1)
        }));
        let mut cues = std::mem::take(&mut self.cues);
        cues.clear();
        cues.extend(self.words.iter().filter(|word| self.is_cue(word)));
        cues.sort_unstable_by_key(|word| word.start);
        let mut at = 0;
        while let Some(&cue) = cues.get(at) {
            at += self.add_reach(cue, &cues[at + 1..], reading);
        }
        self.cues = cues;
    }

    /// What is said of a hit with the units from `start` to `end`.
    pub fn of(&self, start: u32, end: u32) -> Polarity {
        let reaches = self.reaches.iter();
        let mut over = reaches
            .filter(|reach| reach.from <= start && start < reach.to && end > reach.beyond)
            .map(|reach| reach.polarity);
        match over.next() {
            None => Polarity::Plain,
            Some(Polarity::Forbidden) => Polarity::Forbidden,
            Some(_) => match over.any(|polarity| polarity == Polarity::Forbidden) {
                true => Polarity::Forbidden,
                false => Polarity::Denied,
            },
        }
    }

    /// Whether a word denies or forbids by itself, and is not part of a longer word that does.
    fn is_cue(&self, word: &Word) -> bool {
        let is_longer =
            |other: &Word| matches!(other.kind, Kind::Deny | Kind::Forbid) && covers(other, word);
        matches!(word.kind, Kind::Deny | Kind::Forbid) && !self.words.iter().any(is_longer)
    }

    /// Adds what `cue` reaches; returns the number of cues that this settles, with those of `later` that it cancels.
    fn add_reach(&mut self, cue: Word, later: &[Word], reading: &ScanResult) -> usize {
        let polarity = match cue.kind {
            Kind::Forbid => Polarity::Forbidden,
            _ => Polarity::Denied,
        };
        let covering = |kind| {
            let covering = self.words.iter().filter(|other| covers(other, &cue));
            let ends = covering.filter(|other| other.kind == kind);
            ends.map(|other| other.end).min()
        };
        let (from, beyond) = (cue.start + 1, 0);
        if let Some(end) = covering(Kind::Fixed) {
            // Another reading of the characters: `不同意` where 同意 is looked for.
            self.reaches.push(Reach {
                from,
                to: end,
                beyond: end,
                polarity,
            });
            return 1;
        }
        if let Some(to) = covering(Kind::Attribute) {
            self.reaches.push(Reach {
                from,
                to,
                beyond,
                polarity,
            });
            return 1;
        }
        let next = later.first().filter(|next| {
            let is_adjacent = next.start >= cue.end && next.start <= cue.end + 1;
            is_adjacent
                && reading.clause(cue.start) == reading.clause(next.start)
                && !has_mark(reading, cue.end, next.start)
                && !self.is_part(next)
        });
        let is_double = next.is_some();
        if is_double && polarity == Polarity::Denied {
            return 2;
        }
        let to = self.reach(cue, reading);
        if polarity == Polarity::Denied && self.is_condition(cue, to, later, reading) {
            return 2;
        }
        self.reaches.push(Reach {
            from,
            to,
            beyond,
            polarity,
        });
        1 + usize::from(is_double)
    }

    /// Whether a cue is only part of a fixed word or of an attribute.
    fn is_part(&self, cue: &Word) -> bool {
        let is_word = |other: &Word| matches!(other.kind, Kind::Fixed | Kind::Attribute);
        let mut words = self.words.iter();
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
        is_near && self.words.iter().any(says_so)
    }

    /// The unit at which the reach of a cue ends.
    fn reach(&self, cue: Word, reading: &ScanResult) -> u32 {
        let end = self.marked_end(cue, reading);
        let verb = self.beside(|word| word.kind == Kind::ObjectVerb && word.start == cue.end);
        let is_governed = self.beside(|word| word.kind == Kind::Governor && word.end == cue.start);
        // `不为补助而修水渠`: 而 joins the reason to what is done for it.
        let has_cause = cue.text.ends_with('因')
            || self.beside(|word| word.start == cue.end && matches!(word.text, "为" | "以"));
        let after = self.words.iter().filter(|word| word.start >= cue.end);
        let ends = after.filter_map(|word| match word.kind {
            Kind::Closer if !has_cause => Some(word.start),
            Kind::Outcome if word.start >= cue.end + 3 => Some(word.start),
            Kind::Permit if NEEDS_PERMIT.contains(&cue.text) => Some(word.end),
            Kind::Particle => {
                let is_short = word.start <= cue.end + 2;
                let is_long = word.start >= cue.end + LONG;
                let goes_on = match cue.kind {
                    Kind::Forbid => cue.text != "禁止" || !is_short,
                    _ if is_governed => false,
                    _ if is_long || verb && !is_short => true,
                    _ if TAKES_NOUN.contains(&cue.text) => self.describes_object(word, cue.end),
                    _ => self.describes_object(word, cue.end + 1),
                };
                (!goes_on).then_some(word.end)
            }
            _ => None,
        });
        ends.min().map_or(end, |first| first.min(end))
    }

    /// The end of a cue's clause, or of the part of it that marks set apart.
    fn marked_end(&self, cue: Word, reading: &ScanResult) -> u32 {
        let clause = reading.clause(cue.start);
        let end = reading.clauses.get(clause).copied();
        let end = end.unwrap_or(reading.n_units);
        let at = reading
            .marks
            .partition_point(|&(unit, _)| unit <= cue.start);
        let (before, after) = reading.marks.split_at(at);
        let start = clause
            .checked_sub(1)
            .map_or(0, |clause| reading.clauses[clause]);
        let item = before.last().map_or(start, |&(unit, _)| unit.max(start));
        let has_subject = cue.text == "不" && cue.start > item;
        let mut depth = 0_u32;
        for &(unit, mark) in after.iter().take_while(|&&(unit, _)| unit < end) {
            match mark {
                BLANK if unit >= cue.end + 2 => return unit,
                LIST if depth == 0 && has_subject && unit <= cue.end + 2 => return unit,
                LIST if depth == 0 && self.denies_at(unit) => return unit,
                OPEN => depth += 1,
                CLOSE if depth == 0 => return unit,
                CLOSE => depth -= 1,
                _ => {}
            }
        }
        end
    }

    /// Whether an item of a list begins with a negation of its own, or with an idiom.
    fn denies_at(&self, unit: u32) -> bool {
        let is_negation = |kind| {
            matches!(
                kind,
                Kind::Deny | Kind::Forbid | Kind::Fixed | Kind::Attribute
            )
        };
        self.beside(|word| word.start == unit && is_negation(word.kind))
    }

    /// Whether the particle belongs to a word that describes an object, starting from unit `from` on.
    fn describes_object(&self, particle: &Word, from: u32) -> bool {
        self.beside(|word| {
            word.kind == Kind::ObjectParticle && word.end == particle.end && word.start >= from
        })
    }

    fn beside(&self, is_it: impl Fn(&Word) -> bool) -> bool {
        self.words.iter().any(is_it)
    }
}

fn word(place: &Occurrence, first: SequenceId) -> Option<Word> {
    let &(kind, text) = VOCABULARY.get((place.row - first) as usize)?;
    let (start, end) = (place.start, place.end);
    Some(Word {
        kind,
        text,
        start,
        end,
    })
}

/// Whether `long` holds `short` and more.
fn covers(long: &Word, short: &Word) -> bool {
    long.start <= short.start
        && short.end <= long.end
        && long.end - long.start > short.end - short.start
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
