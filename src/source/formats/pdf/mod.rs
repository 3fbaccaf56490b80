//! PDF documents: the text of every page, by its position on the page.
//!
//! `hayro-syntax` reads the file (broken object tables, object streams, encryption without a password),
//! `hayro-cmap` has the character collections of Chinese fonts. The content of the pages is interpreted here
//! (`content`), with the meaning of font codes (`font`), and rows, columns and paragraphs are built in
//! `layout`.

mod annotations;
mod content;
mod font;
mod glyph_names;
mod paths;
mod pictures;
mod render;
mod salvage;
mod unpack;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub(super) use pictures::pictures;

use super::layout;
use super::{Raw, UnreadPage};
use crate::document::SourceMetadata;
use crate::source::{Damage, Damaged, Skip, Warning, What};

/// Maximum number of pages read of a document.
const MAX_PAGES: usize = 20_000;
/// Maximum number of characters read of a document.
const MAX_GLYPHS: usize = 20_000_000;

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
        let mut shown = content::read(page, &mut fonts, MAX_GLYPHS - n_glyphs);
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

/// Opens the document; also returns whether it had to be repaired.
fn open(bytes: &[u8]) -> Result<(Pdf, bool), Skip> {
    let error = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) if !pdf.pages().is_empty() => return Ok((pdf, false)),
        Ok(_) => LoadPdfError::Invalid,
        Err(error) => error,
    };
    match error {
        // A document encrypted without a password is opened; of others it matters whether a password would
        // help.
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Err(Skip::Encrypted),
        LoadPdfError::Decryption(_) if !salvage::has_standard_encryption(bytes) => {
            Err(Skip::Unsupported(What::ManagedPdf))
        }
        LoadPdfError::Decryption(_) => Err(damaged(Damage::Encryption)),
        LoadPdfError::Invalid => {
            let repaired = salvage::with_page_tree(bytes).and_then(|bytes| Pdf::new(bytes).ok());
            let repaired = repaired.ok_or_else(|| damaged(Damage::NoPage))?;
            Ok((repaired, true))
        }
    }
}

fn damaged(reason: Damage) -> Skip {
    Skip::Damaged {
        what: Damaged::Pdf,
        reason,
    }
}

#[cfg(test)]
mod tests;
