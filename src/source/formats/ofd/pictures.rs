//! Pages of an OFD document without text, as the pictures on them.

use std::collections::BTreeMap;

use super::document::MAX_PAGES;
use super::parts::{folder, joined, roots};
use crate::source::Skip;
use crate::source::package::Package;
use crate::source::raw::PagePicture;
use crate::source::xml::{self, Walk};

/// Yields the pictures of each page without text, as they are in the package, with the number of the document
/// as key if there are several.
///
/// # Errors
/// Those of [`Package::part`].
pub(in crate::source) fn pictures(
    bytes: &[u8],
    limit: u64,
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    let mut package = Package::open(bytes, limit);
    let roots = roots(&mut package)?;
    for (ord, root) in roots.iter().enumerate() {
        let key = (roots.len() > 1).then(|| (ord + 1).to_string());
        pictures_of(&mut package, root, &mut |picture| {
            let key = key.clone();
            each(PagePicture { key, ..picture });
        })?;
    }
    Ok(())
}

/// Yields the pictures of one document.
fn pictures_of(
    package: &mut Package<'_>,
    root: &str,
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    let (pages, resources) = listed(package, root)?;
    let mut media = BTreeMap::new();
    for part in resources {
        read_media(package, &part, &mut media)?;
    }
    for (page, number) in pages.into_iter().take(MAX_PAGES).zip(1..) {
        for id in shown(package, &page)? {
            // A reference to nothing costs only this picture.
            let Some(name) = media.get(&id) else { continue };
            if let Some(picture) = package.part(name)? {
                each(PagePicture::new(number, picture));
            }
        }
    }
    Ok(())
}

/// The parts of the pages and of the resources of the document at `root`.
fn listed(package: &mut Package<'_>, root: &str) -> Result<(Vec<String>, Vec<String>), Skip> {
    let part = package.part(root)?.unwrap_or_default();
    let text = xml::text(&part);
    let mut walk = Walk::new(&text);
    let (mut pages, mut resources) = (Vec::new(), Vec::new());
    while let Some(tag) = walk.next_start() {
        match tag.name() {
            "Page" => {
                let place = tag.attribute("BaseLoc");
                pages.extend(place.map(|place| joined(folder(root), &place)));
            }
            "PublicRes" | "DocumentRes" => {
                resources.push(joined(folder(root), &walk.inner_text()));
            }
            _ => {}
        }
    }
    Ok((pages, resources))
}

/// Adds the media of a resource part, by id.
fn read_media(
    package: &mut Package<'_>,
    name: &str,
    media: &mut BTreeMap<String, String>,
) -> Result<(), Skip> {
    let part = package.part(name)?.unwrap_or_default();
    let text = xml::text(&part);
    let mut walk = Walk::new(&text);
    let mut base = folder(name).to_owned();
    let mut id = None;
    while let Some(tag) = walk.next_start() {
        match tag.name() {
            // Locations of media are relative to the base of their part.
            "Res" => base = joined(folder(name), &tag.attribute("BaseLoc").unwrap_or_default()),
            "MultiMedia" => id = tag.attribute("ID"),
            "MediaFile" => {
                let file = joined(&base, &walk.inner_text());
                media.extend(id.take().map(|id| (id, file)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The ids of the pictures on a page; empty if it has text.
fn shown(package: &mut Package<'_>, page: &str) -> Result<Vec<String>, Skip> {
    let part = package.part(page)?.unwrap_or_default();
    let text = xml::text(&part);
    let mut walk = Walk::new(&text);
    let mut ids = Vec::new();
    while let Some(tag) = walk.next_start() {
        match tag.name() {
            // A page with text needs no recognition.
            "TextObject" => return Ok(Vec::new()),
            "ImageObject" => ids.extend(tag.attribute("ResourceID")),
            _ => {}
        }
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    #[test]
    fn pictures_of_pages_without_text() {
        let bytes = pack(&[
            (
                "OFD.xml",
                "<o:OFD><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:OFD>",
            ),
            (
                "Doc_0/Document.xml",
                "<o:Document><o:DocumentRes>DocumentRes.xml</o:DocumentRes><o:Pages><o:Page BaseLoc='a.xml'/><o:Page BaseLoc='b.xml'/></o:Pages></o:Document>",
            ),
            (
                "Doc_0/DocumentRes.xml",
                "<o:Res BaseLoc='Res'><o:MultiMedias><o:MultiMedia ID='7'><o:MediaFile>p.png</o:MediaFile></o:MultiMedia></o:MultiMedias></o:Res>",
            ),
            (
                "Doc_0/a.xml",
                "<o:Page><o:TextObject/><o:ImageObject ResourceID='7'/></o:Page>",
            ),
            (
                "Doc_0/b.xml",
                "<o:Page><o:ImageObject ResourceID='7'/><o:ImageObject ResourceID='8'/></o:Page>",
            ),
            ("Doc_0/Res/p.png", "picture"),
        ]);
        let mut found = Vec::new();
        let read = pictures(&bytes, 1 << 20, &mut |picture| {
            found.push((picture.page, picture.bytes))
        });
        read.expect("pictures");
        assert_eq!(found, [(2, b"picture".to_vec())]);
    }
}
