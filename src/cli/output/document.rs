//! Word documents: quotations, each with the line that says where it is from.

use std::io::Cursor;

use docx_rs::{Docx, Paragraph, Run, RunFonts, Style, StyleType};
use xunzhang::text::printable::printable_lines;

use super::error::Error;

/// A quotation.
pub(crate) struct Quotation {
    /// Its text in parts, each with whether it is what was looked for.
    pub(crate) parts: Vec<(bool, String)>,
    /// Where it is from.
    pub(crate) source: String,
}

/// Sizes in half points: of the title, the text and the source lines.
pub(super) const SIZES: [usize; 3] = [32, 24, 18];
/// Indent of a quotation's first line, two Han characters of the text's size, in twentieths of a point.
const INDENT: i32 = 480;
/// The time that is written into the file: the clock would make every document another one.
pub(super) const FIXED: &str = "2000-01-01T00:00:00Z";

/// The document: a title, lines about the whole, quotations with their source lines.
///
/// # Errors
/// [`Error::Document`] if the archive can't be written.
pub(crate) fn document(
    title: &str,
    facts: &[String],
    quotations: impl IntoIterator<Item = Quotation>,
) -> Result<Vec<u8>, Error> {
    // A style of their own, so that all source lines can be changed at once in Word.
    let source = Style::new("Source", StyleType::Paragraph).name("Source");
    let mut docx = begun(title, facts).add_style(source.size(SIZES[2]).color("666666"));
    for Quotation { parts, source } in quotations {
        let mut quotation = Paragraph::new().indent(
            None,
            Some(docx_rs::SpecialIndentType::FirstLine(INDENT)),
            None,
            None,
        );
        for (is_hit, part) in parts {
            let run = text(&part).size(SIZES[1]);
            quotation = quotation.add_run(if is_hit { run.bold() } else { run });
        }
        let line = Paragraph::new().style("Source").add_run(text(&source));
        docx = docx.add_paragraph(quotation).add_paragraph(line);
    }
    packed(docx)
}

/// A document with its title and lines about the whole.
pub(super) fn begun(title: &str, facts: &[String]) -> Docx {
    // Word chooses a font by script: without one for East Asia Han characters are in whatever the system has.
    let fonts = RunFonts::new().ascii("Times New Roman").east_asia("宋体");
    let docx = Docx::new()
        .created_at(FIXED)
        .updated_at(FIXED)
        .default_fonts(fonts)
        .add_paragraph(Paragraph::new().add_run(text(title).size(SIZES[0]).bold()));
    facts.iter().fold(docx, |docx, fact| {
        docx.add_paragraph(Paragraph::new().add_run(text(fact).size(SIZES[2])))
    })
}

/// The bytes of a document's file.
///
/// # Errors
/// [`Error::Document`] if it can't be made.
pub(super) fn packed(docx: Docx) -> Result<Vec<u8>, Error> {
    let mut bytes = Cursor::new(Vec::new());
    // Only memory is written to; what the library reports names nothing that a user could change.
    docx.build().pack(&mut bytes).map_err(|_| Error::Document)?;
    Ok(bytes.into_inner())
}

/// Text without what XML can't hold.
pub(super) fn text(text: &str) -> Run {
    Run::new().add_text(printable_lines(text))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use xunzhang::source::{ReadOptions, mark, read};

    use super::*;

    fn made() -> Vec<u8> {
        let quotation = Quotation {
            parts: vec![
                (false, "整修<".into()),
                (true, "水渠\u{202e}".into()),
                (false, "&三条".into()),
            ],
            source: "《总结》，a.txt:3".into(),
        };
        document("标题", &["共 1 处".into()], [quotation]).expect("a document")
    }

    #[test]
    fn quotations_stand_above_their_sources() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.docx");
        std::fs::write(&path, made()).expect("a file");
        let mut lines = Vec::new();
        read(&path, &ReadOptions::default(), |record| {
            lines.extend(
                record
                    .document
                    .passages
                    .into_iter()
                    .map(|passage| passage.text),
            );
        })
        .expect("a readable document");
        assert_eq!(
            lines,
            ["标题", "共 1 处", "整修<水渠 &三条", "《总结》，a.txt:3"]
        );
    }

    #[test]
    fn the_same_quotations_give_the_same_bytes_and_carry_our_mark() {
        let bytes = made();
        assert_eq!(bytes, made());
        let stamped = mark::stamp(mark::Form::Document, &bytes);
        assert_eq!(mark::form_of(&stamped), Some(mark::Form::Document));
        assert!(mark::is_as_written(mark::Form::Document, &stamped));
        assert_eq!(mark::form_of(&bytes), None);
        let mut archive = zip::ZipArchive::new(Cursor::new(stamped)).expect("an archive");
        let mut xml = String::new();
        let mut part = archive.by_name("word/document.xml").expect("the text");
        part.read_to_string(&mut xml).expect("XML");
        assert!(xml.contains("<w:b />") || xml.contains("<w:b/>"), "{xml}");
    }
}
