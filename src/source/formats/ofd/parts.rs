//! The parts of a package: where they are and what they are called.

use crate::source::package::Package;
use crate::source::skip::Skip;
use crate::source::xml::{self, Walk};

/// The main parts of the documents listed in `OFD.xml`, else all parts that may be one.
pub(super) fn roots(package: &mut Package<'_>) -> Result<Vec<String>, Skip> {
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

/// The name of the part that `location` refers to in a part of `folder`.
pub(super) fn joined(folder: &str, location: &str) -> String {
    // Some programs write backslashes, although the standard prescribes slashes (GB/T 33190, 6.2).
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

pub(super) fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    #[test]
    fn places_are_relative_to_their_folder_or_to_the_top() {
        for (place, location, expected) in [
            (
                "Doc_0",
                "Pages/Page_0/Content.xml",
                "Doc_0/Pages/Page_0/Content.xml",
            ),
            ("Doc_0", "/Doc_1/Document.xml", "Doc_1/Document.xml"),
            ("Doc_0/Pages", "../Res.xml", "Doc_0/Res.xml"),
            ("Doc_0", "./a\\b.xml", "Doc_0/a/b.xml"),
            ("", "  Doc_0/Document.xml\n", "Doc_0/Document.xml"),
            ("Doc_0", "../../../a.xml", "a.xml"),
        ] {
            assert_eq!(joined(place, location), expected, "{location}");
        }
        assert_eq!(
            (folder("Doc_0/Document.xml"), folder("OFD.xml")),
            ("Doc_0", "")
        );
    }

    #[test]
    fn documents_are_listed_or_searched_for() {
        let of = |parts: &[(&str, &str)]| {
            let bytes = pack(parts);
            roots(&mut Package::open(&bytes, 1 << 16)).expect("within the limit")
        };
        let list = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>";
        assert_eq!(of(&[("OFD.xml", list)]), ["Doc_0/Document.xml"]);
        assert_eq!(
            of(&[("OFD.xml", "<OFD>"), ("Doc_3/Document.xml", "")]),
            ["Doc_3/Document.xml"]
        );
        assert_eq!(of(&[("a.xml", "")]), [""; 0]);
    }
}
