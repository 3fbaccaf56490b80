//! Near-copies in the whole collection.
//!
//! A document is the set of its shingles: all runs of [`GRAM`] units inside its passages. The resemblance of
//! two documents is the number of shingles in both over the number in either (Broder 1997, On the Resemblance
//! and Containment of Documents). Every pair that shares a shingle and reaches the threshold is found
//! ([`Sets::each_candidate`]), whatever its shingles are; chains of such pairs form one cluster. Shingles are
//! compared by hashes of 64 bits.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::Serialize;

use super::fingerprints::shingles;
use super::join::Sets;
use crate::precedent::Result;
use crate::search::{DocumentRef, Filter, Searcher};

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

/// A document's distinct shingles, ascending.
struct Shingled {
    id: String,
    hashes: Box<[u64]>,
}

/// Clusters of documents each of which resembles another one by at least `min_similarity`; the largest
/// cluster first, then by the first document's id.
///
/// A document without a passage of [`GRAM`](super::GRAM) units has no shingle and is not a near-copy of any.
///
/// # Errors
/// [`crate::query::Error::BadGlob`] if a path is not a pattern; [`crate::index::Error::Cancelled`];
/// [`crate::index::Error::Engine`] if the index can't be read.
pub fn duplicates(
    searcher: &Searcher<'_>,
    filter: &Filter,
    min_similarity: f64,
    threads: NonZeroUsize,
) -> Result<Vec<Cluster>> {
    let states = searcher.scan(
        filter,
        threads,
        Vec::new,
        |documents, document, passages| {
            let of_passages = passages
                .iter()
                // Within passages only: a shingle across two paragraphs would depend on how the text was
                // split.
                .flat_map(|passage| shingles(&passage.text()));
            let mut hashes: Vec<u64> = of_passages.collect();
            hashes.sort_unstable();
            hashes.dedup();
            if !hashes.is_empty() {
                documents.push(Shingled {
                    id: document.id.clone(),
                    hashes: hashes.into_boxed_slice(),
                });
            }
            Ok(())
        },
    )?;
    let documents: Vec<Shingled> = states.into_iter().flatten().collect();
    let mut groups = Groups::new(documents.len());
    // Exact copies are joined by hashing first: a thousand copies of one text are a million pairs for the
    // join.
    let (firsts, first_of) = first_of_same(&documents, &mut groups);
    let sets: Vec<&[u64]> = firsts.iter().map(|&ord| &*documents[ord].hashes).collect();
    let sets = Sets::new(&sets);
    let ids: Vec<String> = documents.into_iter().map(|document| document.id).collect();
    sets.each_candidate(min_similarity, |a, b| -> Result<()> {
        searcher.go_on()?;
        // A pair inside one cluster changes nothing.
        let is_new = !groups.are_one(firsts[a], firsts[b]);
        if is_new && sets.resemble(a, b, min_similarity) {
            groups.join(firsts[a], firsts[b]);
        }
        Ok(())
    })?;
    // Each member is compared with the first of its cluster, also where only a chain of pairs links them.
    let resemblance = |a: usize, b: usize| match (first_of[a], first_of[b]) {
        (a, b) if a == b => 1.0,
        (a, b) => sets.resemblance(a, b),
    };
    clusters(searcher, &ids, groups, resemblance)
}

/// Joins documents with identical shingles, and returns one of each in order, and for each document the index
/// of the one with its shingles.
fn first_of_same(documents: &[Shingled], groups: &mut Groups) -> (Vec<usize>, Vec<usize>) {
    let mut same: BTreeMap<&[u64], usize> = BTreeMap::new();
    let (mut firsts, mut first_of) = (Vec::new(), Vec::new());
    for (ord, document) in documents.iter().enumerate() {
        let first = *same.entry(&document.hashes).or_insert(firsts.len());
        if first == firsts.len() {
            firsts.push(ord);
        }
        groups.join(firsts[first], ord);
        first_of.push(first);
    }
    (firsts, first_of)
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

    fn are_one(&mut self, a: usize, b: usize) -> bool {
        self.find(a) == self.find(b)
    }

    /// A set is represented by its first member.
    fn join(&mut self, a: usize, b: usize) {
        // The lower ordinal wins, so that the result does not depend on the order of the pairs.
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}

fn clusters(
    searcher: &Searcher<'_>,
    ids: &[String],
    mut groups: Groups,
    resemblance: impl Fn(usize, usize) -> f64,
) -> Result<Vec<Cluster>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ord in 0..ids.len() {
        members.entry(groups.find(ord)).or_default().push(ord);
    }
    let mut out = Vec::new();
    for ords in members.into_values().filter(|ords| ords.len() > 1) {
        let documents = oldest_first(searcher, ids, ords)?;
        let first = documents[0].1;
        let copies = documents.into_iter().map(|(document, ord)| Copy {
            document,
            similarity: resemblance(first, ord),
        });
        let documents = copies.collect();
        out.push(Cluster { documents });
    }
    let first = |cluster: &Cluster| cluster.documents[0].document.id.clone();
    out.sort_by(|a, b| {
        let by_size = b.documents.len().cmp(&a.documents.len());
        by_size.then_with(|| first(a).cmp(&first(b)))
    });
    Ok(out)
}

/// The documents of a cluster, the oldest first, as the likely original; undated ones cannot be it.
fn oldest_first(
    searcher: &Searcher<'_>,
    ids: &[String],
    ords: Vec<usize>,
) -> Result<Vec<(DocumentRef, usize)>> {
    let mut documents: Vec<(DocumentRef, usize)> = Vec::with_capacity(ords.len());
    for ord in ords {
        documents.push((searcher.document(&ids[ord])?.into(), ord));
    }
    documents.sort_by(|(a, _), (b, _)| {
        (a.date.is_none(), a.date, &a.id).cmp(&(b.date.is_none(), b.date, &b.id))
    });
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fingerprints::fingerprints;
    use super::super::similar::{Compared, SimilarOptions, similar};
    use super::*;
    use crate::precedent;
    use crate::precedent::test_index::with_documents;

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

    /// Units of a block: each has 16 shingles, and no two blocks share one.
    const BLOCK: usize = 23;
    /// Blocks that most documents are made of, so that many documents hold each.
    const PHRASES: usize = 60;

    fn block(ord: usize) -> String {
        let start = 0x4e00 + ord as u32 * 7;
        let chars = (0..BLOCK as u32).map(|at| {
            // Steps that differ from block to block keep runs of eight apart.
            char::from_u32(0x4e00 + (start + at * (97 + ord as u32 * 2)) % 0x5000)
        });
        chars.flatten().collect()
    }

    /// Eighty pairs of documents as sets of blocks, each of `n` blocks; of the first forty pairs each shares `k`
    /// blocks, of the others one less.
    fn planted(n: usize, k: usize) -> Vec<BTreeSet<usize>> {
        let mut state = 7_u64;
        let mut random = move |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut documents = Vec::new();
        let mut own = PHRASES;
        for pair in 0..80 {
            let mut blocks = BTreeSet::new();
            while blocks.len() < n {
                blocks.insert(random(PHRASES));
            }
            let n_shared = if pair < 40 { k } else { k - 1 };
            let mut other: BTreeSet<usize> = blocks.iter().copied().take(n_shared).collect();
            while other.len() < n {
                other.insert(own);
                own += 1;
            }
            documents.extend([blocks, other]);
        }
        documents
    }

    fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
        let n_common = a.intersection(b).count();
        n_common as f64 / (a.len() + b.len() - n_common) as f64
    }

    /// Every pair compared, by the definition.
    fn expected(documents: &[BTreeSet<usize>], least: f64) -> BTreeSet<BTreeSet<usize>> {
        let mut groups = Groups::new(documents.len());
        for b in 0..documents.len() {
            for a in 0..b {
                if jaccard(&documents[a], &documents[b]) >= least {
                    groups.join(a, b);
                }
            }
        }
        let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for ord in 0..documents.len() {
            members.entry(groups.find(ord)).or_default().insert(ord);
        }
        members
            .into_values()
            .filter(|group| group.len() > 1)
            .collect()
    }

    #[test]
    fn all_planted_pairs_are_found_and_none_below() {
        let mut n_planted = 0;
        for (n, k, least) in [
            (12, 8, 0.5),
            (12, 9, 0.6),
            (14, 12, 0.75),
            (9, 8, 0.8),
            (19, 18, 0.9),
        ] {
            let documents = planted(n, k);
            let files: Vec<(String, String)> = documents
                .iter()
                .enumerate()
                .map(|(ord, blocks)| {
                    let lines: Vec<String> = blocks.iter().map(|&ord| block(ord) + "。").collect();
                    (
                        format!("{ord:03}.txt"),
                        format!("第{ord}号\n{}\n", lines.join("\n")),
                    )
                })
                .collect();
            let files: Vec<(&str, &str)> = files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            let clusters = with_documents(&files, |searcher| {
                duplicates(searcher, &Filter::default(), least, ONE)
            });
            let mut found = BTreeSet::new();
            for cluster in clusters.expect("the index can be read") {
                let ord = |copy: &Copy| copy.document.id[..3].parse::<usize>().expect("a number");
                let first = ord(&cluster.documents[0]);
                for copy in &cluster.documents {
                    let similarity = jaccard(&documents[first], &documents[ord(copy)]);
                    assert_eq!(copy.similarity, similarity);
                }
                found.insert(cluster.documents.iter().map(ord).collect::<BTreeSet<_>>());
            }
            assert_eq!(found, expected(&documents, least), "{least}");
            for pair in 0..40 {
                let both = [2 * pair, 2 * pair + 1];
                n_planted += found
                    .iter()
                    .filter(|group| both.iter().all(|ord| group.contains(ord)))
                    .count();
            }
        }
        assert_eq!(n_planted, 200);
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
        assert!(matches!(error, precedent::Error::TooShort(8)), "{error}");
    }
}
