//! The numbers of a report, as plain data.

use serde::{Deserialize, Serialize};

use crate::document::{Date, DateSource, Part, Role};
use crate::report::keywords::Repeated;
use crate::search::SectionRef;

/// Maximum number of entries for which the co-occurrences of any two are counted.
// The table of pairs has n (n + 1) / 2 numbers of 4 bytes for each thread: 32 MB at this size, and it grows with the square.
pub const MAX_PAIRED: usize = 4_000;

/// All numbers of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Fingerprint of the index.
    pub fingerprint: String,
    /// The entries, in order of the list.
    pub entries: Vec<EntryTally>,
    /// Entries that occur in the list twice.
    pub repeated: Vec<Repeated>,
    /// The documents under the filter, in order of ids.
    pub documents: Vec<Counted>,
    /// Pairs of entries by number, the smaller first, with the passages that hold both; ascending. `None` over
    /// [`MAX_PAIRED`] entries.
    pub pairs: Option<Vec<Pair>>,
    /// Excerpts by entry, document, passage and place.
    pub excerpts: Vec<Excerpt>,
}

/// The numbers of one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryTally {
    /// The entry as it is written.
    pub entry: String,
    /// Its group.
    pub group: Option<String>,
    /// Number of its occurrences.
    pub occurrences: u64,
    /// Passages that match.
    pub passages: u64,
    /// Documents that hold them.
    pub documents: u64,
    /// Date of the first dated document that holds it.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
    /// Matching passages of different wording.
    pub distinct: u64,
    /// Occurrences that the text denies; `None` if they are not told apart.
    pub negated: Option<u64>,
    /// Occurrences that the text forbids or wards off; `None` if they are not told apart.
    pub prohibited: Option<u64>,
    /// Occurrences by number of document, ascending; documents that match without any are listed with 0.
    pub by_document: Vec<(usize, u64)>,
    /// Occurrences by role of the section, those without last.
    pub by_role: Vec<(Option<Role>, u64)>,
}

/// A document of the collection under the filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// When a statute was first adopted, if it was revised since.
    pub adopted: Option<Date>,
    /// Its 文种.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its collection.
    pub collection: String,
    /// Passages under the filter.
    pub passages: u64,
    /// Characters in them.
    pub characters: u64,
}

/// How often two entries meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Number of the one.
    pub first: usize,
    /// Number of the other.
    pub second: usize,
    /// Passages that hold both.
    pub passages: u64,
}

/// A hit in its context.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excerpt {
    /// Number of the entry.
    pub entry: usize,
    /// Number of the document.
    pub document: usize,
    /// Number of the passage.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// What it is.
    pub part: Part,
    /// The headings above it.
    pub section: Vec<SectionRef>,
    /// The hit's characters in the passage, half-open.
    pub span: (usize, usize),
    /// Up to 40 characters before it.
    pub before: String,
    /// The hit as it is printed.
    pub hit: String,
    /// Up to 40 characters after it.
    pub after: String,
    /// Whether the text denies it; `None` if that is not told.
    pub negated: Option<bool>,
    /// Whether the text forbids it or wards it off; `None` if that is not told.
    pub prohibited: Option<bool>,
}

impl Tally {
    /// Characters of all documents.
    pub fn characters(&self) -> u64 {
        self.documents
            .iter()
            .map(|document| document.characters)
            .sum()
    }

    /// Passages of all documents.
    pub fn passages(&self) -> u64 {
        self.documents
            .iter()
            .map(|document| document.passages)
            .sum()
    }

    /// Occurrences for every 10,000 characters of the collection; 0 without any.
    pub fn per_10k(&self, entry: &EntryTally) -> f64 {
        per_10k(entry.occurrences, self.characters())
    }

    /// The part of the documents that hold the entry, from 0 to 1.
    pub fn share(&self, entry: &EntryTally) -> f64 {
        let n = self.documents.len().max(1);
        entry.documents as f64 / n as f64
    }
}

impl Counted {
    /// The folder at the top of its path; empty if it lies in none.
    pub fn folder(&self) -> &str {
        self.id.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// The year of its date.
    pub fn year(&self) -> Option<u16> {
        self.date.map(|date| date.year)
    }
}

/// How many there are for every 10,000 characters; 0 where there are no characters.
pub fn per_10k(occurrences: u64, characters: u64) -> f64 {
    if characters == 0 {
        return 0.0;
    }
    occurrences as f64 * 10_000.0 / characters as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, date: Option<Date>, passages: u64, characters: u64) -> Counted {
        Counted {
            id: id.to_owned(),
            title: String::new(),
            date,
            date_source: None,
            adopted: None,
            kind: None,
            issuer: None,
            collection: String::new(),
            passages,
            characters,
        }
    }

    fn entry(occurrences: u64, documents: u64) -> EntryTally {
        EntryTally {
            entry: "水渠".to_owned(),
            group: None,
            occurrences,
            passages: 0,
            documents,
            first: None,
            last: None,
            distinct: 0,
            negated: None,
            prohibited: None,
            by_document: Vec::new(),
            by_role: Vec::new(),
        }
    }

    fn tally(documents: Vec<Counted>) -> Tally {
        Tally {
            fingerprint: String::new(),
            entries: Vec::new(),
            repeated: Vec::new(),
            documents,
            pairs: None,
            excerpts: Vec::new(),
        }
    }

    #[test]
    fn rates_are_for_ten_thousand_characters_of_all_documents() {
        let full = tally(vec![
            document("a", None, 3, 4_000),
            document("b", None, 5, 16_000),
        ]);
        assert_eq!((full.passages(), full.characters()), (8, 20_000));
        assert_eq!(full.per_10k(&entry(3, 1)), 1.5);
        assert_eq!(full.share(&entry(3, 1)), 0.5);
        assert_eq!(full.share(&entry(3, 2)), 1.0);
    }

    #[test]
    fn without_text_there_is_no_rate_and_no_share() {
        let empty = tally(Vec::new());
        assert_eq!(empty.per_10k(&entry(0, 0)), 0.0);
        assert_eq!(empty.share(&entry(0, 0)), 0.0);
        let blank = tally(vec![document("a", None, 0, 0)]);
        assert_eq!(blank.per_10k(&entry(0, 0)), 0.0);
        assert_eq!(per_10k(7, 0), 0.0);
        assert_eq!(per_10k(1, 10_000), 1.0);
    }

    #[test]
    fn the_folder_is_the_first_step_of_the_path() {
        for (id, expected) in [
            ("甲/乙/总结.txt", "甲"),
            ("总结.txt", ""),
            ("甲/总结.txt#3/4", "甲"),
        ] {
            assert_eq!(document(id, None, 0, 0).folder(), expected, "{id}");
        }
        let dated = document("a", Date::new(2009, Some(3), None), 0, 0);
        assert_eq!(
            (dated.year(), document("a", None, 0, 0).year()),
            (Some(2009), None)
        );
    }
}
