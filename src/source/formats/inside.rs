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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Line, SourceMetadata, Style};
    use crate::source::options::ReadOptions;

    /// Reads each line as a document; several have their numbers as keys.
    fn read_lines(content: &[u8], _: &Source<'_>, each: &mut dyn FnMut(Raw)) -> Result<(), Skip> {
        let text = String::from_utf8_lossy(content);
        if text.is_empty() {
            return Err(Skip::Empty);
        }
        let has_several = text.lines().count() > 1;
        for (number, text) in (1..).zip(text.lines()) {
            let line = Line {
                number,
                text: text.to_owned(),
                style: Style::Plain,
            };
            let key = has_several.then(|| number.to_string());
            let raw = Raw::whole(SourceMetadata::default(), vec![line], 1);
            each(Raw { key, ..raw });
        }
        Ok(())
    }

    /// The keys and the numbers of warnings of what `steps` deliver, and whether that is anything.
    fn delivered(steps: impl FnOnce(&mut Inside<'_>, &Source<'_>)) -> (Vec<(String, usize)>, bool) {
        let options = ReadOptions::default();
        let source = Source::new("档案.zip", &options);
        let mut found = Vec::new();
        let mut each = |raw: Raw| found.push((raw.key.unwrap_or_default(), raw.warnings.len()));
        let mut inside = Inside::new(read_lines, &mut each);
        steps(&mut inside, &source);
        let is_any = inside.finish();
        (found, is_any)
    }

    fn keys(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
        expected
            .iter()
            .map(|&(key, n)| (key.to_owned(), n))
            .collect()
    }

    #[test]
    fn documents_inside_are_known_by_their_paths() {
        let (found, is_any) = delivered(|inside, source| {
            let read = |inside: &mut Inside<'_>, content: &str, path: &str| {
                inside
                    .read(content.as_bytes(), path, source, 1 << 20)
                    .is_ok()
            };
            assert!(read(inside, "甲", "一.txt"));
            assert!(read(inside, "乙\n丙", "二.txt"));
            assert!(!read(inside, "", "空.txt"));
            // A damaged archive names two files alike: both are kept, and the second says so.
            assert!(read(inside, "丁", "一.txt"));
        });
        assert!(is_any);
        let first_four = keys(&[("一.txt", 0), ("二.txt#1", 0), ("二.txt#2", 0)]);
        assert_eq!(found[..3], first_four);
        assert!(
            found[3].0.starts_with("一.txt#") && found[3].1 == 1,
            "{found:?}"
        );
    }

    #[test]
    fn warnings_belong_to_the_document_before_or_to_the_first() {
        let (found, _) = delivered(|inside, source| {
            inside.warn(Warning::Incomplete);
            let _ = inside.read("甲\n乙".as_bytes(), "一.txt", source, 1 << 20);
            inside.warn(Warning::Incomplete);
            inside.warn(Warning::Incomplete);
        });
        assert_eq!(found, keys(&[("一.txt#1", 1), ("一.txt#2", 2)]));
        let (found, is_any) = delivered(|inside, _| inside.warn(Warning::Incomplete));
        assert_eq!((found, is_any), (Vec::new(), false));
    }

    #[test]
    fn pictures_inside_have_a_warning_of_their_own() {
        let warning = |skip: Skip| skipped("一.pdf".to_owned(), &skip);
        let pictures = warning(Skip::OnlyPictures { pages: 2 });
        assert!(matches!(pictures, Warning::PictureInside(path, _) if path == "一.pdf"));
        let empty = warning(Skip::Empty);
        assert!(matches!(empty, Warning::SkippedInside(path, Skip::Empty) if path == "一.pdf"));
    }

    #[test]
    fn the_key_of_a_picture_is_that_of_its_document() {
        let picture = |key: Option<&str>| PagePicture {
            key: key.map(str::to_owned),
            ..PagePicture::new(3, vec![7])
        };
        let found = picture_inside("附件/一.ofd", picture(Some("2")));
        assert_eq!(found.key.as_deref(), Some("附件/一.ofd#2"));
        assert_eq!((found.page, found.bytes), (3, vec![7]));
        let whole = picture_inside("一.pdf", picture(None));
        assert_eq!(whole.key.as_deref(), Some("一.pdf"));
    }
}
