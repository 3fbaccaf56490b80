//! What files are, and what is wrong with them, as data: the names here are for developers and for records of an index.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Defines plain names: each with an identifier that stays, and what it is in English.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $id:literal, $text:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = $text] $variant),+
        }

        impl $name {
            /// All of them, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its identifier, in small letters with hyphens.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id),+
                }
            }

            /// What it is, in English.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named! {
    /// What a file is; its name has an article.
    What {
        Text = "text", "a plain text";
        Markdown = "markdown", "a Markdown text";
        JsonLines = "json-lines", "a JSON Lines file";
        CsvTable = "csv-table", "a CSV table";
        TsvTable = "tsv-table", "a table of tab-separated values";
        Workbook = "workbook", "a workbook";
        Word = "word", "a Word document (.docx)";
        WordXml = "word-xml", "a Word XML document";
        Word97 = "word-97", "a Word 97 or WPS document (.doc, .wps)";
        Pdf = "pdf", "a PDF document";
        Ofd = "ofd", "an OFD document";
        Rtf = "rtf", "an RTF document";
        OpenText = "open-text", "an OpenDocument text";
        PowerPoint = "power-point", "a PowerPoint presentation (.pptx)";
        PowerPoint97 = "power-point-97", "a PowerPoint 97 presentation (.ppt)";
        OpenPresentation = "open-presentation", "an OpenDocument presentation";
        Epub = "epub", "an EPUB book";
        Html = "html", "an HTML page";
        Mail = "mail", "a mail or web archive (.eml, .msg, .mbox, .mht)";
        ZipArchive = "zip-archive", "a ZIP archive";
        EncryptedFile = "encrypted-file", "an encrypted file";
        PngImage = "png-image", "a PNG image";
        JpegImage = "jpeg-image", "a JPEG image";
        GifImage = "gif-image", "a GIF image";
        TiffImage = "tiff-image", "a TIFF image";
        Jpeg2000Image = "jpeg-2000-image", "a JPEG 2000 image";
        DjvuScan = "djvu-scan", "a DjVu scan";
        PhotoshopImage = "photoshop-image", "a Photoshop image";
        HeifImage = "heif-image", "a HEIF image";
        WebpImage = "webp-image", "a WebP image";
        BmpImage = "bmp-image", "a BMP image";
        RarArchive = "rar-archive", "a RAR archive";
        SevenZipArchive = "seven-zip-archive", "a 7z archive";
        GzipArchive = "gzip-archive", "a gzip archive";
        Bzip2Archive = "bzip2-archive", "a bzip2 archive";
        XzArchive = "xz-archive", "an xz archive";
        ZstdArchive = "zstd-archive", "a zstd archive";
        CabArchive = "cab-archive", "a CAB archive";
        ArjArchive = "arj-archive", "an ARJ archive";
        TarArchive = "tar-archive", "a tar archive";
        Word2 = "word-2", "a Word 2 document";
        WordForDos = "word-for-dos", "a Word for DOS or Write document";
        WordOfTheEighties = "word-of-the-eighties", "a Word document of the eighties";
        Word6 = "word-6", "a Word 6 or Word 95 document";
        WordPerfect = "word-perfect", "a WordPerfect document";
        Works = "works", "a Works document";
        WorksSpreadsheet = "works-spreadsheet", "a Works spreadsheet";
        Lotus123 = "lotus-123", "a Lotus 1-2-3 spreadsheet";
        Excel2 = "excel-2", "an Excel 2 workbook";
        Excel3 = "excel-3", "an Excel 3 workbook";
        Excel4 = "excel-4", "an Excel 4 workbook";
        Excel5 = "excel-5", "an Excel 5 workbook";
        PowerPoint4 = "power-point-4", "a PowerPoint 4 presentation";
        PowerPoint95 = "power-point-95", "a PowerPoint 95 presentation";
        Film = "film", "a film";
        Sound = "sound", "a sound file";
        CnkiDocument = "cnki-document", "a CNKI document (.caj, .nh, .kdh)";
        SqliteDatabase = "sqlite-database", "an SQLite database";
        AccessDatabase = "access-database", "an Access database";
        Program = "program", "a program";
        OutlookMailbox = "outlook-mailbox", "an Outlook mailbox (.pst)";
        IWork = "i-work", "a Pages, Numbers or Keynote document";
        OpenDrawing = "open-drawing", "an OpenDocument drawing";
        Office97 = "office-97", "an Office 97 document";
        Xml = "xml", "an XML file";
        Json = "json", "a JSON file that is not JSON Lines";
        SourceCode = "source-code", "a program or its settings";
        NestedArchive = "nested-archive", "an archive in many archives";
        NestedMail = "nested-mail", "a mail in many mails";
        PackedMailText = "packed-mail-text", "text that Outlook packed";
        ManagedPdf = "managed-pdf", "a PDF document under digital rights management (DRM)";
    }
}

named! {
    /// A file of a format that is read and that cannot be made out; its name has no article.
    Damaged {
        Word = "word", "Word document";
        Word97 = "word-97", "Word 97 document";
        Epub = "epub", "EPUB book";
        OpenPresentation = "open-presentation", "OpenDocument presentation";
        PowerPoint97 = "power-point-97", "PowerPoint 97 presentation";
        PowerPoint = "power-point", "PowerPoint presentation";
        OutlookMessage = "outlook-message", "Outlook message";
        Mail = "mail", "mail";
        Workbook = "workbook", "workbook";
        OpenText = "open-text", "OpenDocument text";
        Ofd = "ofd", "OFD document";
        Pdf = "pdf", "PDF document";
        Rtf = "rtf", "RTF document";
        Table = "table", "table";
        JsonLines = "json-lines", "file of JSON Lines";
        ArchivedFile = "archived-file", "file in the archive";
    }
}

named! {
    /// What is wrong with a damaged file.
    Damage {
        TextMissing = "text-missing", "its text is missing";
        TextLost = "text-lost", "its text cannot be found";
        TextUnreadable = "text-unreadable", "none of its text can be read";
        NoSlide = "no-slide", "no slide can be read";
        NoChapter = "no-chapter", "no chapter can be read";
        NoPage = "no-page", "it has no pages that can be read";
        Encryption = "encryption", "its encryption cannot be undone";
        NamelessFonts = "nameless-fonts", "its fonts do not name the characters they show; `index --ocr` recognizes them";
        NotUnpacked = "not-unpacked", "its data cannot be unpacked";
        PartsLost = "parts-lost", "its parts cannot be found";
        PartsMisfit = "parts-misfit", "its parts do not fit together";
        NoObject = "no-object", "no line of it is a JSON object";
        TooManyColumns = "too-many-columns", "it has more columns than any table";
        BadRows = "bad-rows", "its rows cannot be separated";
        NotAWorkbook = "not-a-workbook", "it cannot be read as a workbook";
    }
}

named! {
    /// What lets a file be opened only where somebody has the right to.
    Protection {
        Drm = "drm", "digital rights management (DRM)";
        Irm = "irm", "rights management (IRM)";
        Mip = "mip", "Microsoft Information Protection";
        Office = "office", "the encryption of its office";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Identifiers and names of a list, each of them once.
    #[track_caller]
    fn check(ids: &[&str], names: &[&str]) {
        let distinct = |texts: &[&str]| texts.iter().collect::<BTreeSet<_>>().len() == texts.len();
        assert!(distinct(ids) && distinct(names));
        for id in ids {
            let is_plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(
                id.bytes().all(is_plain) && !id.starts_with('-') && !id.ends_with('-'),
                "{id}"
            );
        }
        assert!(
            names
                .iter()
                .all(|name| !name.is_empty() && !name.ends_with('.'))
        );
    }

    #[test]
    fn identifiers_and_names_are_unique() {
        macro_rules! check_all {
            ($($kind:ident)+) => {$(
                check(
                    &$kind::ALL.iter().map(|one| one.id()).collect::<Vec<_>>(),
                    &$kind::ALL.iter().map(|one| one.name()).collect::<Vec<_>>(),
                );
            )+};
        }
        check_all!(What Damaged Damage Protection);
    }

    #[test]
    fn names_fit_their_sentences() {
        // `is {what}, which …`, but `is a damaged {what}`.
        let has_article = |name: &str| {
            ["a ", "an ", "text "]
                .iter()
                .any(|article| name.starts_with(article))
        };
        assert!(What::ALL.iter().all(|what| has_article(what.name())));
        assert!(!Damaged::ALL.iter().any(|what| has_article(what.name())));
        assert_eq!(What::Pdf.to_string(), "a PDF document");
    }
}
