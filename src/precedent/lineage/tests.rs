//! Lineages of a small collection, labelled by hand, and counts compared with a scan.

use super::*;
use crate::document::Level;
use crate::precedent::test_index::with_documents;
use crate::precedent::{Error, Op};
use crate::search::{DocumentFilter, Filter, Order, Searcher};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// 打好节水攻坚战 goes back to 打好引水攻坚战, is used most in 2016, and is followed by 打赢节水攻坚战 from 2019 on.
const REPORTS: [(&str, &str); 8] = [
    (
        "2010.txt",
        "政府工作报告\n2010年3月5日在第十一届全国人民代表大会第三次会议上\n各地打好引水攻坚战。打好引水攻坚战要有耐心。",
    ),
    (
        "2014.txt",
        "政府工作报告\n2014年3月5日在第十二届全国人民代表大会第二次会议上\n开始打好节水攻坚战。",
    ),
    (
        "2016省.txt",
        "青川省人民政府关于水利的报告\n坚持打好节水攻坚战，带头打好节水攻坚战，一起打好节水攻坚战。\n青川省人民政府\n2016年2月1日",
    ),
    (
        "2016县.txt",
        "白苇县人民政府关于水利的报告\n全县打好节水攻坚战。\n白苇县人民政府\n2016年12月1日",
    ),
    (
        "2018市.txt",
        "青石市人民政府关于水利的报告\n继续打好节水攻坚战。\n青石市人民政府\n2018年1月9日",
    ),
    (
        "2019.txt",
        "青川省人民政府关于用水的报告\n全省打赢节水攻坚战，坚决打赢节水攻坚战。\n青川省人民政府\n2019年2月1日",
    ),
    (
        "2020.txt",
        "白苇县水利局关于用水的报告\n我局打赢节水攻坚战。节水攻坚战还没有完。\n白苇县水利局\n2020年2月1日",
    ),
    ("无日期.txt", "某某随笔\n有人说打好护水攻坚战也要紧。"),
];

const WORDING: &str = "打好节水攻坚战";

fn traced(wording: &str, options: &LineageOptions) -> Lineage {
    let found = with_documents(&REPORTS, |searcher| lineage(searcher, wording, options));
    found.expect("the wording can be traced")
}

#[test]
fn a_wording_is_traced_from_its_first_use_to_its_successor() {
    let found = traced(WORDING, &LineageOptions::default());
    assert_eq!(
        (found.occurrences, found.documents, found.undated),
        (6, 4, 0)
    );
    let first = found.first.as_ref().expect("a first use");
    assert_eq!((&*first.date, &*first.document), ("2014-03-05", "2014.txt"));
    assert_eq!(found.last.map(|date| date.year), Some(2018));
    let peak = found.peak.as_ref().expect("a peak");
    assert_eq!((&*peak.period, peak.occurrences), ("2016", 4));
    let successor = &found.successor;
    assert_eq!(
        (successor.status, successor.form),
        (Succession::Found, Some(2))
    );
    assert_eq!(
        (
            successor.occurrences,
            successor.of_wording,
            successor.in_use
        ),
        (3, 0, false)
    );
}

#[test]
fn each_form_goes_back_to_the_nearest_earlier_one() {
    let found = traced(WORDING, &LineageOptions::default());
    let forms: Vec<_> = found
        .forms
        .iter()
        .map(|form| {
            let parent = form.parent.as_ref().map(|edge| edge.form);
            (&*form.text, form.occurrences, form.inside, parent)
        })
        .collect();
    assert_eq!(
        forms,
        [
            ("打好引水攻坚战", 2, 0, None),
            ("打好节水攻坚战", 6, 0, Some(0)),
            ("打赢节水攻坚战", 3, 0, Some(1)),
            // As like the one as the other: the later.
            ("节水攻坚战", 1, 9, Some(2)),
            ("打好护水攻坚战", 1, 0, None),
        ]
    );
    let undated = &found.forms[4];
    assert!(undated.first.is_none() && undated.years.is_empty());
    let edge = found.forms[1].parent.as_ref().expect("an edge");
    assert_eq!(
        (edge.similarity, edge.date.map(|date| date.year)),
        (0.8571, Some(2014))
    );
    let replaced = edge.diff.iter().find(|edit| edit.op == Op::Replace);
    let replaced = replaced.map(|edit| (&*edit.from, &*edit.to));
    assert_eq!(replaced, Some(("引", "节")));
}

#[test]
fn a_wording_spreads_from_level_to_level() {
    let options = LineageOptions {
        uses: true,
        ..LineageOptions::default()
    };
    let found = traced(WORDING, &options);
    let levels: Vec<_> = found
        .spread
        .levels
        .iter()
        .map(|one| {
            (
                one.of,
                one.first.map(|date| date.to_string()),
                one.occurrences,
            )
        })
        .collect();
    let date = |date: &str| Some(date.to_owned());
    assert_eq!(
        levels,
        [
            (Some(Level::National), date("2014-03-05"), 1),
            (Some(Level::Province), date("2016-02-01"), 3),
            (Some(Level::County), date("2016-12-01"), 1),
            (Some(Level::City), date("2018-01-09"), 1),
        ]
    );
    assert_eq!(found.spread.levels[1].first_place, "2016省.txt:2");
    let issuers: Vec<_> = found
        .spread
        .issuers
        .iter()
        .map(|one| one.of.as_deref())
        .collect();
    let named = [
        "国务院",
        "青川省人民政府",
        "白苇县人民政府",
        "青石市人民政府",
    ];
    assert_eq!(issuers, named.map(Some));
    assert_eq!(found.spread.collections.len(), 1);
    let uses = found.uses.expect("the uses were asked for");
    let places: Vec<(&str, u32)> = uses
        .iter()
        .map(|one| (&*one.place, one.occurrences))
        .collect();
    assert_eq!(
        places,
        [
            ("2014.txt:3", 1),
            ("2016省.txt:2", 3),
            ("2016县.txt:2", 1),
            ("2018市.txt:2", 1),
        ]
    );
}

/// The occurrences of a form that are inside none of `longer`, and all of them, by reading every passage.
fn scanned(searcher: &Searcher<'_>, text: &str, longer: &[&str]) -> (u64, u64) {
    let documents = searcher.documents(&DocumentFilter::default(), None, Order::Path);
    let (mut own, mut all) = (0, 0);
    let places = |text: &str, units: &Units| {
        let pattern = Pattern::phrase(text).expect("a unit");
        let found = pattern.find(units).into_iter().map(|place| place.units());
        found.collect::<Vec<_>>()
    };
    for document in documents.expect("documents") {
        for passage in searcher.passages(&document.id, |_| true).expect("passages") {
            let units = Units::new(&passage.text);
            let held: Vec<_> = longer
                .iter()
                .flat_map(|text| places(text, &units))
                .collect();
            for place in places(text, &units) {
                let is_inside = |held: &std::ops::Range<usize>| {
                    held.start <= place.start && place.end <= held.end
                };
                all += 1;
                own += u64::from(!held.iter().any(is_inside));
            }
        }
    }
    (own, all)
}

#[test]
fn every_count_is_that_of_a_scan() {
    for wording in [
        WORDING,
        "节水攻坚战",
        "打赢节水攻坚战",
        "攻坚",
        "水利的报告",
    ] {
        let options = LineageOptions {
            min_similarity: 0.3,
            ..LineageOptions::default()
        };
        with_documents(&REPORTS, |searcher| {
            let found = lineage(searcher, wording, &options).expect("a lineage");
            assert!(found.forms.iter().any(|form| form.is_wording), "{wording}");
            for form in &found.forms {
                let others = found.forms.iter().map(|other| &*other.text);
                let longer = |other: &&str| other.chars().count() > form.text.chars().count();
                let longer: Vec<&str> = match form.is_wording {
                    true => Vec::new(),
                    false => others.filter(longer).collect(),
                };
                let (own, all) = scanned(searcher, &form.text, &longer);
                assert_eq!(
                    (form.occurrences, form.occurrences + form.inside),
                    (own, all),
                    "{}",
                    form.text
                );
                let by_year: u64 = form.years.iter().map(|(_, n)| n).sum();
                assert!(by_year <= own, "{}", form.text);
                if let Some(edge) = &form.parent {
                    let first = found.forms[edge.form].first.zip(form.first);
                    let (earlier, later) = first.expect("dates");
                    assert!(earlier < later && edge.similarity >= 0.3, "{}", form.text);
                }
            }
            let points: u64 = found.points.iter().map(|point| point.occurrences).sum();
            assert_eq!(points + found.undated, found.occurrences);
            let levels: u64 = found.spread.levels.iter().map(|one| one.occurrences).sum();
            assert_eq!(levels, found.occurrences);
        });
    }
}

#[test]
fn the_rule_and_the_filter_are_obeyed() {
    let strict = LineageOptions {
        min_similarity: 0.86,
        ..LineageOptions::default()
    };
    assert_eq!(traced(WORDING, &strict).forms.len(), 1);
    let cut = LineageOptions {
        limit: 2,
        ..LineageOptions::default()
    };
    let found = traced(WORDING, &cut);
    assert!(found.is_cut && found.forms.len() == 2);
    let documents = DocumentFilter {
        paths: vec!["2016*".to_owned()],
        ..DocumentFilter::default()
    };
    let filtered = LineageOptions {
        filter: Filter {
            documents,
            ..Filter::default()
        },
        ..LineageOptions::default()
    };
    let found = traced(WORDING, &filtered);
    assert_eq!(
        (found.occurrences, found.forms.len(), found.periods.len()),
        (4, 1, 1)
    );
    // Nothing is later than 2016 there.
    assert_eq!(found.successor.status, Succession::Undecided);
}

#[test]
fn a_wording_that_is_still_used_has_no_successor_yet() {
    let found = traced("打赢节水攻坚战", &LineageOptions::default());
    assert_eq!(found.successor.status, Succession::InUse);
    assert!(found.successor.in_use && found.successor.form.is_none());
    let found = traced("打好引水攻坚战", &LineageOptions::default());
    assert_eq!(found.successor.status, Succession::Found);
    let form = found.successor.form.map(|ord| &*found.forms[ord].text);
    assert_eq!(form, Some(WORDING));
}

#[test]
fn what_cant_be_traced_is_refused_or_empty() {
    let refused = |wording: &str| {
        let found = with_documents(&REPORTS[..1], |searcher| {
            lineage(searcher, wording, &LineageOptions::default())
        });
        found.expect_err("no wording")
    };
    assert!(matches!(refused("，。"), Error::NoUnits));
    assert!(matches!(
        refused("打好攻坚战。打赢攻坚战。"),
        Error::Sentences(2)
    ));
    let long = "水".repeat(MAX_WORDING + 1);
    assert!(matches!(refused(&long), Error::TextTooLong { .. }));
    let found = traced("夜观星象", &LineageOptions::default());
    assert!(found.forms.is_empty() && found.first.is_none() && found.occurrences == 0);
    assert_eq!(found.successor.status, Succession::Undecided);
}
