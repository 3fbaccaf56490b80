//! Where a file would really be written, and whether that is a place that is not to be written to.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use xunzhang::index::is_index_folder;

use super::refusal::{Refusal, Why};

/// The identity of a file, whatever its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileId(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl FileId {
    /// That of the file at `path`, links followed; `None` if it does not exist.
    pub(super) fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        // Device and number: two hard links of one file have different paths.
        return Some(Self::of_metadata(&fs::metadata(path).ok()?));
        #[cfg(not(unix))]
        // The standard library has no stable number of a file here.
        return path.canonicalize().ok().map(Self);
    }

    #[cfg(unix)]
    fn of_metadata(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self((metadata.dev(), metadata.ino()))
    }

    /// That of the file that standard input is read from, if it is one.
    pub(super) fn of_input() -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::fd::AsFd;
            // A clone, because the file closes what it is made from.
            let owned = std::io::stdin().as_fd().try_clone_to_owned().ok()?;
            let metadata = fs::File::from(owned).metadata().ok()?;
            // A pipe or a terminal is nothing that could be replaced.
            metadata.is_file().then(|| Self::of_metadata(&metadata))
        }
        #[cfg(not(unix))]
        None
    }
}

/// The path of the file itself: links followed, folders as they are really called.
///
/// # Errors
/// A [`Refusal`] if it is a folder, a device, a link to nothing, or its folder does not exist.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Refusal> {
    let refuse = |why| Refusal::new(path, why);
    let name = match path.file_name() {
        // `file_name` takes `a/` for `a`.
        Some(name) if !ends_in_separator(path) => name,
        _ => return Err(refuse(Why::Folder)),
    };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(refuse(Why::Folder)),
        // Files are replaced by renaming, which would make a file of a device.
        Ok(found) if !found.is_file() => Err(refuse(Why::NotAFile)),
        Ok(_) => path
            .canonicalize()
            .map_err(|error| refuse(Why::System(error))),
        // To write would either replace the link or create what it leads to, and neither is surely meant.
        Err(_) if path.is_symlink() => Err(refuse(Why::Dangling)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            match folder.canonicalize() {
                Ok(folder) => Ok(folder.join(name)),
                Err(_) => Err(refuse(Why::NoFolder(folder.into()))),
            }
        }
        // The folder of the path is itself a file.
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(refuse(Why::NoFolder(path.parent().unwrap_or(path).into())))
        }
        Err(error) => Err(refuse(Why::System(error))),
    }
}

/// `a/` names a folder, whether there is one or not.
fn ends_in_separator(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    last.is_some_and(|byte| std::path::is_separator(char::from(*byte)))
}

/// The folder of an index that `real` is in, `own` or another one.
pub(super) fn index_around(real: &Path, own: &Path) -> Option<PathBuf> {
    let own = own.canonicalize().ok();
    // The first ancestor is the file itself.
    let mut folders = real.ancestors().skip(1);
    folders
        .find(|folder| own.as_deref() == Some(folder) || holds_index(folder))
        .map(Path::to_owned)
}

/// Whether a folder holds an index of ours, or one of another program of the same engine.
fn holds_index(folder: &Path) -> bool {
    /// The list of segments grows with them; a larger file is not one.
    const LONGEST: u64 = 64 << 20;
    let meta = folder.join("meta.json");
    let is_small = fs::metadata(&meta).is_ok_and(|found| found.is_file() && found.len() < LONGEST);
    let holds_segments = || {
        // Searched rather than parsed: the file may be of any version of the engine.
        let text = fs::read(&meta).unwrap_or_default();
        memchr::memmem::find(&text, b"\"segments\"").is_some()
    };
    is_index_folder(folder)
        // The engine's list of the files that it manages.
        || folder.join(".managed.json").is_file()
        || is_small && holds_segments()
}
