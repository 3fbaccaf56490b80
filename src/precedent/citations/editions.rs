//! Which documents a title means.
//!
//! A title is looked up among the titles of the collection, state and year apart: as a whole, else as the end of longer ones
//! (《政府工作报告》 of 2016年国务院政府工作报告), else as the nearest. Documents of one title are **editions** by their dates;
//! those of one date are parts of one edition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::title_words::{TitleWords, statute_word};
use crate::document::Date;
use crate::precedent::align::align;
use crate::precedent::error::Result;
use crate::query::Leaf;
use crate::search::{DocumentRef, Filter, Scope, Searcher, Spot, Within};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Share of the units of the longer of two titles that both have in order, from which one is the other altered: two characters in
/// eight. Below, titles of one form (关于……的通知)
/// meet.
pub(super) const NEAR_TITLE: f64 = 0.75;
/// Headings and titles that are looked at as the nearest ones.
const CANDIDATES: usize = 60;
/// Documents whose titles end in a title that are looked at.
const ENDING: usize = 200;
/// The fewest units of a title that may be the end of longer ones: 《条例》 would be the end of hundreds.
const MIN_ENDING: usize = 4;

/// Minimum number of units of a title that can be distinguished from another: 统计法 and 审计法 are two laws.
const MIN_NEAR: usize = 5;

/// Words before the title of what a document issues.
const ISSUES: [&str; 6] = ["印发", "发布", "公布", "转发", "批转", "颁发"];

/// How a title was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Matched {
    /// As a whole.
    Exact,
    /// Between brackets in the title of the document that issues it: 关于印发《…》的通知.
    Issued,
    /// As the end of a longer one.
    Ending,
    /// A similar one.
    Near,
}

/// The documents that a title means.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) matched: Matched,
    /// The newest first, undated last.
    pub(super) editions: Vec<Edition>,
}

/// Documents of one title and one date.
#[derive(Clone, Debug)]
pub(super) struct Edition {
    pub(super) title: String,
    pub(super) date: Option<Date>,
    pub(super) documents: Vec<DocumentRef>,
}

/// A document with the title by which it was found.
struct Titled {
    words: TitleWords,
    title: String,
    record: DocumentRef,
}

/// Results of [`Editions::resolve`] by title and year.
type Known = BTreeMap<(String, Option<u16>), Option<Arc<Resolved>>>;

/// Looks up titles.
pub(super) struct Editions<'a> {
    searcher: &'a Searcher<'a>,
    /// Titles and headings.
    titles: Scope<'a>,
    excluded: &'a [String],
    known: Mutex<Known>,
    /// Results of [`Editions::named_at_end`].
    ends: Mutex<BTreeMap<String, Option<String>>>,
}

impl<'a> Editions<'a> {
    pub(super) fn new(
        searcher: &'a Searcher<'a>,
        filter: &Filter,
        excluded: &'a [String],
    ) -> Result<Self> {
        // Sections and roles restrict passages; which document is meant does not depend on them.
        let filter = Filter {
            documents: filter.documents.clone(),
            within: Within::Headings,
            without_ocr: filter.without_ocr,
            ..Filter::default()
        };
        Ok(Self {
            searcher,
            titles: Scope::new(searcher, &filter)?,
            excluded,
            known: Mutex::default(),
            ends: Mutex::default(),
        })
    }

    /// The documents that a title means, with the year beside it; `None` without a similar title.
    pub(super) fn resolve(&self, title: &str, year: Option<u16>) -> Result<Option<Arc<Resolved>>> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (title.to_owned(), year);
        let known = lock().get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let words = TitleWords::new(title);
        let found = match words.units.is_empty() {
            true => None,
            false => match self.holding(&words, year)? {
                None => self.near(&words)?,
                found => found,
            },
        };
        let found = found.map(Arc::new);
        lock().insert(key, found.clone());
        Ok(found)
    }

    /// The documents of exactly this title.
    pub(super) fn exact(&self, title: &str) -> Result<Option<Arc<Resolved>>> {
        let words = TitleWords::new(title);
        if words.units.is_empty() {
            return Ok(None);
        }
        let (whole, _) = self.whole_first(self.spots(&words)?, &words)?;
        let found = self.titled(whole, &words)?;
        let exact = found
            .into_iter()
            .filter(|one| one.words.units == words.units);
        Ok(Resolved::of(Matched::Exact, exact.collect()).map(Arc::new))
    }

    /// The longest end of a text that is a title of the collection.
    pub(super) fn named_at_end(&self, text: &str) -> Result<Option<String>> {
        let lock = || self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(text).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let mut longest = None;
        for (start, _) in text.char_indices().rev() {
            let end = &text[start..];
            let words = TitleWords::new(end);
            // 法 alone names nothing.
            if words.units.len() < 2 {
                continue;
            }
            let spots = self.spots(&words)?;
            // What no title holds is not at the end of a longer one either.
            if spots.is_empty() {
                break;
            }
            let (whole, _) = self.whole_first(spots, &words)?;
            let found = self.titled(whole, &words)?;
            if found.iter().any(|one| one.words.units == words.units) {
                longest = Some(end.to_owned());
            }
        }
        lock().insert(text.to_owned(), longest.clone());
        Ok(longest)
    }

    /// The passages that are the title as a whole, and the others.
    fn whole_first(&self, spots: Vec<Spot>, words: &TitleWords) -> Result<(Vec<Spot>, Vec<Spot>)> {
        let texts = self.titles.texts(&spots)?;
        let (mut whole, mut others) = (Vec::new(), Vec::new());
        for (spot, text) in spots.into_iter().zip(texts) {
            match TitleWords::new(&text).units == words.units {
                true => whole.push(spot),
                false => others.push(spot),
            }
        }
        Ok((whole, others))
    }

    /// The documents whose titles hold another title and more, as 《关于修改〈…〉的决定》 does.
    pub(super) fn about(&self, words: &TitleWords) -> Result<Vec<DocumentRef>> {
        let found = self.titled(self.spots(words)?, words)?.into_iter();
        let longer = found.filter(|one| one.words.units.len() > words.units.len());
        Ok(longer.map(|one| one.record).collect())
    }

    fn spots(&self, words: &TitleWords) -> Result<Vec<Spot>> {
        let pattern = Pattern {
            rows: vec![words.units.clone()],
            gaps: Vec::new(),
        };
        Ok(self.titles.places_of(&Leaf::Pattern(pattern))?)
    }

    /// The documents of passages, each once, with their titles, without those that are left out.
    ///
    /// A document whose first line is the title of a whole, and whose own title is that of a part (《民法典》, 合同编), is one of
    /// both titles.
    fn titled(&self, spots: Vec<Spot>, words: &TitleWords) -> Result<Vec<Titled>> {
        let mut seen = BTreeSet::new();
        let is_left_out = |id: &str| self.excluded.iter().any(|left_out| left_out == id);
        let spots = spots
            .into_iter()
            .filter(|spot| seen.insert(Arc::clone(&spot.document)));
        let spots = spots.filter(|spot| !is_left_out(&spot.document));
        let mut out = Vec::new();
        for spot in spots.take(ENDING) {
            let record: DocumentRef = self.searcher.document(&spot.document)?.into();
            let mut title = record.title.clone();
            if spot.number == 1 && TitleWords::new(&title).units != words.units {
                let line = self.titles.text(&spot)?;
                if TitleWords::new(&line).units == words.units {
                    title = line;
                }
            }
            out.push(Titled {
                words: TitleWords::new(&title),
                title,
                record,
            });
        }
        Ok(out)
    }

    /// The documents of a title as a whole, else as a part of longer ones. Those of its year come first: the one document titled
    /// 政府工作报告 is not the report of another year.
    fn holding(&self, words: &TitleWords, year: Option<u16>) -> Result<Option<Resolved>> {
        let mut exact = Vec::new();
        let mut issued = Vec::new();
        let mut ending = Vec::new();
        // Those of the title as a whole are looked at however many others there are.
        let (mut spots, others) = self.whole_first(self.spots(words)?, words)?;
        spots.extend(others);
        for one in self.titled(spots, words)? {
            if one.words.units == words.units {
                exact.push(one);
            } else if issues(&one.title, words) {
                issued.push(one);
            } else if words.units.len() >= MIN_ENDING && one.words.units.ends_with(&words.units) {
                ending.push(one);
            }
        }
        let kinds = [
            (Matched::Exact, exact),
            (Matched::Issued, issued),
            (Matched::Ending, ending),
        ];
        let found = kinds.into_iter();
        let mut found: Vec<Resolved> = found
            .filter_map(|(matched, found)| Resolved::of(matched, found))
            .collect();
        let is_of_year = |one: &Resolved| year.is_some_and(|year| one.has_edition_of(year));
        let first = found.iter().position(is_of_year).unwrap_or(0);
        Ok((first < found.len()).then(|| found.swap_remove(first)))
    }

    fn near(&self, words: &TitleWords) -> Result<Option<Resolved>> {
        if words.units.len() < MIN_NEAR {
            return Ok(None);
        }
        let row = words.units.concat();
        let spots = self.titles.overlapping(&Units::new(&row), CANDIDATES)?;
        let mut best: (f64, Vec<Titled>) = (NEAR_TITLE, Vec::new());
        for one in self.titled(spots, words)? {
            let own = &one.words;
            // 合同法 is all in 劳动合同法, which is another law: what is left over counts on either side.
            // An error in the name of the state leaves it in one of both.
            let similarity =
                in_common(&words.units, &own.units).max(in_common(&words.whole, &own.whole));
            if similarity > best.0 || (best.1.is_empty() && similarity >= NEAR_TITLE) {
                best = (similarity, vec![one]);
            } else if similarity == best.0 && !best.1.is_empty() {
                best.1.push(one);
            }
        }
        Ok(Resolved::of(Matched::Near, best.1))
    }
}

impl Resolved {
    fn of(matched: Matched, mut found: Vec<Titled>) -> Option<Self> {
        found.sort_by(|a, b| {
            let by_date = b.record.date.cmp(&a.record.date);
            by_date
                .then_with(|| a.title.cmp(&b.title))
                .then_with(|| a.record.id.cmp(&b.record.id))
        });
        let mut editions: Vec<Edition> = Vec::new();
        for Titled { title, record, .. } in found {
            match editions.last_mut() {
                Some(last) if last.date == record.date && last.title == title => {
                    last.documents.push(record);
                }
                _ => editions.push(Edition {
                    title,
                    date: record.date,
                    documents: vec![record],
                }),
            }
        }
        (!editions.is_empty()).then_some(Self { matched, editions })
    }

    fn has_edition_of(&self, year: u16) -> bool {
        self.editions.iter().any(|edition| edition.is_of(year))
    }

    /// The editions of a year, by date or title; all of them without a year, or if none is of it.
    pub(super) fn chosen(&self, year: Option<u16>) -> Vec<usize> {
        let all = 0..self.editions.len();
        let Some(year) = year else {
            return all.collect();
        };
        let of_year: Vec<usize> = all
            .clone()
            .filter(|&ord| self.editions[ord].is_of(year))
            .collect();
        match of_year.is_empty() {
            true => all.collect(),
            false => of_year,
        }
    }

    /// Whether a later edition takes the place of an earlier one: laws and regulations of one title.
    pub(super) fn supersedes(&self) -> bool {
        let first = &self.editions[0];
        statute_word(&first.title).is_some()
            && self.editions.iter().all(|it| it.title == first.title)
    }
}

impl Edition {
    /// Whether the edition is of this year.
    pub(super) fn is_of(&self, year: u16) -> bool {
        let own = TitleWords::new(&self.title).year;
        own.or(self.date.map(|date| date.year)) == Some(year)
            || self.date.is_some_and(|date| date.year == year)
    }
}

/// Units that two rows have in order, over those of the longer.
fn in_common(a: &[String], b: &[String]) -> f64 {
    let aligned = align(a, b);
    let in_order = aligned.runs.iter().filter(|run| !run.moved);
    let n_same: usize = in_order.map(|run| run.len).sum();
    n_same as f64 / a.len().max(b.len()).max(1) as f64
}

/// Whether a title is of a document that issues another one.
fn issues(title: &str, words: &TitleWords) -> bool {
    let inner = title
        .split_once('《')
        .and_then(|(before, rest)| Some((before, rest.rsplit_once('》')?.0)));
    inner.is_some_and(|(before, inner)| {
        ISSUES.iter().any(|word| before.ends_with(word))
            && TitleWords::new(inner).units == words.units
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_issues_what_it_names() {
        let words = TitleWords::new("水渠管护办法");
        for (title, expected) in [
            ("青禾镇关于印发《水渠管护办法》的通知", true),
            ("关于印发《水渠管护办法实施细则》的通知", false),
            ("关于学习《水渠管护办法》的通知", false),
            ("水渠管护办法", false),
        ] {
            assert_eq!(issues(title, &words), expected, "{title}");
        }
    }

    #[test]
    fn units_in_common_are_over_the_longer_title() {
        let row = |text: &str| -> Vec<String> { text.chars().map(String::from).collect() };
        assert_eq!(in_common(&row("合同法"), &row("劳动合同法")), 0.6);
        assert_eq!(
            in_common(&row("水渠管护办法"), &row("水渠管理办法")),
            5.0 / 6.0
        );
        assert_eq!(in_common(&[], &[]), 0.0);
    }
}
