//! Why a line is not part of the report.

use serde::{Deserialize, Serialize};

/// Why a line is not part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// An entry of a table of contents, or its heading.
    Contents,
    /// A header or footer that most pages have at one position.
    RunningHead,
    /// A page number.
    PageNumber,
    /// A field about the document: index number, date of publication, source, author.
    Metadata,
    /// What a web page, a mail program or a database puts around a text: menus, buttons, licences.
    Frame,
    /// The title, printed again.
    RepeatedTitle,
    /// A copy of text that the file already contains.
    RepeatedText,
    /// Text that readers do not see: hidden text, deleted revisions, comments of the markup.
    Hidden,
    /// Marks without a letter or digit: remains of icons and separators.
    Symbols,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 9] = [
        Self::Contents,
        Self::RunningHead,
        Self::PageNumber,
        Self::Metadata,
        Self::Frame,
        Self::RepeatedTitle,
        Self::RepeatedText,
        Self::Hidden,
        Self::Symbols,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_reasons_are_listed_once_under_their_names() {
        let names: Vec<String> = Reason::ALL
            .iter()
            .map(|reason| serde_json::to_string(reason).expect("a name"))
            .collect();
        let expected = [
            "contents",
            "running_head",
            "page_number",
            "metadata",
            "frame",
            "repeated_title",
            "repeated_text",
            "hidden",
            "symbols",
        ];
        assert_eq!(names, expected.map(|name| format!("\"{name}\"")));
        assert!(Reason::ALL.is_sorted());
    }
}
