//! Shards that are open in this process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use self_cell::self_cell;
use xunzhang::index::Index;
use xunzhang::search::Searcher;

use crate::leaf::Leaf;
use crate::set::words;
use crate::storage;

self_cell!(
    /// An index and its searcher, which keeps what it has read of columns.
    pub struct OpenShard {
        owner: Index,
        #[covariant]
        dependent: Searcher,
    }
);

impl OpenShard {
    fn open(dir: &Path) -> xunzhang::index::Result<Self> {
        Ok(Self::new(Index::open(dir)?, |index| Searcher::new(index)))
    }

    /// Its searcher.
    pub fn searcher(&self) -> &Searcher<'_> {
        self.borrow_dependent()
    }
}

/// Shards by their folders.
// A shard is opened once for all questions: to open one and to read its columns takes longer than most answers.
static OPENED: LazyLock<Mutex<BTreeMap<PathBuf, Arc<OpenShard>>>> = LazyLock::new(Mutex::default);

/// The shard of a leaf, opened before or now; from shared storage it is copied first.
///
/// # Errors
/// What is wrong with it, for people: it can't be read, or it is not the one that was listed.
pub fn open(leaf: &Leaf) -> Result<Arc<OpenShard>, String> {
    let dir = match storage::is_remote(&leaf.location) {
        true => storage::local_copy(&leaf.location, &leaf.fingerprint)
            .map_err(|error| error.to_string())?,
        false => PathBuf::from(&leaf.location),
    };
    let is_listed = |shard: &OpenShard| {
        let manifest = shard.borrow_owner().manifest();
        manifest.fingerprint == leaf.fingerprint && words(manifest) == leaf.words
    };
    let known = {
        let opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        opened.get(&dir).map(Arc::clone)
    };
    // A folder that is gone must not be answered for from what is still mapped: the next process could not.
    if let Some(shard) = known.filter(|shard| is_listed(shard) && dir.join("meta.json").is_file()) {
        return Ok(shard);
    }
    let shard = OpenShard::open(&dir).map_err(|error| error.to_string())?;
    let manifest = shard.borrow_owner().manifest();
    if words(manifest) != leaf.words {
        return Err(
            "it was built with another dictionary or other synonyms than the other shards; build it again"
                .to_owned(),
        );
    }
    if !is_listed(&shard) {
        return Err(format!(
            "it is not the index that was listed: its fingerprint is {}, not {}; build the shards again",
            manifest.fingerprint, leaf.fingerprint
        ));
    }
    let shard = Arc::new(shard);
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    opened.insert(dir, Arc::clone(&shard));
    Ok(shard)
}
