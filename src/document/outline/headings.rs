//! The headings of a document, with level and parent.

use super::candidates::{HeadingCandidate, candidates, judge};
use super::groups::Verdict;
use super::label::{self, Label};
use super::levels::{self, HeadingEntry};
use super::paragraph::{PagePart, Paragraph};
use super::statement::{self, Ending, ending};
use super::unlabelled;
use crate::document::blank::{is_blank, squeeze, trim};
use crate::document::line::Style;

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::document) struct Heading {
    /// Ordinal of its paragraph.
    pub(in crate::document) paragraph: usize,
    /// The label as printed; `None` without one.
    pub(in crate::document) label: Option<String>,
    /// The rest without its final stop.
    pub(in crate::document) title: String,
    /// Rank in the document, from 1.
    pub(in crate::document) level: u8,
    /// Whether body text follows in the same paragraph.
    pub(in crate::document) run_in: bool,
    /// Ordinal of its parent heading.
    pub(in crate::document) parent: Option<usize>,
}

/// The headings of `paragraphs`, in order; empty without any.
pub(in crate::document) fn outline(paragraphs: &[Paragraph<'_>]) -> Vec<Heading> {
    let accepted = accepted(paragraphs);
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

/// The paragraphs that are headings.
fn accepted<'a>(paragraphs: &[Paragraph<'a>]) -> Vec<Accepted<'a>> {
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
    let judged = candidates.iter().zip(verdicts);
    judged
        .filter_map(|(candidate, verdict)| accept(candidate, verdict))
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
    let is_word = matches!(squeeze(word).as_str(), "附" | "附件" | "附表" | "附录");
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
    let label = candidate.label.map(|label| label.text);
    // Counted up to the limit only: a paragraph of a megabyte may have the style of a heading.
    let mut chars = label.unwrap_or_default().chars().chain(title.chars());
    if chars.nth(MAX_HEADING).is_some() {
        return None;
    }
    Some(Accepted {
        paragraph: candidate.paragraph,
        entry: candidate.entry,
        label,
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
mod tests {
    use super::*;

    #[test]
    fn a_list_of_attachments_begins_on_the_line_of_the_word() {
        for (text, expected) in [
            ("附件：1.责任分工表", Some(1)),
            ("附　件: （一）名单", Some(1)),
            ("附：1、名单", Some(1)),
            ("附件：2.名单", None),
            ("附件：名单", None),
            ("说明：1.名单", None),
            ("附件1.名单", None),
        ] {
            assert_eq!(first_attachment(text), expected, "{text}");
        }
    }

    #[test]
    fn a_list_of_attachments_goes_on_with_its_numbers() {
        let outline_of = |text: &str| {
            let paragraph = |text| Paragraph {
                text,
                is_spaced: false,
                style: Style::Plain,
                place: PagePart::Body,
            };
            let paragraphs: Vec<Paragraph<'_>> = text.lines().map(paragraph).collect();
            let mut labels: Vec<Option<Label<'_>>> = paragraphs.iter().map(read_label).collect();
            skip_attachments(&paragraphs, &mut labels);
            labels.iter().map(Option::is_some).collect::<Vec<_>>()
        };
        assert_eq!(outline_of("附件：1.分工表\n2.汇总表\n3.登记表"), [false; 3]);
        assert_eq!(outline_of("附件：1.分工表\n3.登记表"), [false, true]);
        assert_eq!(
            outline_of("附件：1.分工表\n2.各单位抓好落实。"),
            [false, true]
        );
        assert_eq!(outline_of("1.分工\n2.汇总"), [true; 2]);
    }

    #[test]
    fn labels_are_printed_without_blanks() {
        assert_eq!(printed_label("第 二 十　条"), "第二十条");
    }

    #[test]
    fn a_heading_has_at_most_three_hundred_characters() {
        let n_headings = |n_chars: usize| {
            let text = "长".repeat(n_chars);
            let paragraph = Paragraph {
                text: &text,
                is_spaced: false,
                style: Style::Heading(1),
                place: PagePart::Body,
            };
            outline(&[paragraph]).len()
        };
        assert_eq!(
            (n_headings(MAX_HEADING), n_headings(MAX_HEADING + 1)),
            (1, 0)
        );
    }
}
