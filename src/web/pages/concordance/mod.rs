//! The concordance: every occurrence of a query in its context.

mod form;
mod groups;
mod lines;
mod page;
mod spread;
mod view;

pub(super) use page::page;
