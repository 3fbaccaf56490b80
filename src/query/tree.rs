//! The query as a tree.

use std::fmt;

use super::dates::Dates;
use super::years::Years;
use crate::text::pattern::{Match, Pattern, find_near};
use crate::text::units::Units;

/// A query or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Something that is found in the text.
    Leaf(Leaf),
    /// A restriction to a field.
    Restriction(Restriction),
    /// Every one must match.
    All(Vec<Node>),
    /// At least one must match.
    Any(Vec<Node>),
    /// The wordings that a phrase with alternatives stands for: at least one must match, and of places of several that overlap
    /// only the longest counts.
    Choice(Vec<Node>),
    /// It must not match.
    Not(Box<Node>),
    /// Parts side by side: what is required must match, the rest counts for the rank.
    List(Vec<Item>),
    /// The part counts that many times.
    Weighted(Box<Node>, f32),
}

/// A member of a [`Node::List`].
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Whether it must match.
    pub occur: Occur,
    /// The part.
    pub node: Node,
}

/// Whether one of a list's optional parts must match, since nothing but restrictions is required.
pub(crate) fn needs_optional(items: &[Item]) -> bool {
    let is_restriction = |item: &Item| item.node.leaves().is_empty();
    let mut required = items.iter().filter(|item| item.occur == Occur::Required);
    required.all(is_restriction) && items.iter().any(|item| item.occur == Occur::Optional)
}

/// Whether a part of a list must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occur {
    /// It counts for the rank.
    Optional,
    /// It must match.
    Required,
    /// It must not match.
    Forbidden,
}

/// Something that is found in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Leaf {
    /// A bare word: ranked by its parts, exact where it is required.
    Word(String),
    /// An exact phrase, with gaps or without.
    Pattern(Pattern),
    /// Two sequences of units near each other.
    Near {
        /// Units of the one.
        left: Vec<String>,
        /// Units of the other.
        right: Vec<String>,
        /// Maximum number of units between them.
        distance: usize,
    },
}

/// A restriction to a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Restriction {
    /// The document's title holds the pattern.
    Title(Pattern),
    /// Some heading on the section path holds the pattern.
    Heading(Pattern),
    /// The document is of this 文种.
    Kind(String),
    /// The document is of one of these years.
    Year(Years),
    /// The document is of one of these dates.
    Dates(Dates),
    /// The document's id matches the glob.
    Path(String),
    /// The passage's section has this role.
    Role(String),
    /// The name of the document's issuer holds this text.
    Issuer(String),
    /// The document is of this collection.
    Collection(String),
}

/// The tree, one part a line, indented by two blanks a level.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        self.describe("", 0, &mut lines);
        f.write_str(&lines.join("\n"))
    }
}

impl Node {
    fn describe(&self, sign: &str, depth: usize, lines: &mut Vec<String>) {
        let mut line = |text: &str| lines.push(format!("{}{sign}{text}", "  ".repeat(depth)));
        let inside: Vec<(&str, &Self)> = match self {
            Self::Leaf(leaf) => return line(&leaf.to_string()),
            Self::Restriction(restriction) => return line(&format!("{restriction:?}")),
            Self::All(nodes) => {
                line("all of");
                nodes.iter().map(|node| ("", node)).collect()
            }
            Self::Any(nodes) | Self::Choice(nodes) => {
                line("any of");
                nodes.iter().map(|node| ("", node)).collect()
            }
            Self::Not(node) => {
                line("not");
                vec![("", node)]
            }
            Self::Weighted(node, weight) => {
                line(&format!("times {weight}"));
                vec![("", node)]
            }
            Self::List(items) => {
                line("list of");
                items
                    .iter()
                    .map(|item| (sign_of(item.occur), &item.node))
                    .collect()
            }
        };
        for (sign, node) in inside {
            node.describe(sign, depth + 1, lines);
        }
    }
}

/// A word as it is, a phrase in quotation marks with its gaps, `NEAR` between its rows.
impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) => f.write_str(text),
            Self::Pattern(pattern) => {
                f.write_str("\"")?;
                for (ord, row) in pattern.rows.iter().enumerate() {
                    if let Some(gap) = ord.checked_sub(1).and_then(|gap| pattern.gaps.get(gap)) {
                        write!(f, "*{{{},{}}}", gap.start(), gap.end())?;
                    }
                    f.write_str(&row.concat())?;
                }
                f.write_str("\"")
            }
            Self::Near {
                left,
                right,
                distance,
            } => write!(
                f,
                "\"{}\" NEAR/{distance} \"{}\"",
                left.concat(),
                right.concat()
            ),
        }
    }
}

/// As it is typed in a query: `kind:总结`, `title:"水渠"`.
impl fmt::Display for Restriction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phrase = |pattern: &Pattern| Leaf::Pattern(pattern.clone()).to_string();
        let quoted = |text: &str| match text.contains(char::is_whitespace) {
            true => format!("\"{text}\""),
            false => text.to_owned(),
        };
        let (name, value) = match self {
            Self::Title(pattern) => ("title", phrase(pattern)),
            Self::Heading(pattern) => ("heading", phrase(pattern)),
            Self::Kind(kind) => ("kind", quoted(kind)),
            Self::Year(years) => ("year", years.to_string()),
            Self::Dates(dates) => ("date", dates.to_string()),
            Self::Path(glob) => ("path", quoted(glob)),
            Self::Role(role) => ("role", quoted(role)),
            Self::Issuer(text) => ("issuer", quoted(text)),
            Self::Collection(name) => ("collection", quoted(name)),
        };
        write!(f, "{name}:{value}")
    }
}

impl Leaf {
    /// How many units are looked for.
    pub fn n_units(&self) -> usize {
        match self {
            Self::Word(text) => Units::new(text).len(),
            Self::Pattern(pattern) => pattern.rows.iter().map(Vec::len).sum(),
            Self::Near { left, right, .. } => left.len() + right.len(),
        }
    }

    /// Every place where it matches, by units; a word matches where its units do.
    pub fn find(&self, units: &Units) -> Vec<Match> {
        match self {
            Self::Word(text) => Pattern::phrase(text)
                .map(|pattern| pattern.find(units))
                .unwrap_or_default(),
            Self::Pattern(pattern) => pattern.find(units),
            Self::Near {
                left,
                right,
                distance,
            } => find_near(units, left, right, *distance),
        }
    }
}

impl Node {
    /// The leaves that a matching text may hold: all but those under a negation, in order of the query.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Leaf(leaf) => vec![leaf],
            Self::Restriction(_) | Self::Not(_) => Vec::new(),
            Self::All(nodes) | Self::Any(nodes) | Self::Choice(nodes) => {
                nodes.iter().flat_map(Node::leaves).collect()
            }
            Self::List(items) => {
                let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
                present.flat_map(|item| item.node.leaves()).collect()
            }
            Self::Weighted(node, _) => node.leaves(),
        }
    }

    /// The wordings of each phrase with alternatives that a matching text may hold.
    pub(crate) fn choices(&self) -> Vec<Vec<&Leaf>> {
        match self {
            Self::Choice(_) => vec![self.leaves()],
            Self::Leaf(_) | Self::Restriction(_) | Self::Not(_) => Vec::new(),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().flat_map(Node::choices).collect(),
            Self::List(items) => {
                let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
                present.flat_map(|item| item.node.choices()).collect()
            }
            Self::Weighted(node, _) => node.choices(),
        }
    }

    /// The number of units of all leaves.
    pub(crate) fn n_units(&self) -> usize {
        self.leaves().into_iter().map(Leaf::n_units).sum()
    }

    /// Whether the query has words without quotation marks, which match by their parts.
    pub(crate) fn has_bare_words(&self) -> bool {
        let leaves = self.leaves();
        leaves.iter().any(|leaf| matches!(leaf, Leaf::Word(_)))
    }

    /// Whether the query is nothing but bare words, any of which is enough.
    pub(crate) fn is_bare_words(&self) -> bool {
        match self {
            Self::Weighted(inner, _) => inner.is_bare_words(),
            // Words in brackets are a query of their own: single units may be all that it has.
            Self::List(items) => items
                .iter()
                .all(|item| item.occur == Occur::Optional && item.node.is_bare_word()),
            _ => self.is_bare_word(),
        }
    }

    fn is_bare_word(&self) -> bool {
        match self {
            Self::Leaf(Leaf::Word(_)) => true,
            Self::Weighted(inner, _) => inner.is_bare_word(),
            _ => false,
        }
    }

    /// Whether the query has bare words, and one passage can hold all of its leaves: there is no alternative and no negation.
    pub(crate) fn can_hold_all(&self) -> bool {
        fn has_choice(node: &Node) -> bool {
            match node {
                Node::Any(_) | Node::Choice(_) | Node::Not(_) => true,
                Node::Leaf(_) | Node::Restriction(_) => false,
                Node::All(nodes) => nodes.iter().any(has_choice),
                Node::Weighted(inner, _) => has_choice(inner),
                Node::List(items) => items
                    .iter()
                    .any(|item| item.occur == Occur::Forbidden || has_choice(&item.node)),
            }
        }
        self.has_bare_words() && !has_choice(self)
    }

    /// The restrictions that a matching passage may meet: all but those under a negation, in order of the query.
    pub fn restrictions(&self) -> Vec<&Restriction> {
        match self {
            Self::Restriction(restriction) => vec![restriction],
            Self::Leaf(_) | Self::Not(_) => Vec::new(),
            Self::All(nodes) | Self::Any(nodes) | Self::Choice(nodes) => {
                nodes.iter().flat_map(Node::restrictions).collect()
            }
            Self::List(items) => {
                let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
                present.flat_map(|item| item.node.restrictions()).collect()
            }
            Self::Weighted(node, _) => node.restrictions(),
        }
    }
}

/// The sign of an item in a list.
fn sign_of(occur: Occur) -> &'static str {
    match occur {
        Occur::Optional => "",
        Occur::Required => "+ ",
        Occur::Forbidden => "- ",
    }
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    #[test]
    fn trees_are_told_line_by_line() {
        let node = parse("失地农民 +安置^2 -(甲 OR \"乙*丙\") kind:总结").expect("a query");
        let expected = "list of\n  失地农民\n  + times 2\n    安置\n  - any of\n    甲\n    \"乙*{1,20}丙\"\n  + Kind(\"总结\")";
        assert_eq!(node.to_string(), expected);
        let near = parse("招商 NEAR/3 就业").expect("a query");
        assert_eq!(near.to_string(), "\"招商\" NEAR/3 \"就业\"");
    }
}
