//! Counting: every number of a report from one scan of the passages.

use std::collections::BTreeMap;

use super::counts::{Counted, Tally};
use super::options::{Method, TallyOptions};
use super::run::{self, Counter, Run};
use crate::query::Node;
use crate::report::Result;
use crate::report::keywords::Keywords;
use crate::report::program::Program;
use crate::search::{
    DocumentFilter, DocumentScan, Order, ScannedDocument, ScannedPassage, Searcher,
};

/// Maximum number of words and phrases that are looked up in posting lists. Random words of a collection of 373,000 passages take as
/// long either way at some 140 of them (`cargo bench --bench report`: 80 words 422 and 583 ms, 160 words 701 and 654 ms),
/// frequent words at fewer.
const FEW: usize = 120;

/// Counts the keywords; progress is in the documents that are read, its work in characters, see [`Searcher::with_task`].
///
/// # Errors
/// [`crate::index::Error::Cancelled`];
/// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::query::Error::TooExpensive`] if the gaps of the entries cost more than
/// a query may; [`crate::index::Error::Engine`] if the index can't be read.
pub fn tally(searcher: &Searcher, keywords: &Keywords, options: &TallyOptions) -> Result<Tally> {
    let (runs, documents) = runs(searcher, keywords, options)?;
    let fingerprint = &searcher.manifest().fingerprint;
    let (of, counted) = ((&**fingerprint, keywords), (documents, options));
    Ok(run::finish(runs, of, counted))
}

/// What each thread counted, in order of the documents, and these.
pub(super) fn runs(
    searcher: &Searcher,
    keywords: &Keywords,
    options: &TallyOptions,
) -> Result<(Vec<Run>, Vec<Counted>)> {
    let program = Program::new(&keywords.entries, searcher.manifest().id_prefixes())?;
    let scan = searcher.document_scan(&options.filter)?;
    let documents = documents(searcher, &scan)?;
    let counter = Counter {
        program: &program,
        documents: &documents,
        options,
        n: keywords.entries.len(),
    };
    let start = || Run::new(counter.n);
    let visit = |run: &mut Run, document: &ScannedDocument, passages: &[ScannedPassage]| {
        counter.count(run, document, passages);
        Ok(())
    };
    let by_postings = match options.method {
        Method::Fitting => program.n_leaves() <= FEW,
        Method::Scan => false,
        Method::Postings => true,
    };
    let runs = if by_postings {
        let alternatives = keywords
            .entries
            .iter()
            .flat_map(|entry| &entry.alternatives);
        let any = Node::Any(alternatives.cloned().collect());
        let matching = searcher.scan_matching(&any, &options.filter)?;
        matching.run(options.threads, start, visit)?
    } else {
        searcher.charge(
            keywords
                .entries
                .iter()
                .flat_map(|entry| &entry.alternatives),
        )?;
        scan.run(options.threads, start, visit)?
    };
    Ok((runs, documents))
}

fn documents(searcher: &Searcher, scan: &DocumentScan) -> Result<Vec<Counted>> {
    let extents = scan.document_stats()?;
    let all = searcher.documents(&DocumentFilter::default(), None, Order::Path)?;
    let listed = all
        .into_iter()
        .map(|document| (document.id.clone(), document));
    let mut listed: BTreeMap<String, _> = listed.collect();
    // Both come from the same snapshot.
    let documents = extents.into_iter().filter_map(|extent| {
        let record = listed.remove(&extent.id)?;
        Some(Counted {
            id: extent.id,
            title: record.title,
            date: extent.date,
            date_source: record.date_source,
            adopted: record.adopted,
            kind: extent.kind,
            issuer: record.issuer,
            collection: record.collection,
            passages: extent.passages,
            characters: extent.characters,
        })
    });
    Ok(documents.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Start, end and what the passage says of it.
    type Places = Vec<(usize, usize, Polarity)>;

    use super::*;
    use crate::document::{Date, Part, Role};
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::{Item, Leaf, Occur, Restriction, parse};
    use crate::report::breakdown::Breakdown;
    use crate::report::keywords::from_words;
    use crate::search::Filter;
    use crate::text::negation::{Polarity, polarity};
    use crate::text::pattern::Pattern;
    use crate::text::units::Units;
    use std::num::NonZeroUsize;

    /// The next number of a fixed row of numbers (Knuth's MMIX generator).
    fn next(seed: &mut u64) -> usize {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize
    }

    /// Reports of few different words, so that everything meets everything.
    fn reports(folder: &std::path::Path) -> Index {
        const PARTS: [&str; 20] = [
            "修", "水渠", "整修", "未", "不断", "没有", "，", "。", "、", "的", "村", "5G", "1,2",
            "修水", "渠", "；", "不得", "道路", "第1", "修渠",
        ];
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        let mut seed = 7;
        for file in 0..24 {
            let place = corpus.join(["甲", "乙", "丙/丁"][file % 3]);
            std::fs::create_dir_all(&place).expect("a folder");
            let kind = ["工作总结", "通知"][next(&mut seed) % 2];
            let mut text = format!("白苇县{}{kind}\n一、基本情况\n", 2001 + next(&mut seed) % 5);
            for line in 0..30 {
                if line == 15 {
                    text.push_str("二、存在的问题\n");
                }
                for _ in 0..=next(&mut seed) % 16 {
                    text.push_str(PARTS[next(&mut seed) % PARTS.len()]);
                }
                text.push_str("。\n");
            }
            if file % 4 > 0 {
                text.push_str(&format!(
                    "{}年3月{}日\n",
                    2001 + next(&mut seed) % 5,
                    file + 1
                ));
            }
            std::fs::write(place.join(format!("{file}.txt")), text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        Index::open(&dir).expect("the index")
    }

    const ENTRIES: [&str; 21] = [
        "修",
        "水渠",
        "水渠 | 修水渠 | 渠",
        "修渠|整修|修",
        "\"修*{1,3}渠\"",
        "\"修*渠\" | 水渠",
        "修 NEAR/3 道路",
        "水渠 AND 道路",
        "水渠 -道路",
        "-修",
        "5g",
        "1,2",
        "水渠 kind:通知",
        "year:2001..2003 修渠",
        "heading:问题 整修",
        "title:总结 整修",
        "role:问题 (修 OR 渠)",
        "heading:问题 +整修 渠",
        "path:甲/* 修渠",
        "没有 | 不得",
        "修修",
    ];

    /// A node read off the text and the records, in the plainest way.
    fn brute_holds(
        node: &Node,
        document: &Counted,
        passage: &crate::search::StoredPassage,
        units: &Units,
    ) -> bool {
        let find = |pattern: &Pattern, text: &str| !pattern.find(&Units::new(text)).is_empty();
        let holds = |node: &Node| brute_holds(node, document, passage, units);
        match node {
            Node::Leaf(leaf) => !leaf.find(units).is_empty(),
            Node::All(nodes) => nodes.iter().all(holds),
            Node::Any(nodes) | Node::Choice(nodes) => nodes.iter().any(holds),
            Node::Not(node) => !holds(node),
            Node::Weighted(node, _) => holds(node),
            Node::List(items) => {
                let of = |occur| items.iter().filter(move |item| item.occur == occur);
                let is_restriction = |item: &Item| {
                    let restriction = matches!(item.node, Node::Restriction(_));
                    restriction || item.node.leaves().is_empty()
                };
                let n_required = of(Occur::Required)
                    .filter(|item| !is_restriction(item))
                    .count();
                let n_optional = of(Occur::Optional).count();
                of(Occur::Required).all(|item| holds(&item.node))
                    && !of(Occur::Forbidden).any(|item| holds(&item.node))
                    && (n_required > 0
                        || n_optional == 0
                        || of(Occur::Optional).any(|item| holds(&item.node)))
            }
            Node::Restriction(restriction) => match restriction {
                Restriction::Title(pattern) => {
                    passage.record.part != Part::Title && find(pattern, &document.title)
                }
                Restriction::Heading(pattern) => {
                    let path = &passage.record.path;
                    let above = path.len() - usize::from(passage.record.part == Part::Heading);
                    path[..above]
                        .iter()
                        .any(|heading| find(pattern, &heading.title))
                }
                Restriction::Kind(kind) => document.kind.as_ref() == Some(kind),
                Restriction::Year(years) => document
                    .date
                    .is_some_and(|date| years.contains(date.year.into())),
                Restriction::Path(_) => document.id.starts_with("甲/"),
                Restriction::Dates(dates) => document.date.is_some_and(|date| dates.contains(date)),
                Restriction::Issuer(text) => {
                    let own = document.issuer.as_ref();
                    own.is_some_and(|own| own.contains(text))
                }
                Restriction::Collection(name) => document.collection == *name,
                Restriction::Role(role) => {
                    passage.record.role.map(Role::name) == Some(role.as_str())
                }
            },
        }
    }

    /// Occurrences in a passage: start, end, polarity; by trying every way to leave overlaps out, longest first.
    fn occurrences(
        alternatives: &[Node],
        document: &Counted,
        passage: &crate::search::StoredPassage,
    ) -> Option<Places> {
        let units = Units::new(&passage.text);
        let mut leaves: Vec<&Leaf> = Vec::new();
        let mut matches = false;
        for node in alternatives {
            if brute_holds(node, document, passage, &units) {
                matches = true;
                leaves.extend(node.leaves());
            }
        }
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        for (ord, leaf) in leaves.iter().enumerate() {
            if leaves[..ord].contains(leaf) {
                continue;
            }
            for found in leaf.find(&units) {
                let range = found.units();
                places.push((range.start, range.end, ord));
            }
        }
        let mut kept: Vec<(usize, usize, usize)> = Vec::new();
        for length in (1..200).rev() {
            for start in 0..units.len() {
                for &(from, to, leaf) in &places {
                    let overlaps =
                        |&(f, t, l): &(usize, usize, usize)| l != leaf && f < to && from < t;
                    if (from, to - from) == (start, length) && !kept.iter().any(overlaps) {
                        kept.push((from, to, leaf));
                    }
                }
            }
        }
        kept.sort_unstable();
        let polarity = |start: usize, end: usize| {
            let span = units.span(start..end);
            polarity(&passage.text, span.start, span.end)
        };
        let out = kept
            .into_iter()
            .map(|(start, end, _)| (start, end, polarity(start, end)));
        matches.then(|| out.collect())
    }

    fn words() -> Vec<String> {
        ENTRIES.iter().map(|&entry| entry.to_owned()).collect()
    }

    fn count(searcher: &Searcher, method: Method, threads: usize) -> Tally {
        let options = TallyOptions {
            method,
            threads: NonZeroUsize::new(threads).expect("some threads"),
            excerpts: 10,
            ..TallyOptions::default()
        };
        tally(searcher, &from_words(&words()).expect("keywords"), &options).expect("a tally")
    }

    #[test]
    fn every_number_is_that_of_a_scan_in_the_plainest_way() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = reports(folder.path());
        let searcher = Searcher::new(&index);
        let tally = count(&searcher, Method::Scan, 2);
        let keywords = from_words(&words()).expect("keywords");
        let mut together: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        let mut all: Vec<BTreeMap<(usize, u32), Places>> = Vec::new();
        for entry in &keywords.entries {
            let mut found = BTreeMap::new();
            for (ord, document) in tally.documents.iter().enumerate() {
                for passage in searcher.passages(&document.id, |_| true).expect("passages") {
                    let hits = occurrences(&entry.alternatives, document, &passage);
                    if let Some(hits) = hits {
                        found.insert((ord, passage.number), hits);
                    }
                }
            }
            all.push(found);
        }
        for (ord, (entry, found)) in tally.entries.iter().zip(&all).enumerate() {
            let name = &entry.entry;
            let hits: Vec<_> = found.values().flatten().collect();
            assert_eq!(entry.occurrences, hits.len() as u64, "{name}");
            assert_eq!(entry.passages, found.len() as u64, "{name}");
            let documents: BTreeSet<usize> = found.keys().map(|&(document, _)| document).collect();
            assert_eq!(entry.documents, documents.len() as u64, "{name}");
            let of = |polarity| hits.iter().filter(|hit| hit.2 == polarity).count() as u64;
            assert_eq!(entry.negated, Some(of(Polarity::Denied)), "{name}");
            assert_eq!(entry.prohibited, Some(of(Polarity::Forbidden)), "{name}");
            let dates: BTreeSet<Date> = documents
                .iter()
                .filter_map(|&document| tally.documents[document].date)
                .collect();
            assert_eq!(
                (entry.first, entry.last),
                (dates.first().copied(), dates.last().copied())
            );
            let mut shapes = BTreeSet::new();
            let mut by_role: BTreeMap<Option<&str>, u64> = BTreeMap::new();
            for (&(document, number), hits) in found {
                let id = &tally.documents[document].id;
                let passage = searcher
                    .passages(id, |n| n == number)
                    .expect("a passage")
                    .remove(0);
                let texts: Vec<String> = Units::new(&passage.text)
                    .texts()
                    .map(str::to_owned)
                    .collect();
                shapes.insert(texts);
                *by_role
                    .entry(passage.record.role.map(Role::name))
                    .or_default() += hits.len() as u64;
            }
            assert_eq!(entry.distinct, shapes.len() as u64, "{name}");
            by_role.retain(|_, n| *n > 0);
            let roles: BTreeMap<Option<&str>, u64> = entry
                .by_role
                .iter()
                .map(|&(role, n)| (role.map(Role::name), n))
                .collect();
            assert_eq!(roles, by_role, "{name}");
            for (other, places) in all.iter().enumerate().skip(ord + 1) {
                let both = found
                    .keys()
                    .filter(|place| places.contains_key(place))
                    .count();
                together.insert((ord, other), both as u64);
            }
            let years = Breakdown::new(&tally.documents, Counted::year);
            let summed: u64 = years.occurrences(entry).iter().sum();
            assert_eq!(summed, entry.occurrences, "{name}");
        }
        together.retain(|_, n| *n > 0);
        let pairs = tally.pairs.as_deref().expect("pairs");
        let pairs: BTreeMap<_, _> = pairs
            .iter()
            .map(|pair| ((pair.first, pair.second), pair.passages))
            .collect();
        assert_eq!(pairs, together);
        // The reports are such that nothing is trivially zero.
        assert!(
            tally
                .entries
                .iter()
                .filter(|entry| entry.occurrences > 0)
                .count()
                >= 18
        );
    }

    #[test]
    fn posting_lists_and_threads_change_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = reports(folder.path());
        let searcher = Searcher::new(&index);
        let scanned = count(&searcher, Method::Scan, 1);
        assert_eq!(count(&searcher, Method::Postings, 2), scanned);
        assert_eq!(count(&searcher, Method::Scan, 5), scanned);
        for entry in scanned
            .entries
            .iter()
            .filter(|entry| !entry.entry.contains('|'))
        {
            let node = parse(&entry.entry).expect("a query");
            let count = searcher.count(&node, &Filter::default()).expect("a count");
            assert_eq!(
                (entry.passages, entry.documents),
                (count.passages, count.documents),
                "{}",
                entry.entry
            );
        }
    }

    #[test]
    fn excerpts_show_the_hit_in_its_place() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = reports(folder.path());
        let searcher = Searcher::new(&index);
        let tally = count(&searcher, Method::Fitting, 2);
        assert!(tally.excerpts.len() > 100);
        for excerpt in &tally.excerpts {
            let id = &tally.documents[excerpt.document].id;
            let passage = searcher
                .passages(id, |n| n == excerpt.number)
                .expect("a passage")
                .remove(0);
            let chars: Vec<char> = passage.text.chars().collect();
            let (start, end) = excerpt.span;
            assert_eq!(chars[start..end].iter().collect::<String>(), excerpt.hit);
            let around = format!("{}{}{}", excerpt.before, excerpt.hit, excerpt.after);
            assert!(passage.text.contains(&around));
            assert_eq!(
                (excerpt.line, excerpt.section.len()),
                (passage.record.line, passage.record.path.len())
            );
        }
    }
}
