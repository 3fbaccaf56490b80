//! EPUB books: the chapters in reading order, as one document.

use super::{Raw, html};
use crate::document::{Given, Style, Warning};
use crate::source::Skip;
use crate::source::package::Package;
use crate::source::xml::{self, Walk};

const WHAT: &str = "EPUB book";

/// Reads the book in `bytes`, which unpack to `limit` bytes at most; the table of contents is left out.
///
/// # Errors
/// [`Skip::Damaged`] if no chapter can be read, and those of [`Package::part`].
pub(in crate::source) fn read(bytes: &[u8], given: Given, limit: u64) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let mut raw = Raw {
        given,
        ..Raw::default()
    };
    for name in chapters(&mut package)? {
        let Some(chapter) = package.part(&name)? else {
            continue;
        };
        for mut line in html::whole(&xml::text(&chapter)) {
            line.number = u32::try_from(raw.lines.len() + 1).unwrap_or(u32::MAX);
            raw.lines.push(line);
        }
    }
    if raw.lines.is_empty() {
        return Err(Skip::Damaged {
            what: WHAT.into(),
            reason: "no chapter can be read".to_owned(),
        });
    }
    let first = |style: Style| style == Style::Heading(1);
    let n_first = raw.lines.iter().filter(|line| first(line.style)).count();
    if n_first == 1 && first(raw.lines[0].style) {
        raw.lines[0].style = Style::Title;
    }
    if package.is_damaged() {
        raw.warnings.push(Warning::Incomplete);
    }
    Ok(raw)
}

/// The names of the chapters: as the package document orders them, else all pages by name.
fn chapters(package: &mut Package<'_>) -> Result<Vec<String>, Skip> {
    let container = package.part("META-INF/container.xml")?.unwrap_or_default();
    let container = xml::text(&container);
    let mut walk = Walk::new(&container);
    let mut listed = None;
    while let Some(tag) = walk.next_start() {
        listed = listed.or(tag.attribute("full-path"));
    }
    let by_ending = |package: &Package<'_>, endings: &[&str]| -> Vec<String> {
        let is_one = |name: &&str| endings.iter().any(|ending| name.ends_with(ending));
        package.names().filter(is_one).map(str::to_owned).collect()
    };
    let book = listed.or_else(|| by_ending(package, &[".opf"]).pop());
    let book = book.unwrap_or_default();
    let spine = package.part(&book)?.unwrap_or_default();
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names = spine_of(&xml::text(&spine), folder);
    if names.is_empty() {
        names = by_ending(package, &[".xhtml", ".html", ".htm"]);
        names.sort();
    }
    Ok(names)
}

fn spine_of(book: &str, folder: &str) -> Vec<String> {
    let mut pages: Vec<(String, String)> = Vec::new();
    let mut names = Vec::new();
    let mut walk = Walk::new(book);
    while let Some(tag) = walk.next_start() {
        match tag.name() {
            "item" => {
                let is_contents = tag
                    .attribute("properties")
                    .is_some_and(|properties| properties.split(' ').any(|one| one == "nav"));
                if let (Some(id), Some(href), false) =
                    (tag.attribute("id"), tag.attribute("href"), is_contents)
                {
                    pages.push((id, href));
                }
            }
            "itemref" => {
                let id = tag.attribute("idref").unwrap_or_default();
                let page = pages.iter().find(|(page, _)| *page == id);
                names.extend(page.map(|(_, href)| joined(folder, href)));
            }
            _ => {}
        }
    }
    names
}

/// The name of the part that `href` means in `folder`.
fn joined(folder: &str, href: &str) -> String {
    let href = unescaped(href.split('#').next().unwrap_or_default());
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in href.split('/') {
        match step {
            ".." => drop(path.pop()),
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

/// `%E5` and so on as the bytes that they stand for.
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
                "<package><manifest><item id='b' href='s/%E4%BA%8C.xhtml'/><item id='a' href='../a.xhtml'/><item id='n' href='n.xhtml' properties='nav'/></manifest>\
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
        let raw = read(&bytes, Given::default(), 1 << 20).expect("a book");
        let lines: Vec<_> = raw
            .lines
            .iter()
            .map(|line| (line.number, line.style, &*line.text))
            .collect();
        assert_eq!(
            lines,
            [
                (1, Style::Title, "园区总结"),
                (2, Style::Plain, "修路。"),
                (3, Style::Heading(2), "二、打算"),
                (4, Style::Plain, "治水。"),
            ]
        );
        let error = read(b"PK\x05\x06", Given::default(), 1).expect_err("an error");
        assert_eq!(
            error.to_string(),
            "is a damaged EPUB book: no chapter can be read"
        );
    }
}
