//! A program that recognizes characters, and the pages that it has read.

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::layout;
use super::layout::without_gaps;
use super::process::{limited, within};
use super::rapid::Rapid;
use crate::task::Cancel;

/// A program that recognizes characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// RapidOCR, a package of the Python at this path.
    RapidOcr(PathBuf),
    /// tesseract at this path, with its data for simplified Chinese.
    Tesseract(PathBuf),
}

impl Engine {
    /// Part of the key under which the lines of a page are stored: another program reads them again.
    fn name(&self) -> &'static str {
        match self {
            Self::RapidOcr(_) => "rapidocr",
            Self::Tesseract(_) => "tesseract",
        }
    }
}

/// Loads the lines of a page by its key.
pub type Load = dyn Fn(&str) -> Option<Vec<String>> + Send + Sync;
/// Stores the lines of a page under its key.
pub type Store = dyn Fn(&str, &[String]) + Send + Sync;

/// Storage for the lines of pages, by a key of hexadecimal digits.
pub struct Pages {
    /// The lines of a page; `None` if it was not read.
    pub load: Box<Load>,
    /// Stores the lines of a page.
    pub store: Box<Store>,
}

/// Reads pictures of pages.
pub struct Recognizer {
    program: Arc<Program>,
    /// Keys of the pages that were read, or found in storage.
    used: Mutex<Vec<String>>,
    /// Leaves the other pages unread.
    cancel: Cancel,
}

struct Program {
    engine: Engine,
    pages: Pages,
    /// The running program; it takes seconds to start.
    rapid: Mutex<Option<Rapid>>,
}

impl fmt::Debug for Recognizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recognizer({:?})", self.program.engine)
    }
}

impl Recognizer {
    /// Reads with `engine` the pages that are not in `pages`.
    pub fn new(engine: Engine, pages: Pages) -> Self {
        let rapid = Mutex::new(None);
        Self {
            program: Arc::new(Program {
                engine,
                pages,
                rapid,
            }),
            used: Mutex::default(),
            cancel: Cancel::default(),
        }
    }

    /// The same program, with a list of its own of the pages used ([`Self::used`]); it reads no more pages once `cancel` says so.
    #[must_use]
    pub fn for_file(&self, cancel: &Cancel) -> Self {
        Self {
            program: Arc::clone(&self.program),
            used: Mutex::default(),
            cancel: cancel.clone(),
        }
    }

    /// The keys of the pages that were read or found in storage, each once, in order.
    pub fn used(&self) -> Vec<String> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.sort();
        used.dedup();
        used.clone()
    }

    /// The lines on a picture in PNG, JPEG, TIFF or BMP, from top to bottom; `None` if the program fails on
    /// it.
    pub(in crate::source) fn lines(&self, picture: &[u8]) -> Option<Vec<String>> {
        let mut hasher = blake3::Hasher::new();
        let Program { engine, pages, .. } = &*self.program;
        hasher.update(engine.name().as_bytes()).update(picture);
        // 128 bits of the hash are enough to name a page.
        let key = hasher.finalize().to_hex()[..32].to_owned();
        let lines = match (pages.load)(&key) {
            Some(lines) => lines,
            // A page takes seconds, a scanned book hundreds of them.
            None if self.cancel.is_cancelled() => return None,
            None => {
                let lines = self.program.read(picture)?;
                (pages.store)(&key, &lines);
                lines
            }
        };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.push(key);
        Some(lines)
    }
}

impl Program {
    fn read(&self, picture: &[u8]) -> Option<Vec<String>> {
        match &self.engine {
            Engine::RapidOcr(python) => self.by_rapid(python, picture),
            Engine::Tesseract(program) => by_tesseract(program, picture),
        }
    }

    fn by_rapid(&self, python: &Path, picture: &[u8]) -> Option<Vec<String>> {
        // One page at a time: the program itself uses every processor.
        let mut running = self.rapid.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rapid = match running.take() {
            Some(rapid) => rapid,
            // Taken out while it runs, so that a program that failed is not used again.
            None => Rapid::start(python)?,
        };
        let boxes = rapid.read(picture)?;
        *running = Some(rapid);
        Some(layout::lines(boxes))
    }
}

fn by_tesseract(program: &Path, picture: &[u8]) -> Option<Vec<String>> {
    let arguments = ["stdin", "stdout", "-l", "chi_sim"];
    let mut child = limited(program, &arguments).spawn().ok()?;
    let (mut input, mut output) = child.stdin.take().zip(child.stdout.take())?;
    let child = Mutex::new(child);
    let text = within(&child, || {
        // It reads all of its input before it writes.
        input.write_all(picture).ok()?;
        drop(input);
        let mut text = Vec::new();
        output.read_to_end(&mut text).ok()?;
        Some(text)
    });
    let mut child = child.into_inner().unwrap_or_else(PoisonError::into_inner);
    let is_done = child.wait().is_ok_and(|status| status.success());
    let text = text.filter(|_| is_done)?;
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(|line| without_gaps(line.trim()));
    Some(lines.filter(|line| !line.is_empty()).collect())
}
