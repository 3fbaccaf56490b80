//! The compiled dictionary, kept beside the index: opening it takes a millisecond, compiling it a fifth of a second.
//!
//! The file is named for what it was compiled from, so that a reader of an older commit never takes another
//! dictionary for its own; where the file is missing or damaged, the segmenter compiles again.

use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, MmapDirectory};

use super::manifest::Dictionary;
use super::verify::Flaw;
use crate::text::words::{Bytes, Segmenter};
use crate::{Error, Result};

/// Ending of the file's name.
pub(super) const EXTENSION: &str = "words";
/// Length of [`Segmenter::fingerprint`], the file's stem.
const FINGERPRINT_DIGITS: usize = 16;

/// The segmenter of an index in `dir`.
pub(super) fn segmenter(dir: &Path, dictionary: &Dictionary) -> Result<Segmenter> {
    let segmenter = Segmenter::new(&dictionary.text).map_err(|_| Error::NotAnIndex(dir.into()))?;
    let file = file(dir, &segmenter);
    Ok(segmenter.kept(move || map(&file)))
}

/// Writes the compiled dictionary if it is not there whole; only the holder of the writer's lock may.
pub(super) fn keep(dir: &Path, segmenter: &Segmenter) -> Result<()> {
    let file = file(dir, segmenter);
    if map(&file).is_some_and(|bytes| segmenter.is_whole(bytes)) {
        return Ok(());
    }
    let written = file.with_extension("temp");
    std::fs::write(&written, segmenter.compile())
        .and_then(|()| std::fs::rename(&written, &file))
        .map_err(|source| Error::Io {
            path: file,
            action: "written",
            source,
        })
}

/// What is wrong with the compiled dictionary, if anything is.
pub(super) fn flaw(dir: &Path, segmenter: &Segmenter) -> Option<Flaw> {
    let file = file(dir, segmenter);
    let name = file.file_name()?.to_string_lossy().into_owned();
    let Some(bytes) = map(&file) else {
        return Some(Flaw::MissingFile(name));
    };
    (!segmenter.is_whole(bytes)).then_some(Flaw::DamagedFile(name))
}

/// Removes dictionaries of earlier commits.
pub(super) fn clear_others(dir: &Path, segmenter: &Segmenter) {
    let own = file(dir, segmenter);
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_dictionary =
            path.extension().is_some_and(|end| end == EXTENSION) && is_fingerprint(&stem);
        if is_dictionary && path != own {
            // One that cannot be removed costs room and nothing else.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Whether `stem` is what the file of some dictionary is named: another file that ends alike is the user's.
pub(super) fn is_fingerprint(stem: &str) -> bool {
    stem.len() == FINGERPRINT_DIGITS && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn file(dir: &Path, segmenter: &Segmenter) -> PathBuf {
    dir.join(segmenter.fingerprint()).with_extension(EXTENSION)
}

/// The file's bytes, mapped; tantivy's directory keeps the unsafe part to itself.
fn map(file: &Path) -> Option<Bytes> {
    let directory = MmapDirectory::open(file.parent()?).ok()?;
    let handle = directory
        .get_file_handle(Path::new(file.file_name()?))
        .ok()?;
    Some(Box::new(handle.read_bytes(0..handle.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};

    fn with_dictionary(text: &str) -> UpdateOptions {
        let dictionary = Dictionary {
            text: text.to_owned(),
            ..Dictionary::default()
        };
        UpdateOptions {
            dictionary: Some(dictionary),
            rebuild: true,
            ..UpdateOptions::default()
        }
    }

    fn kept(dir: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir).expect("the index").flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == EXTENSION));
        paths
    }

    fn words(dir: &Path) -> String {
        let index = Index::open(dir).expect("the index");
        let words: Vec<&str> = index.segmenter().words("白苇县的水渠").collect();
        words.join("/")
    }

    #[test]
    fn the_dictionary_is_kept_and_mended_and_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        std::fs::write(corpus.join("甲.txt"), "白苇县整修水渠。\n").expect("a file");
        let roots = [corpus];
        update(&dir, &roots, &with_dictionary("白苇县\n"), &|_| {}).expect("an index");
        let file = kept(&dir).remove(0);
        let whole = std::fs::read(&file).expect("the dictionary");
        assert_eq!(words(&dir), "白苇县/的/水渠");

        let mut damaged = whole.clone();
        damaged[5000] ^= 1;
        std::fs::write(&file, damaged).expect("a file");
        assert_eq!(words(&dir), "白苇县/的/水渠");
        update(&dir, &roots, &UpdateOptions::default(), &|_| {}).expect("an index");
        assert_eq!(std::fs::read(&file).expect("the dictionary"), whole);

        std::fs::remove_file(&file).expect("no file");
        assert_eq!(words(&dir), "白苇县/的/水渠");
        update(&dir, &roots, &with_dictionary(""), &|_| {}).expect("an index");
        assert_eq!(words(&dir), "白/苇/县/的/水渠");
        let now = kept(&dir);
        assert_eq!(now.len(), 1);
        assert_ne!(now[0], file);
    }
}
