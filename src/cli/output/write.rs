//! Writing a file whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Replaces the file at `path`, or makes it: a kill at any moment leaves the old file or the new one.
///
/// A new file gets the rights that the umask leaves, one that was there keeps its own.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = Draft::create(path)?;
    draft.file.write_all(bytes)?;
    if let Ok(old) = fs::metadata(path) {
        fs::set_permissions(&draft.path, old.permissions())?;
        keep_owner(&draft.path, &old);
    }
    draft.file.sync_all()?;
    fs::rename(&draft.path, path)?;
    draft.is_renamed = true;
    sync_folder(path);
    Ok(())
}

/// Whether a file can be made beside `path`, by making one.
pub(super) fn probe(path: &Path) -> io::Result<()> {
    Draft::create(path).map(drop)
}

/// A file under a name of its own until it is whole; removed if it never is.
struct Draft {
    file: File,
    path: PathBuf,
    is_renamed: bool,
}

impl Draft {
    /// Makes a hidden file beside `path`, which `index` passes over should a kill leave it; its name is short whatever that
    /// of `path` is.
    fn create(path: &Path) -> io::Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let process = std::process::id();
        loop {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let own = path.with_file_name(format!(".xunzhang-{process}-{n}.part"));
            match OpenOptions::new().write(true).create_new(true).open(&own) {
                Ok(file) => {
                    return Ok(Self {
                        file,
                        path: own,
                        is_renamed: false,
                    });
                }
                // Left by a killed process of the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_renamed {
            // The error that brought us here is the one to tell.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Gives the new file to whom the old one belonged; only the system's administrator may, and needs to.
#[cfg(unix)]
fn keep_owner(path: &Path, old: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt;
    let _ = std::os::unix::fs::chown(path, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}

/// Writes the folder's entry of the new name down; some file systems can't, and the file itself is whole anyway.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("甲".repeat(80) + ".json");
        for text in ["旧", "新"] {
            replace(&path, text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("the file"), text);
        }
        probe(&path).expect("a folder to write to");
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 1);
        assert!(probe(&folder.path().join("无/a.json")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn rights_are_those_of_the_umask_or_of_the_old_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        let (plain, path) = (folder.path().join("plain"), folder.path().join("a.json"));
        fs::write(&plain, "x").expect("a file");
        replace(&path, b"x").expect("written");
        assert_eq!(mode(&path), mode(&plain));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        replace(&path, b"y").expect("written");
        assert_eq!(mode(&path), 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn what_fails_leaves_the_old_file_and_no_draft() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a");
        fs::create_dir(&path).expect("a folder that no file can replace");
        assert!(replace(&path, b"x").is_err());
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!((left, path.is_dir()), (1, true));
    }
}
