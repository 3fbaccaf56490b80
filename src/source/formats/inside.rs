//! Files inside a file: those of an archive, and those attached to a mail.

use super::source::Source;
use crate::source::raw::{PagePicture, Raw};
use crate::source::records::Keys;
use crate::source::skip::Skip;
use crate::source::warning::Warning;

/// Reads a file inside another. The readers of archives and mails are given it, as they do not know the formats
/// of what they hold.
pub(super) type ReadFile = fn(&[u8], &Source<'_>, &mut dyn FnMut(Raw)) -> Result<(), Skip>;
/// Yields the pages without text of a file inside another.
pub(super) type ReadPictures =
    fn(&[u8], &Source<'_>, &mut dyn FnMut(PagePicture)) -> Result<(), Skip>;

/// The warning about a file inside that yields no document.
pub(super) fn skipped(path: String, skip: &Skip) -> Warning {
    match skip {
        // Pictures have a warning of their own, since recognition may read them.
        Skip::Picture(_) | Skip::OnlyPictures { .. } => Warning::PictureInside(path, skip.clone()),
        _ => Warning::SkippedInside(path, skip.clone()),
    }
}

/// The documents from an archive, or the attachments of a mail.
pub(super) struct Inside<'a> {
    /// The last one, held back for warnings about files after it.
    last: Option<Raw>,
    /// Warnings about files before the first.
    waiting: Vec<Warning>,
    /// A damaged archive may name two files alike.
    keys: Keys,
    read: ReadFile,
    each: &'a mut dyn FnMut(Raw),
}

impl<'a> Inside<'a> {
    /// Reads files with `read`, and sends their documents to `each`.
    pub(super) fn new(read: ReadFile, each: &'a mut dyn FnMut(Raw)) -> Self {
        Self {
            last: None,
            waiting: Vec::new(),
            keys: Keys::default(),
            read,
            each,
        }
    }

    /// Takes a document as it is.
    pub(super) fn take(&mut self, mut raw: Raw) {
        raw.warnings.append(&mut self.waiting);
        if let Some(last) = self.last.replace(raw) {
            (self.each)(last);
        }
    }

    /// Reads the file with this content at `path`, which may unpack to this many bytes more.
    ///
    /// # Errors
    /// [`Skip`] if it yields no document, or cannot be read further.
    pub(super) fn read(
        &mut self,
        content: &[u8],
        path: &str,
        outer: &Source<'_>,
        max_unpacked: u64,
    ) -> Result<(), Skip> {
        let source = outer.inside(path, max_unpacked);
        (self.read)(content, &source, &mut |mut raw| {
            let key = match raw.key {
                Some(key) => format!("{path}#{key}"),
                None => path.to_owned(),
            };
            let (key, repeated) = self.keys.next_key(Some(key));
            raw.key = Some(key);
            raw.warnings.extend(repeated);
            self.take(raw);
        })
    }

    /// Attaches a warning to the last document, or to the first one.
    pub(super) fn warn(&mut self, warning: Warning) {
        match &mut self.last {
            Some(last) => last.warnings.push(warning),
            None => self.waiting.push(warning),
        }
    }

    /// Delivers the last document; false if there was none.
    pub(super) fn finish(&mut self) -> bool {
        match self.last.take() {
            Some(last) => {
                (self.each)(last);
                true
            }
            None => false,
        }
    }
}

/// The picture of a file at `path` in an archive or a mail, with the key that its document has there.
pub(super) fn picture_inside(path: &str, picture: PagePicture) -> PagePicture {
    let key = match &picture.key {
        Some(key) => format!("{path}#{key}"),
        None => path.to_owned(),
    };
    PagePicture {
        key: Some(key),
        ..picture
    }
}
