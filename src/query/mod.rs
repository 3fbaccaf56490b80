//! Queries: what a user writes, as a tree, and the tree as the engine wants it.

mod exact;
mod function_words;
mod lex;
mod plan;
mod syntax;
mod terms;
mod tree;

pub(crate) use exact::places;
pub use plan::{Planner, Ranking};
pub use syntax::{Problem, SyntaxError, bare, parse, parse_pattern, years};
pub use tree::{Item, Leaf, Node, Occur, Restriction};
