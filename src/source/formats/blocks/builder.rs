//! Builds lines from paragraphs and tables.

use crate::document::{Line, Row, Style};
use crate::source::formats::columns;

/// Builds lines from paragraphs and tables.
#[derive(Default)]
pub(in crate::source::formats) struct Blocks {
    lines: Vec<Line>,
    /// The open tables, outermost first.
    tables: Vec<Table>,
    /// Number of tables so far.
    n_tables: u32,
}

/// The size of a cell in columns and rows of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source::formats) struct Span {
    /// Columns.
    pub(in crate::source::formats) columns: usize,
    /// Rows.
    pub(in crate::source::formats) rows: usize,
}

impl Span {
    /// A cell that is not merged.
    pub(in crate::source::formats) const ONE: Self = Self {
        columns: 1,
        rows: 1,
    };
}

/// Maximum number of columns of a table that are kept apart, and of rows that a cell may span: a span is a
/// number in the file, and creates that many places.
const MAX_SPAN: usize = 1000;
/// Maximum number of empty places that the merged cells of a table may create in total; further cells take
/// one place each.
const MAX_PLACES: usize = 1_000_000;

type Paragraph = (String, Style);

#[derive(Default)]
struct Table {
    id: u32,
    parts: Vec<Part>,
    /// Whether the last part is a row that is still open.
    in_row: bool,
    /// For each column, the number of rows below the open one that a cell above still spans.
    covered: Vec<usize>,
    /// Empty places that merged cells have created so far.
    n_places: usize,
}

enum Part {
    Row(TableRow),
    /// Text between rows, such as a caption.
    Paragraph(Paragraph),
}

#[derive(Default)]
struct TableRow {
    cells: Vec<Cell>,
    is_header: bool,
}

#[derive(Default)]
struct Cell {
    paragraphs: Vec<Paragraph>,
    /// Its right edge on the page, in a table whose cells are positioned by edges.
    right: Option<i32>,
}

/// Minimum number of characters of a cell with several paragraphs that makes its row text rather than data:
/// in a row of a label and a text, and in a row of more cells, which belong together.
const LONG_CELL: [usize; 2] = [60, 300];

impl Blocks {
    /// Adds a paragraph, to the open cell if there is one; `\n` is a line break in it.
    pub(in crate::source::formats) fn paragraph(&mut self, text: &str, style: Style) {
        match self.tables.last_mut() {
            None => self.emit(text, style),
            Some(table) => table.add((text.to_owned(), style)),
        }
    }

    /// Adds lines built separately, such as those of a note; their tables are renumbered to follow the
    /// present ones.
    pub(in crate::source::formats) fn append(&mut self, lines: Vec<Line>) {
        let n_before = self.n_tables;
        for line in lines {
            let style = match line.style {
                Style::Row(row) => {
                    let table = n_before.saturating_add(row.table);
                    self.n_tables = self.n_tables.max(table);
                    Style::Row(Row { table, ..row })
                }
                style => style,
            };
            self.paragraph(&line.text, style);
        }
    }

    /// Whether a table is open.
    pub(in crate::source::formats) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Begins a table, which may be inside a cell of another.
    pub(in crate::source::formats) fn open_table(&mut self) {
        self.n_tables = self.n_tables.saturating_add(1);
        self.tables.push(Table {
            id: self.n_tables,
            ..Table::default()
        });
    }

    /// Begins a row of the open table; of a new one if none is open, or if one of its cells is open.
    pub(in crate::source::formats) fn open_row(&mut self) {
        if self.tables.last().is_none_or(|table| table.in_row) {
            self.open_table();
        }
        if let Some(table) = self.tables.last_mut() {
            table.open_row();
        }
    }

    /// Marks the open row as a header row.
    pub(in crate::source::formats) fn mark_header(&mut self) {
        if let Some(row) = self.tables.last_mut().and_then(Table::open) {
            row.is_header = true;
        }
    }

    /// Begins the next cell of the open row.
    pub(in crate::source::formats) fn open_cell(&mut self, span: Span) {
        if let Some(table) = self.tables.last_mut() {
            table.open_cell(span);
        }
    }

    /// Sets the right edges of the cells of the open row, in order; the table's other rows determine how many
    /// columns each cell spans.
    pub(in crate::source::formats) fn set_edges(&mut self, edges: &[i32]) {
        if let Some(row) = self.tables.last_mut().and_then(Table::open) {
            // A different number of edges than cells cannot be assigned.
            if row.cells.len() == edges.len() {
                for (cell, edge) in row.cells.iter_mut().zip(edges) {
                    cell.right = Some(*edge);
                }
            }
        }
    }

    /// Ends the open row.
    pub(in crate::source::formats) fn close_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.close_row();
        }
    }

    /// Ends the open table.
    pub(in crate::source::formats) fn close_table(&mut self) {
        let Some(mut table) = self.tables.pop() else {
            return;
        };
        table.close_row();
        for (text, style) in table.into_paragraphs() {
            self.paragraph(&text, style);
        }
    }

    /// The lines; open tables are closed.
    pub(in crate::source::formats) fn into_lines(mut self) -> Vec<Line> {
        while self.in_table() {
            self.close_table();
        }
        number_tables(&mut self.lines);
        self.lines
    }

    fn emit(&mut self, text: &str, style: Style) {
        match style {
            Style::Plain | Style::Boilerplate(_) => {
                for piece in text.split('\n') {
                    self.push(piece.to_owned(), style);
                }
            }
            Style::Row(_) => self.push(text.to_owned(), style),
            // A heading is one line, however the author broke it.
            Style::Title | Style::Heading(_) => self.push(unbroken(text), style),
        }
    }

    fn push(&mut self, text: String, style: Style) {
        let number = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
        self.lines.push(Line {
            number,
            text,
            style,
        });
    }
}

/// Numbers the tables in the order of their first rows, skipping those without rows.
fn number_tables(lines: &mut [Line]) {
    let mut numbers = std::collections::HashMap::new();
    for line in lines {
        if let Style::Row(row) = &mut line.style {
            let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
            row.table = *numbers.entry(row.table).or_insert(next);
        }
    }
}

impl Table {
    fn open(&mut self) -> Option<&mut TableRow> {
        match self.parts.last_mut() {
            Some(Part::Row(row)) if self.in_row => Some(row),
            _ => None,
        }
    }

    fn add(&mut self, paragraph: Paragraph) {
        match self.open() {
            None => self.parts.push(Part::Paragraph(paragraph)),
            Some(row) => {
                // Text outside of any cell of its row; it gets a cell.
                if row.cells.is_empty() {
                    row.cells.push(Cell::default());
                }
                if let Some(cell) = row.cells.last_mut() {
                    cell.paragraphs.push(paragraph);
                }
            }
        }
    }

    fn open_row(&mut self) {
        self.parts.push(Part::Row(TableRow::default()));
        self.in_row = true;
    }

    fn open_cell(&mut self, span: Span) {
        self.fill_covered();
        let covered = std::mem::take(&mut self.covered);
        let mut covered = covered;
        if let Some(row) = self.open() {
            let first = row.cells.len();
            // The open cell stays the last of the row while it is filled, so that the places after it are
            // added with the next one.
            row.cells.push(Cell::default());
            // Spans are numbers in the file; a table has at most `MAX_SPAN` columns.
            let n_columns = span.columns.clamp(1, MAX_SPAN.saturating_sub(first).max(1));
            let n_below = span.rows.clamp(1, MAX_SPAN) - 1;
            let last = first + n_columns;
            if covered.len() < last {
                covered.resize(last, 0);
            }
            // Places to the right are taken in this row too: one more than below.
            for (ord, place) in covered[first..last].iter_mut().enumerate() {
                *place = n_below + usize::from(ord > 0);
            }
        }
        self.covered = covered;
    }

    /// Fills the places that cells above or to the left span with empty cells.
    fn fill_covered(&mut self) {
        let mut covered = std::mem::take(&mut self.covered);
        let mut n_places = self.n_places;
        if let Some(row) = self.open() {
            while covered
                .get(row.cells.len())
                .is_some_and(|&n_rows| n_rows > 0)
            {
                covered[row.cells.len()] -= 1;
                row.cells.push(Cell::default());
                n_places += 1;
            }
        }
        self.n_places = n_places;
        // Beyond the limit merged cells are given up; text is never lost by it, only its column.
        if n_places > MAX_PLACES {
            covered.clear();
        }
        self.covered = covered;
    }

    fn close_row(&mut self) {
        if !self.in_row {
            return;
        }
        self.fill_covered();
        // Places to the right of the row's last cell that cells above span.
        let n_cells = self.open().map_or(0, |row| row.cells.len());
        for place in self.covered.iter_mut().skip(n_cells) {
            *place = place.saturating_sub(1);
        }
        self.in_row = false;
    }

    /// The paragraphs of the table in output form, rows and others.
    fn into_paragraphs(mut self) -> Vec<Paragraph> {
        self.align_edges();
        // One row of data makes the table a data table; otherwise it is layout, and its cells are paragraphs.
        let is_data = self.rows().any(|row| row.n_filled() > 1 && !row.is_text());
        let headers = self.headers(is_data);
        let table = self.id;
        let mut out = Vec::new();
        let mut ords = 0..;
        for part in self.parts {
            match part {
                Part::Paragraph(paragraph) => out.push(paragraph),
                Part::Row(row) => {
                    let is_header = ords.next().is_some_and(|ord| headers.contains(&ord));
                    if is_data && !row.is_text() {
                        row.write(Row { table, is_header }, &mut out);
                    } else {
                        let cells = row.cells.into_iter();
                        out.extend(cells.flat_map(|cell| cell.paragraphs));
                    }
                }
            }
        }
        out
    }

    fn rows(&self) -> impl Iterator<Item = &TableRow> {
        self.parts.iter().filter_map(|part| match part {
            Part::Row(row) => Some(row),
            Part::Paragraph(_) => None,
        })
    }

    /// The header rows: those that the format marks, else those that the cells below show to be headers.
    fn headers(&self, is_data: bool) -> Vec<usize> {
        let marked: Vec<usize> = self
            .rows()
            .enumerate()
            .filter(|(_, row)| row.is_header)
            .map(|(ord, _)| ord)
            .collect();
        if !marked.is_empty() || !is_data {
            return marked;
        }
        let rows: Vec<Vec<String>> = self
            .rows()
            .take(columns::DEPTH)
            .map(|row| match row.is_text() {
                // A row of text has no cells that could be column headings.
                true => Vec::new(),
                false => row.cells.iter().map(cell_text).collect(),
            })
            .collect();
        columns::headings(&rows).collect()
    }

    /// Assigns each cell as many places as its edges span, where they are known.
    fn align_edges(&mut self) {
        let mut edges: Vec<i32> = self
            .rows()
            .flat_map(|row| row.cells.iter().filter_map(|cell| cell.right))
            .collect();
        edges.sort_unstable();
        edges.dedup_by(|next, edge| *next - *edge <= SAME_EDGE);
        if edges.is_empty() || edges.len() > MAX_SPAN {
            return;
        }
        let column = |right: i32| edges.partition_point(|edge| *edge + SAME_EDGE < right);
        for part in &mut self.parts {
            let Part::Row(row) = part else { continue };
            let mut cells: Vec<Cell> = Vec::new();
            for cell in std::mem::take(&mut row.cells) {
                // The text is in the first place, the places up to the edge follow.
                let last = cell.right.map_or(cells.len(), column);
                cells.push(cell);
                while cells.len() <= last {
                    cells.push(Cell::default());
                }
            }
            row.cells = cells;
        }
    }
}

/// Edges this close are equal, in twentieths of a point: Word moves them slightly.
const SAME_EDGE: i32 = 30;

impl TableRow {
    fn n_filled(&self) -> usize {
        self.cells.iter().filter(|cell| n_filled(cell) > 0).count()
    }

    /// Whether it contains paragraphs of text, or another table.
    fn is_text(&self) -> bool {
        let n_cells = self.n_filled();
        let limit = LONG_CELL[usize::from(n_cells > 2)];
        self.cells.iter().any(|cell| {
            let n_chars: usize = shown(cell).map(|(text, _)| text.chars().count()).sum();
            let has_rows = shown(cell).any(|(_, style)| matches!(style, Style::Row(_)));
            // A table inside the only cell of a row is layout; beside other cells it is part of their data.
            n_filled(cell) > 1 && n_chars >= limit || has_rows && n_cells == 1
        })
    }

    /// Writes the row as one line, followed by its boilerplate.
    fn write(self, place: Row, out: &mut Vec<Paragraph>) {
        let texts: Vec<String> = self.cells.iter().map(cell_text).collect();
        let text = texts.join("\t");
        if !text.trim().is_empty() {
            out.push((text.trim_end().to_owned(), Style::Row(place)));
        }
        let paragraphs = self.cells.into_iter().flat_map(|cell| cell.paragraphs);
        out.extend(paragraphs.filter(|(_, style)| matches!(style, Style::Boilerplate(_))));
    }
}

/// The paragraphs of a cell that are part of the report.
fn shown(cell: &Cell) -> impl Iterator<Item = &Paragraph> {
    let is_shown = |(_, style): &&Paragraph| !matches!(style, Style::Boilerplate(_));
    cell.paragraphs.iter().filter(is_shown)
}

fn n_filled(cell: &Cell) -> usize {
    shown(cell)
        .filter(|(text, _)| !text.trim().is_empty())
        .count()
}

fn cell_text(cell: &Cell) -> String {
    let texts = shown(cell).map(|(text, _)| text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    one_line(&texts.join(" "))
}

/// A text in the form of a table cell: without tabs and line ends.
pub(in crate::source) fn one_line(text: &str) -> String {
    if text.contains(is_break) {
        let pieces = text.split(is_break).map(str::trim);
        let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
        pieces.join(" ")
    } else {
        text.to_owned()
    }
}

fn is_break(ch: char) -> bool {
    matches!(
        ch,
        '\t' | '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A heading without its line breaks; a blank is kept only between Latin words.
fn unbroken(text: &str) -> String {
    let mut out = String::new();
    for piece in text.split('\n') {
        let is_latin = |ch: char| ch.is_ascii_alphanumeric();
        if out.ends_with(is_latin) && piece.starts_with(is_latin) {
            out.push(' ');
        }
        out.push_str(piece.trim());
    }
    out
}

#[cfg(test)]
mod tests;
