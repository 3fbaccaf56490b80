//! New terms: fixed expressions that the dictionary lacks.

mod new_words;
mod rows;
mod text;

pub use new_words::{Candidate, NewOptions, new_words};
