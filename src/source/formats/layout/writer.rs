//! Writes lines in order: paragraphs, rows of tables, and lines that wait until a paragraph that runs over a
//! page ends.

use super::contents;
use super::joining::append;
use super::open_paragraph::{OpenParagraph, Usual};
use super::page::Aside;
use super::page_row::{Kind, PageRow};
use super::rows;
use super::sheet::{Lines, Region};
use super::table::Table;
use crate::document::{self, Line, Reason, Style};
use crate::source::clean::starts_label;

/// Collects the lines of a document while its rows are read.
pub(super) struct Writer {
    usual: Usual,
    lines: Vec<Line>,
    n_rows: u32,
    n_hyphens: u64,
    open: Option<OpenParagraph>,
    /// Lines that wait for the paragraph to end: notes, page headers and footers.
    waiting: Vec<Line>,
    /// The table written last, if no text followed it.
    table: Option<Table>,
    n_tables: u32,
    /// The line of its last row.
    last_row: Option<usize>,
    /// Whether the page has a heading of a contents page: each label begins an entry there.
    is_contents: bool,
    /// The number of the last row written of each page.
    page_ends: Vec<u32>,
}

impl Writer {
    pub(super) fn new(usual: Usual) -> Self {
        Self {
            usual,
            lines: Vec::new(),
            n_rows: 0,
            n_hyphens: 0,
            open: None,
            waiting: Vec::new(),
            table: None,
            n_tables: 0,
            last_row: None,
            is_contents: false,
            page_ends: Vec::new(),
        }
    }

    pub(super) fn region(&mut self, region: &Region) {
        // A region ends at the foot of a page or column, where a paragraph may go on without reaching the
        // margin.
        if let Some(open) = &mut self.open {
            open.is_at_end = true;
        }
        for row in &region.rows {
            match &row.kind {
                Kind::Table(table) => self.table(table),
                Kind::Alone | Kind::Aside => self.alone(row),
                Kind::Text => self.row(row, region),
            }
        }
    }

    fn row(&mut self, row: &PageRow, region: &Region) {
        self.table = None;
        self.n_rows = self.n_rows.saturating_add(1);
        let usual = self.usual;
        let is_entry = self.is_contents && starts_label(&row.text);
        self.is_contents |= contents::is_heading(&row.text);
        match &mut self.open {
            Some(open) if !is_entry && open.continues(row, region, usual) => {
                self.n_hyphens += append(&mut open.text, &row.text);
                open.n_rows += 1;
                open.last = row.clone();
                // The next column may have other margins.
                (open.left, open.right) = (region.left, region.right);
                open.is_at_end = false;
            }
            _ => {
                self.close();
                self.open = Some(OpenParagraph::begin(self.n_rows, row, region));
            }
        }
    }

    fn alone(&mut self, row: &PageRow) {
        self.table = None;
        self.close();
        let line = self.line(row.text.clone(), Style::Plain);
        self.lines.push(line);
    }

    fn table(&mut self, table: &Table) {
        self.close();
        // A table goes on over the page if its columns do and no text came between.
        let before = self
            .table
            .take()
            .filter(|before| before.continues_in(table));
        if before.is_none() {
            self.n_tables = self.n_tables.saturating_add(1);
            self.last_row = None;
        }
        self.n_hyphens += table.n_hyphens;
        // Headings repeated on the next page stay header rows; they are not data.
        let n_repeated = before.as_ref().map(|before| before.n_repeated_in(table));
        let n_header = n_repeated.unwrap_or(table.n_header);
        let first = table.rows.get(n_header).filter(|_| self.last_row.is_some());
        let pair = before.as_ref().zip(first);
        let is_cut = pair.is_some_and(|(before, first)| before.is_cut_before(first));
        self.rows_of_table(table, n_header, is_cut);
        // The headings of the first part are compared with those on later pages.
        let headings = before.unwrap_or_else(|| table.headings(n_header));
        self.table = Some(Table {
            ends_full: table.ends_full.clone(),
            ..headings
        });
    }

    /// Writes the rows of a table; the first one below the header completes the last row of the page before if
    /// that was cut.
    fn rows_of_table(&mut self, table: &Table, n_header: usize, is_cut: bool) {
        for (ord, cells) in table.rows.iter().enumerate() {
            if is_cut && ord == n_header {
                self.add_to_last_row(cells);
                continue;
            }
            let style = Style::Row(document::Row {
                table: self.n_tables,
                is_header: ord < n_header,
            });
            if ord >= n_header {
                self.last_row = Some(self.lines.len());
            }
            let line = self.line(cells.join("\t"), style);
            self.lines.push(line);
        }
    }

    /// Appends the rest of a table's last row, which was split by the end of the page.
    fn add_to_last_row(&mut self, rest: &[String]) {
        let Some(line) = self.last_row.and_then(|at| self.lines.get_mut(at)) else {
            return;
        };
        let mut cells: Vec<String> = line.text.split('\t').map(str::to_owned).collect();
        for (cell, rest) in cells.iter_mut().zip(rest) {
            self.n_hyphens += append(cell, rest);
        }
        line.text = cells.join("\t");
    }

    /// Adds the header or footer of a page.
    pub(super) fn aside(&mut self, parts: &[PageRow]) {
        let reasons = [None, Some(Reason::PageNumber), Some(Reason::RunningHead)];
        // Rows of different reasons at one height, such as a title and a page number, stay separate lines.
        let mut rows: Vec<PageRow> = Vec::new();
        for reason in reasons {
            let same = parts.iter().filter(|part| part.reason == reason).cloned();
            let same = same.map(|part| PageRow {
                kind: Kind::Text,
                ..part
            });
            rows.extend(rows::merge(same.collect()));
        }
        rows.sort_by(|one, other| one.y.total_cmp(&other.y));
        for row in rows {
            let style = row.reason.map_or(Style::Plain, Style::Boilerplate);
            // Tabs separate the cells of tables, which these are not.
            let line = self.line(row.text.replace('\t', " "), style);
            self.waiting.push(line);
        }
    }

    /// Adds the notes in small type at the foot of a page.
    pub(super) fn notes(&mut self, rows: Vec<PageRow>) {
        let Some(first) = rows.first() else { return };
        let region = Region {
            left: first.x0,
            right: rows.iter().map(|row| row.x1).fold(first.x1, f32::max),
            rows,
        };
        let mut writer = Self::new(self.usual);
        writer.n_rows = self.n_rows;
        writer.region(&region);
        self.n_rows = writer.n_rows;
        let notes = writer.finish();
        self.n_hyphens += notes.n_hyphens;
        self.waiting.extend(notes.lines);
    }

    /// Adds the content of a page outside its text.
    pub(super) fn page_end(&mut self, aside: Aside) {
        self.is_contents = false;
        let hidden = aside.hidden.into_iter();
        let hidden = hidden.map(|text| (text, Style::Boilerplate(Reason::Hidden)));
        let repeated = aside.repeated.into_iter();
        let repeated = repeated.map(|text| (text, Style::Boilerplate(Reason::RunningHead)));
        let notes = aside.notes.into_iter().map(|text| (text, Style::Plain));
        for (text, style) in repeated.chain(notes).chain(hidden) {
            // Tabs separate the cells of tables, which these are not.
            let line = self.line(text.replace('\t', " "), style);
            self.waiting.push(line);
        }
        self.page_ends.push(self.n_rows);
    }

    fn line(&mut self, text: String, style: Style) -> Line {
        self.n_rows = self.n_rows.saturating_add(1);
        Line {
            number: self.n_rows,
            text,
            style,
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.lines.push(Line {
                number: open.number,
                text: open.text,
                style: Style::Plain,
            });
        }
        self.lines.append(&mut self.waiting);
    }

    pub(super) fn finish(mut self) -> Lines {
        self.close();
        Lines {
            lines: self.lines,
            n_hyphens: self.n_hyphens,
            page_ends: self.page_ends,
        }
    }
}
