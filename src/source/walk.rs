//! The files in the given folders, in a fixed order.
//!
//! Hidden files and temporary files of other programs (`~$x.docx`, `Thumbs.db`) are skipped silently;
//! anything else that cannot be reached is reported as a [`Problem`]. Symbolic links are followed.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize, Serializer};
use walkdir::{DirEntry, WalkDir};

use crate::text::glob::{GlobProblem, check_glob};

/// Name of a file with saved defaults of the command line, which is no document wherever it is.
pub const DEFAULTS: &str = "xunzhang.toml";

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The given path that contains it; the file itself if a file was given.
    pub root: PathBuf,
    /// The path relative to the root, `/`-separated; the file's name if the root is a file. Unique within one walk of one root.
    pub id: String,
    /// Its path.
    pub path: PathBuf,
    /// Its length in bytes.
    pub size: u64,
    /// When it was last changed, if the system provides that.
    pub modified: Option<SystemTime>,
}

/// Something under a root that cannot be reached.
#[derive(Debug)]
pub struct Problem {
    /// Its path.
    pub path: PathBuf,
    /// The reason.
    pub reason: Reason,
}

/// Why a path cannot be reached.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum Reason {
    /// A link that leads back to an ancestor folder.
    #[error("is a link that leads back to {}", .0.display())]
    Loop(#[serde(serialize_with = "lossy")] PathBuf),
    /// A link to nothing.
    #[error("is a link to nothing")]
    Dangling,
    /// A folder without files that had some before.
    #[error("has no files any more; what it gave stays in the index until `--prune` removes it")]
    Emptied,
    /// Any other error of the system.
    #[error("{}", super::skip::unreadable(.0))]
    Unreadable(super::SystemError),
}

/// Serializes a path as it is printed: one that is not UTF-8 could not be stored at all.
fn lossy<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// Why a walk cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A given path does not exist.
    #[error("there is no {}; check the path, or add --prune if it is gone for good", .0.display())]
    MissingRoot(PathBuf),
    /// A pattern of `--exclude` is not valid.
    #[error("the pattern to exclude `{pattern}` is not valid: {problem}")]
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        problem: GlobProblem,
    },
}

/// Patterns of paths to leave out, matched against ids and against file and folder names.
#[derive(Clone, Debug, Default)]
pub struct Exclude {
    set: GlobSet,
    patterns: Vec<String>,
}

impl Exclude {
    /// Parses `patterns`; an empty list excludes nothing.
    ///
    /// # Errors
    /// [`Error::BadPattern`] for the first that is not valid.
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Result<Self, Error> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let bad = |problem| Error::BadPattern {
                pattern: pattern.as_ref().to_owned(),
                problem,
            };
            check_glob(pattern.as_ref()).map_err(bad)?;
            // A folder is often typed with a separator at the end, which no path has.
            let glob = Glob::new(pattern.as_ref().trim_end_matches(std::path::is_separator));
            set.add(glob.map_err(|error| bad((&error).into()))?);
        }
        let patterns = patterns.iter().map(|pattern| pattern.as_ref().to_owned());
        Ok(Self {
            // All together they may be more than the engine for globs takes.
            set: set.build().map_err(|error| Error::BadPattern {
                pattern: String::new(),
                problem: (&error).into(),
            })?,
            patterns: patterns.collect(),
        })
    }

    /// The patterns as given.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    fn covers(&self, root: &Path, path: &Path) -> bool {
        let relative = path.strip_prefix(root).unwrap_or(path);
        // A pattern may also name files and folders at any depth.
        self.set.is_match(relative) || path.file_name().is_some_and(|name| self.set.is_match(name))
    }
}

/// Finds the files under `roots`, in the order given, under each by the bytes of their paths.
///
/// # Errors
/// [`Error::MissingRoot`] if one of `roots` does not exist.
pub fn walk<P: AsRef<Path>>(
    roots: &[P],
    exclude: &Exclude,
) -> Result<impl Iterator<Item = Result<Found, Problem>>, Error> {
    let roots: Vec<PathBuf> = roots.iter().map(|root| root.as_ref().to_owned()).collect();
    // Without following links: a link to nothing is a problem of that path, not a missing root.
    if let Some(missing) = roots.iter().find(|root| root.symlink_metadata().is_err()) {
        return Err(Error::MissingRoot(missing.clone()));
    }
    Ok(roots.into_iter().flat_map(move |root| {
        let mut found = walk_one(&root, exclude);
        // The order of a directory differs between systems and file systems; sorted bytes do not.
        found.sort_by(|a, b| place(a).cmp(place(b)));
        make_unique(&mut found);
        found
    }))
}

fn place(item: &Result<Found, Problem>) -> &[u8] {
    let path = match item {
        Ok(found) => &found.path,
        Err(problem) => &problem.path,
    };
    path.as_os_str().as_encoded_bytes()
}

fn walk_one(root: &Path, exclude: &Exclude) -> Vec<Result<Found, Problem>> {
    WalkDir::new(root)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| {
            // A root is read even if it is hidden or excluded: the user named it.
            entry.depth() == 0 || !(is_temporary(entry) || exclude.covers(root, entry.path()))
        })
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(found(root, &entry)),
            Err(error) => Some(Err(problem(root, error))),
        })
        .collect()
}

/// Whether a name is hidden or belongs to the bookkeeping of a program: another one, or this one.
fn is_temporary(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    // Office keeps `~$` files beside open documents; the others are written by Windows and macOS.
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(&*name, "Thumbs.db" | "desktop.ini" | "__MACOSX" | DEFAULTS)
}

fn found(root: &Path, entry: &DirEntry) -> Result<Found, Problem> {
    let metadata = entry.metadata().map_err(|error| problem(root, error))?;
    Ok(Found {
        root: root.to_owned(),
        id: id(root, entry.path()),
        path: entry.path().to_owned(),
        size: metadata.len(),
        modified: metadata.modified().ok(),
    })
}

fn id(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let relative = match path.file_name() {
        // The root is a file itself.
        Some(name) if relative.as_os_str().is_empty() => Path::new(name),
        _ => relative,
    };
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    // `/` on every system, so that ids do not depend on it.
    parts.join("/")
}

/// Distinguishes names that are not valid UTF-8 and become equal by replacement.
fn make_unique(items: &mut [Result<Found, Problem>]) {
    let mut seen = HashSet::new();
    for found in items.iter_mut().flatten() {
        let mut copies = 1;
        let id = found.id.clone();
        while !seen.insert(found.id.clone()) {
            copies += 1;
            found.id = format!("{id}~{copies}");
        }
    }
}

fn problem(root: &Path, error: walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(root).to_owned();
    let reason = match error.loop_ancestor() {
        Some(above) => Reason::Loop(above.to_owned()),
        // The walk reports a link to nothing as an ordinary error.
        None if path.is_symlink() && !path.exists() => Reason::Dangling,
        None => Reason::Unreadable(system_error(error).into()),
    };
    Problem { path, reason }
}

/// The system's error, without the path, which is printed before it anyway.
fn system_error(error: walkdir::Error) -> std::io::Error {
    let kind = std::io::Error::from(std::io::ErrorKind::Other);
    error.into_io_error().unwrap_or(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, "文").expect("a file");
        }
        folder
    }

    fn ids(root: &Path, exclude: &[&str]) -> Vec<String> {
        walk(&[root], &Exclude::new(exclude).expect("valid patterns"))
            .expect("a root")
            .map(|item| match item {
                Ok(found) => found.id,
                Err(problem) => format!("! {}", problem.reason).chars().take(20).collect(),
            })
            .collect()
    }

    #[test]
    fn finds_files_in_order() {
        let folder = folder(&[
            "b/2.txt",
            "a.txt",
            "b/1.md",
            "b-1.txt",
            ".git/x",
            "~$a.docx",
            "b/.DS_Store",
            "Thumbs.db",
        ]);
        assert_eq!(
            ids(folder.path(), &[]),
            ["a.txt", "b-1.txt", "b/1.md", "b/2.txt"]
        );
        assert_eq!(ids(folder.path(), &["*.md", "a.*"]), ["b-1.txt", "b/2.txt"]);
        assert_eq!(ids(folder.path(), &["b/"]), ["a.txt", "b-1.txt"]);
        assert_eq!(ids(&folder.path().join("b/1.md"), &[]), ["1.md"]);
    }

    #[test]
    fn a_missing_root_is_an_error() {
        let none = Exclude::new::<&str>(&[]).expect("no patterns");
        let walked = walk(&["/no/such/folder"], &none);
        let error = walked.err().expect("an error").to_string();
        assert_eq!(
            error,
            "there is no /no/such/folder; check the path, or add --prune if it is gone for good"
        );
        assert!(Exclude::new(&["a[".to_owned()]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_failures_reported() {
        let folder = folder(&["a/1.txt"]);
        let link = |to: &str, name: &str| {
            std::os::unix::fs::symlink(folder.path().join(to), folder.path().join(name))
                .expect("a link");
        };
        link("a/1.txt", "b.txt");
        link(".", "a/up");
        link("none", "c.txt");
        assert_eq!(
            ids(folder.path(), &[]),
            [
                "a/1.txt",
                "! is a link that lea",
                "b.txt",
                "! is a link to nothi"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&[]);
        for byte in [0xb1, 0xb2] {
            let name = [byte, b'.', b't', b'x', b't'];
            fs::write(folder.path().join(std::ffi::OsStr::from_bytes(&name)), "文")
                .expect("a file");
        }
        assert_eq!(ids(folder.path(), &[]), ["\u{fffd}.txt", "\u{fffd}.txt~2"]);
    }
}
