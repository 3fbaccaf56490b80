//! Reads the parts outside the text of a Word document: notes and comments, page headers and footers.

use super::body::Body;
use super::notes::Notes;
use super::numbering::Numbering;
use super::styles::Styles;
use crate::document::{Line, Reason, Style};
use crate::source::xml::Walk;

/// Adds the notes of one kind in `text` to `notes`; returns the number of their visible characters.
pub(super) fn read_notes(
    notes: &mut Notes,
    text: &str,
    kind: &'static str,
    styles: &Styles,
) -> u64 {
    let mut numbering = Numbering::default();
    let mut walk = Walk::new(text);
    let mut n_read = 0;
    while let Some(tag) = walk.next_start() {
        // Notes with a type are the separator lines between text and notes.
        if tag.name() != kind || tag.attribute("type").is_some_and(|kind| kind != "normal") {
            continue;
        }
        let mut none = Notes::default();
        let body = Body::new(styles, &mut numbering, &mut none);
        let (lines, n_here) = body.read(&mut walk, kind);
        n_read += n_here;
        let id = tag.attribute("id").unwrap_or_default();
        notes.add(kind, id, trimmed(lines));
    }
    n_read
}

/// The lines that are not blank, without blanks around them.
fn trimmed(mut lines: Vec<Line>) -> Vec<Line> {
    lines.retain(|line| !line.text.trim().is_empty());
    for line in &mut lines {
        line.text = line.text.trim().to_owned();
    }
    lines
}

/// Page headers and footers, each distinct one once.
#[derive(Default)]
pub(super) struct RunningHeads {
    /// Their lines.
    pub(super) lines: Vec<Line>,
    /// Number of their visible characters.
    pub(super) n_read: u64,
    texts: Vec<String>,
}

/// Maximum number of distinct headers and footers: a document has three of each in a section.
const MAX_HEADS: usize = 1000;

impl RunningHeads {
    /// Reads those in `text`.
    pub(super) fn read(&mut self, text: &str, styles: &Styles) {
        let mut numbering = Numbering::default();
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.next_start() {
            let end = tag.name().to_owned();
            if !matches!(&*end, "hdr" | "ftr") || self.texts.len() == MAX_HEADS {
                continue;
            }
            let mut none = Notes::default();
            let body = Body::new(styles, &mut numbering, &mut none);
            let (mut lines, n_read) = body.read(&mut walk, &end);
            lines.retain(|line| !line.text.trim().is_empty());
            // Sections repeat their headers; only the first of equal ones is kept.
            let text: String = lines.iter().map(|line| &*line.text).collect();
            if lines.is_empty() || self.texts.contains(&text) {
                continue;
            }
            for line in &mut lines {
                line.style = Style::Boilerplate(Reason::RunningHead);
            }
            self.texts.push(text);
            self.lines.append(&mut lines);
            self.n_read += n_read;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_have_no_blank_lines_or_edges() {
        let line = |number: u32, text: &str| Line {
            number,
            text: text.to_owned(),
            style: Style::Plain,
        };
        let lines = vec![
            line(1, " "),
            line(2, " 注一 "),
            line(3, ""),
            line(4, "\t注二"),
        ];
        assert_eq!(trimmed(lines), [line(2, "注一"), line(4, "注二")]);
        assert_eq!(trimmed(vec![line(1, "\u{3000}")]), []);
    }

    #[test]
    fn notes_are_kept_by_their_ids_without_separators() {
        let xml = "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>注一</w:t></w:r></w:p><w:p/></w:footnote><w:footnote w:type='normal' w:id='3'><w:p><w:r><w:t>注二</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let mut notes = Notes::default();
        let styles = Styles::read("");
        assert_eq!(read_notes(&mut notes, xml, "footnote", &styles), 4);
        // This part has no other kind.
        assert_eq!(
            read_notes(&mut Notes::default(), xml, "endnote", &styles),
            0
        );
    }
}
