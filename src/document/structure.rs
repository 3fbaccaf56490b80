//! A document and its parts.

use serde::{Deserialize, Serialize};

use super::date::{Date, DateSource};
use super::reason::Reason;
use super::role::{Role, is_appendix};

/// One official report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The title; the file's name if the text has none.
    pub title: String,
    /// The date and its source; `None` without evidence.
    pub date: Option<(Date, DateSource)>,
    /// The day on which a statute was first adopted, if it was revised since.
    pub adopted: Option<Date>,
    /// The 文种, such as 总结 or 通知.
    pub kind: Option<String>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// All headings in order of the text.
    pub sections: Vec<Section>,
    /// All passages in order of the text.
    pub passages: Vec<Passage>,
    /// Lines outside passages, in order, with the reason for each.
    pub boilerplate: Vec<Boilerplate>,
    /// Characters that the reader of the format saw in the file, counting visible ones only
    /// ([`crate::text::visible`]); each of them is in a passage or in the boilerplate.
    pub n_read: u64,
    /// Whether it is one of several documents of its file.
    pub is_record: bool,
}

/// A heading and, by [`Passage::section`], the text under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Rank in the document's own hierarchy, from 1.
    pub level: u8,
    /// The label as printed, without following blanks: `一、`, `（二）`, `第三条`.
    pub label: Option<String>,
    /// The rest of the heading without its final stop; empty for an untitled article.
    pub title: String,
    /// Number of its line.
    pub line: u32,
    /// Whether body text follows on the same line.
    pub run_in: bool,
    /// The section that contains it, an ordinal in [`Document::sections`]; `None` at the top.
    pub parent: Option<usize>,
    /// The purpose of the section, by the words of its heading.
    pub role: Option<Role>,
}

/// One paragraph of the cleaned text: the unit that is indexed, ranked, shown and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// 1-based number in the document.
    pub number: u32,
    /// Number of the line on which it starts.
    pub line: u32,
    /// The part of the document.
    pub part: Part,
    /// The original text.
    pub text: String,
    /// The innermost section, an ordinal in [`Document::sections`]; `None` before the first heading.
    pub section: Option<usize>,
    /// The role that the text implies where the headings do not: a sentence opened it, or the order of the document implies it.
    pub opened: Option<Role>,
    /// Its position in a table; `None` outside.
    pub row: Option<TableRow>,
    /// Whether part of it was read by character recognition, which makes errors.
    pub is_recognized: bool,
}

/// The position of a passage in a table. Tabs separate its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The table, counted from 1 in the document.
    pub table: u32,
    /// The passage with the column headings of the table; `None` if none are known, and for such a row itself.
    pub header: Option<u32>,
}

/// The part of a document that a passage belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The document's title.
    Title,
    /// A heading on a line of its own.
    Heading,
    /// Anything else; run-in headings stay in the paragraph that they open.
    Body,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Title, Self::Heading, Self::Body];

    /// Its name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Body => "body",
        }
    }
}

/// A line that is neither searched nor counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boilerplate {
    /// Number of the line.
    pub line: u32,
    /// Its text.
    pub text: String,
    /// Why it is not part of the report.
    pub reason: Reason,
}

impl Document {
    /// Number of its passages read by character recognition, in full or in part.
    pub fn n_recognized(&self) -> usize {
        let passages = self.passages.iter();
        passages.filter(|passage| passage.is_recognized).count()
    }

    /// The sections from the top down to `section`; empty for `None`.
    pub fn path(&self, section: Option<usize>) -> Vec<&Section> {
        let mut path = Vec::new();
        let mut next = section;
        while let Some(ord) = next {
            path.push(&self.sections[ord]);
            next = self.sections[ord].parent;
        }
        path.reverse();
        path
    }

    /// The purpose of `section`: its own role, else that of the nearest ancestor that has one. What is attached has none.
    pub fn role(&self, section: Option<usize>) -> Option<Role> {
        let path = self.path(section);
        let own = path.iter().rev();
        own.take_while(|section| !is_appendix(&section.title))
            .find_map(|section| section.role)
    }

    /// The purpose of a passage: that which its text implies, else that of its section.
    pub fn role_of(&self, passage: &Passage) -> Option<Role> {
        passage.opened.or_else(|| self.role(passage.section))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(title: &str, parent: Option<usize>) -> Section {
        Section {
            level: 1,
            label: None,
            title: title.to_owned(),
            line: 1,
            run_in: false,
            parent,
            role: Role::of(title),
        }
    }

    #[test]
    fn the_path_leads_from_the_top_to_the_section() {
        let document = Document {
            sections: vec![
                section("甲", None),
                section("乙", Some(0)),
                section("丙", Some(0)),
                section("丁", Some(2)),
            ],
            ..Document::default()
        };
        let path = |ord| {
            let path = document.path(ord).into_iter();
            path.map(|section| &*section.title).collect::<String>()
        };
        assert_eq!(path(Some(3)), "甲丙丁");
        assert_eq!(path(Some(1)), "甲乙");
        assert_eq!(path(None), "");
    }

    #[test]
    fn parts_have_the_names_that_they_are_stored_by() {
        for part in Part::ALL {
            let name = format!("\"{}\"", part.name());
            assert_eq!(serde_json::to_string(&part).expect("a name"), name);
        }
    }
}
