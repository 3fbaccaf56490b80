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
