//! Word documents with tracked changes: two versions of a text in one, of which accepting all gives the newer and rejecting all the older.

use docx_rs::{Delete, Insert, Paragraph, Run};
use xunzhang::text::printable::printable_lines;

use super::document::{FIXED, SIZES, begun, packed, text};
use super::error::Error;

/// Which versions have a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    Both,
    Old,
    New,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tracked {
    /// The end of a paragraph.
    Break(Version),
    /// Text, and whether it is a heading.
    Text(Version, String, bool),
}

/// The document: a title and lines about the whole, then the pieces, changes by `author`.
///
/// # Errors
/// [`Error::Document`] if the archive can't be written.
pub(crate) fn tracked(
    title: &str,
    facts: &[String],
    author: &str,
    pieces: impl IntoIterator<Item = Tracked>,
) -> Result<Vec<u8>, Error> {
    let mut docx = begun(title, facts);
    let mut paragraph = Paragraph::new();
    for piece in pieces {
        match piece {
            // A break belongs to the paragraph that it ends (ECMA-376, 17.13.5.15 and 17.13.5.20).
            Tracked::Break(version) => {
                let ended = std::mem::replace(&mut paragraph, Paragraph::new());
                docx = docx.add_paragraph(match version {
                    Version::Both => ended,
                    Version::Old => ended.delete(author, FIXED),
                    Version::New => ended.insert(author, FIXED),
                });
            }
            Tracked::Text(version, piece, is_heading) => {
                let sized = |run: Run| {
                    let run = run.size(SIZES[1]);
                    if is_heading { run.bold() } else { run }
                };
                paragraph = match version {
                    Version::Both => paragraph.add_run(sized(text(&piece))),
                    Version::Old => paragraph.add_delete(
                        Delete::new()
                            .author(author)
                            .date(FIXED)
                            .add_run(sized(Run::new().add_delete_text(printable_lines(&piece)))),
                    ),
                    Version::New => paragraph
                        .add_insert(Insert::new(sized(text(&piece))).author(author).date(FIXED)),
                };
            }
        }
    }
    packed(docx.add_paragraph(paragraph))
}
