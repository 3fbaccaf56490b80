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
    if n_read == 0 {
        // From the most specific reason to the least, so that the message names what would help.
        match unread.len() {
            _ if n_unknown > 0 && !has_pictures => return Err(damaged(Damage::NamelessFonts)),
            pages if pages > 0 => return Err(Skip::OnlyPictures { pages }),
            _ if is_damaged && salvage::is_encrypted(bytes) => return Err(Skip::Encrypted),
            _ if is_damaged => return Err(damaged(Damage::TextUnreadable)),
            _ => {}
        }
    }
    let layout::Lines {
        lines,
        n_hyphens,
        page_ends,
    } = layout::lines(pages);
    let warnings = warnings(is_damaged, unread.len(), n_unknown);
    let unread = unread.into_iter().map(|ord| UnreadPage {
        page: ord as u32 + 1,
        after: page_ends.get(ord).copied().unwrap_or(0),
    });
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

fn warnings(is_damaged: bool, n_unread: usize, n_unknown: usize) -> Vec<Warning> {
    let incomplete = is_damaged.then_some(Warning::Incomplete);
    let unread = (n_unread > 0).then_some(Warning::PicturePages(n_unread));
    let unknown = (n_unknown > 0).then_some(Warning::Undecodable(n_unknown));
    [incomplete, unread, unknown]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests;
