//! Compares two reports.

use std::num::NonZeroUsize;

use super::comparison::{Compared, Comparison, FirstUse, Pair, Status};
use super::in_order::in_order;
use super::matching::{Link, links};
use super::sentences::{Sentence, sentences};
use super::summary::summary;
use crate::parallel;
use crate::precedent::align::align;
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
    let links = links(&old_sentences, &new_sentences);
    let mut pairs = paired(&old_sentences, &new_sentences, &links, &scope);
    first_uses(&mut pairs, &scope, (searcher, options.threads))?;
    Ok(Comparison {
        summary: summary(&pairs, &old_sentences, &new_sentences),
        old: old.document.into(),
        new: new.document.into(),
        pairs,
    })
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
fn paired(old: &[Sentence], new: &[Sentence], links: &[Link], scope: &Scope<'_>) -> Vec<Pair> {
    let keeps = in_order(links, |link| new[link.new].piece.units.len() as u64);
    let mut of_new: Vec<Option<(usize, bool)>> = vec![None; new.len()];
    let mut is_linked = vec![false; old.len()];
    for (link, keeps) in links.iter().zip(keeps) {
        of_new[link.new] = Some((link.old, keeps));
        is_linked[link.old] = true;
    }
    let mut out = Vec::new();
    let mut at = 0;
    for (sentence, linked) in new.iter().zip(of_new) {
        match linked {
            Some((ord, keeps)) => {
                if keeps {
                    let skipped = at..ord;
                    out.extend(
                        skipped
                            .filter(|&ord| !is_linked[ord])
                            .map(|ord| dropped(&old[ord])),
                    );
                    at = ord + 1;
                }
                out.push(pair(&old[ord], sentence, keeps, scope));
            }
            None => out.push(Pair {
                status: Status::New,
                old: None,
                new: Some(sentence.compared()),
                similarity: 0.0,
                diff: Vec::new(),
                first_use: None,
            }),
        }
    }
    let rest = at..old.len();
    out.extend(
        rest.filter(|&ord| !is_linked[ord])
            .map(|ord| dropped(&old[ord])),
    );
    out
}

fn dropped(old: &Sentence) -> Pair {
    Pair {
        status: Status::Dropped,
        old: Some(old.compared()),
        new: None,
        similarity: 0.0,
        diff: Vec::new(),
        first_use: None,
    }
}

fn pair(old: &Sentence, new: &Sentence, keeps: bool, scope: &Scope<'_>) -> Pair {
    let units = |sentence: &Sentence| -> Vec<String> {
        sentence.piece.units.texts().map(str::to_owned).collect()
    };
    let alignment = align(&units(old), &units(new));
    let similarity = alignment.similarity();
    Pair {
        status: match (keeps, similarity >= 1.0) {
            (false, _) => Status::Moved,
            (true, true) => Status::Kept,
            (true, false) => Status::Changed,
        },
        old: Some(old.compared()),
        new: Some(new.compared()),
        similarity: (similarity * 1e4).floor() / 1e4,
        diff: diff(wording(old), wording(new), &alignment, &scope.vocabulary()),
        first_use: None,
    }
}

fn wording(sentence: &Sentence) -> Wording<'_> {
    Wording {
        text: &sentence.piece.text,
        units: &sentence.piece.units,
    }
}

impl Sentence {
    fn compared(&self) -> Compared {
        Compared {
            place: self.place.clone(),
            section: self.section.clone(),
            text: self.piece.text.clone(),
        }
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
