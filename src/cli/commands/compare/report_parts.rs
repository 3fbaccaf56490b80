//! The parts of a report's text in order: headings, and the sentences with what is between them.

use xunzhang::document::Part;
use xunzhang::precedent::ComparedSentence;
use xunzhang::search::{FullDocument, place};

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReportPart {
    /// As it is in the report, with the label before a sentence and what no sentence has after it.
    pub(super) text: String,
    /// Characters before its sentence.
    pub(super) lead: String,
    /// The number of its sentence, if it has one.
    pub(super) sentence: Option<usize>,
    pub(super) is_heading: bool,
    /// Whether a paragraph begins with it.
    pub(super) opens: bool,
}

/// The parts of a report, given all of its sentences in order. Together their texts are those of its passages.
pub(super) fn report_parts(
    report: &FullDocument,
    sentences: &[&ComparedSentence],
) -> Vec<ReportPart> {
    let mut out: Vec<ReportPart> = Vec::new();
    let mut next = sentences.iter().peekable();
    for passage in &report.passages {
        let at = place(&report.document.id, passage.record.line);
        let mut rest = passage.text.as_str();
        let mut opens = true;
        while let Some(sentence) = next.peek() {
            let is_here = passage.record.part == Part::Body && sentence.place == at;
            let Some((lead, after)) = rest.split_once(sentence.text.as_str()).filter(|_| is_here)
            else {
                break;
            };
            out.push(ReportPart {
                text: format!("{lead}{}", sentence.text),
                lead: lead.to_owned(),
                sentence: Some(sentence.sentence),
                is_heading: false,
                opens,
            });
            (rest, opens) = (after, false);
            next.next();
        }
        match out.last_mut().filter(|_| !opens) {
            Some(last) => last.text.push_str(rest),
            None => out.push(ReportPart {
                text: rest.to_owned(),
                lead: String::new(),
                sentence: None,
                is_heading: passage.record.part != Part::Body,
                opens,
            }),
        }
    }
    out
}
