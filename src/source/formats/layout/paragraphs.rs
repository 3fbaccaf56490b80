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

#[cfg(test)]
mod tests {
    use super::super::page_row::Kind as RowKind;
    use super::*;

    fn row(text: &str, x0: f32, y: f32, size: f32) -> PageRow {
        PageRow {
            x0,
            x1: x0 + size * text.chars().count() as f32,
            y,
            size,
            first_width: size,
            text: text.to_owned(),
            n_lines_above: 0,
            kind: RowKind::Text,
            is_cut: false,
            is_pagination: false,
            reason: None,
        }
    }

    fn region(rows: Vec<PageRow>) -> Region {
        Region {
            left: 0.0,
            right: 400.0,
            rows,
        }
    }

    #[test]
    fn the_size_of_a_text_is_that_of_most_characters() {
        let rows = [
            row("标题", 0.0, 0.0, 20.0),
            row("小标题", 0.0, 0.0, 20.0),
            row("年度园区企业发展情况", 0.0, 0.0, 10.0),
        ];
        assert_eq!(usual_size(rows.iter()), 10.0);
        assert_eq!(usual_size(rows[..2].iter()), 20.0);
        assert_eq!(usual_size([].iter()), 1.0);
    }

    #[test]
    fn gaps_between_paragraphs_do_not_widen_the_line_spacing() {
        let ys = [0.0, 16.0, 32.0, 60.0, 76.0, 104.0];
        let rows = ys.map(|y| row("园区企业", 0.0, y, 10.0)).to_vec();
        assert_eq!(pitch([&region(rows)].into_iter(), 10.0), 1.6);
        // Rows of headings and columns beside each other say nothing.
        let others = vec![
            row("标题", 0.0, 0.0, 20.0),
            row("园区", 0.0, 30.0, 10.0),
            row("企业", 0.0, 30.0, 10.0),
            row("道路", 0.0, 90.0, 10.0),
        ];
        assert_eq!(pitch([&region(others)].into_iter(), 10.0), 1.5);
        assert_eq!(pitch([].into_iter(), 10.0), 1.5);
    }

    #[test]
    fn one_row_in_twelve_shows_that_paragraphs_are_indented() {
        let rows = |n_plain: usize, indent: f32| {
            let mut rows = vec![row("园区", indent, 0.0, 10.0)];
            rows.extend((0..n_plain).map(|_| row("园区", 0.0, 0.0, 10.0)));
            region(rows)
        };
        let has = |region: Region| indents([&region].into_iter(), 10.0);
        assert!(has(rows(11, 20.0)));
        assert!(!has(rows(12, 20.0)));
        // Less is uneven setting, more is a centred line.
        assert!(!has(rows(11, 10.0)) && !has(rows(11, 50.0)));
    }

    #[test]
    fn small_type_at_the_foot_of_a_page_is_notes() {
        let small = NOTE_SIZE * 10.0 - 1.0;
        let mut page = region(vec![
            row("正文", 0.0, 0.0, 10.0),
            row("① 小注", 0.0, 20.0, small),
            row("正文", 0.0, 40.0, 10.0),
            row("② 小注", 0.0, 60.0, small),
            row("③ 小注", 0.0, 70.0, small),
        ]);
        let notes = split_notes(&mut page, 10.0);
        let texts: Vec<&str> = notes.iter().map(|row| &*row.text).collect();
        assert_eq!(texts, ["② 小注", "③ 小注"]);
        assert_eq!(page.rows.len(), 3);
        // A page in small type only is a text.
        let mut all = region(vec![row("小字", 0.0, 0.0, small)]);
        assert!(split_notes(&mut all, 10.0).is_empty());
        assert_eq!(all.rows.len(), 1);
    }
}
