//! Pages that character recognition has read, kept beside the index so that none is read twice.
//!
//! One small file for each page, named by the hash of its picture. A file that is cut off or damaged is no JSON, and its page is
//! read again. They belong to the index, go with it, and outlive a rebuild.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::ocr::Pages;

/// Ending of the files.
const EXTENSION: &str = "page";
/// Hexadecimal digits of their names.
const DIGITS: usize = 32;

/// The pages that are kept in the index folder `dir`, which must be there when one is added.
pub fn recognized_pages(dir: &Path) -> Pages {
    let path = |dir: &Path, key: &str| -> PathBuf { dir.join(key).with_extension(EXTENSION) };
    let (loads, stores) = (dir.to_owned(), dir.to_owned());
    Pages {
        load: Box::new(move |key| {
            let bytes = fs::read(path(&loads, key)).ok()?;
            serde_json::from_slice(&bytes).ok()
        }),
        // A page that cannot be kept is read again.
        store: Box::new(move |key, lines| {
            if let Ok(bytes) = serde_json::to_vec(lines) {
                let _ = fs::write(path(&stores, key), bytes);
            }
        }),
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

    #[test]
    fn pages_are_kept_and_damage_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pages = recognized_pages(folder.path());
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!((pages.load)(key), None);
        let lines = ["园区".to_owned(), "总结".to_owned()];
        (pages.store)(key, &lines);
        assert_eq!((pages.load)(key).as_deref(), Some(&lines[..]));
        let file = folder.path().join(format!("{key}.page"));
        assert!(is_page(
            &file.file_name().expect("a name").to_string_lossy()
        ));
        assert!(!is_page("总结.page"));
        fs::write(&file, "[\"园").expect("a file");
        assert_eq!((pages.load)(key), None);
    }
}
