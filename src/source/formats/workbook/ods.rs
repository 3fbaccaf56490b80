//! OpenDocument spreadsheets (`.ods`): the cells with their displayed text, which the file stores beside
//! their values.

use super::book::WHAT;
use super::sheet::Sheet;
use crate::source::package::Package;
use crate::source::xml::{self, Node, Tag, Walk};
use crate::source::{Damage, LINE_COST, Skip, sniff};

/// A sheet of the file.
pub(super) struct OpenSheet {
    pub(super) name: String,
    pub(super) sheet: Sheet,
    /// Comments and text boxes.
    pub(super) beside: Vec<String>,
}

/// The sheets of the spreadsheet in `bytes`, which unpack to `limit` bytes at most; `None` if it is not one.
///
/// A repeated row or cell is written as often, as long as the total is at most `max_text` bytes.
///
/// # Errors
/// [`Skip::Encrypted`], [`Skip::Damaged`] if there is no content, [`Skip::TooMuchText`], and those of [`Package::part`].
pub(super) fn sheets(
    bytes: &[u8],
    limit: u64,
    max_text: usize,
) -> Result<Option<Vec<OpenSheet>>, Skip> {
    if !sniff::is_zip(bytes) {
        return Ok(None);
    }
    let mut package = Package::open(bytes, limit);
    // A workbook of Excel, which calamine reads.
    if package.names().any(|name| name.starts_with("xl/")) {
        return Ok(None);
    }
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    // The parts of an encrypted document are not XML.
    if xml::text(&manifest).contains(":encryption-data") {
        return Err(Skip::Encrypted);
    }
    let Some(content) = package.part("content.xml")? else {
        return Ok(None);
    };
    let content = xml::text(&content);
    let mut walk = Walk::new(&content);
    let mut reader = OdsReader::new(max_text);
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) => reader.start(&tag, &mut walk)?,
            Node::End(name) => reader.end(&name)?,
            Node::Text(text) => reader.text(&text),
        }
    }
    let is_damaged = walk.is_damaged() || package.is_damaged();
    reader.end_of_table()?;
    report_damage(reader.sheets, is_damaged).map(Some)
}

/// Damage is a warning at the last sheet that was read; without any sheet, it is the reason to skip the file.
fn report_damage(mut sheets: Vec<OpenSheet>, is_damaged: bool) -> Result<Vec<OpenSheet>, Skip> {
    match sheets.last_mut().filter(|_| is_damaged) {
        Some(last) => last.sheet.is_broken = true,
        None if is_damaged => {
            return Err(Skip::Damaged {
                what: WHAT,
                reason: Damage::TextUnreadable,
            });
        }
        None => {}
    }
    Ok(sheets)
}

/// Deleted content, prompts of programs, and the lists offered by cells.
const UNREAD: [&str; 8] = [
    "tracked-changes",
    "content-validations",
    "database-ranges",
    "named-expressions",
    "forms",
    "scripts",
    "automatic-styles",
    "event-listeners",
];

/// Where text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextTarget {
    Cell,
    Beside,
}

#[derive(Default)]
struct OpenRow {
    n_repeated: u32,
    /// The next column.
    column: u32,
    /// Filled cells: the first column, the number of columns, and the text.
    cells: Vec<(u32, u32, String)>,
}

struct OdsReader {
    sheets: Vec<OpenSheet>,
    /// Whether a sheet is open.
    in_table: bool,
    /// The next row of it.
    row_number: u32,
    row: Option<OpenRow>,
    /// The repetitions of the open cell, its text, and its value where it has no text.
    cell: Option<(u32, String, String)>,
    /// The open paragraphs: those of a comment are inside a cell too.
    paragraphs: Vec<(TextTarget, String)>,
    /// Number of open comments and drawings.
    n_beside: usize,
    /// Number of bytes that the text may still take.
    left: usize,
    max_text: usize,
}

impl OdsReader {
    fn new(max_text: usize) -> Self {
        Self {
            sheets: Vec::new(),
            in_table: false,
            row_number: 0,
            row: None,
            cell: None,
            paragraphs: Vec::new(),
            n_beside: 0,
            left: max_text,
            max_text,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) -> Result<(), Skip> {
        match tag.name() {
            name if UNREAD.contains(&name) => walk.skip(),
            // Names of comments and shapes; in a paragraph they are fields with text.
            "creator" | "date" | "title" | "desc" if self.paragraphs.is_empty() => walk.skip(),
            // A table inside a cell is not a sheet: its rows belong to the open one.
            "table" if !self.in_table => self.open_table(tag),
            "table-row" if self.n_beside == 0 => {
                self.end_of_row()?;
                self.row = Some(OpenRow {
                    n_repeated: repeated(tag, "number-rows-repeated"),
                    ..OpenRow::default()
                });
            }
            "table-cell" | "covered-table-cell" if self.n_beside == 0 => self.open_cell(tag),
            "annotation" | "shapes" | "frame" | "custom-shape" | "g" | "caption" | "text-box" => {
                self.n_beside += 1;
            }
            "p" | "h" => self.paragraphs.push((self.target(), String::new())),
            // `text:s` represents several blanks, which XML would collapse (ODF 1.2 part 1, 6.1.3); the limit
            // guards against huge counts.
            "s" => self.text(&" ".repeat(tag.number("c").unwrap_or(1usize).min(100))),
            "tab" | "line-break" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn open_table(&mut self, tag: &Tag<'_>) {
        self.in_table = true;
        self.row_number = 0;
        self.sheets.push(OpenSheet {
            name: tag.attribute("name").unwrap_or_default(),
            sheet: Sheet::default(),
            beside: Vec::new(),
        });
    }

    /// Where a paragraph that opens here is written.
    fn target(&self) -> TextTarget {
        if self.n_beside > 0 {
            TextTarget::Beside
        } else {
            TextTarget::Cell
        }
    }

    fn open_cell(&mut self, tag: &Tag<'_>) {
        self.end_of_cell();
        // At most one is present besides `value`, which is the unformatted number.
        let value = [
            "string-value",
            "date-value",
            "time-value",
            "boolean-value",
            "value",
        ];
        // The displayed text comes first; a cell without text shows its value.
        let value = value.iter().find_map(|name| tag.attribute(name));
        let n_repeated = repeated(tag, "number-columns-repeated");
        self.cell = Some((n_repeated, String::new(), value.unwrap_or_default()));
    }

    fn text(&mut self, text: &str) {
        if let Some((_, paragraph)) = self.paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Skip> {
        match name {
            "p" | "h" => {
                if let Some((place, text)) = self.paragraphs.pop() {
                    self.paragraph(place, &text)?;
                }
            }
            "annotation" | "shapes" | "frame" | "custom-shape" | "g" | "caption" | "text-box" => {
                self.n_beside = self.n_beside.saturating_sub(1);
            }
            "table-cell" | "covered-table-cell" if self.n_beside == 0 => self.end_of_cell(),
            "table-row" if self.n_beside == 0 => self.end_of_row()?,
            "table" if self.n_beside == 0 => self.end_of_table()?,
            _ => {}
        }
        Ok(())
    }

    fn paragraph(&mut self, place: TextTarget, text: &str) -> Result<(), Skip> {
        match (place, &mut self.cell) {
            (TextTarget::Cell, Some((_, cell, _))) => {
                if !cell.is_empty() {
                    cell.push('\n');
                }
                cell.push_str(text);
            }
            _ => {
                let text = text.trim();
                self.take(text.len(), 1, 1)?;
                if let Some(open) = self.sheets.last_mut().filter(|_| !text.is_empty()) {
                    open.beside.push(text.to_owned());
                }
            }
        }
        Ok(())
    }

    fn end_of_cell(&mut self) {
        let Some((n_repeated, text, value)) = self.cell.take() else {
            return;
        };
        let row = self.row.get_or_insert_default();
        let text = if text.trim().is_empty() { value } else { text };
        if !text.trim().is_empty() {
            let text = text.trim_end().to_owned();
            row.cells.push((row.column, n_repeated, text));
        }
        // Empty cells only advance the column: rows usually end with one that is repeated to the last column.
        row.column = row.column.saturating_add(n_repeated);
    }

    fn end_of_row(&mut self) -> Result<(), Skip> {
        self.end_of_cell();
        let Some(row) = self.row.take() else {
            return Ok(());
        };
        let n_rows = row.n_repeated.max(1);
        // Likewise empty rows: the last one is often repeated to the end of the sheet.
        if !row.cells.is_empty() && !self.sheets.is_empty() {
            self.take(0, 1, n_rows)?;
            for (_, n_columns, text) in &row.cells {
                self.take(text.len(), *n_columns, n_rows)?;
            }
            self.write_row(&row, n_rows);
        }
        self.row_number = self.row_number.saturating_add(n_rows);
        Ok(())
    }

    /// Writes the cells of `row` into the open sheet as often as the row and the cells are repeated.
    fn write_row(&mut self, row: &OpenRow, n_rows: u32) {
        let Some(open) = self.sheets.last_mut() else {
            return;
        };
        for by in 0..n_rows {
            let number = self.row_number.saturating_add(by);
            for (column, n_columns, text) in &row.cells {
                for beside in 0..*n_columns {
                    open.sheet
                        .add(number, column.saturating_add(beside), text.clone());
                }
            }
        }
    }

    fn end_of_table(&mut self) -> Result<(), Skip> {
        self.end_of_row()?;
        self.in_table = false;
        Ok(())
    }

    /// Reserves memory for this many cells, or for rows if they have no text.
    fn take(&mut self, len: usize, n_columns: u32, n_rows: u32) -> Result<(), Skip> {
        // Charged before the cells are made: a few bytes may repeat a cell a billion times.
        let cost = if len == 0 { LINE_COST } else { len + CELL_COST };
        let n_cells = u64::from(n_columns) * u64::from(n_rows);
        let cost = n_cells.saturating_mul(cost as u64);
        let left = usize::try_from(cost)
            .ok()
            .and_then(|cost| self.left.checked_sub(cost));
        self.left = left.ok_or(Skip::TooMuchText {
            megabytes: self.max_text / 1_000_000,
        })?;
        Ok(())
    }
}

/// Cost of a cell besides its text, in bytes.
const CELL_COST: usize = 40;

fn repeated(tag: &Tag<'_>, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    fn book(table: &str) -> Vec<u8> {
        let content = format!(
            "<o:document-content><o:body><o:spreadsheet>{table}</o:spreadsheet></o:body></o:document-content>"
        );
        pack(&[("content.xml", &content)])
    }

    #[track_caller]
    fn check(table: &str, expected: &[(u32, u32, &str)], beside: &[&str]) {
        let sheets = sheets(&book(table), 1 << 20, 1 << 20).expect("a book");
        let sheets = sheets.expect("a spreadsheet");
        assert_eq!(sheets.len(), 1);
        let rows = sheets[0].sheet.rows.iter();
        let cells = rows.flat_map(|(row, cells)| {
            let cell = |(column, text): &'_ (u32, String)| (*row, *column, text.clone());
            cells.iter().map(cell).collect::<Vec<_>>()
        });
        let expected: Vec<_> = expected
            .iter()
            .map(|(row, column, text)| (*row, *column, (*text).to_owned()))
            .collect();
        assert_eq!(cells.collect::<Vec<_>>(), expected);
        assert_eq!(sheets[0].beside, beside);
    }

    #[test]
    fn cells_are_read_as_displayed() {
        check(
            "<t:table t:name='表'><t:table-row t:number-rows-repeated='2'><t:table-cell t:number-columns-repeated='1000'/></t:table-row>\
             <t:table-row><t:table-cell o:value='0.085'><x:p>8.5%</x:p></t:table-cell><t:covered-table-cell/>\
             <t:table-cell o:value='7'><o:annotation><dc:date>2024</dc:date><x:p>待核</x:p></o:annotation><x:p>甲<x:s x:c='2'/>乙</x:p><x:p>丙</x:p>\
             </t:table-cell><t:table-cell o:value='3'/></t:table-row><t:table-row t:number-rows-repeated='2'><t:table-cell \
             t:number-columns-repeated='2'><x:p>一</x:p></t:table-cell></t:table-row><t:shapes><d:frame><d:text-box><x:p>框</x:p></d:text-box>\
             </d:frame></t:shapes></t:table>",
            &[
                (2, 0, "8.5%"),
                (2, 2, "甲  乙\n丙"),
                (2, 3, "3"),
                (3, 0, "一"),
                (3, 1, "一"),
                (4, 0, "一"),
                (4, 1, "一"),
            ],
            &["待核", "框"],
        );
    }

    #[test]
    fn counts_of_millions_are_refused() {
        for (rows, columns) in [(1, 1_000_000_000), (1_000_000_000, 1), (u32::MAX, u32::MAX)] {
            let table = format!(
                "<t:table><t:table-row t:number-rows-repeated='{rows}'><t:table-cell t:number-columns-repeated='{columns}'><x:p>一</x:p>\
                 </t:table-cell></t:table-row></t:table>"
            );
            let skip = sheets(&book(&table), 1 << 20, 2_000_000)
                .err()
                .expect("a skip");
            assert!(matches!(skip, Skip::TooMuchText { megabytes: 2 }), "{skip}");
        }
    }
}
