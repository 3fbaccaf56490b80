//! Workbooks: tables as sheets, and what sheets of other layouts are made with.

mod book;
mod chart_sheet;
mod sheet_part;
mod sheet_rows;

pub(crate) use book::workbook;
