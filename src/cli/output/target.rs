//! A file that a command is about to write, checked before the work and once more before it is replaced.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use xunzhang::index::Index;
use xunzhang::source::mark::{self, Form};
use xunzhang::source::plain;

use super::place::{FileId, index_around, resolve};
use super::refusal::{Refusal, Why};
use super::write;
use crate::cli::remote::Remote;

/// Bytes of the largest file that is looked at for a mark; one of ours is smaller, and it is held in memory.
const LARGEST: u64 = 1 << 30;

/// What a command must not write to.
pub(super) struct Guard<'a> {
    /// Folder of its index.
    pub(super) index: &'a Path,
    /// Files that it reads; `-` is standard input.
    pub(super) inputs: &'a [&'a Path],
    /// Whether other files may be replaced.
    pub(super) overwrite: bool,
}

/// A file that may be written to.
#[derive(Debug)]
pub(crate) struct Target {
    /// As it was given.
    path: PathBuf,
    /// Where it really is.
    real: PathBuf,
    form: Form,
    /// The file that is there.
    id: Option<FileId>,
    before: State,
    /// The request that gets the bytes instead of a file.
    remote: Option<Arc<Remote>>,
}

/// What is seen of a file without reading it: length and time of the last change; `None` without one.
type State = Option<(u64, Option<SystemTime>)>;

fn state(path: &Path) -> State {
    let found = fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()))
}

impl Target {
    /// Checks all that can be checked without the index.
    pub(super) fn check(path: &Path, form: Form, guard: &Guard<'_>) -> Result<Self, Refusal> {
        let refuse = |why| Refusal::new(path, why);
        let real = resolve(path)?;
        // Checked first, and even with `--overwrite`: a foreign file in its folder can cost an index.
        if let Some(dir) = index_around(&real, guard.index) {
            return Err(refuse(Why::InIndex(dir)));
        }
        let id = FileId::of(&real);
        let target = Self {
            path: path.into(),
            before: state(&real),
            real,
            form,
            id,
            remote: None,
        };
        let of_input = |input: &&Path| match input.to_str() {
            Some("-") => FileId::of_input(),
            _ => FileId::of(input),
        };
        // An input that does not exist has no identity; it is reported when it is read.
        let mut inputs = guard.inputs.iter().filter_map(of_input);
        if inputs.any(|input| target.id == Some(input)) {
            return Err(refuse(Why::Input));
        }
        if target.id.is_some() {
            target.check_old(guard.overwrite)?;
        }
        // A folder without permission is found before the work, not after it.
        write::probe(&target.real).map_err(|error| refuse(Why::System(error)))?;
        Ok(target)
    }

    /// The answer to a request: nothing is written on this machine, and `path` is a name alone.
    pub(super) fn remote(path: &Path, form: Form, remote: &Arc<Remote>) -> Self {
        Self {
            path: path.into(),
            real: PathBuf::new(),
            form,
            id: None,
            before: None,
            remote: Some(Arc::clone(remote)),
        }
    }

    /// Checks the file that is there.
    fn check_old(&self, overwrite: bool) -> Result<(), Refusal> {
        let refuse = |why| Err(Refusal::new(&self.path, why));
        // A rename needs the permission of the folder only, and would replace a protected file.
        let is_protected = fs::metadata(&self.real).is_ok_and(|old| old.permissions().readonly());
        if is_protected {
            return refuse(Why::Protected);
        }
        if overwrite {
            return Ok(());
        }
        let is_small = self.before.is_some_and(|(len, _)| len <= LARGEST);
        let old = is_small.then(|| fs::read(&self.real)).and_then(Result::ok);
        match old {
            // Some forms have nothing to carry a mark where nothing was found; of an empty file nothing is lost.
            Some(old) if old.is_empty() || mark::is_as_written(self.form, &old) => Ok(()),
            // It holds what somebody changed, which exists nowhere else.
            Some(old) if mark::form_of(&old) == Some(self.form) => refuse(Why::Edited),
            _ => refuse(Why::Foreign(self.form.extension())),
        }
    }

    /// Checks that the index was not built from this file.
    pub(super) fn check_sources(&self, index: &Index) -> anyhow::Result<()> {
        if self.remote.is_some() {
            return Ok(());
        }
        let real = plain(&self.real);
        let is_this = |source: &PathBuf| {
            // A source that was deleted has no identity, and is known by its path alone.
            *source == real || (self.id.is_some() && FileId::of(source) == self.id)
        };
        if index.source_files()?.iter().any(is_this) {
            return Err(Refusal::new(&self.path, Why::Source).into());
        }
        Ok(())
    }

    /// Whether both are one file, or would be where case makes no difference in names.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let folded = |path: &Path| path.to_string_lossy().to_lowercase();
        folded(&self.real) == folded(&other.real) || (self.id.is_some() && self.id == other.id)
    }

    /// Refuses `self` because of another output to the same place.
    pub(super) fn refuse_twice(&self) -> Refusal {
        Refusal::new(&self.path, Why::Twice)
    }

    /// Its path as it was given.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What it is written as.
    pub(crate) fn form(&self) -> Form {
        self.form
    }

    /// Writes the file with the mark of its form, whole or not at all.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Refusal> {
        let bytes = mark::stamp(self.form, bytes);
        match &self.remote {
            Some(remote) => remote.write(&bytes),
            None => self.replace(|file| file.write_all(&bytes))?,
        }
        Ok(())
    }

    /// The same for a JSON object with members that `render` writes piece by piece: a file of it is never in memory as a whole.
    pub(crate) fn write_json(
        &self,
        render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Refusal> {
        let Some(remote) = &self.remote else {
            return self.replace(|file| mark::stamp_json(file, render));
        };
        let mut bytes = io::Cursor::new(Vec::new());
        let done = mark::stamp_json(&mut bytes, render);
        done.map_err(|error| Refusal::new(&self.path, Why::System(error)))?;
        remote.write(bytes.get_ref());
        Ok(())
    }

    fn replace(&self, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Refusal> {
        let refuse = |why| Refusal::new(&self.path, why);
        // The work may have taken an hour, in which another program wrote here.
        if state(&self.real) != self.before || FileId::of(&self.real) != self.id {
            return Err(refuse(Why::Changed));
        }
        write::replace(&self.real, fill).map_err(|error| refuse(Why::System(error)))
    }
}
