//! A positioned character.

/// A character on a page; y runs downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::source::formats) struct Glyph {
    /// The character.
    pub(in crate::source::formats) ch: char,
    /// Its left edge, relative to its direction of writing.
    pub(in crate::source::formats) x0: f32,
    /// Its right edge.
    pub(in crate::source::formats) x1: f32,
    /// Its base line.
    pub(in crate::source::formats) y: f32,
    /// The font size.
    pub(in crate::source::formats) size: f32,
    /// The direction of writing in degrees, clockwise from upright; positions are those of a page turned back
    /// by it.
    pub(in crate::source::formats) turn: i16,
    /// Whether its font writes downwards.
    pub(in crate::source::formats) is_vertical: bool,
    /// Its role on the page.
    pub(in crate::source::formats) role: Role,
}

/// What the file states about a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::source::formats) enum Role {
    /// Nothing: it is text.
    #[default]
    Text,
    /// A running header or footer, or a page number.
    Pagination,
    /// Copied from a template that an earlier page shows.
    Repeated,
    /// Invisible: it is outside the page.
    Hidden,
}

impl Glyph {
    /// Whether it has a usable position.
    pub(super) fn is_placed(&self) -> bool {
        let places = [self.x0, self.x1, self.y, self.size];
        // Characters of a tenth of a point cannot be seen.
        places.iter().all(|at| at.is_finite()) && self.size > 0.1
    }

    /// The middle of its height.
    pub(super) fn middle(&self) -> f32 {
        // A Han character reaches from about 0.15 em below the base line to 0.85 em above it.
        self.y - 0.35 * self.size
    }
}

/// A character of text of ten by ten, for the tests of what looks at where characters are.
#[cfg(test)]
pub(super) fn test_glyph(ch: char, x: f32, y: f32) -> Glyph {
    Glyph {
        ch,
        x0: x,
        x1: x + 10.0,
        y,
        size: 10.0,
        turn: 0,
        is_vertical: false,
        role: Role::Text,
    }
}
