//! Pages of a PDF document without text, as pictures of their visible content.
//!
//! A scanned page is one picture, which is extracted rather than drawn, so that no detail is lost by scaling.
//! Any other page is rendered (`render`).

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{
    BITS_PER_COMPONENT, COLORSPACE, DECODE, HEIGHT, IMAGE_MASK, WIDTH,
};
use hayro_syntax::object::stream::{ImageColorSpace, ImageData, ImageDecodeParams};
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
    mut content: TypedIter<'_>,
    resources: &Resources<'a>,
    depth: usize,
    out: &mut Vec<Stream<'a>>,
) {
    const MAX_DEPTH: usize = 6;
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
                if let Some(own) = stream.dict().get::<Dict<'_>>("Resources") {
                    let (data, _) = unpack::unpacked(&stream);
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

impl Colours {
    /// Number of samples for each pixel.
    fn n_samples(&self) -> usize {
        match self {
            Self::Components(n) => *n,
            Self::Table(..) => 1,
        }
    }

    /// The shade of a pixel by its samples.
    fn shade(&self, samples: &[u8; 4]) -> u8 {
        match self {
            Self::Components(n) => shade(&samples[..(*n).min(4)]),
            Self::Table(table, n) => {
                let at = usize::from(samples[0]) * n;
                shade(table.get(at..at + n).unwrap_or(&[255]))
            }
        }
    }
}

/// The samples of an image, as its dictionary or the file in it describes them.
struct Samples {
    width: usize,
    height: usize,
    bits: u8,
    colours: Colours,
}

impl Samples {
    /// What the dictionary of an image says about them.
    fn described(dict: &Dict<'_>, width: u32, height: u32) -> Self {
        // A stencil mask has one bit per pixel (PDF 1.7, 8.9.6.2).
        let is_mask = dict.get::<bool>(IMAGE_MASK).unwrap_or(false);
        let (bits, colours) = match is_mask {
            true => (1, Colours::Components(1)),
            false => (
                dict.get::<u8>(BITS_PER_COMPONENT).unwrap_or(8),
                colours(&dict.get::<Object<'_>>(COLORSPACE)),
            ),
        };
        Self {
            width: width as usize,
            height: height as usize,
            bits,
            colours,
        }
    }

    /// What JPEG 2000, which describes itself, says about them.
    fn correct(&mut self, own: &ImageData) {
        self.width = own.width as usize;
        self.height = own.height as usize;
        self.bits = own.bits_per_component;
        let n_components = match own.color_space {
            Some(ImageColorSpace::Gray) => 1,
            Some(ImageColorSpace::Rgb) => 3,
            Some(ImageColorSpace::Cmyk) => 4,
            Some(ImageColorSpace::Unknown(n)) => usize::from(n.max(1)),
            None => return,
        };
        self.colours = Colours::Components(n_components);
    }
}

fn grey(stream: &Stream<'_>, width: u32, height: u32) -> Option<Grey> {
    let dict = stream.dict();
    let mut samples = Samples::described(dict, width, height);
    let parameters = ImageDecodeParams {
        is_indexed: matches!(samples.colours, Colours::Table(..)),
        bpc: Some(samples.bits),
        num_components: u8::try_from(samples.colours.n_samples()).ok(),
        target_dimension: None,
        width,
        height,
    };
    let decoded = stream.decoded_image(&parameters).ok()?;
    if let Some(own) = &decoded.image_data {
        samples.correct(own);
    }
    let mut pixels = pixels(&decoded.data, &samples)?;
    let decode = dict.get::<Array<'_>>(DECODE);
    // `Decode [1 0]` inverts the samples, as masks often do (PDF 1.7, 8.9.5.2).
    if decode.is_some_and(|decode| decode.iter::<f32>().next() == Some(1.0)) {
        pixels.iter_mut().for_each(|shade| *shade = 255 - *shade);
    }
    Some(Grey {
        width: samples.width,
        height: samples.height,
        pixels,
    })
}

fn colours(space: &Option<Object<'_>>) -> Colours {
    match space {
        Some(Object::Name(name)) => Colours::Components(n_components(name.as_str())),
        Some(Object::Array(list)) => {
            let mut parts = list.iter::<Object<'_>>();
            match parts.next() {
                Some(Object::Name(family)) => colours_of(family.as_str(), parts),
                _ => Colours::Components(1),
            }
        }
        _ => Colours::Components(1),
    }
}

/// Number of components of a colour space with this name.
fn n_components(name: &str) -> usize {
    match name {
        // Lab is read like RGB, which is enough to recognize characters.
        "DeviceRGB" | "RGB" | "CalRGB" | "Lab" => 3,
        "DeviceCMYK" | "CMYK" => 4,
        _ => 1,
    }
}

/// The colours of a family of spaces with parameters.
fn colours_of<'a>(family: &str, mut parameters: impl Iterator<Item = Object<'a>>) -> Colours {
    match family {
        "ICCBased" => {
            let n = match parameters.next() {
                Some(Object::Stream(profile)) => profile.dict().get::<usize>("N"),
                _ => None,
            };
            // `N` is required (PDF 1.7, 8.6.5.5); RGB is the most frequent.
            Colours::Components(n.unwrap_or(3).clamp(1, 4))
        }
        "Indexed" | "I" => {
            // The base, the highest index and the table (PDF 1.7, 8.6.6.3).
            let base = match colours(&parameters.next()) {
                Colours::Components(n) | Colours::Table(_, n) => n,
            };
            let table = match parameters.nth(1) {
                Some(Object::String(table)) => table_of(&table),
                Some(Object::Stream(table)) => unpack::unpacked(&table).0.into_owned(),
                _ => Vec::new(),
            };
            Colours::Table(table, base)
        }
        family => Colours::Components(n_components(family)),
    }
}

fn table_of(table: &Bytes<'_>) -> Vec<u8> {
    table.as_ref().to_vec()
}

/// The shades of samples in lines of whole bytes; missing lines are white.
fn pixels(data: &[u8], samples: &Samples) -> Option<Vec<u8>> {
    let (width, height) = (samples.width, samples.height);
    let n_samples = samples.colours.n_samples();
    let bits = usize::from(samples.bits);
    // The depths that PDF allows (1.7, 8.9.5.1).
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return None;
    }
    // Rows start at whole bytes (PDF 1.7, 8.9.3).
    let row_len = (width * n_samples * bits).div_ceil(8);
    let mut out = Vec::with_capacity(width.checked_mul(height)?);
    let mut values = [0u8; 4];
    let most = (1usize << bits.min(8)) - 1;
    for row in data.chunks(row_len.max(1)).take(height) {
        for x in 0..width {
            for (ord, value) in values.iter_mut().enumerate().take(n_samples) {
                let sample = sample(row, (x * n_samples + ord) * bits, bits);
                *value = match samples.colours {
                    Colours::Table(..) => sample as u8,
                    Colours::Components(_) => (sample * 255 / most) as u8,
                };
            }
            out.push(samples.colours.shade(&values));
        }
    }
    out.resize(width * height, 255);
    Some(out)
}

/// The sample of so many `bits` from the bit `at` of a row on; missing ones are white.
fn sample(row: &[u8], at: usize, bits: usize) -> usize {
    let byte = usize::from(row.get(at / 8).copied().unwrap_or(0xff));
    match bits {
        // Of two bytes the first is enough.
        8.. => byte,
        _ => byte >> (8 - bits - at % 8) & ((1 << bits) - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_as_shades() {
        let grey = |data: &[u8], (width, height), bits, colours: Colours| {
            let samples = Samples {
                width,
                height,
                bits,
                colours,
            };
            pixels(data, &samples)
        };
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
