//! Pages without text as pictures, for character recognition.

use super::source::Source;
use super::{archive, by_worker, mail, ofd, pdf};
use crate::source::What;
use crate::source::raw::PagePicture;
use crate::source::skip::Skip;
use crate::source::sniff::{self, FileKind};

/// Whether files of this kind may have pages that are pictures.
pub(super) fn may_be(kind: FileKind) -> bool {
    matches!(kind, FileKind::Pdf | FileKind::Ofd | FileKind::Mail) || is_readable(kind)
}

/// Whether it is a picture in a form that programs for character recognition read.
fn is_readable(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Picture(
            What::PngImage
                | What::JpegImage
                | What::Jpeg2000Image
                | What::TiffImage
                | What::BmpImage
        )
    )
}

/// Renders the pages without text, in a separate process if there are any.
pub(super) fn by_process(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    let read = by_worker::pictures(bytes, source, each);
    read.unwrap_or_else(|| pictures(bytes, source, each))
}

/// Yields each page of a document without text as a picture.
///
/// # Errors
/// [`Skip`] if the document cannot be read.
pub(in crate::source) fn pictures(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    /// Maximum depth of nested archives and mails.
    const MAX_DEPTH: usize = 3;
    match sniff::sniff(source.name(), bytes) {
        FileKind::Ofd => ofd::pictures(bytes, source.max_unpacked, each),
        FileKind::Pdf => pdf::pictures(bytes, each),
        FileKind::Mail if source.depth < MAX_DEPTH => mail::pictures(bytes, source, pictures, each),
        FileKind::Archive if source.depth < MAX_DEPTH => {
            archive::pictures(bytes, source, pictures, each)
        }
        kind if is_readable(kind) => {
            each(PagePicture::new(1, bytes.to_owned()));
            Ok(())
        }
        _ => Ok(()),
    }
}
