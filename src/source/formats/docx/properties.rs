//! Properties of rows, cells and runs.

use super::switch::is_on;
use crate::source::xml::{Node, Walk};

/// The properties of a row of a table.
#[derive(Default)]
pub(super) struct RowProperties {
    /// Whether it is repeated on each page, like column headings.
    pub(super) is_header: bool,
    /// Number of leading columns that it omits.
    pub(super) n_before: usize,
}

/// Maximum number of leading columns that a row may omit: each becomes a cell of its line.
const MAX_BEFORE: usize = 100;

/// Reads `trPr`, after its start tag.
pub(super) fn row_properties(walk: &mut Walk<'_>) -> RowProperties {
    let mut row = RowProperties::default();
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) => match tag.name() {
                "tblHeader" => {
                    // A switch without a value is on (ECMA-376 17.17.4).
                    row.is_header = tag.attribute("val").is_none_or(|value| is_on(&value));
                }
                "gridBefore" => row.n_before = tag.number("val").unwrap_or(0).min(MAX_BEFORE),
                // The former properties of a revised row.
                "trPrChange" => walk.skip(),
                _ => {}
            },
            Node::End(name) if name == "trPr" => break,
            _ => {}
        }
    }
    row
}

/// Reads `tcPr`, after its start tag: the number of columns of the cell.
pub(super) fn n_columns(walk: &mut Walk<'_>) -> usize {
    let mut n_columns = 1;
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) if tag.name() == "gridSpan" => {
                n_columns = tag.number("val").unwrap_or(1);
            }
            Node::Start(tag) if tag.name() == "tcPrChange" => walk.skip(),
            Node::End(name) if name == "tcPr" => break,
            _ => {}
        }
    }
    n_columns
}

/// Reads `rPr`, after its start tag: whether the run is hidden.
pub(super) fn is_hidden(walk: &mut Walk<'_>) -> bool {
    let mut is_hidden = false;
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) if tag.name() == "vanish" => {
                is_hidden = tag.attribute("val").is_none_or(|value| is_on(&value));
            }
            Node::Start(tag) if tag.name() == "rPrChange" => walk.skip(),
            Node::End(name) if name == "rPr" => break,
            _ => {}
        }
    }
    is_hidden
}
