//! Pictures in shades of grey.

use hayro_syntax::page::Rotation;

/// Shades of grey, line by line from the top.
pub(super) struct Grey {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Grey {
    /// The picture rotated clockwise like its page.
    pub(super) fn turned(self, rotation: Rotation) -> Self {
        let Self {
            width,
            height,
            pixels,
        } = self;
        let at = |x: usize, y: usize| pixels[y * width + x];
        let (width, height, pixels) = match rotation {
            Rotation::None => {
                return Self {
                    width,
                    height,
                    pixels,
                };
            }
            Rotation::Flipped => (width, height, pixels.iter().rev().copied().collect()),
            Rotation::Horizontal => {
                let turned = (0..width).flat_map(|x| (0..height).rev().map(move |y| (x, y)));
                (height, width, turned.map(|(x, y)| at(x, y)).collect())
            }
            Rotation::FlippedHorizontal => {
                let turned = (0..width)
                    .rev()
                    .flat_map(|x| (0..height).map(move |y| (x, y)));
                (height, width, turned.map(|(x, y)| at(x, y)).collect())
            }
        };
        Self {
            width,
            height,
            pixels,
        }
    }
}

pub(super) fn pnm(grey: &Grey) -> Vec<u8> {
    // PGM needs no encoder: a header and the bytes.
    let mut out = format!("P5\n{} {}\n255\n", grey.width, grey.height).into_bytes();
    out.extend_from_slice(&grey.pixels);
    out
}

/// The brightness of a colour (ITU-R BT.601).
pub(super) fn shade(components: &[u8]) -> u8 {
    let weighted =
        |r: u8, g: u8, b: u8| (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000;
    match components {
        // Inks subtract light.
        [r, g, b] => weighted(*r, *g, *b) as u8,
        [c, m, y, k] => 255 - (weighted(*c, *m, *y) + u32::from(*k)).min(255) as u8,
        [grey, ..] => *grey,
        [] => 255,
    }
}
