//! OFD documents (GB/T 33190-2016): the text of every page, by its place on the page.
//!
//! A package has one document or several; a document has pages, and templates that pages show beneath their own content.

mod objects;
mod pictures;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use pictures::pictures;

use super::Raw;
use super::layout::{self, Glyph, Matrix};
use crate::document::{Given, Warning};
use crate::source::Skip;
use crate::source::package::Package;
use crate::source::xml::{self, Walk};
use objects::Objects;

const WHAT: &str = "OFD document";

/// Pages that are read of a document.
const MAX_PAGES: usize = 20_000;
/// Characters that are read of a document.
const MAX_GLYPHS: usize = 20_000_000;

/// Reads the documents of the package in `bytes`, which unpack to `limit` bytes at most; one call of `each` for each, with
/// its number as key if there are several.
///
/// Lines are paragraphs in reading order, numbered by their rows; running heads and page numbers are left out.
///
/// # Errors
/// [`Skip::Damaged`] if it has no page that can be read, [`Skip::OnlyPictures`] if its pages have no text, and those of
/// [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    given: &Given,
    limit: u64,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut package = Package::open(bytes, limit);
    if package.part("Encryptions.xml")?.is_some() {
        return Err(Skip::Encrypted);
    }
    let roots = roots(&mut package)?;
    let (mut n_pages, mut n_glyphs) = (0, 0);
    for (ord, root) in roots.iter().enumerate() {
        let mut document = Document::open(&mut package, root)?;
        let pages = document.pages()?;
        let is_damaged = document.is_damaged || package.is_damaged();
        n_pages += pages.len();
        let n_here: usize = pages.iter().map(|page| page.glyphs.len()).sum();
        n_glyphs += n_here;
        if n_here > 0 {
            each(Raw {
                n_read: None,
                key: (roots.len() > 1).then(|| (ord + 1).to_string()),
                given: given.clone(),
                lines: layout::lines(pages),
                warnings: is_damaged
                    .then_some(Warning::Incomplete)
                    .into_iter()
                    .collect(),
            });
        }
    }
    match (n_pages, n_glyphs) {
        (_, 1..) => Ok(()),
        (0, 0) => Err(Skip::Damaged {
            what: WHAT.into(),
            reason: "it has no pages that can be read".to_owned(),
        }),
        (pages, 0) => Err(Skip::OnlyPictures { pages }),
    }
}

/// The main parts of the documents, as `OFD.xml` lists them, else all parts that may be one.
fn roots(package: &mut Package<'_>) -> Result<Vec<String>, Skip> {
    let list = package.part("OFD.xml")?.unwrap_or_default();
    let list = xml::text(&list);
    let mut walk = Walk::new(&list);
    let mut roots = Vec::new();
    while let Some(tag) = walk.next_start() {
        if tag.name() == "DocRoot" {
            roots.push(joined("", &walk.inner_text()));
        }
    }
    if roots.is_empty() {
        let is_root = |name: &&str| name.rsplit('/').next() == Some("Document.xml");
        roots.extend(package.names().filter(is_root).map(str::to_owned));
    }
    Ok(roots)
}

/// The name of the part that `location` means in a part of `folder`.
fn joined(folder: &str, location: &str) -> String {
    let location = location.trim().replace('\\', "/");
    let base = if location.starts_with('/') {
        ""
    } else {
        folder
    };
    let mut path: Vec<&str> = Vec::new();
    for step in base.split('/').chain(location.split('/')) {
        match step {
            ".." => drop(path.pop()),
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A document of the package.
struct Document<'p, 'a> {
    package: &'p mut Package<'a>,
    height: f64,
    /// The parts of the pages in order, and of the templates by id.
    pages: Vec<String>,
    templates: BTreeMap<String, String>,
    units: BTreeMap<String, Objects>,
    is_damaged: bool,
}

impl<'p, 'a> Document<'p, 'a> {
    fn open(package: &'p mut Package<'a>, root: &str) -> Result<Self, Skip> {
        let mut document = Self {
            package,
            height: 297.0,
            pages: Vec::new(),
            templates: BTreeMap::new(),
            units: BTreeMap::new(),
            is_damaged: false,
        };
        let mut resources = Vec::new();
        let part = document.package.part(root)?.unwrap_or_default();
        let text = xml::text(&part);
        let mut walk = Walk::new(&text);
        while let Some(tag) = walk.next_start() {
            let place = || {
                tag.attribute("BaseLoc")
                    .map(|location| joined(folder(root), &location))
            };
            match tag.name() {
                "PhysicalBox" => {
                    document.height = height(&walk.inner_text()).unwrap_or(document.height)
                }
                "Page" => document.pages.extend(place()),
                "TemplatePage" => {
                    let id = tag.attribute("ID").unwrap_or_default();
                    document.templates.extend(place().map(|place| (id, place)));
                }
                "PublicRes" | "DocumentRes" => {
                    resources.push(joined(folder(root), &walk.inner_text()))
                }
                _ => {}
            }
        }
        document.is_damaged |= walk.is_damaged();
        if document.pages.is_empty() {
            document.find_pages(root);
        }
        for part in resources {
            document.read_units(&part)?;
        }
        Ok(document)
    }

    /// Pages whose list is lost, by the names of their parts.
    fn find_pages(&mut self, root: &str) {
        let folder = folder(root);
        let is_page = |name: &&str| {
            name.starts_with(folder) && name.ends_with("/Content.xml") && !name.contains("/T")
        };
        let mut pages: Vec<String> = self
            .package
            .names()
            .filter(is_page)
            .map(str::to_owned)
            .collect();
        pages.sort_by_key(|name| (name.len(), name.clone()));
        self.is_damaged |= !pages.is_empty();
        self.pages = pages;
    }

    /// Reads the composite graphic units of a resource part.
    fn read_units(&mut self, part: &str) -> Result<(), Skip> {
        let part = self.package.part(part)?.unwrap_or_default();
        let text = xml::text(&part);
        let mut walk = Walk::new(&text);
        while let Some(tag) = walk.next_start() {
            if tag.name() == "CompositeGraphicUnit" {
                let id = tag.attribute("ID").unwrap_or_default();
                let (objects, _) = Objects::read(&mut walk, "CompositeGraphicUnit");
                self.units.insert(id, objects);
            }
        }
        Ok(())
    }

    fn pages(&mut self) -> Result<Vec<layout::Page>, Skip> {
        let mut pages = Vec::new();
        let mut n_glyphs = 0;
        let mut templates: BTreeMap<String, Objects> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for part in std::mem::take(&mut self.pages).into_iter().take(MAX_PAGES) {
            let Some(content) = self.package.part(&part)? else {
                self.is_damaged = true;
                continue;
            };
            let text = xml::text(&content);
            let mut walk = Walk::new(&text);
            let (objects, head) = Objects::read(&mut walk, "");
            self.is_damaged |= walk.is_damaged();
            let height = head.height.unwrap_or(self.height);
            let mut glyphs = Vec::new();
            for id in head.templates {
                if !templates.contains_key(&id) {
                    let template = self.template(&id)?;
                    templates.insert(id.clone(), template);
                }
                let is_first = seen.insert(id.clone());
                let template = &templates[&id];
                let from = glyphs.len();
                self.flatten(template, Matrix::IDENTITY, 0, &mut glyphs);
                // What a template shows is text once; its head and foot are told by their repeating.
                if !is_first {
                    keep_margins(&mut glyphs, from, height as f32);
                }
            }
            self.flatten(&objects, Matrix::IDENTITY, 0, &mut glyphs);
            n_glyphs += glyphs.len();
            pages.push(layout::Page {
                height: height as f32,
                glyphs,
            });
            if n_glyphs > MAX_GLYPHS {
                break;
            }
        }
        Ok(pages)
    }

    fn template(&mut self, id: &str) -> Result<Objects, Skip> {
        let part = self.templates.get(id).cloned().unwrap_or_default();
        let content = self.package.part(&part)?.unwrap_or_default();
        let text = xml::text(&content);
        Ok(Objects::read(&mut Walk::new(&text), "").0)
    }

    /// Adds what `objects` show under `matrix`; composite units are followed.
    fn flatten(&self, objects: &Objects, matrix: Matrix, depth: usize, out: &mut Vec<Glyph>) {
        const MAX_DEPTH: usize = 6;
        for text in &objects.texts {
            if out.len() < MAX_GLYPHS {
                text.place(matrix, out);
            }
        }
        for (id, inner) in &objects.composites {
            if let Some(unit) = self
                .units
                .get(id)
                .filter(|_| depth < MAX_DEPTH && out.len() < MAX_GLYPHS)
            {
                self.flatten(unit, inner.then(matrix), depth + 1, out);
            }
        }
    }
}

/// Drops the glyphs from `from` on that stand in the body of a page.
fn keep_margins(glyphs: &mut Vec<Glyph>, from: usize, height: f32) {
    let mut added = glyphs.split_off(from);
    added.retain(|glyph| glyph.y < 0.14 * height || glyph.y > 0.86 * height);
    glyphs.append(&mut added);
}

/// The height of a box: `0 0 210 297`.
fn height(text: &str) -> Option<f64> {
    let height: f64 = text.split_whitespace().nth(3)?.parse().ok()?;
    (height > 1.0).then_some(height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    fn text(x: f64, y: f64, text: &str) -> String {
        format!(
            "<ofd:TextObject Boundary='{x} {y} 100 6' Size='5' Font='1'><ofd:TextCode X='0' Y='5' DeltaX='g 40 5'>{text}</ofd:TextCode></ofd:TextObject>"
        )
    }

    fn page(content: &str) -> String {
        format!(
            "<ofd:Page><ofd:Template TemplateID='9'/><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    }

    fn document() -> Vec<u8> {
        let first = page(&format!(
            "{}{}{}",
            text(
                20.0,
                70.0,
                "园区道路平整，管网齐备，企业进驻，群众满意，秩序良好，"
            ),
            // The order of the file is not that of the page.
            text(60.0, 40.0, "园区年度总结"),
            text(
                30.0,
                60.0,
                "今年以来，园区班子重视，部署周密，措施有力，成效明显，"
            ),
        ));
        let second = page(&format!(
            "{}<ofd:CompositeObject ResourceID='5' CTM='2 0 0 2 0 0' Boundary='0 0 210 297'/>",
            text(20.0, 40.0, "发展平稳。")
        ));
        pack(&[
            (
                "OFD.xml",
                "<ofd:OFD><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            ),
            (
                "Doc_0/Document.xml",
                "<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID='9' BaseLoc='Tpls/T.xml'/>\
                 <ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/P0.xml'/><ofd:Page ID='2' BaseLoc='Pages/P1.xml'/></ofd:Pages></ofd:Document>",
            ),
            ("Doc_0/Pages/P0.xml", &first),
            ("Doc_0/Pages/P1.xml", &second),
            (
                "Doc_0/Tpls/T.xml",
                &page(&format!(
                    "{}{}",
                    text(20.0, 10.0, "内部资料"),
                    text(20.0, 200.0, "园区制表")
                )),
            ),
            (
                "Doc_0/Res.xml",
                &format!(
                    "<ofd:Res><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='5'><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
                    text(20.0, 60.0, "附图一")
                ),
            ),
        ])
    }

    #[test]
    fn pages_in_reading_order_with_templates_and_units() {
        let mut raws = Vec::new();
        read(&document(), &Given::default(), 1 << 20, &mut |raw| {
            raws.push(raw)
        })
        .expect("a document");
        let lines: Vec<&str> = raws[0].lines.iter().map(|line| &*line.text).collect();
        assert_eq!(
            lines,
            [
                "园区年度总结",
                "今年以来，园区班子重视，部署周密，措施有力，成效明显，园区道路平整，管网齐备，企业进驻，群众满意，秩序良好，",
                "园区制表",
                "发展平稳。",
                "附图一",
            ]
        );
        assert_eq!(raws[0].warnings, []);
    }

    #[test]
    fn what_has_no_text_says_why() {
        let error = |bytes: &[u8]| {
            let error = read(bytes, &Given::default(), 1 << 20, &mut |_| ()).expect_err("an error");
            error.to_string()
        };
        assert_eq!(
            error(b"PK\x05\x06"),
            "is a damaged OFD document: it has no pages that can be read"
        );
        let blank = pack(&[
            ("OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>"),
            ("D.xml", "<Document><Page BaseLoc='P.xml'/></Document>"),
            ("P.xml", "<Page/>"),
        ]);
        assert!(error(&blank).starts_with("has no text, only pictures on 1 pages"));
    }
}
