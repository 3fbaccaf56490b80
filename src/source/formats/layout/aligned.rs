//! Tables without lines: rows whose parts stay clear of the same gutters.

mod wrapped;

use super::channels::MIN_CHANNEL;
use super::contents;
use super::joining::cell_text;
use super::page_row::PageRow;
use super::rows::{self, CELL_GAP};
use super::table::{self, Table};
use crate::source::clean::starts_label;
use crate::text::numerals::one_to_nine;

/// Minimum width of a gutter between columns, in font sizes.
const MIN_GUTTER: f32 = 0.8;
/// The same where many rows stay clear of it.
const MIN_GUTTER_OF_MANY: f32 = 0.45;
/// How many rows are many.
const MANY_ROWS: usize = 7;
/// Maximum share of rows that may cross a gutter, in percent: headings that span columns.
const MAX_ACROSS: usize = 15;
/// Distance of rows that ends a table, in font sizes.
const MAX_DISTANCE: f32 = 5.0;

/// Parts at one height.
type Group = Vec<PageRow>;

/// The rows of a region in order, with tables recognized.
pub(super) fn rows(parts: Vec<PageRow>) -> Vec<PageRow> {
    let mut out: Vec<PageRow> = Vec::new();
    let mut rest = rows::groups(parts).into_iter().peekable();
    while let Some(group) = rest.next() {
        if !is_multiple(&group) {
            out.extend(rows::whole(group));
            continue;
        }
        let mut run = AlignedRun::new(&group);
        let mut groups = vec![group];
        while let Some(next) = rest.next_if(|next| run.admits(next)) {
            groups.push(next);
        }
        // The run may have taken rows below the table; they are written as text.
        let after = groups.split_off(run.n_rows());
        match table(&groups, is_below_contents_heading(&out)) {
            Some(table) => out.push(table),
            None => out.extend(groups.into_iter().filter_map(rows::whole)),
        }
        out.extend(after.into_iter().filter_map(rows::whole));
    }
    out
}

/// Whether one of the last rows is a heading 目录, below which columns of titles and page numbers are a
/// contents page.
fn is_below_contents_heading(rows: &[PageRow]) -> bool {
    let mut last = rows.iter().rev().take(2);
    last.any(|row| contents::is_heading(&row.text))
}

/// Whether a row has parts so far apart that they may be cells, or adjacent figures.
fn is_multiple(group: &Group) -> bool {
    let is_apart = |pair: &[PageRow]| pair[1].x0 - pair[0].x1 > CELL_GAP * pair[0].size;
    let are_figures = |pair: &[PageRow]| pair.iter().all(|part| table::is_figure(&part.text));
    let are_cells = || group.iter().any(|part| part.is_cut);
    (are_cells()
        || group.windows(2).any(is_apart)
        || group.len() > 2 && group.windows(2).any(are_figures))
        && !rows::is_spread(group)
        && !group
            .iter()
            // A leader joins a title and its page number across the gap.
            .any(|part| contents::ends_in_leader(&part.text) || contents::is_entry(&part.text))
}

fn is_narrow(group: &Group) -> bool {
    group.iter().any(|part| part.is_cut)
}

/// Rows that stay clear of common gutters.
struct AlignedRun {
    gutters: Vec<(f32, f32)>,
    /// Whether the cells of its first row are separated by narrow channels.
    is_narrow: bool,
    size: f32,
    left: f32,
    y: f32,
    /// Number of rows in all, and up to the last one with several parts or the rest of a wrapped cell.
    n_seen: usize,
    n_kept: usize,
    n_multiple: usize,
    /// The smallest distance of rows so far.
    least: f32,
}

impl AlignedRun {
    fn new(group: &Group) -> Self {
        let size = group[0].size;
        let min_gutter = if is_narrow(group) {
            MIN_CHANNEL
        } else {
            MIN_GUTTER
        };
        let gaps = group.windows(2).map(|pair| (pair[0].x1, pair[1].x0));
        Self {
            gutters: gaps
                .filter(|gap| gap.1 - gap.0 > min_gutter * size)
                .collect(),
            is_narrow: is_narrow(group),
            size,
            left: group[0].x0,
            y: group[0].y,
            n_seen: 1,
            n_kept: 1,
            n_multiple: 1,
            least: f32::INFINITY,
        }
    }

    /// Takes the next row if it continues the run.
    fn admits(&mut self, group: &Group) -> bool {
        let distance = group[0].y - self.y;
        if !group[0].is_text() || distance > MAX_DISTANCE * self.size {
            return false;
        }
        let is_multiple = is_multiple(group);
        let gutters = self.clear_of(group);
        let is_admitted = match &group[..] {
            _ if is_multiple => !gutters.is_empty(),
            [part] => gutters.len() >= self.gutters.len() && self.may_wrap(part, distance),
            _ => false,
        };
        if !is_admitted {
            return false;
        }
        self.gutters = gutters;
        self.left = self.left.min(group[0].x0);
        self.y = group[0].y;
        self.n_seen += 1;
        // The rest of a cell is set closer than rows are, or at the line spacing of the text.
        let is_wrap = distance < 0.8 * self.least || distance < 1.6 * self.size;
        if is_multiple || is_wrap && self.n_kept + 1 == self.n_seen {
            self.n_kept = self.n_seen;
        }
        if is_multiple {
            self.n_multiple += 1;
            self.least = self.least.min(distance);
        }
        true
    }

    /// Whether a row of a single part may be the rest of a wrapped cell: not if it is a heading or too far
    /// below.
    fn may_wrap(&self, part: &PageRow, distance: f32) -> bool {
        let is_heading = starts_label(&part.text) && part.x0 < self.left + self.size;
        // 2.6 sizes: one and a half lines of usual spacing below the row is a new paragraph.
        !is_heading && distance <= 2.6 * self.size
    }

    /// The gutters that remain at `group`.
    fn clear_of(&self, group: &Group) -> Vec<(f32, f32)> {
        let mut gutters = self.gutters.clone();
        for part in group {
            let cut = gutters.into_iter().flat_map(|(from, to)| {
                // A part in a gutter leaves the space on both sides of it, if that is wide enough.
                if part.x1 <= from || part.x0 >= to {
                    [Some((from, to)), None]
                } else {
                    [Some((from, part.x0)), Some((part.x1, to))]
                }
            });
            let least = if self.is_narrow {
                MIN_CHANNEL
            } else {
                MIN_GUTTER_OF_MANY
            };
            let is_wide = |gutter: &(f32, f32)| gutter.1 - gutter.0 > least * self.size;
            gutters = cut.flatten().filter(is_wide).collect();
        }
        gutters
    }

    /// The number of rows of the table; the rest is below it.
    fn n_rows(&self) -> usize {
        // A single row with several parts is no table; all rows are then text.
        if self.n_multiple < 2 {
            self.n_seen
        } else {
            self.n_kept
        }
    }
}

/// The table formed by the rows; `None` without one.
fn table(groups: &[Group], is_contents: bool) -> Option<PageRow> {
    if groups.iter().filter(|group| is_multiple(group)).count() < 2 {
        return None;
    }
    let columns = Columns::of(groups);
    if columns.edges.len() < 2 {
        return None;
    }
    let mut table = Table {
        size: columns.size,
        lefts: columns.edges.iter().map(|(left, _)| *left).collect(),
        ..Table::default()
    };
    for row in wrapped::together(groups, &columns) {
        let cells = columns.cells(&groups[row]);
        let texts = cells
            .iter()
            .zip(&columns.edges)
            .map(|(rows, (_, right))| cell_text(rows, *right, &mut table.n_hyphens));
        let texts: Vec<String> = texts.collect();
        table.rows.push(texts);
    }
    // Numbered items and contents entries look like two columns.
    if is_list(&table.rows) || is_contents && counts_pages(&table.rows) {
        return None;
    }
    (table.n_header, table.is_named) = table::header(&table.rows);
    let (left, right) = (columns.edges[0].0, columns.edges[columns.edges.len() - 1].1);
    Some(PageRow::of_table(table, (left, right), groups[0][0].y))
}

/// The columns of a table: their left and right edges.
struct Columns {
    edges: Vec<(f32, f32)>,
    size: f32,
}

impl Columns {
    /// The areas between gutters that hardly any row crosses.
    fn of(groups: &[Group]) -> Self {
        let size = groups[0][0].size;
        let least = size * least_gutter(groups);
        // One row in seven may be a heading that spans columns, and one in four rows at least.
        let few = (groups.len() * MAX_ACROSS / 100).max(usize::from(groups.len() >= 4)) as i32;
        let mut edges: Vec<(f32, f32)> = Vec::new();
        let mut n_here = 0;
        for (at, step) in steps(groups) {
            let before = n_here;
            n_here += step;
            if before <= few && n_here > few {
                match edges.last_mut() {
                    Some(last) if at - last.1 <= least => {}
                    _ => edges.push((at, at)),
                }
            }
            if let Some(last) = edges.last_mut().filter(|_| before > few) {
                last.1 = at;
            }
        }
        Self { edges, size }
    }

    /// The column that a part is in.
    fn of_part(&self, part: &PageRow) -> usize {
        // A part begins right of the previous column's edge; a tenth of a size absorbs rounding.
        let is_left = |edges: &(f32, f32)| edges.1 < part.x0 + 0.1 * self.size;
        let at = self.edges.partition_point(is_left);
        at.min(self.edges.len() - 1)
    }

    /// The rows of text in each cell of one row of the table.
    fn cells(&self, groups: &[Group]) -> Vec<Vec<PageRow>> {
        let mut cells: Vec<Vec<PageRow>> = vec![Vec::new(); self.edges.len()];
        for group in groups {
            let mut here: Vec<Vec<PageRow>> = vec![Vec::new(); self.edges.len()];
            for part in group {
                here[self.of_part(part)].push(part.clone());
            }
            for (cell, parts) in cells.iter_mut().zip(here) {
                cell.extend(rows::whole(parts));
            }
        }
        cells
    }
}

/// The left and right edges of all parts in order, as steps up and down: a column begins where more than a
/// few of them overlap.
fn steps(groups: &[Group]) -> Vec<(f32, i32)> {
    let mut steps: Vec<(f32, i32)> = Vec::new();
    for part in groups.iter().flatten() {
        steps.push((part.x0, 1));
        steps.push((part.x1, -1));
    }
    steps.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    steps
}

/// The width of a gutter, in font sizes, below which two columns are one.
fn least_gutter(groups: &[Group]) -> f32 {
    if groups.iter().any(is_narrow) {
        MIN_CHANNEL
    } else if groups.len() < MANY_ROWS {
        MIN_GUTTER
    } else {
        MIN_GUTTER_OF_MANY
    }
}

/// Whether two columns are the labels and the texts of a list or of headings.
fn is_list(rows: &[Vec<String>]) -> bool {
    // `第二十一章` has five characters; more than six are a text.
    let is_label = |cell: &String| cell.chars().count() <= 6 && cell.chars().all(is_of_label);
    let mut firsts = rows
        .iter()
        .filter_map(|row| row.first())
        .filter(|cell| !cell.is_empty());
    rows.iter().all(|row| row.len() == 2) && firsts.all(is_label)
}

/// Whether labels of items and headings have a character.
fn is_of_label(ch: char) -> bool {
    let is_number = ch.is_ascii_digit() || one_to_nine(ch).is_some() || ch == '十';
    is_number || ('①'..='⑩').contains(&ch) || "第章节条款.、．()（）•●·■◆▪➢○-—".contains(ch)
}

/// Whether rows end in page numbers, which do not decrease.
fn counts_pages(rows: &[Vec<String>]) -> bool {
    let mut latest = 0u32;
    rows.iter().all(|row| {
        let number = row.last().and_then(|cell| cell.trim().parse().ok());
        let is_next = number.is_some_and(|number: u32| number >= latest);
        latest = number.unwrap_or(latest);
        is_next
    })
}

#[cfg(test)]
mod tests {
    use super::super::page_row::Kind;
    use super::super::page_row::row_of_ten;
    use super::*;

    fn part(text: &str, x0: f32, y: f32) -> PageRow {
        row_of_ten(text, x0, x0 + 10.0 * text.chars().count() as f32, y)
    }

    /// Rows of cells at 0 and 100, twenty below each other.
    fn grid(cells: &[[&str; 2]]) -> Vec<PageRow> {
        let rows = cells.iter().enumerate();
        rows.flat_map(|(ord, [left, right])| {
            let y = 20.0 * ord as f32;
            [part(left, 0.0, y), part(right, 100.0, y)]
        })
        .collect()
    }

    /// The rows of the tables, and the text of what is no table.
    fn read(parts: Vec<PageRow>) -> Vec<Vec<Vec<String>>> {
        let rows = rows(parts).into_iter();
        rows.map(|row| match row.kind {
            Kind::Table(table) => table.rows,
            _ => vec![vec![row.text]],
        })
        .collect()
    }

    const CELLS: [[&str; 2]; 4] = [
        ["行业", "收入"],
        ["工业", "12"],
        ["农业", "34"],
        ["商业", "56"],
    ];

    #[test]
    fn rows_with_a_common_gutter_are_a_table() {
        assert_eq!(
            read(grid(&CELLS)),
            [CELLS.map(|row| row.map(str::to_owned).to_vec()).to_vec()]
        );
        // A single row of two parts is text.
        assert_eq!(read(grid(&CELLS[..1])), [[["行业\t收入"]]]);
    }

    #[test]
    fn the_rest_of_a_cell_belongs_to_its_row() {
        let mut parts = grid(&CELLS);
        parts.push(part("企业", 0.0, 28.0));
        let table = read(parts);
        assert_eq!((table.len(), table[0].len()), (1, 4));
        assert_eq!(table[0][1], ["工业企业", "12"]);
        assert_eq!(table[0][2], ["农业", "34"]);
    }

    #[test]
    fn headings_and_distant_rows_end_a_table() {
        let mut parts = grid(&CELLS);
        parts.push(part("二、下一步工作", 0.0, 82.0));
        let found = read(parts);
        assert_eq!((found.len(), found[0].len()), (2, 4));
        assert_eq!(found[1], [["二、下一步工作"]]);
        let mut parts = grid(&CELLS);
        parts.push(part("其他", 0.0, 60.0 + 10.0 * MAX_DISTANCE + 1.0));
        parts.push(part("78", 100.0, 60.0 + 10.0 * MAX_DISTANCE + 1.0));
        assert_eq!(read(parts).len(), 2);
    }

    #[test]
    fn columns_are_where_most_rows_have_parts() {
        let groups: Vec<Group> = grid(&CELLS).chunks(2).map(<[PageRow]>::to_vec).collect();
        let columns = Columns::of(&groups);
        assert_eq!(columns.edges, [(0.0, 20.0), (100.0, 120.0)]);
        for (x, column) in [(0.0, 0), (19.0, 0), (20.0, 1), (100.0, 1), (500.0, 1)] {
            assert_eq!(columns.of_part(&part("甲", x, 0.0)), column, "{x}");
        }
        let cells = columns.cells(&groups[1..3]);
        let texts: Vec<Vec<&str>> = cells
            .iter()
            .map(|rows| rows.iter().map(|row| &*row.text).collect())
            .collect();
        assert_eq!(texts, [["工业", "农业"], ["12", "34"]]);
    }
}
