//! Files that are recognized by their first bytes and not read, each with the reason.

use super::{FileKind, Protection, What};

/// The kind of an unsupported file that begins with `bytes`; `None` if it may be supported, or is unknown.
pub(super) fn kind(bytes: &[u8]) -> Option<FileKind> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| starts(magic)) {
        return Some(*kind);
    }
    let at = |offset: usize, magic: &[u8]| {
        bytes
            .get(offset..)
            .is_some_and(|rest| rest.starts_with(magic))
    };
    // Files of the ISO base media format: the brand after `ftyp` separates pictures from films.
    if at(4, b"ftyp") {
        return Some(match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"mif1" | b"avif") => FileKind::Picture(What::HeifImage),
            _ => FileKind::Other(What::Film),
        });
    }
    // The type of a RIFF file follows its size.
    if starts(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Some(FileKind::Picture(What::WebpImage)),
            Some(b"WAVE") => Some(FileKind::Other(What::Sound)),
            Some(b"AVI ") => Some(FileKind::Other(What::Film)),
            _ => None,
        };
    }
    // The header of the first file of a POSIX archive has this mark.
    if at(257, b"ustar") {
        return Some(FileKind::Packed(What::TarArchive));
    }
    // `BM` may begin a text; reserved zeros and the size of one of the headers do not follow by chance.
    let is_bitmap =
        starts(b"BM") && at(6, &[0; 4]) && matches!(bytes.get(14), Some(12 | 40 | 56 | 108 | 124));
    is_bitmap.then_some(FileKind::Picture(What::BmpImage))
}

/// First bytes of files.
const MAGIC: [(&[u8], FileKind); 44] = [
    (b"\x89PNG\r\n", FileKind::Picture(What::PngImage)),
    (b"\xff\xd8\xff", FileKind::Picture(What::JpegImage)),
    (b"GIF8", FileKind::Picture(What::GifImage)),
    (b"II*\0", FileKind::Picture(What::TiffImage)),
    (b"MM\0*", FileKind::Picture(What::TiffImage)),
    (b"\0\0\0\x0cjP  ", FileKind::Picture(What::Jpeg2000Image)),
    (b"AT&TFORM", FileKind::Picture(What::DjvuScan)),
    (b"8BPS", FileKind::Picture(What::PhotoshopImage)),
    (b"Rar!\x1a\x07", FileKind::Packed(What::RarArchive)),
    (
        b"7z\xbc\xaf\x27\x1c",
        FileKind::Packed(What::SevenZipArchive),
    ),
    (b"\x1f\x8b\x08", FileKind::Packed(What::GzipArchive)),
    (b"BZh9", FileKind::Packed(What::Bzip2Archive)),
    (b"\xfd7zXZ\0", FileKind::Packed(What::XzArchive)),
    (b"\x28\xb5\x2f\xfd", FileKind::Packed(What::ZstdArchive)),
    (b"MSCF\0\0\0\0", FileKind::Packed(What::CabArchive)),
    (b"\x60\xea", FileKind::Packed(What::ArjArchive)),
    (b"\xdb\xa5\x2d\0", FileKind::TooOld(What::Word2, ".docx")),
    (b"\x31\xbe\0\0", FileKind::TooOld(What::WordForDos, ".docx")),
    (
        b"\xfe\x37\0",
        FileKind::TooOld(What::WordOfTheEighties, ".docx"),
    ),
    (
        b"\xff\x57\x50\x43",
        FileKind::TooOld(What::WordPerfect, ".docx"),
    ),
    (b"\x01\xfe", FileKind::TooOld(What::Works, ".docx")),
    (
        b"\xff\0\x02\0\x04\x04",
        FileKind::TooOld(What::WorksSpreadsheet, ".xlsx"),
    ),
    (
        b"\0\0\x02\0\x06\x04\x06\0",
        FileKind::TooOld(What::Lotus123, ".xlsx"),
    ),
    (b"\0\0\x1a\0", FileKind::TooOld(What::Lotus123, ".xlsx")),
    (b"\x09\0\x04\0", FileKind::TooOld(What::Excel2, ".xlsx")),
    (b"\x09\x02\x06\0", FileKind::TooOld(What::Excel3, ".xlsx")),
    (b"\x09\x04\x06\0", FileKind::TooOld(What::Excel4, ".xlsx")),
    (b"\x09\x08\x08\0", FileKind::TooOld(What::Excel5, ".xlsx")),
    (
        b"\x0b\xad\xde\xed",
        FileKind::TooOld(What::PowerPoint4, ".pptx"),
    ),
    // Containers of rights management, then the formats of CNKI's own reader, which are not published.
    (b".pfile", FileKind::Protected(Protection::Mip)),
    (b"%TSD-Header-###%", FileKind::Protected(Protection::Office)),
    (b"\x62\x14\x23\x65", FileKind::Protected(Protection::Office)),
    (b"CAJ\0", FileKind::Other(What::CnkiDocument)),
    (b"HN\0\0", FileKind::Other(What::CnkiDocument)),
    (b"KDH ", FileKind::Other(What::CnkiDocument)),
    (b"SQLite format 3\0", FileKind::Other(What::SqliteDatabase)),
    (
        b"\0\x01\0\0Standard ",
        FileKind::Other(What::AccessDatabase),
    ),
    (b"\x7fELF", FileKind::Other(What::Program)),
    (b"MZ\x90\0", FileKind::Other(What::Program)),
    (b"ID3\x03", FileKind::Other(What::Sound)),
    (b"ID3\x04", FileKind::Other(What::Sound)),
    (b"OggS\0", FileKind::Other(What::Sound)),
    (b"\x1aE\xdf\xa3", FileKind::Other(What::Film)),
    (b"!BDN", FileKind::Other(What::OutlookMailbox)),
];

#[cfg(test)]
mod tests;
