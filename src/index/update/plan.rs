//! What an update has to look at: the files under its roots, each with what the index knows of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::collection::Collection;
use super::options::UpdateOptions;
use crate::index::Result;
use crate::index::files::{FileRecord, key_of, nanos, path_of};
use crate::index::manifest::CollectionRecord;
use crate::index::write::Names;
use crate::source;
use crate::source::walk::{self, Exclude, Found, Problem, Reason, walk};

/// A file to look at.
pub(super) struct Item {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) collection: String,
    pub(super) found: Found,
    pub(super) known: Option<FileRecord>,
}

impl Item {
    /// What the index knows of the file under the id that it has now; where others came or went, a file may have to be read
    /// again under another id.
    pub(super) fn same(&self) -> Option<&FileRecord> {
        let is_same =
            |known: &&FileRecord| (&known.id, &known.collection) == (&self.id, &self.collection);
        self.known.as_ref().filter(is_same)
    }

    /// What the records of the document of this id are called.
    pub(super) fn names<'a>(&'a self, id: &'a str) -> Names<'a> {
        Names {
            file_key: &self.key,
            id,
            collection: &self.collection,
        }
    }

    /// Whether the file has the size and the time that the index knows.
    pub(super) fn is_unchanged(&self) -> bool {
        let (size, mtime) = (self.found.size, nanos(self.found.modified));
        self.same()
            .is_some_and(|known| (known.size, known.mtime) == (size, mtime))
    }
}

/// What there is to do, in order of the files.
pub(super) struct Plan {
    pub(super) items: Vec<Item>,
    pub(super) problems: Vec<Problem>,
    pub(super) roots: Vec<Root>,
    /// Keys of known files that are gone, in order.
    pub(super) vanished: Vec<String>,
}

/// A root as it was given and as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    given: PathBuf,
    pub(super) absolute: PathBuf,
    /// The name of its collection, if it was given one.
    pub(super) name: Option<String>,
    is_gone: bool,
}

impl Root {
    /// Finds the place that was given; one that is gone only if `prune` says that what it gave goes too.
    ///
    /// # Errors
    /// [`walk::Error::MissingRoot`] if the path does not exist, [`source::Error::Io`] if the system can't say what it is.
    pub(super) fn find(given: &Collection, prune: bool) -> Result<Self> {
        let Collection { name, path: given } = given;
        let unreadable = |source| source::Error::Io {
            path: given.clone(),
            action: source::Action::Read,
            source,
        };
        let is_gone = given.symlink_metadata().is_err();
        if is_gone && !prune {
            return Err(walk::Error::MissingRoot(given.clone()).into());
        }
        let absolute = if is_gone {
            absolute_of_gone(given).map_err(unreadable)?
        } else {
            source::real(given).map_err(unreadable)?
        };
        Ok(Self {
            given: given.clone(),
            absolute,
            name: name.clone(),
            is_gone,
        })
    }

    /// The place of an earlier update; if nothing is there, it is gone only if `prune` says so.
    pub(super) fn known(place: &CollectionRecord, prune: bool) -> Self {
        let path = PathBuf::from(&place.path);
        Self {
            is_gone: prune && path.symlink_metadata().is_err(),
            given: source::plain(&path),
            absolute: path,
            name: Some(place.name.clone()),
        }
    }

    /// The root and its name, as a manifest has them.
    pub(super) fn to_record(&self) -> CollectionRecord {
        CollectionRecord {
            name: self.collection().to_owned(),
            path: self.absolute.display().to_string(),
        }
    }

    /// The name of its collection; every root of a plan has one.
    pub(super) fn collection(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    pub(super) fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// What is under the root; nothing if nothing is there.
    fn walk(&self, exclude: &Exclude) -> Result<Vec<Result<Found, Problem>>> {
        if self.absolute.symlink_metadata().is_err() {
            return Ok(Vec::new());
        }
        Ok(walk(&[&self.absolute], exclude)?.collect())
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
    let found = whole.and_then(|(folder, name)| Some(source::real(folder).ok()?.join(name)));
    Ok(found.unwrap_or_else(|| source::full(absolute)))
}

impl Plan {
    /// Finds the files under `roots`, but none in the folder of the index itself.
    ///
    /// Every root has its name; ids begin with it if `is_named`. A root that has no files while the index knows some of it is a problem, unless what it gave is to be removed.
    pub(super) fn new(
        (roots, is_named): (Vec<Root>, bool),
        index: &Path,
        options: &UpdateOptions,
        known: &BTreeMap<String, FileRecord>,
    ) -> Result<Self> {
        let index = source::real(index).ok();
        let is_index = |path: &Path| index.as_ref().is_some_and(|index| path.starts_with(index));
        let mut plan = Self {
            items: Vec::new(),
            problems: Vec::new(),
            roots: Vec::new(),
            vanished: Vec::new(),
        };
        let exclude = options.exclude.clone().unwrap_or_default();
        let mut seen = BTreeSet::new();
        for root in roots {
            let mut n_found = 0;
            for found in root.walk(&exclude)? {
                n_found += 1;
                match found {
                    // An index may lie among the files that it is of.
                    Ok(found) if is_index(&found.path) => {}
                    Ok(found) => {
                        let key = key_of(&found.path);
                        // Roots may overlap; a file belongs to the first one that has it.
                        if seen.insert(key.clone()) {
                            let known = known.get(&key).cloned();
                            let collection = root.collection().to_owned();
                            let id = match is_named {
                                true => format!("{collection}/{}", found.id),
                                false => found.id.clone(),
                            };
                            plan.items.push(Item {
                                key,
                                id,
                                collection,
                                found,
                                known,
                            });
                        }
                    }
                    Err(problem) => plan.problems.push(problem),
                }
            }
            let is_known = |key: &String| path_of(key).starts_with(&root.absolute);
            // An empty folder is more often a disk that is not mounted than a wish to forget its files.
            if n_found == 0 && !options.prune && known.keys().any(is_known) {
                plan.problems.push(Problem {
                    path: root.absolute.clone(),
                    reason: Reason::Emptied,
                });
            }
            plan.roots.push(root);
        }
        let is_gone = |key: &&String| plan.is_gone(&path_of(key)) && !seen.contains(*key);
        plan.vanished = known.keys().filter(is_gone).cloned().collect();
        plan.name_items(known);
        if let Some(only) = &options.only {
            plan.keep(only, known);
        }
        Ok(plan)
    }

    /// Whether what the index holds of `path` goes, if no file was found there: it lies under a root, and not where something
    /// could not be looked into.
    pub(super) fn is_gone(&self, path: &Path) -> bool {
        let under = |folder: &PathBuf| path.starts_with(folder);
        self.roots.iter().any(|root| under(&root.absolute))
            && !self.problems.iter().any(|problem| under(&problem.path))
    }

    /// Gives each item its id.
    ///
    /// Ids depend on what is there now, never on what was: an index that is brought up to date has those of one built afresh.
    fn name_items(&mut self, known: &BTreeMap<String, FileRecord>) {
        let found: BTreeSet<&str> = self.items.iter().map(|item| item.key.as_str()).collect();
        let vanished: BTreeSet<&str> = self.vanished.iter().map(String::as_str).collect();
        let stays = |key: &str| !found.contains(key) && !vanished.contains(key);
        let kept = known.iter().filter(|(key, _)| stays(key));
        let mut taken: BTreeSet<String> = kept.map(|(_, file)| file.id.clone()).collect();
        for item in &mut self.items {
            item.id = free_id(&item.id, &mut taken);
        }
        let clashing = |item: &&mut Item| is_record_of_any(&item.id, &taken);
        let clashing: Vec<&mut Item> = self.items.iter_mut().filter(clashing).collect();
        for item in clashing {
            let id = item.id.replace('#', "＃");
            item.id = free_id(&id, &mut taken);
        }
    }

    /// Leaves out the files of other shards; those that the index held go.
    fn keep(&mut self, only: &BTreeSet<String>, known: &BTreeMap<String, FileRecord>) {
        let items = std::mem::take(&mut self.items).into_iter();
        let (kept, others): (Vec<Item>, Vec<Item>) =
            items.partition(|item| only.contains(&item.id));
        self.items = kept;
        let others = others.into_iter().map(|item| item.key);
        self.vanished
            .extend(others.filter(|key| known.contains_key(key)));
        self.vanished.sort();
    }

    /// `path` as the user would write it.
    pub(super) fn shown(&self, path: &Path) -> String {
        let shown = self.roots.iter().find_map(|root| root.shown(path));
        shown.as_deref().unwrap_or(path).display().to_string()
    }
}

/// Whether `id` could also be the id of a record in one of `files`: a file's records have its id, `#` and their key.
fn is_record_of_any(id: &str, files: &BTreeSet<String>) -> bool {
    id.match_indices('#')
        .any(|(at, _)| files.contains(&id[..at]))
}

/// The id, followed by a number where another file of the collection has it: places of one name may hold the same path.
fn free_id(id: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{id} ({n})"));
    let mut candidates = [id.to_owned()].into_iter().chain(numbered);
    let free = candidates.find(|candidate| !taken.contains(candidate));
    let free = free.unwrap_or_else(|| id.to_owned());
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_record_is_told_from_that_of_a_file() {
        let files = ["r.jsonl", "目录/表.csv"].map(str::to_owned).into();
        for (id, expected) in [
            ("r.jsonl#2", true),
            ("目录/表.csv#甲#乙", true),
            ("r.jsonl", false),
            ("C#报告.txt", false),
            ("r.json#2", false),
        ] {
            assert_eq!(is_record_of_any(id, &files), expected, "{id}");
        }
    }
}
