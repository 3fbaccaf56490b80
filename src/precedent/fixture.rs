//! An index of a few invented documents, for tests.

use crate::index::{Index, UpdateOptions, update};
use crate::search::Searcher;
use crate::source::ReadOptions;
use crate::source::walk::Exclude;

/// Indexes files given by name and text, and calls `with` with a searcher of them.
pub(crate) fn with_documents<T>(
    files: &[(&str, &str)],
    with: impl FnOnce(&Searcher<'_>) -> T,
) -> T {
    let dir = tempfile::tempdir().expect("a folder for scratch files can be made");
    let root = dir.path().join("reports");
    std::fs::create_dir(&root).expect("the folder is new");
    for (name, text) in files {
        std::fs::write(root.join(name), text).expect("the folder can be written to");
    }
    let options = UpdateOptions {
        rebuild: false,
        jobs: 1,
        memory: 50_000_000,
        dictionary: None,
        exclude: Exclude::new::<&str>(&[]).expect("no pattern is wrong"),
        read: ReadOptions::default(),
    };
    let index = dir.path().join("index");
    update(&index, &[root], &options, &|_| {}).expect("plain texts can be indexed");
    let index = Index::open(&index).expect("the index was just built");
    with(&Searcher::new(&index))
}
