//! Entries as plain data that any program can try on a text.

use serde::Serialize;

use crate::query::{Item, Leaf, Node, Occur, needs_optional};
use crate::report::keywords::Entry;
use crate::text::pattern::Pattern;

/// Maximum number of clauses of an alternative; long products such as `(a OR b) AND (c OR d) AND …` have more.
const MAX_CLAUSES: usize = 1_000;

/// An entry as data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recount {
    /// Its number in the list, from 1, as text: a key of tables.
    pub number: String,
    /// As it is written.
    pub entry: String,
    /// Its group.
    pub group: Option<String>,
    /// What is looked for in a text, each once, in order of the entry; named by ordinals from 0.
    pub leaves: Vec<Sought>,
    /// Its alternatives; none if the text alone does not decide the entry (`kind:总结`) or it has too many clauses.
    pub alternatives: Vec<Alternative>,
}

/// One of an entry's alternatives, in disjunctive normal form: it holds where one of its clauses does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// Leaves whose places are occurrences where it holds.
    pub counted: Vec<usize>,
}

/// Leaves that are all found, and leaves of which none is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Clause {
    /// Found.
    pub all: Vec<usize>,
    /// Not found.
    pub none: Vec<usize>,
}

/// What is looked for in a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sought {
    /// Sequences of units one after the other, at least one, and the minimum and maximum number of units between each and the next.
    Rows(Vec<Vec<String>>, Vec<(usize, usize)>),
    /// Two sequences of units in either order, and the maximum number of units between them.
    Near(Vec<String>, Vec<String>, usize),
}

/// The entries as data, in order.
pub fn recounts(entries: &[Entry]) -> Vec<Recount> {
    let recounts = (1..).zip(entries).map(|(number, entry): (usize, _)| {
        let mut leaves = Vec::new();
        let nodes = &entry.alternatives;
        nodes.iter().for_each(|node| gather(node, &mut leaves));
        let alternatives: Option<Vec<Alternative>> = nodes
            .iter()
            .map(|node| alternative(node, &leaves))
            .collect();
        Recount {
            number: number.to_string(),
            entry: entry.text.clone(),
            group: entry.group.clone(),
            leaves,
            alternatives: alternatives.unwrap_or_default(),
        }
    });
    recounts.collect()
}

/// Adds the leaves that are not there yet, negated ones as well.
fn gather(node: &Node, leaves: &mut Vec<Sought>) {
    match node {
        Node::Leaf(leaf) => {
            let sought = sought(leaf);
            if !leaves.contains(&sought) {
                leaves.push(sought);
            }
        }
        Node::Restriction(_) => {}
        Node::All(nodes) | Node::Any(nodes) | Node::Choice(nodes) => {
            nodes.iter().for_each(|node| gather(node, leaves));
        }
        Node::Not(node) | Node::Weighted(node, _) => gather(node, leaves),
        Node::List(items) => items.iter().for_each(|item| gather(&item.node, leaves)),
    }
}

fn sought(leaf: &Leaf) -> Sought {
    let rows = |pattern: &Pattern| {
        let gaps = pattern.gaps.iter().map(|gap| (*gap.start(), *gap.end()));
        Sought::Rows(pattern.rows.clone(), gaps.collect())
    };
    match leaf {
        // A word without units is found nowhere, as no unit is empty.
        Leaf::Word(text) => match Pattern::phrase(text) {
            Some(pattern) => rows(&pattern),
            None => Sought::Rows(vec![vec![String::new()]], Vec::new()),
        },
        Leaf::Pattern(pattern) => rows(pattern),
        Leaf::Near {
            left,
            right,
            distance,
        } => Sought::Near(left.clone(), right.clone(), *distance),
    }
}

fn alternative(node: &Node, leaves: &[Sought]) -> Option<Alternative> {
    let counted = node.leaves().into_iter();
    let mut counted: Vec<usize> = counted.filter_map(|leaf| ordinal(leaf, leaves)).collect();
    counted.sort_unstable();
    counted.dedup();
    Some(Alternative {
        clauses: clauses(node, true, leaves)?,
        counted,
    })
}

fn ordinal(leaf: &Leaf, leaves: &[Sought]) -> Option<usize> {
    let sought = sought(leaf);
    leaves.iter().position(|known| *known == sought)
}

/// The clauses of which one holds where the node matches, or where it does not; none of a field.
fn clauses(node: &Node, matches: bool, leaves: &[Sought]) -> Option<Vec<Clause>> {
    match node {
        Node::Leaf(leaf) => {
            let leaf = vec![ordinal(leaf, leaves)?];
            let (all, none) = match matches {
                true => (leaf, Vec::new()),
                false => (Vec::new(), leaf),
            };
            Some(vec![Clause { all, none }])
        }
        Node::Restriction(_) => None,
        // De Morgan: `not all` is `any not`, `not any` is `all not`.
        Node::All(nodes) if matches => every(nodes, matches, leaves),
        Node::Any(nodes) | Node::Choice(nodes) if !matches => every(nodes, matches, leaves),
        Node::All(nodes) | Node::Any(nodes) | Node::Choice(nodes) => {
            let each = nodes.iter().map(|node| clauses(node, matches, leaves));
            let each: Vec<Vec<Clause>> = each.collect::<Option<_>>()?;
            Some(each.concat()).filter(|all| all.len() <= MAX_CLAUSES)
        }
        Node::Not(node) => clauses(node, !matches, leaves),
        Node::Weighted(node, _) => clauses(node, matches, leaves),
        Node::List(items) => clauses(&conjunction(items), matches, leaves),
    }
}

/// The clauses that hold where every node does: one clause of each, put together.
fn every(nodes: &[Node], matches: bool, leaves: &[Sought]) -> Option<Vec<Clause>> {
    nodes
        .iter()
        .try_fold(vec![Clause::default()], |so_far, node| {
            let more = clauses(node, matches, leaves)?;
            if so_far.len() * more.len() > MAX_CLAUSES {
                return None;
            }
            let pairs = so_far
                .iter()
                .flat_map(|one| more.iter().map(move |two| (one, two)));
            let together = pairs.map(|(one, two)| Clause {
                all: [&one.all[..], &two.all[..]].concat(),
                none: [&one.none[..], &two.none[..]].concat(),
            });
            Some(together.collect())
        })
}

/// A list as what must hold: what is required, nothing that is forbidden, and one of the optional parts where one is needed.
fn conjunction(items: &[Item]) -> Node {
    let of = |occur| items.iter().filter(move |item| item.occur == occur);
    let node = |item: &Item| item.node.clone();
    let mut parts: Vec<Node> = of(Occur::Required).map(node).collect();
    parts.extend(of(Occur::Forbidden).map(|item| Node::Not(Box::new(node(item)))));
    if needs_optional(items) {
        parts.push(Node::Any(of(Occur::Optional).map(node).collect()));
    }
    Node::All(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::keywords::from_words;

    fn read(entry: &str) -> Recount {
        let keywords = from_words(&[entry.to_owned()]).expect("an entry");
        recounts(&keywords.entries).remove(0)
    }

    /// Alternatives as `all-none;…:counted`, `|` between them.
    fn shape(entry: &str) -> String {
        let list = |ords: &[usize]| -> String { ords.iter().map(usize::to_string).collect() };
        let alternatives = read(entry).alternatives.into_iter().map(|alternative| {
            let clauses = alternative.clauses.iter();
            let clauses: Vec<String> = clauses
                .map(|clause| format!("{}-{}", list(&clause.all), list(&clause.none)))
                .collect();
            format!("{}:{}", clauses.join(";"), list(&alternative.counted))
        });
        alternatives.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn conditions_are_clauses() {
        for (entry, expected) in [
            ("水渠", "0-:0"),
            ("水渠 | 渠", "0-:0|1-:1"),
            ("水渠 AND 道路", "01-:01"),
            ("水渠 OR 道路", "0-;1-:01"),
            ("水渠 -道路", "0-1:0"),
            ("+水渠 修 -道路", "0-2:01"),
            ("(水渠 OR 渠) AND (道路 OR 修)", "02-;03-;12-;13-:0123"),
            ("村 NOT (水渠 AND 道路)", "0-1;0-2:0"),
            ("水渠 AND 水渠", "00-:0"),
        ] {
            assert_eq!(shape(entry), expected, "{entry}");
        }
    }

    #[test]
    fn leaves_are_rows_of_units() {
        let json = serde_json::to_string(&read("\"修*{1,3}渠\" | 2,5亩 NEAR/3 道路").leaves);
        let expected =
            r#"[{"rows":[[["修"],["渠"]],[[1,3]]]},{"near":[["2,5","亩"],["道","路"],3]}]"#;
        assert_eq!(json.expect("JSON"), expected);
    }

    #[test]
    fn what_the_text_does_not_decide_has_no_alternatives() {
        assert_eq!(shape("水渠 kind:通知"), "");
        assert_eq!(read("水渠 kind:通知").leaves.len(), 1);
        let many = ["(甲 OR 乙)"; 11].join(" AND ");
        assert_eq!(shape(&many), "");
    }
}
