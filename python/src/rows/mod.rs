//! The rows of each answer: as columns, and as JSON with the names of the contract.

mod check;
mod compare;
mod concordance;
mod documents;
mod frame;
mod hits;
mod lineage;
mod precedent;
mod report;
mod shared;
mod trend;

pub(crate) use check::{citations, sentences, shares};
pub(crate) use compare::pairs;
pub(crate) use concordance::{concordance, groups};
pub(crate) use documents::{Passage, documents, headings, passages};
pub(crate) use frame::rows as frame_rows;
pub(crate) use hits::hits;
pub(crate) use lineage::{forms, taken, taken_columns, uses};
pub(crate) use precedent::{sources, variants, with_sources};
pub(crate) use report::{By, ByDocument, ByRole, ByValue, Cooccurrence, Entries, Excerpts};
pub(crate) use trend::{Point, points, series};
