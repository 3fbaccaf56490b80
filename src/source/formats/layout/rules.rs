//! Ruling lines: horizontal and vertical strokes, joined where they touch.

/// A horizontal or vertical stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::source::formats) struct Rule {
    /// Whether it runs from left to right.
    pub(in crate::source::formats) is_level: bool,
    /// Its y if it is horizontal, else its x.
    pub(in crate::source::formats) at: f32,
    /// Its start along its direction.
    pub(in crate::source::formats) from: f32,
    /// Its end.
    pub(in crate::source::formats) to: f32,
}

/// Maximum thickness of a stroke that is a line rather than a shaded area, in points.
const THICK: f64 = 3.0;
/// Minimum length of a stroke that counts, in points.
const SHORT: f64 = 3.0;
/// Maximum number of lines kept of a page; drawings have more, and no tables.
pub(in crate::source::formats) const MAX_RULES: usize = 20_000;

impl Rule {
    /// The stroke between two points, if it is horizontal or vertical and long enough; `unit` is a point in
    /// the page's unit.
    pub(in crate::source::formats) fn between(
        (x0, y0): (f64, f64),
        (x1, y1): (f64, f64),
        unit: f64,
    ) -> Option<Self> {
        let (wide, high) = ((x1 - x0).abs(), (y1 - y0).abs());
        let is_level = wide > high;
        let (thick, long) = if is_level { (high, wide) } else { (wide, high) };
        let is_finite = [x0, y0, x1, y1].iter().all(|at| at.is_finite());
        if !is_finite || thick > THICK * unit || long < SHORT * unit || long < 2.0 * thick {
            return None;
        }
        let along = if is_level { (x0, x1) } else { (y0, y1) };
        let at = if is_level { y0 + y1 } else { x0 + x1 };
        Some(Self {
            is_level,
            at: (at / 2.0) as f32,
            from: along.0.min(along.1) as f32,
            to: along.0.max(along.1) as f32,
        })
    }

    /// The stroke on a page turned by a quarter or more, whose corner is then at `(left, top)`.
    pub(super) fn turned(self, sine: f32, cosine: f32, left: f32, top: f32) -> Self {
        let ends = [self.from, self.to].map(|along| {
            let (x, y) = if self.is_level {
                (along, self.at)
            } else {
                (self.at, along)
            };
            (x * cosine + y * sine - left, y * cosine - x * sine - top)
        });
        // A quarter turn makes horizontal lines vertical; a half turn (sine 0) does not.
        let is_level = self.is_level == (sine == 0.0);
        let along = ends.map(|(x, y)| if is_level { x } else { y });
        Self {
            is_level,
            at: if is_level { ends[0].1 } else { ends[0].0 },
            from: along[0].min(along[1]),
            to: along[0].max(along[1]),
        }
    }
}

/// Adds the lines that result from painting the parts of a path: strokes, and areas so thin that they look
/// like one.
pub(in crate::source::formats) fn add_painted(
    parts: &[Vec<(f64, f64)>],
    (strokes, fills): (bool, bool),
    unit: f64,
    out: &mut Vec<Rule>,
) {
    for part in parts {
        if strokes {
            let pairs = part.windows(2);
            out.extend(pairs.filter_map(|ends| Rule::between(ends[0], ends[1], unit)));
        }
        // Word and WPS draw the borders of cells as filled rectangles of four or five points.
        if fills && (4..=5).contains(&part.len()) {
            let corners = |pick: fn(f64, f64) -> f64| {
                let picked = |one: (f64, f64), other: (f64, f64)| {
                    (pick(one.0, other.0), pick(one.1, other.1))
                };
                part.iter().copied().reduce(picked)
            };
            let ends = corners(f64::min).zip(corners(f64::max));
            out.extend(ends.and_then(|(from, to)| Rule::between(from, to, unit)));
        }
    }
}

/// The lines of one direction, with pieces joined that lie on one line and touch within `slack`; by position.
pub(super) fn joined(rules: &[Rule], is_level: bool, slack: f32) -> Vec<Rule> {
    let wanted = rules.iter().filter(|rule| rule.is_level == is_level);
    let mut all: Vec<Rule> = wanted.copied().collect();
    all.sort_by(|one, other| one.at.total_cmp(&other.at));
    let mut out: Vec<Rule> = Vec::new();
    let mut rest = &mut all[..];
    while let Some(first) = rest.first().map(|rule| rule.at) {
        // Pieces of one line drift by rounding; the second test keeps a chain of close lines from becoming
        // one.
        let goes_on =
            |pair: &[Rule]| pair[1].at - pair[0].at <= slack && pair[1].at - first <= 2.0 * slack;
        let n_pieces = 1 + rest.windows(2).take_while(|pair| goes_on(pair)).count();
        let (line, after) = std::mem::take(&mut rest).split_at_mut(n_pieces);
        join_pieces(line, slack, &mut out);
        rest = after;
    }
    out
}

/// Adds the pieces of one line, joined where they touch.
fn join_pieces(line: &mut [Rule], slack: f32, out: &mut Vec<Rule>) {
    let at = (line[0].at + line[line.len() - 1].at) / 2.0;
    line.sort_by(|one, other| one.from.total_cmp(&other.from));
    let first = out.len();
    for piece in line {
        match out[first..].last_mut() {
            Some(last) if piece.from <= last.to + 2.0 * slack => last.to = last.to.max(piece.to),
            _ => out.push(Rule { at, ..*piece }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            is_level: true,
            at,
            from,
            to,
        }
    }

    #[test]
    fn strokes_are_level_or_upright_and_long_enough() {
        assert_eq!(
            Rule::between((0.0, 5.0), (50.0, 5.0), 1.0),
            Some(level(5.0, 0.0, 50.0))
        );
        assert_eq!(
            Rule::between((50.0, 6.0), (0.0, 4.0), 1.0),
            Some(level(5.0, 0.0, 50.0))
        );
        let upright = Rule::between((5.0, 50.0), (5.0, 0.0), 1.0).expect("a line");
        assert_eq!(
            (upright.is_level, upright.at, upright.from, upright.to),
            (false, 5.0, 0.0, 50.0)
        );
        for (one, other) in [
            ((0.0, 0.0), (2.0, 0.0)),
            ((0.0, 0.0), (50.0, 40.0)),
            ((0.0, 0.0), (5.0, 3.0)),
            ((0.0, 0.0), (f64::NAN, 0.0)),
            ((0.0, 0.0), (0.0, 0.0)),
        ] {
            assert_eq!(Rule::between(one, other, 1.0), None, "{other:?}");
        }
    }

    #[test]
    fn pieces_of_one_line_are_joined() {
        let rules = [
            level(10.0, 0.0, 20.0),
            level(10.2, 20.5, 40.0),
            level(10.0, 60.0, 80.0),
            level(30.0, 0.0, 40.0),
        ];
        let found = joined(&rules, true, 0.5);
        let ends: Vec<(f32, f32)> = found.iter().map(|rule| (rule.from, rule.to)).collect();
        assert_eq!(ends, [(0.0, 40.0), (60.0, 80.0), (0.0, 40.0)]);
        assert!(joined(&rules, false, 0.5).is_empty());
        // Lines one below the other do not become one, however close each is to the next.
        let stairs: Vec<Rule> = (0..9)
            .map(|ord| level(0.4 * ord as f32, 0.0, 20.0))
            .collect();
        assert!(joined(&stairs, true, 0.5).len() > 2);
    }

    #[test]
    fn thin_areas_are_lines_and_cells_are_not() {
        let area = |width: f64, height: f64| {
            vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
        };
        let painted = |part: Vec<(f64, f64)>, how| {
            let mut rules = Vec::new();
            add_painted(&[part], how, 1.0, &mut rules);
            rules.len()
        };
        assert_eq!(painted(area(50.0, 0.5), (false, true)), 1);
        assert_eq!(painted(area(50.0, 20.0), (false, true)), 0);
        // Stroked, a rectangle has a line on each drawn side.
        assert_eq!(painted(area(50.0, 20.0), (true, false)), 3);
        assert_eq!(painted(area(50.0, 0.5), (false, false)), 0);
    }

    #[test]
    fn a_quarter_turn_makes_level_lines_upright() {
        let turned = level(5.0, 0.0, 50.0).turned(1.0, 0.0, 0.0, -50.0);
        assert_eq!(
            (turned.is_level, turned.at, turned.from, turned.to),
            (false, 5.0, 0.0, 50.0)
        );
        let half = level(5.0, 0.0, 50.0).turned(0.0, -1.0, -50.0, -10.0);
        assert_eq!(half, level(5.0, 0.0, 50.0));
    }
}
