//! Zones: the texts of a record that are searched apart from each other.
//!
//! The term is that of Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), 6.1.

use tantivy::{DocId, TantivyError};

/// One of the texts of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Zone {
    /// Its own text.
    Body,
    /// The headings above it, stored with the anchor of each run, see [`super::schema::InheritedField`].
    Headings,
    /// The title of its document; held like the headings.
    Title,
}

impl Zone {
    /// All of them, in the order of their ordinals.
    pub(crate) const ALL: [Self; 3] = [Self::Body, Self::Headings, Self::Title];
}

/// Which records have a text in a zone: nearly all, or few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holders {
    /// Each record, be it an empty text.
    All,
    /// Those of a sorted list.
    Listed,
}

impl Holders {
    /// Which records have a text in a zone.
    pub(super) fn of(zone: Zone) -> Self {
        match zone {
            Zone::Body => Self::All,
            Zone::Headings | Zone::Title => Self::Listed,
        }
    }

    /// The ordinal of a record's text, found in the sorted list of `n` records that `doc_at` reads.
    pub(super) fn ordinal(
        self,
        doc: DocId,
        n: usize,
        doc_at: impl Fn(usize) -> tantivy::Result<u32>,
    ) -> tantivy::Result<Option<usize>> {
        if self == Self::All {
            return Ok(((doc as usize) < n).then_some(doc as usize));
        }
        let (mut from, mut to) = (0, n);
        while from < to {
            let middle = from.midpoint(to);
            match doc_at(middle)?.cmp(&doc) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Some(middle)),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        Ok(None)
    }
}

/// What is said of a part of a segment that is not as it was written.
pub(super) fn corrupt(extension: &str) -> TantivyError {
    TantivyError::SystemError(format!("a .{extension} file is not as it was written"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_holder_is_found_where_it_is_listed(
            steps in prop::collection::vec(1_u32..4, 0..40),
            doc in 0_u32..120,
        ) {
            let mut last = 0;
            let holders: Vec<DocId> = steps
                .iter()
                .map(|step| {
                    last += step;
                    last - 1
                })
                .collect();
            let ordinal = |doc| {
                Holders::Listed
                    .ordinal(doc, holders.len(), |ord| Ok(holders[ord]))
                    .expect("a list in memory")
            };
            prop_assert_eq!(ordinal(doc), holders.iter().position(|&holder| holder == doc));
            for (ord, &holder) in holders.iter().enumerate() {
                prop_assert_eq!(ordinal(holder), Some(ord));
            }
            let all = Holders::All.ordinal(doc, holders.len(), |_| unreachable!("no list is read"));
            prop_assert_eq!(all.expect("no list"), ((doc as usize) < holders.len()).then_some(doc as usize));
        }
    }

    #[test]
    fn a_list_that_cannot_be_read_is_an_error() {
        let read = |_| Err(corrupt("text"));
        assert!(Holders::Listed.ordinal(3, 1, read).is_err());
        // Nothing is read of an empty one.
        assert!(matches!(Holders::Listed.ordinal(3, 0, read), Ok(None)));
        let error = corrupt("text").to_string();
        assert!(error.contains(".text"), "{error}");
    }

    #[test]
    fn zones_come_in_order_of_their_ordinals() {
        let ordinals = Zone::ALL.map(|zone| zone as usize);
        assert_eq!(ordinals, [0, 1, 2]);
        let listed = Zone::ALL.map(|zone| Holders::of(zone) == Holders::Listed);
        assert_eq!(listed, [false, true, true]);
    }
}
