//! The mark in every file that this program writes: by it `index` skips the file, and `-o` may replace it.
//!
//! Each form has the mark where its readers do not see it: a first field of JSON, a comment or `meta`
//! element, the author of a workbook, the comment of an archive, the last line of a text. It reads `xunzhang
//! VERSION SUM`; the sum is a BLAKE3 hash of the rest of the file, so that a file edited since is
//! distinguished from an unchanged one. CSV has no comments: there the mark is a byte order mark and a header
//! whose first name, one of ours, is in quotation marks that it does not need, and no other is. No writer of
//! CSV quotes that way, every reader removes the marks. Values separated by tabs have the same without a byte
//! order mark. In a TREC run the mark is the name of the run in its last line: readers take any, and a line of
//! another shape would be an error to them.

use std::io::{self, BufWriter, IntoInnerError, Seek, SeekFrom, Write};

use super::package::Package;
use super::sniff::is_zip;

/// The form of a file that this program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Lines for people.
    Text,
    /// A script for a shell.
    Script,
    /// Comma-separated values.
    Csv,
    /// Values separated by tabs.
    Tsv,
    /// A TREC run: lines of six columns, the last the name of the run.
    Run,
    /// One JSON object, or one on each line.
    Json,
    /// An Excel workbook.
    Workbook,
    /// An HTML page.
    Page,
    /// A chart.
    Svg,
    /// Markdown.
    Markdown,
    /// A ZIP archive of tables.
    Archive,
    /// A Word document.
    Document,
}

impl Form {
    /// The usual extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Script => "sh",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Run => "trec",
            Self::Json => "json",
            Self::Workbook => "xlsx",
            Self::Page => "html",
            Self::Svg => "svg",
            Self::Markdown => "md",
            Self::Archive => "zip",
            Self::Document => "docx",
        }
    }
}

/// Program and version, as in marks and properties of files.
pub const GENERATOR: &str = concat!("xunzhang ", env!("CARGO_PKG_VERSION"));

const ALL: [Form; 12] = [
    Form::Json,
    Form::Page,
    Form::Svg,
    Form::Csv,
    Form::Tsv,
    Form::Workbook,
    Form::Document,
    Form::Archive,
    Form::Markdown,
    Form::Script,
    Form::Run,
    Form::Text,
];

/// Names of the first column of all CSV tables that this program writes.
pub const FIRST_COLUMNS: [&str; 28] = [
    "组", "Group", "文档", "Document", "词条", "Entry", "项目", "Item", "时段", "Period", "词",
    "Word", "filler", "filler 1", "id", "rank", "query", "query_id", "前文", "Before", "名次",
    "Rank", "形式", "Form", "位置", "Place", "entry", "document",
];

/// Version of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Name of the run in the lines of a TREC run.
pub const RUN: &str = "xunzhang";

const BOM: &str = "\u{feff}";
/// Hexadecimal digits of a sum.
const SUM: usize = 16;
const NO_SUM: [u8; SUM] = [b'0'; SUM];
/// Number of bytes from the top, and from the end, that are searched for a mark.
const REACH: usize = 1024;
const META: &str = "<meta name=\"generator\" content=\"";
/// The text of a Word document (ECMA-376-1, 11.3.10).
const DOCUMENT_PART: &[u8] = b"word/document.xml";
const CHARSET: &str = "<meta charset=\"utf-8\">\n";

/// The file's bytes with the mark of `form`; a workbook gets it from its own writer ([`GENERATOR`] as
/// author), and a file without a place for a mark is left unchanged.
pub fn stamp(form: Form, bytes: &[u8]) -> Vec<u8> {
    let mark = format!("{GENERATOR} {}", "0".repeat(SUM));
    let insert = |at: usize, text: &str| [&bytes[..at], text.as_bytes(), &bytes[at..]].concat();
    let comment = format!("<!-- {mark} -->");
    let mut out = match form {
        Form::Workbook => return bytes.to_vec(),
        Form::Csv | Form::Tsv => return stamped_table(form, bytes),
        Form::Run => match bytes.strip_suffix(format!(" {RUN}\n").as_bytes()) {
            Some(lines) => [
                lines,
                format!(" {RUN}-{VERSION}-{}\n", "0".repeat(SUM)).as_bytes(),
            ]
            .concat(),
            // A run without lines has no place for it.
            None => return bytes.to_vec(),
        },
        Form::Json if bytes.starts_with(b"{\"") => insert(1, &format!("\"generator\":\"{mark}\",")),
        Form::Page => match memchr::memmem::find(bytes, CHARSET.as_bytes()) {
            Some(at) => insert(at + CHARSET.len(), &format!("{META}{mark}\">\n")),
            None => return bytes.to_vec(),
        },
        Form::Svg => match bytes.iter().position(|&byte| byte == b'>') {
            Some(at) => insert(at + 1, &format!("\n{comment}")),
            None => return bytes.to_vec(),
        },
        Form::Markdown => insert(bytes.len(), &format!("\n{comment}\n")),
        Form::Text => insert(bytes.len(), &format!("-- {mark}\n")),
        Form::Script => insert(bytes.len(), &format!("# {mark}\n")),
        Form::Archive | Form::Document => match archive_comment(bytes, &mark) {
            Some(bytes) => bytes,
            None => return bytes.to_vec(),
        },
        Form::Json => return bytes.to_vec(),
    };
    // The sum is computed over the file with zeros in its place, and then filled in.
    if let Some(at) = sum_place(form, &out) {
        let sum = sum_of(&out, at);
        out[at..at + SUM].copy_from_slice(&sum);
    }
    out
}

/// Writes a JSON object with members that `render` writes, and marks it: `out` receives the bytes of
/// [`stamp`], but they are never in memory as a whole. `out` is at its beginning.
///
/// # Errors
/// Those of `render` and of `out`.
pub fn stamp_json<W: Write + Seek>(
    out: &mut W,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut stamped = BufWriter::with_capacity(
        PIECE,
        Stamped {
            out,
            hasher: blake3::Hasher::new(),
            is_begun: false,
        },
    );
    render(&mut stamped)?;
    let Stamped { out, hasher, .. } = stamped.into_inner().map_err(IntoInnerError::into_error)?;
    // The sum follows the field's name, the generator and a blank.
    let at = "{\"generator\":\"".len() + GENERATOR.len() + 1;
    out.seek(SeekFrom::Start(at as u64))?;
    out.write_all(&hasher.finalize().to_hex().as_bytes()[..SUM])
}

/// Number of bytes of a JSON object that are hashed and written at a time.
const PIECE: usize = 1 << 17;

/// Receives a JSON object, and writes it with a mark whose sum is zeros.
struct Stamped<'a, W> {
    out: &'a mut W,
    hasher: blake3::Hasher,
    is_begun: bool,
}

impl<W: Write> Write for Stamped<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some((_, members)) = bytes.split_first() else {
            return Ok(0);
        };
        // The first byte is the brace that opens the object; the mark becomes its first member.
        let mark = format!("{{\"generator\":\"{GENERATOR} {}\",", "0".repeat(SUM));
        let pieces = match self.is_begun {
            true => [&[], bytes],
            false => [mark.as_bytes(), members],
        };
        self.is_begun = true;
        for piece in pieces {
            self.hasher.update(piece);
            self.out.write_all(piece)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The form of the file if this program wrote `bytes`, edited since or not; for a text or archive the end is
/// required.
pub fn form_of(bytes: &[u8]) -> Option<Form> {
    ALL.into_iter().find(|form| match form {
        Form::Csv | Form::Tsv => is_our_table(*form, bytes),
        Form::Workbook => authors(bytes).is_some_and(|authors| authors.creator_is_ours),
        form => sum_place(*form, bytes).is_some(),
    })
}

/// Whether this program wrote `bytes` in that form, unchanged since as far as that can be determined.
///
/// Of CSV only the header can be checked; a program that saves a workbook enters itself and the time.
pub fn is_as_written(form: Form, bytes: &[u8]) -> bool {
    match form {
        Form::Csv | Form::Tsv => is_our_table(form, bytes),
        Form::Workbook => authors(bytes).is_some_and(|authors| authors.is_unchanged),
        form => sum_place(form, bytes).is_some_and(|at| sum_of(bytes, at) == bytes[at..at + SUM]),
    }
}

/// Hash of `bytes` as if the sum at `at` were zeros.
fn sum_of(bytes: &[u8], at: usize) -> [u8; SUM] {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(&bytes[..at])
        .update(&NO_SUM)
        .update(&bytes[at + SUM..]);
    let hash = hasher.finalize().to_hex();
    let mut sum = NO_SUM;
    sum.copy_from_slice(&hash.as_bytes()[..SUM]);
    sum
}

/// The position of the sum in the mark of `form`.
fn sum_place(form: Form, bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(REACH)];
    let after = |text: &str| Some(memchr::memmem::find(head, text.as_bytes())? + text.len());
    let start = match form {
        Form::Json => head.starts_with(b"{\"generator\":\"").then_some(14)?,
        Form::Page => head
            .starts_with(b"<!DOCTYPE html>")
            .then(|| after(META))??,
        Form::Svg => head.starts_with(b"<svg ").then(|| after(">\n<!-- "))??,
        Form::Markdown => in_last_line(bytes, "<!-- ", " -->")?,
        Form::Text => in_last_line(bytes, "-- ", "")?,
        Form::Script => in_last_line(bytes, "# ", "")?,
        Form::Document | Form::Archive => {
            // The directory at the end of an archive names its parts as they are.
            let has_text = memchr::memmem::rfind(bytes, DOCUMENT_PART).is_some();
            if has_text != (form == Form::Document) {
                return None;
            }
            // The comment of an archive is at its very end; a few bytes more allow for a longer version.
            let from = bytes.len().saturating_sub(GENERATOR.len() + SUM + 32);
            let at = memchr::memmem::rfind(&bytes[from..], b"xunzhang ")?;
            is_zip(bytes).then_some(from + at)?
        }
        Form::Run => return sum_of_run(bytes),
        Form::Csv | Form::Tsv | Form::Workbook => return None,
    };
    let (sum, end) = mark_at(bytes, start)?;
    let is_at_end = end == bytes.len();
    (is_at_end || !matches!(form, Form::Archive | Form::Document)).then_some(sum)
}

/// The position of the sum in the name of the run, which ends the last line: `xunzhang-VERSION-SUM`.
fn sum_of_run(bytes: &[u8]) -> Option<usize> {
    let end = bytes.trim_ascii_end().len();
    let line = memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |at| at + 1);
    let columns: Vec<&[u8]> = bytes[line..end].split(|byte| *byte == b' ').collect();
    let [_, b"Q0", _, _, _, name] = columns[..] else {
        return None;
    };
    let at = end.checked_sub(SUM)?;
    let name = name.strip_prefix(format!("{RUN}-").as_bytes())?;
    let version = name.len().checked_sub(SUM + 1)?;
    let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_mark = version > 0 && name[version] == b'-' && name[version + 1..].iter().all(is_hex);
    is_mark.then_some(at)
}

/// The start of the mark if it is the whole last line between `before` and `after`.
fn in_last_line(bytes: &[u8], before: &str, after: &str) -> Option<usize> {
    let end = bytes.trim_ascii_end().len();
    let from = end.saturating_sub(REACH);
    let line = memchr::memrchr(b'\n', &bytes[from..end]).map_or(from, |at| from + at + 1);
    let inner = bytes[line..end].strip_prefix(before.as_bytes())?;
    let inner = inner.strip_suffix(after.as_bytes())?;
    let start = line + before.len();
    let (_, mark_end) = mark_at(bytes, start)?;
    (mark_end == start + inner.len()).then_some(start)
}

/// The positions of the sum and of the end of the mark `xunzhang VERSION SUM` at `start`.
fn mark_at(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let rest = bytes.get(start..)?.strip_prefix(b"xunzhang ")?;
    let is_version =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
    // A version is short; anything longer is not a mark.
    let version = rest.iter().take(32).take_while(is_version).count();
    let sum = rest.get(version..)?.strip_prefix(b" ")?.get(..SUM)?;
    let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let at = start + "xunzhang ".len() + version + 1;
    (version > 0 && sum.iter().all(is_hex)).then_some((at, at + SUM))
}

/// What separates the values of a table, and what its file begins with: Excel takes CSV without a byte order mark for GBK.
fn layout(form: Form) -> (u8, &'static str) {
    match form {
        Form::Tsv => (b'\t', ""),
        _ => (b',', BOM),
    }
}

/// The table with its first name in quotation marks.
fn stamped_table(form: Form, bytes: &[u8]) -> Vec<u8> {
    let (separator, start) = layout(form);
    let table = bytes.strip_prefix(BOM.as_bytes()).unwrap_or(bytes);
    let ends = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
    let end = table.iter().position(ends);
    let (first, rest) = table.split_at(end.unwrap_or(table.len()));
    // A name that needs quotation marks cannot carry the mark.
    if first.starts_with(b"\"") {
        return bytes.to_vec();
    }
    [start.as_bytes(), b"\"", first, b"\"", rest].concat()
}

fn is_our_table(form: Form, bytes: &[u8]) -> bool {
    let (separator, start) = layout(form);
    let separator = char::from(separator);
    let Some(table) = bytes.strip_prefix(start.as_bytes()) else {
        return false;
    };
    let line = table
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let Ok(line) = std::str::from_utf8(line.trim_ascii_end()) else {
        return false;
    };
    let Some((first, rest)) = line
        .strip_prefix('"')
        .and_then(|line| line.split_once(&format!("\"{separator}")))
    else {
        return false;
    };
    // If the second name is quoted, it must need the quotation marks.
    let second = rest
        .strip_prefix('"')
        .map(|rest| rest.split(&format!("\"{separator}")).next().unwrap_or(rest));
    let has_to_be = |name: &str| name.trim_end_matches('"').contains(['"', separator]);
    FIRST_COLUMNS.contains(&first) && second.is_none_or(has_to_be)
}

/// The authors of a workbook.
struct Authors {
    creator_is_ours: bool,
    is_unchanged: bool,
}

fn authors(bytes: &[u8]) -> Option<Authors> {
    if !is_zip(bytes) {
        return None;
    }
    // 64 KB are enough for the properties; a package that claims more is not ours.
    let mut package = Package::open(bytes, 1 << 16);
    package
        .names()
        .find(|name| name.starts_with("xl/workbook"))?;
    let core = package.part("docProps/core.xml").ok().flatten()?;
    let core = String::from_utf8(core).ok()?;
    // A search suffices, as the part of a file of ours has a known form.
    let element = |name: &str| {
        let (_, rest) = core.split_once(&format!("<{name}"))?;
        let (_, rest) = rest.split_once('>')?;
        rest.split_once('<').map(|(text, _)| text)
    };
    let is_ours = |name: &str| element(name).is_some_and(|text| text.starts_with("xunzhang "));
    let times = [element("dcterms:created"), element("dcterms:modified")];
    Some(Authors {
        creator_is_ours: is_ours("dc:creator"),
        // Excel enters its user as last author and a later time when it saves.
        is_unchanged: is_ours("dc:creator") && is_ours("cp:lastModifiedBy") && times[0] == times[1],
    })
}

/// The archive with `comment` at its end (APPNOTE 4.3.16); `None` if it is not one, or has a comment.
fn archive_comment(bytes: &[u8], comment: &str) -> Option<Vec<u8>> {
    // Length of the end record without a comment; its last two bytes are the comment's length.
    const END: usize = 22;
    let end = bytes.len().checked_sub(END)?;
    let has_none = bytes[end..].starts_with(b"PK\x05\x06") && bytes.ends_with(&[0, 0]);
    let len = u16::try_from(comment.len()).ok()?.to_le_bytes();
    has_none.then(|| [&bytes[..bytes.len() - 2], &len, comment.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    fn plain(form: Form) -> Vec<u8> {
        match form {
            Form::Text | Form::Script => "水渠 3\n".into(),
            Form::Csv => "\u{feff}词条,次数\r\n水渠,3\r\n".into(),
            Form::Tsv => "rank\tid\n1\t水渠\n".into(),
            Form::Run => "1 Q0 甲.txt 1 2.5 xunzhang\n1 Q0 乙.txt 2 1.5 xunzhang\n".into(),
            Form::Json => "{\"entry\":\"水渠\"}\n".into(),
            Form::Page => format!("<!DOCTYPE html>\n<html>\n{CHARSET}<p>水渠").into_bytes(),
            Form::Svg => "<svg role=\"img\"><text>水渠</text></svg>".into(),
            Form::Markdown => "# 水渠\n".into(),
            Form::Archive => pack(&[("表.csv", "水渠")]),
            Form::Document => pack(&[("word/document.xml", "<w:document/>")]),
            Form::Workbook => workbook("xunzhang 0.1.0", "xunzhang 0.1.0", "2000"),
        }
    }

    fn workbook(creator: &str, last: &str, modified: &str) -> Vec<u8> {
        let core = format!(
            "<x><dc:creator>{creator}</dc:creator><cp:lastModifiedBy>{last}</cp:lastModifiedBy>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">2000</dcterms:created>\
             <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{modified}</dcterms:modified></x>"
        );
        pack(&[("xl/workbook.xml", ""), ("docProps/core.xml", &core)])
    }

    #[test]
    fn every_format_is_recognized_as_itself_only() {
        for form in ALL {
            let plain = plain(form);
            let marked = stamp(form, &plain);
            assert_eq!(form_of(&marked), Some(form), "{form:?}");
            for other in ALL {
                assert_eq!(
                    is_as_written(other, &marked),
                    other == form,
                    "{form:?} {other:?}"
                );
            }
            if form != Form::Workbook {
                assert_eq!(form_of(&plain), None, "{form:?}");
            }
        }
    }

    #[test]
    fn json_in_pieces_has_the_mark_of_the_whole() {
        for length in [0, 1, 3 * PIECE] {
            let whole = format!("{{\"text\":\"{}\"}}\n", "渠".repeat(length));
            for piece in [1, 7, whole.len()] {
                let mut out = io::Cursor::new(Vec::new());
                let pieces = || whole.as_bytes().chunks(piece);
                stamp_json(&mut out, |out| {
                    pieces().try_for_each(|piece| out.write_all(piece))
                })
                .expect("memory");
                assert_eq!(out.into_inner(), stamp(Form::Json, whole.as_bytes()));
            }
        }
    }

    #[test]
    fn edited_files_are_ours_but_not_as_written() {
        for form in [
            Form::Text,
            Form::Script,
            Form::Json,
            Form::Page,
            Form::Svg,
            Form::Markdown,
        ] {
            let marked = String::from_utf8(stamp(form, &plain(form))).expect("text");
            let edited = marked.replace("水渠", "水库");
            assert_ne!(marked, edited);
            assert_eq!(form_of(edited.as_bytes()), Some(form), "{form:?}");
            assert!(!is_as_written(form, edited.as_bytes()), "{form:?}");
        }
        let saved = workbook("xunzhang 0.1.0", "王五", "2026");
        assert_eq!(form_of(&saved), Some(Form::Workbook));
        assert!(!is_as_written(Form::Workbook, &saved));
    }

    #[test]
    fn files_that_only_look_alike_are_not_ours() {
        let mark = "xunzhang 0.1.0 0123456789abcdef";
        for text in [
            "\u{feff}词条,次数\r\n水渠,3\r\n".to_owned(),
            "\u{feff}\"词条\",\"次数\"\r\n水渠,3\r\n".to_owned(),
            "\"词条\",次数\r\n水渠,3\r\n".to_owned(),
            // A list of keywords as Notepad saves it.
            "\u{feff}\"坚持以*为指导\",思想\r\n招商引资,经济\r\n".to_owned(),
            format!("-- {mark}\n这一行是引用。\n"),
            format!("见 -- {mark}"),
            format!("-- {mark}0"),
            "-- xunzhang 0.1.0 0123456789ABCDEF".to_owned(),
            format!("{{\"text\":\"x\",\"generator\":\"{mark}\"}}"),
            "<!DOCTYPE html><meta name=\"generator\" content=\"xunzhang\">".to_owned(),
            String::new(),
        ] {
            assert_eq!(form_of(text.as_bytes()), None, "{text}");
        }
        assert_eq!(form_of(&workbook("王五", "王五", "2000")), None);
    }

    #[test]
    fn readers_of_csv_do_not_see_the_mark() {
        let marked = stamp(Form::Csv, "词条,\"a,b\"\r\n水渠,3\r\n".as_bytes());
        let table = marked
            .strip_prefix(BOM.as_bytes())
            .expect("a byte order mark");
        let mut reader = csv::Reader::from_reader(table);
        assert_eq!(reader.headers().expect("a header"), vec!["词条", "a,b"]);
        assert!(is_our_table(Form::Csv, &marked));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_examined_without_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..80), form in 0..ALL.len()) {
            let _ = (form_of(&bytes), is_as_written(ALL[form], &stamp(ALL[form], &bytes)));
        }
    }
}
