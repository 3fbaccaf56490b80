//! What might have been meant where nothing was found: words of the index that are near, parts that do occur.

use std::collections::BTreeSet;

use super::Searcher;
use crate::index::analyzer::listed_units;
use crate::index::{Key, List, Zone};
use crate::query::{IndexTerm, Leaf};
use crate::search::Result;
use crate::text::normalize::normalize;
use crate::text::pattern::Pattern;
use crate::text::units::{Units, join};

/// Something that does occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its normalized text.
    pub text: String,
    /// Passages that hold it.
    pub passages: u64,
}

/// How near a word of the index is: smaller is nearer.
///
/// One edit away, else the share of character pairs that the two lack in common, in thousandths.
type Distance = u32;

impl Searcher<'_> {
    /// At most `limit` words of the index that are near `word`, the nearest first, of these the most frequent.
    ///
    /// Near is: one character put in, left out, changed or changed places with its neighbour; or half of the pairs
    /// of characters in common (Dice's coefficient). A word is not near itself or its parts ([`Searcher::longest_part`] finds those); nothing is near one character. Takes
    /// one scan of the dictionary of the index.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn suggest(&self, word: &str, limit: usize) -> Result<Vec<Suggestion>> {
        /// Candidates whose passages are counted.
        // Each is a query of its own. They are sorted by nearness and frequency before, so that only the least fitting are
        // left out; all of the dictionary's words may be half alike for a word of one frequent pair.
        const MOST_COUNTED: usize = 64;
        let whole = normalize(word);
        let word: Vec<char> = whole.chars().collect();
        let is_near = |term: &str| {
            // A part of the word is found by `longest_part`; as a word that is near it would be reported twice.
            !whole.contains(term) && distance(&word, &term.chars().collect::<Vec<_>>()).is_some()
        };
        let fields = &self.index.fields;
        let mut terms = self.index.terms(fields.words, is_near)?;
        terms.extend(self.words_of_two(is_near)?);
        let mut near: Vec<(Distance, std::cmp::Reverse<u64>, String)> = Vec::new();
        for text in terms {
            let Some(distance) = distance(&word, &text.chars().collect::<Vec<_>>()) else {
                continue;
            };
            let units = listed_units(&text);
            let listed = units.and_then(|units| IndexTerm::of_units(Zone::Body, &units));
            let term = listed.unwrap_or_else(|| {
                IndexTerm::Word(tantivy::Term::from_field_text(fields.words, &text))
            });
            let frequency = self.statistics.frequency(&term).map_err(self.engine())?;
            if frequency == 0 {
                // Words of deleted passages stay in the dictionary of the index for a while.
                continue;
            }
            near.push((distance, std::cmp::Reverse(frequency), text));
        }
        // By distance, then frequency, then the text: no two are equal, so that the list is the same at each call.
        near.sort_unstable();
        let mut out = Vec::new();
        for (_, _, text) in near.into_iter().take(MOST_COUNTED) {
            let passages = self.passages_with(&Leaf::Word(text.clone()))?;
            if passages > 0 && out.len() < limit {
                out.push(Suggestion { text, passages });
            }
        }
        Ok(out)
    }

    /// The words of two characters that `keep` takes, sorted.
    fn words_of_two(&self, keep: impl Fn(&str) -> bool) -> Result<BTreeSet<String>> {
        let mut out = BTreeSet::new();
        let mut pair = String::new();
        for segment in self.snapshot.segment_readers() {
            let parts = self.index.parts().of(segment).map_err(self.engine())?;
            let visit = |key: Key, list: List| {
                pair.clear();
                pair.extend([key.first, key.second.unwrap_or_default()]);
                if list.is_word && keep(&pair) {
                    out.insert(pair.clone());
                }
                Ok(())
            };
            parts
                .pairs
                .zone(Zone::Body)
                .each(visit)
                .map_err(self.engine())?;
        }
        Ok(out)
    }

    /// The longest part of a phrase that occurs in some passage, the first of equals; `None` if no character does.
    ///
    /// Looks at the first 60 units of the phrase.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn longest_part(&self, phrase: &str) -> Result<Option<Suggestion>> {
        // Start and end only move forwards, so that this is 120 queries at most.
        const MOST_UNITS: usize = 60;
        let units = Units::new(phrase);
        let units: Vec<&str> = units.texts().take(MOST_UNITS).collect();
        let mut best: Option<(usize, Suggestion)> = None;
        let mut start = 0;
        // A text occurs together with all its parts: a start that fails with one end fails with
        // every later one, so that both only move forward.
        for end in 1..=units.len() {
            while start < end {
                let text = join(&units[start..end]);
                let passages = match Pattern::phrase(&text) {
                    Some(pattern) => self.passages_with(&Leaf::Pattern(pattern))?,
                    None => 0,
                };
                if passages == 0 {
                    start += 1;
                    continue;
                }
                if best
                    .as_ref()
                    .is_none_or(|(length, _)| end - start > *length)
                {
                    best = Some((end - start, Suggestion { text, passages }));
                }
                break;
            }
        }
        Ok(best.map(|(_, suggestion)| suggestion))
    }

    /// How many passages hold what `leaf` means, exactly.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn passages_with(&self, leaf: &Leaf) -> Result<u64> {
        let query = self.planner().leaf(leaf)?;
        let count = self
            .snapshot
            .search(&query, &tantivy::collector::Count)
            .map_err(self.engine())?;
        self.index.parts().check().map_err(self.engine())?;
        Ok(count as u64)
    }
}

fn distance(word: &[char], term: &[char]) -> Option<Distance> {
    if word.len() < 2 || term.len() < 2 || word == term {
        return None;
    }
    if is_one_edit(word, term) {
        return Some(0);
    }
    let pairs = |text: &[char]| text.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    let (ours, theirs): (BTreeSet<[char; 2]>, BTreeSet<[char; 2]>) = (pairs(word), pairs(term));
    let common = ours.intersection(&theirs).count();
    let all = ours.len() + theirs.len();
    // Dice is 2 · common / all; multiplied out, so that exactly half is never a matter of rounding.
    (4 * common >= all).then(|| (1000 - 2000 * common / all) as Distance)
}

/// Whether one character put in, left out, changed or swapped with its neighbour makes `a` into `b`.
fn is_one_edit(a: &[char], b: &[char]) -> bool {
    // What is left between the longest common beginning and end is all that an edit can have changed.
    let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&a[..a.len() - suffix], &b[..b.len() - suffix]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, term: &str, expected: Option<Distance>) {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars(word), &chars(term)), expected);
        assert_eq!(distance(&chars(term), &chars(word)), expected);
    }

    #[test]
    fn one_edit_is_nearest() {
        check("农明", "农民", Some(0));
        check("民农", "农民", Some(0));
        check("失地农", "失地农民", Some(0));
        check("招商引进资", "招商引资", Some(0));
        check("农民", "农民", None);
        check("农", "民", None);
    }

    #[test]
    fn half_of_the_pairs_is_just_enough() {
        // Two of three pairs and one of three in common: 4/6 and 2/6.
        check("甲乙丙丁", "戊乙丙丁", Some(0));
        check("甲乙丙戊己", "甲乙丙丁庚", Some(500));
        check("甲乙丙戊己", "甲乙丁庚辛", None);
        // Two of five and of three: 4/8.
        check("甲乙丙丁戊己", "甲乙丙庚", Some(500));
        // Two of six and of three: 4/9.
        check("甲乙丙丁戊己辛", "甲乙丙庚", None);
        // The same pairs in another order, one of them twice.
        check("甲乙甲乙甲", "乙甲乙甲乙", Some(0));
        check("甲乙丙甲乙", "甲乙丙甲乙丙甲乙", Some(0));
        check("", "", None);
        check("甲", "甲乙", None);
    }

    #[test]
    fn one_edit_is_what_a_table_of_edits_says() {
        // Damerau's distance of neighbours by its recurrence.
        fn edits(a: &[char], b: &[char]) -> usize {
            let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
            for i in 0..=a.len() {
                for j in 0..=b.len() {
                    table[i][j] = if i == 0 || j == 0 {
                        i + j
                    } else {
                        let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let mut least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            least = least.min(table[i - 2][j - 2] + 1);
                        }
                        least
                    };
                }
            }
            table[a.len()][b.len()]
        }
        // All texts of up to four of three characters.
        let mut texts = vec![Vec::new()];
        for at in 0.. {
            let Some(text) = texts.get(at).cloned() else {
                break;
            };
            if text.len() < 4 {
                texts.extend(['甲', '乙', '丙'].map(|ch| [&text[..], &[ch]].concat()));
            }
        }
        assert_eq!(texts.len(), 1 + 3 + 9 + 27 + 81);
        for a in &texts {
            for b in &texts {
                assert_eq!(is_one_edit(a, b), edits(a, b) == 1, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn else_half_of_the_pairs() {
        check("招商引资工作", "招商引资", Some(250));
        check("被征地农民", "失地农民", Some(429));
        check("被征地农民", "失地人员", None);
        check("园区", "安置", None);
    }
}
