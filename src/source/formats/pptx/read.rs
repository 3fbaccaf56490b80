//! Reads a PowerPoint presentation.

use std::collections::BTreeMap;

use super::{chart, slide};
use crate::document::{Reason, SourceMetadata};
use crate::source::formats::Raw;
use crate::source::formats::deck::{Block, Deck, Slide};
use crate::source::package::Package;
use crate::source::xml::{self, Node, Walk};
use crate::source::{Damage, Damaged, Skip};

const WHAT: Damaged = Damaged::PowerPoint;

/// Reads the presentation in `bytes`, which unpack to `limit` bytes at most.
///
/// Slides are read in order, including hidden ones: the title as a heading, then the other content, then the
/// speaker's notes. The content of the slide master is not read; comments are hidden text.
///
/// # Errors
/// [`Skip::Damaged`] if no slide can be read, and those of [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    given: SourceMetadata,
    limit: u64,
) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let mut deck = Deck::default();
    let mut is_damaged = false;
    let mut n_slides = 0usize;
    for name in slides(&mut package)? {
        let Some(part) = package.part(&name)? else {
            is_damaged = true;
            continue;
        };
        n_slides += 1;
        let links = links(&mut package, &name)?;
        let (slide, is_broken) = read_slide(&mut package, &xml::text(&part), &links)?;
        let (notes, are_broken) = read_notes(&mut package, &links)?;
        is_damaged |= is_broken | are_broken;
        deck.add(slide, notes);
    }
    is_damaged |= package.is_damaged();
    if n_slides == 0 || is_damaged && deck.is_empty() {
        return Err(Skip::Damaged {
            what: WHAT,
            reason: Damage::NoSlide,
        });
    }
    let (lines, n_read) = deck.finish();
    Ok(Raw::whole(given, lines, n_read).incomplete_if(is_damaged))
}

/// The speaker's notes and the comments of a slide, and whether any of them is damaged.
fn read_notes(package: &mut Package<'_>, links: &Links) -> Result<(Vec<Block>, bool), Skip> {
    let mut notes = Vec::new();
    let mut is_damaged = false;
    for part in linked(package, links, "notesSlide")? {
        let (page, is_broken) = slide::read(&xml::text(&part), slide::PartKind::Notes);
        is_damaged |= is_broken;
        notes.extend(page.slide.blocks);
    }
    // `comment` is the kind of the threaded comments of newer versions.
    for kind in ["comments", "comment"] {
        for part in linked(package, links, kind)? {
            notes.extend(comments(&xml::text(&part)));
        }
    }
    Ok((notes, is_damaged))
}

/// A slide with its diagrams and charts, and whether it was cut off.
fn read_slide(package: &mut Package<'_>, text: &str, links: &Links) -> Result<(Slide, bool), Skip> {
    let (page, is_broken) = slide::read(text, slide::PartKind::Slide);
    let mut slide = page.slide;
    for id in &page.linked {
        let Some((_, target)) = links.get(id) else {
            continue;
        };
        let Some(part) = package.part(target)? else {
            continue;
        };
        let text = xml::text(&part);
        // A diagram has the structure of a slide.
        let is_chart = target.contains("chart");
        slide.blocks.extend(match is_chart {
            true => chart::read(&text),
            false => slide::read(&text, slide::PartKind::Diagram).0.slide.blocks,
        });
    }
    Ok((slide, is_broken))
}

/// The relationships of a part: for each id the kind, and the part's name.
type Links = BTreeMap<String, (String, String)>;

fn links(package: &mut Package<'_>, name: &str) -> Result<Links, Skip> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    // Relationships are beside their part, in `_rels` (ECMA-376 part 2).
    let part = package.part(&format!("{folder}/_rels/{file}.rels"))?;
    let part = part.unwrap_or_default();
    let text = xml::text(&part);
    let mut links = Links::new();
    let mut walk = Walk::new(&text);
    while let Some(tag) = walk.next_start() {
        let external = tag
            .attribute("TargetMode")
            .is_some_and(|mode| mode == "External");
        let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target")) else {
            continue;
        };
        // A part outside the package is an address, which is never fetched.
        if !external {
            // Types are URLs, of which the transitional and the strict form share only the last step.
            let kind = tag.attribute("Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            links.insert(id, (kind, joined(folder, &target)));
        }
    }
    Ok(links)
}

/// The linked parts of this kind.
fn linked(package: &mut Package<'_>, links: &Links, kind: &str) -> Result<Vec<Vec<u8>>, Skip> {
    let mut parts = Vec::new();
    for (_, target) in links.values().filter(|(linked, _)| linked == kind) {
        parts.extend(package.part(target)?);
    }
    Ok(parts)
}

/// The name of the part that `target` refers to in `folder`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The names of the slides: in the order of the presentation, else all of them by number.
fn slides(package: &mut Package<'_>) -> Result<Vec<String>, Skip> {
    const PRESENTATION: &str = "ppt/presentation.xml";
    let part = package.part(PRESENTATION)?.unwrap_or_default();
    let links = links(package, PRESENTATION)?;
    let text = xml::text(&part);
    let mut walk = Walk::new(&text);
    let mut names = Vec::new();
    while let Some(tag) = walk.next_start() {
        if tag.name() == "sldId" {
            // `id` is the slide's own number, `r:id` the relationship.
            let id = tag.prefixed_attribute("id").unwrap_or_default();
            names.extend(links.get(&id).map(|(_, target)| target.clone()));
        }
    }
    // The list is missing or damaged.
    if names.is_empty() {
        names = slides_by_number(package);
    }
    Ok(names)
}

/// The parts whose names are those of slides, by their number.
fn slides_by_number(package: &Package<'_>) -> Vec<String> {
    let number = |name: &str| -> Option<u32> {
        let rest = name.strip_prefix("ppt/slides/slide")?;
        rest.strip_suffix(".xml")?.parse().ok()
    };
    let mut numbered: Vec<(u32, String)> = package
        .names()
        .filter_map(|name| Some((number(name)?, name.to_owned())))
        .collect();
    numbered.sort();
    numbered.into_iter().map(|(_, name)| name).collect()
}

/// The texts of comments on a slide, which are not shown to an audience.
fn comments(text: &str) -> Vec<Block> {
    let mut walk = Walk::new(text);
    let mut blocks = Vec::new();
    while let Some(node) = walk.next() {
        if let Node::Start(tag) = node
            // `text` in the comments of 2007, `txBody` in threaded ones.
            && matches!(tag.name(), "text" | "txBody")
        {
            let text = walk.inner_text();
            if !text.trim().is_empty() {
                blocks.push(Block::Boilerplate(text, Reason::Hidden));
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests;
