//! The indexes that calls are about, each under a name.

use std::path::PathBuf;
use std::sync::Arc;

use xunzhang::index::{Error, Index};

use crate::web::Opened;

/// The folder of an index, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) dir: PathBuf,
}

/// An index, or why it can't be opened.
pub(super) type Opening = Result<Arc<Index>, Arc<Error>>;

/// All of them; the first is meant where none is named.
pub(super) struct Indexes(Vec<(String, Opened)>);

impl Indexes {
    /// Opens those that can be opened; errors of the others are reported when they are needed.
    pub(super) fn new(all: Vec<Named>) -> Self {
        let opened = all.into_iter().map(|one| (one.name, Opened::new(&one.dir)));
        Self(opened.collect())
    }

    /// Their names.
    pub(super) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| &**name).collect()
    }

    /// The index of a name with its name, whole and as it is now, or why it can't be opened; the first without a name, and `None` if
    /// no index has that name.
    pub(super) fn get(&self, name: Option<&str>) -> Option<(&str, Opening)> {
        let (name, opened) = match name {
            Some(name) => self.0.iter().find(|(known, _)| known == name)?,
            None => self.0.first()?,
        };
        opened.refresh();
        opened.check();
        Some((name, opened.index()))
    }
}
