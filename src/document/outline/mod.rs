//! The outline of a report: which lines are headings, of which rank, under which other.
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
//! ```
//!
//! [`label`] has the grammar of labels. A paragraph with a label is a heading if it and its siblings read as
//! such (`groups`, `statement`); levels follow from how the labels nest in this document (`levels`).

mod contents;
mod groups;
pub mod label;
mod levels;
mod numeral;
mod statement;
mod unlabelled;

pub(in crate::document) use contents::contents;
pub(in crate::document) use statement::{Ending, ending};
pub(in crate::document) use unlabelled::{is_salutation, names_part};

use self::groups::{Item, Verdict};
use self::label::{Form, Label};
use self::levels::{Entry, Kind, Reach};
use super::Style;
use super::blank::trim;

/// A line with text on it, as the outline sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph<'a> {
    /// The text without blanks around it.
    pub(super) text: &'a str,
    /// What the source says of it.
    pub(super) style: Style,
    /// Where on the page it stands.
    pub(super) place: Place,
}

/// What a line is for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The title, or a part of it.
    Title,
    /// Metadata, page furniture, a table of contents, the title once more.
    Furniture,
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
    /// Ordinal of the heading that it belongs to.
    pub(super) parent: Option<usize>,
}

/// The headings of `paragraphs`, in order; empty if there are none.
pub(super) fn outline(paragraphs: &[Paragraph<'_>]) -> Vec<Heading> {
    let labels: Vec<Option<Label<'_>>> = paragraphs.iter().map(read_label).collect();
    let unlabelled = unlabelled::unlabelled(paragraphs, &labels);
    let candidates = candidates(paragraphs, &labels, &unlabelled);
    let entries: Vec<Entry<'_>> = candidates.iter().map(|candidate| candidate.entry).collect();
    let verdicts = judge(&candidates, &entries, &levels::nest(&entries), paragraphs);
    let accepted: Vec<Accepted<'_>> = candidates
        .iter()
        .zip(verdicts)
        .filter_map(|(candidate, verdict)| accept(candidate, verdict))
        .collect();
    let entries: Vec<Entry<'_>> = accepted.iter().map(|accepted| accepted.entry).collect();
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
    let is_text = matches!(paragraph.place, Place::Body)
        || paragraph.style != Style::Plain && paragraph.place != Place::Furniture;
    if is_text {
        label::lex(paragraph.text)
    } else {
        None
    }
}

/// A paragraph that may be a heading.
struct Candidate<'a> {
    paragraph: usize,
    entry: Entry<'a>,
    label: Option<Label<'a>>,
    text: &'a str,
}

fn candidates<'a>(
    paragraphs: &[Paragraph<'a>],
    labels: &[Option<Label<'a>>],
    unlabelled: &[Option<Kind>],
) -> Vec<Candidate<'a>> {
    let mut candidates: Vec<Candidate<'a>> = Vec::new();
    for (ord, paragraph) in paragraphs.iter().enumerate() {
        let label = labels[ord];
        let Some(kind) = kind(paragraph, label.as_ref(), unlabelled[ord]) else {
            continue;
        };
        let adjacent = ord > 0
            && candidates
                .last()
                .is_some_and(|last| last.paragraph == ord - 1 && last.is_alone());
        let ordinal = label.map_or(0, |label| label.ordinal);
        // A label borrows the line, its name the label.
        let name = label.map_or("", |label| &label.text[..label.name().len()]);
        let entry = Entry {
            kind,
            ordinal,
            name,
            adjacent,
        };
        candidates.push(Candidate {
            paragraph: ord,
            entry,
            label,
            text: paragraph.text,
        });
    }
    candidates
}

fn kind(
    paragraph: &Paragraph<'_>,
    label: Option<&Label<'_>>,
    unlabelled: Option<Kind>,
) -> Option<Kind> {
    let is_statute = |form| {
        matches!(
            form,
            Form::Volume | Form::Chapter | Form::Section | Form::Article
        )
    };
    match (paragraph.style, label) {
        (_, _) if matches!(paragraph.place, Place::Furniture | Place::Title) => None,
        (Style::Heading(level), label) if !label.is_some_and(|label| is_statute(label.form)) => {
            Some(Kind::Styled(level))
        }
        (_, Some(label)) if label.form == Form::Named && label.name().starts_with('附') => {
            Some(Kind::Topic(Reach::Apart))
        }
        (_, Some(label)) => Some(Kind::Labelled(label.form)),
        (_, None) => unlabelled,
    }
}

impl Candidate<'_> {
    fn is_alone(&self) -> bool {
        self.label
            .is_none_or(|label| groups::is_alone(&statement::shape(label.rest)))
    }
}

/// Whether each candidate is a heading, and how.
fn judge<'a>(
    candidates: &[Candidate<'a>],
    entries: &[Entry<'_>],
    parents: &[Option<usize>],
    paragraphs: &[Paragraph<'_>],
) -> Vec<Verdict<'a>> {
    let mut verdicts: Vec<Verdict<'a>> = candidates
        .iter()
        .map(|candidate| Verdict::Line(candidate.text))
        .collect();
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    let mut item_parents: Vec<Option<usize>> = Vec::new();
    for (ord, candidate) in candidates.iter().enumerate() {
        let Some(label) = candidate.label else {
            continue;
        };
        let mut item = groups::item(label);
        item.has_content = has_content(ord, candidates, parents, paragraphs);
        item.in_article = parents[ord].is_some_and(|parent| groups::is_article(&entries[parent]));
        item.in_glossary =
            parents[ord].is_some_and(|parent| unlabelled::is_glossary(candidates[parent].text));
        items.push(item);
        places.push(ord);
        item_parents.push(parents[ord]);
    }
    for (ord, verdict) in places
        .into_iter()
        .zip(groups::verdicts(&items, &item_parents))
    {
        let is_styled = paragraphs[candidates[ord].paragraph].style != Style::Plain;
        let label = candidates[ord]
            .label
            .filter(|_| is_styled && verdict == Verdict::Text);
        verdicts[ord] = label.map_or(verdict, |label| Verdict::Line(label.rest));
    }
    verdicts
}

/// Whether what comes below a candidate is its own: text, or an entry under it.
fn has_content(
    ord: usize,
    candidates: &[Candidate<'_>],
    parents: &[Option<usize>],
    paragraphs: &[Paragraph<'_>],
) -> bool {
    let this = candidates[ord].paragraph;
    let below = paragraphs[this + 1..]
        .iter()
        .position(|p| p.place != Place::Furniture)
        .map(|offset| this + 1 + offset);
    match (below, candidates.get(ord + 1)) {
        (None, _) => false,
        (Some(below), Some(next)) if next.paragraph == below => parents[ord + 1] == Some(ord),
        // A list of attachments ends before the signature; an attachment begins with text.
        (Some(below), _) if candidates[ord].entry.kind == Kind::Topic(Reach::Apart) => {
            paragraphs[below].text.chars().nth(MIN_TEXT).is_some()
        }
        (Some(_), _) => true,
    }
}

/// Shortest paragraph that an attachment begins with, in characters.
const MIN_TEXT: usize = 24;

struct Accepted<'a> {
    paragraph: usize,
    entry: Entry<'a>,
    label: Option<&'a str>,
    title: &'a str,
    run_in: bool,
}

fn accept<'a>(candidate: &Candidate<'a>, verdict: Verdict<'a>) -> Option<Accepted<'a>> {
    let (title, run_in) = match verdict {
        Verdict::Line(title) => (title, false),
        Verdict::RunIn(title) => (title, true),
        Verdict::Text => return None,
    };
    let Candidate {
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
            label: self.label.map(str::to_owned),
            title: trim(statement::without_stop(self.title)).to_owned(),
            level,
            run_in: self.run_in,
            parent,
        }
    }
}
