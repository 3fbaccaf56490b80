//! Reads an HTML page.

use encoding_rs::Encoding as Codec;
use memchr::memmem;
use scraper::node::Element;
use scraper::{Html, Node};

use super::main_text::squeeze;
use super::{lines, main_text};
use crate::document::{Line, SourceMetadata, Style};
use crate::source::decode::Encoding;
use crate::source::formats::style_names::property_title;
use crate::source::formats::{Raw, text};
use crate::source::{Skip, Warning};

/// Reads the page in `bytes`.
///
/// `h1` to `h6` become headings; the only `h1`, or the line that repeats the page's title, becomes the title.
/// Title and date that a government site states in `meta` are used.
///
/// # Errors
/// [`Skip::Binary`] if the bytes are not text.
pub(in crate::source) fn read(bytes: &[u8], mut given: SourceMetadata) -> Result<Raw, Skip> {
    let (page, warnings) = decoded(bytes)?;
    let html = Html::parse_document(&page);
    let head = Head::read(&html);
    given.title = given.title.or(head.meta_title);
    given.date = given.date.or(head.date);
    // The shortest part is the one in front of the names of column and site.
    let own = head.titles.iter().min_by_key(|title| title.len());
    given.property_title = own.and_then(|title| property_title(title));
    let (mut lines, mut n_read) = main_text::lines(&html, &head.titles);
    let is_text =
        |line: &Line| !matches!(line.style, Style::Boilerplate(_)) && !line.text.trim().is_empty();
    if !lines.iter().any(is_text) {
        // The content of a page of links only is its links.
        (lines, n_read) = lines::all(&html);
    }
    name_title(&mut lines, &head.titles);
    Ok(Raw {
        warnings,
        ..Raw::whole(given, lines, n_read)
    })
}

/// The lines of a page that is only text, such as a chapter of a book, and the number of its visible
/// characters.
pub(in crate::source::formats) fn whole(page: &str) -> (Vec<Line>, u64) {
    lines::all(&Html::parse_document(page))
}

/// The text of a page. The bytes decide on the encoding where they can, since pages mislabel GB18030 and
/// UTF-8 as each other; the declaration is weighed with them, and decides on encodings that the bytes are not
/// tested for.
fn decoded(bytes: &[u8]) -> Result<(String, Vec<Warning>), Skip> {
    // Browsers look for the declaration in the first 1,024 bytes (HTML, 13.2.3.2); some pages have it later.
    let label = charset(&bytes[..bytes.len().min(4096)]);
    let declared = label.as_deref().and_then(Encoding::for_label);
    let other = label.filter(|_| declared.is_none() && std::str::from_utf8(bytes).is_err());
    let other = other.and_then(|label| Codec::for_label(label.as_bytes()));
    // Chinese pages that declare a Latin encoding declare a default.
    if let Some(codec) = other.filter(|&codec| codec != encoding_rs::WINDOWS_1252) {
        let (text, _) = codec.decode_with_bom_removal(bytes);
        return Ok((text.into_owned(), Vec::new()));
    }
    let decoded = text::readable_as(bytes, declared)?;
    let warnings = text::damage(&decoded);
    Ok((decoded.text.into_owned(), warnings))
}

/// The encoding that the head of a page declares, as written.
fn charset(head: &[u8]) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let at = memmem::find(&lower, b"charset=")? + "charset=".len();
    let label = lower[at..]
        .iter()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    Some(label.map(|&byte| char::from(byte)).collect())
}

/// The information in the head of a page.
#[derive(Default)]
struct Head {
    /// Candidates for the page's title: its parts, without the names of column and site after them.
    titles: Vec<String>,
    /// The title of an article, as government sites state it.
    meta_title: Option<String>,
    /// Its date.
    date: Option<String>,
}

impl Head {
    fn read(html: &Html) -> Self {
        let mut head = Self::default();
        for node in html.tree.nodes() {
            let Node::Element(element) = node.value() else {
                continue;
            };
            match element.name() {
                "title" if head.titles.is_empty() => {
                    let text = node.children().filter_map(|child| child.value().as_text());
                    let text: String = text.map(|text| &**text).collect();
                    head.titles = title_parts(&text);
                }
                "meta" => head.read_meta(element),
                _ => {}
            }
        }
        head
    }

    fn read_meta(&mut self, element: &Element) {
        let name = element.attr("name").unwrap_or_default();
        let content = element.attr("content").unwrap_or_default().trim();
        let content = (!content.is_empty()).then(|| content.to_owned());
        // `ArticleTitle` and `PubDate` are prescribed for government sites (国办发〔2017〕47号, annex on page
        // tags).
        match &*name.to_ascii_lowercase() {
            "articletitle" => self.meta_title = content,
            "pubdate" => self.date = content,
            _ => {}
        }
    }
}

/// Candidates for a page's title: the whole, and the part before `_`, `|`, `-`.
fn title_parts(title: &str) -> Vec<String> {
    let title = squeeze(title);
    let mut parts = vec![title.clone()];
    for mark in ['_', '|', '-', '－', '—'] {
        parts.extend(title.split_once(mark).map(|(first, _)| first.to_owned()));
    }
    // A shorter part is the name of a column.
    parts.retain(|part| part.chars().count() >= 4);
    parts
}

/// Number of lines from the top that may contain the title.
const TITLE_DEPTH: usize = 8;

/// Marks the title: the only `h1`, else the line near the top that repeats the page's title.
fn name_title(lines: &mut [Line], titles: &[String]) {
    let is_first = |line: &Line| line.style == Style::Heading(1);
    let n_first = lines.iter().filter(|line| is_first(line)).count();
    let is_text = |line: &Line| matches!(line.style, Style::Plain | Style::Heading(_));
    let top = || {
        let texts = lines.iter().enumerate().filter(|(_, line)| is_text(line));
        texts.take(TITLE_DEPTH)
    };
    let repeats = |line: &Line| titles.contains(&squeeze(&line.text));
    let by_style = top().find(|(_, line)| is_first(line));
    let by_name = top().find(|(_, line)| repeats(line));
    let (by_style, by_name) = (by_style.map(|(ord, _)| ord), by_name.map(|(ord, _)| ord));
    // Several `h1` are the sections of the page.
    if let Some(ord) = by_style.filter(|_| n_first == 1).or(by_name) {
        lines[ord].style = Style::Title;
    }
}

#[cfg(test)]
mod tests;
