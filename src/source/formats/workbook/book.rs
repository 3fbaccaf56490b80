//! A workbook in any of the forms that calamine reads.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::Sheets;

/// An open workbook.
pub(super) type Book<'a> = Sheets<Cursor<Cow<'a, [u8]>>>;
