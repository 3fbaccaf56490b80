//! Turns pages of positioned characters, as in PDF and OFD, into paragraphs and rows of tables in reading
//! order.
//!
//! Characters of one direction form a frame of the page (`frames`). In a frame, the content of a grid of
//! ruling lines is a table (`grid`), characters one below the other are vertical writing (`vertical`), and
//! characters at one height are a row (`rows`). Rows that most pages have at their top or bottom are marked
//! (`boilerplate`), columns are read one after the other (`columns`), rows whose cells are aligned without
//! lines are a table too (`aligned`), and rows that run from margin to margin are joined with the next one
//! (`paragraphs`). All lengths are in the page's own unit; only their ratio to the font size matters. No
//! character is dropped: text outside the report is a line with its reason.

mod aligned;
mod boilerplate;
mod channels;
mod columns;
mod contents;
mod doubles;
mod frames;
mod glyph;
mod grid;
mod joining;
mod lines;
mod matrix;
mod open_paragraph;
mod page;
mod page_number;
mod page_row;
mod paragraphs;
mod rows;
mod rules;
mod sheet;
mod table;
mod vertical;
mod writer;

pub(super) use glyph::{Glyph, Role};
pub(super) use lines::lines;
pub(super) use matrix::Matrix;
pub(super) use page::{Drawn, Page};
pub(super) use rules::{MAX_RULES, Rule, add_painted};
pub(super) use sheet::Lines;
