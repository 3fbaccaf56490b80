//! The outline of a report: which lines are headings, with level and parent.
//!
//! ```text
//! report   = title front part*
//! part     = heading text* part*
//! heading  = styled            the source's style says so
//!          | label topic       一、基本情况                  (alone on its line)
//!          | label point text  （一）班子重视，部署周密。年初以来……  (run-in: the first sentence is the heading)
//!          | label words "：" text
//!          | label words blank text
//!          | topic             结束语                       (unlabelled)
//!          | sentence          推动开放型经济加快发展。        (unlabelled, with its paragraph on the next line)
//!          | sentence text     五年来，我们着力办好学校。……     (unlabelled, in consecutive paragraphs that open alike)
//! ```
//!
//! [`label`] has the grammar of labels. A paragraph with a label is a heading if it and its siblings read as
//! headings (`groups`, `statement`); levels follow from how the labels nest in this document (`levels`).

mod candidates;
mod chains;
mod contents;
mod forms;
mod groups;
pub mod label;
mod levels;
mod numeral;
mod openings;
mod statement;
mod unlabelled;

pub(in crate::document) use contents::{
    ContentsLine, ContentsPart, LineSort, contents, is_heading as heads_contents,
};
pub(in crate::document) use statement::{Ending, ending};
pub(in crate::document) use unlabelled::{
    is_attachment_marker, is_letter_spaced, is_salutation, names_part,
};

use self::candidates::{HeadingCandidate, candidates, judge};
use self::groups::Verdict;
use self::label::Label;
use self::levels::HeadingEntry;
use super::blank::{is_blank, trim};
use super::{Reason, Style};

/// A non-blank line, reduced to what the outline needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph<'a> {
    /// The text as [`super::reading`] reads it.
    pub(super) text: &'a str,
    /// Whether blanks separate its characters, as in some headings and names.
    pub(super) is_spaced: bool,
    /// What the source states about it.
    pub(super) style: Style,
    /// Its part of the page.
    pub(super) place: PagePart,
}

impl Paragraph<'_> {
    /// Whether the source gives it the style of a title or a heading.
    pub(super) fn is_styled(&self) -> bool {
        matches!(self.style, Style::Title | Style::Heading(_))
    }

    /// Whether it is not part of the report.
    pub(super) fn is_boilerplate(&self) -> bool {
        matches!(self.place, PagePart::Boilerplate(_))
    }
}

/// The part of the page that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PagePart {
    /// The title, or a part of it.
    Title,
    /// Not part of the report.
    Boilerplate(Reason),
    /// Between title and text: subtitle, speaker, document number.
    Front,
    /// Text.
    Body,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Ordinal of its paragraph.
    pub(super) paragraph: usize,
    /// The label as printed; `None` without one.
    pub(super) label: Option<String>,
    /// The rest without its final stop.
    pub(super) title: String,
    /// Rank in the document, from 1.
    pub(super) level: u8,
    /// Whether body text follows in the same paragraph.
    pub(super) run_in: bool,
    /// Ordinal of its parent heading.
    pub(super) parent: Option<usize>,
}

/// The headings of `paragraphs`, in order; empty without any.
pub(super) fn outline(paragraphs: &[Paragraph<'_>]) -> Vec<Heading> {
    let mut labels: Vec<Option<Label<'_>>> = paragraphs.iter().map(read_label).collect();
    // A list of attachments has labels without being a list of headings.
    skip_attachments(paragraphs, &mut labels);
    let unlabelled = unlabelled::unlabelled(paragraphs, &labels);
    let candidates = candidates(paragraphs, &labels, &unlabelled);
    let entries: Vec<HeadingEntry<'_>> =
        candidates.iter().map(|candidate| candidate.entry).collect();
    // Levels are computed twice: judging needs the parents of all candidates, nesting then only those that
    // are headings.
    let verdicts = judge(&candidates, &levels::nest(&entries), paragraphs);
    let accepted: Vec<Accepted<'_>> = candidates
        .iter()
        .zip(verdicts)
        .filter_map(|(candidate, verdict)| accept(candidate, verdict))
        .collect();
    let entries: Vec<HeadingEntry<'_>> = accepted.iter().map(|accepted| accepted.entry).collect();
    let parents = levels::nest(&entries);
    let levels = levels::levels(&entries, &parents);
    let places = parents.into_iter().zip(levels);
    accepted
        .iter()
        .zip(places)
        .map(|(accepted, (parent, level))| accepted.heading(parent, level))
        .collect()
}

fn read_label<'a>(paragraph: &Paragraph<'a>) -> Option<Label<'a>> {
    // Title and front matter hold labels only by accident, unless the source styled them.
    let is_text = match paragraph.place {
        PagePart::Body => !matches!(paragraph.style, Style::Row(_)),
        PagePart::Title | PagePart::Front => paragraph.is_styled(),
        PagePart::Boilerplate(_) => false,
    };
    if is_text {
        label::lex(paragraph.text)
    } else {
        None
    }
}

/// Removes the labels of the lines that continue a list of attachments: `2.情况汇总表` below `附件：1.责任分工表`.
fn skip_attachments(paragraphs: &[Paragraph<'_>], labels: &mut [Option<Label<'_>>]) {
    let mut last = None;
    for (paragraph, label) in paragraphs.iter().zip(labels) {
        if paragraph.is_boilerplate() {
            continue;
        }
        last = match (last, *label) {
            (Some(last), Some(item))
                // The list goes on while the numbers do and no line ends a sentence.
                if item.ordinal == last + 1 && ending(paragraph.text) == Ending::Open =>
            {
                *label = None;
                Some(item.ordinal)
            }
            _ => first_attachment(paragraph.text),
        };
    }
}

/// The number of the first attachment of a list that begins on the line of the word 附件.
fn first_attachment(text: &str) -> Option<u32> {
    let (word, list) = text.split_once(['：', ':'])?;
    let is_word = matches!(
        super::blank::squeeze(word).as_str(),
        "附" | "附件" | "附表" | "附录"
    );
    let first = label::lex(list).filter(|first| is_word && first.ordinal == 1);
    first.map(|first| first.ordinal)
}

struct Accepted<'a> {
    paragraph: usize,
    entry: HeadingEntry<'a>,
    label: Option<&'a str>,
    title: &'a str,
    run_in: bool,
}

/// Maximum length of a heading with its label, in characters. Headings without a style are far shorter
/// (`statement`); a paragraph that an author gave a heading's style is text, and would be stored again with
/// every passage below it.
const MAX_HEADING: usize = 300;

fn accept<'a>(candidate: &HeadingCandidate<'a>, verdict: Verdict<'a>) -> Option<Accepted<'a>> {
    let (title, run_in) = match verdict {
        Verdict::Line(title) => (title, false),
        Verdict::RunIn(title) => (title, true),
        Verdict::Text => return None,
    };
    let label = candidate.label.map_or("", |label| label.text);
    // Counted up to the limit only: a paragraph of a megabyte may have the style of a heading.
    let mut chars = label.chars().chain(title.chars());
    if chars.nth(MAX_HEADING).is_some() {
        return None;
    }
    let HeadingCandidate {
        paragraph,
        entry,
        label,
        ..
    } = *candidate;
    Some(Accepted {
        paragraph,
        entry,
        label: label.map(|label| label.text),
        title,
        run_in,
    })
}

impl Accepted<'_> {
    fn heading(&self, parent: Option<usize>, level: u8) -> Heading {
        Heading {
            paragraph: self.paragraph,
            label: self.label.map(printed_label),
            title: trim(statement::without_stop(self.title)).to_owned(),
            level,
            run_in: self.run_in,
            parent,
        }
    }
}

/// The label without the blanks inside it.
fn printed_label(label: &str) -> String {
    label.chars().filter(|&ch| !is_blank(ch)).collect()
}

#[cfg(test)]
mod tests;
