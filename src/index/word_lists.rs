//! The files of words that an index is built with: dictionaries and synonyms, several read as one.

use std::path::{Path, PathBuf};

use super::manifest::{Dictionary, Synonyms};
use crate::index::{Error, Result};
use crate::source;
use crate::source::input::read_list_text;
use crate::text::synonyms::SynonymRules;
use crate::text::words::Segmenter;

/// The dictionaries as one; `None` if none is given.
///
/// # Errors
/// [`Error::Source`] if one can't be read, [`Error::BadDictionary`] if it has a line that is no entry.
pub fn read_dictionary(files: &[PathBuf]) -> Result<Option<Dictionary>> {
    let mut dictionary = Dictionary::default();
    for file in files {
        let text = text_of(file)?;
        // Parsed one by one, so that an error names its file and the line there.
        Segmenter::new(&text).map_err(|source| Error::BadDictionary {
            path: file.clone(),
            source,
        })?;
        append(&mut dictionary.files, &mut dictionary.text, file, &text);
    }
    Ok((!files.is_empty()).then_some(dictionary))
}

/// The files of synonyms as one; `None` if none is given.
///
/// # Errors
/// [`Error::Source`] if one can't be read, [`Error::BadSynonyms`] if it has a line that is no rule.
pub fn read_synonyms(files: &[PathBuf]) -> Result<Option<Synonyms>> {
    let mut synonyms = Synonyms::default();
    for file in files {
        let text = text_of(file)?;
        // Parsed one by one, so that an error names its file and the line there.
        SynonymRules::new(&text).map_err(|source| Error::BadSynonyms {
            path: file.clone(),
            source,
        })?;
        append(&mut synonyms.files, &mut synonyms.text, file, &text);
    }
    Ok((!files.is_empty()).then_some(synonyms))
}

fn append(names: &mut Vec<String>, whole: &mut String, file: &Path, text: &str) {
    names.push(file.display().to_string());
    whole.push_str(text.trim_end());
    // Otherwise the last line of this file and the first of the next would be one entry.
    whole.push('\n');
}

fn text_of(file: &Path) -> source::Result<String> {
    read_list_text(file).map_err(source::Error::unreadable(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_are_one_list_and_a_bad_line_names_its_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path
        };
        let (one, other) = (file("甲.txt", "修渠队 5"), file("乙.txt", "护林员 5\n\n"));
        let read = read_dictionary(&[one, other]).expect("a dictionary");
        let read = read.expect("two files");
        assert_eq!(
            (read.files.len(), read.text.as_str()),
            (2, "修渠队 5\n护林员 5\n")
        );
        assert_eq!(read_dictionary(&[]).expect("nothing to read"), None);
        assert_eq!(read_synonyms(&[]).expect("nothing to read"), None);
        let bad = file("丙.txt", "，，\n");
        let error = read_dictionary(std::slice::from_ref(&bad)).expect_err("no entry");
        assert!(matches!(error, Error::BadDictionary { path, .. } if path == bad));
    }
}
