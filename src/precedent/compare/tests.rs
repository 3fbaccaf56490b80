//! Right answers, written by hand.

use std::num::NonZeroUsize;

use super::comparison::{Comparison, Status};
use super::run::{CompareOptions, compare};
use crate::precedent::test_index::with_documents;
use crate::search::{Filter, Searcher};

const OLD: &str = "青柳县2009年工作总结\n时间:2009-12-20 10:00:00\n一、工作成效\n\
    （一）农田水利。全县新修水渠12条，衬砌渠道35公里。管护责任落实到村到人。\n\
    （二）村容村貌。清运陈年垃圾400吨。评比“最美庭院”二十户，群众参与的热情很高。\n\
    二、明年打算\n\
    明年要新修水渠20条，打通最后一公里。要办好乡村图书室，让孩子放学有去处。\n";
const NEW: &str = "青柳县2010年工作总结\n时间:2010-12-18 10:00:00\n一、工作成效\n\
    （一）村容村貌。评比“最美庭院”二十户，群众参与的热情很高。\n\
    （二）农田水利。全县新修水渠21条，衬砌渠道35公里。管护责任落实到村到人。水价改革在三个乡试点。\n\
    二、明年打算\n\
    明年要新修水渠15条，打通最后一公里。\n";
const OTHER: &str =
    "白苇县2008年工作总结\n时间:2008-12-01 10:00:00\n一、工作成效\n水价改革在三个乡试点。\n";

fn compared(old: &str, new: &str) -> Comparison {
    let files = [("old.txt", old), ("new.txt", new), ("other.txt", OTHER)];
    with_documents(&files, |searcher: &Searcher<'_>| {
        let options = CompareOptions {
            filter: Filter::default(),
            threads: NonZeroUsize::MIN,
        };
        let whole = |id| searcher.whole(id).expect("a document");
        compare(searcher, whole("old.txt"), whole("new.txt"), &options).expect("a comparison")
    })
}

/// Status, beginning of the older text, beginning of the newer text.
fn said(compared: &Comparison) -> Vec<(Status, String, String)> {
    let begin = |one: &Option<super::comparison::Compared>| -> String {
        let text = one.as_ref().map(|one| one.text.chars().take(6).collect());
        text.unwrap_or_default()
    };
    let pairs = compared.pairs.iter();
    pairs
        .map(|pair| (pair.status, begin(&pair.old), begin(&pair.new)))
        .collect()
}

#[test]
fn each_sentence_is_kept_changed_moved_dropped_or_new() {
    let compared = compared(OLD, NEW);
    let expected = [
        (Status::Moved, "村容村貌。", "村容村貌。"),
        (Status::Moved, "评比“最美庭", "评比“最美庭"),
        (Status::Kept, "农田水利。", "农田水利。"),
        (Status::Changed, "全县新修水渠", "全县新修水渠"),
        (Status::Kept, "管护责任落实", "管护责任落实"),
        (Status::New, "", "水价改革在三"),
        (Status::Dropped, "清运陈年垃圾", ""),
        (Status::Changed, "明年要新修水", "明年要新修水"),
        (Status::Dropped, "要办好乡村图", ""),
    ];
    let expected = expected.map(|(status, old, new)| (status, old.to_owned(), new.to_owned()));
    assert_eq!(said(&compared), expected);
    let summary = &compared.summary;
    assert_eq!(summary.sentences, (8, 7));
    let counts = [
        summary.kept,
        summary.changed,
        summary.moved,
        summary.dropped,
        summary.new,
    ];
    assert_eq!(counts, [2, 2, 2, 2, 1]);
    let figures: Vec<(&str, &str)> = summary
        .figures
        .iter()
        .map(|one| (&*one.old, &*one.new))
        .collect();
    assert_eq!(figures, [("12条", "21条"), ("20条", "15条")]);
    let shares: Vec<bool> = summary
        .sections
        .iter()
        .map(|pair| pair.old.is_some() && pair.new.is_some())
        .collect();
    assert_eq!(shares, [true, true]);
}

#[test]
fn a_new_wording_has_its_first_use_in_the_collection() {
    let compared = compared(OLD, NEW);
    let new = compared
        .pairs
        .iter()
        .find(|pair| pair.status == Status::New);
    let first = new
        .and_then(|pair| pair.first_use.clone())
        .expect("a first use");
    assert_eq!(first.place, "other.txt:4");
    assert_eq!(
        first.date.map(|date| date.to_string()),
        Some("2008-12-01".to_owned())
    );
    let others = compared
        .pairs
        .iter()
        .filter(|pair| pair.status != Status::New);
    assert!(others.into_iter().all(|pair| pair.first_use.is_none()));
}

#[test]
fn what_was_planned_is_not_what_was_done() {
    let old = "青柳县2009年工作总结\n一、工作成效\n全年修路十里，群众满意。\n二、明年打算\n明年修好通村公路三十里，解决出行难。\n";
    let new = "青柳县2010年工作总结\n一、工作成效\n修好通村公路三十里，解决出行难。\n二、明年打算\n明年架桥两座。\n";
    let compared = compared(old, new);
    let linked = compared
        .pairs
        .iter()
        .filter(|pair| pair.old.is_some() && pair.new.is_some());
    assert_eq!(linked.count(), 0, "{:?}", said(&compared));
}

#[test]
fn a_report_compared_with_itself_is_kept() {
    let compared = compared(OLD, OLD);
    assert!(
        compared
            .pairs
            .iter()
            .all(|pair| pair.status == Status::Kept && pair.similarity == 1.0)
    );
    assert_eq!(compared.summary.kept, compared.summary.sentences.0);
    assert!(compared.summary.figures.is_empty());
}

#[test]
fn every_sentence_is_in_one_pair() {
    let compared = compared(NEW, OLD);
    let olds = compared
        .pairs
        .iter()
        .filter(|pair| pair.old.is_some())
        .count();
    let news = compared
        .pairs
        .iter()
        .filter(|pair| pair.new.is_some())
        .count();
    assert_eq!((olds, news), compared.summary.sentences);
    // Both directions find the same links.
    let back = self::compared(OLD, NEW);
    assert_eq!(back.summary.kept, compared.summary.kept);
    assert_eq!(back.summary.changed, compared.summary.changed);
    assert_eq!(back.summary.dropped, compared.summary.new);
}

#[test]
fn sections_with_other_headings_are_paired_by_their_sentences_however_many_there_are() {
    // In time that grows with their product squared, this many would take minutes.
    const N: u32 = 500;
    let is_simplified =
        |ch: &char| crate::text::normalize::normalize(&ch.to_string()) == ch.to_string();
    let places: Vec<char> = ('\u{4e00}'..)
        .filter(is_simplified)
        .take(N as usize)
        .collect();
    let report = |year: u32, word: &str, order: &[char]| -> String {
        let mut text = format!("青柳县{year}年水渠条例\n时间:{year}-12-20 10:00:00\n");
        for (n, place) in order.iter().enumerate() {
            text.push_str(&format!(
                "第{}章 {word}{place}\n{place}渠由{place}村管护，{place}站清淤。\n",
                n + 1
            ));
        }
        text
    };
    let turned: Vec<char> = places.iter().rev().copied().collect();
    let compared = compared(
        &report(2009, "关于", &places),
        &report(2010, "有关", &turned),
    );
    let sections = &compared.summary.sections;
    assert_eq!(sections.len(), N as usize);
    for pair in sections {
        let title = |one: &Option<super::comparison::SectionShare>| {
            let title = one.as_ref().and_then(|one| one.title.chars().last());
            title.expect("a section")
        };
        assert_eq!(title(&pair.old), title(&pair.new));
    }
}
