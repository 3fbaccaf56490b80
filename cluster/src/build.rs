//! Building: documents are divided into shards, and those whose documents changed are built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use xunzhang::index::{
    Collection, FORMAT, Index, Source, UpdateOptions, fingerprint_of, is_index_folder, sources,
};
use xunzhang::source::walk::Exclude;

use crate::asking::answers;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::leaf::Leaf;
use crate::set::{LIST, Shard, ShardList, ShardSet, Sources, words, words_of};
use crate::work::{BuildJob, BuiltShard, Operation};

/// How a collection is built.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Its folder.
    pub into: PathBuf,
    /// Number of shards.
    pub n_shards: usize,
    /// What it is built from.
    pub sources: Sources,
    /// Bytes that may be held back for each shard before they are written.
    pub memory: usize,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct BuildSummary {
    /// Documents of all shards.
    pub documents: u64,
    /// Their passages.
    pub passages: u64,
    /// Number of shards.
    pub shards: usize,
    /// Shards that were built; the others are as they were.
    pub built: usize,
    /// Shards by the process that built them.
    pub processes: BTreeMap<u32, usize>,
    /// Files that gave no document, by path, each with the reason.
    pub skipped: Vec<Value>,
    /// Fingerprint of one index with all documents.
    pub fingerprint: String,
    /// How long it took.
    pub seconds: f64,
}

/// Builds a collection, or brings it up to date: only shards whose documents changed are built.
///
/// The list of shards is replaced when all of them are there: readers see the collection as it was or as it is to be.
///
/// # Errors
/// [`Error::Locked`] while another build writes there; [`Error::Shard`] with the shard that could not be built; what was finished
/// is kept for the next build.
pub async fn build(engine: &Engine, options: &BuildOptions) -> Result<BuildSummary> {
    let started = std::time::Instant::now();
    let dir = &options.into;
    if is_index_folder(dir) {
        return Err(Error::BadSet {
            place: dir.display().to_string(),
            problem: "it is an index; shards need a folder of their own".to_owned(),
        });
    }
    fs::create_dir_all(dir.join("lists")).map_err(Error::io(dir))?;
    let _lock = lock(dir)?;
    let files = files_of(dir, &options.sources)?;
    let old = ShardSet::open(&dir.display().to_string()).ok();
    let before = old.as_ref().map(|old| assigned_before(dir, &old.list));
    let assigned = assign(&files, options.n_shards, before.unwrap_or_default());
    let mut planned = Vec::new();
    for (ord, files) in assigned.iter().enumerate() {
        let name = name_of(ord, files, &options.sources);
        let ids: BTreeSet<&str> = files.iter().map(|file| file.id.as_str()).collect();
        let list = dir.join("lists").join(format!("{name}.json"));
        write_whole(&list, &to_json(&ids)?)?;
        planned.push((name, files.iter().map(|file| file.size).sum::<u64>()));
    }
    let words_expected = words_of(&options.sources.dictionary, &options.sources.synonyms);
    let missing = planned.iter().enumerate();
    let missing = missing.filter(|(_, (name, _))| Index::open(&dir.join(name)).is_err());
    let leaves: Vec<Leaf> = missing
        .map(|(shard, (name, _))| Leaf {
            shard,
            name: name.clone(),
            location: dir.join(name).display().to_string(),
            fingerprint: String::new(),
            words: words_expected.clone(),
            own: Value::Null,
        })
        .collect();
    for leaf in &leaves {
        remove_damaged(Path::new(&leaf.location))?;
    }
    let job = BuildJob {
        into: dir.clone(),
        sources: options.sources.clone(),
        memory: options.memory,
    };
    // A shard that is lost with its executor is all that is built again.
    let tasks = NonZeroUsize::new(leaves.len()).unwrap_or(NonZeroUsize::MIN);
    let built: Vec<BuiltShard> = answers(engine, Operation::Build(job), &leaves, tasks).await?;
    let list = list_of(dir, &planned, &options.sources)?;
    write_whole(&dir.join(LIST), &to_json(&list)?)?;
    remove_others(dir, &list)?;
    let mut processes = BTreeMap::new();
    let mut skipped = Vec::new();
    for shard in &built {
        *processes.entry(shard.process).or_default() += 1;
        let of_shard = shard.summary.as_ref();
        let of_shard = of_shard.and_then(|summary| summary["skipped"].as_array());
        skipped.extend(of_shard.into_iter().flatten().cloned());
    }
    skipped.sort_by_key(|skipped| skipped["path"].as_str().map(str::to_owned));
    // What can't be reached at all is met by every shard.
    skipped.dedup();
    Ok(BuildSummary {
        documents: list.documents,
        passages: list.passages,
        shards: list.shards.len(),
        built: leaves.len(),
        processes,
        skipped,
        fingerprint: list.fingerprint,
        seconds: (started.elapsed().as_secs_f64() * 1e3).round() / 1e3,
    })
}

/// Keeps other builds away until it is dropped, also by the end of the process.
fn lock(dir: &Path) -> Result<fs::File> {
    let path = dir.join("lock");
    let file = fs::OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path);
    let file = file.map_err(Error::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Locked(dir.into())),
        Err(fs::TryLockError::Error(error)) => Err(Error::io(path)(error)),
    }
}

fn files_of(dir: &Path, of: &Sources) -> Result<Vec<Source>> {
    let roots = of.places.iter();
    let roots: Vec<Collection> = roots
        .map(|(name, path)| Collection {
            name: name.clone(),
            path: path.clone(),
        })
        .collect();
    let exclude = Exclude::new(&of.exclude).map_err(xunzhang::index::Error::from)?;
    let options = UpdateOptions {
        exclude: Some(exclude),
        ..UpdateOptions::default()
    };
    Ok(sources(&roots, dir, &options)?)
}

/// The shard that each file was in.
fn assigned_before(dir: &Path, list: &ShardList) -> BTreeMap<String, usize> {
    let mut before = BTreeMap::new();
    for (ord, shard) in list.shards.iter().enumerate() {
        let path = dir.join("lists").join(format!("{}.json", shard.name));
        let ids = fs::read(path).ok();
        let ids = ids.and_then(|bytes| serde_json::from_slice::<Vec<String>>(&bytes).ok());
        // Without a list its files are new: more is built than had to be.
        before.extend(ids.into_iter().flatten().map(|id| (id, ord)));
    }
    before
}

/// Divides files into `n` shards of about as many bytes. Files stay in the shard that they were in; others go, the largest first,
/// to the shard with the least (Graham 1969, the longest processing time first).
fn assign(files: &[Source], n: usize, before: BTreeMap<String, usize>) -> Vec<Vec<Source>> {
    // What opening a file costs beside its bytes, as an update reckons.
    const OPENING: u64 = 4_096;
    let n = n.max(1);
    // With another number of shards all are divided anew: the old ones would be too large or too small.
    let is_same = before.values().max().is_none_or(|&last| last + 1 == n);
    let mut shards: Vec<Vec<Source>> = vec![Vec::new(); n];
    let mut sizes = vec![0_u64; n];
    let mut new = Vec::new();
    for file in files {
        match before.get(&file.id).filter(|_| is_same) {
            Some(&shard) => {
                sizes[shard] += file.size + OPENING;
                shards[shard].push(file.clone());
            }
            None => new.push(file),
        }
    }
    new.sort_by(|a, b| b.size.cmp(&a.size).then_with(|| a.id.cmp(&b.id)));
    for file in new {
        let least = (0..n)
            .min_by_key(|&shard| (sizes[shard], shard))
            .unwrap_or(0);
        sizes[least] += file.size + OPENING;
        shards[least].push(file.clone());
    }
    for shard in &mut shards {
        shard.sort_by(|a, b| a.id.cmp(&b.id));
    }
    shards
}

/// The name of a shard: its place, and a hash of all that its index depends on.
fn name_of(ord: usize, files: &[Source], of: &Sources) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut part = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    part(&FORMAT.to_string());
    part(&words_of(&of.dictionary, &of.synonyms));
    for place in &of.places {
        part(&format!("{place:?}"));
    }
    for pattern in &of.exclude {
        part(pattern);
    }
    part(&serde_json::to_string(&of.map).unwrap_or_default());
    for file in files {
        part(&file.id);
        part(&file.collection);
        part(&format!("{} {}", file.size, file.changed));
    }
    format!("{ord:04}-{}", &hasher.finalize().to_hex()[..12])
}

/// Removes what can't be opened where a shard is to be: only a folder that a build made.
fn remove_damaged(place: &Path) -> Result<()> {
    match place.symlink_metadata() {
        Ok(_) if is_index_folder(place) || place.join("meta.json").exists() => {
            fs::remove_dir_all(place).map_err(Error::io(place))
        }
        Ok(_) => fs::remove_dir(place).map_err(Error::io(place)),
        Err(_) => Ok(()),
    }
}

/// The list of all shards, each opened and looked at.
fn list_of(dir: &Path, planned: &[(String, u64)], of: &Sources) -> Result<ShardList> {
    let mut indexes = Vec::new();
    let mut shards = Vec::new();
    let expected = words_of(&of.dictionary, &of.synonyms);
    for (name, bytes) in planned {
        let failed = |reason: String| Error::Shard {
            name: name.clone(),
            reason,
        };
        let index = Index::open(&dir.join(name)).map_err(|error| failed(error.to_string()))?;
        let manifest = index.manifest();
        if words(manifest) != expected {
            return Err(failed(
                "it has another dictionary or other synonyms".to_owned(),
            ));
        }
        shards.push(Shard {
            name: name.clone(),
            fingerprint: manifest.fingerprint.clone(),
            documents: manifest.documents,
            passages: manifest.passages,
            bytes: *bytes,
        });
        indexes.push(index);
    }
    Ok(ShardList {
        format: FORMAT,
        fingerprint: fingerprint_of(&indexes)?,
        words: expected,
        documents: shards.iter().map(|shard| shard.documents).sum(),
        passages: shards.iter().map(|shard| shard.passages).sum(),
        sources: of.clone(),
        shards,
    })
}

/// Removes the shards of earlier lists, and what broken attempts left.
fn remove_others(dir: &Path, list: &ShardList) -> Result<()> {
    let names: BTreeSet<&str> = list.shards.iter().map(|shard| &*shard.name).collect();
    // `0000-` and twelve digits: nothing else in the folder is ours to remove.
    let is_ours = |name: &str| {
        let hash = name.split_once('-').map(|(ord, hash)| {
            ord.len() >= 4 && ord.bytes().all(|byte| byte.is_ascii_digit()) && hash.len() == 12
        });
        hash == Some(true)
    };
    for entry in fs::read_dir(dir).map_err(Error::io(dir))? {
        let entry = entry.map_err(Error::io(dir))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) && !names.contains(&*name) && is_index_folder(&entry.path()) {
            fs::remove_dir_all(entry.path()).map_err(Error::io(entry.path()))?;
        }
    }
    let lists = dir.join("lists");
    for entry in fs::read_dir(&lists).map_err(Error::io(&lists))? {
        let path = entry.map_err(Error::io(&lists))?.path();
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        if name.is_some_and(|name| is_ours(&name) && !names.contains(&*name)) {
            fs::remove_file(&path).map_err(Error::io(&path))?;
        }
    }
    // An attempt that still runs somewhere fails, and what it would have made is there already.
    let _ = fs::remove_dir_all(dir.join("building"));
    Ok(())
}

fn to_json<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(value).map_err(|error| Error::Engine(error.to_string()))
}

/// Writes a file beside its place and renames it: a reader sees the old one or the new one.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    let temporary = path.with_extension(format!("{}.new", std::process::id()));
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(Error::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: &str, size: u64) -> Source {
        Source {
            id: id.to_owned(),
            collection: "甲".to_owned(),
            size,
            changed: 1,
        }
    }

    #[test]
    fn shards_are_of_about_the_same_size_and_files_stay_where_they_are() {
        let files: Vec<Source> = (0..200_u64)
            .map(|ord| file(&format!("{ord:03}"), ord * ord * 37 % 90_000))
            .collect();
        let shards = assign(&files, 7, BTreeMap::new());
        let mut all: Vec<&str> = shards.iter().flatten().map(|file| &*file.id).collect();
        all.sort_unstable();
        assert_eq!(all, files.iter().map(|file| &*file.id).collect::<Vec<_>>());
        let sizes = shards
            .iter()
            .map(|files| files.iter().map(|file| file.size).sum::<u64>());
        let sizes: Vec<u64> = sizes.collect();
        let (least, most) = (sizes.iter().min(), sizes.iter().max());
        assert!(
            most.expect("a shard") - least.expect("a shard") < 100_000,
            "{sizes:?}"
        );
        let before = shards.iter().enumerate();
        let before: BTreeMap<String, usize> = before
            .flat_map(|(ord, files)| files.iter().map(move |file| (file.id.clone(), ord)))
            .collect();
        let mut more = files.clone();
        more.push(file("new", 5));
        more.remove(3);
        let again = assign(&more, 7, before.clone());
        let changed = again.iter().zip(&shards).filter(|(a, b)| a != b).count();
        assert!(changed <= 2, "{changed}");
        // Another number: all are divided anew.
        let fewer = assign(&files, 3, before);
        assert!(fewer.iter().all(|files| files.len() > 50));
    }

    #[test]
    fn a_name_says_what_is_in_a_shard() {
        let files = [file("a", 1), file("b", 2)];
        let sources = Sources::default();
        let own = name_of(3, &files, &sources);
        assert!(own.starts_with("0003-") && own.len() == 17);
        assert_eq!(name_of(3, &files, &sources), own);
        let mut changed = files.clone();
        changed[1].changed = 2;
        assert_ne!(name_of(3, &changed, &sources), own);
        let mut others = sources;
        others.synonyms.text = "水渠 渠道".to_owned();
        assert_ne!(name_of(3, &files, &others), own);
    }
}
