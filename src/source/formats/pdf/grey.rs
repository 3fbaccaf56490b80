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
        let (width, height) = (self.width, self.height);
        match rotation {
            Rotation::None => self,
            Rotation::Flipped => Self {
                pixels: self.pixels.into_iter().rev().collect(),
                ..self
            },
            Rotation::Horizontal => {
                self.on_its_side((0..width).flat_map(|x| (0..height).rev().map(move |y| (x, y))))
            }
            Rotation::FlippedHorizontal => {
                let columns = (0..width).rev();
                self.on_its_side(columns.flat_map(|x| (0..height).map(move |y| (x, y))))
            }
        }
    }

    /// The picture with width and height exchanged, its pixels taken in this order.
    fn on_its_side(&self, order: impl Iterator<Item = (usize, usize)>) -> Self {
        let pixel = |(x, y): (usize, usize)| self.pixels[y * self.width + x];
        Self {
            width: self.height,
            height: self.width,
            pixels: order.map(pixel).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn picture(width: usize, pixels: &[u8]) -> Grey {
        Grey {
            width,
            height: pixels.len() / width,
            pixels: pixels.to_vec(),
        }
    }

    #[test]
    fn a_quarter_turn_is_clockwise() {
        let turned = picture(3, &[1, 2, 3, 4, 5, 6]).turned(Rotation::Horizontal);
        assert_eq!(
            (turned.width, turned.height, turned.pixels),
            (2, 3, vec![4, 1, 5, 2, 6, 3])
        );
        let back = picture(3, &[1, 2, 3, 4, 5, 6]).turned(Rotation::FlippedHorizontal);
        assert_eq!(
            (back.width, back.height, back.pixels),
            (2, 3, vec![3, 6, 2, 5, 1, 4])
        );
    }

    #[test]
    fn colours_become_shades() {
        for (components, expected) in [
            (&[255, 255, 255][..], 255),
            (&[0, 0, 0], 0),
            (&[255, 0, 0], 76),
            (&[0, 255, 0], 149),
            (&[0, 0, 255], 29),
            (&[0, 0, 0, 0], 255),
            (&[0, 0, 0, 255], 0),
            (&[255, 255, 255, 255], 0),
            (&[7], 7),
            (&[], 255),
        ] {
            assert_eq!(shade(components), expected, "{components:?}");
        }
        assert_eq!(pnm(&picture(2, &[8, 9])), b"P5\n2 1\n255\n\x08\x09");
    }

    proptest! {
        #[test]
        fn four_quarters_and_two_halves_are_none(width in 1_usize..5, height in 1_usize..5, seed in any::<u8>()) {
            let pixels: Vec<u8> = (0..width * height).map(|at| seed.wrapping_add(at as u8)).collect();
            let turned = |rotations: &[Rotation]| rotations.iter().fold(picture(width, &pixels), |one, &rotation| one.turned(rotation));
            let quarter = Rotation::Horizontal;
            prop_assert_eq!(&turned(&[quarter; 4]).pixels, &pixels);
            prop_assert_eq!(&turned(&[Rotation::Flipped; 2]).pixels, &pixels);
            prop_assert_eq!(turned(&[quarter; 2]).pixels, turned(&[Rotation::Flipped]).pixels);
            prop_assert_eq!(turned(&[quarter; 3]).pixels, turned(&[Rotation::FlippedHorizontal]).pixels);
            prop_assert_eq!(turned(&[Rotation::None]).pixels, pixels);
        }
    }
}
