//! Where a file would really be written, and whether that is a place that is not to be written to.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use xunzhang::index::is_index_folder;
use xunzhang::source;

use super::refusal::{Refusal, Why};

/// The identity of a file, whatever its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

impl FileId {
    /// That of the file at `path`, links followed; `None` if it does not exist.
    pub(super) fn of(path: &Path) -> Option<Self> {
        // Device and number: two hard links of one file have different paths.
        #[cfg(unix)]
        return Some(Self::of_metadata(&fs::metadata(path).ok()?));
        #[cfg(windows)]
        return Self::of_handle(winapi_util::Handle::from_path_any(path).ok()?);
    }

    #[cfg(windows)]
    fn of_handle(handle: impl winapi_util::AsHandleRef) -> Option<Self> {
        let found = winapi_util::file::information(handle).ok()?;
        Some(Self(found.volume_serial_number(), found.file_index()))
    }

    #[cfg(unix)]
    fn of_metadata(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(metadata.dev(), metadata.ino())
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
        #[cfg(windows)]
        {
            use winapi_util::{HandleRef, file};
            let is_file = file::typ(HandleRef::stdin()).is_ok_and(|found| found.is_disk());
            is_file.then(|| Self::of_handle(HandleRef::stdin()))?
        }
    }
}

/// The path of the file itself: links followed, folders as they are really called.
///
/// # Errors
/// A [`Refusal`] if it is a folder, a device, a link to nothing, or its folder does not exist.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Refusal> {
    let refuse = |why| Refusal::new(path, why);
    if path.file_name().is_some_and(is_device) {
        return Err(refuse(Why::NotAFile));
    }
    let name = match path.file_name() {
        // `file_name` takes `a/` for `a`.
        Some(name) if !ends_in_separator(path) => name,
        _ => return Err(refuse(Why::Folder)),
    };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(refuse(Why::Folder)),
        // Files are replaced by renaming, which would make a file of a device.
        Ok(found) if !found.is_file() => Err(refuse(Why::NotAFile)),
        Ok(_) => source::real(path).map_err(|error| refuse(Why::System(error))),
        // To write would either replace the link or create what it leads to, and neither is surely meant.
        Err(_) if path.is_symlink() => Err(refuse(Why::Dangling)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            match source::real(folder) {
                // Windows does not say that it is a file.
                Ok(folder) if folder.is_dir() => Ok(folder.join(name)),
                _ => Err(refuse(Why::NoFolder(folder.into()))),
            }
        }
        // The folder of the path is itself a file.
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(refuse(Why::NoFolder(path.parent().unwrap_or(path).into())))
        }
        Err(error) => Err(refuse(Why::System(error))),
    }
}

/// Whether Windows takes the name for a device, or for another name: `con.csv`, or one that ends in a dot. A file that has it anyway
/// can't be opened or removed by most programs.
fn is_device(name: &OsStr) -> bool {
    let whole = Path::new(r"\\?\C:\").join(name);
    cfg!(windows) && dunce::simplified(&whole) == whole
}

/// `a/` names a folder, whether there is one or not.
fn ends_in_separator(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    last.is_some_and(|byte| std::path::is_separator(char::from(*byte)))
}

/// The folder of an index that `real` is in, `own` or another one.
pub(super) fn index_around(real: &Path, own: &Path) -> Option<PathBuf> {
    let own = source::real(own).ok();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    fn write(path: &Path, text: &str) {
        fs::write(path, text).expect("a file");
    }

    /// The sentence by which a path is refused.
    fn refused(path: &Path) -> String {
        let refusal = resolve(path).expect_err("a refusal");
        refusal.sentence(crate::cli::messages::Lang::En)
    }

    #[test]
    fn a_folder_is_no_file_to_write() {
        let folder = folder();
        let inside = folder.path().join("总结");
        let with_separator = format!("{}/", inside.display());
        // Whether it exists or not, the separator says that a folder is meant.
        let missing = refused(Path::new(&with_separator));
        fs::create_dir(&inside).expect("a folder");
        assert_eq!(refused(Path::new(&with_separator)), missing);
        let as_file = refused(&inside);
        assert!(
            missing.contains("folder") && as_file.contains("folder"),
            "{missing} {as_file}"
        );
    }

    #[test]
    fn a_new_file_is_in_its_real_folder() {
        let folder = folder();
        let real = folder.path().canonicalize().expect("a real path");
        let inside = folder.path().join("甲");
        fs::create_dir(&inside).expect("a folder");
        for (path, expected) in [
            ("a.csv", real.join("a.csv")),
            ("甲/../a.csv", real.join("a.csv")),
            ("./甲/b.csv", real.join("甲").join("b.csv")),
        ] {
            let found = resolve(&folder.path().join(path)).expect("a place");
            assert_eq!(found, expected, "{path}");
        }
        let nowhere = folder.path().join("无/a.csv");
        assert!(refused(&nowhere).contains("无"));
        // A file is no folder either.
        write(&folder.path().join("b.txt"), "");
        assert!(refused(&folder.path().join("b.txt/a.csv")).contains("b.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_lead_somewhere() {
        use std::os::unix::fs::symlink;
        let folder = folder();
        let [file, link, broken] = ["a.csv", "b.csv", "c.csv"].map(|name| folder.path().join(name));
        write(&file, "");
        symlink(&file, &link).expect("a link");
        symlink(folder.path().join("无"), &broken).expect("a link");
        let real = file.canonicalize().expect("a real path");
        assert_eq!(resolve(&link).expect("a place"), real);
        assert!(refused(&broken).contains("link"));
        assert!(!refused(Path::new("/dev/null")).contains("link"));
    }

    #[test]
    fn two_names_of_one_file_are_one_file() {
        let folder = folder();
        let [first, second, other] = ["a", "b", "c"].map(|name| folder.path().join(name));
        write(&first, "水渠");
        write(&other, "水渠");
        fs::hard_link(&first, &second).expect("a hard link");
        assert_eq!(FileId::of(&first), FileId::of(&second));
        assert_ne!(FileId::of(&first), FileId::of(&other));
        assert_eq!(FileId::of(&folder.path().join("无")), None);
    }

    #[test]
    fn a_file_below_an_index_is_inside_it() {
        let folder = folder();
        let root = folder.path().canonicalize().expect("a real path");
        let [own, foreign, plain] = ["own", "foreign", "plain"].map(|name| root.join(name));
        for folder in [&own, &foreign, &plain] {
            fs::create_dir_all(folder.join("甲")).expect("folders");
        }
        write(&foreign.join("meta.json"), "{\"segments\": []}");
        // Another program's file of that name lists no segments.
        write(&plain.join("meta.json"), "{\"parts\": []}");
        for (file, expected) in [
            (own.join("a.csv"), Some(&own)),
            (own.join("甲/a.csv"), Some(&own)),
            (foreign.join("甲/a.csv"), Some(&foreign)),
            (plain.join("甲/a.csv"), None),
            // The folder itself is not inside itself.
            (own.clone(), None),
            (root.join("own.csv"), None),
        ] {
            assert_eq!(
                index_around(&file, &own).as_ref(),
                expected,
                "{}",
                file.display()
            );
        }
        write(&plain.join(".managed.json"), "[]");
        assert_eq!(index_around(&plain.join("a.csv"), &own), Some(plain));
    }
}
