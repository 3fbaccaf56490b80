//! Documents that share text with a given one, by their fingerprints.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::Serialize;

use super::fingerprints::{GRAM, fingerprints};
use crate::precedent::{Error, Result};
use crate::search::{DocumentRef, Filter, ScannedPassage, Searcher};

/// Options of [`similar`].
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarOptions {
    /// Minimum share of the document that another one has, from 0 to 1.
    pub min_share: f64,
    /// Maximum number of documents.
    pub limit: usize,
    /// Maximum number of pairs of passages shown for a document.
    pub passages: usize,
    /// The documents to search.
    pub filter: Filter,
    /// Number of threads.
    pub threads: NonZeroUsize,
}

/// A document that shares text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Similar {
    /// The document.
    pub document: DocumentRef,
    /// Share of the first document's distinct fingerprints that this one has.
    pub share: f64,
    /// Share of this document's distinct fingerprints that the first one has.
    pub share_of_other: f64,
    /// Pairs of passages with the most fingerprints in common, the most first, then in order.
    pub passages: Vec<SharedPassage>,
}

/// Two passages that share text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharedPassage {
    /// Number of the passage in the first document.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// Number of the passage in the other document.
    pub other_number: u32,
    /// Line of the other passage in its file.
    pub other_line: u32,
    /// Its text.
    pub other_text: String,
    /// Distinct fingerprints that both have.
    pub fingerprints: usize,
}

/// A passage of the document that others are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Its number.
    pub number: u32,
    /// Its text.
    pub text: &'a str,
}

/// The result of the scan for one document.
struct SharingDocument {
    id: String,
    n_shared: usize,
    n_own: usize,
    /// Pairs of passage numbers and the number of fingerprints that they share.
    pairs: Vec<((u32, u32), usize)>,
}

/// The passages that contain each fingerprint, by hash.
type PassagesByFingerprint = BTreeMap<u64, Vec<u32>>;

/// Documents that share text with the document of these passages, the largest share first, then by id.
///
/// `own` is the document's id if it is in the index; it is skipped. The index is read once, whatever the
/// number of documents that share text.
///
/// # Errors
/// [`Error::TooShort`] if the document has no fingerprint; [`crate::query::Error::BadGlob`] if a path is not a pattern,
/// [`crate::index::Error::Engine`] if the index can't be read.
pub fn similar(
    searcher: &Searcher<'_>,
    passages: &[Compared<'_>],
    own: Option<&str>,
    options: &SimilarOptions,
) -> Result<Vec<Similar>> {
    let places = places(
        passages
            .iter()
            .map(|passage| (passage.number, passage.text)),
    );
    if places.is_empty() {
        return Err(Error::TooShort(GRAM));
    }
    let states = searcher.scan(
        &options.filter,
        options.threads,
        Vec::new,
        |found, document, scanned| {
            if own != Some(document.id.as_str()) {
                found.extend(candidate(&document.id, scanned, &places));
            }
            Ok(())
        },
    )?;
    let mut candidates: Vec<SharingDocument> = states.into_iter().flatten().collect();
    // Of distinct fingerprints, so that repetitions in a document do not count.
    let share = |candidate: &SharingDocument| candidate.n_shared as f64 / places.len() as f64;
    candidates.retain(|candidate| share(candidate) >= options.min_share);
    candidates.sort_by(|a, b| b.n_shared.cmp(&a.n_shared).then_with(|| a.id.cmp(&b.id)));
    candidates.truncate(options.limit);
    // Only documents that are shown are read again.
    let describe = |candidate: SharingDocument| {
        Ok(Similar {
            share: share(&candidate),
            share_of_other: candidate.n_shared as f64 / candidate.n_own as f64,
            document: searcher.document(&candidate.id)?.into(),
            passages: shared_passages(searcher, passages, candidate, options.passages)?,
        })
    };
    candidates.into_iter().map(describe).collect()
}

fn places(passages: impl Iterator<Item = (u32, impl AsRef<str>)>) -> PassagesByFingerprint {
    let mut out = PassagesByFingerprint::new();
    for (number, text) in passages {
        for hash in fingerprints(text.as_ref()) {
            let numbers = out.entry(hash).or_default();
            // Passages come in order, so that comparing with the last number removes repetitions.
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    out
}

fn candidate(
    id: &str,
    scanned: &[ScannedPassage],
    places: &PassagesByFingerprint,
) -> Option<SharingDocument> {
    let numbered = scanned
        .iter()
        .map(|passage| (passage.number, passage.text()));
    let own = self::places(numbered);
    let mut n_shared = 0;
    let mut pairs: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (others, numbers) in own
        .iter()
        .filter_map(|(hash, others)| Some((others, places.get(hash)?)))
    {
        n_shared += 1;
        // A fingerprint in many passages of both documents is a set phrase and says nothing about a pair;
        // four of each bound the number of pairs.
        for &number in numbers.iter().take(4) {
            for &other in others.iter().take(4) {
                *pairs.entry((number, other)).or_default() += 1;
            }
        }
    }
    (n_shared > 0).then(|| SharingDocument {
        id: id.to_owned(),
        n_shared,
        n_own: own.len(),
        pairs: pairs.into_iter().collect(),
    })
}

fn shared_passages(
    searcher: &Searcher<'_>,
    passages: &[Compared<'_>],
    candidate: SharingDocument,
    limit: usize,
) -> Result<Vec<SharedPassage>> {
    let SharingDocument { id, mut pairs, .. } = candidate;
    pairs.sort_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    pairs.truncate(limit);
    let others = searcher.passages(&id, |number| {
        pairs.iter().any(|&((_, other), _)| other == number)
    })?;
    let shared = pairs.iter().filter_map(|&((number, other), fingerprints)| {
        let passage = passages.iter().find(|passage| passage.number == number)?;
        let other = others.iter().find(|passage| passage.number == other)?;
        Some(SharedPassage {
            number,
            text: passage.text.to_owned(),
            other_number: other.number,
            other_line: other.record.line,
            other_text: other.text.clone(),
            fingerprints,
        })
    });
    Ok(shared.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::precedent::test_index::with_documents;

    const SHARED: &str =
        "全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛，村民的日子一年比一年好。";

    fn options() -> SimilarOptions {
        SimilarOptions {
            min_share: 0.1,
            limit: 10,
            passages: 3,
            filter: Filter::default(),
            threads: NonZeroUsize::MIN,
        }
    }

    fn similar_to(text: &str, options: &SimilarOptions) -> Result<Vec<(String, f64, usize)>> {
        let copy = format!("云岭乡总结\n{SHARED}\n");
        let partial = format!(
            "荷塘村总结\n{SHARED}\n村里的养蜂场今年新添了两百箱蜜蜂，产蜜两万斤，销往省城各大商场。\n"
        );
        let other =
            "白鹭镇总结\n渔家晒盐的滩涂今年新修了三处闸口，潮水来去都有人看守，盐产量稳中有升。\n";
        let files = [
            ("copy.txt", copy.as_str()),
            ("partial.txt", &partial),
            ("other.txt", other),
        ];
        let passages = [Compared { number: 7, text }];
        with_documents(&files, |searcher| {
            let found = similar(searcher, &passages, None, options)?;
            Ok(found
                .into_iter()
                .map(|similar| {
                    assert!(
                        similar
                            .passages
                            .iter()
                            .all(|pair| pair.number == 7 && pair.other_text == SHARED)
                    );
                    (
                        similar.document.title,
                        similar.share_of_other,
                        similar.passages.len(),
                    )
                })
                .collect())
        })
    }

    #[test]
    fn documents_with_common_text_come_with_their_passages() {
        let found = similar_to(SHARED, &options()).expect("the index can be read");
        let titles: Vec<&str> = found.iter().map(|(title, ..)| title.as_str()).collect();
        assert_eq!(titles, ["云岭乡总结", "荷塘村总结"]);
        assert!(found.iter().all(|(_, _, n_passages)| *n_passages == 1));
        // The partial copy has fingerprints of its own.
        assert!(found[0].1 > found[1].1 && found[1].1 > 0.0);
    }

    #[test]
    fn limits_and_shares_select() {
        let limited = SimilarOptions {
            limit: 1,
            passages: 0,
            ..options()
        };
        let found = similar_to(SHARED, &limited).expect("the index can be read");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].2, 0);
        let strict = SimilarOptions {
            min_share: 1.0,
            ..options()
        };
        let half = format!(
            "{SHARED}今年的收成也好过往年，家家户户都存了余粮，孩子们都上了学，老人也都有人照看。"
        );
        assert_eq!(
            similar_to(&half, &strict).expect("the index can be read"),
            []
        );
        assert!(matches!(
            similar_to("修路", &options()),
            Err(Error::TooShort(GRAM))
        ));
    }

    #[test]
    fn a_passage_is_listed_once_for_a_repeated_fingerprint() {
        let twice = SHARED.repeat(2);
        let places = places([(1, twice.as_str()), (2, SHARED)].into_iter());
        assert!(
            places
                .values()
                .all(|numbers| numbers.is_sorted_by(|a, b| a < b))
        );
        assert!(places.values().any(|numbers| *numbers == [1, 2]));
    }
}
