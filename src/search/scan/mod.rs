//! Passages in order: a scan of all that a filter allows, and the passages of one document.

pub(in crate::search) mod columns;
mod document_scan;
mod full_document;
mod scope;

pub use columns::{ScannedDocument, ScannedPassage};
pub use document_scan::{DocumentScan, DocumentStats};
pub use full_document::FullDocument;
pub use scope::{Scope, Spot};
pub(crate) use scope::{by_document, text_of_passages};
