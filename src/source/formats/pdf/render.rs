//! Renders pages for character recognition: text as outlines, pictures in strips, rotated or overlapping.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_syntax::page::Page;

use super::grey::{Grey, shade};

/// Dots per point: 300 per inch, for which programs for character recognition are made.
const SCALE: f32 = 300.0 / 72.0;
/// Maximum number of pixels of a page, four bytes each: A2 at 300 dots per inch. A larger page is drawn
/// smaller.
const MAX_PIXELS: f32 = 36e6;
/// Maximum number of pixels of a side.
const MAX_SIDE: f32 = 30_000.0;

/// The page in shades of grey, as displayed; `None` if it has no area.
pub(super) fn grey(page: &Page<'_>) -> Option<Grey> {
    let scale = scale(page)?;
    let size = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &size,
    );
    let pixels = pixmap.data().iter();
    Some(Grey {
        width: usize::from(pixmap.width()),
        height: usize::from(pixmap.height()),
        pixels: pixels
            .map(|pixel| shade(&[pixel.r, pixel.g, pixel.b]))
            .collect(),
    })
}

/// The factor that enlarges a page within the limits; `None` if it has no area.
fn scale(page: &Page<'_>) -> Option<f32> {
    let (width, height) = page.render_dimensions();
    let area = width * height;
    if !(area.is_finite() && area > 0.0) {
        return None;
    }
    let scale = SCALE
        .min((MAX_PIXELS / area).sqrt())
        .min(MAX_SIDE / width.max(height));
    (width * scale >= 1.0 && height * scale >= 1.0).then_some(scale)
}
