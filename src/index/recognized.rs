//! Pages that character recognition has read, kept beside the index so that none is read twice.
//!
//! One small file for each page, named by the hash of its picture, with a checksum: a page whose file is cut off or damaged is read
//! again. They belong to the index, go with it, and outlive a rebuild; those that no file shows any more go at the end of an update
//! that recognizes characters.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::source::ocr::Pages;

/// Ending of the files.
const EXTENSION: &str = "page";
/// Hexadecimal digits of their names.
// 128 bits of the picture's hash: two pages that share a name by chance would share their text.
const DIGITS: usize = 32;

/// What a file holds.
#[derive(Serialize, Deserialize)]
struct Page {
    checksum: String,
    lines: Vec<String>,
}

/// Hash of the lines and of the page that they are of.
fn checksum(key: &str, lines: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.as_bytes());
    for line in lines {
        hasher.update(b"\n").update(line.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn path(dir: &Path, key: &str) -> PathBuf {
    dir.join(key).with_extension(EXTENSION)
}

fn load(dir: &Path, key: &str) -> Option<Vec<String>> {
    let bytes = fs::read(path(dir, key)).ok()?;
    let page: Page = serde_json::from_slice(&bytes).ok()?;
    (page.checksum == checksum(key, &page.lines)).then_some(page.lines)
}

/// The pages that are kept in the index folder `dir`, which must be there when one is added.
pub fn recognized_pages(dir: &Path) -> Pages {
    let stores = dir.to_owned();
    Pages {
        // A page that cannot be kept is read again.
        store: Box::new(move |key, lines| {
            let page = Page {
                checksum: checksum(key, lines),
                lines: lines.to_vec(),
            };
            if let Ok(bytes) = serde_json::to_vec(&page) {
                let _ = fs::write(path(&stores, key), bytes);
            }
        }),
        ..recognized_before(dir)
    }
}

/// The pages that are kept in the index folder `dir`, for a reader that adds none.
pub fn recognized_before(dir: &Path) -> Pages {
    let loads = dir.to_owned();
    Pages {
        load: Box::new(move |key| load(&loads, key)),
        store: Box::new(|_, _| ()),
    }
}

/// Removes the pages in `dir` whose keys are not among `shown`. One that cannot be removed is left to the next run.
pub(super) fn clear_others(dir: &Path, shown: &BTreeSet<&str>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_page(&name) && !shown.contains(&name[..DIGITS]) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether `name` is that of a page.
pub(super) fn is_page(name: &str) -> bool {
    let stem = name
        .strip_suffix(EXTENSION)
        .and_then(|stem| stem.strip_suffix('.'));
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    stem.is_some_and(|stem| stem.len() == DIGITS && stem.bytes().all(is_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn pages_are_kept_and_damage_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pages = recognized_pages(folder.path());
        assert_eq!((pages.load)(KEY), None);
        let lines = ["园区".to_owned(), "总结".to_owned()];
        (pages.store)(KEY, &lines);
        assert_eq!((pages.load)(KEY).as_deref(), Some(&lines[..]));
        let file = path(folder.path(), KEY);
        let whole = fs::read_to_string(&file).expect("a file");
        for damaged in [
            &whole[..whole.len() / 2],
            &whole.replace("总结", "总给"),
            "",
        ] {
            fs::write(&file, damaged).expect("a file");
            assert_eq!((pages.load)(KEY), None, "{damaged}");
        }
        // The lines of another page.
        let other = KEY.replace('0', "f");
        fs::write(path(folder.path(), &other), whole).expect("a file");
        assert_eq!((pages.load)(&other), None);
    }

    #[test]
    fn pages_that_nothing_shows_go() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let other = KEY.replace('0', "f");
        let names = [
            format!("{KEY}.page"),
            format!("{other}.page"),
            "总结.page".to_owned(),
        ];
        for name in &names {
            fs::write(folder.path().join(name), "x").expect("a file");
        }
        clear_others(folder.path(), &BTreeSet::from([KEY]));
        let left = names.map(|name| folder.path().join(name).exists());
        assert_eq!(left, [true, false, true]);
    }
}
