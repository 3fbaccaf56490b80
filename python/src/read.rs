//! How files are read: in processes beside this one, so that a bad file cannot harm it.

use std::io::{stdin, stdout};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use xunzhang::source::ReadOptions;
use xunzhang::source::worker::{self, Limits, Workers};

/// What a process of the interpreter runs to read files; its argument is the folder of the package. Ctrl-C is for the parent,
/// which ends its processes itself.
const PROGRAM: &str = "\
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.path.append(sys.argv[1])
from xunzhang._native import read_for_parent
read_for_parent()";

/// Reads what standard input sends until it ends.
#[pyfunction]
pub(crate) fn read_for_parent(py: Python<'_>) -> PyResult<()> {
    py.detach(|| worker::serve(stdin().lock(), stdout().lock()))?;
    Ok(())
}

/// Options that read what is not plain text in processes of this interpreter.
pub(crate) fn options(py: Python<'_>) -> ReadOptions {
    // An interpreter inside another program has no path: files are then read in this process.
    let workers = program(py).ok().filter(|(program, _)| program.is_file());
    let workers = workers.map(|(program, package)| {
        let arguments = vec!["-c".into(), PROGRAM.into(), package.into()];
        Arc::new(Workers::new(program, arguments, Limits::default()))
    });
    ReadOptions {
        workers,
        ..ReadOptions::default()
    }
}

/// The interpreter, and the folder that the package is in.
fn program(py: Python<'_>) -> PyResult<(PathBuf, PathBuf)> {
    let program = py.import("sys")?.getattr("executable")?.extract()?;
    let file: PathBuf = py.import("xunzhang")?.getattr("__file__")?.extract()?;
    let package = file.ancestors().nth(2).unwrap_or(&file);
    Ok((program, package.to_owned()))
}

/// The same for a file that a user names by itself: one that the program wrote is read like any other.
pub(crate) fn options_of_draft(py: Python<'_>) -> ReadOptions {
    ReadOptions {
        reads_own: true,
        ..options(py)
    }
}
