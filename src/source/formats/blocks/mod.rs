//! The common part of word processors and pages: paragraphs and tables in, lines out.
//!
//! A row of a table is one line of [`Style::Row`](crate::document::Style::Row), its cells separated by tabs. A row that lays out text
//! rather than data, of one cell in a table of such rows or with paragraphs of text in a cell, is written
//! paragraph by paragraph.

mod builder;
mod nesting;

pub(in crate::source) use builder::one_line;
pub(super) use builder::{Blocks, Span};
pub(super) use nesting::Nesting;
