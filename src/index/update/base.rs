//! The index that an update starts from: the one that is there, or a new one beside it.

use std::path::Path;

use super::options::UpdateOptions;
use super::plan::Root;
use crate::index::folder::WriterLock;
use crate::index::manifest::Manifest;
use crate::index::open::{self, Index};
use crate::index::{Error, Result};

/// The index that an update changes.
pub(super) struct Base {
    pub(super) index: Index,
    /// Whether it is built beside the one that was there, if any.
    pub(super) is_new: bool,
    /// Roots of the one that was there.
    roots: Vec<String>,
}

impl Base {
    pub(super) fn open(dir: &Path, options: &UpdateOptions, lock: &WriterLock) -> Result<Self> {
        let opened = if options.rebuild {
            Err(Error::NoIndex(dir.into()))
        } else {
            Index::open(dir)
        };
        let dictionary = options.dictionary.as_ref();
        let is_other = |index: &Index| {
            dictionary.is_some_and(|given| given.text != index.manifest().dictionary.text)
        };
        match opened {
            Ok(index) if is_other(&index) && index.manifest().files > 0 => {
                return Err(Error::OtherDictionary);
            }
            Ok(index) if !is_other(&index) => {
                return Ok(Self {
                    roots: index.manifest().roots.clone(),
                    index,
                    is_new: false,
                });
            }
            Ok(_) | Err(Error::NoIndex(_) | Error::Unfinished(_)) => {}
            Err(error) => return Err(error),
        }
        let old = open::read_meta(dir).ok();
        let old = old
            .and_then(|meta| Manifest::read(&meta))
            .unwrap_or_default();
        let roots = old.roots.clone();
        let mut manifest = old.for_rebuild();
        if let Some(dictionary) = dictionary {
            manifest.dictionary = dictionary.clone();
        }
        lock.mark(dir)?;
        Ok(Self {
            index: Index::build(dir, manifest, lock)?,
            is_new: true,
            roots,
        })
    }

    /// The roots to look at: without any `given`, all known ones. In an update, the known ones among those given come first, in the order
    /// in which they were first given, since ids depend on it; and known ones that are gone go with what they gave if
    /// `prune` says so.
    pub(super) fn roots(&self, given: Vec<Root>, prune: bool) -> Result<Vec<Root>> {
        let known = || self.roots.iter().map(Path::new);
        if self.is_new {
            return match given.is_empty() {
                true => known().map(|path| Root::find(path, prune)).collect(),
                false => Ok(given),
            };
        }
        let mut known: Vec<Root> = known().map(|path| Root::known(path, prune)).collect();
        if given.is_empty() {
            return Ok(known);
        }
        let mut roots = given;
        roots.sort_by_key(|root| {
            let mut known = known.iter();
            known
                .position(|known| known.absolute == root.absolute)
                .unwrap_or(usize::MAX)
        });
        known.retain(Root::is_gone);
        roots.extend(known);
        Ok(roots)
    }
}
