//! Workbooks (`.xlsx`, `.xls`, `.xlsb`, `.ods`): every sheet, as records under a header or as one document.

mod beside;
mod biff;
mod book;
mod calendar;
mod ods;
mod read;
mod sheet;
mod shown;

pub(in crate::source) use calendar::iso_day;
pub(in crate::source) use read::list_sheets;
pub(super) use read::read;
