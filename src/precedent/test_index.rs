//! A small index for tests.

pub(super) use tests::with_documents;

mod tests {
    use crate::index::{Index, UpdateOptions, update};
    use crate::search::Searcher;

    /// Indexes files given by name and text, and calls `with` with a searcher of them.
    pub(in crate::precedent) fn with_documents<T>(
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
            jobs: 1,
            ..UpdateOptions::default()
        };
        let index = dir.path().join("index");
        update(&index, &[root], &options, &|_| {}).expect("plain texts can be indexed");
        let index = Index::open(&index).expect("the index was just built");
        with(&Searcher::new(&index))
    }
}
