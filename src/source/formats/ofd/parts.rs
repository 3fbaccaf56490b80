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
