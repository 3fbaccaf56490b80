//! Files that are not read, by their first bytes.

use super::*;

/// First bytes as programs write them.
const SAMPLES: [(&[u8], What); 46] = [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", What::PngImage),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", What::JpegImage),
    (b"\xff\xd8\xff\xe1\0\x10Exif", What::JpegImage),
    (b"GIF89a", What::GifImage),
    (b"GIF87a", What::GifImage),
    (b"II*\0\x08\0\0\0", What::TiffImage),
    (b"MM\0*\0\0\0\x08", What::TiffImage),
    (b"\0\0\0\x0cjP  \r\n", What::Jpeg2000Image),
    (b"AT&TFORM\0\0", What::DjvuScan),
    (b"8BPS\0\x01", What::PhotoshopImage),
    (b"\0\0\0\x18ftypheic", What::HeifImage),
    (b"\0\0\0\x18ftypmif1", What::HeifImage),
    (b"\0\0\0\x18ftypavif", What::HeifImage),
    (b"\0\0\0\x18ftypmp42", What::Film),
    (b"RIFF\0\0\0\0WEBPVP8 ", What::WebpImage),
    (b"RIFF\0\0\0\0WAVEfmt ", What::Sound),
    (b"RIFF\0\0\0\0AVI LIST", What::Film),
    (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", What::BmpImage),
    (b"Rar!\x1a\x07\x01\0", What::RarArchive),
    (b"7z\xbc\xaf\x27\x1c\0\x04", What::SevenZipArchive),
    (b"\x1f\x8b\x08\x08", What::GzipArchive),
    (b"BZh91AY&SY", What::Bzip2Archive),
    (b"\xfd7zXZ\0\0", What::XzArchive),
    (b"\x28\xb5\x2f\xfd\x24", What::ZstdArchive),
    (b"MSCF\0\0\0\0", What::CabArchive),
    (b"\x60\xea\x2b\0", What::ArjArchive),
    (b"\xdb\xa5\x2d\0", What::Word2),
    (b"\x31\xbe\0\0\0\xab", What::WordForDos),
    (b"\xfe\x37\0\x23", What::WordOfTheEighties),
    (b"\xff\x57\x50\x43", What::WordPerfect),
    (b"\x01\xfe\x32", What::Works),
    (b"\xff\0\x02\0\x04\x04", What::WorksSpreadsheet),
    (b"\0\0\x02\0\x06\x04\x06\0", What::Lotus123),
    (b"\0\0\x1a\0\0\x10", What::Lotus123),
    (b"\x09\0\x04\0\x02\0", What::Excel2),
    (b"\x09\x02\x06\0\0\0", What::Excel3),
    (b"\x09\x04\x06\0\0\0", What::Excel4),
    (b"\x09\x08\x08\0\0\x05", What::Excel5),
    (b"\x0b\xad\xde\xed", What::PowerPoint4),
    (b"CAJ\0", What::CnkiDocument),
    (b"SQLite format 3\0", What::SqliteDatabase),
    (b"\0\x01\0\0Standard Jet DB", What::AccessDatabase),
    (b"\x7fELF\x02", What::Program),
    (b"MZ\x90\0\x03", What::Program),
    (b"OggS\0\x02", What::Sound),
    (b"!BDN", What::OutlookMailbox),
];

#[test]
fn files_are_known_by_their_first_bytes() {
    for (bytes, what) in SAMPLES {
        let found = kind(bytes);
        assert_eq!(found.map(FileKind::what), Some(what), "{bytes:?}");
        assert!(
            found.is_some_and(|kind| kind.refusal().is_some()),
            "{what:?}"
        );
        // The name does not matter.
        assert_eq!(super::super::sniff("总结.docx", bytes).what(), what);
    }
}

#[test]
fn a_tar_archive_is_known_by_its_first_header() {
    let mut bytes = vec![b'a'; 512];
    assert_eq!(kind(&bytes), None);
    bytes[257..262].copy_from_slice(b"ustar");
    assert_eq!(kind(&bytes), Some(FileKind::Packed(What::TarArchive)));
    assert_eq!(kind(&bytes[..260]), None);
}

#[test]
fn protection_is_named() {
    for (bytes, by) in [
        (&b".pfile\x02"[..], Protection::Mip),
        (b"%TSD-Header-###%\0", Protection::Office),
        (b"\x62\x14\x23\x65\0", Protection::Office),
    ] {
        assert_eq!(kind(bytes), Some(FileKind::Protected(by)));
    }
}

#[test]
fn texts_are_not_refused() {
    for text in [
        "",
        "一、基本情况",
        "BM机场建设情况",
        "BMW\0\0\0\0\0\0\0\0\0\0\0\0",
        "RIFFRAFF",
        "GIF图片说明",
        "MZ",
        "PK\u{3}\u{4}",
        "%PDF-1.4",
        "{\\rtf1}",
    ] {
        assert_eq!(kind(text.as_bytes()), None, "{text:?}");
    }
}

#[test]
fn no_mark_hides_another() {
    for (ord, (magic, of_kind)) in MAGIC.iter().enumerate() {
        for (other, of_other) in &MAGIC[ord + 1..] {
            let hides = other.starts_with(magic) && of_other != of_kind;
            assert!(!hides, "{magic:?} {other:?}");
        }
        assert_eq!(kind(magic), Some(*of_kind));
    }
}
