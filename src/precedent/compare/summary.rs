//! Numbers about a comparison: sentences by status, what is emphasised, figures that changed.

use super::comparison::{Compared, Figure, Pair, SectionShare, SharePair, Status, Summary};
use super::figures::changed;
use super::sentences::Sentence;

/// Words of a heading or a sentence about several years.
const PERIODS: [&str; 5] = ["五年", "五”", "十年", "三年", "几年"];

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
        sections: paired(shares(old), shares(new)),
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

/// Sections of the same heading, digits apart.
fn paired(old: Vec<SectionShare>, new: Vec<SectionShare>) -> Vec<SharePair> {
    let key = |one: &SectionShare| -> String {
        one.title.chars().filter(|ch| !ch.is_numeric()).collect()
    };
    let mut old: Vec<Option<SectionShare>> = old.into_iter().map(Some).collect();
    let mut out: Vec<SharePair> = new
        .into_iter()
        .map(|new| {
            let same = old
                .iter_mut()
                .find(|one| one.as_ref().is_some_and(|one| key(one) == key(&new)));
            SharePair {
                old: same.and_then(Option::take),
                new: Some(new),
            }
        })
        .collect();
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
        let headings = of.section.iter().map(|one| one.title.as_str());
        let mut all = headings.chain([of.text.as_str()]);
        all.any(|text| PERIODS.iter().any(|word| text.contains(word)))
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
