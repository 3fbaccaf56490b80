//! The page: what each line is before headings are read, and the title.

use super::blank::trim;
use super::outline::{self, Paragraph, Place, names_part};
use super::{Given, Line, Reason, Role, Style, Warning};
use super::{boilerplate, cut, title};

/// A document's lines as they lie on the page.
pub(super) struct Page<'a> {
    /// The lines with text on them, in order.
    pub(super) paragraphs: Vec<Paragraph<'a>>,
    /// The title: the given one, the one that the text prints, or the file's name.
    pub(super) title: String,
    /// What was noticed.
    pub(super) warnings: Vec<Warning>,
}

/// Tells title, boilerplate, front matter and text apart; none of the lines is blank.
pub(super) fn lay_out<'a>(lines: &[&'a Line], given: &Given) -> Page<'a> {
    let mut paragraphs = paragraphs(lines);
    let found = title::find(&paragraphs, given);
    let own = found.clone().map(|range| title::text(&paragraphs, range));
    let front = found.as_ref().map_or(0, |range| range.end);
    for ord in found.into_iter().flatten() {
        paragraphs[ord].place = Place::Title;
    }
    let is_repeated = drop_repeated_title(&mut paragraphs, front, own.as_deref());
    // Without a title nothing tells front matter from a first heading.
    if front > 0 || given.title.is_some() {
        mark_front(&mut paragraphs[front..]);
    }
    let title = given
        .title
        .clone()
        .or(own)
        .unwrap_or_else(|| given.file_stem.clone());
    let title = cut::head(&title, title::MAX_GIVEN).to_owned();
    let warnings = if is_repeated {
        vec![Warning::RepeatedTitle]
    } else {
        Vec::new()
    };
    Page {
        paragraphs,
        title,
        warnings,
    }
}

/// The lines with boilerplate marked: what the format says, the forms of its lines, tables of contents.
fn paragraphs<'a>(lines: &[&'a Line]) -> Vec<Paragraph<'a>> {
    let texts: Vec<&str> = lines.iter().map(|line| trim(&line.text)).collect();
    let mut reasons = boilerplate::reasons(&texts);
    for ord in outline::contents(&texts).into_iter().flatten() {
        reasons[ord] = Some(Reason::Contents);
    }
    let parts = lines.iter().zip(texts).zip(reasons);
    parts
        .map(|((line, text), reason)| {
            let reason = match line.style {
                Style::Boilerplate(reason) => Some(reason),
                Style::Row(_) => None,
                _ => reason,
            };
            Paragraph {
                text,
                style: line.style,
                place: reason.map_or(Place::Body, Place::Boilerplate),
            }
        })
        .collect()
}

/// How many lines under the title it may be printed again in.
const REPEAT_DEPTH: usize = 12;

fn drop_repeated_title(
    paragraphs: &mut [Paragraph<'_>],
    front: usize,
    title: Option<&str>,
) -> bool {
    let Some(title) = title.and_then(title::squeeze_short) else {
        return false;
    };
    let below = paragraphs
        .iter_mut()
        .skip(front)
        .filter(|p| p.place == Place::Body)
        .take(REPEAT_DEPTH);
    let mut is_repeated = false;
    for paragraph in below.filter(|p| title::squeeze_short(p.text).as_deref() == Some(&title)) {
        paragraph.place = Place::Boilerplate(Reason::RepeatedTitle);
        is_repeated = true;
    }
    is_repeated
}

/// Shortest line with a stop that is text rather than front matter, in characters.
const MIN_TEXT: usize = 40;

/// Marks what stands before the text begins: up to a salutation, a label, a styled heading or a paragraph.
fn mark_front(paragraphs: &mut [Paragraph<'_>]) {
    let begins_text = |p: &Paragraph<'_>| {
        let is_paragraph =
            p.text.chars().take(MIN_TEXT).count() == MIN_TEXT && p.text.contains('。');
        is_paragraph
            || outline::is_salutation(p.text)
            || outline::label::lex(p.text).is_some()
            || p.is_styled()
            || matches!(p.style, Style::Row(_))
            || names_part(p.text)
            || Role::of(p.text).is_some()
    };
    let front = paragraphs
        .iter_mut()
        .filter(|p| !p.is_boilerplate())
        .take_while(|p| !begins_text(p));
    for paragraph in front {
        paragraph.place = Place::Front;
    }
}
