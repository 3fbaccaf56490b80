//! Queries: what a user writes, as a tree, and the tree as the engine wants it.

mod ancestor;
mod budget;
mod dates;
mod error;
mod exact;
mod function_words;
mod id_pattern;
mod index_term;
mod lex;
mod phrase;
mod plan;
mod problem;
mod score;
mod statistics;
mod syntax;
mod terms;
mod tree;
mod vocabulary;
mod years;

pub use budget::TooExpensive;
pub use dates::Dates;
pub use error::{Error, Result};
pub(crate) use exact::places;
pub(crate) use id_pattern::IdPattern;
pub(crate) use index_term::{Analysis, IndexTerm, Lengths, Located, TermPostings};
pub use plan::{Planner, Ranking};
pub use problem::{Problem, SyntaxError};
pub(crate) use score::{SCALE, at_least_one, scaled, shift};
pub(crate) use statistics::{LocatedTerm, Statistics};
pub use syntax::{bare, parse, parse_pattern};
pub(crate) use terms::{Added, QueryTerms, SENTENCE, Terms, add_terms};
pub(crate) use tree::needs_optional;
pub use tree::{Item, Leaf, Node, Occur, Restriction};
pub(crate) use vocabulary::Vocabulary;
pub use years::{Years, YearsProblem};
