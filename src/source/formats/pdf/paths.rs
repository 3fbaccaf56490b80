//! Ruling lines: strokes, and areas so thin that they look like one.

use hayro_syntax::content::ops::TypedInstruction;

use crate::source::formats::layout::{MAX_RULES, Matrix, Rule, add_painted};

/// Maximum number of points kept of a path.
const MAX_POINTS: usize = 10_000;

type Point = (f64, f64);

/// Collects the lines of a page while its content is interpreted.
#[derive(Default)]
pub(super) struct Paths {
    /// The parts of the current path, in the page's space.
    parts: Vec<Vec<Point>>,
    n_points: usize,
    rules: Vec<Rule>,
    /// Steps of the current path, rectangles not counted.
    n_steps: usize,
    /// Steps of the filled paths: text drawn as outlines has many.
    n_outline_steps: usize,
    /// Whether there are more lines than in any table.
    is_drawing: bool,
}

impl Paths {
    /// Handles an instruction that builds or paints a path.
    pub(super) fn follow(
        &mut self,
        instruction: &TypedInstruction<'_, '_>,
        to_page: Matrix,
    ) -> bool {
        self.build(instruction, to_page) || self.end(instruction)
    }

    /// Handles an instruction that builds a path; false if it is another.
    fn build(&mut self, instruction: &TypedInstruction<'_, '_>, to_page: Matrix) -> bool {
        let at = |x: f64, y: f64| {
            let [.., x, y] = Matrix::shift(x, y).then(to_page).0;
            (x, y)
        };
        // Rectangles are cells and backgrounds; glyphs consist of lines and curves.
        self.n_steps += usize::from(matches!(
            instruction,
            TypedInstruction::LineTo(_)
                | TypedInstruction::CubicTo(_)
                | TypedInstruction::CubicStartTo(_)
                | TypedInstruction::CubicEndTo(_)
        ));
        match instruction {
            TypedInstruction::MoveTo(op) => self.begin(at(op.0.as_f64(), op.1.as_f64())),
            TypedInstruction::LineTo(op) => self.go_on(at(op.0.as_f64(), op.1.as_f64())),
            // The end of a curve begins the next part; the curve itself is not a line.
            TypedInstruction::CubicTo(op) => self.begin(at(op.4.as_f64(), op.5.as_f64())),
            TypedInstruction::CubicStartTo(op) => self.begin(at(op.2.as_f64(), op.3.as_f64())),
            TypedInstruction::CubicEndTo(op) => self.begin(at(op.2.as_f64(), op.3.as_f64())),
            TypedInstruction::RectPath(op) => {
                let [x, y, width, height] = [op.0, op.1, op.2, op.3].map(|number| number.as_f64());
                self.begin(at(x, y));
                self.go_on(at(x + width, y));
                self.go_on(at(x + width, y + height));
                self.go_on(at(x, y + height));
                self.go_on(at(x, y));
            }
            TypedInstruction::ClosePath(_) => self.close(),
            _ => return false,
        }
        true
    }

    /// Handles an instruction that paints a path or drops it; false if it is another.
    fn end(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
        match instruction {
            TypedInstruction::StrokePath(_) => self.paint(true, false),
            TypedInstruction::CloseAndStrokePath(_) => {
                self.close();
                self.paint(true, false);
            }
            TypedInstruction::FillPathNonZero(_)
            | TypedInstruction::FillPathNonZeroCompatibility(_)
            | TypedInstruction::FillPathEvenOdd(_) => self.paint(false, true),
            TypedInstruction::FillAndStrokeNonZero(_)
            | TypedInstruction::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            TypedInstruction::CloseFillAndStrokeNonZero(_)
            | TypedInstruction::CloseFillAndStrokeEvenOdd(_) => {
                self.close();
                self.paint(true, true);
            }
            TypedInstruction::EndPath(_) => self.paint(false, false),
            _ => return false,
        }
        true
    }

    /// Number of steps in the outlines of filled areas.
    pub(super) fn n_outline_steps(&self) -> usize {
        self.n_outline_steps
    }

    /// The lines of the page; empty if it is a drawing.
    pub(super) fn finish(self) -> Vec<Rule> {
        if self.is_drawing {
            Vec::new()
        } else {
            self.rules
        }
    }

    fn begin(&mut self, point: Point) {
        self.n_points += 1;
        if self.n_points <= MAX_POINTS {
            self.parts.push(vec![point]);
        }
    }

    fn go_on(&mut self, point: Point) {
        self.n_points += 1;
        if self.n_points <= MAX_POINTS
            && let Some(part) = self.parts.last_mut()
        {
            part.push(point);
        }
    }

    fn close(&mut self) {
        if let Some(first) = self.parts.last().and_then(|part| part.first()) {
            self.go_on(*first);
        }
    }

    fn paint(&mut self, strokes: bool, fills: bool) {
        let parts = std::mem::take(&mut self.parts);
        let n_steps = std::mem::take(&mut self.n_steps);
        // Outlines of glyphs are filled.
        self.n_outline_steps += if fills { n_steps } else { 0 };
        // A page with more lines than any table has is a drawing, whose lines separate no cells.
        if self.rules.len() > MAX_RULES {
            self.is_drawing = true;
        } else {
            add_painted(&parts, (strokes, fills), 1.0, &mut self.rules);
        }
        self.n_points = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(parts: &[&[Point]], strokes: bool, fills: bool) -> Vec<Rule> {
        let mut paths = Paths::default();
        for part in parts {
            let (first, rest) = part.split_first().expect("a point");
            paths.begin(*first);
            rest.iter().for_each(|point| paths.go_on(*point));
        }
        paths.paint(strokes, fills);
        paths.finish()
    }

    #[test]
    fn strokes_and_thin_areas_are_lines() {
        let line: &[Point] = &[(0.0, 50.0), (100.0, 50.0)];
        let slanted: &[Point] = &[(0.0, 0.0), (100.0, 80.0)];
        let thin: &[Point] = &[(0.0, 50.0), (100.0, 50.0), (100.0, 50.5), (0.0, 50.5)];
        let area: &[Point] = &[(0.0, 50.0), (100.0, 50.0), (100.0, 90.0), (0.0, 90.0)];
        let level = drawn(&[line], true, false);
        assert_eq!(level.len(), 1);
        assert!(level[0].is_level && level[0].to - level[0].from == 100.0);
        let upright: &[Point] = &[(20.0, 0.0), (20.0, 60.0)];
        assert!(!drawn(&[upright], true, false)[0].is_level);
        assert_eq!(drawn(&[line, upright], true, false).len(), 2);
        assert_eq!(drawn(&[thin], false, true).len(), 1);
        for (part, strokes, fills) in [
            (line, false, false),
            (line, false, true),
            (slanted, true, false),
            (area, false, true),
        ] {
            assert!(drawn(&[part], strokes, fills).is_empty(), "{part:?}");
        }
    }

    #[test]
    fn a_closed_path_returns_to_its_start() {
        let mut paths = Paths::default();
        for point in [(0.0, 0.0), (100.0, 0.0), (100.0, 60.0)] {
            match point {
                (0.0, 0.0) => paths.begin(point),
                _ => paths.go_on(point),
            }
        }
        paths.go_on((0.0, 60.0));
        paths.close();
        paths.paint(true, false);
        assert_eq!(paths.finish().len(), 4);
        // Without a path there is nothing to close.
        let mut empty = Paths::default();
        empty.close();
        empty.paint(true, true);
        assert!(empty.finish().is_empty());
    }

    #[test]
    fn a_path_is_painted_once() {
        let mut paths = Paths::default();
        paths.begin((0.0, 50.0));
        paths.go_on((100.0, 50.0));
        paths.paint(false, false);
        paths.paint(true, false);
        assert!(paths.finish().is_empty());
    }
}
