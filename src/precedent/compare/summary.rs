//! Numbers about a comparison: sentences by status, what is emphasised, figures that changed.

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
    for sentence in sentences {
        let Some(top) = sentence.section.first() else {
            continue;
        };
        let share = sentence.piece.units.len() as f64 / all.max(1) as f64;
        match out
            .iter_mut()
            .find(|one| one.label == top.label && one.title == top.title)
        {
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
    let key = |one: &SectionShare| -> String {
        one.title.chars().filter(|ch| !ch.is_numeric()).collect()
    };
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    for (to, one) in new.iter().enumerate() {
        let mut same =
            (0..old.len()).filter(|&from| !is_taken[from] && key(&old[from]) == key(one));
        of_new[to] = same.next();
        of_new[to]
            .into_iter()
            .for_each(|from| is_taken[from] = true);
    }
    let is_in = |sentence: &Option<Compared>, section: &SectionShare| {
        let top = sentence.as_ref().and_then(|one| one.section.first());
        top.is_some_and(|top| top.label == section.label && top.title == section.title)
    };
    let mut linked: Vec<(usize, usize, usize)> = Vec::new();
    for (to, new) in new.iter().enumerate() {
        for (from, old) in old.iter().enumerate() {
            let both = pairs
                .iter()
                .filter(|pair| is_in(&pair.old, old) && is_in(&pair.new, new));
            linked.push((both.count(), to, from));
        }
    }
    // Of a section that became four, none continues it as a whole.
    let all = |of: &dyn Fn(&(usize, usize, usize)) -> bool| -> usize {
        let some = linked.iter().filter(|one| of(one));
        some.map(|one| one.0).sum()
    };
    let is_most = |&(n, to, from): &(usize, usize, usize)| {
        2 * n > all(&|one| one.1 == to) && 2 * n > all(&|one| one.2 == from)
    };
    let mut linked: Vec<(usize, usize, usize)> = linked.iter().copied().filter(is_most).collect();
    linked.sort_by_key(|&(n, to, from)| (std::cmp::Reverse(n), to, from));
    for (_, to, from) in linked {
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
