//! Properties of rows, cells and runs.

use super::styles::is_on;
use crate::source::xml::{Node, Walk};

/// What is said of a row of a table.
#[derive(Default)]
pub(super) struct RowProperties {
    /// Whether it is repeated on each page, as column headings are.
    pub(super) is_header: bool,
    /// Columns that it leaves out in front.
    pub(super) n_before: usize,
}

/// Columns that a row may leave out in front: each is a place of its line.
const MAX_BEFORE: usize = 100;

/// Reads `trPr`, which has just started.
pub(super) fn row_properties(walk: &mut Walk<'_>) -> RowProperties {
    let mut row = RowProperties::default();
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) => match tag.name() {
                "tblHeader" => {
                    row.is_header = tag.attribute("val").is_none_or(|value| is_on(&value));
                }
                "gridBefore" => row.n_before = tag.number("val").unwrap_or(0).min(MAX_BEFORE),
                "trPrChange" => walk.skip(),
                _ => {}
            },
            Node::End(name) if name == "trPr" => break,
            _ => {}
        }
    }
    row
}

/// Reads `tcPr`, which has just started: the columns that the cell takes.
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

/// Reads `rPr`, which has just started: whether the run is hidden.
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
