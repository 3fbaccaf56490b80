//! Compares two reports.

use std::num::NonZeroUsize;
use std::ops::Range;

use super::alike::Alike;
use super::comparison::{Compared, Comparison, FirstUse, Pair, Status};
use super::in_order::in_order;
use super::matching::links;
use super::parts::{Group, groups};
use super::sentences::{Sentence, sentences};
use super::summary::summary;
use crate::parallel;
use crate::precedent::align::align;
use crate::precedent::commitments::commitments;
use crate::precedent::diff::{Wording, diff};
use crate::precedent::error::{Error, Result};
use crate::precedent::variant::by_age;
use crate::query::Leaf;
use crate::search::{self, Filter, FullDocument, Scope, Searcher};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Maximum length of a report, in characters.
pub const MAX_COMPARED: usize = 500_000;
/// Minimum number of units of a sentence whose first use is looked up: a shorter one occurs by chance.
const MIN_WORDING: usize = 6;

/// Options of [`compare`].
#[derive(Clone, Debug, PartialEq)]
pub struct CompareOptions {
    /// The documents in which the first use of a new wording is looked up.
    pub filter: Filter,
    /// Number of threads.
    pub threads: NonZeroUsize,
}

/// Compares two reports sentence by sentence; progress is in new sentences whose first use is looked up.
///
/// # Errors
/// [`Error::NoUnits`] if one of them has no sentence, [`Error::TextTooLong`] above [`MAX_COMPARED`] characters,
/// [`crate::query::Error::BadGlob`] if a path is not a pattern, [`crate::index::Error::Cancelled`],
/// [`crate::index::Error::Engine`] if the index can't be read.
pub fn compare(
    searcher: &Searcher<'_>,
    old: FullDocument,
    new: FullDocument,
    options: &CompareOptions,
) -> Result<Comparison> {
    let [old_sentences, new_sentences] = [&old, &new].map(read);
    let (old_sentences, new_sentences) = (old_sentences?, new_sentences?);
    let scope = Scope::new(searcher, &options.filter)?;
    let groups = grouped(&old_sentences, &new_sentences);
    let mut pairs = paired(&old_sentences, &new_sentences, &groups, &scope);
    first_uses(&mut pairs, &scope, (searcher, options.threads))?;
    Ok(Comparison {
        summary: summary(&pairs, &old_sentences, &new_sentences),
        commitments: commitments(&old, &new),
        old: old.document.into(),
        new: new.document.into(),
        pairs,
    })
}

/// The sentences that belong together, in order of the newer report.
fn grouped(old: &[Sentence], new: &[Sentence]) -> Vec<Group> {
    let alike = Alike::new(old, new);
    let links = links(old, new, &alike);
    // The order is that of the links that are sure: a doubtful one is out of order sooner than three sentences beside it.
    let weighed = links.iter().map(|&(link, score)| {
        let n_units = new[link.new].piece.units.len() as f64;
        (link, (100.0 * n_units * score.min(1.0).powi(4)) as u64 + 1)
    });
    let keeps = in_order(&weighed.collect::<Vec<_>>());
    let links = links.iter().map(|&(link, _)| link).zip(keeps);
    groups(&links.collect::<Vec<_>>(), (old, new), &alike)
}

fn read(document: &FullDocument) -> Result<Vec<Sentence>> {
    let lengths = document.passages.iter();
    let n_chars = lengths.map(|passage| passage.text.chars().count()).sum();
    if n_chars > MAX_COMPARED {
        return Err(Error::TextTooLong {
            n_chars,
            limit: MAX_COMPARED,
        });
    }
    let found = sentences(document);
    if found.is_empty() {
        return Err(Error::NoUnits);
    }
    Ok(found)
}

/// All pairs in order of the newer report; a sentence that was dropped comes before the next one that kept the order.
fn paired(old: &[Sentence], new: &[Sentence], groups: &[Group], scope: &Scope<'_>) -> Vec<Pair> {
    let mut is_linked = vec![false; old.len()];
    for group in groups {
        is_linked[group.old.clone()].fill(true);
    }
    let dropped = |range: Range<usize>| {
        let lost = range.filter(|&ord| !is_linked[ord]);
        lost.map(|ord| alone(Status::Dropped, Some(compared(old, ord)), None))
            .collect::<Vec<Pair>>()
    };
    let mut groups = groups.iter().peekable();
    let mut out = Vec::new();
    let (mut at, mut ord) = (0, 0);
    while ord < new.len() {
        match groups.next_if(|group| group.new.start == ord) {
            Some(group) => {
                if group.keeps {
                    out.extend(dropped(at..group.old.start));
                    at = group.old.end;
                }
                out.push(pair(old, new, group, scope));
                ord = group.new.end;
            }
            None => {
                out.push(alone(Status::New, None, Some(compared(new, ord))));
                ord += 1;
            }
        }
    }
    out.extend(dropped(at..old.len()));
    out
}

/// The pair of a sentence that the other report has not.
fn alone(status: Status, old: Option<Compared>, new: Option<Compared>) -> Pair {
    Pair {
        status,
        old,
        new,
        merged: Vec::new(),
        split: Vec::new(),
        similarity: 0.0,
        diff: Vec::new(),
        first_use: None,
    }
}

fn pair(old: &[Sentence], new: &[Sentence], group: &Group, scope: &Scope<'_>) -> Pair {
    let whole = |sentences: &[Sentence], range: &Range<usize>| -> (String, Units) {
        let texts = sentences[range.clone()].iter();
        let text: String = texts.map(|one| one.piece.text.as_str()).collect();
        let units = Units::new(&text);
        (text, units)
    };
    let (from, to) = (whole(old, &group.old), whole(new, &group.new));
    let units =
        |whole: &(String, Units)| -> Vec<String> { whole.1.texts().map(str::to_owned).collect() };
    let alignment = align(&units(&from), &units(&to));
    let similarity = alignment.similarity();
    let is_whole = group.old.len() == 1 && group.new.len() == 1;
    let mut olds = group.old.clone().map(|ord| compared(old, ord));
    let mut news = group.new.clone().map(|ord| compared(new, ord));
    Pair {
        status: match (group.keeps, similarity >= 1.0 && is_whole) {
            (false, _) => Status::Moved,
            (true, true) => Status::Kept,
            (true, false) => Status::Changed,
        },
        old: olds.next(),
        new: news.next(),
        merged: olds.collect(),
        split: news.collect(),
        similarity: (similarity * 1e4).floor() / 1e4,
        diff: diff(
            wording(&from.0, &from.1),
            wording(&to.0, &to.1),
            &alignment,
            &scope.vocabulary(),
        ),
        first_use: None,
    }
}

fn wording<'a>(text: &'a str, units: &'a Units) -> Wording<'a> {
    Wording { text, units }
}

fn compared(sentences: &[Sentence], ord: usize) -> Compared {
    let sentence = &sentences[ord];
    Compared {
        place: sentence.place.clone(),
        sentence: ord + 1,
        section: sentence.section.clone(),
        text: sentence.piece.text.clone(),
    }
}

/// Looks up where each new wording occurs first.
fn first_uses(
    pairs: &mut [Pair],
    scope: &Scope<'_>,
    (searcher, threads): (&Searcher<'_>, NonZeroUsize),
) -> Result<()> {
    let news = pairs.iter_mut().filter(|pair| pair.status == Status::New);
    let news: Vec<&mut Pair> = news.collect();
    let steps = searcher.task.begin(news.len(), news.len() as u64);
    parallel::try_map(news, threads, |pair| -> Result<()> {
        if let Some(new) = &pair.new {
            pair.first_use = first_use(&new.text, scope)?;
        }
        steps.done(1);
        Ok(())
    })?;
    searcher.go_on()?;
    Ok(())
}

fn first_use(text: &str, scope: &Scope<'_>) -> Result<Option<FirstUse>> {
    let row: Vec<String> = Units::new(text).texts().map(str::to_owned).collect();
    if row.len() < MIN_WORDING {
        return Ok(None);
    }
    let pattern = Pattern {
        rows: vec![row],
        gaps: Vec::new(),
    };
    let spots = scope.places_of(&Leaf::Pattern(pattern))?;
    let Some(first) = spots.iter().min_by(|a, b| by_age(a, b)) else {
        return Ok(None);
    };
    let stored = scope.passage(first)?;
    Ok(Some(FirstUse {
        place: search::place(&first.document, stored.record.line),
        date: first.date,
    }))
}
