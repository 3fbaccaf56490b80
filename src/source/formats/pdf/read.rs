//! Reads a PDF document.

use hayro_syntax::page::Page;

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
    let mut content = Content::default();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        content.read_page(page);
        if content.n_glyphs >= MAX_GLYPHS {
            break;
        }
    }
    is_damaged |= content.is_damaged || content.pages.len() < pdf.pages().len();
    // Only what is visible makes a text: a page of blanks counts as empty.
    if content.n_read == 0 {
        content.reason_without_text(is_damaged, bytes)?;
    }
    let warnings = warnings(is_damaged, content.unread.len(), content.n_unknown);
    let layout::Lines {
        lines,
        n_hyphens,
        page_ends,
    } = layout::lines(content.pages);
    let unread = content.unread.into_iter().map(|ord| UnreadPage {
        page: ord as u32 + 1,
        after: page_ends.get(ord).copied().unwrap_or(0),
    });
    // Programs write the name of the file or nothing useful into the title; the printed title is better.
    given.title = None;
    Ok(Raw {
        warnings,
        unread: unread.collect(),
        ..Raw::whole(given, lines, content.n_read.saturating_sub(n_hyphens))
    })
}

/// The content of the pages, with what was noticed on them.
#[derive(Default)]
struct Content {
    fonts: font::Fonts,
    pages: Vec<layout::Page>,
    /// The ordinals of pages without text that may show some.
    unread: Vec<usize>,
    has_pictures: bool,
    is_damaged: bool,
    n_glyphs: usize,
    /// Number of characters without a known meaning.
    n_unknown: usize,
    /// Number of visible characters.
    n_read: u64,
}

impl Content {
    fn read_page(&mut self, page: &Page<'_>) {
        let mut shown = page::read(page, &mut self.fonts, MAX_GLYPHS - self.n_glyphs);
        self.n_glyphs += shown.page.glyphs.len();
        self.n_unknown += shown.n_unknown;
        self.is_damaged |= shown.is_damaged;
        if shown.is_unread() {
            self.unread.push(self.pages.len());
            self.has_pictures |= shown.has_picture;
        }
        self.n_read += shown.page.count();
        self.pages.push(shown.page);
    }

    /// Fails with the reason for a document without text, if there is one besides its being blank.
    ///
    /// From the most specific reason to the least, so that the message names what would help.
    fn reason_without_text(&self, is_damaged: bool, bytes: &[u8]) -> Result<(), Skip> {
        match self.unread.len() {
            _ if self.n_unknown > 0 && !self.has_pictures => Err(damaged(Damage::NamelessFonts)),
            pages if pages > 0 => Err(Skip::OnlyPictures { pages }),
            _ if is_damaged && salvage::is_encrypted(bytes) => Err(Skip::Encrypted),
            _ if is_damaged => Err(damaged(Damage::TextUnreadable)),
            _ => Ok(()),
        }
    }
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
