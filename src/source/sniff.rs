//! What a file is: by its content first, by the ending of its name second, since files lie.

use memchr::memmem;

use super::decode;

/// What a file is, as far as reading it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// An Excel workbook of 2007 or later (`.xlsx`).
    Workbook,
    /// Something that is not read; its name with an article.
    Other(&'static str),
}

/// What the file called `name` is, from its bytes; of a ZIP archive all of them are needed, else the first few thousand.
pub fn sniff(name: &str, bytes: &[u8]) -> FileKind {
    if is_zip(bytes) {
        return zip_kind(name, bytes);
    }
    if bytes.starts_with(OLE) {
        return FileKind::Other(ole_name(bytes));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return FileKind::Other(what);
    }
    text_kind(name, bytes)
}

/// Whether `bytes` begin like a ZIP archive, which `.xlsx` files are.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether `bytes` begin like an archive or a compound file, of which the whole must be seen to tell what it is.
pub fn is_container(bytes: &[u8]) -> bool {
    is_zip(bytes) || bytes.starts_with(OLE)
}

/// First bytes of compound files, the container of Office 97.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// First bytes of kinds of files that are not text.
const MAGIC: [(&[u8], &str); 15] = [
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"ID3\x03", "a sound file"),
    (b"\0\0\0\x18ftyp", "a film"),
];

fn zip_kind(name: &str, bytes: &[u8]) -> FileKind {
    let holds = |entry: &[u8]| memmem::find(bytes, entry).is_some();
    // The type of EPUB and ODF stands uncompressed in the first entry.
    let head = &bytes[..bytes.len().min(200)];
    let is_type = |mime: &[u8]| memmem::find(head, mime).is_some();
    if is_type(b"application/epub+zip") {
        FileKind::Other("an EPUB book")
    } else if is_type(b"application/vnd.oasis.opendocument") {
        FileKind::Other("an OpenDocument file")
    } else if holds(b"xl/workbook.xml") || ending(name) == "xlsx" {
        // By its name where the list of its entries is lost; the reader then says what is wrong with it.
        FileKind::Workbook
    } else if holds(b"xl/workbook.bin") {
        FileKind::Other("a binary Excel workbook (.xlsb)")
    } else if holds(b"word/document") {
        FileKind::Other("a Word document (.docx)")
    } else if holds(b"ppt/presentation") {
        FileKind::Other("a PowerPoint presentation")
    } else if holds(b"OFD.xml") {
        FileKind::Other("an OFD document")
    } else {
        FileKind::Other("a ZIP archive")
    }
}

/// Names a compound file by its directory, whose entries are in UTF-16.
fn ole_name(bytes: &[u8]) -> &'static str {
    let holds = |entry: &str| {
        let entry: Vec<u8> = entry.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &entry).is_some()
    };
    if holds("EncryptedPackage") {
        "an encrypted Office document"
    } else if holds("WordDocument") {
        "a Word 97 or WPS document (.doc, .wps)"
    } else if holds("Workbook") {
        "an Excel 97 workbook (.xls)"
    } else {
        "an Office 97 document"
    }
}

fn text_kind(name: &str, bytes: &[u8]) -> FileKind {
    let head = decode::decode(&bytes[..bytes.len().min(4096)]).text;
    let start = head.trim_start_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}');
    if is_html(start) {
        return FileKind::Other("an HTML page");
    }
    let ending = ending(name);
    if let Some((_, what)) = NOT_REPORTS
        .iter()
        .find(|(endings, _)| endings.contains(&&*ending))
    {
        return FileKind::Other(what);
    }
    match &*ending {
        "md" | "markdown" => FileKind::Markdown,
        "csv" => FileKind::Csv,
        "tsv" | "tab" => FileKind::Tsv,
        "jsonl" | "ndjson" => FileKind::JsonLines,
        "xls" | "xlsx" | "et" if start.lines().next().is_some_and(|line| line.contains('\t')) => {
            FileKind::Tsv
        }
        _ if is_json_line(start) => FileKind::JsonLines,
        _ if start.starts_with("<?xml") => FileKind::Other("an XML file"),
        _ => FileKind::Text,
    }
}

/// The ending of a file's name in lower case; empty without one.
fn ending(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, ending)) => ending.to_ascii_lowercase(),
        None => String::new(),
    }
}

/// Endings of texts that are no reports.
const NOT_REPORTS: [(&[&str], &str); 4] = [
    (&["json", "geojson"], "a JSON file that is not JSON Lines"),
    (&["xml", "svg", "xsd", "xsl"], "an XML file"),
    (&["html", "htm", "xhtml", "mht", "mhtml"], "an HTML page"),
    (
        &[
            "c", "cpp", "css", "go", "h", "ini", "java", "js", "lock", "php", "py", "r", "rs",
            "sh", "sql", "toml", "ts", "yaml", "yml",
        ],
        "a program or its settings",
    ),
];

fn is_html(start: &str) -> bool {
    let head: String = start
        .chars()
        .take(200)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}

/// Whether the first line is a JSON object, or the beginning of one that is longer than what is seen.
fn is_json_line(start: &str) -> bool {
    match start.split_once('\n') {
        Some((line, _)) => serde_json::from_str::<serde_json::Map<_, _>>(line).is_ok(),
        None => start.starts_with("{\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: FileKind) {
        assert_eq!(sniff(name, bytes), expected);
    }

    #[test]
    fn content_comes_first() {
        check("总结.txt", b"%PDF-1.7", FileKind::Other("a PDF document"));
        check(
            "总结.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            FileKind::Other("a Word 97 or WPS document (.doc, .wps)"),
        );
        check(
            "总结.doc",
            "<!DOCTYPE html><p>".as_bytes(),
            FileKind::Other("an HTML page"),
        );
        check("总结.doc", "一、基本情况".as_bytes(), FileKind::Text);
        check("表.xls", "标题\t正文\n".as_bytes(), FileKind::Tsv);
        check(
            "表.xlsx",
            b"PK\x03\x04....xl/workbook.xml",
            FileKind::Workbook,
        );
        check(
            "x.ofd",
            b"PK\x03\x04....OFD.xml",
            FileKind::Other("an OFD document"),
        );
        check("x.zip", b"PK\x05\x06", FileKind::Other("a ZIP archive"));
        check(
            "x.txt",
            b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
            FileKind::JsonLines,
        );
    }

    #[test]
    fn the_ending_tells_texts_apart() {
        check("a.MD", b"# x", FileKind::Markdown);
        check("a.csv", b"x,y", FileKind::Csv);
        check("a.tsv", b"x\ty", FileKind::Tsv);
        check("a.jsonl", b"", FileKind::JsonLines);
        check("2009.8.20总结", "总结".as_bytes(), FileKind::Text);
        check("README", b"", FileKind::Text);
        check(
            "a.json",
            b"{}",
            FileKind::Other("a JSON file that is not JSON Lines"),
        );
        check("a.txt", "<!--\n-->\n工作报告".as_bytes(), FileKind::Text);
    }
}
