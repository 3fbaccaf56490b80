//! PDF documents: the text of every page, by its place on the page.
//!
//! `hayro-syntax` reads the file (broken tables of objects, object streams, encryption without a password), `hayro-cmap` knows
//! the character collections of Chinese fonts. What the pages show is followed here (`content`), what a code of a font means
//! is found out (`font`), and rows, columns and paragraphs are made in `layout`.

mod content;
mod font;
mod glyph_names;
mod pictures;
mod salvage;
mod unpack;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub(super) use pictures::pictures;

use super::Raw;
use super::layout;
use crate::document::{Given, Warning};
use crate::source::Skip;

/// Pages that are read of a document.
const MAX_PAGES: usize = 20_000;
/// Characters that are read of a document.
const MAX_GLYPHS: usize = 20_000_000;

/// Reads the document in `bytes`.
///
/// Lines are paragraphs in reading order, numbered by their rows; running heads and page numbers are left out.
///
/// # Errors
/// [`Skip::Encrypted`] if it needs a password, [`Skip::Damaged`] if it has no page that can be read,
/// [`Skip::OnlyPictures`] if its pages have no text.
pub(in crate::source) fn read(bytes: &[u8], mut given: Given) -> Result<Raw, Skip> {
    let (pdf, mut is_damaged) = open(bytes)?;
    let mut fonts = font::Fonts::default();
    let mut pages = Vec::new();
    let (mut n_glyphs, mut n_pictures, mut n_unknown) = (0, 0, 0);
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let shown = content::read(page, &mut fonts, MAX_GLYPHS - n_glyphs);
        n_glyphs += shown.page.glyphs.len();
        n_unknown += shown.n_unknown;
        is_damaged |= shown.is_damaged;
        n_pictures += usize::from(shown.page.glyphs.is_empty() && shown.has_picture);
        pages.push(shown.page);
        if n_glyphs >= MAX_GLYPHS {
            break;
        }
    }
    if n_glyphs == 0 && n_pictures > 0 {
        return Err(Skip::OnlyPictures { pages: n_pictures });
    }
    if n_glyphs == 0 && n_unknown > 0 {
        return Err(damaged("its fonts do not tell which characters they show"));
    }
    if n_glyphs == 0 && is_damaged {
        return Err(damaged("none of its text can be read"));
    }
    let lines = layout::lines(pages);
    let mut warnings: Vec<Warning> = is_damaged
        .then_some(Warning::Incomplete)
        .into_iter()
        .collect();
    if n_pictures > 0 {
        warnings.push(Warning::PicturePages(n_pictures));
    }
    if n_unknown > 0 {
        warnings.push(Warning::Undecodable(n_unknown));
    }
    // Programs write the name of the file or nothing useful into the title; what is printed tells more.
    given.title = None;
    Ok(Raw {
        n_read: None,
        given,
        lines,
        warnings,
        key: None,
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
