//! The objects of a page: positioned text, paths, and composite units.

use crate::source::formats::layout::{Drawn, MAX_RULES, Matrix, Page, Role, add_painted};
use crate::source::xml::{Node, Tag, Walk};

/// The content of a page, a template or a composite unit.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) texts: Vec<Text>,
    pub(super) paths: Vec<Path>,
    /// Composite units by id, with the map from them to the page.
    pub(super) composites: Vec<(String, Matrix)>,
}

/// The properties that a page states before its content.
#[derive(Default)]
pub(super) struct Head {
    /// Its width and height.
    pub(super) size: Option<(f64, f64)>,
    /// The ids of its templates.
    pub(super) templates: Vec<String>,
}

/// A text object (GB/T 33190, 11.1).
pub(super) struct Text {
    matrix: Matrix,
    size: f64,
    scale: f64,
    is_visible: bool,
    codes: Vec<TextCode>,
}

/// A path (GB/T 33190, 9).
pub(super) struct Path {
    matrix: Matrix,
    strokes: bool,
    fills: bool,
    parts: Vec<Vec<(f64, f64)>>,
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
                "PhysicalBox" => head.size = super::page_box::size(&walk.inner_text()),
                "Template" => head.templates.extend(tag.attribute("TemplateID")),
                "TextObject" => objects.texts.push(text(&tag, walk)),
                "CompositeObject" => {
                    let id = tag.attribute("ResourceID").unwrap_or_default();
                    objects.composites.push((id, matrix(&tag)));
                }
                "PathObject" => objects.paths.push(path(&tag, walk)),
                // Pictures have no text, and clipping is not applied.
                "ImageObject" | "Clips" => walk.skip(),
                _ => {}
            }
        }
        (objects, head)
    }
}

impl Text {
    /// Places the text on `page`, mapped by `outer`.
    pub(super) fn place(&self, outer: Matrix, role: Role, page: &mut Page) {
        let to_page = self.matrix.then(outer);
        let role = if self.is_visible { role } else { Role::Hidden };
        for code in &self.codes {
            let (mut x, mut y) = (code.x, code.y);
            for (ord, ch) in code.text.chars().enumerate() {
                let width = width(ch) * self.size * self.scale;
                let step = code.delta_x.get(ord).copied();
                let square = Matrix([self.size, 0.0, 0.0, self.size, x, y]).then(to_page);
                let drawn = Drawn {
                    to_page: square,
                    width: self.shown_width(width, step),
                    is_vertical: false,
                    role,
                };
                page.show(ch.encode_utf8(&mut [0; 4]), drawn);
                let falls = code.delta_y.get(ord).copied();
                // A vertical column of characters does not advance to the right.
                x += step.unwrap_or(if falls.is_some() { 0.0 } else { width });
                y += falls.unwrap_or(0.0);
            }
        }
    }

    /// The width of a character in em. A step smaller than its width means condensed type; a larger one is
    /// spacing after it.
    fn shown_width(&self, width: f64, step: Option<f64>) -> f64 {
        let step = step.filter(|step| *step > 0.0);
        let size = if self.size == 0.0 { 1.0 } else { self.size };
        step.map_or(width, |step| step.min(width)) / size
    }
}

impl Path {
    /// Adds its lines to `page`.
    pub(super) fn place(&self, outer: Matrix, page: &mut Page) {
        /// A point in millimetres.
        const POINT: f64 = 0.353;
        let to_page = self.matrix.then(outer);
        let parts: Vec<Vec<(f64, f64)>> = self
            .parts
            .iter()
            .map(|part| {
                let placed = part.iter().map(|(x, y)| {
                    let [.., x, y] = Matrix::shift(*x, *y).then(to_page).0;
                    (x, y)
                });
                placed.collect()
            })
            .collect();
        if page.rules.len() <= MAX_RULES {
            add_painted(&parts, (self.strokes, self.fills), POINT, &mut page.rules);
        }
    }
}

/// The width of a character, in em: the font is not read.
fn width(ch: char) -> f64 {
    // The font is not read: Latin letters are half as wide as Han characters, dashes and quotes as wide.
    if ch < '\u{2e80}' && !matches!(ch, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}') {
        0.5
    } else {
        1.0
    }
}

fn text(tag: &Tag<'_>, walk: &mut Walk<'_>) -> Text {
    let is_visible = tag
        .attribute("Visible")
        .is_none_or(|value| value != "false");
    let mut codes = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    while let Some(node) = walk.next() {
        match node {
            Node::Start(code) if code.name() == "TextCode" => {
                // Each may be omitted, and is then that of the previous run (GB/T 33190, 11.3).
                x = code.number("X").unwrap_or(x);
                y = code.number("Y").unwrap_or(y);
                codes.push(TextCode {
                    x,
                    y,
                    delta_x: deltas(&code.attribute("DeltaX").unwrap_or_default()),
                    delta_y: deltas(&code.attribute("DeltaY").unwrap_or_default()),
                    text: walk.inner_text().replace(['\n', '\r', '\t'], ""),
                });
            }
            Node::Start(other) if other.name() == "Clips" => walk.skip(),
            Node::End(name) if name == "TextObject" => break,
            _ => {}
        }
    }
    Text {
        matrix: matrix(tag),
        size: tag.number("Size").unwrap_or(1.0),
        scale: tag.number("HScale").unwrap_or(1.0),
        is_visible,
        codes,
    }
}

fn path(tag: &Tag<'_>, walk: &mut Walk<'_>) -> Path {
    let is_set = |name: &str| tag.attribute(name).map(|value| value == "true");
    let mut path = Path {
        matrix: matrix(tag),
        // The defaults of GB/T 33190, 9.
        strokes: is_set("Stroke").unwrap_or(true),
        fills: is_set("Fill").unwrap_or(false),
        parts: Vec::new(),
    };
    while let Some(node) = walk.next() {
        let tag = match node {
            Node::Start(tag) => tag,
            Node::End(name) if name == "PathObject" => break,
            _ => continue,
        };
        match tag.name() {
            "AbbreviatedData" => path.parts = parts(&walk.inner_text()),
            "Clips" => walk.skip(),
            _ => {}
        }
    }
    path
}

/// The straight parts of a path, `M 0 0 L 5 0 C` (9.3.1); a new part begins after a curve.
fn parts(data: &str) -> Vec<Vec<(f64, f64)>> {
    // A drawing has more points than a table, whose lines are all that is wanted.
    const MAX_POINTS: usize = 10_000;
    let mut parts: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut words = data.split_whitespace().take(8 * MAX_POINTS);
    while let Some(word) = words.next() {
        let numbers = words.by_ref().take(n_numbers(word));
        let numbers: Vec<f64> = numbers.filter_map(|word| word.parse().ok()).collect();
        let end = match numbers[..] {
            [.., x, y] => Some((x, y)),
            _ => None,
        };
        match (word, end, parts.last_mut()) {
            ("L", Some(end), Some(part)) => part.push(end),
            ("C", _, Some(part)) => part.extend(part.first().copied()),
            (_, Some(end), _) => parts.push(vec![end]),
            _ => {}
        }
    }
    parts
}

/// Number of numbers after an operator: of a start, move, line, quadratic and cubic curve, arc.
fn n_numbers(operator: &str) -> usize {
    match operator {
        "S" | "M" | "L" => 2,
        "Q" => 4,
        "B" => 6,
        "A" => 7,
        _ => 0,
    }
}

/// The map from an object's own space to the surrounding one: its matrix, then the corner of its boundary.
pub(super) fn matrix(tag: &Tag<'_>) -> Matrix {
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

/// `5 g 3 4.5 6` means 5 4.5 4.5 4.5 6 (11.3).
fn deltas(text: &str) -> Vec<f64> {
    // The count is a number in the file; no run is as long.
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
    use super::{deltas, parts};

    #[test]
    fn paths_are_parts() {
        let line = vec![(0.0, 0.0), (5.0, 0.0), (0.0, 0.0)];
        assert_eq!(parts("M 0 0 L 5 0 C"), [line]);
        assert_eq!(
            parts("M 0 0 Q 1 1 2 2 L 3 2"),
            [vec![(0.0, 0.0)], vec![(2.0, 2.0), (3.0, 2.0)]]
        );
        assert_eq!(parts("L x y C B 1"), [[(0.0, 0.0); 0]; 0]);
    }

    #[test]
    fn deltas_repeat() {
        assert_eq!(deltas("5 g 3 4.5 6"), [5.0, 4.5, 4.5, 4.5, 6.0]);
        assert_eq!(deltas("g 2"), [0.0; 0]);
        assert_eq!(deltas("g 99999999999 1"), vec![1.0; 10_000]);
    }
}
