//! A page as its format describes it: positioned characters, ruling lines, notes.

use super::glyph::{Glyph, Role};
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
/// How a text is drawn on a page.
#[derive(Clone, Copy, Debug)]
pub(in crate::source::formats) struct Drawn {
    /// Maps the font's em square with its base line at 0 to the page.
    pub(in crate::source::formats) to_page: Matrix,
    /// The width of the text in em.
    pub(in crate::source::formats) width: f64,
    /// Whether its characters stand one below the other.
    pub(in crate::source::formats) is_vertical: bool,
    /// Its role on the page.
    pub(in crate::source::formats) role: Role,
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
    /// Writes `text` on the page.
    pub(in crate::source::formats) fn show(&mut self, text: &str, drawn: Drawn) {
        let [a, b, c, d, x, y] = drawn.to_page.0;
        let size = c.hypot(d);
        let turn = turn(a, b);
        let (sine, cosine) = direction(turn);
        let is_outside = self.is_outside((x, y), size);
        let left = x * cosine + y * sine;
        let foot = y * cosine - x * sine;
        // The width is shared evenly; the fonts of Chinese text are monospaced.
        let step = a.hypot(b) * drawn.width / text.chars().count().max(1) as f64;
        for (ord, ch) in text.chars().enumerate() {
            let x0 = left + step * ord as f64;
            self.glyphs.push(Glyph {
                ch,
                x0: x0 as f32,
                x1: (x0 + step) as f32,
                y: foot as f32,
                size: size as f32,
                turn,
                is_vertical: drawn.is_vertical,
                role: if is_outside { Role::Hidden } else { drawn.role },
            });
        }
    }

    /// Whether text of this size at this point cannot be seen.
    fn is_outside(&self, (x, y): (f64, f64), size: f64) -> bool {
        // One size of tolerance: text at the very edge is printed in part.
        let is_beside = x < -size || x > f64::from(self.width) + size;
        is_beside || y < -size || y > f64::from(self.height) + size
    }

    /// Removes characters that are printed twice, and counts the visible ones.
    pub(in crate::source::formats) fn count(&mut self) -> u64 {
        super::doubles::remove(&mut self.glyphs);
        let glyphs = self.glyphs.iter().filter(|glyph| is_visible(glyph.ch));
        glyphs.count() as u64 + self.notes.iter().map(|note| n_visible(note)).sum::<u64>()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_near_a_quarter_are_quarters() {
        for (degrees, expected) in [
            (0.0, 0),
            (10.0, 0),
            (-10.0, 0),
            (12.0, 12),
            (45.0, 45),
            (85.0, 90),
            (180.0, 180),
            (-90.0, 270),
            (-45.0, 315),
        ] {
            let (b, a) = f64::to_radians(degrees).sin_cos();
            assert_eq!(turn(a, b), expected, "{degrees}");
        }
        assert_eq!(turn(f64::NAN, 0.0), 0);
        for quarter in [0, 90, 180, 270] {
            let (sine, cosine) = direction(quarter);
            let exact = f64::from(quarter).to_radians().sin_cos();
            assert!((sine - exact.0).abs() < 1e-9 && (cosine - exact.1).abs() < 1e-9);
        }
    }

    #[test]
    fn a_text_shares_its_width_evenly_and_is_hidden_outside() {
        let mut page = Page {
            width: 100.0,
            height: 100.0,
            ..Page::default()
        };
        let at = |x, y| Matrix([10.0, 0.0, 0.0, 10.0, x, y]);
        let upright = |to_page, width| Drawn {
            to_page,
            width,
            is_vertical: false,
            role: Role::Text,
        };
        page.show("园区", upright(at(20.0, 50.0), 2.0));
        page.show("外", upright(at(150.0, 50.0), 1.0));
        page.show("边", upright(at(-5.0, 50.0), 1.0));
        let found: Vec<(char, f32, f32, Role)> = page
            .glyphs
            .iter()
            .map(|glyph| (glyph.ch, glyph.x0, glyph.x1, glyph.role))
            .collect();
        assert_eq!(
            found,
            [
                ('园', 20.0, 30.0, Role::Text),
                ('区', 30.0, 40.0, Role::Text),
                ('外', 150.0, 160.0, Role::Hidden),
                ('边', -5.0, 5.0, Role::Text),
            ]
        );
        page.notes.push("批 注".to_owned());
        page.show("园区", upright(at(20.2, 50.0), 2.0));
        // Two characters are printed twice.
        assert_eq!(page.count(), 6);
    }
}
