//! Page headers and footers: running titles, which most pages have at one position, and page numbers.
//!
//! Nothing is removed: a row is marked with its reason. Where a running title contains something that the
//! text does not, its first occurrence stays text.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::page_number::{self, NumberForm};
use super::page_row::{Kind, PageRow};
use super::rows;
use super::sheet::Sheet;
use crate::document::Reason;

/// Number of rows from the edge of a page that are examined.
const DEPTH: usize = 3;
/// The same for slanted text.
const ASLANT_DEPTH: usize = 60;
/// Share of a page's height, from its edge, that may contain a header or footer.
const MARGIN: f32 = 0.14;
/// The same for rows that the file itself marks as header or footer.
const WIDE_MARGIN: f32 = 0.25;
/// Minimum number of letters of a running title with content.
const MIN_LETTERS: usize = 8;
/// Number of pages up to which equal text at one position may be a coincidence.
const FEW_PAGES: usize = 3;
/// Ratio of a running title's font size to that of the text, from which it may be a title.
const SMALL: f32 = 0.95;
/// Maximum number of running titles of a document whose first occurrence may stay.
const MAX_TITLES: usize = 200;

/// A row at the edge of a page: the direction of its sheet, the text with digits masked, the height in
/// fiftieths of the page.
type Key = (i16, String, i32);

/// A row at the edge of a sheet.
struct Edge {
    sheet: usize,
    page: usize,
    key: Key,
    text: String,
    row: PageRow,
    /// Whether the side towards the text is empty near it.
    is_apart: bool,
    /// Whether it has cells and is close to a row that has, like the headings of a table.
    is_of_table: bool,
}

/// Running titles: the sheet of the first occurrence, and the number of sheets with it.
type Heads = BTreeMap<String, (usize, usize)>;

fn note(heads: &mut Heads, text: &str, sheet: usize) {
    heads.entry(text.to_owned()).or_insert((sheet, 0)).1 += 1;
}

/// Marks headers, footers and page numbers of a document of `n_pages`.
pub(super) fn mark(sheets: &mut [Sheet], n_pages: usize) {
    let edges = sheets.iter().enumerate();
    let edges: Vec<[Vec<Edge>; 2]> = edges.map(|(ord, sheet)| self::edges(ord, sheet)).collect();
    let recurring = Recurring::new(edges.iter().flatten().flatten(), n_pages);
    let offsets = offsets(edges.iter().flatten().flatten());
    let mut heads: Heads = BTreeMap::new();
    for side in edges.iter().flatten() {
        // From the edge inwards, up to the first row of text: a repeated line below text is not a header.
        for edge in side {
            let reason = if is_page_number(edge, &offsets, n_pages) {
                Reason::PageNumber
            } else if recurring.has(edge) {
                note(&mut heads, &edge.key.1, edge.sheet);
                Reason::RunningHead
            } else {
                break;
            };
            set(&mut sheets[edge.sheet], &edge.row, reason);
        }
    }
    mark_by_word(sheets, &mut heads);
    keep_first(sheets, &heads);
}

/// Marks rows that the file itself calls a header or footer, if they are at the edge.
fn mark_by_word(sheets: &mut [Sheet], heads: &mut Heads) {
    for (ord, sheet) in sheets.iter_mut().enumerate() {
        let is_at_edge = |row: &&PageRow| {
            let at = row.y / sheet.height.max(1.0);
            row.is_pagination
                && row.reason.is_none()
                && !(WIDE_MARGIN..=1.0 - WIDE_MARGIN).contains(&at)
        };
        let parts: Vec<PageRow> = sheet.rows.iter().filter(is_at_edge).cloned().collect();
        for row in rows::merge(parts) {
            if page_number::form(&row.text).is_some() {
                set(sheet, &row, Reason::PageNumber);
            } else {
                note(heads, &masked(&row.text), ord);
                set(sheet, &row, Reason::RunningHead);
            }
        }
    }
}

/// Marks the parts of a row.
fn set(sheet: &mut Sheet, row: &PageRow, reason: Reason) {
    for part in &mut sheet.rows {
        // Parts of one row differ in height by less than half a font size.
        let is_level = (part.y - row.y).abs() <= 0.5 * part.size.max(row.size);
        let is_within = part.x0 >= row.x0 - 0.1 && part.x1 <= row.x1 + 0.1;
        if is_level && is_within && !matches!(part.kind, Kind::Table(_)) {
            part.reason = Some(reason);
        }
    }
}

/// Keeps the first occurrence of each running title with content. Text on few pages may be a title or a line
/// of the text, and stays where it is; a certain running title, or one in small type, is placed after the
/// text of its page, as it is not the title.
fn keep_first(sheets: &mut [Sheet], heads: &Heads) {
    let heads: Vec<(&String, &(usize, usize))> = heads
        .iter()
        .filter(|(text, _)| says_something(text))
        .take(MAX_TITLES)
        .collect();
    if heads.is_empty() {
        return;
    }
    let body = body(sheets);
    for (text, (ord, n_pages)) in heads {
        // Marks and numbers around it may differ between the header and the text.
        let core = text.trim_matches(|ch: char| !ch.is_alphabetic());
        if memmem::find(body.as_bytes(), core.as_bytes()).is_none() {
            keep(&mut sheets[*ord].rows, text, *n_pages);
        }
    }
}

/// Whether a running title has content that a reader would miss.
fn says_something(text: &str) -> bool {
    text.chars().filter(|ch| ch.is_alphabetic()).count() >= MIN_LETTERS
        || text.contains(['。', '！', '？', '；'])
}

/// Keeps the first running title `text` among `parts`; `n_pages` have it.
fn keep(parts: &mut [PageRow], text: &str, n_pages: usize) {
    let size = usual_size(parts);
    let marked = parts
        .iter()
        .filter(|row| row.reason == Some(Reason::RunningHead));
    let mut titles = rows::merge(marked.cloned().collect()).into_iter();
    let Some(first) = titles.find(|row| masked(&row.text) == text) else {
        return;
    };
    for part in parts {
        let is_level = (part.y - first.y).abs() <= 0.5 * part.size.max(first.size);
        if is_level && part.reason == Some(Reason::RunningHead) {
            part.reason = None;
            if n_pages > FEW_PAGES || first.size < SMALL * size {
                part.kind = Kind::Aside;
            }
        }
    }
}

/// The font size of most rows outside headers and footers.
fn usual_size(rows: &[PageRow]) -> f32 {
    let rows = rows.iter().filter(|row| row.reason.is_none());
    let mut sizes: Vec<f32> = rows.map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// The text outside headers and footers, masked like running titles.
fn body(sheets: &[Sheet]) -> String {
    let mut body = String::new();
    for row in sheets.iter().flat_map(|sheet| &sheet.rows) {
        match &row.kind {
            Kind::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    body.push_str(&masked(cell));
                    body.push('\n');
                }
            }
            _ if row.reason.is_none() => body.push_str(&masked(&row.text)),
            _ => {}
        }
    }
    body
}

/// The rows in the margins, from the edge inwards: of the header, of the footer.
fn edges(ord: usize, sheet: &Sheet) -> [Vec<Edge>; 2] {
    let height = sheet.height.max(1.0);
    // Slanted text is a watermark if most pages have it, wherever it is.
    let is_aslant = sheet.turn % 90 != 0;
    let (margin, depth) = if is_aslant {
        (1.0, ASLANT_DEPTH)
    } else {
        (MARGIN, DEPTH)
    };
    // Slightly more than the margins, so that the neighbour of the last row is included.
    let middle = MARGIN + 0.1..=0.9 - MARGIN;
    let near = |row: &&PageRow| is_aslant || !middle.contains(&(row.y / height));
    let rows = rows::merge(sheet.rows.iter().filter(near).cloned().collect());
    let is_text = |row: &PageRow| !matches!(row.kind, Kind::Table(_));
    let in_head = |row: &&PageRow| row.y < margin * height && is_text(row);
    let in_foot = |row: &&PageRow| row.y > (1.0 - margin) * height && is_text(row);
    let n_heads = rows.iter().take(depth).take_while(in_head).count();
    let n_feet = rows.iter().rev().take(depth).take_while(in_foot).count();
    let edge = |at: usize, next: Option<usize>| {
        let next = next.and_then(|next| rows.get(next));
        Edge::new(ord, sheet, &rows[at], next)
    };
    let feet = (0..n_feet).map(|by| rows.len() - 1 - by);
    [
        (0..n_heads).map(|at| edge(at, Some(at + 1))).collect(),
        feet.map(|at| edge(at, at.checked_sub(1))).collect(),
    ]
}

impl Edge {
    /// A row of the sheet `ord`; `next` is its neighbour towards the text.
    fn new(ord: usize, sheet: &Sheet, row: &PageRow, next: Option<&PageRow>) -> Self {
        let has_cells = |row: &PageRow| row.text.contains('\t');
        // 2.2 sizes: more than the line spacing of reports (28 points for type of 16, GB/T 9704-2012), which
        // is 1.75.
        let is_apart = next.is_none_or(|next| (next.y - row.y).abs() > 2.2 * row.size);
        let height = sheet.height.max(1.0);
        Self {
            sheet: ord,
            page: sheet.page,
            key: (
                sheet.turn,
                masked(&row.text),
                (row.y / height * 50.0) as i32,
            ),
            text: row.text.clone(),
            is_apart,
            is_of_table: has_cells(row) && next.is_some_and(has_cells) && !is_apart,
            row: row.clone(),
        }
    }
}

/// The number of pages on which rows recur at one position.
struct Recurring<'e> {
    pages: BTreeMap<&'e Key, BTreeSet<usize>>,
    /// Pages that have any row at a height.
    n_at: BTreeMap<(i16, i32), BTreeSet<usize>>,
    /// Number of odd and of even pages with rows.
    n_pages: [usize; 2],
}

impl<'e> Recurring<'e> {
    fn new(edges: impl Iterator<Item = &'e Edge>, n_pages: usize) -> Self {
        let mut pages: BTreeMap<&Key, BTreeSet<usize>> = BTreeMap::new();
        let mut n_at: BTreeMap<(i16, i32), BTreeSet<usize>> = BTreeMap::new();
        for edge in edges {
            pages.entry(&edge.key).or_default().insert(edge.page);
            n_at.entry((edge.key.0, edge.key.2))
                .or_default()
                .insert(edge.page);
        }
        Self {
            pages,
            n_at,
            n_pages: [n_pages.div_ceil(2), n_pages / 2],
        }
    }

    /// Whether most pages have the row at its position, or most odd or even ones; or a run of pages has it
    /// where most have some row, as with titles of chapters.
    fn has(&self, edge: &Edge) -> bool {
        if edge.is_of_table || !edge.key.1.contains(|ch: char| ch.is_alphabetic()) {
            return false;
        }
        let [n_odd, n_even] = self.n_pages;
        let n_all = n_odd + n_even;
        // A running title slightly off its height on another page still counts.
        let near = (-1..=1).map(|by| (edge.key.0, edge.key.1.clone(), edge.key.2 + by));
        let places = near.filter_map(|key| self.pages.get(&key)).flatten();
        let pages: BTreeSet<usize> = places.copied().collect();
        let n_here = pages.len();
        // More than half of the pages, and all of a document of two or three.
        if n_here >= 2 && n_here * 2 > n_all && n_here >= n_all.min(3) {
            return true;
        }
        if n_here < 3 {
            return false;
        }
        let n_of = |parity: usize| pages.iter().filter(|page| *page % 2 == parity).count();
        // Left and right pages may have different headers; four pages of a side are the least.
        let is_on_side = n_of(0) * 2 > n_odd.max(4) || n_of(1) * 2 > n_even.max(4);
        is_on_side || self.is_of_chapter(edge, &pages)
    }

    /// Whether the pages of a row are those of a chapter: its title recurs on consecutive pages only.
    fn is_of_chapter(&self, edge: &Edge, pages: &BTreeSet<usize>) -> bool {
        let places = (-1..=1).filter_map(|by| self.n_at.get(&(edge.key.0, edge.key.2 + by)));
        let n_at = places.map(BTreeSet::len).max().unwrap_or(0);
        let first = pages.first().copied().unwrap_or(0);
        let last = pages.last().copied().unwrap_or(0);
        n_at * 2 > self.n_pages.iter().sum::<usize>() && last - first < 2 * pages.len()
    }
}

/// Differences between printed page numbers and pages, with their counts: of rows that are only a number, and
/// of rows with several numbers, such as `30 2019·3`.
#[derive(Default)]
struct Offsets {
    bare: BTreeMap<i64, usize>,
    among_others: BTreeMap<i64, usize>,
}

fn offsets<'e>(edges: impl Iterator<Item = &'e Edge>) -> Offsets {
    let mut offsets = Offsets::default();
    for edge in edges {
        match page_number::form(&edge.text) {
            Some(NumberForm::Bare(number)) => {
                *offsets.bare.entry(number - edge.page as i64).or_default() += 1;
            }
            Some(NumberForm::Marked) => {}
            None => {
                for number in page_number::several(&edge.text) {
                    let offset = number - edge.page as i64;
                    *offsets.among_others.entry(offset).or_default() += 1;
                }
            }
        }
    }
    offsets
}

fn is_page_number(edge: &Edge, offsets: &Offsets, n_pages: usize) -> bool {
    let n_alike = |of: &BTreeMap<i64, usize>, number: i64| {
        let alike = of.get(&(number - edge.page as i64));
        alike.copied().unwrap_or(0)
    };
    match page_number::form(&edge.text) {
        Some(NumberForm::Marked) => true,
        Some(NumberForm::Bare(number)) => {
            let n_alike = n_alike(&offsets.bare, number);
            // Two pages with the same difference, which is that of a third of all numbers; a lone number on a
            // single page must be apart from the text.
            let counts_pages = n_alike >= 2 && n_alike * 3 >= offsets.bare.values().sum();
            counts_pages || edge.is_apart && n_pages == 1
        }
        None => page_number::several(&edge.text).into_iter().any(|number| {
            let n_alike = n_alike(&offsets.among_others, number);
            // Among other numbers a coincidence is likelier: three pages, and more than half of all.
            edge.is_apart && n_alike >= 3 && n_alike * 2 > n_pages
        }),
    }
}

/// Maximum length of a running title whose numbers may differ from page to page, in characters.
const MAX_NUMBERED: usize = 40;

/// The text without blanks, each number replaced by one mark; sentences are kept unchanged.
fn masked(text: &str) -> String {
    let is_sentence =
        text.contains(['。', '！', '？', '；']) || text.chars().nth(MAX_NUMBERED).is_some();
    if is_sentence {
        return text.split_whitespace().collect();
    }
    let mut out = String::new();
    let mut in_number = false;
    for ch in text.chars() {
        if ch.is_numeric() && !in_number {
            out.push('#');
        } else if !ch.is_numeric() && !ch.is_whitespace() {
            out.push(ch);
        }
        in_number = ch.is_numeric();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::page_row::row_of_ten;
    use super::*;

    const HEIGHT: f32 = 800.0;

    fn row(text: &str, y: f32) -> PageRow {
        row_of_ten(text, 100.0, 100.0 + 10.0 * text.chars().count() as f32, y)
    }

    /// Pages with a row at the top, one in the middle and one at the foot; the reasons and kinds of these rows.
    fn marked(pages: &[[&str; 3]]) -> Vec<[Option<Reason>; 3]> {
        let mut sheets = sheets(pages);
        mark(&mut sheets, pages.len());
        let reasons = |sheet: &Sheet| [0, 1, 2].map(|ord: usize| sheet.rows[ord].reason);
        sheets.iter().map(reasons).collect()
    }

    fn sheets(pages: &[[&str; 3]]) -> Vec<Sheet> {
        let rows = |texts: &[&str; 3]| {
            let [top, middle, foot] = *texts;
            vec![row(top, 40.0), row(middle, 400.0), row(foot, 760.0)]
        };
        let pages = pages.iter().enumerate();
        pages
            .map(|(page, texts)| Sheet {
                page,
                turn: 0,
                height: HEIGHT,
                rows: rows(texts),
            })
            .collect()
    }

    const HEAD: Option<Reason> = Some(Reason::RunningHead);
    const NUMBER: Option<Reason> = Some(Reason::PageNumber);

    #[test]
    fn what_recurs_in_the_margins_is_no_text() {
        let pages = [
            ["年度报告", "甲", "第1页"],
            ["年度报告", "乙", "第2页"],
            ["年度报告", "丙", "第3页"],
            ["年度报告", "丁", "第4页"],
        ];
        assert_eq!(marked(&pages), [[HEAD, None, NUMBER]; 4]);
        // In the middle of the page a repetition is text.
        let repeated = ["甲", "年度报告", "乙"];
        let others = [["丙", "年度报告", "丁"], ["戊", "年度报告", "己"]];
        assert_eq!(marked(&[repeated, others[0], others[1]]), [[None; 3]; 3]);
    }

    #[test]
    fn a_row_on_few_pages_is_no_running_title() {
        let pages = [
            ["年度报告", "甲", "子"],
            ["年度报告", "乙", "丑"],
            ["园区", "丙", "寅"],
            ["企业", "丁", "卯"],
            ["道路", "戊", "辰"],
        ];
        assert_eq!(marked(&pages), [[None; 3]; 5]);
    }

    #[test]
    fn left_and_right_pages_may_have_different_titles() {
        let text = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"];
        let foot = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未"];
        let pages: Vec<[&str; 3]> = (0..8)
            .map(|page| [["年度报告", "某县"][page % 2], text[page], foot[page]])
            .collect();
        assert_eq!(marked(&pages), [[HEAD, None, None]; 8]);
    }

    #[test]
    fn a_title_that_says_something_stays_once() {
        let title = "青石市园区建设管理中心年度报告";
        let middle = ["甲", "乙", "丙", "丁", "戊"];
        let pages: Vec<[&str; 3]> = middle.iter().map(|text| [title, text, "末"]).collect();
        let mut all = sheets(&pages);
        mark(&mut all, pages.len());
        let first = &all[0].rows[0];
        // It is on too many pages to be the title: its place is after the text.
        assert_eq!((first.reason, &first.kind), (None, &Kind::Aside));
        assert!(all[1..].iter().all(|sheet| sheet.rows[0].reason == HEAD));
        // What the text says anyway is not needed.
        let mut said = sheets(&pages);
        said[0].rows[1].text = format!("本报告为{title}。");
        mark(&mut said, pages.len());
        assert!(said.iter().all(|sheet| sheet.rows[0].reason == HEAD));
    }

    #[test]
    fn a_file_may_mark_its_margins_itself() {
        let mut all = sheets(&[["年度报告", "甲", "- 1 -"]]);
        for row in &mut all[0].rows {
            row.is_pagination = true;
        }
        mark(&mut all, 1);
        let reasons = [0, 1, 2].map(|ord: usize| all[0].rows[ord].reason);
        // The mark counts near the edge only.
        assert_eq!(reasons, [HEAD, None, NUMBER]);
    }

    #[test]
    fn headings_of_tables_are_no_running_titles() {
        let mut all = sheets(&[
            ["项目\t金额", "甲", "子"],
            ["项目\t金额", "乙", "丑"],
            ["项目\t金额", "丙", "寅"],
        ]);
        for sheet in &mut all {
            sheet.rows.insert(1, row("修路\t12", 56.0));
        }
        mark(&mut all, 3);
        assert!(all.iter().all(|sheet| sheet.rows[0].reason.is_none()));
    }
}
