//! Numbers about a comparison: sentences by status, what is emphasised, figures that changed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::comparison::{Compared, Figure, Pair, SectionShare, SharePair, Status, Summary};
use super::figures::changed;
use super::sentences::Sentence;

/// Words of a heading above what several years brought, and of a sentence about it.
const PERIODS: [&str; 4] = ["五年", "五”", "十年", "几年"];
const OVER_YEARS: [&str; 5] = ["五年来", "过去五年", "五年累计", "五”时期", "几年来"];

/// The numbers about all pairs of two reports.
pub(super) fn summary(pairs: &[Pair], old: &[Sentence], new: &[Sentence]) -> Summary {
    let count = |status| pairs.iter().filter(|pair| pair.status == status).count();
    Summary {
        sentences: (old.len(), new.len()),
        kept: count(Status::Kept),
        changed: count(Status::Changed),
        moved: count(Status::Moved),
        dropped: count(Status::Dropped),
        new: count(Status::New),
        sections: paired(shares(old), shares(new), pairs),
        figures: pairs
            .iter()
            .flat_map(|pair| figures(pair, old, new))
            .collect(),
    }
}

/// The sections of the first level in order, each with its share.
fn shares(sentences: &[Sentence]) -> Vec<SectionShare> {
    let all: usize = sentences.iter().map(|one| one.piece.units.len()).sum();
    let mut out: Vec<SectionShare> = Vec::new();
    let mut ordinals = BTreeMap::new();
    for sentence in sentences {
        let Some(top) = sentence.section.first() else {
            continue;
        };
        let share = sentence.piece.units.len() as f64 / all.max(1) as f64;
        let at = *ordinals
            .entry((&top.label, &top.title))
            .or_insert(out.len());
        match out.get_mut(at) {
            Some(known) => known.share += share,
            None => out.push(SectionShare {
                label: top.label.clone(),
                title: top.title.clone(),
                share,
            }),
        }
    }
    for one in &mut out {
        one.share = (one.share * 1e4).round() / 1e4;
    }
    out
}

/// Sections of the same heading, digits apart; of the others those that have most of their linked sentences linked with each other.
fn paired(old: Vec<SectionShare>, new: Vec<SectionShare>, pairs: &[Pair]) -> Vec<SharePair> {
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    // The sections of the older report by their key, those that are still free, the first one last.
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (from, one) in old.iter().enumerate().rev() {
        by_key.entry(key(one)).or_default().push(from);
    }
    for (to, one) in new.iter().enumerate() {
        of_new[to] = by_key.get_mut(&key(one)).and_then(Vec::pop);
        if let Some(from) = of_new[to] {
            is_taken[from] = true;
        }
    }
    for (to, from) in mostly_linked(&old, &new, pairs) {
        if of_new[to].is_none() && !is_taken[from] {
            of_new[to] = Some(from);
            is_taken[from] = true;
        }
    }
    let mut old: Vec<Option<SectionShare>> = old.into_iter().map(Some).collect();
    let both = new.into_iter().zip(of_new).map(|(new, from)| SharePair {
        old: from.and_then(|from| old[from].take()),
        new: Some(new),
    });
    let mut out: Vec<SharePair> = both.collect();
    let left = old.into_iter().flatten();
    out.extend(left.map(|old| SharePair {
        old: Some(old),
        new: None,
    }));
    out
}

/// What sections have in common whose numbers differ from year to year.
fn key(section: &SectionShare) -> String {
    let kept = section.title.chars().filter(|ch| !ch.is_numeric());
    kept.collect()
}

/// The sections, newer and older, of which each has over half of its linked sentences linked with the other, most sentences first: a
/// section that became four is continued by none of them as a whole.
fn mostly_linked(
    old: &[SectionShare],
    new: &[SectionShare],
    pairs: &[Pair],
) -> Vec<(usize, usize)> {
    let ordinals = |sections: &[SectionShare]| -> BTreeMap<(Option<String>, String), usize> {
        let named = sections.iter().zip(0..);
        named
            .map(|(one, ord)| ((one.label.clone(), one.title.clone()), ord))
            .collect()
    };
    let (olds, news) = (ordinals(old), ordinals(new));
    let section = |sentence: &Option<Compared>, ordinals: &BTreeMap<_, usize>| {
        let top = sentence.as_ref()?.section.first()?;
        ordinals
            .get(&(top.label.clone(), top.title.clone()))
            .copied()
    };
    let mut n_both: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let (mut n_old, mut n_new) = (vec![0; old.len()], vec![0; new.len()]);
    for pair in pairs {
        let found = section(&pair.new, &news).zip(section(&pair.old, &olds));
        if let Some((to, from)) = found {
            *n_both.entry((to, from)).or_default() += 1;
            n_new[to] += 1;
            n_old[from] += 1;
        }
    }
    let is_most =
        |&((to, from), n): &((usize, usize), usize)| 2 * n > n_new[to] && 2 * n > n_old[from];
    let mut linked: Vec<((usize, usize), usize)> = n_both.into_iter().filter(is_most).collect();
    linked.sort_by_key(|&(sections, n)| (Reverse(n), sections));
    linked.into_iter().map(|(sections, _)| sections).collect()
}

/// The figures of a pair that changed; none between what was planned and what was done.
fn figures(pair: &Pair, old: &[Sentence], new: &[Sentence]) -> Vec<Figure> {
    let (Some(one), Some(other)) = (&pair.old, &pair.new) else {
        return Vec::new();
    };
    let is_plan = |sentences: &[Sentence], of: &Compared| {
        let sentence = sentences.get(of.sentence.wrapping_sub(1));
        sentence.and_then(|sentence| sentence.is_plan)
    };
    // What five years brought is not less than what one of them did.
    let spans_years = |of: &Compared| {
        let mut headings = of.section.iter().map(|one| one.title.as_str());
        let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        headings.any(|title| has(title, &PERIODS)) || has(&of.text, &OVER_YEARS)
    };
    let are_apart = spans_years(one) != spans_years(other)
        || matches!((is_plan(old, one), is_plan(new, other)), (Some(a), Some(b)) if a != b);
    if are_apart || pair.similarity >= 1.0 {
        return Vec::new();
    }
    let whole = |first: &Compared, rest: &[Compared]| -> String {
        let rest = rest.iter().map(|one| one.text.as_str());
        std::iter::once(first.text.as_str()).chain(rest).collect()
    };
    let (from, to) = (whole(one, &pair.merged), whole(other, &pair.split));
    changed((&from, &one.place), (&to, &other.place))
}
