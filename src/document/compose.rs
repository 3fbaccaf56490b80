//! Composing: cleaned lines in, a document with title, sections and passages out.

use super::blank::trim;
use super::outline::{self, Heading, Paragraph, Place, names_part};
use super::{Document, Furniture, Given, Line, Part, Passage, Role, Section, Style, Warning};
use super::{cut, furniture, title};

/// Makes a document of cleaned lines.
///
/// Every line with text on it becomes a passage (several, if it is long) or furniture, in order. Blank lines
/// are passed over; without any text the document has no passage.
pub fn compose(lines: &[Line], given: &Given) -> (Document, Vec<Warning>) {
    let lines: Vec<&Line> = lines
        .iter()
        .filter(|line| !trim(&line.text).is_empty())
        .collect();
    let (paragraphs, title, warnings) = lay_out(&lines, given);
    let headings = outline::outline(&paragraphs);
    let mut document = Document {
        title,
        url: given.url.clone(),
        ..Document::default()
    };
    document.sections = headings
        .iter()
        .map(|heading| section(heading, &lines))
        .collect();
    add_given_title(&mut document, given, &paragraphs, &lines);
    add_lines(&mut document, &lines, &paragraphs, &headings);
    (document, warnings)
}

/// What each line is on the page, the title, and what was noticed.
fn lay_out<'a>(lines: &[&'a Line], given: &Given) -> (Vec<Paragraph<'a>>, String, Vec<Warning>) {
    let texts: Vec<&str> = lines.iter().map(|line| trim(&line.text)).collect();
    let flags = furniture::furniture(&texts);
    let place = |is_furniture: bool| {
        if is_furniture {
            Place::Furniture
        } else {
            Place::Body
        }
    };
    let styled = lines.iter().zip(texts.iter().zip(flags));
    let mut paragraphs: Vec<Paragraph<'a>> = styled
        .map(|(line, (&text, flag))| Paragraph {
            text,
            style: line.style,
            place: place(flag),
        })
        .collect();
    for paragraph in outline::contents(&texts).into_iter().flatten() {
        paragraphs[paragraph].place = Place::Furniture;
    }
    let found = title::find(&paragraphs, given);
    let own = found.clone().map(|range| title::text(&paragraphs, range));
    let text = given
        .title
        .clone()
        .or_else(|| own.clone())
        .unwrap_or_else(|| given.file_stem.clone());
    let mut warnings = Vec::new();
    let front = found.as_ref().map_or(0, |range| range.end);
    for paragraph in found.into_iter().flatten() {
        paragraphs[paragraph].place = Place::Title;
    }
    if drop_repeated_title(&mut paragraphs, front, own.as_deref()) {
        warnings.push(Warning::RepeatedTitle);
    }
    // Without a title nothing tells front matter from a first heading.
    if front > 0 || given.title.is_some() {
        mark_front(&mut paragraphs[front..]);
    }
    (paragraphs, text, warnings)
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
        paragraph.place = Place::Furniture;
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
            || p.style != Style::Plain
            || names_part(p.text)
            || Role::of(p.text).is_some()
    };
    let front = paragraphs
        .iter_mut()
        .filter(|p| p.place != Place::Furniture)
        .take_while(|p| !begins_text(p));
    for paragraph in front {
        paragraph.place = Place::Front;
    }
}

fn section(heading: &Heading, lines: &[&Line]) -> Section {
    Section {
        level: heading.level,
        label: heading.label.clone(),
        title: heading.title.clone(),
        line: lines[heading.paragraph].number,
        parent: heading.parent,
        run_in: heading.run_in,
        role: Role::of(&heading.title),
    }
}

/// A given title that the text does not print becomes the first passage.
fn add_given_title(
    document: &mut Document,
    given: &Given,
    paragraphs: &[Paragraph<'_>],
    lines: &[&Line],
) {
    let Some(first) = lines.first() else { return };
    let is_printed = paragraphs.iter().any(|p| p.place == Place::Title);
    if let Some(title) = given
        .title
        .as_ref()
        .filter(|title| !is_printed && !trim(title).is_empty())
    {
        push(document, first.number, Part::Title, title, None);
    }
}

fn add_lines(
    document: &mut Document,
    lines: &[&Line],
    paragraphs: &[Paragraph<'_>],
    headings: &[Heading],
) {
    let mut section = None;
    for (ord, (line, paragraph)) in lines.iter().zip(paragraphs).enumerate() {
        let mut part = Part::Body;
        let next = section.map_or(0, |section: usize| section + 1);
        for (offset, heading) in headings[next..]
            .iter()
            .take_while(|heading| heading.paragraph == ord)
            .enumerate()
        {
            section = Some(next + offset);
            part = if heading.run_in {
                Part::Body
            } else {
                Part::Heading
            };
        }
        match paragraph.place {
            Place::Furniture => document.furniture.push(Furniture {
                line: line.number,
                text: line.text.clone(),
            }),
            Place::Title => push(document, line.number, Part::Title, &line.text, section),
            Place::Front | Place::Body => {
                for piece in cut::passages(&line.text) {
                    push(document, line.number, part, &line.text[piece], section);
                }
            }
        }
    }
}

fn push(document: &mut Document, line: u32, part: Part, text: &str, section: Option<usize>) {
    let number = document.passages.len() as u32 + 1;
    document.passages.push(Passage {
        number,
        line,
        part,
        text: text.to_owned(),
        section,
    });
}
