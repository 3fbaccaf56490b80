//! Word documents with comments: a text, and what is to be said of parts of it.

use docx_rs::{BreakType, Comment, Paragraph, Run};
use xunzhang::text::printable::printable_lines;

use super::document::{FIXED, SIZES, begun, packed, text};
use super::error::Error;

/// A paragraph.
pub(crate) struct Commented {
    pub(crate) is_heading: bool,
    /// Its text in order, each part with the lines of its comment.
    pub(crate) parts: Vec<(String, Option<Vec<String>>)>,
}

/// The document: a title, lines about the whole, the paragraphs with their comments by `author`.
///
/// # Errors
/// [`Error::Document`] if the archive can't be written.
pub(crate) fn commented(
    title: &str,
    facts: &[String],
    author: &str,
    paragraphs: impl IntoIterator<Item = Commented>,
) -> Result<Vec<u8>, Error> {
    let mut docx = begun(title, facts);
    let mut id = 0;
    for Commented { is_heading, parts } in paragraphs {
        let mut paragraph = Paragraph::new();
        for (part, comment) in parts {
            let run = text(&part).size(SIZES[1]);
            let run = if is_heading { run.bold() } else { run };
            let Some(lines) = comment else {
                paragraph = paragraph.add_run(run);
                continue;
            };
            id += 1;
            // One paragraph with line breaks: the library writes a comment once for each paragraph of its own.
            let mut said = Run::new().size(SIZES[2]);
            for (ord, line) in lines.iter().enumerate() {
                if ord > 0 {
                    said = said.add_break(BreakType::TextWrapping);
                }
                said = said.add_text(printable_lines(line));
            }
            let comment = Comment::new(id)
                .author(author)
                .date(FIXED)
                .add_paragraph(Paragraph::new().add_run(said));
            paragraph = paragraph
                .add_comment_start(comment)
                .add_run(run)
                .add_comment_end(id);
        }
        docx = docx.add_paragraph(paragraph);
    }
    packed(docx)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use xunzhang::source::mark;

    use super::*;

    fn made() -> Vec<u8> {
        let paragraph = Commented {
            is_heading: false,
            parts: vec![
                ("依".into(), None),
                (
                    "第三<条".into(),
                    Some(vec!["有出入".into(), "第四&条".into()]),
                ),
                ("修渠。".into(), None),
            ],
        };
        commented("稿", &["共 1 处".into()], "寻章", [paragraph]).expect("a document")
    }

    fn part(name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(made())).expect("an archive");
        let mut xml = String::new();
        let mut part = archive.by_name(name).expect("the part");
        part.read_to_string(&mut xml).expect("XML");
        xml
    }

    #[test]
    fn a_comment_is_about_its_part() {
        let document = part("word/document.xml");
        let (_, after) = document
            .split_once("<w:commentRangeStart w:id=\"1\"")
            .expect("a start");
        let (inside, _) = after
            .split_once("<w:commentRangeEnd w:id=\"1\"")
            .expect("an end");
        assert!(
            inside.contains("第三&lt;条") && !inside.contains("修渠"),
            "{inside}"
        );
        let comments = part("word/comments.xml");
        assert!(
            comments.contains("有出入") && comments.contains("第四&amp;条"),
            "{comments}"
        );
        assert_eq!(comments.matches("<w:comment ").count(), 1, "{comments}");
        assert!(comments.contains("w:author=\"寻章\""), "{comments}");
    }

    #[test]
    fn the_same_text_gives_the_same_bytes_and_carries_our_mark() {
        assert_eq!(made(), made());
        let stamped = mark::stamp(mark::Form::Document, &made());
        assert_eq!(mark::form_of(&stamped), Some(mark::Form::Document));
    }
}
