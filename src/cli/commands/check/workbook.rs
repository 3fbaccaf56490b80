//! A check as a workbook: summary, sentences, source documents.

use crate::cli::output::workbook::{cut, empty};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};
use xunzhang::precedent::{Check, Checked, Source};

use super::labels::{class_name, method, rarity_name, summary};
use crate::cli::messages::Lang;
use crate::cli::paint::Paint;
use crate::cli::wording::{marked, path, place, title};

/// The bytes of the workbook.
pub(super) fn workbook(check: &Check, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = empty()?;
    sentences(workbook.add_worksheet(), check, lang)?;
    documents(workbook.add_worksheet(), check, lang)?;
    workbook.save_to_buffer()
}

/// Writes the names of the columns, keeps them in sight and sets how wide they are.
fn header(sheet: &mut Worksheet, row: u32, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(row, column, *name, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    let last = columns.len().saturating_sub(1) as u16;
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.autofilter(row, 0, row, last)?;
    Ok(())
}

fn sentences(sheet: &mut Worksheet, check: &Check, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(lang.text("check-sheet-sentences"))?;
    sheet.write_string(0, 0, cut(&summary(check, lang)))?;
    sheet.write_string(1, 0, cut(&method(lang)))?;
    // Widths in characters, for the longer of both languages' names and the usual cells below.
    let columns = [
        ("check-column-line", 6.0),
        ("check-column-class", 10.0),
        ("check-column-similarity", 10.0),
        ("check-column-rarity", 16.0),
        ("check-column-sentence", 60.0),
        ("check-column-difference", 60.0),
        ("check-column-occurrences", 12.0),
        ("check-column-documents", 12.0),
        ("check-column-oldest", 40.0),
        ("check-column-oldest-place", 40.0),
        ("check-column-newest", 40.0),
        ("check-column-newest-place", 40.0),
    ];
    let columns = columns.map(|(key, width)| (lang.text(key), width));
    header(sheet, 2, &columns)?;
    for (row, sentence) in (3..).zip(&check.sentences) {
        write_sentence(sheet, row, sentence, lang)?;
    }
    Ok(())
}

fn write_sentence(
    sheet: &mut Worksheet,
    row: u32,
    sentence: &Checked,
    lang: Lang,
) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_number(row, 0, f64::from(sentence.passage.line))?;
    sheet.write_string(row, 1, class_name(sentence.class, lang))?;
    sheet.write_number(row, 2, (sentence.similarity * 1e4).floor() / 1e4)?;
    sheet.write_string(
        row,
        3,
        sentence
            .rarity
            .map_or("", |rarity| rarity_name(rarity, lang)),
    )?;
    sheet.write_string_with_format(row, 4, cut(&sentence.text), &wrapped)?;
    let Some(first) = sentence.variants.first().or(sentence.parts.first()) else {
        return Ok(());
    };
    let diff: String = marked(&first.diff, Paint::Plain)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    sheet.write_string_with_format(row, 5, cut(&diff), &wrapped)?;
    sheet.write_number(row, 6, first.occurrences as f64)?;
    sheet.write_number(row, 7, first.documents as f64)?;
    let mut ends = |column: u16, source: Option<&Source>| -> Result<(), XlsxError> {
        if let Some(source) = source {
            sheet.write_string(row, column, cut(&title(source)))?;
            sheet.write_string(
                row,
                column + 1,
                cut(&format!("{} {}", place(source), path(source))),
            )?;
        }
        Ok(())
    };
    ends(8, first.sources.first())?;
    ends(10, first.sources.last())
}

fn documents(sheet: &mut Worksheet, check: &Check, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(lang.text("check-sheet-documents"))?;
    let columns = [
        ("check-column-document", 50.0),
        ("check-column-title", 50.0),
        ("check-column-date", 12.0),
        ("check-share", 10.0),
        ("check-characters", 12.0),
        ("check-distinctive", 18.0),
        ("check-sentences", 10.0),
    ];
    let columns = columns.map(|(key, width)| (lang.text(key), width));
    header(sheet, 0, &columns)?;
    let percent = Format::new().set_num_format("0.0%");
    for (row, shared) in (1..).zip(&check.documents) {
        sheet.write_string(row, 0, cut(&shared.document.id))?;
        sheet.write_string(row, 1, cut(&shared.document.title))?;
        let date = shared
            .document
            .date
            .map(|date| date.to_string())
            .unwrap_or_default();
        sheet.write_string(row, 2, date)?;
        sheet.write_number_with_format(row, 3, shared.share, &percent)?;
        sheet.write_number(row, 4, shared.reused as f64)?;
        sheet.write_number(row, 5, shared.distinctive as f64)?;
        sheet.write_number(row, 6, shared.sentences as f64)?;
    }
    Ok(())
}
