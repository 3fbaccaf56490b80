//! What lines of a concordance are grouped by, and how people write it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What lines have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grouping {
    /// So many units to the left.
    Left(usize),
    /// So many units to the right.
    Right(usize),
    /// The hit.
    Hit,
    /// The year of the document.
    Year,
    /// Its issuer.
    Issuer,
    /// Its collection.
    Collection,
}

/// What is wrong with the text of a [`Grouping`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupingProblem {
    /// It is nothing that lines can be grouped by.
    Unknown,
    /// The number of units is not from 1 to 20.
    Units,
}

impl FromStr for Grouping {
    type Err = GroupingProblem;

    /// Reads `left:2`, `right`, `hit`, `year`, `issuer`, `collection`; a side without a number is one unit.
    fn from_str(text: &str) -> Result<Self, GroupingProblem> {
        // Chinese input methods type the full-width colon.
        let (name, n) = match text.trim().split_once([':', '：']) {
            Some((name, n)) => (name, n.trim().parse().ok()),
            None => (text.trim(), Some(1)),
        };
        // Contexts of over twenty units hardly ever recur: each line would be a group of its own.
        let n = n.filter(|n| (1..=20).contains(n));
        let is_side = matches!(name, "left" | "right");
        match (name, n) {
            ("left", Some(n)) => Ok(Self::Left(n)),
            ("right", Some(n)) => Ok(Self::Right(n)),
            ("hit", _) => Ok(Self::Hit),
            ("year", _) => Ok(Self::Year),
            ("issuer", _) => Ok(Self::Issuer),
            ("collection", _) => Ok(Self::Collection),
            // The name is right and the number is not: the message says which numbers are allowed.
            _ if is_side => Err(GroupingProblem::Units),
            _ => Err(GroupingProblem::Unknown),
        }
    }
}
