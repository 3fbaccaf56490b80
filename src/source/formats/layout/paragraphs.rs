//! Paragraphs: a row that reaches the right margin goes on in the next one, unless that is indented, set in another
//! size or kept at a distance.

use super::Region;
use super::rows::Row;
use crate::document::{Line, Style};
use crate::source::clean::starts_label;

/// Indent that begins a paragraph, in sizes of type.
const INDENT: f32 = 1.2;
/// How far from the margin a full row may end, in sizes of type, besides what the next row begins with.
const SLACK: f32 = 0.9;
/// Width below which rows end where their text does, in sizes of type.
const LEAST_WIDTH: f32 = 10.0;
/// Distance of rows that parts paragraphs, as a multiple of the usual one.
const APART: f32 = 1.35;
/// Size of notes at the foot of a page against that of the text.
const NOTE_SIZE: f32 = 0.88;

/// What sentences and clauses that lead to others end in.
const ENDS: [char; 9] = ['。', '！', '？', '；', '：', '!', '?', ';', ':'];

/// Joins the rows of all pages, each given as its regions, to paragraphs.
pub(super) fn join(pages: impl Iterator<Item = Vec<Region>>) -> Vec<Line> {
    let pages: Vec<Vec<Region>> = pages.collect();
    let rows = || pages.iter().flatten().flat_map(|region| &region.rows);
    let text_size = usual_size(rows());
    let mut writer = Writer::new(pitch(&pages, text_size), indents(&pages, text_size));
    for page in pages {
        let mut notes = Vec::new();
        let n_regions = page.len();
        for (ord, mut region) in page.into_iter().enumerate() {
            if ord + 1 == n_regions {
                notes = split_notes(&mut region, text_size);
            }
            writer.region(&region);
        }
        writer.notes.extend(notes);
    }
    writer.finish()
}

/// The size of most characters.
fn usual_size<'a>(rows: impl Iterator<Item = &'a Row>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = rows
        .map(|row| (row.size, row.text.chars().count()))
        .collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, n_chars)| n_chars).sum::<usize>() / 2;
    let mut n_seen = 0;
    let found = sizes.iter().find(|(_, n_chars)| {
        n_seen += n_chars;
        n_seen > half
    });
    found.map_or(1.0, |(size, _)| *size)
}

/// The usual distance of rows of the text, in sizes of type: the lower quartile, as gaps between paragraphs widen some.
fn pitch(pages: &[Vec<Region>], text_size: f32) -> f32 {
    let mut distances: Vec<f32> = pages
        .iter()
        .flatten()
        .flat_map(|region| region.rows.windows(2))
        .filter(|pair| (pair[0].size / text_size - 1.0).abs() < 0.1)
        .map(|pair| (pair[1].y - pair[0].y) / text_size)
        .filter(|distance| (0.8..4.0).contains(distance))
        .collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 4).copied().unwrap_or(1.5)
}

/// Whether paragraphs of the text begin with an indent.
fn indents(pages: &[Vec<Region>], text_size: f32) -> bool {
    let (mut n_indented, mut n_rows) = (0usize, 0usize);
    for region in pages.iter().flatten() {
        for row in &region.rows {
            n_rows += 1;
            let indent = (row.x0 - region.left) / text_size;
            n_indented += usize::from((INDENT..4.5).contains(&indent));
        }
    }
    n_indented * 12 >= n_rows
}

/// Takes the rows in small type off the end of a page's last region.
fn split_notes(region: &mut Region, text_size: f32) -> Vec<Row> {
    let is_note = |row: &&Row| row.size < NOTE_SIZE * text_size;
    let n_notes = region.rows.iter().rev().take_while(is_note).count();
    if n_notes == region.rows.len() {
        return Vec::new();
    }
    region.rows.split_off(region.rows.len() - n_notes)
}

struct Writer {
    pitch: f32,
    indents: bool,
    lines: Vec<Line>,
    n_rows: u32,
    open: Option<Open>,
    /// Notes of the page, which wait for the paragraph to end.
    notes: Vec<Row>,
}

/// The paragraph being joined.
struct Open {
    number: u32,
    text: String,
    n_rows: usize,
    last: Row,
    /// The margins that its last row stands between.
    left: f32,
    right: f32,
    /// Whether a page or column ended below its last row.
    is_at_end: bool,
}

impl Writer {
    fn new(pitch: f32, indents: bool) -> Self {
        Self {
            pitch,
            indents,
            lines: Vec::new(),
            n_rows: 0,
            open: None,
            notes: Vec::new(),
        }
    }

    fn region(&mut self, region: &Region) {
        if let Some(open) = &mut self.open {
            open.is_at_end = true;
        }
        for row in &region.rows {
            self.row(row, region);
        }
    }

    fn row(&mut self, row: &Row, region: &Region) {
        self.n_rows = self.n_rows.saturating_add(1);
        let (pitch, indents) = (self.pitch, self.indents);
        match &mut self.open {
            Some(open) if open.goes_on(row, region, pitch, indents) => {
                append(&mut open.text, &row.text);
                open.n_rows += 1;
                open.last = row.clone();
                (open.left, open.right) = (region.left, region.right);
                open.is_at_end = false;
            }
            _ => {
                self.close();
                self.open = Some(Open {
                    number: self.n_rows,
                    text: row.text.clone(),
                    n_rows: 1,
                    last: row.clone(),
                    left: region.left,
                    right: region.right,
                    is_at_end: false,
                });
            }
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.push(open.number, open.text);
        }
        let notes = std::mem::take(&mut self.notes);
        if let Some(first) = notes.first() {
            let region = Region {
                left: first.x0,
                right: notes.iter().map(|row| row.x1).fold(first.x1, f32::max),
                rows: notes,
            };
            let mut writer = Self::new(self.pitch, self.indents);
            writer.n_rows = self.n_rows;
            writer.region(&region);
            for line in writer.finish() {
                self.push(line.number, line.text);
            }
        }
    }

    fn push(&mut self, number: u32, text: String) {
        self.lines.push(Line {
            number,
            text,
            style: Style::Plain,
        });
    }

    fn finish(mut self) -> Vec<Line> {
        self.close();
        self.lines
    }
}

impl Open {
    /// Whether the paragraph goes on with `next` in `region`.
    fn goes_on(&self, next: &Row, region: &Region, pitch: f32, indents: bool) -> bool {
        let size = self.last.size;
        let is_like = (next.size / size - 1.0).abs() < 0.08;
        let is_table = self.last.text.contains('\t') || next.text.contains('\t');
        if !is_like || is_table || !self.is_full(next) {
            return false;
        }
        let distance = (next.y - self.last.y) / size;
        if !self.is_at_end && (distance > pitch * APART || distance <= 0.0) {
            return false;
        }
        if self.is_centred_with(next, region) {
            return true;
        }
        let is_ended = self.text.ends_with(ENDS);
        let indent = (next.x0 - region.left) / size;
        let last_indent = (self.last.x0 - self.left) / size;
        // Where paragraphs are indented, `一是` at the margin is a clause that happens to begin a row.
        let is_clause = indents && indent < 0.5 && next.text.chars().nth(1) == Some('是');
        if starts_label(&next.text)
            && !is_clause
            && (is_ended || indent - last_indent > -0.5)
            && (is_ended || indent > 0.5)
        {
            return false;
        }
        let hangs = self.n_rows > 1 && last_indent > 0.4 && (indent - last_indent).abs() < 0.4;
        let begins_hanging = self.n_rows == 1
            && starts_item(&self.text)
            && indent > last_indent
            && indent - last_indent < 4.0;
        if hangs || begins_hanging {
            return !(is_ended && self.is_at_end && indent >= INDENT);
        }
        if indent >= INDENT && (indents || indent > last_indent + 0.5) {
            return false;
        }
        if indents || !is_ended {
            return true;
        }
        // Without indents a full row that ends a sentence goes on if the next one looks like more of the same: not at the foot
        // of a page, where a paragraph would end as well, and not as a short line that ends no sentence.
        let is_short = next.x1 - region.left < 0.7 * (region.right - region.left);
        !self.is_at_end && (!is_short || next.text.ends_with(ENDS))
    }

    /// Whether `next` is the rest of a title that is too long for one row: both rows have the page's middle in theirs.
    fn is_centred_with(&self, next: &Row, region: &Region) -> bool {
        let middle = f32::midpoint(region.left, region.right);
        let is_central =
            |row: &Row| (f32::midpoint(row.x0, row.x1) - middle).abs() < 0.6 * row.size;
        let indent = (next.x0 - region.left) / next.size;
        !self.is_at_end
            && indent > INDENT
            && is_central(&self.last)
            && is_central(next)
            && !self.text.ends_with(ENDS)
            && !starts_label(&next.text)
    }

    /// Whether the last row ends because the margin is reached: what `next` begins with would not fit behind it, or it
    /// breaks off a sentence at some length, as rows do that are not justified or run beside a picture.
    fn is_full(&self, next: &Row) -> bool {
        let size = self.last.size;
        let room = self.right - self.last.x1;
        if self.right - self.left < LEAST_WIDTH * size {
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
        let cannot_begin = next
            .text
            .starts_with(['，', '。', '、', '；', '：', '）', '”', '》', ',', ';']);
        cannot_begin || breaks_off && (is_long || is_beside)
    }
}

/// Whether a row begins an item of a list, whose later rows hang below its text.
fn starts_item(text: &str) -> bool {
    let mark = text.chars().next().unwrap_or(' ');
    starts_label(text)
        || matches!(
            mark,
            '•' | '·' | '●' | '■' | '◆' | '-' | '–' | '—' | '○' | '▪' | '➢'
        )
        || text.starts_with(|ch: char| ch.is_ascii_digit())
}

/// Adds `next`, with a blank only between Latin words; a hyphen between small letters goes.
fn append(text: &mut String, next: &str) {
    let is_small = |ch: char| ch.is_ascii_lowercase();
    let ends_hyphenated = text
        .strip_suffix('-')
        .is_some_and(|before| before.ends_with(is_small));
    if ends_hyphenated && next.starts_with(is_small) {
        text.pop();
    } else if text.ends_with(|ch: char| ch.is_ascii_alphanumeric() || matches!(ch, ',' | '.' | ';'))
        && next.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && !text.ends_with(|ch: char| ch.is_ascii_digit())
    {
        text.push(' ');
    }
    text.push_str(next);
}
