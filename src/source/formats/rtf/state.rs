//! The state inside a group, and the styles.

use std::collections::BTreeMap;

use super::charset::{self, CodePage};
use crate::document::Style;
use crate::source::formats::style_names::{named, outline};

/// Where text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the paragraph.
    #[default]
    Text,
    /// Into the paragraph's number.
    Label,
    /// Into the table of fonts.
    Fonts,
    /// Into the table of styles.
    Styles,
    /// Nowhere.
    Nothing,
}

/// The state inside a group.
#[derive(Clone)]
pub(super) struct Group {
    pub(super) destination: Destination,
    /// Whether it has no word yet.
    pub(super) is_fresh: bool,
    /// Whether it may be skipped if its first word is unknown.
    pub(super) is_ignorable: bool,
    /// Its kind if it is outside the main text.
    pub(super) begins_story: Option<Story>,
    pub(super) is_hidden: bool,
    pub(super) is_deleted: bool,
    pub(super) font: Option<i32>,
    pub(super) code_page: CodePage,
    /// Whether the fonts named next are those for Chinese.
    pub(super) is_far_east: bool,
    /// Number of substitute characters after a Unicode one.
    pub(super) n_fallback: usize,
    pub(super) paragraph: Paragraph,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            destination: Destination::Text,
            is_fresh: true,
            is_ignorable: false,
            begins_story: None,
            is_hidden: false,
            is_deleted: false,
            font: None,
            code_page: 0,
            is_far_east: false,
            // The default of `\uc` (RTF 1.9.1, Unicode RTF).
            n_fallback: 1,
            paragraph: Paragraph::default(),
        }
    }
}

impl Group {
    pub(super) fn is_double_byte(&self) -> bool {
        charset::is_double_byte(self.code_page)
    }
}

/// The properties of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) style: Option<i32>,
    pub(super) outline_level: Option<u8>,
    pub(super) in_table: bool,
    /// Its nesting depth in tables; 0 if not stated.
    pub(super) depth: usize,
}

/// The paragraph styles.
#[derive(Default)]
pub(super) struct Styles {
    by_number: BTreeMap<i32, Style>,
    open: Option<StyleEntry>,
}

/// A style whose description is being read.
#[derive(Default)]
struct StyleEntry {
    number: i32,
    based_on: Option<i32>,
    outline_level: Option<u8>,
    name: String,
}

impl Styles {
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" => {
                self.open = Some(StyleEntry {
                    number: number.unwrap_or(0),
                    ..StyleEntry::default()
                });
            }
            // Styles of characters and tables.
            "cs" | "ds" | "ts" => self.open = None,
            "sbasedon" => self.set(|entry| entry.based_on = number),
            "outlinelevel" => self.set(|entry| {
                entry.outline_level = number.and_then(|level| u8::try_from(level).ok())
            }),
            _ => {}
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut StyleEntry)) {
        // The entry of style 0, Normal, has no `\s`.
        change(self.open.get_or_insert_default());
    }

    pub(super) fn name(&mut self, text: &str) {
        if let Some(entry) = &mut self.open {
            entry.name.push_str(text);
        }
    }

    pub(super) fn end(&mut self) {
        let Some(entry) = self
            .open
            .take()
            .filter(|entry| !entry.name.trim().is_empty())
        else {
            return;
        };
        // The parent is defined before in files of Word; a later one does not count.
        let inherited = || self.by_number.get(&entry.based_on?).copied();
        let style = named(entry.name.trim_end_matches(';'))
            .or_else(|| entry.outline_level.map(outline))
            .or_else(inherited);
        self.by_number
            .insert(entry.number, style.unwrap_or_default());
    }

    /// The style of a paragraph by its style sheet and its own outline level.
    pub(super) fn of(&self, paragraph: &Paragraph) -> Style {
        let by_style = paragraph
            .style
            .and_then(|number| self.by_number.get(&number).copied());
        let by_style = by_style.unwrap_or_default();
        match paragraph.outline_level {
            Some(level) if by_style != Style::Title => outline(level),
            _ => by_style,
        }
    }
}

/// Destinations without text of the document.
pub(super) const UNREAD: [&str; 39] = [
    // Authors, dates and marks of comments, whose text is in `annotation`.
    "atnauthor",
    "atndate",
    "atnicn",
    "atnid",
    "atnparent",
    "atnref",
    "atrfend",
    "atrfstart",
    "author",
    "bkmkend",
    "bkmkstart",
    "colorschememapping",
    "colortbl",
    "comment",
    "company",
    "datafield",
    "datastore",
    // The instruction of a field; its result is text.
    "fldinst",
    "filetbl",
    "generator",
    "info",
    "keywords",
    "latentstyles",
    "listtable",
    "listoverridetable",
    // Text for readers without nested tables.
    "nonesttables",
    // A copy of `shppict` for older readers.
    "nonshppict",
    "objdata",
    "operator",
    "pict",
    "pntxta",
    "pntxtb",
    "revtbl",
    "rsidtbl",
    "shprslt",
    "sp",
    "themedata",
    "title",
    "xe",
];

/// Control words for single characters.
pub(super) const SIGNS: [(&str, &str); 12] = [
    ("~", "\u{a0}"),
    ("_", "-"),
    ("emdash", "—"),
    ("endash", "–"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
    ("emspace", "\u{3000}"),
    ("enspace", " "),
    ("qmspace", " "),
];

/// A text outside the main text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// A note, a comment or a text box.
    Text,
    /// A page header or footer.
    RunningHead,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words and the name of a style.
    fn style(styles: &mut Styles, words: &[(&str, i32)], name: &str) {
        for &(word, number) in words {
            styles.word(word, Some(number));
        }
        styles.name(name);
        styles.end();
    }

    fn of(styles: &Styles, number: Option<i32>, outline_level: Option<u8>) -> Style {
        styles.of(&Paragraph {
            style: number,
            outline_level,
            ..Paragraph::default()
        })
    }

    #[test]
    fn styles_are_headings_by_name_level_or_base() {
        let mut styles = Styles::default();
        style(&mut styles, &[("s", 1)], "heading 1;");
        style(&mut styles, &[("s", 2), ("outlinelevel", 2)], "小标题;");
        style(&mut styles, &[("s", 3), ("sbasedon", 1)], "章名;");
        // A base that is defined later does not count.
        style(&mut styles, &[("s", 4), ("sbasedon", 5)], "节名;");
        style(&mut styles, &[("s", 5)], "heading 2;");
        // A style of characters does not apply to paragraphs.
        style(&mut styles, &[("s", 6), ("cs", 6)], "heading 3;");
        style(&mut styles, &[("s", 7)], " ");
        let found = [1, 2, 3, 4, 5, 6, 7, 99].map(|number| of(&styles, Some(number), None));
        let expected = [
            Style::Heading(1),
            outline(2),
            Style::Heading(1),
            Style::Plain,
            Style::Heading(2),
            Style::Plain,
            Style::Plain,
            Style::Plain,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_level_of_a_paragraph_outranks_its_style() {
        let mut styles = Styles::default();
        style(&mut styles, &[("s", 1)], "heading 1;");
        assert_eq!(of(&styles, Some(1), Some(2)), outline(2));
        assert_eq!(of(&styles, None, Some(0)), outline(0));
        assert_eq!(of(&styles, None, None), Style::Plain);
    }

    #[test]
    fn signs_and_skipped_destinations_are_different_words() {
        for (word, text) in SIGNS {
            assert!(!text.is_empty() && !UNREAD.contains(&word), "{word}");
        }
        let mut words: Vec<&str> = SIGNS.iter().map(|(word, _)| *word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), SIGNS.len());
    }
}
