//! Where the reach of a word that denies or forbids ends; the rules are those of the module `scope`.

use super::scope::Negation;
use super::vocabulary::{Kind, Word};
use crate::text::automaton::ScanResult;
use crate::text::classes::{BLANK, CLOSE, LIST, OPEN};

/// Denying words that no particle ends, since they take a noun or a clause: 没有新的水渠.
const TAKES_NOUN: [&str; 6] = ["没有", "无", "得不到", "不是", "并非", "绝非"];

/// Endings of denying words whose object is described by whatever precedes it: 达不到设计的要求.
const COMPLEMENTS: [&str; 3] = ["不到", "不了", "不上"];

/// Denying words for a missing permit.
const NEEDS_PERMIT: [&str; 3] = ["未经", "不经", "未获"];

/// From so many units on, what is between a denying word and 的 is a predicate with its object.
const LONG: u32 = 8;

impl Negation {
    /// The unit at which the reach of a cue ends.
    pub(super) fn reach(&self, cue: Word, reading: &ScanResult) -> u32 {
        let end = self.marked_end(cue, reading);
        let verb = self.beside(cue.end, |word| {
            word.kind == Kind::ObjectVerb && word.start == cue.end
        });
        let is_governed = self.beside(cue.start, |word| {
            word.kind == Kind::Governor && word.end == cue.start
        });
        let clause = reading.clause(cue.start);
        let start = clause
            .checked_sub(1)
            .map_or(0, |before| reading.clauses[before]);
        let is_governed = is_governed
            || self.beside(start, |word| {
                word.kind == Kind::LeadingGovernor && word.start == start && word.end <= cue.start
            });
        let is_predicate = self.beside(cue.start, |word| {
            word.kind == Kind::Adverb && word.end == cue.start
        });
        // `不为补助而修水渠`: 而 joins the reason to what is done for it.
        let has_cause = cue.text.ends_with('因')
            || self.beside(cue.end, |word| {
                word.start == cue.end && matches!(word.text, "为" | "以" | "因" | "由于")
            });
        let is_complement = COMPLEMENTS.iter().any(|end| cue.text.ends_with(end));
        let after = self.starting(cue.end, end).iter();
        let ends = after.filter_map(|word| match word.kind {
            Kind::Closer if !has_cause => Some(word.start),
            Kind::Alternative if matches!(cue.text, "不" | "未") && word.start == cue.end + 1 => {
                Some(word.start)
            }
            Kind::Outcome if word.start >= cue.end + 3 => Some(word.start),
            Kind::Outcome if word.text == "造成" && word.start == cue.end + 2 => Some(word.start),
            Kind::Recourse if cue.text == "不服" && word.start > cue.end => Some(word.start),
            Kind::Reason if word.start == cue.end && matches!(cue.text, "无" | "没有") => {
                Some(word.end)
            }
            Kind::Permit if NEEDS_PERMIT.contains(&cue.text) => Some(word.end),
            Kind::Particle => {
                let is_short = word.start <= cue.end + 2;
                let is_long = word.start >= cue.end + LONG;
                let goes_on = match cue.kind {
                    Kind::Forbid => cue.text != "禁止" || !is_short && !is_governed,
                    _ if has_cause || is_predicate && !is_short => true,
                    _ if is_governed => false,
                    _ if (is_complement || cue.text == "不服") && !is_short => true,
                    _ if is_long || verb && !is_short => true,
                    _ if is_complement || TAKES_NOUN.contains(&cue.text) => {
                        self.describes_object(word, cue.end)
                    }
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
        self.beside(unit, |word| word.start == unit && is_negation(word.kind))
    }

    /// Whether the particle belongs to a word that describes an object, starting from unit `from` on.
    fn describes_object(&self, particle: &Word, from: u32) -> bool {
        self.beside(particle.start, |word| {
            word.kind == Kind::ObjectParticle && word.end == particle.end && word.start >= from
        })
    }
}
