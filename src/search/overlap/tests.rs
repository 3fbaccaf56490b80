use proptest::prelude::*;

use super::*;
use crate::index::{Index, UpdateOptions, update};
use crate::search::{Filter, Searcher};

fn candidate(doc: u32, weight: f32, mark: u64) -> Candidate {
    let grams = 1;
    Candidate {
        tally: Tally {
            weight,
            mark,
            grams,
        },
        segment: 0,
        doc,
    }
}

proptest! {
    #[test]
    fn the_heaviest_come_first_with_all_that_are_as_heavy(
        weights in prop::collection::vec(0_u32..6, 0..40),
        depth in 1_usize..12,
    ) {
        let mut candidates: Vec<Candidate> = (0..)
            .zip(&weights)
            .map(|(doc, &weight)| candidate(doc, weight as f32, 0))
            .collect();
        let n = partition_heaviest(&mut candidates, depth);
        let mut sorted = weights.clone();
        sorted.sort_unstable_by_key(|&weight| std::cmp::Reverse(weight));
        let last = sorted.get(depth - 1).copied().unwrap_or(0);
        let expected = sorted.iter().filter(|&&weight| weight >= last).count();
        prop_assert_eq!(n, expected);
        let mut heavy: Vec<u32> = candidates[..n].iter().map(|one| one.tally.weight as u32).collect();
        heavy.sort_unstable_by_key(|&weight| std::cmp::Reverse(weight));
        prop_assert_eq!(&heavy[..], &sorted[..n]);
        // None is lost or doubled.
        let mut docs: Vec<u32> = candidates.iter().map(|one| one.doc).collect();
        docs.sort_unstable();
        prop_assert_eq!(docs, (0..weights.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn the_choice_does_not_depend_on_the_order(
        given in prop::collection::vec((0_u64..6, 1_u64..9, 0_u32..4, 0_u64..3), 0..25),
        limit in 1_usize..8,
    ) {
        let of = |(doc, &(shape, chars, weight, mark)): (u32, &(u64, u64, u32, u64))| {
            (shape, chars, candidate(doc, weight as f32, mark))
        };
        let forwards: Vec<_> = (0..).zip(&given).map(of).collect();
        let backwards: Vec<_> = forwards.iter().rev().copied().collect();
        let docs = |copies: Vec<Vec<Candidate>>| -> Vec<Vec<u32>> {
            copies.iter().map(|copies| copies.iter().map(|one| one.doc).collect()).collect()
        };
        let chosen = thin_out(forwards.clone(), limit);
        prop_assert!(chosen.len() <= limit);
        for copies in &chosen {
            prop_assert!(copies.is_sorted_by_key(|copy| copy.doc));
        }
        prop_assert_eq!(docs(chosen), docs(thin_out(backwards, limit)));
    }
}

#[test]
fn copies_are_one_text_and_few_share_the_same_pairs() {
    let shapes = |candidates: Vec<(u64, u64, Candidate)>, limit| -> Vec<Vec<u32>> {
        let copies = thin_out(candidates, limit).into_iter();
        copies
            .map(|copies| copies.iter().map(|one| one.doc).collect())
            .collect()
    };
    let copies = vec![
        (1, 9, candidate(4, 2.0, 7)),
        (2, 9, candidate(5, 3.0, 8)),
        (1, 9, candidate(2, 2.0, 7)),
    ];
    assert_eq!(shapes(copies, 9), [vec![5], vec![2, 4]]);
    // Seven texts of the same pairs: the five shortest.
    let same = (0..7).map(|doc| (u64::from(doc), 20 - u64::from(doc), candidate(doc, 1.0, 7)));
    let kept = shapes(same.collect(), 9);
    assert_eq!(kept, [vec![6], vec![5], vec![4], vec![3], vec![2]]);
    assert!(shapes(Vec::new(), 3).is_empty());
}

#[test]
fn passages_share_what_a_comparison_of_pairs_says() {
    const TEXTS: [&str; 6] = [
        "各村整修水渠，保证灌溉。",
        "各村整修道路，保证通行。",
        "财政部门拨付资金。",
        "水渠整修以后，灌溉面积增加。",
        "会议听取了汇报。",
        "整修水渠。",
    ];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    std::fs::create_dir(&corpus).expect("a folder");
    for (ord, text) in TEXTS.iter().enumerate() {
        std::fs::write(corpus.join(format!("{ord}.txt")), format!("记录\n{text}\n"))
            .expect("a file");
    }
    update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
    let index = Index::open(&dir).expect("the index");
    let searcher = Searcher::new(&index);
    let scope = Scope::new(&searcher, &Filter::default()).expect("a scope");
    let pairs = |text: &str| -> BTreeSet<[String; 2]> {
        let units = Units::new(text);
        let items = units.items();
        let adjacent = (1..units.len()).filter(|&at| items[at].sentence == items[at - 1].sentence);
        adjacent
            .map(|at| [units.text(at - 1).to_owned(), units.text(at).to_owned()])
            .collect()
    };
    for text in [
        "整修水渠",
        "各村整修水渠",
        "拨付资金整修道路",
        "无人知晓",
        "渠",
    ] {
        let spots = scope.overlapping(&Units::new(text), 10).expect("passages");
        let mut found: Vec<(&str, u32)> = spots
            .iter()
            .map(|spot| (&*spot.document, spot.places))
            .collect();
        found.sort_unstable();
        // Each pair weighs by its rarity; an eighth of what all that occur weigh together is enough.
        let n = searcher.statistics.passages().expect("a number") as f32;
        let holders = |pair: &[String; 2]| {
            let all = TEXTS.iter().filter(|own| pairs(own).contains(pair));
            all.count() as f32
        };
        let mut asked = pairs(text);
        asked.retain(|pair| holders(pair) > 0.0);
        let weight = |pair: &[String; 2]| (n / holders(pair)).ln().max(0.1);
        let least = MIN_WEIGHT * asked.iter().map(weight).sum::<f32>();
        let ids = ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt"];
        let shared = TEXTS.iter().zip(ids).filter_map(|(own, id)| {
            let own = pairs(own);
            let shared: Vec<_> = own.intersection(&asked).collect();
            let weight: f32 = shared.iter().map(|pair| weight(pair)).sum();
            (!shared.is_empty() && weight >= least).then_some((id, shared.len() as u32))
        });
        let expected: Vec<(&str, u32)> = shared.collect();
        assert_eq!(found, expected, "{text}");
        let limited = scope.overlapping(&Units::new(text), 1).expect("passages");
        assert_eq!(limited.len(), expected.len().min(1), "{text}");
    }
}

#[test]
fn pairs_are_inside_sentences_and_each_is_looked_up_once() {
    let pair = |one: &str, other: &str| IndexTerm::of_units(Zone::Body, &[one, other]);
    let found: Vec<Option<IndexTerm>> = pairs(&Units::new("水渠。水渠站"))
        .into_iter()
        .map(Some)
        .collect();
    let mut expected = vec![pair("水", "渠"), pair("渠", "站")];
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(pairs(&Units::new("水。渠")).len(), 0);
    assert_eq!(pairs(&Units::new("")).len(), 0);
}
