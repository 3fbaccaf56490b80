//! What a page shows: its content stream followed, text only.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};

use super::font::{Code, Font, Fonts};
use super::unpack;
use crate::source::formats::layout;
use crate::source::formats::layout::{Glyph, Matrix};
use crate::text::radicals;

/// Forms in forms that are followed.
const MAX_DEPTH: usize = 12;
/// Saved states and marks that are kept.
const MAX_STACK: usize = 4096;
/// Instructions that are followed on a page, forms included.
const MAX_INSTRUCTIONS: usize = 5_000_000;

/// A page and what was noticed on it.
pub(super) struct Shown {
    pub(super) page: layout::Page,
    /// Characters whose meaning nothing tells.
    pub(super) n_unknown: usize,
    pub(super) has_picture: bool,
    /// Whether its content, or a part of it, cannot be unpacked.
    pub(super) is_damaged: bool,
}

/// Reads a page, at most `max_glyphs` characters of it.
pub(super) fn read(page: &Page<'_>, fonts: &mut Fonts, max_glyphs: usize) -> Shown {
    let (width, height) = page.render_dimensions();
    let (content, is_whole) = unpack::content(page);
    let mut reader = Reader {
        fonts,
        base: Matrix(page.initial_transform(true).as_coeffs()),
        width,
        max_glyphs,
        n_instructions: 0,
        state: State::default(),
        saved: Vec::new(),
        marks: Vec::new(),
        shown: Shown {
            page: layout::Page {
                height,
                glyphs: Vec::new(),
            },
            n_unknown: 0,
            has_picture: false,
            is_damaged: !is_whole,
        },
    };
    reader.follow(TypedIter::new(&content), &[page.resources()], 0);
    reader.shown
}

fn matrix(values: [Number; 6]) -> Matrix {
    Matrix(values.map(|value| value.as_f64()))
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_spacing: f64,
    word_spacing: f64,
    scaling: f64,
    leading: f64,
    rise: f64,
    text: Matrix,
    line: Matrix,
}

impl Default for State {
    fn default() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 1.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            scaling: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

struct Reader<'f> {
    fonts: &'f mut Fonts,
    base: Matrix,
    width: f32,
    max_glyphs: usize,
    n_instructions: usize,
    state: State,
    saved: Vec<State>,
    /// The open marks: whether each is page boilerplate by the document's own word.
    marks: Vec<bool>,
    shown: Shown,
}

impl Reader<'_> {
    /// Follows a stream; names are looked up in the innermost of `resources` that has them.
    fn follow(&mut self, mut stream: TypedIter<'_>, resources: &[&Resources<'_>], depth: usize) {
        while let Some(instruction) = stream.next() {
            self.n_instructions += 1;
            if self.n_instructions > MAX_INSTRUCTIONS {
                return;
            }
            match instruction {
                TypedInstruction::SaveState(_) if self.saved.len() < MAX_STACK => {
                    self.saved.push(self.state.clone());
                }
                TypedInstruction::RestoreState(_) => {
                    if let Some(state) = self.saved.pop() {
                        self.state = state;
                    }
                }
                TypedInstruction::Transform(op) => {
                    let matrix = matrix([op.0, op.1, op.2, op.3, op.4, op.5]);
                    self.state.ctm = matrix.then(self.state.ctm);
                }
                TypedInstruction::XObject(op) => self.form(op.0, resources, depth),
                TypedInstruction::InlineImage(_) => self.shown.has_picture = true,
                TypedInstruction::BeginMarkedContent(_) if self.marks.len() < MAX_STACK => {
                    self.marks.push(false)
                }
                TypedInstruction::BeginMarkedContentWithProperties(op)
                    if self.marks.len() < MAX_STACK =>
                {
                    self.marks.push(is_boilerplate(op.0, op.1));
                }
                TypedInstruction::EndMarkedContent(_) => drop(self.marks.pop()),
                instruction => self.text(instruction, resources),
            }
        }
    }

    fn text(&mut self, instruction: TypedInstruction<'_, '_>, resources: &[&Resources<'_>]) {
        let state = &mut self.state;
        match instruction {
            TypedInstruction::BeginText(_) => {
                state.text = Matrix::IDENTITY;
                state.line = Matrix::IDENTITY;
            }
            TypedInstruction::TextFont(op) => {
                let found = resources
                    .iter()
                    .rev()
                    .find_map(|resources| resources.get_font(op.0));
                state.font = found.map(|dict| self.fonts.get(&dict));
                state.size = op.1.as_f64();
            }
            TypedInstruction::CharacterSpacing(op) => state.char_spacing = op.0.as_f64(),
            TypedInstruction::WordSpacing(op) => state.word_spacing = op.0.as_f64(),
            TypedInstruction::HorizontalScaling(op) => state.scaling = op.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(op) => state.leading = op.0.as_f64(),
            TypedInstruction::TextRise(op) => state.rise = op.0.as_f64(),
            TypedInstruction::NextLine(op) => self.next_line(op.0.as_f64(), op.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(op) => {
                state.leading = -op.1.as_f64();
                self.next_line(op.0.as_f64(), op.1.as_f64());
            }
            TypedInstruction::SetTextMatrix(op) => {
                state.line = matrix([op.0, op.1, op.2, op.3, op.4, op.5]);
                state.text = state.line;
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            TypedInstruction::ShowText(op) => self.show(op.0),
            TypedInstruction::NextLineAndShowText(op) => {
                self.next_line(0.0, -self.state.leading);
                self.show(op.0);
            }
            TypedInstruction::ShowTextWithParameters(op) => {
                state.word_spacing = op.0.as_f64();
                state.char_spacing = op.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(op.2);
            }
            TypedInstruction::ShowTexts(op) => self.show_all(op.0),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        let state = &mut self.state;
        state.line = Matrix::shift(x, y).then(state.line);
        state.text = state.line;
    }

    fn show_all(&mut self, texts: &Array<'_>) {
        for object in texts.iter::<Object<'_>>() {
            match object {
                Object::String(text) => self.show(&text),
                Object::Number(number) => {
                    let by = -number.as_f64() / 1000.0 * self.state.size;
                    self.advance(by * self.state.scaling);
                }
                _ => {}
            }
        }
    }

    fn advance(&mut self, by: f64) {
        let is_vertical = self
            .state
            .font
            .as_ref()
            .is_some_and(|font| font.is_vertical());
        let (x, y) = if is_vertical { (0.0, -by) } else { (by, 0.0) };
        self.state.text = Matrix::shift(x, y).then(self.state.text);
    }

    fn show(&mut self, text: &Bytes<'_>) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        for code in font.codes(text.as_bytes()) {
            let spacing = if code.is_blank {
                self.state.word_spacing
            } else {
                0.0
            };
            let width = code.width * self.state.size;
            self.place(&code, width);
            self.advance((width + self.state.char_spacing + spacing) * self.state.scaling);
        }
    }

    /// Puts a character where the text stands.
    fn place(&mut self, code: &Code, width: f64) {
        if self.marks.contains(&true) || self.shown.page.glyphs.len() >= self.max_glyphs {
            return;
        }
        let Some(text) = &code.text else {
            self.shown.n_unknown += 1;
            return;
        };
        let state = &self.state;
        let to_page = Matrix([
            state.size * state.scaling,
            0.0,
            0.0,
            state.size,
            0.0,
            state.rise,
        ])
        .then(state.text)
        .then(state.ctm)
        .then(self.base);
        let [a, _, c, d, x, y] = to_page.0;
        let size = d.hypot(c);
        let length = a * width / if state.size == 0.0 { 1.0 } else { state.size };
        let is_outside = x < -size
            || x > f64::from(self.width) + size
            || y < -size
            || y > f64::from(self.shown.page.height) + size;
        if !to_page.is_upright() || is_outside {
            return;
        }
        let n_chars = text.chars().count().max(1);
        let step = length / n_chars as f64;
        for (ord, ch) in text.chars().enumerate() {
            let x0 = x + step * ord as f64;
            self.shown.page.glyphs.push(Glyph {
                ch: radicals::unified(ch),
                x0: x0 as f32,
                x1: (x0 + step) as f32,
                y: y as f32,
                size: size as f32,
            });
        }
    }

    fn form(&mut self, name: &Name<'_>, resources: &[&Resources<'_>], depth: usize) {
        let found = resources
            .iter()
            .rev()
            .find_map(|resources| resources.get_x_object(name));
        let Some(stream) = found else { return };
        let subtype = stream.dict().get::<Name<'_>>("Subtype");
        match subtype.as_ref().map(|name| name.as_str()) {
            Some("Image") => self.shown.has_picture = true,
            Some("Form") if depth < MAX_DEPTH => self.follow_form(&stream, resources, depth),
            _ => {}
        }
    }

    fn follow_form(&mut self, stream: &Stream<'_>, resources: &[&Resources<'_>], depth: usize) {
        let (data, is_whole) = unpack::unpacked(stream);
        self.shown.is_damaged |= !is_whole;
        let dict = stream.dict();
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut resources = resources.to_vec();
        resources.extend(own.as_ref());
        let outer = self.state.clone();
        let n_saved = self.saved.len();
        let n_marks = self.marks.len();
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let values: Vec<f64> = matrix.iter::<f64>().collect();
            if let Ok(values) = <[f64; 6]>::try_from(values) {
                self.state.ctm = Matrix(values).then(self.state.ctm);
            }
        }
        self.follow(TypedIter::new(&data), &resources, depth + 1);
        self.saved.truncate(n_saved);
        self.marks.truncate(n_marks);
        self.state = outer;
    }
}

/// Whether the marked content is a running head or a page number (PDF 1.7, 14.8.2.2).
fn is_boilerplate(tag: &Name<'_>, properties: &Object<'_>) -> bool {
    let Object::Dict(properties) = properties else {
        return false;
    };
    let kind = properties.get::<Name<'_>>("Type");
    tag.as_str() == "Artifact" && kind.is_some_and(|kind| kind.as_str() == "Pagination")
}
