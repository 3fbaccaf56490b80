//! The query as a tree.

use std::ops::RangeInclusive;

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
    /// Two rows of units near each other.
    Near {
        /// Units of the one.
        left: Vec<String>,
        /// Units of the other.
        right: Vec<String>,
        /// Most units between them.
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
    Year(RangeInclusive<u64>),
    /// The document's id matches the glob.
    Path(String),
    /// The passage's section has this role.
    Role(String),
}

impl Leaf {
    /// Every place where it stands, by units; a word stands where its units do.
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
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().flat_map(Node::leaves).collect(),
            Self::List(items) => {
                let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
                present.flat_map(|item| item.node.leaves()).collect()
            }
            Self::Weighted(node, _) => node.leaves(),
        }
    }
}
