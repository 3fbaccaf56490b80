//! The kind of a file: by its content first, by the extension of its name second, since extensions are often
//! wrong.

mod mail;
mod refused;

use std::io::{Cursor, Read};

use memchr::memmem;

use super::decode;
use super::package::Package;
use super::skip::Skip;
use super::what::{Protection, What};

/// The kind of a file, as far as reading is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// One JSON object on each line.
    JsonLines,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A workbook: `.xlsx`, `.xls`, `.xlsb` or `.ods`.
    Workbook,
    /// A Word document of 2007 or later (`.docx`).
    Docx,
    /// A Word document in a single XML file, of Word 2003 or later.
    WordXml,
    /// A Word document of 97 to 2003 or a WPS document (`.doc`, `.wps`).
    Doc,
    /// A PDF document.
    Pdf,
    /// An OFD document (GB/T 33190).
    Ofd,
    /// An RTF document.
    Rtf,
    /// An OpenDocument text.
    Odt,
    /// A PowerPoint presentation of 2007 or later (`.pptx`).
    Pptx,
    /// A PowerPoint presentation of 97 to 2003 (`.ppt`, `.dps`).
    Ppt,
    /// An OpenDocument presentation.
    Odp,
    /// An EPUB book.
    Epub,
    /// An HTML page.
    Html,
    /// A mail (`.eml`) or web archive (`.mht`).
    Mail,
    /// A ZIP archive of files.
    Archive,
    /// A picture.
    Picture(What),
    /// An archive that is not unpacked.
    Packed(What),
    /// A document of a program too old to be read, and the ending of what it is to be saved as.
    TooOld(What, &'static str),
    /// A file that only the programs of those open it who may; what protects it.
    Protected(Protection),
    /// An Office document that needs a password.
    Encrypted,
    /// Something else that is not read.
    Other(What),
}

impl FileKind {
    /// What it is, for those who do not know the kinds.
    pub fn what(self) -> What {
        match self {
            Self::Text => What::Text,
            Self::Markdown => What::Markdown,
            Self::JsonLines => What::JsonLines,
            Self::Csv => What::CsvTable,
            Self::Tsv => What::TsvTable,
            Self::Workbook => What::Workbook,
            Self::Docx => What::Word,
            Self::WordXml => What::WordXml,
            Self::Doc => What::Word97,
            Self::Pdf => What::Pdf,
            Self::Ofd => What::Ofd,
            Self::Rtf => What::Rtf,
            Self::Odt => What::OpenText,
            Self::Pptx => What::PowerPoint,
            Self::Ppt => What::PowerPoint97,
            Self::Odp => What::OpenPresentation,
            Self::Epub => What::Epub,
            Self::Html => What::Html,
            Self::Mail => What::Mail,
            Self::Archive => What::ZipArchive,
            Self::Protected(_) | Self::Encrypted => What::EncryptedFile,
            Self::Picture(what)
            | Self::Packed(what)
            | Self::TooOld(what, _)
            | Self::Other(what) => what,
        }
    }

    /// The extensions of such files.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text | Self::Markdown | Self::JsonLines | Self::Csv | Self::Tsv => &[
                "txt", "text", "md", "markdown", "jsonl", "ndjson", "csv", "tsv", "tab",
            ],
            Self::Workbook => &["xlsx", "xlsm", "xltx", "xls", "xlsb", "xlt", "ods", "et"],
            Self::Docx => &["docx", "docm", "dotx", "dotm"],
            Self::WordXml => &["xml"],
            Self::Doc => &["doc", "dot", "wps", "wpt"],
            Self::Pdf => &["pdf"],
            Self::Ofd => &["ofd"],
            Self::Rtf => &["rtf"],
            Self::Odt => &["odt", "ott", "fodt"],
            Self::Epub => &["epub"],
            Self::Pptx => &["pptx", "pptm", "ppsx", "ppsm", "potx", "potm"],
            Self::Ppt => &["ppt", "pps", "pot", "dps", "dpt"],
            Self::Odp => &["odp", "otp", "fodp"],
            Self::Html => &["html", "htm", "xhtml", "shtml"],
            Self::Mail => &["eml", "msg", "mbox", "mht", "mhtml"],
            Self::Archive => &["zip"],
            Self::Picture(_)
            | Self::Packed(_)
            | Self::TooOld(..)
            | Self::Protected(_)
            | Self::Encrypted
            | Self::Other(_) => &[],
        }
    }

    /// Why it is not read; `None` if it is.
    pub fn refusal(self) -> Option<Skip> {
        Some(match self {
            Self::Picture(what) => Skip::Picture(what),
            Self::Packed(what) => Skip::Packed(what),
            Self::TooOld(what, ending) => Skip::TooOld {
                what,
                ending: ending.into(),
            },
            Self::Protected(by) => Skip::Protected(by),
            Self::Encrypted => Skip::Encrypted,
            Self::Other(what) => Skip::Unsupported(what),
            _ => return None,
        })
    }

    /// Whether the file's extension is that of another kind that is supported.
    pub fn is_misnamed(self, name: &str) -> bool {
        let ending = ending(name);
        // Plain texts may have any extension; only one that promises another format is reported.
        let means = |kind: &Self| kind.endings().contains(&&*ending);
        !means(&self) && READ.iter().any(means)
    }
}

/// The kinds with extensions of their own.
const READ: [FileKind; 15] = [
    FileKind::Text,
    FileKind::Workbook,
    FileKind::Docx,
    FileKind::Doc,
    FileKind::Pdf,
    FileKind::Ofd,
    FileKind::Rtf,
    FileKind::Odt,
    FileKind::Pptx,
    FileKind::Ppt,
    FileKind::Odp,
    FileKind::Epub,
    FileKind::Html,
    FileKind::Mail,
    FileKind::Archive,
];

/// The kind of the file called `name`, from its bytes; a container requires all of them, other files the
/// first few thousand.
pub fn sniff(name: &str, bytes: &[u8]) -> FileKind {
    if is_zip(bytes) {
        return zip_kind(name, bytes);
    }
    if bytes.starts_with(OLE) {
        return ole_kind(name, bytes);
    }
    if is_pdf(name, bytes) {
        return FileKind::Pdf;
    }
    // Text formats may begin with blanks or a byte order mark.
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if start.starts_with(b"{\\rtf") {
        return FileKind::Rtf;
    }
    refused::kind(bytes).unwrap_or_else(|| text_kind(name, bytes))
}

/// Whether `bytes` begin like a ZIP archive, which `.docx`, `.xlsx` and many others are.
pub fn is_zip(bytes: &[u8]) -> bool {
    // A local file header, or the end record of an empty archive (APPNOTE 4.3.7 and 4.3.16).
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether `bytes` begin like an archive or a compound file, whose kind depends on the whole content.
pub fn is_container(bytes: &[u8]) -> bool {
    is_zip(bytes) || bytes.starts_with(OLE)
}

/// Whether a file is a compound file, like those of Office 97 and Outlook.
pub fn is_ole(bytes: &[u8]) -> bool {
    bytes.starts_with(OLE)
}

/// First bytes of compound files, the container of Office 97.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Number of bytes in which a PDF document may begin (PDF 1.7, appendix H.3.4.1).
const PDF_HEAD: usize = 1024;

fn is_pdf(name: &str, bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_HEAD)];
    let at = memmem::find(head, b"%PDF-");
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xef | 0xbb | 0xbf);
    // A text about PDF may contain the mark too; without the extension only blanks may precede it.
    at.is_some_and(|at| ending(name) == "pdf" || head[..at].iter().all(is_blank))
}

/// Parts that decide the kind of a package; prefixes, since programs also write names like `word/document2.xml`.
const MAIN_PARTS: [(&str, FileKind); 4] = [
    ("word/document", FileKind::Docx),
    ("xl/workbook", FileKind::Workbook),
    ("ppt/presentation", FileKind::Pptx),
    ("OFD.xml", FileKind::Ofd),
];

fn zip_kind(name: &str, bytes: &[u8]) -> FileKind {
    // The parts decide before the declared type: programs copy `mimetype` from templates.
    // 64 KB: of all parts, only `mimetype` is read here.
    let mut package = Package::open(bytes, 1 << 16);
    let has = |part: &str| {
        let mut names = package.names();
        names.any(|name| {
            // Names of parts in Office packages do not depend on case.
            name.get(..part.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(part))
        })
    };
    if let Some((_, kind)) = MAIN_PARTS.iter().find(|(part, _)| has(part)) {
        return *kind;
    }
    // iWork stores its content as `.iwa` archives, which are not documented.
    if has("Index/Document.iwa") || has("Index.zip") {
        return FileKind::Other(What::IWork);
    }
    let is_book = has("META-INF/container.xml");
    // Fonts alone may be obfuscated without it.
    let is_locked = has("META-INF/rights.xml") || has("META-INF/sinf.xml");
    if is_book && is_locked && has("META-INF/encryption.xml") {
        return FileKind::Protected(Protection::Drm);
    }
    let has_content = has("content.xml");
    let is_office = has("[Content_Types].xml");
    let mime = package.part("mimetype").ok().flatten().unwrap_or_default();
    let is_type = |start: &str| mime.starts_with(start.as_bytes());
    if is_type("application/epub+zip") || is_book {
        FileKind::Epub
    } else if is_type("application/vnd.oasis.opendocument.spreadsheet") {
        FileKind::Workbook
    } else if is_type("application/vnd.oasis.opendocument.text") {
        FileKind::Odt
    } else if is_type("application/vnd.oasis.opendocument.presentation") {
        FileKind::Odp
    } else if is_type("application/vnd.oasis.opendocument") {
        FileKind::Other(What::OpenDrawing)
    } else {
        // A damaged package may have lost the parts that would decide.
        by_ending(name, is_office || has_content || package.is_damaged())
    }
}

/// A package whose parts are inconclusive: the kind of its extension, if it is a package at all.
fn by_ending(name: &str, is_package: bool) -> FileKind {
    let ending = ending(name);
    let packages = [
        FileKind::Docx,
        FileKind::Workbook,
        FileKind::Pptx,
        FileKind::Odt,
        FileKind::Odp,
        FileKind::Epub,
        FileKind::Ofd,
    ];
    let named = packages
        .into_iter()
        .find(|kind| kind.endings().contains(&&*ending));
    named.filter(|_| is_package).unwrap_or(FileKind::Archive)
}

/// Recognizes a compound file by its root streams, or where its directory is lost by the names in it, which
/// are in UTF-16.
fn ole_kind(name: &str, bytes: &[u8]) -> FileKind {
    let named = by_ole_ending(name);
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        let has = |stream: &str| {
            let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memmem::find(bytes, &name).is_some()
        };
        // The extension is more reliable than a name that may occur in any text.
        return match named {
            Some(kind) => kind,
            None if has("WordDocument") => FileKind::Doc,
            None if has("Workbook") => FileKind::Workbook,
            None if has("PowerPoint Document") => FileKind::Ppt,
            None => OFFICE_97,
        };
    };
    let has = |stream: &str| file.is_stream(format!("/{stream}"));
    // Rights management keeps the content in an encrypted stream (MS-OFFCRYPTO 2.2).
    let is_managed = has("\u{9}DRMContent")
        || file.exists("/\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform");
    if is_managed {
        FileKind::Protected(Protection::Irm)
    // A package encrypted with a password (MS-OFFCRYPTO 2.3.4).
    } else if has("EncryptedPackage") {
        FileKind::Encrypted
    } else if has("WordDocument") {
        match is_word_6(&mut file) {
            true => FileKind::TooOld(What::Word6, ".docx"),
            false => FileKind::Doc,
        }
    } else if has("Workbook") || has("Book") {
        FileKind::Workbook
    } else if has("PowerPoint Document") {
        FileKind::Ppt
    } else if has("PP40") {
        FileKind::TooOld(What::PowerPoint95, ".pptx")
    } else if has("MN0") || has("MatOST") {
        FileKind::TooOld(What::Works, ".docx")
    // A message of Outlook (MS-OXMSG 2.4).
    } else if has("__properties_version1.0") {
        FileKind::Mail
    } else {
        named.unwrap_or(OFFICE_97)
    }
}

/// Whether a Word document is of Word 6 or 95, whose text is stored differently from Word 97.
fn is_word_6(file: &mut cfb::CompoundFile<Cursor<&[u8]>>) -> bool {
    // `wIdent`; Word 97 and later have 0xA5EC (MS-DOC 2.5.2).
    const WORD_6: [u8; 2] = [0xdc, 0xa5];
    let mut head = [0; 2];
    let stream = file.open_stream("/WordDocument");
    let read = stream.and_then(|mut stream| stream.read_exact(&mut head));
    read.is_ok() && head == WORD_6
}

const OFFICE_97: FileKind = FileKind::Other(What::Office97);

/// The kind of a compound file by its extension.
fn by_ole_ending(name: &str) -> Option<FileKind> {
    match &*ending(name) {
        "doc" | "wps" | "dot" | "wpt" => Some(FileKind::Doc),
        "xls" | "et" | "xlt" => Some(FileKind::Workbook),
        "ppt" | "pps" | "dps" | "pot" => Some(FileKind::Ppt),
        "msg" => Some(FileKind::Mail),
        _ => None,
    }
}

fn text_kind(name: &str, bytes: &[u8]) -> FileKind {
    // A few KB show the kind of a text; more would only cost time.
    let head = decode::decode(&bytes[..bytes.len().min(4096)]).text;
    let start = head.trim_start_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}');
    let ending = ending(name);
    let is_document = matches!(
        &*ending,
        "doc" | "docx" | "wps" | "xls" | "html" | "htm" | "xhtml" | "shtml"
    );
    // Before HTML, since a mail may contain a page; its own header comes first.
    if mail::is_mail(start, &ending) {
        return FileKind::Mail;
    }
    // Web systems export pages under the extensions of Word and Excel.
    if is_html(start) || (is_document && has_html_tag(start)) {
        return FileKind::Html;
    }
    if start.starts_with("<?xml") {
        return xml_kind(&head, bytes);
    }
    if let Some((_, what)) = NOT_REPORTS
        .iter()
        .find(|(endings, _)| endings.contains(&&*ending))
    {
        return FileKind::Other(*what);
    }
    match &*ending {
        "md" | "markdown" => FileKind::Markdown,
        "csv" => FileKind::Csv,
        "tsv" | "tab" => FileKind::Tsv,
        "jsonl" | "ndjson" => FileKind::JsonLines,
        // Programs save tab-separated text under the extension of workbooks.
        "xls" | "xlsx" | "et" if start.lines().next().is_some_and(|line| line.contains('\t')) => {
            FileKind::Tsv
        }
        _ if is_json_line(start) => FileKind::JsonLines,
        _ => FileKind::Text,
    }
}

/// The extension of a file's name in lower case; empty without one.
fn ending(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, ending)) => ending.to_ascii_lowercase(),
        None => String::new(),
    }
}

/// Extensions of texts that are not reports.
const NOT_REPORTS: [(&[&str], What); 3] = [
    (&["json", "geojson"], What::Json),
    (&["xml", "svg", "xsd", "xsl"], What::Xml),
    (
        &[
            "c", "cpp", "css", "go", "h", "ini", "java", "js", "lock", "php", "py", "r", "rs",
            "sh", "sql", "toml", "ts", "yaml", "yml",
        ],
        What::SourceCode,
    ),
];

/// Number of characters from the top by which a file is recognized as a page.
const TAG_DEPTH: usize = 1500;

fn lower_head(start: &str) -> String {
    start
        .chars()
        .take(TAG_DEPTH)
        .collect::<String>()
        .to_ascii_lowercase()
}

fn is_html(start: &str) -> bool {
    let head = lower_head(start);
    let is_page = |text: &str| {
        ["<!doctype html", "<html", "<head", "<body", "<meta "]
            .iter()
            .any(|tag| text.starts_with(tag))
    };
    // After the declaration of XHTML, and comments.
    let mut rest = head.trim_start();
    loop {
        let skipped = match () {
            () if rest.starts_with("<?xml") => rest.split_once("?>"),
            () if rest.starts_with("<!--") => rest.split_once("-->"),
            () => return is_page(rest),
        };
        match skipped {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
}

/// Whether a text with the extension of a document has tags of a page.
fn has_html_tag(start: &str) -> bool {
    let head = lower_head(start);
    let tags = [
        "<html", "<body", "<div", "<p>", "<p ", "<table", "<br", "<title", "<h1", "<h2",
    ];
    head.starts_with('<') && !head.starts_with("<?xml") && tags.iter().any(|tag| head.contains(tag))
        // Two different tags, as a text about HTML may mention one.
        || tags.iter().filter(|tag| head.contains(*tag)).count() >= 2
}

fn xml_kind(head: &str, bytes: &[u8]) -> FileKind {
    let holds = |mark: &str| head.contains(mark) || memmem::find(bytes, mark.as_bytes()).is_some();
    // `w:wordDocument` is Word 2003 XML; `w:document` is in the flat form of a package.
    if holds("wordDocument") || holds("<w:document") {
        FileKind::WordXml
    } else if head.contains("<office:document") && holds("<office:text") {
        FileKind::Odt
    } else if head.contains("<office:document") && holds("<office:presentation") {
        FileKind::Odp
    } else {
        FileKind::Other(What::Xml)
    }
}

/// Whether the first line is a JSON object, or the beginning of one that is longer than the head.
fn is_json_line(start: &str) -> bool {
    match start.split_once('\n') {
        Some((line, _)) => serde_json::from_str::<serde_json::Map<_, _>>(line).is_ok(),
        // A longer object cannot be parsed from the head; a named member makes it likely enough.
        None => start.starts_with("{\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: FileKind) {
        assert_eq!(sniff(name, bytes), expected);
    }

    #[test]
    fn content_comes_first() {
        check("总结.txt", b"%PDF-1.7", FileKind::Pdf);
        check("总结.pdf", b"junk\n%PDF-1.7", FileKind::Pdf);
        check("总结.txt", b"about %PDF-1.7", FileKind::Text);
        check("总结.doc", b" {\\rtf1 x}", FileKind::Rtf);
        check(
            "总结.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            FileKind::Doc,
        );
        check("总结.doc", "<!DOCTYPE html><p>".as_bytes(), FileKind::Html);
        check("总结.doc", "<p>一</p><table>".as_bytes(), FileKind::Html);
        check(
            "总结.doc",
            b"<?xml version='1.0'?><w:wordDocument>",
            FileKind::WordXml,
        );
        check(
            "总结.doc",
            b"MIME-Version: 1.0\nContent-Type: multipart/related;\n",
            FileKind::Mail,
        );
        check("总结.doc", "一、基本情况".as_bytes(), FileKind::Text);
        check(
            "a.htm",
            b"<?xml version='1.0'?>\n<!-- x --><html>",
            FileKind::Html,
        );
        check("表.xls", "标题\t正文\n".as_bytes(), FileKind::Tsv);
        check("x.zip", b"PK\x05\x06", FileKind::Archive);
        check(
            "x.txt",
            b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
            FileKind::JsonLines,
        );
    }

    #[test]
    fn packages_by_their_parts() {
        let check =
            |name: &str, parts: &[(&str, &str)], expected| check(name, &pack(parts), expected);
        check("a.zip", &[("word/document.xml", "")], FileKind::Docx);
        check("a.docx", &[("xl/workbook.xml", "")], FileKind::Workbook);
        check("a.docx", &[("OFD.xml", "")], FileKind::Ofd);
        check("a", &[("mimetype", "application/epub+zip")], FileKind::Epub);
        check(
            "a",
            &[("mimetype", "application/vnd.oasis.opendocument.text")],
            FileKind::Odt,
        );
        check(
            "a.odp",
            &[(
                "mimetype",
                "application/vnd.oasis.opendocument.presentation",
            )],
            FileKind::Odp,
        );
        check("a.zip", &[("ppt/presentation.xml", "")], FileKind::Pptx);
        check("a.docx", &[("[Content_Types].xml", "")], FileKind::Docx);
        check("a.docx", &[("报告.txt", "")], FileKind::Archive);
        // An archive that contains a document is not a document.
        check("a.zip", &[("甲/word/document.xml", "")], FileKind::Archive);
    }

    #[test]
    fn the_extension_distinguishes_texts() {
        check("a.MD", b"# x", FileKind::Markdown);
        check("a.csv", b"x,y", FileKind::Csv);
        check("a.tsv", b"x\ty", FileKind::Tsv);
        check("a.jsonl", b"", FileKind::JsonLines);
        check("2009.8.20总结", "总结".as_bytes(), FileKind::Text);
        check("README", b"", FileKind::Text);
        check("a.json", b"{}", FileKind::Other(What::Json));
        check("a.txt", "<!--\n-->\n工作报告".as_bytes(), FileKind::Text);
    }

    #[test]
    fn refused_files_give_the_reason() {
        let check = |bytes: &[u8], expected: &str| {
            let skip = sniff("甲.doc", bytes).refusal().expect("a refusal");
            assert_eq!(skip.to_string(), expected);
        };
        check(
            b"Rar!\x1a\x07\0",
            "is a RAR archive, which is not unpacked here; unpack it into a folder, or pack it as .zip",
        );
        check(
            b"\xdb\xa5\x2d\0\0",
            "is a Word 2 document, which is too old to be read; open it in its own program, WPS Office or LibreOffice and save it as .docx",
        );
        check(
            b"%TSD-Header-###%",
            "is protected by the encryption of its office; save it without protection where it can be opened",
        );
        check(
            b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
            "is a BMP image, a picture without text; `index --ocr` recognizes its text",
        );
    }

    #[test]
    fn wrong_extensions() {
        let check =
            |kind: FileKind, name: &str, expected| assert_eq!(kind.is_misnamed(name), expected);
        check(FileKind::Pdf, "总结.txt", true);
        check(FileKind::Pdf, "总结.PDF", false);
        check(FileKind::Pdf, "2009.8.20总结", false);
        check(FileKind::Docx, "总结.wps", true);
        check(FileKind::Text, "总结.md", false);
        check(FileKind::Text, "总结.doc", true);
    }
}
