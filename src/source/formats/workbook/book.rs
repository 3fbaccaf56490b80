//! A workbook in any of the forms that calamine reads.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::Sheets;

use crate::source::Damaged;

/// An open workbook.
pub(super) type Book<'a> = Sheets<Cursor<Cow<'a, [u8]>>>;

/// What damaged workbooks are called.
pub(super) const WHAT: Damaged = Damaged::Workbook;
