//! Collections: what each place to index is called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::index::manifest::CollectionRecord;

/// A file or folder to index, and the name of the collection that it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Its name; `None` for that of its folder.
    pub name: Option<String>,
    /// The file or folder.
    pub path: PathBuf,
}

/// Characters of a collection's name: it begins every id, and an id is a term.
const MAX_NAME: usize = 100;

impl Collection {
    /// The file or folder at `path` under a name of its own; `None` if that can be no name of a collection.
    pub fn named(name: &str, path: PathBuf) -> Option<Self> {
        let name = name.trim();
        // A name begins ids: it is one of their folders.
        let is_long = name.chars().nth(MAX_NAME).is_some();
        let is_bad = is_long || name.is_empty() || name.contains(['/', '\\', '#']);
        (!is_bad && !path.as_os_str().is_empty()).then(|| Self {
            name: Some(name.to_owned()),
            path,
        })
    }
}

impl From<PathBuf> for Collection {
    fn from(path: PathBuf) -> Self {
        Self { name: None, path }
    }
}

impl From<&CollectionRecord> for Collection {
    fn from(place: &CollectionRecord) -> Self {
        Self {
            name: Some(place.name.clone()),
            path: PathBuf::from(&place.path),
        }
    }
}

/// Names of places in the order in which they were first given.
///
/// A place without a name is called by its folder, a file by the folder that it is in. Of different folders of the same name the
/// second is `NAME (2)`: a name says which folder is meant.
#[derive(Default)]
pub(super) struct PlaceNames {
    folder_of: BTreeMap<String, PathBuf>,
}

impl PlaceNames {
    /// Keeps the name that a place was given.
    pub(super) fn given(&mut self, name: &str, path: &Path) -> String {
        let folder = || folder_of(path);
        self.folder_of.entry(name.to_owned()).or_insert_with(folder);
        name.to_owned()
    }

    /// A name for a place without one.
    pub(super) fn by_folder(&mut self, path: &Path) -> String {
        let folder = folder_of(path);
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        // A `#` parts a file from its record, and a `/` folders; neither can be in the name of a collection.
        let name = name.to_string_lossy().replace(['/', '\\', '#'], "_");
        let numbered = (2..).map(|n| format!("{name} ({n})"));
        let mut names = [name.clone()].into_iter().chain(numbered);
        let is_free = |name: &String| match self.folder_of.get(name) {
            Some(other) => *other == folder,
            None => true,
        };
        let free = names.find(is_free).unwrap_or(name);
        self.given(&free, path)
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if path.is_file() => folder.into(),
        _ => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_begin_an_id() {
        let named = |name: &str| Collection::named(name, "报告".into()).and_then(|one| one.name);
        assert_eq!(named(" 水利 "), Some("水利".to_owned()));
        let long = "水".repeat(MAX_NAME + 1);
        for name in ["", " ", "甲/乙", "甲\\乙", "甲#1", &long] {
            assert_eq!(named(name), None, "{name}");
        }
        assert_eq!(Collection::named("水利", PathBuf::new()), None);
    }

    #[test]
    fn a_place_is_called_by_its_folder() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let at = |path: &str| root.path().join(path);
        for folder in ["甲/资料", "乙/资料", "丙#1"] {
            std::fs::create_dir_all(at(folder)).expect("a folder");
        }
        std::fs::write(at("甲/资料/一.txt"), "一").expect("a file");
        let mut names = PlaceNames::default();
        let named = [
            ("甲/资料", "资料"),
            ("甲/资料/一.txt", "资料"),
            ("乙/资料", "资料 (2)"),
            ("乙/资料", "资料 (2)"),
            ("丙#1", "丙_1"),
        ];
        for (path, expected) in named {
            assert_eq!(names.by_folder(&at(path)), expected, "{path}");
        }
        assert_eq!(names.given("资料 (3)", &at("甲")), "资料 (3)");
    }
}
