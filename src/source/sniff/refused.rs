//! Files that are recognized by their first bytes and not read, each with the reason.

use super::FileKind;

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
            Some(b"heic" | b"heix" | b"mif1" | b"avif") => FileKind::Picture("a HEIF image"),
            _ => FileKind::Other("a film"),
        });
    }
    if starts(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Some(FileKind::Picture("a WebP image")),
            Some(b"WAVE") => Some(FileKind::Other("a sound file")),
            Some(b"AVI ") => Some(FileKind::Other("a film")),
            _ => None,
        };
    }
    if at(257, b"ustar") {
        return Some(FileKind::Packed("a tar archive"));
    }
    // `BM` may begin a text; reserved zeros and the size of one of the headers do not follow by chance.
    let is_bitmap =
        starts(b"BM") && at(6, &[0; 4]) && matches!(bytes.get(14), Some(12 | 40 | 56 | 108 | 124));
    is_bitmap.then_some(FileKind::Picture("a BMP image"))
}

/// First bytes of files.
const MAGIC: [(&[u8], FileKind); 44] = [
    (b"\x89PNG\r\n", FileKind::Picture("a PNG image")),
    (b"\xff\xd8\xff", FileKind::Picture("a JPEG image")),
    (b"GIF8", FileKind::Picture("a GIF image")),
    (b"II*\0", FileKind::Picture("a TIFF image")),
    (b"MM\0*", FileKind::Picture("a TIFF image")),
    (b"\0\0\0\x0cjP  ", FileKind::Picture("a JPEG 2000 image")),
    (b"AT&TFORM", FileKind::Picture("a DjVu scan")),
    (b"8BPS", FileKind::Picture("a Photoshop image")),
    (b"Rar!\x1a\x07", FileKind::Packed("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Packed("a 7z archive")),
    (b"\x1f\x8b\x08", FileKind::Packed("a gzip archive")),
    (b"BZh9", FileKind::Packed("a bzip2 archive")),
    (b"\xfd7zXZ\0", FileKind::Packed("an xz archive")),
    (b"\x28\xb5\x2f\xfd", FileKind::Packed("a zstd archive")),
    (b"MSCF\0\0\0\0", FileKind::Packed("a CAB archive")),
    (b"\x60\xea", FileKind::Packed("an ARJ archive")),
    (
        b"\xdb\xa5\x2d\0",
        FileKind::TooOld("a Word 2 document", ".docx"),
    ),
    (
        b"\x31\xbe\0\0",
        FileKind::TooOld("a Word for DOS or Write document", ".docx"),
    ),
    (
        b"\xfe\x37\0",
        FileKind::TooOld("a Word document of the eighties", ".docx"),
    ),
    (
        b"\xff\x57\x50\x43",
        FileKind::TooOld("a WordPerfect document", ".docx"),
    ),
    (b"\x01\xfe", FileKind::TooOld("a Works document", ".docx")),
    (
        b"\xff\0\x02\0\x04\x04",
        FileKind::TooOld("a Works spreadsheet", ".xlsx"),
    ),
    (
        b"\0\0\x02\0\x06\x04\x06\0",
        FileKind::TooOld("a Lotus 1-2-3 spreadsheet", ".xlsx"),
    ),
    (
        b"\0\0\x1a\0",
        FileKind::TooOld("a Lotus 1-2-3 spreadsheet", ".xlsx"),
    ),
    (
        b"\x09\0\x04\0",
        FileKind::TooOld("an Excel 2 workbook", ".xlsx"),
    ),
    (
        b"\x09\x02\x06\0",
        FileKind::TooOld("an Excel 3 workbook", ".xlsx"),
    ),
    (
        b"\x09\x04\x06\0",
        FileKind::TooOld("an Excel 4 workbook", ".xlsx"),
    ),
    (
        b"\x09\x08\x08\0",
        FileKind::TooOld("an Excel 5 workbook", ".xlsx"),
    ),
    (
        b"\x0b\xad\xde\xed",
        FileKind::TooOld("a PowerPoint 4 presentation", ".pptx"),
    ),
    (
        b".pfile",
        FileKind::Protected("Microsoft Information Protection"),
    ),
    (
        b"%TSD-Header-###%",
        FileKind::Protected("the encryption of its office"),
    ),
    (
        b"\x62\x14\x23\x65",
        FileKind::Protected("the encryption of its office"),
    ),
    (
        b"CAJ\0",
        FileKind::Other("a CNKI document (.caj, .nh, .kdh)"),
    ),
    (
        b"HN\0\0",
        FileKind::Other("a CNKI document (.caj, .nh, .kdh)"),
    ),
    (
        b"KDH ",
        FileKind::Other("a CNKI document (.caj, .nh, .kdh)"),
    ),
    (b"SQLite format 3\0", FileKind::Other("an SQLite database")),
    (
        b"\0\x01\0\0Standard ",
        FileKind::Other("an Access database"),
    ),
    (b"\x7fELF", FileKind::Other("a program")),
    (b"MZ\x90\0", FileKind::Other("a program")),
    (b"ID3\x03", FileKind::Other("a sound file")),
    (b"ID3\x04", FileKind::Other("a sound file")),
    (b"OggS\0", FileKind::Other("a sound file")),
    (b"\x1aE\xdf\xa3", FileKind::Other("a film")),
    (b"!BDN", FileKind::Other("an Outlook mailbox (.pst)")),
];
