//! The sheets of a workbook as lines of one list.

use super::lines::{Line, rows_to_lines};
use super::note::Note;
use crate::source::input::{ListSheet, TableRow};
use crate::text::punctuation::is_stop;

/// Characters of a cell from which on it is a remark rather than a word.
const LONGEST_WORD: usize = 60;

/// The lines of all sheets that hold words. Of several the sheet's name is the group of words without one.
pub(super) fn lines_of_sheets(sheets: Vec<ListSheet>, notes: &mut Vec<Note>) -> Vec<Line> {
    let sheets = sheets.into_iter().enumerate();
    // The first sheet is the list, whatever it holds; further ones are often remarks on it, which must not be counted.
    let (read, unread): (Vec<_>, Vec<_>) =
        sheets.partition(|(ord, sheet)| *ord == 0 || holds_words(&sheet.rows));
    let names = |sheets: &[(usize, ListSheet)]| -> Vec<String> {
        sheets.iter().map(|(_, sheet)| sheet.name.clone()).collect()
    };
    // The name of a single sheet is `Sheet1` as a rule, and groups nothing.
    let is_grouped = read.len() > 1;
    let (read_names, unread_names) = (names(&read), names(&unread));
    let mut lines = Vec::new();
    for (_, sheet) in read {
        let group = is_grouped.then_some(sheet.name);
        let own = rows_to_lines(sheet.rows, notes).into_iter();
        lines.extend(own.map(|line| Line {
            group: line.group.or_else(|| group.clone()),
            ..line
        }));
    }
    notes.extend(is_grouped.then_some(Note::Sheets(read_names)));
    notes.extend((!unread.is_empty()).then_some(Note::Unread(unread_names)));
    lines
}

/// Whether no cell of a sheet is a sentence, and there is any.
fn holds_words(rows: &[TableRow]) -> bool {
    let mut cells = rows.iter().flat_map(|(_, cells)| cells);
    let is_word =
        |cell: &String| cell.chars().nth(LONGEST_WORD).is_none() && !cell.contains(is_stop);
    !rows.is_empty() && cells.all(is_word)
}
