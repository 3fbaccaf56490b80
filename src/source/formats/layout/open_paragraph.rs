//! The paragraph that rows are joined to, and whether the next row continues it.

use super::contents;
use super::page_row::PageRow;
use super::sheet::Region;
use super::table::is_figure;
use crate::source::clean::starts_label;
use crate::text::numerals::{below_hundred, one_to_nine};

/// Minimum indent at the start of a paragraph, in font sizes.
pub(super) const INDENT: f32 = 1.2;
/// Endings of sentences and of clauses that introduce others.
const ENDS: [char; 9] = ['。', '！', '？', '；', '：', '!', '?', ';', ':'];

/// Maximum distance of a full row's end from the margin, in font sizes, besides the first word of the next
/// row.
const SLACK: f32 = 0.9;
/// Distance of rows that separates paragraphs, as a multiple of the usual one.
const APART: f32 = 1.35;
/// Minimum width in which rows are filled, in font sizes; in a narrower one they end anywhere.
const MIN_WIDTH: f32 = 10.0;

/// The paragraph being joined.
pub(super) struct OpenParagraph {
    pub(super) number: u32,
    pub(super) text: String,
    pub(super) n_rows: usize,
    pub(super) last: PageRow,
    /// The margins of its last row.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Whether a page or column ended below its last row.
    pub(super) is_at_end: bool,
}

/// What is usual in the document.
#[derive(Clone, Copy)]
pub(super) struct Usual {
    /// The distance of rows, in font sizes.
    pub(super) pitch: f32,
    /// Whether paragraphs begin with an indent.
    pub(super) indents: bool,
}

impl OpenParagraph {
    /// A paragraph that begins with `row`, which has this number.
    pub(super) fn begin(number: u32, row: &PageRow, region: &Region) -> Self {
        Self {
            number,
            text: row.text.clone(),
            n_rows: 1,
            last: row.clone(),
            left: region.left,
            right: region.right,
            is_at_end: false,
        }
    }
    /// Whether the paragraph continues with `next` in `region`.
    pub(super) fn continues(&self, next: &PageRow, region: &Region, usual: Usual) -> bool {
        let size = self.last.size;
        let distance = (next.y - self.last.y) / size;
        let apart = usual.pitch * APART;
        // The order of these tests matters: entries of contents pages and headings end a paragraph however
        // full its last row is.
        if contents::ends_in_leader(&self.text) && (0.0..apart).contains(&distance) {
            // The page number did not fit after the leader.
            return next.text.chars().all(|ch| ch.is_ascii_digit());
        }
        if self.is_other_line(next) || self.is_before_heading(next, region) {
            return false;
        }
        // Font sizes of one paragraph differ by rounding only; 8 % is less than half a point in type of 16.
        let is_like = (next.size / size - 1.0).abs() < 0.08;
        let has_cells = has_cells(&self.last.text) || has_cells(&next.text);
        if !is_like || has_cells || contents::is_entry(&self.text) || !self.is_full(next) {
            return false;
        }
        if !self.is_at_end && (distance > apart || distance <= 0.0) {
            return false;
        }
        self.is_centred_with(next, region) || self.continues_by_indent(next, region, usual.indents)
    }

    /// Whether the text of `next` shows that it is a line of its own: a repetition, such as a header on the
    /// next page, a figure below another, or the next item.
    fn is_other_line(&self, next: &PageRow) -> bool {
        next.text == self.text
            || is_figure(&self.last.text) && is_figure(&next.text)
            || labels_follow(&self.text, &next.text)
    }

    /// Whether the indents of its last row and of `next` are those of one paragraph; its last row is full.
    fn continues_by_indent(&self, next: &PageRow, region: &Region, indents: bool) -> bool {
        let size = self.last.size;
        let is_ended = self.text.ends_with(ENDS);
        let indent = (next.x0 - region.left) / size;
        let last_indent = (self.last.x0 - self.left) / size;
        // Where paragraphs are indented, `一是` at the margin is a clause that happens to begin a row.
        let is_clause = indents && indent < 0.5 && is_clause(&next.text);
        let is_indented = indent - last_indent > -0.5 && indent > 0.5;
        if starts_label(&next.text) && !is_clause && (is_ended || is_indented) {
            return false;
        }
        if self.hangs(indent, last_indent) {
            // A new paragraph after a finished item begins with an indent too, but only a page's end makes
            // them look alike.
            return !(is_ended && self.is_at_end && indent >= INDENT);
        }
        if indent >= INDENT && (indents || indent > last_indent + 0.5) {
            return false;
        }
        if indents || !is_ended {
            return true;
        }
        // Without indents a full row that ends a sentence continues if the next one looks like more of the
        // same: not at the foot of a page, where a paragraph would end as well, and not with a short line
        // that ends no sentence.
        let is_short = next.x1 - region.left < 0.7 * (region.right - region.left);
        !self.is_at_end && (!is_short || next.text.ends_with(ENDS))
    }

    /// Whether a row with this indent is one of an item, whose later rows hang below the text of the first.
    fn hangs(&self, indent: f32, last_indent: f32) -> bool {
        let by = indent - last_indent;
        match self.n_rows {
            1 => starts_item(&self.text) && indent > last_indent && by < 4.0,
            _ => self.n_rows > 1 && last_indent > 0.4 && by.abs() < 0.4,
        }
    }

    /// Whether `next` is a heading: a label with a short text that ends no sentence, or with its text set
    /// apart.
    fn is_before_heading(&self, next: &PageRow, region: &Region) -> bool {
        let is_short = next.x1 - next.x0 < 0.6 * (region.right - region.left);
        let is_open = self.text.ends_with(['，', '、', '（', '《']);
        let is_heading =
            is_short && starts_label(&next.text) && !next.text.ends_with(ENDS) && !is_open;
        is_heading && !is_clause(&next.text) || next.text.contains('\t')
    }

    /// Whether `next` is the rest of a title that is too long for one row: both rows are centred on the page.
    fn is_centred_with(&self, next: &PageRow, region: &Region) -> bool {
        let middle = f32::midpoint(region.left, region.right);
        let is_central =
            |row: &PageRow| (f32::midpoint(row.x0, row.x1) - middle).abs() < 0.6 * row.size;
        let indent = (next.x0 - region.left) / next.size;
        !self.is_at_end
            && indent > INDENT
            && is_central(&self.last)
            && is_central(next)
            && !self.text.ends_with(ENDS)
            && !starts_label(&next.text)
    }

    /// Whether the last row ends because it reached the margin: the start of `next` would not fit after it,
    /// or it breaks off inside a sentence after some length, as in unjustified rows or rows beside a picture.
    fn is_full(&self, next: &PageRow) -> bool {
        let size = self.last.size;
        let room = self.right - self.last.x1;
        if self.right - self.left < MIN_WIDTH * size {
            return false;
        }
        if room < next.first_width.min(12.0 * size) + SLACK * size {
            return true;
        }
        let length = self.last.x1 - self.last.x0;
        let is_long = length > 0.6 * (self.right - self.left);
        let is_beside = (self.last.x1 - next.x1).abs() < 0.6 * size && length > 8.0 * size;
        let breaks_off =
            !self.text.ends_with(ENDS) && self.text.contains(['，', '、', '。', ',', '；']);
        // Closing marks never begin a paragraph (line breaking rules, GB/T 15834-2011, 5.1).
        let cannot_begin = next
            .text
            .starts_with(['，', '。', '、', '；', '：', '）', '”', '》', ',', ';']);
        cannot_begin || breaks_off && (is_long || is_beside)
    }
}

/// Whether two texts begin with consecutive labels of one form: `2、` and `3、`.
fn labels_follow(one: &str, next: &str) -> bool {
    let (Some(one), Some(next)) = (label(one), label(next)) else {
        return false;
    };
    one.0 == next.0 && one.1 + 1 == next.1
}

/// The form of a label that begins `text`, and its number.
fn label(text: &str) -> Option<(String, u32)> {
    let head: String = text.chars().take(8).collect();
    let is_number = |ch: char| ch.is_ascii_digit() || ch == '十' || one_to_nine(ch).is_some();
    let start = head
        .find(is_number)
        .filter(|start| *start <= '（'.len_utf8())?;
    let number: String = head[start..]
        .chars()
        .take_while(|ch| is_number(*ch))
        .collect();
    let mut rest = head[start + number.len()..].chars();
    let mark = rest.next()?;
    // `1.5` is a decimal label or a number; its parts are not compared.
    if rest.next().is_some_and(|ch| ch.is_ascii_digit()) {
        return None;
    }
    let form = format!("{}#{mark}", &head[..start]);
    let value = number.parse().ok().or_else(|| below_hundred(&number))?;
    matches!(mark, '、' | '.' | '．' | '）' | ')').then_some((form, value))
}

/// Whether a text begins with `一是`.
fn is_clause(text: &str) -> bool {
    text.chars().nth(1) == Some('是')
}

/// Whether a row begins an item of a list, whose later rows are indented below its text.
fn starts_item(text: &str) -> bool {
    let mark = text.chars().next().unwrap_or(' ');
    starts_label(text)
        || matches!(
            mark,
            '•' | '·' | '●' | '■' | '◆' | '-' | '–' | '—' | '○' | '▪' | '➢'
        )
        || text.starts_with(|ch: char| ch.is_ascii_digit())
}

/// Whether parts of a row are set apart like cells; a label may be set apart from its text.
fn has_cells(text: &str) -> bool {
    text.split_once('\t').is_some_and(|(label, rest)| {
        rest.contains('\t') || label.chars().nth(5).is_some() || !starts_item(text)
    })
}

#[cfg(test)]
mod tests {
    use super::super::page_row::row_of_ten;
    use super::*;

    const REGION: Region = Region {
        left: 0.0,
        right: 200.0,
        rows: Vec::new(),
    };
    const USUAL: Usual = Usual {
        pitch: 1.6,
        indents: true,
    };
    /// A row that reaches the margin.
    const FULL: &str = "本年度园区企业发展情况良好并且收入继续增长";

    /// A row of type of ten.
    fn row(text: &str, x0: f32, x1: f32, y: f32) -> PageRow {
        row_of_ten(text, x0, x1, y)
    }

    fn continues(first: &PageRow, next: &PageRow) -> bool {
        OpenParagraph::begin(1, first, &REGION).continues(next, &REGION, USUAL)
    }

    #[test]
    fn a_full_row_goes_on_at_the_margin() {
        let full = row(FULL, 0.0, 198.0, 0.0);
        let next = row("其中工业企业", 0.0, 60.0, 16.0);
        assert!(continues(&full, &next));
        let others = [
            ("an indent", row("其中工业企业", 20.0, 80.0, 16.0)),
            ("space above", row("其中工业企业", 0.0, 60.0, 30.0)),
            ("a row above", row("其中工业企业", 0.0, 60.0, -16.0)),
            ("the same text", row(FULL, 0.0, 198.0, 16.0)),
            ("cells", row("工业\t12\t13", 0.0, 60.0, 16.0)),
            (
                "larger type",
                PageRow {
                    size: 12.0,
                    ..next.clone()
                },
            ),
        ];
        for (what, other) in others {
            assert!(!continues(&full, &other), "{what}");
        }
    }

    #[test]
    fn a_row_that_ends_early_ends_its_paragraph() {
        let short = row("本年度园区企业", 0.0, 70.0, 0.0);
        assert!(!continues(&short, &row("其中工业企业", 0.0, 60.0, 16.0)));
        // Closing marks never begin a paragraph.
        assert!(continues(&short, &row("，其中工业企业", 0.0, 60.0, 16.0)));
        let figures = row("1,234", 0.0, 198.0, 0.0);
        assert!(!continues(&figures, &row("5,678", 0.0, 60.0, 16.0)));
    }

    #[test]
    fn items_follow_each_other() {
        let pairs = [
            ("2、甲", "3、乙", true),
            ("（二）甲", "（三）乙", true),
            ("十、甲", "十一、乙", true),
            ("2、甲", "4、乙", false),
            ("2、甲", "3.乙", false),
            ("2、甲", "（3）乙", false),
            ("1.5 甲", "1.6 乙", false),
            ("甲", "乙", false),
            ("", "1、甲", false),
        ];
        for (one, next, expected) in pairs {
            assert_eq!(labels_follow(one, next), expected, "{one} {next}");
        }
    }

    #[test]
    fn later_rows_of_an_item_hang_below_its_text() {
        let item = OpenParagraph::begin(1, &row("1.甲乙丙", 0.0, 198.0, 0.0), &REGION);
        assert!(item.hangs(2.0, 0.0));
        assert!(!item.hangs(0.0, 0.0) && !item.hangs(5.0, 0.0));
        let text = OpenParagraph::begin(1, &row(FULL, 0.0, 198.0, 0.0), &REGION);
        assert!(!text.hangs(2.0, 0.0));
        let later = OpenParagraph {
            n_rows: 2,
            ..OpenParagraph::begin(1, &row("1.甲乙丙", 20.0, 198.0, 0.0), &REGION)
        };
        assert!(later.hangs(2.0, 2.1));
        assert!(!later.hangs(0.0, 0.0) && !later.hangs(3.0, 2.0));
    }

    #[test]
    fn marks_and_numbers_begin_items() {
        for text in ["• 甲", "●甲", "1 甲", "（一）甲", "一、甲", "—甲"] {
            assert!(starts_item(text), "{text}");
        }
        for text in ["甲", "", "园区（一）"] {
            assert!(!starts_item(text), "{text}");
        }
        assert!(is_clause("一是甲") && !is_clause("是甲") && !is_clause(""));
        // A label may be set apart from its text; more gaps are cells.
        assert!(has_cells("甲\t乙\t丙") && has_cells("园区企业收入\t12") && has_cells("甲\t乙"));
        assert!(!has_cells("1.\t甲") && !has_cells("甲乙"));
    }
}
