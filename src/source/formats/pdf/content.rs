//! The visible content of a page: interprets its content stream for text and ruling lines.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};

use super::font::{Code, Font, Fonts};
use super::paths::Paths;
use super::unpack;
use crate::source::formats::layout::{self, Drawn, Matrix, Role};
use crate::text::radicals;

/// Maximum nesting depth of forms.
const MAX_DEPTH: usize = 12;
/// Maximum number of saved states and marks.
const MAX_STACK: usize = 4096;
/// Maximum number of instructions interpreted on a page, forms included.
const MAX_INSTRUCTIONS: usize = 5_000_000;
/// Cost of a form besides its instructions, in instructions: forms that use forms soon amount to millions.
const FORM_COST: usize = 250;

/// A page and what was noticed on it.
pub(super) struct Shown {
    pub(super) page: layout::Page,
    /// Number of characters without a known meaning.
    pub(super) n_unknown: usize,
    pub(super) has_picture: bool,
    /// The positions of its pictures, in the document's space.
    pub(super) pictures: Vec<Matrix>,
    /// Whether it draws something that may be text as outlines.
    pub(super) has_outlines: bool,
    /// Whether some of its content cannot be unpacked, or is too long to be read to its end.
    pub(super) is_damaged: bool,
}

/// Minimum number of steps of filled outlines that may be text: some ten Han characters.
const MIN_OUTLINE_STEPS: usize = 300;
/// Maximum number of picture positions kept of a page.
const MAX_PICTURES: usize = 1000;

impl Shown {
    /// Whether the page has no readable text, but may show some.
    fn blank(width: f32, height: f32) -> Self {
        Self {
            page: layout::Page {
                width,
                height,
                ..layout::Page::default()
            },
            n_unknown: 0,
            has_picture: false,
            pictures: Vec::new(),
            has_outlines: false,
            is_damaged: false,
        }
    }

    pub(super) fn is_unread(&self) -> bool {
        let shows_something = self.has_picture || self.has_outlines || self.n_unknown > 0;
        self.page.glyphs.is_empty() && shows_something
    }
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

/// The matrix of a form; the identity if it has none.
pub(super) fn matrix_of(form: &Dict<'_>) -> Matrix {
    let values = form.get::<Array<'_>>("Matrix");
    let values: Option<Vec<f64>> = values.map(|matrix| matrix.iter::<f64>().collect());
    let values = values.and_then(|values| <[f64; 6]>::try_from(values).ok());
    values.map_or(Matrix::IDENTITY, Matrix)
}

impl State {
    /// Handles an instruction that sets a parameter of text.
    fn set_text(&mut self, instruction: &TypedInstruction<'_, '_>) {
        match instruction {
            TypedInstruction::BeginText(_) => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            TypedInstruction::CharacterSpacing(op) => self.char_spacing = op.0.as_f64(),
            TypedInstruction::WordSpacing(op) => self.word_spacing = op.0.as_f64(),
            // The operand is a percentage (PDF 1.7, 9.3.4).
            TypedInstruction::HorizontalScaling(op) => self.scaling = op.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(op) => self.leading = op.0.as_f64(),
            TypedInstruction::TextRise(op) => self.rise = op.0.as_f64(),
            TypedInstruction::SetTextMatrix(op) => {
                self.line = matrix([op.0, op.1, op.2, op.3, op.4, op.5]);
                self.text = self.line;
            }
            _ => {}
        }
    }

    /// Maps the em square of a character as wide as this to the space of the content.
    fn of_glyph(&self, width: f64, is_vertical: bool) -> Matrix {
        // A vertical font positions its characters by the middle of their top edge (9.7.4.3).
        let (x, y) = if is_vertical {
            (-0.5 * width, -0.88)
        } else {
            (0.0, 0.0)
        };
        let across = self.size * self.scaling;
        let scaled = Matrix([across, 0.0, 0.0, self.size, 0.0, self.rise]);
        Matrix::shift(x, y)
            .then(scaled)
            .then(self.text)
            .then(self.ctm)
    }
}

pub(super) struct ContentReader<'f> {
    fonts: &'f mut Fonts,
    base: Matrix,
    max_glyphs: usize,
    n_instructions: usize,
    state: State,
    saved: Vec<State>,
    /// The open marks: whether each is page boilerplate according to the document itself.
    marks: Vec<bool>,
    /// The role of characters read now, unless marked otherwise.
    role: Role,
    paths: Paths,
    shown: Shown,
}

impl<'f> ContentReader<'f> {
    /// A reader of `page` that takes at most `max_glyphs` characters.
    pub(super) fn new(page: &Page<'_>, fonts: &'f mut Fonts, max_glyphs: usize) -> Self {
        let (width, height) = page.render_dimensions();
        Self {
            fonts,
            // The layout has its origin at the top left, PDF at the bottom left.
            base: Matrix(page.initial_transform(true).as_coeffs()),
            max_glyphs,
            n_instructions: 0,
            state: State::default(),
            saved: Vec::new(),
            marks: Vec::new(),
            role: Role::Text,
            paths: Paths::default(),
            shown: Shown::blank(width, height),
        }
    }

    /// Notes that some of the page's content cannot be read.
    pub(super) fn set_damaged(&mut self) {
        self.shown.is_damaged = true;
    }

    /// What was read.
    pub(super) fn finish(mut self) -> Shown {
        self.shown.has_outlines = self.paths.n_outline_steps() >= MIN_OUTLINE_STEPS;
        self.shown.page.rules = self.paths.finish();
        self.shown
    }

    /// Interprets a stream; names are looked up in the innermost of `resources` that has them.
    pub(super) fn follow(
        &mut self,
        mut stream: TypedIter<'_>,
        resources: &[&Resources<'_>],
        depth: usize,
    ) {
        while let Some(instruction) = stream.next() {
            self.n_instructions += 1;
            if self.n_instructions > MAX_INSTRUCTIONS {
                self.shown.is_damaged = true;
                return;
            }
            match instruction {
                TypedInstruction::XObject(op) => self.form(op.0, resources, depth),
                TypedInstruction::InlineImage(_) => self.picture(),
                instruction if self.nest(&instruction) => {}
                // An instruction that neither makes a path nor changes state may show text.
                instruction => {
                    let to_page = self.state.ctm.then(self.base);
                    if !self.paths.follow(&instruction, to_page) {
                        self.text(instruction, resources);
                    }
                }
            }
        }
    }

    /// Handles an instruction that saves or restores a state, or opens or ends a mark.
    ///
    /// Unbalanced operators are common in damaged files; what cannot be saved or restored is ignored.
    fn nest(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
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
                // A new matrix applies before the current one (PDF 1.7, 8.4.4).
                let matrix = matrix([op.0, op.1, op.2, op.3, op.4, op.5]);
                self.state.ctm = matrix.then(self.state.ctm);
            }
            TypedInstruction::BeginMarkedContent(_) if self.marks.len() < MAX_STACK => {
                self.marks.push(false);
            }
            TypedInstruction::BeginMarkedContentWithProperties(op)
                if self.marks.len() < MAX_STACK =>
            {
                self.marks.push(is_boilerplate(op.0, op.1));
            }
            TypedInstruction::EndMarkedContent(_) => drop(self.marks.pop()),
            _ => return false,
        }
        true
    }

    /// Handles an instruction that moves to a line or shows text; others change the state.
    fn text(&mut self, instruction: TypedInstruction<'_, '_>, resources: &[&Resources<'_>]) {
        match instruction {
            TypedInstruction::TextFont(op) => {
                let mut inner_first = resources.iter().rev();
                let found = inner_first.find_map(|resources| resources.get_font(op.0));
                self.state.font = found.map(|dict| self.fonts.get(&dict));
                self.state.size = op.1.as_f64();
            }
            TypedInstruction::NextLine(op) => self.next_line(op.0.as_f64(), op.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(op) => {
                // `TD` sets the leading to the negated displacement (PDF 1.7, 9.4.2).
                self.state.leading = -op.1.as_f64();
                self.next_line(op.0.as_f64(), op.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            TypedInstruction::ShowText(op) => self.show(op.0),
            TypedInstruction::NextLineAndShowText(op) => {
                self.next_line(0.0, -self.state.leading);
                self.show(op.0);
            }
            TypedInstruction::ShowTextWithParameters(op) => {
                // Word spacing comes before character spacing (PDF 1.7, 9.4.3).
                self.state.word_spacing = op.0.as_f64();
                self.state.char_spacing = op.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(op.2);
            }
            TypedInstruction::ShowTexts(op) => self.show_all(op.0),
            instruction => self.state.set_text(&instruction),
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
                // Adjustments are in thousandths of an em, subtracted (PDF 1.7, 9.4.3).
                Object::Number(number) => {
                    self.advance(0.0, -number.as_f64() / 1000.0 * self.state.size)
                }
                _ => {}
            }
        }
    }

    /// Advances by the width of a character plus spacing (PDF 1.7, 9.4.4).
    fn advance(&mut self, width: f64, added: f64) {
        let state = &mut self.state;
        let is_vertical = state.font.as_ref().is_some_and(|font| font.is_vertical());
        // Horizontal scaling does not apply to vertical text.
        let (x, y) = if is_vertical {
            (0.0, added - width)
        } else {
            ((width + added) * state.scaling, 0.0)
        };
        state.text = Matrix::shift(x, y).then(state.text);
    }

    fn show(&mut self, text: &Bytes<'_>) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        for code in font.codes(text.as_bytes()) {
            // Word spacing applies to the single-byte code 32 only (PDF 1.7, 9.3.3).
            let spacing = if code.is_blank {
                self.state.word_spacing
            } else {
                0.0
            };
            self.place(&code, font.is_vertical());
            self.advance(
                code.width * self.state.size,
                self.state.char_spacing + spacing,
            );
        }
    }

    /// Places a character at the current text position.
    fn place(&mut self, code: &Code, is_vertical: bool) {
        let Some(text) = &code.text else {
            self.shown.n_unknown += 1;
            return;
        };
        if self.shown.page.glyphs.len() >= self.max_glyphs {
            self.shown.is_damaged = true;
            return;
        }
        let to_page = self.state.of_glyph(code.width, is_vertical).then(self.base);
        let role = match self.role {
            Role::Text if self.marks.contains(&true) => Role::Pagination,
            role => role,
        };
        let drawn = Drawn {
            to_page,
            width: code.width,
            is_vertical,
            role,
        };
        let page = &mut self.shown.page;
        // Some fonts map characters to radicals of the same shape; what is read must be the character.
        if text.chars().any(radicals::is_radical) {
            let text: String = text.chars().map(radicals::unified).collect();
            page.show(&text, drawn);
        } else {
            page.show(text, drawn);
        }
    }

    fn picture(&mut self) {
        self.shown.has_picture = true;
        if self.shown.pictures.len() < MAX_PICTURES {
            self.shown.pictures.push(self.state.ctm);
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
            Some("Image") => self.picture(),
            Some("Form") if depth < MAX_DEPTH => self.follow_form(&stream, resources, depth),
            _ => {}
        }
    }

    /// Interprets a form: a stream with its own resources and space.
    pub(super) fn follow_form(
        &mut self,
        stream: &Stream<'_>,
        resources: &[&Resources<'_>],
        depth: usize,
    ) {
        self.n_instructions += FORM_COST;
        if self.n_instructions > MAX_INSTRUCTIONS {
            self.shown.is_damaged = true;
            return;
        }
        let (data, is_whole) = unpack::unpacked(stream);
        self.shown.is_damaged |= !is_whole;
        let dict = stream.dict();
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        // A form without resources of its own uses those of its caller (PDF 1.7, 7.8.3).
        let mut resources = resources.to_vec();
        resources.extend(own.as_ref());
        // A form cannot change the state of its caller (PDF 1.7, 8.10.1), and may leave states saved.
        let outer = self.state.clone();
        let n_saved = self.saved.len();
        let n_marks = self.marks.len();
        // The form's space is mapped to that of its caller (PDF 1.7, 8.10.1).
        self.state.ctm = matrix_of(dict).then(self.state.ctm);
        self.follow(TypedIter::new(&data), &resources, depth + 1);
        self.saved.truncate(n_saved);
        self.marks.truncate(n_marks);
        self.state = outer;
    }

    /// Interprets a form that is placed on the page by `matrix`, with `role`.
    pub(super) fn place_form(
        &mut self,
        stream: &Stream<'_>,
        resources: &[&Resources<'_>],
        matrix: Matrix,
        role: Role,
    ) {
        self.state = State {
            ctm: matrix,
            ..State::default()
        };
        self.marks.clear();
        self.role = role;
        self.follow_form(stream, resources, 0);
        self.role = Role::Text;
    }

    /// The content read so far.
    pub(super) fn page(&mut self) -> &mut layout::Page {
        &mut self.shown.page
    }

    /// The map from the document's space to the page.
    pub(super) fn base(&self) -> Matrix {
        self.base
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
