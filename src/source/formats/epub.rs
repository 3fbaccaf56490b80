//! EPUB books: the chapters in reading order, as one document.

use std::collections::{HashMap, HashSet};

use super::blocks::Blocks;
use super::{Raw, html};
use crate::document::{Line, Reason, SourceMetadata, Style};
use crate::source::package::Package;
use crate::source::xml::{self, Tag, Walk};
use crate::source::{Damage, Damaged, Skip};

const WHAT: Damaged = Damaged::Epub;

/// Reads the book in `bytes`, which unpack to `limit` bytes at most; title and date are those of the book's
/// metadata, a table of contents among the chapters is boilerplate.
///
/// # Errors
/// [`Skip::Damaged`] if no chapter can be read, and those of [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    mut given: SourceMetadata,
    limit: u64,
) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let book = Book::read(&mut package)?;
    given.title = given.title.or(book.title);
    given.date = given.date.or(book.date);
    let mut blocks = Blocks::default();
    let mut n_read = 0;
    for chapter in book.chapters {
        let Some(page) = package.part(&chapter.name)? else {
            // A chapter that the package lists and lacks costs that chapter only.
            continue;
        };
        let (mut lines, n_here) = html::whole(&xml::text(&page));
        if chapter.is_contents {
            for line in &mut lines {
                line.style = Style::Boilerplate(Reason::Contents);
            }
        }
        blocks.append(lines);
        n_read += n_here;
    }
    let mut raw = Raw::whole(given, blocks.into_lines(), n_read);
    if raw.lines.is_empty() {
        return Err(Skip::Damaged {
            what: WHAT,
            reason: Damage::NoChapter,
        });
    }
    mark_title(&mut raw.lines);
    Ok(raw.incomplete_if(package.is_damaged()))
}

/// Makes a single heading of level 1 at the top the title of the book; several are those of chapters.
fn mark_title(lines: &mut [Line]) {
    let is_first = |line: &Line| line.style == Style::Heading(1);
    let n_first = lines.iter().filter(|line| is_first(line)).count();
    let is_text = |line: &&mut Line| !matches!(line.style, Style::Boilerplate(_));
    let top = lines.iter_mut().find(is_text);
    if let Some(line) = top.filter(|line| n_first == 1 && is_first(line)) {
        line.style = Style::Title;
    }
}

/// The package document of a book.
#[derive(Default)]
struct Book {
    title: Option<String>,
    date: Option<String>,
    chapters: Vec<Chapter>,
}

/// A page of the book.
struct Chapter {
    /// The name of its part.
    name: String,
    is_contents: bool,
}

impl Book {
    fn read(package: &mut Package<'_>) -> Result<Self, Skip> {
        let name = package_document(package)?;
        let text = package.part(&name)?.unwrap_or_default();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut book = Self::default();
        book.read_package(&xml::text(&text), folder);
        // Without a spine the pages are read in the order of their names.
        if book.chapters.is_empty() {
            let mut names = ending_with(package, &[".xhtml", ".html", ".htm"]);
            names.sort();
            let is_contents = false;
            let chapters = names.into_iter();
            let chapters = chapters.map(|name| Chapter { name, is_contents });
            book.chapters = chapters.collect();
        }
        Ok(book)
    }

    /// Reads the package document: title and date, and the chapters in the order of the spine.
    fn read_package(&mut self, text: &str, folder: &str) {
        let mut pages: HashMap<String, (String, bool)> = HashMap::new();
        // A page occurs once in the order (EPUB 3.3, 5.7.2).
        let mut listed: HashSet<String> = HashSet::new();
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.next_start() {
            match tag.name() {
                "item" => pages.extend(item(&tag)),
                "itemref" => {
                    let page = pages.get(&tag.attribute("idref").unwrap_or_default());
                    let page = page.filter(|(href, _)| listed.insert(href.clone()));
                    self.chapters
                        .extend(page.map(|(href, is_contents)| Chapter {
                            name: joined(folder, href),
                            is_contents: *is_contents,
                        }));
                }
                _ => self.read_metadata(&tag, &mut walk),
            }
        }
    }

    fn read_metadata(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) {
        match tag.full_name() {
            "dc:title" if self.title.is_none() => {
                self.title = filled(walk.inner_text()).filter(|title| !is_empty_title(title));
            }
            "dc:date" if self.date.is_none() => self.date = filled(walk.inner_text()),
            _ => {}
        }
    }
}

/// Whether a title is a placeholder that programs write for books without one.
fn is_empty_title(title: &str) -> bool {
    const EMPTY: [&str; 7] = [
        "unknown",
        "unknown title",
        "untitled",
        "no title",
        "未知",
        "无标题",
        "未命名",
    ];
    EMPTY.contains(&&*title.to_lowercase())
}

fn filled(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The name of the part that `href` refers to in `folder`.
fn joined(folder: &str, href: &str) -> String {
    let href = unescaped(href.split('#').next().unwrap_or_default());
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    // `..` at the top stays at the top: a part outside the package does not exist.
    for step in href.split('/') {
        match step {
            ".." => drop(path.pop()),
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Percent-decodes `%E5` and so on.
fn unescaped(href: &str) -> String {
    let mut out = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| byte == b'%');
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        out.push(code.unwrap_or(byte));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The id of an item of the package, with its address and whether it is the table of contents.
fn item(tag: &Tag<'_>) -> Option<(String, (String, bool))> {
    let properties = tag.attribute("properties").unwrap_or_default();
    // The property `nav` marks the navigation document (EPUB 3.3, 7.3).
    let is_contents = properties.split(' ').any(|one| one == "nav");
    Some((tag.attribute("id")?, (tag.attribute("href")?, is_contents)))
}

/// The parts whose names have one of these endings.
fn ending_with(package: &Package<'_>, endings: &[&str]) -> Vec<String> {
    let is_one = |name: &&str| endings.iter().any(|ending| name.ends_with(ending));
    package.names().filter(is_one).map(str::to_owned).collect()
}

/// The name of the package document: the container states it (EPUB 3.3, 4.2.6.3.1), else its extension shows it.
fn package_document(package: &mut Package<'_>) -> Result<String, Skip> {
    let container = package.part("META-INF/container.xml")?.unwrap_or_default();
    let container = xml::text(&container);
    let mut walk = Walk::new(&container);
    let mut listed = None;
    while let Some(tag) = walk.next_start() {
        listed = listed.or(tag.attribute("full-path"));
    }
    let name = listed.or_else(|| ending_with(package, &[".opf"]).pop());
    Ok(name.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    #[test]
    fn chapters_in_order_of_the_spine() {
        let bytes = pack(&[
            (
                "META-INF/container.xml",
                "<container><rootfile full-path='O/c.opf'/></container>",
            ),
            (
                "O/c.opf",
                "<package><metadata><dc:title>水乡志</dc:title><dc:date>2020-05-06</dc:date></metadata><manifest><item id='b' href='s/%E4%BA%8C.xhtml'/><item id='a' href='../a.xhtml'/><item id='n' href='n.xhtml' properties='nav'/></manifest>\
                 <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>",
            ),
            ("O/n.xhtml", "<html><body><p>目录</p></body></html>"),
            (
                "O/s/二.xhtml",
                "<html><body><h2>二、打算</h2><p>治水。</p></body></html>",
            ),
            (
                "a.xhtml",
                "<html><head><title>无</title></head><body><h1>园区总结</h1><p>修路。</p></body></html>",
            ),
        ]);
        let raw = read(&bytes, SourceMetadata::default(), 1 << 20).expect("a book");
        let lines: Vec<_> = raw
            .lines
            .iter()
            .map(|line| (line.number, line.style, &*line.text))
            .collect();
        assert_eq!(
            lines,
            [
                (1, Style::Boilerplate(Reason::Contents), "目录"),
                (2, Style::Title, "园区总结"),
                (3, Style::Plain, "修路。"),
                (4, Style::Heading(2), "二、打算"),
                (5, Style::Plain, "治水。"),
            ]
        );
        assert_eq!(raw.n_read, Some(16));
        assert_eq!(raw.given.title.as_deref(), Some("水乡志"));
        assert_eq!(raw.given.date.as_deref(), Some("2020-05-06"));
        let error = read(b"PK\x05\x06", SourceMetadata::default(), 1).expect_err("an error");
        assert_eq!(
            error.to_string(),
            "is a damaged EPUB book: no chapter can be read"
        );
    }

    #[test]
    fn a_single_heading_at_the_top_is_the_title() {
        let line = |style| Line {
            number: 1,
            text: "甲".to_owned(),
            style,
        };
        let contents = Style::Boilerplate(Reason::Contents);
        let styles = |styles: &[Style]| {
            let mut lines: Vec<Line> = styles.iter().map(|&style| line(style)).collect();
            mark_title(&mut lines);
            lines.iter().map(|line| line.style).collect::<Vec<_>>()
        };
        let first = Style::Heading(1);
        assert_eq!(styles(&[first, Style::Plain]), [Style::Title, Style::Plain]);
        assert_eq!(styles(&[contents, first]), [contents, Style::Title]);
        // Several are chapters, and one below a text is not a title of the book.
        for kept in [
            vec![first, first],
            vec![Style::Plain, first],
            vec![Style::Heading(2)],
        ] {
            assert_eq!(styles(&kept), kept);
        }
    }
}
