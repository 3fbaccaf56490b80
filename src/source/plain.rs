//! Paths as people and other programs write them.
//!
//! The system answers the absolute path of a file: on Windows in a form, `\\?\D:\资料`, that reaches every file, whatever its name and
//! however long its path is. The index keeps that form; many programs don't open it, and people never type it.

use std::io;
use std::path::{Path, PathBuf};

/// The absolute path, links followed and folders as they are called.
///
/// # Errors
/// What the system says of a path that it can't reach.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        // Some drives of Windows, such as virtual ones, have files and can't say where they really are.
        Err(_) if cfg!(windows) && path.exists() => std::path::absolute(path).map(full),
        real => real,
    }
}

/// The path without the prefix, if it means the same file; of a share, `\\server\share`.
pub fn plain(path: &Path) -> PathBuf {
    /// Where the system's other form of a path ends.
    const LONGEST: usize = 259;
    let share = path
        .to_str()
        .and_then(|text| text.strip_prefix(r"\\?\UNC\"));
    match share {
        Some(share) if share.chars().count() + 2 <= LONGEST => format!(r"\\{share}").into(),
        // It keeps the prefix where a name needs it: `con.txt`, or one that ends in a dot.
        _ => dunce::simplified(path).to_owned(),
    }
}

/// The path as the system answers it, for one of a file that is gone: it can't be asked.
pub(crate) fn full(path: PathBuf) -> PathBuf {
    let Some(text) = path.to_str().filter(|_| cfg!(windows)) else {
        return path;
    };
    match text.strip_prefix(r"\\") {
        // `\\?\` and `\\.\` are prefixes already.
        Some(rest) if rest.starts_with(['?', '.']) => path,
        Some(share) => format!(r"\\?\UNC\{share}").into(),
        None => format!(r"\\?\{text}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(windows)]
    #[test]
    fn paths_are_shown_without_the_prefix_of_the_system() {
        for (whole, shown) in [
            (r"\\?\D:\资料\省", r"D:\资料\省"),
            (r"\\?\UNC\server\share\资料", r"\\server\share\资料"),
            (r"D:\资料", r"D:\资料"),
        ] {
            assert_eq!(plain(Path::new(whole)), Path::new(shown));
            let expected = if whole.starts_with('D') {
                r"\\?\D:\资料"
            } else {
                whole
            };
            assert_eq!(full(shown.into()), Path::new(expected));
            assert_eq!(full(whole.into()), Path::new(expected));
        }
        // Without it this is the console.
        let reserved = Path::new(r"\\?\D:\资料\con.txt");
        assert_eq!(plain(reserved), reserved);
    }

    #[cfg(not(windows))]
    #[test]
    fn elsewhere_paths_are_as_they_are() {
        for path in ["/资料/省", r"\\?\D:\资料", "con.txt"] {
            assert_eq!(plain(Path::new(path)), Path::new(path));
            assert_eq!(full(path.into()), Path::new(path));
        }
    }
}
