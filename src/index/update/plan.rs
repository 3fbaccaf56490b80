//! What an update has to look at: the files under its roots, each with what the index knows of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::UpdateOptions;
use crate::index::files::{FileRecord, key_of, path_of};
use crate::source::walk::{self, Found, Problem, Reason, walk};
use crate::{Error, Result};

/// A file to look at.
pub(super) struct Item {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) found: Found,
    pub(super) known: Option<FileRecord>,
}

/// What there is to do, in order of the files.
pub(super) struct Plan {
    pub(super) items: Vec<Item>,
    pub(super) problems: Vec<Problem>,
    pub(super) roots: Vec<Root>,
}

/// A root as it was given and as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    given: PathBuf,
    pub(super) absolute: PathBuf,
    is_gone: bool,
}

impl Root {
    /// Finds the root at `given`; one that is gone only if `prune` says that what it gave goes too.
    ///
    /// # Errors
    /// [`Error::Walk`] if nothing is there, [`Error::Io`] if the system does not tell what is.
    pub(super) fn find(given: &Path, prune: bool) -> Result<Self> {
        let unreadable = |source| Error::Io {
            path: given.into(),
            action: "read",
            source,
        };
        let is_gone = given.symlink_metadata().is_err();
        if is_gone && !prune {
            return Err(walk::Error::MissingRoot(given.into()).into());
        }
        let absolute = if is_gone {
            absolute_of_gone(given).map_err(unreadable)?
        } else {
            given.canonicalize().map_err(unreadable)?
        };
        Ok(Self {
            given: given.into(),
            absolute,
            is_gone,
        })
    }

    /// The root of an earlier update at `path`, if it is gone.
    pub(super) fn gone(path: &str) -> Option<Self> {
        let path = PathBuf::from(path);
        path.symlink_metadata().is_err().then(|| Self {
            given: path.clone(),
            absolute: path,
            is_gone: true,
        })
    }

    pub(super) fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// `path` as who gave the root would write it; `None` if it is not under the root.
    fn shown(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.absolute).ok()?;
        Some(if below.as_os_str().is_empty() {
            self.given.clone()
        } else {
            self.given.join(below)
        })
    }
}

/// Where a path that is gone led to: its folder may still be there, and be reached by a link.
fn absolute_of_gone(given: &Path) -> std::io::Result<PathBuf> {
    let absolute = std::path::absolute(given)?;
    let whole = absolute.parent().zip(absolute.file_name());
    let found = whole.and_then(|(folder, name)| Some(folder.canonicalize().ok()?.join(name)));
    Ok(found.unwrap_or(absolute))
}

impl Plan {
    /// Finds the files under `roots`, but none in the folder of the index itself.
    ///
    /// A root that has no files while the index knows some of it is a problem, unless what it gave is to be removed.
    pub(super) fn new(
        roots: Vec<Root>,
        index: &Path,
        options: &UpdateOptions,
        known: &BTreeMap<String, FileRecord>,
    ) -> Result<Self> {
        let index = index.canonicalize().ok();
        let is_index = |path: &Path| index.as_ref().is_some_and(|index| path.starts_with(index));
        let mut plan = Self {
            items: Vec::new(),
            problems: Vec::new(),
            roots: Vec::new(),
        };
        let mut taken: BTreeSet<String> = known.values().map(|file| file.id.clone()).collect();
        let mut seen = BTreeSet::new();
        for root in roots {
            if root.is_gone {
                plan.roots.push(root);
                continue;
            }
            let absolute = &root.absolute;
            let only = [absolute];
            let mut n_found = 0;
            for found in walk(&only, &options.exclude)? {
                n_found += 1;
                let found = match found {
                    Ok(found) if is_index(&found.path) => continue,
                    Ok(found) => found,
                    Err(problem) => {
                        plan.problems.push(problem);
                        continue;
                    }
                };
                let key = key_of(&found.path);
                if seen.insert(key.clone()) {
                    let known = known.get(&key).cloned();
                    let id = known.as_ref().map_or_else(
                        || free_id(&found.id, absolute, &mut taken),
                        |file| file.id.clone(),
                    );
                    plan.items.push(Item {
                        key,
                        id,
                        found,
                        known,
                    });
                }
            }
            let is_known = |key: &String| path_of(key).starts_with(absolute);
            if n_found == 0 && !options.prune && known.keys().any(is_known) {
                plan.problems.push(Problem {
                    path: absolute.clone(),
                    reason: Reason::Emptied,
                });
            }
            plan.roots.push(root);
        }
        Ok(plan)
    }

    /// `path` as the user would write it.
    pub(super) fn shown(&self, path: &Path) -> String {
        let shown = self.roots.iter().find_map(|root| root.shown(path));
        shown.as_deref().unwrap_or(path).display().to_string()
    }
}

/// The id of a new file: its path below the root, behind the root's name where another root has the same path.
fn free_id(id: &str, root: &Path, taken: &mut BTreeSet<String>) -> String {
    let root_name = root.file_name().unwrap_or_default().to_string_lossy();
    let qualified = format!("{root_name}/{id}");
    let numbered = (2..).map(|n| format!("{qualified} ({n})"));
    let mut candidates = [id.to_owned(), qualified.clone()]
        .into_iter()
        .chain(numbered);
    let free = candidates
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or(qualified);
    taken.insert(free.clone());
    free
}
