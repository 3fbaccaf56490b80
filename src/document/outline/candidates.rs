//! Candidates: the paragraphs that may be headings, and the verdict on each.

use super::forms::Form;
use super::groups::{self, Item, Verdict};
use super::known_lines::is_glossary;
use super::label::Label;
use super::levels::{HeadingEntry, Kind, Reach};
use super::paragraph::{PagePart, Paragraph};
use super::statement::{first_sentence, shape, without_stop};
use crate::document::line::Style;

/// Minimum length of the paragraph at the start of an attachment, in characters.
const MIN_TEXT: usize = 24;

/// A paragraph that may be a heading.
pub(super) struct HeadingCandidate<'a> {
    /// Ordinal of the paragraph.
    pub(super) paragraph: usize,
    /// What nesting needs to know about it.
    pub(super) entry: HeadingEntry<'a>,
    /// Its label, if it has one.
    pub(super) label: Option<Label<'a>>,
    /// The whole paragraph.
    text: &'a str,
}

/// The paragraphs that may be headings: labelled, styled, or read as unlabelled headings.
pub(super) fn candidates<'a>(
    paragraphs: &[Paragraph<'a>],
    labels: &[Option<Label<'a>>],
    unlabelled: &[Option<Kind>],
) -> Vec<HeadingCandidate<'a>> {
    let mut candidates: Vec<HeadingCandidate<'a>> = Vec::new();
    for (ord, paragraph) in paragraphs.iter().enumerate() {
        let label = labels[ord];
        let Some(kind) = kind(paragraph, label.as_ref(), unlabelled[ord]) else {
            continue;
        };
        let above = candidates.last().filter(|last| last.paragraph + 1 == ord);
        // A first item directly below a line nests under it, even against the usual order of forms.
        let adjacent = above.is_some_and(HeadingCandidate::is_alone);
        candidates.push(HeadingCandidate {
            paragraph: ord,
            entry: HeadingEntry::new(kind, label.as_ref(), adjacent),
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
    match (paragraph.style, label) {
        (_, _) if paragraph.is_boilerplate() || paragraph.place == PagePart::Title => None,
        (Style::Row(_), _) => None,
        // The numbering of a statute outranks the style that a converter gave it.
        (Style::Heading(level), label) if !label.is_some_and(|label| is_of_statute(label.form)) => {
            Some(Kind::Styled(level))
        }
        // An attachment is a document of its own: it resets the nesting.
        (_, Some(label)) if label.form == Form::Named && label.name().starts_with('附') => {
            Some(Kind::Topic(Reach::Apart))
        }
        (_, Some(label)) => Some(Kind::Labelled(label.form)),
        (_, None) => unlabelled,
    }
}

fn is_of_statute(form: Form) -> bool {
    matches!(
        form,
        Form::Volume | Form::Chapter | Form::Section | Form::Article
    )
}

impl HeadingCandidate<'_> {
    fn is_alone(&self) -> bool {
        self.label
            .is_none_or(|label| groups::is_alone(&shape(label.rest)))
    }
}

/// Whether each candidate is a heading, and of which form; `parents` are their parents if all of them are
/// headings.
pub(super) fn judge<'a>(
    candidates: &[HeadingCandidate<'a>],
    parents: &[Option<usize>],
    paragraphs: &[Paragraph<'_>],
) -> Vec<Verdict<'a>> {
    let labelled = |ord: &usize| candidates[*ord].label.is_some();
    let places: Vec<usize> = (0..candidates.len()).filter(labelled).collect();
    let items: Vec<Item<'a>> = places
        .iter()
        .filter_map(|&ord| item(ord, candidates, parents, paragraphs))
        .collect();
    let mut verdicts: Vec<Verdict<'a>> = candidates
        .iter()
        .map(|candidate| unlabelled(candidate.text, paragraphs[candidate.paragraph].style))
        .collect();
    for (ord, verdict) in places.into_iter().zip(groups::verdicts(&items)) {
        let candidate = &candidates[ord];
        // A style or a Markdown mark decides where the groups leave a labelled line as text.
        let is_styled = paragraphs[candidate.paragraph].is_styled();
        let is_forced = is_styled && verdict == Verdict::Text;
        let forced = candidate.label.filter(|_| is_forced);
        verdicts[ord] = forced.map_or(verdict, |label| Verdict::Line(label.rest));
    }
    verdicts
}

/// An unlabelled heading: the line, or the sentence that opens a paragraph.
fn unlabelled(text: &str, style: Style) -> Verdict<'_> {
    let end = first_sentence(text);
    if style == Style::Plain && end < text.len() {
        Verdict::RunIn(without_stop(&text[..end]))
    } else {
        Verdict::Line(text)
    }
}

fn item<'a>(
    ord: usize,
    candidates: &[HeadingCandidate<'a>],
    parents: &[Option<usize>],
    paragraphs: &[Paragraph<'_>],
) -> Option<Item<'a>> {
    let label = candidates[ord].label?;
    let parent = parents[ord].map(|parent| &candidates[parent]);
    Some(Item {
        label,
        shape: shape(label.rest),
        parent: parents[ord],
        has_content: has_content(ord, candidates, parents, paragraphs),
        in_glossary: parent.is_some_and(|parent| is_glossary(parent.text)),
        in_article: parent.is_some_and(|parent| parent.entry.kind == Kind::Labelled(Form::Article)),
    })
}

/// Whether the lines below a candidate belong to it: text, or an entry under it.
fn has_content(
    ord: usize,
    candidates: &[HeadingCandidate<'_>],
    parents: &[Option<usize>],
    paragraphs: &[Paragraph<'_>],
) -> bool {
    let this = candidates[ord].paragraph;
    let below = paragraphs[this + 1..]
        .iter()
        .position(|p| !p.is_boilerplate())
        .map(|offset| this + 1 + offset);
    match (below, candidates.get(ord + 1)) {
        (None, _) => false,
        (Some(below), Some(next)) if next.paragraph == below => parents[ord + 1] == Some(ord),
        // A list of attachments is followed by the signature; an attachment begins with text.
        (Some(below), _) if candidates[ord].entry.kind == Kind::Topic(Reach::Apart) => {
            paragraphs[below].text.chars().nth(MIN_TEXT).is_some()
        }
        (Some(_), _) => true,
    }
}

impl<'a> HeadingEntry<'a> {
    fn new(kind: Kind, label: Option<&Label<'a>>, adjacent: bool) -> Self {
        Self {
            kind,
            ordinal: label.map_or(0, |label| label.ordinal),
            form: label.map(|label| label.form),
            name: label.map_or("", |label| label.name()),
            adjacent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::label::lex;
    use super::*;
    use crate::document::Reason;
    use crate::document::line::Row;

    fn paragraph(text: &str, style: Style, place: PagePart) -> Paragraph<'_> {
        Paragraph {
            text,
            is_spaced: false,
            style,
            place,
        }
    }

    /// The kind of a line with its label.
    fn kind_of(text: &str, style: Style, place: PagePart) -> Option<Kind> {
        let label = lex(text);
        kind(&paragraph(text, style, place), label.as_ref(), None)
    }

    #[test]
    fn labels_styles_and_places_say_what_may_be_a_heading() {
        let (plain, styled) = (Style::Plain, Style::Heading(2));
        let row = Style::Row(Row {
            table: 1,
            is_header: false,
        });
        let body = PagePart::Body;
        let chapter = Some(Kind::Labelled(Form::Chapter));
        let cases = [
            ("第一章 总则", plain, body, chapter),
            // The numbering of a statute outranks the style that a converter gave it.
            ("第一章 总则", styled, body, chapter),
            ("一、总则", styled, body, Some(Kind::Styled(2))),
            ("总则", styled, body, Some(Kind::Styled(2))),
            ("附件1 名单", plain, body, Some(Kind::Topic(Reach::Apart))),
            ("总则", plain, body, None),
            ("第一章 总则", row, body, None),
            ("第一章 总则", plain, PagePart::Title, None),
            (
                "第一章 总则",
                styled,
                PagePart::Boilerplate(Reason::Contents),
                None,
            ),
        ];
        for (text, style, place, expected) in cases {
            assert_eq!(
                kind_of(text, style, place),
                expected,
                "{text} {style:?} {place:?}"
            );
        }
        // Without a label, what was found among the unlabelled lines.
        let theme = kind(&paragraph("总则", plain, body), None, Some(Kind::Theme));
        assert_eq!(theme, Some(Kind::Theme));
    }

    #[test]
    fn candidates_know_their_labels_and_neighbours() {
        let texts = [
            "第一章 总则",
            "第一条 为了加强管理，制定本办法。",
            "正文。",
            "第二条 本办法自发布之日起施行。",
        ];
        let paragraphs = texts.map(|text| paragraph(text, Style::Plain, PagePart::Body));
        let labels = texts.map(lex);
        let found = candidates(&paragraphs, &labels, &[None; 4]);
        let places: Vec<usize> = found.iter().map(|candidate| candidate.paragraph).collect();
        assert_eq!(places, [0, 1, 3]);
        let entries: Vec<(u32, Option<Form>)> = found
            .iter()
            .map(|candidate| (candidate.entry.ordinal, candidate.entry.form))
            .collect();
        assert_eq!(
            entries,
            [
                (1, Some(Form::Chapter)),
                (1, Some(Form::Article)),
                (2, Some(Form::Article))
            ]
        );
        // The text before the second article separates it from the first.
        assert!(!found[2].entry.adjacent);
    }
}
