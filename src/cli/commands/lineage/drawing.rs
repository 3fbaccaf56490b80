//! The tree of forms along the years, as SVG.
//!
//! Black and grey alone, so that it prints as it is seen: a bar from the first to the last year of each form, a disc for each year whose
//! area is its occurrences, and an arrow from the form that it goes back to at the year in which it begins.

use std::fmt::Write;

use xunzhang::precedent::Form;
use xunzhang::text::printable::printable;

use super::render::{Branch, LineageReport, change};
use crate::cli::output::page::escaped;
use crate::cli::terminal::{truncate, width};

/// Width of the drawing, of the years in it, and where they begin, in pixels.
const WIDTH: f64 = 960.0;
const YEARS: f64 = 560.0;
const LEFT: f64 = 376.0;
/// Height of a form, and of the title with the years below it.
const ROW: f64 = 40.0;
const HEAD: f64 = 92.0;
/// Radius of the largest disc: two of them in rows one below the other do not meet.
const RADIUS: f64 = 12.0;
/// Pixels of a cell of text: half a Han character.
const CELL: f64 = 8.0;
/// Cells of a form's text and of what changed, which is smaller.
const CELLS: usize = 42;
const CHANGE_CELLS: usize = 54;
/// Maximum number of years with a label.
const LABELS: u16 = 12;

/// The years that are drawn.
#[derive(Clone, Copy)]
struct Axis {
    first: u16,
    last: u16,
}

impl Axis {
    /// The years in which forms are used; `None` without any.
    fn of(forms: &[Form]) -> Option<Self> {
        let years = || {
            forms
                .iter()
                .flat_map(|form| &form.years)
                .map(|(year, _)| *year)
        };
        Some(Self {
            first: years().min()?,
            last: years().max()?,
        })
    }

    /// Where a year is.
    fn x(self, year: u16) -> f64 {
        let n_years = f64::from((self.last - self.first).max(1));
        LEFT + f64::from(year.saturating_sub(self.first)) / n_years * YEARS
    }

    /// Years between two labels.
    fn step(self) -> usize {
        let span = self.last - self.first + 1;
        let step = [1, 2, 5, 10, 20, 50, 100].into_iter();
        let mut fits = step.filter(|step| span.div_ceil(*step) <= LABELS);
        usize::from(fits.next().unwrap_or(500))
    }
}

impl LineageReport<'_> {
    /// The drawing; empty without a dated form.
    pub(crate) fn svg(&self) -> String {
        let forms = &self.lineage.forms;
        let Some(axis) = Axis::of(forms) else {
            return String::new();
        };
        let branches = self.branches();
        let height = HEAD + ROW * branches.len() as f64 + 40.0;
        let title = self.title();
        let mut out = format!(
            "<svg role=\"img\" aria-label=\"{0}\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
             xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <text x=\"16\" y=\"28\" font-size=\"20\" font-weight=\"bold\">{0}</text>\n\
             <text x=\"16\" y=\"50\" font-size=\"13\" fill=\"#444\">{1}</text>\n",
            escaped(&title),
            escaped(&truncate(&printable(&self.scope()), 120)),
        );
        let bottom = height - 36.0;
        draw_axis(axis, bottom, &mut out);
        let most = forms
            .iter()
            .flat_map(|form| &form.years)
            .map(|(_, n)| *n)
            .max();
        // Edges first, so that bars and discs are on top of them.
        for (row, branch) in branches.iter().enumerate() {
            let parent = branch.form.parent.as_ref();
            let parent =
                parent.and_then(|edge| branches.iter().position(|other| other.ord == edge.form));
            if let Some(parent) = parent {
                draw_edge(axis, (&branches[parent], parent), (branch, row), &mut out);
            }
        }
        for (row, branch) in branches.iter().enumerate() {
            draw_form(axis, (branch.form, row), most.unwrap_or(1), &mut out);
        }
        let _ = writeln!(
            out,
            "<text x=\"16\" y=\"{:.1}\" font-size=\"12\" fill=\"#444\">{}</text>",
            height - 14.0,
            escaped(self.lang.text("lineage-legend"))
        );
        out.push_str("</svg>\n");
        out
    }
}

/// The middle of a row.
fn y(row: usize) -> f64 {
    HEAD + ROW * (row as f64 + 0.5)
}

fn draw_axis(axis: Axis, bottom: f64, out: &mut String) {
    let top = HEAD - 6.0;
    for year in
        (axis.first..=axis.last).filter(|year| usize::from(*year).is_multiple_of(axis.step()))
    {
        let x = axis.x(year);
        let _ = writeln!(
            out,
            "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\" stroke=\"#ddd\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"12\" text-anchor=\"middle\" fill=\"#444\">{year}</text>",
            top - 6.0
        );
    }
}

/// From the form that another goes back to, at the year in which the other begins.
fn draw_edge(
    axis: Axis,
    (parent, above): (&Branch, usize),
    (branch, row): (&Branch, usize),
    out: &mut String,
) {
    let (Some(first), Some(last)) = (branch.form.first, parent.form.last) else {
        return;
    };
    let x = axis.x(first.year);
    let end = axis.x(last.year.min(first.year));
    // The parent may be out of use by then: a dotted line leads on from its last use.
    let _ = writeln!(
        out,
        "<path d=\"M{end:.1} {0:.1}H{x:.1}V{1:.1}\" fill=\"none\" stroke=\"#666\" stroke-dasharray=\"2 3\"/>\
         <path d=\"M{x:.1} {2:.1}l-4 -7h8z\" fill=\"#666\"/>",
        y(above),
        y(row) - 7.0,
        y(row)
    );
}

/// The name of a form with what changed under it, the bar of its years, and the disc of each.
fn draw_form(axis: Axis, (form, row): (&Form, usize), most: u64, out: &mut String) {
    let y = y(row);
    let name = truncate(&printable(&form.text), CELLS);
    let weight = if form.is_wording { "bold" } else { "normal" };
    // Names end at the years, so that the eye need not cross a gap.
    let right = LEFT - 24.0;
    let changed = form.parent.as_ref().map(|edge| change(&edge.diff));
    let below = format!("{}  ({})", changed.unwrap_or_default(), form.occurrences);
    let below = truncate(&printable(below.trim_start()), CHANGE_CELLS);
    let size = 16.0_f64.min((right - 8.0) / (width(&name) as f64 * CELL) * 16.0);
    let _ = writeln!(
        out,
        "<text x=\"{right}\" y=\"{0:.1}\" font-size=\"{size:.0}\" font-weight=\"{weight}\" text-anchor=\"end\">{1}</text>\
         <text x=\"{right}\" y=\"{2:.1}\" font-size=\"11\" text-anchor=\"end\" fill=\"#444\">{3}</text>",
        y + 1.0,
        escaped(&name),
        y + 15.0,
        escaped(&below)
    );
    let (Some(first), Some(last)) = (form.years.first(), form.years.last()) else {
        return;
    };
    let _ = writeln!(
        out,
        "<line x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#000\" stroke-width=\"{}\"/>",
        axis.x(first.0),
        axis.x(last.0),
        if form.is_wording { 3 } else { 1 }
    );
    let fill = if form.is_wording { "#000" } else { "#fff" };
    for &(year, n) in &form.years {
        // The area, not the radius, is the number: a disc of twice the radius looks four times as large.
        let radius = (RADIUS * (n as f64 / most as f64).sqrt()).max(1.5);
        let _ = writeln!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{fill}\" stroke=\"#000\"><title>{year}: {n}</title></circle>",
            axis.x(year)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_few_labels() {
        for (first, last, step) in [
            (2009, 2009, 1),
            (2001, 2012, 1),
            (2001, 2013, 2),
            (1954, 2025, 10),
            (1000, 2025, 100),
        ] {
            assert_eq!(Axis { first, last }.step(), step, "{first}–{last}");
        }
        let axis = Axis {
            first: 2009,
            last: 2009,
        };
        assert_eq!(axis.x(2009), LEFT);
    }
}
