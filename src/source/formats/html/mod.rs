//! HTML pages: the main text, without what a site puts around it.

mod elements;
mod lines;
mod main_text;

pub(super) use lines::comment_text;

use encoding_rs::Encoding as Codec;
use memchr::memmem;
use scraper::{Html, Node};

use super::style_names::property_title;
use super::{Raw, text};
use crate::document::{Given, Line, Style, Warning};
use crate::source::Skip;
use crate::source::decode::Encoding;

/// Reads the page in `bytes`.
///
/// `h1` to `h6` become headings; the only `h1`, or the line that the page's title repeats, becomes the title. Title and
/// date that a government site gives in `meta` are taken.
///
/// # Errors
/// [`Skip::Binary`] if the bytes are no text.
pub(in crate::source) fn read(bytes: &[u8], mut given: Given) -> Result<Raw, Skip> {
    let (page, warnings) = decoded(bytes)?;
    let html = Html::parse_document(&page);
    let head = Head::read(&html);
    given.title = given.title.or(head.meta_title);
    given.date = given.date.or(head.date);
    // The shortest is what stands in front of the names of column and site.
    let own = head.titles.iter().min_by_key(|title| title.len());
    given.property_title = own.and_then(|title| property_title(title));
    let (mut lines, mut n_read) = main_text::lines(&html, &head.titles);
    let is_text =
        |line: &Line| !matches!(line.style, Style::Boilerplate(_)) && !line.text.trim().is_empty();
    if !lines.iter().any(is_text) {
        // A page of nothing but links says what it has to say in them.
        (lines, n_read) = lines::all(&html);
    }
    name_title(&mut lines, &head.titles);
    Ok(Raw {
        n_read: Some(n_read),
        given,
        lines,
        warnings,
        key: None,
        ..Raw::default()
    })
}

/// The lines of a page that is nothing but text, as the chapters of a book are, and how many visible characters it has.
pub(super) fn whole(page: &str) -> (Vec<Line>, u64) {
    lines::all(&Html::parse_document(page))
}

/// The text of a page. The bytes tell the encoding where they can, since pages mislabel GB18030 and UTF-8 as each other;
/// what the page says weighs with it, and decides among encodings that the bytes are not tried for.
fn decoded(bytes: &[u8]) -> Result<(String, Vec<Warning>), Skip> {
    let label = charset(&bytes[..bytes.len().min(4096)]);
    let declared = label.as_deref().and_then(Encoding::for_label);
    let other = label.filter(|_| declared.is_none() && std::str::from_utf8(bytes).is_err());
    let other = other.and_then(|label| Codec::for_label(label.as_bytes()));
    // Chinese pages that say Latin say nothing.
    if let Some(codec) = other.filter(|&codec| codec != encoding_rs::WINDOWS_1252) {
        let (text, _) = codec.decode_with_bom_removal(bytes);
        return Ok((text.into_owned(), Vec::new()));
    }
    let decoded = text::readable_as(bytes, declared)?;
    let warnings = text::damage(&decoded);
    Ok((decoded.text.into_owned(), warnings))
}

/// The encoding that the head of a page names, as it names it.
fn charset(head: &[u8]) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let at = memmem::find(&lower, b"charset=")? + "charset=".len();
    let label = lower[at..]
        .iter()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    Some(label.map(|&byte| char::from(byte)).collect())
}

/// What the head of a page says of it.
#[derive(Default)]
struct Head {
    /// What the page's title may be: its parts, without the names of column and site behind them.
    titles: Vec<String>,
    /// The title of an article, as government sites give it.
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
                    let text: String = node
                        .children()
                        .filter_map(|child| child.value().as_text().map(|text| &**text))
                        .collect();
                    head.titles = title_parts(&text);
                }
                "meta" => {
                    let name = element
                        .attr("name")
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    let content = element.attr("content").unwrap_or_default().trim();
                    let content = (!content.is_empty()).then(|| content.to_owned());
                    match &*name {
                        "articletitle" => head.meta_title = content,
                        "pubdate" => head.date = content,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        head
    }
}

/// What a page's title may consist of: the whole, and what stands before `_`, `|`, `-`.
fn title_parts(title: &str) -> Vec<String> {
    let title = squeeze(title);
    let mut parts = vec![title.clone()];
    for mark in ['_', '|', '-', '－', '—'] {
        parts.extend(title.split_once(mark).map(|(first, _)| first.to_owned()));
    }
    parts.retain(|part| part.chars().count() >= 4);
    parts
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Lines from the top in which the title stands.
const TITLE_DEPTH: usize = 8;

/// Marks the title: the only `h1`, else the line among the first that the page's title repeats.
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
    if let Some(ord) = by_style.filter(|_| n_first == 1).or(by_name) {
        lines[ord].style = Style::Title;
    }
}

#[cfg(test)]
mod tests;
