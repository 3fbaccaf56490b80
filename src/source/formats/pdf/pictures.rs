//! Pages of a PDF document without text, as pictures of their visible content.
//!
//! A scanned page is one picture, which is extracted rather than drawn, so that no detail is lost by scaling.
//! Any other page is rendered (`render`).

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{
    BITS_PER_COMPONENT, COLORSPACE, DECODE, HEIGHT, IMAGE_MASK, WIDTH,
};
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources, Rotation};

use super::content::Shown;
use super::grey::{Grey, pnm, shade};
use super::open::{MAX_GLYPHS, MAX_PAGES, open};
use super::{font, page, render, unpack};
use crate::source::Skip;
use crate::source::formats::layout::Matrix;
use crate::source::raw::PagePicture;

/// Minimum number of pixels of a side: anything smaller is a mark rather than a line of text.
const MIN_SIDE: u32 = 40;
/// Maximum number of pixels of a picture: a page at 1,200 dots per inch.
const MAX_PIXELS: u64 = 140_000_000;
/// Maximum number of pictures examined on a page.
const MAX_PICTURES: usize = 2;

/// Yields the picture of each page without text, in JPEG or PNM.
///
/// # Errors
/// Those of opening the document.
pub(in crate::source) fn pictures(
    bytes: &[u8],
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    let (pdf, _) = open(bytes)?;
    let mut fonts = font::Fonts::default();
    for (page, number) in pdf.pages().iter().take(MAX_PAGES).zip(1..) {
        let shown = page::read(page, &mut fonts, MAX_GLYPHS);
        // A page with text needs no recognition.
        if !shown.is_unread() {
            continue;
        }
        let whole = only_picture(page, &shown);
        let drawn = || Some(pnm(&render::grey(page)?));
        if let Some(picture) = whole.or_else(drawn) {
            each(PagePicture::new(number, picture));
        }
    }
    Ok(())
}

/// The picture of a page that shows one upright picture and nothing else.
fn only_picture(page: &Page<'_>, shown: &Shown) -> Option<Vec<u8>> {
    let [place] = &*shown.pictures else {
        return None;
    };
    let Matrix([a, b, c, d, ..]) = *place;
    // A thousandth allows for rounded numbers.
    let is_upright = a > 0.0 && d > 0.0 && b.abs().max(c.abs()) < 1e-3 * a.min(d);
    if !is_upright || shown.has_outlines || shown.n_unknown > 0 {
        return None;
    }
    let mut found = Vec::new();
    let (data, _) = unpack::content(page);
    collect(TypedIter::new(&data), page.resources(), 0, &mut found);
    match &*found {
        [stream] => picture(stream, page.rotation()),
        _ => None,
    }
}

/// The images that `content` shows, in order; forms are followed.
fn collect<'a>(
    content: TypedIter<'_>,
    resources: &Resources<'a>,
    depth: usize,
    out: &mut Vec<Stream<'a>>,
) {
    const MAX_DEPTH: usize = 6;
    let mut content = content;
    while let Some(instruction) = content.next() {
        let TypedInstruction::XObject(op) = instruction else {
            continue;
        };
        let Some(stream) = resources.get_x_object(op.0) else {
            continue;
        };
        let subtype = stream.dict().get::<Name<'_>>("Subtype");
        match subtype.as_ref().map(|name| name.as_str()) {
            // A second picture already shows that the page has more than one.
            Some("Image") if out.len() < MAX_PICTURES => out.push(stream),
            Some("Form") if depth < MAX_DEPTH => {
                let (data, _) = unpack::unpacked(&stream);
                if let Some(own) = stream.dict().get::<Dict<'_>>("Resources") {
                    collect(TypedIter::new(&data), &Resources::new(own), depth + 1, out);
                }
            }
            _ => {}
        }
    }
}

/// An image as a file: JPEG unchanged, everything else decoded to shades of grey.
fn picture(stream: &Stream<'_>, rotation: Rotation) -> Option<Vec<u8>> {
    let dict = stream.dict();
    let (width, height) = (dict.get::<u32>(WIDTH)?, dict.get::<u32>(HEIGHT)?);
    let n_pixels = u64::from(width) * u64::from(height);
    if width < MIN_SIDE || height < MIN_SIDE || n_pixels > MAX_PIXELS {
        return None;
    }
    let raw = stream.raw_data();
    let is_upright = matches!(rotation, Rotation::None);
    // 0xffd8ff begins a JPEG file; programs for character recognition read it as it is.
    if is_upright && raw.starts_with(b"\xff\xd8\xff") {
        return Some(raw.into_owned());
    }
    let grey = grey(stream, width, height)?;
    Some(pnm(&grey.turned(rotation)))
}

/// The meaning of an image's samples.
enum Colours {
    /// This many components: grey, red-green-blue, or cyan-magenta-yellow-black.
    Components(usize),
    /// An index into a table of colours: the table, and the number of its components.
    Table(Vec<u8>, usize),
}

fn grey(stream: &Stream<'_>, width: u32, height: u32) -> Option<Grey> {
    let dict = stream.dict();
    let is_mask = dict.get::<bool>(IMAGE_MASK).unwrap_or(false);
    // A stencil mask has one bit per pixel (PDF 1.7, 8.9.6.2).
    let bits = if is_mask {
        1
    } else {
        dict.get::<u8>(BITS_PER_COMPONENT).unwrap_or(8)
    };
    let mut colours = match is_mask {
        true => Colours::Components(1),
        false => colours(&dict.get::<Object<'_>>(COLORSPACE)),
    };
    let n_components = match &colours {
        Colours::Components(n) => *n,
        Colours::Table(..) => 1,
    };
    let parameters = ImageDecodeParams {
        is_indexed: matches!(colours, Colours::Table(..)),
        bpc: Some(bits),
        num_components: u8::try_from(n_components).ok(),
        target_dimension: None,
        width,
        height,
    };
    let decoded = stream.decoded_image(&parameters).ok()?;
    let (mut width, mut height, mut bits) = (width as usize, height as usize, bits);
    // JPEG 2000 describes itself.
    if let Some(data) = decoded.image_data {
        (width, height, bits) = (
            data.width as usize,
            data.height as usize,
            data.bits_per_component,
        );
        colours = match data.color_space {
            Some(ImageColorSpace::Gray) => Colours::Components(1),
            Some(ImageColorSpace::Rgb) => Colours::Components(3),
            Some(ImageColorSpace::Cmyk) => Colours::Components(4),
            Some(ImageColorSpace::Unknown(n)) => Colours::Components(usize::from(n.max(1))),
            None => colours,
        };
    }
    let decode = dict.get::<Array<'_>>(DECODE);
    // `Decode [1 0]` inverts the samples, as masks often do (PDF 1.7, 8.9.5.2).
    let is_inverted = decode.is_some_and(|decode| decode.iter::<f32>().next() == Some(1.0));
    let pixels = pixels(&decoded.data, (width, height), bits, &colours)?;
    let pixels = match is_inverted {
        true => pixels.into_iter().map(|shade| 255 - shade).collect(),
        false => pixels,
    };
    Some(Grey {
        width,
        height,
        pixels,
    })
}

fn colours(space: &Option<Object<'_>>) -> Colours {
    let by_name = |name: &str| match name {
        // Lab is read like RGB, which is enough to recognize characters.
        "DeviceRGB" | "RGB" | "CalRGB" | "Lab" => 3,
        "DeviceCMYK" | "CMYK" => 4,
        _ => 1,
    };
    match space {
        Some(Object::Name(name)) => Colours::Components(by_name(name.as_str())),
        Some(Object::Array(list)) => {
            let mut parts = list.iter::<Object<'_>>();
            let family = match parts.next() {
                Some(Object::Name(name)) => name.as_str().to_owned(),
                _ => String::new(),
            };
            match &*family {
                "ICCBased" => {
                    let n = match parts.next() {
                        Some(Object::Stream(profile)) => profile.dict().get::<usize>("N"),
                        _ => None,
                    };
                    // `N` is required (PDF 1.7, 8.6.5.5); RGB is the most frequent.
                    Colours::Components(n.unwrap_or(3).clamp(1, 4))
                }
                "Indexed" | "I" => {
                    // The base, the highest index and the table (PDF 1.7, 8.6.6.3).
                    let base = match colours(&parts.next()) {
                        Colours::Components(n) => n,
                        Colours::Table(_, n) => n,
                    };
                    let table = match parts.nth(1) {
                        Some(Object::String(table)) => table_of(&table),
                        Some(Object::Stream(table)) => unpack::unpacked(&table).0.into_owned(),
                        _ => Vec::new(),
                    };
                    Colours::Table(table, base)
                }
                family => Colours::Components(by_name(family)),
            }
        }
        _ => Colours::Components(1),
    }
}

fn table_of(table: &Bytes<'_>) -> Vec<u8> {
    table.as_ref().to_vec()
}

/// The shades of samples in lines of whole bytes; missing lines are white.
fn pixels(
    data: &[u8],
    (width, height): (usize, usize),
    bits: u8,
    colours: &Colours,
) -> Option<Vec<u8>> {
    let n_components = match colours {
        Colours::Components(n) => *n,
        Colours::Table(..) => 1,
    };
    let bits = usize::from(bits);
    // The depths that PDF allows (1.7, 8.9.5.1).
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return None;
    }
    let most = (1usize << bits.min(8)) - 1;
    // Rows start at whole bytes (PDF 1.7, 8.9.3).
    let row_len = (width * n_components * bits).div_ceil(8);
    let mut out = Vec::with_capacity(width.checked_mul(height)?);
    let mut values = [0u8; 4];
    for row in data.chunks(row_len.max(1)).take(height) {
        for x in 0..width {
            for (ord, value) in values.iter_mut().enumerate().take(n_components) {
                let at = (x * n_components + ord) * bits;
                let byte = usize::from(row.get(at / 8).copied().unwrap_or(0xff));
                // Of two bytes the first is enough.
                let sample = if bits >= 8 {
                    byte
                } else {
                    byte >> (8 - bits - at % 8) & most
                };
                *value = match colours {
                    Colours::Table(..) => sample as u8,
                    Colours::Components(_) => (sample * 255 / most) as u8,
                };
            }
            out.push(match colours {
                Colours::Components(n) => shade(&values[..(*n).min(4)]),
                Colours::Table(table, n) => {
                    let at = usize::from(values[0]) * n;
                    shade(table.get(at..at + n).unwrap_or(&[255]))
                }
            });
        }
    }
    out.resize(width * height, 255);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_as_shades() {
        let grey = |data: &[u8], size, bits, colours: Colours| pixels(data, size, bits, &colours);
        // Rows start at a byte boundary; missing samples are white.
        let bits = grey(
            &[0b1010_0000, 0b0100_0000],
            (3, 3),
            1,
            Colours::Components(1),
        );
        assert_eq!(bits, Some(vec![255, 0, 255, 0, 255, 0, 255, 255, 255]));
        let rgb = grey(&[255, 255, 255, 0, 0, 0], (2, 1), 8, Colours::Components(3));
        assert_eq!(rgb, Some(vec![255, 0]));
        let cmyk = grey(
            &[0, 0, 0, 0, 0, 0, 0, 255],
            (2, 1),
            8,
            Colours::Components(4),
        );
        assert_eq!(cmyk, Some(vec![255, 0]));
        let table = Colours::Table(vec![9, 9, 9, 200, 200, 200], 3);
        assert_eq!(grey(&[0b0100_0000], (2, 1), 1, table), Some(vec![9, 200]));
        assert_eq!(grey(&[0], (1, 1), 3, Colours::Components(1)), None);
    }

    #[test]
    fn pictures_are_rotated_with_their_page() {
        let turned = |rotation| {
            let grey = Grey {
                width: 2,
                height: 1,
                pixels: vec![1, 2],
            };
            let grey = grey.turned(rotation);
            (grey.width, grey.height, grey.pixels)
        };
        assert_eq!(turned(Rotation::Flipped), (2, 1, vec![2, 1]));
        assert_eq!(turned(Rotation::Horizontal), (1, 2, vec![1, 2]));
        assert_eq!(turned(Rotation::FlippedHorizontal), (1, 2, vec![2, 1]));
    }
}
