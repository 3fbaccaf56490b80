//! The files that are being written, and how to end that.
//!
//! The engine's merges outlive its writer: after a failed or cancelled update one of gigabytes would go on for minutes, and leave
//! its files. Once writing is ended, every write fails, so that the writer gives up.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::directory::error::OpenWriteError;
use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};

/// How long is waited for what is being written: a writer that computes for longer leaves its files to the next update.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is being written to one index; clones are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    is_ended: bool,
    n_open: usize,
}

impl Writing {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn go_on(&self) -> io::Result<()> {
        match self.state().is_ended {
            true => Err(io::Error::other("writing was ended")),
            false => Ok(()),
        }
    }

    /// Lets every write fail from now on.
    pub(super) fn end(&self) {
        self.state().is_ended = true;
    }

    /// The same, and waits until no file is open for writing, nor will be.
    pub(super) fn end_and_wait(&self) {
        self.end();
        let is_open = |state: &mut State| state.n_open > 0;
        // Whether it waited in vain changes nothing.
        let _ = self.0.1.wait_timeout_while(self.state(), PATIENCE, is_open);
    }

    /// A file that can be ended.
    pub(super) fn open(
        &self,
        path: &Path,
        open: impl FnOnce() -> Result<WritePtr, OpenWriteError>,
    ) -> Result<WritePtr, OpenWriteError> {
        // Counted before it is made: nothing appears in the folder after the last one is closed.
        self.state().n_open += 1;
        let counted = Counted(self.clone());
        self.go_on()
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let inner = open()?;
        let file = Open {
            inner,
            writing: counted,
        };
        Ok(WritePtr::new(Box::new(file)))
    }
}

/// One of the open files.
struct Counted(Writing);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.state().n_open -= 1;
        self.0.0.1.notify_all();
    }
}

/// A file that is written until writing is ended; closed before it is no longer counted.
struct Open {
    inner: WritePtr,
    writing: Counted,
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writing.0.go_on()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writing.0.go_on()?;
        self.inner.flush()
    }
}

impl TerminatingWrite for Open {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.writing.0.go_on()?;
        self.inner.terminate_ref(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::{Directory, RamDirectory};

    #[test]
    fn what_is_ended_is_neither_written_nor_begun() {
        let (ram, writing) = (RamDirectory::create(), Writing::default());
        let path = |name: &'static str| Path::new(name);
        let open = |name| writing.open(path(name), || ram.open_write(path(name)));
        let mut whole = open("whole").expect("a file");
        whole.write_all(b"text").expect("written");
        whole.terminate().expect("written");
        let mut begun = open("begun").expect("a file");
        begun.write_all(b"text").expect("held back");
        writing.end();
        assert!(begun.flush().is_err());
        assert!(open("late").is_err());
        assert!(!ram.exists(path("late")).expect("known"));
        assert_eq!(ram.atomic_read(path("whole")).expect("a file"), b"text");
        std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(20));
                drop(begun);
            });
            writing.end_and_wait();
            assert_eq!(writing.state().n_open, 0);
        });
    }
}
