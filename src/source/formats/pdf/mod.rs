//! PDF documents: the text of every page, by its place on the page.
//!
//! `hayro-syntax` reads the file (broken tables of objects, object streams, encryption without a password), `hayro-cmap` knows
//! the character collections of Chinese fonts. What the pages show is followed here (`content`), what a code of a font means
//! is found out (`font`), and rows, columns and paragraphs are made in `layout`.

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
use crate::document::{Given, Warning};
use crate::source::Skip;

/// What a document is called that only a program of its publisher opens.
const MANAGED: &str = "a PDF document under digital rights management (DRM)";

/// Why a document gives no text whose fonts have no names for their characters.
pub(super) const NO_MEANING: &str =
    "its fonts do not tell which characters they show; `index --ocr` reads what is seen";

/// Pages that are read of a document.
const MAX_PAGES: usize = 20_000;
/// Characters that are read of a document.
const MAX_GLYPHS: usize = 20_000_000;

/// Reads the document in `bytes`.
///
/// Lines are paragraphs and rows of tables in reading order, numbered by their rows; running heads, page numbers and what is not
/// to be seen are lines with their reason.
///
/// # Errors
/// [`Skip::Encrypted`] if it needs a password, [`Skip::Unsupported`] if it is under rights management, [`Skip::Damaged`] if it has no page that can be read,
/// [`Skip::OnlyPictures`] if its pages have no text.
pub(in crate::source) fn read(bytes: &[u8], mut given: Given) -> Result<Raw, Skip> {
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
    let n_glyphs = if n_read == 0 { 0 } else { n_glyphs.max(1) };
    if n_glyphs == 0 && n_unknown > 0 && !has_pictures {
        return Err(damaged(NO_MEANING));
    }
    if n_glyphs == 0 && !unread.is_empty() {
        let pages = unread.len();
        return Err(Skip::OnlyPictures { pages });
    }
    if n_glyphs == 0 && is_damaged && salvage::is_encrypted(bytes) {
        return Err(Skip::Encrypted);
    }
    if n_glyphs == 0 && is_damaged {
        return Err(damaged("none of its text can be read"));
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
    // Programs write the name of the file or nothing useful into the title; what is printed tells more.
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

/// Opens the document, and tells whether it had to be mended.
fn open(bytes: &[u8]) -> Result<(Pdf, bool), Skip> {
    let error = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) if !pdf.pages().is_empty() => return Ok((pdf, false)),
        Ok(_) => LoadPdfError::Invalid,
        Err(error) => error,
    };
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Err(Skip::Encrypted),
        LoadPdfError::Decryption(_) if !salvage::has_standard_encryption(bytes) => {
            Err(Skip::Unsupported(MANAGED.into()))
        }
        LoadPdfError::Decryption(_) => Err(damaged("its encryption cannot be undone")),
        LoadPdfError::Invalid => {
            let mended = salvage::with_page_tree(bytes).and_then(|bytes| Pdf::new(bytes).ok());
            let mended = mended.ok_or_else(|| damaged("it has no pages that can be read"))?;
            Ok((mended, true))
        }
    }
}

fn damaged(reason: &str) -> Skip {
    Skip::Damaged {
        what: "PDF document".into(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
