//! The index that an update starts from: the one that is there, or a new one beside it.

use std::path::Path;

use super::collection::PlaceNames;
use super::options::UpdateOptions;
use super::plan::Root;
use crate::index::folder::WriterLock;
use crate::index::manifest::{CollectionRecord, Dictionary, Manifest};
use crate::index::open::{self, Index};
use crate::index::{Error, Result};

/// The index that an update changes.
pub(super) struct Base {
    pub(super) index: Index,
    /// Whether it is built beside the one that was there, if any.
    pub(super) is_new: bool,
    /// Places that the one that was there was built from.
    places: Vec<CollectionRecord>,
}

impl Base {
    pub(super) fn open(dir: &Path, options: &UpdateOptions, lock: &WriterLock) -> Result<Self> {
        let opened = match options.rebuild {
            true => Err(Error::NoIndex(dir.into())),
            false => Index::open(dir),
        };
        let dictionary = options.dictionary.as_ref();
        let is_other = |index: &Index| {
            dictionary.is_some_and(|given| given.text != index.manifest().dictionary.text)
        };
        match opened {
            Ok(index) if is_other(&index) && index.manifest().files > 0 => {
                Err(Error::OtherDictionary)
            }
            Ok(index) if !is_other(&index) => Ok(Self {
                places: index.manifest().collections.clone(),
                index,
                is_new: false,
            }),
            // Anything else may be an index of someone's that is damaged or in use: it is reported, never built over.
            Ok(_) | Err(Error::NoIndex(_) | Error::Unfinished(_)) => {
                Self::create(dir, dictionary, lock)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins a new index with the settings of the one that it replaces, if there is one.
    fn create(dir: &Path, dictionary: Option<&Dictionary>, lock: &WriterLock) -> Result<Self> {
        let old = open::read_meta(dir).ok();
        let old = old
            .and_then(|meta| Manifest::read(&meta))
            .unwrap_or_default();
        let places = old.collections.clone();
        let mut manifest = old.for_rebuild();
        if let Some(dictionary) = dictionary {
            manifest.dictionary = dictionary.clone();
        }
        // Before the first file is written: a folder that a broken first build leaves must be known as ours.
        lock.mark(dir)?;
        Ok(Self {
            index: Index::build(dir, manifest, lock)?,
            is_new: true,
            places,
        })
    }

    /// The roots to look at, each with the name of its collection, and whether ids begin with these names.
    ///
    /// Without any `given`, all known ones. In an update, the known ones among those given come first, in the order in which
    /// they were first given, since names depend on it; and known ones that are gone go with what they gave if `prune`
    /// says so. Where a second collection comes, or the last but one goes, all are looked at: their ids change.
    pub(super) fn roots(&self, given: Vec<Root>, prune: bool) -> Result<(Vec<Root>, bool)> {
        let known = self.places.iter();
        if self.is_new {
            let roots = match given.is_empty() {
                true => known
                    .map(|place| Root::find(&place.into(), prune))
                    .collect::<Result<_>>()?,
                false => given,
            };
            let roots = self.named(roots);
            let is_named = has_several_names(roots.iter().filter(|root| !root.is_gone()));
            return Ok((roots, is_named));
        }
        let known: Vec<Root> = known.map(|place| Root::known(place, prune)).collect();
        if given.is_empty() {
            let is_named = has_several_names(known.iter().filter(|root| !root.is_gone()));
            return Ok((known, is_named));
        }
        let mut roots = given;
        let place = |root: &Root| {
            let mut known = known.iter();
            known.position(|known| known.absolute == root.absolute)
        };
        // The sort is stable: new ones stay in the order in which they are given, after all known ones.
        roots.sort_by_key(|root| place(root).unwrap_or(usize::MAX));
        let mut roots = self.named(roots);
        let is_given = |known: &Root| roots.iter().any(|root| root.absolute == known.absolute);
        let (gone, kept): (Vec<Root>, Vec<Root>) = known
            .into_iter()
            .filter(|known| !is_given(known))
            .partition(Root::is_gone);
        let is_named = has_several_names(roots.iter().chain(&kept).filter(|root| !root.is_gone()));
        let was_named = has_several(self.places.iter().map(|place| &*place.name));
        if is_named != was_named && !self.places.is_empty() {
            // In the order in which they were first given.
            roots.splice(0..0, kept);
        }
        roots.extend(gone);
        Ok((roots, is_named))
    }

    /// The roots with the names that they were given, now or earlier, else those of their folders.
    fn named(&self, roots: Vec<Root>) -> Vec<Root> {
        named(&self.places, roots)
    }
}

/// The roots with the names that they were given, now or as one of the `places`, else those of their folders.
pub(super) fn named(places: &[CollectionRecord], mut roots: Vec<Root>) -> Vec<Root> {
    let mut names = PlaceNames::default();
    for place in places {
        names.given(&place.name, Path::new(&place.path));
    }
    for root in &mut roots {
        let path = root.absolute.as_path();
        let known = places.iter().find(|place| Path::new(&place.path) == path);
        let known = known.map(|place| place.name.as_str());
        let name = match root.name.as_deref().or(known) {
            Some(name) => names.given(name, path),
            None => names.by_folder(path),
        };
        root.name = Some(name);
    }
    roots
}

pub(super) fn has_several_names<'a>(roots: impl Iterator<Item = &'a Root>) -> bool {
    has_several(roots.map(Root::collection))
}

fn has_several<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    let first = names.next();
    names.any(|name| Some(name) != first)
}

#[cfg(test)]
mod tests;
