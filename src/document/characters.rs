//! Where the characters of a document are: every character read is in a passage or in the boilerplate.

use serde::{Deserialize, Serialize};

use super::{Boilerplate, Document, Reason};
use crate::text::visible::n_visible;

/// Counts of the characters of a document, and where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characters {
    /// Those in the file: the visible ones that its reader saw, and the blanks that were kept between them.
    pub read: u64,
    /// Those in passages.
    pub passages: u64,
    /// Those in boilerplate; together with those in passages, all characters read.
    pub boilerplate: u64,
}

impl std::ops::AddAssign for Characters {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.passages += other.passages;
        self.boilerplate += other.boilerplate;
    }
}

impl Document {
    /// The character counts of the document.
    pub fn characters(&self) -> Characters {
        let (passages, seen_in_passages) = n_chars(self.passages.iter().map(|p| &p.text));
        let (boilerplate, seen_in_boilerplate) = n_chars(self.boilerplate.iter().map(|b| &b.text));
        // Blanks change where lines are joined and split, so that `n_read` counts visible characters; the
        // kept blanks are added on both sides of the sum.
        let n_blanks = passages + boilerplate - seen_in_passages - seen_in_boilerplate;
        Characters {
            read: self.n_read + n_blanks,
            passages,
            boilerplate,
        }
    }
}

/// The number of characters, and how many of them are visible.
fn n_chars<'a>(texts: impl Iterator<Item = &'a String>) -> (u64, u64) {
    texts.fold((0, 0), |(n_all, n_seen), text| {
        let n_chars = text.chars().count() as u64;
        (n_all + n_chars, n_seen + n_visible(text))
    })
}

/// Share of a document's characters, in percent, from which a warning says that they were set aside.
const MUCH: u64 = 5;

/// The share of characters in `boilerplate`, in percent, and the reason for most of them; `None` for a share
/// of 5 % or less.
pub fn set_aside(characters: &Characters, boilerplate: &[Boilerplate]) -> Option<(u8, Reason)> {
    let kept = characters.passages + characters.boilerplate;
    if characters.boilerplate * 100 <= kept * MUCH {
        return None;
    }
    let n_of = |reason: &Reason| -> u64 {
        let lines = boilerplate.iter().filter(|line| line.reason == *reason);
        lines.map(|line| n_visible(&line.text)).sum()
    };
    let percent = u8::try_from(characters.boilerplate * 100 / kept).unwrap_or(100);
    let reasons = Reason::ALL.into_iter().filter(|reason| n_of(reason) > 0);
    reasons.max_by_key(n_of).map(|reason| (percent, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Part, Passage};

    fn passage(text: &str) -> Passage {
        Passage {
            opened: None,
            number: 1,
            line: 1,
            part: Part::Body,
            text: text.to_owned(),
            section: None,
            row: None,
            is_recognized: false,
        }
    }

    fn aside(text: &str, reason: Reason) -> Boilerplate {
        Boilerplate {
            line: 1,
            text: text.to_owned(),
            reason,
        }
    }

    #[test]
    fn kept_blanks_count_on_both_sides() {
        let document = Document {
            passages: vec![passage("　　园区 平稳。"), passage("a b")],
            boilerplate: vec![aside("第 3 页", Reason::PageNumber)],
            n_read: 10,
            ..Document::default()
        };
        let characters = document.characters();
        assert_eq!((characters.passages, characters.boilerplate), (11, 5));
        assert_eq!(
            characters.read,
            characters.passages + characters.boilerplate
        );
        let mut sum = characters;
        sum += characters;
        assert_eq!((sum.read, sum.passages, sum.boilerplate), (32, 22, 10));
    }

    #[test]
    fn over_a_twentieth_aside_is_worth_a_warning() {
        let aside_of = |boilerplate, passages, lines: &[Boilerplate]| {
            let characters = Characters {
                read: passages + boilerplate,
                passages,
                boilerplate,
            };
            set_aside(&characters, lines)
        };
        let lines = [
            aside("甲乙", Reason::Frame),
            aside("丙", Reason::Hidden),
            aside("丁", Reason::Hidden),
            aside("戊", Reason::Hidden),
        ];
        assert_eq!(aside_of(5, 95, &lines), None);
        assert_eq!(aside_of(6, 94, &lines), Some((6, Reason::Hidden)));
        assert_eq!(aside_of(6, 0, &lines[..1]), Some((100, Reason::Frame)));
        assert_eq!(aside_of(0, 0, &[]), None);
    }
}
