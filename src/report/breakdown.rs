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
