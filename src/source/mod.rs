//! Sources of documents: bytes of any kind in, composed documents out.
//!
//! A file is recognized ([`sniff`]), read by its format, one file in `formats/` for each, into the lines of
//! one or many documents ([`records`]), decoded on the way ([`decode`]), repaired ([`clean`]), and composed.

mod bounded;
pub mod clean;
pub mod decode;
mod error;
mod formats;
pub mod input;
pub mod mark;
mod names;
pub mod ocr;
mod ole;
mod package;
mod reading;
pub mod records;
pub mod sniff;
mod system_error;
pub mod walk;
mod warning;
pub mod watch;
mod what;
pub mod worker;
mod xml;

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use bounded::Transcoded;
use decode::Encoding;
pub use error::{Action, Error, Result};
use formats::Source;
use ocr::Recognizer;
use reading::Reading;
use records::FieldMap;
use sniff::FileKind;
pub use system_error::SystemError;
pub use warning::{Shortened, Warning};
pub use what::{Damage, Damaged, Protection, What};
use worker::Workers;

/// Options of reading.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Which column or JSON field is which.
    pub map: FieldMap,
    /// Maximum size of a file in bytes.
    pub max_bytes: u64,
    /// Maximum number of bytes that a packed file may unpack to.
    pub max_unpacked: u64,
    /// Maximum number of bytes of text in a document, each line counted as [`LINE_COST`] more: while it is
    /// composed and written, a document takes some four times as much memory.
    pub max_text: usize,
    /// Processes that read all formats except plain text; `None` reads them in this one.
    pub workers: Option<Arc<Workers>>,
    /// Reads pages that are pictures; `None` leaves them unread.
    pub ocr: Option<Arc<Recognizer>>,
    /// Whether files that this program wrote are read; they contain text of the documents that they describe.
    pub reads_own: bool,
}

/// Cost of a line of a document besides its text, in bytes: it is a record of the index with some twenty
/// fields.
pub const LINE_COST: usize = 160;
/// [`ReadOptions::max_text`] without an option for memory.
const MAX_TEXT: usize = 150_000_000;

impl ReadOptions {
    /// Maximum number of bytes of a record in a stream of records. Two of them, in every form that they pass
    /// through, are in memory at once for each thread.
    fn max_record(&self) -> usize {
        self.max_text / 3
    }

    /// The options that determine what is read, as a text: files read under other options must be read again.
    pub fn fingerprint(&self) -> String {
        format!("{:?} {}", self.map, self.max_unpacked)
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            map: FieldMap::default(),
            max_bytes: 1 << 30,
            max_unpacked: 1 << 28,
            max_text: MAX_TEXT,
            workers: None,
            ocr: None,
            reads_own: false,
        }
    }
}

impl ReadOptions {
    /// Whether a file that begins with, or is, `bytes` is skipped.
    fn skips(&self, bytes: &[u8]) -> bool {
        !self.reads_own && mark::form_of(bytes).is_some()
    }
}

/// One document of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Identifies it among the file's documents: its own id or its 1-based number; `None` if the file is one
    /// document.
    pub key: Option<String>,
    /// The document.
    pub document: Document,
    /// What was noticed and repaired.
    pub warnings: Vec<Warning>,
}

/// Why a file gives no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Skip {
    /// The system does not allow reading it.
    #[error("{}", unreadable(.0))]
    Unreadable(SystemError),
    /// The reader failed on it.
    #[error("the reader failed on it; please report this")]
    Crashed,
    /// The reader does not finish in its time ([`worker::Limits::time`]).
    #[error("takes more than {seconds} s to read; save it anew in its own program, or split it")]
    TooSlow {
        /// Its time.
        seconds: u64,
    },
    /// The reader needs more memory than its limit ([`worker::Limits::memory`]).
    #[error(
        "needs more than {megabytes} MB of memory to read; save it anew in its own program, or split it"
    )]
    TooHungry {
        /// Its limit.
        megabytes: u64,
    },
    /// A device, a socket or a folder.
    #[error("is not a file")]
    NotAFile,
    /// Larger than [`ReadOptions::max_bytes`].
    #[error("is too large: {size} bytes, the limit is {limit}; split it")]
    TooLarge {
        /// Its length in bytes.
        size: u64,
        /// The maximum.
        limit: u64,
    },
    /// A document with more text than [`ReadOptions::max_text`].
    #[error(
        "holds more text than one document may, {megabytes} MB with 160 bytes for each line; split it, or index it with more --memory"
    )]
    TooMuchText {
        /// The maximum.
        megabytes: usize,
    },
    /// A record that is too long, such as one with an unclosed quotation mark.
    #[error(
        "has a record of over {megabytes} MB at line {line}; close its quotation mark, split it, or index it with more --memory"
    )]
    LongRecord {
        /// The 1-based line on which it begins.
        line: u64,
        /// The maximum.
        megabytes: usize,
    },
    /// An unsupported kind of file.
    #[error("is {0}, which this version does not read; save it as plain text to include it")]
    Unsupported(What),
    /// A picture.
    #[error("is {0}, a picture without text; `index --ocr` recognizes its text")]
    Picture(What),
    /// An archive that is not unpacked.
    #[error("is {0}, which is not unpacked here; unpack it into a folder, or pack it as .zip")]
    Packed(What),
    /// A document of a program whose files are too old to be read.
    #[error(
        "is {what}, which is too old to be read; open it in its own program, WPS Office or LibreOffice and save it as {ending}"
    )]
    TooOld {
        /// What it is.
        what: What,
        /// The ending of what it is to be saved as.
        ending: Cow<'static, str>,
    },
    /// It can be opened only by authorized users; the name of the protection.
    #[error("is protected by {0}; save it without protection where it can be opened")]
    Protected(Protection),
    /// It cannot be read without a password.
    #[error("needs a password; save it without one to include it")]
    Encrypted,
    /// It unpacks to more than [`ReadOptions::max_unpacked`].
    #[error("unpacks to more than {limit} bytes; split it")]
    Expands {
        /// The maximum.
        limit: u64,
    },
    /// Scanned: its pages are pictures.
    #[error("has no text, only pictures on {pages} pages; `index --ocr` recognizes their text")]
    OnlyPictures {
        /// How many pages.
        pages: usize,
    },
    /// Bytes that are not text in any known encoding.
    #[error("is not text in any encoding that is known here")]
    Binary,
    /// A file of a known format that cannot be parsed.
    #[error("is a damaged {what}: {reason}")]
    Damaged {
        /// The format.
        what: Damaged,
        /// What is wrong.
        reason: Damage,
    },
    /// No text in it.
    #[error("no text in it")]
    Empty,
    /// A file that this program wrote ([`mark`]).
    #[error("was written by xunzhang itself")]
    OwnOutput,
}

impl From<std::io::Error> for Skip {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

/// What the system says of a file or folder that it does not let be read, and what to do.
fn unreadable(error: &SystemError) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            "may not be read; change its permissions to include it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

/// Number of bytes by which the kind of a file is recognized.
const HEAD_BYTES: u64 = 64 << 10;

/// Opens the file at `path` for reading.
///
/// # Errors
/// [`Skip::NotAFile`] for a folder, a device or a pipe, which might never end; [`Skip::Unreadable`] for
/// errors of the system.
pub fn open(path: &Path) -> Result<File, Skip> {
    // Checked before it is opened: opening a pipe waits for its writer.
    if !std::fs::metadata(path)?.is_file() {
        return Err(Skip::NotAFile);
    }
    Ok(File::open(path)?)
}

/// Reads the documents of the file at `path`; calls `each` once for each, in order.
///
/// A file of records in UTF-8 is read as a stream; any other is held in memory once.
///
/// # Errors
/// [`Skip`] if the file yields no document at all, or cannot be read further; documents read before have been
/// passed to `each`.
pub fn read(path: &Path, options: &ReadOptions, each: impl FnMut(Record)) -> Result<(), Skip> {
    let file = open(path)?;
    let (size, limit) = (file.metadata()?.len(), options.max_bytes);
    if size > limit {
        return Err(Skip::TooLarge { size, limit });
    }
    let name = names::decoded(path.file_name().unwrap_or_default());
    let mut file = file.take(limit);
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes)?;
    // Checked on the head first, so that a large file of ours is not read whole; marks at the end are found
    // later.
    if options.skips(&bytes) {
        return Err(Skip::OwnOutput);
    }
    let source = Source::new(&name, options);
    let mut reading = Reading::new(each);
    match sniff::sniff(&name, &bytes) {
        kind @ (FileKind::JsonLines | FileKind::Csv | FileKind::Tsv) => {
            let (encoding, mark) = decode::guess(&bytes);
            let mut each = |raw| reading.take(raw);
            match decode::decoder(encoding) {
                // Records in UTF-8 need no decoder.
                _ if encoding == Encoding::Utf8 => {
                    let stream = BufReader::new(bytes.chain(file));
                    formats::read_records(kind, stream, &source, &mut each)?;
                }
                Some(decoder) => {
                    formats::check_text(&bytes)?;
                    let mut stream = BufReader::new(bytes.chain(file));
                    stream.consume(mark);
                    let stream = Transcoded::new(stream, decoder);
                    formats::read_records(kind, stream, &source, &mut each)?;
                }
                // Encodings without a streaming decoder are rare, and held in memory once.
                None => {
                    file.read_to_end(&mut bytes)?;
                    formats::read(&bytes, &source, &mut each)?;
                }
            }
            reading.finish()
        }
        FileKind::Text | FileKind::Markdown if size > options.max_text as u64 => {
            let limit = options.max_text as u64;
            Err(Skip::TooLarge { size, limit })
        }
        kind if kind.refusal().is_some()
            && !sniff::is_container(&bytes)
            && !formats::is_recognized(kind, options) =>
        {
            Err(kind.refusal().unwrap_or(Skip::Empty))
        }
        _ => {
            // Growing by doubling would take twice the size, and the old half again while it is copied.
            let more = usize::try_from(size).unwrap_or(usize::MAX) - bytes.len().min(size as usize);
            bytes.reserve_exact(more);
            file.read_to_end(&mut bytes)?;
            formats::read(&bytes, &source, &mut |raw| reading.take(raw))?;
            // The last document is often the only one, and large; the file's bytes are freed before it is
            // written.
            drop(bytes);
            reading.finish()
        }
    }
}

/// Reads the documents in `bytes`, the content of a file called `name`, which may be empty; calls `each` once
/// for each.
///
/// # Errors
/// See [`read`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    each: impl FnMut(Record),
) -> Result<(), Skip> {
    let mut reading = Reading::new(each);
    let source = Source::new(name, options);
    formats::read(bytes, &source, &mut |raw| reading.take(raw))?;
    reading.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records(name: &str, bytes: &[u8]) -> Result<Vec<Record>, Skip> {
        let mut records = Vec::new();
        let read = read_bytes(name, bytes, &ReadOptions::default(), |record| {
            records.push(record);
        });
        read.map(|()| records)
    }

    #[track_caller]
    fn check_skip(name: &str, bytes: &[u8], expected: &str) {
        let skip = records(name, bytes).expect_err("a skip");
        assert_eq!(skip.to_string(), expected);
    }

    #[test]
    fn skipped_files_give_the_reason() {
        check_skip(
            "总结.txt",
            b"\x89PNG\r\n...",
            "is a PNG image, a picture without text; `index --ocr` recognizes its text",
        );
        check_skip(
            "总结.txt",
            &[0x93, 0, 1, 2, 3, 0xff, 0, 7],
            "is not text in any encoding that is known here",
        );
        check_skip("总结.txt", b"\n \r\n", "no text in it");
        check_skip("", b"", "no text in it");
        check_skip("表.csv", b"", "no text in it");
    }

    #[test]
    fn files_and_bytes_read_alike() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let lines =
            "{\"id\":\"甲\",\"text\":\"各科室认真开展工作。\"}\n{\"text\":\"\"}\n".repeat(900);
        let path = folder.path().join("甲.jsonl");
        std::fs::write(&path, &lines).expect("a file");
        let mut streamed = Vec::new();
        read(&path, &ReadOptions::default(), |record| {
            streamed.push(record)
        })
        .expect("records");
        assert_eq!(
            streamed,
            records("甲.jsonl", lines.as_bytes()).expect("records")
        );
        assert_eq!(streamed.len(), 900);
        assert_eq!(streamed[0].warnings, [Warning::EmptyRecord("2".to_owned())]);
        let tiny = ReadOptions {
            max_bytes: 10,
            ..ReadOptions::default()
        };
        let skip = read(&path, &tiny, |_| ()).expect_err("a skip").to_string();
        assert!(skip.ends_with("the limit is 10; split it"), "{skip}");
        assert!(matches!(
            read(folder.path(), &tiny, |_| ()),
            Err(Skip::NotAFile)
        ));
    }

    const NAMES: [&str; 6] = ["a.txt", "a.md", "a.jsonl", "a.csv", "a.tsv", "a.xlsx"];

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0usize..6) {
            let _ = records(NAMES[name], &bytes);
        }

        #[test]
        fn mutated_files_never_panic(at in 0usize..200, byte in any::<u8>(), name in 0usize..6) {
            let text = "﻿id,正文,日期\n1,\"# 一、做法。\n二、<U+00A0>打算&nbsp;\",二〇〇九年八月二十日\n{\"text\":\"x\\u4e00\"}\n";
            let mut bytes = text.as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = records(NAMES[name], &bytes);
            let _ = records(NAMES[name], &bytes[at..]);
        }
    }
}
