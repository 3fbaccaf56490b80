//! Conditions: an entry's query as it is tried on one passage, its words and phrases by number.

use crate::document::Role;
use crate::document::kind::is_same_kind;
use crate::query::{Dates, IdPattern, Occur, Restriction, Years};
use crate::report::Result;
use crate::search::{ScannedDocument, ScannedPassage};
use crate::text::normalize::normalize;
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// A node with its leaves by number.
pub(super) enum Test {
    Leaf(usize),
    Title(Pattern),
    Heading(Pattern),
    Kind(String),
    Year(Years),
    Dates(Dates),
    Path(IdPattern),
    Role(String),
    Issuer(String),
    Collection(String),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    List {
        items: Vec<(Occur, Test)>,
        /// Whether one of the optional items must hold.
        needs_optional: bool,
    },
}

/// The condition that a restriction is.
///
/// Ids of documents begin with one of `prefixes` if there are any.
pub(super) fn restriction_test(restriction: &Restriction, prefixes: &[String]) -> Result<Test> {
    Ok(match restriction {
        Restriction::Title(pattern) => Test::Title(pattern.clone()),
        Restriction::Heading(pattern) => Test::Heading(pattern.clone()),
        Restriction::Kind(kind) => Test::Kind(kind.clone()),
        Restriction::Year(years) => Test::Year(years.clone()),
        Restriction::Path(pattern) => Test::Path(IdPattern::new(pattern, prefixes)?),
        Restriction::Role(role) => Test::Role(normalize(role)),
        Restriction::Dates(dates) => Test::Dates(*dates),
        Restriction::Issuer(text) => Test::Issuer(normalize(text.trim())),
        Restriction::Collection(name) => Test::Collection(normalize(name.trim())),
    })
}

pub(super) struct Context<'a> {
    pub(super) document: &'a ScannedDocument,
    pub(super) title: &'a str,
    pub(super) passage: &'a ScannedPassage<'a>,
    pub(super) holds: &'a dyn Fn(usize) -> bool,
}

impl Test {
    /// Whether a passage matches; Boolean forms as the index reads them.
    pub(super) fn holds(&self, context: &Context) -> bool {
        let Context {
            document, passage, ..
        } = context;
        match self {
            Self::Leaf(leaf) => (context.holds)(*leaf),
            Self::Title(pattern) => {
                // As the index has it: a title does not inherit itself, so that `title:` finds what is below it.
                passage.part != crate::document::Part::Title && stands_in(pattern, context.title)
            }
            Self::Heading(pattern) => passage
                .headings()
                .is_some_and(|headings| stands_in(pattern, &headings)),
            Self::Kind(kind) => {
                let own = document.kind.as_deref();
                own.is_some_and(|own| is_same_kind(own, kind))
            }
            Self::Year(years) => document
                .date
                .is_some_and(|date| years.contains(date.year.into())),
            Self::Dates(dates) => document.date.is_some_and(|date| dates.contains(date)),
            Self::Issuer(text) => {
                let own = document.issuer.as_deref();
                own.is_some_and(|own| normalize(own).contains(text))
            }
            Self::Collection(name) => normalize(&document.collection) == *name,
            Self::Path(pattern) => pattern.covers(&document.id),
            Self::Role(role) => passage.role.map(Role::name) == Some(role),
            Self::All(tests) => tests.iter().all(|test| test.holds(context)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(context)),
            Self::Not(test) => !test.holds(context),
            Self::List {
                items,
                needs_optional,
            } => {
                let mut forbidden = items.iter().filter(|item| item.0 == Occur::Forbidden);
                wanted_holds(items, *needs_optional, &|test| test.holds(context))
                    && !forbidden.any(|(_, test)| test.holds(context))
            }
        }
    }

    /// Whether a passage may match that holds none of the leaves.
    pub(super) fn may_hold(&self) -> bool {
        match self {
            Self::Leaf(_) => false,
            Self::All(tests) => tests.iter().all(Self::may_hold),
            Self::Any(tests) => tests.iter().any(Self::may_hold),
            Self::List {
                items,
                needs_optional,
            } => wanted_holds(items, *needs_optional, &Self::may_hold),
            Self::Not(_)
            | Self::Title(_)
            | Self::Heading(_)
            | Self::Kind(_)
            | Self::Year(_)
            | Self::Path(_)
            | Self::Role(_)
            | Self::Dates(_)
            | Self::Issuer(_)
            | Self::Collection(_) => true,
        }
    }

    /// Adds its leaves that are not there yet, negated ones included.
    pub(super) fn leaves(&self, out: &mut Vec<usize>) {
        match self {
            Self::Leaf(leaf) => add(*leaf, out),
            Self::All(tests) | Self::Any(tests) => tests.iter().for_each(|test| test.leaves(out)),
            Self::Not(test) => test.leaves(out),
            Self::List { items, .. } => items.iter().for_each(|(_, test)| test.leaves(out)),
            _ => {}
        }
    }

    /// Adds its leaves that are not negated and not there yet.
    pub(super) fn positive_leaves(&self, out: &mut Vec<usize>) {
        match self {
            Self::Leaf(leaf) => add(*leaf, out),
            Self::All(tests) | Self::Any(tests) => {
                tests.iter().for_each(|test| test.positive_leaves(out));
            }
            Self::List { items, .. } => {
                let present = items.iter().filter(|(occur, _)| *occur != Occur::Forbidden);
                present.for_each(|(_, test)| test.positive_leaves(out));
            }
            _ => {}
        }
    }
}

fn add(leaf: usize, leaves: &mut Vec<usize>) {
    if !leaves.contains(&leaf) {
        leaves.push(leaf);
    }
}

/// Whether all that is required holds and, where it is needed, something optional.
fn wanted_holds(
    items: &[(Occur, Test)],
    needs_optional: bool,
    holds: &dyn Fn(&Test) -> bool,
) -> bool {
    let of = |occur| items.iter().filter(move |item| item.0 == occur);
    of(Occur::Required).all(|(_, test)| holds(test))
        && (!needs_optional || of(Occur::Optional).any(|(_, test)| holds(test)))
}

fn stands_in(pattern: &Pattern, text: &str) -> bool {
    !pattern.find(&Units::new(text)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Leaf, Node, parse};

    /// The test of a query whose leaves are numbered in their order.
    fn test_of(node: &Node, next: &mut usize) -> Test {
        let mut all = |nodes: &[Node]| nodes.iter().map(|node| test_of(node, next)).collect();
        match node {
            Node::Leaf(Leaf::Word(_) | Leaf::Pattern(_) | Leaf::Near { .. }) => {
                *next += 1;
                Test::Leaf(*next - 1)
            }
            Node::Restriction(restriction) => {
                restriction_test(restriction, &[]).expect("a restriction")
            }
            Node::All(nodes) => Test::All(all(nodes)),
            Node::Any(nodes) | Node::Choice(nodes) => Test::Any(all(nodes)),
            Node::Not(node) => Test::Not(Box::new(test_of(node, next))),
            Node::Weighted(node, _) => test_of(node, next),
            Node::List(items) => Test::List {
                items: items
                    .iter()
                    .map(|item| (item.occur, test_of(&item.node, next)))
                    .collect(),
                needs_optional: crate::query::needs_optional(items),
            },
        }
    }

    #[test]
    fn leaves_are_told_with_and_without_the_negated() {
        for (query, leaves, positive, may_hold) in [
            ("甲", &[0][..], &[0][..], false),
            ("甲 OR 乙", &[0, 1], &[0, 1], false),
            ("甲 AND NOT 乙", &[0, 1], &[0], false),
            ("NOT 甲", &[0], &[], true),
            ("+甲 -乙 丙", &[0, 1, 2], &[0, 2], false),
            ("+kind:总结 甲", &[0], &[0], false),
            ("kind:总结 AND NOT 甲", &[0], &[], true),
            ("(NOT 甲) OR 乙", &[0, 1], &[1], true),
        ] {
            let test = test_of(&parse(query).expect("a query"), &mut 0);
            let (mut all, mut some) = (Vec::new(), Vec::new());
            test.leaves(&mut all);
            test.positive_leaves(&mut some);
            assert_eq!((&all[..], &some[..]), (leaves, positive), "{query}");
            assert_eq!(test.may_hold(), may_hold, "{query}");
            // Asked again, no leaf comes twice.
            test.leaves(&mut all);
            assert_eq!(all, leaves, "{query}");
        }
    }

    #[test]
    fn a_list_needs_what_is_required_or_something_optional() {
        let leaf = Test::Leaf;
        let items = |occurs: &[Occur]| -> Vec<(Occur, Test)> {
            let items = occurs.iter().enumerate();
            items.map(|(ord, &occur)| (occur, leaf(ord))).collect()
        };
        use Occur::{Forbidden, Optional, Required};
        for (occurs, needs_optional, held, expected) in [
            (&[Required, Required][..], false, &[0, 1][..], true),
            (&[Required, Required], false, &[0], false),
            (&[Optional, Optional], true, &[1], true),
            (&[Optional, Optional], true, &[], false),
            (&[Required, Optional], false, &[0], true),
            (&[Required, Optional], true, &[0], false),
            (&[Required, Optional], true, &[1], false),
            // What is forbidden is looked at elsewhere.
            (&[Forbidden], false, &[0], true),
        ] {
            let holds = |test: &Test| matches!(test, Test::Leaf(leaf) if held.contains(leaf));
            let found = wanted_holds(&items(occurs), needs_optional, &holds);
            assert_eq!(found, expected, "{occurs:?} {held:?}");
        }
    }

    #[test]
    fn a_pattern_stands_where_its_units_do() {
        let stands = |phrase: &str, text: &str| {
            let pattern = Pattern::phrase(phrase).expect("units");
            stands_in(&pattern, text)
        };
        assert!(stands("水渠", "整修水渠。"));
        assert!(stands("水渠", "水、渠"));
        assert!(!stands("水渠", "水。渠"));
        assert!(!stands("水渠", ""));
    }
}
