//! A page as its format describes it: positioned characters, ruling lines, notes.

use super::{Matrix, Rule};
use crate::text::visible::{is_visible, n_visible};

/// A printed page.
#[derive(Clone, Debug, Default)]
pub(in crate::source::formats) struct Page {
    /// Its width.
    pub(in crate::source::formats) width: f32,
    /// Its height.
    pub(in crate::source::formats) height: f32,
    /// Its characters, in the order of the file.
    pub(in crate::source::formats) glyphs: Vec<Glyph>,
    /// The ruling lines on it.
    pub(in crate::source::formats) rules: Vec<Rule>,
    /// Notes attached to it, one text each.
    pub(in crate::source::formats) notes: Vec<String>,
}

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

/// The content of a page outside its frames.
#[derive(Default)]
pub(super) struct Aside {
    pub(super) notes: Vec<String>,
    /// Invisible characters, one text for each run of them.
    pub(super) hidden: Vec<String>,
    /// Copies of a template.
    pub(super) repeated: Vec<String>,
}

impl Page {
    /// Writes `text` on the page: `to_page` maps the font's em square with its base line at 0 to the page,
    /// and `width` is the width of the text in em.
    pub(in crate::source::formats) fn show(
        &mut self,
        text: &str,
        to_page: Matrix,
        width: f64,
        is_vertical: bool,
        role: Role,
    ) {
        let [a, b, c, d, x, y] = to_page.0;
        let size = c.hypot(d);
        let turn = turn(a, b);
        let (sine, cosine) = direction(turn);
        // One size of tolerance: text at the very edge is printed in part.
        let is_outside = x < -size
            || x > f64::from(self.width) + size
            || y < -size
            || y > f64::from(self.height) + size;
        let role = if is_outside { Role::Hidden } else { role };
        let left = x * cosine + y * sine;
        let foot = y * cosine - x * sine;
        // The width is shared evenly; the fonts of Chinese text are monospaced.
        let step = a.hypot(b) * width / text.chars().count().max(1) as f64;
        for (ord, ch) in text.chars().enumerate() {
            let x0 = left + step * ord as f64;
            self.glyphs.push(Glyph {
                ch,
                x0: x0 as f32,
                x1: (x0 + step) as f32,
                y: foot as f32,
                size: size as f32,
                turn,
                is_vertical,
                role,
            });
        }
    }

    /// Removes characters that are printed twice, and counts the visible ones.
    pub(in crate::source::formats) fn count(&mut self) -> u64 {
        super::doubles::remove(&mut self.glyphs);
        let glyphs = self.glyphs.iter().filter(|glyph| is_visible(glyph.ch));
        glyphs.count() as u64 + self.notes.iter().map(|note| n_visible(note)).sum::<u64>()
    }
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

/// Maximum deviation from a quarter turn that still counts as one, in degrees: scans are slightly tilted.
const TILT: f64 = 11.0;

/// The direction of `(a, b)` in whole degrees from 0 to 359.
fn turn(a: f64, b: f64) -> i16 {
    let degrees = b.atan2(a).to_degrees();
    if !degrees.is_finite() {
        return 0;
    }
    let quarter = (degrees / 90.0).round() * 90.0;
    let turn = if (degrees - quarter).abs() < TILT {
        quarter
    } else {
        degrees.round()
    };
    (turn as i16).rem_euclid(360)
}

/// Sine and cosine of a direction, exact for quarter turns.
pub(super) fn direction(turn: i16) -> (f64, f64) {
    match turn {
        0 => (0.0, 1.0),
        90 => (1.0, 0.0),
        180 => (0.0, -1.0),
        270 => (-1.0, 0.0),
        turn => f64::from(turn).to_radians().sin_cos(),
    }
}
