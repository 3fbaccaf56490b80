//! A file with a secret that only its owner can read.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Characters of the shortest secret that is taken: 128 bits in hexadecimal digits.
const SHORTEST: usize = 32;

/// The secret in the file at `path`; `make` makes one if there is no file.
///
/// # Errors
/// What the system says; [`ErrorKind::PermissionDenied`] of a file that others can read, [`ErrorKind::InvalidData`] of one without a secret that is long enough and in letters and digits.
pub(crate) fn secret(path: &Path, make: impl FnOnce() -> io::Result<String>) -> io::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            check_owner(path)?;
            let text = text.trim();
            let is_good =
                text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_good
                .then(|| text.to_owned())
                .ok_or_else(|| ErrorKind::InvalidData.into())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let made = make()?;
            write(path, &made)?;
            Ok(made)
        }
        Err(error) => Err(error),
    }
}

/// Checks that only its owner can read the file.
#[cfg(unix)]
fn check_owner(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(ErrorKind::PermissionDenied.into())
}

/// Other systems have no such mode: the folder of the file decides.
#[cfg(not(unix))]
fn check_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes a file that is not there yet.
fn write(path: &Path, secret: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{secret}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        let make = || Ok("a1".repeat(32));
        let made = secret(&path, make).expect("a secret");
        assert_eq!(
            secret(&path, || Err(ErrorKind::Other.into())).expect("a secret"),
            made
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path)
                .expect("a file")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_without_a_secret_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        for text in ["", "short", &"渠".repeat(40), &"a b".repeat(20)] {
            let _ = std::fs::remove_file(&path);
            write(&path, text).expect("a file");
            let refused = secret(&path, || Ok(String::new())).map_err(|error| error.kind());
            assert_eq!(refused, Err(ErrorKind::InvalidData), "{text}");
        }
    }
}
