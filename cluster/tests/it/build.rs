//! Building: once, again, and again after changes.

use std::collections::BTreeSet;
use std::path::Path;

use xunzhang::search::Filter;
use xunzhang::search::shards::Shards;
use xunzhang_cluster::Error;
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::build::build;
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::ShardSet;

use crate::collection::{Built, build_options};

fn names(dir: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(dir).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.contains('-'))
        .collect()
}

#[test]
fn only_shards_whose_documents_changed_are_built() {
    let (built, roots) = Built::new(&[], 40);
    let into = built.folder.path().join("shards");
    let options = build_options(&into, &roots, 5);
    let run = || {
        built
            .runtime
            .block_on(build(&Engine::Here, &options))
            .expect("shards")
    };
    let first = run();
    assert_eq!((first.built, first.shards, first.documents), (5, 5, 40));
    let before = names(&into);
    assert_eq!(before.len(), 5);
    let again = run();
    assert_eq!((again.built, again.documents), (0, 40));
    assert_eq!(
        (names(&into), &again.fingerprint),
        (before.clone(), &first.fingerprint)
    );
    let changed = roots[0].join("青禾镇/000.txt");
    let text = std::fs::read_to_string(&changed).expect("a file");
    std::fs::write(&changed, format!("{text}新修泵房。\n")).expect("a file");
    let after = run();
    assert_eq!((after.built, after.documents), (1, 40));
    assert_ne!(after.fingerprint, first.fingerprint);
    assert_eq!(names(&into).intersection(&before).count(), 4);
    std::fs::remove_file(&changed).expect("the file");
    let fewer = run();
    assert_eq!((fewer.built, fewer.documents), (1, 39));
    assert_eq!(names(&into).len(), 5);
    assert!(!into.join("building").exists());
}

#[test]
fn a_shard_that_is_damaged_gone_or_another_is_named() {
    let (built, roots) = Built::new(&[], 20);
    let cluster = built.shards(&roots, 4);
    let set = cluster.set().clone();
    let failed = |set: &ShardSet| -> String {
        let cluster = Cluster::new(set.clone(), Engine::Here, built.runtime.handle().clone());
        match cluster.count("水渠", &Filter::default()) {
            Err(Error::Shard { name, .. }) => name,
            other => panic!("{other:?}"),
        }
    };
    let dir = |ord: usize| Path::new(&set.place).join(&set.list.shards[ord].name);
    // Another dictionary than the list says: any of them, whichever is asked first.
    let mut other = set.clone();
    other.list.words = "0".repeat(16);
    let name = failed(&other);
    assert!(set.list.shards.iter().any(|shard| shard.name == name));
    // Another index in its place.
    let mut other = set.clone();
    other.list.shards[2].fingerprint = "0".repeat(16);
    assert_eq!(failed(&other), set.list.shards[2].name);
    // A byte of its list of files is another: it was not opened before in this process.
    let copy = built.folder.path().join("copy");
    copy_all(Path::new(&set.place), &copy);
    let mut damaged = set.clone();
    damaged.place = copy.display().to_string();
    let meta = copy.join(&set.list.shards[1].name).join("meta.json");
    let mut bytes = std::fs::read(&meta).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&meta, bytes).expect("a file");
    assert_eq!(failed(&damaged), set.list.shards[1].name);
    // Gone.
    std::fs::remove_dir_all(dir(3)).expect("a folder");
    assert_eq!(failed(&set), set.list.shards[3].name);
    // The next build makes what is missing.
    let options = build_options(Path::new(&set.place), &roots, 4);
    let repaired = built.runtime.block_on(build(&Engine::Here, &options));
    assert_eq!(repaired.expect("shards").built, 1);
    assert!(cluster.count("水渠", &Filter::default()).is_ok());
    // Another format is reported before any shard is asked.
    let list = Path::new(&set.place).join("shards.json");
    let text = std::fs::read_to_string(&list).expect("a list");
    let format = format!("\"format\": {}", xunzhang::index::FORMAT);
    assert!(text.contains(&format));
    std::fs::write(&list, text.replace(&format, "\"format\": 3")).expect("a list");
    let told = ShardSet::open(&set.place).expect_err("another format");
    assert!(told.to_string().contains("format 3"), "{told}");
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy_all(&path, &target),
            false => {
                std::fs::copy(&path, &target).expect("a copy");
            }
        }
    }
}
