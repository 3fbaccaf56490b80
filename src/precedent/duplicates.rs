//! Near-copies in the whole collection, found without comparing every document with every other.
//!
//! Two documents are near-copies by their resemblance: fingerprints that both have over fingerprints that either
//! has (Broder 1997). Only documents that stand together in the list of some fingerprint are compared at all. In a
//! list of more than [`WIDE`] documents the fingerprint is a set phrase, and only neighbours are taken, so that the
//! work stays in proportion to the text; documents with the very same fingerprints are one from the start.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;

use serde::Serialize;

use super::fingerprints::fingerprints;
use crate::Result;
use crate::search::{DocumentRef, Filter, Searcher};

/// Documents in a fingerprint's list of which all pairs are taken.
pub const WIDE: usize = 24;
/// Fewer distinct fingerprints than this say nothing of a document.
const FEWEST: usize = 4;

/// Near-copies of each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cluster {
    /// The documents: the oldest first, undated last, then by id.
    pub documents: Vec<Copy>,
}

/// A member of a cluster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Copy {
    /// The document.
    pub document: DocumentRef,
    /// Resemblance with the cluster's first document, from 0 to 1.
    pub similarity: f64,
}

/// A document's distinct fingerprints, ascending.
struct Prints {
    id: String,
    hashes: Vec<u64>,
}

/// Clusters of documents each of which resembles another one by at least `min_similarity`; the largest cluster
/// first, then by the first document's id.
///
/// Documents of fewer than four fingerprints (some twenty units) are left out.
///
/// # Errors
/// [`crate::Error::BadGlob`] if a path is no pattern; [`crate::Error::Engine`] if the index can't be read.
pub fn duplicates(
    searcher: &Searcher<'_>,
    filter: &Filter,
    min_similarity: f64,
    threads: NonZeroUsize,
) -> Result<Vec<Cluster>> {
    let states = searcher.scan(filter, threads, Vec::new, |prints, document, passages| {
        let of_passages = passages
            .iter()
            .flat_map(|passage| fingerprints(&passage.text));
        let mut hashes: Vec<u64> = of_passages.collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        if hashes.len() >= FEWEST {
            prints.push(Prints {
                id: document.id.clone(),
                hashes,
            });
        }
        Ok(())
    })?;
    let prints: Vec<Prints> = states.into_iter().flatten().collect();
    let mut groups = Groups::new(prints.len());
    let firsts = first_of_same(&prints, &mut groups);
    for (a, b) in candidates(&prints, &firsts) {
        if groups.find(a) != groups.find(b) && resemblance(&prints[a], &prints[b]) >= min_similarity
        {
            groups.join(a, b);
        }
    }
    clusters(searcher, &prints, &mut groups)
}

/// Fingerprints that both have over fingerprints that either has.
fn resemblance(a: &Prints, b: &Prints) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.hashes.get(i), b.hashes.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    shared as f64 / (a.hashes.len() + b.hashes.len() - shared) as f64
}

/// Joins documents with the very same fingerprints, and returns one of each in order.
fn first_of_same(prints: &[Prints], groups: &mut Groups) -> Vec<usize> {
    let mut same: BTreeMap<&[u64], usize> = BTreeMap::new();
    let mut firsts = Vec::new();
    for (ord, document) in prints.iter().enumerate() {
        let first = *same.entry(&document.hashes).or_insert(ord);
        if first == ord {
            firsts.push(ord);
        } else {
            groups.join(first, ord);
        }
    }
    firsts
}

/// Pairs that share a fingerprint and are not too different in size, those with most in common first.
fn candidates(prints: &[Prints], ords: &[usize]) -> Vec<(usize, usize)> {
    let mut lists: Vec<(u64, u32)> = Vec::new();
    for &ord in ords {
        lists.extend(prints[ord].hashes.iter().map(|&hash| (hash, ord as u32)));
    }
    lists.sort_unstable();
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    for list in lists.chunk_by(|a, b| a.0 == b.0) {
        let reach = if list.len() > WIDE { 1 } else { list.len() };
        for (at, &(_, a)) in list.iter().enumerate() {
            for &(_, b) in list[at + 1..].iter().take(reach) {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<((u32, u32), u32)> = shared.into_iter().collect();
    pairs.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    pairs
        .into_iter()
        .map(|((a, b), _)| (a as usize, b as usize))
        .collect()
}

/// Disjoint sets with path halving (Tarjan and van Leeuwen 1984).
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn find(&mut self, mut ord: usize) -> usize {
        while self.0[ord] != ord {
            self.0[ord] = self.0[self.0[ord]];
            ord = self.0[ord];
        }
        ord
    }

    /// The set's name is its first member's.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}

fn clusters(
    searcher: &Searcher<'_>,
    prints: &[Prints],
    groups: &mut Groups,
) -> Result<Vec<Cluster>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ord in 0..prints.len() {
        members.entry(groups.find(ord)).or_default().push(ord);
    }
    let mut out = Vec::new();
    for ords in members.into_values().filter(|ords| ords.len() > 1) {
        let mut documents: Vec<(DocumentRef, usize)> = Vec::with_capacity(ords.len());
        for ord in ords {
            documents.push((searcher.document(&prints[ord].id)?.into(), ord));
        }
        documents.sort_by(|(a, _), (b, _)| {
            (a.date.is_none(), a.date, &a.id).cmp(&(b.date.is_none(), b.date, &b.id))
        });
        let first = documents[0].1;
        let copies = documents.into_iter().map(|(document, ord)| Copy {
            document,
            similarity: resemblance(&prints[first], &prints[ord]),
        });
        out.push(Cluster {
            documents: copies.collect(),
        });
    }
    out.sort_by(|a, b| {
        let first = |cluster: &Cluster| cluster.documents[0].document.id.clone();
        b.documents
            .len()
            .cmp(&a.documents.len())
            .then_with(|| first(a).cmp(&first(b)))
    });
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::similar::{Compared, SimilarOptions, similar};
    use super::super::tests::with_documents;
    use super::*;

    const ROAD: &str = "云岭乡修路三百里，架桥五座，种树千株，改水八处，全乡道路面貌为之一新，群众出行难题得到缓解。";
    const WATER: &str = "荷塘村新建泵站两座，清淤沟渠十二公里，灌溉面积比上年增加四成，旱季用水有了保障，村民十分满意。";
    const SCHOOL: &str =
        "白鹭镇中心小学翻修操场，添置图书六千册，开办夜读班三个，寄宿学生人数比上学期多了近百名。";

    const ONE: NonZeroUsize = NonZeroUsize::MIN;

    #[test]
    fn near_copies_form_clusters() {
        let copy = format!(
            "云岭乡2015年总结\n{}\n{WATER}",
            ROAD.replace("种树千株", "栽树万株")
        );
        let files = [
            ("甲.txt", format!("云岭乡2011年总结\n{ROAD}\n{WATER}")),
            ("乙.txt", copy),
            ("丙.txt", format!("白鹭镇简讯\n{SCHOOL}")),
            ("丁.txt", format!("白鹭镇简讯\n{SCHOOL}")),
            (
                "戊.txt",
                format!(
                    "白鹭镇另讯\n{WATER}\n{}",
                    SCHOOL.chars().rev().collect::<String>()
                ),
            ),
        ];
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let clusters = with_documents(&files, |searcher| {
            duplicates(searcher, &Filter::default(), 0.5, ONE)
        });
        let ids: Vec<Vec<(String, bool)>> = clusters
            .expect("the index can be read")
            .into_iter()
            .map(|cluster| {
                cluster
                    .documents
                    .into_iter()
                    .map(|copy| (copy.document.id, copy.similarity == 1.0))
                    .collect()
            })
            .collect();
        let id = |id: &str, same| (id.to_owned(), same);
        assert_eq!(
            ids,
            [
                vec![id("丁.txt", true), id("丙.txt", true)],
                vec![id("甲.txt", true), id("乙.txt", false)]
            ]
        );
    }

    #[test]
    fn documents_that_share_text_with_one() {
        let files = [
            ("甲.txt", format!("云岭乡2011年总结\n{ROAD}\n{WATER}")),
            ("乙.txt", format!("云岭乡2015年总结\n{SCHOOL}\n{WATER}")),
            ("丙.txt", format!("白鹭镇简讯\n{SCHOOL}")),
        ];
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let options = SimilarOptions {
            min_share: 0.05,
            limit: 10,
            passages: 3,
            filter: Filter::default(),
            threads: ONE,
        };
        let own = [
            Compared {
                number: 2,
                text: ROAD,
            },
            Compared {
                number: 3,
                text: WATER,
            },
        ];
        let found = with_documents(&files, |searcher| {
            similar(searcher, &own, Some("甲.txt"), &options)
        });
        let found = found.expect("the index can be read");
        let actual: Vec<_> = found
            .iter()
            .map(|found| {
                (
                    found.document.id.as_str(),
                    found
                        .passages
                        .iter()
                        .map(|p| (p.number, p.other_number))
                        .collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(actual, [("乙.txt", vec![(3, 3)])]);
        assert_eq!(found[0].passages[0].other_text, WATER);
        let n_water = fingerprints(WATER).len() as f64;
        let n_road = fingerprints(ROAD).len() as f64;
        assert_eq!(found[0].share, n_water / (n_road + n_water));
        let short = [Compared {
            number: 1,
            text: "云岭乡",
        }];
        let error = with_documents(&files, |searcher| similar(searcher, &short, None, &options))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the document is too short to compare: no passage has 8 characters or words in a row"
        );
    }
}
