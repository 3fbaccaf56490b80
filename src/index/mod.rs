//! The index: one tantivy index that holds files, documents and passages, and changes in one commit.

pub mod analyzer;
mod files;
mod open;
mod records;
mod schema;
mod update;
mod write;

pub use open::{Dictionary, Index, Manifest};
pub use records::{DocumentRecord, PassageRecord, SectionRecord};
pub use schema::Fields;
pub(crate) use schema::{TYPE_DOCUMENT, TYPE_PASSAGE};
pub use update::{Progress, Skipped, Summary, UpdateOptions, update};
pub(crate) use write::heading_text;
#[cfg(test)]
pub(crate) use write::shape;
