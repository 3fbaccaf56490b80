//! The lines that an outline is made of.

use crate::document::line::Style;
use crate::document::reason::Reason;

/// A non-blank line, reduced to what the outline needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) struct Paragraph<'a> {
    /// The text as [`crate::document::reading`] reads it.
    pub(in crate::document) text: &'a str,
    /// Whether blanks separate its characters, as in some headings and names.
    pub(in crate::document) is_spaced: bool,
    /// What the source states about it.
    pub(in crate::document) style: Style,
    /// Its part of the page.
    pub(in crate::document) place: PagePart,
}

impl Paragraph<'_> {
    /// Whether the source gives it the style of a title or a heading.
    pub(in crate::document) fn is_styled(&self) -> bool {
        matches!(self.style, Style::Title | Style::Heading(_))
    }

    /// Whether it is not part of the report.
    pub(in crate::document) fn is_boilerplate(&self) -> bool {
        matches!(self.place, PagePart::Boilerplate(_))
    }
}

/// The part of the page that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum PagePart {
    /// The title, or a part of it.
    Title,
    /// Not part of the report.
    Boilerplate(Reason),
    /// Between title and text: subtitle, speaker, document number.
    Front,
    /// Text.
    Body,
}
