//! Queries: what a user writes, as a tree, and the tree as the engine wants it.

mod exact;
mod lex;
mod plan;
mod syntax;
mod tree;

pub(crate) use exact::places;
pub use plan::{Planner, Ranking};
pub(crate) use plan::{document_glob, file_of};
pub use syntax::{Problem, SyntaxError, parse, parse_pattern, years};
pub use tree::{Item, Leaf, Node, Occur, Restriction};
