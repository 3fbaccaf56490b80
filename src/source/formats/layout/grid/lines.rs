//! The grid formed by ruling lines: where lines cross, and between which places a line is missing.

use crate::source::formats::layout::{Rule, rules};

/// A grid of rows and columns.
pub(super) struct Grid {
    /// Positions of vertical lines: the edges of columns.
    pub(super) xs: Vec<f32>,
    /// Positions of horizontal lines: the edges of rows.
    pub(super) ys: Vec<f32>,
    /// The cell of each place, by the number of its first place.
    cells: Vec<usize>,
}

/// Maximum distance between lines that touch, in font sizes.
const SLACK: f32 = 0.25;
/// Maximum number of lines of a grid in one direction.
const MAX_LINES: usize = 1500;
/// Maximum number of places of a grid.
const MAX_PLACES: usize = 60_000;
/// Maximum number of grids on a page.
const MAX_GRIDS: usize = 64;

/// The grids of a page with type of `size`: connected lines with at least two cells.
pub(super) fn grids(all: &[Rule], size: f32) -> Vec<Grid> {
    let slack = SLACK * size;
    // Strokes of drawn characters are lines too, but short ones.
    let long = |is_level: bool| {
        let mut lines = rules::joined(all, is_level, slack);
        lines.retain(|line| line.to - line.from > size);
        lines
    };
    let (level, upright) = (long(true), long(false));
    if level.len() > MAX_LINES || upright.len() > MAX_LINES {
        return Vec::new();
    }
    let mut sets = connected(&level, &upright, slack);
    let mut members: Vec<(usize, usize)> = (0..level.len() + upright.len())
        .map(|ord| (sets.of(ord), ord))
        .collect();
    members.sort_unstable();
    let mut grids = Vec::new();
    for set in members.chunk_by(|one, other| one.0 == other.0) {
        let (mut of_level, mut of_upright) = (Vec::new(), Vec::new());
        for &(_, ord) in set {
            match ord.checked_sub(level.len()) {
                None => of_level.push(level[ord]),
                Some(ord) => of_upright.push(upright[ord]),
            }
        }
        grids.extend(Grid::new(&of_level, &of_upright, slack));
    }
    grids.truncate(MAX_GRIDS);
    grids
}

/// The sets of lines that touch each other; upright ones are numbered after the level ones.
fn connected(level: &[Rule], upright: &[Rule], slack: f32) -> Sets {
    let mut sets = Sets::new(level.len() + upright.len());
    for (ord, line) in level.iter().enumerate() {
        // Vertical lines are sorted by position, so that only those within the horizontal line's extent are
        // tested.
        let first = upright.partition_point(|other| other.at < line.from - slack);
        let near = upright[first..].iter().enumerate();
        for (by, other) in near.take_while(|(_, other)| other.at <= line.to + slack) {
            // Two lines touch if each lies within the extent of the other; touching lines form one grid.
            if other.from - slack <= line.at && line.at <= other.to + slack {
                sets.join(ord, level.len() + first + by);
            }
        }
    }
    sets
}

/// Sets of connected lines.
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn of(&mut self, mut ord: usize) -> usize {
        while self.0[ord] != ord {
            self.0[ord] = self.0[self.0[ord]];
            ord = self.0[ord];
        }
        ord
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }
}

impl Grid {
    fn new(level: &[Rule], upright: &[Rule], slack: f32) -> Option<Self> {
        if level.len() < 2 || upright.is_empty() {
            return None;
        }
        let xs = edges(upright, level, slack);
        let ys = edges(level, upright, slack);
        let (n_rows, n_columns) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
        if n_columns < 2 || n_rows < 1 || n_rows * n_columns > MAX_PLACES {
            return None;
        }
        let walls = Walls::new(&xs, &ys, upright, slack);
        let floors = Walls::new(&ys, &xs, level, slack);
        let cells = merged(n_rows, n_columns, &walls, &floors);
        Some(Self { xs, ys, cells })
    }

    pub(super) fn n_rows(&self) -> usize {
        self.ys.len() - 1
    }

    pub(super) fn n_columns(&self) -> usize {
        self.xs.len() - 1
    }

    pub(super) fn area(&self) -> f32 {
        (self.xs[self.n_columns()] - self.xs[0]) * (self.ys[self.n_rows()] - self.ys[0])
    }

    pub(super) fn holds(&self, x: f32, y: f32) -> bool {
        let is_in = |edges: &[f32], at: f32| edges[0] <= at && at <= edges[edges.len() - 1];
        is_in(&self.xs, x) && is_in(&self.ys, y)
    }

    /// The first place of the cell at a point of the grid.
    pub(super) fn cell(&self, x: f32, y: f32) -> usize {
        let at = |edges: &[f32], at: f32| {
            let after = edges.partition_point(|edge| *edge <= at);
            after.saturating_sub(1).min(edges.len() - 2)
        };
        self.cells[at(&self.ys, y) * self.n_columns() + at(&self.xs, x)]
    }

    /// The number of cells of a row.
    pub(super) fn n_cells(&self, row: usize) -> usize {
        let places = &self.cells[row * self.n_columns()..(row + 1) * self.n_columns()];
        places.chunk_by(|one, other| one == other).count()
    }

    /// Whether a cell has its first place in a column.
    pub(super) fn begins_cell(&self, column: usize) -> bool {
        let mut places = self.cells.iter().enumerate().skip(column);
        std::iter::from_fn(|| {
            let next = places.next();
            places.nth(self.n_columns().saturating_sub(2));
            next
        })
        .any(|(place, cell)| place == *cell)
    }

    /// The right edge of the cell at a place.
    pub(super) fn right(&self, row: usize, column: usize) -> f32 {
        let place = row * self.n_columns() + column;
        let rest = &self.cells[place..(row + 1) * self.n_columns()];
        let n_wide = rest
            .iter()
            .take_while(|cell| **cell == self.cells[place])
            .count();
        self.xs[column + n_wide]
    }
}

/// The positions of lines, and the ends of crossing lines that reach further: a table may be open at its
/// sides.
fn edges(lines: &[Rule], across: &[Rule], slack: f32) -> Vec<f32> {
    let mut edges: Vec<f32> = lines.iter().map(|line| line.at).collect();
    let least = across.iter().map(|line| line.from).fold(f32::MAX, f32::min);
    let most = across.iter().map(|line| line.to).fold(f32::MIN, f32::max);
    edges.sort_by(f32::total_cmp);
    if edges
        .first()
        .is_some_and(|first| least < first - 4.0 * slack)
    {
        edges.insert(0, least);
    }
    if edges.last().is_some_and(|last| most > last + 4.0 * slack) {
        edges.push(most);
    }
    // Double lines are one edge.
    edges.dedup_by(|next, last| *next - *last <= 1.5 * slack);
    edges
}

/// Which edges between places have a line.
struct Walls {
    n_steps: usize,
    has: Vec<bool>,
}

impl Walls {
    /// `lines` run along the edges at `ats`; `steps` divide their length.
    fn new(ats: &[f32], steps: &[f32], lines: &[Rule], slack: f32) -> Self {
        let n_steps = steps.len() - 1;
        let mut has = vec![false; ats.len() * n_steps];
        for line in lines {
            let first = ats.partition_point(|at| *at < line.at - 2.0 * slack);
            let near = ats.iter().enumerate().skip(first);
            for (at, _) in near.take_while(|(_, at)| **at <= line.at + 2.0 * slack) {
                let begin = steps.partition_point(|step| *step < line.from - slack);
                for step in begin.saturating_sub(1)..n_steps {
                    // A line counts for a step if it passes the step's middle: drawn lines end short of the
                    // crossing or run past it.
                    let middle = f32::midpoint(steps[step], steps[step + 1]);
                    if middle > line.to {
                        break;
                    }
                    has[at * n_steps + step] |= middle >= line.from;
                }
            }
        }
        Self { n_steps, has }
    }

    fn has(&self, at: usize, step: usize) -> bool {
        self.has[at * self.n_steps + step]
    }
}

/// The cell of each place of a grid: places without a line between them are one merged cell.
fn merged(n_rows: usize, n_columns: usize, walls: &Walls, floors: &Walls) -> Vec<usize> {
    let mut sets = Sets::new(n_rows * n_columns);
    for place in 0..n_rows * n_columns {
        let (row, column) = (place / n_columns, place % n_columns);
        if column + 1 < n_columns && !walls.has(column + 1, row) {
            sets.join(place, place + 1);
        }
        if row + 1 < n_rows && !floors.has(row + 1, column) {
            sets.join(place, place + n_columns);
        }
    }
    (0..n_rows * n_columns)
        .map(|place| sets.of(place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        let is_level = true;
        Rule {
            is_level,
            at,
            from,
            to,
        }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            is_level: false,
            ..level(at, from, to)
        }
    }

    /// A table of two rows and two columns, its top at `top`.
    fn table(top: f32) -> Vec<Rule> {
        let mut rules: Vec<Rule> = [0.0, 30.0, 60.0]
            .map(|y| level(top + y, 0.0, 100.0))
            .to_vec();
        rules.extend([0.0, 50.0, 100.0].map(|x| upright(x, top, top + 60.0)));
        rules
    }

    #[test]
    fn crossing_lines_form_the_cells_between_them() {
        let grids = grids(&table(0.0), 10.0);
        let [grid] = &grids[..] else {
            panic!("{} grids", grids.len());
        };
        assert_eq!(grid.xs, [0.0, 50.0, 100.0]);
        assert_eq!(grid.ys, [0.0, 30.0, 60.0]);
        assert_eq!((grid.n_rows(), grid.n_columns()), (2, 2));
        let places = [(5.0, 5.0), (55.0, 5.0), (5.0, 35.0), (55.0, 35.0)];
        assert_eq!(places.map(|(x, y)| grid.cell(x, y)), [0, 1, 2, 3]);
        assert!(grid.holds(100.0, 60.0) && !grid.holds(101.0, 5.0) && !grid.holds(5.0, -1.0));
        // A point outside belongs to the nearest cell.
        assert_eq!((grid.cell(-5.0, -5.0), grid.cell(500.0, 500.0)), (0, 3));
    }

    #[test]
    fn places_without_a_line_between_them_are_one_cell() {
        let mut rules = table(0.0);
        // The middle line begins below the first row.
        rules[4] = upright(50.0, 30.0, 60.0);
        let grids = grids(&rules, 10.0);
        let grid = &grids[0];
        assert_eq!((grid.n_cells(0), grid.n_cells(1)), (1, 2));
        assert_eq!((grid.right(0, 0), grid.right(1, 0)), (100.0, 50.0));
        assert_eq!(grid.cell(5.0, 5.0), grid.cell(95.0, 5.0));
        assert!(grid.begins_cell(0) && grid.begins_cell(1));
        // Without any line in the middle nothing begins there.
        let mut wide = table(0.0);
        wide[4] = upright(50.0, 58.0, 60.0);
        wide.push(upright(75.0, 0.0, 60.0));
        let wide = super::grids(&wide, 10.0);
        assert_eq!(wide[0].xs, [0.0, 75.0, 100.0]);
    }

    #[test]
    fn a_table_may_be_open_at_its_sides() {
        let mut rules = table(0.0);
        rules.retain(|rule| rule.is_level || rule.at == 50.0);
        let grids = grids(&rules, 10.0);
        assert_eq!(grids[0].xs, [0.0, 50.0, 100.0]);
        assert_eq!(grids[0].n_columns(), 2);
    }

    #[test]
    fn lines_apart_are_grids_of_their_own() {
        let both = [table(0.0), table(200.0)].concat();
        let found = grids(&both, 10.0);
        let tops: Vec<f32> = found.iter().map(|grid| grid.ys[0]).collect();
        assert_eq!(tops, [0.0, 200.0]);
        // Lines that miss each other by less than a quarter of a size touch.
        let mut short = table(0.0);
        for rule in &mut short {
            rule.from += 2.0;
            rule.to -= 2.0;
        }
        assert_eq!(grids(&short, 10.0).len(), 1);
    }

    #[test]
    fn frames_and_strokes_are_no_grids() {
        let frame: Vec<Rule> = table(0.0)
            .into_iter()
            .filter(|rule| rule.at != 50.0 && rule.at != 30.0)
            .collect();
        assert!(grids(&frame, 10.0).is_empty());
        // Strokes of characters are shorter than the type is high.
        let strokes: Vec<Rule> = table(0.0)
            .into_iter()
            .map(|rule| Rule {
                to: rule.from + 9.0,
                ..rule
            })
            .collect();
        assert!(grids(&strokes, 10.0).is_empty());
        assert!(grids(&[], 10.0).is_empty());
        let mut many: Vec<Rule> = (0..=MAX_LINES)
            .map(|ord| level(100.0 * ord as f32, 0.0, 100.0))
            .collect();
        many.extend([0.0, 50.0, 100.0].map(|x| upright(x, 0.0, 100.0 * MAX_LINES as f32)));
        assert!(grids(&many, 10.0).is_empty());
    }
}
