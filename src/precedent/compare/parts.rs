//! Sentences that were split or merged: a sentence without a link that continues what a linked one beside it leaves open.

use std::ops::Range;

use super::alike::{Alike, joined};
use super::matching::{Link, differ_in_tense};
use super::sentences::Sentence;

/// Minimum share of a sentence that the other report has in the sentence that its neighbour is linked with, and that the neighbour
/// does not have itself.
const MIN_SHARE: f64 = 0.5;
/// Sentences of one that was split or merged.
const MOST_PARTS: usize = 4;

/// Sentences that belong together, as ranges of ordinals: of one side or of both there is one sentence alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) link: Link,
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// Whether it keeps the order.
    pub(super) keeps: bool,
}

/// The links in order of the newer report with the sentences beside them that they were split into or merged from.
pub(super) fn groups(
    links: &[(Link, bool)],
    (old, new): (&[Sentence], &[Sentence]),
    alike: &Alike,
) -> Vec<Group> {
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    for (link, _) in links {
        old_taken[link.old] = true;
        new_taken[link.new] = true;
    }
    let group = |&(link, keeps): &(Link, bool)| {
        let (one, other) = (&alike.old[link.old], &alike.new[link.new]);
        let may_join = |old: &Sentence, new: &Sentence| !differ_in_tense(old, new);
        let merged = grown(
            link.old,
            old,
            &old_taken,
            |ord, joined| {
                may_join(&old[ord], &new[link.new])
                    && continues(&alike.old[ord], joined, other, alike)
            },
            &alike.old,
        );
        let split = match merged.len() {
            1 => grown(
                link.new,
                new,
                &new_taken,
                |ord, joined| {
                    may_join(&old[link.old], &new[ord])
                        && continues(&alike.new[ord], joined, one, alike)
                },
                &alike.new,
            ),
            _ => link.new..link.new + 1,
        };
        old_taken[merged.clone()].fill(true);
        new_taken[split.clone()].fill(true);
        Group {
            link,
            old: merged,
            new: split,
            keeps,
        }
    };
    links.iter().map(group).collect()
}

/// Whether a sentence has enough of what `whole` has beyond the `joined` sentences.
fn continues(sentence: &[u32], joined: &[u32], whole: &[u32], alike: &Alike) -> bool {
    let open: Vec<u32> = whole
        .iter()
        .copied()
        .filter(|pair| joined.binary_search(pair).is_err())
        .collect();
    let all = alike.weight(sentence);
    let dice = |pairs: &[u32]| {
        2.0 * alike.shared(pairs, whole) / (alike.weight(pairs) + alike.weight(whole))
    };
    // What it has beyond the common part must not make both less alike.
    let is_better = dice(&self::joined(joined, sentence)) > dice(joined);
    // Of a short sentence a single pair would be enough.
    let is_long = sentence.len() >= 3;
    is_long && is_better && alike.shared(sentence, &open) >= MIN_SHARE * all
}

/// The range around a sentence with those beside it that may join, in the same section.
fn grown(
    at: usize,
    sentences: &[Sentence],
    taken: &[bool],
    joins: impl Fn(usize, &[u32]) -> bool,
    pairs: &[Vec<u32>],
) -> Range<usize> {
    let mut range = at..at + 1;
    let mut all = pairs[at].clone();
    let is_beside = |ord: usize| {
        !taken[ord]
            && sentences[ord].section == sentences[at].section
            && sentences[ord].passage.abs_diff(sentences[at].passage) <= 1
    };
    loop {
        let after = Some(range.end).filter(|&ord| ord < sentences.len());
        let before = range.start.checked_sub(1);
        let next = [after, before].into_iter().flatten();
        let next = next
            .filter(|&ord| is_beside(ord))
            .find(|&ord| joins(ord, &all));
        let Some(ord) = next.filter(|_| range.len() < MOST_PARTS) else {
            return range;
        };
        range = range.start.min(ord)..range.end.max(ord + 1);
        all = joined(&all, &pairs[ord]);
    }
}
