//! The page: classifies each line before headings are read, and finds the title.

use std::collections::HashSet;
use std::ops::Range;

use super::metadata::{self, Fields};
use super::outline::{self, ContentsLine, ContentsPart, LineSort, PagePart, Paragraph, names_part};
use super::{Line, Reason, Role, SourceMetadata, Style};
use super::{boilerplate, cut, title};

/// A document's lines, classified.
pub(super) struct PageLayout<'a> {
    /// The non-blank lines, in order.
    pub(super) paragraphs: Vec<Paragraph<'a>>,
    /// The title: the one from the source, the one that the text prints, or the file's name.
    pub(super) title: String,
    /// What the page states about the document in fields.
    pub(super) fields: Fields,
    /// What was noticed.
    pub(super) warnings: Vec<Mended>,
}

impl<'a> PageLayout<'a> {
    /// The lines with evidence about the document: all except copies, tables of contents, the frame around
    /// the text and text that readers do not see.
    pub(super) fn evidence(&self) -> impl Iterator<Item = &'a str> {
        let is_evidence = |p: &&Paragraph<'a>| {
            let reason = match p.place {
                PagePart::Boilerplate(reason) => reason,
                _ => return true,
            };
            !matches!(
                reason,
                Reason::Contents
                    | Reason::RepeatedText
                    | Reason::Hidden
                    | Reason::RunningHead
                    | Reason::PageNumber
                    | Reason::Frame
            )
        };
        let data = data_tables(&self.paragraphs);
        let evidence = self.paragraphs.iter().filter(is_evidence);
        evidence.filter(move |p| !is_data(p, &data)).map(|p| p.text)
    }
}

/// Separates title, boilerplate, front matter and text; none of the lines is blank, and each has its reading.
pub(super) fn lay_out<'a>(
    lines: &[&Line],
    readings: &[&'a str],
    given: &SourceMetadata,
) -> PageLayout<'a> {
    let mut paragraphs = paragraphs(lines, readings);
    // Fields first: a line `标题：…` names the title that is then looked for in the text.
    let fields = set_metadata_aside(&mut paragraphs);
    let named = fields.title.as_ref().map(|(title, _)| title.as_str());
    let wanted = given.title.as_deref().or(named);
    let lone = fields.lone_title.as_ref().filter(|_| given.title.is_none());
    let found = title::find(&paragraphs, wanted).or_else(|| own_line(&fields, given));
    // A lone `标题：` is weak evidence, used only where no title line was found.
    let (named, found) = match (&found, lone) {
        (None, Some((title, line))) => (Some(title.as_str()), Some(*line..line + 1)),
        _ => (named, found),
    };
    let own = match (&given.title, named) {
        (None, Some(title)) => Some(title.to_owned()),
        _ => found.clone().map(|range| title::text(&paragraphs, range)),
    };
    let front = found.as_ref().map_or(0, |range| range.end);
    for ord in found.into_iter().flatten() {
        // The line of the field is boilerplate and the title at once; it stays in the text as the title.
        if !paragraphs[ord].is_boilerplate() || named.is_some() {
            paragraphs[ord].place = PagePart::Title;
        }
    }
    let is_repeated = drop_repeated_title(&mut paragraphs, front, own.as_deref());
    // Without a title nothing separates front matter from a first heading.
    if front > 0 || given.title.is_some() {
        mark_front(&mut paragraphs[front..]);
    }
    let title = given
        .title
        .clone()
        .or(own)
        .or_else(|| given.property_title.clone())
        .unwrap_or_else(|| name(&paragraphs, given));
    let title = completed(title, &paragraphs, given);
    // A title is stored with every passage, hence the limit.
    let title = cut::head(&title, title::MAX_GIVEN).to_owned();
    let warnings = if is_repeated {
        vec![Mended::RepeatedTitle]
    } else {
        Vec::new()
    };
    PageLayout {
        paragraphs,
        title,
        fields,
        warnings,
    }
}

/// The tables with header rows: their rows describe what the table is about, not the document.
fn data_tables(paragraphs: &[Paragraph<'_>]) -> HashSet<u32> {
    let headed = paragraphs.iter().filter_map(|p| match p.style {
        Style::Row(row) if row.is_header => Some(row.table),
        _ => None,
    });
    headed.collect()
}

fn is_data(paragraph: &Paragraph<'_>, tables: &HashSet<u32>) -> bool {
    matches!(paragraph.style, Style::Row(row) if tables.contains(&row.table))
}

/// The line of the field that gives the title, where the text prints it nowhere else.
fn own_line(fields: &Fields, given: &SourceMetadata) -> Option<Range<usize>> {
    let (_, line) = fields.title.as_ref().filter(|_| given.title.is_none())?;
    Some(*line..line + 1)
}

/// The name of a document without a title: its file's, or for a record the beginning of its text.
fn name(paragraphs: &[Paragraph<'_>], given: &SourceMetadata) -> String {
    const MAX_NAME: usize = 30;
    let first = paragraphs.iter().find(|p| !p.is_boilerplate());
    let Some(first) = first.filter(|_| given.is_record) else {
        return given.file_stem.clone();
    };
    let sentence = first.text.split(['。', '！', '？', '；']).next();
    let sentence = sentence.unwrap_or(first.text);
    match sentence.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}…", &sentence[..end]),
        None => sentence.to_owned(),
    }
}

/// The title, or for one that is a year or a number (`2018`) what distinguishes the document from others of that name: the first
/// line that may be a title or a heading, else the name of its file.
fn completed(title: String, paragraphs: &[Paragraph<'_>], given: &SourceMetadata) -> String {
    /// Lines from the top that are looked at.
    const DEPTH: usize = 40;
    if !is_number(&title) {
        return title;
    }
    let is_text = |p: &&Paragraph<'_>| !p.is_boilerplate() && !matches!(p.style, Style::Row(_));
    let top = || paragraphs.iter().filter(is_text).take(DEPTH);
    let line = top()
        .find(|p| title::is_like(p.text))
        .or_else(|| top().find(|p| title::is_heading(p)));
    let more = line.map(|p| p.text.trim()).or_else(|| {
        let stem = &*given.file_stem;
        (!is_number(stem) && !stem.is_empty()).then_some(stem)
    });
    match more {
        Some(more) if more.contains(title.trim()) => more.to_owned(),
        Some(more) => format!("{} {more}", title.trim()),
        None => title,
    }
}

/// Whether a title holds nothing but numerals and what counts them: `2018`, `2018年度`, `第3期`, `二〇一八年`.
fn is_number(title: &str) -> bool {
    const NUMERALS: &str = "〇○零一二三四五六七八九十";
    let is_numeral = |ch: char| ch.is_numeric() || NUMERALS.contains(ch);
    let is_part =
        |ch: char| is_numeral(ch) || !ch.is_alphanumeric() || "年度月日第期号".contains(ch);
    title.chars().any(is_numeral) && title.chars().all(is_part)
}

/// Turns lines that consist of fields about the document into boilerplate, and returns the fields.
fn set_metadata_aside(paragraphs: &mut [Paragraph<'_>]) -> Fields {
    let data = data_tables(paragraphs);
    let texts = paragraphs.iter().map(|p| match is_data(p, &data) {
        true => "",
        false => p.text,
    });
    let texts: Vec<&str> = texts.collect();
    let metadata = metadata::read(&texts, |ord| {
        !matches!(paragraphs[ord].style, Style::Row(_) | Style::Boilerplate(_))
    });
    for ord in metadata.lines {
        if !paragraphs[ord].is_boilerplate() {
            paragraphs[ord].place = PagePart::Boilerplate(Reason::Metadata);
        }
    }
    metadata.fields
}

/// The lines with boilerplate marked: by the format, by the forms of lines, by tables of contents.
fn paragraphs<'a>(lines: &[&Line], readings: &[&'a str]) -> Vec<Paragraph<'a>> {
    let of_form = boilerplate::reasons(readings);
    let marked = lines.iter().zip(readings).zip(of_form);
    let marked = marked.map(|((line, &text), of_form)| {
        // The format knows best; rows of tables are never boilerplate by their form, as a cell may be `打印`.
        let reason = match line.style {
            Style::Boilerplate(reason) => Some(reason),
            Style::Row(_) => None,
            _ => of_form,
        };
        Paragraph {
            text,
            is_spaced: outline::is_letter_spaced(&line.text),
            style: line.style,
            place: reason.map_or(PagePart::Body, PagePart::Boilerplate),
        }
    });
    let mut paragraphs: Vec<Paragraph<'_>> = marked.collect();
    mark_contents(&mut paragraphs);
    paragraphs
}

/// Marks tables of contents.
fn mark_contents(paragraphs: &mut [Paragraph<'_>]) {
    let candidates: Vec<ContentsLine<'_>> = paragraphs.iter().map(contents_line).collect();
    for (paragraph, listed) in paragraphs.iter_mut().zip(outline::contents(&candidates)) {
        match listed {
            Some(ContentsPart::Entry) => paragraph.place = PagePart::Boilerplate(Reason::Contents),
            // A stray is text, but it must not become a heading: it is printed among contents entries only.
            Some(ContentsPart::Stray) => paragraph.place = PagePart::Front,
            None => {}
        }
    }
}

fn contents_line<'a>(paragraph: &Paragraph<'a>) -> ContentsLine<'a> {
    let sort = match paragraph {
        p if p.is_boilerplate() => LineSort::Boilerplate,
        p if matches!(p.style, Style::Row(_)) => LineSort::Row,
        _ => LineSort::Line,
    };
    ContentsLine {
        text: paragraph.text,
        sort,
    }
}

/// How many lines under the title are searched for a repetition of it.
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
        .filter(|p| p.place == PagePart::Body)
        .take(REPEAT_DEPTH);
    let mut is_repeated = false;
    // A row that repeats the title is data.
    let is_text = |p: &&mut Paragraph<'_>| !matches!(p.style, Style::Row(_));
    let below = below.filter(is_text);
    for paragraph in below.filter(|p| title::squeeze_short(p.text).as_deref() == Some(&title)) {
        paragraph.place = PagePart::Boilerplate(Reason::RepeatedTitle);
        is_repeated = true;
    }
    is_repeated
}

/// Minimum length of a line with a stop that is text rather than front matter, in characters.
const MIN_TEXT: usize = 40;

/// Marks the lines before the text begins: up to a salutation, a label, a styled heading or a paragraph.
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
        paragraph.place = PagePart::Front;
    }
}

/// Something that was repaired while a document was composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// The title was printed again under itself.
    RepeatedTitle,
}
