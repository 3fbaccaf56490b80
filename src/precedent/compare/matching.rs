//! Which sentence of the newer report continues which of the older.
//!
//! Two sentences are as alike as the pairs of neighbouring units that both have, each weighted by how few sentences of the two
//! reports have it ([inverse document frequency](super::alike), Spärck Jones 1972). Of the weight *s* of what both have, and the
//! weights *a* and *b* of all pairs of each:
//!
//! > 0.65 · 2s / (a + b) + 0.35 · s / min(a, b) + 0.12 · opening
//!
//! The first part is Dice's coefficient; the second lets a sentence that was shortened or added to keep its counterpart; the third is what both open with. Then the
//! context adds to it: headings above, position in the report, the role of the section, and, in two more rounds, links of the
//! sentences around (Gale and Church 1993 align sentences by their neighbours too) and how many sentences of the two sections are
//! linked. What one report plans is not continued by what the next one has done: there is no link between them, unless they are word
//! for word the same. Links are made one to one, the best first.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::alike::Alike;
use super::sentences::Sentence;

/// Minimum score of a link in the first round, before the sentences around are known.
const MIN_ANCHOR: f64 = 0.6;
/// Minimum score of a link in the last one.
const MIN_SCORE: f64 = 0.44;
/// Minimum likeness, whatever the context.
const MIN_ALIKE: f64 = 0.22;
/// Weights of both parts of the likeness.
const DICE: f64 = 0.65;
const CONTAINED: f64 = 0.35;
/// Pairs that two sentences have in common by chance: the smaller one is taken to have no fewer.
const BY_CHANCE: f64 = 4.0;
/// What a common opening adds, at its full length in units, and the shortest that counts: 世界经济增长动能不足 opens the same paragraph
/// year after year, whatever follows. On either side a word of two units may come before it, as in 要以 and 必须以.
const OPENING: f64 = 0.12;
const OPENING_UNITS: (usize, usize) = (5, 8);
const BEFORE_OPENING: usize = 2;
/// What the same units add.
const SAME_UNITS: f64 = 0.3;
/// Weight of the likeness of the headings above.
const HEADINGS: f64 = 0.12;
/// Weight of the nearness of the positions in the two reports.
const POSITION: f64 = 0.06;
/// What sections of the same role add.
const SAME_ROLE: f64 = 0.05;
/// Likeness of headings from which sections are taken for the same, whatever role each seems to have.
const SAME_SECTION: f64 = 0.6;
/// Weight of the best link of a sentence around, and how far away it may be in either report.
const AROUND: f64 = 0.16;
const REACH: usize = 4;
/// Weight of the share of their sentences that two sections have linked.
const SECTIONS: f64 = 0.15;
/// Rounds after the first one.
const ROUNDS: usize = 2;
/// Older sentences that a newer one may be linked with.
const MOST_CANDIDATES: usize = 24;

/// A link from a sentence of the older report to one of the newer, both as ordinals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) old: usize,
    pub(super) new: usize,
}

/// The links in order of the newer report, each with its score; each sentence is in one at most.
pub(super) fn links(old: &[Sentence], new: &[Sentence], alike: &Alike) -> Vec<(Link, f64)> {
    let candidates = candidates(old, new, alike);
    let mut linked = Linked::best(candidates.clone(), MIN_ANCHOR, (old.len(), new.len()));
    let (old_sections, new_sections) = (sections(old), sections(new));
    for _ in 0..ROUNDS {
        let shares = Shares::new(&linked, &old_sections, &new_sections);
        let scored = candidates.iter().map(|&(score, link)| {
            let context = AROUND * linked.around(link) + SECTIONS * shares.of(link, &linked);
            (score + context, link)
        });
        linked = Linked::best(scored.collect(), MIN_SCORE, (old.len(), new.len()));
    }
    linked.links
}

/// Whether one says what is to be done and the other what was done, in sections that differ.
pub(super) fn differ_in_tense(old: &Sentence, new: &Sentence) -> bool {
    // The review and the plan of a report have the same headings inside, and not above them.
    let alike = |levels| headings_alike(old, new, levels) >= SAME_SECTION;
    matches!((old.is_plan, new.is_plan), (Some(old), Some(new)) if old != new)
        && !(alike(1) && alike(usize::MAX))
}

/// Pairs of sentences that may be linked, each with its score by itself.
fn candidates(old: &[Sentence], new: &[Sentence], alike: &Alike) -> Vec<(f64, Link)> {
    let mut out = Vec::new();
    for ord in 0..new.len() {
        let scored = alike
            .sharing(ord)
            .into_iter()
            .filter_map(|(other, shared)| {
                let link = Link {
                    old: other,
                    new: ord,
                };
                Some((score(link, shared, (old, new), alike)?, link))
            });
        let mut of_ord: Vec<(f64, Link)> = scored.collect();
        of_ord.sort_by(better);
        of_ord.truncate(MOST_CANDIDATES);
        out.extend(of_ord);
    }
    out
}

/// The score of a link by itself, if it may be one.
fn score(
    link: Link,
    shared: f64,
    (old, new): (&[Sentence], &[Sentence]),
    alike: &Alike,
) -> Option<f64> {
    let (a, b) = (alike.old_wholes[link.old], alike.new_wholes[link.new]);
    let smaller = a.min(b).max(BY_CHANCE * alike.heaviest);
    let (one, other) = (&old[link.old], &new[link.new]);
    let likeness = DICE * 2.0 * shared / (a + b) + CONTAINED * shared / smaller;
    let likeness = likeness + OPENING * common_opening(one, other);
    let is_same = one.piece.units.texts().eq(other.piece.units.texts());
    if likeness < MIN_ALIKE || (!is_same && differ_in_tense(one, other)) {
        return None;
    }
    let near = 1.0 - (position(link.old, old.len()) - position(link.new, new.len())).abs();
    let has_same_role = one.role.is_some() && one.role == other.role;
    let bonus = |is_so: bool, weight: f64| if is_so { weight } else { 0.0 };
    Some(
        likeness
            + HEADINGS * headings_alike(one, other, usize::MAX)
            + POSITION * near
            + bonus(has_same_role, SAME_ROLE)
            + bonus(is_same, SAME_UNITS),
    )
}

/// The units that both sentences open with, over those of a long opening: at most 1, 0 of a short one.
fn common_opening(old: &Sentence, new: &Sentence) -> f64 {
    let (short, long) = OPENING_UNITS;
    let units = |sentence: &Sentence| -> Vec<String> {
        let texts = sentence.piece.units.texts().take(long + BEFORE_OPENING);
        texts.map(str::to_owned).collect()
    };
    let (old, new) = (units(old), units(new));
    let starts = (0..=BEFORE_OPENING).flat_map(|a| (0..=BEFORE_OPENING).map(move |b| (a, b)));
    let equal = |(a, b): (usize, usize)| {
        let both = old.iter().skip(a).zip(new.iter().skip(b));
        both.take_while(|(a, b)| a == b).count()
    };
    match starts.map(equal).max() {
        Some(n) if n >= short => n.min(long) as f64 / long as f64,
        _ => 0.0,
    }
}

/// The higher score first, then in order.
fn better(a: &(f64, Link), b: &(f64, Link)) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

fn position(ord: usize, len: usize) -> f64 {
    ord as f64 / len.max(1) as f64
}

/// Links one to one.
struct Linked {
    /// In order of the newer report.
    links: Vec<(Link, f64)>,
    of_old: Vec<bool>,
    of_new: Vec<Option<usize>>,
}

impl Linked {
    /// The best first, from a minimum.
    fn best(mut scored: Vec<(f64, Link)>, least: f64, (n_old, n_new): (usize, usize)) -> Self {
        scored.sort_by(better);
        let mut out = Self {
            links: Vec::new(),
            of_old: vec![false; n_old],
            of_new: vec![None; n_new],
        };
        for (score, link) in scored.into_iter().take_while(|(score, _)| *score >= least) {
            if !out.of_old[link.old] && out.of_new[link.new].is_none() {
                out.of_old[link.old] = true;
                out.of_new[link.new] = Some(link.old);
                out.links.push((link, score));
            }
        }
        out.links.sort_by_key(|(link, _)| link.new);
        out
    }

    /// How well a link goes with the best of those around, from 0 to 1: less the further away, and half if their order is turned.
    fn around(&self, link: Link) -> f64 {
        let reach = REACH as isize;
        let steps = (-reach..=reach).filter(|&step| step != 0);
        let value = |step: isize| {
            let at = link.new.checked_add_signed(step)?;
            let old = (*self.of_new.get(at)?)?;
            let other = old as isize - link.old as isize;
            if other == 0 || other.abs() > reach {
                return None;
            }
            let order = if (other > 0) == (step > 0) { 1.0 } else { 0.5 };
            let away = step.abs().max(other.abs()) as f64;
            Some(order * (1.15 - 0.15 * away))
        };
        steps.filter_map(value).fold(0.0, f64::max)
    }
}

/// The number of the section of each sentence: its headings of the first two levels.
fn sections(sentences: &[Sentence]) -> Vec<usize> {
    let mut numbers: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let number = |sentence| {
        let sentence: &Sentence = sentence;
        let upper = sentence.section.iter().take(2);
        let key: Vec<&str> = upper.map(|one| one.title.as_str()).collect();
        (key, sentence)
    };
    let mut out = Vec::new();
    for (key, _) in sentences.iter().map(number) {
        let next = numbers.len();
        out.push(*numbers.entry(key).or_insert(next));
    }
    out
}

/// How many sentences two sections have linked.
struct Shares<'a> {
    old: &'a [usize],
    new: &'a [usize],
    both: BTreeMap<(usize, usize), f64>,
    of_old: BTreeMap<usize, f64>,
    of_new: BTreeMap<usize, f64>,
}

impl<'a> Shares<'a> {
    fn new(linked: &Linked, old: &'a [usize], new: &'a [usize]) -> Self {
        let mut out = Self {
            old,
            new,
            both: BTreeMap::new(),
            of_old: BTreeMap::new(),
            of_new: BTreeMap::new(),
        };
        for (link, _) in &linked.links {
            let (a, b) = (old[link.old], new[link.new]);
            *out.both.entry((a, b)).or_default() += 1.0;
            *out.of_old.entry(a).or_default() += 1.0;
            *out.of_new.entry(b).or_default() += 1.0;
        }
        out
    }

    /// Dice's coefficient of the links of both sections, the link itself left out; two more make it small where there are few.
    fn of(&self, link: Link, linked: &Linked) -> f64 {
        let (a, b) = (self.old[link.old], self.new[link.new]);
        let own = if linked.of_new[link.new] == Some(link.old) {
            1.0
        } else {
            0.0
        };
        let count = |of: Option<&f64>| of.copied().unwrap_or(0.0) - own;
        let all = count(self.of_old.get(&a)) + count(self.of_new.get(&b)) + 2.0;
        2.0 * count(self.both.get(&(a, b))) / all
    }
}

/// Dice's coefficient of the characters of the headings of the first `levels` above, without digits: 2015年工作回顾 is 2016年工作回顾.
fn headings_alike(old: &Sentence, new: &Sentence, levels: usize) -> f64 {
    let chars = |sentence: &Sentence| {
        let upper = sentence.section.iter().take(levels);
        let titles = upper.flat_map(|one| one.title.chars());
        let mut chars: Vec<char> = titles.filter(|ch| !ch.is_numeric()).collect();
        chars.sort_unstable();
        chars.dedup();
        chars
    };
    let (old, new) = (chars(old), chars(new));
    let shared = old
        .iter()
        .filter(|ch| new.binary_search(ch).is_ok())
        .count();
    match old.len() + new.len() {
        0 => 0.0,
        all => 2.0 * shared as f64 / all as f64,
    }
}
