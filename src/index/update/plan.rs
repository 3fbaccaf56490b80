//! What an update has to look at: the files under its roots, each with what the index knows of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::index::files::FileRecord;
use crate::source::walk::{Exclude, Found, Problem, walk};
use crate::{Error, Result};

/// A file to look at.
pub(super) struct Item {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) found: Found,
    pub(super) known: Option<FileRecord>,
}

/// Time of a file's last change in nanoseconds since 1970; 0 if the system does not tell.
pub(super) fn mtime(found: &Found) -> i64 {
    let since = found
        .modified
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// What there is to do, in order of the files.
pub(super) struct Plan {
    pub(super) items: Vec<Item>,
    pub(super) problems: Vec<Problem>,
    pub(super) roots: Vec<PathBuf>,
}

impl Plan {
    pub(super) fn new(
        roots: &[PathBuf],
        exclude: &Exclude,
        known: &BTreeMap<String, FileRecord>,
    ) -> Result<Self> {
        let mut plan = Self {
            items: Vec::new(),
            problems: Vec::new(),
            roots: Vec::new(),
        };
        let mut taken: BTreeSet<String> = known.values().map(|file| file.id.clone()).collect();
        let mut seen = BTreeSet::new();
        for root in roots {
            let unreadable = |source| Error::Io {
                path: root.clone(),
                action: "read",
                source,
            };
            let absolute = root.canonicalize().map_err(unreadable)?;
            let only = [&absolute];
            for found in walk(&only, exclude)? {
                let found = match found {
                    Ok(found) => found,
                    Err(problem) => {
                        plan.problems.push(problem);
                        continue;
                    }
                };
                let key = found.path.to_string_lossy().into_owned();
                if seen.insert(key.clone()) {
                    let known = known.get(&key).cloned();
                    let id = known.as_ref().map_or_else(
                        || free_id(&found.id, &absolute, &mut taken),
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
            plan.roots.push(absolute);
        }
        Ok(plan)
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
