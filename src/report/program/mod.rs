//! Keywords compiled for counting: one automaton for all words, and the conditions of each entry.

mod condition;
mod matcher;

pub(super) use matcher::{Found, Program};
