//! Tables drawn in characters, line by line.
//!
//! A rule is a line of strokes only. The lines between two rules are one row, if cells are broken over
//! several lines, or several rows. Their cells decide: one that continues on the next line is full, and a
//! number does not continue.

use super::{is_figure, is_header, n_seen};
use crate::document::{Line, Reason, Row, Style};
use crate::text::visible::n_visible;

/// A line of a drawing.
enum Drawn {
    Rule,
    /// The cells as drawn, with their blanks.
    Cells(Vec<String>),
    /// Cells of which some are a stroke: it ends a row, except for a cell that spans several.
    Partial(Vec<String>),
}

/// A row of a table while its lines are read.
struct OpenRow {
    number: u32,
    texts: Vec<String>,
    /// Each cell as drawn in the last line with text in it, and whether a blank followed.
    last: Vec<(String, bool)>,
}

/// Finds the drawn tables of a text, and counts its visible characters except for the bars between cells.
pub(super) fn find(lines: Vec<Line>, n_tables: &mut u32) -> (Vec<Line>, u64) {
    let mut out = Vec::with_capacity(lines.len());
    let mut n_read = 0;
    let mut rest = lines
        .into_iter()
        .map(|line| (drawn(&line.text), line))
        .peekable();
    while let Some((first, line)) = rest.next() {
        let Some(first) = first else {
            n_read += n_seen(&line);
            out.push(line);
            continue;
        };
        // All adjacent drawn lines form one block; whether they are a table is decided for the block.
        let mut block = vec![(line, first)];
        while let Some((Some(next), line)) = rest.next_if(|(drawn, _)| drawn.is_some()) {
            block.push((line, next));
        }
        if is_table(&block) {
            *n_tables += 1;
            n_read += write(block, *n_tables, &mut out);
        } else {
            n_read += block.iter().map(|(line, _)| n_seen(line)).sum::<u64>();
            out.extend(block.into_iter().map(|(line, _)| line));
        }
    }
    (out, n_read)
}

fn is_bar(ch: char) -> bool {
    is_strong_bar(ch) || matches!(ch, '|' | '｜' | '￨')
}

/// A bar that is used for drawing only.
fn is_strong_bar(ch: char) -> bool {
    matches!(ch, '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏')
}

fn is_stroke(ch: char) -> bool {
    is_box_stroke(ch) || matches!(ch, '-' | '=' | '—' | '＝' | '_')
}

fn is_box_stroke(ch: char) -> bool {
    matches!(
        ch,
        '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '－'
    )
}

fn is_joint(ch: char) -> bool {
    is_box_joint(ch) || ch == '+'
}

fn is_box_joint(ch: char) -> bool {
    matches!(ch, '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{2570}' | '＋')
}

/// The part of a drawing that a line is; `None` if it cannot be part of one.
fn drawn(text: &str) -> Option<Drawn> {
    let text = text.trim();
    // Colons mark the alignment in the rule of a Markdown table.
    let is_frame =
        |ch: char| is_bar(ch) || is_joint(ch) || is_stroke(ch) || ch.is_whitespace() || ch == ':';
    let n_strokes = text.chars().filter(|&ch| is_stroke(ch)).count();
    // A line of dashes alone is a separator of text; with a joint or bar it belongs to a table.
    if n_strokes >= 2 && text.chars().all(is_frame) {
        let is_joined = text.contains(|ch| is_bar(ch) || is_joint(ch));
        return is_joined.then_some(Drawn::Rule);
    }
    let is_edge = |ch: char| is_bar(ch) || is_box_joint(ch);
    if !text.contains(is_edge) {
        return None;
    }
    let inner = text.strip_prefix(is_edge).unwrap_or(text);
    let inner = inner.strip_suffix(is_edge).unwrap_or(inner);
    let cells: Vec<String> = inner.split(is_edge).map(str::to_owned).collect();
    if text.contains(is_box_joint) {
        let is_struck = |cell: &String| is_struck(cell.trim());
        return cells.iter().any(is_struck).then_some(Drawn::Partial(cells));
    }
    Some(Drawn::Cells(cells))
}

/// Whether a cell is a stroke: two at least, as a single dash is the content of an empty cell.
fn is_struck(cell: &str) -> bool {
    cell.chars().count() >= 2 && cell.chars().all(is_box_stroke)
}

/// Whether consecutive drawn lines are a table: with a rule among them, or with bars on both sides or of a
/// kind used for drawing only.
fn is_table(block: &[(Line, Drawn)]) -> bool {
    let has_rule = block.iter().any(|(_, drawn)| matches!(drawn, Drawn::Rule));
    let rows = block
        .iter()
        .filter(|(_, drawn)| !matches!(drawn, Drawn::Rule));
    let n_rows = rows.clone().count();
    let is_closed = |text: &str| {
        let text = text.trim();
        text.starts_with(is_bar) && text.ends_with(is_bar)
    };
    let mut texts = rows.map(|(line, _)| &*line.text);
    match has_rule {
        true => n_rows > 0,
        // A single line with bars, or lines with `|` inside only, may be text.
        false => n_rows > 1 && texts.all(|text| text.contains(is_strong_bar) || is_closed(text)),
    }
}

/// Writes the rows of a table in place of its lines; returns the number of its visible characters.
fn write(block: Vec<(Line, Drawn)>, table: u32, out: &mut Vec<Line>) -> u64 {
    let mut rows = DrawnRows {
        is_ruled: is_ruled(&block),
        table,
        open: None,
        first: None,
        texts: Vec::new(),
        out,
    };
    let mut n_read = 0;
    for (line, drawn) in block {
        match drawn {
            Drawn::Rule => {
                n_read += n_seen(&line);
                rows.close();
                let style = Style::Boilerplate(Reason::Symbols);
                rows.out.push(Line { style, ..line });
            }
            Drawn::Cells(cells) => {
                n_read += n_seen_in(&cells);
                rows.add(line.number, &cells, false);
            }
            Drawn::Partial(cells) => {
                let cells: Vec<String> = cells.into_iter().map(without_stroke).collect();
                n_read += n_seen_in(&cells);
                rows.add(line.number, &cells, true);
                rows.close();
            }
        }
    }
    rows.finish();
    n_read
}

fn n_seen_in(cells: &[String]) -> u64 {
    cells.iter().map(|cell| n_visible(cell)).sum()
}

fn without_stroke(cell: String) -> String {
    match cell.trim().chars().all(is_box_stroke) {
        true => String::new(),
        false => cell,
    }
}

/// Whether a rule follows every row: there are several, most pieces between rules have one line, and none is
/// long.
fn is_ruled(block: &[(Line, Drawn)]) -> bool {
    const MAX_LINES: usize = 6;
    let pieces = block.split(|(_, drawn)| matches!(drawn, Drawn::Rule));
    let sizes: Vec<usize> = pieces.map(<[_]>::len).filter(|&len| len > 0).collect();
    let n_lines: usize = sizes.iter().sum();
    // Three rows at least, half of them of one line.
    sizes.len() >= 3 && sizes.len() * 2 >= n_lines && sizes.iter().all(|&len| len <= MAX_LINES)
}

/// Writes the rows of one table.
struct DrawnRows<'a> {
    table: u32,
    is_ruled: bool,
    open: Option<OpenRow>,
    /// The position of the first row in the output, and the cells of all of them.
    first: Option<usize>,
    texts: Vec<Vec<String>>,
    out: &'a mut Vec<Line>,
}

impl DrawnRows<'_> {
    /// Adds a drawn line to the open row, if it must or seems to continue it, or opens the next one.
    fn add(&mut self, number: u32, cells: &[String], must_continue: bool) {
        let is_ruled = self.is_ruled;
        let open = self.open.as_mut();
        match open.filter(|row| must_continue || row.continues(cells, is_ruled)) {
            Some(row) => row.add(cells),
            None => {
                self.close();
                self.open = Some(OpenRow::new(number, cells));
            }
        }
    }

    fn close(&mut self) {
        let Some(row) = self.open.take() else { return };
        // A line of blank cells only separates rows.
        if row.texts.iter().all(String::is_empty) {
            return;
        }
        self.first = self.first.or(Some(self.out.len()));
        self.out.push(Line {
            number: row.number,
            text: row.texts.join("\t"),
            style: Style::Row(Row {
                table: self.table,
                is_header: false,
            }),
        });
        self.texts.push(row.texts);
    }

    fn finish(mut self) {
        self.close();
        if let Some(first) = self.first.filter(|_| is_header(&self.texts)) {
            self.out[first].style = Style::Row(Row {
                table: self.table,
                is_header: true,
            });
        }
    }
}

/// Maximum number of columns that a full cell may leave free beside its text, including a blank on both
/// sides: the next Han character would not have fitted.
const SLACK: usize = 3;

impl OpenRow {
    fn new(number: u32, cells: &[String]) -> Self {
        let mut row = Self {
            number,
            texts: vec![String::new(); cells.len()],
            last: vec![(String::new(), false); cells.len()],
        };
        row.add(cells);
        row
    }

    /// Whether a drawn line continues this row.
    fn continues(&self, cells: &[String], is_ruled: bool) -> bool {
        if cells.len() != self.texts.len() {
            return false;
        }
        let n_filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        // Lines with text in every cell are rows, unless rules separate them.
        let is_likely = is_ruled || n_filled * 2 < cells.len();
        is_likely
            && cells
                .iter()
                .zip(&self.last)
                .all(|(cell, last)| fits(cell, last))
    }

    fn add(&mut self, cells: &[String]) {
        self.texts
            .resize(self.texts.len().max(cells.len()), String::new());
        self.last.resize(self.texts.len(), (String::new(), false));
        for ((text, last), cell) in self.texts.iter_mut().zip(&mut self.last).zip(cells) {
            let piece = cell.trim();
            if piece.is_empty() {
                // Text after a blank cell is not its continuation.
                last.1 = !last.0.is_empty();
                continue;
            }
            let is_latin = |ch: char| ch.is_ascii_alphanumeric();
            let is_figure_cut = text.ends_with(|ch: char| ch.is_ascii_digit());
            // A word broken at the cell's edge needs no blank, two words do; digits are parts of one number.
            if text.ends_with(is_latin) && piece.starts_with(is_latin) && !is_figure_cut {
                text.push(' ');
            }
            text.push_str(&piece.replace('\t', " "));
            *last = (cell.clone(), false);
        }
    }
}

/// Whether `cell` can continue the text above it in `last`, which a blank may have ended.
fn fits(cell: &str, (last, is_over): &(String, bool)) -> bool {
    let (above, below) = (last.trim(), cell.trim());
    if above.is_empty() || below.is_empty() {
        return true;
    }
    let is_full = columns(last) <= columns(above) + SLACK;
    is_full && !is_over && !(is_figure(above) && is_figure(below))
}

/// The width of `text` on a terminal: two columns for each character beyond Latin, else one.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|ch| if ch < '\u{1100}' { 1 } else { 2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32, text: &str) -> Line {
        Line {
            number,
            text: text.to_owned(),
            style: Style::Plain,
        }
    }

    /// What a line of a drawing is: `-` for a rule, its cells, or its cells after a `~` if some are strokes.
    fn part(text: &str) -> Option<String> {
        Some(match drawn(text)? {
            Drawn::Rule => "-".to_owned(),
            Drawn::Cells(cells) => cells.join("/"),
            Drawn::Partial(cells) => format!("~{}", cells.join("/")),
        })
    }

    #[test]
    fn lines_are_parts_of_drawings_by_their_marks() {
        let cases = [
            ("┌──┬──┐", Some("-")),
            ("├──┼──┤", Some("-")),
            ("+--+--+", Some("-")),
            ("|---|:-:|", Some("-")),
            ("│甲│乙│", Some("甲/乙")),
            ("|甲|乙|", Some("甲/乙")),
            ("甲|乙", Some("甲/乙")),
            ("｜甲｜", Some("甲")),
            ("│甲├──┤", Some("~甲/──")),
            // A single dash is the content of an empty cell.
            ("│—│乙│", Some("—/乙")),
            // Dashes alone separate text.
            ("------", None),
            ("——————", None),
            ("甲乙", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(part(text).as_deref(), expected, "{text}");
        }
        assert!(is_struck("──") && !is_struck("─") && !is_struck("─甲") && !is_struck(""));
    }

    #[test]
    fn a_drawn_table_becomes_rows() {
        let texts = [
            "前文",
            "┌──┬──┐",
            "│行业│收入│",
            "├──┼──┤",
            "│工业│12│",
            "└──┴──┘",
            "后文",
        ];
        let lines = (1..).zip(texts).map(|(number, text)| line(number, text));
        let mut n_tables = 0;
        let (found, n_read) = find(lines.collect(), &mut n_tables);
        assert_eq!(n_tables, 1);
        let rows: Vec<(&str, bool)> = found
            .iter()
            .filter(|line| !matches!(line.style, Style::Boilerplate(_)))
            .map(|line| (&*line.text, matches!(line.style, Style::Row(_))))
            .collect();
        let expected = [
            ("前文", false),
            ("行业\t收入", true),
            ("工业\t12", true),
            ("后文", false),
        ];
        assert_eq!(rows, expected);
        // Everything but the bars between cells is counted: four characters around, eight in cells, and three rules.
        let in_rules: usize = [1, 3, 5]
            .map(|ord: usize| texts[ord].chars().count())
            .iter()
            .sum();
        assert_eq!(n_read as usize, 4 + 8 + in_rules);
    }

    #[test]
    fn bars_alone_make_no_table() {
        let cases: [&[&str]; 4] = [
            &["甲|乙"],
            &["甲|乙", "丙|丁"],
            &["------"],
            &["前文", "|甲|乙|", "后文"],
        ];
        for texts in cases {
            let lines: Vec<Line> = (1..)
                .zip(texts)
                .map(|(number, text)| line(number, text))
                .collect();
            let mut n_tables = 0;
            let (found, _) = find(lines.clone(), &mut n_tables);
            assert_eq!((n_tables, &found), (0, &lines), "{texts:?}");
        }
    }
}
