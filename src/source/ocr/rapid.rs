//! RapidOCR, which stays running from page to page.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::{Mutex, PoisonError};

use super::layout::TextBox;
use super::process::{limited, within};

/// The script that drives RapidOCR.
const SCRIPT: &str = include_str!("engine.py");

/// A running program.
pub(super) struct Rapid {
    child: Mutex<Child>,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Rapid {
    /// Starts the program; `None` if that fails.
    pub(super) fn start(python: &Path) -> Option<Self> {
        let mut child = limited(python, &["-c", SCRIPT]).spawn().ok()?;
        let (input, output) = child.stdin.take().zip(child.stdout.take())?;
        Some(Self {
            child: Mutex::new(child),
            input,
            output: BufReader::new(output),
        })
    }

    /// The pieces of text on a picture; `None` if the program fails, after which it is unusable.
    pub(super) fn read(&mut self, picture: &[u8]) -> Option<Vec<TextBox>> {
        let Self {
            child,
            input,
            output,
        } = self;
        let len = u32::try_from(picture.len()).ok()?;
        let line = within(child, || {
            // The protocol of `engine.py`: the length in four bytes, the picture, and one line of JSON in
            // return.
            input.write_all(&len.to_be_bytes()).ok()?;
            input.write_all(picture).ok()?;
            input.flush().ok()?;
            let mut line = String::new();
            output.read_line(&mut line).ok()?;
            Some(line)
        })?;
        serde_json::from_str(&line).ok()
    }
}

impl Drop for Rapid {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        // Waited for, so that no zombie is left.
        let _ = child.wait();
    }
}
