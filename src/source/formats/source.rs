//! A file as the reader of its format sees it.

use crate::document::SourceMetadata;
use crate::source::names;
use crate::source::options::ReadOptions;

/// A file as its reader sees it.
pub(in crate::source) struct Source<'a> {
    /// The name, without folder.
    pub(super) name: &'a str,
    /// The name without extension, in readable form.
    pub(super) file_stem: String,
    /// The same, if the name was garbled.
    pub(super) repaired: Option<String>,
    pub(super) options: &'a ReadOptions,
    /// Number of bytes that may be unpacked from it.
    pub(super) max_unpacked: u64,
    /// Number of archives around it.
    pub(super) depth: usize,
}

impl<'a> Source<'a> {
    /// The file called `name`.
    pub(in crate::source) fn new(name: &'a str, options: &'a ReadOptions) -> Self {
        // A longer ending, or one in Chinese, is part of the name (`1.总则`).
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 && ending.is_ascii() => {
                stem
            }
            _ => name,
        };
        let repaired = names::repaired(stem);
        Self {
            name,
            file_stem: repaired.clone().unwrap_or_else(|| stem.to_owned()),
            repaired,
            options,
            max_unpacked: options.max_unpacked,
            depth: 0,
        }
    }

    /// Its name, without folder.
    pub(in crate::source) fn name(&self) -> &str {
        self.name
    }

    /// The file at `path` in this one, which may unpack to this many bytes more.
    pub(super) fn inside<'s>(&'s self, path: &'s str, max_unpacked: u64) -> Source<'s> {
        let name = path.rsplit('/').next().unwrap_or_default();
        Source {
            max_unpacked,
            depth: self.depth + 1,
            ..Source::new(name, self.options)
        }
    }

    pub(super) fn given(&self) -> SourceMetadata {
        SourceMetadata {
            file_stem: self.file_stem.clone(),
            ..SourceMetadata::default()
        }
    }
}
