//! A document of the package: its pages with their templates, and the annotations on them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::objects::{self, Objects};
use super::page_box::size;
use super::parts::{folder, joined};
use crate::source::Skip;
use crate::source::formats::layout::{Matrix, Page, Role};
use crate::source::package::Package;
use crate::source::xml::{self, Walk};

/// Maximum number of pages read of a document.
pub(super) const MAX_PAGES: usize = 20_000;
/// Maximum number of characters read of a document.
const MAX_GLYPHS: usize = 20_000_000;

/// A document of the package.
pub(super) struct Document<'p, 'a> {
    package: &'p mut Package<'a>,
    size: (f64, f64),
    /// The ids and parts of the pages in order, and the parts of the templates by id.
    pages: Vec<(String, String)>,
    templates: BTreeMap<String, String>,
    units: BTreeMap<String, Objects>,
    /// The parts that list the annotations of pages.
    annotations: Vec<String>,
    pub(super) is_damaged: bool,
    /// Pages with pictures and no text: their numbers from 1, and their indices among the readable pages.
    pub(super) unread: Vec<(u32, usize)>,
}

impl<'p, 'a> Document<'p, 'a> {
    pub(super) fn open(package: &'p mut Package<'a>, root: &str) -> Result<Self, Skip> {
        let mut document = Self {
            package,
            // A4, if the document does not give its size (GB/T 33190, 7.5).
            size: (210.0, 297.0),
            pages: Vec::new(),
            templates: BTreeMap::new(),
            units: BTreeMap::new(),
            annotations: Vec::new(),
            is_damaged: false,
            unread: Vec::new(),
        };
        let part = document.package.part(root)?.unwrap_or_default();
        let resources = document.read_root(&xml::text(&part), root);
        if document.pages.is_empty() {
            document.find_pages(root);
        }
        for part in resources {
            document.read_units(&part)?;
        }
        Ok(document)
    }

    /// Reads the document's own part, `root`; returns the parts of its resources.
    fn read_root(&mut self, text: &str, root: &str) -> Vec<String> {
        let mut resources = Vec::new();
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.next_start() {
            let place = || {
                let id = tag.attribute("ID").unwrap_or_default();
                let location = tag.attribute("BaseLoc");
                location.map(|location| (id, joined(folder(root), &location)))
            };
            match tag.name() {
                "PhysicalBox" => self.size = size(&walk.inner_text()).unwrap_or(self.size),
                "Page" => self.pages.extend(place()),
                "Annotations" => {
                    let part = joined(folder(root), &walk.inner_text());
                    self.annotations.push(part);
                }
                "TemplatePage" => self.templates.extend(place()),
                "PublicRes" | "DocumentRes" => {
                    resources.push(joined(folder(root), &walk.inner_text()));
                }
                _ => {}
            }
        }
        self.is_damaged |= walk.is_damaged();
        resources
    }

    /// Finds the pages by the names of their parts, if their list is lost.
    fn find_pages(&mut self, root: &str) {
        let folder = folder(root);
        let is_page = |name: &&str| {
            // Templates are in folders such as `Tpls`.
            name.starts_with(folder) && name.ends_with("/Content.xml") && !name.contains("/T")
        };
        let mut pages: Vec<String> = self
            .package
            .names()
            .filter(is_page)
            .map(str::to_owned)
            .collect();
        // Shorter names first: `Page_2` before `Page_10`.
        pages.sort_by_key(|name| (name.len(), name.clone()));
        self.is_damaged |= !pages.is_empty();
        self.pages = pages
            .into_iter()
            .map(|part| (String::new(), part))
            .collect();
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

    pub(super) fn pages(&mut self) -> Result<Vec<Page>, Skip> {
        let mut pages = Vec::new();
        let mut n_glyphs = 0;
        let mut templates = Templates::default();
        let over = self.over_pages()?;
        let parts = std::mem::take(&mut self.pages);
        self.is_damaged |= parts.len() > MAX_PAGES;
        for ((page_id, part), number) in parts.into_iter().take(MAX_PAGES).zip(1..) {
            let Some(content) = self.package.part(&part)? else {
                self.is_damaged = true;
                continue;
            };
            let text = xml::text(&content);
            let mut page = self.page(&text, pages.len(), &mut templates)?;
            for (objects, matrix) in over.get(&page_id).into_iter().flatten() {
                self.place(objects, *matrix, 0, &mut page);
            }
            // A search suffices: only whether there is a picture matters.
            if page.glyphs.is_empty() && text.contains("ImageObject") {
                self.unread.push((number, pages.len()));
            }
            n_glyphs += page.glyphs.len();
            pages.push(page);
            if n_glyphs > MAX_GLYPHS {
                self.is_damaged = true;
                break;
            }
        }
        mark_templates(&mut pages, &templates.uses);
        Ok(pages)
    }

    /// The page `ord` with its templates, which lie beneath its content and are read first.
    fn page(&mut self, text: &str, ord: usize, templates: &mut Templates) -> Result<Page, Skip> {
        let mut walk = Walk::new(text);
        let (objects, head) = Objects::read(&mut walk, "");
        self.is_damaged |= walk.is_damaged();
        let (width, height) = head.size.unwrap_or(self.size);
        let mut page = Page {
            width: width as f32,
            height: height as f32,
            ..Page::default()
        };
        for id in head.templates {
            if !templates.read.contains_key(&id) {
                let template = self.template(&id)?;
                templates.read.insert(id.clone(), template);
            }
            let from = page.glyphs.len();
            self.place(&templates.read[&id], Matrix::IDENTITY, 0, &mut page);
            let range = from..page.glyphs.len();
            templates.uses.entry(id).or_default().push((ord, range));
        }
        self.place(&objects, Matrix::IDENTITY, 0, &mut page);
        Ok(page)
    }

    /// The annotations of pages, with their positions, by the ids of the pages.
    fn over_pages(&mut self) -> Result<BTreeMap<String, Vec<(Objects, Matrix)>>, Skip> {
        let mut over: BTreeMap<String, Vec<(Objects, Matrix)>> = BTreeMap::new();
        for list in std::mem::take(&mut self.annotations) {
            let part = self.package.part(&list)?.unwrap_or_default();
            for (page, part) in annotation_parts(&xml::text(&part), &list) {
                let part = self.package.part(&part)?.unwrap_or_default();
                let text = xml::text(&part);
                let mut walk = Walk::new(&text);
                while let Some(tag) = walk.next_start() {
                    if tag.name() == "Appearance" {
                        let place = objects::matrix(&tag);
                        let (objects, _) = Objects::read(&mut walk, "Appearance");
                        over.entry(page.clone()).or_default().push((objects, place));
                    }
                }
            }
        }
        Ok(over)
    }

    fn template(&mut self, id: &str) -> Result<Objects, Skip> {
        let part = self.templates.get(id).cloned().unwrap_or_default();
        let content = self.package.part(&part)?.unwrap_or_default();
        let text = xml::text(&content);
        Ok(Objects::read(&mut Walk::new(&text), "").0)
    }

    /// Places the content of `objects` on `page`, mapped by `matrix`; composite units are followed.
    fn place(&self, objects: &Objects, matrix: Matrix, depth: usize, page: &mut Page) {
        // A unit may refer to itself in a damaged file.
        const MAX_DEPTH: usize = 6;
        for text in &objects.texts {
            if page.glyphs.len() < MAX_GLYPHS {
                text.place(matrix, Role::Text, page);
            }
        }
        for path in &objects.paths {
            path.place(matrix, page);
        }
        for (id, inner) in &objects.composites {
            if let Some(unit) = self
                .units
                .get(id)
                .filter(|_| depth < MAX_DEPTH && page.glyphs.len() < MAX_GLYPHS)
            {
                self.place(unit, inner.then(matrix), depth + 1, page);
            }
        }
    }
}

/// Marks the content of templates that several pages share: headers and footers in the margins, and text
/// after its first occurrence.
fn mark_templates(pages: &mut [Page], uses: &BTreeMap<String, Vec<(usize, Range<usize>)>>) {
    // A template used once is content of its page.
    for places in uses.values().filter(|places| places.len() > 1) {
        for (ord, (page, range)) in places.iter().enumerate() {
            let height = pages[*page].height;
            for glyph in &mut pages[*page].glyphs[range.clone()] {
                // The same margin as for running titles found by repetition (`layout::boilerplate`).
                let is_in_margin = glyph.y < 0.14 * height || glyph.y > 0.86 * height;
                if glyph.role != Role::Text {
                    continue;
                }
                if is_in_margin && glyph.turn == 0 {
                    glyph.role = Role::Pagination;
                } else if ord > 0 {
                    glyph.role = Role::Repeated;
                }
            }
        }
    }
}

/// The templates that pages use.
#[derive(Default)]
struct Templates {
    read: BTreeMap<String, Objects>,
    /// The uses of each: the page and its glyphs.
    uses: BTreeMap<String, Vec<(usize, Range<usize>)>>,
}

/// The pages that the part `list` names, each with the part of its annotations.
fn annotation_parts(text: &str, list: &str) -> Vec<(String, String)> {
    let mut walk = Walk::new(text);
    let (mut page, mut parts) = (String::new(), Vec::new());
    while let Some(tag) = walk.next_start() {
        match tag.name() {
            "Page" => page = tag.attribute("PageID").unwrap_or_default(),
            "FileLoc" => parts.push((page.clone(), joined(folder(list), &walk.inner_text()))),
            _ => {}
        }
    }
    parts
}
