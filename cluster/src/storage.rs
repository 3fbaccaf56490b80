//! S3-compatible storage as the source of shards: they are copied to the local disk and mapped.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::Handle;

use crate::error::{Error, Result};
use crate::set::{LIST, ShardSet};

/// What an address of shared storage begins with.
const SCHEME: &str = "s3://";

/// How long a request may take. Storage that stalls must become an error that names the shard, not a question without an end.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Objects that are copied at the same time.
const AT_ONCE: usize = 8;

/// Whether a place is in shared storage.
pub fn is_remote(place: &str) -> bool {
    place.starts_with(SCHEME)
}

type Path3 = object_store::path::Path;

/// The store and the path of an address. Credentials, region and endpoint are those of the environment (`AWS_ACCESS_KEY_ID`,
/// `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ALLOW_HTTP`).
fn store(place: &str) -> Result<(impl ObjectStore, Path3)> {
    let failed = failed(place);
    let rest = place.strip_prefix(SCHEME).unwrap_or(place);
    let (bucket, path) = rest.split_once('/').unwrap_or((rest, ""));
    let retry = RetryConfig {
        max_retries: 3,
        retry_timeout: TIMEOUT,
        ..RetryConfig::default()
    };
    let is_plain = std::env::var("AWS_ALLOW_HTTP").is_ok_and(|value| value == "true");
    let client = ClientOptions::new()
        .with_timeout(TIMEOUT)
        .with_connect_timeout(Duration::from_secs(10))
        .with_allow_http(is_plain);
    let store = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_client_options(client)
        .with_retry(retry)
        .build();
    let path = Path3::parse(path.trim_matches('/'));
    Ok((
        store.map_err(&failed)?,
        path.map_err(|error| failed(error.into()))?,
    ))
}

fn failed(place: &str) -> impl Fn(object_store::Error) -> Error {
    let place = place.to_owned();
    move |error| Error::Storage {
        place: place.clone(),
        reason: error.to_string(),
    }
}

/// Runs a request to its end; from a thread that may block, of the runtime's or any other.
fn block<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    match Handle::try_current() {
        Ok(handle) => handle.block_on(future),
        Err(_) => {
            let runtime = tokio::runtime::Runtime::new().map_err(Error::io("runtime"))?;
            runtime.block_on(future)
        }
    }
}

/// The bytes of an object; `None` if it does not exist.
///
/// # Errors
/// [`Error::Storage`].
pub fn read(place: &str) -> Result<Option<Vec<u8>>> {
    let (store, path) = store(place)?;
    block(async {
        match store.get(&path).await {
            Ok(found) => {
                let bytes = found.bytes().await.map_err(failed(place))?;
                Ok(Some(bytes.to_vec()))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(place)(error)),
        }
    })
}

/// The folder for local copies: `XUNZHANG_CLUSTER_CACHE`, else one in the system's folder for temporary files.
fn cache() -> PathBuf {
    match std::env::var_os("XUNZHANG_CLUSTER_CACHE") {
        Some(cache) => cache.into(),
        None => std::env::temp_dir().join("xunzhang-shards"),
    }
}

/// One shard at a time is copied in a process: two questions that need the same one must not copy it twice.
static COPYING: Mutex<()> = Mutex::new(());

/// The local copy of the shard at `place`, made now if it is missing; other documents have another fingerprint and another copy.
///
/// Its files are compared with their checksums when it is opened: a copy lacks the times that they were sealed with.
///
/// # Errors
/// [`Error::Storage`] if it can't be read.
pub fn local_copy(place: &str, fingerprint: &str) -> Result<PathBuf> {
    let name = place.rsplit('/').next().unwrap_or(place);
    let dir = cache().join(format!("{name}-{fingerprint}"));
    let _one = COPYING.lock().unwrap_or_else(PoisonError::into_inner);
    if dir.is_dir() {
        return Ok(dir);
    }
    let temporary = cache().join(format!("{name}-{fingerprint}.{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&temporary);
    std::fs::create_dir_all(&temporary).map_err(Error::io(&temporary))?;
    let copied = block(copy(place, &temporary));
    if let Err(error) = copied {
        let _ = std::fs::remove_dir_all(&temporary);
        return Err(error);
    }
    // Another process may have been first.
    if std::fs::rename(&temporary, &dir).is_err() {
        let _ = std::fs::remove_dir_all(&temporary);
    }
    Ok(dir)
}

async fn copy(place: &str, to: &Path) -> Result<()> {
    let (store, prefix) = store(place)?;
    let failed = failed(place);
    let objects: Vec<_> = store
        .list(Some(&prefix))
        .try_collect()
        .await
        .map_err(&failed)?;
    if objects.is_empty() {
        return Err(Error::Storage {
            place: place.to_owned(),
            reason: "there is nothing".to_owned(),
        });
    }
    let one = async |path: Path3| -> Result<()> {
        // An index is a flat folder.
        let Some(name) = path.filename() else {
            return Ok(());
        };
        let found = store.get(&path).await.map_err(&failed)?;
        let mut stream = found.into_stream();
        let file = to.join(name);
        let mut out = std::fs::File::create(&file).map_err(Error::io(&file))?;
        while let Some(bytes) = stream.try_next().await.map_err(&failed)? {
            std::io::Write::write_all(&mut out, &bytes).map_err(Error::io(&file))?;
        }
        Ok(())
    };
    let copies = objects.into_iter().map(|object| one(object.location));
    futures::stream::iter(copies)
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await
}

/// Puts a collection into shared storage; the list of shards last, so that it never names one that is not there.
///
/// # Errors
/// [`Error::Storage`]; [`Error::Io`] if a file can't be read.
pub async fn upload(set: &ShardSet, to: &str) -> Result<()> {
    let (store, prefix) = store(to)?;
    let failed = failed(to);
    let put = async |path: PathBuf, key: Path3| -> Result<()> {
        let bytes = std::fs::read(&path).map_err(Error::io(&path))?;
        store.put(&key, bytes.into()).await.map_err(&failed)?;
        Ok(())
    };
    for shard in &set.list.shards {
        let dir = PathBuf::from(set.location(shard));
        for entry in std::fs::read_dir(&dir).map_err(Error::io(&dir))? {
            let path = entry.map_err(Error::io(&dir))?.path();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let Some(name) = name.filter(|_| path.is_file()) else {
                continue;
            };
            let key = prefix.clone().join(shard.name.as_str()).join(name.as_str());
            put(path, key).await?;
        }
    }
    put(
        PathBuf::from(&set.place).join(LIST),
        prefix.clone().join(LIST),
    )
    .await
}
