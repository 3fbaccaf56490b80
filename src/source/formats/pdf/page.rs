//! The visible content of a page with its annotations.

use hayro_syntax::content::TypedIter;
use hayro_syntax::page::Page;

use super::content::{ContentReader, Shown};
use super::font::Fonts;
use super::{annotations, unpack};

/// Reads a page, at most `max_glyphs` characters of it.
pub(super) fn read(page: &Page<'_>, fonts: &mut Fonts, max_glyphs: usize) -> Shown {
    let (content, is_whole) = unpack::content(page);
    let mut reader = ContentReader::new(page, fonts, max_glyphs);
    if !is_whole {
        reader.set_damaged();
    }
    reader.follow(TypedIter::new(&content), &[page.resources()], 0);
    annotations::read(page, &mut reader);
    reader.finish()
}
