//! The sheet of charts, which comes right after the summary: below hundreds of lines they would be overlooked.

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartMarker, ChartMarkerType, ChartType, Worksheet, XlsxError,
};

use super::sheet_part::Slice;
use crate::cli::messages::Lang;
use crate::cli::output::chart::MAX_LINES;
use crate::cli::output::table::{Cell, Layout};

/// Size of a chart in pixels, and the lines of a sheet that one takes, 20 pixels each.
const SIZE: (u32, u32) = (960, 440);
const LINES: u32 = 24;

/// The charts of the tables by year, each under its name; none if there are fewer than two years.
pub(super) fn charts(slices: &[Slice], lang: Lang) -> Vec<Chart> {
    let by_year = slices.iter().filter(|it| it.table.layout == Layout::Years);
    by_year.filter_map(|slice| chart(slice, lang)).collect()
}

/// Puts the charts one under the other on a sheet that prints on one page across.
pub(super) fn write(sheet: &mut Worksheet, charts: &[Chart], lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(lang.text("sheet-charts"))?;
    for (ord, chart) in (0..).zip(charts) {
        sheet.insert_chart(ord * LINES, 0, chart)?;
    }
    sheet
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        // A chart is 15 columns of Excel's default width of 64 pixels wide.
        .set_print_area(0, 0, charts.len() as u32 * LINES, 15)
        .map(|_| ())
}

/// The most frequent entries over the years; those without date are the last column and left out.
fn chart(slice: &Slice, lang: Lang) -> Option<Chart> {
    /// Group, entry, total; then two lines that say how much text there is.
    const LEAD: (usize, usize) = (3, 2);
    let years = slice.table.header.get(LEAD.0..)?.iter();
    let n = years.take_while(|year| year.parse::<u16>().is_ok()).count();
    // A slice other than the first begins in the middle of the entries or of the years.
    if n < 2 || slice.rows.len() <= LEAD.1 || slice.rows.start > 0 || slice.columns.start > 0 {
        return None;
    }
    let total = |row: &[Cell]| match row.get(2) {
        Some(Cell::Count(count)) => *count as f64,
        Some(Cell::Rate(rate)) => *rate,
        _ => 0.0,
    };
    let totals: Vec<f64> = slice.rows().map(|(_, row)| total(&row)).collect();
    let mut shown: Vec<usize> = (LEAD.1..totals.len())
        .filter(|&row| totals[row] > 0.0)
        .collect();
    // A chart without a line is refused by the library, and would show nothing.
    if shown.is_empty() {
        return None;
    }
    shown.sort_by(|&a, &b| totals[b].total_cmp(&totals[a]).then(a.cmp(&b)));
    let (first, last) = (LEAD.0 as u16, (LEAD.0 + n - 1) as u16);
    let name = slice.name.as_str();
    let mut chart = Chart::new(ChartType::Line);
    for row in shown.into_iter().take(MAX_LINES) {
        let row = row as u32 + 1;
        chart
            .add_series()
            // A reference to the cell: an entry that is renamed in the sheet is renamed in the chart.
            .set_name((name, row, 1))
            .set_categories((name, 0, first, 0, last))
            .set_values((name, row, first, row, last))
            // A year between two gaps is a point without a line.
            .set_marker(
                ChartMarker::new()
                    .set_type(ChartMarkerType::Circle)
                    .set_size(5),
            );
    }
    let is_rate = slice.table.key == "rates-by-year";
    let title = if is_rate {
        "report-chart-rates"
    } else {
        "report-chart-counts"
    };
    chart.title().set_name(lang.text(title));
    // A year without documents is an empty cell, and no zero.
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    chart
        .legend()
        .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    chart.set_width(SIZE.0).set_height(SIZE.1);
    Some(chart)
}
