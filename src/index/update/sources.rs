//! The files of a collection before any of them is read: what its shards are made of.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::base::{has_several_names, named};
use super::collection::Collection;
use super::options::UpdateOptions;
use super::plan::{Plan, Root};
use super::tally::fingerprint;
use crate::index::files::{self, nanos};
use crate::index::{Error, Index, Result};

/// A file of a collection, as one index with all of them would know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id; the ids of its documents are this or begin with it.
    pub id: String,
    /// Name of its collection.
    pub collection: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub changed: i64,
}

/// The files under `roots`, in order, but none under `except`; those that [`UpdateOptions::exclude`] names are left out.
///
/// # Errors
/// [`crate::source::walk::Error::MissingRoot`] if a root does not exist.
pub fn sources<C: Clone + Into<Collection>>(
    roots: &[C],
    except: &Path,
    options: &UpdateOptions,
) -> Result<Vec<Source>> {
    let roots = roots.iter().cloned().map(Into::into);
    let roots = roots.map(|given| Root::find(&given, false));
    let roots = named(&[], roots.collect::<Result<_>>()?);
    let is_named = has_several_names(roots.iter());
    let plan = Plan::new((roots, is_named), except, options, &BTreeMap::new())?;
    let files = plan.items.into_iter().map(|item| Source {
        id: item.id,
        collection: item.collection,
        size: item.found.size,
        changed: nanos(item.found.modified),
    });
    Ok(files.collect())
}

/// The fingerprint of one index with all documents of `shards`, which have one dictionary and the same synonyms.
///
/// # Errors
/// [`Error::Engine`] if one of them can't be read.
pub fn fingerprint_of<'i>(shards: impl IntoIterator<Item = &'i Index>) -> Result<String> {
    let mut files = BTreeMap::new();
    let mut options = [String::new(), String::new()];
    for index in shards {
        let known = files::load(&index.reader.searcher(), &index.fields);
        files.extend(known.map_err(Error::engine(index.dir()))?);
        let manifest = index.manifest();
        options = [&manifest.dictionary.text, &manifest.synonyms.text].map(Clone::clone);
    }
    Ok(fingerprint(&files, [&options[0], &options[1]]))
}
