//! Notes and comments attached to a position in the text of a Word document.

use std::collections::BTreeMap;

use crate::document::Line;

/// Footnotes, endnotes and comments by kind and id, each as its lines.
#[derive(Default)]
pub(super) struct Notes(BTreeMap<(&'static str, String), Vec<Line>>);

impl Notes {
    /// Adds lines to the note of this kind and id.
    pub(super) fn add(&mut self, kind: &'static str, id: String, mut lines: Vec<Line>) {
        self.0.entry((kind, id)).or_default().append(&mut lines);
    }

    /// The lines of a note, removed from the collection; empty if there is no such note.
    pub(super) fn take(&mut self, kind: &'static str, id: &str) -> Vec<Line> {
        self.0.remove(&(kind, id.to_owned())).unwrap_or_default()
    }

    /// The lines of all notes without a reference in the text.
    pub(super) fn rest(self) -> impl Iterator<Item = Vec<Line>> {
        self.0.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;

    #[test]
    fn notes_are_taken_once_and_the_rest_comes_last() {
        let line = |text: &str| Line {
            number: 1,
            text: text.to_owned(),
            style: Style::Plain,
        };
        let mut notes = Notes::default();
        notes.add("footnote", "2".to_owned(), vec![line("甲")]);
        notes.add("footnote", "2".to_owned(), vec![line("乙")]);
        notes.add("comment", "2".to_owned(), vec![line("丙")]);
        assert_eq!(notes.take("footnote", "2"), [line("甲"), line("乙")]);
        assert_eq!(notes.take("footnote", "2"), []);
        assert_eq!(notes.take("endnote", "2"), []);
        assert_eq!(notes.rest().collect::<Vec<_>>(), [vec![line("丙")]]);
    }
}
