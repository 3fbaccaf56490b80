//! A file that takes the place of another.

use std::io;
use std::path::Path;
use std::time::Duration;

/// How often it is tried, and how long is waited before the next try: a second in all.
const TRIES: usize = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// Renames a file, over another if there is one.
///
/// On Windows a scanner for viruses, a backup or a preview may hold either file for a moment; it is waited for.
///
/// # Errors
/// What the system says; on Windows, if a file is still held.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    for _ in 1..TRIES {
        match std::fs::rename(from, to) {
            Err(error) if may_pass(&error) => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    std::fs::rename(from, to)
}

/// Whether the file may be held: `ERROR_ACCESS_DENIED`, as which a file that is open answers to a rename, `ERROR_SHARING_VIOLATION` or
/// `ERROR_LOCK_VIOLATION`.
fn may_pass(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_takes_the_place_of_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [new, old] = ["new", "old"].map(|name| folder.path().join(name));
        fs::write(&new, "new").expect("a file");
        fs::write(&old, "old").expect("a file");
        rename(&new, &old).expect("renamed");
        assert_eq!(fs::read_to_string(&old).expect("the file"), "new");
        assert!(rename(&new, &old).is_err());
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_is_held_for_a_moment_is_waited_for() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [new, old] = ["new", "old"].map(|name| folder.path().join(name));
        fs::write(&new, "new").expect("a file");
        fs::write(&old, "old").expect("a file");
        let hold = || {
            let mut options = fs::OpenOptions::new();
            options.read(true).share_mode(0);
            options.open(&old).expect("the file")
        };
        let held = hold();
        assert!(rename(&new, &old).is_err());
        drop(held);
        let held = hold();
        let waiting = std::thread::spawn(move || {
            std::thread::sleep(3 * PAUSE);
            drop(held);
        });
        rename(&new, &old).expect("renamed");
        waiting.join().expect("the other program");
    }
}
