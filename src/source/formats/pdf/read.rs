//! Reads a PDF document.

use super::open::{MAX_GLYPHS, MAX_PAGES, damaged, open};
use super::{font, page, salvage};
use crate::document::SourceMetadata;
use crate::source::formats::layout;
use crate::source::formats::{Raw, UnreadPage};
use crate::source::{Damage, Skip, Warning};

/// Reads the document in `bytes`.
///
/// Lines are paragraphs and rows of tables in reading order, numbered by their rows; running heads, page
/// numbers and invisible text are lines with their reason.
///
/// # Errors
/// [`Skip::Encrypted`] if it needs a password, [`Skip::Unsupported`] if it is under rights management,
/// [`Skip::Damaged`] if it has no readable page, [`Skip::OnlyPictures`] if its pages have no text.
pub(in crate::source) fn read(bytes: &[u8], mut given: SourceMetadata) -> Result<Raw, Skip> {
    let (pdf, mut is_damaged) = open(bytes)?;
    let mut fonts = font::Fonts::default();
    let mut pages = Vec::new();
    let (mut n_glyphs, mut n_unknown, mut n_read) = (0, 0, 0);
    let mut has_pictures = false;
    let mut unread = Vec::new();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let mut shown = page::read(page, &mut fonts, MAX_GLYPHS - n_glyphs);
        n_glyphs += shown.page.glyphs.len();
        n_unknown += shown.n_unknown;
        is_damaged |= shown.is_damaged;
        if shown.is_unread() {
            unread.push(pages.len());
            has_pictures |= shown.has_picture;
        }
        n_read += shown.page.count();
        pages.push(shown.page);
        if n_glyphs >= MAX_GLYPHS {
            break;
        }
    }
    is_damaged |= pages.len() < pdf.pages().len();
    // Only what is visible makes a text: a page of blanks counts as empty.
    let n_glyphs = if n_read == 0 { 0 } else { n_glyphs.max(1) };
    // From the most specific reason to the least, so that the message names what would help.
    if n_glyphs == 0 && n_unknown > 0 && !has_pictures {
        return Err(damaged(Damage::NamelessFonts));
    }
    if n_glyphs == 0 && !unread.is_empty() {
        let pages = unread.len();
        return Err(Skip::OnlyPictures { pages });
    }
    if n_glyphs == 0 && is_damaged && salvage::is_encrypted(bytes) {
        return Err(Skip::Encrypted);
    }
    if n_glyphs == 0 && is_damaged {
        return Err(damaged(Damage::TextUnreadable));
    }
    let layout::Lines {
        lines,
        n_hyphens,
        page_ends,
    } = layout::lines(pages);
    let mut warnings: Vec<Warning> = is_damaged
        .then_some(Warning::Incomplete)
        .into_iter()
        .collect();
    if !unread.is_empty() {
        warnings.push(Warning::PicturePages(unread.len()));
    }
    let unread = unread.into_iter().map(|ord| UnreadPage {
        page: ord as u32 + 1,
        after: page_ends.get(ord).copied().unwrap_or(0),
    });
    if n_unknown > 0 {
        warnings.push(Warning::Undecodable(n_unknown));
    }
    // Programs write the name of the file or nothing useful into the title; the printed title is better.
    given.title = None;
    Ok(Raw {
        n_read: Some(n_read.saturating_sub(n_hyphens)),
        given,
        lines,
        warnings,
        unread: unread.collect(),
        ..Raw::default()
    })
}

#[cfg(test)]
mod tests;
