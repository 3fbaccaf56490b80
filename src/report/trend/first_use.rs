//! The document in which a word is first found, and whether its date says when the word came up.
//!
//! A word is as old as the text that holds it. A statute dates from its last revision, since the indexed text is the
//! revised one: its wording may be that of the first adoption or of any revision after it. A reprint dates from the day of
//! its publication on a site. Both are marked as uncertain, and so is a date that only the name of the file states.

use serde::Serialize;

use crate::document::{Date, DateSource};
use crate::report::tally::{Counted, EntryTally};

/// Why the date of a document does not say when its wording came up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Uncertain {
    /// A revised statute: the word may be as old as its first adoption.
    Revised,
    /// A publication more than a year after the year in its title.
    Reprint,
    /// Only the name of the file states the date.
    FileName,
}

/// The document in which a word is first found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstUse {
    /// Its id.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: String,
    /// When a revised statute was first adopted.
    pub adopted: Option<String>,
    /// Why the date does not say when the word came up; `None` if it does.
    pub uncertain: Option<Uncertain>,
}

impl FirstUse {
    fn new(document: &Counted, date: Date) -> Self {
        Self {
            document: document.id.clone(),
            title: document.title.clone(),
            date: date.to_string(),
            adopted: document.adopted.map(|date| date.to_string()),
            uncertain: uncertain(document, date),
        }
    }
}

/// The earliest document that holds the entry; of several of one date the first whose date is certain. Then the earliest
/// of all with a certain date.
pub fn first_use(
    documents: &[Counted],
    entry: &EntryTally,
) -> (Option<FirstUse>, Option<FirstUse>) {
    let held = entry.by_document.iter();
    let held = held.filter(|(_, occurrences)| *occurrences > 0);
    first_of(held.filter_map(|(ord, _)| documents.get(*ord)))
}

/// The same of the documents that hold a wording; undated ones are skipped.
pub fn first_of<'a>(
    holders: impl Iterator<Item = &'a Counted>,
) -> (Option<FirstUse>, Option<FirstUse>) {
    let dated = holders.filter_map(|document| {
        let date = document.date?;
        Some((date, uncertain(document, date).is_some(), document))
    });
    let dated: Vec<_> = dated.collect();
    let used = |&(date, _, document): &(Date, bool, &Counted)| FirstUse::new(document, date);
    let key = |(date, is_uncertain, document): &&(Date, bool, &Counted)| {
        (*date, *is_uncertain, document.id.clone())
    };
    let certain = dated.iter().filter(|(_, is_uncertain, _)| !is_uncertain);
    (
        dated.iter().min_by_key(key).map(used),
        certain.min_by_key(key).map(used),
    )
}

fn uncertain(document: &Counted, date: Date) -> Option<Uncertain> {
    if document.adopted.is_some_and(|adopted| adopted < date) {
        return Some(Uncertain::Revised);
    }
    let is_of_site = matches!(
        document.date_source,
        Some(DateSource::Record | DateSource::Metadata | DateSource::FileName)
    );
    // A report on a year appears in that year or in the next one.
    let is_late = |year: u16| year + 1 < date.year;
    if is_of_site && year_of_title(&document.title).is_some_and(is_late) {
        return Some(Uncertain::Reprint);
    }
    let is_named = document.date_source == Some(DateSource::FileName);
    is_named.then_some(Uncertain::FileName)
}

/// The last year that the title names in four digits before 年; earlier ones may begin a period.
fn year_of_title(title: &str) -> Option<u16> {
    let normalized = crate::text::normalize::normalize(title);
    let years = normalized.split('年').rev().skip(1).filter_map(|before| {
        let digits = before.chars().rev().take_while(char::is_ascii_digit);
        let digits: Vec<char> = digits.collect();
        let digits: String = digits.into_iter().rev().collect();
        let year = (digits.len() == 4).then(|| digits.parse().ok()).flatten();
        year.filter(|year| (1800..=2200).contains(year))
    });
    let mut years = years;
    years.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, title: &str, year: u16, source: DateSource) -> Counted {
        Counted {
            id: id.into(),
            title: title.into(),
            date: Date::new(year, Some(3), Some(5)),
            date_source: Some(source),
            adopted: None,
            kind: None,
            issuer: None,
            collection: "甲".into(),
            passages: 1,
            characters: 100,
        }
    }

    fn entry(n: usize) -> EntryTally {
        EntryTally {
            prohibited: None,
            entry: "水渠".into(),
            group: None,
            occurrences: n as u64,
            passages: 0,
            documents: n as u64,
            first: None,
            last: None,
            distinct: 0,
            negated: None,
            by_document: (0..n).map(|ord| (ord, 1)).collect(),
            by_role: Vec::new(),
        }
    }

    #[test]
    fn a_revised_statute_a_reprint_and_a_name_are_uncertain() {
        let mut statute = document("a", "水利条例", 2009, DateSource::Subtitle);
        statute.adopted = Date::new(1988, Some(1), Some(21));
        let of = |document: &Counted| {
            let (first, certain) = first_use(std::slice::from_ref(document), &entry(1));
            (first.and_then(|first| first.uncertain), certain.is_some())
        };
        assert_eq!(of(&statute), (Some(Uncertain::Revised), false));
        let reprint = document("b", "１９６０年工作总结", 2009, DateSource::Metadata);
        assert_eq!(of(&reprint), (Some(Uncertain::Reprint), false));
        let named = document("c", "工作总结", 2009, DateSource::FileName);
        assert_eq!(of(&named), (Some(Uncertain::FileName), false));
        for title in ["2008年工作总结", "2001—2010年规划", "工作总结", "年报"] {
            let plain = document("d", title, 2009, DateSource::Metadata);
            assert_eq!(of(&plain), (None, true), "{title}");
        }
        let signed = document("e", "1960年水利史", 2009, DateSource::Signature);
        assert_eq!(of(&signed), (None, true));
    }

    #[test]
    fn the_earliest_of_all_and_the_earliest_certain_one() {
        let documents = [
            document("a", "总结", 2009, DateSource::Signature),
            document("b", "总结", 2005, DateSource::FileName),
            document("c", "总结", 2007, DateSource::Signature),
            document("d", "总结", 2005, DateSource::FileName),
        ];
        let (first, certain) = first_use(&documents, &entry(4));
        let id = |used: Option<FirstUse>| used.map(|used| used.document);
        assert_eq!(
            (id(first), id(certain)),
            (Some("b".into()), Some("c".into()))
        );
        let (first, certain) = first_use(&documents, &entry(0));
        assert_eq!((first, certain), (None, None));
    }

    #[test]
    fn the_last_full_year_of_a_title_counts() {
        for (title, expected) in [
            ("2007年总结", Some(2007)),
            ("２００７年总结", Some(2007)),
            ("2005年至2007年总结", Some(2007)),
            ("2005—2007年规划", Some(2007)),
            ("水渠2007", None),
            ("07年总结", None),
            ("12007年总结", None),
            ("1700年水利", None),
            ("2007年第3年", Some(2007)),
            ("", None),
        ] {
            assert_eq!(year_of_title(title), expected, "{title}");
        }
    }

    #[test]
    fn a_report_of_the_year_before_is_no_reprint() {
        let reprint = Some(Uncertain::Reprint);
        for (title, year, source, expected) in [
            ("2007年总结", 2007, DateSource::Record, None),
            ("2007年总结", 2008, DateSource::Record, None),
            ("2007年总结", 2009, DateSource::Record, reprint),
            ("2007年总结", 2009, DateSource::Metadata, reprint),
            ("2007年总结", 2009, DateSource::FileName, reprint),
            ("2007年总结", 2009, DateSource::Signature, None),
            (
                "2007年总结",
                2008,
                DateSource::FileName,
                Some(Uncertain::FileName),
            ),
        ] {
            let document = document("a", title, year, source);
            let date = document.date.expect("a date");
            assert_eq!(
                uncertain(&document, date),
                expected,
                "{title} {year} {source:?}"
            );
        }
    }
}
