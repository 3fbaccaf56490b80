//! The documents of a report put together by what they have in common: a year, a 文种, a folder.

use super::tally::{Counted, EntryTally};

/// Documents by a key, and the numbers of entries by it.
#[derive(Clone, Debug)]
pub struct Breakdown<K> {
    keys: Vec<K>,
    /// For each document the ordinal of its key.
    key_of: Vec<usize>,
    extents: Vec<Extent>,
}

/// How much text a key has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Its documents.
    pub documents: u64,
    /// The characters in them.
    pub characters: u64,
}

impl<K: Ord + Clone> Breakdown<K> {
    /// The documents by what `key` says of them.
    pub fn new<'a>(documents: &'a [Counted], key: impl Fn(&'a Counted) -> K) -> Self {
        let of_documents: Vec<K> = documents.iter().map(key).collect();
        let mut keys = of_documents.clone();
        keys.sort();
        keys.dedup();
        let mut extents = vec![Extent::default(); keys.len()];
        let ordinals = of_documents.iter().zip(documents).map(|(key, document)| {
            // By halving: with paths or titles as keys there are as many keys as documents.
            let at = keys.partition_point(|other| other < key);
            extents[at].documents += 1;
            extents[at].characters += document.characters;
            at
        });
        Self {
            key_of: ordinals.collect(),
            extents,
            keys,
        }
    }

    /// The keys that documents have, ascending.
    pub fn keys(&self) -> &[K] {
        &self.keys
    }

    /// How much text each key has.
    pub fn extents(&self) -> &[Extent] {
        &self.extents
    }

    /// The entry's occurrences for each key, zeros among them.
    pub fn occurrences(&self, entry: &EntryTally) -> Vec<u64> {
        let mut out = vec![0; self.keys.len()];
        for &(document, occurrences) in &entry.by_document {
            out[self.key_of[document]] += occurrences;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn counted((id, characters): (&str, u64)) -> Counted {
        Counted {
            adopted: None,
            date_source: None,
            id: id.to_owned(),
            title: String::new(),
            date: None,
            kind: None,
            issuer: None,
            collection: String::new(),
            passages: 1,
            characters,
        }
    }

    fn entry(by_document: Vec<(usize, u64)>) -> EntryTally {
        EntryTally {
            prohibited: None,
            entry: "水渠".to_owned(),
            group: None,
            occurrences: by_document.iter().map(|&(_, n)| n).sum(),
            passages: 0,
            documents: by_document.len() as u64,
            first: None,
            last: None,
            distinct: 0,
            negated: None,
            by_document,
            by_role: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn every_document_counts_for_its_key(
            documents in prop::collection::vec((0_usize..5, 0_u64..100, 0_u64..4), 0..30),
        ) {
            const FOLDERS: [&str; 5] = ["乙/1", "甲/1", "丙/x/1", "1", "甲/2"];
            let all: Vec<Counted> = documents
                .iter()
                .map(|&(folder, characters, _)| counted((FOLDERS[folder], characters)))
                .collect();
            let by_folder = Breakdown::new(&all, Counted::folder);
            let mut expected: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
            for (document, &(.., n)) in all.iter().zip(&documents) {
                let sums = expected.entry(document.folder()).or_default();
                *sums = (sums.0 + 1, sums.1 + document.characters, sums.2 + n);
            }
            let keys: Vec<&str> = expected.keys().copied().collect();
            prop_assert_eq!(by_folder.keys(), keys);
            let extents: Vec<(u64, u64)> = by_folder
                .extents()
                .iter()
                .map(|extent| (extent.documents, extent.characters))
                .collect();
            let wanted: Vec<(u64, u64)> = expected.values().map(|&(n, characters, _)| (n, characters)).collect();
            prop_assert_eq!(extents, wanted);
            // Documents without an occurrence are not listed.
            let found = documents.iter().enumerate().filter(|(_, (.., n))| *n > 0);
            let entry = entry(found.map(|(ord, &(.., n))| (ord, n)).collect());
            let wanted: Vec<u64> = expected.values().map(|&(.., n)| n).collect();
            prop_assert_eq!(by_folder.occurrences(&entry), wanted);
        }
    }

    #[test]
    fn a_file_at_the_top_is_in_no_folder() {
        let all = ["2019/总结.txt", "总结.txt", "/x"].map(|id| counted((id, 1)));
        let folders: Vec<&str> = all.iter().map(Counted::folder).collect();
        assert_eq!(folders, ["2019", "", ""]);
        let none: [Counted; 0] = [];
        let empty = Breakdown::new(&none, Counted::folder);
        assert!(empty.keys().is_empty() && empty.extents().is_empty());
        assert!(empty.occurrences(&entry(Vec::new())).is_empty());
    }
}
