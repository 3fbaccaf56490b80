//! The part of a table that fits on one sheet of a workbook: its cells, layout and chart.

use std::borrow::Cow;
use std::ops::Range;

use rust_xlsxwriter::{
    Color, ConditionalFormat2ColorScale, ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;
use xunzhang::document::Date;
use xunzhang::text::printable::printable_lines;

use crate::cli::messages::Lang;
use crate::cli::output::table::{Cell, Layout, Table};

/// Number of the sample row: the first one under the header.
pub(super) const SAMPLE: u32 = 1;
/// Lines of a sheet under its header: Excel has 1,048,576 with it (Excel specifications and limits).
pub(super) const MAX_ROWS: usize = 1_048_575;
/// Columns of a sheet.
const MAX_COLUMNS: usize = 16_384;
/// UTF-16 units of a cell.
// Excel takes a workbook with a longer text for damaged.
const MAX_CELL: usize = 32_767;
/// Narrowest and widest column, in digits.
const WIDTHS: (f64, f64) = (6.0, 60.0);
/// Widest column of the excerpts, of which there are many and whose text is wrapped.
const WIDEST_EXCERPT: f64 = 24.0;
/// Width of the text on each side of a hit in a concordance.
const SIDE: f64 = 36.0;
/// Width of the column about the report that holds the rules, and of the excerpts' context.
const WIDE: f64 = 80.0;
/// Height of a line of text, in points.
// Excel's own for Calibri 11, the font that the library writes.
const LINE: f64 = 15.0;
/// Highest line of a sheet, in points (Excel specifications and limits).
const MAX_HEIGHT: f64 = 409.0;
/// Digits that can still be read on the width of one printed page: two thirds of the size of the screen's.
const PAGE: f64 = 220.0;

/// The paper of every office here, in Excel's numbering (ECMA-376-1, 18.3.1.63); the library's own default is that of the
/// printer, and printers come with Letter.
const A4: u8 = 9;

/// The parts of a table that each fit on a sheet; one without rows has the header alone.
pub(super) fn slices<'a, 't>(table: &'a Table<'t>) -> Vec<Slice<'a, 't>> {
    let columns = parts(table.header.len(), MAX_COLUMNS);
    let rows = parts(table.n_rows(), MAX_ROWS);
    let both = columns.iter().flat_map(|columns| {
        let rows = rows.iter();
        rows.map(move |rows| (columns.clone(), rows.clone()))
    });
    let name = &table.name;
    let slices = (1..).zip(both).map(|(part, (columns, rows))| Slice {
        name: match part {
            1 => name.clone(),
            // Excel takes no two sheets of one name.
            part => format!("{name} ({part})"),
        },
        measures: Measures::new(table, &rows),
        table,
        rows,
        columns,
    });
    slices.collect()
}

/// At most `most` each of `n`; a single empty part if `n` is 0.
fn parts(n: usize, most: usize) -> Vec<Range<usize>> {
    let parts = 0..n.div_ceil(most).max(1);
    let part = |ord: usize| ord * most..((ord + 1) * most).min(n);
    parts.map(part).collect()
}

pub(super) struct Formats {
    header: Format,
    /// Of a column of numbers.
    header_right: Format,
    plain: Format,
    /// Of text beside text that is wrapped.
    lines: Format,
    wrapped: Format,
    hit: Format,
    /// Of a concordance: the text before a hit ends at it, and the hit is in the middle.
    before: Format,
    middle: Format,
    count: Format,
    rate: Format,
    share: Format,
    date: Format,
    /// A count among text, and a share.
    fact: Format,
    fact_share: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        // At the top, since beside text of several lines the other cells belong to the first of them.
        let top = || Format::new().set_align(FormatAlign::Top);
        let hit = || {
            let red = Color::RGB(0x00C0_0000);
            Format::new().set_bold().set_font_color(red)
        };
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00DC_E6F1));
        Self {
            header_right: header.clone().set_align(FormatAlign::Right),
            header,
            plain: Format::new(),
            lines: top(),
            wrapped: top().set_text_wrap(),
            hit: hit(),
            before: top().set_text_wrap().set_align(FormatAlign::Right),
            middle: hit()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Center),
            // Formats rather than text: the cells remain numbers that can be summed.
            count: top().set_num_format("#,##0"),
            fact: top().set_num_format("#,##0").set_align(FormatAlign::Left),
            fact_share: top().set_num_format("0.0%").set_align(FormatAlign::Left),
            rate: top().set_num_format("0.00"),
            share: top().set_num_format("0.0%"),
            date: top()
                // The order of ISO 8601, which is read alike in every country.
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Center),
        }
    }
}

impl Formats {
    /// A row of empty cells under the header, one in each format of the sheet's rows, from which [`sheet_rows`] takes the
    /// numbers that the library gives to the formats.
    fn write_sample(&self, sheet: &mut Worksheet, of: Layout) -> Result<(), XlsxError> {
        let all = [
            &self.count,
            &self.rate,
            &self.share,
            &self.date,
            &self.wrapped,
            &self.hit,
            &self.before,
            &self.middle,
        ];
        let n = if of.left().is_some() { all.len() } else { 4 };
        for (column, format) in (0..).zip(&all[..n]) {
            sheet.write_blank(SAMPLE, column, format)?;
        }
        Ok(())
    }
}

/// The part of a table that goes on one sheet.
pub(super) struct Slice<'a, 't> {
    pub(super) table: &'a Table<'t>,
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
    pub(super) name: String,
    measures: Measures,
}

/// What the layout needs to know of all rows of a slice, by column of the table.
struct Measures {
    /// Width of the widest text, in digits.
    widths: Vec<usize>,
    /// Whether any cell is a number.
    has_numbers: Vec<bool>,
}

impl Measures {
    /// Rows whose text counts for the width of a column.
    // Measuring text is slow, and a column that is somewhat narrow loses nothing.
    const LOOKED_AT: usize = 1000;

    fn new(table: &Table, rows: &Range<usize>) -> Self {
        let header = table.header.iter();
        // Three digits more for the arrow of the filter; a long name is broken into lines.
        let mut widths: Vec<usize> = header.map(|name| name.width().min(24) + 3).collect();
        let mut has_numbers = vec![false; widths.len()];
        for (ord, row) in table.rows().skip(rows.start).take(rows.len()).enumerate() {
            for (has, cell) in has_numbers.iter_mut().zip(row.iter()) {
                *has |= cell.is_number();
            }
            if ord < Self::LOOKED_AT {
                let cells = widths.iter_mut().zip(row.iter());
                cells.for_each(|(width, cell)| *width = (*width).max(cell.plain().width()));
            }
        }
        Self {
            widths,
            has_numbers,
        }
    }
}

impl Slice<'_, '_> {
    /// Whether its rows may be too many to be held by the library, which takes some 100 bytes for a cell, and for the whole
    /// sheet as XML: those of the tables that grow with the collection.
    pub(super) fn is_large(&self) -> bool {
        self.table.layout.is_long() && !self.rows.is_empty()
    }

    /// Its rows with their numbers on the sheet, from 1 under the header.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, Cow<'_, [Cell]>)> {
        let rows = self.table.rows();
        (1..).zip(rows.skip(self.rows.start).take(self.rows.len()))
    }

    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        formats: &Formats,
        lang: Lang,
    ) -> Result<(), XlsxError> {
        sheet.set_name(&self.name)?;
        self.write_cells(sheet, formats)?;
        // Filters and formulas take the three columns; this one is for reading.
        if self.table.layout.has_context() {
            let (column, header) = (self.n_columns() - 1, lang.text("column-context"));
            sheet.write_string_with_format(0, column, header, &formats.header)?;
            sheet.set_column_width(column, WIDE)?;
        }
        self.lay_out(sheet)?;
        match self.table.layout {
            Layout::Pairs => self.colour(sheet),
            _ => Ok(()),
        }
    }

    fn write_cells(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        self.write_header(sheet, formats)?;
        if self.is_large() {
            // All other rows would be held in memory twice; they are written in the place of this one.
            return formats.write_sample(sheet, self.table.layout);
        }
        let widths = self.widths();
        for (row, cells) in self.rows() {
            match self.table.layout {
                Layout::Facts => {
                    self.write_row(sheet, (row, &cells), (formats, &formats.wrapped))?;
                    // Over what the row has: numbers among text are at its left side.
                    self.write_fact(sheet, row, &cells, formats)?;
                    sheet.set_row_height(row, self.height(&cells, &widths))?;
                }
                Layout::Lines { .. } => self.write_line(sheet, row, &cells, formats)?,
                _ => self.write_row(sheet, (row, &cells), (formats, &formats.plain))?,
            }
        }
        Ok(())
    }

    /// Names of columns, over numbers on the right as these are.
    fn write_header(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        for (column, ord) in (0..).zip(self.columns.clone()) {
            let is_number = self.measures.has_numbers[ord];
            let format = match is_number && self.table.layout != Layout::Facts {
                true => &formats.header_right,
                false => &formats.header,
            };
            sheet.write_string_with_format(0, column, cut(&self.table.header[ord]), format)?;
            sheet.set_column_width(column, self.width(ord))?;
        }
        Ok(())
    }

    fn write_row(
        &self,
        sheet: &mut Worksheet,
        (row, cells): (u32, &[Cell]),
        formats: (&Formats, &Format),
    ) -> Result<(), XlsxError> {
        for (column, ord) in (0..).zip(self.columns.clone()) {
            write_cell(sheet, (row, column), &cells[ord], formats)?;
        }
        Ok(())
    }

    /// A row of texts, as high as the widest of them needs it; only that is broken into lines.
    fn write_line(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        cells: &[Cell],
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        let widths = self.widths();
        for (column, ord) in (0..).zip(self.columns.clone()) {
            let is_wide = cells[ord].plain().width() as f64 > widths[usize::from(column)];
            let text = match is_wide {
                true => &formats.wrapped,
                false => &formats.lines,
            };
            write_cell(sheet, (row, column), &cells[ord], (formats, text))?;
        }
        let height = self.height(&cells[self.columns.clone()], &widths);
        // Rows of the usual height are left to the program, which knows its fonts.
        if height > LINE {
            sheet.set_row_height(row, height)?;
        }
        Ok(())
    }

    /// Numbers and dates about the report under the text beside them.
    fn write_fact(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        cells: &[Cell],
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        match cells.get(1) {
            Some(Cell::Count(value)) => {
                sheet.write_number_with_format(row, 1, *value as f64, &formats.fact)?;
            }
            Some(Cell::Share(value)) => {
                sheet.write_number_with_format(row, 1, *value, &formats.fact_share)?;
            }
            Some(Cell::Date(date)) => {
                // As text, since among texts a date at the right side would look out of place.
                sheet.write_string_with_format(row, 1, date.to_string(), &formats.wrapped)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// High enough for wrapped text, since not every program adjusts the height by itself.
    pub(super) fn height(&self, cells: &[Cell], widths: &[f64]) -> f64 {
        /// Punctuation that may not begin a line leaves lines shorter than the column.
        const FILLED: f64 = 0.93;
        let lines = |text: usize, width: f64| (text as f64 / (width * FILLED)).ceil();
        let cell = |(cell, width): (&Cell, &f64)| lines(cell.plain().width(), *width);
        // What is not printed may be cut: it is there to sort and filter by.
        let seen = cells.iter().zip(widths).take(self.n_printed().into());
        let mut most = seen.map(cell).fold(1.0, f64::max);
        if let Some(left) = self
            .table
            .layout
            .left()
            .filter(|_| self.table.layout.has_context())
        {
            let context = cells[left..left + 3].iter();
            most = most.max(lines(context.map(|cell| cell.plain().width()).sum(), WIDE));
        }
        (most * LINE).min(MAX_HEIGHT)
    }

    /// Panes, filters, and how it is printed: as small as can be read.
    pub(super) fn lay_out(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let n_rows = self.rows.len() as u32;
        let frozen = self.table.layout.n_frozen();
        sheet.set_freeze_panes(1, frozen)?;
        let printed = self.n_printed();
        let n_pages = self.n_pages(printed);
        sheet
            .set_landscape()
            // 0 pages down: as many as the rows need.
            .set_print_fit_to_pages(n_pages, 0)
            // The names of the columns are on every printed page.
            .set_repeat_rows(0, 0)?
            .set_paper_size(A4)
            .set_footer("&C&P / &N")
            .set_print_area(0, 0, n_rows, printed - 1)?;
        // What a row is about is on every page that has the rest of it.
        if n_pages > 1 && frozen > 0 {
            sheet.set_repeat_columns(0, frozen - 1)?;
        }
        // Facts are read and not filtered, and the arrow would cover their names.
        if n_rows > 0 && self.table.layout != Layout::Facts {
            sheet.autofilter(0, 0, n_rows, self.n_columns() - 1)?;
        }
        Ok(())
    }

    fn n_printed(&self) -> u16 {
        match self.table.layout {
            Layout::Kwic { printed } => printed.min(self.n_columns()),
            _ => self.n_columns(),
        }
    }

    /// Pages side by side that so many columns take.
    fn n_pages(&self, printed: u16) -> u16 {
        let widths: f64 = self.widths().iter().take(printed.into()).sum();
        (widths / PAGE).ceil().max(1.0) as u16
    }

    /// Columns of the sheet; excerpts have one more than the table, which shows them in their context.
    pub(super) fn n_columns(&self) -> u16 {
        let more = usize::from(self.table.layout.has_context());
        (self.columns.len() + more).max(1) as u16
    }

    /// The more often two entries meet, the redder.
    pub(super) fn colour(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let n_rows = self.rows.len() as u32;
        if n_rows == 0 {
            return Ok(());
        }
        let scale = ConditionalFormat2ColorScale::new()
            .set_minimum_color("FFFFFF")
            .set_maximum_color("F8696B");
        let last = (self.n_columns() - 1).max(1);
        sheet
            .add_conditional_format(1, 1, n_rows, last, &scale)
            .map(|_| ())
    }

    /// Widths of its columns.
    pub(super) fn widths(&self) -> Vec<f64> {
        self.columns.clone().map(|ord| self.width(ord)).collect()
    }

    /// Wide enough for the header's and the first thousand lines' text, a Han character being two digits.
    fn width(&self, ord: usize) -> f64 {
        let widest = match self.table.layout {
            // Both sides of a hit have the same width, whatever is in them, so that the hits are in the middle.
            Layout::Kwic { .. } if ord == 0 || ord == 2 => return SIDE,
            Layout::Hits { .. } | Layout::Kwic { .. } => WIDEST_EXCERPT,
            Layout::Facts => WIDE,
            _ => WIDTHS.1,
        };
        // Excel leaves some pixels free on both sides of a cell.
        (self.measures.widths[ord] as f64 + 2.0).clamp(WIDTHS.0, widest)
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (formats, text): (&Formats, &Format),
) -> Result<(), XlsxError> {
    match cell {
        // An empty cell takes as much of the file as a full one, and a table of documents is empty for the larger part.
        Cell::Empty | Cell::Gap => return Ok(()),
        Cell::Text(value) => sheet.write_string_with_format(row, column, cut(value), text)?,
        Cell::Count(value) => {
            // Numbers of a workbook are doubles, which hold counts up to 2^53 exactly.
            sheet.write_number_with_format(row, column, *value as f64, &formats.count)?
        }
        Cell::Rate(value) => sheet.write_number_with_format(row, column, *value, &formats.rate)?,
        Cell::Share(value) => {
            sheet.write_number_with_format(row, column, *value, &formats.share)?
        }
        Cell::Date(date) => match excel_date(*date) {
            Some(date) => sheet.write_datetime_with_format(row, column, &date, &formats.date)?,
            None => sheet.write_string_with_format(row, column, date.to_string(), &formats.date)?,
        },
    };
    Ok(())
}

/// Excel counts days from 1900; older dates, and those without month or day, are text.
pub(super) fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (month, day) = (date.month?, date.day?);
    let date = (date.year >= 1900).then(|| ExcelDateTime::from_ymd(date.year, month, day))?;
    date.ok()
}

/// The text without what steers, or as much of it as a cell holds together with an `…`.
pub(super) fn cut(text: &str) -> String {
    let text = printable_lines(text);
    // A UTF-16 unit takes at least one byte.
    if text.len() <= MAX_CELL || text.encode_utf16().count() <= MAX_CELL {
        return text;
    }
    // The ellipsis is one unit.
    let mut used = 1;
    let kept = text.chars().take_while(|ch| {
        used += ch.len_utf16();
        used <= MAX_CELL
    });
    let mut out: String = kept.collect();
    out.push('…');
    out
}
