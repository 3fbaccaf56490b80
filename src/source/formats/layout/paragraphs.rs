//! Paragraphs: a row that reaches the right margin continues in the next one, unless that is indented, in
//! another font size or set apart.

use super::columns;
use super::open_paragraph::INDENT;
use super::open_paragraph::Usual;
use super::page::Aside;
use super::page_row::{Kind, PageRow};
use super::sheet::{Lines, Region, Sheet};
use super::writer::Writer;

/// Maximum font size of footnotes relative to that of the text.
const NOTE_SIZE: f32 = 0.88;

/// The content of a page in one direction: its regions in reading order, and the rows beside the text.
struct Sides {
    page: usize,
    head: Vec<PageRow>,
    regions: Vec<Region>,
    foot: Vec<PageRow>,
}

/// Joins the rows of all pages to paragraphs; `asides` has an entry for each page of the document.
pub(super) fn join(sheets: Vec<Sheet>, asides: Vec<Aside>) -> Lines {
    let sides: Vec<Sides> = sheets.into_iter().map(sides).collect();
    let regions = || sides.iter().flat_map(|sides| &sides.regions);
    let rows = regions().flat_map(|region| &region.rows);
    let text_size = usual_size(rows.filter(|row| row.is_text()));
    let mut writer = Writer::new(Usual {
        pitch: pitch(regions(), text_size),
        indents: indents(regions(), text_size),
    });
    let mut rest = sides.into_iter().peekable();
    for (page, aside) in asides.into_iter().enumerate() {
        while let Some(sides) = rest.next_if(|sides| sides.page == page) {
            write_sides(&mut writer, sides, text_size);
        }
        writer.page_end(aside);
    }
    writer.finish()
}

/// Writes the rows of a sheet; notes at the foot of its last region follow the text.
fn write_sides(writer: &mut Writer, sides: Sides, text_size: f32) {
    writer.aside(&sides.head);
    let n_regions = sides.regions.len();
    for (ord, mut region) in sides.regions.into_iter().enumerate() {
        let is_last = ord + 1 == n_regions;
        let notes = is_last.then(|| split_notes(&mut region, text_size));
        writer.region(&region);
        writer.notes(notes.unwrap_or_default());
    }
    writer.aside(&sides.foot);
}

/// Separates the rows at the edges of a sheet from its text.
fn sides(sheet: Sheet) -> Sides {
    let is_aside = |row: &PageRow| row.reason.is_some() || row.kind == Kind::Aside;
    let (aside, body): (Vec<PageRow>, Vec<PageRow>) = sheet.rows.into_iter().partition(is_aside);
    let is_head = |row: &PageRow| row.kind != Kind::Aside && row.y < sheet.height / 2.0;
    let (head, foot) = aside.into_iter().partition(is_head);
    Sides {
        page: sheet.page,
        head,
        regions: columns::split(body),
        foot,
    }
}

/// The font size of most characters.
fn usual_size<'a>(rows: impl Iterator<Item = &'a PageRow>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = rows
        .map(|row| (row.size, row.text.chars().count()))
        .collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    // The median over characters, not rows: headings are many rows of few characters.
    let half = sizes.iter().map(|(_, n_chars)| n_chars).sum::<usize>() / 2;
    let mut n_seen = 0;
    let found = sizes.iter().find(|(_, n_chars)| {
        n_seen += n_chars;
        n_seen > half
    });
    found.map_or(1.0, |(size, _)| *size)
}

/// The usual distance of rows of the text, in font sizes: the lower quartile, as gaps between paragraphs
/// widen some.
fn pitch<'a>(regions: impl Iterator<Item = &'a Region>, text_size: f32) -> f32 {
    let mut distances: Vec<f32> = regions
        .flat_map(|region| region.rows.windows(2))
        .filter(|pair| pair[0].is_text() && (pair[0].size / text_size - 1.0).abs() < 0.1)
        .map(|pair| (pair[1].y - pair[0].y) / text_size)
        .filter(|distance| (0.8..4.0).contains(distance))
        .collect();
    distances.sort_by(f32::total_cmp);
    // Without enough rows, the line spacing that is usual in print.
    distances.get(distances.len() / 4).copied().unwrap_or(1.5)
}

/// Whether paragraphs of the text begin with an indent.
fn indents<'a>(regions: impl Iterator<Item = &'a Region>, text_size: f32) -> bool {
    let (mut n_indented, mut n_rows) = (0usize, 0usize);
    for region in regions {
        for row in region.rows.iter().filter(|row| row.is_text()) {
            n_rows += 1;
            let indent = (row.x0 - region.left) / text_size;
            n_indented += usize::from((INDENT..4.5).contains(&indent));
        }
    }
    // One row in twelve: paragraphs of reports have about as many rows.
    n_indented * 12 >= n_rows
}

/// Removes the rows in small type from the end of a page's last region.
fn split_notes(region: &mut Region, text_size: f32) -> Vec<PageRow> {
    let is_note = |row: &&PageRow| row.is_text() && row.size < NOTE_SIZE * text_size;
    let n_notes = region.rows.iter().rev().take_while(is_note).count();
    // A region in small type only is a text, such as a table's notes on a page of their own.
    if n_notes == region.rows.len() {
        return Vec::new();
    }
    region.rows.split_off(region.rows.len() - n_notes)
}
