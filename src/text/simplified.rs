//! Traditional script to simplified: words first, then characters (`OpenCC`'s `TSPhrases` and `TSCharacters`, first choices).
//!
//! The word list keeps words that have as many characters on either side and differ from their characters
//! folded one by one: 瞭解 is 了解, but 瞭望 stays.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The first character of the table, and the first one beyond it.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// Whether the table has an entry for `ch`: Han characters of the usual blocks.
pub(super) fn is_listed(ch: char) -> bool {
    (FIRST..=LAST).contains(&ch)
}

/// The simplified form of one character; itself where the table has none.
pub(super) fn of_char(ch: char) -> char {
    if is_listed(ch) {
        TABLE.chars[ch as usize - FIRST as usize]
    } else {
        ch
    }
}

/// The simplified form of the longest listed word that begins with `ch` and continues with `rest`; `None` if
/// no listed word does.
pub(super) fn of_word(ch: char, rest: std::str::Chars<'_>) -> Option<&'static [char]> {
    if !is_listed(ch) || !TABLE.begins_word[ch as usize - FIRST as usize] {
        return None;
    }
    let words = TABLE.words.get(&ch)?;
    let is_word = |word: &&Word| {
        rest.clone()
            .take(word.rest.len())
            .eq(word.rest.iter().copied())
    };
    words.iter().find(is_word).map(|word| &*word.simplified)
}

/// Characters that have another simplified form, each with it, in order.
pub(super) fn changed() -> impl Iterator<Item = (char, char)> {
    let chars = (FIRST..=LAST).map(|ch| (ch, of_char(ch)));
    chars.filter(|(ch, simplified)| ch != simplified)
}

/// Whether `ch` folds differently in some word than by itself.
pub(super) fn depends_on_word(ch: char) -> bool {
    TABLE.dependent.binary_search(&ch).is_ok()
}

struct Word {
    /// The characters after the first.
    rest: Vec<char>,
    simplified: Vec<char>,
}

struct FoldTable {
    /// The simplified form of each character from [`FIRST`] to [`LAST`].
    chars: Vec<char>,
    /// Whether some word begins with the character.
    begins_word: Vec<bool>,
    /// Words by their first character, longer ones first.
    words: BTreeMap<char, Vec<Word>>,
    /// Characters that words fold differently, in order.
    dependent: Vec<char>,
}

static TABLE: LazyLock<FoldTable> = LazyLock::new(|| {
    let chars = characters();
    let mut table = FoldTable {
        begins_word: vec![false; chars.len()],
        chars,
        words: BTreeMap::new(),
        dependent: Vec::new(),
    };
    for (from, to) in hanconv::RawDictionary::TSPhrases.iter() {
        table.add_word(from, to);
    }
    for words in table.words.values_mut() {
        // The first match is then the longest one.
        words.sort_by_key(|word| std::cmp::Reverse(word.rest.len()));
    }
    table.dependent.sort_unstable();
    table.dependent.dedup();
    table
});

impl FoldTable {
    fn add_word(&mut self, from: &str, to: &str) {
        let from: Vec<char> = from.chars().collect();
        let simplified: Vec<char> = to.chars().collect();
        let of_char = |ch: char| match (ch as usize).checked_sub(FIRST as usize) {
            Some(ord) => self.chars.get(ord).copied().unwrap_or(ch),
            None => ch,
        };
        let differs: Vec<char> = from
            .iter()
            .zip(&simplified)
            .filter(|&(&from, &to)| of_char(from) != to)
            .map(|(&from, _)| from)
            .collect();
        // A word of equal length keeps character offsets; a word that folds as its characters do would only
        // slow the lookup.
        let is_whole = from.iter().chain(&simplified).all(|&ch| is_listed(ch));
        if from.len() != simplified.len() || differs.is_empty() || !is_whole {
            return;
        }
        self.dependent.extend(differs);
        self.begins_word[from[0] as usize - FIRST as usize] = true;
        let rest = from[1..].to_vec();
        let words = self.words.entry(from[0]).or_default();
        words.push(Word { rest, simplified });
    }
}

fn characters() -> Vec<char> {
    let mut table: Vec<char> = (FIRST..=LAST).collect();
    for (from, to) in hanconv::RawDictionary::TSCharacters.iter() {
        let (Some(from), Some(to)) = (from.chars().next(), to.chars().next()) else {
            continue;
        };
        if let Some(slot) = (from as usize)
            .checked_sub(FIRST as usize)
            .and_then(|ord| table.get_mut(ord))
        {
            *slot = to;
        }
    }
    // A few targets are themselves sources; following them once more makes folding idempotent.
    let once = table.clone();
    for slot in &mut table {
        if let Some(&next) = (*slot as usize)
            .checked_sub(FIRST as usize)
            .and_then(|ord| once.get(ord))
        {
            *slot = next;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        for ch in FIRST..=LAST {
            assert_eq!(of_char(of_char(ch)), of_char(ch), "{ch}");
        }
    }

    #[test]
    fn words_are_longest_first_and_keep_their_length() {
        let of = |text: &str| {
            let mut rest = text.chars();
            let first = rest.next()?;
            of_word(first, rest).map(|word| word.iter().collect::<String>())
        };
        assert_eq!(of("瞭解情況").as_deref(), Some("了解"));
        assert_eq!(of("瞭望"), None);
        assert_eq!(of("計畫"), Some("计划".to_owned()));
        assert_eq!(of("計劃"), None);
        assert!(depends_on_word('瞭') && !depends_on_word('計') && !depends_on_word('的'));
    }
}
