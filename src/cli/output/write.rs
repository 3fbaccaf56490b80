//! Writing a file whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use xunzhang::index::rename;

/// Replaces the file at `path`, or makes it, with what `fill` writes: a kill at any moment leaves the old file or the new one.
///
/// A new file gets the rights that the umask leaves, one that was there keeps its own.
pub(super) fn replace(
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let mut draft = Draft::create(path)?;
    fill(&mut draft.file)?;
    // Before the rename, so that at no moment anybody may read what was protected.
    if let Ok(old) = fs::metadata(path) {
        fs::set_permissions(&draft.path, old.permissions())?;
        keep_owner(&draft.path, &old);
    }
    // Before the rename: after a power failure the name could otherwise lead to an empty file.
    draft.file.sync_all()?;
    rename(&draft.path, path)?;
    draft.is_renamed = true;
    sync_folder(path);
    remove_abandoned(path);
    Ok(())
}

/// How old a draft is before another process may take it for abandoned: longer than it takes to lock a new one.
const ABANDONED: Duration = Duration::from_secs(60);

/// Removes drafts beside `path` that killed processes left: a living process holds the lock of its own.
fn remove_abandoned(path: &Path) {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // To clean up is a courtesy: the file itself is written.
    let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return;
    };
    for entry in entries.flatten() {
        let is_draft = entry.file_name().to_str().is_some_and(is_draft_name);
        if is_draft && is_abandoned(&entry.path()) {
            // What cannot be removed is tried again with the next file.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// `.xunzhang-PROCESS-NUMBER.part`
fn is_draft_name(name: &str) -> bool {
    let numbers = name
        .strip_prefix(".xunzhang-")
        .and_then(|name| name.strip_suffix(".part"))
        .and_then(|numbers| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(process, n)| is_number(process) && is_number(n))
}

/// Whether the draft is old, and no living process has its lock.
fn is_abandoned(path: &Path) -> bool {
    // Links are not followed: one of this name is not ours.
    let Ok(found) = fs::symlink_metadata(path) else {
        return false;
    };
    let age = found.modified().ok().and_then(|time| time.elapsed().ok());
    found.is_file()
        && age.is_some_and(|age| age >= ABANDONED)
        && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
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
    /// Makes a hidden file beside `path`, which `index` skips should a kill leave it; its name is short whatever that
    /// of `path` is.
    fn create(path: &Path) -> io::Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let process = std::process::id();
        loop {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let own = path.with_file_name(format!(".xunzhang-{process}-{n}.part"));
            // Fails also where a link has the name, so that nothing is written through it.
            match OpenOptions::new().write(true).create_new(true).open(&own) {
                Ok(file) => {
                    // Told apart from an abandoned draft by it; where a file system has no locks, by its age alone.
                    let _ = file.lock();
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
            // The original error is the one to report.
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
    use std::io::Write;

    use super::*;

    fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
        super::replace(path, |file| file.write_all(bytes))
    }

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

    #[test]
    fn drafts_of_killed_processes_go_with_the_next_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        let long_ago = std::time::SystemTime::now() - 2 * ABANDONED;
        let mut held = None;
        for name in [
            ".xunzhang-7-0.part",
            ".xunzhang-8-0.part",
            ".xunzhang-a-0.part",
        ] {
            let file = File::create(at(name)).expect("a file");
            file.set_modified(long_ago).expect("a time");
            if name.contains('8') {
                file.lock().expect("a lock");
                held = Some(file);
            }
        }
        File::create(at(".xunzhang-9-0.part")).expect("a file");
        replace(&at("a.json"), b"x").expect("written");
        let left = |name: &str| at(name).exists();
        assert!(!left(".xunzhang-7-0.part"));
        assert!(left(".xunzhang-8-0.part") && left(".xunzhang-9-0.part"));
        assert!(left(".xunzhang-a-0.part"));
        drop(held);
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

    #[test]
    fn only_names_of_drafts_are_names_of_drafts() {
        for (name, expected) in [
            (".xunzhang-12-3.part", true),
            (".xunzhang-0-0.part", true),
            (".xunzhang-12.part", false),
            (".xunzhang--3.part", false),
            (".xunzhang-12-.part", false),
            (".xunzhang-12-3-4.part", false),
            (".xunzhang-一-3.part", false),
            ("xunzhang-12-3.part", false),
            (".xunzhang-12-3.txt", false),
            ("总结.part", false),
        ] {
            assert_eq!(is_draft_name(name), expected, "{name}");
        }
    }

    #[test]
    fn a_young_draft_is_not_abandoned() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let young = folder.path().join(".xunzhang-1-1.part");
        fs::write(&young, "水渠").expect("a file");
        assert!(!is_abandoned(&young));
        assert!(!is_abandoned(&folder.path().join(".xunzhang-1-2.part")));
        let old = File::options().append(true).open(&young).expect("the file");
        let before = std::time::SystemTime::now() - 2 * ABANDONED;
        old.set_modified(before).expect("a time");
        // As long as a process holds it, it is in use.
        old.lock().expect("a lock");
        assert!(!is_abandoned(&young));
        drop(old);
        assert!(is_abandoned(&young));
    }
}
