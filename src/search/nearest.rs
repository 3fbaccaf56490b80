//! What a restriction may have meant that no passage meets: the values of the index that are near it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::collector::Count;

use super::{DocumentFilter, Order, Searcher};
use crate::document::Role;
use crate::index::DocumentRecord;
use crate::query::{Restriction, Years};
use crate::search::Result;
use crate::text::normalize::normalize;

/// Values that are named.
const MOST: usize = 3;
/// Collections, kinds or roles that are listed where none is near: few enough to read, and an index rarely has more.
const MOST_LISTED: usize = 12;

/// The values of an index that a restriction may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nearest {
    /// Values like it, the nearest first; at most three. Years in order.
    Like(Vec<String>),
    /// None is like it, and these are all there are, the most frequent first.
    All(Vec<String>),
    /// None is like it, and there are too many to list.
    None,
}

/// How near a value is, smaller is nearer: 1 for an abbreviation, which is the weakest sign, else 0; then the characters that
/// differ.
type Distance = (u8, usize);

impl Searcher<'_> {
    /// The values near that of a restriction which no passage meets; `None` if some passage meets it, or if it has no
    /// values that could be listed, as a title.
    ///
    /// Costs a listing of all documents where nothing is met, else one look-up.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn nearest(&self, restriction: &Restriction) -> Result<Option<Nearest>> {
        if self.is_met(restriction)? {
            return Ok(None);
        }
        let documents = self.documents(&DocumentFilter::default(), None, Order::Path)?;
        let all = documents.iter();
        Ok(Some(match restriction {
            Restriction::Collection(name) => {
                near_or_all(name, counted(all.map(|one| Some(&one.collection))))
            }
            Restriction::Kind(kind) => near_or_all(kind, counted(all.map(|one| one.kind.as_ref()))),
            // An index has hundreds of issuers: where none is near, a list would bury the message.
            Restriction::Issuer(text) => near(text, counted(all.map(|one| one.issuer.as_ref()))),
            Restriction::Year(years) => near_years(years, &documents),
            Restriction::Path(pattern) => near(pattern, paths(&documents)),
            Restriction::Role(_) => self.roles()?,
            Restriction::Title(_) | Restriction::Heading(_) | Restriction::Dates(_) => {
                return Ok(None);
            }
        }))
    }

    fn is_met(&self, restriction: &Restriction) -> Result<bool> {
        let query = self.planner().restriction(restriction)?;
        let count = self.snapshot.search(&query, &Count);
        Ok(count.map_err(self.engine())? > 0)
    }

    /// The roles that some section has.
    fn roles(&self) -> Result<Nearest> {
        let mut roles = Vec::new();
        for role in Role::ALL {
            if self.is_met(&Restriction::Role(role.name().to_owned()))? {
                roles.push(role.name().to_owned());
            }
        }
        Ok(match roles.is_empty() {
            true => Nearest::None,
            false => Nearest::All(roles),
        })
    }
}

/// The values with their numbers.
fn counted<'a>(values: impl Iterator<Item = Option<&'a String>>) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    for value in values.flatten() {
        *counted.entry(value.clone()).or_default() += 1;
    }
    counted
}

/// Documents, their files and the folders above them.
fn paths(documents: &[DocumentRecord]) -> BTreeMap<String, u64> {
    let mut paths = BTreeSet::new();
    for document in documents {
        let id = document.id.as_str();
        let file = id.rsplit_once('#').map_or(id, |(file, _)| file);
        let folders = file.match_indices('/').map(|(at, _)| &file[..at]);
        paths.extend(folders.chain([id, file]).map(str::to_owned));
    }
    paths.into_iter().map(|path| (path, 1)).collect()
}

/// The values near `wanted`; of equal distance the most frequent, then in order of their text.
fn near(wanted: &str, values: BTreeMap<String, u64>) -> Nearest {
    // Of a pattern that matches nothing, what is written out may still be near something.
    let wanted = normalize(wanted.trim().trim_matches(['*', '/', '?']));
    let wanted: Vec<char> = wanted.chars().collect();
    let near = values.into_iter().filter_map(|(value, n)| {
        let whole: Vec<char> = normalize(&value).chars().collect();
        // A path is often typed by its last part.
        let last = whole.rsplit(|ch| *ch == '/').next().unwrap_or_default();
        let distance = [&whole[..], last].map(|own| distance(&wanted, own));
        let distance = distance.into_iter().flatten().min()?;
        Some((distance, std::cmp::Reverse(n), value))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_unstable();
    let near = near.into_iter().take(MOST).map(|(_, _, value)| value);
    let near: Vec<String> = near.collect();
    match near.is_empty() {
        true => Nearest::None,
        false => Nearest::Like(near),
    }
}

fn near_or_all(wanted: &str, values: BTreeMap<String, u64>) -> Nearest {
    match near(wanted, values.clone()) {
        Nearest::None if (1..=MOST_LISTED).contains(&values.len()) => {
            let mut all: Vec<(String, u64)> = values.into_iter().collect();
            all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            Nearest::All(all.into_iter().map(|(value, _)| value).collect())
        }
        other => other,
    }
}

/// The years with documents that are nearest to one of `years`.
fn near_years(years: &Years, documents: &[DocumentRecord]) -> Nearest {
    let dates = documents.iter().filter_map(|document| document.date);
    let own: BTreeSet<u64> = dates.map(|date| date.year.into()).collect();
    let apart = |year: u64| {
        let ends = years
            .ranges()
            .iter()
            .flat_map(|range| [*range.start(), *range.end()]);
        ends.map(|end| end.abs_diff(year)).min()
    };
    let mut own: Vec<u64> = own.into_iter().collect();
    own.sort_by_key(|year| apart(*year));
    own.truncate(MOST);
    own.sort_unstable();
    match own.is_empty() {
        true => Nearest::None,
        false => Nearest::Like(own.iter().map(u64::to_string).collect()),
    }
}

/// How near `own` is to `wanted`; `None` if it is not.
///
/// One holds the other; or the characters of one are those of the other in order, as in an abbreviation (发改委); or at
/// most half of the longer has to be changed.
fn distance(wanted: &[char], own: &[char]) -> Option<Distance> {
    let (short, long) = match wanted.len() <= own.len() {
        true => (wanted, own),
        false => (own, wanted),
    };
    if short.is_empty() {
        return None;
    }
    let beside = long.len() - short.len();
    // One character is in too many names to mean any of them, but for the shortest: 甲 for 甲县.
    if (short.len() > 1 || beside < 2) && long.windows(short.len()).any(|part| part == short) {
        return Some((0, beside));
    }
    let most = long.len() / 2;
    let edits = (beside <= most).then(|| edits(short, long));
    if let Some(edits) = edits.filter(|edits| *edits <= most && *edits < short.len()) {
        return Some((0, edits));
    }
    let mut rest = long.iter();
    let is_abbreviation = short.len() > 1 && short.iter().all(|ch| rest.any(|other| other == ch));
    is_abbreviation.then_some((1, beside))
}

/// Edits that make one text of the other: a character put in, left out, changed, or changed places with its neighbour.
fn edits(a: &[char], b: &[char]) -> usize {
    // Three rows of the table of optimal string alignment: the one before last is needed for neighbours that changed places.
    let mut rows = [Vec::new(), (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for (i, ch) in a.iter().enumerate() {
        let [before_last, last, row] = &mut rows;
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = last[j] + usize::from(ch != other);
            row[j + 1] = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *ch == b[j - 1] && a[i - 1] == *other {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        rows.rotate_left(1);
        rows[2].resize(b.len() + 1, 0);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn edits_are_counted() {
        for (a, b, expected) in [
            ("", "", 0),
            ("国务院", "国务院", 0),
            ("国务院办公听", "国务院办公厅", 1),
            ("国院务", "国务院", 1),
            ("通知", "通", 1),
            ("报告", "意见", 2),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(edits(&chars(a), &chars(b)), expected, "{a} {b}");
            assert_eq!(edits(&chars(b), &chars(a)), expected, "{b} {a}");
        }
    }

    #[track_caller]
    fn check(wanted: &str, values: &[&str], expected: &[&str]) {
        let values = values.iter().map(|&value| (value.to_owned(), 1)).collect();
        let found = match near(wanted, values) {
            Nearest::Like(found) => found,
            _ => Vec::new(),
        };
        assert_eq!(found, expected, "{wanted}");
    }

    #[test]
    fn near_values_are_alike_or_hold_one_another() {
        let issuers = [
            "国务院",
            "国务院办公厅",
            "国家发展和改革委员会",
            "青禾镇人民政府",
        ];
        check("国务院办公听", &issuers, &["国务院办公厅", "国务院"]);
        check("國務院辦公聽", &issuers, &["国务院办公厅", "国务院"]);
        check("发改委", &issuers, &["国家发展和改革委员会"]);
        check("教育部", &issuers, &[]);
        check("部", &issuers, &[]);
        let paths = ["2009", "2009/总结.txt", "2010", "2010/通知.txt"];
        // The nearest is first; a name that shares its ending is near as well.
        check("总接.txt", &paths, &["2009/总结.txt", "2010/通知.txt"]);
        check("2009/*.doc", &["2009", "甲"], &["2009"]);
    }
}
