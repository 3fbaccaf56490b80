//! Finds the documents that an argument names: by an id of the index, or by a file that needs no index.

use std::borrow::Cow;
use std::path::Path;

use xunzhang::index::{self, Index};
use xunzhang::search::{self, FullDocument, Searcher};
use xunzhang::source::{self, LINE_COST, ReadOptions, Skip};

use super::messages::say;
use super::reader;
use super::session::Session;

/// Which of the two a name means first where it may mean either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// The index: numbers are those that a search gave.
    Index,
    /// The file: it is as it is now.
    File,
}

/// The documents that `name` means: one of the index, or all of a file, or the one of a file with `#` and its key.
pub(crate) fn documents(
    session: &Session,
    name: &str,
    first: First,
) -> anyhow::Result<Vec<FullDocument>> {
    documents_read(session, name, first, &reader::options_of_draft())
}

/// The same, with a file read as `options` say.
pub(crate) fn documents_read(
    session: &Session,
    name: &str,
    first: First,
    options: &ReadOptions,
) -> anyhow::Result<Vec<FullDocument>> {
    let id = as_id(name);
    // That there is no index matters only if no file answers.
    let index = match session.open() {
        Err(index::Error::NoIndex(_)) => None,
        opened => Some(opened),
    };
    if first == First::Index
        // An index that can't be opened matters only if no file answers.
        && let Some(Ok(index)) = &index
        && let Ok(whole) = Searcher::new(index).whole(&id)
    {
        return Ok(vec![whole]);
    }
    let of_file = match session.may_name_files() {
        true => of_file(name, options)?,
        false => None,
    };
    if let Some(documents) = of_file {
        return Ok(documents);
    }
    match index {
        // A part of an id comes last: it is a guess, and a file of that name is certain.
        Some(Ok(index)) => Ok(vec![by_name(&index, &id)?]),
        Some(Err(error)) => Err(error.into()),
        None => Err(NoSuchFile {
            name: name.to_owned(),
            source: index::Error::NoIndex(session.index.clone()),
        }
        .into()),
    }
}

/// The name as an id of the index would have it: with `/`, which people on Windows write as `\`.
fn as_id(name: &str) -> Cow<'_, str> {
    match cfg!(windows) {
        true => Cow::Owned(name.replace('\\', "/")),
        false => Cow::Borrowed(name),
    }
}

/// What an argument that may end in a line means.
pub(crate) struct Named {
    /// The documents; one if there is a line.
    pub(crate) documents: Vec<FullDocument>,
    /// The line.
    pub(crate) line: Option<u32>,
}

/// What `DOC` or `DOC:LINE` means; the text after the last `:` is a line only if the whole is not a name.
pub(crate) fn place(
    session: &Session,
    text: &str,
    first: First,
    options: &ReadOptions,
) -> anyhow::Result<Named> {
    let documents = |name: &str| documents_read(session, name, first, options);
    // The whole comes first: a file may itself be called `2016.txt:27`.
    let whole = documents(text);
    let Some((name, line)) = split_line(text).filter(|_| whole.is_err()) else {
        return Ok(Named {
            documents: whole?,
            line: None,
        });
    };
    let documents = documents(name)?;
    // Each record of a file has lines of its own.
    if documents.len() > 1 {
        let n = documents.len();
        anyhow::bail!(say!(session.lang, "show-name-one", name, n, line));
    }
    Ok(Named {
        documents,
        line: Some(line),
    })
}

/// `DOC:14`, in either width.
pub(crate) fn split_line(text: &str) -> Option<(&str, u32)> {
    let (name, line) = text.rsplit_once([':', '：'])?;
    // In digits alone: `a:b` is a name with a colon in it.
    let is_number = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !name.is_empty()).then_some((name, line.parse().unwrap_or(u32::MAX)))
}

/// Neither a file nor, without an index, a document.
#[derive(Debug, thiserror::Error)]
#[error("no file {name:?}")]
pub(crate) struct NoSuchFile {
    /// The argument.
    pub(crate) name: String,
    source: index::Error,
}

/// A named file yields no document.
#[derive(Debug, thiserror::Error)]
#[error("{path}")]
pub(crate) struct NoDocument {
    /// The file.
    pub(crate) path: String,
    source: Skip,
}

/// A file holds no record of that key.
#[derive(Debug, thiserror::Error)]
#[error("no record {key:?} in {file}")]
pub(crate) struct NoRecord {
    /// The file.
    pub(crate) file: String,
    /// The key.
    pub(crate) key: String,
}

fn by_name(index: &Index, name: &str) -> search::Result<FullDocument> {
    let searcher = Searcher::new(index);
    searcher.whole(&searcher.resolve(name)?)
}

/// The documents of the file at `name`; `None` if it does not exist.
fn of_file(name: &str, options: &ReadOptions) -> anyhow::Result<Option<Vec<FullDocument>>> {
    // The whole comes first: a file may have `#` in its name.
    if Path::new(name).exists() {
        return read(name, options, |_| true).map(Some);
    }
    let Some((file, key)) = split_key(name) else {
        return Ok(None);
    };
    let documents = read(file, options, |found| found == Some(key))?;
    if documents.is_empty() {
        let (file, key) = (file.to_owned(), key.to_owned());
        return Err(NoRecord { file, key }.into());
    }
    Ok(Some(documents))
}

/// The file and the record's key; either may hold a `#`.
fn split_key(name: &str) -> Option<(&str, &str)> {
    let mut places = name.match_indices('#').map(|(at, _)| at);
    let at = places.find(|&at| Path::new(&name[..at]).is_file())?;
    Some((&name[..at], &name[at + 1..]))
}

/// Bytes of text that the documents of a file may hold together to be shown, as much as one document of the index may: they
/// are all held at once.
const MAX_SHOWN: usize = 100_000_000;

fn read(
    file: &str,
    options: &ReadOptions,
    keep: impl Fn(Option<&str>) -> bool,
) -> anyhow::Result<Vec<FullDocument>> {
    let mut documents = Vec::new();
    let mut left = MAX_SHOWN;
    let read = source::read(Path::new(file), options, |record| {
        // Reading goes on to the end of the file; what is over the limit is at least not held.
        let is_kept = left > 0 && keep(record.key.as_deref());
        if is_kept {
            let texts = record.document.passages.iter();
            let cost = texts.map(|passage| passage.text.len() + LINE_COST);
            left = left.saturating_sub(cost.sum());
            let id = match &record.key {
                Some(key) => format!("{file}#{key}"),
                None => file.to_owned(),
            };
            documents.push(FullDocument::of(&id, &record.document));
        }
    });
    let is_too_much = || Skip::TooMuchText {
        megabytes: MAX_SHOWN / 1_000_000,
    };
    let read = read.and_then(|()| (left > 0).then_some(()).ok_or_else(is_too_much));
    read.map_err(|source| NoDocument {
        path: file.to_owned(),
        source,
    })?;
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_behind_the_last_colon() {
        assert_eq!(split_line("a/b.txt:14"), Some(("a/b.txt", 14)));
        assert_eq!(split_line("a：14"), Some(("a", 14)));
        assert_eq!(split_line("a:99999999999"), Some(("a", u32::MAX)));
        assert_eq!(split_line("a:b"), None);
        assert_eq!(split_line("a:"), None);
        assert_eq!(split_line(":3"), None);
    }

    fn folder_with(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            std::fs::write(
                folder.path().join(file),
                "白苇县总结\n\n全县修好水渠三里。\n",
            )
            .expect("a file");
        }
        folder
    }

    #[test]
    fn a_key_begins_after_the_name_of_a_file() {
        let folder = folder_with(&["甲.txt", "乙#1.txt"]);
        let at = |name: &str| folder.path().join(name).display().to_string();
        for (name, expected) in [
            ("甲.txt#3", Some(("甲.txt", "3"))),
            ("甲.txt#a#b", Some(("甲.txt", "a#b"))),
            ("乙#1.txt#7", Some(("乙#1.txt", "7"))),
            ("甲.txt#", Some(("甲.txt", ""))),
            ("乙#1.txt", None),
            ("丙.txt#3", None),
        ] {
            let name = at(name);
            let found = split_key(&name).map(|(file, key)| (file.to_owned(), key.to_owned()));
            let expected = expected.map(|(file, key)| (at(file), key.to_owned()));
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_file_with_the_sign_of_a_key_in_its_name_is_read_whole() {
        let folder = folder_with(&["乙#1.txt"]);
        let options = ReadOptions::default();
        let name = folder.path().join("乙#1.txt").display().to_string();
        let found = of_file(&name, &options)
            .expect("a readable file")
            .expect("a file");
        assert_eq!(found.len(), 1);
        // No record of a plain text has a key.
        let error = of_file(&format!("{name}#9"), &options).expect_err("no record");
        assert!(error.is::<NoRecord>(), "{error}");
        let missing = folder.path().join("丙.txt").display().to_string();
        assert!(of_file(&missing, &options).expect("no error").is_none());
        let error = of_file(&folder.path().display().to_string(), &options).err();
        assert!(error.is_some_and(|error| error.is::<NoDocument>()));
    }

    #[test]
    fn a_line_is_in_digits_alone() {
        for (text, expected) in [
            ("甲.txt:007", Some(("甲.txt", 7))),
            ("a:b:3", Some(("a:b", 3))),
            ("a: 3", None),
            ("a:+3", None),
            ("a:３", None),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(split_line(text), expected, "{text}");
        }
    }
}
