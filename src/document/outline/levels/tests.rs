//! How headings nest.

use super::*;
use crate::document::outline::label::lex;
use proptest::prelude::*;

fn entry(kind: Kind, ordinal: u32) -> HeadingEntry<'static> {
    let form = match kind {
        Kind::Labelled(form) => Some(form),
        _ => None,
    };
    HeadingEntry {
        kind,
        ordinal,
        form,
        name: "",
        adjacent: false,
    }
}

/// The entry of a labelled line, of a styled one (`#2 …`), or of a topic line.
fn of_line(line: &'static str) -> HeadingEntry<'static> {
    if let Some(level) = line.strip_prefix('#') {
        let level = level.bytes().next().map_or(1, |digit| digit - b'0');
        return entry(Kind::Styled(level), 0);
    }
    match lex(line) {
        Some(label) => HeadingEntry {
            name: label.name(),
            ..entry(Kind::Labelled(label.form), label.ordinal)
        },
        None => entry(Kind::Topic(Reach::Part), 0),
    }
}

/// Levels of lines.
#[track_caller]
fn check(lines: &[(&'static str, u8)]) {
    let entries: Vec<HeadingEntry<'_>> = lines.iter().map(|(line, _)| of_line(line)).collect();
    let actual = levels(&entries, &nest(&entries));
    let actual: Vec<(&str, u8)> = lines.iter().map(|(line, _)| *line).zip(actual).collect();
    assert_eq!(actual, lines);
}

#[test]
fn forms_nest_in_their_usual_order() {
    check(&[
        ("一、甲", 1),
        ("（一）甲", 2),
        ("1.甲", 3),
        ("（1）甲", 4),
        ("①甲", 5),
        ("②甲", 5),
        ("（2）甲", 4),
        ("2.甲", 3),
        ("（二）甲", 2),
        ("二、甲", 1),
        ("1.甲", 2),
    ]);
    check(&[("壹、甲", 1), ("一、甲", 2), ("贰、甲", 1)]);
    check(&[("1.甲", 1), ("1.1 甲", 2), ("1.2 甲", 2), ("2.甲", 1)]);
}

#[test]
fn levels_in_statutes_are_ranks() {
    check(&[
        ("第一编 甲", 1),
        ("第一章 甲", 2),
        ("第一节 甲", 3),
        ("第一条 甲", 4),
        ("第二章 甲", 2),
        // No section here, but articles are as deep as elsewhere.
        ("第二条 甲", 4),
        ("（一）甲", 5),
        ("第三条 甲", 4),
    ]);
    check(&[("第一条 甲", 1), ("第二条 甲", 1)]);
}

#[test]
fn an_unusual_order_is_kept_once_it_is_used() {
    check(&[("1.甲", 1), ("（一）甲", 1), ("（二）甲", 1), ("2.甲", 2)]);
}

#[test]
fn styles_outrank_numbers() {
    check(&[
        ("#1", 1),
        ("一、甲", 2),
        ("#2", 2),
        ("一、甲", 3),
        ("#1", 1),
    ]);
}

#[test]
fn topic_lines_hold_numbers_and_close_each_other() {
    check(&[
        ("甲", 1),
        ("一、甲", 2),
        ("（一）甲", 3),
        ("乙", 1),
        ("一、甲", 2),
    ]);
}

#[test]
fn points_and_ordinals_go_under_what_is_open() {
    check(&[("一、甲", 1), ("一是甲", 2), ("二是甲", 2), ("二、甲", 1)]);
    check(&[
        ("（一）甲", 1),
        ("第一，甲", 2),
        ("1.甲", 3),
        ("2.甲", 3),
        ("第二，甲", 2),
    ]);
}

fn any_kind() -> impl Strategy<Value = Kind> {
    use Form::*;
    prop_oneof![
        (1_u8..4).prop_map(Kind::Styled),
        prop::sample::select(vec![
            Volume,
            Division,
            Chapter,
            Section,
            Article,
            Capital,
            Bare,
            Han,
            HanParen,
            HanHalf,
            Arabic,
            Decimal(2),
            Decimal(3),
            ArabicParen,
            ArabicHalf,
            Mark,
            Ordinal,
            Point,
            Named,
        ])
        .prop_map(Kind::Labelled),
        prop::sample::select(vec![Reach::Part, Reach::Leaf, Reach::Apart]).prop_map(Kind::Topic),
        prop::sample::select(vec![Kind::Statement, Kind::Opening, Kind::Theme]),
    ]
}

proptest! {
    #[test]
    fn a_parent_is_the_last_heading_or_above_it(
        kinds in prop::collection::vec((any_kind(), 1_u32..5, any::<bool>()), 0..20),
    ) {
        let entries: Vec<HeadingEntry<'_>> = kinds
            .into_iter()
            .map(|(kind, ordinal, adjacent)| HeadingEntry { adjacent, ..entry(kind, ordinal) })
            .collect();
        let parents = nest(&entries);
        let levels = levels(&entries, &parents);
        for (ord, &parent) in parents.iter().enumerate() {
            // What the stack holds is the last heading and its ancestors.
            let open = std::iter::successors(ord.checked_sub(1), |&at| parents[at]);
            prop_assert!(parent.is_none_or(|parent| open.into_iter().any(|at| at == parent)));
            prop_assert!(levels[ord] >= 1);
            if statute(entries[ord].kind).is_none() {
                prop_assert_eq!(levels[ord], parent.map_or(0, |parent| levels[parent]) + 1);
            }
            // Nothing but a new document is above an attachment.
            if entries[ord].kind == Kind::Topic(Reach::Apart) {
                prop_assert_eq!(parent, None);
            }
            // Siblings of one kind have one level.
            for other in 0..ord {
                if parents[other] == parent && entries[other].kind == entries[ord].kind {
                    prop_assert_eq!(levels[other], levels[ord]);
                }
            }
        }
    }
}
