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

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, cells: &[&[&str]]) -> ListSheet {
        let rows = cells
            .iter()
            .map(|row| row.iter().map(|&cell| cell.to_owned()).collect());
        ListSheet {
            name: name.to_owned(),
            rows: (1..).zip(rows).collect(),
        }
    }

    #[track_caller]
    fn check(sheets: Vec<ListSheet>, expected: &[(&str, Option<&str>)], noted: &[Note]) {
        let mut notes = Vec::new();
        let lines = lines_of_sheets(sheets, &mut notes);
        let read: Vec<(&str, Option<&str>)> = lines
            .iter()
            .map(|line| (line.entry.as_str(), line.group.as_deref()))
            .collect();
        assert_eq!(read, expected);
        assert_eq!(notes, noted);
    }

    #[test]
    fn the_name_of_a_single_sheet_groups_nothing() {
        check(
            vec![sheet("Sheet1", &[&["修渠"], &["修路"]])],
            &[("修渠", None), ("修路", None)],
            &[],
        );
    }

    #[test]
    fn of_several_sheets_each_name_is_a_group() {
        check(
            vec![
                sheet("水利", &[&["修渠"]]),
                sheet("交通", &[&["修路", "道路"], &["架桥"]]),
            ],
            &[
                ("修渠", Some("水利")),
                ("修路", Some("道路")),
                ("架桥", Some("交通")),
            ],
            &[Note::Sheets(vec!["水利".to_owned(), "交通".to_owned()])],
        );
    }

    #[test]
    fn a_sheet_of_remarks_is_not_read_unless_it_is_the_first() {
        let remark = "本表由白苇县整理。";
        let long = "渠".repeat(LONGEST_WORD + 1);
        let word = "渠".repeat(LONGEST_WORD);
        for (cell, is_read) in [(remark, false), (&long, false), (&word, true)] {
            let mut notes = Vec::new();
            let sheets = vec![sheet("词", &[&["修渠"]]), sheet("说明", &[&[cell]])];
            let lines = lines_of_sheets(sheets, &mut notes);
            assert_eq!(lines.len() == 2, is_read, "{cell}");
            let unread = Note::Unread(vec!["说明".to_owned()]);
            assert_eq!(notes.contains(&unread), !is_read, "{cell}");
        }
        check(vec![sheet("说明", &[&[remark]])], &[(remark, None)], &[]);
        // Nothing is lost with an empty sheet, but its name is noted.
        check(
            vec![sheet("词", &[&["修渠"]]), sheet("空", &[])],
            &[("修渠", None)],
            &[Note::Unread(vec!["空".to_owned()])],
        );
    }
}
