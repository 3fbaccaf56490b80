//! The objects of a page: text with its place, and composite units that are shown.

use crate::source::formats::layout::{Glyph, Matrix};
use crate::source::xml::{Node, Tag, Walk};

/// What a page, a template or a composite unit shows.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) texts: Vec<Text>,
    /// Composite units by id, with the map from them to the page.
    pub(super) composites: Vec<(String, Matrix)>,
}

/// What a page says before its content.
#[derive(Default)]
pub(super) struct Head {
    pub(super) height: Option<f64>,
    /// The ids of its templates.
    pub(super) templates: Vec<String>,
}

/// A text object (GB/T 33190, 11.1).
pub(super) struct Text {
    matrix: Matrix,
    size: f64,
    scale: f64,
    codes: Vec<TextCode>,
}

/// A run of characters (11.3).
struct TextCode {
    x: f64,
    y: f64,
    delta_x: Vec<f64>,
    delta_y: Vec<f64>,
    text: String,
}

impl Objects {
    /// Reads up to the end of the element called `end`, or of the part.
    pub(super) fn read(walk: &mut Walk<'_>, end: &str) -> (Self, Head) {
        let mut objects = Self::default();
        let mut head = Head::default();
        while let Some(node) = walk.next() {
            let tag = match node {
                Node::Start(tag) => tag,
                Node::End(name) if name == end => break,
                _ => continue,
            };
            match tag.name() {
                "PhysicalBox" => head.height = super::height(&walk.inner_text()),
                "Template" => head.templates.extend(tag.attribute("TemplateID")),
                "TextObject" => objects.texts.push(text(&tag, walk)),
                "CompositeObject" => {
                    let id = tag.attribute("ResourceID").unwrap_or_default();
                    objects.composites.push((id, matrix(&tag)));
                }
                "PathObject" | "ImageObject" | "Clips" => walk.skip(),
                _ => {}
            }
        }
        (objects, head)
    }
}

impl Text {
    /// Adds the glyphs as they stand under `outer`.
    pub(super) fn place(&self, outer: Matrix, out: &mut Vec<Glyph>) {
        let to_page = self.matrix.then(outer);
        if !to_page.is_upright() {
            return;
        }
        let [a, _, c, d, ..] = to_page.0;
        let size = self.size * d.hypot(c);
        for code in &self.codes {
            let (mut x, mut y) = (code.x, code.y);
            for (ord, ch) in code.text.chars().enumerate() {
                let width = width(ch) * self.size * self.scale;
                let step = code.delta_x.get(ord).copied();
                let [.., left, top] = Matrix::shift(x, y).then(to_page).0;
                let shown = step
                    .filter(|step| *step > 0.0)
                    .map_or(width, |step| step.min(width));
                out.push(Glyph {
                    ch,
                    x0: left as f32,
                    x1: (left + shown * a) as f32,
                    y: top as f32,
                    size: size as f32,
                });
                let falls = code.delta_y.get(ord).copied();
                // A column of characters one below the other does not move to the right.
                x += step.unwrap_or(if falls.is_some() { 0.0 } else { width });
                y += falls.unwrap_or(0.0);
            }
        }
    }
}

/// The width of a character, in sizes of type: the font is not looked at.
fn width(ch: char) -> f64 {
    if ch < '\u{2e80}' && !matches!(ch, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}') {
        0.5
    } else {
        1.0
    }
}

fn text(tag: &Tag<'_>, walk: &mut Walk<'_>) -> Text {
    let mut text = Text {
        matrix: matrix(tag),
        size: tag.number("Size").unwrap_or(1.0),
        scale: tag.number("HScale").unwrap_or(1.0),
        codes: Vec::new(),
    };
    let (mut x, mut y) = (0.0, 0.0);
    while let Some(node) = walk.next() {
        let tag = match node {
            Node::Start(tag) => tag,
            Node::End(name) if name == "TextObject" => break,
            _ => continue,
        };
        match tag.name() {
            "TextCode" => {
                x = tag.number("X").unwrap_or(x);
                y = tag.number("Y").unwrap_or(y);
                text.codes.push(TextCode {
                    x,
                    y,
                    delta_x: deltas(&tag.attribute("DeltaX").unwrap_or_default()),
                    delta_y: deltas(&tag.attribute("DeltaY").unwrap_or_default()),
                    text: walk.inner_text().replace(['\n', '\r', '\t'], ""),
                });
            }
            "Clips" => walk.skip(),
            _ => {}
        }
    }
    text
}

/// The map from an object's own space to that around it: its matrix, then the corner of its boundary.
fn matrix(tag: &Tag<'_>) -> Matrix {
    let numbers = |name: &str| -> Vec<f64> {
        let text = tag.attribute(name).unwrap_or_default();
        text.split_whitespace()
            .filter_map(|number| number.parse().ok())
            .collect()
    };
    let own = <[f64; 6]>::try_from(numbers("CTM")).map_or(Matrix::IDENTITY, Matrix);
    match numbers("Boundary")[..] {
        [x, y, ..] => own.then(Matrix::shift(x, y)),
        _ => own,
    }
}

/// `5 g 3 4.5 6` is 5 4.5 4.5 4.5 6 (11.3).
fn deltas(text: &str) -> Vec<f64> {
    const MAX_REPEAT: usize = 10_000;
    let mut out = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word != "g" {
            out.extend(word.parse::<f64>().ok());
            continue;
        }
        let n_times = words
            .next()
            .and_then(|word| word.parse().ok())
            .unwrap_or(0usize);
        let delta = words.next().and_then(|word| word.parse().ok());
        out.extend(
            delta
                .into_iter()
                .flat_map(|delta: f64| std::iter::repeat_n(delta, n_times.min(MAX_REPEAT))),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::deltas;

    #[test]
    fn deltas_repeat() {
        assert_eq!(deltas("5 g 3 4.5 6"), [5.0, 4.5, 4.5, 4.5, 6.0]);
        assert_eq!(deltas("g 2"), [0.0; 0]);
        assert_eq!(deltas("g 99999999999 1"), vec![1.0; 10_000]);
    }
}
