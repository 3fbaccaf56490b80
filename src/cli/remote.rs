//! A request of another program that a command answers, instead of a person at a terminal.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use xunzhang::index::Index;

/// What comes with a request, and what its answer is gathered in.
///
/// A request may come from anywhere: it names no files, of the machine that answers. What it sends along is to the command what
/// standard input is to a person's.
pub(crate) struct Remote {
    index: Arc<Index>,
    body: Option<Body>,
    notes: Mutex<Vec<String>>,
    written: Mutex<Vec<u8>>,
}

/// What a request sends along.
#[derive(Debug)]
pub(crate) enum Body {
    /// Text.
    Text(String),
    /// A file, kept here while the request is answered.
    File(PathBuf),
}

impl Remote {
    /// A request to an open index.
    pub(crate) fn new(index: Arc<Index>, body: Option<Body>) -> Self {
        Self {
            index,
            body,
            notes: Mutex::default(),
            written: Mutex::default(),
        }
    }

    /// The index that it is about.
    pub(crate) fn index(&self) -> Arc<Index> {
        Arc::clone(&self.index)
    }

    /// What it sends along.
    pub(crate) fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// Whether it sends something along.
    pub(crate) fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// Keeps what a person would see on standard error.
    pub(crate) fn note(&self, line: &str) {
        lock(&self.notes).push(line.to_owned());
    }

    /// What a person would have seen on standard error, line by line.
    pub(crate) fn notes(&self) -> Vec<String> {
        lock(&self.notes).clone()
    }

    /// Keeps the bytes of the file that was requested.
    pub(crate) fn write(&self, bytes: &[u8]) {
        lock(&self.written).extend_from_slice(bytes);
    }

    /// The bytes of the file that was requested; empty if none was.
    pub(crate) fn written(&self) -> Vec<u8> {
        std::mem::take(&mut *lock(&self.written))
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An index has no short form.
        formatter.debug_struct("Remote").finish_non_exhaustive()
    }
}

/// A line more or less in a list is no reason to give up: what another thread left is whole.
fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
