//! The vocabulary as the automaton finds it: each word with its effect, and its place in a text.

use std::sync::LazyLock;

use super::words;
use crate::text::automaton::{Occurrence, SequenceId};
use crate::text::units::Units;

/// What a word of the vocabulary does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Deny,
    Forbid,
    Prefix,
    Fixed,
    Attribute,
    Closer,
    Alternative,
    Outcome,
    Permit,
    Reason,
    Recourse,
    LeadingGovernor,
    Adverb,
    Particle,
    ObjectParticle,
    ObjectVerb,
    Governor,
}

/// The vocabulary, each word with what it does.
pub(super) static VOCABULARY: LazyLock<Vec<(Kind, &'static str)>> = LazyLock::new(|| {
    let lists = [
        (Kind::Deny, words::DENYING),
        (Kind::Forbid, words::FORBIDDING),
        (Kind::Prefix, words::PREFIX),
        (Kind::Fixed, words::FIXED),
        (Kind::Attribute, words::ATTRIBUTES),
        (Kind::Closer, words::CLOSERS),
        (Kind::Alternative, words::ALTERNATIVES),
        (Kind::Outcome, words::OUTCOMES),
        (Kind::Permit, words::PERMITS),
        (Kind::Reason, words::REASONS),
        (Kind::Recourse, words::RECOURSES),
        (Kind::LeadingGovernor, words::LEADING_GOVERNORS),
        (Kind::Adverb, words::ADVERBS),
        (Kind::Particle, words::PARTICLE),
        (Kind::ObjectParticle, words::OBJECT_PARTICLES),
        (Kind::ObjectVerb, words::OBJECT_VERBS),
        (Kind::Governor, words::GOVERNORS),
    ];
    let of = |(kind, list)| words::list(list).map(move |word| (kind, word));
    lists.into_iter().flat_map(of).collect()
});

/// Units of the longest word of the vocabulary: no word that concerns a place starts or ends further from it.
pub(super) static LONGEST: LazyLock<u32> = LazyLock::new(|| {
    let units = VOCABULARY.iter().map(|(_, word)| Units::new(word).len());
    units.max().map_or(0, |units| units as u32)
});

/// A word of the vocabulary in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) kind: Kind,
    pub(super) text: &'static str,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The word of the vocabulary at a place that the automaton found; its rows begin at `first`.
pub(super) fn word(place: &Occurrence, first: SequenceId) -> Option<Word> {
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
pub(super) fn covers(long: &Word, short: &Word) -> bool {
    long.start <= short.start
        && short.end <= long.end
        && long.end - long.start > short.end - short.start
}
