//! New terms: fixed expressions that the dictionary lacks.

mod new_words;
mod options;
mod rows;
mod text;

pub use new_words::{Candidate, new_words};
pub use options::NewOptions;
