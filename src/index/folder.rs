//! The folder of an index: which of its files are ours, who may write to it, and what unfinished runs leave in it.
//!
//! A file called [`MARK`] says that a folder is ours before anything else is written to it. A new index is built beside
//! the old one in the same folder, its `meta.json` under the name [`NEW_META`]; one rename makes it the index.
//! So a kill at any moment leaves the old index or the new one, and a folder with a mark and no `meta.json` is one
//! whose first build never finished.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};

use super::recognized;
use super::rename::rename;
use super::seal::{Living, Meta};
use super::segment_files::segment_of;
use crate::index::{Error, Result};
use crate::source::{self, walk};

/// Name of the engine's list of segments.
pub(super) const META: &str = "meta.json";
/// Its name while an index is built.
pub(super) const NEW_META: &str = "meta.json.new";
/// What it is written as before it is renamed.
const META_DRAFT: &str = "meta.json.temp";
/// The engine's own list of its files; earlier versions kept it.
pub(super) const MANAGED: &str = ".managed.json";
/// Name of the file that marks a folder as ours.
pub(super) const MARK: &str = "xunzhang.index";

const MARK_TEXT: &str = "\
这个文件夹是“寻章 xunzhang”的索引，由 `xunzhang index` 生成，可以整个删除后重建。
This folder is an index of xunzhang, made by `xunzhang index`; it can be deleted and built again.
";

/// The only writer of an index, until it is dropped.
pub(super) struct WriterLock {
    #[expect(dead_code, reason = "held, not read")]
    lock: DirectoryLock,
    /// Whether the folder was an index of ours before this run. In any other folder nothing is removed but what this run
    /// wrote, whatever the names of files look like.
    was_ours: bool,
}

impl WriterLock {
    /// Locks `dir` for writing; makes the folder if it is not there.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process writes, those of [`check_writable`] before anything is touched, and
    /// [`Error::Denied`] or [`Error::Source`] if the system does not let it be written to.
    pub(super) fn acquire(dir: &Path, replaces: bool) -> Result<Self> {
        check_writable(dir, replaces)?;
        fs::create_dir_all(dir).map_err(unwritable(dir))?;
        let directory =
            MmapDirectory::open(dir).map_err(|error| Error::engine(dir)(error.into()))?;
        let lock = directory
            .acquire_lock(&INDEX_WRITER_LOCK)
            .map_err(|error| Error::writing(dir)(TantivyError::LockFailure(error, None)))?;
        // Another process may have written before the lock was ours.
        check_writable(dir, replaces)?;
        let was_ours = is_index_folder(dir);
        Ok(Self { lock, was_ours })
    }

    /// Marks `dir` as the folder of an index.
    pub(super) fn mark(&self, dir: &Path) -> Result<()> {
        if mark_is_whole(dir) != Some(true) {
            write_whole(&dir.join(MARK), MARK_TEXT.as_bytes()).map_err(unwritable(dir))?;
        }
        Ok(())
    }
}

fn unwritable(dir: &Path) -> impl FnOnce(io::Error) -> Error {
    |source| match source.kind() {
        ErrorKind::PermissionDenied => Error::Denied(dir.into()),
        _ => Error::Source(source::Error::Io {
            path: dir.into(),
            action: source::Action::Write,
            source,
        }),
    }
}

/// Checks that an index may be made in `dir`, or the one in it `replaces`d or changed: nothing that is not ours is ever
/// overwritten or removed.
///
/// # Errors
/// [`Error::NotAnIndex`] if the folder is not an index of ours and not vacant, [`Error::ForeignFile`] if a foreign file blocks
/// a new index.
fn check_writable(dir: &Path, replaces: bool) -> Result<()> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Ok(());
    };
    let entries = entries.flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !is_neutral(name))
        .collect();
    names.sort();
    let dir = dir.to_owned();
    // Names alone make nothing ours: another program of the same engine has files of the same names.
    if !is_index_folder(&dir) && !names.is_empty() {
        return Err(Error::NotAnIndex(dir));
    }
    let is_built_anew = replaces || !names.iter().any(|name| name == META);
    match names.into_iter().find(|name| !is_ours(name)) {
        Some(file) if is_built_anew => Err(Error::ForeignFile { dir, file }),
        _ => Ok(()),
    }
}

/// Whether `name` is one that an index of ours may hold.
fn is_ours(name: &str) -> bool {
    matches!(name, META | NEW_META | META_DRAFT | MANAGED | MARK)
        || segment_of(name).is_some()
        || is_words(name)
        || recognized::is_page(name)
}

/// Files that may lie in any folder: hidden ones, the engine's locks among them, a README, and the user's saved defaults, which
/// may be there before the index is and outlive each of its rebuilds.
fn is_neutral(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("README") || name == walk::DEFAULTS
}

/// Whether `name` is that of a compiled dictionary, which earlier versions kept, or of the draft of one.
fn is_words(name: &str) -> bool {
    let stem = name
        .strip_suffix(".words")
        .or_else(|| name.strip_suffix(".temp"));
    stem.is_some_and(|stem| stem.len() == 16 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Makes the new index in `dir` the index, by one rename.
pub(super) fn promote(dir: &Path) -> Result<()> {
    rename(&dir.join(NEW_META), &dir.join(META))
        .and_then(|()| sync(dir))
        .map_err(unwritable(dir))
}

/// Removes what no commit needs: segments, drafts and temporary files of runs that did not finish, and those that the last
/// commit replaced. Only the holder of the lock may call it. A file that cannot be removed is left to the next run.
pub(super) fn remove_leftovers(dir: &Path, lock: &WriterLock) {
    if !is_index_folder(dir) {
        return;
    }
    // Without it, which files the index needs is unknown; a rebuild cleans up.
    let Some(living) = living(dir) else {
        return;
    };
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_dead_segment = segment_of(&name).is_some() && !living.holds(&name);
        let is_draft = matches!(&*name, NEW_META | META_DRAFT) || is_words(&name);
        if is_dead_segment || is_draft || lock.was_ours && is_engine_draft(&name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The files that the last commit needs, none before the first one; `None` if that cannot be read.
fn living(dir: &Path) -> Option<Living> {
    match fs::read(dir.join(META)) {
        Ok(bytes) => match Meta::read(&bytes) {
            Meta::Damaged => None,
            Meta::Sealed(_) | Meta::Unsealed(_) => Living::of(&bytes),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Some(Living::default()),
        Err(_) => None,
    }
}

/// What the engine's atomic writes of earlier versions left, and their list of files.
fn is_engine_draft(name: &str) -> bool {
    let random = name.strip_prefix(".tmp");
    name == MANAGED
        || random.is_some_and(|rest| {
            rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Writes `meta` as the file `name` of `dir`, whole or not at all, with the rights that the user's mask gives.
///
/// The engine's own atomic write makes files that no other user can read.
pub(super) fn write_meta(dir: &Path, name: &str, meta: &[u8]) -> io::Result<()> {
    let draft = dir.join(META_DRAFT);
    write_whole(&draft, meta)?;
    rename(&draft, &dir.join(name))?;
    sync(dir)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes names durable; not every system lets a folder be opened for that.
fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// Whether the mark in `dir` is as it was written; `None` if it is missing.
pub(super) fn mark_is_whole(dir: &Path) -> Option<bool> {
    let mark = fs::read(dir.join(MARK)).ok()?;
    Some(mark == MARK_TEXT.as_bytes())
}

/// Whether `path` is a folder with an index of this program, by whichever version, finished or not.
pub fn is_index_folder(path: &Path) -> bool {
    if path.join(MARK).is_file() {
        return true;
    }
    match fs::read(path.join(META)) {
        Ok(bytes) => match Meta::read(&bytes) {
            Meta::Sealed(_) | Meta::Damaged => true,
            Meta::Unsealed(bytes) => super::manifest::of_unsealed(bytes).is_some(),
        },
        Err(_) => false,
    }
}

/// The file of `meta.json` in `dir`.
pub(super) fn meta_path(dir: &Path) -> PathBuf {
    dir.join(META)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[&str], replaces: bool, expected: &str) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            fs::write(folder.path().join(file), "x").expect("a file");
        }
        let outcome = match check_writable(folder.path(), replaces) {
            Ok(()) => "vacant or ours".to_owned(),
            Err(Error::NotAnIndex(_)) => "not an index".to_owned(),
            Err(Error::ForeignFile { file, .. }) => format!("foreign {file}"),
            Err(other) => other.to_string(),
        };
        assert_eq!(outcome, expected, "{files:?}");
    }

    #[test]
    fn only_what_is_ours_is_written_to() {
        for replaces in [false, true] {
            check(&[], replaces, "vacant or ours");
            check(&["README.md", ".gitignore"], replaces, "vacant or ours");
            check(&["报告.txt"], replaces, "not an index");
            check(&[META], replaces, "not an index");
            check(&[META, "data.idx"], replaces, "not an index");
            let segment = "0123456789abcdef0123456789abcdef.idx";
            check(&[segment], replaces, "not an index");
            check(&[MARK, segment], replaces, "vacant or ours");
            check(&[MARK], replaces, "vacant or ours");
            check(&[MARK, "报告.txt"], replaces, "foreign 报告.txt");
        }
        check(&[META, MARK, "报告.txt"], false, "vacant or ours");
        check(&[META, MARK, "报告.txt"], true, "foreign 报告.txt");
        check(&[META, MARK, "data.idx"], true, "foreign data.idx");
    }
}
