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

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the properties in `xml` with `read`, after their start tag.
    fn with<T>(xml: &str, read: fn(&mut Walk<'_>) -> T) -> T {
        let mut walk = Walk::new(xml);
        walk.next();
        read(&mut walk)
    }

    #[test]
    fn rows_repeat_and_omit_columns() {
        let row = |inner: &str| {
            let row = with(&format!("<w:trPr>{inner}</w:trPr>"), row_properties);
            (row.is_header, row.n_before)
        };
        assert_eq!(row("<w:tblHeader/>"), (true, 0));
        assert_eq!(
            row("<w:tblHeader w:val='0'/><w:gridBefore w:val='2'/>"),
            (false, 2)
        );
        assert_eq!(row("<w:gridBefore w:val='100000'/>"), (false, MAX_BEFORE));
        // What a revision replaced does not count.
        assert_eq!(
            row("<w:trPrChange><w:trPr><w:tblHeader/></w:trPr></w:trPrChange>"),
            (false, 0)
        );
    }

    #[test]
    fn cells_span_columns_and_runs_are_hidden() {
        let span = |inner: &str| with(&format!("<w:tcPr>{inner}</w:tcPr>"), n_columns);
        assert_eq!(
            (
                span(""),
                span("<w:gridSpan w:val='3'/>"),
                span("<w:gridSpan w:val='x'/>")
            ),
            (1, 3, 1)
        );
        assert_eq!(
            span("<w:tcPrChange><w:gridSpan w:val='3'/></w:tcPrChange>"),
            1
        );
        let hidden = |inner: &str| with(&format!("<w:rPr>{inner}</w:rPr><w:vanish/>"), is_hidden);
        assert!(hidden("<w:vanish/>") && hidden("<w:vanish w:val='true'/>"));
        assert!(
            !hidden("<w:vanish w:val='false'/>")
                && !hidden("")
                && !hidden("<w:rPrChange><w:vanish/></w:rPrChange>")
        );
    }
}
